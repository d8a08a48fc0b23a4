"""Values that stand behind certain words: a profession after "works as", a ship after "tanker"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

NAME = r"([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3})"
CUES: tuple[tuple[str, str], ...] = (
    (
        r"(?:^|_)(?:profession|profesi[oó]n|job|occupation|beruf|m[ée]tier|mestiere|professione"
        r"|profiss[ãa]o|trabajo|zawód|beroep)(?:_title)?$",
        r"\b(?:works? as|working as|trabaj[ao] como|arbeite[t]? als|travaille comme|lavor[ao] come"
        r"|trabalh[ao] como|werk[t]? als|pracuj[eę] jako)(?: an?| un| una| une| uma| een)?"
        r" ([^\W\d_][^\d,.;\n]{2,40}?)(?= (?:at|in|for|en|bei|chez|presso|em|bij|w|and|y|und|et|e"
        r"|im)\b"
        r"|[,.;\n]|\Z)",
    ),
    (
        r"(?:^|_)(?:vessel|ship|boat)(?:_name)?$",
        rf"\b(?:carrier|vessel|ship|tanker|ferry|trawler|freighter|barge|yacht|boat|MV|SS) {NAME}",
    ),
    (
        r"^(?:port_of_)?(?:departure|origin)(?:_(?:port|city|place|airport))?$|^from(?:_(?:port|city))?$",
        rf"\b(?:left|departed(?: from)?|sailed from|leaving|departing(?: from)?|leaves) {NAME}",
    ),
    (
        r"^(?:port_of_)?(?:arrival|destination)(?:_(?:port|city|place|airport))?$|^to(?:_(?:port|city))?$",
        rf"\b(?:dock(?:s|ed)? (?:in|at)|arriv(?:e|es|ed|ing) (?:in|at)|bound for|heading (?:to|for)"
        rf"|land(?:s|ed|ing)? in|reach(?:es|ed)?) {NAME}",
    ),
    (
        r"(?:^|_)(?:author|writer)(?:_name)?$",
        rf"\b(?:written by|a novel by|a book by|von der autorin|vom autor) {NAME}",
    ),
    (
        r"(?:^|_)(?:manager|supervisor|boss|reports_to)(?:_name)?$",
        rf"\b(?:reports? to|managed by|my (?:manager|boss|supervisor) is|supervised by) {NAME}",
    ),
)
COMPILED = tuple((make_regex(key, re.I), make_regex(value)) for key, value in CUES)
TIME_KEY = make_regex(r"(?:^|_)(?:time|start|begins?|starts?_at|hour)(?:_time)?$", re.I)
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
SPOKEN = make_regex(
    rf"\b(?:(?P<part>half past|quarter past|quarter to)|at) (?P<hour>{'|'.join(NUMBERS)}|\d{{1,2}})"
    r"(?: o'clock)?(?P<day>(?: (?:in|at) (?:the )?(?:afternoon|evening|night|morning))?)",
    re.I,
)
PARTS = {"half past": (0, 30), "quarter past": (0, 15), "quarter to": (-1, 45)}


def find_cued(name: str, text: str) -> str:
    """Return what stands in a text behind the words for a field; empty without them."""
    value = next((pattern for key, pattern in COMPILED if key.search(name)), None)
    match = value.search(text) if value else None
    return match[1].strip() if match else ""


def read_time(text: str) -> str:
    """Return a time in words as digits: "half past two in the afternoon" is 14:30."""
    match = SPOKEN.search(text)
    if match is None or not (match["part"] or match["day"]):
        return ""
    said = match["hour"].lower()
    hour = NUMBERS.index(said) + 1 if said in NUMBERS else int(said)
    more, minutes = PARTS.get((match["part"] or "").lower(), (0, 0))
    is_late = re.search(r"afternoon|evening|night", match["day"], re.I) and hour < len(NUMBERS)
    return f"{(hour + more + (12 if is_late else 0)) % 24:02}:{minutes:02}"
