"""A text that a message gives between quotation marks."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex


@frozen
class EdgeText:
    """A message in two parts. `material` is empty if the message gives no text."""

    instruction: str
    material: str


BRACE = make_regex(r"[{}]")


def mask_objects(text: str, mask: Callable[[str], str]) -> str:
    """Return a text of the same length in which whole objects, with those in them, are masked."""
    if "{" not in text:
        return text
    parts, depth, start, end = [], 0, 0, 0
    for match in BRACE.finditer(text):
        if match[0] == "{":
            start = start if depth else match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts += [text[end:start], mask(text[start : match.end()])]
                end = match.end()
    return "".join([*parts, text[end:]])


QUOTE = make_regex(
    r"\"([^\"\n]{1,2000})\"|“([^”\n]{1,2000})”|«\s?([^»\n]{1,2000}?)\s?»|„([^“”\n]{1,2000})[“”]"
    r"|「([^」\n]{1,2000})」|(?<!\w)'([^'\n]{8,2000})'(?!\w)"
)


QUOTE_MARKS = "\"'“«„「"


def strip_quotes(text: str) -> str:
    """Return a text without the quotation marks around the whole of it."""
    pairs = {'"': '"', "“": "”", "«": "»", "„": "“", "「": "」"}
    close = pairs.get(text[:1])
    return text[1:-1].strip() if close and text.endswith(close) and text.count(close) < 3 else text


WHOLE_LINE = make_regex(
    r"(?:\"[^\"\n]{2,2000}\"|“[^”\n]{2,2000}”|«[^»\n]{2,2000}»|„[^“”\n]{2,2000}[“”])[ \t]*(?=\n)"
)
"""A quoted text that fills a line."""


def ends_with_quote(text: str) -> bool:
    """Return whether a quoted text ends a message, as in 'the names in this text: "…"'."""
    quotes = list(QUOTE.finditer(text))
    return bool(quotes) and quotes[-1].start() > 0 and not text[quotes[-1].end() :].strip(" .")


PLACE = make_regex(
    r"[:：]\s?\Z|\A[-*•#] |\bvalue\Z|[<{\[][^<>{}\[\]\n]{1,40}[>}\]]|: ?(?:X|N|_{2,9}"
    r"|\.{3})(?:/\d+)?\Z"
)
"""A place to fill, in a quotation that shows the form of the reply."""
CYRILLIC = make_regex(r"[\u0400-\u04ff]+\Z")
ANOTHER = make_regex(
    r",?\s(?:and|or|und|oder|y|et|и|та|і|ve|e|i|en|dan|và)\s[\"“«„「']|,\s[\"“«„「']"
    r"|,?\s(?:or|oder)\s(?=\w)"
)
"""What stands after a quotation that is one of several names."""


def split_quotes(text: str) -> EdgeText | None:
    """Take a quoted text of several words as the material."""
    if not any(mark in text for mark in QUOTE_MARKS):
        return None
    masked = mask_objects(text, lambda found: found.replace('"', "\0"))
    for match in QUOTE.finditer(masked):
        inside = next(filter(None, match.groups()))
        if inside.startswith("#") or ANOTHER.match(text, match.end()) or PLACE.search(inside):
            continue
        if len(inside.split()) > 1 or (
            len(inside) > 6 and not inside.isascii() and not CYRILLIC.match(inside)
        ):
            return EdgeText(f"{text[: match.start()]} {text[match.end() :]}", inside)
    return None
