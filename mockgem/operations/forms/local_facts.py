"""Facts that many people ask for, in twenty languages: "Was ist die Hauptstadt von Frankreich?"."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.calculations import calculate_abroad
from mockgem.operations.forms.fact_books import (
    UNSPACED,
    Country,
    FactBook,
    has_words,
    load_facts,
    simplify,
)
from mockgem.operations.forms.language_candidates import list_candidates
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import (
    SENTENCE_END,
    find_answer_key,
    find_text,
    load_answers,
)
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_QUESTION = 160
MAX_FOLLOWING = 50
"""Characters of a question and of one that follows another: "Und von Spanien?"."""
MAX_TITLE = 60
"""Characters of a title in a question."""
CAPITAL = "capital"
ASKS = make_regex(
    r"[?？؟]|か。?\s*\Z|^\W*(?:was|wie|wer|wo|wann|welche\w*|wieviele?|qu|quel\w*|qui|combien|où"
    r"|quand|cuánt\w+|cuál\w*|quién|qué|dónde|cuándo|qua[ln]\w*|quem|onde|chi|dove|hoeveel|wat"
    r"|wie|welke|waar|wanneer|ile|kto|jak\w*|która|który|które|gdzie|kiedy|co|kaç|kim|hangi"
    r"|what|who"
    r"|which|how|when|where|berapa|siapa|apa|di mana|kapan|сколько|кто|как\w*|где|когда|что"
    r"|скільки|хто|як\w*|де|коли|що)\b"
    r"|^\W*(?:nenne?|sag|name|tell|dis|di|dime|diga|dimmi|noem|podaj|söyle|назов\w+|скажи|назв\w+"
    r"|sebutkan|cho|hãy)\b|^\W*(?:ما|من|كم|أين|متى|اذكر|מה|מי|כמה|איפה|מתי)(?!\w)"
    r"|बता|क्या|कौन|कित|教えて|告[诉訴]|什[么麼]|谁|誰|哪|几|幾|多少|알려|말해|무엇|누구|어디"
    r"|언제|몇"
    r"|อะไร|ไหน|ใคร|กี่|เท่า|เมื่อ",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:warum|wieso|pourquoi|por ?qu[eé]|perché|waarom|dlaczego"
    r"|neden|niçin|why|explain\w*"
    r"|erklär\w*"
    r"|expli\w+|spieg\w+|leg uit|wyjaśnij|açıkla\w*|history|geschichte|histoire|historia|storia"
    r"|tại sao|mengapa|kenapa|jelaskan)\b|почему|чому|поясн|объясн|لماذا|اشرح|למה|הסבר|क्यों|समझा"
    r"|なぜ|どうして|説明|为什[么]|為什麼|解释|解釋|왜|설명|ทำไม|อธิบาย"
    r"|اكتب|写一|寫一|써 ?줘|써 ?주|^\W*(?:bitte )?(?:schreib\w*|écri[st]|rédige|escrib[ea]"
    r"|escreva|scrivi"
    r"|schrijf|napisz|write|viết|tulis\w*|напиши)\b",
    re.I,
)
"""A wish for more than a fact."""
SUM = make_regex(
    r"\d\s?(?:[+*×÷]|(?<=\s)[-/x](?=\s)|(?<=\s)[^\W\d_]{3,12}(?: [^\W\d_]{2,6})?(?=\s))\s?\d"
)
"""Two numbers with a sign or a word between them."""
VALUE = make_regex(r"\[([^\]]+)\]")
SHORT_GLOSS = frozenset(("Answer in one word.", "Nothing else.", "Reply with only the number."))
"""The English for a wish for the value alone."""
SENTENCE_GLOSS = "Write 1 sentences."
SENTENCE = make_regex(r"\S[^.]{1,80}\.")
NUMBER = make_regex(r"\d[\d.,\s]*\d|\d")


@form(
    "known fact",
    "Was ist die Hauptstadt von Italien?",
    "¿Cuántos días tiene un año bisiesto?",
    "What is the capital of Japan? Answer in German.",
    "ドイツの首都はどこですか？",
    needs="foreign",
    about="a known fact in a sentence, in the language of the prompt or in the requested one",
)
def tell_fact(question: Question) -> str | None:
    if question.language == "en" and question.written_language == "en":
        return None
    if len(question.material) > MAX_TITLE or question.results or not asks_for_fact(question):
        return None
    if len(GIVEN_FACT.findall(question.stated_system[:6000])) >= FEW_FACTS:
        return None
    prompt = question.prompt.strip()
    own = question.written_language
    if any(find_text(name, prompt, own, own) for name in ("todo", "introduction", "story")):
        return None
    if not question.is_terse and find_answer_key(prompt, own):
        return None
    if SUM.search(prompt) and (result := calculate_abroad(prompt)):
        return result if question.is_terse or question.gloss else f"**{result}**"
    for code in list_codes(question):
        key = find_key(prompt, code) or follow_capital(question, code)
        if key:
            target = question.requested_language or code
            return write_fact(key, prompt, code, target, question)
    return None


MAX_PLAIN = 80
OTHER_LAYOUT = make_regex(
    r"\b(?:words?|only|just|json|xml|csv|table|list|sentences?|bullets?|letters?|emojis?|format)\b",
    re.I,
)
ASKS_OF = make_regex(
    r"\W*(?:(?:hi|hey|hello|ok|so|and)\W+)?(?:(?:what|which)(?:['’]?s| is| are| city is)? "
    r"|tell me |name"
    r" |how (?:many|long|high|tall|fast|far|big|old) |when |who )",
    re.I,
)


@form(
    "known fact in English",
    "What is the capital of Peru?",
    words="capital",
    about="the capital of a country in a sentence",
)
def tell_english_fact(question: Question) -> str | None:
    """Answer a short question in English whose answer is known."""
    prompt = question.prompt.strip()
    is_plain = question.language == "en" and not question.results and not question.opening
    if not is_plain or len(prompt) > MAX_PLAIN or "\n" in prompt or not ASKS_OF.match(prompt):
        return None
    if question.is_terse or OTHER_LAYOUT.search(question.wish):
        return None
    key = find_key(prompt, "en")
    return write_fact(key, prompt, "en", "en", question) if key else None


GIVEN_FACT = make_regex(r"^[ \t\-*•・]*[^:：\n]{2,40}[:：][ \t]*\S[^\n]{4,}$", re.M)
FEW_FACTS = 2
"""Lines with facts of a system instruction, from which its assistant answers."""


def asks_for_fact(question: Question) -> bool:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_QUESTION or "\n" in prompt or OTHER_WISH.search(prompt):
        return False
    asks = ASKS.search(prompt) is not None or len(prompt) < MAX_FOLLOWING
    wishes = SENTENCE.findall(question.gloss)
    return asks and all(wish in SHORT_GLOSS or wish == SENTENCE_GLOSS for wish in wishes)


def list_codes(question: Question) -> list[str]:
    """Return the languages in which a question may be, the likeliest first."""
    codes = [question.written_language, *list_candidates(question.prompt)]
    return list(dict.fromkeys(codes))


@lru_cache(maxsize=256)
def find_key(text: str, code: str) -> str:
    """Return the key of the fact that a question in a language asks for; empty for others."""
    book = load_facts(code)
    plain = simplify(text)
    known = (key for key, (groups, _) in book.facts.items() if has_words(groups, plain))
    if key := next(known, ""):
        return key
    at = find_country(plain, book) if has_words(book.capital, plain) else None
    return f"{CAPITAL} {at}" if at is not None else ""


def find_country(plain: str, book: FactBook) -> int | None:
    """Return the place of the country that a plain text names."""
    return next((at for name, at in book.names if name in plain), None)


def follow_capital(question: Question, code: str) -> str:
    """Return the key of a fact that a short question asks for after one about a capital."""
    asked = next((text for role, text in reversed(question.earlier) if role == "user"), "")
    if len(question.prompt) > MAX_FOLLOWING or not asked:
        return ""
    book = load_facts(code)
    if not has_words(book.capital, simplify(asked)):
        return ""
    at = find_country(simplify(question.prompt), book)
    return f"{CAPITAL} {at}" if at is not None else ""


def write_fact(key: str, prompt: str, code: str, target: str, question: Question) -> str | None:
    """Return a fact in a language: a sentence, or its value alone if nothing else is wanted."""
    said = say_fact(key, target)
    if said is None:
        return None
    value = VALUE.search(said)
    if value and (question.is_terse or question.gloss not in ("", SENTENCE_GLOSS)):
        number = NUMBER.search(value[1])
        wants_number = "number" in question.gloss and number
        return number[0] if number and wants_number else value[1]
    sentence = VALUE.sub(r"\1", said)
    agrees = check_capital(key, prompt, code)
    if agrees is None:
        return sentence
    pack = load_pack(target)
    return f"{pack.yes if agrees else pack.no}, {sentence}"


def say_fact(key: str, code: str) -> str | None:
    """Return the sentence for a fact with its value in brackets; None if it is not known."""
    book = load_facts(code)
    if not key.startswith(f"{CAPITAL} "):
        return book.facts[key][1] if key in book.facts else None
    country = book.countries[int(key.split()[1])]
    said = book.sentence.replace("{country}", country.possessive)
    said = said.replace("{capital}", f"[{country.capital}]")
    return said[:1].upper() + said[1:]


def tell_place(topic: str, source: str, target: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a country or a capital in a language, and what to say about it.

    Both are empty for a topic that is more than the name of a place.
    """
    plain = simplify(topic)
    book = load_facts(source) if 0 < len(topic) <= MAX_PLACE else None
    if book is None:
        return "", ()
    for at, country in enumerate(book.countries):
        is_city = plain == simplify(country.capital)
        if is_city or any(plain == simplify(name) for name in country.names):
            own = load_facts(target).countries[at]
            said = VALUE.sub(r"\1", say_fact(f"{CAPITAL} {at}", target) or "")
            about = load_answers(target).texts.get("place", "")
            return own.capital if is_city else own.names[0], (said, *SENTENCE_END.split(about))
    return "", ()


MAX_PLACE = 24
"""Characters of the name of a place."""


def agrees_with_facts(question: Question) -> bool | None:
    """Return whether a question about a capital names the right one; None for others."""
    prompt = question.prompt[:MAX_QUESTION]
    code = question.written_language
    key = find_key(prompt, code)
    return check_capital(key, prompt, code)


def check_capital(key: str, prompt: str, code: str) -> bool | None:
    """Return whether the city in "Is Bonn the capital of Germany?" is it; None without a city."""
    if not key.startswith(f"{CAPITAL} "):
        return None
    book = load_facts(code)
    plain = simplify(prompt)
    named = [at for at, country in enumerate(book.countries) if names_city(country, plain, code)]
    return int(key.split()[1]) in named if named else None


def names_city(country: Country, plain: str, code: str) -> bool:
    """Return whether a plain text names the capital of a country."""
    city = simplify(country.capital)
    return (city.strip() if code in UNSPACED else city) in plain
