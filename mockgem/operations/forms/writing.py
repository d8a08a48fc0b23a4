"""Write sentences, items and headings about a question, in the language of its reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import cycle

from mockgem.operations.forms.defined_terms import define_term
from mockgem.operations.forms.foreign_topics import trim_question
from mockgem.operations.forms.known_records import describe_thing
from mockgem.operations.forms.language_packs import LanguagePack, load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import (
    SENTENCE_END,
    SERIES,
    find_answer_key,
    find_definition,
    find_shape,
    find_verdict,
    load_answers,
)
from mockgem.operations.forms.local_differences import tell_difference
from mockgem.operations.forms.local_themes import find_known_advice, find_theme_key, tell_theme
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.themes import PRODUCT_THEME, choose_theme, list_theme_items
from mockgem.operations.forms.topics import IN_LANGUAGE
from mockgem.operations.forms.vocabulary import list_words
from mockgem.operations.forms.workings import list_workings
from mockgem.operations.generators.known_answers import find_answer
from mockgem.operations.generators.prompt_analysis import ASPECTS

SHORT_TOPIC = 3
"""A topic of up to this number of words stands in sentences as a whole."""
GENERAL = ("good planning", "daily practice", "experience")
"""What sentences name beside a topic that is a single thing."""
BOLD_FROM = 4
"""A paragraph with more sentences has its topic in bold and a sentence in italics."""
LANGUAGES_WITHOUT_SPACES = frozenset(("ja", "zh", "zh-Hant", "th"))


class Writer:
    """Writes about a question. No sentence comes a second time before all were used."""

    def __init__(self, question: Question, language: str = "") -> None:
        self.question = question
        self.random = question.random
        self.language = language or question.language
        self.pack: LanguagePack = load_pack(self.language)
        self.space = "" if self.language in ("ja", "zh", "zh-Hant") else " "
        keywords = [word for word in question.keywords if word not in ASPECTS] or [question.topic]
        start = self.random.draw_below(len(keywords))
        self.topic = question.topic
        self.advice: tuple[str, ...] = ()
        self.said: tuple[str, ...] = ()
        self.everyday = ""
        self.is_shaped = False
        if self.language != "en":
            self.look_up()
            keywords = [self.topic]
            start = 0
        self.first = keywords[start]
        self.second = keywords[(start + 1) % len(keywords)]
        if self.language == "en" and 1 < len(question.topic.split()) <= SHORT_TOPIC:
            self.first = question.topic
            self.second = GENERAL[start % len(GENERAL)]
        elif self.language == "en" and (ending := find_ending(question.topic)):
            self.first = ending
            self.second = next((w for w in keywords if w not in ending), GENERAL[0])
        elif self.first == self.second:
            self.second = GENERAL[0]
        self.theme = (
            choose_theme(question.topic, question.instruction) if self.language == "en" else None
        )
        self.known = describe_thing(question.topic) if self.language == "en" else ""
        self.defined = define_subject(question) if self.language == "en" else ()
        self.known = self.known or next(iter(self.defined), "")
        self.words = cycle(list_words(self.language))
        self.sentences = self.iterate_sentences()
        self.items = self.iterate_items()

    def look_up(self) -> None:
        """Find what is known about the topic in another language, and its name there."""
        question = self.question
        asked, source = find_asked(question), question.written_language
        self.advice = find_known_advice(asked, question.topic, source, self.language)
        known = find_definition(asked, question.topic, source, self.language)
        if source == "en":
            self.topic = name_abroad(question.topic, asked, self.language)
        else:
            self.topic = trim_question(self.topic)
        is_series = find_answer_key(asked, source) in SERIES
        told = () if is_series else self.advice
        self.said = told or tell_difference(asked, self.language) or known
        self.said = self.said or find_fact(asked, source, self.language)
        if not self.said:
            self.said = self.find_place(source)
        if not self.said and not is_series:
            self.said = tell_theme(asked, source, self.language)
            self.everyday = find_theme_key(asked, source) if self.said else ""
        if not self.said:
            verdict = find_verdict(asked, source, self.language)
            shape = find_shape(asked, self.topic, source, self.language)
            self.said = (verdict,) if verdict else shape
            self.is_shaped = bool(self.said)

    def find_place(self, source: str) -> tuple[str, ...]:
        """Return what to say about a country or a capital, and name it in the language."""
        from mockgem.operations.forms.local_facts import tell_place

        name, said = tell_place(self.question.topic, source, self.language)
        self.topic = name or self.topic
        return said

    def fill(self, text: str) -> str:
        """Return a sentence with the topic and the keywords in their places."""
        return fill_sentence(text, self.first, self.second, self.topic)

    def can_fill(self, text: str) -> bool:
        """Return whether a sentence needs no topic, or the topic has a name in the language."""
        return bool(self.topic) or "{" not in text

    def iterate_sentences(self) -> Iterator[str]:
        """Yield all sentences, then all of them after each of the leads."""
        sentences, leads = self.pack.sentences, self.pack.leads
        yield from self.defined[1:]
        for fact in self.theme.facts if self.theme else ():
            yield f"{fact}."
        yield from self.said
        sentences = tuple(one for one in sentences if self.can_fill(one))
        count = len(sentences)
        start = self.random.draw_below(count)
        step = 7 if count % 7 else 11
        while True:
            for lead in range(len(leads) + 1):
                for at in range(count):
                    sentence = self.fill(sentences[(start + step * at) % count])
                    yield sentence if lead == 0 else leads[(lead + at) % len(leads)] + sentence

    def iterate_items(self) -> Iterator[str]:
        said = self.advice or (self.said if self.language != "en" and not self.is_shaped else ())
        yield from (tip.rstrip(" .。।") for tip in said)
        items = [one for one in self.pack.items if self.can_fill(one)] or list(self.pack.items)
        items = [one for one in items if not self.everyday or "{" not in one] or items
        named = [at for at, item in enumerate(items) if "{a}" in item or "{topic}" in item]
        start = self.random.pick(named or [0])
        if self.theme:
            yield from list_theme_items(self.theme, self.question.instruction, self.first, start)
        for round_number in range(1000):
            for at in range(len(items)):
                text = self.fill(items[(start + 5 * at) % len(items)])
                yield f"{text} ({round_number + 1})" if round_number else text

    def write_sentence(self) -> str:
        return next(self.sentences)

    def write_plain_sentence(self) -> str:
        """Return a sentence that does not name the topic."""
        sentence = next(self.sentences)
        for _ in range(4):
            if self.first not in sentence and self.second not in sentence:
                break
            sentence = next(self.sentences)
        return sentence

    def write_plain_item(self) -> str:
        """Return an item that does not name the topic."""
        item = next(self.items)
        return next(self.items) if self.first in item or self.second in item else item

    def take_word(self) -> str:
        return next(self.words)

    def write_item(self) -> str:
        return next(self.items)

    def write_opener(self) -> str:
        if self.theme is PRODUCT_THEME:
            return self.write_first()
        opener = self.random.pick(self.pack.openers)
        return self.known or self.fill(opener)

    def write_closer(self) -> str:
        return self.fill(self.random.pick(self.pack.closers))

    def write_sentences(self, count: int, *, about: bool = True) -> list[str]:
        """Return some sentences, the first one about the topic."""
        is_told = self.defined or self.theme is PRODUCT_THEME
        if count == 1 and about and self.theme and not is_told:
            return [self.write_sentence()]
        first = [self.write_first(is_only=count == 1)] if about else []
        return [*first, *(self.write_sentence() for _ in range(count - len(first)))][:count]

    def write_first(self, *, is_only: bool = False) -> str:
        """Return the sentence that names the topic at the beginning of a text, or is all of it."""
        if self.theme is PRODUCT_THEME:
            topic = re.sub(r"^(?:an?|the|our|my) ", "", self.question.topic)
            return f"Meet the {topic}, made for everyday use."
        if self.said or not self.topic:
            return self.write_sentence()
        if is_only and (about := load_answers(self.language).texts.get("about")):
            return about.replace("{}", self.topic)
        return self.known or self.fill(self.pack.openers[0])

    def write_paragraph(self, count: int, *, about: bool = True) -> str:
        sentences = self.write_sentences(count, about=about)
        if count > BOLD_FROM and not self.question.opening:
            sentences = emphasise(sentences, self.topic, self.first, leans=self.language == "en")
        return self.space.join(sentences)

    def write_headings(self, count: int) -> list[str]:
        """Return headings: an overview first, a summary last, examples between."""
        headings = self.pack.headings
        if count == 1:
            return [headings[0]]
        middle = [
            headings[1 + at % 6] + (f" {1 + at // 6}" if at > 5 else "") for at in range(count - 2)
        ]
        return [headings[0], *middle, headings[-1]]


def define_subject(question: Question) -> tuple[str, ...]:
    """Return sentences that answer an English question, or define its topic; nothing if unknown."""
    is_question = question.written_language == "en" and len(question.stated) <= MAX_ASKED
    if workings := list_workings(question.topic):
        return workings
    told = find_answer(question.stated) if is_question else ""
    return tuple(SENTENCE_END.split(told)) if told else define_term(question.topic)


MAX_ASKED = 200
"""Characters of a question to which an answer may be known."""
ENDING = make_regex(r"(?:^|\s)([^\W\d][\w-]{2,20}\s[^\W\d][\w-]{2,20}|[^\W\d][\w-]{2,20})$")
BETWEEN = frozenset(
    "and or of for to the with from into about that this these in on at by my our your"
    " their its how what are was were has have not".split()
)


def find_ending(topic: str) -> str:
    """Return the noun at the end of a longer topic: "setting up a home office" → "home office"."""
    match = ENDING.search(topic) if topic != "your question" else None
    if match is None or not topic.isascii():
        return ""
    first, _, last = match[1].partition(" ")
    if last in BETWEEN or (first in BETWEEN and not last):
        return ""
    return last if last and first in BETWEEN else match[1]


@lru_cache(maxsize=4096)
def fill_sentence(text: str, first: str, second: str, topic: str) -> str:
    """Return a sentence about a topic. Questions about the same topic share most of them."""
    if "{" in text:
        text = text.replace("{a}", first).replace("{b}", second).replace("{topic}", topic)
    return text if text[:1].isupper() else text[:1].upper() + text[1:]


def write_line(language: str, count: int, question: Question) -> str:
    """Return one sentence in a language, of at most about `count` words."""
    sentence = Writer(question, language).write_sentence()
    words = sentence.split()
    if len(words) <= count + 3:
        return sentence
    return " ".join(words[:count]).rstrip(",;:") + "."


def find_fact(asked: str, source: str, target: str) -> tuple[str, ...]:
    """Return the sentence with a known fact that a short text in a language asks for."""
    from mockgem.operations.forms.local_facts import MAX_QUESTION, VALUE, find_key, say_fact

    key = find_key(asked, source) if len(asked) <= MAX_QUESTION else ""
    said = say_fact(key, target) if key else None
    return (VALUE.sub(r"\1", said),) if said else ()


ONLY_LANGUAGE = make_regex(
    r"\W*(?:please )?(?:answer|reply|respond)\b[^.?\n]{0,30}\bin [a-z]+\W*\Z", re.I
)
"""A request for a language alone, before a question."""


def find_asked(question: Question) -> str:
    """Return the question: what follows a request for a language, else what the prompt says."""
    is_question = question.material.strip().endswith("?")
    return question.material if is_question and follows_language(question) else question.stated


def follows_language(question: Question) -> bool:
    """Return whether a prompt says nothing but a language before its text."""
    return ONLY_LANGUAGE.match(question.stated) is not None


def name_abroad(topic: str, asked: str, target: str) -> str:
    """Return an English topic in another language; a short one as it is, if no word is known."""
    from mockgem.operations.forms.related_sentences import find_known_noun

    asked = asked.strip()
    if asks := QUESTION_START.match(asked):
        topic = re.split(r"[?.!\n]", asked[asks.end() :])[0]
    bare = re.sub(
        r"^(?:an?|the|my|your|our) | (?:works?|functions?|means?)$", "", topic, flags=re.I
    )
    words = re.split(r" (?:in|of|for|with|on|at|from|to|about|before|after) ", bare)[0].split()
    if len(bare.split()) > MAX_KEPT and 1 < len(words) <= MAX_HEAD:
        return find_known_noun(words[-1], target) or " ".join(words[-MAX_KEPT:])
    known = find_known_noun(bare, target)
    if known or len(bare.split()) <= MAX_KEPT:
        return known or bare
    return find_known_noun(IN_LANGUAGE.sub(" ", asked[:200]), target)


QUESTION_START = make_regex(
    r"(?:what|which|how|when|where|why) (?:(?:should|can|do|could|would|must) (?:i|we|you)|to)"
    r" \w+ (?:(?:for|in|on|about|to|with|an?|the|my|our) )*",
    re.I,
)
"""The words of a question before its topic: "what should I pack for a"."""
MAX_HEAD = 5
"""A noun with the words before it: "3 day hiking trip"."""
MAX_KEPT = 2
"""Words of an English topic that stands in another language as it is."""
ITALIC_AT = 3
"""The place of the sentence in italics."""


def emphasise(sentences: list[str], *topics: str, leans: bool = True) -> list[str]:
    """Return sentences with the first mention of a topic in bold, and a whole one in italics.

    Args:
        leans: Whether a sentence is in italics.
    """
    marked = list(sentences)
    for at, topic in ((at, topic) for topic in topics for at in range(len(marked))):
        if topic and find_words(topic).search(marked[at]):
            marked[at] = find_words(topic).sub(f"**{mark_safe(topic)}**", marked[at], count=1)
            break
    if leans and "*" not in marked[ITALIC_AT]:
        marked[ITALIC_AT] = f"*{marked[ITALIC_AT]}*"
    return marked


def mark_safe(text: str) -> str:
    return text.replace("\\", r"\\")


@lru_cache(maxsize=256)
def find_words(text: str) -> re.Pattern[str]:
    """Return a pattern for a phrase as whole words."""
    edges = (r"(?<!\w)", r"(?!\w)") if text[:1].isascii() else ("", "")
    return re.compile(f"{edges[0]}{re.escape(text)}{edges[1]}")
