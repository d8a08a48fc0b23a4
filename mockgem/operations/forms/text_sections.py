"""Sections that a prompt shows, filled from a given text: its summary, its tasks, its numbers."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sentiment import measure_sentiment
from mockgem.operations.forms.shown_sections import Section, find_shown_sections
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.word_stems import extract_stems

MAX_TEXT = 8_000
FEWEST_SENTENCES = 2
READS = make_regex(
    r"\b(?:summar\w+|analy[sz]\w+|review\w*|extract\w*|transcripts?|minutes|notes|meeting|report"
    r"|digest\w*|recap\w*|brief\w*|article|text|document|condense\w*)\b",
    re.I,
)
"""What a prompt does with a text whose parts go into sections."""
KINDS = (
    (r"summary|overview|tl;?dr|abstract|recap|gist|in short", "Summarize in {count} sentences"),
    (
        r"action|to-?dos?|next steps?|tasks?|follow[- ]?ups?",
        "List the action items as `{item}`",
    ),
    (
        r"key (?:points?|facts?|takeaways?)|highlights?|main points?|takeaways?|points",
        "List the {count} key points as bullets",
    ),
    (r"participants?|attendees?|people|present", "List the people who are mentioned"),
    (r"keywords?|tags?|topics?", "Give {count} keywords of the text, separated by commas"),
)
"""Names of sections, and what to ask about the text for each."""
COMPILED = [(make_regex(rf"\b(?:{names})\b", re.I), wish) for names, wish in KINDS]
DECIDES = make_regex(
    r"\b(?:decided?|decisions?|agreed?|approved?|will|chose|chosen|settled|confirmed|go with)\b",
    re.I,
)
OPEN = make_regex(
    r"\b(?:still|whether|unclear|open|unsure|fear|risk\w*|blocked|problem|delay\w*)\b|\?", re.I
)
ITEM = make_regex(r"^[ \t]*([-*•] [^\n]*[\[<{][^\n]{2,60})$", re.M)
COUNT = make_regex(r"\b(\d|two|three|four|five|one)\b", re.I)
NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
PROMPT_PART = make_regex(
    r"(?:task|output(?: format)?|examples?|instructions?|guidelines?|rules?|context|input"
    r"|constraints?|role|chat history|format|response|question|answer|schema|requirements?)",
    re.I,
)
"""Headings of the prompt itself: the reply does not repeat them."""
NONE = "None mentioned."


@form(
    "sections of a text",
    about="the sections that the prompt shows, each with what the given text says about it",
    words="summary summarize summarise summarizes analyze analyse analysis review extract format"
    " sections headings structure template transcript minutes notes report digest recap brief",
)
def fill_sections(question: Question) -> str | None:
    text = find_text(question)
    shown = f"{question.stated}\n{question.stated_system}"
    if not text or question.language != "en" or not READS.search(shown):
        return None
    sections = find_shown_sections(question)
    if len(sections) < FEWEST_SENTENCES or any(PROMPT_PART.fullmatch(one.name) for one in sections):
        return None
    used: set[str] = set()
    parts = [write_section(one, find_block(one, shown), text, used, question) for one in sections]
    return "\n\n".join(parts)


def find_text(question: Question) -> str:
    """Return the text of which the sections are about; empty without one."""
    text = question.material or (question.prompt if question.stated_system else "")
    has_sections = any(mark in text for mark in ("## ", "**"))
    if has_sections or len(split_sentences(text[:MAX_TEXT])) < FEWEST_SENTENCES:
        return ""
    return text[:MAX_TEXT]


def find_block(section: Section, shown: str) -> str:
    """Return the lines that a prompt shows below the heading of a section."""
    at = shown.find(f"{section.mark}{section.name}")
    block = shown[at + len(section.name) + len(section.mark) :] if at >= 0 else ""
    return re.split(r"\n\s*(?:#{1,4} |\*\*)", block, maxsplit=1)[0][:400]


def write_section(
    section: Section, block: str, text: str, used: set[str], question: Question
) -> str:
    """Return the heading of a section and what the text says about it."""
    name = f"{section.name} {section.note}".strip()
    body = answer_kind(section.name, f"{section.note} {block}", text, used, question)
    body = body or quote_about(name, text, used)
    is_line = section.mark == "**" and "\n" not in body
    head = f"**{section.name}**" if section.mark == "**" else f"{section.mark}{section.name}"
    return f"{head}: {body}" if is_line else f"{head}\n{body}"


def answer_kind(name: str, note: str, text: str, used: set[str], question: Question) -> str:
    """Return the body of a section of a usual kind; empty for another one."""
    if re.search(r"\b(?:sentiment|tone|mood)\b", name, re.I):
        mood = measure_sentiment(text)
        return "Positive" if mood > 0 else "Negative" if mood < 0 else "Neutral"
    if re.search(r"\bdecisions?\b", name, re.I):
        return list_sentences([one for one in split_sentences(text) if DECIDES.search(one)])
    if re.search(
        r"\b(?:open (?:questions?|issues?|points?)|questions?|risks?|blockers?|concerns?)\b",
        name,
        re.I,
    ):
        return list_sentences([one for one in split_sentences(text) if OPEN.search(one)])
    wish = next((wish for pattern, wish in COMPILED if pattern.search(name)), "")
    if not wish:
        return ""
    counted = COUNT.search(note)
    count = (
        NUMBERS.get(counted[1].lower(), counted[1]) if counted else "3" if "key" in wish else "2"
    )
    item = ITEM.search(note)
    prompt = wish.format(count=count, item=item[1].strip() if item else "- [owner] task")
    formed = find_reply(Question(f"{prompt}.\n\n<text>\n{text}\n</text>", question.random))
    return formed.text if formed else ""


def list_sentences(sentences: list[str]) -> str:
    return "\n".join(f"- {one.strip(' -*•')}" for one in sentences[:5]) or NONE


def quote_about(name: str, text: str, used: set[str]) -> str:
    """Return the sentence of a text that is most like the name of a section."""
    wanted = extract_stems(name)
    sentences = [one.strip() for one in split_sentences(text) if one.strip()]
    fresh = [one for one in sentences if one not in used] or sentences
    best = max(fresh, key=lambda one: len(wanted & extract_stems(one)))
    used.add(best)
    return end(best)
