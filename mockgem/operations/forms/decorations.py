"""Wishes about single marks in a reply: emoji, bold words."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import measure_sentiment
from mockgem.operations.forms.topic_emojis import OTHER, choose_emoji
from mockgem.operations.forms.writing import Writer

EMOJI = make_regex(r"\bemojis?\b|表情|絵文字|эмодзи|이모지", re.I)
NO_EMOJI = make_regex(
    r"\b(?:no|not|without|don['’]t|avoid|never|ohne|keine|sin|sans|senza|sem)\s"
    r"(?:use |include |add |put |any ){0,2}"
    r"(?:(?!(?:with|use|add|include|put|but|forget|only|just|except|more|than)\b)"
    r"[^\s.!?]{1,30}\s){0,8}?emojis?",
    re.I,
)
"""Words against emoji, also as one of several things: "no markdown, lists or emojis"."""
EMOJIS = ("✨", "🌟", "🚀", "🎉", "🌿", "💡", "🙌", "☀️")
ONLY_EMOJI = make_regex(
    r"\b(?:only|just|solely|nothing but|exclusively|entirely|purely)\b(?: in| with| using"
    r"| respond| reply| answer| use| as| of| the| an?"
    rf"| one| {NUMBER}| single)*? emojis?\b|\bemojis? (?:only|alone|and nothing else)\b"
    r"|\b(?:as|into|to|in|(?:answer|reply|respond|react)\b[^.\n]{0,30} with)"
    r" (?:an? )?(?:single |one |\d )?emojis?\b(?=\s*[:.]|\s*$)"
    r"|\b(?:respond|reply|answer|react)\b[^.\n]{0,40} with (?:the |an? |one )?single emoji\b"
    r"|\bsingle emoji\b[^.\n]{0,80}[.\n] ?no (?:other |additional )?(?:text|words)\b"
    r"|^\W*emojis? for\b|^\W*(?:one|an?|single|1) (?:\w+ )?emoji (?:that|for|to|which)\b|\b(?:one"
    r"|1|an?|single) emoji\b[^\n\"“]{0,60}\bnothing else\b",
    re.I | re.M,
)
COUNT_OF_EMOJI = make_regex(rf"\b(an|{NUMBER})[- ](?:\w+ )?emojis?\b", re.I)
EMPHASIS = make_regex(
    r"\b(?:use|in|with|add|set|put|make)\b[^.\n]{0,20}\b(?:bold|italics?)\b|\bbold "
    r"(?:the|key|important|for)\b|\bhighlight\b[^.\n]{0,30}\bbold",
    re.I,
)


def wants_emoji(question: Question) -> bool:
    """Return whether the reply should have emoji."""
    if question.asks_how and not EMOJI.search(question.system):
        return False
    return EMOJI.search(question.wish) is not None and NO_EMOJI.search(question.wish) is None


def count_emoji(question: Question, usual: int) -> int:
    """Return how many emoji the reply should have: as many as the prompt says."""
    match = COUNT_OF_EMOJI.search(question.wish)
    return min(parse_count(match[1], len(EMOJIS)), len(EMOJIS)) if match else usual


QUOTED = make_regex(r"[\"“]([^\"”\n]{3,300})[\"”]")
MOODS = (
    (r"\b(?:promoted|promotion|won|graduat\w+|birthday|engaged|married|passed)\b", "🎉"),
    (r"\b(?:died|passed away|lost my|broke up|sad|cry\w*|miss you|funeral|fired)\b", "😢"),
    (r"\b(?:angry|furious|annoy\w+|hate)\b", "😠"),
    (r"\b(?:love|in love|crush|sweetheart)\b", "❤️"),
    (r"\b(?:tired|exhausted|sleepy)\b", "😴"),
    (r"\b(?:funny|hilarious|joke|laugh\w*)\b", "😂"),
)


def choose_fitting(text: str) -> str:
    """Return the emoji for what a text tells; empty for a text about nothing known."""
    said = QUOTED.search(text)
    told = said[1] if said else text
    found = next((emoji for words, emoji in MOODS if re.search(words, told, re.I)), "")
    named = found or choose_emoji(told)
    return "" if named == OTHER and not said else named


@form(
    "emoji",
    "Add emojis: we won the game!",
    words="emoji emojis",
    about="sentences with emoji, or the given text with emoji",
)
def add_emoji(question: Question) -> str | None:
    if not wants_emoji(question):
        return None
    if ONLY_EMOJI.search(question.wish):
        start = question.random.draw_below(len(EMOJIS))
        count = 1 if ONE_EMOJI.search(question.wish) else count_emoji(question, 3)
        if count == 1 and (fitting := choose_fitting(question.prompt)):
            return fitting
        mood = measure_sentiment(question.prompt) if question.system else 0
        if count == 1 and question.system:
            glad = mood > 0 or "!" in question.prompt
            return "😢" if mood < 0 else "🎉" if glad else "🙂"
        return " ".join(EMOJIS[(start + at) % len(EMOJIS)] for at in range(count))
    writer = Writer(question)
    start = question.random.draw_below(len(EMOJIS))
    sentences = (
        [question.material]
        if question.material and len(question.material) < 600
        else writer.write_sentences(count_emoji(question, 4))
    )
    return writer.space.join(
        f"{sentence} {EMOJIS[(start + at) % len(EMOJIS)]}" for at, sentence in enumerate(sentences)
    )


ONE_EMOJI = make_regex(
    r"\b(?:the|an?|one|single|1) (?:(?:best|single|most \w+|fitting|suitable|right|matching"
    r"|one) )*emoji\b(?!s)",
    re.I,
)
MANY = make_regex(
    rf"\b(?!(?:an?|one)\b)({NUMBER}) (?:[a-z-]+ ){{0,2}}(?:ideas|titles|names|tips|facts|headlines"
    r"|slogans|examples|options|reasons)\b",
    re.I,
)
"""Several short texts, each of which is in bold."""


def find_after_colon(text: str) -> str:
    """Return the sentence after "highlight … in bold:"; empty without these words."""
    match = re.search(r"\b(?:bold|italics?)[^:\n]{0,60}:\s+(\S.{20,2000})\Z", text, re.I | re.S)
    return match[1] if match else ""


def emphasise_given(text: str) -> str:
    """Return a text with its longest words in bold."""
    words = sorted(dict.fromkeys(re.findall(r"[^\W\d_]{5,}", text)), key=len, reverse=True)[:3]
    for word in words:
        text = re.sub(rf"\b{word}\b", f"**{word}**", text, count=1)
    return text


@form(
    "emphasis",
    "Use bold for key terms. What is inflation?",
    words="bold italic italics highlight",
    about="sentences with words in bold and in italics",
)
def emphasise_words(question: Question) -> str | None:
    if not EMPHASIS.search(question.wish):
        return None
    if (many := MANY.search(question.instruction)) and not question.material:
        from mockgem.operations.forms.invented_things import invent_things

        writer, count = Writer(question), parse_count(many[1], 20)
        items = invent_things(question, count) or [writer.write_item() for _ in range(count)]
        return "\n".join(f"{at}. **{item}**" for at, item in enumerate(items, 1))
    given = question.material or find_after_colon(question.prompt)
    if given:
        return emphasise_given(given)
    writer = Writer(question)
    paragraph = writer.write_paragraph(5)
    if f"**{question.topic}**" in paragraph:
        return paragraph
    topic = re.escape(question.topic)
    marked = re.sub(
        rf"(?<!\w){topic}(?!\w)", lambda match: f"**{match[0]}**", paragraph, count=1, flags=re.I
    )
    return marked if marked != paragraph else emphasise_given(paragraph)
