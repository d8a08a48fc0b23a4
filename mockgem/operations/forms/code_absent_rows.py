"""Queries for rows without others: "customers without an order since 2022", in many languages."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

MAX_TEXT = 1_500
TABLE = r"(?:table|tabelle|tabla|tabella|tabela|tabel|tabeli|таблиц\w|tablo)"
OWNER_TABLE = make_regex(rf"\b{TABLE} [\"'`]?(?P<name>[A-Za-z_]\w{{1,40}})", re.I)
OWNER = make_regex(
    r"\b(?P<name>customers|users|clients|products|employees|members|students|authors|suppliers"
    r"|accounts|kunden|nutzer|benutzer|produkte|mitarbeiter|clientes|usuarios|usuários|productos"
    r"|produtos|empleados|utilisateurs|produits|clienti|utenti|prodotti|klanten|gebruikers"
    r"|klienci|klientów)\b",
    re.I,
)
LACKS = make_regex(
    r"\b(?:no|without(?: an?| any)?|never (?:had|placed|made|written|left) (?:an?|any)|any"
    r"|keine?n?|ohne(?: eine?n?)?|ningun[oa]?"
    r"|ningún|sin(?: ningun[oa])?|aucune?|sans|nessun[oa]?|senza|nenhuma?|sem|geen|zonder|bez|без)"
    rf" (?P<thing>[^\W\d_]{{4,30}})(?: ?\((?:aus )?(?:der )?{TABLE} [\"'`]?(?P<name>\w{{2,40}}))?",
    re.I,
)
NEGATED = make_regex(r"\b(?:not|n['’]t|never|no|without)\b", re.I)
SINCE = make_regex(
    r"\b(?:since|seit|desde|depuis|dal|sinds|od"
    r"|с)\s(?:the )?(?:year )?(?P<date>20\d\d(?:-\d\d-\d\d)?)\b",
    re.I,
)
RECENT = make_regex(
    r"\b(?:in|within|for|over) the (?:last|past) (?P<count>\d{1,3}) (?P<unit>days|months|years)\b",
    re.I,
)
CHANGES = make_regex(r"\b(?:delete|update|insert|lösche?|elimina|supprime|remove)\b", re.I)
PLURALS = {
    "bestellung": "bestellungen",
    "rechnung": "rechnungen",
    "commande": "commandes",
    "facture": "factures",
    "pedido": "pedidos",
    "factura": "facturas",
    "compra": "compras",
    "ordine": "ordini",
    "acquisto": "acquisti",
    "fattura": "fatture",
    "bestelling": "bestellingen",
    "order": "orders",
    "login": "logins",
    "purchase": "purchases",
    "invoice": "invoices",
    "review": "reviews",
    "payment": "payments",
    "booking": "bookings",
    "comment": "comments",
    "post": "posts",
    "sale": "sales",
    "employee": "employees",
}
"""Tables that the singular of a thing stands for."""
SINGULARS = {"kunden": "kunde", "clienti": "cliente", "utenti": "utente", "prodotti": "prodotto"}
SINGULARS |= {"klanten": "klant", "produkte": "produkt"}


def write_absent_rows(text: str) -> str:
    """Return a query for rows without others, since a day if one is named; empty for others."""
    text = text[:MAX_TEXT]
    lacks = LACKS.search(text)
    thing = find_thing(lacks) if lacks else ""
    if lacks is None or not thing or CHANGES.search(text):
        return ""
    is_any = lacks[0].lower().split()[-2:-1] == ["any"]
    if is_any and not NEGATED.search(text[: lacks.end()]):
        return ""
    found = OWNER_TABLE.search(text[: lacks.start()]) or OWNER.search(text)
    if found is None or found["name"].lower() == thing:
        return ""
    owner = found["name"]
    key = f"{SINGULARS.get(owner.lower(), owner.lower().removesuffix('s'))}_id"
    return (
        f"SELECT {owner}.*\nFROM {owner}\nLEFT JOIN {thing} ON {thing}.{key} = {owner}.id"
        f"{write_period(text, thing)}\nWHERE {thing}.id IS NULL;"
    )


def find_thing(match: re.Match[str]) -> str:
    """Return the table of what the rows lack; empty for a word that names no table."""
    if match["name"]:
        return match["name"]
    word = match["thing"].lower()
    return PLURALS.get(word) or (word if word in PLURALS.values() else "")


def write_period(text: str, table: str) -> str:
    """Return the condition on the day of a row; empty without a day."""
    if since := SINCE.search(text):
        day = since["date"] if "-" in since["date"] else f"{since['date']}-01-01"
        return f"\n  AND {table}.created_at >= '{day}'"
    if recent := RECENT.search(text):
        amount = f"{recent['count']} {recent['unit'].upper().removesuffix('S')}"
        return f"\n  AND {table}.created_at >= CURRENT_DATE - INTERVAL '{amount}'"
    return ""
