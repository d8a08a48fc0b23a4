"""Write readable English about a prompt, in the prompt's own words."""

from __future__ import annotations

import re

from mockgem.operations.generators.prompt_analysis import (
    has_length_unit,
    is_brief,
    is_greeting,
    keywords_of,
    parse_length,
    take_thing,
    topic_of,
)
from mockgem.operations.generators.prose_templates import (
    FRAME_COUNT,
    ROTATED_MIDDLES,
    build_frame,
    build_paragraphs,
    fill_short_template,
    fill_template,
    get_template,
    parse_template,
)
from mockgem.operations.generators.seeded_random import SeededRandom

GREETINGS = (
    "Hello! How can I help you today?",
    "Hi there! What would you like to talk about?",
    "Hello! It's nice to hear from you. What can I do for you?",
    "Hey! I'm ready when you are. What's on your mind?",
)
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
ECHO = re.compile(
    r"^\W*(?:please\s+)?(?:(?:reply|respond|answer)\s+(?:with\s+)?(?:exactly|only|just)"
    r"(?:\s+with)?\W\s*|say\s+(?=['\"]))(.{1,200}?)\s*$",
    re.I | re.DOTALL,
)
REPEAT_REQUEST = re.compile(
    r"^\W*(?:repeat after me|echo(?: this)?|return only the (?:number|word))\s*:?\s+"
    r"(.{1,200}?)\s*\.?$",
    re.I | re.DOTALL,
)
YES_OR_NO = re.compile(r"\b(?:answer|reply|respond)\b[^.?!]{0,30}\byes or no\b|\byes or no\?", re.I)
SUM = re.compile(
    r"^\W*(?:(?:what(?:['’]?s| is)|how much is|calculate|compute|work out)\s+[\d(.-](?:[\d\s"
    r"()+*/^x×÷.,-]|(?:times|plus|minus|divided by|multiplied by)(?= ))*"
    r"|(?:divide|multiply|subtract) -?[\d.,]{1,30} (?:by|and|with|from) -?[\d.,]{1,30})[?.!]?\s*$",
    re.I,
)
SMALL_TALK = (
    (
        re.compile(
            r"\W*(?:(?:ok|okay|great|perfect|nice|cool|awesome|super|wow|got it|all right)"
            r"[,!. ]{1,3}){0,2}(?:many )?(?:thanks|thank (?:you|u)|thx|tysm|ty|cheers)\b.{0,30}$",
            re.I,
        ),
        "You're welcome! Is there anything else I can help with?",
    ),
    (
        re.compile(
            r"\W*(?:that|it|this)(?:['’]s| is| has)? (?:worked|helped|works|did it|fixed it|perfect"
            r"|great|exactly what i needed)\b[^?]{0,40}(?:thanks|thank you|thx|!)?[^?]{0,20}$",
            re.I,
        ),
        "I'm glad to hear that! Is there anything else I can help with?",
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
INTRODUCTION = re.compile(
    r"\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[,!. ]{1,3})?"
    r"(?:my name is|my name's|i am called|call me|(?-i:(?:I'm|I am|i'm|i am|im)(?= [A-Z])))"
    r" ([^\W\d_][\w'-]{1,20}(?: (?-i:[A-Z])[\w'-]{1,20})?)(?=[ .,!]|\Z)[^?]{0,160}\Z",
    re.I,
)
INTRODUCING_WORDS = frozenset("hi hello hey good my i im call".split())
WELCOMES = (
    "Nice to meet you, %s! How can I help you today?",
    "Hello %s, good to meet you! What can I do for you?",
    "Hi %s! Thanks for telling me. What would you like to talk about?",
)
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
"""Sentences of 1, 2, … 8 words."""


def write_reply(
    prompt: str,
    random: SeededRandom,
    system: str = "",
    opening: str = "",
    *,
    plain: bool = False,
) -> str:
    """Write a reply to a prompt.

    Its length is the one that the prompt or the system instruction asks for, else a few sentences.

    Args:
        system: The system instruction, which may ask for a length.
        opening: Text to begin the reply with.
        plain: Write about the prompt without what is known about it.
    """
    if len(prompt) < 240 and (fixed := find_fixed_reply(prompt, random, opening)):
        return fixed
    may_answer = len(prompt) < MAX_QUESTION and not opening and not plain
    if may_answer and (told := answer_question(prompt, random)):
        return told
    # A prompt asks for a length at its beginning or end.
    edges = prompt if len(prompt) < 240 else prompt[:120] + prompt[-120:]
    length = parse_length(edges) or (parse_length(system) if system else None)
    if length is not None:
        return write_reply_of_length(length, prompt, random, opening)
    if is_brief(edges):
        return opening + fill_template(parse_template(random.pick(SHORT)), prompt, random)
    number, more = divmod(random.draw_below(3 * FRAME_COUNT), 3)
    return opening + fill_template(get_template(number, 4 + more), prompt, random)


MAX_QUESTION = 160
"""Characters of a prompt that is a question about one thing."""


def answer_question(prompt: str, random: SeededRandom) -> str:
    """Return what answers a short question, or has its shape at least; empty for other prompts."""
    if EXPLAINS.match(prompt):
        from mockgem.operations.forms.workings import explain_working

        if told := explain_working(prompt, random):
            return told
    if has_length_unit(prompt):
        return ""
    from mockgem.operations.generators.answer_shapes import shape_answer
    from mockgem.operations.generators.known_answers import find_answer

    if told := find_answer(prompt):
        return told
    if match := DEFINED.match(prompt):
        from mockgem.operations.forms.defined_terms import define_term

        if said := " ".join(define_term(match[1].strip())):
            return said
    if felt := FEELS.match(prompt):
        from mockgem.operations.generators.answer_shapes import comfort

        return comfort(felt["said"], random)
    if wanted := HELP.match(prompt):
        from mockgem.operations.generators.answer_shapes import give_advice

        return give_advice(wanted["what"], random)
    return shape_answer(prompt, random)


EXPLAINS = re.compile(r".{0,20}\b(?:explain|how do|how does|tell me how)\b", re.I)
"""The beginning of a question how something works."""


FEELS = re.compile(
    r"\W*(?P<said>i(?:['’]m| am| feel| have been"
    r"|['’]ve been) [^.!?\n]{4,100})[.!,]\s*(?:any (?:advice|tips|ideas)"
    r"|what (?:should|can|do) i do|(?:can|could) you help(?: me)?|help|how (?:do"
    r"|can) i cope)\b[^.!?\n]{0,30}[.?!]*\s*\Z",
    re.I,
)
"""What somebody feels, and a wish for advice."""
HELP = re.compile(
    r"\W*(?:(?:hi|hello|hey)[,!. ]{1,3})?(?:i need (?:some |your )?(?:help|advice)|(?:can"
    r"|could) you help me|help me"
    r"|i(?:['’]d| would) like (?:some )?(?:help|advice)|any (?:advice|tips))(?: with| on| about"
    r"| to| in| for)?"
    r" (?P<what>(?!you|me\b|please\b)[a-z][^.!?\n]{8,120})[.!?]?\s*\Z",
    re.I,
)
"""A wish for help with something: "I need help with learning chess"."""
DEFINED = re.compile(
    r"\W*(?:what(?:['’]?s| is| are| does)|define|explain|(?:the )?(?:meaning|definition) of) "
    r"(?:the (?:meaning|definition) of )?(?:the )?(?:(?:word|term) )?[\"'“]?([\w ./-]{2,40}?)"
    r"[\"'”]?(?: means?)?\W*\Z",
    re.I,
)
"""A question what a word means."""


def write_reply_of_length(
    length: tuple[int, str], prompt: str, random: SeededRandom, opening: str
) -> str:
    match length:
        case (1, "word"):
            return keywords_of(topic_of(prompt))[0]
        case (count, "word") if count <= MAX_PHRASE and not opening:
            return write_phrase(topic_of(prompt), count)
        case (count, "word"):
            text = opening + write_paragraph(prompt, random, 3 + count // 8)
            start = "" if opening else write_phrase(topic_of(prompt), MAX_PHRASE)
            return trim_to_word_count(text, count, start)
        case (count, "sentence"):
            return opening + write_paragraph(
                prompt, random, count - bool(opening) if count > 1 else 1
            )
        case (count, _):
            frame = build_paragraphs(random.draw_below(FRAME_COUNT), min(count, 50), 4)
            return opening + fill_short_template(parse_template(frame), prompt, random)


def find_fixed_reply(prompt: str, random: SeededRandom, opening: str) -> str | None:
    """Return the reply to a greeting, a request to repeat something, a sum, or small talk."""
    first = FIRST_WORD.match(prompt)
    introduces = first is not None and first[1].lower() in INTRODUCING_WORDS and not opening
    if introduces and (named := INTRODUCTION.match(prompt)):
        return random.pick(WELCOMES) % named[1]
    if first is None or first[1].lower() not in FIXED_WORDS:
        return random.pick(("Yes.", "No.")) if asks_yes_or_no(prompt) else None
    if is_greeting(prompt) and not opening:
        return random.pick(GREETINGS)
    if match := ECHO.match(prompt):
        return match[1].strip(" '\"`“”")
    if match := REPEAT_REQUEST.match(prompt):
        return match[1].strip(" '\"`“”")
    if asks_yes_or_no(prompt):
        return random.pick(("Yes.", "No."))
    if SUM.match(prompt):
        from mockgem.operations.generators.code_execution import solve_expression

        execution = solve_expression(prompt)
        return execution.sentence if execution else None
    return next((answer for pattern, answer in SMALL_TALK if pattern.match(prompt)), None)


FIRST_WORD = re.compile(r"\W*(\w+)")
FIXED_WORDS = frozenset(
    """please reply respond answer say repeat echo return what whats how calculate compute work
    divide multiply subtract that it this many thanks thank thx tysm ty cheers ok okay
    great perfect nice cool awesome super wow got all who hi hello hey good howdy
    greetings ping test""".split()
)
"""The first words of prompts with a fixed reply, for a quick look."""


def asks_yes_or_no(prompt: str) -> bool:
    return "yes or no" in prompt.lower() and YES_OR_NO.search(prompt) is not None


MAX_PHRASE = 15
"""Words of a text that is one short sentence about its topic."""
PHRASES = (
    "Consider {}.",
    "Think about {}.",
    "Never forget about {}.",
    "Take {} step by step.",
    "There is much beauty in {}.",
    "It pays to look at {} twice.",
    "Look closely, and {} will always surprise you.",
    "There is more to {} than meets the eye.",
)
"""Sentences with 1, 2, … 8 words besides the topic."""


def write_phrase(topic: str, count: int) -> str:
    """Return exactly `count` words about a topic, most of them in one sentence."""
    words = take_thing(topic).split()
    while len(words) >= count and len(words) > 1:
        words.pop()
    spare = count - len(words)
    if spare <= 0:
        return f"{words[0][:1].upper()}{words[0][1:]}."
    sentence = PHRASES[min(spare, len(PHRASES)) - 1].format(" ".join(words))
    rest = count - len(sentence.split())
    return f"{sentence} {fill_up(rest)}".rstrip()


def fill_up(missing: int) -> str:
    """Return short sentences with some number of words."""
    kept: list[str] = []
    while len(kept) < missing:
        kept += FILLERS[min(missing - len(kept), len(FILLERS)) - 1].split()
    return " ".join(kept)


def trim_to_word_count(text: str, count: int, start: str = "") -> str:
    """Return whole sentences of a text, filled up with short ones to exactly `count` words.

    Args:
        start: What the text begins with if its first sentence is too long.
    """
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if len(kept) + len(sentence.split()) > count:
            break
        kept += sentence.split()
    kept = kept or start.split()
    return f"{' '.join(kept)} {fill_up(count - len(kept))}".strip()


def write_paragraph(prompt: str, random: SeededRandom, count: int) -> str:
    number = random.draw_below(FRAME_COUNT)
    template = (
        get_template(number, count)
        if count < 9
        else parse_template(build_frame(number, min(count, 2000)))
    )
    return fill_short_template(template, prompt, random)


def write_sentence(prompt: str, random: SeededRandom) -> str:
    """Write one sentence, for a text field of JSON."""
    return fill_template(parse_template(random.pick(ROTATED_MIDDLES[0])), prompt, random)


def write_thoughts(prompt: str, random: SeededRandom) -> list[str]:
    """Write two thought summaries in the layout of real ones: a bold heading and a paragraph."""
    start = random.draw_below(len(THOUGHTS))
    chosen = [THOUGHTS[(start + number) % len(THOUGHTS)] for number in range(2)]
    return [
        f"**{head}**\n\n{fill_template(parse_template(text), prompt, random)}\n\n\n"
        for head, text in chosen
    ]
