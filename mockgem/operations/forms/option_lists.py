"""Options in lines, in tables and in conditions: "1 = low", '"A" if the first is better'."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_values import Options

PICKS = make_regex(
    r"(?<!\w)(?:pick|rate|choose|select|classif\w+|assign|label|categor\w+|determin\w+|decid\w+|route"
    r"|tag|intents?|classifier|which|right|best|identif\w+|detects?|answer|réponds|responde"
    r"|rispondi|antworte|l'une de ces|einordn\w+|ordne|wähle"
    r"|klassifizier\w+|elige"
    r"|clasific\w+|classif\w+|choisi\w+|parmi|scegli|tra|entre|escolh\w+|kies|wybierz|seç\w*"
    r"|pilih|chọn)(?!\w)|определи|выбери|визнач|обери|选择|判断|選|صنف|اختر|סווג|בחר|선택|분류|चुन",
    re.I,
)


SCALE_LINES = make_regex(
    r"(?:^[ \t]*(?:[-*•][ ])?[\"'`*]{0,2}(\d{1,2}|[A-Z]\d?)[\"'`*]{0,2}[ ]?(?:=|:|[-–—]+>?|→|means"
    r"|\()"
    r"[^\n]{1,200}(?:\n|\Z)){2,12}",
    re.M,
)


SCALE_LINE = make_regex(
    r"[ \t]*(?:[-*•][ ])?[\"'`*]{0,2}(\d{1,2}|[A-Z]\d?)[\"'`*]{0,2}[ ]?(?:=|:|[-–—]+>?|→|means"
    r"|\()[ ]?([^\n]+)"
)


LETTER_RANGE = make_regex(r"(?<![\w-])([A-D])\s?(?:-|–|to|through|bis)\s?([B-H])(?![\w-])")


def find_letter_range(text: str) -> Options | None:
    """Return the grades in "grade the essay A-F"."""
    match = LETTER_RANGE.search(text)
    if match is None or match[1] >= match[2] or not CODES.search(text):
        return None
    values = tuple(chr(code) for code in range(ord(match[1]), ord(match[2]) + 1))
    return Options(values, ("",) * len(values), match.span(), headed=True)


IDENTIFIERS = make_regex(
    r"\b((?:(?<=[:,(\[] )[a-z]{3,24}, ){0,6}[a-z]+(?:_[a-z]+)+(?:,? (?:and |or )?[a-z]+(?:_[a-z]+)+"
    r"|, (?:and |or )?[a-z]{3,24}(?=[,.\n]|\Z)){1,20})"
)


SHOUTED = make_regex(
    r"\b(?:respond|reply|answer|return|output|say) (?:with )?(?:just |only )?([A-Z]{3,20})\b"
)


def find_identifiers(text: str) -> Options | None:
    """Return names such as math_agent that a text lists, and a word in capitals beside them."""
    match = IDENTIFIERS.search(text) if "_" in text and PICKS_NEXT.search(text) else None
    if match is None:
        return None
    names = re.split(r",? (?:and |or )|, ?| ", match[1])
    values = tuple(dict.fromkeys([*names, *SHOUTED.findall(text)]))
    return Options(values, ("",) * len(values), match.span(), headed=True)


PICKS_NEXT = make_regex(
    r"\b(?:worker|agent|tool|role|route|next|team|queue|skill|intent|function)s?\b", re.I
)


ANGLED = make_regex(
    r"(<[\w -]{1,24}>)(?:,? (?:or|oder|o|ou|/) |, |/)(<[\w -]{1,24}>)(?:,? or (<[\w -]{1,24}>))?"
)


def find_angled(text: str) -> Options | None:
    """Return the options in "either <yes> or <no>, with the angle brackets"."""
    match = ANGLED.search(text) if "bracket" in text else None
    values = tuple(filter(None, match.groups())) if match else ()
    return Options(values, ("",) * len(values), match.span(), headed=True) if match else None


TABLE = make_regex(
    r"^[ \t]*\|([^\n]+)\|[ \t]*\n[ \t]*\|[ :|-]+\|[ \t]*\n((?:[ \t]*\|[^\n]+\|[ \t]*(?:\n"
    r"|\Z)){2,30})",
    re.M,
)


OPTION_HEAD = make_regex(
    r"\b(?:identifier|id|label|intent|category|class|code|name|value|option|tag|queue|team"
    r"|department|type|kategorie"
    r"|etiqueta)\b",
    re.I,
)


def find_table_options(text: str) -> Options | None:
    """Return the first column of a table of labels, with what the other columns say."""
    match = TABLE.search(text) if "|" in text and PICKS.search(text) else None
    if match is None or not OPTION_HEAD.search(match[1].split("|")[0]):
        return None
    rows = [row.strip().strip("|").split("|") for row in match[2].splitlines() if row.strip()]
    values = tuple(row[0].strip(' `*"') for row in rows)
    about = tuple(" ".join(row[1:]).strip() for row in rows)
    return Options(values, about, match.span(), headed=True)


CODES = make_regex(
    r"\b(?:digits?|numbers?|codes?|levels?|scores?|ratings?|grades?|letters?|integer|id|ids"
    r"|priority|scale"
    r"|zahl|ziffer|número|chiffre|cijfer)\b",
    re.I,
)
"""What lines such as "1 = low" give: they are options if the prompt wants one of these."""


CONDITIONAL = make_regex(
    r"[\"“'`]([^\"”'`\n]{1,24})[\"”'`] (?:if|when|for|wenn|falls|si|se|für|para|pour|per)"
    r" ([^\"“`\n.;]{2,120})",
    re.I,
)


def find_scale_lines(text: str) -> Options | None:
    """Return the codes in lines such as "1 = strongly disagree"."""
    match = SCALE_LINES.search(text)
    if match is None or not CODES.search(f"{text[: match.start()]} {text[match.end() :]}"):
        return None
    lines = list(filter(None, map(SCALE_LINE.match, match[0].splitlines())))
    values = tuple(line[1] for line in lines)
    if len(set(values)) < 2 or values == ("Q", "A"):
        return None
    return Options(values, tuple(line[2] for line in lines), match.span(), headed=True)


DEFINED = make_regex(
    r"(?:^[ \t]*(?:[-*•] )?[\"'`*]{0,2}([a-z][\w-]{1,24})[\"'`*]{0,2}[ ]?(?:=|->|→|means)"
    r"[^\n]{2,200}(?:\n|\Z)){2,12}",
    re.M,
)
DEFINED_LINE = make_regex(
    r"^[ \t]*(?:[-*•] )?[\"'`*]{0,2}([a-z][\w-]{1,24})[\"'`*]{0,2}[ ]?(?:=|->|→|means)["
    r" ]?([^\n]{2,200})",
    re.M,
)
ONE_OF_THEM = make_regex(
    r"\b(?:one|exactly one|which) of (?:the|these|those)\b[^.\n]{0,20}\b(?:words|labels|options"
    r"|values"
    r"|categories|names|terms|classes|codes)\b|\b(?:return|output|reply with|respond with|answer"
    r" with)"
    r" (?:only )?the (?:word|label|class|category|value|name)\b",
    re.I,
)


TICKED_CUE = make_regex(
    r"\b(?:available|possible|following|options|choices|data ?sources?|sources|routes|agents"
    r"|departments|categories|labels|queues|teams|tools)\b[^`\n]{0,30}[:：]\s*(?=`)",
    re.I,
)
TICKED = make_regex(
    r"`([^`\n]{1,40})`(?: ?\(([^()\n]{1,200})\)|: ([^`\n]{1,120}?)(?=[,;.] `|\.\s|\Z))?"
)


def find_ticked(text: str) -> Options | None:
    """Return the names between backticks in "Available sources: `a` (books), `b` (news)."."""
    cue = TICKED_CUE.search(text)
    end = text.find("\n\n", cue.end()) if cue else -1
    listed = text[cue.end() : end if end > 0 else cue.end() + 1500] if cue else ""
    found = TICKED.findall(listed)
    if cue is None or len(found) < LEAST or not NAME_ONLY.search(text):
        return None
    values = tuple(name for name, _, _ in found)
    about = tuple(note or other for _, note, other in found)
    return Options(values, about, (cue.start(), cue.end() + len(listed)), headed=True)


LEAST = 2
NAME_ONLY = make_regex(
    r"\b(?:only|just)\b[^.\n]{0,30}\bname\b|\b(?:one of|choose|pick|select|route|classify)\b", re.I
)


def find_defined(text: str) -> Options | None:
    """Return the words in lines such as "faq = the help center answers it"."""
    match = DEFINED.search(text)
    if match is None or not ONE_OF_THEM.search(text):
        return None
    lines = DEFINED_LINE.findall(match[0])
    values, about = tuple(word for word, _ in lines), tuple(note for _, note in lines)
    return Options(values, about, match.span(), headed=True) if len(set(values)) > 1 else None


def find_conditional(text: str) -> Options | None:
    """Return the options in '"A" if the first is better, "B" if …, and "tie" for a tie'."""
    found = list(CONDITIONAL.finditer(text))
    if len(found) < 2 or found[-1].start() - found[0].end() > 600:
        return None
    span = (found[0].start(), found[-1].end())
    values = tuple(match[1] for match in found)
    return Options(values, tuple(match[2] for match in found), span, headed=True)
