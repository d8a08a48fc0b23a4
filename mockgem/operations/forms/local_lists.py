"""Things that every language has words for: fruits, animals, days, months, planets."""

from __future__ import annotations

import re

from mockgem.operations.forms.fact_books import has_words, load_facts, simplify
from mockgem.operations.forms.lazy_patterns import make_regex

CODES = {
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "dutch": "nl",
}
IN_LANGUAGE = make_regex(rf"\bin ({'|'.join(CODES)})\b", re.I)
MAX_TEXT = 300
ABSTRACT = make_regex(
    r"\b(?:reasons?|tips?|ideas?|facts?|ways?|questions?|sentences?|benefits?|steps?|advantages?"
    r"|gründe?\w*|tipps?|ideen|fakten|vorteile\w*|nachteile\w*|fragen|sätze|schritte\w*|rezepte?\w*"
    r"|namen"
    r"|raisons|conseils|idées|faits|avantages|questions|phrases|étapes|recettes|noms"
    r"|razones|consejos|datos|ventajas|preguntas|frases|pasos|recetas|nombres|beneficios"
    r"|razões|dicas|ideias|fatos|vantagens|perguntas|passos|receitas|nomes|benefícios"
    r"|motivi|consigli|idee|fatti|vantaggi|domande|frasi|passi|ricette|nomi"
    r"|redenen|ideeën|feiten|voordelen|vragen|zinnen|stappen|recepten|powod\w+|porad\w*|pomysł\w*"
    r"|zalet\w*|pytań|pytania|zdań|zdania|przepis\w*|imion|imiona|wskazów\w*|neden\w*|ipucu\w*"
    r"|öner\w+|fikir\w*|cümle\w*|soru\w*|tarif\w*|lý do|mẹo|cách|câu|lợi ích|ý tưởng|alasan|tips"
    r"|cara|kalimat|manfaat|ide|resep|pertanyaan)\b"
    r"|причин|совет|иде[йяи]|факт|вопрос|преимуществ|предложени|рецепт|порад|питан|перева|речен"
    r"|أسباب|نصائح|أفكار|حقائق|أسئلة|فوائد|جمل|סיבות|טיפים|רעיונות|עובדות|שאלות|יתרונות|משפטים"
    r"|कारण|सुझाव|तथ्य|टिप्स|लाभ|फायदे|वाक्य|理由|コツ|アイデア|質問|メリット|文を|例文|方法|建议|建議|点子|事实"
    r"|好处|好處|问题|問題|句|技巧|이유|팁|방법|아이디어|장점|질문|문장|เหตุผล|เคล็ดลับ|ไอเดีย|วิธี|ข้อดี|คำถาม"
    r"|ประโยค",
    re.I,
)
"""Words for what a list may hold about things instead of their names."""


def find_local_things(text: str, language: str) -> list[str]:
    """Return the words of a language for the kind of thing that a text names; else none."""
    named = IN_LANGUAGE.search(text) if language == "en" else None
    target = CODES[named[1].lower()] if named else language
    if target == "en" or ABSTRACT.search(text):
        return []
    known = load_facts(target).things
    plain = simplify(text[:MAX_TEXT])
    for code in (target, "en"):
        found = [
            (len(groups), key)
            for key, (groups, _) in load_facts(code).things.items()
            if key in known and has_words(groups, plain)
        ]
        if found:
            return list(known[max(found, key=lambda row: row[0])[1]][1])
    return []
