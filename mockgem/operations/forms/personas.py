"""Who the assistant is: the name and the work that a system instruction gives it."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.trigger_words import ASKS_WHO

NAME = make_regex(
    r"\b(?i:your name is|you are called|you are named|named|called|you are|you're|du heißt"
    r"|du bist|dein"
    r" name ist|te llamas|eres|tu es|tu t'appelles|sei"
    r"|ti chiami) ([A-ZÀ-Þ][\w'-]{1,24}(?: [A-ZÀ-Þ][\w'-]{1,24})?)"
    r"(?=[\s,.!;:]|\Z)"
)
ROLE = make_regex(
    r"\b(?:you are|you're|act as|du bist|eres|tu es|sei|you work as)(?: [A-ZÀ-Þ][\w'-]+,)? "
    r"((?:an?|the|der|die|das|ein|eine|el|la|un|una|le|une|il) [^.\n]{3,120})",
    re.I,
)
SENTENCES = {
    "en": ("I'm {}", "I'm {}, {}", "I'm {}"),
    "de": ("Ich bin {}", "Ich bin {}, {}", "Ich bin {}"),
    "es": ("Soy {}", "Soy {}, {}", "Soy {}"),
    "fr": ("Je suis {}", "Je suis {}, {}", "Je suis {}"),
    "it": ("Sono {}", "Sono {}, {}", "Sono {}"),
}


@form(
    "persona",
    needs="system",
    about="the name and the role that the system instruction gives the assistant",
)
def introduce(question: Question) -> str | None:
    if not question.system or ASKS_WHO.match(question.prompt.strip()) is None:
        return None
    name, role = NAME.search(question.system), ROLE.search(question.system)
    return write_introduction(name, role, question.language) or None


def write_introduction(
    name: re.Match[str] | None, role: re.Match[str] | None, language: str
) -> str:
    """Return who the assistant is: "I'm Coco, a friendly cat."; empty without name and role."""
    only_name, both, only_role = SENTENCES.get(language, SENTENCES["en"])
    work = CLAUSE.split(role[1])[0].strip() if role else ""
    if name and work:
        return f"{both.format(name[1], work)}."
    if name:
        return f"{only_name.format(name[1])}."
    return f"{only_role.format(work)}." if work else ""


CLAUSE = make_regex(r" (?:who|which|that|whose|named|called)\b|, (?:who|which|named|called)\b|;")
