"""Replies to a given message: "Write a reply that declines", with the message below."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.text_styles import change_words, read_pairs

MAX_WISH = 600
MAX_MESSAGE = 4_000
WISH = make_regex(
    r"\b(?:write|draft|compose|generate|create|formulate|suggest|prepare|give me|need|want|send)\b"
    r"(?: me)?(?: an?| the| my)?(?: [\w-]+,?){0,4}? (?:reply|response|answer)\b(?! (?:only|in|key"
    r"|field|format))|(?:\A|[.!?:\n] ?)\W*(?:please |can you |could you |help me )?(?:reply"
    r"|respond|answer)"
    r" to (?:this|the|her|his|their|my|that|following|him|them|it)\b"
    r"(?! (?:question|quer|prompt))",
    re.I,
)
OTHER_FORM = make_regex(
    r"\b(?:json|xml|yaml|table|csv|context|passage|document|sources?|reviews?|tweet|summar\w+"
    r"|translat\w+|classif\w+|question (?:below|above)|knowledge|options?|bullets?)\b",
    re.I,
)
MESSAGE = make_regex(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|from|subject|to)\b[^\n]{0,80}"
    r"|\b(?:regards|best(?: wishes)?|thanks|cheers|sincerely"
    r"|yours),?\s+[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?\W*\Z",
    re.I,
)
"""The beginning or the end of a message that the user received."""
SENDER = make_regex(
    r"^[ \t]*(?i:from): ?\W{0,2}([A-ZÀ-Þ][\w'’-]+)|(?i:regards|best(?: wishes)?|thanks|thank you"
    r"|cheers|sincerely|yours(?: truly)?|greetings|love)[,!.]?\s+(?:-\s?)?((?:Dr\. |Mr\. |Ms\. )?"
    r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)\W*\Z|\n[-–—~ ]{0,3}([A-ZÀ-Þ][\w'’-]+)\W*\Z",
    re.M,
)
READER = make_regex(
    r"\bas ([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)\b|\bsign(?:ed)? (?:it |off )?(?:as|with"
    r"|by)? ?[\"“']?([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)"
)
ADDRESSED = make_regex(
    r"^[ \t]*(?i:to): ?\W{0,2}([A-ZÀ-Þ][\w'’-]+)|^\W*(?i:hi|hello|hey|dear) ([A-ZÀ-Þ][\w'’-]+)",
    re.M,
)
ASKED = make_regex(
    r"\b(?:would you (?:like|be able|be willing|mind|prefer)(?: to)?|could you(?: please)?"
    r"|can you(?: please)?|will you|do you want to|are you able to"
    r"|please) (?P<deed>[a-z][^.?!\n]{3,160})",
    re.I,
)
"""What a message asks its reader to do."""
SHARED = make_regex(r"\b(?:could|can|shall|should|may) we (?P<deed>[a-z][^.?!\n]{3,160})\?", re.I)
TIME = make_regex(
    r"\b(?:to|on|at|for) ((?:(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow"
    r"|\d{1,2}(?:[.:]\d\d)? ?(?:am|pm)|\d{1,2}:\d\d)[^.?!,\n]{0,24})",
    re.I,
)
TROUBLE = make_regex(
    r"[^.!?\n]*\b(?:broken|cracked|damaged|defective|late|wrong|missing|not (?:work\w*|arriv\w*)"
    r"|(?:never|still (?:not|n['’]t|haven['’]t)|has(?:n['’]t| not)) (?:arriv\w+|receiv\w+|com\w+)"
    r"|charged"
    r"|cold|crash\w*|fail\w*|disappoint\w*|scratch\w*|torn|lost|problem|issue|stopped)\b[^.!?\n]*",
    re.I,
)
ORDER = make_regex(
    r"\b(?:order|invoice|ticket|booking|case|reference)(?: (?:number|no\.?"
    r"|id))? ?#?:? ?([A-Z]{0,4}-?\d{3,12})\b",
    re.I,
)
SWAP = read_pairs(
    """you are=I am; you're=I am; i am=you are; i'm=you are; you=me; your=my; yours=mine; us=you;
    me=you; my=your; our=your; i=you"""
)
CLAUSE = make_regex(
    r"\b(?P<verb>confirm|accept|agree|declin|refus|reject|turn(?:s|ing)? (?:it |this "
    r"|the \w+ )?down|apologi[sz]|offer"
    r"|ask|request|thank|explain|say|tell|inform|suggest|propos|promis|mention|acknowledg|invit"
    r"|remind)(?:e?s|ing|e|ies|y)?\b(?P<rest>[^.;:\n]{0,140})",
    re.I,
)
"""What a reply does: "confirms the new time", "declining politely"."""
NEXT = make_regex(
    r",? (?:and|but) (?=(?:politely |kindly |also )?(?:confirm|accept|agree|declin|refus"
    r"|apologi[sz]|offer|ask"
    r"|request|thank|explain|say|tell|suggest|propos|promis|mention))|, (?=(?:confirm|accept|declin"
    r"|apologi[sz]|offer|ask|thank|explain|suggest|propos|promis|mention))",
    re.I,
)
NO = ("declin", "refus", "reject", "turn")
YES = ("confirm", "accept", "agree")


@frozen
class Message:
    """A message that needs a reply.

    Attributes:
        sender: Who wrote it; empty if it does not say.
        reader: Who replies; empty if it does not say.
        deed: What it asks for, from the reader's side: "join you for dinner".
    """

    text: str
    sender: str
    reader: str
    deed: str
    is_shared: bool


@form(
    "reply to a message",
    "Draft a polite reply that declines:\n\nHi Tom, would you like to join us for dinner on "
    "Friday at 7? Best, Ana",
    words="reply respond response answer",
    about="a reply to the given message, which does what the prompt says: confirms, declines, asks",
)
def reply_to_message(question: Question) -> str | None:
    if question.language != "en" or not question.material or question.is_about_reply:
        return None
    wish, text = question.instruction[:MAX_WISH], question.material.strip()[:MAX_MESSAGE]
    if not WISH.search(wish) or OTHER_FORM.search(wish) or not MESSAGE.search(text):
        return None
    message = read_message(text, wish)
    body = " ".join(write_body(message, wish))
    hello = "Hi" if re.match(r"\W*(?:hi|hey)\b|[\s\S]*\n(?:hi|hey)\b", text, re.I) else "Dear"
    name = message.sender or ("there" if hello == "Hi" else "customer")
    closing = "Best," if hello == "Hi" else "Kind regards,"
    return f"{hello} {name},\n\n{body}\n\n{closing}\n{message.reader or '[Your name]'}"


def read_message(text: str, wish: str) -> Message:
    """Return who wrote a message to whom, and what it asks for."""
    sender, named, addressed = SENDER.search(text), READER.search(wish), ADDRESSED.search(text)
    shared = SHARED.search(text)
    asked = shared or ASKED.search(text)
    deed = asked["deed"].strip() if asked else ""
    return Message(
        text,
        pick(sender),
        pick(named) or pick(addressed),
        deed if shared else change_words(deed, SWAP),
        shared is not None,
    )


def pick(match: re.Match[str] | None) -> str:
    return next(filter(None, match.groups()), "").strip() if match else ""


def write_body(message: Message, wish: str) -> list[str]:
    """Return the sentences of a reply: thanks, what the wish names, and a last one."""
    clauses = [found for part in NEXT.split(wish) if (found := CLAUSE.search(part))]
    said = [write_clause(found, message) for found in clauses]
    if not any(said):
        said = [answer(message)]
    lines = [one for one in said if one]
    if not lines[0].startswith(("Thank", "I am sorry", "I apologise")):
        lines.insert(0, "Thank you for your message.")
    if (order := ORDER.search(message.text)) and TROUBLE.search(message.text):
        lines.append(f"I have your order {order[1]} in front of me and will keep you informed.")
    elif not lines[-1].endswith("?"):
        lines.append("Please let me know if you need anything else.")
    return list(dict.fromkeys(lines))


def write_clause(found: re.Match[str], message: Message) -> str:
    """Return a sentence that does what a clause of the wish names."""
    verb, rest = found["verb"].lower(), tidy(found["rest"])
    if verb.startswith(NO):
        return refuse(message)
    if verb.startswith(YES):
        return accept(message, verb, rest)
    return say(verb, rest, message)


def tidy(rest: str) -> str:
    """Return the rest of a clause without what says how: "politely", "in two sentences"."""
    return HOW.sub("", rest).strip(" ,")


HOW = make_regex(
    r"\b(?:politely|kindly|briefly|warmly|sincerely|in (?:a|an|one|two|three|at most"
    r"|under) [\w -]{2,30}"
    r"|as [A-Z][\w'’-]+|(?:to|for) (?:this|the|her|his|their) (?:e-?mail|mail|message|letter))\b",
    re.I,
)


def refuse(message: Message) -> str:
    if message.deed and message.is_shared:
        return f"I am sorry, but we can't {end(message.deed)}"
    if message.deed:
        return f"Thank you for asking, but unfortunately I can't {end(message.deed)}"
    return "I am sorry, but I have to decline this time."


def accept(message: Message, verb: str, rest: str) -> str:
    """Return a sentence that agrees to what a message asks for."""
    time = list(TIME.finditer(message.text))
    if (
        verb == "confirm"
        and time
        and re.search(r"\b(?:time|date|day|slot|appointment|meeting)\b", rest)
    ):
        return f"{capitalise(time[-1][1].strip())} works well for me."
    if message.deed and message.is_shared:
        return f"Yes, we can {end(message.deed)}"
    if message.deed:
        return f"I would be happy to {end(message.deed)}"
    return f"I am happy to confirm {end(rest)}" if rest else "I am happy to agree."


def say(verb: str, rest: str, message: Message) -> str:
    """Return the sentence of a clause: "offers a replacement", "asks for the order number"."""
    rest = re.sub(r"^(?:her|him|them|the (?:customer|client|sender|user|guest)) ", "", rest)
    if verb.startswith("apologi"):
        about = rest.removeprefix("for ")
        return f"I am sorry for {end(about)}" if about else name_trouble(message)
    if verb == "offer" or verb == "promis":
        trouble = name_trouble(message) if TROUBLE.search(message.text) else ""
        offered = f"We would be glad to {end(rest[3:])}" if rest.startswith("to ") else ""
        return f"{trouble} {offered or f'We would be glad to offer you {end(rest)}'}".strip()
    if verb in ("ask", "request"):
        if rest.startswith(("if ", "whether ")):
            return f"Could you please tell me {rest}?"
        if rest.startswith("to "):
            return f"Could you please {rest[3:]}?"
        return f"Could you please send me {rest.removeprefix('for ')}?"
    if verb in ("suggest", "propos"):
        return f"May I suggest {rest}?" if rest else ""
    if verb == "thank":
        return f"Thank you {'' if rest.startswith('for') else 'for '}{end(rest or 'your message')}"
    told = rest.removeprefix("that ")
    return capitalise(end(told)) if rest.startswith("that ") else ""


def name_trouble(message: Message) -> str:
    """Return an apology for what a message complains about."""
    return (
        "I am sorry for the trouble this has caused you."
        if TROUBLE.search(message.text)
        else "I am sorry about that."
    )


def answer(message: Message) -> str:
    if message.deed:
        return accept(message, "accept", "")
    if TROUBLE.search(message.text):
        return f"{name_trouble(message)} I will look into it today and come back to you."
    return "I have read it with interest and will come back to you soon."
