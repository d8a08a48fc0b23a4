"""The last reply in a casual tone: "too formal, make it sound like a normal text message"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_styles import CASUAL, change_words

WISH = make_regex(
    r"\b(?:too (?:formal|stiff|polite)|(?:less|not so) formal|more (?:casual|relaxed|informal"
    r"|chill)"
    r"|casual(?:ly)?|informal(?:ly)?|like (?:a )?(?:normal |real )?(?:text(?: message)?|whatsapp"
    r"|sms|human|friend))\b",
    re.I,
)
GREETING = make_regex(
    r"\A\s*(?i:dear|hello|good (?:morning|day|evening)"
    r"|hi)\s+(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)\s*[,:!]?\s*"
)
SIGN_OFF = make_regex(
    r"\n+\s*(?:kind|best|warm|many)?\s*(?:regards|wishes|sincerely|yours (?:sincerely|truly"
    r"|faithfully)|respectfully)"
    r"[\s\S]{0,60}\Z",
    re.I,
)
SUBJECT = make_regex(r"\A\s*subject:[^\n]*\n+", re.I)
STIFF = {
    "i would be delighted if you could join": "would love for you to join",
    "i would be happy if you could": "it'd be great if you could",
    "please let me know if you can make it": "let me know if you can come",
    "please do not hesitate to contact me": "just text me",
    "i am writing to inform you that": "just so you know,",
    "i would like to": "i'd like to",
    "at your earliest convenience": "when you can",
    "a barbecue": "a bbq",
}
MAX_PROMPT = 120


@form(
    "casual reply", needs="earlier", about='the last reply in a casual tone: "less formal please"'
)
def loosen_reply(question: Question) -> str | None:
    prompt = question.prompt.strip()
    replies = question.list_said("model") if len(prompt) <= MAX_PROMPT else []
    if not replies or not WISH.search(prompt) or question.material or question.language != "en":
        return None
    text = SIGN_OFF.sub("", SUBJECT.sub("", replies[-1]))
    greeted = GREETING.match(text)
    body = text[greeted.end() :] if greeted else text
    for stiff, loose in STIFF.items():
        body = re.sub(re.escape(stiff), loose, body, flags=re.I)
    body = change_words(body.strip(), CASUAL)
    body = re.sub(r"(\A|[.!?]\s+)([a-z])", lambda one: f"{one[1]}{one[2].upper()}", body)
    return f"Hey {greeted['name']}! {body}" if greeted else body
