"""Lists of things and single things that a request wants, in whatever words it asks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, islice

from mockgem.operations.forms.brand_names import FIRST, invent_names
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.invented_things import invent_things, list_questions
from mockgem.operations.forms.knowledge_files import find_section
from mockgem.operations.forms.known_dishes import list_dishes
from mockgem.operations.forms.known_things import COMPILED
from mockgem.operations.forms.layout_words import BULLETS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.linked_resources import title
from mockgem.operations.forms.lists import number_lines
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.usual_things import list_usual_things
from mockgem.operations.forms.wishes import Wish, read_wish
from mockgem.operations.forms.writing import Writer

USUAL = 5
MANY = 7
"""Steps of a list whose length the request does not say."""
INVENTED = frozenset(
    "queries searches questions titles headlines slogans taglines usernames handles keywords"
    " emails addresses dates".split()
)
"""Things that are invented for each topic."""
ORDERED = frozenset("steps instructions directions procedures questions".split())
"""Things with numbers."""
NO_LIST = frozenset(
    "functions classes methods tests codes scripts programs words sentences paragraphs lines"
    " characters pages details essays stories poems letters texts columns rows".split()
)
"""Things that other forms write, or that only say how long a text is."""


@form(
    "things of any kind",
    "Come up with some activities for a team day.",
    "Provide instructions for the given exercise.\n\nPush-ups",
    "I need a few dinner ideas for a busy week.",
    about="a list of what the request wants, about its topic",
)
def list_wished_things(question: Question) -> str | None:
    wish = read_wish(question) if can_read(question) else None
    if wish is None or not wish.is_plural or wish.noun in NO_LIST:
        return None
    items = find_things(wish, question, wish.count or (MANY if wish.noun in ORDERED else USUAL))
    if not items:
        return None
    if wish.noun in ORDERED and not BULLETS.search(question.layout):
        return number_lines(items, question)
    lines = "\n".join(f"- {item}" for item in items)
    if wish.verb != "what are" or question.is_terse:
        return lines
    those = "the main" if wish.about.startswith("of ") else "some"
    return f"Here are {those} {wish.named} {wish.about}".rstrip("?!. ") + f":\n\n{lines}"


def can_read(question: Question) -> bool:
    """Return whether a message may hold a command that no other form answers."""
    return (
        question.language == "en"
        and question.written_language == "en"
        and not question.results
        and not question.opening
        and (not question.asks_how or ASKS_LIST.match(question.instruction) is not None)
        and not wants("json", question)
    )


ASKS_LIST = make_regex(r"\W{0,3}what are\b", re.I)


def find_things(wish: Wish, question: Question, count: int) -> list[str]:
    """Return what a list of the wished things says; empty if it is not known."""
    wish = settle_kind(wish)
    asked = rewrite(wish, question, count)
    if wish.noun == "names" and not PEOPLE.search(f"{wish.named} {wish.about}"):
        named = Question(f"List {count} names {wish.about}", question.random)
        start = question.random.draw_below(len(FIRST))
        found = invent_things(named, count) if wish.about.startswith("for ") else []
        return found or invent_names(f"{wish.named} {wish.about}", count, start)
    if wish.noun == "questions" and (kind := name_questions(wish)):
        return list_usual_things(kind, wish.topic)[:count]
    if wish.noun in INVENTED and (invented := invent_things(asked, count)):
        return invented
    noun = "phrases" if SAID.search(wish.about) else choose_noun(wish)
    if noun in GENERAL:
        words = f"{wish.topic} {wish.named}".lower().split()
        words = [one for one in words if one not in ONE or one in GIVEN_THINGS]
        words = [one for one in words if one != noun]
        noun = next(filter(None, map(find_plural, reversed(words))), noun)
    topic = ARTICLE.sub("", wish.topic)
    if noun == "ingredients" and (parts := list_ingredients(topic)):
        return parts[: max(count, len(parts) if not wish.count else 0)]
    if noun == "flashcards":
        return write_cards(asked, count)
    topic = title(topic) if noun in ("titles", "headlines", "papers") else topic
    known = list_uses(noun, wish) or list_usual_things(noun, topic) or list_known(wish.named)
    is_sure = wish.count or wish.noun in NAMED_ALONE
    if wish.verb in SEARCHES and not (known and is_sure):
        return []
    writer = Writer(asked)
    if noun in ADVICE and writer.theme:
        known = []
    rest = (writer.write_item() for _ in range(2 * count))
    return list(islice(dict.fromkeys(chain(known, rest)), count))


def list_uses(noun: str, wish: Wish) -> list[str]:
    """Return what a known thing is good for: "3 uses for vinegar"; empty for other lists."""
    return list(find_section("uses", wish.about[:80])) if noun == "uses" else []


def list_ingredients(name: str) -> list[str]:
    """Return the ingredients of a known dish; empty for another one."""
    dish = next(iter(list_dishes(name)), None)
    is_named = dish is not None and name.lower() in dish.name.lower()
    return [thing for thing, _, _ in dish.ingredients] if dish and is_named else []


def settle_kind(wish: Wish) -> Wish:
    """Return a wish with the noun for what it lists: "name ideas" are names."""
    if wish.noun in GENERAL:
        before = "name" if wish.verb == "name" else "".join(wish.named.split()[-2:-1])
        wish = replace(wish, noun=f"{before}s") if before in IDEAS_OF else wish
    if wish.noun in POSTS:
        return replace(wish, topic=PICTURE.sub("", wish.topic))
    return wish


GIVEN_THINGS = frozenset(("gift", "present"))
IDEAS_OF = frozenset("name nickname slogan tagline caption tweet post".split())
"""Words before "ideas" that say what the ideas are."""
POSTS = frozenset("captions tweets posts".split())
PICTURE = make_regex(r" (?:pics?|photos?|pictures?|selfies?|videos?|reels?|posts?|shot)\Z", re.I)
"""What a caption stands below, behind what it shows."""
SEARCHES = frozenset(("", "find", "identify"))
"""Verbs for things that exist already, or no verb at all."""
PEOPLE = make_regex(
    r"\b(?:people|persons?|baby|babies|boys?|girls?|characters?|authors?|scientists?|actors?"
    r"|singers?|poets?|players?|presidents?|artists?|papers?|books?|movies?|films?|songs?)\b",
    re.I,
)


def name_questions(wish: Wish) -> str:
    """Return the kind of questions that people ask each other; empty for other questions."""
    if TALKS.search(f"{wish.named} {wish.about}"):
        return "conversation-questions"
    if "feedback" in wish.named or "survey" in wish.named:
        return "feedback-questions"
    return "questions-to-ask" if wish.about.startswith("to ask") else ""


TALKS = make_regex(
    r"\b(?:conversations?|ice-?breakers?|first date|part(?:y|ies)|friends|small talk|dinner"
    r"|to get to know|get-to-know|would you rather|small-talk)\b",
    re.I,
)
"""Questions that people ask each other."""


def write_cards(asked: Question, count: int) -> list[str]:
    """Return questions with their answers, as on cards."""
    writer = Writer(asked)
    return [f"**{one}** {writer.write_sentence()}" for one in list_questions(asked, count)]


def choose_noun(wish: Wish) -> str:
    """Return the word by which the things of a list are known."""
    if wish.noun in GOODS:
        if PACKED.search(wish.about):
            return "packed-things"
        if NEEDED.match(wish.about):
            return "hand-tools" if HANDLED.search(wish.about) else "needed-things"
    if wish.noun == "things":
        return "sights" if SEEN.match(wish.about) else "considerations"
    is_title = wish.noun in ("topics", "ideas") and (
        TITLED.search(wish.named) or TITLES.search(wish.about)
    )
    return "titles" if is_title else wish.noun


GOODS = frozenset("things tools items supplies equipment materials essentials gear".split())
PACKED = make_regex(
    r"\b(?:pack|packing|take|bring|carry|trip|camping|hike|hiking|holiday|vacation|travel\w*)\b",
    re.I,
)
NEEDED = make_regex(
    r"(?:needed|required|necessary|used|for|to (?:buy|get|have|use|repair|fix|build|clean|make)"
    r"|(?:i|you|we) (?:will )?need)\b",
    re.I,
)
HANDLED = make_regex(
    r"\b(?:repair|fix|build|clean|mend|assembl|install|paint|restor|renovat|craft|garden|carpent"
    r"|woodwork|plumb|make|making|replac|chang)\w*",
    re.I,
)
"""Work that needs tools for the hand."""
SEEN = make_regex(r"to (?:do|see|visit|explore)\b", re.I)
TITLED = make_regex(
    r"\b(?:blog|podcast|video|episode|article|post|essay|presentation|speech|newsletter|content"
    r"|youtube|research|thesis)\b",
    re.I,
)
"""Works whose topics are titles."""
TITLES = make_regex(r"\b(?:titles|headlines)\b", re.I)
SAID = make_regex(r"\b(?:say|saying|tell|reply|respond)\b", re.I)
GENERAL = frozenset("ideas options examples suggestions alternatives choices inspirations".split())
"""Words that say nothing about the kind of thing: the word before them does."""
ADVICE = frozenset(
    "tips hacks tricks hints advice pointers suggestions recommendations steps benefits"
    " advantages ways instructions directions".split()
)
"""Things that a known topic has to offer itself."""


NAMED_ALONE = (
    GENERAL
    | ADVICE
    | INVENTED
    | frozenset("activities games gifts exercises snacks skills reasons things".split())
)
"""Lists that a message may name without a verb: "gift ideas for my uncle"."""


def find_plural(word: str) -> str:
    """Return the plural of a word that lists are known for; else empty."""
    plurals = (f"{word}s", f"{word}es", f"{word[:-1]}ies", word) if len(word) > 3 else ()
    return next((one for one in plurals if list_usual_things(one, "")), "")


def list_known(named: str) -> list[str]:
    """Return well-known things of a kind: "board games"."""
    texts = (
        things
        for pattern, things in COMPILED
        if things not in ("", "*") and pattern.fullmatch(named)
    )
    return next((text.split(", ") for text in texts), [])


def rewrite(wish: Wish, question: Question, count: int) -> Question:
    """Return the wish in plain words: "Give me 5 questions about travel."."""
    topic = ARTICLE.sub("", wish.topic)
    if "interview" in wish.named.split():
        job = "colleague" if "interview" in topic else topic
        return Question(f"Give me {count} interview questions for {job}.", question.random)
    return Question(f"Give me {count} {wish.noun} about {topic}.", question.random)


ARTICLE = make_regex(r"^(?:an?|the|my|our|your|some) (?=\S)", re.I)


ONE = {
    "name": "names",
    "nickname": "nicknames",
    "title": "titles",
    "headline": "headlines",
    "slogan": "slogans",
    "tagline": "slogans",
    "motto": "slogans",
    "catchphrase": "slogans",
    "password": "passwords",
    "tip": "tips",
    "hack": "hacks",
    "trick": "tricks",
    "hint": "hints",
    "advice": "advice",
    "suggestion": "suggestions",
    "recommendation": "recommendations",
    "idea": "ideas",
    "compliment": "compliments",
    "affirmation": "affirmations",
    "metaphor": "metaphors",
    "simile": "similes",
    "analogy": "analogies",
    "encouragement": "encouragements",
    "riddle": "riddles",
    "line": "lines",
    "hypothesis": "hypotheses",
    "horoscope": "horoscopes",
    "proverb": "proverbs",
    "wish": "wishes",
    "pun": "puns",
    "question": "questions",
    "phrase": "phrases",
    "habit": "habits",
    "gift": "gifts",
}
"""Single things that are short, and the lists of which they are the first."""


@form(
    "one thing of any kind",
    "Provide a tip for painting a room.",
    "Come up with a metaphor for patience.",
    about="the thing that the request wants, about its topic",
)
def write_one_thing(question: Question) -> str | None:
    wish = read_wish(question) if can_read(question) else None
    if wish is None or wish.is_plural or wish.verb in SEARCHES:
        return None
    if wish.noun not in ONE and not (wish.noun in WORKS and wish.verb in RECOMMENDS):
        return None
    noun = ONE.get(wish.noun) or f"{wish.noun}s"
    several = Wish(noun, wish.named, wish.about, wish.topic, 1, True, True, verb=wish.verb)
    found = find_things(several, question, 1)
    if not found:
        return None
    return found[0] if is_name(wish.noun) else f"{found[0].rstrip('.?!')}{end_of(found[0])}"


WORKS = frozenset("movie film book novel song snack dessert drink job hobby".split())
RECOMMENDS = frozenset(("recommend", "suggest", "give", "tell", "name", "think of"))
"""Verbs for a work or a thing that exists."""


def is_name(noun: str) -> bool:
    return noun in (
        "catchphrase",
        "password",
        "name",
        "nickname",
        "title",
        "headline",
        "slogan",
        "tagline",
        "motto",
    )


def end_of(text: str) -> str:
    return text[-1] if text[-1:] in "?!" else "."
