"""What a support assistant says: sorry for a complaint, and no to a question about other things."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.mail_frames import frame_mail
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.standing_replies import is_off
from mockgem.operations.generators.word_stems import extract_stems

SUPPORT = make_regex(
    r"\b(?:support|customer[- ](?:service|care)|help ?desk|service desk)\b[^.\n]{0,40}"
    r"\b(?:assistant|agent|bot|chatbot|representative|team|rep|desk)\b"
    r"|\b(?:assistant|agent|bot|chatbot)\b[^.\n]{0,40}\b(?:for|of) (?:the|an?|our) (?:[\w-]+ ){0,3}"
    r"(?:shop|store|airline|bank|hotel|company|service|provider|retailer|platform)\b",
    re.I,
)
TASK = make_regex(
    r"\b(?:classif\w+|label|categor\w+|extract|json|summari[sz]e|translate|rewrite|score|rate|route"
    r"|only (?:answer|use|respond)|using (?:only )?the|based on|according to|context|knowledge"
    r"|polic(?:y|ies) ?:|menu|faq|draft|output|one word|numbered"
    r"|bullets?|steps|checklist|(?:finish|end|begin|start) (?:with|each|every))\b",
    re.I,
)
"""What a system instruction says that wants something else, or that holds the answer."""
MAX_COMPLAINT = 400
TROUBLES = (
    (
        r"\b(?:my|the|our|this|that) (?:[\w-]+ ){0,2}(?:order|parcel|package|delivery|shipment"
        r"|item)s?\b(?! (?:number|history|page|form)\b)[^?]{0,80}\b(?:never|hasn['’]?t|has not"
        r"|isn['’]?t here|did(?:n['’]?t| not)|not (?:yet )?(?:here|arriv\w+|come|been)|still|late"
        r"|delayed|lost|missing|supposed)\b|\bwhere is my (?:order|parcel|package)",
        "your order has not arrived yet",
        "Please send me your order number, and I will check where it is.",
    ),
    (
        r"\b(?:internet|wi-?fi|connection|phone|line|service|power|electricity|heating|water"
        r"|signal)\b[^?]{0,60}\b(?:down|out|off|gone|dead|not work\w*|doesn['’]?t work"
        r"|isn['’]?t working|keeps)\b",
        "you have been without it",
        "Please send me your customer number, and I will check what is wrong with your line.",
    ),
    (
        r"\b(?:broken|scratch\w*|dent\w*|torn|chipped|stain\w*|damaged|defective|cracked|faulty"
        r"|arrived (?:dead|wet|open)|stopped working"
        r"|doesn['’]?t work|not working|died)\b",
        "something is not working as it should",
        "Please send me your order number and a photo, and I will find a solution for you.",
    ),
    (
        r"\b(?:charged|billed|debited|invoice|bill|payment|overcharged)\b[^?]{0,80}\b(?:twice"
        r"|double|wrong|too much|again|incorrect|extra|but|although|even though)\b",
        "there is a problem with your bill",
        "Please send me the date and the amount, and I will check the charge.",
    ),
    (
        r"\b(?:too (?:small|big|large|tight|loose|short|long)|wrong size|do(?:es)?n['’]?t fit)\b",
        "the size does not fit",
        "Please send me your order number and the size that you need, and I will arrange an"
        " exchange.",
    ),
    (
        r"\bwrong (?:item|size|colou?r|product|order|one)\b|\breceived the wrong\b",
        "you received the wrong item",
        "Please send me your order number, and I will have the right one sent to you.",
    ),
    (
        r"\b(?:can(?:['’]?t|not)|unable to|won['’]?t let me) (?:log|sign|access|get in)",
        "you can't log in",
        "Please reset your password on the login page; if that does not help, tell me your user"
        " name.",
    ),
    (
        r"\b(?:app|website|site|page|video|stream|playback)\b[^?]{0,60}\b(?:crash\w*|freez\w*"
        r"|buffer\w*|error|down|slow|stuck|keeps)\b",
        "it does not run smoothly",
        "Please restart it and check for an update; if that does not help, tell me your device.",
    ),
    (
        r"\b(?:rude|unacceptable|terrible|awful|disappointed|worst|angry|fed up|frustrat\w+)\b",
        "you had such an experience",
        "Please tell me what happened, and I will make sure that somebody looks into it.",
    ),
)
"""What a customer complains about, what is a pity, and what to do next."""
REFERS = make_regex(
    r"\b(?:refer|direct|send|point|forward)\b[^.\n]{0,40}\brefunds?\b[^.\n]{0,30}\bto"
    r" (?P<to>[\w.@+-]+\w)|\brefunds?\b[^.\n]{0,30}\b(?:contact|write to"
    r"|email) (?P<at>[\w.@+-]+\w)",
    re.I,
)
REFUND = make_regex(r"\b(?:refund|money back)\b", re.I)


ORDER = make_regex(r"\border(?: number| no\.?)? ?(?:is )?(#?[A-Z]{0,3}-?\d{3,12})\b", re.I)
"""The number of an order that the customer gives."""
SENDS_NUMBER = "Please send me your order number,"
GIVEN_NUMBER = make_regex(r"your order number and (?=a photo|the size)")
ESCALATES = make_regex(
    r"\b(?:asks? for|wants?|requests?|demands?)\b[^.\n]{0,30}\b(?:human|person|agent|colleague"
    r"|representative|manager)\b",
    re.I,
)
"""What a system instruction says about customers who want a human."""
WANTS_HUMAN = make_regex(
    r"\b(?:real|actual|human|live) (?:person|human|agent|being)\b|\b(?:talk|speak) to (?:a |an "
    r"|your )?(?:human|someone|somebody"
    r"|manager|supervisor|agent|representative|person)\b",
    re.I,
)


@form(
    "support reply",
    needs="system",
    about="an apology for what the customer complains about, and what to do next",
)
def reply_to_complaint(question: Question) -> str | None:
    system, prompt = question.system, question.prompt.strip()
    if question.language != "en" or not system or len(prompt) > MAX_COMPLAINT or "\n" in prompt:
        return None
    if ESCALATES.search(system) and WANTS_HUMAN.search(prompt):
        return "I'm sorry for the trouble that you had. A colleague will take over right away."
    if not SUPPORT.search(system) or TASK.search(system) or question.is_terse:
        return None
    found = next((row for row in TROUBLES if re.search(row[0], prompt, re.I)), None)
    if found is None or (prompt.endswith("?") and not ASKS_HELP.search(prompt)):
        return None
    _, pity, step = found
    if REFUND.search(prompt) and (match := REFERS.search(system)):
        step = f"For a refund please write to {match['to'] or match['at']}."
    if number := ORDER.search(prompt):
        step = GIVEN_NUMBER.sub(
            "", step.replace(SENDS_NUMBER, f"I have your order {number[1]} here,")
        )
    said = [f"I'm sorry that {pity}.", step, "I know that this is annoying."]
    limit = find_length(question)
    count = limit[0] if limit and limit[1] == "sentence" else 2
    count -= BELOW.search(system) is not None
    return frame_mail(" ".join(said[: max(1, min(count, 3))]), prompt, system)


ASKS_HELP = make_regex(
    r"\bwhere is\b|\bwhat (?:can|should|do) i do\b|\bcan you help\b|\bwhat now\b|\bwhen will\b",
    re.I,
)
BELOW = make_regex(r"\b(?:under|fewer than|less than|below) \w+ sentences\b", re.I)
ONLY_ABOUT = make_regex(
    r"\b(?:only|just|strictly|exclusively) (?:ever )?(?:answer|help|talk|respond|discuss|handle"
    r"|assist)\b[^.\n]{0,30}?\b(?:about|on|with|regarding|related to"
    r"|concerning) (?P<about>[^.\n;:]{3,120})|\banswer (?:questions )?only (?:questions )?(?:about"
    r"|on|regarding|related to) (?P<only>[^.\n;:]{3,120})",
    re.I,
)
"""A system instruction with the subjects that an assistant talks about."""
REFUSES = make_regex(
    r"\b(?:anything else|something else|other (?:topics?|questions?|subjects?|things?)|off[- ]topic"
    r"|unrelated|outside|not (?:related|about)|else)\b[^\n]{0,80}?\b(?:say|refuse|decline|can['’]?t"
    r"|cannot|redirect|tell|apologi[sz]e|reply|respond)\b"
    r"|\b(?:refuse|decline|politely)\b[^\n]{0,80}?\b(?:else|other|off[- ]topic|unrelated"
    r"|outside)\b",
    re.I,
)


@form(
    "question about other things",
    needs="system",
    about="a refusal of what the system instruction does not allow, with what it allows",
)
def refuse_other(question: Question) -> str | None:
    system, prompt = question.system, question.prompt.strip()
    if question.language != "en" or not system or len(prompt) > MAX_COMPLAINT:
        return None
    match = ONLY_ABOUT.search(system)
    if match is None or not REFUSES.search(system) or not is_off(prompt, extract_stems(system)):
        return None
    about = (match["about"] or match["only"]).strip()
    return f"I'm sorry, but I can't help with that. I can answer questions about {about}."
