"""Translations into languages that mockgem does not write: a known phrase, else a marked text.

Tools that test interfaces mark a text with the code of its language ("[sv] Your parcel …"), so that
a reader sees where the translation belongs.
"""

from __future__ import annotations

import re

from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.translated_text import translate_text
from mockgem.operations.forms.translation import TRANSLATE, find_text
from mockgem.operations.forms.writing import Writer

LANGUAGES = dict(
    pair.split("=")
    for pair in (
        "swedish=sv danish=da norwegian=no finnish=fi hungarian=hu czech=cs greek=el romanian=ro"
        " bulgarian=bg croatian=hr serbian=sr slovak=sk slovenian=sl catalan=ca estonian=et"
        " latvian=lv lithuanian=lt swahili=sw tagalog=tl filipino=tl bengali=bn urdu=ur persian=fa"
        " farsi=fa tamil=ta telugu=te malay=ms latin=la welsh=cy irish=ga icelandic=is afrikaans=af"
        " basque=eu galician=gl albanian=sq macedonian=mk georgian=ka armenian=hy"
    ).split()
)
NAME = (
    rf"(?:{'|'.join([*LANGUAGES, *(name for name in CODES if name.isascii() and len(name) > 3)])})"
)
TARGETS = make_regex(
    rf"\b(?:into|to|in|auf|en|em|as)\s({NAME}(?:(?:,? (?:and|or|und|y|et) |, ?"
    rf"| ?/ ?)(?:in(?:to)? )?"
    rf"{NAME}){{0,9}})\b",
    re.I,
)
PHRASES = {
    "hello": "Hej|Hej|Hei|Hei|Szia|Ahoj|Γεια σου|Bună",
    "good morning": "God morgon|God morgen|God morgen|Hyvää huomenta|Jó reggelt|Dobré ráno|Καλημέρα"
    "|Bună dimineața",
    "good evening": "God kväll|God aften|God kveld|Hyvää iltaa|Jó estét|Dobrý večer|Καλησπέρα"
    "|Bună seara",
    "good night": "God natt|Godnat|God natt|Hyvää yötä|Jó éjszakát|Dobrou noc|Καληνύχτα"
    "|Noapte bună",
    "thank you": "Tack|Tak|Takk|Kiitos|Köszönöm|Děkuji|Ευχαριστώ|Mulțumesc",
    "goodbye": "Hej då|Farvel|Ha det|Näkemiin|Viszontlátásra|Na shledanou|Αντίο|La revedere",
    "yes": "Ja|Ja|Ja|Kyllä|Igen|Ano|Ναι|Da",
    "no": "Nej|Nej|Nei|Ei|Nem|Ne|Όχι|Nu",
    "please": "Snälla|Vær så venlig|Vær så snill|Ole hyvä|Kérem|Prosím|Παρακαλώ|Te rog",
    "i love you": "Jag älskar dig|Jeg elsker dig|Jeg elsker deg|Minä rakastan sinua|Szeretlek"
    "|Miluji tě|Σ' αγαπώ|Te iubesc",
    "how are you": "Hur mår du?|Hvordan har du det?|Hvordan har du det?|Mitä kuuluu?|Hogy vagy?"
    "|Jak se máš?|Τι κάνεις;|Ce mai faci?",
    "save": "Spara|Gem|Lagre|Tallenna|Mentés|Uložit|Αποθήκευση|Salvează",
    "save changes": "Spara ändringar|Gem ændringer|Lagre endringer|Tallenna muutokset"
    "|Változtatások mentése|Uložit změny|Αποθήκευση αλλαγών|Salvează modificările",
    "cancel": "Avbryt|Annuller|Avbryt|Peruuta|Mégse|Zrušit|Ακύρωση|Anulează",
    "delete": "Ta bort|Slet|Slett|Poista|Törlés|Smazat|Διαγραφή|Șterge",
    "search": "Sök|Søg|Søk|Hae|Keresés|Hledat|Αναζήτηση|Caută",
    "settings": "Inställningar|Indstillinger|Innstillinger|Asetukset|Beállítások|Nastavení"
    "|Ρυθμίσεις|Setări",
    "welcome": "Välkommen|Velkommen|Velkommen|Tervetuloa|Üdvözöljük|Vítejte|Καλώς ήρθατε|Bun venit",
    "log in": "Logga in|Log ind|Logg inn|Kirjaudu sisään|Bejelentkezés|Přihlásit se|Σύνδεση"
    "|Autentificare",
    "log out": "Logga ut|Log ud|Logg ut|Kirjaudu ulos|Kijelentkezés|Odhlásit se|Αποσύνδεση"
    "|Deconectare",
}
ORDER = "sv da no fi hu cs el ro".split()
"""The languages of the phrases."""


BEFORE_TARGET = make_regex(r"[\"“«]([^\"”»\n]{1,300})[\"”»]\s*\Z")


@form(
    "marked translation",
    'Translate "Save changes" into Danish and Finnish.',
    words="translate translated translation say",
    about="a known phrase, or the text marked with the code of a language that is not written here",
)
def mark_translation(question: Question) -> str | None:
    if not TRANSLATE.search(question.stated[:600]):
        return None
    match = TARGETS.search(question.stated[:600])
    names = re.findall(NAME, match[1], re.I) if match else []
    if LANGUAGES.keys().isdisjoint(name.lower() for name in names):
        return None
    quoted = BEFORE_TARGET.search(question.stated[: match.start()]) if match else None
    text = quoted[1] if quoted else find_text(question).strip()
    if not text:
        return None
    if len(names) == 1:
        return write_in(names[0], text, question)
    return "\n".join(f"{name.capitalize()}: {write_in(name, text, question)}" for name in names)


def write_in(name: str, text: str, question: Question) -> str:
    """Return a text in a language: translated, a known phrase, or marked."""
    own = LANGUAGES.get(name.lower())
    if own is None:
        return translate_text(text, Writer(question, CODES[name.lower()]))
    known = PHRASES.get(text.lower().strip(" .!?\"'"))
    if known and own in ORDER:
        return known.split("|")[ORDER.index(own)]
    return "\n".join(f"[{own}] {line}" if line.strip() else line for line in text.splitlines())
