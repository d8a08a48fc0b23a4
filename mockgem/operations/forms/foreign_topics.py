"""Find what a request in another language than English is about.

What the request says besides its topic is taken away: greetings, commands, the words of a question
("how does … work") and how the reply should look ("in three sentences").
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.language_candidates import SPACED
from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "topic_phrases.json"
MAX_ROUNDS = 8
COLON = make_regex(r"[^.!?。？！\n:：]{3,120}(?:(?<!\d)[:：]|[:：](?!\d))\s?(?=\S{2,}[^\n]{3})")
"""A request with a colon, after which stands what it is about; not the one of a time."""
SENTENCE = make_regex(
    r"(?:[^.!?。？！।؟\n]|[.](?=\S)|(?<=\d)[.](?= [^\W\d_])){2,400}[.!?。？！।؟]?"
)
QUESTION = "?？؟"
EDGE_MARKS = " .,:;?!¿¡\"'`*#>-–—“”„«»‘’「」『』()[]{}|\n،؟。？！、，।"
FEW = (
    "quelques|plusieurs|wenigen?|ein paar|einigen?|pocas|pocos|algunas|algunos|algumas|alguns"
    "|poucas|poche|pochi|alcune|alcuni|enkele|een paar|weinig|kilku|kilka|paru|birkaç"
    "|нескольк\\w{1,3}|пару|пары|кільк\\w{1,3}|vài|beberapa|un par de|os|as|les|die|de|the"
)
MAX_WORDS = 9
MAX_LETTERS = 60


def find_foreign_topic(text: str, code: str) -> str:
    """Return the topic of a request in a language as a short phrase in its own words."""
    if named := NAMED_TOPIC.search(text[:1500]):
        return named["topic"]
    colon = COLON.match(text)
    rest = text[colon.end() :] if colon is not None else text
    for sentence in order_sentences(rest):
        if topic := shorten(strip_request(sentence, code)):
            return topic
    return load_texts().get(code, {}).get("question", "") or shorten(text) or "…"


NAMED_TOPIC = make_regex(
    r"(?:主题|主題|题目|題目|テーマ|話題|주제|тема|thème|tema|thema|temat|konu|topik|chủ đề|หัวข้อ"
    r"|विषय"
    r"|موضوع"
    r"|נושא)"
    r"(?: ?(?:是|为|為|は|는|은|[:：]|is|es|est|ist|è|é|to|adalah|là|คือ"
    r"|है))+ ?[\"“「『«„](?P<topic>[^\"”」』»“\n]{1,60})"
    r"[\"”」』»“]",
    re.I,
)
"""A topic that a prompt names between quotation marks: "主题是“租房改造”"."""


def order_sentences(text: str) -> list[str]:
    """Return the first sentences of a text; a question comes first."""
    sentences = SENTENCE.findall(text[:1500])[:12]
    questions = [one for one in sentences[1:] if one[-1] in QUESTION]
    if sentences and sentences[0][-1] not in QUESTION and questions and len(sentences[0]) > 50:
        return [*questions, *sentences]
    return sentences


def strip_request(text: str, code: str) -> str:
    """Return a sentence without the words of a request around its topic."""
    text = text.strip(EDGE_MARKS)
    patterns = load_patterns(code)
    if patterns is None:
        return text
    lead, layout, tail = patterns
    text = layout.sub(" ", text).strip(EDGE_MARKS)
    for _ in range(MAX_ROUNDS):
        shorter = lead.sub("", text, count=1).strip(EDGE_MARKS)
        if len(shorter) == len(text):
            break
        text = shorter
    for _ in range(MAX_ROUNDS):
        shorter = tail.sub("", text, count=1).strip(EDGE_MARKS)
        if len(shorter) == len(text):
            break
        text = shorter
    return " ".join(text.split())


HALF_QUESTION = make_regex(
    r"(?<!\w)(?:ich|ik|je (?!ne)|jeg|wie|warum|wann|wer|was|welche[rsn]?|hoe|wat|waarom|welke"
    r"|cómo|qué|cuándo|dónde|comment|pourquoi|quand|quel(?:le)?s?|qu['’]\w+|perché|quale|quali"
    r"|quando|onde|porque|dlaczego|jak|gdzie|kiedy|który|nasıl|neden|ne|kim|hangi|bagaimana"
    r"|mengapa|apa|bedanya|saya|siapa|tôi|nên|đâu|gì|nào|что|как|почему|где|когда|какой|какая"
    r"|какие|я|що|як|чому|де|коли|який|яка|які|мені|мне|ماذا|كيف|لماذا|أين|מה|איך|למה|אני|איפה"
    r"|क्या|कैसे|क्यों|मैं|कहाँ|कौन)(?!\w)"
    r"|什[么麼]|怎[么麼]|哪|[吗嗎]|何を|なぜ|どう|ですか|ますか|뭐|무엇|어떻게|어디|อะไร|ไหน|อย่างไร",
    re.I,
)
"""What shows that a topic is a part of a question or a clause: nothing to quote."""


def trim_question(topic: str) -> str:
    """Return a topic without the rest of a question; empty if nothing else is left."""
    if match := HAS_WHICH.match(topic):
        return match[1]
    parts = (part.strip() for part in COMMA.split(topic))
    return next((part for part in parts if not HALF_QUESTION.search(part)), "")


HAS_WHICH = make_regex(r"([^有,，]{2,12}?)(?:都|还|還)?有(?:什[么麼]|哪)")
"""What a Chinese question is about: "台灣有什麼好吃的"."""
COMMA = make_regex(r"[,，،](?=\s?\S)")


def begins_request(text: str, code: str) -> bool:
    """Return whether a text begins with a command or a question in a language."""
    patterns = load_patterns(code)
    return patterns is not None and patterns[0].match(text.strip(EDGE_MARKS)) is not None


@cache
def load_texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def load_patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None:
    """Return what a language has before a topic, about the layout, and after the topic."""
    texts = load_texts().get(code)
    if texts is None:
        return None
    lead, layout, tail = (
        texts[name].replace("{n}", rf"(?:{NUMBER}|{FEW})").replace(" ", r"\s")
        for name in ("lead", "layout", "tail")
    )
    is_spaced = code in SPACED or code in ("ar", "he", "hi")
    before, after = (r"(?<!\w)", r"(?!\w)") if is_spaced else ("", "")
    count = rf"|{NUMBER}(?=\s\S)" if code in SPACED else ""
    return (
        re.compile(rf"\A(?:{lead}{count})(?:(?<=['’\s])|{after or '(?:)'})", re.I),
        re.compile(rf"[,،]?\s?{before}(?:{layout}){after}", re.I),
        re.compile(rf"{before}(?:{tail})\Z", re.I),
    )


def shorten(phrase: str) -> str:
    """Return at most nine words or sixty characters of a phrase, cut between words."""
    words = phrase.strip(EDGE_MARKS).split()
    text = " ".join(words[:MAX_WORDS])
    is_cut = len(words) > MAX_WORDS
    if len(text) > MAX_LETTERS:
        text = text[:MAX_LETTERS].rsplit(" ", 1)[0] if " " in text else text[:MAX_LETTERS]
        is_cut = True
    text = SHORT_END.sub("", text) if is_cut else text
    return text.strip(EDGE_MARKS)


SHORT_END = make_regex(r"(?: [^\W\d_]{1,3}){1,2}\Z")
"""A preposition or an article at the end of a phrase that was cut."""
