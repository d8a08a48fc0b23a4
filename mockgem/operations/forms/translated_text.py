"""Texts in another language with the lines, names and placeholders of a given one.

They are no translations: known words and greetings apart, a sentence stands for each sentence.
"""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.vocabulary import list_nouns, translate_word
from mockgem.operations.forms.writing import Writer

GREETING = make_regex(
    r"(?<!\w)(?:hello|hi|good (?:morning|day|evening)|hallo|hola|bonjour|ciao|olá|guten "
    r"(?:tag|morgen)|dzień dobry|merhaba|привет|здравствуйте|bom dia|buongiorno|goedemorgen)(?!\w)"
    r"|你好|こんにちは|안녕",
    re.I,
)
MAX_GREETING = 3
"""Words of a text that is a greeting alone."""
FIRST_PART = make_regex(r"[^!！.\s]+(?: chào)?(?: ?[!！.])?")
"""The greeting in "Hello! How can I help you?"."""
THANKS = make_regex(
    r"\b(?:thanks?|thank you|danke|gracias|merci|grazie|obrigad[oa]|dziękuję|bedankt"
    r"|teşekkür\w*|спасибо"
    r"|дякую|cảm ơn|terima kasih)\b|ありがとう|谢谢|謝謝|감사|شكر|תודה|धन्यवाद|ขอบคุณ",
    re.I,
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
SHORT = 120
"""A text of up to this number of characters may be a greeting as a whole."""
SALUTATION = make_regex(
    r"(?:Dear|Hi|Hello|Beste|Liebe[rs]?|Hallo|Sehr geehrte[r]?|Cher|Chère|Bonjour|Estimad[oa]|Hola"
    r"|Querid[oa]|Prezad[oa]|Olá|Gentile|Car[oa]|Ciao|Drog[ia]|Sayın|Merhaba|Уважаем\w+"
    r"|Шановн\w+|Добрый (?:день|вечер)|Здравствуйте|Доброго дня|Guten (?:Tag|Morgen|Abend)"
    r"|Good (?:morning|afternoon|evening)|Buen[oa]s (?:días|tardes)|Bom dia|Boa tarde"
    r"|Buongiorno|Goedemorgen|Dzień dobry|Witaj)"
    r",? ((?:[A-ZÀ-ÞА-Я][\w'’.-]*\s?){1,3}?)\s?([,!:]?)"
)
CLOSING = make_regex(
    r"(?:(?:kind|best|warm) regards|best(?: wishes)?|regards|sincerely|yours \w+|cheers|groet\w*"
    r"|(?:met )?vriendelijke groet\w*|viele grüße|(?:mit )?freundlichen? grüßen?|liebe grüße"
    r"|cordialement|bien à vous|(?:un )?saludos?|atentamente|atenciosamente|abraços?"
    r"|(?:cordiali|distinti) saluti|pozdrawiam|saygılarımla|с уважением|з повагою)[,.!]?",
    re.I,
)
SIGNED = make_regex(rf"(?:{CLOSING.pattern})\s?([A-ZÀ-ÞА-Я][\w'’. -]{{1,40}})", re.I)
NAME_LINE = make_regex(r"[A-ZÀ-ÞА-Я][\w'’.-]*(?: [A-ZÀ-ÞА-Я][\w'’.-]*){0,2}")
MARK = make_regex(r"\s*(?:(?:[-*•–]|\d{1,3}[.)]|#{1,6}|>|[A-Za-z]\))\s+|\s+)?")
NO_SPACES = make_regex("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]")
KEPT = make_regex(
    r"\{\{?[\w. ]{0,40}\}?\}|%\(\w+\)[sd]|%\d?\$?[sd@]|\$\{?\w+\}?(?=\W|\Z)|</?[a-z][^<>\n]{0,60}>"
    r"|https?://[^\s)>\"']+|[\w.+-]+@[\w-]+\.[\w.-]*\w|:[a-z_]{2,20}:|\[(?-i:[A-Z_]{2,30})\]",
    re.I,
)
"""What a translation leaves as it is: placeholders, tags, addresses."""


def translate_text(text: str, writer: Writer) -> str:
    """Return a text in a language, line by line as the given one."""
    if len(text) < SHORT and "\n" not in text.strip():
        return translate_line(text.strip(), writer)
    return "\n".join(translate_marked(line, writer) for line in text.split("\n")[:400])


def translate_marked(line: str, writer: Writer) -> str:
    """Return a line with the mark of a list or a heading before it."""
    mark = MARK.match(line)
    start = mark[0] if mark else ""
    body = line[len(start) :].strip()
    return start + translate_line(body, writer) if body else line


def translate_line(text: str, writer: Writer) -> str:
    pack = load_pack(writer.language)
    if known := translate_word(text, writer.language):
        return fit_end(known, text)
    if match := SALUTATION.fullmatch(text):
        mark = match[2] or ("," if writer.language not in ("ja", "zh", "zh-Hant") else "：")
        return f"{pack.dear} {match[1].strip()}{mark}"
    if CLOSING.fullmatch(text):
        return f"{pack.regards},"
    if match := SIGNED.fullmatch(text):
        return f"{pack.regards}, {match[1]}"
    if NAME_LINE.fullmatch(text) and CLOSING.search(writer.question.prompt[:4000]):
        return text
    words = text.split()
    kept = KEPT.findall(text)
    is_short = len(text) < SHORT and not kept
    if is_short and GREETING.search(text):
        whole = pack.greetings[0]
        first = FIRST_PART.match(whole)
        if first is None or len(words) > MAX_GREETING:
            return whole
        return fit_end(first[0] if ENDS.search(text) else first[0].lstrip("¡"), text).strip()
    if is_short and THANKS.search(text):
        return thank(text, writer)
    is_word = len(words) < 3 and len(text) < 30 and text.replace(" ", "").isalpha()
    if is_word and (len(text) < 5 or NO_SPACES.search(text) is None):
        return writer.take_word()
    count = max(1, min(len(split_sentences(KEPT.sub("x", text))), 200))
    sentences = writer.space.join(writer.write_plain_sentence() for _ in range(count))
    return fit_end(keep(kept, sentences), text)


def thank(text: str, writer: Writer) -> str:
    count = len(split_sentences(text))
    rest = [writer.write_plain_sentence() for _ in range(count - 1)]
    thanks = THANK_YOU.get(writer.language, writer.pack.welcome)
    return writer.space.join([thanks, *rest])


def keep(marks: list[str], text: str) -> str:
    """Return a text with the placeholders and addresses that the given one has."""
    if not marks:
        return text
    first, *rest = text.split(" ")
    return " ".join([first, *marks, *rest]) if rest else f"{' '.join(marks)} {text}"


ENDS = make_regex(r"[.!?。！？।]+\Z")


def fit_end(text: str, given: str) -> str:
    """Return a text that ends like the given one: with a question mark, or without a mark."""
    end = ENDS.search(given.rstrip(" \"'”»"))
    if end is None:
        return ENDS.sub("", text)
    if end[0][-1] in "?!？！" and (own := ENDS.search(text)):
        wide = own[0][-1] == "。"
        mark = {"?": "？", "!": "！"}.get(end[0][-1], end[0][-1]) if wide else end[0][-1]
        return ENDS.sub(mark.translate(NARROW) if not wide else mark, text)
    return text


NARROW = str.maketrans("？！", "?!")


def translate_strings(value: Any, writer: Writer) -> Any:
    """Return a value with other strings under the same keys."""
    match value:
        case dict():
            return {key: translate_strings(item, writer) for key, item in value.items()}
        case list():
            return [translate_strings(item, writer) for item in value]
        case str():
            return translate_line(value, writer) if value.strip() else value
    return value


def list_pairs(codes: list[str], count: int) -> list[list[str]]:
    """Return rows of everyday words, a word in each of some languages."""
    columns = [list_nouns(code) for code in codes]
    return [[column[at % len(column)] for column in columns] for at in range(count)]
