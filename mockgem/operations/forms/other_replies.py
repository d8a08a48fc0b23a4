"""Short replies in languages in which mockgem writes only these, such as Swedish or Czech."""

from __future__ import annotations

import re

from mockgem.operations.forms.language_names import recognise_language
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

GREETING = make_regex(
    r"\W*(?:hej(?: hej|san)?|god (?:morgon|morgen|dag|aften|kväll|kveld)|hei|moi|terve|päivää|ahoj"
    r"|dobr[ýé] (?:den|ráno|večer)|čau|szia|jó (?:napot|reggelt|estét)|bună(?: ziua)?|γεια(?: σου"
    r"| σας)?|καλημέρα|καλησπέρα|bon dia)\W*\Z",
    re.I,
)
TEXTS = {
    "sv": (
        "Hej! Hur kan jag hjälpa dig?",
        "Det beror på situationen. Börja med det viktigaste och ta ett steg i taget. Jämför gärna"
        " två eller tre alternativ innan du bestämmer dig.",
    ),
    "da": (
        "Hej! Hvordan kan jeg hjælpe dig?",
        "Det afhænger af situationen. Begynd med det vigtigste, og tag et skridt ad gangen."
        " Sammenlign gerne to eller tre muligheder, før du beslutter dig.",
    ),
    "no": (
        "Hei! Hvordan kan jeg hjelpe deg?",
        "Det kommer an på situasjonen. Begynn med det viktigste, og ta ett skritt om gangen."
        " Sammenlign gjerne to eller tre muligheter før du bestemmer deg.",
    ),
    "fi": (
        "Hei! Miten voin auttaa?",
        "Se riippuu tilanteesta. Aloita tärkeimmästä ja etene askel kerrallaan. Vertaa kahta tai"
        " kolmea vaihtoehtoa ennen kuin päätät.",
    ),
    "cs": (
        "Dobrý den! Jak vám mohu pomoci?",
        "Záleží na situaci. Začněte tím nejdůležitějším a postupujte krok za krokem. Než se"
        " rozhodnete, porovnejte dvě nebo tři možnosti.",
    ),
    "hu": (
        "Üdvözlöm! Miben segíthetek?",
        "Ez a helyzettől függ. Kezdje a legfontosabbal, és haladjon lépésről lépésre. Mielőtt dönt,"
        " hasonlítson össze két vagy három lehetőséget.",
    ),
    "ro": (
        "Bună ziua! Cu ce vă pot ajuta?",
        "Depinde de situație. Începeți cu ce este mai important și mergeți pas cu pas. Comparați"
        " două sau trei variante înainte de a decide.",
    ),
    "ca": (
        "Bon dia! En què et puc ajudar?",
        "Depèn de la situació. Comença pel més important i avança pas a pas. Compara dues o tres"
        " opcions abans de decidir.",
    ),
    "el": (
        "Γεια σας! Πώς μπορώ να βοηθήσω;",
        "Εξαρτάται από την περίπτωση. Ξεκινήστε από το πιο σημαντικό και προχωρήστε βήμα βήμα."
        " Συγκρίνετε δύο ή τρεις επιλογές πριν αποφασίσετε.",
    ),
}
"""A greeting, and sentences that are true of nearly any question."""
LETTERS = make_regex(r"[\u0370-\u03ff]|[åøæőűřůěșț]|[äö]|[šžč]")
"""Letters without which a text is not read as one of these languages."""
MAX_PROMPT = 600


@form(
    "language without texts",
    "Hur mår du idag? Vad kan jag laga till middag?",
    "Εξήγησέ μου τι είναι ο πληθωρισμός.",
    about="a few sentences in a language in which mockgem writes only these",
)
def write_elsewhere(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_PROMPT or question.requested_language or question.results:
        return None
    if prompt.isascii() or not LETTERS.search(prompt.lower()):
        return None
    _, code = recognise_language(prompt)
    if code not in TEXTS:
        return None
    greeting, sentences = TEXTS[code]
    return greeting if GREETING.match(prompt) else question.opening + sentences
