"""Summaries: the first facts of a given text, in the length that the prompt asks for."""

from __future__ import annotations

import re

from mockgem.operations.forms.concise_words import make_concise
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.dialogue_summaries import list_reported
from mockgem.operations.forms.given_text import SENTENCES, WORDS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.salutations import strip_salutation
from mockgem.operations.forms.sentence_ends import CJK, end
from mockgem.operations.forms.sources import (
    fit_sentences,
    fit_words,
    split_sentences,
)
from mockgem.operations.forms.translated_text import translate_text
from mockgem.operations.forms.writing import Writer

SUMMARISE = make_regex(
    r"\b(?:summari[sz]e|summary|sum up|tl;?dr|gist|nutshell|recap|(?:internal|case|hand-?over"
    r"|call) notes?|essence|bottom line|short version"
    r"|boil (?:this|it|that|the) \w*|main message|short (?:and|&|'n') sweet|make (?:it|this|that)"
    r" (?:short|shorter|concise|brief|briefer)|auf den punkt|kernaussagen?|in kürze|kurzfassung"
    r"|abstract (?:of|for)|digest|(?:key|main|important) (?:points|takeaways|facts|information|info"
    r"|details)|main (?:idea)|condense|shorten|zusammen(?:fassen|fassung)|fasse|resume|resumen"
    r"|resuma|resumir|résume[zr]?|résumé"
    r"|riassumi|riassunto|samenvatten|samenvatting|vat .{0,40} samen|streść"
    r"|streszczenie|podsumuj|özetle|ringkas(?:kan)?|tóm tắt)\b|резюмируй|кратко"
    r"|перескажи|подсумуй|总结|總結|概括|要約|まとめ|요약|لخص|סכם|सारांश|สรุป",
    re.I,
)


POINTS = make_regex(
    rf"(?<![\w.])({NUMBER}) (?:[\w-]{{2,14}} )?(?:points?|bullets?|takeaways|puntos|punti|pontos"
    rf"|punkten?|stichpunkten?"
    r"|kernpunkten?|punten|viñetas|puces|aufzählungspunkten?)\b",
    re.I,
)
"""How many points a summary has."""


KEY_POINTS = make_regex(
    r"\b(?:key|main|(?:most )?important) (?:points|takeaways|facts|ideas|information|info"
    r"|details)\b(?! in (?:one|a|two))"
    r"|\btakeaways\b",
    re.I,
)
"""A wish for points without their number."""
MOST_POINTS = 5
GREETS = make_regex(
    r"^(?:(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b[^,:;.!\n]{0,30}[,:;.!]+\s*)?"
    r"(?:(?:(?:just )?(?:a )?(?:quick|short|small|brief|friendly) (?:update|note|reminder"
    r"|heads[- ]?up"
    r"|one|announcement)|just a (?:heads[- ]?up|note|reminder)|heads[- ]?up|fyi|update|for your"
    r" information)[:,!]\s*)?",
    re.I,
)
"""A greeting, or the announcement of news, which no summary keeps."""
MOST_TURNS = 6
"""Turns of a conversation in a summary whose length is not given."""


CHARACTERS = make_regex(
    r"(?<![\w.])(\d{2,5})[ -]?(?:characters?|chars?|zeichen|caracteres|caractères|caratteri)\b",
    re.I,
)


def join_turns(sentences: list[str], count: int) -> list[str]:
    """Return the turns of a conversation in fewer sentences."""
    if not 0 < count < len(sentences):
        return sentences
    size = -(-len(sentences) // count)
    groups = [sentences[at : at + size] for at in range(0, len(sentences), size)]
    return [
        "; ".join(lower_article(one.rstrip("."), at) for at, one in enumerate(group)) + "."
        for group in groups
    ]


def lower_article(turn: str, at: int) -> str:
    """Return a turn as it stands after others in a sentence: "; the agent says …"."""
    return f"t{turn[1:]}" if at and turn.startswith("The ") else turn


def list_told(text: str) -> list[str]:
    """Return the sentences of a text without a greeting; of a conversation, what both sides say."""
    if reported := list_reported(text):
        return reported
    sentences = split_sentences(text)
    if sentences and (greeting := GREETS.match(sentences[0])):
        rest = sentences[0][greeting.end() :].strip()
        kept = [f"{rest[:1].upper()}{rest[1:]}"] if len(rest.split()) > 1 else []
        sentences = [*kept, *sentences[1:]] or sentences
    return sentences


LABEL = make_regex(r"^[A-ZÀ-Þ][\w '-]{1,20}: ")


def list_foreign(text: str) -> list[str]:
    """Return the sentences of a text in another language; of a conversation, its statements."""
    sentences = [strip_salutation(one) for one in split_sentences(text)]
    if sum(LABEL.match(one) is not None for one in sentences) < MIN_TURNS:
        return sentences
    return [one for one in sentences if not one.endswith("?")] or sentences


MIN_TURNS = 2


SHORTER = make_regex(r"\b(?:short(?:er|en)|concise|tighten|trim)\b", re.I)
LIMITED = make_regex(r"\d|\b(?:words?|characters?|line|ten|five|half)\b", re.I)
"""A wish for fewer words, which a single sentence can only meet in itself."""


@form(
    "summary",
    "Summarize the following article in one sentence:\n\nThe city council approved a "
    "new bicycle lane on Tuesday. Construction will begin in May.",
    "TL;DR this: The committee met on Monday. It decided to postpone the vote until June.",
    words="summarize summarise note notes internal handover summary sum tl tldr sweet shorter"
    " concise brief gist nutshell"
    " recap essence bottom short boil important"
    " message kernaussage kernaussagen punkt"
    " kürze kurzfassung abstract digest key main condense shorten zusammen "
    "zusammenfassung fasse fass resume resumen resuma resumir résume résumé riassumi "
    "riassunto samenvatten samenvatting vat streść streszczenie podsumuj özetle ringkas "
    "ringkaskan tóm",
    about="the first facts of the given text, in the length that the prompt asks for",
)
def summarise(question: Question) -> str | None:
    if not question.material or not SUMMARISE.search(question.wish):
        return None
    is_english = question.written_language == "en"
    sentences = list_told(question.material) if is_english else list_foreign(question.material)
    if not sentences:
        return None
    is_open = SHORTER.search(question.wish) and not LIMITED.search(question.wish)
    if len(sentences) == 1 and is_english and is_open:
        return make_concise(question.material)
    points = POINTS.search(question.wish)
    if points or KEY_POINTS.search(question.instruction):
        most = parse_count(points[1], 20) if points else MOST_POINTS
        return "\n".join(f"- {one.rstrip('.')}" for one in sentences[:most])
    match = SENTENCES.search(question.wish)
    words = WORDS.search(question.wish)
    is_talk = is_english and bool(list_reported(question.material))
    count = parse_count(match[1]) if match else MOST_TURNS if is_talk else 2
    if is_talk and match:
        sentences = join_turns(sentences, count)
    kept = [end(sentence) for sentence in sentences[:count]]
    writer = None
    while match and len(kept) < count:
        writer = writer or Writer(question)
        kept.append(writer.write_sentence())
    text = ("" if CJK.search(kept[0][-2:]) else " ").join(kept)
    if words:
        most = parse_count(words[1], 2000)
        text = fit_words(text if match else " ".join(map(end, sentences)), most)
    elif limit := CHARACTERS.search(question.wish):
        text = fit_sentences(text if match else " ".join(map(end, sentences)), int(limit[1]))
    if (
        question.requested_language not in ("", "en")
        and question.requested_language != question.written_language
    ):
        return translate_text(" ".join(sentences[:count]), Writer(question))
    return text
