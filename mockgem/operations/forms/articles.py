"""Longer texts with headings: articles, outlines, reports."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.layout_words import BULLETS
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

HEADINGS = re.compile(
    r"(?<!\w)(?:headings?|headers|subheadings?|h[1-4]s?|überschriften"
    r"|zwischenüberschriften|títulos|encabezados|subtítulos|titres|sous-titres|titoli"
    r"|sottotitoli|koppen|nagłówk\w+|başlık\w*)(?!\w)|заголовк\w+|标题|見出し|제목",
    re.I,
)
TABLE = re.compile(r"\b(?:csv|table|columns?|html|css)\b", re.I)
OUTLINE = re.compile(r"\b(?:outline|gliederung|esquema|plan détaillé|schema dettagliato)\b", re.I)
SECTIONS = re.compile(
    r"\b(?:sections?|(?:sub)?headings?|abschnitte\w*|überschriften|secciones|títulos|encabezados"
    r"|titres"
    r"|titoli|sezioni|seções)\s*[:：]\s*([^.\n]{3,200})",
    re.I,
)
NAME = r"[\"'“`]?(?:#{1,4} )?[A-ZÀ-Þ][\w &/'-]{1,30}?:?[\"'”`]?"
HEADING_NAMES = re.compile(
    r"\b(?i:sections?|(?:sub)?headings?|titles|abschnitte\w*|überschriften|secciones|títulos"
    r"|encabezados"
    rf"|titres|titoli|sezioni|seções)\b[^.\n]{{0,40}}?[\s:]((?:{NAME},\s){{0,10}}(?:and |und |y "
    rf"|et |e )?{NAME}"
    rf"(?:,?\s(?:and|und|y|et|e|or)\s{NAME})?)(?=[.\n;)]|\s(?:in|with|for|each|mit)\b|\Z)"
)
"""Names after the word: "one heading each for Background, Goals and Risks"."""
COUNT = re.compile(
    rf"({NUMBER})\s+(?:\w+\s)?(?:headings?|subheadings?|headers|h[1-4]s?|sections?"
    r"|überschriften|abschnitte\w*|títulos|secciones|titres|titoli)",
    re.I,
)
NAMED_SECTIONS = re.compile(r"\b(?:an?|the) (?!new|short|third)([a-z]{3,20}) section\b", re.I)
LISTED_SECTIONS = re.compile(
    r"\b(?:sections?|headings?|parts|abschnitte\w*|secciones|sections|sezioni|seções)\b[^\n]{0,60}"
    r"[:：][ \t]*\n{1,2}((?:[ \t]*(?:[-*•]|\d{1,2}[.)]|#{1,4})[ \t]+[^\n]{1,120}(?:\n|\Z)){2,12})",
    re.I,
)
LIST_MARK = re.compile(r"^[ \t]*(?:[-*•]|\d{1,2}[.)]|#{1,4})[ \t]+[\"'*`]*", re.M)
LEVEL = re.compile(r"\bh([1-4])s?\b", re.I)


@form(
    "headings",
    "Write a short article about coffee with three H2 headings.",
    "Structure your answer with markdown headings: how does a blockchain work?",
    words="sections structure template format layout "
    "heading headings headers header subheading h1 h2 h3 h4 h1s h2s h3s outline "
    "gliederung section sections überschriften zwischenüberschriften títulos "
    "encabezados subtítulos titres sous titoli sottotitoli koppen nagłówki nagłówkami "
    "başlık abschnitte secciones sezioni seções esquema plan schema",
    about="paragraphs under Markdown headings",
)
def write_article(question: Question) -> str | None:
    text = question.layout
    sections = HEADING_NAMES.search(text) or SECTIONS.search(text)
    in_system = HEADING_NAMES.search(question.system) if not sections and question.system else None
    if in_system is not None and re.search(
        r"\b(?:reply|answer|respond|write|memo|report)\b", question.system, re.I
    ):
        sections = in_system
    listed = find_listed_sections(question)
    named = NAMED_SECTIONS.findall(text)
    if TABLE.search(text) or not (
        len(named) > 1 or HEADINGS.search(text) or OUTLINE.search(text) or sections or listed
    ):
        return None
    writer = Writer(question)
    match = COUNT.search(text)
    names = (
        [
            name.strip(" .:#\"'“”`").removeprefix("and ")
            for name in re.split(r",|\band\b|\bund\b|\by\b|\bet\b", sections[1])
            if name.strip(" .")
        ]
        if sections
        else []
    )
    names = listed or names or ([name.capitalize() for name in named] if len(named) > 1 else [])
    headings = names or writer.write_headings(parse_count(match[1], 20) if match else 3)
    if sections and WITH_COLON.search(question.wish):
        return "\n\n".join(
            f"{name}: {writer.write_paragraph(2, about=at == 0)}" for at, name in enumerate(names)
        )
    level = LEVEL.search(text)
    mark = "#" * int(level[1]) if level else "##"
    outline = OUTLINE.search(text) or BULLETS.search(text)
    parts = [
        f"{mark} {heading}\n\n{write_section(writer, bool(outline), at)}"
        for at, heading in enumerate(headings)
    ]
    return "\n\n".join(parts)


WITH_COLON = re.compile(
    r"\b(?:followed by|and|with) an? colon\b|\b(?:no|without) markdown\b|\bplain"
    r" text\b[^.\n]{0,60}\bwithout markdown",
    re.I,
)
TEMPLATE_HEADING = re.compile(r"^(?:#{1,4}) ([^\n{}<>\[\]]{2,60})\n+[ \t]*[{<\[(]", re.M)
"""A heading above a place to fill."""


def find_listed_sections(question: Question) -> list[str]:
    """Return the names of the sections that a list names, one in a line, or a template shows."""
    for text in (question.prompt[:6000], question.system):
        shown = TEMPLATE_HEADING.findall(text) if "#" in text else []
        if len(shown) > 1:
            return [name.strip() for name in shown]
        if match := LISTED_SECTIONS.search(text):
            lines = LIST_MARK.sub("", match[1]).splitlines()
            return [re.split(r"\s?[:：(*]|\s[-–—]\s", line)[0].strip(" \"'`") for line in lines]
    return []


def write_section(writer: Writer, outline: bool, at: int) -> str:
    if outline:
        return "\n".join(f"- {writer.write_item()}" for _ in range(3))
    return writer.write_paragraph(3, about=at == 0)
