"""Write values as XML, CSV and YAML."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

ELEMENT = make_regex(r"<([A-Za-z_][\w-]{0,40})\s?/?>")
ROW_UNITS = (
    r"(?:rows?|lines?|records?|entries|zeilen?|datensätze|filas?|lignes?|righ[ea]|linhas?|rijen?"
    r"|wiersz\w*|rzęd\w*|satır\w*|строк\w*|строч\w*|рядк\w*|baris|hàng|dòng|صفوف|صف|שורות"
    r"|पंक्ति\w*|行|列|행|줄|แถว)"
)
"""Words for the rows of a table."""
ROWS = make_regex(
    rf"({NUMBER})\s(?:\w+\s){{0,2}}?{ROW_UNITS}(?!\w)|({NUMBER})\s?(?:行|행|列(?!出)|แถว|बॉ|पंक्ति|줄)"
    rf"|({NUMBER}) (?:صفوف|שורות|पंक्ति)"
    r"|\brows?(?: count)?\s?[:=]\s?(\d{1,3})\b",
    re.I,
)
ROOT = make_regex(
    r"\b(?:root|document(?= element)|outer|top[- ]level)(?: element| tag| node)?(?:(?: named|"
    r" called| is|"
    r" should be)[ "
    r":]*<?[\"'`]?|:\s|[ :]*[<\"'`])([A-Za-z_][\w-]{0,40})",
    re.I,
)
ROOT_AFTER = make_regex(
    r"<([A-Za-z_][\w-]{0,40})>\s(?:as (?:the )?)?root"
    r"|\b(?:inside|within|wrapped (?:in|by|with)|enclosed (?:in|by)|under) (?:an?|the|one|a"
    r" single)?\s?"
    r"<([A-Za-z_][\w-]{0,40})>(?!\s?(?:and|,|\.\.\.))",
    re.I,
)
TAG_LIST = make_regex(r"\btags?\b[^\n\[]{0,40}:\s*(?:```)?\s*\[([^\]\n]{0,400})\]", re.I)
PLAIN_YAML = make_regex(r"[A-Za-z][\w ./()-]*\Z")
YAML_WORDS = frozenset("true false yes no on off null none y n".split())


def find_elements(text: str) -> tuple[str, list[str]]:
    """Return the root element and the elements in it that a prompt names."""
    listed = find_listed_tags(text)
    if listed is not None:
        return (listed[0], listed[1:]) if listed else ("", [])
    names = list(dict.fromkeys(ELEMENT.findall(text)))
    match = ROOT_AFTER.search(text) or ROOT.search(text)
    if match is not None:
        root = next(filter(None, match.groups()))
        return root, [name for name in names if name != root]
    return (names[0], names[1:]) if names else ("", [])


def find_listed_tags(text: str) -> list[str] | None:
    """Return the tags of a list such as "output tags: ['film', 'actor']"; None without a list."""
    lists = TAG_LIST.findall(text)
    if not lists:
        return None
    return [tag for name in lists[-1].split(",") if (tag := name.strip(" \"'`"))]


def find_row_count(text: str) -> int:
    match = ROWS.search(text)
    return parse_count(next(filter(None, match.groups())), 100) if match else 0


def write_document(value: Any, root: str) -> str:
    """Return XML for data; without a named root, an object with one member has that as its root."""
    if not root and isinstance(value, dict) and len(value) == 1:
        root, value = next(iter(value.items()))
    return to_xml(value, to_name(root or ("items" if isinstance(value, list) else "root")))


SINGULARS = dict(
    pair.split(":")
    for pair in (
        "people:person children:child bücher:buch büchern:buch produkten:produkt"
        " filmen:film filme:film produkte:produkt kunden:kunde"
        " länder:land städte:stadt personen:person benutzer:benutzer nutzer:nutzer rezepte:rezept"
        " mitarbeiter:mitarbeiter artikel:artikel lieder:lied autos:auto tiere:tier"
        " ciudades:ciudad canciones:canción países:país animales:animal autores:autor"
        " lecciones:lección flores:flor mujeres:mujer profesores:profesor"
        " libri:libro prodotti:prodotto utenti:utente clienti:cliente ricette:ricetta"
        " canzoni:canzone città:città persone:persona animali:animale paesi:paese"
        " boeken:boek gebruikers:gebruiker producten:product klanten:klant landen:land"
        " canções:canção cidades:cidade flores:flor animais:animal"
        " książki:książka filmy:film produkty:produkt miasta:miasto osoby:osoba"
        " kitaplar:kitap filmler:film ürünler:ürün книги:книга фильмы:фильм товары:товар"
    ).split()
)
"""Plurals whose singular does not only lack an s."""


def name_item(name: str) -> str:
    """Return the name of the elements in a list: "users" has "user", others have "item"."""
    if name.lower() in SINGULARS:
        one = SINGULARS[name.lower()]
        return one.capitalize() if name[:1].isupper() else one
    if name.endswith("ies") and len(name) > 4:
        return f"{name[:-3]}y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else "item"


def to_xml(value: Any, name: str, depth: int = 0) -> str:
    """Return an element for a value; the items of "users" are elements named "user"."""
    indent = "  " * depth
    start = name
    match value:
        case dict() if value:
            start += "".join(
                f" {key[1:]}={quoteattr(str(item))}"
                for key, item in value.items()
                if key[:1] == "@"
            )
            children = [(key, item) for key, item in value.items() if key[:1] not in ("@", "#")]
            if not children:
                text = value.get("#text")
                end = "/>" if text is None else f">{escape(str(text))}</{name}>"
                return f"{indent}<{start}{end}"
            inner = "\n".join(
                to_xml(one, to_name(key), depth + 1)
                for key, item in children
                for one in (item if is_repeated(key, item) else [item])
            )
        case list() if value:
            inner = "\n".join(to_xml(item, name_item(name), depth + 1) for item in value)
        case bool():
            return f"{indent}<{name}>{str(value).lower()}</{name}>"
        case _:
            return f"{indent}<{name}>{escape(str('' if value is None else value))}</{name}>"
    return f"{indent}<{start}>\n{inner}\n{indent}</{name}>"


def is_repeated(key: str, value: Any) -> bool:
    """Return whether a list is several elements of its name: a list under "step"."""
    return isinstance(value, list) and bool(value) and name_item(to_name(key)) == "item"


def to_name(key: str) -> str:
    name = re.sub(r"[^\w-]", "_", str(key))
    return name if re.match(r"[^\W\d]", name) else f"_{name}"


def to_toml(value: Any) -> str:
    """Return TOML: single values first, then a table for each object."""
    if not isinstance(value, dict):
        return f"items = {json.dumps(value, ensure_ascii=False)}"
    plain = [
        f"{key} = {json.dumps(item, ensure_ascii=False)}"
        for key, item in value.items()
        if not isinstance(item, dict)
    ]
    tables = [f"[{key}]\n{to_toml(item)}" for key, item in value.items() if isinstance(item, dict)]
    return "\n\n".join(filter(None, ["\n".join(plain), *tables]))


def to_csv(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(
        out,
        list(rows[0]) if rows else [],
        lineterminator="\n",
        extrasaction="ignore",
        delimiter=delimiter,
    )
    writer.writeheader()
    writer.writerows([{key: to_cell(value) for key, value in row.items()} for row in rows])
    return out.getvalue().rstrip("\n")


def to_cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def to_yaml(value: Any, depth: int = 0) -> str:
    """Return block YAML with two spaces for each level."""
    indent = "  " * depth
    if isinstance(value, dict) and value:
        return "\n".join(
            f"{indent}{to_scalar(str(key))}:{to_nested(item, depth)}" for key, item in value.items()
        )
    if isinstance(value, list) and value:
        return "\n".join(f"{indent}- {to_yaml(item, depth + 1).lstrip()}" for item in value)
    return f"{indent}{to_scalar(value)}"


def to_nested(item: Any, depth: int) -> str:
    if isinstance(item, (dict, list)) and item:
        return "\n" + to_yaml(item, depth + 1)
    return f" {to_scalar(item)}"


def to_scalar(value: Any) -> str:
    if (
        isinstance(value, str)
        and PLAIN_YAML.match(value)
        and value.lower() not in YAML_WORDS
        and not value.endswith(" ")
    ):
        return value
    return json.dumps(value, ensure_ascii=False)
