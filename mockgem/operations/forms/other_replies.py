"""Short replies in languages in which mockgem writes only these, such as Swedish or Czech."""

from __future__ import annotations

import re

from mockgem.operations.forms.language_names import recognise_language
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.other_languages import KNOWN, recognise
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
ITEMS = {
    "sv": (
        "När det gäller ”{}”: ",
        (
            "Skriv ner vad du vill uppnå",
            "Börja med en liten sak i dag",
            "Jämför två eller tre alternativ",
            "Fråga någon som har gjort det förut",
            "Gör en liten plan för veckan",
        ),
    ),
    "da": (
        "Om „{}“: ",
        (
            "Skriv ned, hvad du vil opnå",
            "Begynd med en lille ting i dag",
            "Sammenlign to eller tre muligheder",
            "Spørg en, der har prøvet det før",
            "Lav en lille plan for ugen",
        ),
    ),
    "no": (
        "Om «{}»: ",
        (
            "Skriv ned hva du vil oppnå",
            "Begynn med en liten ting i dag",
            "Sammenlign to eller tre muligheter",
            "Spør noen som har gjort det før",
            "Lag en liten plan for uken",
        ),
    ),
    "fi": (
        "Aiheesta ”{}”: ",
        (
            "Kirjoita ylös, mitä haluat saavuttaa",
            "Aloita tänään yhdestä pienestä asiasta",
            "Vertaa kahta tai kolmea vaihtoehtoa",
            "Kysy joltakulta, joka on tehnyt sen ennen",
            "Tee pieni suunnitelma viikolle",
        ),
    ),
    "cs": (
        "K otázce „{}“: ",
        (
            "Napište si, čeho chcete dosáhnout",
            "Začněte dnes jednou malou věcí",
            "Porovnejte dvě nebo tři možnosti",
            "Zeptejte se někoho, kdo to už dělal",
            "Udělejte si malý plán na týden",
        ),
    ),
    "hu": (
        "Erről: „{}” – ",
        (
            "Írja le, mit szeretne elérni",
            "Kezdje ma egy kis dologgal",
            "Hasonlítson össze két vagy három lehetőséget",
            "Kérdezzen meg valakit, aki már csinálta",
            "Készítsen kis tervet a hétre",
        ),
    ),
    "ro": (
        "Despre „{}”: ",
        (
            "Notați ce vreți să obțineți",
            "Începeți astăzi cu un lucru mic",
            "Comparați două sau trei variante",
            "Întrebați pe cineva care a mai făcut asta",
            "Faceți un mic plan pentru săptămână",
        ),
    ),
    "ca": (
        "Sobre «{}»: ",
        (
            "Escriu què vols aconseguir",
            "Comença avui amb una cosa petita",
            "Compara dues o tres opcions",
            "Pregunta a algú que ja ho hagi fet",
            "Fes un petit pla per a la setmana",
        ),
    ),
    "el": (
        "Για το «{}»: ",
        (
            "Γράψτε τι θέλετε να πετύχετε",
            "Ξεκινήστε σήμερα με κάτι μικρό",
            "Συγκρίνετε δύο ή τρεις επιλογές",
            "Ρωτήστε κάποιον που το έχει κάνει",
            "Κάντε ένα μικρό σχέδιο για την εβδομάδα",
        ),
    ),
}
"""The sentence in front of an answer about a topic, and the items of any list."""
COUNT = make_regex(
    r"(?<!\w)(?:(?P<number>[2-9]|10)|(?P<three>tre|kolme|tři|tri|három|trei|tres|τρεις|τρία)|(?P<five>fem|viisi"
    r"|pět|öt|cinci|cinc|πέντε)|(?P<four>fyra|fire|neljä|čtyři|négy|patru|quatre|τέσσερις))(?!\w)",
    re.I,
)
COUNTS = {"three": 3, "four": 4, "five": 5}
PROGRAM = make_regex(
    r"\b(?:python|javascript|typescript|java|sql|html|css|json|csv|xml|ya?ml|bash|regex|kotlin|rust|docker)\b",
    re.I,
)
MAX_TOPIC = 90
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
    is_plain = prompt.isascii()
    if is_plain and len(question.prompt_words & PLAIN_WORDS) <= SURE:
        return None
    if PROGRAM.search(prompt) or (is_plain and not is_finnish(prompt)):
        return None
    if not prompt.isascii() and not LETTERS.search(prompt.lower()):
        return None
    _, code = recognise_language(prompt)
    if code not in TEXTS:
        return None
    greeting, sentences = TEXTS[code]
    if GREETING.match(prompt):
        return greeting
    opener, items = ITEMS[code]
    if counted := COUNT.search(prompt):
        kind = counted.lastgroup or ""
        count = COUNTS.get(kind) or int(counted[0])
        return "\n".join(f"{at}. {items[(at - 1) % len(items)]}" for at in range(1, count + 1))
    topic = prompt.rstrip(" ?;.!") if "\n" not in prompt and len(prompt) < MAX_TOPIC else ""
    said = sentences[:1].lower() + sentences[1:] if topic else sentences
    return f"{question.opening}{opener.format(topic) if topic else ''}{said}"


def is_finnish(text: str) -> bool:
    """Return whether a text without accents is in one of these languages all the same."""
    found = recognise(text)
    return found is not None and found[1] in ("fi", "da", "no", "sv") and found[2] > SURE


SURE = 2
PLAIN_WORDS = frozenset().union(
    *(words for (_, code), words in KNOWN.items() if code in ("fi", "da", "no", "sv"))
)
"""Words of these languages, of which a prompt without accents must have some."""
