"""Given Markdown as HTML: headings, lists, paragraphs, bold and links."""

from __future__ import annotations

import re
from html import escape

from mockgem.operations.forms.format_wishes import fence
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:convert|turn|change|translate|render|rewrite|make|transform|put)\b[^\n]{0,60}\b(?:in)?to"
    r" (?:an? )?(?:valid |plain |clean |semantic )?html\b|\bmarkdown to html\b|\bas html\b",
    re.I,
)
MARKS = make_regex(r"^(?:#{1,6} |[-*] |\d{1,2}\. |> )", re.M)
HEADING = make_regex(r"(#{1,6}) (.+)")
BULLET = make_regex(r"[-*] (.+)")
NUMBER = make_regex(r"\d{1,2}\. (.+)")
BOLD = make_regex(r"\*\*([^*\n]+)\*\*")
ITALIC = make_regex(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
CODE = make_regex(r"`([^`\n]+)`")
LINK = make_regex(r"\[([^\]\n]+)\]\(([^)\s]+)\)")


@form(
    "Markdown as HTML",
    "convert this to html\n\n# Packing list\n- socks\n- charger",
    words="html",
    about="the given Markdown in HTML",
)
def convert_markdown(question: Question) -> str | None:
    told, _, below = question.prompt.strip().partition("\n")
    text = below.strip()
    if not WISH.search(told) or not MARKS.search(text) or len(text) > 8_000 or "<" in text:
        return None
    return fence(to_html(text), "html", question)


def to_html(text: str) -> str:
    """Return the blocks of a Markdown text as elements of HTML."""
    lines: list[str] = []
    kind = ""
    for line in map(str.strip, text.splitlines()):
        bullet, number = BULLET.fullmatch(line), NUMBER.fullmatch(line)
        new = "ul" if bullet else "ol" if number else ""
        if kind and kind != new:
            lines.append(f"</{kind}>")
        if new and new != kind:
            lines.append(f"<{new}>")
        kind = new
        if item := bullet or number:
            lines.append(f"  <li>{write_inline(item[1])}</li>")
        elif heading := HEADING.fullmatch(line):
            level = len(heading[1])
            lines.append(f"<h{level}>{write_inline(heading[2])}</h{level}>")
        elif line:
            lines.append(f"<p>{write_inline(line)}</p>")
    return "\n".join([*lines, *([f"</{kind}>"] if kind else [])])


def write_inline(text: str) -> str:
    text = LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False))
    text = ITALIC.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", text))
    return CODE.sub(r"<code>\1</code>", text)
