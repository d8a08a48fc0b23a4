"""Objects about a known country whose keys are not English: its capital, population, languages."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.fact_books import load_facts, simplify
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.known_records import load_kinds
from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.language_requests import list_names
from mockgem.operations.forms.local_facts import find_country
from mockgem.operations.forms.question import Question

MAX_TEXT = 400
MORE_NAMES = {
    "population": "poblacion población population einwohner einwohnerzahl bevölkerung popolazione"
    " população populacao habitantes abitanti habitants inwoners ludność nüfus",
    "languages": "idiomas lenguas sprachen langues lingue línguas linguas talen języki diller",
    "currency": "moneda währung waehrung monnaie devise valuta moeda waluta para_birimi",
    "continent": "continente kontinent continent",
}
KEYS = {own: name for name, words in MORE_NAMES.items() for own in words.split()}

CURRENCIES = {
    "euro": "EUR",
    "US dollar": "USD",
    "pound sterling": "GBP",
    "Japanese yen": "JPY",
    "Swiss franc": "CHF",
    "Norwegian krone": "NOK",
    "Swedish krona": "SEK",
    "złoty": "PLN",
    "Turkish lira": "TRY",
    "Indian rupee": "INR",
    "Mexican peso": "MXN",
    "real": "BRL",
    "sol": "PEN",
    "yuan": "CNY",
    "Canadian dollar": "CAD",
    "Australian dollar": "AUD",
    "Egyptian pound": "EGP",
    "Argentine peso": "ARS",
    "won": "KRW",
}
"""Codes that are the same in each language."""


def fill_country(value: Any, question: Question) -> Any:
    """Return an object with what is known about the country that a prompt names."""
    if not isinstance(value, dict) or question.language == "en" or question.material:
        return value
    keys = {key: KEYS.get(key.lower(), ENGLISH_NAMES.get(key.lower(), key)) for key in value}
    if not {"capital", "population"} & set(keys.values()):
        return value
    facts = find_facts(question)
    return {
        key: fit(facts[name], item) if (name := keys[key]) in facts else item
        for key, item in value.items()
    }


def find_facts(question: Question) -> dict[str, Any]:
    """Return the facts about the only country that a prompt names, in its language."""
    language = question.language
    book = load_facts(language)
    at = find_country(simplify(question.stated[:MAX_TEXT]), book)
    if at is None:
        return {}
    own, english = book.countries[at], load_facts("en").countries[at]
    facts: dict[str, Any] = {"capital": own.capital, "name": own.names[0], "country": own.names[0]}
    records = (record for kind in load_kinds() for record in kind.records)
    known = next((one for one in records if one["name"] in english.names), {})
    if "population" in known:
        facts["population"] = int(float(known["population"]))
    if "currency" in known and (currency := CURRENCIES.get(known["currency"])):
        facts["currency"] = currency
    if code := CODES.get(known.get("language", "").lower()):
        named = list_names(language).get(code, known["language"])
        facts |= {"language": named, "languages": named}
    return facts


def fit(fact: Any, item: Any) -> Any:
    """Return a fact as a list, if the object has one in its place."""
    return [fact] if isinstance(item, list) else fact
