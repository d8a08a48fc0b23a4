"""Who sent a mail or a letter: its header, or the name below its closing line."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

ASKS_SENDER = make_regex(
    r"\bwho\b[^?\n]{0,30}\b(?:from|wrote|sent|signed|send)\b|\b(?:from whom|the sender|who(?:['’]s"
    r"| is) (?:the )?(?:author|writing))\b|\bvon wem\b|\bwer\b[^?\n]{0,40}\b(?:geschrieben"
    r"|geschickt|schreibt|schrieb|gesendet)\b|\bde (?:quién|qui|quem)\b|\bda chi\b"
    r"|\bqui (?:a (?:écrit|envoyé)|écrit)\b|\bquién (?:escribi|escribe|envi|mand)\w*"
    r"|\bchi (?:ha scritto|scrive|ha mandato)\b|\bquem (?:escreveu|enviou|mandou)\b|(?:от кого"
    r"|кто (?:написал|прислал|отправил|пишет))|谁写|誰が書|誰から",
    re.I,
)
HEADER = make_regex(
    r"^[ \t>*]*(?:from|von|de|da|от|від|发件人|差出人)\**[:：]\**[ \t]*([^\n<(]{2,60})", re.I | re.M
)
CLOSING = make_regex(
    r"\n[ \t]*(?:(?:best|kind|warm|many|with)(?: (?:regards|wishes|love))?|(?:best )?regards"
    r"|cheers|thanks|thank you|many thanks|love|yours(?: \w+)?|sincerely|take care|see you"
    r"|all the best|xoxo|(?:viele|liebe|beste|herzliche)n? grüße|mit freundlichen grüßen|lg|vg"
    r"|gruß|saludos|un (?:abrazo|saludo)|atentamente|cordialement|bien à (?:toi|vous)|bises"
    r"|amicalement|cordiali saluti|un abbraccio|ciao|saluti|atenciosamente|abraços?|um abraço"
    r"|с уважением|всего доброго|с любовью)[ \t]*[,.!]?[ \t]*(?:\n+[ \t]*"
    r"|[ \t]+)([A-ZÀ-ÞА-Я][^\n,:;?!]{1,40})\s*(?:\n|\Z)",
    re.I,
)
INLINE_CLOSING = make_regex(
    r"(?<=[.!?] )(?i:(?:best|kind|warm|many) (?:regards|wishes)|regards|sincerely|yours \w+),? "
    r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})(?=,|\W*\Z)"
)
"""The end of a letter on one line with its text."""
INTRODUCES = make_regex(
    r"\b(?:[Tt]his is|[Mm]y name is|I['’]m|I am) ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
    r"(?: (?:from|at|of) (?:the )?[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*){0,3})?)(?=[.,;!]|\s*\Z| and\b)"
)
"""The words with which a writer gives a name: "this is Carla from Blue Dental"."""
WHAT = make_regex(r"\b(e-?mail|letter|message|note|mail|text|card|postcard|memo)\b", re.I)


def find_sender(text: str) -> str:
    """Return the name of who sent a mail; empty if the mail does not tell."""
    match = HEADER.search(text) or CLOSING.search(f"{text}\n") or INLINE_CLOSING.search(text)
    match = match or INTRODUCES.search(text)
    return match[1].strip(" .*") if match else ""


def tell_sender(asked: str, text: str, language: str) -> str:
    """Return who sent a mail, if a question asks for it; else an empty text."""
    if not ASKS_SENDER.search(asked):
        return ""
    sender = find_sender(text)
    what = WHAT.search(asked)
    if not sender or language != "en":
        return f"{sender}." if sender else ""
    return f"The {what[1].lower() if what else 'message'} is from {sender}."
