"""Fields that fit each other: nights and days, halves of a name, amounts, languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from mockgem.operations.forms.field_cues import MONEY, read_name
from mockgem.operations.forms.iso_dates import to_iso
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.text_candidates import parse_amount


def combine_fields(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object whose fields do not contradict each other."""
    return split_names(count_nights(parse_money(value)))


def parse_money(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object in which amounts are numbers if others of its amounts are."""
    money = {key: item for key, item in value.items() if MONEY.search(read_name(key))}
    are_numbers = [isinstance(item, (int, float)) for item in money.values()]
    if not any(are_numbers) or all(are_numbers):
        return value
    texts = {key: item for key, item in money.items() if isinstance(item, str)}
    found = {key: AMOUNT.fullmatch(item.strip()) for key, item in texts.items()}
    return {**value, **{key: parse_amount(one[1]) for key, one in found.items() if one}}


AMOUNT = make_regex(r"[$€£]? ?(\d[\d.,]*\d|\d)(?: ?(?:€|EUR|USD|GBP|\$))?")


def count_nights(value: dict[str, Any]) -> dict[str, Any]:
    """Return a booking whose nights are those between its days."""
    names = {read_name(key): key for key in value}
    key = next(
        (names[one] for one in ("nights", "num_nights", "number_of_nights") if one in names), ""
    )
    pair = next((one for one in STAYS if one[0] in names and one[1] in names), None)
    if not key or pair is None:
        return value
    days = [to_iso(str(value[names[one]]), day_first=True) for one in pair]
    if not all(days):
        return value
    first, last = map(date.fromisoformat, days)
    return {**value, key: (last - first).days} if last > first else value


STAYS = (
    ("check_in", "check_out"),
    ("checkin", "checkout"),
    ("check_in_date", "check_out_date"),
    ("arrival", "departure"),
    ("arrival_date", "departure_date"),
    ("start_date", "end_date"),
)


def split_names(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object in which a first and a last name are parts of the whole name."""
    names = {read_name(key): key for key in value}
    for first, last in NAME_PAIRS:
        if first in names and last in names:
            whole = value[names[first]]
            if isinstance(whole, str) and " " in whole:
                forename, _, surname = whole.rpartition(" ")
                return {**value, names[first]: forename, names[last]: surname}
    return value


NAME_PAIRS = (
    ("nome", "cognome"),
    ("nome", "sobrenome"),
    ("nombre", "apellido"),
    ("nombre", "apellidos"),
    ("prenom", "nom"),
    ("prénom", "nom"),
    ("vorname", "nachname"),
    ("name", "surname"),
    ("first_name", "last_name"),
)


LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "tr": "Turkish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ja": "Japanese",
    "zh": "Chinese",
    "ko": "Korean",
}
CODE_WISH = make_regex(r"\bISO\b|\bcodes?\b|639")


def name_target(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a translation whose target language is the requested one."""
    key = next((one for one in value if read_name(one) in TARGETS), None)
    code = question.requested_language if key else ""
    if key is None or code not in LANGUAGES or not isinstance(value[key], str):
        return value
    is_code = CODE_WISH.search(question.whole) is not None or len(value[key]) == 2
    return {**value, key: code if is_code else LANGUAGES[code]}


TARGETS = frozenset("target_language target_lang to_language target_language_code".split())
