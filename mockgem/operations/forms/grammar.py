"""English sentences in another tense or voice, word by word: a rough change with the right form."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

IRREGULAR = """
be was been; is was been; are were been; am was been; have had had; has had had; do did done;
does did done; go went gone; buy bought bought; take took taken; make made made; give gave given;
come came come; see saw seen; eat ate eaten; write wrote written; read read read; run ran run;
get got got; find found found; think thought thought; say said said; tell told told;
know knew known;
leave left left; feel felt felt; keep kept kept; begin began begun; bring brought brought;
drink drank drunk; drive drove driven; fall fell fallen; fly flew flown; hear heard heard;
hold held held; lose lost lost; meet met met; pay paid paid; put put put; sell sold sold;
send sent sent; sing sang sung; sit sat sat; sleep slept slept; speak spoke spoken;
spend spent spent; stand stood stood; teach taught taught; wear wore worn; win won won;
build built built; choose chose chosen; catch caught caught; break broke broken; draw drew drawn;
grow grew grown; ride rode ridden; rise rose risen; swim swam swum; throw threw thrown; cut cut cut;
let let let; set set set; lead led led; understand understood understood; wake woke woken;
feed fed fed; shoot shot shot; bite bit bitten; blow blew blown; hide hid hidden;
forget forgot forgotten; steal stole stolen; tear tore torn; ring rang rung; shake shook shaken;
shine shone shone; dig dug dug; hit hit hit; hurt hurt hurt; lend lent lent; freeze froze frozen;
stick stuck stuck; sweep swept swept; can could could; will would would; may might might
"""
FORMS = [line.split() for line in IRREGULAR.replace("\n", " ").split(";")]
PAST = {row[0]: row[1] for row in FORMS}
PARTICIPLES = {row[1]: row[2] for row in FORMS} | {row[0]: row[2] for row in FORMS}
PRESENT = {row[1]: row[0] for row in FORMS}
SUBJECT = (
    r"(?:I|you|we|they|he|she|it|who|which|that|(?:the|a|an|my|your|his|her|its|our|their|this"
    r"|these"
    r"|every|each|some|many|all)(?: [a-z]+){1,2}|(?-i:[A-Z][a-z]+)(?: (?-i:[A-Z][a-z]+))?)"
)
REGULAR = (
    "walks|waits|works|plays|watches|starts|finishes|calls|cooks|cleans|opens|closes|looks|talks"
    "|asks|helps"
    "|visits|arrives|uses|wants|needs|lives|likes|loves|moves|turns|stops|carries|studies|tries"
    "|reads"
)
LISTED = "|".join(sorted((f"{base}s" for base in PAST), key=len, reverse=True))
VERB = make_regex(
    rf"((?:^|[.!?,;] |\band |\bbut |\bthen |\n){SUBJECT} |\band |\bthen "
    rf"|, (?=(?:{REGULAR}|{LISTED})\b))([a-z]{{2,16}})\b(?!')",
    re.I,
)
KNOWN = "|".join(sorted(PARTICIPLES, key=len, reverse=True))
PASSIVE = make_regex(
    r"\A((?:[A-Z]|the |a |an |my |our |their )[\w' ]{0,40}?)"
    rf" ((?:(?:has|have) )?(?:[a-z]{{2,14}}(?:ed|s)|{KNOWN})|will [a-z]{{2,14}}) "
    r"((?:the|a|an|my|his|her|our|their|this|these|all|two|three|[A-Z])[\w' -]{0,60}?)"
    r"((?: (?:in|on|at|for|with|yesterday|today|tomorrow|last|every|after"
    r"|before)\b[^.]{0,60})?)[.!]?\Z"
)
TENSE = make_regex(
    r"\b(past|present|future) (?:simple )?tense\b|\bin(?:to)? the (past|future)\b", re.I
)
VOICE = make_regex(r"\bpassive(?: voice| form)?\b", re.I)


def change_grammar(text: str, wish: str) -> str:
    """Return a text in the tense or voice that a prompt names; empty if it names none."""
    if VOICE.search(wish):
        parts = re.split(r"(?<=[.!?])\s+", text.strip())
        return " ".join(to_passive(part) for part in parts)
    if ACTIVE.search(wish):
        return " ".join(to_active(part) for part in re.split(r"(?<=[.!?])\s+", text.strip()))
    match = TENSE.search(wish)
    if match is None:
        return ""
    tense = (match[1] or match[2]).lower()
    change = {"past": to_past, "future": to_future, "present": to_present}[tense]
    return VERB.sub(lambda found: found[1] + change(found[2]), text)


ACTIVE = make_regex(r"\bactive(?: voice| form)?\b", re.I)
IS_PASSIVE = make_regex(
    r"\A([A-Za-z][\w' ]{1,60}?) (is|are|was|were) ([a-z]{2,14}) by ([\w' ]{2,60}?)[.!]?\Z"
)


def to_active(sentence: str) -> str:
    """Return "Paula wrote the letter." for "The letter was written by Paula."."""
    match = IS_PASSIVE.match(sentence.strip())
    if match is None:
        return sentence
    thing, be, done, agent = match.groups()
    base = next((row[0] for row in FORMS if row[2] == done), "")
    past = PAST.get(base, done)
    present = f"{base or done.removesuffix('ed')}s"
    verb = past if be in ("was", "were") else present
    return f"{agent[:1].upper()}{agent[1:]} {verb} {thing[:1].lower()}{thing[1:]}."


def to_base(verb: str) -> str:
    """Return the base form of a verb in the third person: "watches" → "watch"."""
    if verb in ("is", "are", "am", "was", "were"):
        return "be"
    if verb in ("has", "does", "goes"):
        return {"has": "have", "does": "do", "goes": "go"}[verb]
    if re.search(r"(?:ch|sh|ss|x|zz)es\Z", verb):
        return verb[:-2]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    return verb[:-1] if verb.endswith("s") and not verb.endswith(("ss", "us")) else verb


def to_past(verb: str) -> str:
    lower = verb.lower()
    if lower in PAST:
        return PAST[lower]
    if lower in PRESENT or lower.endswith("ed"):
        return verb
    base = to_base(lower)
    return PAST.get(base) or add_ed(base)


def add_ed(base: str) -> str:
    """Return a regular past form: "stop" → "stopped", "carry" → "carried"."""
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", base):
        return f"{base}{base[-1]}ed"
    return f"{base}ed"


def to_future(verb: str) -> str:
    lower = verb.lower()
    return verb if lower in ("will", "would") else f"will {PRESENT.get(lower) or to_base(lower)}"


def to_present(verb: str) -> str:
    lower = verb.lower()
    if lower in PRESENT:
        return PRESENT[lower]
    if lower.endswith("ied"):
        return f"{lower[:-3]}y"
    return lower[:-2] if lower.endswith("ed") else verb


def to_passive(sentence: str) -> str:
    """Return "It was approved by the board." for "The board approved it."."""
    match = PASSIVE.match(sentence.strip())
    if match is None:
        return sentence
    subject, verb, thing, rest = match.groups()
    *helper, verb = verb.split()
    lower = verb.lower()
    is_past = (lower in PARTICIPLES and lower not in PAST) or lower.endswith("ed")
    base = to_base(lower)
    done = PARTICIPLES.get(lower) or PARTICIPLES.get(base) or (lower if is_past else add_ed(base))
    many = thing.split()[-1].endswith("s") and not thing.split()[-1].endswith("ss")
    be = {(True, True): "were", (True, False): "was", (False, True): "are", (False, False): "is"}
    form = f"{helper[0]} be" if helper == ["will"] else be[is_past, many]
    form = f"{'have' if many else 'has'} been" if helper and helper != ["will"] else form
    agent = (
        subject
        if subject[:1].isupper() and " " not in subject
        else subject[:1].lower() + subject[1:]
    )
    agent = OBJECTS.get(agent.lower(), agent)
    return f"{thing[:1].upper()}{thing[1:]} {form} {done} by {agent}{rest}."


OBJECTS = {"i": "me", "he": "him", "she": "her", "we": "us", "they": "them"}
