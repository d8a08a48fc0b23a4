"""Dialogues: lines that begin with the name of a speaker."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

DIALOGUE = make_regex(
    r"\b(?:write|create|compose|generate|make|give|draft|short|a|schreibe?|escribe|écris|scrivi"
    r"|escreva)\b[^.\n]{0,40}"
    r"\b(?:dialogues?|dialogs?|conversation|exchange|dialog|diálogo|dialogo|gespräch|chat)"
    r" (?:between|zwischen|entre|tra|fra)\s",
    re.I,
)
SPEAKERS = make_regex(
    r"\b(?:between|zwischen|entre|tra|fra)\s(?:an? |the |two |einem |einer |un |una |une"
    r" )?([\w-]{1,30}(?: [A-Z]\w+)?)"
    r"\s(?:and|und|y|et|e)\s(?:an? |the |einem |einer |un |una |une )?([\w-]{1,30}(?: [A-Z]\w+)?)",
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
    lines = LINES.search(question.instruction)
    writer = Writer(question)
    names = [name[:1].upper() + name[1:] for name in match.groups()]
    if names[0].lower() == "two":
        names = ["A", "B"]
    count = parse_count(lines[1], 60) if lines else 6
    return "\n".join(f"{names[at % 2]}: {writer.write_sentence()}" for at in range(count))
