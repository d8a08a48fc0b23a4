"""The parts of a postal address: street, number, postal code, city, country."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

EUROPEAN = make_regex(
    r"(?P<street>(?:(?:ul|al|pl|os|via|rue|calle|av|c)\.? )?[A-ZÀ-ÞĀ-Ž][\w.'-]+(?: [\w.'-]+){0,4}?)"
    r" (?P<number>\d{1,4}(?: ?[a-zA-Z]\b)?(?:/\d{1,4})?)(?:, ?|\n)"
    r"(?P<code>[A-Z]{0,2}-?\d{4,5}(?: [A-Z]{2})?|\d\d-\d{3}) (?P<city>[A-ZÀ-Þ][\w'-]+(?:"
    r" [A-ZÀ-Þ][\w'-]+){0,2})"
    r"(?:,? ?\n? ?(?P<country>[A-ZÀ-Þ]\w{2,30}(?: [A-Z]\w{2,20}){0,2}))?"
)
AMERICAN = make_regex(
    r"(?P<number>\d{1,5}[a-zA-Z]?) (?P<street>(?:[A-Z][\w.'-]*"
    r"|\d+\w{2})(?: [A-Z][\w.'-]*){0,4})(?:, ?|\n)"
    r"(?P<city>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}),? (?P<state>[A-Z]{2})?,? ?"
    r"(?P<code>\d{5}(?:-\d{4})?"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?:, ?(?P<country>[A-Z][\w .]{2,30}))?"
)
PLAIN = make_regex(
    r"(?<!\d)(?P<number>\d{1,4}[a-z]?),? (?P<street>(?:[A-ZÀ-Þ][\w.'’-]+|de|du|des|la|del)"
    r"(?: (?:[A-ZÀ-Þ][\w.'’-]+|de|du|des|la|del)){1,4}), ?(?P<city>[A-ZÀ-Þ][\w'’-]+(?:"
    r" [A-ZÀ-Þ][\w'’-]+){0,2})(?=[.;\n)]|\s*\Z)"
)
"""An address without a postal code: "12 Rue Verte, Lyon"."""
WHOLE = make_regex(
    r"(?:(?:full|mailing|postal|home|street|shipping|delivery|billing)[ _])?address"
    r"|adresse|anschrift|wohnadresse|dirección|direccion|indirizzo|endereço"
)
BEFORE = make_regex(
    r"\A[^\d,]{0,60}\b(?:die|der|das|dem|den|the|im|am|in|an|über|located) (?=[A-ZÀ-Þ])"
)
KIND_FIRST = make_regex(
    r"\A(?:Wohnung|Haus|Büro|Filiale|Adresse|Anschrift|Objekt|Piso) (?=[A-ZÀ-Þ])"
)
PARTS = (
    ("number", make_regex(r"house_?n(?:umber|o|r|um)?|street_?number|hausnummer|número|numéro")),
    (
        "code",
        make_regex(r"zip|post(?:al)?_?code|postcode|plz|postleitzahl|código_postal|code_postal"),
    ),
    (
        "street",
        make_regex(r"^(?:street|street_name|road|straße|strasse|calle|rue|via|address_line_1)$"),
    ),
    ("city", make_regex(r"^(?:city|town|stadt|ort|ciudad|ville|città|cidade)$")),
    ("state", make_regex(r"^(?:state|province|region)$")),
    ("country", make_regex(r"^(?:country|land|país|pays|paese)$")),
)


def find_address_part(name: str, text: str) -> str:
    """Return the part of an address that a field wants; empty if the text has no address."""
    if WHOLE.fullmatch(name.lower()):
        match = EUROPEAN.search(text[:4000]) or AMERICAN.search(text[:4000])
        return KIND_FIRST.sub("", BEFORE.sub("", match[0])).strip(" .,\n") if match else ""
    part = next((part for part, pattern in PARTS if pattern.search(name.lower())), None)
    if part is None:
        return ""
    match = EUROPEAN.search(text[:4000]) or AMERICAN.search(text[:4000])
    match = match or PLAIN.search(text[:4000])
    found = (match.groupdict().get(part) or "").strip(" .") if match else ""
    last = LAST_COUNTRY.search(text[:4000]) if match and part == "country" and not found else None
    return last[1] if last else found


LAST_COUNTRY = make_regex(
    r", ?(UK|U\.K\.|USA|U\.S\.A?\.|UAE|United (?:Kingdom|States)(?: of America)?)(?=[.,;\n]|\s*\Z)"
)


def join_street(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object whose street has the number as well, if no other field has it."""
    names = {part: key for part, pattern in PARTS for key in value if pattern.search(key.lower())}
    match = EUROPEAN.search(text[:4000]) or AMERICAN.search(text[:4000])
    if match is None or "street" not in names or "number" in names:
        return value
    parts = sorted((match.span(part), match[part]) for part in ("street", "number"))
    return {**value, names["street"]: " ".join(part for _, part in parts)}
