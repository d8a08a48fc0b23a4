"""Poems: haikus, limericks, and verses of any number.

In English they have lines of their kind and rhyme; in other languages they are short sentences.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.haikus import compose_haiku
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.related_sentences import list_things
from mockgem.operations.forms.short_texts import WRITE
from mockgem.operations.forms.writing import Writer

FILE = Path(__file__).parent.parent.parent / "data" / "verses.json"
HAIKU = make_regex(r"\bha[iï]kus?\b|俳句|хайку|하이쿠", re.I)


HAIKUS = make_regex(rf"({NUMBER}) (?:\w+ )?haikus\b(?!\?)", re.I)


LIMERICK = make_regex(r"\blimericks?\b", re.I)


POEM = make_regex(
    r"(?<!\w)(?:poems?|gedichte?|poemas?|poème|poesia|poesía|gedicht|wiersz|şiir|puisi"
    r"|song|lyrics|verses?|rhyme|sonnet)(?!\w)|стих\w*|вірш\w*|詩を|诗|시를|قصيدة|कविता"
    r"|(?<!\w)שיר(?= קצר| על| ל|$)|กลอน|บทกวี|bài thơ|một bài thơ",
    re.I,
)


POEM_AFTER = make_regex(r"的?(?:[短小]?[诗詩]|詩)$|の(?:詩|俳句)$|에 (?:대한|관한) (?:짧은 )?시$")
"""The word for a poem after its topic."""
BARE_POEM = make_regex(
    r"\W{0,3}(?:(?:an?|one|two|three|short|funny|little|long|ein|un|una|une|um|uma|\w{1,8}-line"
    r"|kurzes) ){1,3}(?:[\w-]{1,12} )?(?:poems?|gedicht|poema|poème|poesia|wiersz)\b",
    re.I,
)


LINES = make_regex(
    rf"({NUMBER})[- ]?(?:lines?|zeilen|zeiler|versos|líneas|lignes|vers|righe|versi|linhas|regels"
    r"|wersów|строк\w*|рядк\w*|行|句|줄|satır\w*|dize\w*|dòng|câu|baris|लाइन|पंक्ति\w*|سطور|أسطر|أبيات"
    r"|שורות|บรรทัด)",
    re.I,
)


STANZAS = make_regex(rf"({NUMBER})[- ](?:stanzas?|verses|strophen|estrofas|strophes|strofe)", re.I)


LIMERICK_TEXT = """A friend who liked {topic} a lot
Would think of it, whether or not
The weather was fair;
He would sit in his chair
And tell it again on the spot."""
COUPLETS = (
    ("The morning comes with quiet light", "and gently ends the longest night"),
    ("A little wind goes through the lane", "and brings the smell of summer rain"),
    ("The clouds move on, the fields turn gold", "and all the stones have tales untold"),
    ("We walk the path, we know the way", "and keep a part of every day"),
    ("The river sings beside the mill", "the evening settles on the hill"),
    ("A lamp is lit, a door stands wide", "there is a place for us inside"),
    ("The leaves may fall, the snow may stay", "the roots are green beneath the grey"),
    ("The road is long, the steps are small", "and yet they take us past the wall"),
    ("A voice is heard across the square", "and laughter fills the open air"),
    ("The harbour bells begin to ring", "and gulls go up on tilted wing"),
    ("The stars come out, the talk grows low", "and someone hums a song we know"),
    ("What was a seed is now a tree", "with room below for you and me"),
    ("The letters wait, the clocks run slow", "the garden has its time to grow"),
    ("So let the final line be plain", "tomorrow we will start again"),
)
"""Rhymed pairs of lines with four beats."""
OCCASIONS = tuple(
    (make_regex(pattern, re.I), couplets)
    for pattern, couplets in (
        (
            r"\bbirthday\b",
            (
                (
                    "Happy birthday to {}, the cake is on the plate",
                    "so many friends have come today to sing and celebrate",
                ),
                (
                    "Another year of laughter, of stories and of light",
                    "may every wish you make today come true before the night",
                ),
            ),
        ),
        (
            r"\b(?:wedding|anniversary|married)\b",
            (
                ("For {} we raise our glasses high", "two hearts, one road beneath the sky"),
                ("May every year be warm and long", "and every day become a song"),
            ),
        ),
        (
            r"\bchristmas\b",
            (
                ("The candles burn, the snow is deep", "the little stars their watches keep"),
                ("At Christmas time the bells ring clear", "and those we love are gathered here"),
            ),
        ),
    )
)
"""Rhymed pairs of lines for days of celebration."""
OPENING = ("Of {} I would like to tell", "a tale that I remember well")


@form(
    "haiku", "Write a haiku about autumn.", words="haiku haikus haïku haïkus", about="three lines"
)
def write_haiku(question: Question) -> str | None:
    if not HAIKU.search(question.instruction) or question.asks_how:
        return None
    match = HAIKUS.search(question.instruction)
    count = parse_count(match[1], 12) if match else 1
    if question.language != "en":
        return write_verses(question, 3, count)
    listed = LISTED_TOPICS.search(question.instruction) if count > 1 else None
    topics = split_topics(listed[1] if listed else question.topic, count)
    return "\n\n".join(compose_haiku(question, topic) for topic in topics)


def split_topics(topic: str, count: int) -> list[str]:
    """Return a topic for each poem: the listed ones if there are as many, else the whole."""
    listed = re.split(r", (?:and )?| and ", topic)
    return listed if len(listed) == count else [""] * count


LISTED_TOPICS = make_regex(r"\b(?:about|on) ([^.!?\n]{3,80})", re.I)


@form("limerick", "Limerick about a cat, please.", words="limerick limericks", about="five lines")
def write_limerick(question: Question) -> str | None:
    if not LIMERICK.search(question.instruction):
        return None
    if question.language != "en":
        return write_verses(question, 5)
    if hero := HERO.search(question.instruction):
        return HERO_LIMERICK.format(hero=hero[1].strip())
    return LIMERICK_TEXT.format(topic=question.topic)


HERO = make_regex(r"\babout (an? [\w-]+(?: [\w-]+){0,2} (?:who|that) [^.,!?\n]{3,60})", re.I)
"""Somebody who does something: "a cat who works as a barista"."""
HERO_LIMERICK = """There once was {hero},
Of whom all the neighbours would tell
That in sunshine or rain
There was nothing in vain,
And everything ended up well."""


@form(
    "poem",
    "Schreibe ein Gedicht über den Winter mit vier Zeilen.",
    words="poem poems gedicht gedichte poema poemas poème poesia poesía wiersz şiir puisi "
    "song lyrics verse verses rhyme sonnet",
    about="verses, as many as the prompt asks for",
)
def write_poem(question: Question) -> str | None:
    text = question.instruction
    if question.asks_how or not POEM.search(text) or question.material:
        return None
    if not WRITE.search(text) and not BARE_POEM.match(text):
        return None
    lines, stanzas = LINES.search(text), STANZAS.search(text)
    if lines and stanzas:
        return write_verses(question, parse_count(lines[1], 12), parse_count(stanzas[1], 12))
    if lines:
        return write_verses(question, parse_count(lines[1], 60))
    if "sonnet" in text.lower():
        return write_verses(question, 14)
    return write_verses(question, 4, parse_count(stanzas[1], 12) if stanzas else 2)


def write_verses(question: Question, lines: int, stanzas: int = 1) -> str:
    """Return stanzas of some lines each."""
    count = lines * stanzas
    writer = Writer(question)
    if question.language == "en":
        verses = rhyme(question, count)
    else:
        verses = recite(question, writer)[:count]
    while len(verses) < count:
        verses.append(shorten_verse(writer.write_sentence()))
    return "\n\n".join("\n".join(verses[at : at + lines]) for at in range(0, count, lines))


def recite(question: Question, writer: Writer) -> list[str]:
    """Return lines in another language than English, of which the first names the topic."""
    topic = shorten_topic(POEM_AFTER.sub("", question.topic), question.language)
    topic = topic[:1].upper() + topic[1:]
    if question.language != question.written_language:
        known = next(list_things(question.topic, "en", question.language), "") or writer.take_word()
        topic = known[:1].upper() + known[1:]
    return load_verses()[question.language].replace("{topic}", topic).split(" / ")


COUNT_IN_TOPIC = make_regex(
    r"\s?(?:पर|के बारे में|について|에 대한|에 관한|hakkında)?\s?\d{1,2}\s?"
    r"(?:लाइन|पंक्ति|行|句|줄|satır|dize).*\Z"
)
HEAD_LAST = frozenset("hi ja ko tr".split())
"""Languages in which the most important word of a topic stands at its end."""
MOST_WORDS = 4


def shorten_topic(topic: str, language: str) -> str:
    """Return the words of a topic that fit into a line."""
    words = COUNT_IN_TOPIC.sub("", topic).split()
    if len(words) <= MOST_WORDS:
        return " ".join(words)
    return " ".join(words[-2:] if language in HEAD_LAST else words[:3])


@cache
def load_verses() -> dict[str, str]:
    found: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def rhyme(question: Question, count: int) -> list[str]:
    """Return up to `count` lines in rhymed pairs; the first pair names the topic."""
    start = question.random.draw_below(len(COUPLETS))
    found: list[str] = []
    text = question.instruction[:400]
    own = next((lines for pattern, lines in OCCASIONS if pattern.search(text)), (OPENING,))
    for first, second in (*own, *COUPLETS[start:], *COUPLETS[:start]):
        found += [f"{first.format(question.topic)},", f"{second[:1].upper()}{second[1:]}."]
    return found[:count]


def shorten_verse(sentence: str) -> str:
    words = sentence.rstrip(".。").split()
    return " ".join(words[:7]).rstrip(",:;") + ("," if len(words) > 7 else ".")
