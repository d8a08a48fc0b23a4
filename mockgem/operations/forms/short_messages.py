"""Messages to one person: "text my sister that I can't come", "Schreib meinem Chef, dass ...".

The prompt tells the content in the words of its writer. The message says the same to its reader:
"her party" becomes "your party".
"""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_messages import write_local
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.told_messages import KINDLY, NO_MESSAGE, capitalise_days, cut_manner

KIND = r"(?:(?:whats ?app|text|sms|short|quick|brief|nice|polite|friendly|little|kind) ){0,3}"
MESSAGE = make_regex(
    r"\A\W*(?:(?:please|can you|could you|help me|i need(?: you)? to) )?(?:(?:write|send|draft"
    rf"|compose|make) (?:me )?(?:an? )?{KIND}(?:text|message|msg|sms|whatsapp|note"
    r"|dm)(?: message)? (?:to|for)|text|message)(?: (?:my|our"
    r"|the))? (?P<who>[\w'’-]+(?: [\w'’-]+){0,2}?)(?:,? (?:(?:to )?(?P<asks>ask(?:ing)?)(?: "
    r"(?:her|him|them))?|(?:to )?(?:say(?:ing)?|tell(?:ing)?(?: (?:her|him|them))?"
    r"|let(?:ting)? (?:her|him|them) know|explain(?:ing)?)|that says|that)(?: that)?"
    r"|\s?:) (?P<said>[^\n]{6,240})\Z",
    re.I,
)
STATED = make_regex(
    r"\A(?P<said>(?:I|i|we|my|our) [^\n,;]{6,160})[,;.] (?:please |can you |could you )?(?:write"
    rf"|draft) (?:me )?(?:an? )?{KIND}(?:message|text|sms|note)\W*\Z"
)
REMINDER = make_regex(
    rf"\A\W*(?:please )?(?:write|send|draft|compose) (?:me )?(?:an? )?{KIND}(?:text|message|msg"
    r"|sms|whatsapp|note|reminder)(?: message)? (?:reminding|to remind) (?:(?:my|our|the"
    r"|all) )?[\w'’-]+(?: [\w'’-]+)? (?P<how>of|about|to) (?P<said>[^\n]{3,200})\Z",
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
        r"|want) ",
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
    words="text message msg sms whatsapp note dm schreib schreibe schick nachricht mail correo"
    " escribe escríbeme mensaje"
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
    return end(capitalise(capitalise_days(said)))


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
