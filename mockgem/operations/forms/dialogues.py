"""Dialogues: lines that begin with the name of a speaker."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrase_books import load_book
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

DIALOGUE = make_regex(
    r"\b(?:write|create|compose|generate|make|give|draft|short|a|schreibe?|escribe|écris|scrivi"
    r"|escreva)\b[^.\n]{0,40}"
    r"\b(?:dialogues?|dialogs?|conversation|exchange|dialog|diálogo|dialogo|gespräch|chat)"
    r"(?: (?:auf|in|en|em) \w+| [^\W\d_]{3,10})? (?:between|zwischen|entre|tra|fra)\s",
    re.I,
)
SPEAKERS = make_regex(
    r"\b(?:between|zwischen|entre|tra|fra)\s(?:an? |the |two |einem |einer |un |una |une )?"
    r"([\w-]{1,30}(?: (?-i:[A-Z])\w+| [\w-]{3,20}(?= and ))?)"
    r"\s(?:and|und|y|et|e)\s(?:an? |the |einem |einer |un |una |une )?"
    r"([\w-]{1,30}(?: (?-i:[A-Z])\w+| (?!about|with|in|of|on|at|who|that|where|discussing)"
    r"[\w-]{3,20}(?=[.,;:!?\n]| about| with|\Z))?)",
    re.I,
)
LINES = make_regex(
    rf"({NUMBER})[ -](?:\w+ )?(?:lines?|turns?|exchanges?|zeilen|líneas|lignes|righe|replies"
    rf"|messages)",
    re.I,
)


@form(
    "dialogue",
    "Write a dialogue between Anna and Ben about lunch with 4 lines.",
    words="dialogue dialog conversation exchange diálogo dialogo gespräch chat",
    about="lines that begin with the names of the two speakers in turn",
)
def write_dialogue(question: Question) -> str | None:
    match = SPEAKERS.search(question.instruction) if DIALOGUE.search(question.instruction) else None
    if match is None or question.asks_how:
        return None
    counted = LINES.search(question.instruction)
    writer = Writer(question)
    names = [name[:1].upper() + name[1:] for name in match.groups()]
    if names[0].lower() == "two":
        names = ["A", "B"]
    count = parse_count(counted[1], 60) if counted else 6
    lines = (
        say_scene(question.instruction, names[1], count)
        or say_lines(question, count)
        or [writer.write_sentence() for _ in range(count)]
    )
    return "\n".join(f"{names[at % 2]}: {line}" for at, line in enumerate(lines))


SCENE = make_regex(
    r"\b(?P<who>[A-Z]?[\w-]+) (?:who|that) (?:wants?|would like|needs?|tries|is trying|has come"
    r"|comes)"
    r" to (?P<deed>[^.;:\n]{4,80}?)(?=[.;:,\n]| (?:in|with|using) (?:\d|exactly|about|at most)"
    r"|\s*\Z)",
    re.I,
)
"""What one of two people wants: "a customer who wants to send back cold soup"."""
ANSWERS = (
    "Good day! What can I do for you?",
    "Hello. I would like to {}.",
    "I see. May I ask what the reason is?",
    "It is not quite what I expected, and I hope that you can help me to {}.",
    "Of course. I will see to it at once.",
    "Thank you, that is very kind of you.",
    "Is there anything else that I can do?",
    "No, that is all. I only wanted to {}.",
    "Then I wish you a pleasant day.",
    "Thank you, the same to you!",
)


def say_scene(text: str, second: str, count: int) -> list[str]:
    """Return what two people say if one of them wants something; empty for other dialogues."""
    match = SCENE.search(text)
    if match is None or count > len(ANSWERS):
        return []
    said = [line.format(match["deed"].strip()) for line in ANSWERS]
    return said[:count] if match["who"].lower() == second.lower() else said[1 : count + 1]


ABOUT = make_regex(
    r"\babout (?:the |an? |their )?([^.,;\n]{2,50}?)(?= (?:with|in|of|using)\b|[.,;\n]|\Z)"
)
OPENING = ("Hello! How are you today?", "I'm fine, thank you. And you?")
MIDDLE = (
    "Very well, thanks. What can I do for you?",
    "I would like to talk about {}.",
    "Of course. What would you like to know?",
    "How long does it usually take?",
    "Not long, if we plan it well.",
    "That sounds good. What do I need to do?",
    "Just tell me what suits you best.",
    "I think that tomorrow would be perfect.",
    "Then let us do it that way.",
    "Is there anything else that I should know?",
    "I don't think so. We can always change it later.",
    "That is good to hear.",
)
CLOSING = ("Thank you very much for your help!", "You're welcome. Have a nice day!")


SAID_ABROAD = (
    "Good afternoon!",
    "How can I help you?",
    "I have a question.",
    "Of course!",
    "Thank you very much!",
    "You are welcome!",
    "See you tomorrow!",
    "Have a nice day!",
)
"""Sentences of the phrasebooks that two people say in turn."""


def say_lines(question: Question, count: int) -> list[str]:
    """Return what two people say in turn; empty for long dialogues."""
    if question.language != "en":
        said = load_book(question.language).sentences
        return [said[key][0] for key in SAID_ABROAD[:count]] if count <= len(SAID_ABROAD) else []
    if count > len(OPENING + MIDDLE + CLOSING):
        return []
    match = ABOUT.search(question.instruction)
    topic = match[1] if match else "something"
    middle = [line.format(topic) for line in MIDDLE]
    ends = CLOSING if count > len(OPENING) + len(CLOSING) else ()
    return [*OPENING, *middle[: count - len(OPENING) - len(ends)], *ends][:count]
