"""Questions with options in other languages than English, for invented quizzes."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.question import Question
from mockgem.operations.forms.vocabulary import list_nouns

QUESTIONS = {
    "de": "Was ist bei „{}“ am wichtigsten?|Welche Aussage über „{}“ stimmt?|Was gehört zu „{}“?",
    "fr": "Qu'est-ce qui compte le plus pour « {} » ?|Quelle réponse concerne « {} » ?"
    "|Que sait-on de « {} » ?",
    "es": "¿Qué es lo más importante de «{}»?|¿Qué respuesta sobre «{}» es correcta?"
    "|¿Qué se relaciona con «{}»?",
    "pt": "O que é mais importante em “{}”?|Qual resposta sobre “{}” está correta?"
    "|O que faz parte de “{}”?",
    "it": "Che cosa conta di più per «{}»?|Quale risposta su «{}» è corretta?"
    "|Che cosa riguarda «{}»?",
    "nl": "Wat is het belangrijkste bij ‘{}’?|Welk antwoord over ‘{}’ klopt?|Wat hoort bij ‘{}’?",
    "pl": "Co jest najważniejsze w temacie „{}”?|Która odpowiedź o „{}” jest prawdziwa?"
    "|Co wiąże się z tematem „{}”?",
}
ASKED = frozenset("pregunta frage question domanda pergunta vraag pytanie".split())
OFFERED = frozenset(
    "opciones optionen antworten antwortmöglichkeiten auswahl options choix réponses opzioni "
    "risposte"
    " opções opcoes alternativas opties antwoorden opcje odpowiedzi choices answers".split()
)
CORRECT = (
    "respuesta antwort réponse reponse risposta resposta antwoord odpowiedź lösung solución "
    "solution"
    " correct richtig answer".split()
)


def fit_quizzes(value: Any, question: Question) -> Any:
    """Return a value whose questions have different options, one of which is the answer."""
    texts = QUESTIONS.get(question.language, "")
    return fit(value, texts.split("|"), question, [0]) if texts else value


def fit(value: Any, texts: list[str], question: Question, at: list[int]) -> Any:
    match value:
        case list():
            return [fit(item, texts, question, at) for item in value]
        case dict():
            inner = {key: fit(item, texts, question, at) for key, item in value.items()}
            return write_quiz(inner, texts, question, at)
    return value


def write_quiz(
    value: dict[str, Any], texts: list[str], question: Question, at: list[int]
) -> dict[str, Any]:
    asked = next((key for key in value if key.lower() in ASKED), None)
    offered = next((key for key in value if key.lower() in OFFERED), None)
    if asked is None or offered is None or not isinstance(value[offered], list):
        return value
    nouns, count = list_nouns(question.language), len(value[offered])
    start = at[0] * count
    options = [nouns[(start + step) % len(nouns)] for step in range(count)]
    filled = {**value, asked: texts[at[0] % len(texts)].format(question.topic), offered: options}
    for key, item in value.items():
        if key not in (asked, offered) and key.lower().startswith(tuple(CORRECT)):
            is_place = isinstance(item, int)
            if isinstance(item, str) and len(item) == 1 and item.isupper():
                continue  # the letter of an option
            filled[key] = item % count if is_place else options[at[0] % count]
    at[0] += 1
    return filled
