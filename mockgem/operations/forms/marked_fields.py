"""Fields between marks or after labels, as agents and prompt libraries ask for them."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.templates import fill_pattern, fill_template, find_template
from mockgem.operations.forms.value_generation import generate_named
from mockgem.operations.forms.values import find_range, pick_number
from mockgem.operations.forms.writing import Writer

SECTION = make_regex(r"\[\[ ## (\w{1,60}) ## \]\]")
OUTPUT_FIELDS = make_regex(
    r"output fields are:\s*((?:\s*\d{1,3}\. `\w{1,60}`[^\n]{0,600}\n?)+)", re.I
)
FIELD = make_regex(r"`(\w{1,60})`(?: \(([^\n]{1,300}?)\))?:?([^\n]*)")
START = make_regex(r"starting with the field `\[\[ ## (\w{1,60}) ## \]\]`", re.I)
TAGS = make_regex(r"(?<![\w<])<([a-zA-Z_][\w-]{1,30})>")
WRAP = make_regex(
    r"\b(?:wrap|put|enclose|place|inside|within|between|in|using|use|surround|as|write|return"
    r"|output|with)\b[^.\n]{0,80}<([a-zA-Z_][\w-]{1,30})>",
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
    "Problem: [restate the problem]\nSolution: [your solution]\n\nMy printer prints blank pages.",
    about="a line for each label of the template in the prompt",
)
def fill_labels(question: Question) -> str | None:
    if "\n" not in question.whole or wants("json", question):
        return None
    prompt = question.prompt[:6000]
    for text in (prompt, question.system):
        template = find_template(text) if ":" in text or "：" in text else None
        if template is not None:
            is_own = text is prompt
            rest = Question(
                template.rest if is_own else question.prompt,
                question.random,
                question.system if is_own else template.rest,
            )
            return fill_template(template, rest)
    return fill_pattern(prompt, question)


def holds_text(name: str, text: str) -> bool:
    """Return whether an element of the prompt has a text, so that it is not a place to fill."""
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
        if WRAP.search(text) is None or re.search(
            r"\be-?mails?\b|\bletters?\b|\bxml\b|\bhtml\b|\bjson\b", text, re.I
        ):
            continue
        names = [
            name
            for name in dict.fromkeys(TAGS.findall(text))
            if name not in INPUT_TAGS and not holds_text(name, text)
        ]
        if names:
            filled = "\n".join(
                f"<{name}>{fill_tag(name, text, question)}</{name}>" for name in names[:8]
            )
            reason = Writer(question).write_sentence() if REASON_FIRST.search(text) else ""
            return f"{reason}\n\n{filled}" if reason else filled
    return None


REASON_FIRST = make_regex(
    r"\b(?:preceded by|after|following) (?:an? |your |the )?(?:[\w-]+ ){0,2}(?:rationale|reason\w*"
    r"|explanation|justification|analysis)\b|\b(?:first|briefly) (?:explain|reason|justify)\b",
    re.I,
)
"""What asks for a sentence outside the tags, in front of them."""
SCORE = make_regex(r"score|rating|grade|points|confidence", re.I)


def fill_tag(name: str, text: str, question: Question) -> str:
    """Return what stands between the tags of a name: a number in the range of the prompt, text."""
    limits = find_range(text) if SCORE.search(name) else None
    if limits is not None and "." not in "".join(limits):
        return str(pick_number(int(limits[0]), int(limits[1]), question))
    return generate_named(name, read_about(name, text), question)


ONE_OF = make_regex(r"\W{0,12}tags?\W{0,3}\(?(?:one of|either|must be)[: ]+([^().\n]{3,120})", re.I)


def read_about(name: str, text: str) -> str:
    """Return the labels that a prompt allows between tags: "<intent> (one of refund, other)"."""
    end = max(text.find(f"</{name}>"), text.find(f"<{name}>"))
    match = ONE_OF.match(text, end + len(name) + 2)
    return f"one of: {match[1]}" if match else ""
