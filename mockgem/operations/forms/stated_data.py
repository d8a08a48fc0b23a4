"""Questions about JSON in the message, such as the result of a function: its values in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from mockgem.operations.forms.given_text import wants_span
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.repeating import PLACEHOLDER
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.generators.field_phrases import describe_value, format_value
from mockgem.operations.generators.word_stems import extract_stems

START = make_regex(r"[{\[](?=\s*[\"{\[\d])")
ASKS = make_regex(
    r"\?|\b(?:write|draft|compose|notify|confirm|inform|answer|tell|explain|say|summari[sz]e|describe|what|who"
    r"|when|where|how|which)\b"
    r"|\b(?:natural language|plain english|in words|(?:one|a) (?:short |friendly )?sentence"
    r"|respond to"
    r"|reply to)\b",
    re.I,
)
TEMPLATE = make_regex(
    r"\b(?:as|with|like|format|form|return|(?<!tool )(?<!function )(?<!api )output|respond|reply"
    r"|answer|example|schema|structure|or)"
    r"[\s:`]*(?:json)?[\s:`]*\Z",
    re.I,
)
"""The words in front of JSON that shows the form of the reply."""
TELLS = make_regex(
    r"\?|\b(?:write|reply|respond|answer|tell|explain|say|summari[sz]e|describe|confirm|inform|put"
    r"|turn)\b[^.\n]{0,80}"
    r"\b(?:user|customer|sentences?|words|english|friendly|question|natural|message|human|me|plain"
    r"|result|information|data|weather|short|notification|alert|sms|passengers?|guests?"
    r"|patients?|clients?"
    r"|visitors?|push|status)\b",
    re.I,
)
"""Words that ask for a sentence about data."""
OTHER_WISH = make_regex(
    r"\b(?:json|convert|csv|yaml|xml|table|markdown|html|code|function (?:that|to|which)|script"
    r"|python|typescript|interface|schema|validate|minify|pretty|format it|fix|extract|transform"
    r"|sort|filter|translate|classify|parse|keys|bullets?|list|email|sql|query|class|insert"
    r"|return (?:an?|the) (?:object|array)|handler|endpoint|route|component|struct|api mock"
    r"|(?:in|with|using) (?:go|golang|rust|java|javascript|node(?:\.js)?|kotlin|swift|php|ruby"
    r"|express|flask|fastapi|react))\b",
    re.I,
)


@form(
    "data in words",
    'Tool result: {"city": "Oslo", "temperature_c": 4, "condition": "snow"}\n\nAnswer the user: '
    "What is the weather in Oslo?",
    signs=("{", "["),
    about="the values of the JSON in the message, in a sentence",
)
def tell_data(question: Question) -> str | None:
    prompt = question.prompt[:8000]
    if not ("{" in prompt or "[" in prompt):
        return None
    if EMPTY.search(prompt) and TELLS.search(prompt) and question.language == "en":
        return "I'm sorry, but I found nothing that matches your request."
    found = find_data(prompt)
    if found is None:
        return None
    value, words = found
    words = re.sub(
        r"\b(?:following|this|the|returned|raw|of) (?:\w+ )?json\b", " ", words, flags=re.I
    )
    words = INTO_WORDS.sub(" tell the user in words ", words)
    asked = f"{words}\n{question.system}"
    if OTHER_WISH.search(words) or OTHER_WISH.search(question.system[:2000]):
        return None
    if not TELLS.search(words):
        return None
    if not ASKS.search(asked) or len(words.split()) < 3:
        return None
    facts = list(list_values(value, ""))[:24]
    if not facts:
        return None
    if question.language != "en":
        pairs = ", ".join(f"{spell(name)}: {text}" for name, text in facts)
        template = load_pack(question.language).result
        return template.replace("{tool}", find_tool(prompt)).replace("{facts}", pairs)
    return write_facts(facts, words, value, question)


EMPTY = make_regex(
    r"\b(?:returned|result|results|output|response|found)\b\W{0,3}(?:is |was )?(?:\[\s?\]|\{\s?\})"
    r"(?!\w)|\"(?:results|items|data|matches)\": ?\[\s?\]",
    re.I,
)
INTO_WORDS = make_regex(
    r"\b(?:convert|turn|transform|change|rewrite|put|format)\b[^.\n]{0,40}?\b(?:in)?to (?:an?|one)"
    r" (?:[a-z-]+ ){0,3}(?:message|sentence|text|notification|reply|answer|summary)\b",
    re.I,
)
"""A wish for words instead of data."""


def find_tool(prompt: str) -> str:
    """Return the name of the tool whose result a prompt gives; else a word for the data."""
    match = re.search(r"\b([a-z]+_[a-z_]+)\b", prompt)
    return match[1] if match else "API"


def find_data(prompt: str) -> tuple[Any, str] | None:
    """Return the JSON value in a message and the message without it; None without a value."""
    for match in list(START.finditer(prompt))[:8]:
        try:
            value, end = json.JSONDecoder().raw_decode(prompt, match.start())
        except (ValueError, RecursionError):
            continue
        if TEMPLATE.search(prompt, max(0, match.start() - 60), match.start()):
            continue
        if PLACEHOLDER.search(prompt, match.start(), end):
            continue
        rows = value if isinstance(value, list) else [value]
        if value and all(isinstance(row, dict) for row in rows):
            rest = re.sub(r"```\w*", "", f"{prompt[: match.start()]} {prompt[end:]}")
            return value, rest
    return None


def list_values(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the fields of a JSON value, those of rows with their names."""
    match value:
        case dict():
            for key, item in value.items():
                yield from list_values(item, str(key))
        case list() if any(isinstance(item, (dict, list)) for item in value):
            for item in value[:12]:
                yield from list_values(item, name)
        case list() | str() | int() | float():
            yield name, format_value(value)


def write_facts(facts: list[tuple[str, str]], words: str, value: Any, question: Question) -> str:
    """Return the fact that a question is about, else all facts in a sentence."""
    wanted = extract_stems(words)
    good = [one for one in facts if wanted & extract_stems(spell(one[0]))]
    if len(good) == 1 and wants_span(question):
        return good[0][1]
    limit = find_length(question)
    if limit is not None and limit[1] == "word":
        return fit_pairs(facts, limit[0])
    text = describe_value(value[0] if isinstance(value, list) and len(value) == 1 else value)
    return f"{text[:1].upper()}{text[1:]}."


def fit_pairs(facts: list[tuple[str, str]], most: int) -> str:
    """Return as many facts as fit into a number of words: "Flight SK 481, status delayed."."""
    kept: list[str] = []
    for name, text in facts:
        pair = f"{spell(name)} {text}".strip()
        if len(" ".join([*kept, pair]).split()) > most:
            break
        kept.append(pair)
    text = ", ".join(kept or [facts[0][1]])
    return f"{text[:1].upper()}{text[1:]}."


BEST = make_regex(
    r"\b(cheapest|lowest|least|smallest|shortest|earliest|fastest|lightest|youngest|newest"
    r"|most expensive|highest"
    r"|largest|biggest|longest|latest|heaviest|oldest|best rated|most)\b",
    re.I,
)
LARGE = make_regex(r"most|highest|largest|biggest|longest|latest|heaviest|oldest|best|newest", re.I)
PRICE = make_regex(
    r"(\d[\d,]*(?:\.\d+)?) ?(?:€|\$|£|EUR|USD|CHF|GBP|euros?|dollars?|%|min|km|kg|h)\b"
    r"|[$€£] ?(\d[\d,]*(?:\.\d+)?)",
    re.I,
)


@form(
    "best of the results",
    "You found:\n- LX 1, 129 CHF\n- LX 2, 99 CHF\n\nThe user asked for the cheapest one. Answer"
    " the user.",
    words="cheapest lowest least smallest shortest earliest fastest lightest youngest newest"
    " expensive"
    " highest largest biggest longest latest heaviest oldest best most",
    about="the line with the lowest or highest number, in a sentence",
)
def tell_best(question: Question) -> str | None:
    rest = MARKED_LINE.sub("", question.prompt[:4000])
    wish = BEST.search(rest)
    items = list_marked(question.prompt[:4000]) if wish and ANSWERS.search(rest) else []
    numbers = [read_amount(item) for item in items]
    if wish is None or len(items) < 2 or None in numbers or question.language != "en":
        return None
    known = [number for number in numbers if number is not None]
    pick = max if LARGE.search(wish[1]) and wish[1].lower() != "least" else min
    return f"The {wish[1].lower()} one is {items[known.index(pick(known))].rstrip('.')}."


ANSWERS = make_regex(
    r"\banswer the (?:user|customer|question)\b|\btell the (?:user|customer)\b", re.I
)
MARKED_LINE = make_regex(r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t][^\n]*$", re.M)


def read_amount(item: str) -> float | None:
    """Return the price or another number with a unit in a line; else its last number."""
    match = PRICE.search(item)
    found = next(filter(None, match.groups())) if match else ""
    plain = re.findall(r"\d[\d,]*(?:\.\d+)?", item)
    text = found or (plain[-1] if plain else "")
    return float(text.replace(",", "")) if text else None


TELL_USER = make_regex(
    r"(?:\A|(?<=[.!?\n]) ?)[^.!?\n]{0,30}\b(?:tell|inform|let|write to|reply to|notify) (?:the "
    r"|this )?(?:user|customer"
    r"|guest|client|passenger|patient|caller)\b[^\n]{0,120}\Z",
    re.I,
)
"""The wish at the end of a message that states a fact."""
LISTENERS = frozenset("user customer guest client passenger patient caller".split())
BAD_NEWS = make_regex(
    r"\b(?:no|not|none|never|fail\w*|errors?|delay\w*|unavailable|cancel\w*"
    r"|sold out)\b|n['’]t\b",
    re.I,
)


WISH = make_regex(
    r"(?:please )?(?:list|extract|find|identify|summari[sz]e|who|what|which|classify|translate)\b",
    re.I,
)
"""The beginning of a message that asks for something else."""


@form(
    "stated fact",
    "The search returned no results for cargo bikes. Tell the user in one polite sentence.",
    words="tell inform let write reply notify",
    about="the fact that the message states, in a polite sentence",
)
def tell_fact(question: Question) -> str | None:
    if question.words.isdisjoint(LISTENERS):
        return None
    prompt = question.prompt.strip()
    match = TELL_USER.search(prompt) if len(prompt) < 600 and question.language == "en" else None
    fact = prompt[: match.start()].strip() if match else ""
    if len(fact.split()) < 4 or "{" in fact or fact.endswith(("?", ":")) or WISH.match(fact):
        return None
    if QUOTED_WORDS.search(fact):
        return None
    first = fact.split("\n")[-1]
    if not BAD_NEWS.search(first):
        return first
    return f"I'm sorry, but {first[:1].lower()}{first[1:]}" if first[:2] != "I " else first


QUOTED_WORDS = make_regex(
    r"\b(?:customer|client|guest|user|reviewer|feedback|review|complaint|message|comment)\b"
    r"[^\n\"“]{0,24}: ?[\"“]",
    re.I,
)
"""What a person said, which needs a reply and is not a fact to pass on."""


def spell(name: str) -> str:
    """Return the words of a field's name: "temperatureC" → "temperature c"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ").lower()
