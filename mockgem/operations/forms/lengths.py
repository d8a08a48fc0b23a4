"""Texts of a requested length: words, sentences, paragraphs, lines."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.character_limits import write_characters
from mockgem.operations.forms.counts import NUMBER, find_before, parse_count
from mockgem.operations.forms.decorations import EMOJIS, count_emoji, wants_emoji
from mockgem.operations.forms.item_limits import shorten_item
from mockgem.operations.forms.known_records import describe_thing
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.length_parts import (
    EACH_ITEM,
    find_paragraphs_of_sentences,
    list_given_facts,
)
from mockgem.operations.forms.local_answers import find_text
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.themes import choose_theme
from mockgem.operations.forms.topics import KIND_OF_TEXT
from mockgem.operations.forms.usual_things import list_section_lines
from mockgem.operations.forms.wishes import read_wish
from mockgem.operations.forms.writing import LANGUAGES_WITHOUT_SPACES, Writer, define_subject
from mockgem.operations.generators import prose
from mockgem.operations.generators.prompt_analysis import parse_length, topic_of

WORDS = make_regex(
    r"(?<!\w)(?:words?|wörtern?|worten?|wort|palabras|mots|parole|palavras|woorden|słów"
    r"|kelime|kata|từ|слов\w*|слів|kelimelik)(?!\w)|字|词|단어|문자"
    r"|शब्द|คำ(?!ถาม|ตอบ|แนะ|ว่า)|كلم(?:ة|ات)|מילים",
    re.I,
)
SENTENCES = make_regex(
    r"(?<!\w)(?:sentences?|sätzen?|satz|frases?|oraciones|oración|phrases?|frasi|frase"
    r"|zinnen|zin|zdani\w*|cümle\w*|kalimat|câu|предложени\w+|речен\w+)(?!\w)|句话?|文で|文章"
    r"|문장|जुमल|جمل|वाक्य|משפטים|ประโยค",
    re.I,
)
CHARACTERS = make_regex(
    r"(?<![\w.])(\d{2,5})[ -]?(?:characters?|chars?|zeichen|caracteres|caractères|caratteri|tekens"
    r"|znak\w*|karakter\w*)\b",
    re.I,
)
PARAGRAPHS = make_regex(
    r"(?<!\w)(?:paragraphs?|absätzen?|absatz|párrafos?|paragraphes?|paragrafi|paragrafo"
    r"|parágrafos?|alinea's|akapit\w*|paragraf|абзац\w*)(?!\w)|段落?|문단|फقرات|पैराग्राफ|ย่อหน้า",
    re.I,
)
AT_MOST = make_regex(
    r"(?<!\w)(?:at most|no more than|maximum|max\.?|up to|under|fewer than|less than|or "
    r"less|or fewer|limit\w*|höchstens|maximal|máximo|au maximum|massimo|within|below"
    r"|nie więcej|не более)(?!\w)",
    re.I,
)
MAX_SENTENCES = 2000
MANY_SENTENCES = 200
"""Sentences in other languages, at most; more of them would repeat themselves."""
LONG = 120
"""English texts of up to this number of words are written like other prose."""
ENDINGS = make_regex(r"(?<=[.!?])\s+")


@form(
    "length",
    "Describe the ocean in exactly 30 words.",
    "Explain photosynthesis in two sentences.",
    "Write three paragraphs about the history of trains.",
    "Rispondi in 2 frasi: cos'è l'inflazione?",
    words="characters character chars zeichen caracteres caractères caratteri tekens znaków"
    " karakter word words sentence sentences paragraph paragraphs wort wörter wörtern worten satz "
    "sätze sätzen absatz absätze palabra palabras frase frases oraciones oración "
    "párrafo párrafos mot mots phrase phrases paragraphe parole parola frasi paragrafi "
    "paragrafo palavras parágrafo parágrafos woorden zinnen zin alinea słów zdania "
    "zdaniach zdanie akapit akapity kelime cümle paragraf kata kalimat từ câu",
    about="as many words, sentences or paragraphs as the prompt asks for",
)
def write_length(question: Question) -> str | None:
    limit = CHARACTERS.search(question.instruction) or CHARACTERS.search(question.system)
    if limit is not None and not question.asks_how:
        text = write_characters(int(limit[1]) - 2, question)
        return f"{text} {EMOJIS[0]}" if wants_emoji(question) else text
    if both := find_paragraphs_of_sentences(question.instruction):
        writer, (paragraphs, sentences) = Writer(question), both
        texts = (writer.write_sentences(sentences, about=at == 0) for at in range(paragraphs))
        return "\n\n".join(map(writer.space.join, texts))
    if short := write_short_sentence(question):
        return short
    wanted = find_length(question)
    if wanted is None:
        return None
    if (
        wanted[1] == "paragraph"
        and question.language != "en"
        and find_text("introduction", question.prompt, question.written_language, question.language)
    ):
        return None
    if not wants_emoji(question):
        return write_wanted(question, wanted)
    emoji = EMOJIS[: count_emoji(question, 3)]
    count, unit, most = wanted
    left = max(1, count - len(emoji)) if unit == "word" else count
    return f"{write_wanted(question, (left, unit, most))} {' '.join(emoji)}"


SHORT_SENTENCE = make_regex(
    r"\b(?:one|a|1|single) (?:[a-z]+ )?sentence\b[^.\n]{0,30}?\b(?:max(?:imum)?\.?(?: of)?"
    rf"|at most|under|no more than|up to|fewer than|less than|within) ({NUMBER}) words"
    rf"|\b({NUMBER})[- ]words? (?:max\w* )?(?:long )?sentence\b",
    re.I,
)
"""A sentence with a limit: "one sentence, max 15 words"."""


def write_short_sentence(question: Question) -> str | None:
    """Return one sentence of at most as many words as the prompt allows; None without a limit."""
    match = SHORT_SENTENCE.search(question.instruction)
    if match is None or question.material or question.language != "en":
        return None
    most = parse_count(next(filter(None, match.groups())), 200)
    writer = Writer(question)
    sentences = [writer.write_sentence() for _ in range(12)]
    short = [one for one in sentences if len(one.split()) <= most]
    about = [one for one in short if writer.first.lower() in one.lower() or one in writer.defined]
    found = next(iter(about or short), "")
    return found or f"{shorten_item(writer.write_sentence().rstrip('.').split(), most)}."


def write_wanted(question: Question, wanted: tuple[int, str, bool]) -> str:
    count, unit, most = wanted
    if (
        question.language == "en"
        and not (unit == "word" and count > LONG)
        and is_plain_length(question, count, unit)
        and KIND_OF_TEXT.match(topic_of(question.prompt)) is None
        and (count > MANY_SENTENCES or not is_known(question))
        and not most
        and not question.material
    ):
        text = prose.write_reply(
            question.prompt or "your message", question.random, question.system, question.opening
        )
        is_exact = len(ENDINGS.findall(text)) == count - 1
        if unit != "sentence" or is_exact or count > MANY_SENTENCES:
            return text
    writer = Writer(question)
    match unit:
        case "word" if most and count <= FEW and question.language != "en":
            return write_few_words(writer, count)
        case "word" if most and writer.language not in LANGUAGES_WITHOUT_SPACES and count < LONG:
            return write_up_to(writer, count)
        case "word":
            if not most and count <= LONG and writer.language == "en":
                return write_whole_sentences(writer, count)
            text = write_words(writer, max(1, count - 3) if most and count > 6 else count)
            text = drop_cut(text) if most else text
            return text.replace("\n\n", " ") if ONE_PARAGRAPH.search(question.wish) else text
        case "sentence" if given := list_given_facts(question):
            kept = given[:count] if USES_FACTS.search(question.instruction) else given[:1]
            more = writer.write_sentences(count - len(kept), about=False)
            return writer.space.join([*kept, *more][:count])
        case "sentence" if kept := list_kind_lines(question, count):
            return " ".join(kept)
        case "sentence":
            return writer.space.join(writer.write_sentences(min(count, MANY_SENTENCES)))
    return "\n\n".join(writer.write_paragraph(4, about=at == 0) for at in range(min(count, 50)))


KINDS = frozenset(
    "bio biography toast obituary advertisement ad greeting review testimonial".split()
)


def list_kind_lines(question: Question, count: int) -> list[str]:
    """Return the first sentences of a bio, a toast or another kind of text with known ones."""
    wish = read_wish(question) if question.language == "en" and not question.material else None
    if wish is None or wish.noun not in KINDS:
        return []
    kind = {"biography": "bio", "ad": "advertisement"}.get(wish.noun, wish.noun)
    lines = list_section_lines(f"{kind}:", re.sub(r"^(?:an?|the) ", "this ", wish.topic))
    return lines[:count] if len(lines) >= count else []


def is_known(question: Question) -> bool:
    """Return whether there is more to say about a topic than fits any topic."""
    theme = choose_theme(question.topic, question.instruction)
    is_told = describe_thing(question.topic) != "" or define_subject(question) != ()
    return theme is not None or is_told


def drop_cut(text: str) -> str:
    """Return a text without a last sentence that the limit may have cut, unless it has only one."""
    sentences = ENDINGS.split(text)
    return text[: -len(sentences[-1])].rstrip() if len(sentences) > 1 else text


ONE_PARAGRAPH = make_regex(
    r"\b(?:one|single|1|a) (?:\w+ )?paragraph\b|\b(?:ein(?:em)? absatz|un (?:solo )?párrafo"
    r"|un (?:seul )?paragraphe|un (?:unico )?paragrafo|um (?:único )?parágrafo)\b",
    re.I,
)


USES_FACTS = make_regex(
    r"\b(?:these|the|this|those|above|below|following|given|provided) (?:\w+ )?(?:facts|information"
    r"|details|data|notes|points)\b",
    re.I,
)
TRIES = 40


def write_up_to(writer: Writer, count: int) -> str:
    """Return whole sentences with at most `count` words."""
    sentences: list[str] = []
    left = count
    for at in range(TRIES):
        sentence = writer.write_sentence() if at else writer.write_opener()
        words = len(sentence.split())
        is_about = writer.first.lower() in sentence.lower() or sentence in writer.defined
        if words <= left and (sentences or is_about or at > TRIES // 2):
            sentences.append(sentence)
            left -= words
        if left < count // 3 or (at > count and sentences):
            break
    items = (writer.write_item() for _ in range(TRIES))
    short = next((item for item in items if len(item.split()) <= count), "")
    return " ".join(sentences) or end_text(short or " ".join(writer.write_item().split()[:count]))


FEW = 12
"""Words in a slogan or another short phrase."""


def write_few_words(writer: Writer, most: int) -> str:
    """Return a phrase of at most some words."""
    items = [writer.write_plain_item() for _ in range(8)]
    short = [item for item in items if len(item.split()) <= most]
    return short[0] if short else " ".join(items[0].split()[:most])


def is_plain_length(question: Question, count: int, unit: str) -> bool:
    """Return whether plain prose gets this length, or one above the limit, from the prompt."""
    edges = parse_edges(question)
    if edges is None or edges[1] != unit:
        return False
    return edges[0] == count or edges[0] > count >= MAX_SENTENCES


def parse_edges(question: Question) -> tuple[int, str] | None:
    """Return the length that plain prose takes from a prompt."""
    prompt = question.prompt
    edges = prompt if len(prompt) < 240 else prompt[:120] + prompt[-120:]
    return parse_length(edges) or (parse_length(question.system) if question.system else None)


def find_length(question: Question) -> tuple[int, str, bool] | None:
    """Return the number, the unit, and whether it is only a limit."""
    for text in (question.instruction, question.prompt[-400:], question.system):
        for pattern, unit, limit in (
            (WORDS, "word", 5000),
            (SENTENCES, "sentence", MAX_SENTENCES),
            (PARAGRAPHS, "paragraph", 50),
        ):
            for match in pattern.finditer(text):
                number = find_before(text, match.start(), 1 if unit == "word" else 2)
                if EACH_ITEM.match(text, match.end()):
                    continue
                near = text[max(0, match.start() - 30) : match.end() + 14]
                if not number or (
                    not IN_ONE.search(near)
                    and number in ("a", "an", "un", "une", "una", "um", "uma", "een")
                    and not match[0].endswith("paragraph")
                ):
                    continue
                return (
                    parse_count(number, limit),
                    unit,
                    AT_MOST.search(near) is not None and unit == "word",
                )
    return None


IN_ONE = make_regex(
    r"\b(?:in|en|em|con|com|with) (?:una?|une|um|uma|één|een|an?) (?:\w+ )?(?:frase|phrase|sentence"
    r"|oración|zin)\b",
    re.I,
)


def write_words(writer: Writer, count: int) -> str:
    """Return exactly `count` words, or about as many characters where words have no spaces."""
    if writer.language in LANGUAGES_WITHOUT_SPACES:
        text = writer.write_opener()
        while len(text) < count:
            text += writer.space + writer.write_sentence()
        return text
    sentence, missing = space_words(writer.write_opener(), "")
    paragraphs = [[sentence]]
    missing = count - missing
    number = 1
    while missing > 0:
        if number % 5 == 0:
            paragraphs.append([])
        mark = MARKS.get(number % 10, "") if count > LONG else ""
        sentence, words = space_words(writer.write_sentence(), mark)
        paragraphs[-1].append(sentence)
        missing -= words
        number += 1
    if missing < 0:
        paragraphs[-1][-1] = " ".join(paragraphs[-1][-1].split(" ")[:missing])
    return end_text("\n\n".join(map(" ".join, paragraphs)))


def write_whole_sentences(writer: Writer, count: int) -> str:
    """Return exactly `count` words in sentences that are not cut, the first about the topic."""
    words: list[str] = []
    for at in range(TRIES):
        sentence = (writer.write_sentence() if at else writer.write_opener()).split()
        if len(words) + len(sentence) <= count:
            words += sentence
    start = " ".join(words) or prose.write_phrase(writer.first, min(count, prose.MAX_PHRASE))
    return f"{start} {prose.fill_up(count - len(start.split()))}".strip()


MARKS = {2: "**", 4: "*"}
"""What is around the first words of some of ten sentences in a long text."""


@lru_cache(maxsize=4096)
def space_words(sentence: str, mark: str) -> tuple[str, int]:
    """Return a sentence with one space between words, the first ones between marks, and the number
    of words. Sentences come again."""
    words = (set_first_words(sentence, mark) if mark else sentence).split()
    return " ".join(words), len(words)


def set_first_words(sentence: str, mark: str) -> str:
    words = sentence.split(" ")
    return (
        f"{mark}{' '.join(words[:2])}{mark} {' '.join(words[2:])}" if len(words) > 4 else sentence
    )


def end_text(text: str) -> str:
    """Return a text that may have been cut off, with an end."""
    if text[-1:] in ".!?":
        return text
    text = text.rstrip(",:;–-") + "."
    return text + "*" * (text.count("*") % 2)
