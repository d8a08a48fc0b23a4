"""Answers that need the turn before: "And in Rome?", "Who wrote it?", "Shorten that"."""

from __future__ import annotations

import re

from mockgem.operations.forms.answer_spans import KINDS, find_place
from mockgem.operations.forms.changed_replies import DAY, MONTH, change_number, move_day
from mockgem.operations.forms.known_facts import CAPITAL_OF, CAPITALS
from mockgem.operations.forms.language_requests import find_requested
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.place_facts import tell_dish
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.shorter_replies import shorten_reply, wants_shorter
from mockgem.operations.forms.sources import choose_sentence, split_sentences
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.text_styles import change_words
from mockgem.operations.forms.translation import TRANSLATE, translate
from mockgem.operations.forms.units import convert_units, format_value
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.known_answers import find_known_row

FOLLOW_UP = make_regex(
    r"^\W*(?:(?:ok|okay|thanks|great|hmm|so|alright|cool|gut|vale"
    r"|bien)[, !.]{1,3})?(?:and what about|and how about|what about|how about|und was ist mit"
    r"|und wie ist es in|y qué (?:hay|tal|pasa) (?:de|con|en)|et pour|et qu'en est-il de|and|und"
    r"|und in|y|y en|et|et à|et en|now(?= (?:in|to|into) [a-z]{3,14}\W*\Z)|e|e em|en|i|a|а|и|та|那"
    r"|那么|では|그럼)\s+(?:(?:in|on|at|for|with|of|about|für|en|à|em|a|per|w|в|у|the|dans"
    r"|pour)\s+)?([^?!.\n]{1,60})[?.!]*\s*$",
    re.I,
)


MENTIONS = make_regex(
    r"\bone (?:that|which) (?:mentions|includes|uses|has|names|contains) (?:(?:our|the|my) )?"
    r"(?P<kind>[a-z]+(?: name)?,? )?[\"'“]?(?P<name>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2})",
)
IN_UNIT = make_regex(
    r"\A\W*(?:(?:and|so|ok|what(?:['’]?s| is) (?:that|it)|how much is (?:that"
    r"|it)) )?in ([a-z]{1,12})\W*\Z",
    re.I,
)
AMOUNT = make_regex(r"(?<![\w.,])(\d{1,9}(?:\.\d{1,6})?) ?(°?[a-zA-Z]{1,12})\b")


def convert_reply(question: Question) -> str:
    """Return the amount of the last reply in the unit that is asked now; empty without one."""
    match = IN_UNIT.match(question.prompt)
    if match is None:
        return ""
    reply = (question.list_said("model") or [""])[-1]
    for amount, unit in AMOUNT.findall(reply[:2000].replace(",", "")):
        if found := convert_units(f"{amount} {unit} in {match[1]}"):
            return f"{amount} {unit} is {format_value(found[0])} {found[2]}."
    return ""


PLACES = make_regex(r"\b(?:town|city|village|area|region|street|country|neighbou?rhood)\b", re.I)
MAX_LINE = 120


def mention_name(question: Question) -> str:
    """Return the last slogan or title with the name that the next one has to mention."""
    match = MENTIONS.search(question.prompt)
    reply = (question.list_said("model") or [""])[-1].strip()
    if match is None or not reply or len(reply) > MAX_LINE or "\n" in reply:
        return ""
    start = reply if reply[:2] == "I " or reply[1:2].isupper() else reply[:1].lower() + reply[1:]
    lead = "In" if PLACES.search(match["kind"] or "") else "With"
    return f"{lead} {match['name']}, {start}"


ASPECT = make_regex(r"\b(?:and|about) (?:the|its|their|his|her) [a-z]")
"""Another thing about the same subject: "and the population?"."""
ASKS = make_regex(r"(?:how|what|why|when|who|where|which|can|could|is|are|do|does)\b", re.I)
"""A separate question after "and"."""
SHORT_WORD = make_regex(r"\W*(?:i|a|e|y|w|en|et)\s", re.I)
"""Words that mean "and" in other languages, and begin English sentences."""
ABOUT_TALK = make_regex(r"\b(?:question|answer|again|only|please|numbers?)\b", re.I)
"""Words about the conversation, not a new subject."""
PLACE = make_regex(r"\b[A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)*\b")


@form(
    "follow-up", needs="earlier", about='the question before, about the new subject: "And in Rome?"'
)
def follow_up(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 120:
        return None
    if accepted := accept_offer(question):
        return accepted
    if mentioned := mention_name(question) or convert_reply(question):
        return mentioned
    if changed := change_number(question):
        return changed
    if PLAINER.search(question.prompt) and (plain := simplify_reply(question)):
        return plain
    if (revised := revise_reply(question)) is not None:
        return revised
    match = FOLLOW_UP.match(question.prompt)
    is_sentence = question.language == "en" and SHORT_WORD.match(question.prompt)
    if match is None or is_sentence or ABOUT_TALK.search(question.prompt):
        return answer_pronoun(question)
    before = next(
        (text for role, text in reversed(question.earlier) if role == "user" and text.strip()), ""
    )
    replies = [text for role, text in question.earlier if role != "user" and text.strip()]
    subject = match[1].strip()
    if item := find_listed_item(subject, question):
        return tell_about_item(item, replies, question)
    if ASKS.match(subject):
        return answer_pronoun(question)
    reply = replies[-1][:400] if replies else ""
    if moved := move_day(subject, reply):
        return moved
    names = [
        one for one in PLACE.findall(re.sub(r"^\W*\w+", "", before[:400])) if not MONTH.match(one)
    ]
    old = [one for one in names if one in reply] or names
    if old and subject[:1].islower() and ASPECT.search(question.prompt):
        about = f"{subject} of {old[-1]}"
        return " ".join(Writer(Question(f"Explain {about}", question.random)).write_sentences(2))
    if (capital := CAPITAL_OF.search(before)) and subject.lower() in CAPITALS:
        return f"The {capital[0].split(' of ')[0]} of {subject} is {CAPITALS[subject.lower()]}."
    if dish := tell_dish(before, subject):
        return dish
    if TRANSLATE.search(before) and (several := translate_several(before, subject, question)):
        return several
    if TRANSLATE.search(before) and find_requested(f"in {subject}"):
        return translate_again(before, subject, question)
    if question.language != "en":
        inner = Question(before, question.random, question.stated_system)
        return Writer(inner, question.language).write_paragraph(2)
    noun = NOUN.search(before) if not old else None
    if noun and split_sentences(reply) and noun[1] in reply:
        return end(split_sentences(reply)[0].replace(noun[1], subject.removeprefix("a ")))
    if not old and split_sentences(reply):
        first = split_sentences(reply)[0]
        named = next((one for one in NAMED.findall(first) if f" in {one.lower()}" in before), "")
        if named:
            return end(re.sub(rf"\b{named}\b", subject.title(), first))
        return answer_without_name(subject, first)
    topic = replace_name(before[:200], old[-1] if old else "", subject)
    first = (
        f"You asked before: “{before[:160].strip()}” For {subject}, the question becomes "
        f"“{topic.strip()}”"
    )
    sentence = (
        replace_name(split_sentences(reply)[0], old[-1] if old else "", subject)
        if split_sentences(reply)
        else ""
    )
    if sentence and subject in sentence and old:
        return end(sentence)
    return f"{first} {end(sentence) if sentence else Writer(question).write_sentence()}"


NAMED = make_regex(
    r"\b(?!(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|The|This|That|In|It)\b)[A-Z][a-zà-ÿ]{2,20}\b"
)
"""A name in a reply, which the user may have written in small letters."""
OFFERED = make_regex(
    r"\b(?:would you (?:like|prefer)|do you (?:want|prefer|need)|(?:should|shall|can) (?:i|we)"
    r" (?:offer|send|book|get|arrange)(?: you)?|is it|which (?:do|would) you \w+)"
    r"[^?.\n]{0,40}?\b(?:an? |the |for )?([a-z-]{3,20}(?: [a-z-]{3,20})?),? or"
    r" (?:an? |the |for )?([a-z-]{3,20}(?: [a-z-]{3,20})?)\?",
    re.I,
)
ACCEPTS = make_regex(
    r"\W*(?:(?:i(?:'d| would) (?:like|prefer)|i(?:'ll| will) take|let's (?:do|go with)|yes|ok|the"
    r"|a|an)[, ]{1,2}){0,4}([a-z-]{3,20}(?: [a-z-]{3,20})?)(?:,? (?:please|pls|thanks"
    r"|thank you))?\W*\Z",
    re.I,
)


def accept_offer(question: Question) -> str:
    """Confirm the one of two offers that the user takes: "Rebooking, please."."""
    match = ACCEPTS.match(question.prompt) if len(question.prompt) < SHORT_ANSWER else None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    offered = OFFERED.search(reply[-400:]) if match else None
    if match is None or offered is None or question.language != "en":
        return ""
    said = re.sub(r",? (?:please|pls|thanks)$", "", match[1].lower())
    taken = next((one for one in offered.groups() if one.lower().split()[-1] in said), "")
    return (
        f"Great, {taken.lower()} it is. I will take care of it and confirm it shortly."
        if (taken)
        else ""
    )


SHORT_ANSWER = 60
NOUN = make_regex(r"\b(?:is|are|does|do|can|was|were) (?:a|an|the) ([a-z]{3,20})\b", re.I)
DAYS = make_regex(
    rf",? ?(?:from |on )?{DAY}(?: (?:to|through|until|and|-|–) {DAY})?|,? ?(?:on )?weekdays"
    rf"|,? ?every day|,? ?(?:today|tomorrow|tonight)",
    re.I,
)


def answer_without_name(subject: str, sentence: str) -> str:
    """Return the last reply about another day, or after the new subject."""
    if DAYS.fullmatch(subject) and DAYS.search(sentence):
        day = subject if subject.lower() in ("today", "tomorrow", "tonight") else f"on {subject}"
        return end(DAYS.sub(f" {day}", sentence.rstrip(".!"), count=1).strip())
    return f"As for {subject}: {end(sentence)}"


ORDINALS = "first second third fourth fifth sixth".split()
ORDINAL = make_regex(rf"(?:the )?({'|'.join(ORDINALS)}|last)(?: one| item| option)?", re.I)


def tell_about_item(item: str, replies: list[str], question: Question) -> str:
    """Return the last reply about another item of a list, or sentences about the item."""
    items = next(
        (marked for reply in reversed(replies) if len(marked := list_marked(reply)) > 1), []
    )
    last = split_sentences(replies[-1])[:1]
    for other in (one.strip(" *.") for one in items):
        if last and other != item and other in last[0]:
            return end(last[0].replace(other, item))
    return " ".join(Writer(Question(f"Explain {item}", question.random)).write_sentences(3))


def find_listed_item(subject: str, question: Question) -> str:
    """Return what "the second one" is in the last list of the conversation; empty without one."""
    match = ORDINAL.fullmatch(subject.strip(" ?!."))
    if match is None:
        return ""
    replies = [text for role, text in reversed(question.earlier) if role != "user"]
    items = next((marked for reply in replies if len(marked := list_marked(reply)) > 1), [])
    name = match[1].lower()
    at = len(items) - 1 if name == "last" else ORDINALS.index(name)
    return items[at].strip(" *.") if 0 <= at < len(items) else ""


PLAINER = make_regex(
    r"\b(?:explain|say|put|describe) (?:that|this|it)(?: again)? (?:like|to|as if"
    r"|in (?:a )?(?:simple|plain|easy|other)|(?:more )?simply|for)\b|\beli5\b|\bin (?:plain|simple"
    r"|layman's) (?:english|terms|words|language)\b|\bdumb (?:it|that) down\b|\b(?:very "
    r"|more )?simple words\b",
    re.I,
)
REVISES = make_regex(
    r"\b(?:say|put|explain|tell me|give me|describe) (?:it|that|this)\b[^.\n]{0,20}\b(?:in|with)"
    r" (?:only |just )?(?:one|a single|two|three|\d{1,2}|fewer) (?:short )?(?:sentences?|words?)\b"
    r"|\b(?:shorten|summari[sz]e|condense|simplify|rephrase|reword|rewrite|make)\b[^.\n]{0,20}"
    r"\b(?:that|this|it|your (?:last )?(?:answer|reply|response)|the above)\b",
    re.I,
)


def translate_several(before: str, subject: str, question: Question) -> str:
    """Return a line for each of several languages; empty for a single one."""
    names = [one.strip() for one in SEVERAL.split(subject) if one.strip()]
    if len(names) < 2 or not all(find_requested(f"in {one}") for one in names):
        return ""
    texts = [translate_again(before, one.capitalize(), question) for one in names]
    pairs = zip(names, texts, strict=True)
    return "\n".join(f"{name.capitalize()}: {text}" for name, text in pairs) if all(texts) else ""


SEVERAL = make_regex(r",| and | und | y | et |[+&/]")


def translate_again(before: str, language: str, question: Question) -> str | None:
    """Return the translation of the text in an earlier request into another language."""
    text = before.rpartition(":")[2] if ":" in before else before
    quoted = re.search(r"[\"'“‘]([^\"'”’\n]{1,300})[\"'”’]", before)
    asked = quoted or ASKED_TEXT.match(before)
    wish = f"Translate to {language}: {asked[1] if asked else text}"
    return translate(Question(wish, question.random))


ASKED_TEXT = make_regex(
    r"\W*(?:(?:and|hey|ok|please)\W+)?(?:how (?:do|would|can|to) (?:(?:i|you|we) )?say"
    r"|how to say|what(?:'s| is)|say|translate|wie sagt man|cómo se dice|comment dit-on) "
    r"([^\n:]{2,200}?) (?:in|into|to|auf|en) [^\W\d_]{3,14}\W*\Z",
    re.I,
)
"""A request that names a text and a language: "how do I say good morning in German"."""
MORE = make_regex(r"\b(?:funn\w+|longer|more detailed|more details)\b", re.I)


def revise_reply(question: Question) -> str | None:
    """Shorten the last reply: "Can you shorten that to one sentence?"."""
    wishes = REVISES.search(question.prompt) or wants_shorter(question.prompt)
    if question.material or not wishes:
        return None
    before = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    if not split_sentences(before):
        return None
    if more := MORE.search(question.prompt):
        joke = "Side effects may include smiling. 😄"
        added = joke if more[0].lower().startswith("fun") else Writer(question).write_sentence()
        return f"{before.strip()} {added}"
    return shorten_reply(before, question.prompt)


def simplify_reply(question: Question) -> str:
    """Return the first sentences of the last reply after "Put simply"."""
    before = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    facts = [end(one) for one in split_sentences(before)[:3]]
    text = change_words(" ".join(facts), SIMPLER)
    if not text or question.language != "en":
        return ""
    return f"Put simply: {text}"


SIMPLER = {
    "sustained": "steady",
    "approximately": "about",
    "utilize": "use",
    "purchase": "buy",
    "numerous": "many",
    "however": "but",
    "additional": "more",
    "commence": "start",
    "individuals": "people",
    "require": "need",
    "in the general price level of goods and services": "in the prices of things",
}
PRONOUN = make_regex(
    r"\A\W*(?:(?:sorry|wait|and|ok|okay|so|hmm|but|again|remind me|thanks"
    r"|great)\W{1,3}){0,3}(?:who|what|when|where|why|how|which|is|are|was|were|does|do|did|can"
    r"|could|tell me)\b[^.!\n]{0,60}\b(?:it|its|he|she|they|them|him|her|his|their|that|there"
    r"|this one|one|ones|first|second|last|latter|former|of the two)\b|\A\W*(?:and )?(?:who|when"
    r"|where|what|how much|how long|how many)\b[^.!\n]{0,20}\b(?:is|was|are|were|does"
    r"|did) the [a-z]{3,20}\W*\Z",
    re.I,
)


CAPITALISED = make_regex(r"\b(?:by|with|from|of) ([A-Z][a-z]+(?: [A-Z][a-z]+){1,2})")


PERSON = make_regex(r"\b(?:he|she|they|him|her)\b", re.I)
FULL_NAME = make_regex(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")


def answer_pronoun(question: Question) -> str | None:
    """Answer "Who wrote it?" with what the conversation says about it."""
    if question.language != "en" or not PRONOUN.match(question.prompt):
        return None
    said = [text for _, text in question.earlier if text.strip()][-4:]
    sentences = [one for text in reversed(said) for one in split_sentences(text) if "?" not in one]
    if not sentences:
        return None
    asked = next((text for role, text in reversed(question.earlier) if role == "user"), "")
    kind = re.match(r"\W*(?:and |so )?(where|when)\b", question.prompt, re.I)
    names = " ".join(FULL_NAME.findall(sentences[0])) if kind else ""
    about = f"{question.prompt} {asked} {names}"
    fact = find_known_row(about, kind[1].lower()) if kind else None
    if fact:
        is_person = PERSON.search(question.prompt) is not None
        return fact.sentences if is_person else state_answer(question.prompt, fact.value)
    if replied := find_replied(question) or answer_from_system(question):
        return replied
    if re.match(r"\W*who\b", question.prompt, re.I):
        named = next(filter(None, map(CAPITALISED.search, sentences)), None)
        if named is not None:
            return f"It was {named[1]}."
    best = choose_sentence(sentences, question.prompt) or max(sentences, key=len)
    return f"As for what we said before: {end(best)} {Writer(question).write_sentence()}"


LONG_SYSTEM = 160
STORY = make_regex(
    r"\b(?:story|text|passage|context|document|article|transcript)s?\b[^:\n]{0,20}:", re.I
)


def answer_from_system(question: Question) -> str:
    """Return the sentence of a text in the system instruction that answers; empty without one."""
    system = question.stated_system
    given = STORY.search(system) if len(system) > LONG_SYSTEM else None
    if given is None:
        return ""
    asked = FIND.sub("found", question.prompt)
    return end(choose_sentence(split_sentences(system[given.end() :]), asked) or "").strip()


FIND = make_regex(r"\b(?:find|finds)\b", re.I)


def find_replied(question: Question) -> str:
    """Return the sentence of the last reply with the date, place or number that is asked now."""
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    before = next((text for role, text in reversed(question.earlier) if role == "user"), "")
    find = next((find for asks, find in KINDS[3:] if asks.search(question.prompt)), None)
    for sentence in split_sentences(reply) if find else ():
        found = find(question.prompt, sentence) if find and not sentence.endswith("?") else ""
        is_place = find is find_place
        if found and found not in before and not (is_place and not stands_in(found, sentence)):
            return end(sentence)
    return ""


def stands_in(place: str, sentence: str) -> bool:
    return re.search(rf"\b(?:in|at|near|to|on) (?:the )?{re.escape(place)}", sentence) is not None


ASKED = make_regex(r"\W*(where|when|how many) (was|is|were|are) (\w+) ?([a-z]*)\W*\Z", re.I)


def state_answer(asked: str, fact: str) -> str:
    """Return "It was played at …" for "Where was it played?", else the fact alone."""
    match = ASKED.match(asked)
    if match is None:
        return f"{fact}."
    link = {"where": "at" if " in " in fact else "in", "when": "in"}.get(match[1].lower(), "")
    parts = (match[3].capitalize(), match[2].lower(), match[4], link, fact)
    return f"{' '.join(filter(None, parts))}."


def replace_name(text: str, old: str, new: str) -> str:
    return text.replace(old, new) if old else f"{text.rstrip('?!. ')} ({new})"
