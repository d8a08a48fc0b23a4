"""Find the options that an instruction lists: labels, letters, yes and no."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_sets import find_named_set, find_numbered_set
from mockgem.operations.forms.option_headings import BULLET_LINE, find_headed
from mockgem.operations.forms.option_lists import (
    PICKS,
    find_angled,
    find_conditional,
    find_defined,
    find_identifiers,
    find_letter_range,
    find_scale_lines,
    find_table_options,
    find_ticked,
)
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


QUOTED_SERIES = make_regex(
    rf"{QUOTED_ITEM}(?:\s{{0,2}}(?:\([^()\n]{{1,60}}\))?(?:\s?[,、/|;])?\s{{0,"
    rf"2}}{OR}?\s{{0,2}}{QUOTED_ITEM}){{1,20}}"
)


SLASHES = make_regex(
    r"(?<![\w/:.<+-])[\w+-]{1,24}+(?: [\w+-]{1,20}+)?(?:\s?[/|]\s?[\w+-]{1,24}+(?: [\w+-]{1,20}+)?)"
    r"{1,12}(?![\w/])"
)


BRACKETS = make_regex(r"[\[({<【]([^\[\](){}<>【】\n:]{3,300})[\])}>】]")


SERIES = make_regex(
    rf"(?<![\w-])([\w+#-]{{1,30}}+)((?:,\s[\w+#-]{{1,30}}+(?:[ ](?!{OR}\s)[\w+#-]{{1,"
    rf"30}}+){{0,2}}){{1,20}}),?\s{OR}\s"
    r"((?:(?:an?|the|ein(?:e[nmrs]?)?|une?|una|uno|uma?|een)\s)?[\w+#-]{1,30})",
)


MAX_CHOICE = 1_000
"""Characters in which a wish to pick one of some things stands."""


CUE = make_regex(
    r"(?:one of(?: the following| these)?(?: \w+){0,3}|options?|labels?|categor(?:y|ies)|classes"
    r"|choices|intents?|values|possible \w+|allowed \w+|departments?|choose (?:from|between"
    r"|one)(?: of)?|select (?:from|one)|pick (?:from|one)|(?:classify|sort|bucket|route"
    r"|group) [^.:\n]{1,60}? (?:as|into)|(?:exactly |only )?one word|(?:one|a single) label"
    r"|kategorien?|optionen|opciones|categorías|étiquettes|catégories|etichette|categorie"
    r"|categorias|opções|(?:colors?|names?|list)(?=\s?[:：])|following(?: \w+){1,2}|either"
    r"|answer with|respond with|reply with|output)(?: are| is| include)?\s*(?:[:：]|(?=\s))\s*",
    re.I,
)


LETTERED = make_regex(r"(?:^|\s|\()([A-Ha-hА-Еа-еא-וأبجدهو])[).:]\s+(?=\S)")
ALPHABETS = ("ABCDEFGH", "abcdefgh", "АБВГДЕ", "абвгде", "אבגדהו", "أبجدهو")


COLON_LIST = make_regex(
    rf"[:：]\s{{0,3}}((?:(?!{OR}\s)[^\W\d][\w&/+-]{{0,24}}"
    rf"(?:[ ](?!{OR}\s)[\w&/+-]{{1,20}}){{0,2}}[,、，]\s?)"
    rf"{{1,20}}(?:{OR}\s)?[\w&/+-]{{1,24}}(?:[ ](?!{OR}\s)[\w&/+-]{{1,20}}){{0,2}}"
    rf"(?:\s{OR}\s[\w&/+-]{{1,24}})?)(?=\s?(?:[.;。\n?)]|$))"
)
"""A list of short items after a colon, up to the end of its sentence."""


CAPITALS = make_regex(
    r"(?<![\w-])([A-Z][A-Z_-]{1,24})((?:,\s?[A-Z][A-Z_-]{1,24}){0,12}),?\s(?:or|oder|o|ou"
    r"|/)\s([A-Z][A-Z_-]{1,24})(?![\w-])"
)


TAGGED = make_regex(
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
    return find_foreign_list(text) if CATEGORY_ONLY in text else None


CATEGORY_ONLY = "Return only the category."
"""The gloss of a prompt in another language that wants a label."""
ITEM = r"[^\s\d,、，،.。।:：;!?()\[\]\n\"'/]"
FOREIGN_LIST = make_regex(
    rf"(?:[:：]\s{{0,3}}"
    rf"|(?<=\s))((?:{ITEM}{{1,30}}(?: (?!{OR}\s){ITEM}{{1,24}}){{0,3}}\s?[,、，،/]\s?){{1,12}}"
    rf"(?:{OR}\s)?{ITEM}{{1,30}}(?: {ITEM}{{1,24}}){{0,3}}?(?:,?\s{OR}\s{ITEM}{{1,30}})?)"
    r"(?=\s?[.;。।!?\n)]|\s*\Z)"
)


def find_foreign_list(text: str) -> Options | None:
    """Return the labels that a prompt in any script lists with commas."""
    match = FOREIGN_LIST.search(text[:3000])
    if match is None:
        return None
    items = re.split(rf"\s?[,、，،/]\s?(?:{OR}\s)?|\s{OR}\s", match[1])
    if THAI.search(items[-1]):
        items[-1] = items[-1].split()[0]
    return make(items, match.span())


THAI = make_regex("[\u0e01-\u0e5b]")


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


WITHOUT = make_regex(r"\bwithout (?:[\w-]+ ){1,3}(?:or|and) [\w-]+(?: [\w-]+)?", re.I)
"""What a reply does not have: "without currency symbol or thousands separator"."""


def find_options(text: str) -> Options | None:
    """Return the options that a text lists in words; None if it lists none."""
    if "without" in text:
        text = WITHOUT.sub(lambda match: " " * len(match[0]), text)
    for find in (
        find_otherwise,
        find_coded,
        find_team,
        find_numbered_set,
        find_tagged,
        find_ticked,
        find_angled,
        find_table_options,
        find_headed,
        find_directed,
        find_scale_lines,
        find_defined,
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
        find_unspaced_list,
        find_series,
        find_slashed,
        find_colon_list,
        find_whether,
        find_pair,
        find_asked_pair,
        find_pictures,
        find_from_list,
        find_named_set,
    ):
        if (found := find(text)) is not None:
            return found
    return None


FROM_LIST = make_regex(
    r"\b(?:pick|choose|select|draw|take)\b[^:.\n]{3,120}:\s*"
    r"((?:[^\W\d_][\w' -]{0,24},\s?){1,20}(?:and |or )?[^\W\d_][\w' -]{0,24})"
    r"\s*(?:[.!](?=\s|\Z)|\n|\Z)",
    re.I,
)


def find_from_list(text: str) -> Options | None:
    """Return the things in "Pick one from this list and output only its name: kiwi, mango"."""
    match = FROM_LIST.search(text[:MAX_CHOICE])
    if match is None:
        return None
    items = re.split(r",\s?(?:and |or )?| and | or ", match[1])
    return make([item.strip() for item in items if item.strip()], match.span(1))


CODED = make_regex(
    r"\b[A-Z]{1,3}\d{1,2} ?\([^()\n]{2,60}\)(?:(?:,| or|, or"
    r"|;) [A-Z]{1,3}\d{1,2} ?\([^()\n]{2,60}\)){1,8}"
)
ONE_CODE = make_regex(r"\b([A-Z]{1,3}\d{1,2}) ?\(([^()\n]{2,60})\)")


def find_coded(text: str) -> Options | None:
    """Return the codes in "P1 (outage), P2 (degradation) or P3 (minor)", with what they mean."""
    match = CODED.search(text[:MAX_CHOICE])
    if match is None:
        return None
    rows = ONE_CODE.findall(match[0])
    found = make([code for code, _ in rows], match.span())
    return replace(found, descriptions=tuple(about for _, about in rows)) if found else None


OTHERWISE = make_regex(
    r"[\"'“`]?(?P<yes>[A-Z]{1,12}|[Yy]es|[Tt]rue|1)[\"'”`]? (?:if|when"
    r"|where) [^.\n]{3,160}?(?:,| and)? (?:or|else|otherwise|and)(?: (?:with|reply"
    r"|say))?:? [\"'“`]?(?P<no>[A-Z]{1,12}|[Nn]o|[Ff]alse|0)[\"'”`]?(?: (?:otherwise|if (?:not"
    r"|it)\b|when (?:not|it)\b)|(?=[.\n]|\Z))"
)
"""Two answers, of which the first has a condition: "YES if it is spam or NO otherwise"."""


def find_otherwise(text: str) -> Options | None:
    match = OTHERWISE.search(text[:MAX_CHOICE])
    return make([match["yes"], match["no"]], match.span()) if match else None


TEAM = make_regex(
    r"\b(?:agents|workers|team members|departments|teams|queues|experts|specialists|assistants)"
    r"(?: are)?: (?P<names>[a-z][\w -]{1,24}(?:, (?:and |or )?[a-z][\w -]{1,24}){1,8})(?=\.|\n|\Z)",
    re.I,
)
ENDS = make_regex(
    r"\b(?:reply|respond|answer|return|output)(?: with)? [\"'“]?(FINISH|END|DONE|NONE)\b"
)
"""The reply of an agent that has no further task for its team."""


def find_team(text: str) -> Options | None:
    """Return the agents in "a team of agents: researcher, coder", with the word for the end."""
    match = TEAM.search(text[:MAX_CHOICE]) if "name of the" in text else None
    if match is None:
        return None
    names = [one.strip() for one in re.split(r", (?:and |or )?", match["names"])]
    last = ENDS.search(text)
    return make([*names, *([last[1]] if last else [])], match.span("names"))


DIRECTED = make_regex(
    r"[^.!?\n]{0,200}\b(?:either|one of|exactly one|single word|one word|only|respond with|reply"
    r" with|answer with|output|must (?:be|read|say)|first (?:line|word|token))\b[^.!?\n]{0,200}",
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


def split_items(text: str) -> list[str]:
    """Return the items of a list; a slash separates them only without commas."""
    marks = ",、，" if re.search("[,、，]", text) else "/|"
    return re.split(rf"\s*[{marks}]\s*(?:{OR}\s)?|\s+{OR}\s+", text)


def find_bracketed(text: str) -> Options | None:
    for match in BRACKETS.finditer(text):
        items = split_items(match[1])
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
        items = split_items(rest)
        if len(items) > 1 and all(0 < len(item.split()) < 4 for item in items):
            return make(items, (match.end(), match.end() + len(rest)))
    return None


BEFORE_CUE = make_regex(
    r"((?:[^\W\d_]{1,20}[,、，/]\s?){1,10}[^\W\d_]{1,20}?)\s?(?:중에?서?\s?하나|のいずれか|のどれか|のうち"
    r"|之一|中的一个|中选|में से एक)"
)


def find_before_cue(text: str) -> Options | None:
    """Return a list before its cue, as in Japanese, Korean and Chinese."""
    match = BEFORE_CUE.search(text)
    return make(re.split(r"[,、，/]\s?", match[1]), match.span()) if match else None


HAN = r"[\u4e00-\u9fff]"
RUN = r"(?:[ァ-ヺー]{2,14}|[\u4e00-\u9fff]{1,6}|[A-Za-z]{1,16})"
UNSPACED_LISTS = (
    make_regex(
        rf"(?:是|为|為|从|從|于|於|[:：\s「“])((?:{HAN}{{1,6}}?[、，,/]\s?){{1,10}}?{HAN}{{1,6}}?"
        rf"(?:[、，,]?(?:还是|還是|或者|或是|或)\s?{HAN}{{1,6}}?)?)"
        r"(?=[？?。，,、\s（(]|的|中|之|$)"
    ),
    make_regex(
        rf"((?:{RUN}\s?[・、,／/]\s?){{1,10}}(?:または|か|もしくは)?{RUN})\s?(?:から|のうち|のどれ|のどちら"
        r"|のいずれ|の中|のなか|で(?:答|回答|分類|判定|評価|示)|に分類)"
    ),
    make_regex(
        r"((?:[가-힣]{1,8}[,/·、]\s?){1,10}(?:또는\s)?[가-힣]{1,8}?)\s?"
        r"(?:중(?=[ 에?,])|가운데|(?:으로|로)(?=\s?(?:분류|답|판단|구분|평가)))"
    ),
    make_regex(rf"((?:{HAN}{{1,4}})(?:还是|還是){HAN}{{1,4}})(?=[？?])"),
)
"""Lists of options in Chinese, Japanese and Korean, between other words without spaces."""


def find_unspaced_list(text: str) -> Options | None:
    """Return the options in a Chinese, Japanese or Korean sentence."""
    if text.isascii():
        return None
    for pattern in UNSPACED_LISTS:
        match = pattern.search(text[:MAX_CHOICE])
        items = UNSPACED_MARK.split(match[1]) if match else []
        if match and (len(items) > 2 or pattern is not UNSPACED_LISTS[0]):
            return make([item for item in items if item], match.span(1))
    return None


UNSPACED_MARK = make_regex(
    r"\s?[、，,/・／·]\s?(?:还是|還是|或者|或是|或|または|もしくは|또는)?\s?|还是|還是|或者|或是|(?<=.)或(?=.)"
)


def find_series(text: str) -> Options | None:
    match = SERIES.search(text)
    if match is None:
        return None
    return make([match[1], *match[2].split(",")[1:], match[3]], match.span())


UNIT = make_regex(
    r"(?:^|\s)(?:km/h|m/s|mi/h|l/min|kb/s|mb/s|\w+/(?:day|week|month|year|hour))\b", re.I
)


GOES_ON = make_regex(r" (?:how|what|which|is|are|do|does|for|the|this|that|only|one|it)\Z", re.I)
"""The next word of the sentence behind the last option."""


def find_slashed(text: str) -> Options | None:
    for match in SLASHES.finditer(text):
        items = re.split(r"\s?[/|]\s?", match[0])
        words = [item.split()[-1] if at == 0 else item for at, item in enumerate(items)]
        if all(item and not item.isdigit() for item in words) and (
            len(items) > 2 or "/" in match[0]
        ):
            if re.search(
                r"^(?:and/or|(?:[\w.]+ )?(?:km/h|mi/h|m/s|w/o|n/a|c/o|tcp/ip|i/o|ci/cd|a/b)|https?"
                r"|he/she|his/her|24/7|(?:\w+ )?(?:dd|mm|yy|yyyy|tt|jj|aaaa)(?:/\w{2,4})+)$",
                match[0],
                re.I,
            ) or UNIT.search(match[0]):
                continue
            words[-1] = (
                words[-1].split()[0]
                if len(words[0].split()) == 1
                and len(words) > 1
                and "/ " not in match[0]
                and " /" not in match[0]
                else words[-1]
            )
            words[-1] = GOES_ON.sub("", words[-1])
            start = match.start() + len(items[0]) - len(words[0])  # behind a verb such as "Answer"
            return make(words, (start, match.end()))
    return None


def find_lettered(text: str) -> Options | None:
    """Return the letters and the texts of options such as "A) Paris  B) Rome"."""
    found = list(LETTERED.finditer(text))
    for start, first in enumerate(found):
        alphabet = next((letters for letters in ALPHABETS if letters[0] == first[1]), "")
        if not alphabet:
            continue
        letters = [first]
        for match in found[start + 1 :]:
            if alphabet[len(letters) : len(letters) + 1] == match[1]:
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
