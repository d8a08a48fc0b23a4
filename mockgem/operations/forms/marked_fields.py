"""Fields between marks or after labels, as agents and prompt libraries ask for them."""

from __future__ import annotations

import re

from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.value_generation import generate_named
from mockgem.operations.forms.writing import Writer

SECTION = re.compile(r"\[\[ ## (\w{1,60}) ## \]\]")
OUTPUT_FIELDS = re.compile(
    r"output fields are:\s*((?:\s*\d{1,3}\. `\w{1,60}`[^\n]{0,600}\n?)+)", re.I
)
FIELD = re.compile(r"`(\w{1,60})`(?: \(([^\n]{1,300}?)\))?:?([^\n]*)")
START = re.compile(r"starting with the field `\[\[ ## (\w{1,60}) ## \]\]`", re.I)
FORMAT_CUE = re.compile(
    r"\b(?:format|structure|template|layout|formato|formato|estructura|struttura|modèle"
    r"|formatvorlage|schema)\b[^\n]{0,60}[:：]\s*\n|"
    r"\b(?:answer|respond|reply|use|output)\b[^\n]{0,60}\b(?:format|structure|template"
    r"|form)\b[^\n]{0,40}\n",
    re.I,
)
LABEL = re.compile(r"^[ \t]*([*#]{0,3})([A-Z][\w /-]{0,40})\1[:：]\1[ \t]*(.*)$")
TAGS = re.compile(r"(?<![\w<])<([a-zA-Z_][\w-]{1,30})>")
WRAP = re.compile(
    r"\b(?:wrap|put|enclose|place|inside|within|between|in|using|use|surround"
    r"|with)\b[^.\n]{0,80}<([a-zA-Z_][\w-]{1,30})>",
    re.I,
)
INPUT_TAGS = frozenset(
    "context document documents doc docs text article input data example examples email "
    "transcript question query title".split()
)


@form(
    "marked fields",
    "Your output fields are:\n1. `answer` (str):\nAll interactions will be structured "
    "in the following way.\n\n[[ ## question ## ]]\n{question}\n\n[[ ## answer ## "
    "]]\n{answer}\n\n[[ ## completed ## ]]\n\n[[ ## question ## ]]\nWhat is the capital "
    "of France?\n\nRespond with the corresponding output fields, starting with the "
    "field `[[ ## answer ## ]]`, and then ending with the marker for `[[ ## completed "
    "## ]]`.",
    about="the output fields between `[[ ## … ## ]]` marks",
)
def fill_marked_fields(question: Question) -> str | None:
    whole = f"{question.system}\n{question.prompt[-6000:]}"
    if "[[ ## " not in whole or not START.search(whole):
        return None
    inputs = question.prompt.rpartition("Respond with the corresponding")[0] or question.prompt
    question = Question(SECTION.sub(" ", inputs).strip(), question.random)
    match = OUTPUT_FIELDS.search(whole)
    fields = FIELD.findall(match[1]) if match else [(START.search(whole)[1], "", "")]  # type: ignore[index]
    lines = [
        f"[[ ## {name} ## ]]\n{generate_named(name, find_type(kind, whole, name), question)}\n"
        for name, kind, _ in fields
    ]
    return "\n".join([*lines, "[[ ## completed ## ]]"])


def find_type(kind: str, whole: str, name: str) -> str:
    """Return the Python type of a field, from its declaration or from a note about its value."""
    note = re.search(
        rf"\{{{name}\}}\s{{1,20}}# note: the value you produce (?:must|should) ([^\n]{{1,300}})",
        whole,
    )
    return f"{kind} {note[1] if note else ''}".strip()


@form(
    "labelled lines",
    "Answer in this format:\nTitle: <title>\nSummary: <one sentence>\nTags: "
    "<tags>\n\nArticle: Scientists discovered a new frog species in Peru.",
    words="format structure template layout formato estructura struttura modèle formatvorlage "
    "schema form",
    about="a line for each label of the template in the prompt",
)
def fill_labels(question: Question) -> str | None:
    for text in (question.prompt[:6000], question.system):
        match = FORMAT_CUE.search(text)
        if match is None:
            continue
        labels = read_labels(text[match.end() :])
        if len(labels) > 1:
            return "\n".join(
                f"{mark}{name}:{mark} {fill_label(name, about, question)}"
                for mark, name, about in labels
            )
    return None


def read_labels(text: str) -> list[tuple[str, str, str]]:
    """Return marks, names and placeholders of the labelled lines at the beginning of a text."""
    found: list[tuple[str, str, str]] = []
    for line in text.lstrip("\n`").split("\n")[:40]:
        match = LABEL.match(line)
        if match is not None:
            found.append((match[1], match[2], match[3]))
        elif (not line.strip() and found) or (
            line.strip() and found and not line.startswith(("...", " ", "("))
        ):
            break
    agent = [name for _, name, _ in found]
    if "Final Answer" in agent:
        return [row for row in found if row[1] in ("Thought", "Final Answer")][-2:]
    return found


def fill_label(name: str, about: str, question: Question) -> str:
    plain = about.strip("<>[]{}() .")
    choice = re.split(r"\s?[|/]\s?", plain)
    if len(choice) > 1 and all(0 < len(item.split()) < 4 for item in choice):
        return question.random.pick(choice)
    return str(generate_named(name, plain, question)).replace("\n", " ")


def holds_text(name: str, text: str) -> bool:
    """Return whether an element of the prompt has a text in it, so that it is no place to fill."""
    start = text.find(f"<{name}>") + len(name) + 2
    end = text.find(f"</{name}>", start)
    inside = text[start:end].strip(" .…")
    return end > start and len(inside) > 16 and not inside.startswith(("and", "[", "your", "{"))


@form(
    "boxed answer",
    "Put your final answer inside \\boxed{}. What is 6*7?",
    about="a sentence with the answer in `\\boxed{}`",
)
def box_answer(question: Question) -> str | None:
    if "\\boxed" not in question.whole:
        return None
    value = generate_named("answer", "", question)
    return f"{Writer(question).write_opener()}\n\n$\\boxed{{{value}}}$"


@form(
    "tags",
    "Wrap your final answer in <answer> tags. What is the largest planet?",
    "Put your reasoning between <thinking> and </thinking> and the result in "
    "<result></result>. 5 + 7?",
    about="text between the tags that the prompt names",
)
def wrap_in_tags(question: Question) -> str | None:
    if "<" not in question.whole:
        return None
    for text in (question.prompt[:3000], question.system):
        if WRAP.search(text) is None or re.search(r"\bxml\b|\bhtml\b|\bjson\b", text, re.I):
            continue
        names = [
            name
            for name in dict.fromkeys(TAGS.findall(text))
            if name not in INPUT_TAGS and not holds_text(name, text)
        ]
        if names:
            return "\n".join(
                f"<{name}>{generate_named(name, '', question)}</{name}>" for name in names[:8]
            )
    return None
