"""Find the constraints in a prompt, and what is left of the prompt without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from mockgem.core.frozen import frozen
from mockgem.operations.forms.constraints import (
    amounts,
    characters,
    copies,
    keywords,
    marks,
    parts,
    single_letters,
)
from mockgem.operations.forms.constraints.rows import CONSTRAINTS, Change, Constraint
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.search_guards import has_any

READERS = (amounts, copies, keywords, characters, marks, parts, single_letters)
"""The modules whose rows are the table of constraints."""
CLAUSE = make_regex(
    r"(?:[^.!?\n\"“]++|[\"“][^\"”\n]{0,200}[\"”]|[.!?](?=\S)|(?<=\b[a-z]\.[a-z])\."
    r"|(?<=[PS]\.[PS])\."
    r"|(?<=P\.S)\.|(?<=\bi\.e)\.|(?<=\be\.g)\.|[\"“])+[.!?]*[\"”]?\s*|[.!?]+\s*|\n+",
    re.I,
)
"""A sentence; a point in a quotation, an abbreviation or a number does not end it."""
STRUCTURED = make_regex(r"\b(?:json|csv|xml|ya?ml|html|sql|schema|regex|tsv|toml)\b", re.I)
ABOUT_REPLY = make_regex(
    r"\W*(?:\d{1,2}[.)] )?(?:(?:also|finally|please|and|but|then|again|in addition|additionally"
    r"|lastly"
    r"|in particular|first|let['’]s)\W+)*"
    r"(?:(?:your|the|this|each|every|all|both) (?:[\w-]+ ){0,5}?(?:must|should|needs?|has|have"
    r"|will|can|may|is"
    r"|are|contains?|includes?|begins?|starts?|ends?)\b|(?:make|be) sure|ensure|(?:do not|don['’]t"
    r"|never|avoid"
    r"|refrain|without|no|not|include|contain|mention|use|using|keep|end|ends|finish|conclude"
    r"|close|wrap"
    r"|put|enclose|surround|highlight|add|capitali[sz]e|separate|divide|mark|label|sign|repeat"
    r"|there"
    r"|at the end|in your|it (?:must|should|has)|have|(?:respond|reply|answer) (?:in|with|using"
    r"|only|at)|limit|stick|write (?:your"
    r"|the|it|everything)|you (?:must|should|have|need|can|cannot|are not)|i (?:need|want|would"
    r"|don['’]t)|before you|for the following|in this task|responses?|paragraphs?)\b)",
    re.I,
)
"""The beginning of a sentence about the reply, which does not say what to write."""
CONNECTOR = make_regex(
    r"[\s,;:(-]*(?:\b(?:and|but|with|that|which|it should|it must|should|must|make sure(?: that)?"
    r"|also|please|all|only|entirely|completely|just|your|the|entire|response|be|is|are|in|using"
    r"|you|to|reply|answer|written|without"
    r"|never|not|no|do(?:es)?(?:n['’]t)?|includ(?:e|es|ing)|contain(?:s|ing)?|use|any|word"
    r"|letter)\b[\s,;:(-]*)*\Z",
    re.I,
)


@frozen
class Found:
    """A constraint in a prompt, and the change that fulfils it."""

    row: Constraint
    change: Change


@dataclass
class Reading:
    """The constraints of a request, and what is left of it without them.

    Attributes:
        prompt: The message without constraints.
        system: The system instruction without constraints.
        request: The message without the wish to repeat it.
    """

    prompt: str
    system: str
    request: str
    found: list[Found] = field(default_factory=list)

    def take(self, clause: str, held: list[tuple[Found, tuple[int, int]]]) -> None:
        """Note the constraints of a sentence, and cut them out."""
        self.found += [one for one, _ in held]
        rest = remove_rules(clause, held).rstrip() + clause[len(clause.rstrip()) :]
        self.prompt = self.prompt.replace(clause, rest, 1)
        self.system = self.system.replace(clause, drop_spans(clause, held), 1)
        if any(one.row.name == "the request first" for one, _ in held):
            self.request = self.request.replace(clause, "", 1)


@cache
def index_starts() -> dict[str, list[int]]:
    """Return the places of the constraints by the first letters of their words."""
    index: dict[str, list[int]] = {}
    for place, row in enumerate(CONSTRAINTS):
        for start in row.starts:
            index.setdefault(start, []).append(place)
    return index


def list_possible(question: Question) -> Sequence[Constraint]:
    """Return the constraints whose words a question has; all for other scripts than Latin."""
    if not question.is_latin:
        return CONSTRAINTS
    return list_constraints_with(frozenset(index_starts().keys() & question.word_starts))


@lru_cache(maxsize=512)
def list_constraints_with(starts: frozenset[str]) -> tuple[Constraint, ...]:
    """Return the constraints with a word that has one of some beginnings."""
    index = index_starts()
    places = {place for start in starts for place in index[start]}
    return tuple([CONSTRAINTS[place] for place in sorted(places)])


def read_constraints(question: Question) -> Reading:
    """Return the constraints of a question, and what is left of it without them."""
    reading = Reading(question.prompt, question.stated_system, question.prompt)
    rows = list_possible(question)
    if not rows:
        return reading
    if STRUCTURED.search(question.wish):
        rows = [row for row in rows if row.holds_for_data]
    for clause in list_clauses(question):
        if held := list(read_clause(clause, rows)):
            reading.take(clause, held)
    if all(one.row.name == amounts.SHORT_LENGTH for one in reading.found):
        reading.found = []
    if any(one.row.name == "bullet points" for one in reading.found):
        reading.prompt = SAMPLE_BULLET.sub("", reading.prompt)
    reading.prompt = reading.prompt.strip()
    return reading


SAMPLE_BULLET = make_regex(
    r"(?:(?:such as|like(?: this)?|for example|e\.g\.|format|form(?: of)?|by)\s?:)?\s*^\* (?:this "
    r"is|bullet|xyz|abc"
    r"|opq|text for|point|item)\b[^\n]*(?:\n\.\.\.)?",
    re.I | re.M,
)
"""A line that only shows how bullet points look."""


def list_clauses(question: Question) -> Iterator[str]:
    """Yield the sentences of the message outside a longer text that it gives, then the system's."""
    prompt = question.prompt
    if len(question.material) > LONG_MATERIAL:
        prompt = prompt.replace(question.material, "\n")
    edges = prompt if len(prompt) <= 2 * MAX_READ else f"{prompt[:MAX_READ]}\n{prompt[-MAX_READ:]}"
    yield from CLAUSE.findall(edges)
    yield from CLAUSE.findall(question.stated_system[:MAX_READ])


LONG_MATERIAL = 200
MAX_READ = 2_000


def read_clause(clause: str, rows: Sequence[Constraint]) -> Iterator[tuple[Found, tuple[int, int]]]:
    """Yield the constraints in a sentence, each with its place."""
    pattern: re.Pattern[str] | None = None
    matches: list[re.Match[str]] = []
    lowered = clause.lower()
    for row in rows:
        if row.signs and not has_any(row.signs, lowered):
            continue
        if row.pattern is not pattern:  # rows with the same pattern stand together
            pattern = row.pattern
            matches = list(pattern.finditer(clause))
        for match in matches:
            if (change := row.read(match)) is not None:
                yield Found(row, change), match.span()


def remove_rules(clause: str, held: list[tuple[Found, tuple[int, int]]]) -> str:
    """Return what a sentence says besides its constraints: nothing, or the task at its beginning.

    Lengths and counts stay with a task, because recognisers know them.
    """
    places = [span[0] for one, span in held if one.row.name not in KNOWN_TO_FORMS]
    is_rule = ABOUT_REPLY.match(clause) is not None and CONTENT.search(clause) is None
    if is_rule and (places or COUNTS_BULLETS.search(clause)):
        return " "
    head = CONNECTOR.sub("", clause[: min(places)]).rstrip() if places else ""
    return f"{head}. " if len(head.split()) >= FEWEST else clause


COUNTS_BULLETS = make_regex(r"\b(?:must|should|contain|include|have|use)\b[^.\n]*\bbullet", re.I)


def drop_spans(clause: str, held: list[tuple[Found, tuple[int, int]]]) -> str:
    """Return a sentence of a system instruction, whose other rules stay, without constraints."""
    for one, (start, end) in sorted(held, key=lambda pair: pair[1], reverse=True):
        if one.row.name not in KNOWN_TO_FORMS:
            clause = clause[:start] + clause[end:]
    return clause


KNOWN_TO_FORMS = ("length", amounts.SHORT_LENGTH, "bullet points", "plain text", "no lists")
CONTENT = make_regex(r"[^\s:]:\s+[^\s\"“*']\S*\s+\S[^\n]{3,200}\Z")
"""What to write about, after a colon at the end: "with three bullets: benefits of tea"."""
FEWEST = 3
"""Words of a task that says what to write."""
