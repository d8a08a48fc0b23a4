"""Templates of replies: labelled lines with places to fill, as "Verdict: <approve or reject>"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mockgem.core.frozen import frozen
from mockgem.operations.forms.agreement import REFERENCE
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.invented_things import list_questions
from mockgem.operations.forms.judged_answers import grade
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.missing_values import find_filler, is_missing
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.served_questions import answer_served, find_served
from mockgem.operations.forms.status_notes import sort_notes
from mockgem.operations.forms.text_lookup import find_typed
from mockgem.operations.forms.value_generation import generate_named
from mockgem.operations.forms.values import find_range, pick_number
from mockgem.operations.forms.writing import Writer

FORMAT_CUE = make_regex(
    r"\b(?:format|structure|template|layout|formato|estructura|struttura|modèle"
    r"|formatvorlage|schema)\b[^\n]{0,60}[:：]\s*\n|"
    r"(?:формат\w*|形式|格式|フォーマット|형식|biçim\w*|định dạng|รูปแบบ|بالشكل|بالتنسيق|בפורמט"
    r"|प्रारूप"
    r"|formacie"
    r"|formaat|дв[еау]х? строк\w*)[^\n]{0,60}[:：]\s*\n|"
    r"\b(?:answer|respond|reply|use|output|format)\b[^\n]{0,60}\b(?:format|structure|template"
    r"|form|like this)\b[^\n]{0,40}\n|"
    r"\b(?:answer|respond|reply|output|return|write|print)\b[^\n]{0,60}\b(?:exactly"
    r"|the following|these|only)\b"
    r"[^\n]{0,24}\blines?\b[^\n]{0,20}[:：]\s*\n|"
    r"\b(?:answer|respond|reply|output|format|provide|give|return|write|structure|present)\b"
    r"[^\n]{0,60}\b(?:as follows|as below|like (?:this|so)|in this (?:form|way)|as)\W{0,4}\n",
    re.I,
)
LABEL = make_regex(
    r"^[ \t]*(?:[-*•][ \t]+(?=\S))?([*#_]{0,3})[ ]?([^\W\d_][\w /&-]{0,40}?(?:[ ]\([^()\n]"
    r"{1,40}\))?)((?:\1)?)[ ]?[:：]((?:\1)?)[ \t]*(.*)$"
)
PLACE = make_regex(
    r"[<\[{(][^<>\[\]{}()\n]{1,200}[>\]})](?:\.|\s?%|\s?/\s?\d{1,3}|\s?[€$£°])?|\.{3}|…|_{2,}"
)
SCORE_PLACE = make_regex(
    r"(?:[XYN#?]{1,3}|_{1,5})(?:\.(?P<decimal>[XYN#?_]))?(?:\s?/\s?(?P<most>\d{1,3}))?"
)
"""A place for a mark: "X/5", "N/10", "X.X"."""
UNIT = make_regex(r"[>\]})](\s?%|\s?/\s?\d{1,3}|\s?[€$£°])\s*\Z")
"""What stands after a place to fill: "<0-100>%"."""
"""A place to fill: <…>, […], {…}, (…), dots or a line."""
COMMAND = make_regex(
    r"(?:respond|answer|reply|use|output|format|return|write|give|fill|example|following|input"
    r"|text|note|context"
    r"|(?:please|can you|could you|would you|give me|tell me|provide|list|extract)"
    r"|question|rules?|instructions?|steps?|criteria|evaluation|options?|labels?|categories|tools?"
    r"|begin)\b",
    re.I,
)
"""The beginning of a line that announces what follows."""
IS_INPUT = make_regex(r"\{+\w+\}+\Z")
"""A variable of a prompt library without a value."""
LENGTHS = make_regex(
    r"\b(?:sentences?|paragraph|explanation|reason\w*|rationale|why|description|satz|sätze|frase"
    r"|oración|phrase|zin)\b",
    re.I,
)
EACH = make_regex(r"\b(?:each|every|per|jede\w*|cada|chaque|ogni|elke)\b", re.I)


SENTENCE_COUNT = make_regex(
    rf"\b(?!(?:one|a|1)\b)({NUMBER})(?: (?:short|full|long))? sentences\b", re.I
)
SCORE = make_regex(r"\b(?:score|rating|grade|number|points|confidence|punkte|note|nota)\b", re.I)


@frozen
class LabelLine:
    """A line of a template: what opens and closes its label, the name and what to write."""

    before: str
    name: str
    after: str
    about: str

    @property
    def is_place(self) -> bool:
        about = self.about.strip(" *\"'`")
        return PLACE.fullmatch(about) is not None or SCORE_PLACE.fullmatch(about) is not None


@frozen
class Template:
    """The labelled lines of a template, and the prompt's text without them."""

    lines: tuple[LabelLine, ...]
    rest: str


def read_line(line: str) -> LabelLine | None:
    match = LABEL.match(line)
    if match is None or not (match[3] == match[1] or match[4] == match[1]):
        return None
    before = line[: match.start(2)].lstrip()
    return LabelLine(before, match[2], line[match.end(2) : match.start(5)].rstrip(), match[5])


def find_template(text: str) -> Template | None:
    """Return the template that follows a cue, or the lines whose values are places to fill."""
    match = FORMAT_CUE.search(text)
    if match is not None:
        found = read_lines(text, match.end())
        if found is not None:
            return found
    return find_places(text)


def find_places(text: str) -> Template | None:
    """Return the first lines of which at least two in a row are places to fill."""
    at = 0
    lines = []
    for line in text.splitlines(keepends=True):
        found = read_line(line.rstrip("\n")) if ":" in line or "：" in line else None
        is_open = found is not None and (
            found.is_place or (not found.about.strip() and not COMMAND.match(found.name))
        )
        lines.append((at, is_open and not IS_INPUT.search(line)))
        at += len(line)
    for (start, first), (_, second) in pairwise(lines):
        if first and second:
            return read_lines(text, start)
    return None


def read_lines(text: str, at: int) -> Template | None:
    """Return the template at a place of a text."""
    found: list[LabelLine] = []
    end = at
    for number, line in enumerate(text[at:].splitlines(keepends=True)[:60]):
        label = read_line(line.rstrip("\n"))
        if label is not None and (label.is_place or not found or not is_input(found, line)):
            found.append(label)
        elif ends_template(line, found, text, end + len(line)):
            break
        end += len(line)
        if number > 3 and not found:
            break
    if len({label.name for label in found}) < len(found):
        return None
    if found and not found[0].is_place and text.count(f"\n{found[0].name}:") > 1:
        return None  # records of data with the same labels
    if len(found) < 2 and not (found and at and found[0].about.lstrip()[:1] in ("<", "[", "{")):
        return None
    return Template(tuple(found), f"{text[:at]}\n{text[end:]}")


def ends_template(line: str, found: list[LabelLine], text: str, end: int) -> bool:
    """Return whether a line without a label is behind the template.

    Args:
        end: Where the line ends in the text.
    """
    if not line.strip().strip("`\"'-"):
        return bool(found) and not continues(text, end)
    return not (found and line.startswith(("...", " ", "(")))


def continues(text: str, at: int) -> bool:
    """Return whether the template continues after an empty line."""
    line, _, _ = text[at:].lstrip("\n").partition("\n")
    label = read_line(line)
    return label is not None and label.is_place


def is_input(found: list[LabelLine], line: str) -> bool:
    """Return whether a filled line ends a template whose values are places."""
    label = read_line(line.rstrip("\n"))
    return (
        found[-1].is_place
        and label is not None
        and len(label.about) > 40
        and not re.search(r"[|<\[]", label.about)
    )


INLINE_LABEL = make_regex(
    r"[\"'“`*]{0,3}((?-i:[A-ZÀ-Þ])[\w-]{1,20}(?: [\w-]{1,20}){0,2}):[\"'”`*]{0,3}"
    r"(?=,| and | und | y | et | then |[.;]|\s*\Z)",
    re.I,
)


def find_inline_labels(text: str) -> Template | None:
    """Return the template of "in lines starting with Title:, Summary: and Rating:"."""
    start = text[:4000]
    names = list(dict.fromkeys(INLINE_LABEL.findall(start))) if start.count(":") > 1 else []
    if len(names) < 2:
        return None
    return Template(tuple(LabelLine("", name, ":", "") for name in names), text)


PATTERN_CUE = make_regex(
    r"\b(?:templates?|format|forms?|pattern|structure|syntax)\b[^\n:]{0,40}[:：][ \t]"
    r"*\n{0,2}[\"'`]{0,3}([^\n]{5,300})",
    re.I,
)
HOLE = make_regex(r"<([^<>/\n\"]{2,40})>|\{([^{}\n\":]{2,40})\}|\[([^\[\]\n\"]{2,40})\]")
"""A place in a sentence."""


def fill_pattern(text: str, question: Question) -> str | None:
    """Return the sentence "As a {role}, I want {goal}" with words in its places."""
    if not any(mark in text for mark in "<{["):
        return None
    match = PATTERN_CUE.search(text[:4000])
    if match is None or len(HOLE.findall(match[1])) < 2 or "</" in match[1] or '"' in match[1]:
        return None
    rest = Question(f"{text[: match.start()]}\n{text[match.end() :]}", question.random)
    return HOLE.sub(lambda hole: fill_hole(hole, rest), match[1]).strip(" \"'`")


def fill_hole(hole: re.Match[str], question: Question) -> str:
    name = next(filter(None, hole.groups()))
    choice = [item.strip() for item in re.split(r"[|/]", name)]
    if len(choice) > 1 and all(choice):
        return question.random.pick(choice)
    return str(generate_named(name, "", question)).replace("\n", " ")


BEGUN = make_regex(r"\n[ \t*#]*([^\n:：]{2,40}?)[*]*[:：][*]*\s*\Z")


def skip_begun(template: Template, prompt: str) -> Template | None:
    """Return the lines from the label on with which a prompt ends; None if it ends with none."""
    last = BEGUN.search(prompt[-60:])
    names = [line.name.lower() for line in template.lines]
    if last is None or (name := last[1].strip().lower()) not in names:
        return None
    return Template(template.lines[names.index(name) :], template.rest)


def fill_template(template: Template, question: Question) -> str:
    """Return the filled lines; several blocks if the prompt wants a number of entries.

    A prompt that ends with a label of the template gets the value of this label first.
    """
    if (begun := skip_begun(template, question.prompt)) is not None:
        return fill_lines(begun, question).partition(begun.lines[0].name)[2].lstrip(" :：*")
    return fill_lines(template, question)


BLOCKS = make_regex(
    rf"\b({NUMBER}) (?:[\w-]+ ){{0,2}}?(?:flash ?cards|cards|q ?& ?as?|pairs|questions|entries"
    rf"|records"
    r"|examples|jokes|scenarios|personas|user stories|test cases|riddles|quiz questions)\b",
    re.I,
)
"""Several things, each of which has the lines of the template."""
ANSWERED = make_regex(r"a|back|explanation", re.I)
ASKED = make_regex(r"q|question|frage|pregunta|domanda|pergunta|front", re.I)


def fill_lines(template: Template, question: Question) -> str:
    blocks = BLOCKS.search(template.rest)
    count = find_count(question, 1) if EACH.search(template.rest) or blocks else 1
    count = parse_count(blocks[1], 20) if blocks and count < 2 else min(count, 20)
    writer = Writer(question)
    served = [one for one, _ in find_served(question)]
    asked = iter([*served, *list_questions(question, count)]) if blocks or served else iter(())
    return "\n\n".join(fill_block(template, question, writer, asked) for _ in range(count))


TRANSLATION = make_regex(
    r"(?:english |german |french |spanish )?translation|übersetzung|traducción", re.I
)


def translate_line(name: str, question: Question) -> str:
    """Return the given text in the wanted language for a label such as "Translation"."""
    if TRANSLATION.fullmatch(name) is None or not question.material:
        return ""
    from mockgem.operations.forms.translated_text import translate_text

    return translate_text(question.material, Writer(question, question.requested_language or "en"))


def fill_block(template: Template, question: Question, writer: Writer, asked: Iterator[str]) -> str:
    """Return the lines of a template, whose question is the next of some questions."""
    lines: list[str] = []
    notes = sort_notes([line.name for line in template.lines], template.rest)
    notes |= read_given(template, question) | give_marks(template, question)
    notes |= grade_lines(template, question)
    for line in template.lines:
        is_asked = ASKED.fullmatch(line.name) is not None
        text = next(asked, "") if is_asked else ""
        if lines and ANSWERED.fullmatch(line.name):
            text = answer_served(lines[-1]) or writer.write_sentence()
        text = text or notes.get(line.name, "") or translate_line(line.name, question)
        text = text or fill_line(line, question, writer)
        lines.append(f"{line.before}{line.name}{line.after} {text}{find_unit(line.about)}")
    return "\n".join(lines)


def read_given(template: Template, question: Question) -> dict[str, str]:
    """Return what a given text has for the labels of a form without notes; else nothing."""
    if not question.material or any(line.about.strip() for line in template.lines):
        return {}
    from mockgem.operations.forms.marked_fields import read_elements

    keys = {line.name.lower().replace(" ", "_"): line.name for line in template.lines}
    found = read_elements(list(keys), question)
    material = question.material.lower()
    filler = find_filler(question)
    given: dict[str, str] = {}
    for key, said in found.items():
        if said in given.values() and filler is not None:
            given[keys[key]] = filler  # a job is not a person
        elif said.lower() in material:
            given[keys[key]] = said
    return given


TOTAL = make_regex(r"(?:total|sum|gesamt\w*|suma|somme)\b", re.I)
MEAN = make_regex(r"(?:overall|average|mean|final|durchschnitt)\b", re.I)


def give_marks(template: Template, question: Question) -> dict[str, str]:
    """Return the marks for the lines "Tone: X/5": the last may be their sum or their mean."""
    places = {
        line.name: SCORE_PLACE.fullmatch(line.about.strip(" *\"'`")) for line in template.lines
    }
    marks: dict[str, float] = {}
    written: dict[str, str] = {}
    for name, place in places.items():
        if place is None or place[0] in ("N", "X", "Y") or "_" * 3 in place[0]:
            continue
        most = int(place["most"] or 0) or find_highest(question.prompt)
        mark = float(pick_number(1, most, question))
        if marks and TOTAL.match(name):
            mark = sum(marks.values())
        elif marks and MEAN.match(name):
            mark = round(sum(marks.values()) / len(marks), 1)
        marks[name] = mark
        number = f"{mark:.1f}" if place["decimal"] else f"{round(mark)}"
        written[name] = number + (place[0][place[0].index("/") :] if place["most"] else "")
    return written


def grade_lines(template: Template, question: Question) -> dict[str, str]:
    """Return the mark and its reason for an answer that the prompt gives with the right one."""
    names = {line.name.lower().replace(" ", "_"): line.name for line in template.lines}
    if not REFERENCE.search(template.rest[:6000]):
        return {}
    empty = {key: -1 if SCORE.search(key) else "" for key in names}
    graded = grade(empty, {key: key for key in names}, question)
    return {names[key]: str(item) for key, item in graded.items() if item != empty[key]}


def find_highest(prompt: str) -> int:
    limits = find_range(prompt)
    return int(limits[1]) if limits is not None and limits[1].isdecimal() else 10


def is_known(line: LabelLine, question: Question) -> bool:
    return bool(question.hints.labels.get(line.name.lower()))


def find_unit(about: str) -> str:
    match = UNIT.search(about)
    return match[1] if match else ""


CALL = make_regex(r"\w{2,30}\([^()\n]{0,80}\)")
"""An action of an agent in a template: "click(<id>)"."""


def fill_line(line: LabelLine, question: Question, writer: Writer) -> str:
    about = UNIT.sub("", line.about).strip("<>[]{}()*\"'` ").rstrip(".…").strip()
    about = about or "".join(re.findall(r"\(([^()]*)\)\Z", line.name))
    filler = find_filler(question)
    if filler is not None and is_missing(line.name, question):
        return filler
    choice = [item.strip("\"'` ") for item in re.split(r"\s?[|/]\s?|,?\s(?:or|oder)\s|,\s", about)]
    calls = [item.strip() for item in line.about.split("|")]
    if len(calls) > 1 and all(CALL.fullmatch(item) for item in calls):
        return HOLE.sub(lambda hole: fill_hole(hole, question), question.random.pick(calls))
    is_length = LENGTHS.search(about) is not None
    if len(choice) > 1 and not is_length and all(0 < len(item.split()) < 4 for item in choice):
        return choose_label(choice, question)
    limits = find_range(question.prompt) if SCORE.search(f"{line.name} {about}") else None
    if limits is not None and "." not in "".join(limits):
        return str(pick_number(int(limits[0]), int(limits[1]), question))
    given = question.material and find_typed(line.name.lower().replace(" ", "_"), question.material)
    if given and not choice[1:]:
        return str(given).replace("\n", " ")
    if (several := SENTENCE_COUNT.search(about)) and not is_known(line, question):
        return writer.space.join(writer.write_sentences(parse_count(several[1], 12), about=False))
    if LENGTHS.search(about) and not question.hints.labels.get(line.name.lower()):
        return writer.write_sentence()
    return str(generate_named(line.name, about, question)).replace("\n", " ")
