"""What kind of value a question asks for, and which sentences have such a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.word_patterns import join_words


@frozen
class AnswerKind:
    """A kind of value.

    Attributes:
        asks: What questions about it have.
        has: What sentences with such a value have.
        weight: How much a sentence with the value is worth: a shared word counts 1.
        is_certain: Whether a sentence without such a value can't be the answer.
    """

    asks: re.Pattern[str]
    has: re.Pattern[str]
    weight: float
    is_certain: bool = False


NUMBER_WORD = (
    r"(?:\d[\d.,]*|an?|half an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|several)"
)
WANTS_NUMBER = make_regex(
    r"\bhow (?:many|much|tall|long|old|far|often|high|big)\b|\bwhen\b|\bwhat (?:year|time|date)\b"
    r"|\bwie (?:viele?|hoch|lange|alt|teuer)|\bwann\b|wieviel|uhrzeit"
    r"|cuánt|combien|quant[aioe]\b|quando|cuándo|qu[ée] hora|quelle heure|che ora|que horas|hoeveel"
    r"|wanneer|hoe laat|\bile\b|kiedy|której|\bkaç\b|ne zaman|berapa|kapan|bao nhiêu|mấy"
    r"|сколько|когда|скільки|коли(?!\w)|котор\w+ час|котрій|多少|几|幾|何[時年月人円歳日]|いくら"
    r"|いつ"
    r"|いくつ|얼마|몇|언제|كم|متى|כמה|מתי|कितन|कब|เท่าไ|กี่|เมื่อ",
    re.I,
)
HAS_NUMBER = make_regex(
    r"\d|[一二三四五六七八九十百千万两]+(?:点|元|岁|年|月|人|個|个|時|円|天|日)|\b(?:two|three|four"
    r"|five|six|seven|eight|nine|ten|twelve|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday)s?\b|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|deux"
    r"|trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|due"
    r"|tre|quattro|cinque|sei|sette|otto|dieci)\b",
    re.I,
)
WANTS_PERSON = make_regex(
    r"\b(?:who|wer|wem|wen|quién(?:es)?|qui|chi|quem|kto|kim|siapa)\b|(?<!\w)(?:кто|кого|хто|من"
    r"|מי)(?!\w)|谁|誰|누가|누구|कौन|ใคร",
    re.I,
)
FULL_NAME = make_regex(
    r"\b(?:is|was|by|are|were) [A-Z]\w+ [A-Z]\w+|^[A-Z]\w+ [A-Z]\w+ (?:is|was|\w+ed)\b"
    r"|[À-Þ]\w+ [A-ZÀ-Þ]\w+|[А-Я]\w+ [А-Я]\w+|\w [A-ZÀ-Þ][à-ÿ\w]+ [A-ZÀ-Þ]\w+"
)
PERSON = make_regex(
    r"(?<=[a-z,;] )(?!I\b|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[A-Z][a-z]+|^(?!(?:The|This|That|It|We|You|They|He|She|My|Our|In|On|At|If|When|There)\b)"
    r"[A-Z][a-z]+(?:,? (?:and )?[A-Z][a-z]+){0,5} (?:is|was|will|can|can['’]?t|has|have|are|were"
    r"|says?|said|\w+ed|\w+s)\b|\b(?:(?:grand)?(?:mother|father|ma|pa|son"
    r"|daughter)|mum|mom|dad|niece|nephew|cousin|landlord|sister|brother|aunt|uncle|wife"
    r"|husband|boss|manager|team|staff|neighbou?r|colleague|friend|teacher|doctor|employees"
    r"|members?|customers?|everyone|nobody)\b"
)
WANTS_DATE = make_regex(
    r"\b(?:until|till|by|since) when\b|\bwhen\b|\b(?:what|which) (?:date|day|time|year|month"
    r"|deadline)\b|\bdeadline\b|\bwann\b|\bcuándo\b|\bquand\b|\bquando\b",
    re.I,
)
HAS_DATE = make_regex(
    r"\b\d{1,2}(?:st|nd|rd|th|\.)? (?:Jan|Feb|M[aä]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov"
    r"|De[cz])[a-zä]*"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:1[89]|20)\d\d\b"
    r"|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?(?:am|pm|Uhr|[ap]\.m\.)\b"
    r"|\b(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)days?\b"
    r"|\bat (?:\d{1,2}|noon|midnight)\b|\b(?:tomorrow|tonight|today|yesterday|next (?:week"
    r"|month))\b",
)
WHENEVER = make_regex(
    r"\b(?:after|before|within|every|during|on|from|until|as soon as|once|when|\d+)\b", re.I
)
"""Words about a time that is not a date: "after three days"."""
AMOUNT_WHEN = make_regex(
    r"\bhow (?:old|many|much|long|tall|far|high|big)\b[^?\n]{2,80}\bwhen\b", re.I
)
"""A question about a number, with a time that is known: "How old was she when she left?"."""
LASTING = make_regex(
    rf"\b{NUMBER_WORD}(?: to \d+| ?[-–] ?\d+)?[- ](?:(?:working|business|full|calendar) )?"
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?)\b"
    r"|\b(?:until|till|overnight|lifetime|forever|permanent\w*)\b|\bfrom \d{1,2}\b",
    re.I,
)
MONEY = make_regex(
    r"[$€£¥] ?\d|\d ?(?:[$€£¥]|(?:euros?|dollars?|pounds?|cents?|pence|francs?|yen|bucks?|EUR|USD"
    r"|GBP|CHF)\b)|\b(?:EUR|USD|GBP|CHF) ?\d|\bfree\b|\bno (?:extra )?(?:charge|cost|fee)|\d ?%"
    r"|\d (?:million|billion)\b",
    re.I,
)
COLOUR_NAMES = (
    "red green blue yellow black white grey gray brown orange purple pink silver gold golden"
    " turquoise beige violet navy teal cream ivory charcoal colour color"
)
COLOURS = make_regex(rf"\b(?:{join_words(COLOUR_NAMES.split())})(?:s|ed)?\b", re.I)
TROUBLE = make_regex(
    r"\b(?:but|however|unfortunately|not|never|broke\w*|wrong|problem|issue|damaged|late"
    r"|missing|errors?|fail\w*|crash\w*|lost|stopped|stuck|unable|charged twice|came off"
    r"|leak\w*|slow|defect\w*|aber|nicht|kaputt|defekt|fehlt|pero|roto|mais|cassé|pas)\b"
    r"|n['’]t\b",
    re.I,
)
"""Words of a sentence about a problem."""
KINDS = (
    AnswerKind(WANTS_NUMBER, HAS_NUMBER, 0.6),
    AnswerKind(WANTS_PERSON, FULL_NAME, 0.7),
    AnswerKind(make_regex(r"\bwho(?:m|se)?\b", re.I), PERSON, 0.8, True),
    AnswerKind(
        make_regex(r"\bwho (?!is|are|was|were|will|can|should|has|have|does|did)[a-z]{3,}\b", re.I),
        make_regex(r"\bby (?:(?:the|his|her|their|my|our|an?) )?[A-Za-z]{3,}", re.I),
        0.7,
    ),
    AnswerKind(
        make_regex(r"\bhow old (?:is|was|are|were|am)\b|\bwhat age\b", re.I),
        make_regex(r"\b(?:aged?(?: of)? \d|at the age of|years? old|year-old|turned \d)", re.I),
        3,
    ),
    AnswerKind(
        make_regex(
            r"\bwhat (?:does|do|did) [^?\n]{2,40}? (?:want|need|ask for|request|wish|like to|order"
            r"|buy|book)\b",
            re.I,
        ),
        make_regex(
            r"\b(?:please|i(?:['’]d| would) like|i want|i need|can i|could you|can you"
            r"|i prefer|i ordered|i bought|i booked|we['’]d like)\b",
            re.I,
        ),
        2,
    ),
    AnswerKind(
        make_regex(
            r"\bwhat (?:do|should|must|can|shall) (?:i|we|you)(?: need to| have to)? (?:bring"
            r"|do|take|pack|prepare)\b|\b(?:next|my|our) (?:task|step|job|action)s?\b"
            r"|\bwhat (?:to|am i supposed to) (?:bring|do|pack)\b",
            re.I,
        ),
        make_regex(
            r"\b(?:please|bring|pack|need|needs|must|should|have to|remember|don['’]?t forget|make"
            r" sure|could you|can you)\b",
            re.I,
        ),
        2,
    ),
    AnswerKind(
        make_regex(
            r"\b(?:which|what|the|any) (?:[a-z]+['’]s )?(?:main |biggest |specific )?(?:problems?"
            r"|issues?|complaints?|concerns?|defects?|criticisms?)\b",
            re.I,
        ),
        TROUBLE,
        2,
    ),
    AnswerKind(
        make_regex(
            r"\bhow (?:much|expensive)\b(?=[^?\n]{0,60}\b(?:cost|costs|pay|paid|charged?|price|is"
            r"|are|was|spend)\b)|\b(?:price|cost|fee)s?\b|\bwhat (?:it|this|that) costs\b",
            re.I,
        ),
        MONEY,
        1.5,
        True,
    ),
    AnswerKind(
        make_regex(
            r"\bhow (?:long|soon)\b(?! (?:is|are|was|were) (?:the |an? )?(?:\w+ )?(?:bridge|river"
            r"|table|road|rope|cable|wall|tunnel|desk|line)\b)|\b(?:what|how long) (?:is|are) the"
            r" (?:duration|notice period)\b",
            re.I,
        ),
        make_regex(rf"{LASTING.pattern}|\b\d+ (?:m|km|cm|mm|ft|feet|metres|meters|miles)\b", re.I),
        1.5,
        True,
    ),
    AnswerKind(
        make_regex(r"\bhow heavy\b|\b(?:the|its) weight\b|\bhow much\b[^?\n]{0,40}\bweigh", re.I),
        make_regex(
            r"\d ?(?:kg|g|grams?|kilos?|kilograms?|lbs?|pounds?|ounces?|oz|tons?"
            r"|tonnes?)\b",
            re.I,
        ),
        2.5,
        True,
    ),
    AnswerKind(
        make_regex(r"\bhow often\b", re.I),
        make_regex(
            r"\b(?:once|twice|every|each|times|daily|weekly|monthly|hourly|yearly|annual(?:ly)?"
            r"|quarterly|nightly|per|never|always|rarely|seldom)\b|\b(?:on|at) \w+days\b",
            re.I,
        ),
        1.5,
        True,
    ),
    AnswerKind(
        make_regex(r"\bhow many\b", re.I),
        make_regex(
            rf"\b(?!an?\b){NUMBER_WORD}\b|\b(?:once|twice|every|daily|weekly|monthly|no|none)\b",
            re.I,
        ),
        0.4,
        True,
    ),
    AnswerKind(make_regex(r"\bcolou?rs?\b", re.I), COLOURS, 2, True),
    AnswerKind(
        make_regex(r"\bwhy\b|\b(?:for what|what is the|the) reasons?\b", re.I),
        make_regex(
            r"\b(?:because|caused|since|due to|so that|as a result|thanks to|in order|therefore"
            r"|that['’]?s"
            r" why|reason)\b|\bto (?:avoid|save|protect|make|keep|prevent)\b|\bas (?:the|it|he|she"
            r"|they|we)\b",
            re.I,
        ),
        2,
    ),
    AnswerKind(
        make_regex(
            r"(?:^|[?.,!:]\s{0,2})(?:can|may|could|must) (?!you (?:tell|explain|say))\w+"
            r"|\b(?:allowed|permitted|possible|forbidden)\b",
            re.I,
        ),
        make_regex(
            r"\b(?:can|may|must|cannot|allowed|permitted|forbidden|prohibited|welcome|possible"
            r"|required|only|not)\b|n['’]t\b",
            re.I,
        ),
        0.9,
    ),
    AnswerKind(
        make_regex(
            r"\bdo(?:es|id)?\b[^?\n]{1,40}\b(?:like|enjoy|love|recommend|think of)\b|\bdid\b"
            r"[^?\n]{1,40}\b(?:like|enjoy|love)\b|\b(?:happy|satisfied|pleased)\b",
            re.I,
        ),
        make_regex(
            r"\b(?:love(?:ly|d|s)?|like[ds]?|enjoy\w*|great|excellent|wonderful|perfect|amazing"
            r"|delicious|happy|best|good|bad|terrible|awful|poor|disappoint\w*|hate[ds]?|worst"
            r"|recommend\w*|fantastic|beautiful|boring)\b",
            re.I,
        ),
        1.5,
    ),
    AnswerKind(
        make_regex(
            r"\bhow (?:can|do|could|should) (?:i|we|customers|one) (?:contact|reach)\b"
            r"|\b(?:what|which) (?:is|are) [^?\n]{0,30}\b(?:phone|contact|e-?mail)\b",
            re.I,
        ),
        make_regex(r"@|\+?\d[\d /-]{6,}|\b(?:hotline|chat|call|write to)\b", re.I),
        1.5,
    ),
)
WEEKDAY = make_regex(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.I)
WANTS_PLACE = make_regex(
    r"\bwhere\b|\b(?:which|what) (?:country|city|town|state|place|continent)\b", re.I
)
PLACE = make_regex(r"\b(?:in|at|to|from|near|of) ([A-Z][a-zà-ÿ]{2,})")


@lru_cache(maxsize=64)
def list_kinds(asked: str) -> tuple[AnswerKind, ...]:
    """Return the kinds of values that a question asks for; kept, because recognisers share it."""
    kinds = [kind for kind in KINDS if kind.asks.search(asked)]
    if WANTS_DATE.search(asked) and not AMOUNT_WHEN.search(asked):
        kinds.append(DATES)
    return tuple(kinds)


DATES = AnswerKind(WANTS_DATE, HAS_DATE, 1.6)


def score_kinds(sentence: str, kinds: Sequence[AnswerKind], asked: str) -> float:
    """Return what the values in a sentence are worth for a question of some kinds."""
    score = 0.0
    for kind in kinds:
        score += kind.weight if kind.has.search(sentence) else 0.0
    if (day := WEEKDAY.search(asked)) and day[0].lower() in sentence.lower():
        score += 1.5
    if WANTS_PLACE.search(asked) and any(place not in asked for place in PLACE.findall(sentence)):
        score += 1.3
    return score


def answers_kind(sentence: str, asked: str) -> bool:
    """Return whether a sentence has the date or the number that a question asks for."""
    if WANTS_DATE.search(asked):
        return HAS_DATE.search(sentence) is not None
    return WANTS_NUMBER.search(asked) is not None and HAS_NUMBER.search(sentence) is not None


def lacks_kind(sentence: str, kinds: Sequence[AnswerKind]) -> bool:
    """Return whether a sentence has not the kind of value without which nothing answers."""
    if DATES in kinds and not (HAS_DATE.search(sentence) or WHENEVER.search(sentence)):
        return True
    return any(kind.is_certain and not kind.has.search(sentence) for kind in kinds)


WENT_WRONG = make_regex(
    r"\bwhat (?:went wrong|failed|broke|is (?:the )?(?:problem|error|issue|wrong)|caused)\b"
    r"|\bwhat(?:['’]s) (?:wrong|the (?:problem|error|issue))\b"
    r"|\bwhy (?:did|does|is) [^?\n]{1,40}\b(?:fail\w*|crash\w*|break|down|not work\w*)\b"
    r"|\bwhich (?:error|line failed)\b",
    re.I,
)
FAILURES = tuple(
    make_regex(pattern)
    for pattern in (
        r"\b(?:FATAL|CRITICAL|ERROR|Traceback|[A-Z]\w+(?:Error|Exception))\b",
        r"(?i:\b(?:error|failed|failure|refused|timed out|timeout|crash\w*|denied|exception)\b)",
    )
)
"""What a line that says why something failed has, the surest sign first."""


def find_failure(sentences: list[str]) -> str:
    """Return the first line about a failure; empty without one."""
    found = (one for sign in FAILURES for one in sentences[:400] if sign.search(one))
    return next(found, "")
