"""Find what a reply is about: the noun phrase of a request, the subject of a follow-up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.foreign_topics import find_foreign_topic
from mockgem.operations.forms.language_detection import LANGUAGE_NAMES, detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.prompt_analysis import take_thing, topic_of

if TYPE_CHECKING:
    from mockgem.operations.forms.question import Question

ABOUT = make_regex(
    r"(?<!\w)(?:about|on the topic of|regarding|comparing|announcing|advertising|promoting"
    r"|introducing|celebrating|über|zum thema|sobre|acerca "
    r"de|à propos de|au sujet"
    r" de|sur|sulla?|riguardo a|over|o temacie|na temat|tentang|về|о|об|про)\s+"
    r"([^.!?\n:;,]{2,80})",
    re.I,
)
LANGUAGES = [names.split()[0] for names in LANGUAGE_NAMES.values()]
TOPIC_END = make_regex(
    r"\s+(?:in(?=\s(?:\d|an? (?:[a-z-]+ ){0,2}(?:form|style|format|table|list|sentences?|paragraph"
    r"|few|word|line|tweet|poem|json|markdown|way|nutshell|tone|letter|e-?mail|story|code|block)\b"
    r"|the (?:form|style|format)|exactly|at most|under|about|only|just|less"
    r"|one|two|three|four|five|six|ten|json|markdown|bullet|simple|plain|short|detail|your|my|"
    rf"(?:{'|'.join(sorted(LANGUAGES))})\b))"
    r"|with|using|as|that|which|of (?:at most|no more)|and (?:return|answer"
    r"|reply|use|end|add|include|finish|close|make|keep|put|mention|start|provide|explain)|mit"
    r"|als|con"
    r"|to (?:an? |my |the )?(?:\d{1,2}|five|six|ten|child|kids?|kid|toddler|beginners?|grandma"
    r"|layman|non-expert)|like i'm|for (?:kids|beginners|dummies|children)|under"
    r"|avec|sous|met|no more|at most|max|exactly|please|for (?:a|an|my|the) \w+ (?:post"
    r"|article))\b",
    re.I,
)
OF = make_regex(
    r"\b(?:list|ideas?|tips|reasons|benefits|(?:dis)?advantages|drawbacks|examples|steps|ways"
    r"|facts|table|history|plot|(?<=product )descriptions?|"
    r"rules|names?|summary|title|headline|hashtags|checklist|quote|poem|haiku|story|article|"
    r"subject lines?|outline|comparison|pros and cons|flash ?cards|quiz|taglines?|slogans?"
    r"|captions?|headlines"
    r"|(?:bullet |key )?points|bullets|arguments|notes?|essay|overview|introduction|paragraphs?"
    r"|checklist(?: with [a-z]+)?|to-?do"
    r" list(?: with [a-z]+)?|questions|survey|exercises?)(?: in markdown| as markdown)?"
    r"(?: \([^()\n]{1,20}\))?\s+(?:of"
    r"|for|to|about|on)\s+(?:an? |the "
    r")?((?:[^.!?\n:;,]|\.(?=\d)){2,80})",
    re.I,
)
KIND_OF_TEXT = make_regex(
    r"^\W*(?:an?|the|one|our|my|some)?\s?(?:[\w-]+\s){0,3}?(?:descriptions?|pages?|posts?"
    r"|articles?|copy"
    r"|guides?|plans?|overviews?|introductions?|explanations?|comparisons?|reports?"
    r"|newsletters?|ads?"
    r"|advertisements?|announcements?|captions?|biographies|bios?|scripts?|reviews?|proposals?"
    r"|lists?"
    r"|instructions|notes|tables?|outlines?|ideas|names|questions|speech|essays?|press releases?)"
    r"\s(?:for|of|about|on|to|announcing)\s(?:an?\s|the\s|my\s|our\s)?(?=\S)",
    re.I,
)
"""What kind of text a prompt wants, before its topic."""
LEADING = make_regex(
    r"^\W*(?:please|can you|could you|bitte|por favor|s'il te plaît|per favore)?\W*"
    r"(?:(?:define|(?:an? |the )?(?:definition|meaning) of) (?:the (?:term|word) )?)?[\"'“‘]?",
    re.I,
)


def find_topic(question: Question) -> str:
    """Return the topic of a question as a short phrase in its own words."""
    if question.material and len(question.stated.split()) < 40:
        if question.written_language != "en" and (code := detect(question.material)) != "en":
            return find_foreign_topic(question.material, code)
        return clean(topic_of(SPEAKER.sub("", question.material)))
    text = NO_PARTS.sub("", drop_layout(question.stated or question.prompt))
    text = LAYOUT_FIRST.sub("", text, count=1) if ":" in text[:40] else text
    text = INSTRUCTED.sub("", SHORTLY.sub("", text))
    text = WANTED.sub("", text, count=1)
    text = SIZE.sub("", text) if "words" in text else text
    text = OTHER_SIZE.sub("", text)
    text = ROLE.sub("", text, count=1) or text
    if question.written_language != "en":
        return find_abroad(text, question.written_language)
    if ": " in text and (described := DESCRIBED.search(text[-300:])):
        return clean(described[1])
    if feels := FEELS.search(text[:400]):
        return clean(feels["about"])
    if ADVERTISES.search(text[:160]) and (named := BRAND.search(text[:600])):
        return clean(named["name"])
    if visit := VISIT.match(text):
        return f"a trip to {visit[1]}"
    text = IN_LANGUAGE.sub("", text) if question.requested_language else text
    if advised := WHAT_TO_DO.match(text):
        return clean(topic_of(advised["what"]))
    if (":" in text or "：" in text) and (stated := ASKED.search(text[-3000:])):
        return clean(topic_of(stated[1]))
    if text.rstrip().endswith("?") and FORMAT_FIRST.match(text):
        return clean(topic_of(text.strip().rpartition("\n")[2]))
    first = FIRST_SENTENCE.match(text)
    for pattern in (ABOUT, OF):
        if match := (first and pattern.search(first[0])) or pattern.search(text[:1000]):
            found = cut_end(match[1])
            return clean(take_thing(KIND_OF_TEXT.sub("", found) if pattern is OF else found))
    if DATA_WISH.match(text):
        text = FORMAT_WORDS.sub(" ", text)
    phrase = PHRASE_END.split(topic_of(text), maxsplit=1)[0]
    thing = take_thing(KIND_OF_TEXT.sub("", TOPIC_END.split(phrase, maxsplit=1)[0]))
    return clean(thing) or "your question"


WHAT_TO_DO = make_regex(
    r"\W*(?:(?:what|which things|which questions) )?(?:should|can|could|do|must) (?:i|we"
    r"|you) (?:need to |have to )?"
    r"(?:ask|bring|know|do|consider|check|prepare|watch out for|look out for|keep in mind)"
    r"(?: (?:before|about|when|at|for|in|during|if))+ (?P<what>[^.?!\n]{3,100})\?",
    re.I,
)
"""A question what to do in a situation, which is the topic: "before renting an apartment"."""


SENTENCES = make_regex(r"(?<=[.!?])\s+(?=[^a-z])|\n+")
LAYOUT_SENTENCE = make_regex(
    r"\W*(?:please )?(?:use|format|return|respond|answer|reply|output|write it|keep|make it|no"
    r"|do not"
    r"|don['’]t|only|numbered|bulleted|bullet points|comma|one (?:per|on each)|max|maximum|exactly"
    r"|include|each|structure|put|just|add|label|limit|present|in markdown|as markdown|plain text"
    r"|separate|separated|without|at most|under|around|about \d)\b[^\n]{0,300}",
    re.I,
)
LAYOUT_WORD = make_regex(
    r"\b(?:lists?|bullets?|bulleted|numbered|numbering|lines?|commas?|comma-separated|markdown|tables?"
    r"|json|csv|xml|yaml|words|sentences?|paragraphs?|characters|hashtags?|emojis?|format|headings?"
    r"|headers?|bold|italics?|columns?|rows?|fences?|code block|quotes|explanations?|introduction"
    r"|nothing else|no other text|output|h[1-4]|syntax|letters|line breaks?|prose)\b",
    re.I,
)
ABOUT_SOMETHING = make_regex(
    rf"\b(?:about(?! {NUMBER}\b)|regarding|topic|titled|called|named|for (?:an?|my|our|the))\b",
    re.I,
)
LABEL_LINE = make_regex(r"^[A-Z][\w ]{2,24}: \S", re.M)
"""A line that gives something: "Product: hand-made mug"."""


def drop_layout(text: str) -> str:
    """Return an instruction without the sentences that say only how the reply is laid out."""
    is_plain = LAYOUT_WORD.search(text) is None and COUNTED_ONLY.match(text) is None
    if len(text) > MAX_LAYOUT or is_plain or (": " in text and LABEL_LINE.search(text)):
        return text
    parts = SENTENCES.split(text)
    if len(parts) == 1:
        return text
    kept = [one for one in parts if not is_layout(one)]
    return " ".join(kept) if any(len(one.split()) > 1 for one in kept) else text


COUNTED_ONLY = make_regex(
    rf"\W*(?:please )?(?:(?:give me|write|suggest|generate|list|i need) )?(?:exactly |about )?"
    rf"{NUMBER} (?:[a-z]+ )?(?:hashtags|bullets|bullet points|sentences|words|lines|emojis?|points"
    r"|steps|paragraphs|titles|captions|keywords|ideas|slogans|names|headlines)\W*",
    re.I,
)
"""A sentence that says only how many things are wanted: "10 hashtags."."""


def is_layout(sentence: str) -> bool:
    if COUNTED_ONLY.fullmatch(sentence):
        return True
    starts = LAYOUT_SENTENCE.fullmatch(sentence) is not None
    return (
        starts
        and LAYOUT_WORD.search(sentence) is not None
        and ABOUT_SOMETHING.search(sentence) is None
    )


MAX_LAYOUT = 1_500


def cut_end(text: str) -> str:
    """Return a topic without what follows it; "dealing with noise" is a topic as a whole."""
    head, *rest = TOPIC_END.split(text, maxsplit=1)
    if rest and head.endswith("ing") and " " not in head.strip():
        return text[: len(text) - len(rest[0])] + TOPIC_END.split(rest[0], maxsplit=1)[0]
    return head


LAYOUT_FIRST = make_regex(
    r"\A\W{0,3}(?:(?:in|as|with|using) )?(?:an? )?(?:quick |short )?(?:bullet(?: points?|s| list)?"
    r"|table|list|in short|short answer|tl;?dr|numbered list|steps|headings?)\b[^:\n]{0,18}"
    r":\s+(?=\S)",
    re.I,
)
"""A layout before a question: "bullet points please: why …"."""
DESCRIBED = make_regex(
    r"\b(?:the|this|our|my) (?:following )?(?:product|service|item|company|place|dish|character)\b"
    r"[^:\n]{0,60}: (\S[^\n:]{3,100})\Z",
    re.I,
)
"""What stands after the colon: "Describe the product in two sentences: a desk lamp"."""
FEELS = make_regex(
    r"\b(?:i['’]?m|i am|i feel|feeling)\b[^.?!\n]{0,24}?\b(?:nervous|anxious|worried|stressed"
    r"|scared"
    r"|afraid|excited|sad|overwhelmed|unsure|frustrated|panicking) (?:about|by|because of|with|of)"
    r" (?:my |the |our |an? )?(?P<about>[^,.?!\n]{3,60}?)(?: (?:tomorrow|today|tonight|next week))?"
    r"(?=[,.?!\n]|\Z)",
    re.I,
)
"""What the user is nervous or excited about."""
ADVERTISES = make_regex(
    r"\b(?:slogans?|taglines?|mottos?|product (?:descriptions?|copy|texts?)|ad (?:copy|text)"
    r"|adverts?|advertisements?|tweets?|instagram|facebook|captions?|press release|landing page)\b",
    re.I,
)
"""A text that names a brand or a product."""
BRAND = make_regex(r"\b(?i:called|named) [\"“'‘]?(?P<name>[A-Z][\w'’&-]*(?: [A-Z][\w'’&-]*){0,3})")
VISIT = make_regex(
    r"\W{0,3}(?i:what|which|where)\b(?: [a-z]+){0,3} (?:should|can|could|do|would|to|must)"
    r"(?: (?:I|i|we|you|one))?(?: [a-z]+)? (?:visit|see|do|explore)(?: [a-z]+){0,3}?"
    r" (?:in|around|near) ([A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?)"
)
"""A question about what to do in a place."""
IN_LANGUAGE = make_regex(
    r"[,.?!]?\s?(?:\b(?:(?:but |and )?please |pls )?(?:answer|reply|respond|write it"
    r"|explain it|say it|tell me)\s)?(?:only )?"
    rf"(?:(?<!\w)in|into)\s(?:{'|'.join(sorted(LANGUAGES))})\b"
    r"(?:\s(?:from (?:now|here) on|for now|always|again|now)\b)?"
    r"(?:[,.]?\s(?:please|pls|only)\b|(?!\s[a-z]{3}))[.!:]?",
    re.I,
)
"""The language of the reply, which does not belong to the topic."""


def find_abroad(text: str, code: str) -> str:
    """Return the topic of a request in another language."""
    stated = ASKED.search(text[-3000:]) or ABOUT.search(text[:1000])
    return find_foreign_topic(stated[1] if stated else text, code)


DATA_WISH = make_regex(
    r"\W*(?:please )?(?:give me|create|generate|write|produce|return|provide|make|i need|output"
    r"|build|design|show)"
    r"\b[^.\n]{0,40}\b(?:json|csv|yaml|xml)\b",
    re.I,
)
FORMAT_WORDS = make_regex(
    r"\b(?:an? |the |some )?(?:valid |simple |sample )?(?:json|csv|yaml|xml)(?: (?:object|array"
    r"|list|file|document|data"
    r"|format|response|config\w*))?(?: (?:of|for|describing|representing|with))?\b",
    re.I,
)
"""The name of a format, which is not the topic of data in it."""
FORMAT_FIRST = make_regex(
    r"\W*(?:the output|your (?:output|response|answer|reply)|output|respond|return|answer|reply"
    r"|format)\b[^\n]{0,300}\b(?:json|xml|yaml|csv|schema|markdown)\b[^\n]{0,300}\n",
    re.I,
)
"""A first paragraph that only says what form the answer has to have."""
SHORTLY = make_regex(
    r"\A\W{0,3}(?:tl;?dr|the gist|a (?:quick|short) (?:summary|overview|explanation))"
    r" (?:of|on|about) (?=\S)",
    re.I,
)
"""How short the reply should be, before its topic: "tldr of what remote work is"."""
SIZE = make_regex(
    r" ?\(?\b(?:of |with |in |using )?(?:at most|up to|no more than|max(?:imum)?\.?(?: of)?|under"
    r"|exactly|approximately|roughly"
    r"|about|around|less than|fewer than) \d{1,4} words\b\)?| ?\(\d{1,4}[- ]words\)",
    re.I,
)
"""How long the reply should be, between what it is and its topic."""
OTHER_SIZE = make_regex(
    rf" ?\b(?:de|en|in|mit|von|con|di|com|em) (?:genau |exactement |exactamente |esattamente )?"
    rf"{NUMBER} (?:mots|palabras|wörtern?|parole|palavras|woorden)\b"
    r"(?: (?:maximum|máximo|höchstens|massimo|au plus|como máximo))?",
    re.I,
)
ROLE = make_regex(
    r"^\W*(?:(?:i want you to |please )?act as|you are|you're|pretend (?:to be|you are)|imagine you"
    r" are|as) (?:an? |my |the )[^.!?\n]{3,120}[.!\n]\s+(?=\S)",
    re.I,
)
"""A first sentence that gives the model a role."""
FIRST_SENTENCE = make_regex(r"[^.!?\n]{8,300}(?:\.\d[^.!?\n]{0,60}){0,4}[.!?\n]\s")
ASKED = make_regex(
    r"^[ *#]*(?:(?:user|my) )?(?:question|query|topic|subject|product(?: name)?|frage|thema"
    r"|pregunta|tema|sujet|domanda|argomento)[ *]*[:：][ *]*(?![<{\[])([^\n]{4,300})",
    re.I | re.M,
)
"""A line with the question or the topic."""
PHRASE_END = make_regex(
    r"[:;]\s|[.!?]\s|\n|,\s(?:bullets?|bulleted|numbered|comma|max\w*|one per|each|please|just"
    r"|only)\b",
    re.I,
)
NO_PARTS = make_regex(
    r"[,;(]\s(?:no|without|ohne|sin|sans|senza|sem) (?:any )?(?:intro\w*|outro|preamble"
    r"|explanations?"
    r"|headings?|markdown|bullets?|numbering|emojis?|jargon|buzzwords|technical \w+|fluff|filler"
    r"|lists?|clich[eé]s)\b.*",
    re.I | re.S,
)
"""What the reply should not have, behind the topic."""


INSTRUCTED = make_regex(
    r"[,;]? \(?(?:(?:but|and|pls|please|with) )?(?:no|without)(?: any)? (?:lists?"
    r"|bullets?(?: points?)?|headings?|markdown|tables?|emojis?|jargon|numbering|fluff"
    r"|preamble)\b\)?"
    r"|,? (?:and )?then (?:give|list|add|write|end|finish|provide|show)\b[^\n]*"
    r"|, (?:(?:please|pls|keep it|make it|but) )?(?:short|brief|briefly|simple|detailed|concise"
    r"|quick|numbered|in detail|step by step)(?=\W*\Z|,)| step[- ]by[- ]step(?=\W*\Z)"
    r"|[,;.] (?:(?:please|pls|and) )?(?:(?:use|with|include|give|add|put) an?|one) (?:\w+ "
    r")?(?:heading|title"
    r"|header|subheading|emoji|hashtag)s?\b[^.\n]*",
    re.I,
)
"""How the reply should be, not what it is about: "no lists", "use a heading for each"."""
WANTED = make_regex(
    r"\A\W*(?:(?:hi|hey|hello|yo)\b\W+)?(?:i|we) (?:really )?(?:wanna|gotta|want to|would like to"
    r"|need to)\b (?:learn (?:about |how to )?|start (?=[a-z]+ing\b))?(?=[a-z]+)",
    re.I,
)
"""What the user wants to do: "hi i wanna start running"."""


SPEAKER = make_regex(
    r"\A\s*\**(?:user|human|customer|client|student|product(?: name)?|topic|subject|item)\**\s?:\**"
    r"\s*",
    re.I,
)
"""A label before what the message gives."""


def clean(phrase: str) -> str:
    """Return a phrase without marks around it, and at most nine words or sixty characters."""
    words = LEADING.sub("", phrase).strip(" .,:;?!\"'`*#>-“”„«»「」()[]{}|\n").split()
    short = " ".join(words[:9])[:60].strip(" .,:;\"'“”„«»|")
    short = LINK_END.sub("", short) if len(words) > 9 else short
    if short.count("(") == short.count(")"):
        return short
    return f"{short})" if f"{short})" in phrase else short.partition(" (")[0]


LINK_END = make_regex(
    r"(?: (?:an?|the|for|of|to|in|on|at|with|and|or|by|from|my|our|your))+\Z", re.I
)
"""Articles and prepositions at the end of a phrase that was cut."""
