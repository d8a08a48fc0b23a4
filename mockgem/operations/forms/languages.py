"""Plain text in the language of the prompt, or in the one that it asks for."""

from __future__ import annotations

import re

from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

GREETING = re.compile(
    r"^\W*(?:hallo|guten (?:tag|morgen|abend)|servus|hola|buen[oa]s (?:días|tardes|noches)|bonjour|salut|bonsoir|ciao|buongiorno|buonasera|olá|oi|bom dia|boa tarde|goedemorgen|goedendag|cześć|dzień dobry|witaj|merhaba|selam|halo|selamat \w+|xin chào|привет|здравствуйте|добрый день|привіт|вітаю|добрий день)\b[\w ,]{0,24}\W*$"
    r"|^\W*(?:مرحب\w+|السلام عليكم|שלום|नमस्ते|こんにちは|おはよう\w*|你好|您好|안녕\w*|สวัสดี\w*)\W*$",
    re.I,
)


@form("greeting in another language", "¡Hola!", "Guten Tag!", help="a greeting in the language of the prompt")
def greet(question: Question) -> str | None:
    if not GREETING.match(question.prompt[:100]) or len(question.prompt) > 80:
        return None
    return Writer(question).pack.greetings[0]


@form(
    "another language",
    "¿Cómo puedo cancelar mi suscripción?",
    "Explain gravity. Answer in German.",
    "パスワードを変更するにはどうすればいいですか？",
    "כיצד אני משנה את הסיסמה שלי?",
    help="sentences about the topic in the language of the prompt, or in the requested one",
)
def write_in_language(question: Question) -> str | None:
    if question.language == "en" and question.written_language == "en":
        return None
    return question.opening + Writer(question).write_paragraph(5)
