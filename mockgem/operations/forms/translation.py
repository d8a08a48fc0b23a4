"""Translations: sentences in the language that the prompt asks for."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.writing import Writer

TRANSLATE = make_regex(
    r"(?<!\w)(?:translat\w+|übersetz\w*|traduc\w*|traduz\w*|tradu(?:is|ire|isez)"
    r"|tradu[cz]i\w*|vertaal|vertaling|przetłumacz|tłumacz\w*|çevir\w*|terjemah\w*|dịch"
    r"|how (?:do|would) (?:you|i|we) say|say\s{1,3}(?:this |it )?in"
    r"|say [\"'“‘][^\"'”’\n]{1,80}[\"'”’] in|wie sagt man|cómo se dice"
    r"|comment dit-on|come si dice)(?!\w)|перевед\w*|переклад\w*|翻译|翻譯|訳して|翻訳|번역|ترجم"
    r"|תרגם|अनुवाद|แปล",
    re.I,
)
GREETING = make_regex(
    r"\b(?:hello|hi|good (?:morning|day|evening)|hallo|hola|bonjour|ciao|olá|guten "
    r"(?:tag|morgen)|dzień dobry|merhaba|привет|здравствуйте)\b|你好|こんにちは|안녕",
    re.I,
)
THANKS = make_regex(
    r"\b(?:thanks?|thank you|danke|gracias|merci|grazie|obrigad[oa]|dziękuję)\b", re.I
)
THANK_YOU = {
    "en": "Thank you very much.",
    "de": "Vielen Dank.",
    "fr": "Merci beaucoup.",
    "es": "Muchas gracias.",
    "pt": "Muito obrigado.",
    "it": "Grazie mille.",
    "nl": "Hartelijk dank.",
    "pl": "Dziękuję bardzo.",
    "tr": "Çok teşekkür ederim.",
    "ru": "Большое спасибо.",
    "uk": "Дуже дякую.",
    "ar": "شكرًا جزيلًا.",
    "he": "תודה רבה.",
    "hi": "बहुत धन्यवाद।",
    "ja": "どうもありがとうございます。",
    "zh": "非常感谢。",
    "zh-Hant": "非常感謝。",
    "ko": "대단히 감사합니다.",
    "vi": "Cảm ơn bạn rất nhiều.",
    "id": "Terima kasih banyak.",
    "th": "ขอบคุณมาก",
}


@form(
    "translation",
    "Translate into Spanish: Good morning, how are you?",
    "Translate the following text to Japanese:\n\nThe weather is nice today.",
    "Przetłumacz na angielski: Dzień dobry",
    words="translate translated translation übersetze übersetzen traduce traducir traduza "
    "traduz traduire traduis traduci vertaal vertaling przetłumacz tłumacz çevir "
    "terjemahkan terjemah dịch say sagt dice dit",
    about="as many sentences as the text has, in the requested language: not a translation",
)
def translate(question: Question) -> str | None:
    if not any(text and TRANSLATE.search(text) for text in (question.instruction, question.system)):
        return None
    code = question.requested_language
    if not code:
        return None
    several = list_targets(question.instruction)
    if len(several) > 1:
        return translate_into(several, question)
    strings = find_strings(question.prompt)
    if strings is not None:
        writer = Writer(question)
        return json.dumps(translate_strings(strings, writer), indent=2, ensure_ascii=False)
    text = question.material or question.prompt[:2000]
    pack = load_pack(code)
    if len(text) < 120 and GREETING.search(text) and not PLACEHOLDERS.search(text):
        return pack.greetings[0]
    count = max(1, min(len(split_sentences(text)), 200))
    writer = Writer(question)
    if places := list(dict.fromkeys(PLACEHOLDERS.findall(text))):
        rest = [writer.write_sentence() for _ in range(count)]
        rest[0] = f"{places[0]}: {rest[0]}"
        tail = f" ({', '.join(places[1:])})" if places[1:] else ""
        return writer.space.join(rest) + tail
    if len(text) < 120 and THANKS.search(text):
        thanks = THANK_YOU.get(code, pack.welcome)
        rest = [writer.write_sentence() for _ in range(count - 1)]
        return writer.space.join([thanks, *rest])
    return writer.space.join(writer.write_sentence() for _ in range(count))


PLACEHOLDERS = make_regex(
    r"\{\{?[\w.]{1,40}\}?\}|%\(\w{1,30}\)[sd]|%[sd]\b|\$\{\w{1,40}\}"
    r"|\[[A-Z_]{2,30}\]"
)
"""Places for values in a text of a program, which stay as they are."""
NAMED = make_regex(
    r"\b(?:into|to|in)\s((?:[A-Z][a-z]+(?:,\s(?:and\s)?|\sand\s|,?\s?&\s)){1,8}[A-Z][a-z]+)"
)


def list_targets(text: str) -> list[tuple[str, str]]:
    """Return the languages in "into Japanese, Korean and German", as name and code."""
    match = NAMED.search(text)
    names = re.findall(r"[A-Z][a-z]+", match[1]) if match else []
    return [(name, CODES[name.lower()]) for name in names if name.lower() in CODES]


def translate_into(targets: list[tuple[str, str]], question: Question) -> str:
    """Return a line for each language."""
    text = question.material or question.prompt
    rows = []
    for name, code in targets:
        is_greeting = len(text) < 120 and GREETING.search(text)
        said = (
            load_pack(code).greetings[0] if is_greeting else Writer(question, code).write_sentence()
        )
        rows.append(f"**{name}:** {said}")
    return "\n".join(rows)


def find_strings(prompt: str) -> Any:
    """Return the JSON object with the strings to translate; None without one."""
    at = prompt.find('{"') if '{"' in prompt else prompt.find("{\n")
    try:
        return json.JSONDecoder().raw_decode(prompt[:20_000], at)[0] if at >= 0 else None
    except (ValueError, RecursionError):
        return None


def translate_strings(value: Any, writer: Writer) -> Any:
    """Return a value with other strings under the same keys."""
    match value:
        case dict():
            return {key: translate_strings(item, writer) for key, item in value.items()}
        case list():
            return [translate_strings(item, writer) for item in value]
        case str():
            return writer.write_item()
    return value
