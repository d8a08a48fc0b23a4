"""Whether a prompt wants a list, and how long it is."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

LIST_OF = make_regex(
    r"(?:\b(?:array|list|liste|lista|lijst|listado|tableau|arreglo)(?: json)?\b|数组|數組|配列|배열"
    r"|массив\w*|масив\w*|tablica|tablicę|dizi)(?: (?:of|with"
    r"|containing|von|mit|de"
    r"|con|avec|di|com|met))?(?: exactly| up "
    rf"to)?(?:\s({NUMBER}))?\s*([^\W\d_][\w-]*(?: [\w-]+)?)?",
    re.I,
)


OBJECTS = make_regex(
    rf"({NUMBER})\s(?:\w+\s){{0,2}}?(?:objects|entries|items|elements|records|users"
    r"|rows|people|products|articles|éléments|artículos|articoli|elementos|artikel|objekte"
    r"|objetos|objets|oggetti"
    r"|productos|personas|usuarios|libros|películas"
    r"|personen|produkte|nutzer|benutzer|personnes|produits|utilisateurs|livres|persone|prodotti"
    r"|utenti|libri|pessoas|produtos|usuários|livros|books|movies|customers|employees|orders)\b"
    rf"|({NUMBER})\s[^\W\d_]\w{{2,20}}\s?(?=\()",
    re.I,
)


OBJECT_WORDS = make_regex(
    r"\b(?:objects?|dictionar\w+|dicts?|records?|objekte\w*|objetos?|objets?|oggetti)\b", re.I
)


TOP_LIST = make_regex(
    r"\b(?:it'?s|as|is|be|into|return|output|respond with|give me|reply with) (?:an? |the )?"
    r"(?:json )?(?:to-?do )?(?:list|array)\b"
    r"|\b(?:generate|create|give me|make|write|return|produce|provide|need|want|show(?: me)?"
    r"|output|build)\s(?:an? |the )?(?:\w+ )?(?:json )?(?:array|list) (?:of|with|containing)\b"
    r"|(?:^|[:.!?\n] ?)(?:an? |the )?(?:json )?(?:array|list) (?:of|with)\b"
    r"|\b(?:als|como|en|come|comme|as) (?:an? |una? |une |eine )?json"
    r"[- ](?:liste|array|lista|list|objekte)\b"
    r"|json[- ]?(?:数组|數組|配列|배열)"
    r"|\bjson-array\b|\bcada elemento\b"
    r"|\bchaque élément\b",
    re.I,
)


def find_top_list(text: str, fields: list[tuple[str, dict[str, Any]]]) -> re.Match[str] | None:
    """Return the first list in a text that is the reply itself, else the first one."""
    found = list(LIST_OF.finditer(text))[:8]
    return next((one for one in found if is_top_list(text, one, fields)), next(iter(found), None))


def is_top_list(text: str, listed: re.Match[str], fields: list[tuple[str, dict[str, Any]]]) -> bool:
    """Return whether the reply itself is a list, not one of its fields."""
    before = text[max(0, listed.start() - 40) : listed.start()]
    if JSON_BEFORE.search(before) and ARRAY_OF_OBJECTS.match(text, listed.start()):
        return True
    marks = ("(", ":", ",") if fields else ("(", ",")
    if before.rstrip().endswith(marks) or text[listed.end() :].startswith(")"):
        return False
    if OF_EACH_FIELD.search(before) or before.endswith("empty "):
        return False
    named = re.search(
        r"(\w+)[\"'`]? (?:as|is|:|=|should be|must be) (?:an? |the )?(?:\w+ )?\Z", before
    )
    if named is not None and "json" not in named[0].lower() and named[1] in dict(fields):
        return False
    return (
        not fields
        or TOP_LIST.search(text) is not None
        or OBJECT_WORDS.search(text[listed.start() : listed.end() + 30]) is not None
        or re.search(
            r"\beach\b|\bevery\b|\bcada\b|\bjede|\bjeweils\b|\bchaque\b|\bogni\b|\belke?\b",
            text,
            re.I,
        )
        is not None
    )


JSON_BEFORE = make_regex(r"\bjson\b\W{0,3}(?:an? |une? |una? |uma? |eine?n? |um )?\Z", re.I)
ARRAY_OF_OBJECTS = make_regex(
    r"\w+ (?:of|von|d['’]|de|di|z|met|con|med)? ?"
    r"(?:json[- ])?(?:objects?|objekt\w*|objets?|objetos?|oggetti|obiekt\w*|объект\w*"
    r"|об['’]єкт\w*)",
    re.I,
)
"""A list of objects in several languages, which stands behind "JSON: "."""
OF_EACH_FIELD = make_regex(
    r"\b(?:each|both|all)(?: of (?:them|which|these))?(?: fields?| keys?| values?)?"
    r" (?:(?:is|are|being|as|should be|must be|holds?|contains?) )?(?:an? )?(?:\w+ )?\Z",
    re.I,
)
"""The text in front of "list" that says what all fields are."""


def find_list_count(text: str) -> int:
    listed = LIST_OF.search(text)
    if listed and listed[1] and not re.fullmatch(r"an?|un[ae]?|eine?", listed[1], re.I):
        return parse_count(listed[1], 50)
    objects = OBJECTS.search(text)
    number = (objects[1] or objects[2]) if objects else ""
    return 0 if not number or ARTICLE.fullmatch(number) else parse_count(number, 50)


ARTICLE = make_regex(r"an?|un[ae]?|eine?|uma?", re.I)
