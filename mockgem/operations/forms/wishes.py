"""Read any request to make something: what is made, how many, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.plural_nouns import is_plural
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.topics import cut_end
from mockgem.operations.forms.trigger_words import ASKED_LISTS
from mockgem.operations.forms.word_patterns import join_words

MAX_READ = 1_000
MOST_SENTENCES = 4
MOST_WORDS = 9
MAX_GIVEN = 80
MAX_TOPIC = 70
MOST = 30


@frozen
class Wish:
    """What a request wants to be made.

    Attributes:
        noun: The word for it: "ideas".
        named: Its name with the words before it: "easy dinner ideas".
        about: What follows the noun: "for weeknights".
        topic: What it is about; the given thing, if there is one.
        count: How many of them; 0 if the request does not say.
        is_plural: Whether it is a list of things.
        is_commanded: Whether a verb of making comes first, not the noun alone.
        is_given: Whether the topic stands below the command.
        verb: The verb of making; empty if there is none.
    """

    noun: str
    named: str
    about: str
    topic: str
    count: int
    is_plural: bool
    is_commanded: bool
    is_given: bool = False
    verb: str = ""


LEAD = make_regex(
    r"\W{0,3}(?:(?:please|kindly|pls|just|now|then|also|next|hi|hello|hey|okay|ok|gemini|can you"
    r"|could you|would you|will you|(?:i|we) (?:need|want|would like)(?: you)? to"
    r"|i'd like(?: you)? to|you (?:will )?(?:need|have|are asked|are required|be required"
    r"|should|must)(?: to)?|your (?:task|job|goal) is to|help (?:me|us)(?: to)?|let's|try to"
    r"|i want|i need|i would like|i'd like|we need|i'm looking for|i am looking for"
    r"|looking for|need)\b[\s,:]{0,3}){0,4}",
    re.I,
)
"""Polite words before a command."""
NEEDS = make_regex(r"\b(?:want|need|like|looking for)\W*\Z", re.I)
SETTING = make_regex(
    r"(?:for|as|in|using|with|given|based on|to|on the basis of) ([^,.;:?!\n]{3,100}), (?=\S)", re.I
)
"""What stands before a command: "For a quick workout, suggest …"."""
VERBS = (
    "write draft design create develop devise compose craft construct build generate propose"
    " suggest recommend provide give make prepare produce plan formulate compile list outline"
    " invent brainstorm share offer structure organize name find identify form assemble imagine"
    " describe explain discuss"
).split()
MAKE = make_regex(
    rf"(?:list of|(?:{join_words(VERBS)})(?: (?:up|down|out))?|come up with|think (?:of|up)"
    r"|put together|set up|draw up|work out|tell(?= (?:me|us))"
    r"|what are(?= (?:the|some|common|main)\b)"
    r"|what(?:['’]?s| is| are| would be)(?= (?:an? |some |the )?(?:good|nice|great|cool|cute|fun"
    r"|catchy|best|creative)\b))"
    r"(?: (?:me|us))?\s+(?=\S)",
    re.I,
)
"""A verb of making, and for whom."""
ASKS = make_regex(
    r"\W*(?:what|who|whom|whose|where|when|why|how|which|is|are|was|were|do|does|did|should|has"
    r"|have|explain|describe|discuss|summari[sz]e|translate|rewrite|read|if|there)\b",
    re.I,
)
"""A sentence that asks, tells, or works with a text."""
FOR_ME = make_regex(
    r" for (?:me|us)\b(?! to)|,? (?:please|pls|plz|thanks|thank you)(?=\W*\Z|,)", re.I
)
"""Words that say nothing about what is made."""
JOINED = make_regex(
    r"\babout us\b|\bthank you\b|\bcode of (?:conduct|ethics)\b|\bterms of (?:service|use)\b", re.I
)
"""Names of documents with a word that usually ends a name."""
CONTAINER = frozenset(
    "list lists set series collection couple number variety few bunch selection some pair range"
    " handful lot array examples one any each all several names titles types kinds forms"
    " words".split()
)
"""Words before "of" that only say that there are several things."""
EDGES = frozenset(
    "given for about on of regarding concerning to in at from with that which who whose where"
    " when why how based using explaining describing discussing showing so if including"
    " comparing  covering between around among by as because since while titled called named"
    " containing  without against during into announcing promoting highlighting seeking asking"
    " inviting is are was  were will can could should would has have had do does did be been"
    " must might per than  what you people we i it they he she usually within after before needed"
    " required necessary used inspired related suited suitable saying telling no".split()
)
"""Words that end the name of a thing."""
STATES = frozenset(
    "is are was were will can could should would has have had do does did be been must might you"
    " people we i it they he she".split()
)
"""Words of a sentence that states something."""
DETERMINERS = frozenset(
    "a an the some several few many more my our your his her their this these those any other"
    " different various unique possible potential best top most least common popular main key"
    " major important good great short brief simple quick easy detailed interesting creative"
    " engaging catchy compelling professional friendly helpful useful effective appropriate"
    " suitable relevant fun funny cool nice new next small appealing innovative original example"
    " comprehensive concise persuasive descriptive clear complete full basic sample".split()
)
"""Words before a noun that say nothing about the topic."""


def read_wish(question: Question) -> Wish | None:
    """Return what the first command of a message wants to be made, or what its first sentence
    names alone; None if it wants nothing to be made."""
    return read_text(PERSON.sub("", question.prompt[:MAX_READ]).strip())


PERSON = make_regex(r"\s(?:written )?in (?:the )?(?:first|second|third)[- ]person\b", re.I)
"""How a text speaks, which is not what it is about."""


@lru_cache(maxsize=64)
def read_text(text: str) -> Wish | None:
    """Return the wish of a text. Several forms ask for it."""
    first, _, rest = text.partition("\n\n")
    given = find_given(rest)
    named: Wish | None = None
    before = ""
    for at, sentence in enumerate(re.split(r"(?<=[.!?:])\s+|\n", first)[:MOST_SENTENCES]):
        wish = read_sentence(sentence, given, before)
        before = sentence
        if OTHER_WORK.match(sentence) or (at and wish and wish.noun in SIDE):
            return named
        if ASKS.match(sentence):
            return wish if wish and is_asked(wish) else None
        if wish and wish.is_commanded:
            return wish
        is_alone = at == 0 and not rest
        if is_alone and not TELLS.search(sentence, LEAD.match(sentence).end()):  # type: ignore[union-attr]
            named = wish
    return named


def is_asked(wish: Wish) -> bool:
    """Return whether what a question or a description asks for is made like what is commanded."""
    is_listed = wish.noun in DESCRIBED or wish.noun.encode() in ASKED_LISTS
    return wish.is_given or (wish.is_commanded and is_listed)


OTHER_WORK = make_regex(
    r"\W*(?:please )?(?:given|define|solve|check|fix|convert|translate|rewrite|classify|pick|choose"
    r"|predict|prove|verify|correct|edit|update|open|start|stop|run|try|go|call|use|count|calculate"
    r"|compare)\b",
    re.I,
)
"""A command that makes nothing new."""
SIDE = frozenset("example examples reason reasons answer answers evidence details steps".split())
"""What a second sentence wants beside an answer."""
DESCRIBED = frozenset("character scenario scene monster hero villain".split())
"""Things that somebody who wants a description wants to be invented."""
TELLS = make_regex(
    r"\?\W*\Z|(?<!for )(?<!to )(?<!about )(?<!of )(?<!on )\bmy\b|\b(?:is|are|was|were|am|i|we|will"
    r"|would|do|does|did|has|have|had|can)\b",
    re.I,
)
"""Words of a sentence that asks or tells something."""


def find_given(rest: str) -> str:
    """Return the short thing below a command: its only other line, without its label."""
    line = LABEL.sub("", rest.strip(), count=1)
    if "\n" in line or len(line) > MAX_GIVEN or RULE.match(line):
        return ""
    return line.strip("\"'“”`. ")


LABEL = make_regex(r"\A[A-Z][\w ]{0,20}: (?=\S)")
RULE = make_regex(
    r"\W*(?:use|keep|write|make|include|do|don['’]t|please|avoid|add|be|respond|answer|reply|return"
    r"|format|output|max\w*|no|not|only|just|thanks?|the|it|this|each|every|at)\b",
    re.I,
)
"""A line that says how the reply should be."""


def read_sentence(sentence: str, given: str, before: str) -> Wish | None:
    sentence = FOR_ME.sub("", sentence)
    sentence = JOINED.sub(lambda match: match[0].replace(" ", "-"), sentence)
    start = LEAD.match(sentence).end()  # type: ignore[union-attr]
    setting = SETTING.match(sentence, start)
    at = setting.end() if setting else start
    verb = MAKE.match(sentence, at)
    words = sentence[verb.end() if verb else at : MAX_READ].split()
    name, end = take_name(words)
    edge = words[end].strip(MARKS).lower() if end else ""
    if not name and edge and (listed := find_container(words)):
        name = [listed]
    if not name or (verb is None and (edge in STATES or setting)):
        return None
    after = " ".join(words[end + 1 :]) if edge else ""
    if not after and setting:
        after = setting[1]
    kept = [word for word in name if not is_small(word)]
    noun = name[-1]
    if not noun.isalpha() and "-" not in noun:
        return None
    topic = find_wished_topic(kept[:-1], edge, after) or find_told(before) or noun
    return Wish(
        noun,
        " ".join(kept) or noun,
        f"{edge} {after}".strip() if after else "",
        given or topic,
        count_things(name),
        is_plural(noun) or words[:1] == ["list"],
        verb is not None or NEEDS.search(sentence[:start]) is not None,
        bool(given),
        verb[0].strip().lower() if verb else "",
    )


def take_name(words: Sequence[str]) -> tuple[list[str], int]:
    """Return the words of the name of a thing, in small letters, and the place of the word that
    ends it; 0 if none does."""
    name: list[str] = []
    for at, word in enumerate(words[:24]):
        bare = word.strip(MARKS).lower()
        if bare == "of" and name and name[-1] in CONTAINER:
            name = []
            continue
        is_adjective = bare in LINKED and all(map(is_small, name))
        is_adjective |= bare == "given" and bool(name) and name[-1] in ("the", "a", "an")
        if bare in EDGES and not is_adjective:
            return name[-MOST_WORDS:], at
        if bare == "and" and name and (name[-1] in CONTAINER or is_plural(name[-1])):
            return name[-MOST_WORDS:], 0
        if bare and bare != "and":
            name.append(bare)
        ends = word[-1:] in ".;:!?)" or (word[-1:] == "," and at > 1)
        if ends and not (word[-1:] == "," and is_listed(words[at + 1 : at + 3])):
            break
    return name[-MOST_WORDS:], 0


MARKS = ".,;:!?\"'()“”*"


def find_container(words: Sequence[str]) -> str:
    """Return the word in front of "of what" that names things: "examples of what people say"."""
    return next((word for word in words[:6] if word in ("examples", "ways", "ideas")), "")


def is_listed(following: Sequence[str]) -> bool:
    """Return whether another adjective follows: "short, concise summary"."""
    return len(following) == 2 and following[0].strip(",").lower() not in EDGES | {"and", "with"}


def find_told(sentence: str) -> str:
    """Return what the sentence before a command tells about: "I am planning a trip to Oslo."."""
    match = TOLD.match(sentence)
    return cut_words(match[1]) if match else ""


TOLD = make_regex(
    r"\W*(?:i|we)(?:['’]m| am|['’]re| are|['’]ve| have)? (?:just )?(?:[a-z]+ing|have|want|need"
    r"|plan)(?: to)? (?:an? |the |my |our )?([^.!?\n]{3,80})",
    re.I,
)


def find_wished_topic(before: Sequence[str], edge: str, after: str) -> str:
    """Return the topic: what follows the noun, else the words before it."""
    said = re.split(r"[;:!?\n]|,\s|\.(?:\s|\Z)", after)[0]
    if edge in LINKED:
        said = STANDS_BELOW.sub("", LINK.sub("", said, count=1))
    after = cut_words(cut_end(said))
    learnt = LEARNT.search(after)
    if learnt:
        return cut_words(learnt[1])
    if after and edge in BEFORE_TOPIC:
        return after
    return cut_words(" ".join(before))


def cut_words(phrase: str) -> str:
    """Return a phrase without marks around it, and without the words behind the first ones."""
    words = phrase.strip(" .,:;?!\"'`*#()[]“”").split()
    while len(" ".join(words)) > MAX_TOPIC or (words and words[-1].lower() in EDGES):
        words.pop()
    return " ".join(words)


STANDS_BELOW = make_regex(
    r"\A(?:an? |the |this |these |my |your )?(?:given|following|provided|above|below|information"
    r"|descriptions?|input|text|facts|them|it)\b.*",
    re.I,
)
BEFORE_TOPIC = frozenset(
    "for about on of regarding concerning to in at between around explaining describing discussing"
    " showing covering comparing announcing promoting highlighting titled called named against"
    " during into based needed required necessary used inspired related suited suitable".split()
)
"""Words between what is made and its topic."""
LINKED = frozenset("based needed required necessary used inspired related suited suitable".split())
"""Those before a preposition: "based on urban gardening"."""
LINK = make_regex(
    r"(?:(?:up)?on|by|for|in|with|to(?: [a-z]+(?: (?:an?|the|my|our|your))?(?= ))?) (?=\S)"
)
"""The preposition, and what is done with the topic: "needed to repair a bicycle"."""
LEARNT = make_regex(
    r"\b(?:wants? to learn|learning|interested in|who likes?|about|related to|the topic of"
    r"|exploring|discussing|covering|explaining|describing|examining|showing|dealing with)"
    r"(?: more)?(?: about)? (\S.*)",
    re.I,
)
"""The topic at the end of a longer phrase: "a student who wants to learn chemistry"."""
ONE_NUMBER = make_regex(rf"{NUMBER}", re.I)


def is_small(word: str) -> bool:
    return word in DETERMINERS or word in CONTAINER or ONE_NUMBER.fullmatch(word) is not None


def count_things(name: Sequence[str]) -> int:
    """Return the number in the name of a thing: "five short ideas"; else 0."""
    found = next((word for word in name if ONE_NUMBER.fullmatch(word)), "")
    return 0 if not found or found in ("a", "an", "one") else parse_count(found, MOST)
