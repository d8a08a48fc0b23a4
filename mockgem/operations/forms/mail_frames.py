"""The greeting and the signature that a system instruction wants around a reply to a message."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

AS_MAIL = make_regex(
    r"\b(?:reply|respond|answer|write|format\w*|responses?|replies)\b[^.\n]{0,40}\b(?:as|like"
    r"|in the form"
    r" of|are|is) (?:an? )?(?:short |formal |complete |friendly )?(?:e-?mail|email|letter)s?\b"
)
SIGNATURE = make_regex(
    r"\b(?:signature|sign(?:ed)?(?: off)?(?: as| with)?|closing)\b(?: line)?:? ?(?:is |as |with )?"
    r"[\"“'‘]([^\"”'’\n]{2,60})[\"”'’]"
)
WRITER = make_regex(
    r"(?:[-–—]\s?|\b(?:regards|thanks|best|cheers|sincerely),?\s+)([A-ZÀ-Þ][\w'’-]{1,20}"
    r"(?: [A-ZÀ-Þ][\w'’-]{1,20})?)\.?\s*\Z"
    r"|\b(?:my name is|this is|i am|i'm) ([A-ZÀ-Þ][a-zà-ÿ]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20})?)\b"
)
GREETED = ("Dear ", "Hello", "Hi ", "Subject:")


def frame_mail(text: str, message: str, system: str) -> str:
    """Return a reply as an e-mail, if the system instruction wants one; else as it is."""
    if not AS_MAIL.search(system.lower()) or text.startswith(GREETED):
        return text
    signed = SIGNATURE.search(system)
    writer = WRITER.search(message)
    name = (writer[1] or writer[2]) if writer else ""
    greeting = f"Hello {name}," if name else "Hello,"
    return f"{greeting}\n\n{text}\n\nKind regards,\n{signed[1] if signed else 'Your support team'}"
