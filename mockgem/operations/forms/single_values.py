"""Single values: dates, times, colours, a value of the given text, one word."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.addresses import find_address_part
from mockgem.operations.forms.answer_spans import find_span, narrow_clause
from mockgem.operations.forms.calculations import format_number
from mockgem.operations.forms.dates import add_duration, format_date, format_dates
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.given_text import find_answer
from mockgem.operations.forms.known_facts import (
    CAPITAL_OF,
    CAPITALS,
    find_capital,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.memory import MAX_OWN, find_own_name, recall
from mockgem.operations.forms.name_words import BEGINNINGS, list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.relative_dates import find_stated_day
from mockgem.operations.forms.sentiment import measure_sentiment
from mockgem.operations.forms.sources import choose_sentence
from mockgem.operations.forms.text_lookup import find_all_by_kind, find_by_kind, find_labelled
from mockgem.operations.forms.values import ONE_WORD, find_field
from mockgem.operations.forms.vocabulary import list_fitting
from mockgem.operations.generators import faker_pool, field_numbers, field_values
from mockgem.operations.generators.hint_patterns import EMAIL
from mockgem.operations.generators.known_answers import find_known_value
from mockgem.operations.generators.seeded_random import SeededRandom

PASSWORD_MARKS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


FORMATS: tuple[tuple[str, Callable[[SeededRandom], str]], ...] = (
    (
        r"\bhex(?:adecimal)? colou?r|colou?r code|\bhex code",
        lambda random: f"#{random.draw_below(1 << 16):04X}{random.draw_below(256):02X}",
    ),
    (r"\buuid\b|\bguid\b", faker_pool.generate_uuid),
    (
        r"\bcurrency code\b|\bcode (?:of|for) the currency\b",
        lambda random: random.pick(("EUR", "USD", "GBP", "JPY")),
    ),
    (
        r"\bcountry code\b|\bcode (?:of|for) the country\b",
        lambda random: random.pick(("DE", "FR", "US", "JP")),
    ),
    (r"\bairport code\b", lambda random: random.pick(("FRA", "CDG", "JFK", "HND"))),
    (
        r"\bpasswords?\b",
        lambda random: "".join(random.pick(PASSWORD_MARKS) for _ in range(14)) + "7!",
    ),
    (
        r"\bip(?:v4)?[ -]address",
        lambda random: f"192.0.2.{random.draw_between(1, 254)}",
    ),
    (r"\b(?:4|four)[- ]digit year\b", lambda random: str(random.draw_between(1950, 2020))),
    (r"\bHH:MM:SS\b", faker_pool.generate_time),
    (r"\bHH:MM\b", lambda random: faker_pool.generate_time(random)[:5]),
)


HALF_DAY = make_regex(r"\b(1[0-2]|0?[1-9])(?::([0-5]\d))?\s?([ap])\.?m\b", re.I)
"""A time such as 3:30 pm."""


DATE_FORMAT = make_regex(
    r"\b((?i:YYYY-MM-DD(?:THH:MM:SSZ?)?|DD[./-]MM[./-]YYYY|MM[/-]DD[/-]YYYY|YYYY/MM/DD"
    r"|DD[./]MM[./]YY|(?:Month|Mon|MMMM?) DD?,? YYYY|DD? (?:Month|Mon|MMMM?) YYYY|ISO[ -]?8601"
    r"|ISO (?:date )?format|ISO date|TT\.MM\.JJJJ|DD/MM/AAAA|JJ/MM/AAAA|AAAA-MM-DD))\b"
    r"|(?<![\w])(%[YmdHMSfBjIyZ][^'\"\n]{0,40}%[YmdHMSfBjIyZ]\w?)",
)


ASKS_DATE = make_regex(
    r"\b(?:date|dates|day|when|deadline|today|tomorrow|yesterday|convert|normali[sz]e|birthday|due"
    r"|born|timestamp|datum|wann|fecha|jour|data|give me|reformat|change|turn|rewrite|extract"
    r"|parse)\b|\d{4}",
    re.I,
)
TO_FORMAT = make_regex(
    r"\b(?:as|in|to|into|using|like)\b[^.\n]{0,30}(?:YYYY|DD|MM|TT|JJJJ|AAAA|ISO|%[YmdHM])", re.I
)


NOT_FIELDS = make_regex(
    r"\b(?:keywords?|names of|people|persons|organi[sz]ations|emojis?|hash-?tags?|code|json|xml"
    r"|yaml|csv|table"
    r"|list|translation|title|headline|summary|query"
    r"|sql|answer|letter|label|category|word|words|text|following"
    r"|provided|given|context|information|points?|facts|most|first(?! name)|relevant|best|same"
    r"|formula|intent|poem|essay|sentence|corrected|rewritten"
    r"|tools?|function|steps?|number of|capital|difference|meaning|weather|way|user"
    r"|model|ones?|content|article|reply|response|email body|result)\b",
    re.I,
)


CODE = make_regex(r"\b(?=[A-Z-]{0,12}\d)[A-Z0-9][A-Z0-9-]{3,30}\b")
"""A number with letters, such as that of a parcel."""


POSTCODE = make_regex(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?<!\d)\d{5}(?:-\d{4})?(?!\d)|(?<!\d)\d{4}(?= [A-Z])"
)


@form(
    "date or time",
    "What is the invoice date? Answer in the format YYYY-MM-DD, no other "
    "text.\n\nInvoice #123, issued on March 5, 2024.",
    "Give me a time in HH:MM format for a morning alarm, only the time.",
    "Output a single hex color code for a warm orange. Nothing else.",
    words="yyyy dd mm iso format formatted pattern single only just nothing strictly nur solo "
    "seulement uniquement únicamente formato aaaa jjjj só apenas soltanto alleen tylko",
    about="a date, time, colour or id in the format that the prompt names",
)
def answer_formatted(question: Question) -> str | None:
    match = DATE_FORMAT.search(question.whole)
    if match is not None and find_stated_day(question):
        return format_date(match[1] or match[2], question)
    if match is not None and not ASKS_DATE.search(question.instruction):
        return None
    if match and (dates := format_dates(match[1] or match[2], question)):
        return dates
    names_format = re.search(r"\b(?:format|formatted|pattern|single)\b", question.lower)
    if not (question.is_terse or names_format or (match and TO_FORMAT.search(question.wish))):
        return None
    if match:
        return format_date(match[1] or match[2], question)
    if re.search(r"\b(?:write|function|script|list|table|explain)\b", question.instruction, re.I):
        return None
    if question.asks_how:
        return None
    clock = HALF_DAY.search(question.subject)
    if clock is not None and re.search(r"\b24[- ]?h(?:our)?s?\b", question.instruction, re.I):
        hour = int(clock[1]) % 12 + (12 if clock[3].lower() == "p" else 0)
        return f"{hour:02}:{clock[2] or '00'}"
    for pattern, make in FORMATS:
        if re.search(pattern, question.instruction, 0 if "HH" in pattern else re.I):
            found = question.hints.times if "HH" in pattern else []
            if "HH" in pattern and (match := HALF_DAY.search(question.subject)):
                hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
                found = [f"{hour:02}:{match[2] or '00'}"]
            if "HH" in pattern and (later := add_duration(question.prompt[:1500])):
                found = [later]
            return (
                found[0].zfill(5)
                if found and re.fullmatch(r"\d?\d:\d\d", found[0]) and "SS" not in pattern
                else make(question.random)
            )
    return None


IMPROVES = make_regex(
    r"\W*(?:please )?(?:improve|rewrite|rephrase|reword|polish|paraphrase|shorten|simplify|correct"
    r"|proofread)\b[^\n]{0,120}\b(?:version|text|sentence|result|rewrite|bullet|headline)\b",
    re.I,
)
"""A wish for a text in other words, which is not a value of the given one."""


@form(
    "only the value",
    "Extract the e-mail address from this text and return nothing else: Please write to "
    "jane.doe@example.com before Friday.",
    "Return just the phone number in this signature.\n\nKind regards, Tim Miller, +49 "
    "30 1234567, Berlin",
    'In what year was the company founded? Just the year please. "Founded in 1998 in a '
    'garage, Acme has 500 employees."',
    about="a value of the given text, found like the value of a field",
)
def answer_field(question: Question) -> str | None:
    is_foreign = question.written_language != "en" and question.is_terse
    if is_foreign and (found := find_foreign_value(question)):
        return found
    if IMPROVES.match(question.instruction):
        return None
    is_short = len(question.prompt) < 160 and question.material
    if question.is_terse and is_short and "\n" not in question.prompt.strip():
        fact = find_known_value(question.prompt) if ASKS_FACT.match(question.prompt) else ""
        if fact:
            return fit_case(fact, question)
    is_bare = (
        BARE_EXTRACT.match(question.instruction) is not None and len(question.instruction) < 120
    )
    if not (question.is_terse or is_bare) or not (question.material or question.earlier):
        return None
    if SEVERAL.search(question.instruction):
        return None
    if WHOLE_ADDRESS.search(question.instruction) and (
        address := find_address_part("address", question.material)
    ):
        return address
    if not question.material and (recalled := recall(question)):
        return recalled
    role = NAME_OF.search(question.instruction)
    if role and (found := find_after_role(role[1], question.material)):
        return found
    found = find_span(f"What {role[0]}?", question.material) if role and question.material else ""
    if role and PART_NAME.search(question.instruction):
        found = ""
    if found and len(found) < 60 and found in question.material:
        return found
    name = find_field(question)
    if not name or NOT_FIELDS.search(name) or len(name.split()) > 3:
        return None
    if several := find_all_by_kind(name.replace(" ", "_"), question.material):
        return (", " if "comma" in question.lower else "\n").join(several)
    asked = question.instruction
    found = narrow_clause(asked, question.material)
    if found != question.material:
        return found
    found = find_answering(name, question) or find_value(name, question)
    return fit_case(found, question)


ASKS_FACT = make_regex(r"\W*(?:who|which|what|where|when|in which|in what|how many)\b", re.I)


def find_answering(name: str, question: Question) -> str:
    """Return the value in the line of the text that answers the question; empty without one."""
    match = ASKED_PART.search(question.instruction)
    lines = question.material.splitlines()
    best = choose_sentence(lines, match[0]) if match and len(lines) > 2 else None
    kind = "time" if "time" in name else name.replace(" ", "_")
    return find_by_kind(kind, best) if best else ""


ASKED_PART = make_regex(r"\b(?:when|at what|what|which|where|who|how)\b[^.?\n]{3,160}\?", re.I)


EMAIL_ONLY = make_regex(
    r"e-?mail|correo|courriel|メールアドレス|邮箱|이메일|почт|пошт|البريد|אימייל|ईमेल|อีเมล", re.I
)


def find_foreign_value(question: Question) -> str:
    """Return the address for which a prompt in another language asks; empty without one."""
    match = EMAIL.search(question.subject) if EMAIL_ONLY.search(question.stated) else None
    return match[0].strip(".") if match else ""


SEVERAL = make_regex(
    r"\bnames of (?:all )?(?:the )?[a-z]+s\b|\b(?:all|every) (?:the |of the )?(?:people|persons?"
    r"|names|organi[sz]ations|companies|cities|places|keywords)\b|\bkey ?words\b"
    r"|\baction items\b|\b(?:bullet(?:ed)?|numbered) (?:list|points)\b",
    re.I,
)
"""Several values, which are a list."""
WHOLE_ADDRESS = make_regex(
    r"\b(?:mailing|postal|full|home|shipping|delivery|billing|street) address\b", re.I
)
BARE_EXTRACT = make_regex(
    r"\W*(?:please )?(?:get|extract|find|copy|pull out"
    r"|return)(?: me)? the [\w -]{3,40}?(?: (?:from|of|in"
    r"|out of)\b|:(?:\s|\Z))",
    re.I,
)


PART_NAME = make_regex(r"\b(?:first|given|last|family|sur) ?name\b", re.I)
NAME_OF = make_regex(r"\bname of the (\w{3,20})\b", re.I)


def find_after_role(role: str, text: str) -> str:
    """Return the name after a word for a role: "the broker Bergman & Partners"."""
    match = re.search(
        rf"\b{re.escape(role)},? ([A-ZÀ-Þ][\w'’-]*(?: (?:&|and|of|de|van) ?)?(?:"
        rf" ?[A-ZÀ-Þ][\w'’-]*){{0,3}})",
        text,
    )
    return match[1].strip() if match else ""


def find_stated_code(name: str, text: str) -> str:
    """Return the code behind the name of its kind: "your tracking number is ZX-48213"."""
    if not CODE_NAME.search(name):
        return ""
    match = re.search(
        rf"\b{re.escape(name.strip())}\b(?: (?:for|of) [^.\n:]{{0,30}}?)?(?: is| was|:| =)\s+"
        r"[\"'“`]?((?=[A-Za-z-]{0,12}\d)[A-Za-z0-9][\w-]{2,30})",
        text,
        re.I,
    )
    return match[1] if match else ""


CODE_NAME = make_regex(r"\b(?:number|code|id|reference|sku|serial|token|key)\b", re.I)


def find_value(name: str, question: Question) -> str:
    """Return the value of a field in the subject, or an invented one."""
    subject = question.subject
    if stated := find_stated_code(name, question.material or question.prompt):
        return stated
    labelled = find_labelled(name, question.material or question.prompt)
    if labelled and question.material:
        return labelled
    if question.material and (typed := find_by_kind(name.replace(" ", "_"), question.material)):
        return typed
    if re.search(r"e-?mail", name) and (match := EMAIL.search(subject)):
        return match[0]
    if "year" in name and (match := re.search(r"\b(?:1[5-9]|20)\d\d\b", subject)):
        return match[0]
    if re.search(r"amount|total|price|cost|sum\b|count|age$|quantity", name):
        number = field_numbers.find_number(name, question.hints)
        if number is not None:
            return format_number(number)
    if (
        not re.search(r"phone|mobile|fax|post|zip", name)
        and re.search(r"number|code|\bid\b|reference|\bsku\b|serial", name)
        and (match := CODE.search(subject))
    ):
        return match[0]
    if re.search(r"post ?code|zip|postal|plz|postleitzahl", name) and (
        match := POSTCODE.search(subject)
    ):
        return match[0]
    if re.search(r"sender|author|sign", name) and (signed := SIGNED.search(question.material)):
        return signed[1].strip()
    if re.search(r"sender|author", name) and (
        sender := re.search(r"^(?:From|Von|De|Da): *([^\n<]{2,60})", subject, re.M)
    ):
        return sender[1].strip()
    return find_or_invent(name, question)


SIGNED = make_regex(
    r"(?:regards|cheers|best|thanks|thank you|sincerely|yours|grüßen?|saludos|cordialement"
    r"|saluti)[^\n]{0,20}\n+[ \t]*((?-i:[A-ZÀ-Þ])[\w'’-]+(?: (?-i:[A-ZÀ-Þ])[\w'’-]+){0,3})",
    re.I,
)


def find_or_invent(name: str, question: Question) -> str:
    """Return a text for a field from one line of the subject, or an invented one."""
    subject = question.subject
    found = field_values.find_text(name, "", question.hints)
    if isinstance(found, str) and found.strip() and found.split()[0].lower() in BEGINNINGS:
        found = next(iter(list_names(question.material)), "") or found
    text = found or field_values.generate_text(name, "", question.hints, question.random)
    words = text.strip(" .").split("\n")[0].split()
    while found and len(words) > 1 and " ".join(words) not in subject:
        words.pop()  # a name that goes over the end of a line
    if len(words) > 1 and re.search(r"\b(?:first|given) name|vorname|prénom", name):
        return words[0]
    if len(words) > 1 and re.search(r"\b(?:last|family) name|surname|nachname|apellido", name):
        return words[-1]
    return " ".join(words)


DESCRIBES = make_regex(
    r"\b(?:describe|summari[sz]e|sum up|characteri[sz]e|how (?:would|do|are|was|is|did)"
    r"|what do you think|your (?:opinion|mood))\b",
    re.I,
)
ADJECTIVES = "Remarkable Vibrant Calm Timeless Vast Inspiring Lively Memorable Gentle Bold".split()
MOODS = {
    1: "Delightful Excellent Impressive Wonderful".split(),
    -1: "Disappointing Frustrating Underwhelming".split(),
}
FEELS = make_regex(
    r"\b(?:feel|feels|felt|feeling|is|was|am|seemed|looked) (?:so |very )?(\w+)\b", re.I
)


def pick_adjective(question: Question) -> str:
    """Return a word that describes the subject: praise for praise, blame for complaints."""
    about = question.material or question.prompt
    if re.search(r"\bhow (?:are|is|do) you\b", question.instruction, re.I):
        return question.random.pick(("Great", "Curious", "Cheerful"))
    mood = measure_sentiment(question.material) if question.material else 0
    if re.search(r"\bhow (?:did|does|do|was)\b", question.instruction, re.I) and (
        felt := FEELS.search(about)
    ):
        return felt[1].capitalize()
    return question.random.pick(MOODS.get((mood > 0) - (mood < 0), ADJECTIVES))


@form(
    "one word",
    "What is the capital of France? Answer in one word.",
    "Describe Rome in one word",
    words="word one-word wort palabra mot parola palavra single",
    about="one word of the text, or a name that answers",
)
def answer_one_word(question: Question) -> str | None:
    if not ONE_WORD.search(question.whole):
        return None
    if match := CAPITAL_OF.search(question.prompt[:1000]):
        city = CAPITALS.get(match[1].lower()) or CAPITALS.get(match[1].split()[0].lower())
        if city:
            return city.split()[0]
    remembered = find_own_name(question.prompt[:MAX_OWN]) or recall(question)
    if remembered:
        return remembered.split()[-1].strip(".")
    if question.material and re.search(r"\?", question.instruction):
        found = find_answer(question)
        if found and len(found.split()) < 4:
            return found.split()[-1].strip(".,")
    if fact := find_known_value(question.prompt[:300]):
        return fact.split()[-1]
    if DESCRIBES.search(question.instruction):
        return pick_adjective(question)
    if question.language != "en":
        return question.random.pick(list_fitting(question.stated, question.language))
    known = find_known_things(question.instruction)
    if known:
        return question.random.pick(known).split()[0]
    words = [word for word in question.keywords if word.isalpha()] or [question.topic.split()[0]]
    return words[0].capitalize()


@form(
    "fact",
    "What is the capital of Australia? Only the name.",
    words="capital",
    about="a name that mockgem knows",
)
def answer_fact(question: Question) -> str | None:
    found = find_capital(question.prompt[:1000]) if question.is_terse else ""
    return fit_case(found, question) if found else None


def fit_case(text: str, question: Question) -> str:
    """Return a value in capitals or small letters, if the prompt wants it so."""
    if re.search(r"\b(?:all caps|upper ?case|capital letters|all capitals)\b", question.wish, re.I):
        return text.upper()
    return text.lower() if re.search(r"\blower ?case\b", question.wish, re.I) else text
