"""Readable English about a question. Not clever, but to the point: it takes up the question's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

from mockgem.operations.generators.seeded_random import SeededRandom

GREETING = re.compile(
    r"^\W*(hi|hello|hey|good (?:morning|afternoon|evening)|howdy|greetings|ping|test)\b[\w ,]{0,24}\W*$",
    re.I,
)
LEAD_IN = (
    r"\W*(?:(?:please|kindly|can you|could you|would you|will you|i want you to|i'd like you to|help me)\s+)*"
    r"(?:(?:explain|tell|describe|show|give|write|summari[sz]e|list|name|implement|create|generate|compose|draft|find|"
    r"return|answer|say|discuss|outline|translate|compare|analy[sz]e|make|think of|talk)\b"
    r"(?:\s+(?:to|with|for))?(?:\s+(?:me|us))?(?:\s+about)?\s*)?"
    r"(?:(?:what(?:'s| is| are| was| were)|who(?:'s| is| are| was| \w+ed| wrote| made| won)|"
    r"where(?:'s| is| are)|when(?:'s| is| are| was| did)|"
    r"why (?:is|are|does|do|did)|how (?:do|does|did|can|could|to|is|are)(?: i| you| we| they| one)?|"
    r"is|are|do|does|did|can|could|should|will)\s+)?"
)
START = re.compile(LEAD_IN + r"([^.!?\n]*(?:\.(?=\S)[^.!?\n]*)*)", re.I)
"""What leads up to a question's topic, and the rest of its first sentence."""
ABOUT = re.compile(
    r"\W*(?:(?:an?|the)?\s*(?:\w+\s)?(?:essay|story|poem|text|summary|article|letter|report|speech|song|joke|post)s?\s+)?"
    r"(?:(?:about|on|of|in|for|to)\s+)?",
    re.I,
)
LENGTH = re.compile(
    r"\b(?:in|about|around|with|exactly|at most|under|of|write)?\s*(\d{1,4}|one|two|three|four|five|six|ten)[ -]"
    r"(word|sentence|paragraph)s?\b",
    re.I | re.ASCII,
)
FEW_WORDS = re.compile(r"\bin (?:a |just a |very )?few words\b", re.I)
WORDS_FOR_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
WORD = re.compile(r"[^\W\d_][\w'’-]+")


def expand_spellings(words: list[str]) -> frozenset[str]:
    """Words as they stand inside a sentence, at its beginning, and where somebody shouts."""
    return frozenset(
        spelling for word in words for spelling in (word, word.capitalize(), word.upper())
    )


COMMON_WORDS = expand_spellings(
    """a about above after again all also an and any are as at be because been before being between both but by can
    could did do does doing down during each few for from further get give had has have having he her here him his
    how i if in into is it its just know let like make me more most my no nor not now of off on once only or other
    our out over own please same say she should so some such tell than that the their them then there these they
    this those through to too under until up us use using very was we were what when where which while who why
    will with would write you your explain describe today work works working happen happens mean means need needs
    want going go goes help""".split()
)

ASPECTS = ("the context", "the input", "the setting", "the goal", "the timing", "the method")
GREETINGS = (
    "Hello! How can I help you today?",
    "Hi there! What would you like to talk about?",
    "Hello! It's nice to hear from you. What can I do for you?",
    "Hey! I'm ready when you are. What's on your mind?",
)
OPENERS = (
    "Here is a short look at %(topic)s.",
    "Let's take %(topic)s step by step.",
    "The short answer about %(topic)s is that it comes down to a few plain ideas.",
    "A good way into %(topic)s is to start from what you can see of it.",
    "Most of what matters about %(topic)s fits into a few sentences.",
    "When people ask about %(topic)s, they usually want to know two things: what it is, and what it is good for.",
)
MIDDLES = (
    "At its heart, {word} is about taking something complicated and handling it in small, well understood steps.",
    "The part called {word} does most of the work, and everything around it exists to keep it running smoothly.",
    "Think of {word} and {other} as two sides of one thing: change the first and the second has to follow.",
    "In practice, {word} depends on good input, a clear goal and enough time to check the result.",
    "A common mistake is to look at {word} alone; it only makes sense together with {other}.",
    "First, {word} has to be set up with care. After that, {other} follows almost by itself.",
    "Experts often compare {word} with a kitchen: the recipe matters, but so do the tools and the cook.",
    "Over the years {word} has become easier to use, mainly because {other} is now well documented.",
    "There are limits as well: {word} works best when {other} stays within the range it was made for.",
    "If you measure one thing, measure {word}, because it shows early whether the rest is on track.",
    "For example, a small change in {other} can make {word} noticeably better within a day.",
    "It helps to write down what you expect from {word} before you look at {other}.",
    "The details of {word} vary from case to case, yet the pattern behind it stays the same.",
    "Some people prefer to begin with {other} and come to {word} later; both orders work.",
)
MIDDLE_COUNT = len(MIDDLES)
KEYWORD_NAMES = ("a", "b", "c")
ROTATED_MIDDLES = tuple(
    tuple(
        text.replace("{word}", f"%({KEYWORD_NAMES[turn]})s").replace(
            "{other}", f"%({KEYWORD_NAMES[turn - 2]})s"
        )
        for text in MIDDLES
    )
    for turn in range(3)
)
"""The middles three times over, each time with their gaps named for other words."""
CLOSERS = (
    "If you'd like, I can go deeper into %(a)s next.",
    "Let me know which part of %(topic)s you want to see in more detail.",
    "That is the core of it; the rest is practice.",
    "With that in mind, %(topic)s should be much easier to follow.",
    "I hope this gives you a clear picture of %(topic)s.",
)
STEPS = (1, 3, 5)
FRAME_COUNT = len(OPENERS) * len(CLOSERS) * len(STEPS) * MIDDLE_COUNT
ASIDES = (
    "Let me know if you need anything else.",
    "Is there anything else you want to know?",
    "Tell me if I should look further.",
)
SHORT = ("It is %(a)s.", "In one word: %(a)s.", "That would be %(a)s.")
THOUGHTS = (
    (
        "Understanding the Request",
        "The user wants to know about %(topic)s. I'm looking at what exactly is asked.",
    ),
    (
        "Weighing the Options",
        "There are several ways to answer. I'm comparing a short answer with a longer one.",
    ),
    (
        "Gathering the Facts",
        "I'm collecting what matters about %(a)s, and leaving out what would only distract.",
    ),
    (
        "Checking the Details",
        "Before I answer I check that %(a)s and %(b)s are used in the sense that was meant.",
    ),
    (
        "Planning the Answer",
        "I'm settling on a clear order: first %(topic)s, then the details, then a short close.",
    ),
)


def is_greeting(question: str) -> bool:
    return len(question) < 80 and GREETING.match(question) is not None


def topic_of(question: str) -> str:
    """What a question is about, as a phrase that fits into a sentence: "Explain to me how AI works" → "how AI works"."""
    phrase: str = START.match(question if len(question) < 400 else question[:400])[1][:160]  # type: ignore[index]
    if has_length_unit(phrase):
        phrase = LENGTH.sub("", phrase)
    phrase = phrase[ABOUT.match(phrase).end() :]  # type: ignore[union-attr]
    words = phrase.strip(" .,:;?!\"'`*#>-").split()
    return " ".join(words[:12]) if words else "your question"


def keywords_of(topic: str) -> tuple[str, ...]:
    """The words of a topic that carry its meaning, three at least; general ones stand in where there are fewer."""
    words = [word for word in WORD.findall(topic) if word not in COMMON_WORDS]
    return (*dict.fromkeys(words), *ASPECTS) if len(words) < 3 else tuple(dict.fromkeys(words))


def parse_length(question: str) -> tuple[int, str] | None:
    """How long the answer is to be, if the question says so: (50, "word"), (1, "sentence")."""
    if not has_length_unit(question):
        return None
    match = LENGTH.search(question)
    if match is None:
        return (9, "word") if FEW_WORDS.search(question) else None
    number = match[1].lower()
    return max(1, WORDS_FOR_NUMBERS.get(number) or int(number)), match[2].lower()


def has_length_unit(text: str) -> bool:
    return "word" in text or "sentence" in text or "paragraph" in text


def is_brief(question: str) -> bool:
    return (
        "just the " in question
        or "one word" in question
        or "only the " in question
        or "yes or no" in question
    )


ECHO = re.compile(
    r"^\W*(?:please\s+)?(?:(?:reply|respond|answer)\s+(?:with\s+)?(?:exactly|only|just)(?:\s+with)?\W\s*|say\s+(?=['\"]))(.{1,200}?)\s*$",
    re.I | re.DOTALL,
)
SMALL_TALK = (
    (
        re.compile(r"\W*(?:many )?(?:thanks|thank you)\b.{0,30}$", re.I),
        "You're welcome! Is there anything else I can help with?",
    ),
    (
        re.compile(r"\W*how are you\b.{0,20}$", re.I),
        "I'm doing well, thank you! How can I help you?",
    ),
    (
        re.compile(r"\W*(?:who|what) are you\b.{0,5}$", re.I),
        "I'm a stand-in for a Gemini model, running on your machine.",
    ),
)


def write_reply(
    question: str, dice: SeededRandom, asked_length: str = "", opening: str = ""
) -> str:
    """A reply of sensible length, or of the length that the question asks for, or what stands before it does.

    How long it is to be is said at a question's beginning or end.
    """
    if len(question) < 240 and (said := find_fixed_reply(question, dice, opening)):
        return said
    wishes = question if len(question) < 240 else question[:120] + question[-120:]
    wanted = parse_length(wishes) or (parse_length(asked_length) if asked_length else None)
    if wanted is not None:
        return write_reply_of_length(wanted, question, dice, opening)
    if is_brief(wishes):
        return opening + fill_template(parse_template(dice.pick(SHORT)), question, dice)
    number, more = divmod(dice.draw_below(3 * FRAME_COUNT), 3)
    return opening + fill_template(get_template(number, 4 + more), question, dice)


def write_reply_of_length(
    wanted: tuple[int, str], question: str, dice: SeededRandom, opening: str
) -> str:
    match wanted:
        case (1, "word"):
            return keywords_of(topic_of(question))[0]
        case (count, "word"):
            return trim_to_word_count(
                opening + write_paragraph(question, dice, 3 + count // 8), count
            )
        case (count, "sentence"):
            return opening + write_paragraph(
                question, dice, count - bool(opening) if count > 1 else 1
            )
        case (count, _):
            return opening + "\n\n".join(
                write_paragraph(question, dice, 4) for _ in range(min(count, 50))
            )


def find_fixed_reply(question: str, dice: SeededRandom, opening: str) -> str | None:
    """A greeting for a greeting, what is to be said word for word, and the answers to mere politeness."""
    if is_greeting(question) and not opening:
        return dice.pick(GREETINGS)
    if match := ECHO.match(question):
        return match[1].strip(" '\"`“”")
    if match := REPEAT_REQUEST.match(question):
        return match[1].strip(" '\"`“”")
    if YES_OR_NO.search(question):
        return dice.pick(("Yes.", "No."))
    if SUM.match(question):
        from mockgem.operations.generators.code_execution import solve_expression

        worked = solve_expression(question)
        return worked.sentence if worked else None
    return next((answer for pattern, answer in SMALL_TALK if pattern.match(question)), None)


REPEAT_REQUEST = re.compile(
    r"^\W*(?:repeat after me|echo(?: this)?|return only the (?:number|word))\s*:?\s+(.{1,200}?)\s*\.?$",
    re.I | re.DOTALL,
)
YES_OR_NO = re.compile(r"\b(?:answer|reply|respond)\b[^.?!]{0,30}\byes or no\b|\byes or no\?", re.I)
SUM = re.compile(
    r"^\W*(?:what(?:'s| is)|how much is|calculate|compute|work out)\s+[\d(.-][\d\s()+*/^x×÷.,-]*[?.!]?\s*$",
    re.I,
)


def trim_to_word_count(text: str, count: int) -> str:
    """Whole sentences of a text up to so many words, filled up with short ones to exactly that many."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if len(kept) + len(sentence.split()) > count:
            break
        kept += sentence.split()
    while len(kept) < count:
        most = min(count - len(kept), len(FILLERS))
        kept += FILLERS[most - 1].split()
    return " ".join(kept)


FILLERS = (
    "Indeed.",
    "That's all.",
    "So it is.",
    "That says it all.",
    "Much more could be said.",
    "The rest is easy to find.",
    "It is simpler than it first looks.",
    "Little of it is hard to put plainly.",
)
"""Sentences of one, two, … words."""


def write_paragraph(question: str, dice: SeededRandom, count: int) -> str:
    number = dice.draw_below(FRAME_COUNT)
    template = (
        get_template(number, count)
        if count < 9
        else parse_template(build_frame(number, min(count, 2000)))
    )
    return fill_template(template, question, dice)


def build_frame(number: int, count: int) -> str:
    """One of the templates for so many sentences. Each sentence speaks of other words than the one before it."""
    number, opener = divmod(number, len(OPENERS))
    number, closer = divmod(number, len(CLOSERS))
    step, start = divmod(number, MIDDLE_COUNT)
    sentences = [OPENERS[opener]]
    sentences += [
        ROTATED_MIDDLES[at % 3][(start + STEPS[step] * at) % MIDDLE_COUNT]
        for at in range(count - 2)
    ]
    if count > 1:
        sentences.append(CLOSERS[closer])
    return " ".join(sentences)


Template = tuple[Callable[[Sequence[str]], Sequence[str]], tuple[str, ...]]
"""What puts words and the pieces between them in order, and the pieces."""


def parse_template(text: str) -> Template:
    """A text with %(topic)s, %(a)s, %(b)s and %(c)s in it, ready to be filled."""
    pieces = PLACEHOLDER.split(text)
    order = [
        PLACEHOLDERS.index(piece) if place % 2 else len(PLACEHOLDERS) + place
        for place, piece in enumerate(pieces)
    ]
    return itemgetter(*order, len(PLACEHOLDERS) + len(pieces)), (*pieces, "")


PLACEHOLDERS = ("topic", "a", "b", "c")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=4096)
def get_template(number: int, count: int) -> Template:
    return parse_template(build_frame(number, count))


def fill_template(template: Template, question: str, dice: SeededRandom) -> str:
    """A template with the question's topic and three of its words put in."""
    topic = topic_of(question)
    words = keywords_of(topic)
    many = len(words)
    at = dice.draw_below(many)
    put_in_order, pieces = template
    return "".join(
        put_in_order((topic, words[at], words[(at + 1) % many], words[(at + 2) % many], *pieces))
    )


def write_sentence(question: str, dice: SeededRandom) -> str:
    """One sentence, for a text field of a structured answer."""
    return fill_template(parse_template(dice.pick(ROTATED_MIDDLES[0])), question, dice)


def write_thoughts(question: str, dice: SeededRandom) -> list[str]:
    """Summaries of thinking, each a heading in bold and a paragraph, as the real ones are laid out."""
    start = dice.draw_below(len(THOUGHTS))
    chosen = [THOUGHTS[(start + number) % len(THOUGHTS)] for number in range(2)]
    return [
        f"**{head}**\n\n{fill_template(parse_template(text), question, dice)}\n\n\n"
        for head, text in chosen
    ]
