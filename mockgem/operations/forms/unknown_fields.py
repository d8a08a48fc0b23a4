"""Fields of invented data whose name and prompt do not describe their values."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_names import ENGLISH_NAMES, KNOWN_NAMES
from mockgem.operations.forms.given_rows import find_given
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import find_sample_words
from mockgem.operations.generators.field_values import (
    find_label,
    find_meaning,
    read_text_field,
    split_field_name,
)
from mockgem.operations.generators.hints import Hints

LONG_TEXTS = make_regex(
    r"(?:^|_|kurz)(?:question|answer|description|summary|explanation|reason|comment|text|message"
    r"|content|body"
    r"|advice|tip|joke|story|frage|antwort|beschreibung|zusammenfassung|begründung|erklärung"
    r"|nachricht"
    r"|witz|tipp|pregunta|respuesta|descripción|descripcion|resumen|explicación|motivo|mensaje"
    r"|consejo"
    r"|chiste|réponse|reponse|résumé|resume|explication|raison|commentaire|conseil|blague|domanda"
    r"|risposta|descrizione|riassunto|spiegazione|messaggio|consiglio|pergunta|resposta|descrição"
    r"|descricao|resumo|explicação|mensagem|dica|vraag|antwoord|beschrijving|samenvatting|uitleg"
    r"|pytanie|odpowiedź|odpowiedz|opis|streszczenie|soru|cevap|açıklama|özet|вопрос|ответ|описание"
    r"|pertanyaan|jawaban|deskripsi|ringkasan)$",
    re.I,
)
"""Fields that hold sentences."""


def is_unknown(name: str, schema: dict[str, Any], question: Question) -> bool:
    """Return whether nothing tells what a field of invented data holds, neither name nor prompt."""
    if schema != {"type": "string"} or SENTENCES.search(name):
        return False
    if question.stated_system and find_given(question):
        return False
    field = read_text_field(name, "")
    if field.make or field.meaning != PLAIN or find_sample_words(split_field_name(name), Hints("")):
        return False
    hints = question.hints
    return not hints.quoted and not find_label(split_field_name(name), hints)


def is_unknown_abroad(name: str, schema: dict[str, Any], question: Question) -> bool:
    """Return whether nothing tells what a field with a name in another language holds."""
    plain = name.lower()
    if schema != {"type": "string"} or question.stated_system or question.material:
        return False
    if plain in ENGLISH_NAMES or plain in KNOWN_NAMES or LONG_TEXTS.search(plain):
        return False
    is_english = find_meaning(split_field_name(name)) != PLAIN or read_text_field(name, "").make
    return not is_english and not question.hints.quoted


PLAIN = find_meaning("zzz")
"""The meaning of a name without one."""


SENTENCES = make_regex(
    r"(?:^|_)(?:why|how|plot|synopsis|impact|outcome|background|motivation|purpose|use_case"
    r"|lesson|takeaway"
    r"|hint|definition|meaning|fun_fact|fact|tip|importance|relevance_reason|description|summary"
    r"|explanation|reason|reasoning|rationale|justification|overview"
    r"|answer|advice|feedback)$",
    re.I,
)
"""Fields of English prompts for a sentence about the topic, which the prompt never gives."""


MAX_SENTENCE = 120
