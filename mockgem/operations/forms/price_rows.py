"""Rows with prices: the lines of a receipt or an invoice, amounts with their currency."""

from __future__ import annotations

import re

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.row_fields import Fields, Row, find_key, fit
from mockgem.operations.forms.text_candidates import parse_amount

THING = make_regex(
    r"(?:^|_)(?:name|product|item|description|article|title|dish|good|artikel|produkt|producto"
    r"|bezeichnung|beschreibung|descripcion|desc|position|what|thing)(?:_name)?$"
)
PRICE = make_regex(r"(?:^|_)(?:price|amount|cost|total|betrag|preis|precio|prix|value|sum)(?:_|$)")
COUNT = make_regex(r"(?:^|_)(?:quantity|qty|count|menge|anzahl|cantidad|units?|number|pieces)$")
CURRENCY = make_regex(r"^(?:currency|währung|moneda|devise)(?:_code)?$")
NOT_ITEM = make_regex(
    r"\b(?:sub-?total|total|sum|summe|netto|brutto|gesamt\w*|mwst|ust|vat|tax|tip|change|card|cash"
    r"|visa|balance|iva|tva|amount due|discount|rabatt|zwischensumme)\b",
    re.I,
)
"""Lines of a receipt that are about the whole."""
PRICED_LINE = make_regex(
    r"^[ \t]*(?:[-*•] ?)?(?:(?:Position|Pos\.?|Item) ?\d{1,2}[:.)] ?)?(?:(?P<count>\d{1,4}) ?(?:x"
    r"|×|\*|pcs)?\s{1,3})?"
    r"(?P<name>[^\W\d][^\n]{1,60}?)(?:\s?[x×] ?(?P<after>\d{1,3}))?[\s,:@-]{1,20}"
    r"(?P<mark>[$€£]|EUR|USD|GBP)? ?(?P<price>\d{1,6}(?:[.,]\d{3})*[.,]\d\d)"
    r" ?(?P<unit>[$€£]|EUR|USD|GBP)?[ \t]*$",
    re.M,
)
MONEY = make_regex(
    r"(?P<sign>[$€£]|\b(?:EUR|USD|GBP|CHF|CAD|JPY) ?)(?P<a>\d[\d.,]*\d|\d)|(?P<b>\d[\d.,]*\d|\d) ?"
    r"(?P<mark>€|\$|£|(?:EUR|USD|GBP|CHF|CAD|JPY|euros?|dollars?|pounds?)\b)"
)
CODES = {"$": "USD", "€": "EUR", "£": "GBP", "euro": "EUR", "dollar": "USD", "pound": "GBP"}


def read_prices(fields: Fields, text: str) -> list[Row]:
    """Return the lines of a receipt or an invoice: a thing, its number, its price."""
    thing, price = find_key(fields, THING), find_key(fields, PRICE)
    if thing and price and (rows := read_bought(fields, text)):
        return rows
    if thing and price and (rows := read_two_prices(fields, text) or read_items(fields, text)):
        return rows
    if not thing or not price or "\n" not in text:
        return []
    count, currency = find_key(fields, COUNT), find_key(fields, CURRENCY)
    rows = []
    for match in PRICED_LINE.finditer(text):
        if NOT_ITEM.search(match["name"]) or thing == price:
            continue
        row: Row = {thing: match["name"].strip(" ,:-."), price: read_number(match["price"])}
        if count and count != price:
            row[count] = int(match["count"] or match["after"] or 1)
        if currency:
            row[currency] = to_code(match["mark"] or match["unit"] or "")
        rows.append(fit(row, fields))
    return rows


BOUGHT = make_regex(
    r"\b(?:an?|the|one|(?P<count>\d{1,3})) (?P<name>[a-z][\w'-]*(?: [a-z][\w'-]*){0,3}?)"
    r" (?:for|at|costs?|costing|priced at) (?P<mark>[$€£])?(?P<price>\d{1,6}(?:[.,]\d\d)?)(?![\d%])"
    r" ?(?P<unit>[$€£]|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)\b)?",
    re.I,
)
"""A thing in a sentence with its price: "a desk lamp for 39.90 EUR"."""


def read_bought(fields: Fields, text: str) -> list[Row]:
    """Return the things with prices in a sentence; nothing if fields ask for more than these."""
    if purchases := read_purchases(fields, text):
        return purchases
    keys = [find_key(fields, one) for one in (THING, PRICE, COUNT, CURRENCY)]
    thing, price, count, currency = keys
    found = list(BOUGHT.finditer(text)) if "\n" not in text.strip() else []
    if len(found) < 2 or thing == price or len(fields) > len({*filter(None, keys)}):
        return []
    rows: list[Row] = []
    for match in found:
        row: Row = {thing: match["name"], price: read_number(match["price"])}
        if count and count != price:
            row[count] = int(match["count"] or 1)
        if currency:
            row[currency] = to_code(match["mark"] or match["unit"] or "")
        rows.append(fit(row, fields))
    return rows


PURCHASE = make_regex(
    r"\b(?P<who>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?) (?:bought|ordered|purchased|paid for|got"
    r"|took"
    r"|sold|returned) (?P<count>\d{1,4}|an?|one|two|three|four|five|six) (?:x )?"
    r"(?P<name>[a-z][\w'-]*(?: [a-z][\w'-]*){0,3}?)(?: (?:for"
    r"|at) [$€£]?(?P<price>\d{1,6}(?:[.,]\d\d)?)"
    r"(?!\d))?(?= |[,;.$€£]|\Z)"
)
"""Who bought what: "Anna bought 3 apples for 2.40"."""
BUYER = make_regex(r"^(?:name|person|customer|buyer|client|who|employee|user)$")
BOUGHT_THING = make_regex(r"^(?:item|product|thing|article|what|goods)$")
SMALL_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def read_purchases(fields: Fields, text: str) -> list[Row]:
    """Return who bought what, and for how much; nothing if fields ask for more than these."""
    who, thing = find_key(fields, BUYER), find_key(fields, BOUGHT_THING)
    count, price = find_key(fields, COUNT), find_key(fields, PRICE)
    found = list(PURCHASE.finditer(text)) if who and thing else []
    if len(found) < 2 or len(fields) > len({*filter(None, (who, thing, count, price))}):
        return []
    rows: list[Row] = []
    for match in found:
        number = match["count"].lower()
        row: Row = {who: match["who"], thing: match["name"]}
        if count:
            row[count] = SMALL_NUMBERS.get(number) or int(number)
        if price:
            row[price] = read_number(match["price"]) if match["price"] else None
        rows.append(fit(row, fields))
    return rows


UNIT_PRICE = make_regex(r"unit_?price|price_?(?:per|each)|einzelpreis|^price$|^rate$|^preis$")
WHOLE_PRICE = make_regex(r"^(?:line_?)?(?:amount|total|sum|betrag)|total|gesamtpreis|amount$")
TWO_PRICES = make_regex(
    r"^[ \t]*(?:[-*•] ?)?(?:(?P<count>\d{1,4}) ?(?:x|×|pcs\.?)? )?(?P<name>[^\W\d][^\n]{1,60}?)"
    r"[ \t]*(?:[|,;@:-]|\t| at )?[ \t]*(?:(?P<after>\d{1,4}) ?(?:x|×|\*)?[ \t|]{1,8})?"
    r"[$€£]?(?P<each>\d{1,6}(?:[.,]\d{3})*[.,]\d\d) ?[$€£]?[ \t|=,;]{1,8}"
    r"[$€£]?(?P<sum>\d{1,6}(?:[.,]\d{3})*[.,]\d\d) ?(?:[$€£]|EUR|USD|GBP)?[ \t]*$",
    re.M,
)
PRICED_ITEM = make_regex(
    r"(?:^|(?<=[,;.:] ))(?P<count>\d{1,3})? ?(?:x )?(?P<name>[^\W\d][\w '’-]{1,40}?) ?(?:[@:-]|at"
    r"|for|à)? ?[$€£]?(?P<price>\d{1,5}[.,]\d\d)(?!\d)"
    r"(?= ?(?:[$€£]|EUR|USD|GBP)?(?:[,;.]|\Z| and ))",
    re.M,
)


def read_two_prices(fields: Fields, text: str) -> list[Row]:
    """Return the lines of an invoice with a price for each and their sum: "3 x Pen 1.50 4.50"."""
    thing, each = find_key(fields, THING), find_key(fields, UNIT_PRICE)
    whole = next((key for key in fields if WHOLE_PRICE.search(read_name(key)) and key != each), "")
    if not each or not whole:
        return []
    count = find_key(fields, COUNT)
    rows = []
    for match in TWO_PRICES.finditer(text):
        row: Row = {thing: match["name"].strip(" ,:-.|"), each: read_number(match["each"])}
        row[whole] = read_number(match["sum"])
        if count:
            row[count] = int(match["count"] or match["after"] or 1)
        rows.append(fit(row, fields))
    return rows


def read_items(fields: Fields, text: str) -> list[Row]:
    """Return a row for each thing in one line of a receipt: "2 espresso 5.00, 1 quiche 7.80"."""
    thing, price, count = (find_key(fields, one) for one in (THING, PRICE, COUNT))
    found = [one for one in PRICED_ITEM.finditer(text) if not NOT_ITEM.search(one["name"])]
    if len(found) < 2 or thing == price or text.count("\n") > 1:
        return []
    rows: list[Row] = []
    for match in found:
        row: Row = {thing: match["name"].strip(), price: read_number(match["price"])}
        if count and count != price:
            row[count] = int(match["count"] or 1)
        rows.append(fit(row, fields))
    return rows


def read_number(text: str) -> float | int:
    return parse_amount(text, is_continental="," in text)


def read_money(fields: Fields, text: str) -> list[Row]:
    """Return a row for each amount: a value and a currency."""
    currency = find_key(fields, CURRENCY)
    value = find_key(fields, PRICE)
    if not currency or not value or len(fields) != 2:
        return []
    return [
        {
            value: read_number(match["a"] or match["b"]),
            currency: to_code(match["sign"] or match["mark"]),
        }
        for match in MONEY.finditer(text)
    ]


def to_code(mark: str) -> str:
    plain = mark.strip()
    return CODES.get(plain.lower().rstrip("s"), plain.upper()) if plain else ""
