"""Single values: numbers, dates, times, addresses, one word."""

from __future__ import annotations

import re

from mockgem.operations.forms.agreement import AGREES, compare_with_reference, find_agreement
from mockgem.operations.forms.calculations import ARITHMETIC, calculate, format_number
from mockgem.operations.forms.counted_parts import find_parts
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.measured_levels import measure_level
from mockgem.operations.forms.number_series import ASKS_NEXT
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.stated_claims import decide_claim
from mockgem.operations.forms.stated_numbers import (
    count_days_between,
    find_labelled_amount,
    find_total,
)
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators import faker_pool, field_numbers
from mockgem.operations.generators.hint_patterns import NUMBER
from mockgem.operations.generators.known_answers import find_known_value

NUMERAL = r"-?\d{1,9}(?:\.\d{1,6})?"
RANGE = make_regex(
    r"\b(?:from|between|of|scale|range|von|zwischen|del?|entre|da|dal|tra|fra|van|tussen|od"
    r"|między|от|від|od|number|integer|digit|score|rating|rate|probability"
    rf"|confidence)\b[^.\n\d]{{0,60}}?({NUMERAL})\s?(?:to|and|-|–|bis|und|a|à|y|e|et|en|al?"
    rf"|through|out of)\s?({NUMERAL})(?![\d.]*%?[-/]\d)",
    re.I,
)
BARE_RANGE = make_regex(
    rf"\(\s?({NUMERAL})\s?(?:-|–|to|\.\.)\s?({NUMERAL})\s?\)|\b({NUMERAL})\s?(?:-|–"
    rf"|to)\s?({NUMERAL})\s(?:stars?|points?|scale|rating)"
    r"|(?<![\d-])(\d{1,2})\s?[-–]\s?(\d{1,2})(?=[?.,;)\n]|\s*\Z)",
    re.I,
)
POINT_SCALE = make_regex(r"\b(\d{1,2})[- ]point (?:likert )?scale\b", re.I)
TWO_NUMBERS = make_regex(r"\d\D{1,20}\d|\b(?:out of|sur|von|su|sobre|uit|na) \d")
"""What every range has."""
OUT_OF = make_regex(r"\b(?:out of|sur|von|su|sobre|uit|na) (\d{1,4})\b(?! [a-zà-ÿ]{3})", re.I)
RATE = make_regex(
    r"(?<!\w)(?:rate|rating|score|grade|scale|stars?|number|integer|digit|probability"
    r"|confidence|confident|float|percent\w*|likely|likelihood|evaluate|bewerte\w*"
    r"|skala|zahl|escala|puntúa|número|note[zr]?|échelle|nombre|chiffre|voto|scala"
    r"|numero|cijfer|schaal)(?!\w)|数字|評価|评分|숫자",
    re.I,
)
WANTS_NUMBER = make_regex(
    r"\b(?:only|just|single|nothing but|return|output|give me|reply with|respond with"
    r"|answer with|as|nur|solo|sólo|únicamente|seulement|uniquement"
    r"|apenas|soltanto)\b[^.\n?]{0,40}\b(?:numbers?|integer|digits?|numeric (?:result"
    r"|value|answer)|numerical|total|sum|amount|count|percentage|result"
    r"|price|zahl|número|(?<!el )nombre|chiffre|numero|resultado|ergebnis|résultat|montant|betrag"
    r"|importe|importo|summe|somme)\b"
    r"|\b(?:number|integer|digits?|total|sum|count|zahl|número|numero)"
    r" (?:only|alone|please|solamente|seul)\b|(?:只"
    r"|仅|だけ|только)[^.\n]{0,12}(?:数字|число|числом)",
    re.I,
)
PLAIN_NUMBER = make_regex(
    r"\b(?:answer|reply|respond|return|output|give|express\w*|written|format\w*|result|only"
    r"|just)\b[^.\n]{0,30}\b(?:as|with|is) (?:an? |the )?(?:plain |single |bare |raw )?(?:number"
    r"|integer|float|digit)\b(?! (?:of|list))",
    re.I,
)
NUMBER_STARTS = frozenset(("numbe", "integ", "float", "digit"))
"""The first letters of the words of which PLAIN_NUMBER finds one."""
CALCULATOR = make_regex(
    r"\bcalculat\w+|\bcompute\b|\bevaluate the expression|\bmath\b|\barithmetic\b", re.I
)
NAMED_NUMBER = make_regex(
    r"\b(?:order|invoice|phone|telephone|tracking|ticket|account|reference|serial|case"
    r"|card|flight|room|model|confirmation|booking) numbers?\b",
    re.I,
)
QUOTED_WORD = make_regex(r"[\"'“‘`]([^\"'”’`\n]{1,200})[\"'”’`]")
NAMED_WORD = make_regex(r"\b(?:the|in|does|word) (?:word |name )([\w-]{2,40})\b", re.I)
AFTER_COLON = make_regex(r"[:：]\s{0,3}([^\n:]{2,600})\Z")
COUNT = make_regex(r"\b(?:how many|number of) (words|letters|characters|sentences|vowels)\b", re.I)
ONLY_THE = make_regex(
    r"\b(?:(?:return|output|give|provide|reply with|respond with|answer with|extract"
    r"|write|tell me|print|send)\b[^.\n:]{0,30}?\b)?"
    r"(?:only|just|solely)\b(?: with)?(?: give)?(?: me)?(?: return)?(?: output)? (?:the "
    r"|its |his |her |their )((?:[\w-]+ ){0,2}?[\w-]+)"
    r"(?=\s*(?:[.,;:!?\n(]|$|please|and|in |of |as |from |with|for|that|you|without|nothing))",
    re.I,
)
EXTRACT_ONE = make_regex(
    r"\b(?:extract|find|return|get|identify|what is|what's|give me|tell me) (?:only "
    r"|just )?(?:the |its |his |her )((?:[\w'’-]+ ){0,2}?[\w'’-]+)"
    r"(?=\s*(?:[.,;:!?\n]|$|in |of |from |and (?:return|output|reply|respond|nothing|give)|as ))",
    re.I,
)
ONE_WORD = make_regex(
    r"\bone word (?:only|answer|please)|[?.!,;:(-]\s*(?:one|1|single|a single)[- ]word\b|\b(?:in"
    r"|with|using|exactly|only|just|one|a|answer|reply)\b[^.\n]{0,24}\b(?:one|single"
    r"|1)[- ](?:word)\b|\bone[- ]word (?:answer|reply|response)|\b(?:mit"
    r"|in) (?:nur )?einem (?:einzigen )?wort\b|\b(?:con|en) una (?:sola )?palabra\b|\b(?:en"
    r"|par) un (?:seul )?mot\b|\b(?:con|in) una (?:sola )?parola\b|\b(?:com|em|numa|uma) (?:só "
    r"|única )?palavra\b|одним словом|一个词|一言で|한 단어",
    re.I,
)


@form(
    "number on a scale",
    "On a scale from 1 to 10, how formal is this sentence? Reply with just the "
    'number.\n\n"Yo, what\'s up?"',
    "How likely is it that this lead buys? Give a probability between 0 and 1 and "
    "nothing else. Lead: asked for a quote twice.",
    words="rate rating score grade scale star stars number integer digit probability "
    "confidence confident float percent percentage likely likelihood evaluate bewerte bewertung "
    "skala zahl escala puntúa número numero note notez échelle nombre chiffre voto scala "
    "cijfer schaal out nota",
    about="a number in the range; praise gives a high one",
)
def rate(question: Question) -> str | None:
    if question.is_terse and PERCENT.search(question.instruction):
        return f"{pick_number(0, 100, question)}%"
    if not TWO_NUMBERS.search(question.whole) or SUM_OF.search(question.instruction[:600]):
        return None
    start = "" if question.material else question.prompt[:1500]
    for text in (question.instruction, start, question.system):
        limits = find_range(text) if text else None
        if limits is None or not RATE.search(text):
            continue
        if not question.is_terse and not re.search(
            r"\b(?:rate|score|évalue|bewerte|valuta|evalúa|respond with|reply with|answer with"
            r"|single|output|return)\b",
            text,
            re.I,
        ):
            continue
        low, high = limits
        if (agrees := compare_with_reference(question.prompt[:6000])) is not None:
            return high if agrees else low
        if "." in low + high or (
            float(high) - float(low) == 1 and not re.search(r"\binteger|\b0 or 1", text, re.I)
        ):
            level = measure_support(question)
            least, most = ((55, 95), (82, 97), (3, 18))[level]
            share = question.random.draw_between(least, most) / 100
            return f"{float(low) + (float(high) - float(low)) * share:.2f}"
        return str(pick_number(int(low), int(high), question))
    return None


def measure_support(question: Question) -> int:
    """Return 1 if a text supports the other one, -1 if not; else how much a scale measures."""
    agrees = decide_claim(question) if AGREES.search(question.whole) else None
    if agrees is None and AGREES.search(question.wish):
        agrees = find_agreement(question)
    return measure_level(question) if agrees is None else 1 if agrees else -1


PERCENT = make_regex(
    r"\b(?:similarity|probability|confidence|likelihood|likely|chance|match|score|similar|certain"
    r"|sure)\b[^.\n]{0,60}\b(?:as|in) (?:an? )?(?:percent\b|percentage|%)",
    re.I,
)
"""A judgement that is wanted with a percent sign."""
SUM_OF = make_regex(
    r"\b(?:sum|product|difference|quotient|add|multiply|subtract) (?:of |between )?\d", re.I
)


NOTE = make_regex(r"(?<=\d) \([^()\n]{1,40}\)")
"""What a number of a scale means: "1 (very bad)"."""


def find_range(text: str) -> tuple[str, str] | None:
    text = NOTE.sub("", text)
    for pattern in (RANGE, BARE_RANGE):
        for match in pattern.finditer(text):
            low, high = [group for group in match.groups() if group is not None]
            if float(low) < float(high):
                return low, high
    if points := POINT_SCALE.search(text):
        return ("1", points[1])
    most = OUT_OF.search(text)
    return ("1", most[1]) if most else None


def pick_number(low: int, high: int, question: Question) -> int:
    """Return a number from a range: in its upper third for much of what it measures."""
    mood = measure_level(question)
    third = max(1, (high - low + 1) // 3)
    if mood > 0:
        return question.random.draw_between(high - third + 1, high)
    if mood < 0:
        return question.random.draw_between(low, low + third - 1)
    return question.random.draw_between(low, high)


@form(
    "number",
    "What is 17 * 23? Only give me the number.",
    'Return only the number of words in this text: "one two three"',
    words="calculate calculator compute math arithmetic evaluate number numbers integer digit "
    "digits numeric numerical total sum amount count percentage result price zahl "
    "número nombre chiffre numero resultado ergebnis résultat montant betrag importe importo"
    " year expression answer "
    "divided plus minus times what solve half double twice square cube squared product remainder"
    " multiply add subtract divide round rounded difference power",
    about="the result of a calculation, a number from the text, or an invented one",
)
def answer_number(question: Question) -> str | None:
    is_name = question.language != "en" and NUMBER_AS_NAME.search(question.stated)
    if is_name and not ASKS_NEXT.search(question.prompt[:600]):
        return None
    number = find_answer_number(question)
    if number and number[-1].isdigit() and PERCENT_SHOWN.search(question.wish):
        number += "%"
    if number is None or not NUMBER_LAST.search(question.wish):
        return number
    return f"{Writer(question).write_sentence()}\n\n{number}"


PERCENT_SHOWN = make_regex(
    r"\b(?:e\.g\.|for example|such as|like),? [\"'“]?\d{1,3} ?%|\bwith (?:the |a )?(?:percent"
    r"|%) sign\b",
    re.I,
)
"""A wish for a number with its sign: "e.g. 15%"."""
NUMBER_AS_NAME = make_regex(
    r"\b(?:numéro|número|numero|nummer|numer) (?:de|du|des|della|di|der|do|da|del|van) ?\w", re.I
)
"""A number that is a name and may have letters: "numéro de vol"."""
NUMBER_LAST = make_regex(
    r"\b(?:reason|think|explain|work it out)\w* (?:first|step by step"
    r"|carefully)\b[^\n]{0,120}\b(?:last|final) line\b"
    r"|\b(?:last|final) line (?:must|should|contains?|is|has)\b",
    re.I,
)
"""A wish for reasons above the number."""


def find_answer_number(question: Question) -> str | None:
    if STANDARD.search(question.instruction):
        return None
    if (parts := find_parts(question)[0]) and PLAIN_NUMBER.search(question.wish):
        return str(parts)
    if (
        question.is_terse
        and ARITHMETIC.search(find_sum(question))
        and not NAMED_NUMBER.search(question.whole)
    ):
        value = calculate(find_sum(question))
        if value is not None:
            return value
    is_plain = (
        question.may_have_word(NUMBER_STARTS) and PLAIN_NUMBER.search(question.wish) is not None
    )
    if not question.is_terse and not question.stated_system and not is_plain:
        return None
    if NAMED_NUMBER.search(question.whole):
        return None
    calculates = CALCULATOR.search(question.system) and (
        question.is_terse or "result" in question.lower
    )
    if not calculates and not (
        (question.is_terse or is_plain) and WANTS_NUMBER.search(question.whole)
    ):
        return None
    if days := count_days_between(question.prompt[:600]):
        return days
    if (value := calculate(find_sum(question))) is not None:
        return value
    if calculates and not WANTS_NUMBER.search(question.whole):
        return None
    if stated := find_stated_number(question):
        return stated
    name = find_field(question) or "number"
    guesses = GUESSES.search(question.instruction) is not None
    number = None if guesses else field_numbers.find_number(name, question.hints)
    if number is None:
        number = find_earlier_number(question)
    if number is None:
        number = question.random.draw_between(*faker_pool.range_for(name))
    text = format_number(number)
    if AS_WRITTEN.search(question.wish) and (amount := find_written(text, question)):
        return amount
    written = re.search(rf"(?<![\d.]){re.escape(text)}\.?0+(?![\d.]*\d)", question.material)
    return written[0] if written and "." in written[0] else text


AS_WRITTEN = make_regex(
    r"\b(?:amount|price|cost|total|sum|percentage|exactly as|verbatim)\b"
    r"(?![^.\n]{0,40}\b(?:as an? |without |no )(?:\w+ )?(?:number|integer|float|currency|unit))",
    re.I,
)
"""What is wanted with its currency: "Give only the amount"."""
ONLY_DIGITS = make_regex(
    r"\b(?:numbers?|digits?|integer|float|numeric(?:al)?|no (?:units?|currency|symbols?)"
    r"|without (?:the |any )?(?:units?|currency|symbols?))\b",
    re.I,
)


def find_written(text: str, question: Question) -> str:
    """Return an amount as the material spells it: "$8.2 million"; empty for digits alone."""
    if ONLY_DIGITS.search(question.wish) or not question.subject:
        return ""
    found = re.search(
        rf"(?:[$€£¥] ?|\b(?:EUR|USD|GBP|CHF) )?(?<![\d.,]){re.escape(text)}(?:\.0+)?(?![\d]|[.,]\d)"
        r"(?: ?(?:million|billion|thousand|trillion|mn|bn|[mkbM])\b)?"
        r"(?: ?(?:[€£$%]|EUR\b|USD\b|GBP\b|CHF\b|euros?\b|dollars?\b|pounds?\b|per ?cent\b))?",
        question.subject.replace(",", "") if "," not in text else question.subject,
    )
    return found[0].strip() if found else ""


STANDARD = make_regex(r"\b(?:ISO|RFC|DIN|IEC|CVE|NIST)[ -]?\d{3,5}\b")
"""The number of a standard, which is not to be calculated with."""


MAX_SUM = 8
"""Words of a given text that may be a sum."""


def find_sum(question: Question) -> str:
    """Return the part of a message that may have a sum: not a longer text, with its numbers."""
    if len(question.material.split()) > MAX_SUM and not CALCULATOR.search(question.wish):
        return question.instruction
    return question.prompt[:1500]


def find_stated_number(question: Question) -> str:
    """Return a count, a well-known number or one that the text labels; empty without these."""
    if match := COUNT.search(question.whole):
        quoted = QUOTED_WORD.search(question.prompt[:1500]) or NAMED_WORD.search(question.prompt)
        after = AFTER_COLON.search(question.prompt[:1500])
        text = question.material or (quoted[1] if quoted else after[1] if after else "")
        return str(count_things(match[1].lower(), text))
    is_short = not question.material or len(question.prompt) < 160
    fact = find_known_value(question.prompt[:300]) if is_short else ""
    if fact.replace(",", "").replace(".", "").isdigit():
        return fact
    if not question.material:
        return find_total(question)
    return find_labelled_amount(question) or find_total(question)


GUESSES = make_regex(r"\b(?:estimate|guess|predict|approximate|forecast|appraise)\b", re.I)
"""Words that ask for a number which the text does not have."""


def find_earlier_number(question: Question) -> float | None:
    """Return a number from an earlier message; with "old" the age in it."""
    for role, text in reversed(question.earlier):
        if role == "user" and (match := NUMBER.search(text)):
            return float(match[0].replace(",", ""))
    return None


def count_things(unit: str, text: str) -> int:
    match unit:
        case "words":
            return len(text.split())
        case "sentences":
            return len(re.findall(r"[.!?](?:\s|$)", text)) or 1
        case "vowels":
            return len(re.findall(r"[aeiouAEIOU]", text))
    return len(text.replace(" ", "")) if unit == "letters" else len(text)


FOREIGN_FIELDS = (
    (r"num[ée]ro de vol|flugnummer|número de vuelo", "flight"),
    (
        r"num[ée]ro de (?:commande|facture)|bestellnummer|rechnungsnummer|número de (?:pedido"
        r"|factura)",
        "order number",
    ),
    (r"e-?mail\w*|courriel|correo", "email"),
    (r"t[ée]l[ée]fono?|telefon\w*|téléphone", "phone"),
    (r"date|datum|fecha|data", "date"),
    (r"montant|betrag|importe|importo|prix|preis|precio|prezzo|preço", "price"),
    (r"heure|uhrzeit|hora|ora", "time"),
    (r"ort|lieu|lugar|luogo|ville|stadt|ciudad|città", "city"),
    (r"adresse|dirección|indirizzo", "address"),
    (r"nom|namen?|nombre|nome", "name"),
    (r"numéro|nummer|número|numero", "number"),
)
COMPILED_FOREIGN = [
    (make_regex(rf"(?<!\w)(?:{words})(?!\w)", re.I), name) for words, name in FOREIGN_FIELDS
]


def find_foreign_field(text: str) -> str:
    """Return the English name of the field that a prompt in another language asks for."""
    return next((name for pattern, name in COMPILED_FOREIGN if pattern.search(text)), "")


def find_field(question: Question) -> str:
    """Return the name of the single thing that the prompt asks for, as of a field of a schema."""
    for pattern in (ONLY_THE, EXTRACT_ONE):
        for text in (question.instruction, question.system):
            for match in pattern.finditer(text[:2000]):
                name = match[1].strip().lower()
                if name and name not in ("number", "value", "numeric result"):
                    return name
    if question.language != "en" and (foreign := find_foreign_field(question.instruction)):
        return foreign
    how = re.search(r"\bhow (old|many|much|tall|long|far|high)\b", question.whole, re.I)
    return (
        {"old": "age", "much": "price", "many": "count"}.get(how[1].lower(), "number")
        if how
        else ""
    )
