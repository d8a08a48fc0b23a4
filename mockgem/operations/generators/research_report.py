"""Write the report of a research agent: a title, sections with paragraphs, a summary at the end."""

from __future__ import annotations

from mockgem.operations.generators.prompt_analysis import keywords_of, topic_of
from mockgem.operations.generators.prose import write_paragraph, write_thoughts
from mockgem.operations.generators.seeded_random import SeededRandom

SECTIONS = ("Background", "Current State", "Key Findings", "Open Questions", "Outlook")
SENTENCES_PER_SECTION = 4


def write_plan(prompt: str, random: SeededRandom) -> list[str]:
    """Return summaries of what the agent thinks, each with a heading in bold."""
    return write_thoughts(prompt, random)


def write_report(prompt: str, random: SeededRandom) -> str:
    """Return a report in Markdown about the topic of a prompt."""
    topic = topic_of(prompt)
    title = topic[:1].upper() + topic[1:]
    parts = [f"# {title}", write_paragraph(prompt, random, 2)]
    for heading in SECTIONS:
        parts += [f"## {heading}", write_paragraph(prompt, random, SENTENCES_PER_SECTION)]
    words = ", ".join(f"**{word}**" for word in keywords_of(topic)[:3])
    parts += ["## Summary", f"The main points of this report are {words}."]
    return "\n\n".join(parts)
