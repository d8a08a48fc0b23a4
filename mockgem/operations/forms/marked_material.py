"""The text of a message between marks: fences, tags, rules and headings."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.material_words import (
    IS_COMMAND,
    VERB_WORD,
)
from mockgem.operations.forms.quoted_material import (
    EdgeText,
)

TAG = make_regex(r"<([a-z_]{3,20})>")
MATERIAL_TAGS = frozenset(
    "text context document documents doc docs article review email message passage data input"
    " transcript content source sources notes conversation ticket comment story".split()
)
FENCES = ('"""', "'''", "```")
RULE = make_regex(r"^[ \t]*([-=*#_]{3,60}|<{3,9}|>{3,9})[ \t]*$", re.M)
"""A line of hyphens or other marks around a given text."""


def split_fences(text: str) -> EdgeText | None:
    for fence in FENCES:
        start = text.find(fence) if fence != "```" else find_line_start(text, fence)
        end = text.find(fence, start + 3)
        if start >= 0 and end > start + 8:
            inside = text[start + 3 : end]
            first, newline, rest = inside.partition("\n")
            if fence == "```" and newline and first.strip().isalnum():
                inside = rest
            if inside.lstrip()[:1] not in ("{", "[") and not shows_type(inside, text[:start]):
                return EdgeText(f"{text[:start]}\n{text[end + 3 :]}", inside)
    return None


TYPE = make_regex(
    r"\s*(?:export )?(?:type \w+ = ?\{|interface \w+ ?\{|class \w+\((?:BaseModel|TypedDict)\):)"
)
CONFORMS = make_regex(
    r"\bjson\b[^.\n]{0,60}\b(?:conform\w*|match\w*|adher\w*|follow\w*|according|of|fits?|fitting|as)\b"
    r"[^.\n]{0,40}\b(?:type|interface|model|shape|schema|class)\b",
    re.I,
)


def shows_type(inside: str, before: str) -> bool:
    """Return whether a fence shows the type of the data to write, not a text to work on."""
    return TYPE.match(inside) is not None and CONFORMS.search(before[-300:]) is not None


def find_line_start(text: str, mark: str) -> int:
    """Return where a mark begins a line; -1 if it never does."""
    if text.startswith(mark):
        return 0
    at = text.find(f"\n{mark}")
    return at + 1 if at >= 0 else -1


def split_tags(text: str) -> EdgeText | None:
    for match in TAG.finditer(text):
        end = text.rfind(f"</{match[1]}>", match.end())
        if is_material_tag(match[1], text) and end > match.end() + 8:
            rest = text[end + len(match[1]) + 3 :]
            return EdgeText(f"{text[: match.start()]}\n{rest}", text[match.end() : end])
    return None


def is_material_tag(name: str, text: str) -> bool:
    """Return whether a tag holds what the message gives, and not an instruction or a form."""
    start = text.find(f"<{name}>") + len(name) + 2
    inside = text[start : text.find(f"</{name}>", start)]
    if len(inside.split()) < 4 or ">...<" in inside or inside.strip(" .…") == "":
        return False
    if name in MATERIAL_TAGS:
        return True
    return not IS_COMMAND.search(name.replace("_", " ")) and text.count(f"</{name}>") == 1


def split_rules(text: str) -> EdgeText | None:
    """Take the text between two lines of marks."""
    if not has_lines(text):
        return None
    rules = list(RULE.finditer(text))[:20]
    if len(rules) < 2 or rules[1].start() - rules[0].end() < 9:
        return None
    first, second = rules[:2]
    for rule in rules[2:]:
        between = text[second.end() : rule.start()]
        if rule[1] != first[1] or "?" in between or VERB_WORD.search(between):
            break
        second = rule
    inside = text[first.end() : second.start()]
    return EdgeText(f"{text[: first.start()]}\n{text[second.end() :]}", inside)


def has_lines(text: str) -> bool:
    """Return whether a text has lines between its first and its last one."""
    return text.find("\n") != text.rfind("\n")


HEADING = make_regex(r"^(?:#{1,4} +|\[(?=[A-Za-z ]{3,30}\]\n))([^\n]{1,60})\n", re.M)


def split_sections(text: str) -> EdgeText | None:
    """Split a message with several Markdown headings: below some of them stand instructions."""
    headings = list(HEADING.finditer(text))[:40] if has_lines(text) else []
    if len(headings) < 2 or '"properties"' in text:
        return None
    ends = [*(match.start() for match in headings[1:]), len(text)]
    commands, given = [text[: headings[0].start()]], list[str]()
    for match, end in zip(headings, ends, strict=True):
        part = text[match.end() : end].strip()
        (commands if IS_COMMAND.search(match[1]) else given).append(
            f"{match[0].rstrip()}\n{part}" if IS_COMMAND.search(match[1]) else part
        )
    if not given or len(commands) < 2:
        return None
    return EdgeText("\n\n".join(commands), "\n\n".join(given))
