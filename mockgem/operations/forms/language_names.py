"""The name of the language of a text."""

from __future__ import annotations

import re

from mockgem.operations.forms.language_detection import WORD_SETS, detect
from mockgem.operations.forms.language_packs import list_languages, load_pack
from mockgem.operations.forms.language_requests import list_names
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.other_languages import recognise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.values import ONE_WORD

LANGUAGE_CODE = make_regex(r"\biso\b|\b(?:two|2)[- ]letter|\blanguage code\b", re.I)
LANGUAGE_NAME = make_regex(
    r"\b(?:which|what) language\b(?! model)"
    r"|\b(?:détermine[rz]?|determina|bestimme|determine|bepaal|określ) (?:la langue|el idioma"
    r"|la lingua"
    r"|die sprache|o idioma|a língua|de taal|język)\b"
    r"|\blanguage (?:is(?! (?:allowed|permitted|accepted|needed|fine"
    r"|ok))|name|of)\b|\bdetect the language"
    r"|determine the language|recognize the language|language code|welche sprache|qué idioma"
    r"|quelle langue|identify the language|(?:d[ée]tecte\w*|identifie\w*|erkenne|bestimme"
    r"|detecta|identifica"
    r"|rileva|identifica|herken)\b[^.\n]{0,12}\b(?:langue|sprache|idioma|lingua|taal)\b"
    r"|\b(?:nom de la langue|name der sprache|nombre del idioma|nome della lingua"
    r"|nome do idioma)\b|\b(?:(?:quale|che) lingua|(?:que|qual(?: é o)?) idioma|qué idioma|quelle "
    r"langue|welche[rn]? sprache"
    r"|quelle est la langue|(?:was|welches) ist die sprache|cuál es el idioma|qual è la lingua"
    r"|qual é o idioma|wat is de taal|jaki jest język"
    r"|welke taal|jakim języku|jaki (?:to )?język|hangi dil\w*|bahasa apa|ngôn ngữ (?:gì|nào))\b"
    r"|каком языке|якою мовою|بأي لغة|ما (?:هي )?لغة|באיזו שפה"
    r"|किस भाषा|何語|什么语言|哪种语言|什麼語言|어떤 언어"
    r"|무슨 언어|어느 나라 말|ภาษาอะไร",
    re.I,
)


@form(
    "language name",
    'Which language is this text written in? Answer with the language name only.\n\n"Wo '
    'ist der nächste Bahnhof?"',
    words="language sprache idioma langue lingua taal języku język hangi bahasa ngôn",
    about="the name of the language of a text",
)
def name_language(question: Question) -> str | None:
    if question.requested_language and ANY_LANGUAGE.search(question.stated_system):
        return None
    text = find_text(question)
    is_given = question.material or "\n" in question.prompt or ": " in question.prompt
    is_short = is_given and len(question.prompt) - len(text) <= SHORT_WISH
    is_terse = question.is_terse or question.system or ONE_WORD.search(question.whole)
    if not text or not (is_short or is_terse):
        return None
    name, code = recognise_language(text)
    if LANGUAGE_CODE.search(question.wish):
        return code
    own = question.requested_language or detect(question.stated_system or question.stated)
    if own == "en" or code not in list_languages():
        return name
    return NAMES_ELSEWHERE.get(own, {}).get(code) or name_in(own, code)


MAX_ASKED = 120
MAX_TEXT = 4_000


def find_text(question: Question) -> str:
    """Return the text whose language a request asks for; empty if it asks for none."""
    prompt = question.prompt.strip()
    system = question.stated_system
    wants_name = DETECTS.search(system) and not ANSWERS_IN.search(system)
    if wants_name and not LANGUAGE_NAME.search(prompt):
        return prompt[:MAX_TEXT]
    first, _, below = prompt.partition("\n")
    is_apart = len(first) < MAX_ASKED and not {'"', ":"} & {*first}
    if below.strip() and is_apart and LANGUAGE_NAME.search(first):
        return below.strip()[:MAX_TEXT]
    if not LANGUAGE_NAME.search(question.instruction):
        return ""
    text = question.material or LANGUAGE_NAME.sub("", prompt).rpartition(": ")[2]
    return text[:MAX_TEXT]


ANY_LANGUAGE = make_regex(
    r"\b(?:no matter|regardless of|whatever|independent of|irrespective of|even if)\b", re.I
)
"""A rule for replies in one language, whichever language a message is in."""
SHORT_WISH = 60
"""Characters of a question that asks for nothing but the language of a text."""
DETECTS = make_regex(
    r"\b(?:detect|identif|determin|recogni[sz]|classif|guess|name)\w*\b[^.\n]{0,30}\blanguage\b"
    r"|\b(?:which|what) language\b|\blanguage (?:detect|identif)\w*",
    re.I,
)
"""What a system instruction says that wants the language of each message."""
ANSWERS_IN = make_regex(
    r"\b(?:answer|reply|respond|write|speak)\w*\b[^.\n]{0,40}\bin (?:the|that|this|their"
    r"|its) (?:same )?language\b"
    r"|\bin the same language\b",
    re.I,
)
"""A wish for answers in the language of the message, not for its name."""


def recognise_language(text: str) -> tuple[str, str]:
    """Return the English name and the code of a text's language."""
    code = detect(text)
    other = recognise(text)
    words = WORD_SETS.get(code, frozenset()).intersection(text.lower().split())
    if other is not None and (code in WORD_SETS or not text.isascii()) and other[2] > len(words):
        return other[:2]
    return load_pack(code).name, code


def name_in(own: str, code: str) -> str:
    """Return the name of a language in another one; its own name if that is not known."""
    known = list_names(own).get(code, "")
    return known[:1].upper() + known[1:] if known else load_pack(code).own_name


def list_language_names(words: str) -> dict[str, str]:
    codes = "en de fr es pt it nl pl tr ru uk ar he hi ja zh ko vi id th".split()
    return dict(zip(codes, words.split(), strict=True))


NAMES_ELSEWHERE = {
    "de": list_language_names(
        "Englisch Deutsch Französisch Spanisch Portugiesisch Italienisch Niederländisch Polnisch"
        " Türkisch Russisch Ukrainisch Arabisch Hebräisch Hindi Japanisch Chinesisch Koreanisch"
        " Vietnamesisch Indonesisch Thailändisch"
    ),
    "fr": list_language_names(
        "Anglais Allemand Français Espagnol Portugais Italien Néerlandais Polonais Turc Russe"
        " Ukrainien Arabe Hébreu Hindi Japonais Chinois Coréen Vietnamien Indonésien Thaï"
    ),
    "es": list_language_names(
        "Inglés Alemán Francés Español Portugués Italiano Neerlandés Polaco Turco Ruso Ucraniano"
        " Árabe Hebreo Hindi Japonés Chino Coreano Vietnamita Indonesio Tailandés"
    ),
    "pt": list_language_names(
        "Inglês Alemão Francês Espanhol Português Italiano Holandês Polonês Turco Russo Ucraniano"
        " Árabe Hebraico Hindi Japonês Chinês Coreano Vietnamita Indonésio Tailandês"
    ),
    "it": list_language_names(
        "Inglese Tedesco Francese Spagnolo Portoghese Italiano Olandese Polacco Turco Russo Ucraino"
        " Arabo Ebraico Hindi Giapponese Cinese Coreano Vietnamita Indonesiano Tailandese"
    ),
}
"""The names of languages in others than their own."""
