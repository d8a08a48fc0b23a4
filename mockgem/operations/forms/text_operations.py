"""Given words and lists, changed as a prompt says: reversed, sorted, in snake case, counted."""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Callable

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.number_series import rewrite_number
from mockgem.operations.forms.question import WORD_START, Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.text_styles import keep_capital

QUOTED = make_regex(r"(?:(?<!\w)'|[\"“‘`«„])([^\"'”’`»“\n]{1,300})[\"'”’`»“]")
AFTER_COLON = make_regex(r"[:：]\s{0,4}(\S[^\n]{0,600}(?:\n[^\n]{1,200}){0,40})\s*\Z")
THE_WORD = make_regex(
    r"\b(?:the|word|string|text|name|phrase|variable|identifier|letters (?:of|in)) (?:the )?"
    r"(?:word |string |text |name |phrase |variable )?([\w-]{2,60})(?=[ .?!]|$)",
    re.I,
)
PROGRAMS = make_regex(
    r"\b(?:functions?|code|scripts?|program|regex|query|method|class|python|javascript|java|sql"
    r"|bash|explain|why|essay|story|poem|article|json|xml|csv|yaml|table|translate|summar\w+)\b",
    re.I,
)
WORD = make_regex(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zß-ÿ]+|[A-Z]+|\d+")
SEPARATORS = make_regex(
    r"\s*(?:,(?!(?<=\d,)\d{3}\b)|;)\s*(?:and\s)?|\s+and\s+|\n+\s*(?:[-*•]\s*|\d{1,2}[.)]\s*)?"
)
BY_COMMAS = make_regex(r"\bcomma|\bin one line", re.I)
BY_LINES = make_regex(
    r"\bone (?:\w+ )?per line|\beach (?:\w+ )?on (?:its|a) (?:own|new) line", re.I
)


def split_name(text: str) -> list[str]:
    """Return the words of a name in any case: "userAccount-id" → user, Account, id."""
    return WORD.findall(text)


def to_camel(text: str) -> str:
    first, *rest = split_name(text) or [text]
    return first.lower() + "".join(word.capitalize() for word in rest)


TEXT_OPERATIONS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (r"screaming.?snake|constant.?case", lambda t: "_".join(split_name(t)).upper()),
    (r"snake.?case", lambda t: "_".join(split_name(t)).lower()),
    (r"kebab.?case|\b(?:url[- ])?slug\b", lambda t: "-".join(split_name(t)).lower()),
    (r"pascal.?case", lambda t: "".join(word.capitalize() for word in split_name(t))),
    (r"camel.?case", to_camel),
    (r"title.?case|capitali[sz]e (?:each|every|the first letter of (?:each|every))", str.title),
    (
        r"\breverse\b(?=:| (?:the |this |these )?(?:strings?|words?|text|letters?|names?|sentence"
        r"|following|characters?)\b|\s*\Z)|\b(?:spell|write|say|print|read)\b.{0,60}\bbackwards?\b",
        lambda t: t[::-1],
    ),
    (r"\bbase64\b.{0,20}\bdecod|\bdecod\w+\b.{0,40}\bbase64", lambda t: decode_base64(t)),
    (r"\bbase64\b", lambda t: base64.b64encode(t.encode()).decode()),
    (r"\brot-?13\b", lambda t: codecs.encode(t, "rot13")),
    (
        r"\b(?:remove|delete|strip|without) (?:all )?(?:the )?vowels",
        lambda t: re.sub(r"(?i)[aeiou]", "", t),
    ),
    (
        r"\b(?:remove|delete|strip) (?:all )?(?:the )?(?:white)?spaces?\b",
        lambda t: re.sub(r"\s", "", t),
    ),
    (
        r"\b(?:remove|delete|strip) (?:all )?(?:the )?punctuation",
        lambda t: re.sub(r"[^\w\s]", "", t),
    ),
    (
        r"\b(?:remove|delete|strip) (?:all )?(?:the )?(?:digits|numbers)",
        lambda t: re.sub(r"\d", "", t),
    ),
    (r"\b(?:acronym|initials)\b", lambda t: "".join(w[0] for w in t.split()).upper()),
    (r"\bfirst (?:letter|character) of (?!your\b|each\b|every\b)", lambda t: t[:1]),
    (r"\blast (?:letter|character) of (?!your\b|each\b|every\b)", lambda t: t[-1:]),
    (
        r"\bfirst word of\b(?! (?:each|every|your))",
        lambda t: (re.findall(r"[\w'’-]+", t) or [t])[0],
    ),
    (
        r"\blast word of\b(?! (?:each|every|your))",
        lambda t: (re.findall(r"[\w'’-]+", t) or [t])[-1],
    ),
    (r"\blongest word\b", lambda t: max(re.findall(r"\w+", t), key=len, default=t)),
    (r"\bshortest word\b", lambda t: min(re.findall(r"\w+", t), key=len, default=t)),
)
"""What a prompt says, and the text that it wants."""
LIST_OPERATIONS: tuple[tuple[str, Callable[[list[str]], list[str]]], ...] = (
    (
        r"\bsort\w*\b.{0,60}\b(?:descending|reverse|largest|highest|z to a|high to low)"
        r"|\b(?:descending|largest to smallest|high(?:est)? to low(?:est)?)\b",
        lambda items: sorted(items, key=sort_key, reverse=True),
    ),
    (
        r"(?:\A|[.!?\n]|please|then) ?(?!sort [^.\n]{0,30}\b(?:in)?to\b)(?:sort|order|arrange"
        r"|alphabeti[sz]e|sortiere|ordena|trie|ordina|sorteer"
        r"|posortuj)\b(?=[^:\n]{0,40}(?:\b(?:these|this|the|following|list|names?|words|numbers"
        r"|items|alfab\w+|alphab\w+|diese|estos|estas|ces|questi|queste|deze|te|by|from|in)\b))"
        r"|\balphabetical(?:ly)? ?order\b|\bascending\b",
        lambda items: sorted(items, key=sort_key),
    ),
    (
        r"(?:\A|[.!?\n]|please|then) ?(?:rank|prioriti[sz]e)\b(?=[^:\n]{0,120}\b(?:from|by|these"
        r"|the|following|this|candidates|options|tasks|items)\b)",
        lambda items: items,
    ),
    (
        r"\b(?:remove|delete|drop|without) (?:all |the |any )*duplicates?|\bdeduplicate\b"
        r"|\bunique (?:values|items|words|entries)",
        lambda items: list(dict.fromkeys(items)),
    ),
    (r"\breverse (?:the )?(?:order|list)\b", lambda items: items[::-1]),
    (
        r"\b(?:largest|biggest|highest|greatest|maximum(?! of \d))\b[^.:\n]{0,30}\b(?:number"
        r"|value|of)\b",
        lambda items: [max(items, key=sort_key)],
    ),
    (
        r"\b(?:smallest|lowest|least|minimum)\b[^.:\n]{0,30}\b(?:number|value|of)\b",
        lambda items: [min(items, key=sort_key)],
    ),
)
"""What a prompt says, and the items that it wants."""
COMPILED_TEXT = [(make_regex(pattern, re.I | re.S), change) for pattern, change in TEXT_OPERATIONS]
COMPILED_LIST = [(make_regex(pattern, re.I | re.S), change) for pattern, change in LIST_OPERATIONS]
OCCURS = make_regex(
    r"\bhow (?:many|often)\b(?: times)?(?: does| do| is| are)?(?: the)?(?: letters?| word"
    r"| characters?)? ?(?:[\"'“‘`](\w{1,30})[\"'”’`]?s?|(?<!\w)(\w)(?:['’]?s)?(?!\w)"
    r"|(?<=word )(\w{2,30}))(?: letters)?(?: appears?| occurs?| are there| is there| are"
    r"| is)?(?: in| inside| within)\b",
    re.I,
)
"""A question such as "How many r's are in strawberry?"."""


ONE_NUMBER = make_regex(r"\b(?:with|as) (?:an? |the )?(?:single )?(?:number|integer|digit)\b", re.I)


NUMERALS = make_regex(
    r"\b(?:in(?:to)?|to|as(?: an?)?) (roman numerals?|binary|hexadecimal|hex|octal)\b"
    r"|\A\W*(?:what(?:'s| is) )?(?:the )?(roman numerals?) (?:for|of) \d",
    re.I,
)
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def write_numeral(prompt: str) -> str | None:
    """Return a number in Roman numerals or in another base; None without such a wish."""
    wish, number = NUMERALS.search(prompt), re.search(r"(?<![\w.])\d{1,9}(?![\w.]*\d)", prompt)
    if wish is None or number is None:
        return None
    value, kind = int(number[0]), (wish[1] or wish[2]).lower()
    if not kind.startswith("roman"):
        return format(value, {"b": "b", "h": "X", "o": "o"}[kind[0]])
    text = ""
    for amount, mark in ROMAN:
        count, value = divmod(value, amount)
        text += mark * count
    return text if int(number[0]) < 4000 else None


NUMBER_WORDS = frozenset(
    "roman numeral numerals binary hexadecimal hex octal digit digits number integer"
    " letters".split()
)
"""Words of prompts that ask for a number in another spelling."""
IN_WORDS = make_regex(r"\b(?:in|as|to|into) (?:english )?words\b", re.I)


SPELLED_OUT = make_regex(
    r"\b(?:spell|write|spelled|written|spelling)\b[^.\n]{0,30}\bout\b(?! of\b)", re.I
)


def asks_for_spelling(question: Question) -> bool:
    """Return quickly whether a prompt may ask for a number in another spelling."""
    words = question.words
    if "out" in words and SPELLED_OUT.search(question.prompt):
        return True
    return not NUMBER_WORDS.isdisjoint(words) or (
        "words" in words and IN_WORDS.search(question.prompt) is not None
    )


def sort_key(item: str) -> tuple[int, float, str]:
    """Order numbers by value, words by letters."""
    try:
        return 0, float(item.strip("$€£% ").replace(",", "")), ""
    except ValueError:
        return 1, 0.0, item.casefold()


def decode_base64(text: str) -> str:
    try:
        return base64.b64decode(text.strip(), validate=True).decode()
    except ValueError:
        return text


REPLACES = make_regex(
    r"\b(?:replace|change|swap|substitute|ersetze|reemplaza|remplace"
    r"|sostituisci)\b[^.\n\"“'`]{0,40}"
    r"[\"“'`]([^\"”'`\n]{1,60})[\"”'`] (?:with|by|to|for|durch|por|par|con) (?:the word )?"
    r"[\"“'`]([^\"”'`\n]{0,60})[\"”'`]",
    re.I,
)


def replace_words(question: Question) -> str | None:
    """Return the text with the words that a prompt wants to have replaced; None without a wish."""
    match = REPLACES.search(question.prompt[:1000])
    if match is None or re.search(r"\b(?:function|code|script|regex)\b", question.prompt, re.I):
        return None
    rest = question.prompt[match.end() :]
    _, colon, after = rest.partition(":")
    text = after if colon and after.strip() else question.material
    if not text.strip() or match[1].lower() not in text.lower():
        return None
    known = re.compile(rf"(?<!\w){re.escape(match[1])}(?!\w)", re.I)
    return known.sub(lambda found: keep_capital(found[0], match[2]), text.strip().strip('"“”'))


BY_NUMBER = make_regex(
    r"\b(?:by|after|nach|por|par) (?:the |their |its )?(?:price|cost|size|number|amount|year|age"
    r"|population|length|height|weight|duration|date|rating|score|preis|precio|prix)\b"
    r"|\b(?:cheapest|most expensive|lowest price|highest price|shortest|longest|oldest|newest)"
    r" (?:first\b|to\b)",
    re.I,
)
NAMES_ONLY = make_regex(r"\bnames? only\b|\b(?:only|just) (?:the )?names?\b", re.I)
NAME_END = make_regex(r"\s*(?:[-–—:(]|[$€£])\s*")
DOWN = make_regex(
    r"(?<!to )(?<!to the )\b(?:descending|highest|most expensive|largest|biggest|newest|z to a"
    r"|absteigend)\b",
    re.I,
)
NUMBER = make_regex(r"\d[\d,]*(?:\.\d+)?")
PRICE = make_regex(r"[$€£] ?\d[\d,]*(?:\.\d+)?")


def find_number(item: str) -> float:
    match = PRICE.search(item) or NUMBER.search(item)
    return float(match[0].strip("$€£ ").replace(",", "")) if match else 0.0


def leading_number(item: str) -> float:
    return float(item.partition("\0")[0])


CHANGE_WORDS = (
    "digits number spell roman numeral numerals binary hexadecimal octal hex snake camel pascal "
    "kebab slug title capitalize capitalise reverse backwards backward base64 rot13 rot "
    "replace swap substitute ersetze reemplaza remplace sostituisci remove delete strip acronym "
    "initials first last longest shortest sort sorted order "
    "arrange alphabetize alphabetical ascending descending duplicates deduplicate unique "
    "largest biggest highest greatest maximum smallest lowest minimum sortiere ordena trie "
    "ordina rank prioritize prioritise snake_case camelcase case screaming constant decode encode "
)
CHANGE_STARTS = frozenset(word[:WORD_START] for word in CHANGE_WORDS.split())


@form(
    "changed text",
    "Convert to snake_case: userAccountBalance",
    "Reverse the string 'hello'. Output only the result.",
    "Sort these numbers ascending, separated by commas: 5, 3, 9, 1",
    words=f"words {CHANGE_WORDS}",
    about="the given words in another case, order or spelling",
)
def change_text(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if (replaced := replace_words(question)) is not None:
        return replaced
    head = prompt[: prompt.rfind(":")] if RANKS.match(prompt) else prompt
    if len(prompt) > 800 or (question.asks_how and "?" not in prompt) or PROGRAMS.search(head):
        return None
    if asks_for_spelling(question) and (numeral := write_numeral(prompt) or rewrite_number(prompt)):
        return numeral
    if not question.may_have_word(CHANGE_STARTS):
        return None
    said = question.stated if len(question.material) > MAX_WORDS_GIVEN else prompt
    command = QUOTED.sub(" ", said.partition(":")[0] if ":" in said else said)
    for pattern, change in COMPILED_LIST:
        if pattern.search(command):
            items = find_items(prompt)
            if BY_NUMBER.search(command) and all(map(NUMBER.search, items)):
                items = [f"{find_number(item)}\0{item}" for item in items]
                items = [item.partition("\0")[2] for item in sorted(items, key=leading_number)]
                if NAMES_ONLY.search(command):
                    items = [NAME_END.split(item, maxsplit=1)[0] for item in items]
                return join_items(items[::-1] if DOWN.search(command) else items, prompt)
            return join_items(change(items), prompt) if len(items) > 1 else None
    for text_pattern, rewrite in COMPILED_TEXT:
        if text_pattern.search(command):
            given = find_text(prompt)
            return rewrite(given) if given else None
    return None


MAX_WORDS_GIVEN = 80
"""Characters of given words; a longer text does not say what to do."""


def find_text(prompt: str) -> str:
    """Return the text to change: a quotation, what follows the colon, or the word named."""
    quoted = QUOTED.findall(prompt)
    if quoted:
        return str(quoted[-1])
    match = AFTER_COLON.search(prompt)
    if match is not None:
        return match[1].strip()
    named = THE_WORD.findall(prompt.split("\n")[0])
    return str(named[-1]) if named else ""


RANKS = make_regex(r"\W{0,4}(?:(?:please|can you|could you) )?(?:rank|prioriti[sz]e)\b", re.I)
NUMBERED_ITEMS = make_regex(r"\bnumbered\b|\bnumbered list\b", re.I)
NOTE = make_regex(r"\s?\([^()\n]{1,80}\)")
MARKED = make_regex(
    r"\b(?:separated|joined|split|delimited) (?:by|with) (?:an? )?[\"'`“]([^\"'`”\n]{1,5})[\"'`”]"
)


def find_items(prompt: str) -> list[str]:
    """Return the items of the list after the colon, or in the message's later lines."""
    if marked := list_marked(prompt):
        return [NOTE.sub("", item) for item in marked]
    prompt = NOTE.sub("", prompt)
    match = AFTER_COLON.search(prompt)
    text = match[1] if match else "\n".join(prompt.split("\n")[1:])
    text = text.strip(" []{}().\n-*•")
    items = [item.strip(" \"'`") for item in SEPARATORS.split(text)]
    if len(items) < 2:
        items = text.split()
    return [item for item in items if item]


def join_items(items: list[str], prompt: str) -> str:
    if mark := MARKED.search(prompt):
        return mark[1].join(items)
    if RANKS.match(prompt) and not BY_COMMAS.search(prompt) and not BY_LINES.search(prompt):
        return "\n".join(f"{at}. {item}" for at, item in enumerate(items, 1))
    if NUMBERED_ITEMS.search(prompt):
        return "\n".join(f"{at}. {item}" for at, item in enumerate(items, 1))
    if BY_LINES.search(prompt) or (prompt.count("\n") > 2 and not BY_COMMAS.search(prompt)):
        return "\n".join(items)
    return ", ".join(items)


@form(
    "occurrences",
    "How many times does the letter r appear in strawberry?",
    words="many often",
    about="how often a letter or a word comes in the given word or text",
)
def count_occurrences(question: Question) -> str | None:
    prompt = question.prompt.strip()
    match = OCCURS.search(prompt) if len(prompt) < 800 else None
    if match is None:
        return None
    part = next(filter(None, match.groups()))
    rest = prompt[match.end() :]
    quoted = QUOTED.findall(rest)
    after = AFTER_COLON.search(rest)
    named = re.match(r"\s*(?:the )?(?:word |string |name )?([\w-]{2,40})\W*(?:\?|\Z)", rest)
    text = quoted[-1] if quoted else after[1] if after else named[1] if named else ""
    if not text or (len(part) > 1 and " " not in text):
        return None
    sought = re.escape(part) if len(part) == 1 else rf"\b{re.escape(part)}\b"
    found = re.findall(sought, text, re.I)
    if question.is_terse or question.language != "en" or ONE_NUMBER.search(question.wish):
        return str(len(found))
    return f"“{part}” comes {len(found)} times in “{text.strip()[:80]}”."
