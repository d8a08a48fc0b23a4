"""Messages to one person: "text my sister that I can't come", "Schreib meinem Chef, dass ...".

The prompt tells the content in the words of its writer. The message says the same to its reader:
"her party" becomes "your party".
"""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.message_order import order_clause
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.told_messages import KINDLY, NO_MESSAGE, cut_manner, name_days

KIND = r"(?:(?:whats ?app|text|sms|short|quick|brief|nice|polite|friendly|little|kind) ){0,3}"
MESSAGE = make_regex(
    rf"\A\W*(?:(?:please|can you|could you|help me|i need(?: you)? to) )?(?:(?:write|send|draft"
    rf"|compose|make)"
    rf" (?:me )?(?:an? )?{KIND}(?:text|message|msg|sms|whatsapp|note|dm)(?: message)? (?:to|for)"
    r"|text|message)(?: (?:my|our"
    r"|the))? (?P<who>[\w'’-]+(?: [\w'’-]+){0,2}?)(?:,? (?:(?:to )?(?P<asks>ask(?:ing)?)"
    r"(?: (?:her|him|them))?|(?:to )?(?:say(?:ing)?|tell(?:ing)?(?: (?:her|him|them))?|let(?:ting)?"
    r" (?:her|him|them) know|explain(?:ing)?)|that says|that)(?: that)?"
    r"|\s?:) (?P<said>[^\n]{6,240})\Z",
    re.I,
)
STATED = make_regex(
    r"\A(?P<said>(?:I|i|we|my|our) [^\n,;]{6,160})[,;.] (?:please |can you |could you )?(?:write"
    r"|draft) (?:me )?"
    rf"(?:an? )?{KIND}(?:message|text|sms|note)\W*\Z"
)
REMINDER = make_regex(
    rf"\A\W*(?:please )?(?:write|send|draft|compose) (?:me )?(?:an? )?{KIND}(?:text|message|msg"
    rf"|sms|whatsapp"
    r"|note|reminder)(?: message)? (?:reminding|to remind) (?:(?:my|our|the"
    r"|all) )?[\w'’-]+(?: [\w'’-]+)? "
    r"(?P<how>of|about|to) (?P<said>[^\n]{3,200})\Z",
    re.I,
)
FAMILY = frozenset("mom mum mother dad father grandma grandpa granny grandad auntie".split())
FORMAL = frozenset(
    "boss manager landlord landlady teacher professor doctor dentist client customer supervisor"
    " neighbor neighbour professor recruiter".split()
)
QUESTIONS = (
    (
        r"(?:if|whether) (?:she|he|they) (can|could|would|will|has|have|is|are|needs|wants) ",
        "{} you ",
    ),
    (r"(?:if|whether) (i|we) (can|could|may|should) ", "{1} {0} "),
    (r"(?:not )?to ", "Could you please "),
    (r"for ", "Could I please have "),
    (
        r"(when|what|where|how|why) (?:she|he|they) (can|will|would|could|are|is|have|has|need"
        r"|want)"
        r" ",
        "{} {} you ",
    ),
    (
        r"(when|what|where|how|why) ([\w' ]{1,40}?) (can|will|would|could|is|are|was|were|has|have"
        r"|should) ",
        "{0} {2} {1} ",
    ),
)
PLAIN_VERBS = {"has": "have", "is": "are", "needs": "do", "wants": "do"}
READER = (
    (r"\b(?:she|he|they) is\b", "you are"),
    (r"\b(?:she|he|they)['’]s\b", "you're"),
    (r"\b(?:she|he|they) was\b", "you were"),
    (r"\b(?:she|he) has\b", "you have"),
    (r"\b(?:she|he|they)\b", "you"),
    (r"\b(?:him|them)\b", "you"),
    (r"\bher(?= (?:in|to|at|on|for|by|that|because|when|about)\b|[.,!?]|\Z)", "you"),
    (r"\b(?:her|his|their)\b", "your"),
    (r"\bi(?=\b)(?!['’]?[a-z]{3})", "I"),
)
"""The third person of the prompt, as the reader of the message is addressed."""
MAX_PROMPT = 320


@form(
    "short message",
    "write a text to my sister saying I can't make it to her party on saturday",
    "write a message to my neighbor asking them to turn the music down",
    "Schreib meinem Vermieter, dass die Heizung kaputt ist",
    "Écris un SMS à mon patron pour dire que je suis malade aujourd'hui",
    words="text message msg sms whatsapp note dm schreib schreibe schick nachricht escribe mensaje"
    " écris ecris scrivi messaggio escreva escreve mensagem schrijf stuur bericht",
    about="a message to one person with what the prompt tells",
)
def write_message(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_PROMPT or question.language != question.written_language:
        return None
    if question.language != "en":
        return write_local(prompt, question.language)
    match = MESSAGE.match(prompt) or STATED.match(prompt)
    if NO_MESSAGE.search(prompt):
        return None
    if reminder := REMINDER.match(prompt):
        said = say_inside(cut_manner(reminder["said"]))
        return f"Hello! This is a friendly reminder {reminder['how']} {said}."
    if match is None:
        return None
    groups = match.groupdict()
    who = (groups.get("who") or "").strip()
    said = cut_manner(match["said"])
    text = ask(said) if groups.get("asks") else say(said)
    apology = "" if groups.get("asks") or not KINDLY.search(said) else " Sorry about that!"
    return f"{greet(who)} {text}{apology if 'sorry' not in said.lower() else ''}"


def greet(who: str) -> str:
    word = who.split()[-1].lower() if who else ""
    if word in FAMILY:
        return f"Hi {word.capitalize()}!"
    is_name = who[:1].isupper() and " " not in who
    return f"Hi {who}!" if is_name else "Hello!" if word in FORMAL else "Hi!"


def say(said: str) -> str:
    """Return what a prompt tells, as the writer of the message says it."""
    for pattern, words in READER:
        said = re.sub(pattern, words, said, flags=re.I)
    return end(capitalise(name_days(said)))


def ask(said: str) -> str:
    """Return what a prompt wants to know as a question: "if she can come" → "Can you come?"."""
    for pattern, words in QUESTIONS:
        match = re.match(pattern, said, re.I)
        if match is None:
            continue
        if words.startswith("Could you please") and said.lower().startswith("not "):
            words = "Could you please not "
        found = [PLAIN_VERBS.get(one, one) for one in match.groups()]
        found = [one.upper() if one == "i" else one for one in found]
        return capitalise(f"{words.format(*found)}{say_inside(said[match.end() :])}?")
    return f"{capitalise(say_inside(said))}?"


def say_inside(said: str) -> str:
    text = say(said).rstrip(".!?")
    keeps = text[:2] in ("I ", "I'") or said[:1].isupper()
    return text if keeps else f"{text[:1].lower()}{text[1:]}"


WHO = r"(?P<who>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]+)?)"
LOCAL = {
    "de": (
        r"(?:schreib|schick|sende|formulier|verfass)\w* (?:mir |bitte "
        r"|doch )*(?:(?:eine?n? )?(?:kurze |nette |freundliche"
        r" |kleine )*(?:nachricht|sms|whatsapp(?:-nachricht)?|text) )?(?:an )?(?:mein|unser|den"
        r"|dem|die|der|das)\w*"
        rf" {WHO}(?:,? (?:um zu sagen|in der steht|und sag\w*))?(?:, dass |\s?: )",
        "chef vermieter lehrer ärztin arzt nachbar kund professor",
        ("Hallo,", "Guten Tag,"),
        "Viele Grüße",
    ),
    "es": (
        r"(?:escrib|env[ií]|redact|mand)\w* (?:me )?(?:un )?(?:mensaje|sms|whatsapp"
        r"|texto)(?: corto| breve)? (?:a|para) "
        rf"(?:mi|mis|el|la|los|al|un|una) {WHO}(?: (?:diciendo(?:le)?|para decir(?:le)?"
        rf"|avisando(?:le)?))?(?: que |\s?: )",
        "jefe jefa casero casera profesor profesora médico vecino cliente",
        ("¡Hola!", "Buenos días:"),
        "Un saludo",
    ),
    "fr": (
        r"(?:écri|ecri|envoie|envoye|rédige)\w* (?:moi )?(?:un )?(?:petit |court )?(?:message|sms"
        r"|texto|mot) (?:court )?(?:à|pour) "
        rf"(?:mon|ma|mes|le|la|notre|un|une) {WHO}(?: (?:pour (?:lui )?dire|(?:lui )?disant"
        rf"|pour (?:l['’])?avertir))?(?: que | qu['’]|\s?: )",
        "patron patronne propriétaire professeur médecin voisin client chef",
        ("Salut !", "Bonjour,"),
        "Bonne journée",
    ),
    "it": (
        r"(?:scriv|invia|manda)\w* (?:un )?(?:breve )?(?:messaggio|sms|whatsapp) (?:a|al|alla"
        r"|per)(?: (?:mio|mia|il|la))? "
        rf"{WHO}(?: (?:dicendo|per dire|per dirgli|per dirle|dicendogli))?(?: che |\s?: )",
        "capo proprietario professore medico vicino cliente",
        ("Ciao!", "Buongiorno,"),
        "A presto",
    ),
    "pt": (
        r"(?:escrev|envi|mand|redij)\w* (?:uma )?(?:mensagem|sms|whatsapp)(?: curta)? (?:para|ao"
        r"|à|a)(?: (?:o|a))?"
        rf"(?: (?:meu|minha|um|uma))? {WHO}(?: (?:dizendo|para dizer|a dizer|avisando))?(?: que "
        rf"|\s?: )",
        "chefe patrão senhorio professor médico vizinho cliente",
        ("Olá!", "Bom dia,"),
        "Obrigado",
    ),
    "nl": (
        r"(?:schrijf|stuur|maak)\w* (?:een )?(?:kort |klein )?(?:bericht|berichtje|sms"
        r"|appje) (?:aan|naar|voor) "
        rf"(?:mijn|de|het|onze|een) {WHO}(?:,? (?:om te zeggen|waarin staat))?(?:,? dat |\s?: )",
        "baas huisbaas leraar dokter buurman buurvrouw klant",
        ("Hoi!", "Goedendag,"),
        "Groetjes",
    ),
}
"""For each language: what asks for a message, formal readers, both greetings, the ending."""
OPENINGS = {code: make_regex(rf"\A\W*{row[0]}", re.I) for code, row in LOCAL.items()}


def write_local(prompt: str, code: str) -> str | None:
    """Return a message in another language with what follows "that" or a colon."""
    match = OPENINGS[code].match(prompt) if code in OPENINGS else None
    if stated := STATED_FIRST[code].match(prompt) if code in STATED_FIRST else None:
        return frame(stated["said"], LOCAL[code], is_formal=True, code=code)
    said = prompt[match.end() :].strip(" .") if match else ""
    if match is None or not said or "\n" in said:
        return None
    if match["who"].lower().startswith(CUSTOMERS):
        return None
    is_clause = ":" not in match[0]
    text = order_clause(said, code) if is_clause else said
    if match[0].rstrip().endswith(("qu'", "qu’")):
        text = said
    is_formal = any(match["who"].lower().startswith(one) for one in LOCAL[code][1].split())
    return frame(text, LOCAL[code], is_formal=is_formal, code=code)


CUSTOMERS = ("client", "kund", "klant")
"""Readers who get a letter of a company instead."""
STATED_FIRST = {
    "de": make_regex(
        r"\A(?P<said>(?:Ich|Wir) [^\n]{6,160}?)[,;.:] (?:bitte )?(?:schreib|formulier"
        r"|verfass)\w* (?:mir )?"
        r"(?:bitte )?(?:dazu |dafür )?eine (?:kurze |nette |freundliche )*(?:nachricht|sms)\W*\Z",
        re.I,
    ),
    "es": make_regex(
        r"\A(?P<said>(?:Tengo|Debo|No puedo|Necesito|Estoy) [^\n]{6,160}?)[,;.:] (?:por favor )?"
        r"(?:escríbeme|escribe|redacta) un (?:mensaje|sms)(?: corto| breve)?\W*\Z",
        re.I,
    ),
    "fr": make_regex(
        r"\A(?P<said>(?:Je|Nous) [^\n]{6,160}?)[,;.:] (?:écris|rédige)(?:-moi)? un (?:petit "
        r"|court )?"
        r"(?:message|sms)(?: court)?\W*\Z",
        re.I,
    ),
}
"""What the writer says first, before the wish for a message about it."""
NOUN_FIRST = make_regex(r"(?!(?:Der|Die|Das|Ein|Eine|Ich|Wir|Mein|Meine|Unser|Unsere|Es|Er|Sie)\b)")


def frame(
    text: str, row: tuple[str, str, tuple[str, str], str], *, is_formal: bool, code: str
) -> str:
    """Return a text between the greeting and the ending of a language."""
    _, _, greetings, ending = row
    said = end(capitalise(text))
    if code == "de" and NOUN_FIRST.match(said) is None:
        said = f"{said[:1].lower()}{said[1:]}"
    return f"{greetings[is_formal]}\n\n{said}\n\n{ending}"
