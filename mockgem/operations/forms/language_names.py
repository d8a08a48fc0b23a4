"""The name of the language of a text."""

from __future__ import annotations

import re

from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.values import ONE_WORD

LANGUAGE_CODE = make_regex(r"\biso\b|\b(?:two|2)[- ]letter|\blanguage code\b", re.I)
LANGUAGE_NAME = make_regex(
    r"\b(?:which|what) language\b|\blanguage (?:is|name|of)\b|\bdetect the language"
    r"|determine the language|recognize the language|language code|welche sprache|qué idioma"
    r"|quelle langue|identify the language|(?:d[ée]tecte\w*|identifie\w*|erkenne|bestimme"
    r"|detecta|identifica"
    r"|rileva|identifica|herken)\b[^.\n]{0,12}\b(?:langue|sprache|idioma|lingua|taal)\b"
    r"|\b(?:nom de la langue|name der sprache|nombre del idioma|nome della lingua"
    r"|nome do idioma)\b",
    re.I,
)


@form(
    "language name",
    'Which language is this text written in? Answer with the language name only.\n\n"Wo '
    'ist der nächste Bahnhof?"',
    words="language sprache idioma langue lingua",
    about="the name of the language of a text",
)
def name_language(question: Question) -> str | None:
    if not LANGUAGE_NAME.search(question.instruction) or not question.material:
        return None
    if not question.is_terse and not ONE_WORD.search(question.whole):
        return None
    code = detect(question.material)
    if LANGUAGE_CODE.search(question.wish):
        return code
    if question.language == "en":
        return load_pack(code).name
    return NAMES_ELSEWHERE.get(question.language, {}).get(code) or load_pack(code).own_name


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
