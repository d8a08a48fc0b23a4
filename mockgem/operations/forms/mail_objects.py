"""Objects with the subject and the body of an e-mail: {"subject": …, "body": …}."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

SUBJECTS = make_regex(
    r"^(?:e?mail_?)?(?:subject(?:_?line)?|betreff|sujet|objet|asunto|oggetto|assunto|onderwerp|temat)$",
    re.I,
)
BODIES = make_regex(
    r"^(?:e?mail_?)?(?:body|text|message|content|corps|texte|message|inhalt|nachricht|cuerpo|texto"
    r"|mensaje|corpo|testo|mensagem|tekst|inhoud|treść)$",
    re.I,
)
MAIL = make_regex(r"\b(?:e-?mails?|emails?|mails?|courriels?|correos?|newsletters?)\b", re.I)
FORMAT = make_regex(
    r"\b(?:as|in|sous (?:la )?forme de|als|como|en|formato|em|w formacie|return|respond with|reply"
    r" with|output)\b[^:\n{]{0,30}\bjson\b[^:\n{]{0,120}?(?:\{[^{}]{0,200}\})?\s?(?::\s"
    r"|(?<=\})[.,]?\s"
    r"(?:for )?|\.\s)|\b(?:return|output) \{[^{}]{0,200}\}\s?(?:for|:)?\s?",
    re.I,
)
"""What says that the e-mail is wanted as JSON with two keys."""
READS = make_regex(
    r"\b(?:extract|classif\w+|pars\w+|summar\w+|translat\w+|analy\w+|detect|label|this e-?mail"
    r"|following e-?mail|e-?mail below|incoming)\b",
    re.I,
)
COMMANDS = {
    "en": "Write an email",
    "de": "Schreibe eine E-Mail",
    "fr": "Écris un e-mail",
    "es": "Escribe un correo",
    "it": "Scrivi una mail",
    "pt": "Escreva um e-mail",
    "nl": "Schrijf een e-mail",
    "pl": "Napisz e-mail",
}
TELLS = make_regex(
    r"\A\W*(?:that )?(?:tells?|informs?|lets?|reminds?|asks?|notif(?:y|ies)"
    r"|thanks?) (?P<who>(?:(?:Mr|Mrs|Ms|Dr)\.? )?\w[\w ]{1,30}?)"
    r" (?P<link>that|know that|to|for|about) (?P<said>.+)",
    re.I | re.S,
)
LINKS = {
    "that": "saying that",
    "know that": "saying that",
    "to": "asking to",
    "for": "thanking for",
    "about": "about",
}
ARTICLE_MAIL = make_regex(
    r"\A\W*(?:for |pour |para |für |per )?(?:an?|une?|una?|um|uma|eine?|een|the|this)?"
    r" ?(?:short |brief |polite )?(?:e-?mail|email|mail|courriel|correo)\b",
    re.I,
)


def write_mail_object(value: Any, question: Question) -> Any:
    """Return an object with the two parts of an e-mail that says what the prompt wants."""
    if not isinstance(value, dict) or READS.search(question.instruction):
        return value
    subject = next(filter(SUBJECTS.match, value), None)
    body = next(filter(BODIES.match, value), None)
    if subject is None or body is None or not MAIL.search(question.prompt[:2000]):
        return value
    mail = write_mail(question)
    head, mark, rest = mail.partition("\n\n")
    if not mark:
        return value
    return {**value, subject: head.partition(": ")[2] or head, body: rest}


def write_mail(question: Question) -> str:
    """Return the e-mail as text: a subject line, an empty line, the rest."""
    from mockgem.operations.forms.letters import write_email

    command = COMMANDS.get(question.language, COMMANDS["en"])
    rest = FORMAT.sub(" ", question.prompt[:2000], count=1).strip(" :.")
    if mail := ARTICLE_MAIL.match(rest):
        rest = rest[mail.end() :]
    elif command.split()[0].lower() == rest.split(" ")[0].lower() and (named := MAIL.search(rest)):
        rest = rest[named.end() :].lstrip(" ,:")
    if told := TELLS.match(rest):
        said = re.sub(r"\b(?:her|his|their)\b", "your", told["said"])
        rest = f"to {told['who']} {LINKS[told['link'].lower()]} {said}"
    joint = " " if re.match(r"\s*(?:to|for|about|pour|à|an|a|para|per|do|aan|z)\b", rest) else ": "
    return write_email(question.restate(f"{command}{joint}{rest.strip()}", "")) or ""
