"""Objects whose keys are data: "a map from each word to its count", "country names as keys"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.described_values import build_object, describe_field
from mockgem.operations.forms.field_formats import describe_range
from mockgem.operations.forms.given_lists import ORDERED, find_known_things
from mockgem.operations.forms.keyed_objects import WEEK, find_capital_of, find_keyed_objects
from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.line_keys import list_line_keys
from mockgem.operations.forms.mapped_items import label_thing
from mockgem.operations.forms.option_values import OR
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import find_words
from mockgem.operations.forms.text_values import find_heading_choices
from mockgem.operations.forms.translated_text import translate_text
from mockgem.operations.forms.value_generation import generate_from
from mockgem.operations.forms.values import find_range
from mockgem.operations.forms.vocabulary import translate_word
from mockgem.operations.forms.writing import Writer, write_line
from mockgem.operations.generators.world_facts import COUNTRIES

NOUN = (
    r"(days of the week|months of the year|[^\W\d_][\w-]{1,24}(?: (?!to\b|as\b|and\b"
    r"|with\b)[\w-]{1,24})?)"
)
EACH = (
    r"(?:(?:each|every|all|the|these|those|this|a|an|unique|distinct|following|given|of|its|their"
    r"|jedes|jeden|jede[mr]?|der|die|das|den|dem|cada|la|el|los|las|chaque|le|les|ogni|il)\s){0,4}"
)
MAPS = (
    make_regex(
        rf"\bfor (?:each|every)\s(?:of the\s)?{NOUN}\b[^.\n]{{0,60}}?\b(?:return|give|provide"
        rf"|output|list|state|add)\s(?:me\s)?(?:its|the|their)\s{NOUN}",
        re.I,
    ),
    make_regex(
        rf"\bmap(?:s|ping|ped|pings)?\s(?:from\s)?{EACH}{NOUN}(?:\s(?:names?|mentioned|found"
        rf"|in [\w ]{{2,30}}))?(?:\s?\([^()\n]{{2,60}}\))?\s(?:to|onto|with)\s{EACH}{NOUN}",
        re.I,
    ),
    make_regex(
        rf"\bkeys?\s(?:are|is|being|should be|must be|=)\s{EACH}{NOUN}\s?(?:,|;|and|whose"
        r"|,? and the)*\s(?:the\s|whose\s)?values?\s(?:are|is|being|should be|must be"
        rf"|=)?\s?{EACH}{NOUN}",
        re.I,
    ),
    make_regex(
        rf"\b(?:with|using|use|has|having|mit|con|avec)\s{EACH}{NOUN}\sas\s(?:the\s)?keys?\b"
        rf"[^.\n]{{0,12}}?\s{EACH}{NOUN}\sas\s(?:the\s)?values?\b",
        re.I,
    ),
    make_regex(
        rf"\b(?:object|dictionary|dict|map|hash|lookup|json)\s(?:of|from)\s{EACH}{NOUN}\s?(?:->|→"
        rf"|=>|to)\s?{EACH}{NOUN}",
        re.I,
    ),
    make_regex(
        r"\{\s?\"?<?(word|letter|name|term|token|character)>?\"?\s?:\s?\"?<?"
        r"(count|frequency|number|int|integer|occurrences|n)>?\"?\s?(?:,\s?(?:\.\.\.|…)\s?)?\}",
        re.I,
    ),
    make_regex(
        r"\b(?:object|dictionary|dict|json)\b[^.\n]{0,60}\b(?:one|an?) (?:key|entry"
        rf"|property) (?:per|for each|for every) {NOUN}()",
        re.I,
    ),
    make_regex(
        rf"\b(?:with|using|use|mit|con|avec)\s{EACH}{NOUN}\sas\s(?:the\s|json\s)?keys?\b()"
        rf"|\b(?:keyed|indexed) by\s{EACH}{NOUN}(?:,? (?:with|and) (?:its|their|the) {NOUN} as)?",
        re.I,
    ),
)
"""Patterns with two groups: what the keys are, and what the values are."""
GIVEN_LIST = make_regex(
    rf"[:：]\s{{0,3}}(?=[^\n:.;{{\"]{{1,60}}(?:,|\s{OR}\s))([^\n:.;{{\"]{{3,900}})\.?\s*(?:\n|\Z)"
)
QUOTED_LIST = make_regex(
    r"[:：]\s{0,3}[\"“][^\"“”\n]{1,60}[\"”](?:,\s?(?:and"
    r" )?[\"“][^\"“”\n]{1,60}[\"”]){1,40}\.?\s*(?:\n|\Z)"
)
BRACKET_LIST = make_regex(r"\[([^\[\]{}:\n]{1,40}(?:,[^\[\]{}:\n]{1,40}){1,40})\]")
COUNTS = make_regex(
    r"\b(?:counts?|frequenc\w+|occurrences?|number of|how often|häufigkeit|anzahl|cantidad"
    r"|frecuencia|nombre|conteggio)\b",
    re.I,
)
LENGTHS = make_regex(r"\blengths?|number of (?:letters|characters)\b", re.I)
WORD = make_regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def find_map(question: Question) -> dict[str, Any] | None:
    """Return an object with data as keys; None if the prompt does not describe one."""
    for find in (find_listed_map, find_counted, find_per_heading):
        if (found := find(question)) is not None:
            return found
    for text in (question.instruction, question.prompt[:1500], question.system):
        for pattern in MAPS:
            match = pattern.search(text) if text else None
            if match is not None and (match[0][0] == "{" or not re.search(r"[\"'`]", match[0])):
                kind, about = [*filter(None, match.groups()), ""][:2]
                about = about or read_value_type(text, match.end())
                found = build_map(kind.lower(), about.lower(), question)
                return found and add_extra_keys(found, text[match.end() :], question)
    return None


VALUE_TYPE = make_regex(
    r"[,:]?\s(?:and|with|whose value is|each (?:with|having)|having|containing|being)\s(?:an? )?"
    r"((?:integer|number|score|value|percentage|rating|boolean|bool|string|float"
    r"|true)\b[^,.;\n]{0,40})",
    re.I,
)
EXTRA_KEY = make_regex(
    r"\b(?:plus|and also|as well as|in addition to|along with|and)\b (?:an? |the |one )?(?:\w+ )?"
    r"(?:key |field )?[\"'`](\w{2,40})[\"'`]",
    re.I,
)


def read_value_type(text: str, at: int) -> str:
    """Return what a text says about all values right after the keys: "and an integer 1-5"."""
    match = VALUE_TYPE.match(text, at)
    return match[1].split(" for each")[0] if match else ""


def add_extra_keys(found: dict[str, Any], rest: str, question: Question) -> dict[str, Any]:
    """Return an object with the keys that the rest of the sentence adds: 'plus a "comment"'."""
    names = EXTRA_KEY.findall(rest.split("\n")[0][:300])
    return found | {name: generate_from(describe_field(name, ""), question, name) for name in names}


LISTED = make_regex(
    r"\bkeys (?:are|should be|must be)\s(?:the (?:\w{3,20} ){1,2})?([\w-]{1,24}(?:, "
    r"[\w-]{1,24}){1,30}(?:,? and [\w-]{1,24})?)[,;]?(?: and)? (?:whose |the |with )?values (?:are"
    r"|should be|must be|being)? ?([^.\n]{3,60})",
    re.I,
)


def find_listed_map(question: Question) -> dict[str, Any] | None:
    """Return an object for "whose keys are Jan, Feb, Mar and whose values are integers"."""
    if (keyed := find_keyed_objects(question)) is not None:
        return keyed
    match = LISTED.search(question.instruction)
    if match is None:
        return find_foreign_map(question)
    keys = [key for key in re.split(r",? and |, ", match[1]) if key not in ("and", "whose")]
    if "capital" in match[2]:
        known = [find_capital_of(key) for key in keys]
        if all(known):
            return dict(zip(keys, known, strict=True))
    about = re.sub(r"\bintegers\b", "integer", re.sub(r"\bnumbers\b", "number", match[2]))
    schema = describe_field("value", about)
    return {key: generate_from(schema, question, "value") for key in keys}


PER_HEADING = make_regex(
    r"\b(?:an? |the )?(?!(?:one|elements?|objects?|entry|items?|rows?|records?|keys?"
    r"|lines?)\b)([a-z_]{3,20})(?:(?:,| and| plus) (?:an? |the |short "
    r"|brief )*([a-z_]{3,20}))? (?:per|for each|for every"
    r"|for all) (?:of the )?([a-z]{3,24})\b(?:[^.\n]{0,20}\b(?:plus|and) (?:an? "
    r"|the )?([a-z_]{3,20})\b)?",
    re.I,
)
"""What an object has for each thing of a list: "a score and a reason per criterion plus a
total"."""


def find_per_heading(question: Question) -> dict[str, Any] | None:
    """Return an object with a key for each thing below a heading that the prompt names again."""
    match = PER_HEADING.search(question.whole)
    names = find_heading_choices(match[3], question.whole) if match else []
    if match is None or len(names) < 2:
        return None
    fields = [field for field in (match[1], match[2]) if field]
    inner = build_object([(field, describe_field(field, "")) for field in fields])
    schema = inner if len(fields) > 1 else describe_field(fields[0], "")
    found = {name: generate_from(schema, question, fields[0]) for name in names}
    if extra := match[4]:
        found[extra] = generate_from(describe_field(extra, ""), question, extra)
    return found


FOREIGN_KEYED = make_regex(
    r"als schlüssel|como claves?|comme clés?|come chiav[ei]|como chaves?|als sleutels?"
    r"|jako klucz\w*|anahtar olarak"
    r"|качестве ключ\w*|キーは|作为键|作為鍵|키는|làm khóa|sebagai kunci",
    re.I,
)


def find_foreign_map(question: Question) -> dict[str, Any] | None:
    """Return an object for "(Wort als Schlüssel): Apfel, Karotte" with a label or a word each."""
    if not FOREIGN_KEYED.search(question.prompt[:3000]):
        return None
    *before, listed = re.split("[:：]", question.prompt[:3000])
    keys = [key.strip(" .。\"'\n") for key in re.split("[,、，]", listed)]
    if not before or len(keys) < 2 or not all(0 < len(key) < 40 for key in keys):
        return None
    labels = QUOTED.findall(":".join(before))
    code = question.requested_language or "en"
    if len(labels) > 1:
        return {key: question.random.pick(labels) for key in keys}
    return {key: translate_word(key, code) or Writer(question, code).take_word() for key in keys}


QUOTED = make_regex(r"[\"“„«「]([^\"”“»」\n]{1,30})[\"”“»」]")
COUNT_FOR = make_regex(
    rf"\b(?:number|count)s? of \w+ (?:for|of|per) ((?:[\w-]{{1,24}}(?:,\s"
    rf"|,?\s{OR}\s)){{1,20}}[\w-]{{1,24}})",
    re.I,
)


def find_counted(question: Question) -> dict[str, Any] | None:
    """Return how often each of some words comes: "the number of votes for red, green and blue"."""
    match = COUNT_FOR.search(question.instruction)
    if match is None or not re.search(
        r"\b(?:keys?|dictionary|map|dict)\b", question.instruction, re.I
    ):
        return None
    keys = [key for key in re.split(rf",\s*(?:{OR}\s)?|\s{OR}\s", match[1]) if key]
    text = question.material or question.prompt.replace(match[0], " ")
    words = [word.lower() for word in WORD.findall(text)]
    first = text.split("\n")[0].lower()
    words = WORD.findall(first) if all(key.lower() in first for key in keys) else words
    return {key: words.count(key.lower()) for key in keys}


def build_map(kind: str, about: str, question: Question) -> dict[str, Any] | None:
    keys = list_keys(kind, question)
    if not keys:
        return None
    if LETTERS.search(question.instruction) and "number" in about:
        return {key: len(key) for key in keys}
    if COUNTS.search(about) or (
        COUNTS.search(question.instruction) and about in ("it", "count", "")
    ):
        return count_keys(keys, question)
    if LENGTHS.search(about):
        return {key: len(key) for key in keys}
    if "capital" in about and (known := [COUNTRIES[key].city for key in keys if key in COUNTRIES]):
        return dict(zip(keys, known, strict=False))
    if "translation" in about and (code := CODES.get(about.split()[0], "")):
        return {key: translate_word(key, code) or write_line(code, 4, question) for key in keys}
    if "translation" in about and question.requested_language:
        return {key: write_line(question.requested_language, 4, question) for key in keys}
    if not about and "language" in kind:
        is_code = "code" in kind
        return {
            CODES.get(key.lower(), key) if is_code else key: say_in(key, question) for key in keys
        }
    if len(labels := find_heading_choices(about.split()[-1], question.whole) if about else []) > 1:
        return {key: label_thing(labels, key, question) for key in keys}
    is_rated = not about and RATES.search(question.instruction) is not None
    if (is_rated or SCORED.match(about)) and (limits := find_range(question.wish)):
        if all(limit.isdecimal() for limit in limits) and int(limits[1]) > 1:
            low, high = map(int, limits)
            return {key: question.random.draw_between((low + high) // 2, high) for key in keys}
        scores = describe_range(limits[0], limits[1], "")
        return {key: generate_from(scores, question, "score") for key in keys}
    usual = find_words(about) or find_words(about.split(" ")[0]) or ()
    if len(usual) > 2:
        start = question.random.draw_below(len(usual))
        return {key: usual[(start + at) % len(usual)] for at, key in enumerate(keys)}
    is_type = re.match(r"(?:integer|number|bool|string|float|true)", about)
    schema = describe_field(
        "value" if is_type else re.sub(r"\s+", "_", about) or "value", about if is_type else ""
    )
    if schema.get("type") == "array" and not about.endswith("s"):
        schema = {"type": "string"}
    return {key: generate_from(schema, question, about or "value") for key in keys}


SCORED = make_regex(r"(?:an? )?(?:score|rating|grade|value|percentage|number|points)")
RATES = make_regex(r"\b(?:rate|score|grade)\b|\bbetween \d+ and \d", re.I)
LETTERS = make_regex(r"\bnumber of (?:letters|characters)\b", re.I)
SINGLE = make_regex(r"(?<!\w)'([^'\n]{2,60})'(?!\w)")


def say_in(language: str, question: Question) -> str:
    """Return a few words in a language that a prompt names."""
    code = CODES.get(language.lower())
    quoted = QUOTED.search(question.prompt[:600]) or SINGLE.search(question.prompt[:600])
    if code and quoted:
        return translate_word(quoted[1], code) or translate_text(quoted[1], Writer(question, code))
    return write_line(code, 8, question) if code else question.topic


def list_keys(kind: str, question: Question) -> list[str]:
    """Return the keys: those that the prompt lists, the words of its text, or known things."""
    material = question.material
    if quoted := QUOTED_LIST.search(question.prompt[:3000]):
        return re.findall(r"[\"“]([^\"“”]{1,60})[\"”]", quoted[0])
    if bracketed := BRACKET_LIST.search(question.prompt[:3000]):
        return [item.strip(" \"'") for item in bracketed[1].split(",") if item.strip()]
    if lines := list_line_keys(kind, question):
        return lines
    given = GIVEN_LIST.search(question.prompt[:3000])
    if re.search(r"\b(?:words?|wort|wörter|palabras?|mots?|parol[ae])\b", kind) and (
        material or given
    ):
        return list(dict.fromkeys(WORD.findall(list_text(question, given))))[:100]
    if re.search(r"\b(?:letters?|characters?|buchstaben?)\b", kind) and material:
        return list(dict.fromkeys(material.replace(" ", "").replace("\n", "")))[:100]
    if given:
        items = re.split(rf",\s*(?:{OR}\s)?|\s{OR}\s", given[1])
        return list(dict.fromkeys(item.strip(" .'\"`") for item in items if item.strip()))
    people, places = question.hints.people, question.hints.places
    known = find_known_things(kind)
    if not known and re.search(r"\bweek ?days?\b|\bdays? of the week\b", kind):
        return list_days(question.prompt[:1000])
    mentioned = [thing for thing in known if re.search(rf"\b{re.escape(thing)}\b", question.prompt)]
    if len(mentioned) > 1:
        return sorted(mentioned, key=question.prompt.find)
    if known and ORDERED.search(kind):
        return known
    if (
        re.search(r"\b(?:people|persons?|names?|employees?|students?|players?|person)\b", kind)
        and people
    ):
        return list(dict.fromkeys(people))
    if re.search(r"\b(?:cit(?:y|ies)|places?|countr(?:y|ies))\b", kind) and (places or people):
        return list(dict.fromkeys([*places, *people]))
    if len(question.hints.series) > 1 and not known:
        return list(question.hints.series)
    count = find_count(question, 0) or parse_count("3")
    return known[:count]


SPAN = make_regex(r"\b([a-z]{3,6}day)s? ?(?:to|through|until|[-–]) ?([a-z]{3,6}day)\b", re.I)


def list_days(text: str) -> list[str]:
    """Return the days of the week, or those of a span as the text spells them."""
    span = SPAN.search(text)
    first, last = (one.lower() for one in span.groups()) if span else (WEEK[0], WEEK[-1])
    if first not in WEEK or last not in WEEK or WEEK.index(first) > WEEK.index(last):
        first, last = WEEK[0], WEEK[-1]
    days = list(WEEK[WEEK.index(first) : WEEK.index(last) + 1])
    return days if span and span[1].islower() else [day.capitalize() for day in days]


def list_text(question: Question, given: re.Match[str] | None) -> str:
    return question.material or (given[1] if given else "")


def count_keys(keys: list[str], question: Question) -> dict[str, Any]:
    """Return how often each key comes in the given text; sorted if the prompt wants it."""
    text = question.material or question.prompt
    words = WORD.findall(text)
    folded = [word.lower() for word in words]
    is_word = all(WORD.fullmatch(key) for key in keys)
    counted = {
        key: (folded.count(key.lower()) if is_word and len(key) > 1 else text.count(key)) or 1
        for key in keys
    }
    merged: dict[str, Any] = {}
    for key, number in counted.items():
        if key.lower() not in map(str.lower, merged):
            merged[key] = number
    return merged
