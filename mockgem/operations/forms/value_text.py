"""The text of a prompt that holds values: without the words about the form of the reply."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.field_items import find_items_end, to_key
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import AFTER_KEYS, WITH
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.result_facts import extract_conversation_hints

FORMAT = make_regex(
    r"\b(?:(?:as|in|into|of|to|using|with|an?|the|valid|raw|strict|single|one|only|just|following"
    r"|als|en|como|un|una)\s+){0,6}(?:json|xml|csv|yaml)\b"
    r"(?:\s+(?:objects?|arrays?|lists?|format|documents?|output|response|only)\b){0,3}"
    r"(?:\s+of\b)?(?:\s+(?:strings|objects|numbers|integers)\b)?",
    re.I,
)
COMMAND = make_regex(
    r"(?:^|(?<=[.!?:\n]))\s*(?:please\s+)?(?:return|respond|reply|answer|output|produce|generate"
    r"|provide|give|write|create|make|extract|parse|convert|turn|show|print|invent|build|format"
    r"|emit|gib|erzeuge|erstelle|devuelve|genera|crea|donne|renvoie|génère|restituisci|fornisci"
    r"|retorne|gere)\b(?!\s*:)(?:\s+(?:only|just|with|me|us|mir|nur)\b){0,3}",
    re.I,
)
SCHEMA_CUE = make_regex(r"\b(?:schema|format|structure|type|shape)\s*:?\s*$", re.I)
TYPE_NAME = make_regex(
    r"\((?:strings?|integers?|ints?|floats?|numbers?|booleans?|bool|arrays?(?: of \w+)?"
    r"|lists?(?: of \w+)?)\)",
    re.I,
)
WRITTEN_AS = make_regex(
    r"\((?:ISO[^()]{0,30}|[AYDMJThHms]{2,4}(?:[-./:][AYDMJThHms]{2,4}){1,2}|cron|UUID|number"
    r"|timestamp)\)",
    re.I,
)
"""What a prompt says about the form of a value: "(YYYY-MM-DD)"."""
QUOTED_NAME = make_regex(r"[\"'`“]([^\W\d][\w -]{0,40})[\"'`”]")
QUOTED_LIST = make_regex(r"[\"'`]([\w -]{1,40}(?:,[\w -]{1,40}){1,20})[\"'`]")
PARENTHESES = make_regex(r"\(([\w, -]{3,200})\)")
KINDS_OF_THINGS = frozenset(
    "product recipe book movie event order config car invoice object record entry item sample"
    " example city".split()
)
KINDS_OF_PEOPLE = frozenset(
    "person user employee customer profile student author contact company character".split()
)
VAGUE = frozenset("random fictional sample fake example imaginary typical simple single".split())


def names_a_thing(noun: str) -> bool:
    """Return whether a noun may be a title: "pancake recipe", but not "recipe" or "user"."""
    words = [word for word in noun.lower().split() if word not in VAGUE]
    if not words or words[-1] in KINDS_OF_PEOPLE:
        return False
    return len(words) > 1 or words[0] not in KINDS_OF_THINGS


def extract_value_hints(question: Question, names: Iterable[str]) -> Hints:
    """Return the hints for the fields of a described object.

    Args:
        names: The names of the fields.
    """
    if question.material:
        return question.hints
    known = {name.lower() for name in names}
    text = remove_form_words(question.subject, known)
    if text == question.subject:
        return question.hints
    found = extract_conversation_hints(text, question.results, question.background)
    found.nouns = [noun for noun in found.nouns if names_a_thing(noun) and not FORMAL.search(noun)]
    subject = question.subject[:2000]
    is_list = COUNT_OF.search(subject) or (SAMPLE.search(subject) and COUNT_OF_ANY.search(subject))
    if is_list:
        found.quoted = [one for one in found.quoted if " " in one or not one.islower()]
    if is_list:  # several things, which have different names
        found.nouns = []
    found.numbers = keep_named_numbers(found.numbers, text, known)
    found.people = [name for name in found.people if not starts_sentence(name, text)]
    if question.written_language == "de":  # where every noun has a capital
        found.people = [name for name in found.people if " " in name]
    return found


SENTENCE_START = make_regex(
    rf"(?:\A|[.!?:\n]\s{{0,3}}){NAME}\b(?!\s(?:is|was|are|has|had|lives|and|works|from|who)\b"
    r"|,|\s?\d)"
)


def starts_sentence(name: str, text: str) -> bool:
    """Return whether a single word with a capital only begins a command: "Plan 3 days"."""
    if " " in name:
        return False
    if text.lower().count(name.lower()) != 1:
        return False
    return name in text and search_named(SENTENCE_START, name, text) is not None


def keep_named_numbers(numbers: list[float], text: str, names: set[str]) -> list[float]:
    """Return the numbers that stand beside a field's name: "port 3000", but not "6 rows"."""
    if not numbers:
        return numbers
    words = {word for name in names for word in name.split("_") if len(word) > 2}
    near = [
        match[2] or match[3]
        for match in BESIDE.finditer(text.lower())
        if words & set(re.findall(r"[^\W\d_]+", match[1] or match[4])[:2])
    ]
    near += ALONE.findall(text)
    kept = {float(one.replace(",", "")) for one in near}
    return [number for number in numbers if float(number) in kept]


BESIDE = make_regex(
    r"([^\W\d_]+(?:[ _](?:is|are|of|number|min|max|costs?|ist|es|est))?[ "
    r"_:=]{1,3}[$€£]?)(-?\d[\d,]*(?:\.\d+)?)"
    r"|(-?\d[\d,]*(?:\.\d+)?) ((?:[^\W\d_]+ ?){1,2})"
)
"""A number with the words in front of it, or after it."""
FORMAL = make_regex(
    r"\b(?:api|json|http|rest|responses?|requests?|payloads?|data|objects?)\b", re.I
)
ALONE = make_regex(r"(?<=[,;:] )(-?\d+(?:\.\d+)?)(?=\s?(?:[,;\n]|\.(?:\s|\Z)|\Z))")
"""A number between commas, in a series of values."""
SAMPLE = make_regex(
    r"\b(?:generate|create|make up|invent|samples?|examples?|random|fake|mock|dummy"
    r"|test data|fictional)\b",
    re.I,
)
COUNT_OF_ANY = make_regex(
    rf"(?<![\w.$€£-])(?:{NUMBER})\s(?=(?:[a-z]+\s)?(?!years|days)[a-z]{{2,}}s\b)", re.I
)
SKETCH = make_regex(
    r"^[ \t]*(?:[A-Z]\w{0,40}[ ]?=[ ]?(?:\{[^{}]{0,2000}\})?|return:? ?list\[\w+\])[ \t]*$",
    re.I | re.M,
)
EACH_CLAUSE = make_regex(
    r"\b(?:jede[rs]?|chaque|cada|ogni)\s(?:\w+\s){1,3}?(?:hat|haben|enthält|mit|avec|a|contient"
    r"|con|tiene"
    r"|contiene|com|tem|ha)\b[^.\n]{0,400}"
    r"|\b(?:each|every)\s(?:\w+\s){1,3}?(?:has|have|contains?|includes?|with|having"
    r"|is an? object)\b[^.\n]{0,400}"
    r"|\b(?:include|add|skip|omit)\b[^.\n]{0,20}\b(?:header|columns?|headers)\b[^.\n]{0,40}",
    re.I,
)
COUNT_OF = make_regex(
    rf"(?<![\w.$€£-])(?:{NUMBER})\s(?=(?:(?!years?|old)[a-z]+\s){{0,2}}?(?:rows?|records?"
    rf"|entries|lines"
    r"|items|objects|users|people|persons|products|orders|customers|employees|books|movies|recipes"
    r"|questions|examples|posts|tasks|students|events|cities|countries|articles|ideas|elements)\b)",
    re.I,
)
"""The length of a list, which is not a value of its fields."""


def remove_form_words(text: str, names: set[str]) -> str:
    """Return a text without commands, formats, examples and lists of the fields' names."""
    text = EACH_CLAUSE.sub(" ", SKETCH.sub(" ", remove_example(text, names)))
    text = COUNT_OF.sub(" ", text)
    if SAMPLE.search(text):
        text = COUNT_OF_ANY.sub(" ", text)
    for pattern in (AFTER_KEYS, WITH):
        text = remove_key_lists(text, pattern, names)
    text = QUOTED_NAME.sub(lambda match: drop_name(match, names), text)
    text = QUOTED_LIST.sub(lambda match: drop_names(match, names), text)
    text = PARENTHESES.sub(lambda match: drop_names(match, names), text)
    text = WRITTEN_AS.sub(" ", TYPE_NAME.sub(" ", text))
    return COMMAND.sub(" ", FORMAT.sub(" ", text)).strip(" ,:;\n")


def remove_example(text: str, names: set[str]) -> str:
    """Return a text without the object in it that shows the names of the fields."""
    start, end = text.find("{"), text.rfind("}")
    inside = text[start : end + 1].lower()
    if not 0 <= start < end or not any(name in inside for name in names):
        return text
    return f"{SCHEMA_CUE.sub('', text[:start])} {text[end + 1 :]}"


def remove_key_lists(text: str, pattern: re.Pattern[str], names: set[str]) -> str:
    for match in pattern.finditer(text):
        end, found = find_items_end(text, match.end())
        if found and names.issuperset(name.lower() for name in found):
            return f"{text[: match.start()]} {text[end:]}"
    return text


def drop_name(match: re.Match[str], names: set[str]) -> str:
    return " " if to_key(match[1]).lower() in names else match[0]


def drop_names(match: re.Match[str], names: set[str]) -> str:
    found = {to_key(name).lower() for name in match[1].split(",")}
    return " " if found <= names else match[0]
