"""Spell fields in one way: "price {amount (number), currency}", "boolean fields a, b and c"."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.lazy_patterns import make_regex

BEFORE_MEMBERS = (
    r"(?:(?<=, )|(?<=: )|(?<=\band )|(?<=\bwith )|(?<=\bnested ))"
    r"(?!(?:keys?|fields?|objects?|json|the|columns|and|an?)\b)(\w{2,30}) ?"
)
MEMBER = r"\w+\??(?: ?\([^(){}\n]{1,40}\)| ?: ?[^,(){}\n]{1,40})?"
MEMBERS = rf"\{{\s?({MEMBER}(?:, ?{MEMBER}){{1,10}})\s?\}}"
ONE = make_regex(rf"{BEFORE_MEMBERS}{MEMBERS}")
ROWS = make_regex(rf"{BEFORE_MEMBERS}\[{MEMBERS}(?:, ?(?:\.\.\.|…))?\]")
"""A field with its members in braces: "id, address {street, city}"."""
MEMBER_TYPE = make_regex(r" ?\(([^()\n]{1,40})\)")
TYPED = make_regex(
    r"\b(boolean|string|integer|numeric|number|float)s? (?:fields|keys|flags|properties"
    r"|attributes)(?: called| named|:)? ((?:[\"'`]?\w{2,30}[\"'`]?, ){1,12}[\"'`]?\w{2,30}[\"'`]?"
    r"|[\"'`]?\w{2,30}[\"'`]?)(,? and [\"'`]?(?!an?\b|the\b|one\b)\w{2,30}[\"'`]?)?",
    re.I,
)
"""Several fields of one type: "boolean fields hate, violence and spam"."""
NAME = make_regex(r"(?<!\w)(?!and\b)[\"'`]?\w{2,30}[\"'`]?")


def spell_members(text: str) -> str:
    """Return a text that names members in braces in one way: "price (object {amount: number})"."""
    text = ROWS.sub(lambda match: write_note(match, "array of objects"), text)
    return ONE.sub(lambda match: write_note(match, "object"), text)


def write_note(match: re.Match[str], kind: str) -> str:
    members = MEMBER_TYPE.sub(r": \1", match[2])
    return f"{match[1]} ({kind} {{{members}}})"


WORDS = (
    r"(?:name|title|author|year|price|isbn|genre|email|phone|age|city|country|date|host|port|user"
    r"|username|password|id|rating|quantity|stock|category|description|color|size|brand|model"
    r"|code|message"
    r"|status|level|type|role|salary|department|duration|location|start|end|timeout|make)"
)
SPACED = make_regex(
    rf"\b(?:with|keys|fields|columns|has|have) ({WORDS}(?: {WORDS}){{1,8}}) and"
    r" (?=[a-z_]{3,20}\b)",
    re.I,
)
"""Names without commas: "with title author year and price"."""
CASES = make_regex(
    r"[,;]? ?\b(?:with )?(?:the )?keys? (?:names? )?(?:are |should be )?in"
    r" (?:snake|camel|kebab|pascal|upper|lower)[_ -]?case\b",
    re.I,
)
"""How keys are spelled, which names none."""


def spell_series(text: str) -> str:
    """Return a text with commas between names, and without the case of keys."""
    text = CASES.sub("", text)
    return SPACED.sub(
        lambda match: f"{match[0].split()[0]} {match[1].replace(' ', ', ')} and ", text
    )


GIVEN_TEXT = make_regex(
    r"(?P<before>(?:\bwith|\band|,) )(?P<name>(?!(?:and|an?|the|keys?|fields?|columns?|propert\w+"
    r"|attributes?|elements?|values?|boolean|string|number|integer|list|array|objects?|either|or|is"
    r"|like|as|named|called|with|each|containing|has|have|including|for|of)\b)[a-z_]{2,20}) "
    r"(?:null|\"[^\"\n]{1,30}\")(?=,|\.?\s*\Z| and )",
    re.I,
)
"""A field with its value: 'with status "ok"'."""
NAMED_LIST = make_regex(
    rf"\ban? (?:list|array) (?:called|named) [\"'`]?(\w{{2,30}})[\"'`]? (?:with|of|containing)"
    rf" (?:exactly )?({NUMBER}) (?:entries|items|elements|values|strings|members)\b"
    r"(?!,? (?:each|every|all|that|which|where|with|having)\b)",
    re.I,
)
"""A field with single values: "a list called origins with two entries"."""
NUMBER_OF = make_regex(
    r"\bwith (?:the )?(?:number|count) of (word|character|sentence)s? and (?:of )?(word|character"
    r"|sentence)s? ",
    re.I,
)
"""Counts of a text: "with the number of words and characters in …"."""
SHORTHAND: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (NAMED_LIST, r"\1 (array of \2 strings)"),
    (make_regex(r"(?<=\w) (?:inside|within|under) (?:an?|the) (?=<\w+>)", re.I), ". In "),
    (NUMBER_OF, r"with the keys \1_count and \2_count "),
    (make_regex(r"(?<=\w) where (?=[a-z_]\w{0,20} (?:is|=|equals) )"), ". "),
    (make_regex(r"(?<=\s)w/? (?=\w)"), "with "),
    (GIVEN_TEXT, r"\g<before>\g<name>"),
    (make_regex(r"(?<=[a-z]) (?:n|'n'|&) (?=[a-z])"), " and "),
    (
        make_regex(r"(?<![\w+] )\b(?P<names>[a-z]\w{1,20}(?: \+ [a-z]\w{1,20}){2,8})\b", re.I),
        lambda match: f"with the keys {match['names'].replace(' + ', ', ')}",
    ),
    (
        make_regex(
            r"\b(?P<word>keys|fields|columns):? (?P<names>(?:(?!(?:of|for|as|in|and|with|to|the|are"
            r"|is|on|from|by|or|only|like|at|that|which|plus|should|must)\b)[a-z_]{2,20}\b ?){3,8})"
            r"(?=[.\n]|\Z)",
            re.I,
        ),
        lambda match: f"{match['word']}: {', '.join(match['names'].split())}",
    ),
    (
        make_regex(
            r"\b(?P<kind>json|csv|ya?ml), (?=(?:[a-z_]{2,20}, ){2,10}(?:and )?[a-z_]{2,20}"
            r"(?:[.,\n]|\s*\Z))",
            re.I,
        ),
        r"\g<kind> with the keys ",
    ),
    (
        make_regex(
            r",? (?P<format>(?:as|in) (?:valid |raw )?(?:json|csv|ya?ml|xml)(?: format)?(?: only)?)"
            r",?(?: (?:please|pls|plz|thx|thanks|ty))*(?P<end>[.!]{0,3}[ \t]*(?=\n|\Z))",
            re.I,
        ),
        r". \g<format>\g<end>",
    ),
)
"""Short forms of words, and a format right after the last field."""


def spell_out(text: str) -> str:
    """Return a text without shorthand: "3 cities w/ name n country, as json"."""
    for pattern, written in SHORTHAND:
        text = pattern.sub(written, text)
    return OWN.sub("", WHERE_EACH.sub(", ", text))


WHERE_EACH = make_regex(r" where (?=(?:each|every) [a-z]+ (?:has|have|contains|holds)\b)", re.I)
OWN = make_regex(r"(?<=\b(?:its|the|his|her) )own (?=[a-z])|(?<=\btheir )own (?=[a-z])", re.I)


FLAG = make_regex(
    r"(?:(?<=, )|(?<=\band )|(?<=\bwith ))(?:an? |the )?([a-z_]{3,20}(?: mode)?) (?:(?:is |set to "
    r"|turned |switched )?(?:on|off|disabled|true|false)|(?:is |set to )enabled)"
    r"(?=[.,;\n]|\s*\Z| and )",
    re.I,
)
"""A field with its state: "and debug turned off"."""
STATE = make_regex(r"\b(?:on|off|enabled|disabled|true|false)\b", re.I)


def spell_types(text: str) -> str:
    """Return a text with the type after each field: "fields hate (boolean), spam (boolean)"."""
    if STATE.search(text):
        text = FLAG.sub(r"\1 (boolean)", text)
    return TYPED.sub(write_types, text)


def write_types(match: re.Match[str]) -> str:
    names = match[2] + (match[3] or "")
    if "," not in names and " and " not in names:
        return match[0]
    return f"fields {NAME.sub(lambda name: f'{name[0]} ({match[1].lower()})', names)}"
