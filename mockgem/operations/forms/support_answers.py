"""What a support agent answers to a customer who asks how to do something, or has a problem."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_SYSTEM = 1_200
MAX_MESSAGE = 1_500
SUPPORT = make_regex(
    r"\b(?:(?:customer|client|tech(?:nical)?|user|product|online) (?:support|service|care|success)"
    r"|support (?:agent|assistant|bot|representative|specialist|team|chatbot)|help ?desk|helpbot"
    r"|service (?:agent|assistant|bot|representative|chatbot))\b",
    re.I,
)
OTHER_WORK = make_regex(
    r"\b(?:classif\w+|categor\w+|json|xml|label|route|routing|triage|extract|translat\w+|summari\w+"
    r"|rate|score|tag|sentiment|only (?:answer|use)|knowledge base|context|documents?|faq|policy"
    r"|one word|yes or no|output)\b",
    re.I,
)
"""Tasks of a support system that are not replies to a customer, or that have their own texts."""
PRODUCT = make_regex(
    r"[\"“']([A-Z][\w .&-]{1,30})[\"”']|\b(?:for|of|at|from|behind) (?:the "
    r"|our )?(?:[a-z][\w-]* ){0,4}?"
    r"(?!(?:SaaS|IT|B2B|AI)\b)([A-Z][\w&-]{1,24}(?: [A-Z][\w&-]{1,24}){0,2})(?=[\s,.;:]|\Z)"
)
"""The name of what the agent supports."""
NAME = make_regex(
    r"(?:^|\n)[ \t]*(?:[Nn]ame|[Cc]ustomer(?: name)?|[Ff]rom)\s?: ?(?P<label>[A-Z][\w'’-]+)"
    r"|\b(?:[Tt]his is|[Mm]y name is|[Nn]ame's|I am|I'm) (?P<told>[A-Z][a-z'’-]+)(?=[\s,.!]|\Z)"
    r"|\n[ \t]*(?:(?:[Bb]est|[Tt]hanks|[Kk]ind|[Rr]egards|[Cc]heers)[^\n]{0,20}[,\n][ \t]*\n?)?"
    r"(?P<signed>[A-Z][a-z'’-]+)(?: [A-Z][a-z'’.-]+)?\s*\Z"
)
MESSAGE = make_regex(
    r"(?:^|\n)[ \t]*(?:message|question|request|text|body)\s?:\s*(.+)", re.I | re.S
)
YOUR = make_regex(r"\b(?:my|our)\b", re.I)
WANTED = make_regex(
    r"\b(?:where|how) (?:(?:can|do|could|should) (?:i|we) |to )(?:find (?:out )?(?:where|how) to )?"
    r"([a-z][^?.!\n]{4,90})",
    re.I,
)
BROKEN = make_regex(
    r"\b(?:can['’]?t|cannot|can not|unable|doesn['’]?t|does not|won['’]?t|isn['’]?t|is not"
    r"|not work\w*"
    r"|broken?|broke|error|crash\w*|stuck|fail\w*|problem|issue|late|missing|wrong|damaged|charged"
    r"|never (?:arrived|got|received)|still (?:no|not|haven['’]?t|waiting))\b",
    re.I,
)
ADVICE = (
    (
        r"charged|billed|invoice|refund|payment|paid|money back",
        "Please send us your order or invoice number so that we can check the payment. If you were"
        " charged by mistake, you get the amount back within five business days.",
    ),
    (
        r"broken|damaged|defective|cracked|torn|scratched|came apart",
        "Please send us a photo and your order number. Then we send you a replacement or refund the"
        " price, as you prefer.",
    ),
    (
        r"deliver\w*|parcel|package|shipp\w+|shipment|arriv\w+|tracking|my order",
        "Please send us your order number, and we will find out where the parcel is. You hear from"
        " us within one business day.",
    ),
    (
        r"password|log ?in|sign ?in|locked out|log on|reset",
        "Please choose “Forgot password” on the sign-in page and follow the link in the e-mail. If"
        " no e-mail arrives within ten minutes, look in your spam folder.",
    ),
    (
        r"cancel\w*|unsubscribe|close my account|delete my account|subscription",
        "You can cancel in the settings of your account under “Subscription”. Your access stays"
        " until the end of the time that you have paid for.",
    ),
    (
        r"slow|crash\w*|error|not work\w*|doesn['’]?t (?:work|load|open|start)|won['’]?t|freez\w+"
        r"|stuck|bug",
        "Please sign out and in again, install the latest version and restart the app. If the"
        " problem stays, tell us the exact error message and when it appeared.",
    ),
)
COMPILED = [(make_regex(rf"\b(?:{words})\b", re.I), text) for words, text in ADVICE]


@form(
    "support answer",
    needs="system",
    about="the reply of the support agent whom the system instruction describes to a customer",
)
def write_support_answer(question: Question) -> str | None:
    system = question.system[:MAX_SYSTEM] if question.system else ""
    if not system or not SUPPORT.search(system) or OTHER_WORK.search(system):
        return None
    message = question.prompt.strip()
    if question.language != "en" or len(message) > MAX_MESSAGE or question.is_terse:
        return None
    labelled = MESSAGE.search(message)
    said = labelled[1].strip() if labelled else message
    advice = advise(said, PRODUCT.search(system))
    if not advice:
        return None
    kind = "question" if "?" in said else "message"
    is_trouble = BROKEN.search(said) is not None
    opening = "I'm sorry for the trouble." if is_trouble else f"Thank you for your {kind}."
    offer = "If that does not help, just reply here and we will look into it together."
    name = NAME.search(message)
    caller = next(filter(None, name.groups()), "") if name else ""
    return fit(caller, [opening, *advice, offer], find_length(question))


def advise(said: str, product: re.Match[str] | None) -> list[str]:
    """Return what the customer can do, in two sentences; empty for another kind of message."""
    wanted = WANTED.search(said)
    if wanted:
        name = next(filter(None, product.groups()), "") if product else ""
        place = f"the settings of {name}" if name else "the settings"
        action = YOUR.sub("your", wanted[1].strip())
        return [
            f"Open {place} and look for the option to {action}.",
            "If you do not see it there, your plan or your role may not include it yet.",
        ]
    text = next((text for pattern, text in COMPILED if pattern.search(said)), "")
    return re.split(r"(?<=[.!?]) ", text) if text else []


def fit(caller: str, sentences: list[str], length: tuple[int, str, bool] | None) -> str | None:
    """Return a greeting and the sentences, in as many sentences or paragraphs as are wanted."""
    greeting = f"Hi {caller}, " if caller else ""
    if length is None:
        count, unit = 3, "paragraph"
    else:
        count, unit, _ = length
    if unit == "sentence":
        kept = sentences[1 : count + 1] if count < 3 else [*sentences[: count - 1], sentences[-1]]
        text = " ".join(kept[:count])
    elif unit == "paragraph":
        paragraphs = [sentences[0], " ".join(sentences[1:-1]), sentences[-1]]
        text = "\n\n".join(paragraphs if count > 2 else [" ".join(sentences[:-1]), sentences[-1]])
        text = text if count > 1 else " ".join(sentences)
    else:
        return None
    return greeting + (
        text[:1].lower() + text[1:] if greeting and not text.startswith("I") else text
    )
