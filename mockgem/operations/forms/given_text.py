"""Answers from a given text: the sentence that answers, a summary, a follow-up."""

from __future__ import annotations

import re
from collections.abc import Set

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.word_stems import extract_stems

SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?](?=\S)[^.!?。！？\n]*)*[.!?。！？]*[\"”»]?")
SUMMARISE = re.compile(
    r"\b(?:summari[sz]e|summary|sum up|tl;?dr|key (?:points|takeaways|facts)|main "
    r"(?:points|idea)|condense|shorten|zusammen(?:fassen|fassung)|fasse|resume|resumen"
    r"|resuma|resumir|résume[zr]?|résumé"
    r"|riassumi|riassunto|samenvatten|samenvatting|vat .{0,40} samen|streść"
    r"|streszczenie|podsumuj|özetle|ringkas(?:kan)?|tóm tắt)\b|резюмируй|кратко"
    r"|перескажи|подсумуй|总结|總結|概括|要約|まとめ|요약|لخص|סכם|सारांश|สรุป",
    re.I,
)
CONTEXT = re.compile(
    r"\b(?:context|document|passage|text|article|policy|docs?|following|below|above"
    r"|information|manual|faq|knowledge|facts|log|handbook|guide|notes|catalog|menu|from this"
    r"|from these|based on|kontext|contexto"
    r"|contexte|contesto|according to)\b|上下文|文中"
    r"|本文|контекст",
    re.I,
)
QUESTION = re.compile(
    r"(?:^|\n)[ *#]*(?:question|query|q|frage|pregunta|pergunta|domanda|вопрос|问题"
    r"|質問)\s*:\**\s*([^\n]{3,600})",
    re.I,
)
ASKS = re.compile(
    r"\?|？|؟|^(?:what|when|where|who|how|which|why|is|are|does|do|can)\b", re.I | re.M
)
SENTENCES = re.compile(
    rf"({NUMBER})[- ](?:short |single )?(?:sentences?|sätzen?|satz|frases?|oraciones"
    r"|phrases?|frasi|frase|zinnen|zdani\w*|cümle|kalimat|предложени\w+|句话?|句|文で)",
    re.I,
)
WORDS = re.compile(rf"({NUMBER})[- ](?:words?|wörtern?|palabras|mots|parole|palavras)", re.I)
DOCUMENT_TAG = re.compile(
    r"<(?:docs?|documents?|context|knowledge|data|information|sources?|article"
    r"|policy)>\s*(.{10,20000}?)\s*</",
    re.S,
)
KNOWLEDGE = re.compile(
    r"(?:(?:^|\n)[ *#]*(?:context|documents?|knowledge(?: base)?|information|facts|data"
    r"|policy|faq|kontext|contexto|contexte|sources?)|\b(?:knowledge base|context|information"
    r"|documentation|documents|facts|following|below)\b[^:\n]{0,40}(?=[:：]\s*\n))\s*[:：]\**\s*"
    r"(.{20,20000})",
    re.I | re.S,
)


ELEMENT = re.compile(r"</?[a-z_]{2,30}(?: [^<>\n]{0,80})?>")


TITLED = re.compile(r"(?:^|\n)(?:[A-Z][\w ]{1,30}:|#{1,4} [^\n]{2,40})[ \t]*\n(.{20,20000})", re.S)
"""A text under a title, such as "Log:"."""


def split_sentences(text: str) -> list[str]:
    text = text[:12_000]
    if "<" in text:
        text = ELEMENT.sub("\n", text)
    found = [sentence.strip(" \n-*•") for sentence in SENTENCE.findall(text)]
    return [sentence for sentence in found if len(sentence) > 3]


@form(
    "summary",
    "Summarize the following article in one sentence:\n\nThe city council approved a "
    "new bicycle lane on Tuesday. Construction will begin in May.",
    "TL;DR this: The committee met on Monday. It decided to postpone the vote until June.",
    words="summarize summarise summary sum tl key main condense shorten zusammen "
    "zusammenfassung fasse fass resume resumen resuma resumir résume résumé riassumi "
    "riassunto samenvatten samenvatting vat streść streszczenie podsumuj özetle ringkas "
    "ringkaskan tóm",
    about="the first facts of the given text, in the length that the prompt asks for",
)
def summarise(question: Question) -> str | None:
    if not question.material or not SUMMARISE.search(question.wish):
        return None
    sentences = split_sentences(question.material)
    if not sentences:
        return None
    match = SENTENCES.search(question.wish)
    words = WORDS.search(question.wish)
    count = parse_count(match[1]) if match else 2
    kept = [end(sentence) for sentence in sentences[:count]]
    writer = None
    while match and len(kept) < count:
        writer = writer or Writer(question)
        kept.append(writer.write_sentence())
    text = " ".join(kept)
    if words:
        most = parse_count(words[1], 2000)
        text = " ".join(text.split()[:most])
    if (
        question.requested_language not in ("", "en")
        and question.requested_language != question.written_language
    ):
        return Writer(question).write_paragraph(count)
    return text


def end(sentence: str) -> str:
    return sentence if sentence[-1:] in '.!?。！？"”»' else f"{sentence}."


@form(
    "answer from a text",
    "Context: The Eiffel Tower was completed in 1889. It is 330 metres tall. It stands "
    "in Paris.\n\nQuestion: How tall is the Eiffel Tower?",
    'Here is our refund policy:\n"""\nCustomers can return items within 30 days. '
    'Shipping costs are not refunded.\n"""\nAre shipping costs refunded?',
    about="the sentence of the given text that answers the question",
)
def answer_from_text(question: Question) -> str | None:
    text, asked = find_text_and_question(question)
    if not text or not asked or NAMED_FENCE.search(question.prompt[:4000]):
        return None
    sentences = [one for one in split_sentences(text) if not COMMANDS.match(one)]
    best = choose_sentence(sentences, asked)
    if best is None:
        if re.search(
            r"don't know|do not know|unknown|not (?:in|found)|cannot find", question.whole, re.I
        ):
            return find_dictated_refusal(question.whole) or Writer(question).pack.unknown
        best = sentences[0] if sentences else None
    if best and best.endswith("?") and best in sentences[:-1]:
        best = sentences[sentences.index(best) + 1]  # an answer of a list of questions
    return end(ANSWER_MARK.sub("", best)) if best else None


DICTATED = re.compile(
    r"\b(?:say|answer|reply|respond|write|output|return)(?: only)?(?: with)?(?: that)?\W{1,3}"
    r"(?:(?<=[\"“])([^\"”\n]{4,120})[\"”]|(?<=['‘])(\S(?:[^'’\n]|['’](?=\w)){3,120})['’]"
    r"|((?:(?i:i|we|sorry)\b)[^\"”.\n]{4,60}))",
    re.I,
)
REFUSES = re.compile(r"\b(?:not|no|unknown|cannot|unable|sorry)\b|n['’]t\b", re.I)


def find_dictated_refusal(text: str) -> str:
    """Return the words that a prompt dictates for questions that its text does not answer."""
    found = (next(filter(None, match.groups())) for match in DICTATED.finditer(text))
    refusal = next(filter(REFUSES.search, found), "")
    return end(refusal.strip()) if refusal else ""


NAMED_FENCE = re.compile(r"^```[a-z+#]{1,12}\n", re.M)
"""The beginning of code, which has no sentences that answer."""
ANSWER_MARK = re.compile(r"^(?:a|answer|antwort|respuesta): +", re.I)
COMMANDS = re.compile(
    r"(?:please )?(?:answer|reply|respond|use|you are|you must|do not|don't|never|always|be)\b",
    re.I,
)
"""The beginning of an instruction between the facts."""


def find_text_and_question(question: Question) -> tuple[str, str]:
    """Return the text that the message or the system instruction gives, and the question."""
    match = QUESTION.search(question.prompt[-3000:])
    if question.material:
        asked = match[1] if match else question.instruction
        if ASKS.search(asked) or match:
            return question.material, asked
        return "", ""
    if question.system and len(question.system) > 60 and CONTEXT.search(question.system):
        found = (
            DOCUMENT_TAG.search(question.system)
            or KNOWLEDGE.search(question.system)
            or TITLED.search(question.system)
        )
        if found and ASKS.search(question.prompt):
            return found[1], question.prompt[:1000]
    return "", ""


KEY_WORD = re.compile(
    r"\bhow (\w+)|\b(?:what|which) (?!is|are|was|were|do|does|did|can)(\w+) (?:is|are|was|were|do"
    r"|does|did|can|has|have)\b|(?:^|[.:?]\s{0,3})(?:is|are|was|were|does|do|did|can|will|has|have)"
    r" (?:the |an? |my |your )?(\w+)",
    re.I,
)
"""The word that a question is about."""


def choose_sentence(sentences: list[str], asked: str) -> str | None:
    """Return the sentence with the most words of a question; None if no sentence has any."""
    wanted = extract_stems(asked)
    key = extract_stems(" ".join(map(" ".join, KEY_WORD.findall(asked))))
    wants_number = re.search(
        r"\bhow (?:many|much|tall|long|old|far|often|high|big)\b|\bwhen\b|wie (?:viele?"
        r"|hoch|lange|alt)|cuánt|combien|quant",
        asked,
        re.I,
    )
    wants_person = re.match(r"\W*who\b", asked, re.I) is not None
    best, best_score = None, 0.0
    for sentence in sentences[:400]:
        stems = extract_stems(sentence)
        score = len(wanted & stems) + 2.5 * len(key & stems) + count_related(wanted - stems, stems)
        if wants_person and PERSON.search(sentence):
            score += 0.7
        if wants_number and re.search(
            r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|monday"
            r"|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b",
            sentence,
            re.I,
        ):
            score += 0.6
        if score > best_score:
            best, best_score = sentence, score
    return best


PERSON = re.compile(
    r"\b(?:is|was|by|are|were) [A-Z]\w+ [A-Z]\w+|^[A-Z]\w+ [A-Z]\w+ (?:is|was|\w+ed)\b"
)


def count_related(wanted: Set[str], stems: Set[str]) -> float:
    """Return a score for words of the same family: "owns" and "owner"."""
    return 0.9 * sum(
        any(stem.startswith(word) or word.startswith(stem) for stem in stems if len(stem) > 2)
        for word in wanted
        if len(word) > 2
    )
