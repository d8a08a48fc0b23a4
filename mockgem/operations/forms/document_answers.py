"""Answers from documents, before recognisers that read the documents as lists of options."""

from __future__ import annotations

import re

from mockgem.operations.forms.answered_questions import answers
from mockgem.operations.forms.citations import list_sources
from mockgem.operations.forms.given_text import ASKS, find_answer, find_text_and_question
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.refusals import may_refuse
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sources import choose_sentence, list_facts
from mockgem.operations.forms.trigger_words import split_words

DOCUMENTS = make_regex(
    r"(?:^|\n)[ *#]{0,4}(?:the )?(?:(?:relevant |retrieved |background )?context|documents?"
    r"|knowledge(?: base)?|sources?|snippets?|excerpts?|facts|faq|policy|policies|passages?"
    r"|articles?|handbook|rules|kontext|dokumente?|contexto|contexte|contesto|rezept)\b"
    r"[^:\n.]{0,30}:|<(?:context|documents?|docs?|policy|policies|faq|knowledge|rules|sources?"
    r"|passage|article|handbook|manual)>"
    r"|\b(?:ausschließlich|nur|allein)\b[^.\n]{0,30}\b(?:informationen|angaben|kontext|daten|texte?s?)\b"
    r"|\b(?:solo|sólo|únicamente|solamente|apenas|somente|soltanto|uniquement|seulement)\b[^.\n]"
    r"{0,40}\b(?:información|datos|contexto|informations|contexte|texte|texto|informazioni|contesto"
    r"|testo|informações)\b"
    r"|\b(?:knowledge base|(?:following|these|the) (?:documents|sources|facts|snippets|excerpts"
    r"|notes)|following context)\b|\b(?:laut|gemäß|selon|según|secondo|according to) (?:der |dem"
    r" |den |le |la |the |el |il )?(?:text|rezept|artikel|dokument\w*|texte|recette|texto|receta"
    r"|testo|ricetta|polic\w+|recipe|article|rules|documents?|notes|sources)\b",
    re.I,
)
OTHER_FORMS = frozenset(
    """
    json xml yaml csv table tables markdown bullet bullets bulleted numbered list translate
    translation summarize summarise summary classify category categories label labels sentiment
    score rate grade yyyy format extract rewrite rephrase haiku poem letter quiz flashcards python
    sql function headline title
    true yes ja option options choose choice reason reasoning confidence questions standalone quote
    """.split()
)
"""Words of prompts that want another form than an answer in a sentence."""


@form(
    "answer from documents",
    "Context:\n[1] Parcels take 3 days.\n[2] Gift cards never expire.\n\nQuestion: How long does"
    ' a parcel take? If it is not in the context, say "I don\'t know".',
    words="context contexto contexte contesto kontext document documents dokument dokumente"
    " knowledge source sources snippets snippet excerpts excerpt facts faq policy policies passages"
    " passage articles article handbook rules docs manual notes laut gemäß selon según secondo"
    " according rezept informationen angaben daten text texte textes información datos contexto"
    " informations texto informazioni testo informações",
    about="the sentence of the given documents that answers, with its source if that is wanted",
)
def answer_from_documents(question: Question) -> str | None:
    if question.is_terse or not DOCUMENTS.search(cut_middle(question.whole)):
        return None
    if wants_other_form(question):
        return None
    text, asked = find_text_and_question(question)
    if not text or not ASKS.search(asked):
        return None
    facts = list_facts(text)
    best = choose_sentence(facts, asked) if facts else None
    if not may_refuse(question) and (best is None or not answers(best, text, asked)):
        return None
    return find_answer(question)


def wants_other_form(question: Question) -> bool:
    """Return whether the instructions, apart from the documents, ask for something else."""
    sources = list_sources(question.system)
    stated = question.system[: sources[0].start] if sources else question.system[:600]
    told = split_words(f"{question.instruction[:600]}\n{stated}\n{question.system[-300:]}")
    return not OTHER_FORMS.isdisjoint(told)
