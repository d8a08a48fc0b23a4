"""Orders for one thing of a list in the last reply: "ok book the second one"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_items import find_item
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

ORDERS = make_regex(
    r"\A\W*(?:(?:ok|okay|great|perfect|yes|thanks|cool|good|then|so|and|please|alright|sounds good"
    r"|can you|could you|i['’]d like(?: to)?|i would like(?: to)?|i want(?: to)?|let['’]?s"
    r"|i['’]ll|i will|we['’]ll|we|go ahead and|just)\W{1,3}){0,5}(?P<verb>book|reserve|order|buy"
    r"|add|cancel|delete|remove|send|confirm|schedule|take|choose|pick|select|have|get|go (?:with"
    r"|for)|the|number|option)\b(?P<what>[^?.!\n]{1,80})[.!]*\Z",
    re.I,
)
DONE = {
    "book": "booked",
    "reserve": "reserved",
    "order": "ordered",
    "buy": "ordered",
    "add": "added",
    "cancel": "cancelled",
    "delete": "deleted",
    "remove": "removed",
    "send": "sent",
    "confirm": "confirmed",
    "schedule": "scheduled",
}
CHANGES_LIST = make_regex(
    r"\b(?:from|to) (?:the|this|that|your) (?:list|table|answer|text)\b"
    r"|\b(?:tell me|more (?:about|details?)|in detail|explain)\b",
    re.I,
)
WORD = make_regex(r"[a-z0-9]{3,}")


@form(
    "order from a list",
    words="book reserve order buy add cancel delete remove send confirm schedule take choose pick"
    " select have get go the number option",
    needs="earlier",
    about="the confirmation of what the user picks from the last reply: “book the second one”",
)
def confirm_order(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 120 or question.language != "en":
        return None
    match = ORDERS.match(question.prompt)
    if match is None or CHANGES_LIST.search(question.prompt):
        return None
    item = find_item(question) or find_named_item(match["what"], question)
    if not item:
        return None
    done = DONE.get(match["verb"].lower())
    if done in ("deleted", "removed", "added", "sent") and len(item.split()) < MIN_WORDS:
        return None
    if done is None:
        return f"Great choice! I have noted {item} for you. Shall I go ahead?"
    return f"Done! I have {done} {item} for you."


MIN_WORDS = 2


def find_named_item(what: str, question: Question) -> str:
    """Return the item of the last reply with the words of an order; empty without one."""
    replies = question.list_said("model")
    wanted = set(WORD.findall(what.lower())) - {"the", "one", "for", "please", "with"}
    best, most = "", 0
    for item in list_marked(replies[-1]) if replies else ():
        shared = len(wanted.intersection(WORD.findall(item.lower())))
        if shared > most:
            best, most = item, shared
    return best.strip(" .*")
