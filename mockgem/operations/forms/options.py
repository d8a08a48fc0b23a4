"""Find the options that an instruction lists: labels, letters, yes and no."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.option_pairs import (
    SINGLE_WORD,
    find_asked_pair,
    find_mapped,
    find_negated,
    find_numbered_sides,
    find_pair,
    find_pictures,
    find_whether,
)
from mockgem.operations.forms.option_values import OR, Options, make

QUOTE_OPEN, QUOTE_CLOSE = "\"'“‘`«„「”", "\"'”’`»“」"
QUOTED_ITEM = r"[\"“`«„「'‘]([^\"”“`»」'’\n]{1,48})[\"”`»“」'’]"
QUOTED_SERIES = re.compile(
    rf"{QUOTED_ITEM}(?:\s{{0,2}}(?:\([^()\n]{{1,60}}\))?(?:\s?[,、/|;])?\s{{0,"
    rf"2}}{OR}?\s{{0,2}}{QUOTED_ITEM}){{1,20}}"
)
SLASHES = re.compile(
    r"(?<![\w/:.<+-])[\w+-]{1,24}+(?: [\w+-]{1,20}+)?(?:\s?[/|]\s?[\w+-]{1,24}+(?: [\w+-]{1,20}+)?)"
    r"{1,12}(?![\w/])"
)
BRACKETS = re.compile(r"[\[({<【]([^\[\](){}<>【】\n:]{3,300})[\])}>】]")
SERIES = re.compile(
    rf"(?<![\w-])([\w+#-]{{1,30}}+)((?:,\s[\w+#-]{{1,30}}+(?:[ ](?!{OR}\s)[\w+#-]{{1,"
    rf"30}}+){{0,2}}){{1,20}}),?\s{OR}\s"
    r"([\w+#-]{1,30})",
)
CUE = re.compile(
    r"(?:one of(?: the following| these)?(?: \w+){0,3}|options?|labels?|categor(?:y"
    r"|ies)|classes|choices|intents?|values"
    r"|possible \w+|allowed \w+|departments?|choose (?:from|between|one)(?: of)?|select "
    r"(?:from|one)|pick (?:from|one)"
    r"|classify \w+ (?:\w+ ){0,6}?(?:as|into)|(?:exactly |only )?one word|(?:one|a "
    r"single) label|kategorien?|optionen|opciones"
    r"|categorías|étiquettes|catégories|etichette|categorie|categorias|opções|(?:colors?|names?"
    r"|list)(?=\s?[:：])"
    r"|following(?: \w+){1,2}|either|answer with|respond with"
    r"|reply with|output)(?: are| is| include)?\s*(?:[:：]|(?=\s))\s*",
    re.I,
)
BULLET_LINE = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(.+)$")
LETTERED = re.compile(r"(?:^|\s|\()([A-Ha-h])[).:]\s+(?=\S)")
FIRST_WORD = re.compile(r"[^\W_]+")


COLON_LIST = re.compile(
    rf"[:：]\s{{0,3}}((?:(?!{OR}\s)[^\W\d][\w&/+-]{{0,24}}"
    rf"(?:[ ](?!{OR}\s)[\w&/+-]{{1,20}}){{0,2}}[,、，]\s?)"
    rf"{{1,20}}(?:{OR}\s)?[\w&/+-]{{1,24}}(?:[ ](?!{OR}\s)[\w&/+-]{{1,20}}){{0,2}}"
    rf"(?:\s{OR}\s[\w&/+-]{{1,24}})?)(?=\s?(?:[.;。\n?)]|$))"
)
"""A list of short items after a colon, up to the end of its sentence."""
PICKS = re.compile(
    r"(?<!\w)(?:pick|choose|select|classif\w+|assign|label|categor\w+|determin\w+|decid\w+|route"
    r"|tag|intents?|classifier|which|right|best|identify|detect|answer|einordn\w+|ordne|wähle"
    r"|klassifizier\w+|elige"
    r"|clasific\w+|classif\w+|choisi\w+|parmi|scegli|tra|entre|escolh\w+|kies|wybierz|seç\w*"
    r"|pilih|chọn)(?!\w)|определи|выбери|визнач|обери|选择|判断|選|صنف|اختر|סווג|בחר|선택|분류|चुन",
    re.I,
)
CAPITALS = re.compile(
    r"(?<![\w-])([A-Z][A-Z_-]{1,24})((?:,\s?[A-Z][A-Z_-]{1,24}){0,12}),?\s(?:or|oder|o|ou"
    r"|/)\s([A-Z]"
    r"[A-Z_-]{1,24})(?![\w-])"
)
TAGGED = re.compile(
    r"<(labels?|options?|categories|classes|choices|intents|possible_\w{1,20})>([^<>]{3,600})</\1>",
    re.I,
)


def find_colon_list(text: str) -> Options | None:
    """Return the options in "Pick the right queue: shipping, returns, payments."."""
    for match in COLON_LIST.finditer(text[:4000]):
        before = text[max(0, match.start() - 160) : match.start()]
        after = text[match.end() : match.end() + 60]
        if PICKS.search(before) or SINGLE_WORD.search(before) or SINGLE_WORD.search(after):
            items = re.split(rf"\s?[,、，]\s?(?:{OR}\s)?|\s{OR}\s", match[1])
            return make(items, match.span())
    return None


def find_capitals(text: str) -> Options | None:
    """Return the options in "ELIGIBLE or NOT_ELIGIBLE"."""
    match = CAPITALS.search(text)
    return make([match[1], *match[2].split(",")[1:], match[3]], match.span()) if match else None


def find_tagged(text: str) -> Options | None:
    """Return the options between tags such as <labels>."""
    match = TAGGED.search(text)
    if match is None:
        return None
    lines = match[2].strip().splitlines()
    items = lines if len(lines) > 1 else re.split(r"[,|;]", match[2])
    return make([re.sub(r"^\s*[-*•]\s*", "", item) for item in items], match.span())


def find_options(text: str) -> Options | None:
    """Return the options that a text lists in words; None if it lists none."""
    for find in (
        find_tagged,
        find_angled,
        find_table_options,
        find_headed,
        find_directed,
        find_scale_lines,
        find_conditional,
        find_letter_range,
        find_identifiers,
        find_bulleted,
        find_negated,
        find_mapped,
        find_numbered_sides,
        find_capitals,
        find_quoted,
        find_bracketed,
        find_cued,
        find_before_cue,
        find_series,
        find_slashed,
        find_colon_list,
        find_whether,
        find_pair,
        find_asked_pair,
        find_pictures,
    ):
        if (found := find(text)) is not None:
            return found
    return None


SCALE_LINES = re.compile(
    r"(?:^[ \t]*(?:[-*•][ ])?[\"'`*]{0,2}(\d{1,2}|[A-Z]\d?)[\"'`*]{0,2}[ ]?(?:=|:|[-–—]+>?|→|means"
    r"|\()"
    r"[ ]?[^\n]{1,200}(?:\n|\Z)){2,12}",
    re.M,
)
SCALE_LINE = re.compile(
    r"[ \t]*(?:[-*•][ ])?[\"'`*]{0,2}(\d{1,2}|[A-Z]\d?)[\"'`*]{0,2}[ ]?(?:=|:|[-–—]+>?|→|means"
    r"|\()[ ]?([^\n]+)"
)
LETTER_RANGE = re.compile(r"(?<![\w-])([A-D])\s?(?:-|–|to|through|bis)\s?([B-H])(?![\w-])")


def find_letter_range(text: str) -> Options | None:
    """Return the grades in "grade the essay A-F"."""
    match = LETTER_RANGE.search(text)
    if match is None or match[1] >= match[2] or not CODES.search(text):
        return None
    values = tuple(chr(code) for code in range(ord(match[1]), ord(match[2]) + 1))
    return Options(values, ("",) * len(values), match.span(), headed=True)


IDENTIFIERS = re.compile(r"\b([a-z]+(?:_[a-z]+)+(?:,? (?:and |or )?[a-z]+(?:_[a-z]+)+){1,20})")
SHOUTED = re.compile(
    r"\b(?:respond|reply|answer|return|output|say) (?:with )?(?:just |only )?([A-Z]{3,20})\b"
)


def find_identifiers(text: str) -> Options | None:
    """Return names such as math_agent that a text lists, and a word in capitals beside them."""
    match = IDENTIFIERS.search(text) if "_" in text and PICKS_NEXT.search(text) else None
    if match is None:
        return None
    names = re.findall(r"[a-z]+(?:_[a-z]+)+", match[1])
    values = tuple(dict.fromkeys([*names, *SHOUTED.findall(text)]))
    return Options(values, ("",) * len(values), match.span(), headed=True)


PICKS_NEXT = re.compile(
    r"\b(?:worker|agent|tool|role|route|next|team|queue|skill|intent|function)s?\b", re.I
)
ANGLED = re.compile(
    r"(<[\w -]{1,24}>)(?:,? (?:or|oder|o|ou|/) |, |/)(<[\w -]{1,24}>)(?:,? or (<[\w -]{1,24}>))?"
)


def find_angled(text: str) -> Options | None:
    """Return the options in "either <yes> or <no>, with the angle brackets"."""
    match = ANGLED.search(text) if "bracket" in text else None
    values = tuple(filter(None, match.groups())) if match else ()
    return Options(values, ("",) * len(values), match.span(), headed=True) if match else None


TABLE = re.compile(
    r"^[ \t]*\|([^\n]+)\|[ \t]*\n[ \t]*\|[ :|-]+\|[ \t]*\n((?:[ \t]*\|[^\n]+\|[ \t]*(?:\n"
    r"|\Z)){2,30})",
    re.M,
)
OPTION_HEAD = re.compile(
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


CODES = re.compile(
    r"\b(?:digits?|numbers?|codes?|levels?|scores?|ratings?|grades?|letters?|integer|id|ids"
    r"|priority|scale"
    r"|zahl|ziffer|número|chiffre|cijfer)\b",
    re.I,
)
"""What lines such as "1 = low" give: they are options if the prompt wants one of these."""
DIRECTED = re.compile(
    r"[^.!?\n]{0,200}\b(?:either|one of|exactly one|single word|one word|only|respond with|reply"
    r" with"
    r"|answer with|output)\b[^.!?\n]{0,200}",
    re.I,
)


def find_directed(text: str) -> Options | None:
    """Return the quoted words or words in capitals in a sentence that says what to reply."""
    for match in DIRECTED.finditer(text):
        for find in (find_capitals, find_quoted):
            found = find(match[0])
            if found is not None:
                start, end = found.span
                return replace(found, span=(start + match.start(), end + match.start()))
    return None


CONDITIONAL = re.compile(
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
    if len(set(values)) < 2:
        return None
    return Options(values, tuple(line[2] for line in lines), match.span(), headed=True)


def find_conditional(text: str) -> Options | None:
    """Return the options in '"A" if the first is better, "B" if …, and "tie" for a tie'."""
    found = list(CONDITIONAL.finditer(text))
    if len(found) < 2 or found[-1].start() - found[0].end() > 600:
        return None
    span = (found[0].start(), found[-1].end())
    values = tuple(match[1] for match in found)
    return Options(values, tuple(match[2] for match in found), span, headed=True)


HEADED = re.compile(
    r"^[ \t*#]{0,6}((?:[^\W\d_][\w/-]{0,30}[ ]){0,3}[^\W\d_][\w-]{1,30})[ ]?(?:\([^()\n]"
    r"{1,80}\))?[*]{0,2}"
    r"[:：]?[*]{0,2}[ \t]*\n{1,2}((?:[ \t]*(?:[-*•][ ]|\d{1,2}[.)][ ])?[^\n]{1,300}(?:\n|\Z))"
    r"{2,40})",
    re.M,
)
"""A heading of a few words, and the lines below it."""
HEADED_SERIES = re.compile(
    r"(?:^|(?<=[.?!]\s))[ \t*#]{0,6}(?:[A-Z][^\W\d_]{0,20} )?([^\W\d_]{4,24}s)[*]{0,2}[:：][*]"
    r"{0,2}[ \t]*"
    r"((?:[\w &/+-]{1,30}(?:,|[ ]?[|/])[ ]?){1,20}[\w &/+-]{1,30})\.?[ \t]*$",
    re.M,
)
"""A line such as "Folders: Inbox, Social, Spam"."""
HEADED_LINE = re.compile(
    r"[ \t]*(?:[-*•][ ]+|\d{1,2}[.)][ ]+)?(?:\[[ xX]?\][ ]+)?[\"'`*]{0,3}([^\W_][\w &/+.-]{0,40}?)[\"'`*]{0,3}"
    r"[ \t]*(?:\(([^()\n]{1,200})\)|(?:[:：=]|[-–—]+>?|→)[ \t]+([^\n]+)|$)"
)


def find_headed(text: str) -> Options | None:
    """Return the lines below a heading that the text names again: "Teams: … Return the team"."""
    for match in HEADED.finditer(text[:6000]):
        rest = f"{text[: match.start()]} {text[match.end(2) :]}".lower()
        if not any(names_again(noun, rest) for noun in match[1].lower().split()):
            continue
        found = read_headed(match[2])
        if len(found) > 1:
            end = match.start(2) + len(match[2])
            names = [name for name, _ in found]
            return mark_headed(make(names, (match.start(2), end), [about for _, about in found]))
    for match in HEADED_SERIES.finditer(text[:6000]):
        rest = f"{text[: match.start()]} {text[match.end() :]}".lower()
        if names_again(match[1].lower(), rest):
            items = re.split(rf"\s?[,|/]\s*(?:{OR}\s)?", match[2])
            return mark_headed(make(items, match.span()))
    return None


def mark_headed(found: Options | None) -> Options | None:
    return replace(found, headed=True) if found is not None else None


def names_again(noun: str, rest: str) -> bool:
    """Return whether a text has a noun, in the singular or the plural."""
    one = re.sub(r"(?:ies|(?<=[sxh])es|s|y)\Z", "", noun)
    return len(one) > 3 and re.search(rf"\b{re.escape(one)}(?:y|s|es|ies)?\b", rest) is not None


def read_headed(text: str) -> list[tuple[str, str]]:
    """Return names and descriptions of the lines of a list, up to the first other line."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        match = HEADED_LINE.match(line)
        if match is None or (match.end() < len(line.rstrip()) and match[2] is None):
            break
        if not is_marked(line) and match[2] is None and match[3] is None:
            break
        found.append((match[1], match[2] or match[3] or ""))
    return found


def is_marked(line: str) -> bool:
    return BULLET_LINE.match(line) is not None or line.lstrip().startswith("[")


def find_bulleted(text: str) -> Options | None:
    """Return the items of a list after a line that ends with a colon."""
    lines = text.splitlines(keepends=True)
    at = 0
    for number, line in enumerate(lines):
        at += len(line)
        if not line.rstrip().endswith((":", "：", ".")) or number + 1 == len(lines):
            continue
        items: list[str] = []
        end = at
        for other in lines[number + 1 : number + 40]:
            match = BULLET_LINE.match(other)
            if match is None and not (not items and not other.strip()):
                break
            end += len(other)
            items += [match[1]] if match else []
        if len(items) > 1 and CUE.search(line):
            pieces = [re.split(r"\s*(?:[:：]|\s[-–—]\s|\()", item, maxsplit=1) for item in items]
            return make(
                [p[0] for p in pieces], (at, end), [p[-1] if len(p) > 1 else "" for p in pieces]
            )
    return None


def find_quoted(text: str) -> Options | None:
    match = QUOTED_SERIES.search(text)
    if match is None:
        return None
    return make(re.findall(QUOTED_ITEM, match[0]), match.span())


def find_bracketed(text: str) -> Options | None:
    for match in BRACKETS.finditer(text):
        items = re.split(rf"\s*[,/|、，]\s*(?:{OR}\s)?|\s{OR}\s", match[1])
        if len(items) > 1 and all(0 < len(item.split()) < 4 for item in items):
            return make(items, match.span())
    return None


def find_cued(text: str) -> Options | None:
    """Return the list after a cue such as "one of:" or "labels:"."""
    for match in CUE.finditer(text):
        rest = re.split(
            r"[.\n;?]|\s(?:depending|based|for|to|and nothing|according|in|using"
            r"|without|with no)\s",
            text[match.end() : match.end() + 400],
            maxsplit=1,
        )[0]
        items = re.split(rf"\s*[,/|、，]\s*(?:{OR}\s)?|\s+{OR}\s+", rest)
        if len(items) > 1 and all(0 < len(item.split()) < 4 for item in items):
            return make(items, (match.end(), match.end() + len(rest)))
    return None


BEFORE_CUE = re.compile(
    r"((?:[^\W\d_]{1,20}[,、，/]\s?){1,10}[^\W\d_]{1,20}?)\s?(?:중에?서?\s?하나|のいずれか|のどれか|のうち"
    r"|之一|中的一个|中选|में से एक)"
)


def find_before_cue(text: str) -> Options | None:
    """Return a list before its cue, as in Japanese, Korean and Chinese."""
    match = BEFORE_CUE.search(text)
    return make(re.split(r"[,、，/]\s?", match[1]), match.span()) if match else None


def find_series(text: str) -> Options | None:
    match = SERIES.search(text)
    if match is None:
        return None
    return make([match[1], *match[2].split(",")[1:], match[3]], match.span())


def find_slashed(text: str) -> Options | None:
    for match in SLASHES.finditer(text):
        items = re.split(r"\s?[/|]\s?", match[0])
        words = [item.split()[-1] if at == 0 else item for at, item in enumerate(items)]
        if all(item and not item.isdigit() for item in words) and (
            len(items) > 2 or "/" in match[0]
        ):
            if re.search(
                r"^(?:and/or|(?:\w+ )?(?:km/h|m/s|w/o|n/a|c/o|tcp/ip|i/o|ci/cd|a/b)|https?|he/she"
                r"|his/her|24/7"
                r"|(?:\w+ )?(?:dd|mm|yy|yyyy|tt|jj"
                r"|aaaa)(?:/\w{2,4})+)$",
                match[0],
                re.I,
            ):
                continue
            words[-1] = (
                words[-1].split()[0]
                if len(words[0].split()) == 1
                and len(words) > 1
                and "/ " not in match[0]
                and " /" not in match[0]
                else words[-1]
            )
            return make(words, match.span())
    return None


def find_lettered(text: str) -> Options | None:
    """Return the letters and the texts of options such as "A) Paris  B) Rome"."""
    found = list(LETTERED.finditer(text))
    for start, first in enumerate(found):
        if first[1] not in "Aa":
            continue
        letters = [first]
        for match in found[start + 1 :]:
            if ord(match[1]) == ord(letters[-1][1]) + 1:
                letters.append(match)
        if len(letters) > 1:
            ends = [match.start() for match in letters[1:]] + [len(text)]
            texts = [
                text[match.end() : end].split("\n")[0].strip(" .,;()")[:200]
                for match, end in zip(letters, ends, strict=True)
            ]
            span = (letters[0].start(), letters[-1].end())
            return Options(tuple(match[1] for match in letters), tuple(texts), span)
    return None
