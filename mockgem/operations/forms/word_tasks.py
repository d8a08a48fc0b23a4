"""Tasks with words: other words for a word, a sentence with it, analogies, blanks, odd ones out."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.cloze import fill_blank, finish_sentence
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_facts import find_true_option
from mockgem.operations.forms.question import WORD_START, Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.related_words import (
    ASKED,
    MORE,
    OPPOSITES,
    SYNONYMS,
    find_past,
    find_plural,
    find_rhyme,
)
from mockgem.operations.forms.word_parts import (
    THE_WORD,
    W,
    change_each,
    change_quoted,
    continue_names,
    count_letters,
    expand_letters,
    find_scrambled,
    name_nth_word,
    name_part,
    put_in_order,
)
from mockgem.operations.forms.word_sets import (
    PAIRS,
    find_other,
    find_part_of_speech,
    list_antonyms,
    list_synonyms,
)

MAX_TASK = 500
"""Characters of a message that is a task with words."""
RELATED = make_regex(
    rf"\b(?P<kind>synonyms?|antonyms?|opposites|rhymes?|words? (?:that|which) rhymes?|what"
    rf" rhymes)\b[^.?\n:]{{0,24}}? ?(?:for|of|to|with|:) {THE_WORD}{W}"
    rf"|\b(?P<other>(?:another|other|a different|different|alternative|a better|better) words?"
    rf"|words? (?:that|which) (?:mean|means) the same(?: thing)? as|words? similar to"
    rf"|words? with the same meaning as)(?: (?:for|to))? ?{THE_WORD}{W}",
    re.I,
)
HOW_MANY = make_regex(
    rf"\b({NUMBER}) (?:[a-z]+ ){{0,2}}(?:synonyms|antonyms|words|rhymes|opposites)\b", re.I
)
IN_SENTENCE = make_regex(
    rf"\b(?:use|put|using) (?:the )?(?:words?|terms?|phrase|verb|noun|adjective)?:? ?{W}"
    rf"(?:(?:,| and|, and) {W})? in an? (?:\w+ )?sentence\b"
    rf"|\bsentence (?:using|with|containing|including|that (?:uses|contains|includes|has))"
    rf" (?:the )?(?:words? |terms? )?{W}(?:(?:,| and|, and) {W})?(?=[.!?]|\s*\Z)",
    re.I,
)
ANALOGY = make_regex(
    rf"{W} ?(?:is to|:) ?{W}(?:,? (?:as|like)|,|\s?::) ?{W} ?(?:is to|:)\s?(?:___*|\?|\.\.\.|…"
    rf"|what)?"
    r"\W{0,4}(?:\n|\Z)",
    re.I,
)
RELATION = make_regex(r"\brelation(?:ship)?\b", re.I)
ODD_ONE = make_regex(
    r"\bodd (?:one|word|man)[ -]out\b|\bwhich\b[^?\n]{0,40}\bis(?: not|n['’]t) an? "
    r"[a-z -]{3,30}(?=[?:])|\b(?:does(?: not|n['’]t)|do not) (?:belong|fit)\b"
    r"|\bdifferent from"
    r" the (?:others|rest)\b|\bthe (?:intruder|outlier)\b",
    re.I,
)
OTHER_WISH = make_regex(r"\b(?:function|code|program|json|story|essay|poem|table)\b", re.I)


@form(
    "task with words",
    "What's another word for happy?",
    "Which is the odd one out: apple, banana, carrot, grape?",
    "Use the word serendipity in a sentence.",
    about="other words for a word, a sentence with it, the end of an analogy, the odd one out",
)
def answer_word_task(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_TASK or not may_be_task(prompt, question):
        return None
    if question.language != "en" or OTHER_WISH.search(prompt) or PREMISE.search(prompt):
        return None
    for solve in SOLVERS:
        if found := solve(prompt, question):
            return found
    return None


PREMISE = make_regex(r"\b(?:premise|hypothesis)\b\s?:", re.I)
TASK_STARTS = frozenset(
    word[:WORD_START]
    for word in (
        "synonym antonym opposites rhyme rhyming another other words similar sentence analogy pairs"
        " odd belong fit acronym vowels consonants letters plural past tense noun verb adjective"
        " adverb preposition pronoun rearrange unscramble reorder fill complete blank missing mask"
        " third second first last next comes which"
    ).split()
)
SIGNS = ("__", "::", " is to ", "stand for", "is a noun", " : ")


def may_be_task(prompt: str, question: Question) -> bool:
    """Return quickly whether a prompt may be a task with words."""
    if any(sign in prompt for sign in SIGNS):
        return True
    if not question.may_have_word(TASK_STARTS):
        return False
    is_length = question.is_latin and question.word_starts & TASK_STARTS <= COUNTED
    return not is_length or LENGTH.search(prompt) is None


COUNTED = frozenset(("word", "words"))
LENGTH = make_regex(
    r"\b\d{2,4}[- ]words? (?:about|on|essay|story|text|summary|or|max|article)\b", re.I
)
"""A length, whose "words" are not a task: "Write 400 words about tides"."""


FIRST_LETTER = make_regex(
    r"\b(?:start|begin)\w*? with (?:an? |the )?(?:letter )?[\"'“]?([a-z])(?![a-z])", re.I
)


def name_words(prompt: str, question: Question) -> str:
    """Return other words for a word: one, or a list with as many as a prompt wants."""
    match = RELATED.search(prompt)
    if match is None:
        return ""
    word = str(next(filter(None, match.groups()[1::2] if match["kind"] else match.groups()[3:])))
    kind = (match["kind"] or "synonym").lower()
    if "rhym" in kind:
        words = list_rhymes(word.lower())
    else:
        words = (list_antonyms if kind[0] in "ao" else list_synonyms)(word)
    if letter := FIRST_LETTER.search(prompt):
        near = [other for one in words for other in list_synonyms(one) if other != word.lower()]
        fitting = [one for one in (*words, *near) if one.startswith(letter[1].lower())]
        words = list(dict.fromkeys(fitting)) or words
    is_known = not letter and (word.lower() in SYNONYMS or word.lower() in OPPOSITES)
    if not words or (is_known and ASKED.search(prompt) and not MORE.search(prompt)):
        return ""
    counted = HOW_MANY.search(prompt)
    is_one = re.search(r"\b(?:an?|one|another) (?:\w+ )?(?:synonym|antonym|word)\b", prompt, re.I)
    if is_one and not counted:
        return words[0]
    count = parse_count(counted[1], 10) if counted else 5
    more = [other for one in words[:3] for other in list_synonyms(one) if other != word.lower()]
    chosen = list(dict.fromkeys([*words, *more]))[: max(count, 1)]
    if count > LONG_LIST and len(chosen) < count:
        return ""
    if "semicolon" in prompt:
        return "; ".join(chosen)
    is_line = question.is_terse or "comma" in prompt
    return ", ".join(chosen) if is_line else "\n".join(f"- {one}" for one in chosen)


LONG_LIST = 5
"""A longer list needs more than the known words."""


def list_rhymes(word: str) -> list[str]:
    """Return words with the ending of a word."""
    start = re.match(r"[^aeiou]*", word)
    rest = word[start.end() :] if start else word
    known = RHYMES.get(rest) or RHYMES.get(rest[-3:]) or []
    return [one for one in known if one != word] or [find_rhyme(word)]


RHYMES = {
    line.partition(" ")[0]: line.partition(" ")[2].split()
    for line in """ight light night bright sight right might
at cat hat bat mat flat
ay day play way stay say
ee tree bee free see
ound sound ground round found
ind wind mind kind find
ove love dove above glove
eart heart start part art
ime time rhyme climb lime
ain rain train pain main
all ball call tall wall
ook book look cook hook
ing sing ring king spring
ate late gate plate great
ore more store shore score
own town down crown brown
uct instruct construct product conduct
ace place face space race
ame game name flame same
ool cool school pool tool""".splitlines()
}


def write_sentence_with(prompt: str, _: Question) -> str:
    """Return a sentence with one or two given words."""
    match = IN_SENTENCE.search(prompt)
    if match is None:
        return ""
    one, *more = [group for group in match.groups() if group]
    if more:
        return f"In the old story, the {one} and the {more[0]} belong together."
    frames = {
        "adverb": f"She answered {one} when they asked for her opinion.",
        "adjective": f"It was a {one} answer to a difficult question.",
        "verb": f"They wanted to {one} before the others arrived.",
        "conjunction": f"We stayed outside, {one} it was already getting dark.",
        "preposition": f"They spoke about it {one} the old bridge.",
        "pronoun": f"Everybody knew that {one} would be there.",
    }
    text = frames.get(
        find_part_of_speech(one), f"Nobody had expected so much {one} on an ordinary day."
    )
    return re.sub(r"\ba (?=[aeiou])", "an ", text)


def complete_analogy(prompt: str, question: Question) -> str:
    """Return the fourth word of "hot is to cold as up is to"."""
    match = ANALOGY.search(prompt)
    if match is None or RELATION.search(prompt):
        return ""
    one, two, three = (match[at].lower() for at in (1, 2, 3))
    fourth = find_fourth(one, two, three)
    return fourth if question.is_terse or "word" in prompt.lower() else f"{fourth.capitalize()}."


PAIR = make_regex(rf"{W} ?(?:is to|:) ?{W}")


def name_relation(prompt: str, _: Question) -> str:
    """Return what the words of each given pair are to each other."""
    match = PAIR.search(prompt) if RELATION.search(prompt) else None
    if match is None:
        return ""
    one, two = match[1].lower(), match[2].lower()
    if two in list_antonyms(one) or one in list_antonyms(two):
        return "The words of each pair are opposites of each other."
    if two in list_synonyms(one):
        return "The words of each pair have nearly the same meaning."
    if find_plural(one) == two:
        return "The second word of each pair is the plural of the first one."
    return f"The second word of each pair belongs to the first one, as {two} belongs to {one}."


def find_fourth(one: str, two: str, three: str) -> str:
    seconds = {pair[0]: pair[1] for pair in reversed(PAIRS)}
    if find_plural(one) == two:
        return find_plural(three)
    if find_past(one) == two:
        return find_past(three)
    if two in list_synonyms(one) and (close := list_synonyms(three)):
        return close[0]
    if three in seconds and (one in seconds or not list_antonyms(three)):
        return seconds[three]
    opposites = list_antonyms(three) or list_synonyms(three)
    return opposites[0] if opposites else seconds.get(three, two)


def name_odd_one(prompt: str, question: Question) -> str:
    """Return the thing that does not belong to the others, with the reason if nobody forbids it."""
    match = ODD_ONE.search(prompt)
    if match is None:
        return ""
    rest = prompt[match.end() :] if "," in prompt[match.end() :] else prompt[: match.start()]
    listed = re.split(
        r"\s*,\s*(?:and |or )?|\s+(?:and|or)\s+|\n+", LEAD.sub("", rest).strip(" .?!:\n")
    )
    things = [thing.strip(" -*•.?!\"'") for thing in listed if thing.strip()]
    things = [thing for thing in things if len(thing.split()) < 4]
    if len(things) < 3:
        return ""
    is_other = not re.search(r"(?: not|n['’]t) a", match[0])
    odd = find_other(things) if is_other else find_true_option(things, prompt) or find_other(things)
    if question.is_terse:
        return odd
    if not is_other:
        return f"{odd[:1].upper()}{odd[1:]}."
    others = ", ".join(thing for thing in things if thing != odd)
    name = f"**{odd[:1].upper()}{odd[1:]}**"
    return f"{name} is the odd one out: {others} are of the same kind, and it is not."


LEAD = make_regex(
    r"\A[^:\n]{0,80}[:\n]\s*|\A\W*(?:in|from|among|of)?(?: (?:this|the|these))?(?: \w+){0,3}:?\s*\n"
)


Solver = Callable[[str, Question], str]
SOLVERS: tuple[Solver, ...] = (
    name_words,
    write_sentence_with,
    complete_analogy,
    name_relation,
    fill_blank,
    finish_sentence,
    find_scrambled,
    name_odd_one,
    expand_letters,
    count_letters,
    name_nth_word,
    change_quoted,
    change_each,
    name_part,
    put_in_order,
    continue_names,
)
