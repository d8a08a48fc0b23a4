"""Messages to one person in other languages: "Schreib meinem Chef, dass ich krank bin"."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.message_order import order_clause
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.sentence_ends import end

WHO = r"(?P<who>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]+)?)"


@frozen
class MessageFrame:
    """How a language asks for a message, and what stands around its text.

    Attributes:
        wish: The pattern of the wish, up to the text.
        formal: Readers who get the formal greeting.
    """

    wish: str
    formal: str
    greeting: str
    formal_greeting: str
    ending: str

    def put_around(self, text: str, *, is_formal: bool) -> str:
        greeting = self.formal_greeting if is_formal else self.greeting
        return f"{greeting}\n\n{text}\n\n{self.ending}"


FRAMES = {
    "de": MessageFrame(
        r"(?:schreib|schick|sende|formulier|verfass)\w* (?:mir |bitte "
        r"|doch )*(?:(?:eine?n? )?(?:kurze |nette |freundliche |kleine )*(?:nachricht|sms"
        r"|whatsapp(?:-nachricht)?|text) )?(?:an )?(?:mein|unser|den|dem|die|der"
        rf"|das)\w* {WHO}(?:,? (?:um zu sagen|in der steht|und sag\w*))?(?:, dass |\s?: )",
        "chef vermieter lehrer ärztin arzt nachbar professor",
        "Hallo,",
        "Guten Tag,",
        "Viele Grüße",
    ),
    "es": MessageFrame(
        r"(?:escr[ií]b|env[ií]|redact|mand)\w* (?:me )?(?:un )?(?:mensaje|sms|whatsapp"
        r"|texto|correo(?: electrónico)?)(?: corto| breve)? (?:a|para) "
        rf"(?:mi|mis|el|la|los|al|un|una) {WHO}(?: (?:diciendo(?:le)?|para decir(?:le)?"
        rf"|avisando(?:le)?))?(?: que |\s?: )",
        "jefe jefa casero casera profesor profesora médico vecino",
        "¡Hola!",
        "Buenos días:",
        "Un saludo",
    ),
    "fr": MessageFrame(
        r"(?:écri|ecri|envoie|envoye|rédige)\w* (?:moi )?(?:un )?(?:petit |court )?(?:message|sms"
        r"|texto|mot) (?:court )?(?:à|pour) "
        rf"(?:mon|ma|mes|le|la|notre|un|une) {WHO}(?: (?:pour (?:lui )?dire|(?:lui )?disant"
        rf"|pour (?:l['’])?avertir))?(?: que | qu['’]|\s?: )",
        "patron patronne propriétaire professeur médecin voisin chef",
        "Salut !",
        "Bonjour,",
        "Bonne journée",
    ),
    "it": MessageFrame(
        r"(?:scriv|invia|manda)\w* (?:un )?(?:breve )?(?:messaggio|sms|whatsapp) (?:a|al|alla"
        r"|per)(?: (?:mio|mia|il|la))? "
        rf"{WHO}(?: (?:dicendo|per dire|per dirgli|per dirle|dicendogli))?(?: che |\s?: )",
        "capo proprietario professore medico vicino",
        "Ciao!",
        "Buongiorno,",
        "A presto",
    ),
    "pt": MessageFrame(
        r"(?:escrev|envi|mand|redij)\w* (?:uma )?(?:mensagem|sms|whatsapp)(?: curta)? (?:para|ao"
        rf"|à|a)(?: (?:o|a))?(?: (?:meu|minha|um|uma))? {WHO}(?: (?:dizendo|para dizer|a dizer"
        r"|avisando))?(?: que |\s?: )",
        "chefe patrão senhorio professor médico vizinho",
        "Olá!",
        "Bom dia,",
        "Obrigado",
    ),
    "nl": MessageFrame(
        r"(?:schrijf|stuur|maak)\w* (?:een )?(?:kort |klein )?(?:bericht|berichtje|sms"
        r"|appje|mail|mailtje) (?:aan|naar|voor) "
        rf"(?:mijn|de|het|onze|een) {WHO}(?:,? (?:om te zeggen|waarin staat))?(?:,? dat |\s?: )",
        "baas huisbaas leraar dokter buurman buurvrouw",
        "Hoi!",
        "Goedendag,",
        "Groetjes",
    ),
}
WISHES = {code: make_regex(rf"\A\W*{row.wish}", re.I) for code, row in FRAMES.items()}
CUSTOMERS = ("client", "kund", "klant")
"""Readers who get a letter of a company instead."""
STATED_FIRST = {
    "de": make_regex(
        r"\A(?P<said>(?:Ich|Wir) [^\n]{6,160}?)[,;.:] (?:bitte )?(?:schreib|formulier"
        r"|verfass)\w* (?:mir )?(?:bitte )?(?:dazu |dafür )?eine (?:kurze |nette "
        r"|freundliche )*(?:nachricht|sms)\W*\Z",
        re.I,
    ),
    "es": make_regex(
        r"\A(?P<said>(?:Tengo|Debo|No puedo|Necesito|Estoy) [^\n]{6,160}?)[,;.:] (?:por favor )?"
        r"(?:escríbeme|escribe|redacta) un (?:mensaje|sms)(?: corto| breve)?\W*\Z",
        re.I,
    ),
    "fr": make_regex(
        r"\A(?P<said>(?:Je|Nous) [^\n]{6,160}?)[,;.:] (?:écris|rédige)(?:-moi)? un (?:petit "
        r"|court )?(?:message|sms)(?: court)?\W*\Z",
        re.I,
    ),
}
"""What the writer says first, before the wish for a message about it."""
NOUN_FIRST = make_regex(r"(?!(?:Der|Die|Das|Ein|Eine|Ich|Wir|Mein|Meine|Unser|Unsere|Es|Er|Sie)\b)")


def write_local(prompt: str, code: str) -> str | None:
    """Return a message in another language with what follows "that" or a colon."""
    if stated := STATED_FIRST[code].match(prompt) if code in STATED_FIRST else None:
        return write_framed(stated["said"], code, is_formal=True)
    match = WISHES[code].match(prompt) if code in WISHES else None
    said = prompt[match.end() :].strip(" .") if match else ""
    if match is None or not said or "\n" in said:
        return None
    who = match["who"].lower()
    if who.startswith(CUSTOMERS):
        return None
    text = said if ":" in match[0] else order_clause(said, code)
    is_formal = who.startswith(tuple(FRAMES[code].formal.split()))
    return write_framed(text, code, is_formal=is_formal)


def write_framed(text: str, code: str, *, is_formal: bool) -> str:
    said = end(capitalise(text))
    if code == "de" and NOUN_FIRST.match(said) is None:
        said = f"{said[:1].lower()}{said[1:]}"
    return FRAMES[code].put_around(said, is_formal=is_formal)
