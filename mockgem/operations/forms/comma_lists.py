"""Lists in one line, separated by commas."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.given_lists import find_known, list_entities, list_things
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lists import list_keywords
from mockgem.operations.forms.local_lists import find_local_things
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.vocabulary import list_words

MARKS = (
    (
        r"\bsemi-?colon[- ](?:separated|delimited)|(?:separated|delimited|split) (?:by|with)"
        r" semi-?colons?",
        "; ",
    ),
    (
        r"\bpipe[- ](?:separated|delimited)|(?:separated|delimited) (?:by|with) (?:pipes?"
        r"|vertical bars?)",
        " | ",
    ),
    (
        r"\bspace[- ](?:separated|delimited)|(?:separated|delimited) (?:by|with) (?:single"
        r" )?spaces?",
        " ",
    ),
    (r"\b(?:separated|delimited) (?:by|with) (?:forward )?slashes", " / "),
    (r"\b(?:separated|delimited) (?:by|with) (?:dashes|hyphens)", " - "),
)
OTHER_MARKS = [(make_regex(pattern, re.I), mark) for pattern, mark in MARKS]
COMMAS = make_regex(
    r"\bcomma[- ]?(?:separated|delimited)|\bseparated by (?:a )?commas?|\bcommas? "
    r"between|\b(?:durch|mit) kommas? getrennt|kommagetrennt|kommasepariert"
    r"|separad[oa]s? por comas|séparée?s par des virgules|separat[ie] da virgol[ae]"
    r"|separad[oa]s por vírgulas|през запятую|через запятую|逗号分隔|カンマ区切り|쉼표로",
    re.I,
)
NOT_LISTS = make_regex(
    r"\bcsv\b|\bjson\b|\btable\b|\bcolumns?\b|\b(?:write|create|implement) an? (?:\w+ "
    r")?(?:function|script|program|query|regex)\b",
    re.I,
)
COUNT = make_regex(
    r"\b(?:list|name|give|suggest|generate|write|nenne|nombra|cite|with|of|me"
    rf"|enumera)?\s*({NUMBER})\s+(?=[^\W\d])",
    re.I,
)


@form(
    "comma list",
    "List 3 programming languages, comma-separated, nothing else.",
    "Your response should be a list of comma separated values, eg: `foo, bar, baz` or "
    "`foo,bar,baz`. List five ice cream flavors.",
    words="separated delimited semicolon pipe space slash comma commas kommas komma"
    " kommagetrennt coma comas virgule virgules virgola "
    "virgole vírgula vírgulas",
    about="items in one line, separated by commas",
)
def write_comma_list(question: Question) -> str | None:
    wish = CONDITION.sub(" ", question.wish)
    other = next((mark for pattern, mark in OTHER_MARKS if pattern.search(wish)), "")
    if quoted := QUOTED_MARK.search(wish):
        other = quoted[1]
    if other and HASHTAGS.search(wish):
        return None
    if not (other or COMMAS.search(wish)) or NOT_LISTS.search(wish):
        return None
    numbers = COUNT.findall(re.sub(r"`[^`\n]*`", "", question.instruction))
    counts = [one for one in numbers if one.lower() not in ("a", "an", "one", "un", "una")]
    count = parse_count(counts[0], 50) if counts else find_count(question, 0)
    if question.material and KEYWORDS.search(question.instruction):
        return (other or ", ").join(list_keywords(question.material)[: count or 5])
    things = [
        thing.replace(", ", " ") for thing in list_things(question, count or 3, exact=bool(count))
    ]
    is_known = question.language == "en" or find_local_things(
        question.instruction, question.language
    )
    if not is_known and not (find_known(question) or list_entities(question)):
        things = list_short(question, count or 3)
    elif any(len(thing.split()) > MAX_WORDS for thing in things) and not KEYWORDS.search(
        question.instruction
    ):
        things = list_short(question, len(things))
    if other:
        return other.join(things)
    return ("," if NO_SPACES.search(question.wish) else ", ").join(things)


KEYWORDS = make_regex(r"\bkey ?(?:words|terms|phrases)\b", re.I)
QUOTED_MARK = make_regex(
    r"\b(?:separated|joined|delimited) (?:by|with) (?:an? )?[\"'`“]([^\"'`”\n\w]{1,5})[\"'`”]"
)
HASHTAGS = make_regex(r"\bhash-?tags?\b", re.I)
CONDITION = make_regex(r"\b(?:if|when) [a-z][^,.\n]{1,60}, [^.\n]{0,200}", re.I)
"""A rule for some replies alone: "If unsafe, a second line has a comma-separated list"."""
NO_SPACES = make_regex(r"\b(?:no|without|not? (?:any|add)) (?:\w+ )?(?:white ?)?spaces?\b", re.I)
MAX_WORDS = 5
"""Items in one line are names, not sentences."""
SHORT = "planning practice balance quality focus progress variety support comfort patience".split()


def list_short(question: Question, count: int) -> list[str]:
    """Return words about the topic, then words that fit many topics."""
    if question.language != "en":
        words = list_words(question.language)
        return [words[at % len(words)] for at in range(count)]
    keywords = [word.lower() for word in question.keywords if word.isalpha()]
    pool = list(dict.fromkeys([*keywords, *SHORT]))
    return [pool[at % len(pool)] for at in range(count)]
