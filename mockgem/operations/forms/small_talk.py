"""Greetings, thanks and other words around a request that ask for nothing.

"Haha nice. Now one about octopuses, thanks!" asks for the same as "Now one about octopuses".
Recognisers know the bare request.
"""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.search_guards import has_any

MAX_PROMPT = 6_000
GREETINGS = (
    r"hi|hey+|hello|hiya|howdy|yo|good (?:morning|evening|afternoon|day)|hallo|guten (?:tag|morgen"
    r"|abend)|moin|servus|liebes team|bonjour|bonsoir|salut|coucou|hola|buenas(?: tardes| noches)?"
    r"|buenos días|olá|oi|oie|bom dia|boa (?:tarde|noite)|ciao|salve|buongiorno|buonasera|hoi"
    r"|goedemorgen|goedemiddag|cześć|hej|dzień dobry|merhaba(?:lar)?|selam|привет|здравствуйте"
    r"|добрый (?:день|вечер)|привіт|вітаю|добрий (?:день|вечір)|halo|hai|xin chào|chào bạn|chào"
    r"|こんにちは|你好|您好|안녕하세요|สวัสดี(?:ค่ะ|ครับ)?|שלום|היי|مرحبا|السلام عليكم|नमस्ते"
)
NODS = (
    r"ok(?:ay)?|oke|k|haha+|hah|lol|hm+|h+mm+|um+|uh+|oh|ah+|aha|wow|so|alright|all right|right so"
    r"|got it|i see|quick (?:question|one|check)|random question|dumb question"
)
PRAISE = (
    r"cool|nice(?: one)?|(?:that['’]s )?(?:really |so |very |pretty )?(?:great|perfect|good|helpful"
    r"|nice|cool|awesome)|awesome|excellent"
    r"|amazing|wonderful|brilliant|fantastic|sounds good|looks good"
    r"|makes sense|well done|right|sure|super|thanks(?: a lot| so much"
    r"|[^.!,\n]{0,4} for (?:that|this))?|thank you(?: (?:so|very) much)?|thx|ty|danke(?: dir"
    r"| schön)?|vielen dank|gut|toll|prima|klasse|merci(?: beaucoup)?|parfait|d'accord|très bien"
    r"|gracias|perfecto|vale|genial|muy bien|obrigad[oa]|perfeito|ótimo|legal|grazie(?: mille)?"
    r"|perfetto|bene|ottimo|dank je(?: wel)?|bedankt|prima|dzięki|dziękuję|super|świetnie"
    r"|teşekkürler|harika|спасибо|отлично|дякую|чудово|terima kasih|bagus|cảm ơn|ありがとう"
    r"|ありがとうございます|谢谢|謝謝|好的|감사합니다|ขอบคุณ"
)
WHO = (
    r"(?: (?:there|all|everyone|team|gemini|guys|again|bot|assistant|zusammen|à tous|a todos"
    r"|a tutti|(?-i:[A-Z][a-z]{1,14})(?=[,!])))?"
)
OPENERS = make_regex(
    rf"\A[\s\"']*(?:(?:(?:{GREETINGS}){WHO}|{NODS})(?:[\s,.!:;)—–،。！，、…-]+)"
    rf"|(?:{PRAISE})(?: (?:lol|haha+))?[,.!;:)—–،。！，、…-]+\s*)+",
    re.I,
)
"""Greetings may stand without a mark after them, praise may not: "great gift ideas"."""
CLOSERS = make_regex(
    r"(?:(?<=[.!?,。！？)\"”'’])|(?<=\n))[\s,]*(?:(?:many )?thanks(?: in advance| a lot| so much"
    r"| again)?|thank you(?: (?:so|very) much| in advance)?|thx|ty|tia|cheers|danke(?: schön"
    r"| im voraus| dir)?|(?:vielen|besten|herzlichen) dank(?: im voraus)?|merci(?: d['’]avance"
    r"| beaucoup| bien)?|(?:muchas |mil )?gracias(?: de antemano| por adelantado)?|(?:muito )?"
    r"obrigad[oa]|grazie(?: mille| in anticipo)?|(?:alvast )?(?:dank je(?: wel)?|bedankt)"
    r"|dziękuję|z góry dziękuję|teşekkürler|şimdiden teşekkürler|спасибо|заранее спасибо|дякую"
    r"|terima kasih|makasih|cảm ơn(?: bạn)?|ありがとう(?:ございます)?|よろしくお願いします|谢谢"
    r"|謝謝"
    r"|감사합니다|ขอบคุณ(?:ค่ะ|ครับ)?)[\s!.,。！:;)(D❤️🙏😊🙂-]*\Z",
    re.I,
)
GIVES_TEXT = (":", "\n", '"', "“", "«", "„")
"""Signs that a message gives a text, whose end may be a greeting."""
SMILEYS = make_regex(r"\s+(?::-?[)DP(]|;-?\)|[🙏😊🙂😀😃😄😅😂🤣❤️👍]+|x+o+|lol|haha+)\s*\Z", re.I)
SMILEY_ENDS = frozenset(")(dDpPxXoOlLaA🙏😊🙂😀😃😄😅😂🤣❤️👍")
"""The last characters of smileys and of laughter."""
LEAST_WORDS = 4
"""A shorter rest is not a request: "Hi there!", "Thanks, bye"."""
NO_REQUEST = make_regex(
    r"world\b|(?:can|could) you help|(?:me llamo|my name|i['’]m|i am|im|this is|ich (?:bin"
    r"|hei(?:ß|ss)e)|je m['’]appelle"
    r"|je suis|mi chiamo|soy|sou|meu nome|me chamo)\b",
    re.I,
)
"""What follows a greeting in an introduction: "Hola, me llamo Pedro"."""


LONGEST = 120
"""Characters at each end of a message that are read, so that no message costs much."""


def cut_end(pattern: re.Pattern[str], text: str) -> str:
    """Return a text without what a pattern finds at its end."""
    start = max(0, len(text) - LONGEST)
    match = pattern.search(text, start)
    return text[: match.start()] if match else text


def strip_small_talk(prompt: str) -> str:
    """Return a message without greetings and thanks; the message itself if nothing else is left."""
    if len(prompt) > MAX_PROMPT:
        return prompt
    rest = prompt.rstrip()
    if match := OPENERS.match(rest[:LONGEST]):
        rest = rest[match.end() :]
        if NO_REQUEST.match(rest):
            return prompt
    plain = cut_end(SMILEYS, rest) if rest[-1:] in SMILEY_ENDS else rest
    if not has_any(GIVES_TEXT, plain):
        rest = cut_end(CLOSERS, plain)
    is_short = rest.isascii() and len(rest.split()) < LEAST_WORDS
    return prompt if is_short else rest


ON_MESSAGES = make_regex(
    r"\b(?:translat\w*|rewrit\w*|correct\w*|proofread\w*|classif\w*|repeat\w*|detect\w*|languages?"
    r"|moderat\w*|extract\w*|summar\w*|sentiment|tone|convert\w*|übersetz\w*|tradu\w*|traduz\w*"
    r"|intents?|label\w*|categor\w*|transcript\w*|title|emoji|support|customers?)\b",
    re.I,
)
"""A system instruction for which a greeting is a part of the text to work on."""


def strip_question(question: Question) -> Question:
    """Return the question without greetings and thanks, unless they belong to a given text."""
    if question.is_about_reply or "parts" in vars(question):
        return question  # its text is given, and another question would lose it
    bare = strip_small_talk(question.prompt)
    if bare == question.prompt or ON_MESSAGES.search(question.stated_system):
        return question
    return question.restate(bare, question.stated_system)
