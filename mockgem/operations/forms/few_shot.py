"""Labels and lines like those of the examples in the prompt or of the earlier replies."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.known_facts import CAPITALS
from mockgem.operations.forms.known_things import KNOWN
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.language_detection import LANGUAGE_NAMES, detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.related_words import find_past, find_plural
from mockgem.operations.forms.text_operations import to_camel

FEW_SHOT = make_regex(r"(?:^|\n)[ \t]*([^\n:]{1,40}):[ \t]*$")


@form(
    "examples",
    "Review: Great food!\nSentiment: positive\n\nReview: Slow service.\nSentiment: "
    "negative\n\nReview: Wonderful staff.\nSentiment:",
    signs=(":", "=", "|", "→", ">", "/"),
    about="a label like those of the examples in the prompt",
)
def continue_examples(question: Question) -> str | None:
    """Answer a prompt that ends with a label without a value, after examples of values."""
    text = question.prompt.rstrip()[-4000:]
    if text.endswith(":") and (barred := continue_bars(text, question)):
        return barred
    match = FEW_SHOT.search(text) if text.endswith(":") else None
    if match is None:
        return continue_arrows(text, question)
    name = match[1].strip()
    found = re.findall(rf"(?:^|\n)[ \t]*{re.escape(name)}:[ \t]*(\S[^\n]{{0,60}})(?=\n|$)", text)
    labels = list(dict.fromkeys(label.strip() for label in found))
    if any(label[0] in "([<{" for label in labels):  # what stands there in the reply, no example
        return None
    last = text[: match.start()].rpartition("\n\n")[2][-600:]
    if labels and name.lower() in LANGUAGES and (translated := translate(last, name, question)):
        return translated
    if labels and (len(labels[0].split()) > 3 or len(found) < 2):
        return imitate_text(labels[0], question) if is_prompted(text, name) else None
    if len(found) < 2 or any(len(label.split()) > 3 for label in labels):
        return None
    if len(labels) == len(found) and all(map(CODE.fullmatch, labels)):
        return imitate_code(labels[0], last)
    inputs = re.findall(rf":[ \t]*([^\n]+)\n[ \t]*{re.escape(name)}:[ \t]*\S", text)
    if changed := apply_change(inputs, found, last.rpartition(":")[2].strip()):
        return changed
    return choose(labels, [""] * len(labels), last, question)


BARS = make_regex(r"^[^\n]{3,300}? ?[|;,\t] ?([A-Za-z][\w ]{0,24}):[ \t]*([^\n|]{0,60})$", re.M)


def continue_bars(text: str, question: Question) -> str | None:
    """Answer lines such as "Complaint: … | Team: kitchen", of which the last has no label."""
    rows = [(match[1], match[2].strip(), match[0]) for match in BARS.finditer(text)]
    if len(rows) < 3 or rows[-1][1] or not all(value for _, value, _ in rows[:-1]):
        return None
    labels = list(dict.fromkeys(value for _, value, _ in rows[:-1]))
    return choose(labels, [""] * len(labels), rows[-1][2], question)


ARROWS = ("->", "=>", "→", "=", "|", "//", ">>", "::")
ARROW_START = make_regex(r"(?:^|\n)[ \t]*([^\n]{1,200}?)\s?(->|=>|→|=|\||//|>>|::)\s*$")


def continue_arrows(text: str, question: Question) -> str | None:
    """Answer a prompt that ends with "potato ->", after lines such as "apple -> fruit"."""
    match = ARROW_START.search(text) if text.endswith(ARROWS) else None
    if match is None:
        return None
    mark = re.escape(match[2])
    found = re.findall(rf"(?:^|\n)[^\n]{{1,200}}?\s?{mark}[ \t]*([^\s|][^\n|]{{0,60}})(?=\n)", text)
    inputs = re.findall(rf"(?:^|\n)([^\n]{{1,200}}?)\s?{mark}[ \t]*[^\s|]", text)
    if len(found) > HEADED and len(inputs) == len(found) and HEADING.match(inputs[0]):
        found, inputs = found[1:], inputs[1:]
    if len(found) < 2 or any(len(label.split()) > 3 for label in found):
        return None
    labels = list(dict.fromkeys(label.strip() for label in found))
    if changed := apply_change(inputs, found, match[1].strip()):
        return changed
    return choose(labels, [""] * len(labels), match[1], question)


HEADED = 2
HEADING = make_regex(
    r"\W*(?:word|input|singular|text|country|city|name|term|question|english|number|verb|noun"
    r"|adjective|item|product|animal|sentence|source|from|phrase|original)s?\W*\Z",
    re.I,
)
"""What stands above the inputs of examples: "Word -> plural"."""
NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
).split()
CHANGES: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    str.title,
    str.capitalize,
    lambda text: text[::-1],
    lambda text: "-".join(re.findall(r"\w+", text.lower())),
    lambda text: "_".join(re.findall(r"\w+", text.lower())),
    lambda text: "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", text)),
    lambda text: to_camel(text),
    lambda text: "".join(word[:1] for word in text.split()).upper(),
    lambda text: f"{text}s",
    lambda text: find_plural(text.lower()),
    lambda text: find_past(text.lower()),
    lambda text: CAPITALS.get(text.lower(), ""),
    lambda text: OPPOSITES.get(text.lower(), ""),
    lambda text: str(len(text)),
    lambda text: (calculate(text) or "") if any(map(str.isdigit, text)) else "",
    lambda text: text.replace(" ", ""),
    lambda text: NUMBER_WORDS[int(text)] if text.isdecimal() and int(text) < 21 else "",
    lambda text: str(NUMBER_WORDS.index(text.lower())) if text.lower() in NUMBER_WORDS else "",
)
"""What examples may do to their inputs."""
PAIRS = (
    "happy sad light dark tall short early late hot cold big small fast slow open closed up down"
    " old young full empty hard soft rich poor strong weak day night good bad wet dry high low long"
    " short new old loud quiet win lose buy sell start stop love hate true false left right near"
    " far"
    " thick thin heavy light clean dirty cheap expensive easy difficult inside outside first last"
    " begin end push pull arrive leave give take black white summer winter north south east west"
).split()
OPPOSITES: dict[str, str] = dict(zip(PAIRS[1::2], PAIRS[::2], strict=True)) | dict(
    zip(PAIRS[::2], PAIRS[1::2], strict=True)
)


LANGUAGES = frozenset(names.split()[0] for names in LANGUAGE_NAMES.values())


def translate(last: str, name: str, question: Question) -> str:
    """Return the last input in the language that its label names."""
    value = last.rpartition(":")[2].strip()
    wish = f'Translate "{value}" into {name.capitalize()}. Output only the translation.'
    formed = find_reply(Question(wish, question.random)) if value else None
    return formed.text if formed else ""


def apply_change(inputs: list[str], outputs: list[str], last: str) -> str:
    """Return the last input, changed as all examples are: in capitals, as a slug; else nothing."""
    pairs = list(zip(inputs, map(str.strip, outputs), strict=False))
    if len(pairs) < 2 or len(pairs) != len(outputs):
        return ""
    given = [(ASKED.sub("", one).strip(" ?.\"'"), out) for one, out in pairs]
    last = ASKED.sub("", last).strip(" ?.\"'")
    for change in (*CHANGES, *DATE_CHANGES):
        if all(change(one) == out for one, out in given):
            return change(last)
    if dated := add_year(given, last):
        return dated
    if taken := take_part(given, last):
        return taken
    if aligned := align_words(given, last):
        return aligned
    for change in CHANGES:
        if all(change(one).lower() == out.lower() for one, out in given):
            return change(last).capitalize()
    return ""


DATE_INPUTS = ("%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y")
DATE_OUTPUTS = (*DATE_INPUTS, "%d %b %Y", "%Y/%m/%d", "%d-%m-%Y", "%A", "%Y", "%B %Y")


def make_date_change(read: str, write: str) -> Callable[[str], str]:
    """Return a change of dates from one format into another; days may have one digit."""

    def change(text: str) -> str:
        try:
            found = datetime.strptime(text.strip(), read).strftime(write)
        except ValueError:
            return ""
        return re.sub(r"(?<!\d)0(?=\d [A-Z]|\d, )", "", found) if "%B" in write else found

    return change


DATE_CHANGES = tuple(
    make_date_change(read, write) for read in DATE_INPUTS for write in DATE_OUTPUTS if read != write
)


def add_year(given: list[tuple[str, str]], last: str) -> str:
    """Return a date with the year of the examples: "Dec 24" is 2024-12-24 after others of 2024."""
    year = re.search(r"(?:19|20)\d\d", given[0][1])
    if year is None:
        return ""
    for read in ("%b %d", "%d %b", "%B %d", "%d %B", "%m/%d", "%d.%m."):
        for write in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y"):
            change = make_date_change(f"{read} %Y", write)
            if all(change(f"{one} {year[0]}") == out for one, out in given):
                return change(f"{last} {year[0]}")
    return ""


def align_words(given: list[tuple[str, str]], last: str) -> str:
    """Return the output of the last example with the words of the last input in their places."""
    if not all(set(one.lower().split()) & set(out.lower().split()) for one, out in given):
        return ""
    source, output = given[-1]
    words, own = source.split(), last.split()
    if len(words) != len(own):
        return ""
    for old, new in zip(words, own, strict=True):
        output = re.sub(rf"(?<![\w.]){re.escape(old)}(?![\w.])", new, output, flags=re.I)
    return output if output != given[-1][1] else ""


def take_part(given: list[tuple[str, str]], last: str) -> str:
    """Return a part of the last input if all outputs are parts of theirs: a known thing, a name."""
    if not all(re.search(rf"\b{re.escape(out)}\b", one, re.I) for one, out in given):
        return ""
    outputs = {out.lower() for _, out in given}
    for _, things in KNOWN:
        known = [thing.lower() for thing in things.split(", ")]
        if outputs <= set(known):
            return next((thing for thing in known if re.search(rf"\b{thing}\b", last, re.I)), "")
    if all(out[:1].isupper() for _, out in given) and (names := list_names(last)):
        return names[0]
    if all(re.fullmatch(r"[\d.,:]+", out) for _, out in given):
        number = re.search(r"\d[\d.,:]*\d|\d", last)
        return number[0] if number else ""
    places = {
        one.lower().split().index(out.lower())
        for one, out in given
        if out.lower() in one.lower().split()
    }
    words = last.split()
    return words[min(places)] if len(places) == 1 and min(places) < len(words) else ""


ASKED = make_regex(
    r"\A(?:what is|what's) the (?:capital|opposite|plural|antonym) (?:city )?of (?:the word )?",
    re.I,
)


CODE = make_regex(r"(?!(?:YES|NO|TRUE|FALSE|POS|NEG|NEU|SPAM|HAM|GOOD|BAD)\Z)[A-Z]{2,6}")
"""An abbreviation that differs for each example, such as a ticker."""
SHOWS = make_regex(r"(?:input|output|q|a|question|answer|example|in|out)\Z", re.I)


def is_prompted(text: str, name: str) -> bool:
    """Return whether the label is one of examples: "Output:" after "Input: …"."""
    labels = re.findall(r"^[ \t]*([A-Za-z][\w ]{1,24}):[ \t]*\S", text, re.M)
    if any(labels.count(label) > 1 for label in labels if label != name):
        return name in labels
    return (
        SHOWS.match(name) is not None
        and re.search(r"(?:^|\n)[ \t]*(?:input|q|question|in):", text, re.I) is not None
    )


def imitate_text(example: str, question: Question) -> str:
    """Return a line in the language and about as long as the output of an example."""
    from mockgem.operations.forms.writing import write_line

    return write_line(detect(example), len(example.split()), question)


def imitate_code(example: str, last: str) -> str:
    words = re.findall(r"[A-Za-z]+", last.rpartition(":")[2])
    return "".join(words).upper()[: len(example)] or example


@form(
    "earlier replies",
    needs="earlier",
    about="a label like those of the earlier replies in the conversation",
)
def continue_labels(question: Question) -> str | None:
    replies = [text.strip() for role, text in question.earlier if role != "user" and text.strip()]
    if len(replies) < 2 or any(
        len(text.split()) > 2 or len(text) > 24 or text[-1] in ".!?" for text in replies
    ):
        return None
    labels = list(dict.fromkeys(replies))
    return (
        choose(labels, [""] * len(labels), question.prompt[:2000], question)
        if len(labels) > 1
        else None
    )
