"""Sections that a prompt shows or lists by name: a template of the reply."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.writing import Writer

LISTED_SECTIONS = make_regex(
    r"\b(?:sections?|headings?|parts|abschnitte\w*|secciones|sections|sezioni|seções)\b[^\n]{0,60}"
    r"[:：][ \t]*\n{1,2}((?:[ \t]*(?:[-*•]|\d{1,2}[.)]|#{1,4})[ \t][^\n]{1,120}(?:\n|\Z)){2,12})",
    re.I,
)
LIST_MARK = make_regex(r"^[ \t]*(?:[-*•]|\d{1,2}[.)]|#{1,4})[ \t]+[\"'*`]*", re.M)
TEMPLATE_HEADING = make_regex(r"^(?:#{1,4}) ([^\n{}<>\[\]]{2,60})\n+[ \t]*[{<\[(]", re.M)
"""A heading above a place to fill."""


SHOWN_SECTION = make_regex(
    r"^[ \t]*(?:[-*•][ \t]+|\d{1,2}[.)][ \t]+)?(?P<mark>\*\*"
    r"|#{1,4} )(?P<name>[^\n*#:{}<>(\[–—]{2,50}):?(?:\*\*)?:?"
    r"[ \t]*(?P<note>[^\n]{0,160})$(?P<below>\n[ \t]*[(\[<][^\n]{3,160}[)\]>]$)?",
    re.M,
)
WANTS_SECTIONS = make_regex(
    r"\b(?:sections?|structure|format|template|layout|headings?|parts|following|outline)\b", re.I
)


@frozen
class Section:
    """A section that a prompt shows: how its heading is marked, its name, and what stands in it."""

    mark: str
    name: str
    note: str


def find_shown_sections(question: Question) -> list[Section]:
    """Return the sections in lines such as "**Ingredients** (bulleted list)" or "## Summary"."""
    for text in (question.prompt[:6000], question.system[:6000]):
        if ("**" not in text and "#" not in text) or not WANTS_SECTIONS.search(text):
            continue
        found = [
            Section(
                match["mark"],
                re.split(r" - ", match["name"])[0].strip(),
                f"{match['name'].partition(' - ')[2]} {match['note']} {match['below'] or ''}".strip(
                    " ()[]<>\n:-–—"
                ),
            )
            for match in SHOWN_SECTION.finditer(text)
        ]
        marks = {section.mark for section in found}
        is_shown = any(section.note for section in found) or is_announced(text)
        if len(found) > 1 and len(marks) == 1 and is_shown:
            return found[:12]
    return []


ANNOUNCED = make_regex(
    r"\b(?:sections?|headings?|structure|format|template"
    r"|layout)\b[^\n]{0,80}:[ \t]*\n\s*(?:\*\*|#{1,4} )",
    re.I,
)


def is_announced(text: str) -> bool:
    """Return whether a line such as "Use these headings:" stands above the first section."""
    return ANNOUNCED.search(text) is not None


def write_shown_section(section: Section, writer: Writer, at: int) -> str:
    """Return the heading of a section with the list, the table or the sentences that it has."""
    head = f"**{section.name}**" if section.mark == "**" else f"{section.mark}{section.name}"
    match = SECTION_COUNT.search(section.note)
    count = parse_count(match[1], 20) if match else 3
    if columns := TABLE_COLUMNS.search(section.note):
        from mockgem.operations.forms.tables import make_table

        wish = (
            f"Make a table with the columns {', '.join(PIPE.split(columns[1].strip()))} and 3 rows."
        )
        body = make_table(Question(wish, writer.question.random))
    elif NAMES.search(section.note):
        body = ", ".join(invent_person(writer.question) for _ in range(count))
    elif re.search(r"\bnumbered|\bsteps\b|\bordered\b", section.note, re.I):
        body = "\n".join(f"{n}. {writer.write_item()}" for n in range(1, count + 1))
    elif re.search(r"\bbullet|\blists?\b|\bitems\b|\bpoints\b", section.note, re.I):
        body = "\n".join(f"- {writer.write_item()}" for _ in range(count))
    elif re.search(r"\bsentences?\b|\bline\b", section.note, re.I):
        body = writer.space.join(writer.write_sentences(count if match else 1, about=at == 0))
    else:
        body = writer.write_paragraph(2, about=at == 0)
    return f"{head}\n\n{body}"


TABLE_COLUMNS = make_regex(r"\btable (?:with|of) (?:the )?columns:? ([^()\n]{3,120})", re.I)
PIPE = make_regex(r"\s*[|,]\s*|\s+and\s+")
NAMES = make_regex(r"\bnames\b", re.I)
SECTION_COUNT = make_regex(rf"\b({NUMBER})\b", re.I)


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
