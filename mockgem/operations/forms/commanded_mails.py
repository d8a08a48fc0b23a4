"""E-mails and texts of a company that a command describes: "Invite our suppliers to …"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end

WRITER = make_regex(
    r"\b(?:draft|write|compose|prepare)s?\b[^.\n]{0,40}\b(?:e-?mails?|emails?|letters?)\b"
    r"|\b(?:e-?mail|letter) (?:assistant|writer)\b",
    re.I,
)
"""A system instruction that makes each message a command for an e-mail."""
OTHER_SYSTEM = make_regex(r"\b(?:json|classif\w+|extract|summari[sz]e|translate|rewrite)\b", re.I)
COMMAND = make_regex(
    r"\A\W*(?:(?:please|can you|could you) )*(?P<verb>invite|ask|tell|inform|remind|thank|notify"
    r"|congratulate) (?P<who>(?:(?:our|the|my|all|all our) )?(?:[\w'’-]+ ){0,2}?(?:(?:Mr|Mrs|Ms"
    r"|Dr)\.? )?[\w'’-]+?) (?P<link>to|that|for|about|of|on|whether"
    r"|if) (?P<said>[^\n;]{4,200}?)(?:[,.;]? (?:and )?(?:please )?(?P<also>ask|tell"
    r"|remind) them (?P<how>to|that|for) (?P<more>[^\n.;]{4,120}))?[.!]?\s*\Z",
    re.I,
)
SIGNED = make_regex(
    r"\bsign(?: off)?(?: it| each| every| e-?mails?| them)?(?: off)? (?:as|with)[: ]+[\"“'‘]?"
    r"([A-Z][^\"”'’.\n]{2,40})",
)
SAYS = {
    ("invite", "to"): "We would like to invite you to {}",
    ("ask", "to"): "We would like to ask you to {}",
    ("ask", "for"): "We would like to ask you for {}",
    ("ask", "whether"): "Could you please let us know whether {}",
    ("ask", "if"): "Could you please let us know if {}",
    ("tell", "that"): "We would like to let you know that {}",
    ("tell", "about"): "We would like to tell you about {}",
    ("inform", "that"): "We would like to inform you that {}",
    ("inform", "about"): "We would like to inform you about {}",
    ("inform", "of"): "We would like to inform you of {}",
    ("notify", "that"): "We would like to let you know that {}",
    ("notify", "about"): "We would like to let you know about {}",
    ("notify", "of"): "We would like to let you know of {}",
    ("remind", "that"): "This is a friendly reminder that {}",
    ("remind", "to"): "This is a friendly reminder to {}",
    ("remind", "of"): "This is a friendly reminder of {}",
    ("remind", "about"): "This is a friendly reminder about {}",
    ("thank", "for"): "Thank you very much for {}",
    ("congratulate", "on"): "Congratulations on {}",
}
SUBJECTS = {
    "invite": "Invitation to {}",
    "remind": "Reminder: {}",
    "thank": "Thank you for {}",
    "congratulate": "Congratulations on {}",
}
READER = ((r"\b(?:they|them)\b", "you"), (r"\btheirs?\b", "your"))
PRONOUNS = frozenset(("me", "us", "you", "them", "him", "her", "it"))
"""Words for a reader whom the command does not name."""
SUBJECT_WORDS = 9


@form(
    "commanded e-mail",
    needs="system",
    about="an e-mail that does what the command to a writer of e-mails says",
)
def write_commanded(question: Question) -> str | None:
    system = question.system
    if question.language != "en" or not system or not WRITER.search(system):
        return None
    match = COMMAND.match(question.prompt.strip())
    if match is None or OTHER_SYSTEM.search(system):
        return None
    sentence = SAYS.get((match["verb"].lower(), match["link"].lower()))
    if sentence is None or match["who"].lower() in PRONOUNS:
        return None
    said = address_reader(match["said"].strip(" .,"))
    asks = sentence.startswith("Could")
    body = [f"{sentence.format(said)}?" if asks else end(sentence.format(said))]
    if match["more"]:
        body.append(add_request(match["also"].lower(), match["how"].lower(), match["more"]))
    who = re.sub(r"\A(?:our|the|my|all our|all) ", "", match["who"], flags=re.I)
    titled = TITLED.search(who)
    who = titled[0] if titled else who
    subject = SUBJECTS.get(match["verb"].lower(), "{}").format(said)
    signed = SIGNED.search(system)
    sender = signed[1].strip() if signed else "[Your name]"
    return (
        f"Subject: {shorten(capitalise(subject))}\n\nDear {who},\n\n{' '.join(body)}\n\nKind"
        f" regards,\n{sender}"
    )


TITLED = make_regex(r"\b(?-i:Mr|Mrs|Ms|Dr)\.? [A-Z][\w'’-]+")


def add_request(verb: str, how: str, said: str) -> str:
    """Return what else an e-mail asks for or tells."""
    said = address_reader(said.strip(" .,"))
    if how == "to":
        return end(f"Please {said}")
    return end(f"Please send us {said}" if how == "for" else f"Please note that {said}")


def address_reader(text: str) -> str:
    for pattern, words in READER:
        text = re.sub(pattern, words, text, flags=re.I)
    return text


def shorten(subject: str) -> str:
    words = re.split(r"[,.;]", subject)[0].split()[:SUBJECT_WORDS]
    while len(words) > 1 and words[-1].lower() in SMALL:
        words.pop()
    return " ".join(words)


SMALL = frozenset("at on in the a an of to for and or with by from our my your".split())
"""Words with which no subject ends."""


WANTS = make_regex(
    r"\A\W*(?:(?:please|can you|could you|i need(?: you to)?|help me|now|hey|hi)\b[ ,]*)*"
    r"(?:write|draft|create|compose|generate|make|send|prepare|give me|an?|short|sms|text|remind\w*"
    r"|appointment|welcome|\Z)",
    re.I,
)
"""The start of a prompt that wants a message, and does not ask about one."""
WELCOME = make_regex(
    r"\bwelcome e-?mail\b(?: (?:for|to) (?:our |the |all )?(?P<who>new [\w -]{3,40}?|[\w -]{3,40}?)"
    r"(?: (?:of|to|at|for) (?:our |the |my |a |an )?(?P<what>[^.\n,;]{3,60}))?)?(?=[.,;\n]|\Z)",
    re.I,
)
CODE = make_regex(r"\bcode:? [\"'“]?([A-Z][A-Z0-9-]{3,20})\b")


@form(
    "welcome e-mail",
    "Write a welcome email for new subscribers of our tea newsletter. Include a subject line and a"
    " discount code HELLO10.",
    words="welcome",
    about="an e-mail that welcomes new customers, with the discount code that the prompt gives",
)
def write_welcome(question: Question) -> str | None:
    match = WELCOME.search(question.prompt[:600]) if question.language == "en" else None
    if match is None or question.material or not WANTS.search(question.prompt[: match.start()]):
        return None
    if "{" in question.prompt or re.search(r"\b(?:html|json)\b", question.lower):
        return None
    what = (match["what"] or "").strip() or "our community"
    named = what if what.startswith("our") else f"our {what}"
    code = CODE.search(question.prompt)
    gift = f"As a small thank-you, use the code {code[1]} on your next order.\n\n" if code else ""
    return (
        f"Subject: Welcome to {named}!\n\nHello and welcome,\n\nThank you for joining {named}. From"
        f" now on you will be the first to hear our news, tips and offers.\n\n{gift}If you have a"
        " question, just reply to this e-mail.\n\nSee you soon,\nYour team"
    )


APPOINTMENT = make_regex(
    r"\b(?:(?:sms|text|message|whatsapp|e-?mail)\b[^.\n]{0,20})?\bappointment reminder\b(?:(?: "
    r"(?:text|sms|message|e-?mail))? (?:for|from) (?:an? |the |our "
    r"|my )?(?P<place>[^.\n,;:]{3,50}))?|\b(?:reminder (?:of|about|for)"
    r"|reminding [^\n]{3,60}? (?:of|about)) (?:an?|the|their|his"
    r"|her) (?:[\w-]+ )?appointment\b(?: (?:at|with) (?:the |our "
    r"|an? )?(?P<at>[^.\n,;:\d]{3,50}))?",
    re.I,
)
LABELLED = make_regex(
    r"\b(?:[Pp]atient|[Cc]ustomer|[Cc]lient|[Nn]ame|[Gg]uest)(?: is)?:? "
    r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
PERSON = make_regex(
    r"\b(?:[Pp]atient|[Cc]ustomer|[Cc]lient|[Nn]ame|[Gg]uest)(?: is)?:? "
    r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)|\b((?:Mrs|Mr|Ms|Dr)\.? [A-Z][\w'’-]+)"
    r"|\bfor (?!Mr|Ms|Dr)([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b"
)
WHEN = make_regex(
    r"\b((?:(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow"
    r"|today)?(?:,? ?(?:the )?\d{1,2}"
    r"(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
    r"|,? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{1,2}(?:st|nd|rd|th)?)?"
    r",? ?(?:at )?\d{1,2}(?:[:.]\d\d ?(?:am|pm)?| ?(?:am|pm)))",
    re.I,
)
CONFIRMS = make_regex(
    r"\b(?:reply|answer|respond|text)(?: with)? [\"'“]?([A-Z]{1,7}"
    r"|yes)\b[\"'”]?[^.\n]{0,12}\bconfirm",
    re.I,
)


@form(
    "appointment reminder",
    "Draft an SMS appointment reminder for a dental clinic. Patient: Ann Lee, Tuesday 9:15. Ask to"
    " reply C to confirm.",
    words="appointment",
    about="a short message with the name, the place and the time that the prompt gives",
)
def write_reminder(question: Question) -> str | None:
    prompt = question.prompt[:600]
    match = APPOINTMENT.search(prompt) if question.language == "en" else None
    if match is None or "{" in prompt or question.material.count("\n") > 1:
        return None
    if not WANTS.search(prompt[: match.end()]):
        return None
    person, when, reply = PERSON.search(prompt), WHEN.search(prompt), CONFIRMS.search(prompt)
    person = LABELLED.search(prompt) or person
    name = next(filter(None, person.groups()), "") if person else ""
    place = (match["place"] or match["at"] or "").strip()
    greeting = f"Hello {name}, this" if name else "Hello! This"
    at = f" at our {place}" if place else ""
    time = f" {say_time(when[1])}" if when else ""
    answer = f"Reply {reply[1]} to confirm." if reply else "Please call us if you can't come."
    return f"{greeting} is a reminder of your appointment{at}{time}. {answer}"


def say_time(text: str) -> str:
    """Return "Thursday 9:15" as "on Thursday at 9:15"."""
    text = text.strip(" ,")
    text = re.sub(r",? (?:at )?(?=\d{1,2}(?:[:.]\d\d| ?[ap]m))", " at ", text, flags=re.I)
    starts = text[:2].lower() == "on" or text.lower().startswith(("tomorrow", "today", "at "))
    return text if starts else f"on {text}" if " at " in text else f"at {text}"
