"""What a prompt in another language than English tells a letter to say in its own words."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

MAX_TEXT = 2_000
MAX_SENTENCES = 5
SENTENCES = make_regex(
    r"(?<=[.!?…])(?<!\b[A-Z]r\.)(?<!\bNr\.)(?<!\bSr\.)(?<!\bSra\.)(?<!\d\.)\s+|(?<=[。！？])|\n+"
)
STARTS = {
    "de": r"ich|wir|mein\w*|unser\w*|der|die|das|es|seit|am|leider|mir|uns|er|sie|diese\w*|im"
    "|wegen",
    "fr": r"je|j'\w+|nous|mon|ma|mes|notre|nos|le|la|les|l'\w+|il|elle|depuis|c'est|cela"
    "|malheureusement",
    "es": r"yo|soy|estoy|tengo|necesito|quiero|quisiera|mi|mis|nuestro|nuestra|el|la|los|las|hace"
    "|desde|no|llevo"
    r"|vivo|trabajo|puedo|me|nos|es|lamentablemente",
    "it": r"io|sono|ho|vorrei|devo|posso|il|la|lo|i|gli|le|l'\w+|mi|ci|non|da|è|purtroppo|abbiamo"
    "|lavoro|la mia"
    r"|il mio",
    "pt": r"eu|sou|estou|tenho|preciso|gostaria|meu|minha|nosso|nossa|o|a|os|as|não|desde|há|moro"
    "|trabalho|posso"
    r"|infelizmente",
    "nl": r"ik|wij|we|mijn|onze|ons|de|het|er|sinds|helaas|dit|deze",
    "pl": r"jestem|mam|chcę|chciał\w+|mój|moja|moje|nasz\w*|od|nie|niestety|potrzebuję|mogę|w|to"
    "|pracuję",
    "ru": r"я|мы|мой|моя|моё|мои|наш\w*|у|в|с|к сожалению|это|мне|нам",
    "uk": r"я|ми|мій|моя|моє|мої|наш\w*|у|в|з|на жаль|це|мені|нам",
}
"""The first words of sentences that a letter says as they are, by language."""
ABOUT_TEXT = {
    "de": r"mein name ist|ich hei(?:ß|ss)e|ich (?:brauche|möchte|will|benötige) (?:eine?n?"
    r"|diese\w*) "
    r"(?:brief|e-?mail|text)|der (?:ton|brief|text)|die (?:e-?mail|mail|nachricht) (?:soll|muss)"
    r"|das "
    r"schreiben|es soll",
    "fr": r"je m'appelle|mon nom|le ton|la lettre|le mail|l'e-?mail|il faut|il doit|ton "
    "|je (?:veux|voudrais) "
    r"(?:une?|ce)",
    "es": r"me llamo|mi nombre|el tono|la carta|el (?:correo|mensaje)|no (?:uses|más)"
    r"|soy [A-Z]\w+ [A-Z]\w+\.",
    "it": r"mi chiamo|il (?:mio nome|tono|testo)|la (?:lettera|mail)|non (?:usare|più)",
    "pt": r"(?:eu )?me chamo|meu nome|o (?:tom|texto|e-?mail)|a (?:carta|mensagem)|não (?:use"
    "|mais)",
    "nl": r"mijn naam|ik heet|de (?:toon|brief|mail|e-?mail)|het moet",
    "pl": r"nazywam się|mam na imię|ton|list",
    "ru": r"меня зовут|моё имя|тон|письмо",
    "uk": r"мене звати|моє ім'я|тон|лист",
}
"""The beginnings of sentences about the letter, or with the name of its writer."""
COMPILED = {
    code: (
        make_regex(rf"(?:{starts})(?!\w)", re.I),
        make_regex(rf"(?:{ABOUT_TEXT[code]})", re.I),
    )
    for code, starts in STARTS.items()
}
NUMBER = {
    "de": (r"(?<!\w)([A-ZÄÖÜ]\w*nummer):? ([A-Z]{0,4}[-\d]{3,20})", "Meine {} ist {}."),
    "fr": (r"(?<!\w)(numéro (?:de |d')[\w-]+):? ([A-Z]{0,4}[-\d]{3,20})", "Mon {} est le {}."),
    "es": (r"(?<!\w)(número de [\w-]+):? ([A-Z]{0,4}[-\d]{3,20})", "Mi {} es {}."),
    "it": (r"(?<!\w)(numero (?:di |d')?[\w-]+):? ([A-Z]{0,4}[-\d]{3,20})", "Il mio {} è {}."),
    "pt": (r"(?<!\w)(número (?:de|do|da) [\w-]+):? ([A-Z]{0,4}[-\d]{3,20})", "O meu {} é {}."),
    "nl": (r"(?<!\w)(\w*nummer):? ([A-Z]{0,4}[-\d]{3,20})", "Mijn {} is {}."),
}
NUMBERS = {code: (make_regex(pattern, re.I), said) for code, (pattern, said) in NUMBER.items()}
"""A number of the writer: "Mitgliedsnummer 48213"."""


def list_told(prompt: str, language: str) -> list[str]:
    """Return the sentences that a letter in a language says as the prompt has them."""
    patterns = COMPILED.get(language)
    if patterns is None:
        return []
    starts, about = patterns
    _, *rest = [one.strip() for one in SENTENCES.split(prompt[:MAX_TEXT])]
    said = [one for one in rest if starts.match(one) and not about.match(one)]
    said = [f"{one[:1].upper()}{one[1:]}" for one in said if not one.endswith("?")]
    ended = [one if one.endswith((".", "!")) else f"{one}." for one in said[:MAX_SENTENCES]]
    return [*ended, *state_number(prompt, language, ended)]


def state_number(prompt: str, language: str, said: list[str]) -> list[str]:
    """Return a sentence with the writer's number, unless another one has it."""
    pattern, sentence = NUMBERS.get(language, (None, ""))
    match = pattern.search(prompt[:MAX_TEXT]) if pattern else None
    if match is None or any(match[2] in one for one in said):
        return []
    return [sentence.format(match[1], match[2])]
