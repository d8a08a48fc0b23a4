"""What an error message means, in a sentence or two."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

NAMED = r"[`'\"]?([\w.]+)[`'\"]?"
MEANINGS: tuple[tuple[str, str], ...] = (
    (
        rf"KeyError:? {NAMED}",
        'the dictionary has no key `{0}`. Use `.get("{0}")` or check that the key is there first',
    ),
    (
        r"IndexError|list index out of range|index out of (?:bounds|range)",
        "an index is beyond the end of the list. Check the length before you read an item",
    ),
    (
        rf"No module named {NAMED}",
        "Python does not find the module `{0}`. Install it with `pip install {0}` in the "
        "environment that runs the program",
    ),
    (
        rf"NameError:? name {NAMED}",
        "the name `{0}` is used before anything is assigned to it. Check its spelling and where "
        "it is set",
    ),
    (
        r"ImportError",
        "a name cannot be imported from that module. Check its spelling and the installed version",
    ),
    (
        rf"AttributeError:? {NAMED} object has no attribute {NAMED}",
        "a value of the type `{0}` has no attribute `{1}`. Check what the line before it returns",
    ),
    (
        rf"{NAMED} object is not (?:subscriptable|iterable|callable)",
        "the value is `{0}`, which cannot be used in this way. Check for it before you use the "
        "value",
    ),
    (
        r"ZeroDivisionError|division by zero",
        "a number is divided by zero. Check the divisor before the division",
    ),
    (
        r"IndentationError|unexpected indent",
        "the indentation of a line does not fit the lines around it. Use four spaces everywhere",
    ),
    (
        rf"[Cc]annot read propert\w+(?: ['`\"]?\w+['`\"]?)? of (undefined|null)"
        rf"(?: \(reading {NAMED}\))?",
        "the value before the dot is `{0}`, so it has no properties. Check it first, for "
        "example with `?.`",
    ),
    (
        rf"{NAMED} is not (?:a function|defined)",
        "`{0}` is not what the code expects at that place. Check its spelling and its import",
    ),
    (
        r"NullPointerException|NullReferenceException",
        "a variable holds no object when a method of it is called. Check for null first, or set it",
    ),
    (
        r"[Ss]egmentation fault",
        "the program uses memory that is not its own, often through a null or freed pointer",
    ),
    (
        r"EADDRINUSE|[Aa]ddress already in use",
        "another process listens on that port. Stop it, or use another port",
    ),
    (
        r"ECONNREFUSED|[Cc]onnection refused",
        "nothing listens at that address. Check the host, the port and whether the service runs",
    ),
    (
        r"\bCORS\b|Access-Control-Allow-Origin",
        "the browser blocks the reply because the server does not allow your origin. Add the "
        "header on the server",
    ),
    (
        r"[Pp]ermission denied",
        "your user may not read or run that file. Check its owner and its mode with `ls -l`",
    ),
    (
        r"command not found",
        "the shell does not find that program. Install it, or add its folder to `PATH`",
    ),
    (
        r"SyntaxError|[Pp]arse error|syntax error",
        "the parser meets something that it does not expect, often a missing bracket or colon "
        "just before that place",
    ),
    (
        r"TypeError",
        "a value has another type than the operation needs. Print its type just before that line",
    ),
    (
        r"ValueError",
        "a value has the right type but not a valid content. Check it before you convert it",
    ),
    (
        r"Exception|Error\b",
        "something on that line is not as the code expects. Look at the values just before it",
    ),
)
TITLE_END = make_regex(
    r"[.?!] (?=[A-Z])|[,.;?!]? (?=(?:what|how|why|please|pls|can|could|any|when i|help|in my)\b)"
)
"""Where the words of an error end and those of the question begin."""
TITLE = make_regex(r"(\b\w*(?:Error|Exception|EADDRINUSE|ECONNREFUSED)\b[^\n`]{0,100})")


def explain_error(text: str) -> str:
    """Return what the error in a text means and how to mend it; empty without an error."""
    for pattern, words in MEANINGS:
        if match := re.search(pattern, text):
            said = words.format(*(part or "" for part in match.groups()))
            title = TITLE.search(text)
            name = title[1].strip(" .") if title else match[0].strip()
            name = TITLE_END.split(name, maxsplit=1)[0]
            return f"The error `{name}` means that {said}."
    return ""


ERROR_QUOTE = make_regex(
    r"\b(?:getting|get|got|throws?|says?|receive|see|seeing|error"
    r"|fails? with)\b[^.\n]{0,30}['\"`:]\s?[^\n]{0,80}"
    r"(?:\w+(?:Error|Exception)\b|out of range|is not (?:a function|defined|subscriptable"
    r"|iterable|callable)"
    r"|[Cc]annot read propert|command not found|[Pp]ermission denied|[Cc]onnection refused"
    r"|[Ss]egmentation fault)"
)
ERROR_ALONE = make_regex(
    r"\b[A-Z]\w{2,40}(?:Error|Exception)\b(?::| at | in | in\b|\?)"
    r"|\b[Cc]annot read propert\w+ (?:\S+ )?of (?:undefined|null)|\bNo module named\b"
    r"|\b(?:EADDRINUSE|ECONNREFUSED|NullPointerException)\b|: command not found\b"
)
"""The words of an error message, also without a program."""
ASKS_CODE = make_regex(
    r"\b(?:write|create|implement|generate|raises?|throws? an?|json|categor\w+|classif\w+"
    r"|summar\w+"
    r"|translate|tests?|labels?|log(?:s| lines?)|ticket|severity)\b"
)
"""Words of prompts that do other things with an error than ask about it."""
ERROR_TEXT = make_regex(
    r"\berror\b[^`]{0,300}(?:\n|: )[^`]{0,300}\b\w{1,40}(?:Error|Exception)\b|Traceback", re.S
)


def quotes_error(prompt: str) -> bool:
    """Return whether a prompt quotes an error and asks about nothing else."""
    if ERROR_QUOTE.search(prompt):
        return True
    return ERROR_ALONE.search(prompt) is not None and not ASKS_CODE.search(prompt[:400].lower())


def shows_error(prompt: str) -> bool:
    """Return whether a prompt quotes an error, perhaps beside a program."""
    return ERROR_TEXT.search(prompt) is not None or ERROR_QUOTE.search(prompt) is not None
