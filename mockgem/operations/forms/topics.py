"""Find what a reply is about: the noun phrase of a request, the subject of a follow-up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.prompt_analysis import topic_of

if TYPE_CHECKING:
    from mockgem.operations.forms.question import Question

ABOUT = make_regex(
    r"(?<!\w)(?:about|on the topic of|regarding|comparing|announcing|advertising|promoting"
    r"|introducing|celebrating|über|zum thema|sobre|acerca "
    r"de|à propos de|au sujet"
    r" de|sur|sulla?|riguardo a|over|o temacie|na temat|hakkında|tentang|về|о|об|про)\s+"
    r"([^.!?\n:;,]{2,80})",
    re.I,
)
TOPIC_END = make_regex(
    r"\s+(?:in|with|using|as|that|which|of (?:at most|no more)|and (?:return|answer"
    r"|reply|use|end|add|include|finish|close|make|keep|put|mention|start|provide|explain)|mit"
    r"|als|con"
    r"|to (?:an? |my |the )?(?:\d{1,2}|five|six|ten|child|kids?|kid|toddler|beginners?|grandma"
    r"|layman|non-expert)|like i'm|for (?:kids|beginners|dummies|children)|under"
    r"|avec|sous|met|no more|at most|max|exactly|please|for (?:a|an|my|the) \w+ (?:post"
    r"|article))\b",
    re.I,
)
OF = make_regex(
    r"\b(?:list|ideas?|tips|reasons|benefits|advantages|examples|steps|ways|facts|table"
    r"|history|plot|"
    r"rules|names?|summary|title|headline|hashtags|checklist|quote|poem|haiku|story|article|"
    r"subject lines?|outline|comparison|pros and cons|flash ?cards|quiz|taglines?|slogans?"
    r"|captions?|headlines"
    r"|(?:bullet |key )?points|bullets|arguments|notes?|essay|overview|introduction|paragraphs?"
    r"|checklist(?: with [a-z]+)?|to-?do"
    r" list(?: with [a-z]+)?|questions|survey|exercises?)\s+(?:of"
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
    r"^\W*(?:please|can you|could you|bitte|por favor|s'il te plaît|per favore)?\W*", re.I
)
QUESTION_WORDS = make_regex(
    r"^\W*(?:(?:wie|was|warum|wer|wo|wann|welche\w*|nenne|schreibe?|erkläre?|gib"
    r"|erstelle|cómo|como|qué|por qué"
    r"|cuál(?:es)?|quién|dónde|haz|dame|escribe|explica|comment|pourquoi|qu'est-ce que"
    r"|quel(?:le)?s?"
    r"|donne(?:-moi)?|écris|explique|quais?|o que|come|perché|cosa|cos'è|qual è|quali"
    r"|scrivi|hoe|wat"
    r"|waarom|jak|co|dlaczego|как|что|почему|як|чому|bagaimana(?: cara)?|apa|làm thế "
    r"nào để|kan|kann"
    r"|ist|sind|es|son|est|sont|è|is|é|são|mir|mi|me|puedo|posso|peux|kan ik|faço para|je|ich|ik|"
    r"mogę|funktioniert|funciona|können|der|die|das|el|la|los|las|le|les|l'|il|lo|os|as|de|het|een|"
    r"eine?|un|una|une)\s+)+",
    re.I,
)


def find_topic(question: Question) -> str:
    """Return the topic of a question as a short phrase in its own words."""
    if question.material and len(question.stated.split()) < 40:
        return clean(topic_of(SPEAKER.sub("", question.material)))
    text = NO_PARTS.sub("", question.stated or question.prompt)
    text = SIZE.sub("", text) if "words" in text else text
    text = OTHER_SIZE.sub("", text)
    text = ROLE.sub("", text, count=1) or text
    if stated := ASKED.search(text[-3000:]):
        return clean(topic_of(stated[1]))
    if text.rstrip().endswith("?") and FORMAT_FIRST.match(text):
        return clean(topic_of(text.strip().rpartition("\n")[2]))
    first = FIRST_SENTENCE.match(text)
    for pattern in (ABOUT, OF):
        if match := (first and pattern.search(first[0])) or pattern.search(text[:1000]):
            found = TOPIC_END.split(match[1], maxsplit=1)[0]
            return clean(take_thing(KIND_OF_TEXT.sub("", found) if pattern is OF else found))
    if DATA_WISH.match(text):
        text = FORMAT_WORDS.sub(" ", text)
    if question.written_language == "en":
        phrase = PHRASE_END.split(topic_of(text), maxsplit=1)[0]
        return (
            clean(take_thing(KIND_OF_TEXT.sub("", TOPIC_END.split(phrase, maxsplit=1)[0])))
            or "your question"
        )
    return find_foreign_topic(text.strip("¿¡ \n"))


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
SIZE = make_regex(
    r" ?\b(?:of |with |in |using )?(?:at most|up to|no more than|max(?:imum)?\.?(?: of)?|under"
    r"|exactly"
    r"|about|around|less than|fewer than) \d{1,4} words\b",
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
LEAD = make_regex(r"[^.!?。？！\n:：]{3,120}[:：]\s?(?=\S{2,}[^\n]{3})")
"""A request with a colon, after which stands what it is about."""
FOREIGN_ABOUT = make_regex(
    r"(?<!\w)(?:(?:de l|dell|d)['’]|(?:für|gegen|zum|zur|von|vom|pour|contre|de la|du|des|para"
    r"|contra|del|de los|de las|de|da|do|das|dos"
    r"|per|contro|di|della|delle|dei|degli|voor|tegen|van|dla|przeciw|для|против|проти|untuk"
    r"|cho|của việc|của|về)\s)"
    r"(?:der |die |das |den |dem |la |le |les |l['’]|el |los |las |un |una |une |ein |eine "
    r"|einen |einer |de |het |een |mi |mon |ma |meine |meinen )?"
    r"([^\W\d_][^.!?\n:;,]{2,60})",
    re.I,
)
COMMAND_CJK = make_regex(
    r"^(?:请|請)?(?:你)?(?:帮我|幫我|给我|給我|为|為|用[^，。]{1,8}(?:句话|句話|中文|个词|個詞|一词))?"
    r"(?:写|寫|介绍|介紹|解释|解釋|说明|說明|描述|列出|总结|列举|列舉|推荐|推薦|做)?(?:一下|一篇|一封|一个|一個"
    r"|[一二三四五六七八九十\d]+[个個条條种種点點篇首])?(?:关于|關於|有关)?"
)
BEFORE = make_regex(
    r"^(.{2,40}?)(?:について|に関する|に関して|を(?=[^、]{0,24}(?:教|挙|説|書|示|作|まとめ"
    r"|紹介))|에 대해|에 대한|에 관한|을 (?=[^,]{0,20}(?:알려|설명|써|적어|말해|만들))"
    r"|를 (?=[^,]{0,20}(?:알려|설명|써|적어|말해|만들))| hakkında| için| konusunda| के बारे में"
    r"| के (?=\d|[^\s]{1,8} (?:फायदे|लाभ|सुझाव)))"
)


def find_foreign_topic(text: str) -> str:
    """Return the topic of a request in another language."""
    lead = LEAD.match(text)
    if lead is not None:
        text = text[lead.end() :]
    first = LAYOUT_CLAUSE.sub("", re.split(r"[.!?。？！।\n:：]", text, maxsplit=1)[0])
    if before := BEFORE.match(first):
        first = before[1]
    elif lead is None and is_command(first) and (match := FOREIGN_ABOUT.search(first)):
        first = TOPIC_END.split(match[1], maxsplit=1)[0]
    elif COMMAND_CJK.match(first):
        first = COMMAND_CJK.sub("", first, count=1) or first
    asked = COUNTED_OF.sub("", QUESTION_WORDS.sub("", first))
    return clean(asked) or clean(first) or "…"


ASKED = make_regex(
    r"^[ *#]*(?:(?:user|my) )?(?:question|query|topic|subject|frage|thema|pregunta|tema|sujet"
    r"|domanda|argomento)[ *]*[:：][ *]*(?![<{\[])([^\n]{4,300})",
    re.I | re.M,
)
"""A line with the question or the topic."""
COUNTED_OF = make_regex(
    r"^\W*(?:\d{1,2}|[^\W\d_]{2,8}) [^\W\d_]{4,20} (?:del|de la|de los|de las|de|para|sobre|der"
    r"|des|von"
    r"|für|zum|zur|pour|du|della|dell'|dei|di|da|do|dos|das|van|voor|über)\s(?=\S)",
    re.I,
)
"""What is counted, before the topic: "4 ventajas del transporte"."""
LAYOUT_CLAUSE = make_regex(
    r",\s(?:en|in|als|com|con|avec|mit|sous|em|jede\w*|cada|chaque|máximo|max\w*|höchstens"
    r"|höflich)\b.*",
    re.I | re.S,
)
"""A clause about the form: ", en viñetas, máximo 8 palabras"."""
PHRASE_END = make_regex(
    r"[:;]\s|[.!?]\s|\n|,\s(?:bullets?|bulleted|numbered|comma|max\w*|one per|each|please|just"
    r"|only)\b",
    re.I,
)
NO_PARTS = make_regex(
    r"[,;(]\s(?:no|without|ohne|sin|sans|senza|sem) (?:any )?(?:intro\w*|outro|preamble"
    r"|explanations?"
    r"|headings?|markdown|bullets?|numbering|emojis?)\b.*",
    re.I | re.S,
)
"""What the reply should not have, behind the topic."""


def is_command(text: str) -> bool:
    """Return whether a sentence asks for a text, so that a preposition stands before its topic."""
    from mockgem.operations.forms.glosses import gloss

    return bool(gloss(text)) or COMMAND.match(text) is not None


COMMAND = make_regex(
    r"\W*(?:schreib\w*|nenn\w*|erklär\w*|gib|mach\w*|erstelle?|zeig\w*|écris|rédige|explique"
    r"|donne\w*|fais|crée|escrib\w*|explica\w*|haz|dame"
    r"|crea\w*|genera|escrev\w*|explique|faça|crie|dê|scriv\w*|spiega\w*|dammi|schrijf|leg|maak"
    r"|geef|napisz|wyjaśnij|zrób|stwórz|podaj"
    r"|напиш\w+|объясни\w*|состав\w*|сделай\w*|созда\w+|поясни\w*|склад\w+|зроб\w+|створ\w+"
    r"|viết|giải thích|tạo|hãy|tulis\w*|buat\w*|jelaskan)\b",
    re.I,
)


SPEAKER = make_regex(r"\A\s*\**(?:user|human|customer|client|student)\**\s?:\**\s*", re.I)
HOW = make_regex(
    r"^how (?:an?\s|the\s)?(.{3,40}?) (?:works?|is made|are made|happens?|functions?)$"
    r"|^(?:what|who) (.{3,50}?) (?:is|are|was|were|means?|does|do)$"
    r"|^why .{3,40}? should (?:[a-z]+) (?:an? |the |more |their |your )?([\w -]{3,30})$"
    r"|^why (.{3,50}?) (?:is|are|was|were|do|does|should|can|needs?|matters?|has|have)\b.*$",
    re.I,
)


def take_thing(phrase: str) -> str:
    """Return "tides" for "how tides work", "a queue" for "what a queue is"."""
    match = HOW.match(phrase.strip())
    return next(filter(None, match.groups())) if match else phrase


def clean(phrase: str) -> str:
    """Return a phrase without marks around it, and at most nine words or sixty characters."""
    words = LEADING.sub("", phrase).strip(" .,:;?!\"'`*#>-“”„«»「」()[]{}|\n").split()
    return " ".join(words[:9])[:60].strip(" .,:;\"'“”„«»|")
