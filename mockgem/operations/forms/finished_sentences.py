"""Sentences that a prompt wants finished, and acrostics with the letters of a word."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

FINISH = make_regex(
    r"\A\W*(?:please |can you )?(?:finish|complete|continue|end) (?:the |this "
    r"|my )?(?:following )?(?:sentence|phrase"
    r"|line)s?\b[^:\n\"“]{0,40}[:.]?\s*[\"“]?(?P<start>[^\"”\n]{4,200}?)(?:\s?(?:\.{3}|…|_{2,}))?[\"”]?\s*\Z",
    re.I,
)
BLANK = make_regex(r"_{2,}|\boptions?\b|\(|[.?!] ")
"""What a sentence with a gap has, or one with more instructions."""
ENDINGS = (
    (r"\b(?:is|was|are|were)\Z", "that there is time for what matters"),
    (r"\b(?:because|since|as)\Z", "it makes the rest of the day easier"),
    (r"\b(?:to|will|would|can|should|could|must)\Z", "begin with one small step"),
    (r"\b(?:when|if|while|before|after)\Z", "everybody has a cup of tea and a good idea"),
    (r"\b(?:and|but|so|then)\Z", "in the end everything turned out well"),
    (r"\b(?:a|an|the|my|our|your)\Z", "good friend who listens"),
    (r"\b(?:of|for|with|about|in|on|at)\Z", "the people who are close to us"),
    (r"\b(?:that)\Z", "nobody had expected it to be so simple"),
    (r",\Z", "and that made all the difference"),
)
ACROSTIC = make_regex(
    r"\bacrostic\b[^.\n]{0,40}?\b(?:for|of|with|from|on|using|spelling)\b(?: the)?(?: (?:word"
    r"|name|letters))?"
    r" [\"“'‘]?(?P<word>[A-Za-z]{2,14})[\"”'’]?"
    r"|\bacrostic\b[^.\n]{0,30}?[\"“'‘](?P<quoted>[A-Za-z]{2,14})[\"”'’]",
    re.I,
)
LINES = {
    "A": "Always a reason to look again",
    "B": "Bright as the first light of the day",
    "C": "Calm when everything else is loud",
    "D": "Dancing through the open window",
    "E": "Every moment leaves a trace",
    "F": "Fresh as the air after rain",
    "G": "Giving more than it takes",
    "H": "Holding the warmth of summer",
    "I": "In small things there is wonder",
    "J": "Joy that needs no explanation",
    "K": "Keeping a secret of its own",
    "L": "Light that falls on quiet streets",
    "M": "Memories that taste of home",
    "N": "Never quite the same as before",
    "O": "Open to whoever comes along",
    "P": "Patient like an old tree",
    "Q": "Quietly it finds its way",
    "R": "Rising with the morning sun",
    "S": "Soft as the sound of the sea",
    "T": "Taking its time, and ours",
    "U": "Under a wide blue sky",
    "V": "Voices carry it from far away",
    "W": "Waiting for a friendly word",
    "X": "Xylophones could not sound so clear",
    "Y": "Yesterday's dream, today's delight",
    "Z": "Zest for all that is to come",
}


@form(
    "finished sentence",
    'Finish the sentence: "The best thing about winter is"',
    words="finish complete continue end",
    about="the given sentence with an ending",
)
def finish_sentence(question: Question) -> str | None:
    match = FINISH.match(question.prompt.strip()) if question.language == "en" else None
    if match is None or BLANK.search(match["start"]):
        return None
    start = match["start"].strip().rstrip(".")
    ending = next((said for pattern, said in ENDINGS if re.search(pattern, start, re.I)), "")
    return f"{start} {ending or 'and that made all the difference'}."


@form(
    "acrostic",
    "Write an acrostic for the word LEMON.",
    words="acrostic",
    about="a line for each letter of the word",
)
def write_acrostic(question: Question) -> str | None:
    match = ACROSTIC.search(question.instruction)
    if match is None or question.language != "en":
        return None
    word = (match["word"] or match["quoted"]).upper()
    return "\n".join(f"**{LINES[letter][0]}**{LINES[letter][1:]}" for letter in word)
