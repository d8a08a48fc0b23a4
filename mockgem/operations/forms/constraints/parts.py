"""Constraints on the parts of a text: paragraphs, sections, how a paragraph begins."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.rows import Change, Step, constraint
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

MOST_PARTS = 30
STARS = make_regex(
    r"(?<!\*)\*{3}(?!\*)|\bthree asterisks?\b|\b3 aste?risks?\b|\bmarkdown divider\b", re.I
)
PARAGRAPHS = make_regex(
    rf"\b(?P<number>{NUMBER})(?: |-(?=paragraph))(?!body |main )(?:\w+ )?"
    r"(?P<unit>paragraphs?|sections?|parts?|stanzas?|verses?)\b",
    re.I,
)
LABEL = (
    r"(?P<label>(?-i:SECTION|PARAGRAPH|PART|CHAPTER|DAY|WEEK|ROUND|SCENE|STEP)"
    r"|(?-i:Section|Paragraph|Part|Chapter|Day|Week|Round|Scene|Step))"
)
SECTIONS = make_regex(
    r"\b(?:mark(?:ed|ing)?|label(?:l?ed)?|not(?:e|ed)|starts?|begins?|beginning|start|called|named"
    r"|separated?)\b"
    rf"[^.\n]{{0,60}}?[\"“'‘(]?\b{LABEL} ?(?:(?-i:X|N)\b|x\b|#|1\b)",
    re.I,
)


@constraint(
    "paragraphs with a divider",
    "Write exactly 3 paragraphs about tea, separated by the markdown divider ***.",
    STARS,
    Step.PARTS,
    "paragraph paragraphs sections asterisks asterisk divider separate separated separator three "
    "parts",
)
def read_divided(match: re.Match[str]) -> Change | None:
    return partial(divide, "\n\n***\n\n")


BLANK_LINES = make_regex(
    r"(?<!no )(?<!without )\b(?:two new ?lines|double line ?breaks?|2 new ?lines|two line ?breaks"
    r"|blank lines?"
    r"|empty lines?)\b|\\n\\n",
    re.I,
)


@constraint(
    "paragraphs with blank lines",
    "Write 4 paragraphs about chess. Separate the paragraphs by two new lines.",
    BLANK_LINES,
    Step.PARTS,
    "paragraph paragraphs",
)
def read_spaced(match: re.Match[str]) -> Change | None:
    return partial(divide, "\n\n") if "paragraph" in match.string.lower() else None


def divide(divider: str, draft: Draft) -> None:
    """Spread the sentences over as many paragraphs as asked, with a divider between."""
    if "***" in divider or PARAGRAPHS.search(draft.wish):
        draft.text = divider.join(split_evenly(draft, count_parts(draft.wish)))


def count_parts(wish: str) -> int:
    """Return the number of paragraphs or sections that a prompt names; two without a number."""
    found = PARAGRAPHS.search(wish)
    return max(1, parse_count(found["number"], MOST_PARTS)) if found else 2


def split_evenly(draft: Draft, count: int) -> list[str]:
    """Return the text in a number of parts; blocks stay whole where there are as many."""
    blocks = [block for block in re.split(r"\n\s*\n(?:\*{3}\n\s*\n)?", draft.text) if block.strip()]
    if len(blocks) >= count:
        return group_blocks(blocks, count)
    sentences = [one.strip() for one in draft.list_sentences() if one.strip(" *")]
    while len(sentences) < 2 * count:
        sentences.append(draft.writer.write_sentence())
    size, more = divmod(len(sentences), count)
    starts = [at * size + min(at, more) for at in range(count + 1)]
    return [draft.writer.space.join(sentences[a:b]) for a, b in pairwise(starts)]


def group_blocks(blocks: list[str], count: int) -> list[str]:
    """Return blocks in a number of groups; the rest joins the last one."""
    return [*blocks[: count - 1], "\n".join(blocks[count - 1 :])]


@constraint(
    "sections with labels",
    "Write 3 sections about the moon. Mark the beginning of each section with SECTION X.",
    SECTIONS,
    Step.PARTS,
    "section sections paragraph part parts chapter chapters mark marked label labeled labelled",
)
def read_sections(match: re.Match[str]) -> Change | None:
    return partial(label_parts, match["label"])


def label_parts(label: str, draft: Draft) -> None:
    """Give as many parts as the prompt names a label and a number each."""
    parts = split_evenly(draft, count_parts(draft.wish))
    draft.text = "\n\n".join(f"{label} {at}\n{part}" for at, part in enumerate(parts, 1))


PLACES = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
PLACE = (
    rf"(?:(?P<place>(?:very )?(?:{'|'.join(PLACES)}|last|\d{{1,2}}(?:st|nd|rd|th))) paragraph"
    r"|paragraph (?:number )?(?P<digit>\d{1,2}|one|two|three|four|five))"
)
OPENING = make_regex(
    rf"\b{PLACE}\b[^.\n]{{0,40}}?\b(?:start|begin)s?\b with (?:the )?(?:word |name "
    rf")?[\"“'‘]?(?P<word>[\w-]+)"
    rf"|\b(?:start|begin) (?:the )?{PLACE.replace('place', 'other').replace('digit', 'figure')} "
    rf"with"
    r" (?:the )?(?:word )?[\"“'‘]?(?P<word2>[\w-]+)",
    re.I,
)


@constraint(
    "first word of a paragraph",
    'Write 2 paragraphs about rain. The second paragraph must start with the word "umbrella".',
    OPENING,
    Step.LENGTH,
    "paragraph paragraphs",
)
def read_opening(match: re.Match[str]) -> Change | None:
    place = (match["place"] or match["other"] or "").lower().removeprefix("very ")
    digit = match["digit"] or match["figure"] or re.sub(r"\D", "", place)
    number = -1 if place == "last" else PLACES.index(place) if place in PLACES else None
    if number is None:
        number = parse_count(digit or "1", MOST_PARTS) - 1
    return partial(open_with, number, match["word"] or match["word2"])


def open_with(number: int, word: str, draft: Draft) -> None:
    """Begin a paragraph with a word."""
    blocks = draft.text.split("\n\n")
    if number < len(blocks):
        first = word[:1].upper() + word[1:]
        blocks[number] = f"{first} – {blocks[number]}"
    draft.text = "\n\n".join(blocks)


BULLETS = make_regex(
    rf"\b(?P<number>{NUMBER}) (?!of\b)(?:[a-z]+ ){{0,2}}bullet(?:s|[- ]points?)?\b(?! (?:each"
    rf"|per))",
    re.I,
)
BULLET = make_regex(r"^[ \t]*[-*] \S.*$", re.M)
IN_REPLY = make_regex(
    r"\b(?:exactly|precisely|only|must|should|contain\w*|includ\w+|have|has|use|with|your|least"
    r"|most)\b",
    re.I,
)


@constraint(
    "bullet points",
    "Write a blog post about cycling. Your answer must contain exactly 2 bullet points.",
    BULLETS,
    Step.PARTS,
    "bullet bullets bullet-points",
)
def read_bullets(match: re.Match[str]) -> Change | None:
    clause = match.string
    if not IN_REPLY.search(clause) or re.search(r"\b(?:each|every|per)\b", clause, re.I):
        return None
    return partial(fit_bullets, parse_count(match["number"], MOST_PARTS))


def fit_bullets(count: int, draft: Draft) -> None:
    """Drop bullet points that are too many, and add missing ones below the text."""
    found = list(BULLET.finditer(draft.text))
    for extra in reversed(found[count:]):
        draft.text = f"{draft.text[: extra.start()].rstrip()}{draft.text[extra.end() :]}"
    missing = count - len(found)
    if missing > 0:
        items = [f"* {draft.writer.write_item()}" for _ in range(missing)]
        space = "\n" if found and found[-1].end() == len(draft.text.rstrip()) else "\n\n"
        draft.text = draft.text.rstrip() + space + "\n".join(items)
