"""Letters and e-mails with the number of words that a prompt wants."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.writing import Writer

APPLICATION = make_regex(r"\b(?:cover letter|application|apply|motivation|position|job)\b", re.I)
OF_APPLICATIONS = (
    "I plan my work carefully, ask early when something is unclear, and keep my promises.",
    "Colleagues describe me as calm and reliable, also when there is a lot to do.",
    "In my last project I found a way to finish a weekly task in half of the time.",
    "I like to explain difficult things in simple words, to customers as well as to new"
    " colleagues.",
    "Your company interests me because it combines good products with a friendly way of working.",
    "I am sure that I can contribute from the first month, and that I can learn a lot from you.",
    "I am used to working alone, but I prefer teams in which people share what they know.",
    "I can start within four weeks and am happy to come to your office at any time.",
)
OF_LETTERS = (
    "I have thought about this for some time and would like to find a solution that suits us both.",
    "If you need more information, I will gladly send you the details and a few pictures.",
    "So far our contact has always been friendly, and I appreciate that very much.",
    "Perhaps we can talk about it on the phone, because some points are easier to explain that"
    " way.",
    "I would be glad if we could agree on the next steps before the end of the month.",
    "Please tell me as well if there is anything that I can do or prepare in the meantime.",
    "I am flexible about the day, and in the afternoon I can usually be reached without delay.",
    "A short answer would already help me, so that I can plan the coming weeks.",
)
NEAR = 0.93
"""The share of the wanted words with which a letter is long enough."""
MOST = 600


def lengthen(paragraphs: list[str], frame: str, question: Question, writer: Writer) -> list[str]:
    """Return the paragraphs with more sentences between them, if the prompt wants more words.

    Args:
        frame: The greeting and the closing, whose words count, too.
    """
    wanted = find_length(question)
    if wanted is None or wanted[1] != "word" or wanted[2] or writer.language != "en":
        return paragraphs
    count = min(wanted[0], MOST) - len(f"{frame} {' '.join(paragraphs)}".split())
    usual = OF_APPLICATIONS if APPLICATION.search(question.instruction) else OF_LETTERS
    more: list[str] = []
    least = (1 - NEAR) * wanted[0]
    for sentence in (*usual, *(writer.write_sentence() for _ in range(MOST // 10))):
        if count <= least:
            break
        if len(sentence.split()) <= count + least:
            more.append(sentence)
            count -= len(sentence.split())
    middle = [" ".join(more[at : at + 4]) for at in range(0, len(more), 4)]
    return [paragraphs[0], *middle, *paragraphs[1:]] if paragraphs else middle
