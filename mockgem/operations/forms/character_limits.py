"""Texts of at most a number of characters."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.length_parts import list_given_facts
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import fit_sentences
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.prompt_analysis import topic_of


def write_characters(most: int, question: Question) -> str:
    """Return sentences of at most `most` characters, with spaces."""
    writer = Writer(question)
    if list_given_facts(question):
        return fit_sentences(question.material, most)
    first = FIRST_END.split(question.instruction, maxsplit=1)[0]
    first = FORM_OF_ADDRESS.sub(r"\1", first)
    bare = re.sub(r" ?\([^()]{0,60}\d[^()]{0,40}\)", "", COMMAND.sub("", first))
    whole = LIMITED.split(bare, maxsplit=1)[0]
    about = whole if COMMAND.match(first) and len(whole) < most else topic_of(first)
    about = OWN_NAME.sub("", about).strip(" .,")
    text = f"{about[:1].upper()}{about[1:]}." if writer.language == "en" else writer.write_opener()
    if len(text) > most:
        text = f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:')}."
    while len(text) < most // 2:
        longer = f"{text}{writer.space}{writer.write_sentence()}"
        if len(longer) > most:
            break
        text = longer
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


COMMAND = make_regex(
    r"\W*(?:please )?(?:write|create|generate|draft|compose|give me|make|suggest)(?: me)? ", re.I
)
LIMITED = make_regex(
    r",? ?\(?(?:max\w*\.?|at most|under|up to|no (?:more|longer) than|within|in|of|less than"
    r"|fewer than"
    r"|exactly|about|around|limit\w*) (?:of )?\d{2,5}\b|,? (?:with )?no (?:emojis?|hashtags?)\b",
    re.I,
)
"""Where a request goes on with its limits."""
FORM_OF_ADDRESS = make_regex(r"\b(Mrs|Mr|Ms|Dr)\.(?= )")
FIRST_END = make_regex(r"\n|(?<!Mrs)(?<!Mr)(?<!Ms)(?<!Dr)\. ")
OWN_NAME = make_regex(
    r"\A(?:an? |the |one )?(?:\w+ ){0,2}?(?:meta )?(?:description|sms|text message|bio|tagline"
    r"|summary"
    r"|push notification|notification|caption|title)\b(?: \([^()]{1,60}\))?(?: text)? (?:for|about"
    r"|of|to) "
    r"(?:an? page (?:selling|about|of|for) )?",
    re.I,
)
"""What a short text is called in the request for it: its topic follows."""
