"""Lists of strings from a text: skills, symptoms, the people and places that it names."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.text_candidates import Candidates

WORD = r"[\w+#/&'-]+(?:\.[\w+#-]+){0,3}"
ITEM = rf"{WORD}(?: (?!(?:and|or|und|y|et|is|are|for|since|but|who|that|to|in|at)\b){WORD}){{0,4}}"
SERIES = rf"({ITEM}(?:, ?(?:and |or )?{ITEM}){{0,12}}(?:,? (?:and|or|und|y|et) {ITEM})?)"
PERSON = r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}"
LEADS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        make_regex(
            r"(?:^|_)(?:skills?|tools|technologies|tech_stack|stack|requirements|kenntnisse"
            r"|habilidades|programming_languages|required_skills)(?:_\w+)?$"
        ),
        make_regex(
            r"\b(?:you know|knows?|experience (?:with|in)|skilled in|proficient in|familiar with"
            r"|knowledge of|expertise in|kenntnisse in|erfahrung mit|conocimientos de|skills in"
            r"|skills?:|required:|requirements?:|tech stack:|tools:|must have|works? with|using)\s"
            rf"(?:\d\+? years (?:of|with) )?{SERIES}",
            re.I,
        ),
    ),
    (
        make_regex(r"(?:^|_)(?:symptoms|complaints|side_effects|beschwerden|síntomas)$"),
        make_regex(
            r"\b(?:(?:came|comes) in with|report(?:ed|s)|presents? with|presenting with"
            r"|complains? of|complaining of|suffers? from"
            r"|suffering from|symptoms:|reporting|klagt über|leidet (?:an|unter)"
            rf"|presenta|has|have|having)\s(?:an? |severe |mild )?{SERIES}",
            re.I,
        ),
    ),
    (
        make_regex(r"(?:^|_)(?:founders|founded_by|authors|directors|co_founders|creators)$"),
        make_regex(
            r"\b(?:founded|co-founded|started|created|written|directed|launched)(?: in \d{4})? by "
            rf"{SERIES}"
        ),
    ),
    (
        make_regex(
            r"^(?:participants|attendees|invitees|guests|teilnehmer|asistentes|participantes)$"
        ),
        make_regex(
            r"\b(?:[Ww]ith|[Aa]ttendees?:|[Pp]articipants?:|[Pp]resent:|[Ii]nvited:|mit|avec|con)\s"
            rf"({PERSON}(?:, ?(?:and )?{PERSON}){{0,12}}(?:,? (?:and|und|y|et|e) {PERSON}))"
        ),
    ),
    (
        make_regex(r"^(?:parties|contract_parties|parteien)$"),
        make_regex(rf"\b(?:between|zwischen|entre) {SERIES}"),
    ),
    (
        make_regex(r"^(?:toppings|extras|add_ons|ingredients|zutaten)$"),
        make_regex(
            rf"\b(?:pizzas?|(?:topped )?with|used?|needs?|adds?|mix|mit|con)\s(?:some )?{SERIES}"
        ),
    ),
    (
        make_regex(r"(?:^|_)(?:allergies|allergens)$"),
        make_regex(rf"\b(?:allergic to|allergies:|allergy to|allergisch gegen)\s{SERIES}", re.I),
    ),
    (
        make_regex(r"(?:^|_)(?:amenities|features|includes|included|equipment|ausstattung)$"),
        make_regex(
            rf"\b(?:features|includes|comes with|equipped with|offers|has|with|amenities:)\s(?:an?"
            rf" )?{SERIES}",
            re.I,
        ),
    ),
)
"""The words in front of a series by the name of the list that takes it."""
NAMES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (make_regex(r"^(?:people|persons?|person_names|individuals|personen|personas)$"), ("person",)),
    (
        make_regex(
            r"^(?:organi[sz]ations?|companies|company_names|orgs?|firmen|organisationen|empresas)$"
        ),
        ("organisation",),
    ),
    (make_regex(r"^(?:locations?|places|cities|orte|lugares|geo|gpe|lieux)$"), ("place",)),
)
WEEKDAYS = make_regex(r"^(?:days|weekdays|days_of_week|wochentage|días|dias|jours)$")
WEEKDAY = make_regex(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag\b"
    r"|\bMittwoch\b|\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche)\b"
)
AMOUNTS = make_regex(r"^(?:amounts|prices|money|monetary_values|sums|costs)$")
MONEY = make_regex(
    r"[$€£] ?\d[\d.,]*(?<![.,])(?: (?:million|billion|k))?|\b(?:EUR|USD|GBP|CHF) \d[\d.,]*(?<![.,])"
    r"|\b\d[\d.,]*(?<![.,])(?: (?:million|billion))? ?(?:€|EUR\b|USD\b|GBP\b|CHF\b|euros?\b"
    r"|dollars?\b|pounds?\b)"
)
KIND_LISTS = {
    "dates": "date",
    "emails": "email",
    "urls": "url",
    "phones": "phone",
    "times": "time",
    "phone_numbers": "phone",
    "email_addresses": "email",
}


def find_list(name: str, found: Candidates) -> list[str]:
    """Return the items of a text for a list of strings; empty for an unknown list."""
    if WEEKDAYS.match(name):
        return list(dict.fromkeys(one[0] for one in WEEKDAY.finditer(found.text)))
    if AMOUNTS.match(name):
        return [one[0].strip() for one in MONEY.finditer(found.text)]
    if kind := KIND_LISTS.get(name):
        return list(dict.fromkeys(one.text for one in found.found[kind]))
    for names, kinds in NAMES:
        if names.match(name):
            return list_names(kinds, found)
    for names, lead in LEADS:
        if names.search(name):
            series = [split_series(match[1]) for match in lead.finditer(found.text)]
            return max(series, key=len, default=[])
    return []


def list_names(kinds: tuple[str, ...], found: Candidates) -> list[str]:
    """Return the names of a kind; empty if a name of an unknown kind is among them."""
    names = [one for one in found.found["name"] if one.kind != "label"]
    if any(one.kind == "word" for one in names):
        return []
    return list(dict.fromkeys(one.text for one in names if one.kind in kinds))


def split_series(text: str) -> list[str]:
    items = re.split(r",\s*(?:and |or |und )?|\s(?:and|or|und|y|et)\s", text)
    return [item.strip(" .") for item in items if item.strip(" .")]
