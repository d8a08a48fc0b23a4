"""Tasks for texts that the system instruction defines: each message is a text, not a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.sources import split_sentences

WANTS = make_regex(
    r"\b(?:summar\w+|tl;?dr|digests?|abstracts?|recaps?|condense|takeaways|highlights"
    r"|(?:key|main|important) (?:points|facts|ideas|findings|information)"
    r"|action (?:items?|points?)|to-?dos?|to-do list|tasks|next steps|decisions"
    r"|titles?|headlines?|subject lines?|pros and cons|complaints?|minutes"
    r"|what (?:the )?\w+ (?:has|have|needs?) to do|(?:all|the|every) (?:people|persons?|names"
    r"|places|dates|companies|cities)|fass(?:e|t)\b|zusammenfass\w+|resum[ei]\w*|résum\w+"
    r"|riassum\w+)\b",
    re.I,
)
"""What such a system instruction wants from a text."""
TEXTS = make_regex(
    r"\b(?:texts?|articles?|conversations?|chats?|e-?mails?|messages?|reviews?|transcripts?|notes"
    r"|tickets?|inputs?|documents?|reports?|calls?|passages?|paragraphs?|stor(?:y|ies)|feedback"
    r"|comments?|meetings?|dialogues?|threads?|posts?|bot|tool|summar\w+|texte?n?|artikel\w*"
    r"|nachricht\w*|gespräche?n?|kundengespräche?|bewertung\w*|reseñas?|whatever|anything|avis"
    r"|recensioni|textos?"
    r"|artículos?|mensajes?|correos?|textes"
    r"|messages|testi?|articoli)\b",
    re.I,
)
OTHER = make_regex(
    r"\b(?:json|xml|yaml|csv|table|classif\w+|categor\w+|label|translat\w+|sentiment|scores?|rate"
    r"|rating|code|sql|questions?|faq|context|knowledge|catalog|policy)\b",
    re.I,
)
REQUEST = make_regex(
    r"\W*(?:(?:please|can|could|would|will) (?:you |u )?|hi[,!] can you )?(?:write|give|tell"
    r"|explain"
    r"|list|make|create|show|suggest|summari[sz]e|how|what|why|when|where|who|which|can|could|help"
    r"|do|does|is|are|translate|find|extract|generate|draft|compare)\b",
    re.I,
)
"""The beginning of a message that wants something itself."""
SPEAKER = make_regex(r"^[ \t]*[A-ZÀ-Þ][\w .'-]{1,24}:[ \t]", re.M)
FEWEST_WORDS = 12
MAX_TEXT = 8_000


@form(
    "task for each text",
    about="what the system instruction wants from each text: its summary, its tasks, its title",
    words="summarize summarise summarizes summary summaries summarization summarizer"
    " tl tldr digest list"
    " abstract recap condense takeaways highlights key main important action todo todos to-do "
    "to-dos"
    " tasks next decisions title titles headline headlines subject pros complaint complaints "
    "minutes"
    " what people persons names places dates companies cities fasse fasst zusammenfassung"
    " zusammenfassen resume resumen resumes resumir résume résumer riassumi riassunto",
)
def do_system_task(question: Question) -> str | None:
    """Ask the instruction about the message, as if one message held both."""
    system = question.stated_system
    if not system or len(system) > MAX_SYSTEM or not wants_task(system):
        return None
    if OTHER.search(system) or not TEXTS.search(system) or not is_text(question.prompt):
        return None
    text = LABEL.sub("", question.prompt[:MAX_TEXT].strip(), count=1)
    inner = Question(f"{read_task(system)}\n\n<text>\n{text}\n</text>", question.random)
    formed = find_reply(inner)
    return formed.text if formed else None


MAX_SYSTEM = 800
GENERAL = make_regex(
    r"\bhelpful\b|\bhelps? (?:\w+ )?(?:with|users|people)\b|\bat the end\b|\byour (?:answers?"
    r"|repl(?:y|ies)"
    r"|responses?)\b|\band other\b|\bwhen asked\b|\bif (?:asked|the user asks)\b|\bcan also\b",
    re.I,
)
"""A sentence about what an assistant can do, or how it answers: no task for each message."""


def wants_task(system: str) -> bool:
    """Return whether a sentence of a system instruction tells what to do with each text."""
    said = [one for one in SENTENCE.split(system.strip()) if not GENERAL.search(one)]
    return any(map(WANTS.search, said))


SENTENCE = make_regex(r"(?<=[.!?])\s+|\n+")
LABEL = make_regex(
    r"\A\W{0,3}(?:transcript|text|article|e-?mail|message|notes|meeting notes|conversation|chat"
    r"|review|document|input)\**\s?:\**\s*",
    re.I,
)


def is_text(message: str) -> bool:
    """Return whether a message is a text to work on, not a question or a command."""
    text = message.strip()
    if len(text.split()) < FEWEST_WORDS or text[:1] in "{[<":
        return False
    if len(SPEAKER.findall(text[:2000])) > 1 or LABEL.match(text):
        return True
    sentences = split_sentences(text[:2000])
    is_asked = text.endswith("?") and len(sentences) < 4
    return len(sentences) > 1 and not is_asked and not REQUEST.match(text)


ROLE = make_regex(
    r"\A\W*(?:you are|you're|act as|du bist|eres|tu es|sei) [^.\n]*?(?:\b(?:that|who|which)"
    r" (?P<verb>[a-z]+s) (?P<rest>[^.\n]+))?[.!]?\Z",
    re.I,
)
TASK_START = make_regex(
    r"\A\W*(?:(?:your (?:task|job|role|goal) is to|you (?:will|should|must|have to|can)|please"
    r"|always|you) )+",
    re.I,
)
EACH = make_regex(
    r"\b(?:the user['’]s|(?:each|every|any|all|the|a) (?:incoming |given |following )?"
    r"(?=(?:texts?|articles?|conversations?|chats?|e-?mails?|messages?|reviews?|transcripts?"
    r"|tickets?|notes)\b))(?: (?=\w))?",
    re.I,
)
DUTIES = make_regex(r"\bwhat (?:the |this )?\w+ (?:has|have|needs?|must|should)(?: to)? do\b", re.I)
SENT = make_regex(
    r" (?:that )?(?:the |a )?users? (?:sends?|gives?|pastes?|provides?|writes?)\b", re.I
)


def read_task(system: str) -> str:
    """Return the instruction of a system prompt as a command: "Summarize this text."."""
    said = []
    for sentence in SENTENCE.split(system.strip()):
        role = ROLE.match(sentence)
        if role and not role["verb"]:
            continue
        plain = f"{strip_s(role['verb'])} {role['rest']}." if role else sentence
        plain = SENT.sub("", TASK_START.sub("", plain))
        plain = DUTIES.sub("the tasks", EACH.sub("this ", plain))
        said.append(f"{plain[:1].upper()}{plain[1:]}")
    told = " ".join(filter(None, said))
    return told if WANTS.search(told) else f"Summarize this text. {told}".strip()


def strip_s(verb: str) -> str:
    """Return the command of a verb after "that": "turns" is "turn", "identifies" "identify"."""
    return f"{verb[:-3]}y" if verb.endswith("ies") else verb[:-1]
