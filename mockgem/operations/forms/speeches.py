"""Toasts and speeches for a wedding, a retirement or another day, with the prompt's names."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.letter_statements import list_told
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_PROMPT = 1_000
SPEECH = make_regex(
    r"\b(?:write|give|create|draft|compose|need|prepare|deliver|help me with|make)\b[^.\n]{0,40}?"
    r"\b(?:toast|speech)\b",
    re.I,
)
NAME = r"[A-ZÀ-Þ][a-zà-ÿ][\w'-]*"
PERSON = make_regex(
    rf"\b(?:for|about|to|of|honou?r(?:ing)?) (?:my (?:[a-z-]+ ){{0,2}}?[a-z-]+,? )?"
    rf"(?P<name>{NAME})(?: and (?:his wife |her husband )?(?P<other>{NAME}))?"
    r"(?=['’]s\b|[ ,.;:!?\n]|\s*\Z)"
)
RELATION = make_regex(
    r"\bmy (?P<role>(?:best |older |younger |little |big |former |dear )?(?:friend|sister|brother"
    r"|son|daughter|dad|father|mom|mum|mother|parents|grandparents|grandmother|grandfather|aunt"
    r"|uncle|cousin|colleague|coworker|co-worker|boss|manager|teacher|coach|neighbou?r|wife"
    r"|husband))\b",
    re.I,
)
CALLED = make_regex(rf"\b(?i:(?:his|her) name is|called|named) (?P<name>{NAME})")
PARTNER = make_regex(
    rf"\b(?i:marr(?:ying|ies|ied)|married to|(?:groom|bride|husband|wife|partner"
    rf"|fianc[eé]e?)(?:['’]s name)?,?(?: is| called| named)?"
    rf"|to marry) (?:to )?(?P<name>{NAME})"
)
LENGTH = make_regex(rf"\b(?P<count>{NUMBER})[- ](?P<unit>words?|sentences?)\b", re.I)
SHORT = make_regex(r"\b(?:short|brief|quick)\b", re.I)
AT_WORK = make_regex(
    r"\b(?:colleague|co-?worker|boss|manager|office|team|retire\w*|company)\b", re.I
)
OTHER = make_regex(
    r"\b(?:eulogy|funeral|json|table|bullet|outline|tips|how (?:do|to)|ideas|translate|rewrite"
    r"|acceptance|political|campaign|election|persuasive|motivational|keynote|poem|rhym\w*"
    r"|summari[sz]e|speech (?:therapy|recognition|bubble)|part of speech|to speech|french toast"
    r"|avocado)\b",
    re.I,
)


@frozen
class Occasion:
    """What is celebrated, with sentences for it.

    Attributes:
        words: A pattern of what prompts call it.
        body: Sentences with {name} and {couple}; the first are used in shorter texts.
        close: The last sentence.
    """

    words: str
    body: tuple[str, ...]
    close: str


OCCASIONS = (
    Occasion(
        r"wedding|marr(?:y|ies|ying|iage)|best man|maid of honou?r|groom|bride|engagement",
        (
            "Today is a day that {couple} will tell stories about for the rest of their lives.",
            "Whoever sees the two of them together knows why: they listen, they laugh about"
            " themselves, and neither ever leaves the other to carry something alone.",
            "A good marriage is made of small things, such as a cup of tea on a grey morning and"
            " a kind word at the end of a long day.",
            "I wish you patience on the slow days and laughter on all the others.",
            "May your home always be full of friends, of good food and of music that is a little"
            " too loud.",
        ),
        "Please raise your glasses: to {couple}!",
    ),
    Occasion(
        r"retire\w*|retiring",
        (
            "Today we say goodbye to someone who has been part of this place for a long time.",
            "{name} always had an open door, a calm answer and the right question at the right"
            " moment.",
            "Much of what works well here began as one of {name}'s ideas, even where nobody"
            " remembers it.",
            "From now on, the alarm clock may stay silent, and Monday is a day like any other.",
            "Enjoy the time for everything that had to wait for so long.",
        ),
        "Thank you for everything, {name}, and all the best for what comes next!",
    ),
    Occasion(
        r"farewell|goodbye|leaving|moving|last day|going away",
        (
            "It is not easy to say goodbye to somebody like {name}.",
            "{name} helped without being asked, stayed calm when it mattered, and made us laugh on"
            " long days.",
            "You leave a gap here, and you leave us many good habits, too.",
            "Wherever you go, the people there are lucky, even if they do not know it yet.",
            "Come back and visit us as often as you can.",
        ),
        "We wish you all the best, {name}, and we will miss you!",
    ),
    Occasion(
        r"graduat\w+|diploma|degree",
        (
            "Today we celebrate years of work, of short nights and of not giving up.",
            "{name}, you have shown how far curiosity and patience can carry a person.",
            "Behind every certificate stand people who believed in it, and today we may all be a"
            " little proud.",
            "What comes next will bring new questions, and you have learned how to find answers.",
            "Stay curious, and be kind to yourself when something does not work at once.",
        ),
        "Congratulations, {name}, the next chapter is yours!",
    ),
    Occasion(
        r"anniversary",
        (
            "Today we celebrate years in which {couple} shared everything: the good days, the"
            " difficult ones and all the ordinary ones in between.",
            "You have shown us that love is not a big word, but many small deeds.",
            "Thank you for your open house, your patience and your good example.",
            "May the coming years bring you health, many trips and even more laughter.",
        ),
        "Please raise your glasses: to {couple}!",
    ),
    Occasion(
        r"birthday|turn(?:s|ing)? \d+",
        (
            "We have come together today for somebody very special.",
            "{name}, you have a rare talent: people leave you in a better mood than they came.",
            "You remember what matters to others, and you are there before one has to ask.",
            "May the next year bring you health, good company and time for what you love.",
            "And should the cake not be enough for everyone, you still get the first piece.",
        ),
        "Happy birthday, {name}, here is to you!",
    ),
    Occasion(
        r"promotion|award|new job|opening",
        (
            "Today we have a very good reason to celebrate.",
            "{name} has worked for this with patience, and without making much of it.",
            "Whoever has worked with {name} knows that this success is well deserved.",
            "May the new task bring as much joy as this day brings to us.",
        ),
        "Congratulations, {name}, and cheers!",
    ),
)


@form(
    "toast",
    "Write a wedding toast for my best friend Tom. We met in college and he's marrying Julia.",
    "Write a farewell speech for my coworker Dan who is moving to Canada.",
    words="toast speech",
    about="a toast or a speech for the people and the occasion in the prompt",
)
def write_speech(question: Question) -> str | None:
    text = question.prompt[:MAX_PROMPT]
    asked = SPEECH.search(text) if question.language == "en" else None
    if asked is None or question.material or OTHER.search(text):
        return None
    occasion = next((one for one in OCCASIONS if re.search(one.words, text, re.I)), None)
    if occasion is None:
        return None
    people = read_people(text)
    if people is None:
        return None
    return fit_length(list_sentences(occasion, people, text), text)


@frozen
class People:
    """Whom a speech is about.

    Attributes:
        name: What the speech calls the person: "Tom", "my dear sister" without a name.
        couple: Both names, or the same as `name`.
        role: What the person is to the speaker: "best friend"; empty if unknown.
        is_named: Whether the prompt has the person's own name.
    """

    name: str
    couple: str
    role: str
    is_named: bool


def read_people(text: str) -> People | None:
    """Return whom a prompt wants a speech for; None if it names nobody."""
    named, relation = CALLED.search(text) or PERSON.search(text), RELATION.search(text)
    role = relation["role"].lower() if relation else ""
    if named is None:
        name = f"my dear {role.removeprefix('dear ')}"
        return People(name, join_couple(name, text, role), role, False) if role else None
    name = named["name"]
    other = named.groupdict().get("other")
    couple = f"{name} and {other}" if other else join_couple(name, text, role)
    return People(name, couple, role, True)


def join_couple(name: str, text: str, role: str) -> str:
    """Return a person with whom they marry: the named partner, or "her husband"."""
    partner = PARTNER.search(text)
    if partner and partner["name"] != name:
        return f"{name} and {partner['name']}"
    spouse = next((spouse for words, spouse in SPOUSES.items() if re.search(words, role)), "")
    return f"{name} and {spouse}" if spouse else name


SPOUSES = {
    r"sister|daughter|mother|mom|mum|aunt|wife": "her husband",
    r"brother|son|father|dad|uncle|husband": "his wife",
}
"""The partner in a wedding if the prompt does not name one, by who marries."""


def list_sentences(occasion: Occasion, people: People, text: str) -> list[str]:
    """Return the sentences of a speech, with what the prompt tells about the person."""
    head = "Ladies and gentlemen, dear friends and family!"
    if AT_WORK.search(text):
        head = "Dear colleagues, dear friends!"
    told = [one for one in list_told(text).statements if not INTRODUCES.match(one)]
    own = [capitalise(name_partner(one, people)) for one in told]
    if clause := CLAUSE.search(text):
        own.append(f"{capitalise(people.name)} {clause[1]}.")
    if people.role and people.is_named:
        own.insert(0, f"I am proud to call {people.name} my {people.role.removeprefix('my ')}.")
    body = [capitalise(one.format(name=people.name, couple=people.couple)) for one in occasion.body]
    close = occasion.close.format(name=people.name, couple=people.couple)
    return [head, *own, *body, close]


INTRODUCES = make_regex(r"(?:his|her|their) names? (?:is|are)\b", re.I)
CLAUSE = make_regex(
    r"(?:[A-ZÀ-Þ][\w'-]+|\bmy (?:[a-z-]+ ){0,2}[a-z-]+),? who ((?!love)[a-z]+ [^.,;?!\n]{2,80}?)"
    r"(?=,? (?:in|with|of|under|max|about) (?:under )?\d|[.,;?!\n]|\s*\Z)"
)
"""What the prompt says about the person: "Dan who is moving to Canada"."""


def name_partner(told: str, people: People) -> str:
    """Return a statement of the prompt with the person's name for "he", "she" or "we"."""
    first = capitalise(people.name)
    told = re.sub(r"^(?:he|she)(?=['’ ])", first, told, flags=re.I)
    return re.sub(r"^we(?= )", f"{first} and I", told, flags=re.I)


def fit_length(sentences: list[str], text: str) -> str:
    """Return a speech that keeps to the length in the prompt; the first and last always stay."""
    wanted = LENGTH.search(text)
    head, *body, close = sentences
    if wanted is None:
        most = 3 if SHORT.search(text) else len(body)
        return lay_out(head, body[:most], close)
    count = parse_count(wanted["count"], 10_000)
    if wanted["unit"].lower().startswith("sentence"):
        return " ".join([*body, close][-count:] if count < 3 else [*body[: count - 1], close])
    while len(body) > 1 and count_words([head, *body, close]) > count:
        body.pop()
    return lay_out(head, body, close)


def count_words(sentences: list[str]) -> int:
    return sum(len(one.split()) for one in sentences)


def lay_out(head: str, body: list[str], close: str) -> str:
    return f"{head}\n\n{' '.join(body)}\n\n{close}"
