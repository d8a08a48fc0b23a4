"""Settle which value of a given text each field of an object has, when all else is generated.

Matches that the text makes certain replace guesses; a value belongs to one field; what the text
does not have is null where the prompt allows it.
"""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.absent_values import NullRules
from mockgem.operations.forms.addresses import find_address_part
from mockgem.operations.forms.chart_data import fill_chart
from mockgem.operations.forms.combined_fields import combine_fields, name_target
from mockgem.operations.forms.consistent_values import list_missing, make_consistent
from mockgem.operations.forms.context_answers import (
    answer_from_context,
    fill_agent_step,
    list_queries,
)
from mockgem.operations.forms.described_schema import CARDS
from mockgem.operations.forms.echoed_values import replace_echoes
from mockgem.operations.forms.field_cues import FREE, MONEY, read_name
from mockgem.operations.forms.field_formats import find_fixed
from mockgem.operations.forms.flashcards import count_cards, fill_cards
from mockgem.operations.forms.food_rows import sum_calories
from mockgem.operations.forms.given_rows import NAMES_DATA, find_given
from mockgem.operations.forms.iso_dates import use_iso
from mockgem.operations.forms.joke_parts import tell_about
from mockgem.operations.forms.judged_answers import judge
from mockgem.operations.forms.judged_claims import explain_winner, judge_claim
from mockgem.operations.forms.kept_states import keep_state
from mockgem.operations.forms.labelled_values import read_labels
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.leftover_dishes import cook_leftovers
from mockgem.operations.forms.listed_texts import ITEM
from mockgem.operations.forms.local_countries import name_countries
from mockgem.operations.forms.matched_values import Field, list_fields, match_fields
from mockgem.operations.forms.message_commands import read_command
from mockgem.operations.forms.moments import set_moments
from mockgem.operations.forms.name_words import DAYS
from mockgem.operations.forms.named_lists import find_list
from mockgem.operations.forms.named_values import (
    find_called,
    find_organisation,
    find_person,
    find_place,
)
from mockgem.operations.forms.plausible_values import make_plausible
from mockgem.operations.forms.product_copy import fit_titles, replace_filler
from mockgem.operations.forms.project_values import fit_project
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.record_rows import find_rows, read_doses, read_logs
from mockgem.operations.forms.reported_bugs import read_report
from mockgem.operations.forms.score_lines import read_result
from mockgem.operations.forms.smart_home import command_home
from mockgem.operations.forms.sql_columns import TABLE
from mockgem.operations.forms.stated_flags import is_stated, part_names
from mockgem.operations.forms.sub_questions import ask_simpler
from mockgem.operations.forms.text_candidates import Candidate, Candidates, parse_amount
from mockgem.operations.forms.text_phrases import find_phrase, has_sign, is_guess
from mockgem.operations.forms.text_questions import ask_about
from mockgem.operations.forms.unknown_fields import SENTENCES
from mockgem.operations.forms.value_kinds import DAY
from mockgem.operations.forms.word_changes import list_changes

CONTINENTAL = make_regex(r"€|\d,\d\d\b(?!\d)|\b(?:EUR|Euro|Rechnung|MwSt|Uhr)\b")
SURE = frozenset("percent iban date time email phone url number code".split())
PLAIN = frozenset("name full_name nombre nom nome vorname first_name last_name".split())
"""Fields for a name without a form of address."""
TITLE = make_regex(r"\A(?:Mr|Mrs|Ms|Miss|Herr|Frau|Mme|M|Sr|Sra)\.? ")
TABLE_KEYS = frozenset("table table_name".split())
NAMED = frozenset("person organisation place".split())
NOMINAL = make_regex(r"(?:^|_)(?:product|item|brand|model|colou?r|material|title)(?:_name)?$")
"""Fields that hold words of the text."""
HOUSE_NUMBER = 7
"""Characters of a house number behind its street."""
LEVEL = make_regex(r"^(?:value|level|brightness|temperature|volume|percent(?:age)?|position)$")
"""Fields for the number in a command: "set it to 40 percent"."""
MIN_WORDS = 3
"""Texts with fewer words are topics."""


def settle(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return a generated value with the values of the given text in their fields."""
    if isinstance(value, dict) and question.earlier:
        kept = keep_state(value, schema, question)
        if kept is not None:
            return list_missing(kept)
    given = find_given(question) if isinstance(value, (dict, list)) else ""
    if isinstance(value, list) and isinstance(value[0] if value else None, dict):
        listed = given or "\n".join(ITEM.findall(question.prompt[:6000]))
        listed = listed or question.prompt[:6000].partition("\n\n")[2]
        if CARDS.search(question.instruction[:1500]) and given:
            value = make_cards(value, schema, given, count_cards(question.instruction)) or value
        else:
            value = settle_rows(value, schema, listed) if listed else value
    elif isinstance(value, dict) and len(given.split()) >= MIN_WORDS:
        value = Settler(given, question).settle(value, schema)
    elif isinstance(value, dict) and not given:
        value = use_stated(value, schema, question)
    if isinstance(value, dict):
        value = sum_calories(name_target(value, question))
        value = judge_claim(explain_winner(value, question), question)
        value = judge(
            tell_about(read_report(value, given, question.instruction), question), question
        )
        value = list_queries(list_changes(value, given), given, question)
        value = fill_agent_step(answer_from_context(value, question), question)
    value = make_consistent(make_plausible(value, given, question), given, question)
    value = cook_leftovers(fit_titles(value, question), question)
    value = ask_simpler(name_countries(value, given, question), question)
    if given:
        value = replace_filler(value, given, question.language)
    elif not question.stated_system or NAMES_DATA.match(question.prompt):
        value = replace_echoes(value, question, find_fixed(schema))
    if not isinstance(value, (dict, list)):
        return value
    value = value if given else fit_project(value, question.wish)
    value = command_home(read_command(value, given, question), question)
    if CARDS.search(question.instruction[:1500]):
        value = fill_cards(value, question)
    return use_iso(fill_chart(value, question), question)


def use_stated(value: dict[str, Any], schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an invented object with the one date or address that its prompt states."""
    stated = SHOWN.sub(" ", question.stated[:2000])
    if not any(char.isdigit() or char == "@" for char in stated):
        return value
    fields = [
        one for one in list_fields(value, schema) if one.kind in STATED and len(one.path) == 1
    ]
    if not fields:
        return value
    matched = match_fields(fields, Candidates(stated))
    return {**value, **{path[0]: one.text for path, one in matched.items()}}


SHOWN = make_regex(r"\{[^{}]{0,1000}\}|\([^()]{0,80}\)")
STATED = frozenset("date email phone url".split())


def settle_rows(rows: list[Any], schema: dict[str, Any], text: str) -> list[Any]:
    """Return the rows that the records of a text give; the old ones without such records."""
    fields = (schema.get("items") or schema).get("properties") or {}
    fields = {key: fields.get(key) or {} for key in rows[0]}
    found = find_rows(fields, text) or ask_about(fields, text, len(rows))
    return [{key: row.get(key, rows[0][key]) for key in rows[0]} for row in found] or rows


def make_cards(rows: list[Any], schema: dict[str, Any], text: str, count: int) -> list[Any]:
    """Return the cards that the sentences of a text give; nothing for other rows."""
    fields = (schema.get("items") or schema).get("properties") or {}
    fields = {key: fields.get(key) or {} for key in rows[0]}
    made = ask_about(fields, text, count) or ask_about(fields, text, 0)
    return [{**rows[0], **card} for card in made]


class Settler:
    """Fills the fields of an object from one text."""

    def __init__(self, given: str, question: Question) -> None:
        self.given = given
        self.found = Candidates(given)
        self.nulls = NullRules(question)
        self.question = question
        self.is_continental = CONTINENTAL.search(given) is not None

    def settle(self, value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
        subs = schema.get("properties") or {}
        own = {key: subs.get(key) or {} for key in value}
        rows = read_doses(own, self.given) or read_logs(own, self.given)
        known = next(iter(rows), {}) or read_result(own, self.given)
        value = {**value, **known}
        fields = [one for one in list_fields(value, schema) if one.path[0] not in known]
        matched = match_fields(fields, self.found)
        taken = {one.text for one in matched.values()}
        settled = value
        for field in fields:
            one = matched.get(field.path)
            own = self.read(field, one) if one else self.find(field, taken)
            if own is not field.value:
                settled = put(settled, field.path, own)
        settled = combine_fields(settled)
        settled = self.fill_lists(self.clear_flags(settled), schema)
        settled = part_names(read_labels(settled, subs, self.given))
        return set_moments(settled, self.given, self.question)

    def fill_lists(self, value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
        """Return an object whose lists of objects have the records of the text."""
        subs = schema.get("properties") or {}
        filled = dict(value)
        for key, item in value.items():
            sub = subs.get(key) or {}
            if isinstance(item, list) and item and isinstance(item[0], dict):
                text = find_section(key, self.given)
                filled[key] = settle_rows(item, sub, text)
                is_open = sub.get("minItems") != sub.get("maxItems")
                if is_open and (cards := ask_about(item[0], text, 0)):
                    filled[key] = [{**item[0], **card} for card in cards]
            elif isinstance(item, list) and "enum" not in (sub.get("items") or {}):
                filled[key] = find_list(read_name(key), self.found) or item
        return filled

    def read(self, field: Field, one: Candidate) -> Any:
        """Return a candidate as the type of its field."""
        if field.is_number or field.kind == "number":
            is_scaled = "million" in field.name or "thousand" in field.name
            text = one.text.partition(" ")[0] if is_scaled else one.text
            number = parse_amount(text, is_continental=self.is_continental)
            if field.schema.get("type") == "string" and self.nulls.wants_text(field.path[-1]):
                return one.text
            return int(number) if field.schema.get("type") == "integer" else number
        if field.kind == "percent":
            return f"{one.text}%"
        if field.kind == "code" and isinstance(field.value, int):
            return int(one.text) if one.text.isdecimal() else one.text
        return one.text.strip()

    def find(self, field: Field, taken: set[str]) -> Any:
        """Return the value of a field that has no match: a name, a phrase, null or the old one."""
        key = field.path[-1]
        if read_name(key) in TABLE_KEYS and (table := TABLE.search(self.given)):
            return table[1]
        if field.value is None:
            return (
                self.find_level(field)
                or self.find_name(field)
                or (find_phrase(field.name, self.given) if has_sign(field.name) else None)
                or None
            )
        if not isinstance(field.value, str):
            is_taken = (
                f"{field.value:g}" in taken if isinstance(field.value, (int, float)) else False
            )
            is_absent = is_taken or field.value is None or str(field.value) not in self.given
            is_absent = is_absent or (
                MONEY.search(field.name) is not None and not self.mentions(field.name)
            )
            if is_absent and (level := self.find_level(field)) is not None:
                return level
            return None if is_absent and self.nulls.allows(key) else field.value
        if found := find_address_part(read_name(key), self.given):
            is_joined = found in field.value and 0 < len(field.value) - len(found) <= HOUSE_NUMBER
            return field.value if is_joined else found
        own = self.find_name(field)
        if own:
            return own
        if field.kind in NAMED:
            is_word = field.value.islower() or field.value.lower() in DAYS
            is_word = is_word or field.value in taken or field.value not in self.given
            return None if is_word and self.nulls.allows(key) else field.value
        if field.kind in SURE:
            is_other = field.value in taken or field.value not in self.given
            is_value = DAY.search(field.value) or any(char.isdigit() for char in field.value)
            is_other = is_other or not is_value
            return None if is_other and self.nulls.allows(key) else field.value
        return self.find_text(field, taken)

    def find_level(self, field: Field) -> Any:
        """Return the only number of the text for a field such as "value"; None without one."""
        numbers = {one.text for one in self.found.found["number"]}
        if not LEVEL.match(field.name) or len(numbers) != 1:
            return None
        return parse_amount(numbers.pop(), is_continental=self.is_continental)

    def find_name(self, field: Field) -> str:
        match field.kind:
            case "person":
                person = find_person(field.name, self.found)
                return TITLE.sub("", person) if read_name(field.path[-1]) in PLAIN else person
            case "organisation":
                return find_organisation(field.name, self.found)
            case "place":
                return find_place(field.name, self.found)
        return ""

    def find_text(self, field: Field, taken: set[str]) -> Any:
        """Return a phrase of the text for a guess; null if it may be null."""
        if called := find_called(field.name, self.given):
            return TITLE.sub("", called)
        if NOMINAL.search(field.name) and field.value.lower() not in self.found.lower:
            return None if self.nulls.allows(field.path[-1]) else field.value
        if not is_guess(field, self.given, taken):
            return field.value
        phrase = find_phrase(field.name, self.given)
        if phrase:
            return phrase
        if self.nulls.allows(field.path[-1]):
            return None
        is_whole = field.value.strip() == self.given.strip()
        if not is_whole and not is_sentence_of(field, self.given):
            return field.value
        names = [one.text for one in self.found.found["name"] if one.kind != "label"]
        return next((one for one in names if one not in taken), field.value)

    def clear_flags(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return an object with null for a flag of which the text says nothing, if it may."""
        value = {
            key: True if item is False and is_stated(read_name(key), self.given) else item
            for key, item in value.items()
        }
        return {
            key: None
            if item is False and self.nulls.allows(key) and not self.mentions(read_name(key))
            else item
            for key, item in value.items()
        }

    def mentions(self, name: str) -> bool:
        words = [word for word in name.split("_") if word not in ("is", "has", "was", "friendly")]
        return any(word[:5] in self.found.lower for word in words)


LONG_FIELD = make_regex(
    r"issue|problem|request|action|text|note|detail|resolution|solution|message|quote|fact|event"
    r"|decision|task|clause|condition|claim|step|damage|complaint|symptom|finding|result|purpose"
    r"|comment|instruction|content|incident|concern|rule|goal|objective|need|history|diagnos|plan"
)
"""Names of fields that may hold a whole sentence of the text."""
LONGEST_PHRASE = 7


def is_sentence_of(field: Field, text: str) -> bool:
    """Return whether a field for a short value holds a whole sentence of the text."""
    value = field.value.strip()
    is_long = value.count(" ") >= LONGEST_PHRASE and value in text
    is_open = LONG_FIELD.search(field.name) or SENTENCES.search(field.name)
    return is_long and not is_open and not FREE.search(field.name)


def find_section(key: str, text: str) -> str:
    """Return what a text has behind the heading of a list: "Languages: English (native)"."""
    heading = f"{read_name(key).replace('_', ' ')}:"
    at = text.lower().find(heading)
    if at < 0:
        heading = f"\n{heading[:-1]}\n"
        at = text.lower().find(heading)
        return text[at + len(heading) :] if at >= 0 else text
    if text[at - 1 : at].isalnum():
        return text
    rest = text[at + len(heading) :].lstrip(" ")
    if "\n" not in rest[:2]:
        return re.split(r"\n|\.\s(?=[A-Z][a-z]+:)", rest, maxsplit=1)[0]
    return re.split(r"\n\s*\n|\n[A-Z][\w ]{2,30}:", rest, maxsplit=1)[0]


def put(value: dict[str, Any], path: tuple[str, ...], own: Any) -> dict[str, Any]:
    """Return an object with another value at the end of a way through its parts."""
    key, *rest = path
    inner = put(value[key], tuple(rest), own) if rest else own
    return {**value, key: inner}
