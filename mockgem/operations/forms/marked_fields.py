"""Fields between marks or after labels, as agents and prompt libraries ask for them."""

from __future__ import annotations

import re

from mockgem.operations.forms.described_schema import Described
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.format_wishes import shows_object, wants
from mockgem.operations.forms.given_reasons import quote
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.quoted_material import EdgeText
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.shown_elements import INPUT_TAGS, SHOWN, find_shown_range, list_shown
from mockgem.operations.forms.templates import (
    fill_pattern,
    fill_template,
    find_inline_labels,
    find_template,
)
from mockgem.operations.forms.text_values import find_heading_choices
from mockgem.operations.forms.value_generation import generate_named
from mockgem.operations.forms.values import find_range, pick_number
from mockgem.operations.forms.writing import Writer
from mockgem.operations.forms.xml_templates import shows_xml
from mockgem.operations.generators.prompt_analysis import keywords_of

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


@form(
    "marked fields",
    "Your output fields are:\n1. `answer` (str):\nAll interactions will be structured "
    "in the following way.\n\n[[ ## question ## ]]\n{question}\n\n[[ ## answer ## "
    "]]\n{answer}\n\n[[ ## completed ## ]]\n\n[[ ## question ## ]]\nWhat is the capital "
    "of France?\n\nRespond with the corresponding output fields, starting with the "
    "field `[[ ## answer ## ]]`, and then ending with the marker for `[[ ## completed ## ]]`.",
    signs=("[[ ## ",),
    about="the output fields between `[[ ## … ## ]]` marks",
)
def fill_marked_fields(question: Question) -> str | None:
    whole = f"{question.system}\n{question.prompt[-6000:]}"
    if "[[ ## " not in whole or not START.search(whole):
        return None
    inputs = question.prompt.rpartition("Respond with the corresponding")[0] or question.prompt
    answer = answer_from_section(inputs, question)
    given = SECTION.split(inputs)[-1].strip()
    question = Question(SECTION.sub(" ", inputs).strip(), question.random)
    match = OUTPUT_FIELDS.search(whole)
    fields = FIELD.findall(match[1]) if match else [(START.search(whole)[1], "", "")]  # type: ignore[index]
    lines = []
    for name, kind, _ in fields:
        value = write_field(name, find_type(kind, whole, name), answer, given, question)
        lines.append(f"[[ ## {name} ## ]]\n{value}\n")
    return "\n".join([*lines, "[[ ## completed ## ]]"])


def write_field(name: str, kind: str, answer: str, given: str, question: Question) -> str:
    if answer and REASON_TAGS.match(name):
        return f"The context answers the question directly: {answer}"
    if REASON_TAGS.match(name) and question.language == "en" and len(given.split()) > 2:
        return f'The input says "{quote(given)}", and the other fields follow from that.'
    is_answer = answer and ANSWER_TAGS.match(name) and kind in ("", "str")
    return answer if is_answer else generate_named(name, kind, question)


def answer_from_section(inputs: str, question: Question) -> str:
    """Return the answer to the question in one section from the text in another; empty without."""
    from mockgem.operations.forms.given_text import find_answer

    parts = SECTION.split(inputs)
    sections = dict(zip(parts[1::2], map(str.strip, parts[2::2]), strict=False))
    text = next((sections[name] for name in sections if name in GIVEN), "")
    asked = next((sections[name] for name in sections if name in ASKED), "")
    if not text or not asked:
        return ""
    wish = "Answer with a short phrase.\n\n" if SHORT.search(question.whole) else ""
    inner = Question(f"{wish}Context: {text}\n\nQuestion: {asked}", question.random)
    return find_answer(inner) or ""


SHORT = make_regex(
    r"\b(?:short|brief) factoid|\bbetween \d and \d words\b|\b(?:short|brief|concise) answers?\b"
    r"|\ba few words\b",
    re.I,
)
"""A wish for the words that answer, not for the sentence in which they stand."""


GIVEN = frozenset("context passage passages document documents text article source".split())
ASKED = frozenset("question query".split())


def find_type(kind: str, whole: str, name: str) -> str:
    """Return the Python type of a field, from its declaration or from a note about its value."""
    note = re.search(
        rf"\{{{name}\}}\s{{1,20}}# note: the value you produce (?:must|should) ([^\n]{{1,300}})",
        whole,
    )
    return f"{kind} {note[1] if note else ''}".strip()


SHOWS_BELOW = make_regex(r"\b(?:as follows|(?:following|this) format|format below)\b", re.I)
"""Words before a template, which may look like a given text."""


@form(
    "labelled lines",
    "Answer in this format:\nTitle: <title>\nSummary: <one sentence>\nTags: "
    "<tags>\n\nArticle: Scientists discovered a new frog species in Peru.",
    "Problem: [restate the problem]\nSolution: [your solution]\n\nMy printer prints blank pages.",
    signs=(":", "：", "\n"),
    about="a line for each label of the template in the prompt",
)
def fill_labels(question: Question) -> str | None:
    if wants("json", question) or shows_object(question):
        return None
    if inline := find_inline_labels(question.wish):
        return fill_template(inline, question)
    if "\n" not in question.whole:
        return None
    prompt = question.prompt[:6000]
    for at, text in enumerate((prompt, question.system)):
        text = FIRST_LABEL.sub(r"\1\n", text) if "\n" in text else text
        template = find_template(text) if ":" in text or "：" in text else None
        if template is not None:
            is_own = at == 0
            rest = Question(
                template.rest if is_own else question.prompt,
                question.random,
                question.system if is_own else template.rest,
            )
            return fill_template(template, rest)
    return fill_pattern(prompt, question)


FIRST_LABEL = make_regex(
    r"(\b(?:format|like this|structure|template|layout)\s?:)[ \t]+"
    r"(?=\**[A-Z][\w ]{0,20}:\**[ \t]*[<\[{])",
    re.I,
)
"""The label of a template that stands on the line that announces it."""


def holds_text(name: str, text: str) -> bool:
    """Return whether an element of the prompt has a text, so that it is not a place to fill."""
    start = text.find(f"<{name}>") + len(name) + 2
    end = text.find(f"</{name}>", start)
    inside = text[start:end].strip(" .…")
    return end > start and len(inside) > 16 and not inside.startswith(("and", "[", "your", "{"))


def gives_lines(name: str, prompt: str) -> bool:
    """Return whether an element of a message has separate lines: a list or a text."""
    inside = prompt.partition(f"<{name}>")[2].partition(f"</{name}>")
    lines = inside[0].strip().splitlines() if inside[1] else []
    return (
        len(lines) > 1 and not any(mark in inside[0] for mark in "<[{…") and "..." not in inside[0]
    )


@form(
    "boxed answer",
    "Put your final answer inside \\boxed{}. What is 6*7?",
    signs=("\\boxed",),
    about="a sentence with the answer in `\\boxed{}`",
)
def box_answer(question: Question) -> str | None:
    if "\\boxed" not in question.whole:
        return None
    value = generate_named("answer", "", question)
    return f"{Writer(question).write_opener()}\n\n$\\boxed{{{value}}}$"


PLACE_OF_ANSWER = make_regex(
    r"[\"“'`][^\"<>\n]{1,30}<(?:number|answer|result|value|letter)>[\"”'`]", re.I
)
"""A place in the last line of a reply, which is not a tag: '"#### <number>"'."""
PLACES_OF_LINE = make_regex(r"<(?:number|n|id|index|item)>[.:)] ?<\w+>", re.I)
"""Places to fill in a line, which are not tags: "<number>. <label>"."""


@form(
    "tags",
    "Wrap your final answer in <answer> tags. What is the largest planet?",
    "Put your reasoning between <thinking> and </thinking> and the result in "
    "<result></result>. 5 + 7?",
    signs=("<",),
    about="text between the tags that the prompt names",
)
def wrap_in_tags(question: Question) -> str | None:
    if "<" not in question.whole or shows_xml(question.whole):
        return None
    if PLACES_OF_LINE.search(question.whole) or PLACE_OF_ANSWER.search(question.whole):
        return None
    is_apart = question.material and not SHOWS_BELOW.search(question.instruction)
    said = question.instruction if is_apart else question.prompt
    for text in (said[:3000], question.system):
        is_shown = SHOWN.search(text) is not None
        if OTHER_FORM.search(text) or not (is_shown or WRAP.search(text)):
            continue
        listed = list_shown(text) if is_shown else list_tags(text)
        names = drop_alternatives(listed, text)
        names = [name for name in names if not gives_lines(name, question.prompt)]
        if names:
            found = read_elements(names[:8], question)
            lines = [
                f"<{name}>{fill_element(name, text, question, found)}</{name}>"
                for name in names[:8]
            ]
            if REASON_FIRST.search(text):
                lines.insert(0, f"{Writer(question).write_sentence()}\n")
            elif len(lines) == 1 and EXPLAINS.search(text):
                lines.insert(0, f"{' '.join(Writer(question).write_sentences(2))}\n")
            return "\n".join(lines)
    return None


OTHER_FORM = make_regex(
    r"\b(?:write|draft|compose|send|create)\b[^.\n]{0,60}\be-?mails?\b|\bletters?\b|\bxml\b"
    r"|\bhtml\b|\bjson\b|\bcomponents?\b",
    re.I,
)
"""A text in a tag would not be the whole reply."""
EXPLAINS = make_regex(
    r"\b(?:step by step|explain|reason(?:ing)?|think|work it out|show your work)\b", re.I
)
PLACE = make_regex(r"[:=] ?<([a-zA-Z_][\w-]{1,30})>(?! ?[\w.\[{])")
"""A place to fill in a line such as "Answer: <number>"."""
EITHER = make_regex(
    r"\beither\b[^.\n]{0,80}?<(\w{2,30})>[^.\n]{0,80}?\bor\b[^.\n]{0,80}?<(\w{2,30})>", re.I
)
QUOTE_TAGS = make_regex(
    r"(?:relevant_?)?(?:quotes?|excerpts?|evidence|citations?|zitate?|citas?)\Z", re.I
)
REASON_TAGS = make_regex(
    r"(?:think\w*|thoughts?|reason\w*|analysis|scratch_?pad|explanation|rationale|plan)\Z", re.I
)
ANSWER_TAGS = make_regex(r"(?:final_?)?(?:answer|response|reply|antwort|respuesta|réponse)\Z", re.I)


def list_tags(text: str) -> list[str]:
    """Return the names of the elements that a prompt wants, without those that hold a text."""
    places = {name for name in PLACE.findall(text) if f"</{name}>" not in text}
    return [
        name
        for name in dict.fromkeys(TAGS.findall(text))
        if name not in INPUT_TAGS and name not in places and not holds_text(name, text)
        if name != "module" and (name.islower() or f"</{name}>" in text or "tag" in text)
    ]


def drop_alternatives(names: list[str], text: str) -> list[str]:
    """Return names without the first of two elements of which a reply has one: the last one ends
    the work of an agent."""
    dropped = {first for first, second in EITHER.findall(text) if second in names}
    return [name for name in names if name not in dropped]


def find_element_choices(name: str, text: str) -> list[str]:
    """Return the values of an element: "yes or no in <verdict> tags", "<label>spam|ham</label>"."""
    match = re.search(
        rf"\b([\w-]{{1,20}}(?:, [\w-]{{1,20}}){{0,6}},? (?:or|oder|o|ou) [\w-]{{1,20}})"
        rf"(?: \w+){{0,2}},? (?:in|inside|within|between|with)(?: the)? <{name}>"
        rf"|<{name}>\s?\[?([\w-]{{1,20}}(?:\s?[|/]\s?[\w-]{{1,20}}){{1,6}})\]?\s?</{name}>",
        text[:6000],
    )
    if match is None:
        return []
    return re.split(r",? (?:or|oder|o|ou) |, |\s?[|/]\s?", match[1] or match[2])


def read_elements(names: list[str], question: Question) -> dict[str, str]:
    """Return what a given text has for some elements, by the rules for the fields of an object."""
    from mockgem.operations.forms.described_reply import generate_described

    given = question.material or (question.prompt if question.stated_system else "")
    if not given or given.rstrip().endswith("?"):
        return {}
    inner = Question(f"Extract the fields {', '.join(names)} as JSON.", question.random)
    inner.parts = EdgeText(inner.prompt, given[:6000])
    kinds = [describe_by_name(name) for name in names]
    kinds = [{"type": "string"} if "format" in one else one for one in kinds]
    schema = build_object(list(zip(names, kinds, strict=True)))
    value = generate_described(Described(schema), inner)
    if not isinstance(value, dict):
        return {}
    found = {name: spell_value(item) for name, item in value.items() if item is not None}
    topics = [name for name in found if TOPIC.match(name) and found[name] not in given]
    return found | dict.fromkeys(topics, " ".join(keywords_of(GREETING.sub("", given))[:2]))


GREETING = make_regex(r"\A(?:hi|hello|hey|dear|hallo|liebe[rs]?)\b[^,.!\n]{0,30}[,.!]\s+", re.I)


TOPIC = make_regex(r"(?:topic|subject|theme|thema|tema)\Z", re.I)


def spell_value(item: object) -> str:
    if isinstance(item, list):
        return ", ".join(map(str, item))
    return str(item).lower() if isinstance(item, bool) else str(item)


def answer_briefly(question: Question) -> str:
    """Return the answer to a question without tags; empty if it is not a short one."""
    prompt = TAG_SENTENCE.sub(" ", question.prompt).strip()
    if "<" in prompt or (question.material and "<" not in question.prompt):
        return ""
    ending = " Answer yes or no." if CLOSED.match(question.prompt) else ""
    formed = find_reply(Question(f"{prompt}{ending}", question.random))
    if formed is not None and "<" in question.prompt:
        return WITH_LEAD.sub("", formed.text.replace("**", "")).rstrip(".")
    return formed.text if formed is not None and len(formed.text) < LONGEST_ANSWER else ""


TAG_SENTENCE = make_regex(
    r"(?:\A|(?<=[.!?\n]))\s*[^.!?\n<]{0,160}(?:<[^<>\n]{1,40}>[^.!?\n<]{0,80}){1,8}[.!:]?"
)
"""A sentence that tells which tags a reply has."""
WITH_LEAD = make_regex(r"\A(?:That comes to|It takes|The answer is|At|The result is) ")
CLOSED = make_regex(
    r"\W*(?:is|are|was|were|do|does|did|can|could|has|have|will)\b[^\n]*\?\W*\Z", re.I
)
"""A question that yes or no answers."""
LONGEST_ANSWER = 400


def fill_element(name: str, text: str, question: Question, found_all: dict[str, str]) -> str:
    """Return what an element holds: a label, a score, a quotation, an answer, else words."""
    from mockgem.operations.forms.given_text import find_answer

    choices = find_element_choices(name, question.wish)
    choices = choices or find_heading_choices(name, question.whole)
    if len(choices) > 1:
        return choose_label(choices, question)
    if re.search(rf"<{name}>\s?\d[\d.,]*\s?</{name}>", question.whole[:8000]):
        return generate_named("total", "", question)
    limits = find_range(text) if SCORE.search(name) else None
    limits = find_shown_range(name, text) or limits
    if limits is not None and "." not in "".join(limits):
        return str(pick_number(int(limits[0]), int(limits[1]), question))
    is_answer = ANSWER_TAGS.match(name) is not None
    if is_answer or QUOTE_TAGS.match(name):
        found = find_answer(question) if question.material or question.system else None
        if found:
            return found if is_answer else f'"{found}"'
    if is_answer and (said := answer_briefly(question)):
        return said
    if name in found_all:
        return found_all[name]
    if REASON_TAGS.match(name):
        return Writer(question).write_sentence()
    return generate_named(name, read_about(name, text), question)


REASON_FIRST = make_regex(
    r"\b(?:preceded by|after|following) (?:an? |your |the )?(?:[\w-]+ ){0,2}(?:rationale|reason\w*"
    r"|explanation|justification|analysis)\b|\b(?:first|briefly) (?:explain|reason|justify)\b",
    re.I,
)
"""What asks for a sentence outside the tags, in front of them."""
SCORE = make_regex(r"score|rating|grade|points|confidence", re.I)


ONE_OF = make_regex(r"\W{0,12}tags?\W{0,3}\(?(?:one of|either|must be)[: ]+([^().\n]{3,120})", re.I)


def read_about(name: str, text: str) -> str:
    """Return the labels that a prompt allows between tags: "<intent> (one of refund, other)"."""
    end = max(text.find(f"</{name}>"), text.find(f"<{name}>"))
    match = ONE_OF.match(text, end + len(name) + 2)
    return f"one of: {match[1]}" if match else ""
