"""Find the options that an instruction lists: labels, letters, yes and no."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen

MAX_OPTION = 48
OR = (
    r"(?:or|and|oder|und|ou|et|o|u|y|e|en"
    r"|of(?! (?:the|this|that|these|those|an?|your|its|their|my|our|all|each|it)\b)"
    r"|lub|czy|albo|oraz|veya|ya da|или|и|або|чи|atau"
    r"|dan|hoặc|hay|أو|או|या|か|または|或|或者|和|또는)"
)


@frozen
class Options:
    """Listed options, what the prompt says about each, and where the list begins and ends."""

    values: tuple[str, ...]
    descriptions: tuple[str, ...]
    span: tuple[int, int]


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
BRACKETS = re.compile(r"[\[({<]([^\[\](){}<>\n:]{3,300})[\])}>]")
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
    r"|categorías|étiquettes|catégories|etichette|categorie|categorias|opções|colors?"
    r"|names?|list|following(?: \w+){1,2}|either|answer with|respond with"
    r"|reply with|output)(?: are| is| include)?\s*(?:[:：]|(?=\s))\s*",
    re.I,
)
PAIR = re.compile(
    r"(?:\b(?:either|with|as|only|mit|nur|par|con|com|solo|only with|answer|respond"
    r"|reply|output|uniquement|apenas|whether it is|is (?:it|this|that)|say|return"
    rf"|print)\b|[:(,])\s+([\w-]{{1,24}})\s+{OR}\s+([\w-]{{1,24}})(?!\w)",
    re.I,
)
BULLET_LINE = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(.+)$")
LETTERED = re.compile(r"(?:^|\s|\()([A-Ha-h])[).:]\s+(?=\S)")
KNOWN_PAIRS = (
    (r"yes\W{1,6}(?:or|/)\W{0,6}no\b(?! questions?\b)|\byes/no\b|\"yes\" or \"no\"", ("yes", "no")),
    (r"\btrue\W{1,6}(?:or|/)\W{0,6}false\b", ("true", "false")),
    (r"\bja\W{1,6}(?:oder|of|eller|/)\W{0,6}(nein|nee)\b", ("ja", "nein")),
    (r"(?<!\w)s[ií]\W{1,6}(?:o|/)\W{0,6}no\b", ("sí", "no")),
    (r"\boui\W{1,6}(?:ou|/)\W{0,6}non\b", ("oui", "non")),
    (r"(?<!\w)s[iì]\W{1,6}o\W{0,6}no\b", ("sì", "no")),
    (r"\bsim\W{1,6}(?:ou|/)\W{0,6}não\b", ("sim", "não")),
    (r"\btak\W{1,6}(?:lub|albo|czy)\W{0,6}nie\b", ("tak", "nie")),
    (r"\bevet\W{1,6}(?:veya|ya da)\W{0,6}hayır\b", ("evet", "hayır")),
    (r"\bда\W{1,6}или\W{0,6}нет\b", ("да", "нет")),
    (r"\bтак\W{1,6}(?:або|чи)\W{0,6}ні\b", ("так", "ні")),
    (r"نعم\W{1,6}أو\W{0,6}لا", ("نعم", "لا")),
    (r"כן\W{1,6}או\W{0,6}לא", ("כן", "לא")),
    (r"हाँ\W{1,6}या\W{0,6}नहीं|हां\W{1,6}या\W{0,6}नहीं", ("हाँ", "नहीं")),
    (r"はい\W{0,6}(?:か|または)\W{0,6}いいえ", ("はい", "いいえ")),
    (r"是\W{0,6}(?:或|还是|還是)\W{0,6}(?:否|不是)", ("是", "否")),
    (r"(?:예|네)\W{0,6}(?:또는|혹은|나)\W{0,6}아니[요오]", ("예", "아니요")),
    (r"\bya\W{1,6}atau\W{0,6}tidak\b", ("ya", "tidak")),
    (r"\bcó\W{1,6}(?:hay|hoặc)\W{0,6}không\b", ("có", "không")),
    (r"ใช่\W{0,6}หรือ\W{0,6}ไม่", ("ใช่", "ไม่ใช่")),
    (r"\bwahr\W{1,6}oder\W{0,6}falsch\b", ("wahr", "falsch")),
    (r"\bverdadero\W{1,6}o\W{0,6}falso\b", ("verdadero", "falso")),
    (r"\bvrai\W{1,6}ou\W{0,6}faux\b", ("vrai", "faux")),
    (r"\bvero\W{1,6}o\W{0,6}falso\b", ("vero", "falso")),
    (r"\bverdadeiro\W{1,6}ou\W{0,6}falso\b", ("verdadeiro", "falso")),
)
COMPILED_PAIRS = [(re.compile(pattern, re.I), pair) for pattern, pair in KNOWN_PAIRS]
FIRST_WORD = re.compile(r"[^\W_]+")
NOT_OPTIONS = frozenset(
    "nothing no not the a an it its this that explanation else other only just text "
    "e-mail email name title summary key"
    " more less one two few etc".split()
)


def find_known_pair(text: str) -> Options | None:
    """Return yes and no, or true and false, in the language and the spelling of a text."""
    for pattern, pair in COMPILED_PAIRS:
        if match := pattern.search(text):
            words = [word for word in re.findall(r"[^\W\d_]+", match[0]) if len(word) > 0]
            first, last = words[0], words[-1]
            if pair[0] in ("是", "はい", "예", "ใช่"):
                return Options(pair, ("", ""), match.span())
            return Options((first, last), ("", ""), match.span())
    return None


def find_options(text: str) -> Options | None:
    """Return the options that a text lists in words; None if it lists none."""
    for find in (
        find_bulleted,
        find_negated,
        find_mapped,
        find_quoted,
        find_bracketed,
        find_cued,
        find_before_cue,
        find_series,
        find_slashed,
        find_pair,
    ):
        if (found := find(text)) is not None:
            return found
    return None


def make(
    values: list[str], span: tuple[int, int], descriptions: list[str] | None = None
) -> Options | None:
    """Return options without marks and duplicates; None if these are hardly options."""
    cleaned = [
        re.sub(r"^(?:an? |the |either |as |only )", "", value.strip(" .,;:\"'“”‘’`«»„「」()[]*\n"))
        for value in values
    ]
    kept = list(dict.fromkeys(value for value in cleaned if value))
    bad = any(
        len(v) > MAX_OPTION or len(v.split()) > 4 or v.lower().split()[0] in NOT_OPTIONS
        for v in kept[:1]
    )
    kept = [
        v
        for v in kept
        if len(v) <= MAX_OPTION and len(v.split()) <= 5 and v.lower().split()[0] not in NOT_OPTIONS
    ]
    if bad or len(kept) < 2:
        return None
    texts = descriptions if descriptions and len(descriptions) == len(kept) else [""] * len(kept)
    return Options(tuple(kept), tuple(texts), span)


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


MAPPED = re.compile(
    r"\b(?:output|return|answer|reply|respond|say|print|write|use|with|as)\b:? (?:with "
    r")?[\"'`]?([\w-]{1,20})[\"'`]? (?:for|if|when|wenn) ([^,.;\n]{1,60}?)(?:,|;| and| "
    r"or| und)+ [\"'`]?([\w-]{1,20})[\"'`]? (?:for|if|when|otherwise|wenn|sonst)(?: ([^,"
    r".;\n]{1,60}))?",
    re.I,
)


def find_mapped(text: str) -> Options | None:
    """Return the options in "1 for toxic and 0 for not toxic"."""
    match = MAPPED.search(text)
    return make([match[1], match[3]], match.span(), [match[2], match[4] or ""]) if match else None


def find_quoted(text: str) -> Options | None:
    match = QUOTED_SERIES.search(text)
    if match is None:
        return None
    return make(re.findall(QUOTED_ITEM, match[0]), match.span())


def find_bracketed(text: str) -> Options | None:
    for match in BRACKETS.finditer(text):
        items = re.split(rf"\s*[,/|]\s*(?:{OR}\s)?|\s{OR}\s", match[1])
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
            if re.search(r"^(?:and/or|https?|he/she|his/her|24/7)$", match[0], re.I):
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


NEGATED = re.compile(
    r"\b(?:as|is|either|with|only|reply|respond|answer|output|return|or"
    r"|[:(,])\s?\"?(\w{2,24})\"? or "
    r"\"?((?:not|non)[ _-]\1)\b",
    re.I,
)


def find_negated(text: str) -> Options | None:
    """Return the options in "as spam or not spam"."""
    match = NEGATED.search(text)
    return Options((match[1], match[2]), ("", ""), match.span()) if match else None


def find_pair(text: str) -> Options | None:
    match = PAIR.search(text)
    return make([match[1], match[2]], match.span()) if match else None


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
