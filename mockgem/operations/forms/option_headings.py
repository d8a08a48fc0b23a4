"""Options in a list below or after a heading that the prompt names again: "Teams: …"."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_values import OR, Options, make

BULLET_LINE = make_regex(r"^\s*(?:[-*•]|\d+[.)])\s+(.+)$")


HEADED = make_regex(
    r"(?:^[ \t*#]{0,6}|(?<=[.!?] ))((?:[^\W\d_][\w/-]{0,30}[ ]){0,9}[^\W\d_][\w-]{1,30})["
    r" ]?(?:\([^()\n]"
    r"{1,80}\))?[*]{0,2}"
    r"[:：]?[*]{0,2}[ \t]*\n{1,2}((?:[ \t]*(?:[-*•][ ]|\d{1,2}[.)][ ])?[^\n]{1,300}(?:\n|\Z))"
    r"{2,40})",
    re.M,
)
"""A heading of a few words, and the lines below it."""


HEADED_SERIES = make_regex(
    r"(?:^|(?<=[.?!]\s))[ \t*#]{0,6}(?:[A-Z][^\W\d_]{0,20} )?([^\W\d_]{4,24}s)[*]{0,2}[:：][*]"
    r"{0,2}[ \t]*"
    r"((?:[\w&+-][\w &+-]{0,29}[,|/][ ]{0,2}){1,20}[\w&+-][\w &+-]{0,29})\.?[ \t]*$",
    re.M,
)
"""A line such as "Folders: Inbox, Social, Spam"."""


HEADED_LINE = make_regex(
    r"[ \t]*(?:[-*•][ ]+|\d{1,2}[.)][ ]+)?(?:\[[ xX]?\][ ]+)?[\"'`*]{0,3}"
    r"([^\W_][\w &/+.-]{0,40}?)[\"'`*]{0,3}"
    r"[ \t]*(?:\(([^()\n]{1,200})\)|(?:[:：=]|[-–—]+>?|→)[ \t]+([^\n]+)|$)"
)


def find_headed(text: str) -> Options | None:
    """Return the lines below a heading that the text names again: "Teams: … Return the team"."""
    for match in HEADED.finditer(text[:6000]):
        rest = f"{text[: match.start()]} {text[match.end(2) :]}".lower()
        if not any(names_again(noun, rest) for noun in match[1].lower().split()):
            continue
        found = read_headed(match[2], is_list=match[1].lower().endswith("s"))
        if len(found) > 1:
            end = match.start(2) + len(match[2])
            names = [name for name, _ in found]
            return mark_headed(make(names, (match.start(2), end), [about for _, about in found]))
    for match in HEADED_SERIES.finditer(text[:6000]):
        rest = f"{text[: match.start()]} {text[match.end() :]}".lower()
        if names_again(match[1].lower(), rest):
            items = re.split(rf"\s?[,|/]\s*(?:{OR}\s)?", match[2])
            return mark_headed(make(items, match.span()))
    return None


def mark_headed(found: Options | None) -> Options | None:
    return replace(found, headed=True) if found is not None else None


def names_again(noun: str, rest: str) -> bool:
    """Return whether a text has a noun, in the singular or the plural."""
    one = re.sub(r"(?:ies|(?<=[sxh])es|s|y)\Z", "", noun)
    return len(one) > 3 and re.search(rf"\b{re.escape(one)}(?:y|s|es|ies)?\b", rest) is not None


def read_headed(text: str, *, is_list: bool) -> list[tuple[str, str]]:
    """Return names and descriptions of the lines of a list, up to the first other line.

    Args:
        is_list: Whether the heading is a plural: single words need no mark below it.
    """
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        match = HEADED_LINE.match(line)
        if match is None or (match.end() < len(line.rstrip()) and match[2] is None):
            break
        is_bare = match[2] is None and match[3] is None
        if is_bare and not is_marked(line) and not (is_list and PLAIN_NAME.match(line)):
            break
        found.append((match[1], match[2] or match[3] or ""))
    return found


PLAIN_NAME = make_regex(r"[ \t]*[\w&/-]{2,30}(?: [\w&/-]{2,20})?[ \t]*$")


def is_marked(line: str) -> bool:
    return BULLET_LINE.match(line) is not None or line.lstrip().startswith("[")
