"""Find the few words in a sentence that answer a question: a name, a date, a number with its unit.

For prompts that want "only the answer", "as short as possible" or "the exact span of the text".
"""

from __future__ import annotations

import re
from collections.abc import Set

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import BEGINNINGS
from mockgem.operations.forms.role_holders import find_holder
from mockgem.operations.forms.text_lookup import find_labelled, find_typed
from mockgem.operations.forms.value_kinds import DATE, TIME
from mockgem.operations.generators.word_stems import extract_stems

NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty|fifty|sixty|hundred|dozen)"
)
AMOUNT = make_regex(
    rf"(?<![\w.])(?:(?:[$€£¥]|EUR|USD|GBP|CHF) ?)?(?:\d[\d.,]*\d|\d|(?i:{NUMBER_WORD}(?:[- ]"
    rf"{NUMBER_WORD})?)\b)"
    r"(?: ?[%€$£°]C?F?| (?:million|billion|thousand|per ?cent|euros?|dollars?|pounds?"
    r"|(?!(?:and|or|of|in|to|for|from|by|is|are|was|were|at|with|on|the|a|an|as|if|but|than|that"
    r"|who|which|when|while|because|after|before|until|per|each|every|has|have|had|will"
    r"|can|may|must|should|it|he|she|they|we)\b)[a-zµ²³]{1,14}(?:/[a-z]{1,4})?)"
    r"(?: (?:old|ago|long|tall|wide|high|deep|each|euros?|dollars?|people|years?|tonnes|meters"
    r"|metres|kilometres|kilometers|per \w{3,10}|a (?:day|week|month|year|night|piece))\b)?)?"
)
"""A number with its unit: "24 months", "$194.40", "seven years old"."""
YEAR = make_regex(r"(?<![\d.,$€£])(?:1[0-9]|20)\d\d(?![\d.,]\d|%)")
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WHEN = make_regex(
    rf"{DATE.pattern}|\b{MONTH} (?:1[0-9]|20)\d\d\b"
    rf"|\b{WEEKDAY}s?(?: (?:to|and|through|until) {WEEKDAY}s?)?(?: (?:morning|afternoon|evening"
    rf"|night))?(?: at {TIME.pattern})?"
    rf"|(?:{TIME.pattern})(?: ?(?:to|and|until|-|–) ?(?:{TIME.pattern}))?"
    rf"|{YEAR.pattern}|\b{MONTH}\b"
    r"|\b(?:next|last|every) (?:week|month|year|spring|summer|autumn|winter|day)\b"
    r"|\b(?:tomorrow|yesterday|today|tonight|noon|midnight)\b"
    r"|(?:within|after|before|in) (?:\d{1,3}|two|three|four|five|six|ten) (?:hours?|days?|weeks?"
    r"|months?|years?|minutes?)",
    re.I,
)
PART = r"[A-ZÀ-Þ][\w'’&-]*"
NAME = rf"{PART}(?:(?: (?:de|van|von|der|la|of|the|&))? {PART}){{0,4}}"
NAMES = make_regex(
    rf"(?<![\w.])(?:(?:Dr|Mr|Mrs|Ms|Prof)\. )?{NAME}(?:(?:, (?:and )?| and )(?:(?:Dr"
    rf"|Mr|Mrs|Ms|Prof)\. )?{NAME}){{0,6}}"
)
PLACE = make_regex(
    rf"\b(?:in|at|near|on|to|from|by|behind|under|inside|outside|next to|opposite) "
    rf"((?:the |an? |his |her |our |your |my |their )?(?:{NAME}|\d{{1,4}} {NAME}"
    r"|(?:[a-z-]+ ){0,2}[a-z-]{3,}\b))"
)
COLOUR = make_regex(
    r"\b(?:(?:dark|light|bright|pale|deep) )?(?:red|green|blue|yellow|black|white|grey|gray|brown"
    r"|orange|purple|pink|silver|golden?|turquoise|beige|violet)\b",
    re.I,
)
COPULA = make_regex(
    r"\b(?:is called|are called|is named|was named|called|named|is known as|means|equals|consists"
    r" of|is|are|was|were|has|have|includes?|contains?|requires?|needs?|offers?|covers?|because"
    r"|by|likes?|prefers?|ordered|bought|plays?|works? (?:as|at|for)) ",
)
ASKS_WHO = make_regex(
    r"\bwho(?:m|se)?\b|\bname of (?:the|an?|his|her)\b|\bwhich (?:person|author)", re.I
)
ASKS_WHEN = make_regex(
    r"\bwhen\b|\b(?:what|which) (?:year|date|day|time|month)\b|\bsince when\b", re.I
)
ASKS_WHERE = make_regex(
    r"\bwhere\b|\b(?:what|which) (?:city|country|town|place|room|street|village|location|state)\b",
    re.I,
)
ASKS_NUMBER = make_regex(
    r"\bhow (?:many|much|long|old|tall|far|high|often|big|fast|heavy|deep|wide|large|hot|cold|soon)"
    r"\b|\b(?:what|which) (?:percentage|number|amount|price|speed|temperature|share)\b"
    r"|\bthe (?:[\w-]+ ){0,2}(?:price|cost|weight|height|length|total|amount|fee|population"
    r"|capacity|speed|temperature|limit|deposit|salary|duration|area|distance|size|age|rent)\b",
    re.I,
)
ASKS_WHY = make_regex(r"\b(?:why|for what reason)\b", re.I)
REASON = make_regex(
    r"\b(?:because|due to|since|so that|as a result of|thanks to)\b [^.;]{3,160}", re.I
)
ASKS_COLOUR = make_regex(r"\bcolou?r\b", re.I)
FIRST_COMMON = make_regex(
    r"(?:The|This|That|These|Those|It|He|She|They|We|I|In|On|At|A|An|Our|My|His"
    r"|Her|Their|You|Your|After|Before|Since|For|From|By|With|Today|Later|And|But)\b"
)


def find_span(asked: str, sentence: str) -> str:
    """Return the words of a sentence that answer a question; the whole sentence if none stands out.

    Args:
        asked: The question, such as "Who wrote it?".
    """
    text = sentence.strip(" \n.")
    noun = re.search(
        r"\b(?:what|which) (?:is|was|are) the ([\w -]{2,30}?)(?: of| in|\?|$)", asked, re.I
    )
    if noun and (labelled := find_labelled(noun[1].strip(), text)):
        return labelled
    if holder := find_holder(asked, text):
        return holder
    if noun and (typed := find_typed(noun[1].strip().lower().replace(" ", "_"), text)):
        return typed
    text = narrow_clause(asked, text)
    kind = re.search(r"\b(?:what|which) (\w{4,20})\b", asked, re.I)
    if kind and (
        match := re.search(rf"\b{kind[1]} (?:no\.? )?([A-Z]?\d+[A-Z]?|[A-Z])\b", text, re.I)
    ):
        return match[1]
    if named := NAME_OF.search(asked):
        labelled = find_labelled(named[2], text)
        if labelled:
            return pick_part(labelled, named[1] or "")
        if PLACE_WORDS.fullmatch(named[2]):
            return find_place(asked, text) or text
    for asks, find in KINDS:
        if asks.search(asked) and (found := find(asked, text)):
            return found
    return find_predicate(asked, text)


CLAUSE = make_regex(r",\s(?:and |but |while )?|;\s| while ")
LONG_WORD = make_regex(r"\b[a-z]{4,}\b", re.I)
MONEY = make_regex(r"[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:euros?|eur|dollars?|usd|pounds?|gbp|€)", re.I)
LEAST_CLAUSES = 2


def narrow_clause(asked: str, text: str) -> str:
    """Return the clause about what a question names, if each clause has an amount of its own."""
    clauses = [one for one in CLAUSE.split(text) if MONEY.search(one)]
    if len(clauses) < LEAST_CLAUSES or not ASKS_NUMBER.search(asked):
        return text
    words = {word.lower() for word in LONG_WORD.findall(asked)}
    fitting = [one for one in clauses if words & {word.lower() for word in LONG_WORD.findall(one)}]
    if len(fitting) != 1:
        return text
    found = MONEY.search(fitting[0])
    return found[0] if found else text


NAME_OF = make_regex(
    r"\b(?:(first|given|last|family) )?name of (?:the|his|her|our|my) ([a-z]{3,20})\b", re.I
)
PLACE_WORDS = make_regex(
    r"(?:city|town|country|place|village|street|hotel|venue|location|river)", re.I
)


def pick_part(name: str, part: str) -> str:
    """Return the first or the last word of a name if only this part is wanted."""
    words = name.split()
    return {"f": words[0], "g": words[0], "l": words[-1]}.get(part[:1].lower(), name)


def find_reason(_: str, text: str) -> str:
    match = REASON.search(text)
    return match[0] if match else ""


def find_colour(_: str, text: str) -> str:
    match = COLOUR.search(text)
    return match[0] if match else ""


def find_names(asked: str, text: str) -> str:
    """Return the names in a sentence that the question does not have, with "and" between them."""
    for match in NAMES.finditer(text):
        found = match[0]
        first = FIRST_COMMON.match(found)
        if first is not None:
            found = found[first.end() :].strip(" ,")
        if found.partition(" ")[0].lower() in BEGINNINGS:
            found = found.partition(" ")[2]
        if (
            found
            and found.split()[0].lower() not in asked.lower()
            and not re.fullmatch(rf"{MONTH}|{WEEKDAY}s?", found)
        ):
            return found
    return ""


def find_moment(asked: str, text: str) -> str:
    if re.search(r"\byear\b", asked, re.I) and (year := YEAR.search(text)):
        return year[0]
    if re.search(r"\btime\b", asked, re.I) and (time := TIME.search(text)):
        return time[0]
    found = [match for match in WHEN.finditer(text) if match[0] not in asked]
    return find_nearest(found, asked, text)


def find_place(asked: str, text: str) -> str:
    """Return a place with a name, else any place in a sentence."""
    found = [
        match
        for match in PLACE.finditer(text)
        if match[1].split()[-1] not in asked and not WHEN.fullmatch(match[1])
    ]
    named = [match for match in found if match[1][:1].isupper()]
    nearest = find_nearest(named or found, asked, text)
    return nearest.split(" ", 1)[1] if nearest else find_names(asked, text)


def find_amount(asked: str, text: str) -> str:
    """Return the number that stands with the noun of "how many …", else the nearest to a word."""
    found = [match for match in AMOUNT.finditer(text) if match[0] not in asked]
    if not found:
        return ""
    noun = re.search(r"\bhow many (\w{3,})", asked, re.I)
    if noun:
        stem = noun[1].lower().rstrip("s")
        for match in found:
            near = text[match.start() : match.end() + 30].lower()
            if stem[:5] in near:
                return match[0].strip(" ,.")
    named = [match for match in found if match[0][-1:].isalpha() or match[0].strip("0123456789.,")]
    return find_nearest(named or found, asked, text).strip(" ,.")


def find_nearest(found: list[re.Match[str]], asked: str, text: str) -> str:
    """Return the match that stands nearest to a word of the question."""
    if len(found) < 2:
        return found[0][0] if found else ""
    wanted = {stem[:4] for stem in extract_stems(asked)}
    words = re.finditer(r"[^\W\d_]{3,}", text)
    places = [at.start() for at in words if any(one[:4] in wanted for one in extract_stems(at[0]))]
    far = len(text)

    def measure(match: re.Match[str]) -> int:
        """Return the distance to a word of the question: a value rather stands after it."""
        gaps = (match.start() - at for at in places)
        return min((gap if gap > 0 else -3 * gap for gap in gaps), default=far)

    return min(found, key=measure)[0]


def find_predicate(asked: str, text: str) -> str:
    """Return what a sentence says about the subject of a question, without the subject."""
    wanted = extract_stems(asked)
    for match in COPULA.finditer(text):
        rest = re.split(r"[,;]| (?:and|but|which|who|while|because|where) ", text[match.end() :])[0]
        before = text[: match.start()]
        if not rest or match[0].strip() == "because":
            continue
        known = wanted & extract_stems(text[: match.end()]) or len(before.split()) < 4
        if not wanted & extract_stems(rest) and known:
            return rest.strip()
        if (
            wanted & extract_stems(rest)
            and not wanted & extract_stems(before)
            and before[:1].isupper()
        ):
            subject = before.strip()
            if len(subject.split()) < 6 and not FIRST_COMMON.fullmatch(subject):
                return subject
            break
    parts = [part.strip() for part in re.split(r"[,;:] ", text)]
    good = [part for part in parts if wanted & extract_stems(part)]
    best = good[0] if good else text
    return (find_gap(best, wanted) if ASKS_WHAT.match(asked) else "") or best


ASKS_WHAT = make_regex(r"\W*(?:what|which)\b(?! (?:happen|do|does (?:he|she|it|this) do))", re.I)
MOST_IN_GAP = 8
LEAST_SHARED = 2
EDGE_WORDS = frozenset(
    "the a an to of in on at by for with from as is are was were and or that".split()
)


def find_gap(text: str, wanted: Set[str]) -> str:
    """Return the words of a sentence that its question lacks: "What did he call the substance?"."""
    words = text.strip(" .").split()
    is_known = [not wanted.isdisjoint(extract_stems(word)) for word in words]
    if sum(is_known) < LEAST_SHARED:
        return ""
    runs: list[list[str]] = [[]]
    for word, known in list(zip(words, is_known, strict=True))[is_known.index(True) :]:
        if known:
            runs.append([])
        else:
            runs[-1].append(word)
    best = max(map(strip_edges, runs), key=len)
    return " ".join(best).strip(",;:") if 0 < len(best) <= MOST_IN_GAP else ""


def strip_edges(words: list[str]) -> list[str]:
    """Return words without articles and prepositions at both ends."""
    while words and words[0].lower() in EDGE_WORDS:
        words = words[1:]
    while words and words[-1].lower() in EDGE_WORDS:
        words = words[:-1]
    return words


KINDS = (
    (ASKS_WHY, find_reason),
    (ASKS_COLOUR, find_colour),
    (ASKS_WHO, find_names),
    (ASKS_WHEN, find_moment),
    (ASKS_WHERE, find_place),
    (ASKS_NUMBER, find_amount),
)
"""What a question asks for, and how to find it."""
