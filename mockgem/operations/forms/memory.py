"""What the user said earlier in the conversation: names, favourites, ages."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.answer_spans import find_amount, find_span
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_sums import compare
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.recall_phrases import find_name, find_own, quote_told
from mockgem.operations.forms.recalled_values import find_noted, find_recalled
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import (
    ENOUGH,
    choose_sentence,
    measure_coverage,
    split_sentences,
)

ASKS_ABOUT_ME = make_regex(
    r"\b(?:my|i|me|mein|meine|ich|mi|mis|yo|mon|ma|mes|je|mio|mia|meu|minha|do you "
    r"remember|remember)\b|我的|私の|мо[йяеи]|내",
    re.I,
)
IS_QUESTION = make_regex(r"\?|？|^(?:what|who|where|how|tell|do you|which|when|remind)\b", re.I)
NAME = make_regex(
    r"\b(?i:my name is|i'm called|call me|i am called|ich heiße|me llamo|mi nombre es"
    r"|this is|je m'appelle|mi chiamo|meu nome é|ik heet)\s+([^\W\d_]+(?: [A-ZÀ-Þ][\w'-]+)?)"
)
I_AM = make_regex(r"\bI(?:'m| am) ([A-Z][a-z]+)\b")
AGE = make_regex(
    r"\bI(?:'m| am) (\d{1,3})\b|\bmy age is (\d{1,3})|ich bin (\d{1,3})|tengo (\d{1,3}) "
    r"años|j'ai (\d{1,3}) ans",
    re.I,
)
ABOUT_NAME = make_regex(
    r"\b(?i:(?:my|contact|customer|caller|guest|user)(?:'s)? (?:first |last |full )?name|who am i"
    r"|i called|heiße ich|me llamo|mi nombre|je"
    r" m'appelle|mon nom"
    r"|mi chiamo)\b|ich heiße|我叫什么|私の名前",
    re.I,
)
ABOUT_AGE = make_regex(r"\bhow old am i|my age|wie alt bin ich|cuántos años tengo|quel âge", re.I)
MY = make_regex(
    r"\bmy ((?:[\w'-]+ ){0,3}?[\w'-]+) (?:is|are|was|were) ((?:[^.!?\n,]|[.,](?=\w)){1,80})", re.I
)
WORD = make_regex(r"[^\W_]{3,}")
COMMON = frozenset(
    "what where when which does did the are was were your you tell name names remember "
    "about how that this have has".split()
)


def recall(question: Question) -> str | None:
    """Return the value that the user gave earlier and asks for now; None if the user gave none."""
    prompt = question.prompt
    if (
        question.earlier
        and len(prompt) < MAX_OWN
        and (noted := find_noted(prompt, list_said(question)))
    ):
        return noted
    if (
        len(prompt) > 400
        or not question.earlier
        or not (ASKS_ABOUT_ME.search(prompt) or NAME_OF.search(prompt))
        or not IS_QUESTION.search(prompt)
    ):
        return None
    said = list_said(question)
    if (asked_name := NAME_OF.search(prompt)) and (named := find_called(asked_name[1], said)):
        return named
    if ABOUT_NAME.search(prompt):
        return find_last(said, NAME, I_AM)
    if ABOUT_AGE.search(prompt):
        return find_last(said, AGE)
    asked = set(WORD.findall(prompt.lower())) - COMMON
    for text in reversed(said):
        for thing, value in MY.findall(text):
            words = WORD.findall(thing.lower())
            is_asked = len(words) < 2 or words[-1] in asked or OWN.search(prompt)
            if is_asked and asked & set(words):
                return COPULA.sub("", AND_THEN.split(str(value), maxsplit=1)[0].strip())
    return find_recalled(prompt, said)[0] or None if question.is_terse else None


OWN = make_regex(r"\b(?:my|our)\b", re.I)


def list_said(question: Question) -> list[str]:
    """Return the earlier messages of the user."""
    return [text for role, text in question.earlier if role == "user"]


AND_THEN = make_regex(r" (?:and|but) (?:it|i|my|we|they|he|she)\b", re.I)
NAME_OF = make_regex(
    r"\b(?:name of (?:the|my|our)|called? (?:the|my|our)|(?:is|what['’]s) (?:the|my|our))"
    r" (?!name\b)(\w{3,20})\b",
    re.I,
)


def find_called(noun: str, said: list[str]) -> str | None:
    """Return the name in "my cat is called Whiskers" for a noun."""
    for text in reversed(said):
        match = re.search(
            rf"\b(?:my|the|our|an?) {re.escape(noun)}(?:'s name)? (?:is called|is named|named|is"
            rf"|called) ([A-ZÀ-Þ][\w'-]+)",
            text,
        )
        if match is not None:
            return match[1]
    return None


def find_last(texts: list[str], *patterns: re.Pattern[str]) -> str | None:
    for text in reversed(texts):
        for pattern in patterns:
            if match := pattern.search(text):
                return str(next(filter(None, match.groups())))
    return None


TOLD = make_regex(
    r"\b(?:my|our) [\w' ]{2,30}? (?:is|are|was|lives|called)\b|\bi(?:'m| am| live| have)\b",
    re.I,
)


OWN_NAME_ASKED = make_regex(
    r"(?:wie heiße ich|cómo me llamo|cuál es mi nombre|comment (?:je )?m['’]appell\w+(?:-je)?"
    r"|quel est mon (?:pré)?nom|come mi chiamo|qual è il mio nome|como (?:eu )?me chamo"
    r"|qual (?:é )?o meu nome|hoe heet ik|wat is mijn naam|jak (?:mam na imię|się nazywam))\b",
    re.I,
)
OWN_NAME = make_regex(
    r"(?<!wie )(?<!cómo )(?<!como )(?<!come )(?<!comment )\b(?i:ich heiße|mein name ist|me llamo"
    r"|mi nombre es|je m['’]appelle|mon (?:pré)?nom est|mi chiamo|il mio nome è|me chamo"
    r"|(?:o )?meu nome é|ik heet|mijn naam is|nazywam się|mam na imię)"
    r" ([A-ZÀ-ÞŁŚŻĆ][\w'’-]*(?: [A-ZÀ-ÞŁŚŻĆ][\w'’-]*){0,2})"
)


MAX_OWN = 300
"""Characters of a message that gives a name and asks for it."""


def find_own_name(prompt: str) -> str:
    """Return the name in "Me llamo Lucía. ¿Cómo me llamo?"; empty for another message."""
    match = OWN_NAME.search(prompt) if OWN_NAME_ASKED.search(prompt) else None
    return match[1] if match else ""


def tell_stated(question: Question) -> str | None:
    """Answer "My cat is called Biscuit. What's my cat's name?", which needs no earlier message."""
    prompt = question.prompt
    if "?" not in prompt[:400] or question.earlier or len(prompt) > 300:
        return None
    if name := find_own_name(prompt):
        return name if question.is_terse else f"{name}."
    *facts, last = split_sentences(prompt[:400]) or [""]
    said = " ".join(facts)
    is_about = last.endswith("?") and re.search(r"\b(?:my|i)\b", last, re.I) and TOLD.search(said)
    if question.material or not is_about:
        return None
    inner = Question(last, question.random, question.system)
    inner.earlier = [("user", said), ("model", "OK.")]
    return remember(inner)


HOW_MUCH = make_regex(r"\bhow (?:much|many|long|old|far|big|tall)\b", re.I)


SAID_NOUN = make_regex(
    r"\b(?:what|which) (?P<noun>[a-z]{3,20}) (?:number )?(?:did|do|was|am|is|have) (?:i|it|my)\b",
    re.I,
)


def find_after_noun(prompt: str, sentence: str) -> str:
    """Return "room 212" for "What room did I say?"; empty for another question."""
    match = SAID_NOUN.search(prompt)
    if match is None:
        return ""
    found = re.search(rf"\b{match['noun']} (?:number |no\.? )?([A-Z]?\d[\w-]*)", sentence, re.I)
    return found[0] if found else ""


def tell_or_quote(sentence: str, question: Question) -> str:
    """Return the amount that a question asks for, or what the user said about it."""
    if question.language == "en" and (named := find_after_noun(question.prompt, sentence)):
        return f"{named[:1].upper()}{named[1:]}."
    if question.language == "en" and HOW_MUCH.search(question.prompt):
        amount = find_amount(question.prompt, sentence)
        if amount and " " in amount:
            return f"{amount}."
    return quote_told(sentence, question.language)


ASKS_TOLD = make_regex(
    r"\bwhat did i (?:just |already )?(?:tell|say to|mention to)? ?(?:you |say |mention"
    r" ){0,2}(?:about|regarding)"
    r" (?:my |the |our )?([a-z-]{4,24})"
    r"|\bwhat did i (?:say|tell you|mention)(?: that)? i(?:['’]m| am| was"
    r"| have) (?:an? )?([a-z-]{4,24})",
    re.I,
)


def find_told(question: Question) -> str:
    """Return the message in which the user spoke of a thing: "What did I tell you about my
    dog?"."""
    match = ASKS_TOLD.search(question.prompt) if question.earlier else None
    start = (match[1] or match[2]).lower()[:5] if match else ""
    said = [text for role, text in question.earlier if role == "user" and start in text.lower()]
    return f"You told me: “{said[-1].strip()}”" if match and said else ""


def tell_age(question: Question) -> str:
    """Answer "How old was I in 2010?" after "I was born in 1990."."""
    if not question.earlier or not ABOUT_YEAR.search(question.prompt):
        return ""
    said = " ".join(text for role, text in question.earlier if role == "user")[-300:]
    age = compare(f"{said} {question.prompt}")
    if age is None:
        return ""
    return f"{age:g}" if question.is_terse else f"You were {age:g} years old."


ABOUT_YEAR = make_regex(r"\bhow old (?:was|were|am) i\b[^?\n]{0,20}\bin \d{4}\b", re.I)


BOTH = make_regex(
    r",? and (?=(?:what|where|who|when|how|which|why)\b)|(?<=\?) (?:and )?(?=\S)", re.I
)
ABOUT_ME = make_regex(r"\b(?:my|i|me)\b", re.I)


def answer_both(question: Question) -> str:
    """Return the answers to two questions about the user: "What's my name and where do I work?"."""
    if not question.earlier or len(question.prompt) > 200 or question.language != "en":
        return ""
    asked = BOTH.split(question.prompt.strip())
    parts = [part for part in asked if ABOUT_ME.search(part)]
    if len(parts) != 2:
        return recall_both(asked, question)
    found = []
    for part in parts:
        inner = Question(
            part if part.endswith("?") else f"{part}?", question.random, question.system
        )
        inner.earlier = question.earlier
        found.append(remember(inner))
    return " ".join(dict.fromkeys(map(str, found))) if all(found) else ""


OF_TALK = make_regex(
    r"\b(?:again|we|did (?:i|you)|you (?:said|mention\w*|told|suggest\w*|recommend\w*)|earlier"
    r"|before|remind|she|he|they|her|his|their)\b",
    re.I,
)
DECIDED = make_regex(
    r"\b(?:we|i|you|did) (?:\w+ )?(?:pick|choose|chose|decide|settle|agree|go with)", re.I
)


def recall_both(parts: list[str], question: Question) -> str:
    """Return the sentences of the conversation that answer two questions; empty if one lacks."""
    if len(parts) != 2 or not OF_TALK.search(question.prompt):
        return ""
    facts = [one for role, text in question.earlier for one in list_statements(text)]
    found: list[str] = []
    for part in parts:
        left = [one for one in facts if one not in found]
        best = choose_sentence(left, META.sub(" ", part))
        if best is None and DECIDED.search(part):
            best = left[-1] if left else None
        if best is None:
            return ""
        found.append(best)
    return " ".join(one if one.endswith((".", "!")) else f"{one}." for one in found)


@form("what the user said", about="what the user said earlier in the conversation")
def remember(question: Question) -> str | None:
    if both := answer_both(question):
        return both
    if (stated := tell_stated(question)) is not None:
        return stated
    if told := find_told(question) or tell_age(question):
        return told
    if own := tell_own(question):
        return own
    value = recall(question)
    value = COPULA.sub("", value) if value else value
    if value is None:
        return (
            find_sentence(question)
            or find_fact(question)
            or find_by_kind(question)
            or find_said_value(question)
        )
    if question.is_terse:
        return value
    if ABOUT_NAME.search(question.prompt):
        return f"Your name is {value}." if question.language == "en" else f"{value}."
    if ABOUT_AGE.search(question.prompt):
        return f"You are {value} years old." if question.language == "en" else f"{value}."
    if "@" in value or "/" in value:
        return value
    match = re.search(
        r"\bmy ([\w' -]{2,40}?)(?: (?:is|was|are|were|called|named|again))*[?.!]*$",
        question.prompt.strip(),
        re.I,
    )
    value = re.split(r" and (?:i|my|we|it)\b", value, maxsplit=1, flags=re.I)[0]
    return (
        f"Your {match[1]} is {value}."
        if match and question.language == "en"
        else f"{value[:1].upper()}{value[1:]}."
    )


def tell_own(question: Question) -> str:
    """Return what the user said of a thing, in another language than English; else nothing."""
    prompt = question.prompt
    if not question.earlier or len(prompt) > 200 or question.language == "en":
        return ""
    if question.material or ABOUT_NAME.search(prompt) or not IS_QUESTION.search(prompt):
        return ""
    said = [text for role, text in question.earlier if role == "user"]
    sentence = find_own(prompt, said)
    if not sentence:
        return ""
    name = find_name(prompt, sentence) if question.is_terse else ""
    return name or tell_or_quote(sentence, question)


COPULA = make_regex(r"\A(?:(?:is|was|are|were|of|called|named)\s)+", re.I)


AGAIN = make_regex(r"\b(?:again|was|gave|give|mentioned|said|told|sent)\b", re.I)
SAID_VALUES = (
    (make_regex(r"\be-?mail", re.I), make_regex(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    (
        make_regex(r"\b(?:phone|telephone|number|hotline)\b", re.I),
        make_regex(r"\+?\d[\d ()/-]{5,18}\d"),
    ),
    (
        make_regex(r"\b(?:link|url|website|site|page)\b", re.I),
        make_regex(r"https?://[^\s,;)\"']+|www\.\S+"),
    ),
    (
        make_regex(r"\b(?:price|cost|amount|fee)\b", re.I),
        make_regex(r"[$€£] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euros?|dollars?|EUR|USD)"),
    ),
    (
        make_regex(r"\b(?:code|password|reference)\b", re.I),
        make_regex(r"\b(?=[A-Z0-9-]*\d)[A-Z0-9-]{4,20}\b"),
    ),
)


def find_said_value(question: Question) -> str | None:
    """Return a value that anybody gave before: "What was the e-mail address again?"."""
    prompt = question.prompt
    if not question.earlier or len(prompt) > 200 or not AGAIN.search(prompt):
        return None
    for asks, value in SAID_VALUES:
        if asks.search(prompt):
            for _, text in reversed(question.earlier):
                if match := value.search(text):
                    return match[0].rstrip(".,")
    return None


def find_by_kind(question: Question) -> str | None:
    """Return the sentence in which the user gave a value of the kind that the question asks for."""
    prompt = question.prompt
    if not question.earlier or len(prompt) > 300 or not IS_QUESTION.search(prompt):
        return None
    said = [text for role, text in question.earlier if role == "user"]
    sentence = find_recalled(prompt, said)[1]
    return tell_or_quote(sentence, question) if sentence else None


def find_fact(question: Question) -> str | None:
    """Return a sentence of the conversation that answers a question."""
    prompt = question.prompt
    if (
        not question.earlier
        or len(prompt) > 200
        or not (IS_QUESTION.search(prompt) or REMIND.search(prompt))
    ):
        return None
    said = " ".join(text for _, text in question.earlier)
    if any(name not in said for name in NAMED.findall(prompt)):
        return None
    facts = [sentence for _, text in question.earlier for sentence in list_statements(text)]
    asked = META.sub(" ", FROM_TALK.sub(" ", prompt))
    best = choose_sentence(facts, asked)
    if best is None:
        return None
    if measure_coverage(best, best, asked) < ENOUGH and not FROM_TALK.search(prompt):
        return None
    name = find_span(prompt, best) if question.is_terse else ""
    return name or quote_told(best, question.language, "As said before: “{}”")


NAMED = make_regex(r"(?<=[a-z] )[A-Z][a-z]{2,}\b")
"""A name in a question. Earlier messages have no answer about a new name."""
FROM_TALK = make_regex(
    r"\b(?:based on|from|according to|given) (?:our|this|the) (?:conversation|chat|discussion"
    r"|talk)\b",
    re.I,
)
"""A question that only the conversation can answer."""


@lru_cache(maxsize=512)
def list_statements(text: str) -> tuple[str, ...]:
    """Return the sentences of a turn that tell something; kept, because turns are sent again."""
    return tuple(
        sentence
        for sentence in split_sentences(text)
        if not sentence.endswith("?") and not IMPERATIVE.match(sentence)
    )


ASKS = make_regex(
    r"\W*(?:(?:hi|hey|hello|ok|so|and)\W{1,3})?(?:what|how|can|could|which|where|who|when|why|is"
    r"|are|do"
    r"|does|did|write|give|tell|suggest|list|explain|recommend|show|would|should|help|please)\b",
    re.I,
)
"""The beginning of a question or a wish, which says nothing about the user."""
IMPERATIVE = make_regex(
    r"\W*(?:tell|give|write|list|explain|show|make|create|name|describe|please|can|could)\b", re.I
)
META = make_regex(
    r"\b(?:the name of|name|you (?:just )?(?:mentioned|said|told)|mentioned|earlier|before"
    r"|again)\b",
    re.I,
)
REMIND = make_regex(r"\b(?:remind|recall|again|remember|tell me)\b", re.I)
CLAUSE = make_regex(r",|;|\b(?:and|but|while|und|y|et|e)\b")
CAPITAL = make_regex(r"(?<!\A)\b(?!I\b|I'm\b)[A-ZÀ-Þ][\w'-]+")
MONTHS_AND_DAYS = make_regex(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def pick_name(sentence: str, asked: set[str]) -> str:
    """Return the name in the part of a sentence that has most of the words asked."""
    parts = [part.strip() for part in CLAUSE.split(sentence)]
    best = max(parts, key=lambda part: len(asked & set(WORD.findall(part.lower()))))
    names = CAPITAL.findall(MONTHS_AND_DAYS.sub(" ", f" {best}"))
    return (
        names[0]
        if names and names[0] not in ("My", "The", "Our")
        else (names[1] if names[1:] else "")
    )


def find_sentence(question: Question) -> str | None:
    """Return an earlier sentence of the user about what the user asks now."""
    prompt = question.prompt
    if (
        len(prompt) > 300
        or not question.earlier
        or not re.search(r"\b(?:my|i|me)\b", prompt, re.I)
        or not IS_QUESTION.search(prompt)
    ):
        return None
    asked = set(WORD.findall(prompt.lower())) - COMMON
    for role, text in reversed(question.earlier):
        for sentence in re.split(r"(?<=[.!?])\s+", text) if role == "user" else ():
            if (
                "?" not in sentence
                and not ASKS.match(sentence)
                and re.search(r"\b(?:i|my|i'm)\b", sentence, re.I)
                and asked & set(WORD.findall(sentence.lower()))
            ):
                name = pick_name(sentence, asked) if question.is_terse else ""
                return name or tell_or_quote(sentence, question)
    return None
