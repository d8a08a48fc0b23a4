"""Single values: numbers, dates, times, addresses, one word."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.options import OR
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import measure_sentiment
from mockgem.operations.generators import faker_pool, field_values
from mockgem.operations.generators.hints import EMAIL, NUMBER, to_iso_date
from mockgem.operations.generators.seeded_random import SeededRandom

NUMERAL = r"-?\d{1,9}(?:\.\d{1,6})?"
RANGE = re.compile(
    rf"\b(?:from|between|of|scale|range|von|zwischen|de|entre|da|tra|fra|van|tussen|number|integer|digit|score|rating|rate|probability"
    rf"|confidence)\b[^.\n\d]{{0,60}}?({NUMERAL})\s?(?:to|and|-|–|bis|und|a|à|y|e|et|en|al?|through|out of)\s?({NUMERAL})(?![\d.]*%?[-/]\d)",
    re.I,
)
BARE_RANGE = re.compile(rf"\(\s?({NUMERAL})\s?(?:-|–|to|\.\.)\s?({NUMERAL})\s?\)|\b({NUMERAL})\s?(?:-|–|to)\s?({NUMERAL})\s(?:stars?|points?|scale|rating)", re.I)
OUT_OF = re.compile(r"\bout of (\d{1,4})\b", re.I)
RATE = re.compile(
    r"(?<!\w)(?:rate|rating|score|grade|scale|stars?|number|integer|digit|probability|confidence|percent\w*|likely|likelihood|evaluate|bewerte\w*"
    r"|skala|zahl|escala|puntúa|número|note[zr]?|échelle|nombre|chiffre|voto|scala|numero|cijfer|schaal)(?!\w)|数字|評価|评分|숫자",
    re.I,
)
WANTS_NUMBER = re.compile(
    r"\b(?:only|just|single|nothing but|return|output|give me|reply with|respond with|answer with|as|nur|solo|sólo|únicamente|seulement|uniquement"
    r"|apenas|soltanto)\b[^.\n?]{0,40}\b(?:numbers?|integer|digits?|numeric (?:result|value|answer)|numerical|total|sum|amount|count|percentage|result"
    r"|price|zahl|número|nombre|chiffre|numero|resultado|ergebnis|résultat|year)\b|(?:只|仅|だけ|только)[^.\n]{0,12}(?:数字|число|числом)",
    re.I,
)
CALCULATOR = re.compile(r"\bcalculat\w+|\bcompute\b|\bevaluate the expression|\bmath\b|\barithmetic\b", re.I)
EXPRESSION = re.compile(r"[-(]{0,4}\d[\d.,]*(?:[\s)]*[-+*/^x×÷%][\s(]*-?\d[\d.,]*)+\)*")
PLUS_WORDS = re.compile(r"\bplus\b|\bminus\b|\btimes\b|\bdivided by\b|\bmultiplied by\b", re.I)
OPERATORS = {"plus": "+", "minus": "-", "times": "*", "divided by": "/", "multiplied by": "*"}
ARITHMETIC = re.compile(r"\d\s?[-+*/^x×÷]\s?\(?\d|\d (?:plus|minus|times|divided by|multiplied by) \d", re.I)
NAMED_NUMBER = re.compile(r"\b(?:order|invoice|phone|telephone|tracking|ticket|account|reference|serial|case|card|flight|room|model|confirmation|booking) numbers?\b", re.I)
COUNT = re.compile(r"\bhow many (words|letters|characters|sentences|vowels)\b", re.I)
FORMATS: tuple[tuple[str, Callable[[SeededRandom], str]], ...] = (
    (r"\bhex(?:adecimal)? colou?r|colou?r code|\bhex code", lambda random: f"#{random.draw_below(1 << 16):04X}{random.draw_below(256):02X}"),
    (r"\buuid\b|\bguid\b", faker_pool.generate_uuid),
    (r"\bHH:MM:SS\b", faker_pool.generate_time),
    (r"\bHH:MM\b", lambda random: faker_pool.generate_time(random)[:5]),
)
DATE_FORMAT = re.compile(
    r"\b(YYYY-MM-DD(?:THH:MM:SSZ?)?|DD[./-]MM[./-]YYYY|MM/DD/YYYY|YYYY/MM/DD|ISO[ -]?8601|TT\.MM\.JJJJ|DD/MM/AAAA|JJ/MM/AAAA|AAAA-MM-DD)\b"
    r"|(?<![\w])(%[YmdHMSfBjIyZ][^'\"\n]{0,40}%[YmdHMSfBjIyZ]\w?)",
)
ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
ONLY_THE = re.compile(
    r"\b(?:(?:return|output|give|provide|reply with|respond with|answer with|extract|write|tell me|print|send)\b[^.\n:]{0,30}?\b)?"
    r"(?:only|just|solely)\b(?: with)?(?: give)?(?: me)?(?: return)?(?: output)? (?:the |its |his |her |their )((?:[\w-]+ ){0,2}?[\w-]+)"
    r"(?=\s*(?:[.,;:!?\n(]|$|please|and|in |of |as |from |with|for|that|you|without|nothing))",
    re.I,
)
EXTRACT_ONE = re.compile(
    r"\b(?:extract|find|return|get|identify|what is|what's|give me|tell me) (?:only |just )?(?:the |its |his |her )((?:[\w-]+ ){0,2}?[\w-]+)"
    r"(?=\s*(?:[.,;:!?\n]|$|in |of |from |and (?:return|output|reply|respond|nothing|give)|as ))",
    re.I,
)
NOT_FIELDS = re.compile(
    r"\b(?:code|json|xml|yaml|csv|table|list|translation|title|headline|summary|query|sql|answer|letter|label|category|word|words|text|following"
    r"|provided|given|context|information|points?|facts|most|first|relevant|best|same|formula|intent|poem|essay|sentence|corrected|rewritten"
    r"|tools?|function|steps?|number of|capital|difference|meaning|weather|way|user|model|ones?|content|article|reply|response|email body|result)\b",
    re.I,
)
ONE_WORD = re.compile(
    r"\b(?:in|with|using|exactly|only|just|one|a|answer|reply)\b[^.\n]{0,24}\b(?:one|single|1)[- ](?:word)\b|\bone[- ]word (?:answer|reply|response)"
    r"|\b(?:mit|in) (?:nur )?einem (?:einzigen )?wort\b|\b(?:con|en) una (?:sola )?palabra\b|\b(?:en|par) un (?:seul )?mot\b|\b(?:con|in) una (?:sola )?parola\b"
    r"|\b(?:com|em|numa|uma) (?:só |única )?palavra\b|одним словом|一个词|一言で|한 단어",
    re.I,
)
LANGUAGE_NAME = re.compile(r"\b(?:which|what) language\b|\blanguage (?:is|name|of)\b|\bdetect the language|welche sprache|qué idioma|quelle langue|identify the language", re.I)
CAPITALS = {
    "france": "Paris", "germany": "Berlin", "italy": "Rome", "spain": "Madrid", "portugal": "Lisbon", "japan": "Tokyo", "china": "Beijing",
    "australia": "Canberra", "canada": "Ottawa", "brazil": "Brasília", "india": "Delhi", "norway": "Oslo", "sweden": "Stockholm",
    "austria": "Vienna", "poland": "Warsaw", "england": "London", "uk": "London", "usa": "Washington", "mexico": "Mexico City", "egypt": "Cairo",
    "greece": "Athens", "russia": "Moscow", "turkey": "Ankara", "ireland": "Dublin", "switzerland": "Bern", "netherlands": "Amsterdam",
    "argentina": "Buenos Aires", "peru": "Lima", "kenya": "Nairobi", "south korea": "Seoul", "denmark": "Copenhagen", "finland": "Helsinki",
}
CAPITAL_OF = re.compile(r"\bcapital(?: city)? of (?:the )?([A-Za-z]+(?: [A-Z][a-z]+)?)", re.I)


@form("language name", "Which language is this text written in? Answer with the language name only.\n\n\"Wo ist der nächste Bahnhof?\"", words="language sprache idioma langue lingua", help="the name of the language of a text")
def name_language(question: Question) -> str | None:
    if not LANGUAGE_NAME.search(question.instruction) or not question.material:
        return None
    if not question.is_terse and not ONE_WORD.search(question.whole):
        return None
    code = detect(question.material)
    return load_pack(code).name if question.language == "en" else load_pack(code).own_name


@form(
    "number on a scale",
    "On a scale from 1 to 10, how formal is this sentence? Reply with just the number.\n\n\"Yo, what's up?\"",
    "How likely is it that this lead buys? Give a probability between 0 and 1 and nothing else. Lead: asked for a quote twice.",
    words="rate rating score grade scale star stars number integer digit probability confidence percent percentage likely likelihood evaluate bewerte bewertung skala zahl escala puntúa número numero note notez échelle nombre chiffre voto scala cijfer schaal out nota", help="a number in the range; praise gives a high one",
)
def rate(question: Question) -> str | None:
    for text in (question.instruction, question.prompt[:1500], question.system):
        limits = find_range(text)
        if limits is None or not RATE.search(text):
            continue
        if not question.is_terse and not re.search(r"\b(?:rate|score|respond with|reply with|answer with|single|output|return)\b", text, re.I):
            continue
        low, high = limits
        if "." in low + high or float(high) - float(low) == 1 and not re.search(r"\binteger|\b0 or 1", text, re.I):
            return f"{float(low) + (float(high) - float(low)) * question.random.draw_between(55, 95) / 100:.2f}"
        return str(pick_number(int(low), int(high), question))
    return None


def find_range(text: str) -> tuple[str, str] | None:
    for pattern in (RANGE, BARE_RANGE):
        for match in pattern.finditer(text):
            low, high = [group for group in match.groups() if group is not None]
            if float(low) < float(high):
                return low, high
    match = OUT_OF.search(text)
    return ("1", match[1]) if match else None


def pick_number(low: int, high: int, question: Question) -> int:
    """Return a number from a range: in its upper third for praise, its lower one for complaints."""
    mood = measure_sentiment(question.material) if question.material else 0
    third = max(1, (high - low + 1) // 3)
    if mood > 0:
        return question.random.draw_between(high - third + 1, high)
    if mood < 0:
        return question.random.draw_between(low, low + third - 1)
    return question.random.draw_between(low, high)


@form(
    "number",
    "What is 17 * 23? Only give me the number.",
    "Return only the number of words in this text: \"one two three\"",
    words="calculate calculator compute math arithmetic evaluate number numbers integer digit digits numeric numerical total sum amount count percentage result price zahl número nombre chiffre numero resultado ergebnis résultat year expression answer divided plus minus times what", help="the result of a calculation, a number from the text, or an invented one",
)
def answer_number(question: Question) -> str | None:
    if question.is_terse and ARITHMETIC.search(question.prompt[:1500]) and not NAMED_NUMBER.search(question.whole):
        value = calculate(question.prompt[:1500])
        if value is not None:
            return value
    if NAMED_NUMBER.search(question.whole):
        return None
    calculates = CALCULATOR.search(question.system) and (question.is_terse or "result" in question.lower)
    if not calculates and not (question.is_terse and WANTS_NUMBER.search(question.whole)):
        return None
    if (value := calculate(question.prompt[:1500])) is not None:
        return value
    if calculates and not WANTS_NUMBER.search(question.whole):
        return None
    if match := COUNT.search(question.whole):
        return str(count_things(match[1].lower(), question.material))
    name = find_field(question) or "number"
    number = field_values.find_number(name, question.hints)
    if number is None:
        number = find_earlier_number(question)
    if number is None:
        number = question.random.draw_between(*faker_pool.range_for(name))
    return format_number(number)


def find_earlier_number(question: Question) -> float | None:
    """Return a number from an earlier message; with "old" the age in it."""
    for role, text in reversed(question.earlier):
        if role == "user" and (match := NUMBER.search(text)):
            return float(match[0].replace(",", ""))
    return None


def format_number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.10g}"


def calculate(text: str) -> str | None:
    """Return the value of the arithmetic expression in a text."""
    from mockgem.operations.generators.code_execution import solve_expression

    plain = PLUS_WORDS.sub(lambda match: OPERATORS[match[0].lower()], text)
    priced = find_priced_sum(text)
    if priced is not None:
        return format_number(priced)
    match = EXPRESSION.search(plain)
    if match is None or ISO.search(match[0]):
        return None
    execution = solve_expression(f"calculate {match[0].strip()}")
    if execution is None:
        return None
    numbers = NUMBER.findall(execution.output or execution.sentence)
    return format_number(float(numbers[-1].replace(",", ""))) if numbers else None


PRICED = re.compile(r"\b(\d{1,6}) [\w ]{1,30}? (?:at|for|à|zu je|a) [$€£]?(\d{1,6}(?:\.\d{1,2})?)\b", re.I)


def find_priced_sum(text: str) -> float | None:
    """Return the total of a text such as "3 apples at 2 euros plus 4 pears at 1 euro"."""
    found = PRICED.findall(text[:1000])
    return sum(int(count) * float(price) for count, price in found) if found else None


def count_things(unit: str, text: str) -> int:
    match unit:
        case "words":
            return len(text.split())
        case "sentences":
            return len(re.findall(r"[.!?](?:\s|$)", text)) or 1
        case "vowels":
            return len(re.findall(r"[aeiouAEIOU]", text))
    return len(text.replace(" ", "")) if unit == "letters" else len(text)


def find_field(question: Question) -> str:
    """Return the name of the single thing that the prompt asks for, as of a field of a schema."""
    for pattern in (ONLY_THE, EXTRACT_ONE):
        for text in (question.instruction, question.system):
            for match in pattern.finditer(text[:2000]):
                name = match[1].strip().lower()
                if name and name not in ("number", "value", "numeric result"):
                    return name
    match = re.search(r"\bhow (old|many|much|tall|long|far|high)\b", question.whole, re.I)
    return {"old": "age", "much": "price", "many": "count"}.get(match[1].lower(), "number") if match else ""


@form(
    "date or time",
    "What is the invoice date? Answer in the format YYYY-MM-DD, no other text.\n\nInvoice #123, issued on March 5, 2024.",
    "Give me a time in HH:MM format for a morning alarm, only the time.",
    "Output a single hex color code for a warm orange. Nothing else.",
    words="format formatted pattern single only just nothing strictly nur solo seulement uniquement únicamente", help="a date, time, colour or id in the format that the prompt names",
)
def answer_formatted(question: Question) -> str | None:
    if not question.is_terse and not re.search(r"\b(?:format|formatted|pattern|single)\b", question.lower):
        return None
    if match := DATE_FORMAT.search(question.whole):
        return format_date(match[1] or match[2], question)
    if re.search(r"\b(?:write|function|script|list|table|explain)\b", question.instruction, re.I):
        return None
    for pattern, make in FORMATS:
        if re.search(pattern, question.instruction, 0 if "HH" in pattern else re.I):
            found = question.hints.times if "HH" in pattern else []
            return found[0].zfill(5) if found and re.fullmatch(r"\d?\d:\d\d", found[0]) and "SS" not in pattern else make(question.random)
    return None


def format_date(layout: str, question: Question) -> str | None:
    dates = [to_iso_date(text) or text for text in question.hints.dates]
    iso = next((text for text in dates if ISO.fullmatch(text[:10])), "") or faker_pool.generate_date(question.random)
    moment = datetime.fromisoformat(f"{iso[:10]}T{faker_pool.generate_time(question.random)}")
    if "%" in layout:
        return moment.strftime(layout.rstrip("'\" .,"))
    wire = layout.upper().replace("ISO 8601", "YYYY-MM-DD").replace("ISO-8601", "YYYY-MM-DD").replace("ISO8601", "YYYY-MM-DD")
    wire = wire.replace("TT.MM.JJJJ", "%d.%m.%Y").replace("DD/MM/AAAA", "%d/%m/%Y").replace("JJ/MM/AAAA", "%d/%m/%Y").replace("AAAA-MM-DD", "%Y-%m-%d")
    wire = wire.replace("THH:MM:SS", "T%H:%M:%S").replace("YYYY", "%Y").replace("MM", "%m").replace("DD", "%d")
    return moment.strftime(wire.replace("%M", "%M"))


@form(
    "only the value",
    "Extract the e-mail address from this text and return nothing else: Please write to jane.doe@example.com before Friday.",
    "Return just the phone number in this signature.\n\nKind regards, Tim Miller, +49 30 1234567, Berlin",
    "In what year was the company founded? Just the year please. \"Founded in 1998 in a garage, Acme has 500 employees.\"",
    help="a value of the given text, found like the value of a field",
)
def answer_field(question: Question) -> str | None:
    if not question.is_terse or not (question.material or question.earlier):
        return None
    name = find_field(question)
    if not name or NOT_FIELDS.search(name) or len(name.split()) > 3:
        return None
    return find_value(name, question)


def find_value(name: str, question: Question) -> str:
    """Return the value of a field in the subject, or an invented one."""
    subject = question.subject
    if re.search(r"e-?mail", name) and (match := EMAIL.search(subject)):
        return match[0]
    if "year" in name and (match := re.search(r"\b(?:1[5-9]|20)\d\d\b", subject)):
        return match[0]
    if re.search(r"amount|total|price|cost|sum\b|count|age$|quantity", name):
        number = field_values.find_number(name, question.hints)
        if number is not None:
            return format_number(number)
    found = field_values.find_text(name, "", question.hints)
    text = found or field_values.generate_text(name, "", question.hints, question.random)
    return text.strip(" .")


@form(
    "one word",
    "What is the capital of France? Answer in one word.",
    "Describe Rome in one word",
    words="word one-word wort palabra mot parola palavra single", help="one word of the text, or a name that answers",
)
def answer_one_word(question: Question) -> str | None:
    if not ONE_WORD.search(question.whole) or re.search(rf"\b{OR}\b", question.instruction[:0]):
        return None
    if match := CAPITAL_OF.search(question.prompt[:1000]):
        city = CAPITALS.get(match[1].lower()) or CAPITALS.get(match[1].split()[0].lower())
        if city:
            return city.split()[0]
    from mockgem.operations.forms.memory import recall

    remembered = recall(question)
    if remembered:
        return remembered.split()[-1].strip(".")
    words = [word for word in question.keywords if word.isalpha()] or [question.topic.split()[0]]
    return words[0].capitalize() if question.language == "en" else words[0]


@form(
    "fact",
    "What is the capital of Australia? Only the name.",
    words="capital", help="a name that mockgem knows",
)
def answer_fact(question: Question) -> str | None:
    match = CAPITAL_OF.search(question.prompt[:1000]) if question.is_terse else None
    return CAPITALS.get(match[1].lower()) if match else None
