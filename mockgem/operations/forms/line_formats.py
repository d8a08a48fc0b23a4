"""Given lines in another form: names as "Curie, M.", phone numbers in E.164, types of commits."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_LINES = 200
BULLET = make_regex(r"^[ \t]*(?:[-*•]|\d{1,3}[.):])[ \t]+")
NAME_LINE = make_regex(r"[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þa-z][\w'’.-]*){1,3}")
FORMATS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    (
        r"\b(?:last ?name|surname|family name|last|lastname),? (?:f|i|first initial|initial)\b\.?"
        r"|[\"'‘“]\w+, [A-Z]\.[\"'’”]",
        lambda first, last: f"{last}, {first[0]}.",
    ),
    (
        r"\b(?:last ?name|surname|family name|last)(?: name)?,? (?:then |and "
        r"|comma )?(?:first ?name|first|given name)\b",
        lambda first, last: f"{last}, {first}",
    ),
    (
        r"\b(?:f|first initial|initial)\.? (?:and |then )?(?:last ?name|surname)\b",
        lambda first, last: f"{first[0]}. {last}",
    ),
    (r"\binitials\b", lambda first, last: f"{first[0]}.{last[0]}."),
)
COMPILED = tuple((make_regex(pattern, re.I), write) for pattern, write in FORMATS)


def list_lines(question: Question) -> list[str]:
    """Return the given lines without their marks."""
    text = question.material or question.prompt.partition("\n")[2]
    lines = (BULLET.sub("", line).strip() for line in text.splitlines()[:MAX_LINES])
    return [line for line in lines if line]


@form(
    "names in another order",
    "Transform each line into 'Lastname, F.' format:\nMarie Curie\nAlan Turing",
    words="lastname surname name last initials initial",
    about="each of the given names in the form that the prompt wants",
)
def reorder_names(question: Question) -> str | None:
    wish = question.prompt.partition("\n")[0]
    write = next((one for pattern, one in COMPILED if pattern.search(wish)), None)
    lines = list_lines(question) if write else []
    if write is None or not lines or not all(map(NAME_LINE.fullmatch, lines)):
        return None
    return "\n".join(write(*split_name(line)) for line in lines)


def split_name(line: str) -> tuple[str, str]:
    first, _, last = line.rpartition(" ")
    return first, last


E164 = make_regex(r"\bE\.?164\b", re.I)
COUNTRIES = {
    "germany": "49",
    "austria": "43",
    "switzerland": "41",
    "france": "33",
    "spain": "34",
    "italy": "39",
    "netherlands": "31",
    "belgium": "32",
    "poland": "48",
    "sweden": "46",
    "uk": "44",
    "united kingdom": "44",
    "ireland": "353",
    "portugal": "351",
    "us": "1",
    "usa": "1",
    "united states": "1",
    "canada": "1",
    "brazil": "55",
    "india": "91",
    "japan": "81",
    "australia": "61",
}
ASSUMED = make_regex(
    r"\b(?:assume|default(?:s|ing)? to|country(?: is"
    r"|:)?) (?:the )?(?P<name>[a-z ]{2,16}?)\b(?= if|[.,;]|\Z)",
    re.I,
)
DATA = make_regex(r"\b(?:json|csv|ya?ml|xml|table|array|columns?|keys?|regex|function)\b", re.I)
NUMBER = make_regex(r"\+?\(?\d[\d ()/.-]{5,20}\d")


@form(
    "phone number in E.164",
    "Write this phone number in E.164, assume Germany: 0171 / 555 23 90",
    signs=("164",),
    about="each of the given phone numbers with its country code and without spaces",
)
def normalise_phones(question: Question) -> str | None:
    rules = f"{question.stated_system}\n{question.prompt[:1000]}"
    if not E164.search(rules) or DATA.search(rules):
        return None
    match = ASSUMED.search(rules)
    code = COUNTRIES.get(match["name"].strip().lower(), "1") if match else "1"
    numbers = NUMBER.findall(E164.sub("", question.prompt))
    return "\n".join(normalise(one, code) for one in numbers) or None


def normalise(number: str, code: str) -> str:
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if number.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if code == "1" and len(digits) == len("12025550123"):
        return f"+{digits}"
    return f"+{code}{digits.lstrip('0')}"


COMMITS = make_regex(r"\bconventional commits?\b|\bcommit types?\b", re.I)
TYPES: tuple[tuple[str, str], ...] = (
    (
        "fix",
        r"\b(?:fix\w*|correct\w*|bug\w*|resolv\w+|crash\w*|wrong|off-by-one|typo in code"
        r"|repair\w*|handle\w* null)\b",
    ),
    ("docs", r"\b(?:readme|docs?|documentation|docstrings?|comments?|changelog|guide)\b"),
    ("test", r"\b(?:tests?|spec|coverage)\b"),
    ("perf", r"\b(?:perf\w*|faster|speed\w*|optimi[sz]\w+|cache\w*)\b"),
    (
        "refactor",
        r"\b(?:refactor\w*|renam\w+|extract\w*|simplif\w+|clean\w* up|mov\w+|reorgani[sz]\w+"
        r"|split)\b",
    ),
    ("style", r"\b(?:format\w*|lint\w*|whitespace|indent\w*|prettier)\b"),
    (
        "chore",
        r"\b(?:bump\w*|upgrad\w+|dependenc\w+|deps|version|config\w*|eslint|ci\b|build|release)\b",
    ),
    ("feat", r"\b(?:add\w*|new|implement\w*|introduc\w+|support\w*|creat\w+|allow\w*|enabl\w+)\b"),
)
TYPE_PATTERNS = tuple((name, make_regex(pattern, re.I)) for name, pattern in TYPES)
EACH = make_regex(r"\b(?:each|every|these|following|all)\b", re.I)
DIFF = make_regex(r"^(?:diff --git|@@ |\+\+\+ |--- a/)", re.M)
ARROW = make_regex(
    r"\bmessage\s?(?P<mark>=>|->|→|:|-|–)\s?type\b|\btype\s?(?P<first>=>|->|→|:|-|–)\s?message\b",
    re.I,
)


@form(
    "types of commits",
    "Tell me the conventional commit type of each message, as message => type:\n- fixed a crash\n"
    "- added a search box",
    words="commit commits conventional",
    about="each of the given commit messages with its type",
)
def label_commits(question: Question) -> str | None:
    wish = question.prompt[:600]
    is_asked = COMMITS.search(wish) and EACH.search(wish) and not DIFF.search(question.prompt)
    lines = list_lines(question) if is_asked else []
    lines = [line for line in lines if not ARROW.search(line)]
    if len(lines) < 2:
        return None
    shown = ARROW.search(question.prompt[:600])
    mark = (shown["mark"] or shown["first"]) if shown else ":"
    pairs = [(line, find_type(line, question.prompt[:400])) for line in lines]
    if shown and shown["first"]:
        return "\n".join(f"{kind} {mark} {line}" for line, kind in pairs)
    space = "" if mark == ":" else " "
    return "\n".join(f"{line}{space}{mark} {kind}" for line, kind in pairs)


def find_type(message: str, wish: str) -> str:
    """Return the type of a commit message, one of those that the prompt lists."""
    offered = [name for name, _ in TYPES if re.search(rf"\b{name}\b", wish)] or [
        name for name, _ in TYPES
    ]
    found = (name for name, pattern in TYPE_PATTERNS if name in offered and pattern.search(message))
    return next(found, "chore" if "chore" in offered else offered[-1])


PASSIVE = make_regex(
    r"\b(?:is|are|was|were|be|been|being|get|gets|got)(?: \w+ly| not| never| also)? (?:\w+(?:ed"
    r"|wn|en|nt|lt|ught|oken"
    r"|ung|orn)|made|done|built|sold|told|held|found|kept|read|put|cut|set|shut|hit|paid|sent|won|lost|left"
    r"|led|met|run|said|seen)\b",
    re.I,
)
ASKS_PASSIVE = make_regex(r"\b(?:passive|active)(?: voice)?\b", re.I)
WHICH = make_regex(r"\b(?:which|list|find|identify|give|name|pick|mark|return)\b", re.I)
NUMBERED_LINE = make_regex(r"^[ \t]*(\d{1,3})[.):]\s+(\S[^\n]+)$", re.M)


@form(
    "sentences in the passive",
    "Which of these sentences are in the passive voice? Only the numbers.\n1. The window was"
    " broken.\n"
    "2. Maria painted the fence.",
    words="passive active",
    about="the numbers or the sentences that are in the passive or active voice",
)
def find_passive(question: Question) -> str | None:
    wish = question.instruction
    rows = NUMBERED_LINE.findall(question.prompt[:6000])
    voice = ASKS_PASSIVE.search(wish)
    if voice is None or len(rows) < 2 or not WHICH.search(wish) or question.language != "en":
        return None
    wants_passive = "passive" in voice[0].lower()
    found = [(number, text) for number, text in rows if bool(PASSIVE.search(text)) == wants_passive]
    if re.search(r"\bnumbers?\b", wish, re.I):
        separator = "\n" if re.search(r"\bone per line|each on", wish, re.I) else ", "
        return separator.join(number for number, _ in found) or "none"
    return "\n".join(f"{number}. {text}" for number, text in found) or "none"
