"""Find the facts in a request, and the one that answers a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Set
from functools import lru_cache
from math import fsum

from mockgem.core.frozen import frozen
from mockgem.operations.forms.answer_kinds import (
    WANTS_PLACE,
    WENT_WRONG,
    AnswerKind,
    find_failure,
    lacks_kind,
    list_kinds,
    score_kinds,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.word_families import (
    count_kin,
    find_antecedents,
    is_unspaced,
    list_kin,
    list_pairs,
)
from mockgem.operations.generators.word_stems import VAGUE_WORDS, extract_stems

SENTENCE = make_regex(r"[^.!?。！？\n]+(?:[.!?](?=\S)[^.!?。！？\n]*)*[.!?。！？]*[\"”»]?")
ABBREVIATION = make_regex(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|Nr|No|vs|approx|Inc|Ltd|Jr|Sr|ca|bzw|e\.g|i\.e|z\.B|[A-Z])\.(?=\s)"
    r"|\b\d{1,2}\.(?=\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
    r"|Dezember|Uhr)\b)"
    r"|\b(?:max|min|incl|excl|tel|ext|fig|inkl|evtl|ggf|env|etc|resp|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    r"\.(?=\s[a-z0-9])"
    r"|(?<![\d.])\d{1,2}\.(?=\s(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Ja[nh]|[a-zà-ÿ]))"
)
ELEMENT = make_regex(r"</?[a-z_]{2,30}(?: [^<>\n]{0,80})?>")
SOURCE_MARK = make_regex(r"(?:\[\d{1,3}\]|\(\d{1,3}\))[:.]?\s")
SOURCE_LABEL = make_regex(
    r"(?:document|doc|source|chunk|passage|snippet|context|page|fact|note|text"
    r"|content|body)s? ?#?[\w.]{0,6}"
    r"(?: ?\([^()\n]{1,40}\))? ?[:：] ",
    re.I,
)
COMMANDS = make_regex(
    r"(?:\W{0,3}(?:please )?(?:answer|reply|respond|use|cite|quote|keep|refer|say|return|output"
    r"|write"
    r"|give|you (?:are|must|should|will|can|may|have to)|your (?:task|job|answers?|responses?"
    r"|replies|reply|role|goal|output|name)|must|do|don't|never|always|be|act"
    r"|(?:if|when)\b[^.\n]{0,80}\b(?:answer|say|respond|reply|unsure|don['’]t know|do not know"
    r"|questions?|context|not (?:in|found|mentioned)|users? asks?|customers? asks?)"
    r"|only (?![a-z]+s (?:can|may|are|have|get|receive)\b)|based on|helpful answer"
    r"|begin|here (?:is|are)|the following|antworte|nutze|responde"
    r"|usa|réponds|utilise|rispondi|responda)\b)|[^.!?\n]{0,60}[:：]\s*\Z",
    re.I,
)
"""The beginning of an instruction between the facts, or a heading."""
KEY_WORD = make_regex(
    r"\bhow (\w+)|\b(?:what|which) (?!is|are|was|were|do|does|did|can)(\w+) (?:is|are|was|were|do"
    r"|does|did|can|has|have)\b|(?:^|[.,:?]\s{0,3})(?:is|are|was|were)"
    r" (?:the |an? |my |your )?(\w+)|(?:^|[.,:?]\s{0,3})(?:does|do|did|can|may|will|has|have)"
    r" (?:the |an? |my |your )?\w+ (\w+)|\bwho (?!is|are|was|were|does|do|did|can|has|have)(\w+)"
    r"|\b(?:did|does|do) [^?.\n]{2,60}? (?-i:([a-z]{3,}))\?"
    r"|\b(?:heure|ora|hora|quand|quando|cuándo|wann|dónde|dove|wanneer|когда|во сколько|коли"
    r"|combien|cuánto|quanto) (?:est-ce que |si |se )?(?!est|ist|sind|wird|hat|son|está|es\b|è\b"
    r"|on\b)"
    r"(\w{4,})"
    r"|\b(?:cuánt[oa]s|quant[ie]|quant[oa]s|combien d[e'’] ?|wie ?viele|hoeveel|ile) ?(\w{4,})"
    r"|\b(?:qué|cuál|quel(?:le)?s?|qual[ei]?|che|welche\w*|um wie viel|hoe) \w{2,12} (?:está"
    r"|están|es|è|est"
    r"|sont|ist|sind|hat|is|são) (\w{5,})"
    r"|\b(?:was|were|is|are) [^?.\n]{2,60}? (?-i:([a-z]{2,12}(?:ed|en|lt|wn|de|nt|ld|ght)))\?",
    re.I,
)
"""The word that a question is about."""
ENOUGH = 0.5
"""The share of a question's words that a text has if it answers the question."""


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; only its first 12,000 characters count."""
    if len(text) > MAX_KEPT:
        return list(find_sentences(text[:MAX_TEXT]))
    return list(find_kept_sentences(text))


MAX_TEXT = 12_000
MAX_KEPT = 2_000
"""Characters of a text whose sentences are kept, because a conversation sends its turns again."""


def find_sentences(text: str) -> tuple[str, ...]:
    if "<" in text:
        text = ELEMENT.sub("\n", text)
    text = ABBREVIATION.sub(lambda match: f"{match[0][:-1]}\0", text)
    found = [
        SOURCE_LABEL.sub("", sentence.replace("\0", ".").strip(" \n-*•"), count=1)
        for sentence in SENTENCE.findall(text)
    ]
    return tuple(sentence for sentence in found if len(sentence) > 3)


find_kept_sentences = lru_cache(maxsize=512)(find_sentences)


def fit_sentences(text: str, most: int) -> str:
    """Return the first sentences of a text that fit into a number of characters."""
    kept = ""
    for sentence in split_sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def fit_words(text: str, most: int) -> str:
    """Return the first sentences of a text that have at most a number of words."""
    kept: list[str] = []
    for sentence in split_sentences(text):
        if len(kept) + len(sentence.split()) > most:
            break
        kept.extend(sentence.split())
    if kept:
        return " ".join(kept)
    words = text.split()[:most]
    clause = next((at for at in range(len(words), most // 2, -1) if words[at - 1][-1] in ",;"), 0)
    words = words[:clause] or words
    while len(words) > 3 and len(words[-1]) < MIN_LAST:
        words.pop()
    return " ".join(words).rstrip(" ,;:.") + "."


MIN_LAST = 5
"""Letters of the word at which a sentence is cut."""


def list_facts(text: str) -> list[str]:
    """Return the sentences of a text that are neither instructions nor questions."""
    parts = [
        sentence.partition(": ")[2] if COMMANDS.match(sentence) else sentence
        for sentence in split_sentences(text)
    ]
    return [part for part in parts if not part.endswith("?") and len(part.split()) > 2]


LONG_WORD = make_regex(r"[^\W\d_]{4,}")


def list_wanted(asked: str) -> frozenset[str]:
    """Return the words of a question with a meaning; all its longer words if none has one."""
    if is_unspaced(asked):
        return list_pairs(asked)
    wanted = extract_stems(asked) or frozenset(LONG_WORD.findall(asked.lower()))
    if ENGLISH.search(asked):
        return wanted
    plain = wanted - FUNCTION_WORDS
    return frozenset(word for word in plain if len(word) > 2 or not word.isalpha()) or plain


ENGLISH = make_regex(r"\b(?:the|is|was|what|when|how|who|where|which|does|do|are|can|did)\b", re.I)


FUNCTION_WORDS = frozenset(
    """
    wie was wann wer wem wen warum welche welcher welches viel viele lange oft ich mein meine meinen
    meiner mir mich habe haben hast hat kann kannst können darf muss müssen soll wird werden wurde
    wurden eine einen einem einer eines ist sind war waren der die das den dem des für von mit bei
    nach auf aus und oder nicht gibt man sie ihr euch euer eure zeit
    qué que cuándo cuánto cuánta cuántos cuántas cómo dónde quién por para con una uno los las del
    puedo puede tengo tiene hay mi mis su sus está están cuesta es son
    quel quelle quels quelles quand combien comment où qui est sont pour avec dans une des les du
    mon mes vos votre puis peut ai avez faut coûte
    che quando quanto quanta quanti quante come dove chi per con una uno gli degli delle posso può
    habt geöffnet_ ho ha mio mia miei sono costa
    qual quais onde quem quanto meu minha posso pode tem são custa
    hoe wat wanneer waar wie hoeveel kan mijn heeft zijn voor een het
    """.split()
)
"""Words of questions in several languages that tell nothing about the answer."""


def choose_sentence(sentences: list[str], asked: str) -> str | None:
    """Return the sentence with the most words of a question; None if no sentence has any."""
    plain = [SOURCE_MARK.sub("", one, count=1) if one[:1] in "[(" else one for one in sentences]
    best = choose_plain(plain, asked)
    return None if best is None else sentences[plain.index(best)]


Words = frozenset[str]


@frozen
class Asked:
    """What a question asks for.

    Attributes:
        wanted: Its words with a meaning.
        key: The words that it is about.
        kinds: The kinds of values that it wants.
        vague: Its words of little meaning.
        pronoun: Whom it asks about, such as "she"; empty without a pronoun.
        kin: Beginnings of words that answer its words; `key_kin` those for its key.
        starts: The first letters of all these words.
        needs_word: Whether a sentence needs one of them to answer.
        is_foreign: Whether it has no common English word.
        read: Returns the words of a sentence.
    """

    wanted: Words
    key: Words
    kinds: tuple[AnswerKind, ...]
    vague: Words
    pronoun: str
    kin: Words
    key_kin: Words
    starts: Words
    needs_word: bool
    is_foreign: bool
    read: Callable[[str], Words]


@lru_cache(maxsize=64)
def read_question(asked: str) -> Asked:
    """Return what a question asks for; kept, because several recognisers ask it."""
    wanted = list_wanted(asked)
    wanted |= {stem[:-1] for stem in wanted if len(stem) > 5 and stem.endswith("e")}  # "descaling"
    key = extract_stems(" ".join(map(" ".join, KEY_WORD.findall(asked))))
    key |= list_pairs(find_core(asked)) if is_unspaced(asked) else NOTHING
    kinds = list_kinds(asked)
    vague = list_words(asked) & VAGUE_WORDS
    pronoun = PRONOUN.search(asked)
    kin, key_kin = list_kin(wanted), list_kin(key)
    return Asked(
        wanted=wanted,
        key=key,
        kinds=kinds,
        vague=vague,
        pronoun=pronoun[0].lower() if pronoun else "",
        kin=kin,
        key_kin=key_kin,
        starts=list_starts(wanted | key | kin),
        needs_word=not (kinds or vague or pronoun or WANTS_PLACE.search(asked)),
        is_foreign=ENGLISH.search(asked) is None,
        read=choose_reader(asked),
    )


def choose_plain(sentences: list[str], asked: str) -> str | None:
    """Return the best of sentences without marks of their sources."""
    if WENT_WRONG.search(asked) and (failed := find_failure(sentences)):
        return failed
    question = read_question(asked)
    wanted, kinds = question.wanted, question.kinds
    found, words, starts = read_words(tuple(sentences[:400]), question.read)
    if question.needs_word and wanted.isdisjoint(words) and question.starts.isdisjoint(starts):
        return None
    rivals = list_rivals(sentences[:400], asked)
    best, best_score = None, 0.0
    fit, fit_score = None, 0.0
    counts = Counter(stem for stems in found for stem in stems & wanted)
    for sentence, stems in zip(sentences, found, strict=False):
        if (
            question.needs_word
            and wanted.isdisjoint(stems)
            and question.starts.isdisjoint(list_starts(stems))
        ):
            continue
        score = score_words(sentence, stems, question, counts)
        score += score_kinds(sentence, kinds, asked)
        if any(rival in sentence and name not in sentence for name, rival in rivals):
            score -= 2
        if score > best_score:
            best, best_score = sentence, score
        if (
            score > fit_score
            and kinds
            and not wanted.isdisjoint(stems)
            and not lacks_kind(sentence, kinds)
        ):
            fit, fit_score = sentence, score
    return fit if best and fit and lacks_kind(best, kinds) else best


def score_words(sentence: str, stems: Words, asked: Asked, counts: Counter[str]) -> float:
    """Return what the words of a sentence are worth for a question.

    Args:
        counts: In how many sentences each word of the question is: rare ones count more.
    """
    wanted, key = asked.wanted, asked.key
    shared = wanted & stems
    score = len(shared) + 2.5 * len(key & stems) + count_related(wanted - shared, stems)
    score += 2.3 * count_inflected(key - stems, stems) if key else 0
    score += 0.9 * count_kin(asked.kin, (stems | (list_words(sentence) & VAGUE_WORDS)) - shared)
    score += count_kin(asked.key_kin, stems - key)
    score += 0.9 * count_endings(wanted - shared, stems) if asked.is_foreign else 0
    score += 0.5 if asked.pronoun and asked.pronoun in sentence[:5].lower().split() else 0
    if shared:
        score += fsum(0.2 / counts[stem] for stem in shared)
    return score + (0.4 * len(asked.vague & list_words(sentence)) if asked.vague else 0)


@lru_cache(maxsize=32)
def read_words(
    sentences: tuple[str, ...], read: Callable[[str], Words]
) -> tuple[tuple[Words, ...], Words, Words]:
    """Return the words of each sentence with those of its subject, all words, and their first
    letters; kept, because several recognisers ask the same text, and turns come again."""
    subjects = [list_wanted(one) if one else NOTHING for one in find_antecedents(sentences)]
    found = [read(one) | names for one, names in zip(sentences, subjects, strict=True)]
    words = frozenset().union(*found)
    return tuple(found), words, list_starts(words)


PRONOUN = make_regex(r"\b(?:he|she|they)\b", re.I)
CORE = make_regex(
    r"(?:何[時月日年人円歳曜]?[間日]?|なんじ|いつ|どこ|だれ|誰|いくら|いくつ|どの|几点|幾點|什么时候|什麼時候|哪里|哪裡"
    r"|哪儿|谁|誰|多少|几|什么|什麼)(?:に|から|まで|で|を|へ|が|の)?([^?？。\s何]{2,20}?)"
    r"(?:ますか|ましたか|ですか|でしたか|か|吗|呢|的)?[?？。]{0,2}\s*\Z"
)


def find_core(asked: str) -> str:
    """Return what follows the question word of a Japanese or Chinese question; else nothing."""
    match = CORE.search(asked[-60:])
    return match[1] if match else ""


NAMED_KIND = make_regex(r"\b([A-Z][\w-]+|[A-Z]) ([a-z]{3,20})\b")


@lru_cache(maxsize=512)
def list_named_kinds(sentence: str) -> tuple[tuple[str, str], ...]:
    """Return the names with a kind in a sentence: "Pro plan"; kept, because turns come again."""
    return tuple(NAMED_KIND.findall(sentence))


def list_rivals(sentences: list[str], asked: str) -> list[tuple[str, str]]:
    """Return what a question names with its kind, and others of the kind: Pro and Starter plan."""
    named = [pair for one in sentences for pair in list_named_kinds(one)]
    lower = asked.lower()
    return [
        (f"{name} {kind}", f"{other} {kind}")
        for name, kind in dict.fromkeys(named)
        if f" {name.lower()} {kind}" in lower
        for other, same in dict.fromkeys(named)
        if same == kind and f"{other.lower()} {kind}" not in lower
    ]


def choose_reader(asked: str) -> Callable[[str], frozenset[str]]:
    """Return what reads the words of sentences as those of a question are read."""
    if is_unspaced(asked):
        return list_pairs
    return extract_stems if extract_stems(asked) else list_words


NOTHING: frozenset[str] = frozenset()


def list_words(text: str) -> frozenset[str]:
    return frozenset(LONG_WORD.findall(text.lower()))


def count_related(wanted: Set[str], stems: frozenset[str]) -> float:
    """Return a score for words of the same family: "owns" and "owner"."""
    starts = list_starts(stems)  # a word of the same family begins with the same letters
    near = [word.removesuffix("y") for word in wanted if word[:3] in starts] if wanted else ()
    return 0.9 * sum(
        any(stem.startswith(word) or word.startswith(stem) for stem in stems if len(stem) > 2)
        for word in near
    )


def count_endings(wanted: Set[str], stems: frozenset[str]) -> int:
    """Return how many words have another last letter: "cane" and "cani", "blanco" and "blanca"."""
    beginnings = {stem[:-1] for stem in stems if len(stem) >= MIN_INFLECTED}
    return sum(len(word) >= MIN_INFLECTED and word[:-1] in beginnings for word in wanted)


MIN_INFLECTED = 4


def count_inflected(wanted: Set[str], stems: frozenset[str]) -> int:
    """Return how many words another stem has, one letter longer at most: "carry", "carried"."""
    return sum(
        any(
            stem.startswith(word.removesuffix("y")) and abs(len(stem) - len(word)) < 2
            for stem in stems
        )
        for word in wanted
        if len(word) > 3
    )


@lru_cache(maxsize=1024)
def list_starts(stems: frozenset[str]) -> frozenset[str]:
    return frozenset([stem[:3] for stem in stems if len(stem) > 2])


def measure_coverage(sentence: str, text: str, asked: str) -> float:
    """Return the share of a question's words that a sentence has.

    Words that only the rest of the text has count half.

    Returns:
        From 0 to 1.
    """
    wanted = list_wanted(asked)
    read = choose_reader(asked)
    near, far = read(sentence), read(text)
    found = len(wanted & near) + count_related(wanted - near, near)
    found += count_kin(list_kin(wanted - near), near | (list_words(sentence) & VAGUE_WORDS))
    found += count_endings(wanted - near, near) if ENGLISH.search(asked) is None else 0
    return (found + 0.5 * len((wanted - near) & far)) / (len(wanted) or 1)
