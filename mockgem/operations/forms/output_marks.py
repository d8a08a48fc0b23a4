"""Replies in a pattern that the prompt quotes: "[[rating]]", "Score: X/10", "Verdict: <A or B>"."""

from __future__ import annotations

import re

from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.labels import choose, choose_label
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.options import find_lettered
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.stated_numbers import find_total
from mockgem.operations.forms.text_lookup import find_in_text
from mockgem.operations.forms.value_generation import generate_named
from mockgem.operations.forms.values import find_range, pick_number
from mockgem.operations.forms.writing import Writer

SLOT = (
    r"(?:\[\[[^\[\]\n]{1,40}\]\]|\[[^\[\]\n]{1,40}\]|<[^<>/\n]{1,40}>|\{[^{}\n\":]{1,40}\}"
    r"|\$?\\?\$[A-Z]{3,12}\b|(?<![A-Za-z])[XYN]{1,2}(?![A-Za-z])|_{2,12}|\.{3}|…"
    r"|(?<=[:=] )\d{1,3}(?!\d))"
)
QUOTED_PATTERN = make_regex(
    rf"(?<!\w)[\"“'`«]{{1,3}}([^\"”'`»\n]{{0,60}}?{SLOT}[^\"”'`»\n]{{0,40}})[\"”'`»]{{1,3}}"
)
UNQUOTED_PATTERN = make_regex(
    rf"\b(?:form|format|pattern|like this|as follows)(?: of| is)?[: ]{{1,3}}"
    rf"((?:[A-Za-z][\w ]{{1,30}}: ?(?:{SLOT}|(?-i:[nxy])\b)(?:,? ?|(?=[.;\n]|\Z))){{1,8}})",
    re.I,
)
"""A pattern without quotation marks: "of the form SCORE: n", "format: tone: X, length: X"."""
EACH_LINE = make_regex(r"\b(?:each|every) (?:step|line|item|bullet|point|tip)\b|\bper line\b", re.I)
"""What a pattern for every item of a list stands after."""
CUE = make_regex(
    r"\b(?:format|form|pattern|line|verdict|rating|score|conclude|end|finish|output|answer|reply"
    r"|respond|return|use|write|as|like|example|with|followed by|formato|antworte|schreibe|responde"
    r"|écris|rispondi)\b",
    re.I,
)
DOUBLE = make_regex(r"\[\[([^\[\]\n#]{1,40})\]\]")
NUMERIC = make_regex(
    r"\b(?:rating|score|number|grade|points?|value|n|integer|digit|percent\w*|confidence|int|zahl"
    r"|punkte|nota|note|x|y)\b|\d",
    re.I,
)
LETTER = make_regex(r"\b(?:letter|option|choice|[A-E](?:[/|,] ?[B-E])+)\b", re.I)
EXPLAINS = make_regex(
    r"\b(?:show (?:me )?(?:the|your|all) (?:steps|work|working|calculations?)|explain\w*"
    r"|explanation|reason\w*|think|step by step|first|then|justif\w+|rationale|brief"
    r"|analysis|evaluation|after|before|finally|followed by|last line|at the end|conclude|end"
    r"|finish|final line|begründ\w*|explica\w*|expliqu\w*|spiega\w*)\b",
    re.I,
)
IS_LETTER = make_regex(r"\b(?:e-?mails?|letters?|json|xml|yaml|csv|tables?)\b", re.I)
LIMIT = make_regex(r"/\s?(\d{1,3})\b")


PATTERN_MARKS = "\"'`“«„:[{<_…"
"""Marks of which a text has one if it shows the pattern of a line."""


@form(
    "quoted pattern",
    "Rate the answer from 1 to 10. First explain, then end with exactly this format: "
    '"Rating: [[5]]". '
    "Answer: Love is a feeling.",
    'Finish with a line "Score: X/10". Essay: The sea is blue.',
    words="format form pattern line verdict rating score conclude end finish output answer reply"
    " respond return use write example followed",
    signs=tuple(PATTERN_MARKS),
    about="a line in the pattern that the prompt quotes, after a sentence if it wants reasons",
)
def fill_quoted_pattern(question: Question) -> str | None:
    is_rated = DOUBLE_RATING.search(question.prompt[:6000]) is not None
    if not is_rated and IS_LETTER.search(question.whole.replace("LETTER", "")):
        return None
    for text in (question.prompt[:6000], question.system):
        may_show = any(mark in text for mark in PATTERN_MARKS)
        line = find_line(text, question) if may_show else None
        if line is not None:
            if question.is_terse or not EXPLAINS.search(text):
                return line
            return f"{' '.join(Writer(question).write_sentences(2))}\n\n{line}"
    return None


def find_line(text: str, question: Question) -> str | None:
    """Return the filled pattern that a text quotes; None if it quotes none."""
    doubles = list(dict.fromkeys(DOUBLE.findall(text)))
    if len(doubles) > 1 and all(len(mark) < 24 for mark in doubles) and not has_numbers(doubles):
        return f"[[{choose_label(doubles, question)}]]"
    found = [
        match
        for match in QUOTED_PATTERN.finditer(text)
        if CUE.search(text, max(0, match.start() - 60), match.start())
        and is_pattern(match[1])
        and not (match[0].startswith("`") and match[0] in question.material)
        and not EACH_LINE.search(text, max(0, match.start() - 80), match.start())
    ]
    if not found and (bare := UNQUOTED_PATTERN.search(text)) and ":" in bare[1]:
        pattern = re.sub(r"(?<=: )[nxy]\b|(?<=:)[nxy]\b", "N", bare[1])
        return re.sub(
            SLOT, lambda slot: fill_slot(slot[0], pattern, text, question), pattern
        ).strip(" ,")
    if not found and (double := DOUBLE_RATING.search(text)):
        return f"[[{pick_value(double[0], text, question)}]]"
    if not found and (bold := BOLD_PATTERN.search(text)):
        return bold[1] + find_bold_value(bold[2], question) + "**"
    if not found:
        return choose_quoted_line(text, question)
    named = next((match for match in found if re.search(r"\w:? ?\W", match[1])), found[0])
    return re.sub(SLOT, lambda slot: fill_place(slot, text, question), named[1]).strip()


DOUBLE_RATING = make_regex(r"\bformat:? \[\[(?:rating|score|number|grade)\]\]", re.I)
"""A pattern without quotation marks: "in the format [[rating]]"."""
OPEN_SLOT = make_regex(r"\.{3}|…|_{2,12}")
LABEL_BEFORE = make_regex(r"([^\W\d_][\w ]{1,24}?)[:=] ?\Z")


def fill_place(slot: re.Match[str], text: str, question: Question) -> str:
    """Return the value of a place: an open one has the name of the label before it."""
    label = LABEL_BEFORE.search(slot.string[: slot.start()])
    if label is None or OPEN_SLOT.fullmatch(slot[0]) is None or not question.material:
        return fill_slot(slot[0], slot.string, text, question)
    name = label[1].strip().lower().replace(" ", "_")
    found = find_total(question) if name == "total" else ""
    found = found or find_in_text(name, question.material)
    return found or str(generate_named(label[1].strip(), "", question)).replace("\n", " ")


QUOTED_LINE = make_regex(
    r"[\"“'`]([^\W\d_][\w ]{1,24}): ?([^\W_][\w /-]{0,40})[\"”'`](?=[\s,.;)]|\Z)"
)


def choose_quoted_line(text: str, question: Question) -> str | None:
    """Return one of several quoted lines with the same label: 'Verdict: YES' or 'Verdict: NO'."""
    found = QUOTED_LINE.findall(text)
    labels = list(dict.fromkeys(value.strip() for _, value in found))
    if len(labels) < 2 or len({name for name, _ in found}) > 1:
        return None
    return f"{found[0][0]}: {choose_label(labels, question)}"


BOLD_PATTERN = make_regex(
    r"(\*\*[^*\n]{0,30}?[:=] ?)(N|X|\?|_{1,9}|\.{3}|…|<[^<>\n]{1,30}>|\[[^\[\]\n]{1,30}\]"
    r"|\{[^{}\n]{1,30}\})\*\*"
)
"""A pattern in bold: "**Answer: N**"."""


def find_bold_value(place: str, question: Question) -> str:
    is_number = place in ("N", "X") or NUMERIC.search(place) is not None
    return generate_named("count" if is_number else "answer", "", question).replace("\n", " ")


def has_numbers(marks: list[str]) -> bool:
    return any(mark.isdecimal() for mark in marks)


def is_pattern(text: str) -> bool:
    """Return whether a quotation is the pattern of a line, not data or an address."""
    if "%" in text:  # the codes of a date format
        return False
    return (
        not re.search(r"\[\[ ## |://|\\|[{}]{2}|\{\"|</", text) and len(re.findall(SLOT, text)) < 5
    )


def fill_slot(slot: str, line: str, text: str, question: Question) -> str:
    inner = slot.strip("[]<>{}")
    opening = re.match(r"\[\[|\[|", slot)[0]  # type: ignore[index]
    closing = "]" * len(opening)
    choice = [item.strip(" '\"") for item in re.split(r"\s?[|/]\s?|\s(?:or|oder|o|ou)\s", inner)]
    if len(choice) > 1 and all(choice) and not inner.replace("/", "").isdigit():
        value = choose_label(choice, question)
    elif LETTER.search(inner) or (inner == "X" and re.search(r"\bletter\b", text, re.I)):
        value = pick_letter(question)
    elif slot.startswith("$"):
        value = calculate(question.prompt[:2000]) or "42"
    elif NUMERIC.search(inner):
        value = pick_value(line, text, question)
    else:
        value = generate_named(inner.strip("_. …") or "answer", "", question).replace("\n", " ")
    return f"{opening}{value}{closing}" if opening == "[[" else value


def pick_letter(question: Question) -> str:
    """Return the letter of the option that the question supports."""
    options = find_lettered(question.prompt[-6000:])
    if options is None:
        return str(question.random.pick(("A", "B", "C", "D")))
    about = question.prompt[: options.span[0]]
    return choose(list(options.values), list(options.descriptions), about, question)


def pick_value(line: str, text: str, question: Question) -> str:
    """Return a number in the range that the text names, or up to the limit in the pattern."""
    limits = find_range(text)
    if limits is not None and "." not in "".join(limits):
        return str(pick_number(int(limits[0]), int(limits[1]), question))
    if limits is not None:
        return f"{float(limits[0]) + (float(limits[1]) - float(limits[0])) * 0.8:.2f}"
    most = LIMIT.search(line)
    return str(pick_number(1, int(most[1]) if most else 10, question))
