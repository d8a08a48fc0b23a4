"""Questions about the conversation itself, and sums that go on: "What did I ask?", "now add 10"."""

from __future__ import annotations

import re

from mockgem.operations.forms.calculations import format_number
from mockgem.operations.forms.language_detection import LANGUAGE_NAMES, detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_items import (
    EXPLAIN,
    find_foreign_item,
    find_item,
    tell_item,
)
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.reasons import explain_advice, explain_part, give_reason
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_styles import SECOND_PERSON, change_words
from mockgem.operations.forms.writing import Writer

MY_MESSAGE = make_regex(
    r"\b(?:what (?:was|is)|repeat|quote|tell me|show me) (?:my|the) (?P<which>very first|first|last"
    r"|previous|second)?(?: \w+)? ?(?:question|message|request|prompt"
    r"|thing i (?:\w+ ){0,2}?(?:said|asked"
    r"|wrote|told))\b|\bwhat did i (?:just |originally )?(?:ask|say|write"
    r"|tell)(?: to)?(?: you)?+(?! (?:to|about|that|my|i)\b)"
    r"(?P<end>[^?.]{0,30})",
    re.I,
)
ORDERED = make_regex(
    r"\bwhat (?:did|have) i (?:just |already )?(?:order|book|ask for|request|want|buy"
    r"|choose)(?:ed)?\W*\Z"
    r"|\bwhat was my (?:order|booking)\b(?! (?:number|id|code|total))",
    re.I,
)
ORDERS = make_regex(
    r"\b(?:i(?:['’]d| would) like|i want|i['’]ll (?:have|take)|can i (?:get|have)|order|book|give "
    r"me)\b",
    re.I,
)
"""A message with what the user wants."""
YOUR_MESSAGE = make_regex(
    r"\b(?:repeat|say|show)(?: me)? (?:that|it|this|your (?:last |previous )?(?:answer|reply"
    r"|message"
    r"|response)|what you (?:just )?said|yourself|the last (?:answer|reply|message))(?: again"
    r"| once more"
    r"| please)*\W*\Z|\bwhat did you (?:just )?(?:say|answer|reply|tell me|recommend|suggest"
    r"|advise)\b|\bsay (?:that"
    r"|it) again\b"
    r"|\bcome again\b",
    re.I,
)
CHANGES = make_regex(
    r"\A\W*(?:(?:and|now|then|ok|okay|so|great|thanks|please|next|what(?:'s| is)(?: that)?"
    r"|take that"
    r"|can you|how about)[ ,.!]{1,3}){0,4}(?:(?P<op>add|plus|multiply|multiplied by|times"
    r"|divide|divided"
    r" by|subtract|minus|double|halve|triple|square)(?: (?:it|that|this|the (?:result|answer|number"
    r"|total)))?(?: (?:by|with|to (?:it|that)|from (?:it|that)|and))?(?: another)? ?"
    r"(?P<number>-?\d{1,9}(?:\.\d{1,6})?)?(?: (?:to|from) (?:it|that|this|the (?:result|total"
    r"|answer)))?)"
    r"(?P<rest>[^\n]{0,60})\Z",
    re.I,
)
NUMBER = make_regex(r"-?\d[\d,]*(?:\.\d+)?")
BARE = make_regex(r"\b(?:only|nothing else|verbatim|exactly|word for word)\b", re.I)
GOES_ON = make_regex(
    r"\W*(?:(?:please|ok|okay|and|yes|sure|great)[ ,.!]{1,2}){0,2}(?:tell me more|(?:an? |any "
    r"|some )?examples?(?: please)?|more(?: details?"
    r"| information| please)?|go on|continue|keep going|elaborate|explain (?:more|further|that"
    r"|it|this"
    r"|why)|how come|why(?: is that| so| not)?|how so|in more detail|can you (?:elaborate"
    r"|explain(?: that| more"
    r"| further)?|expand(?: on that)?|go on|tell me more|continue|give me (?:an example"
    r"|more details?))"
    r"|give me an example|for example|what do you mean|(?:make|write) (?:it|that) longer"
    r"|expand on (?:that|this|it)|tell me more about (?:it|that|this)|what else|anything else)\W*"
    r"(?:please)?\W*\Z",
    re.I,
)


@form(
    "earlier message",
    needs="earlier",
    about="an earlier message of the conversation, word for word",
)
def quote_message(question: Question) -> str | None:
    """Answer "What did I just ask?" and "Repeat your last answer."."""
    prompt = question.prompt.strip()
    if not question.earlier or len(prompt) > 160 or question.material:
        return None
    if YOUR_MESSAGE.search(prompt) and (yours := question.list_said("model")):
        return say_in_language(yours[-1], question)
    if ORDERED.search(prompt):
        said = [one for one in question.list_said("user") if ORDERS.search(one)]
        return f"You wrote: “{said[0]}”" if said else None
    match = MY_MESSAGE.search(prompt)
    mine = question.list_said("user") if match is not None else []
    if match is None or not mine:
        return None
    which = f"{match['which'] or ''} {match['end'] or ''}".lower()
    text = mine[0] if "first" in which else mine[-1]
    return (
        text
        if BARE.search(prompt)
        else f"You asked me: “{text}”"
        if "?" in text
        else (f"You wrote: “{text}”")
    )


def say_in_language(said: str, question: Question) -> str:
    """Return the last reply, in another language if the message wants it in one."""
    code = question.requested_language
    if not code or code == detect(said):
        return said
    inner = Question(f"Translate into {LANGUAGE_NAMES[code].split()[0]}: {said}", question.random)
    formed = find_reply(inner)
    return formed.text if formed else said


IN_TOTAL = make_regex(
    r"\b(?:in total|altogether|all together|combined|in sum|insgesamt|en total"
    r"|in totale|what(?:['’]?s| is| was) the (?:total|sum)|total (?:cost|price|amount|sum)"
    r"|how much (?:is|was|did|do) (?:it|that|i|we|everything)(?: all)?"
    r"(?: (?:spend|spent|pay|paid|owe|cost))?)\b",
    re.I,
)


CURRENCY = make_regex(r"[$€£](?=\d)")


@form(
    "sum of earlier numbers",
    needs="earlier",
    about='the sum of the numbers the user gave: "How many in total?"',
)
def add_earlier(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 120 or not IN_TOTAL.search(question.prompt):
        return None
    for text in reversed(question.list_said("user")):
        numbers = [float(one.replace(",", "")) for one in NUMBER.findall(text)]
        if len(numbers) > 1:
            sign = CURRENCY.search(text)
            total = f"{sign[0] if sign else ''}{format_number(sum(numbers))}"
            return total if question.is_terse else f"That makes **{total}** in total."
    return None


HOW_MANY = make_regex(
    r"\bhow (?:many|often)\b[^.?\n]{0,20}\b(questions?|messages?|things"
    r"|times)\b[^.?\n]{0,20}\b(?:i|we|you)\b"
    r"[^.?\n]{0,30}\b(?:ask|asked|sent|send|said|written|exchanged|so far|answered)\b",
    re.I,
)


@form(
    "number of messages",
    needs="earlier",
    about='how many messages the user sent: "How many questions did I ask?"',
)
def count_messages(question: Question) -> str | None:
    match = HOW_MANY.search(question.prompt) if question.earlier else None
    if match is None:
        return None
    said = question.list_said("user")
    asked = [text for text in said if text.rstrip().endswith("?")]
    count = len(asked) if match[1].lower().startswith("question") and asked else len(said)
    return str(count) if question.is_terse else f"So far you have asked {count} before this one."


ABOUT_ME = make_regex(
    r"\bwhat (?:do|did) you (?:know|remember|learn) about me\b|\bwhat (?:have i|did i)"
    r" (?:told|tell) you(?: so far| about (?:me|myself))\b|\btell me (?:everything |all )?(?:what"
    r" )?you know"
    r" about me\b|\bwho am i\b",
    re.I,
)
HELLO = make_regex(
    r"\A(?:hi|hello|hey|good (?:morning|evening|afternoon))(?: there)?[,!. ]{1,2}", re.I
)


@form(
    "about the user",
    needs="earlier",
    about='what the user said about themselves: "What do you know about me?"',
)
def tell_about_user(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 160 or not ABOUT_ME.search(question.prompt):
        return None
    said = [
        HELLO.sub("", one) for text in question.list_said("user") for one in split_sentences(text)
    ]
    told = [one for one in said if ME.search(one) and not one.endswith("?")][:6]
    if question.language != "en" or not told:
        return None
    parts = [change_words(one.strip(" .!"), SECOND_PERSON) for one in told]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


ME = make_regex(r"\b(?:i|i['’]m|my|me|we|our)\b", re.I)


@form("further sum", needs="earlier", about='the last result, changed: after "Multiply that by 2"')
def change_result(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 120:
        return None
    match = CHANGES.match(question.prompt)
    if scaled := scale_amounts(question):
        return scaled
    replies = question.list_said("model") if match else []
    numbers = NUMBER.findall(replies[-1]) if replies else []
    if match is None or not numbers:
        return None
    before, operation = float(numbers[-1].replace(",", "")), match["op"].lower()
    if match["number"] is None and operation not in ("double", "halve", "triple", "square"):
        return None
    number = float(match["number"] or 0)
    result = format_number(compute(operation, before, number))
    is_bare = question.is_terse or replies[-1].strip(" .") == numbers[-1]
    return result if is_bare else f"That makes **{result}**."


SCALES = make_regex(
    r"\b(double|triple|halve|half)\b[^.\n]{0,30}\b(?:amounts?|quantit\w+|recipe|ingredients"
    r"|everything|all|numbers"
    r"|list|portions?|servings?)\b",
    re.I,
)
FACTORS = {"double": 2.0, "triple": 3.0, "halve": 0.5, "half": 0.5}


def scale_amounts(question: Question) -> str:
    """Return the list of the last reply with all amounts doubled, tripled or halved."""
    match = SCALES.search(question.prompt)
    replies = question.list_said("model") if match else []
    if match is None or not replies or len(NUMBER.findall(replies[-1])) < 2:
        return ""
    factor = FACTORS[match[1].lower()]
    lines = []
    for line in replies[-1].splitlines():
        mark = LIST_MARK.match(line)
        head = mark[0] if mark else ""
        body = NUMBER.sub(
            lambda found: format_number(float(found[0].replace(",", "")) * factor),
            line[len(head) :],
        )
        lines.append(head + body)
    return "\n".join(lines)


LIST_MARK = make_regex(r"[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+")


def compute(operation: str, before: float, number: float) -> float:
    match operation:
        case "add" | "plus":
            return before + number
        case "subtract" | "minus":
            return before - number
        case "double" | "triple":
            return before * (2 if operation == "double" else 3)
        case "halve":
            return before / 2
        case "square":
            return before * before
    return before / number if operation.startswith("divide") and number else before * number


ITEM_ONLY = make_regex(r"\b(?:repeat|only|just|show(?: me)?|say|copy|what was|which was)\b", re.I)


COMMAND = make_regex(
    r"[.!,;] (?:and |so |please |now |can you |could you ){0,2}((?:write|give|create|make|suggest"
    r"|draft|translate|turn|generate|compose|come up)\b[^\n]{2,100})",
    re.I,
)
"""A wish about an item that a prompt names first: "I like the last one. Write a slogan for it."."""
IT = make_regex(r"\b(?:it|that one|this one|that|this)\b", re.I)
WHY_ALONE = make_regex(
    r"\W*(?:(?:and|ok|okay|but|hm+)\W+)?(?:why|how so|how come)(?: (?:is that|that|so|not|this|does"
    r" (?:that|this|it) (?:help|work)|would (?:that|this|it) (?:help|work)))?\W*\Z",
    re.I,
)
WHY = make_regex(r"\W*(?:(?:and|ok|okay|but|hm+)\W+)?(?:why|how so|how come)\b", re.I)
CHOSEN = make_regex(
    r"\b(?:I(?:['’]d| would)?(?: rather)? (?:use|pick|choose|go (?:with|for)|take|recommend|suggest"
    r"|prefer|say|buy|opt for)|you should (?:use|pick|choose|go (?:with|for)|take|buy)|go (?:with"
    r"|for)|choose|pick|best (?:choice|option) is)"
    r" (?:the |an? )?\**([^\W_][\w.+#'-]*(?: [A-Z][\w.+#'-]*){0,3})"
)
REASONS = (
    "Because {0} fits what you asked for best: it covers what you need, and it leaves you with"
    " fewer things to worry about than the alternatives."
)


WHY_NOT = make_regex(
    r"\W*(?:(?:and|ok|okay|but|so|hm+)\W+)?why not (?:the |an? )?([\w.+#' -]{2,30}?)(?: then| "
    r"instead)?\W*\Z",
    re.I,
)
WHY_OTHER = (
    "{0} would work as well, and it is a good choice if you know it already. {1} simply fits what "
    "you"
    " asked for better: it takes less effort to begin with, and you can still change later."
)


def find_choice(question: Question) -> str:
    """Return what the last reply recommends; empty if it recommends nothing."""
    reply = (question.list_said("model") or [""])[-1]
    match = CHOSEN.search(reply[:2000])
    return match[1].strip(" .*") if match else ""


def explain_reply(question: Question) -> str:
    """Return the reason for an answer to "Is it bad to …?" or "Should I …?"; else nothing."""
    mine, replies = question.list_said("user"), question.list_said("model")
    if question.language != "en" or not mine or not replies:
        return ""
    reason, about = give_reason(mine[-1], replies[-1])
    if not reason or not WHY_ALONE.match(question.prompt):
        return explain_part(question.prompt, replies[-1]) or (
            explain_advice(mine[-1], replies[-1], lambda text: change_words(text, SECOND_PERSON))
            if WHY_ALONE.match(question.prompt)
            else reason
        )
    return f"{reason} {Writer(Question(f'Explain {about}', question.random)).write_sentence()}"


@form(
    "more about it",
    needs="earlier",
    about='more about the subject of the last question: "Tell me more"',
)
def tell_more(question: Question) -> str | None:
    if not question.earlier or len(question.prompt) > 120:
        return None
    if len(question.prompt) < 50 and WHY.match(question.prompt):
        chosen = find_choice(question) if question.language == "en" else ""
        other = WHY_NOT.match(question.prompt)
        if chosen and other and other[1].lower() not in chosen.lower():
            return WHY_OTHER.format(f"{other[1][:1].upper()}{other[1][1:]}", chosen)
        if chosen:
            return REASONS.format(chosen)
        if reasoned := explain_reply(question):
            return reasoned
    item = find_item(question)
    if item and ITEM_ONLY.search(question.prompt):
        return item
    if item and (wish := COMMAND.search(question.prompt)):
        named = IT.sub(item, wish[1], count=1)
        formed = find_reply(Question(named, question.random, question.system))
        return formed.text if formed else None
    if item and question.language == "en":
        return tell_item(item, question)
    if question.language != "en" and (item := find_foreign_item(question)):
        told = Question(f"{EXPLAIN.get(question.language, 'Explain')} {item}", question.random)
        formed = find_reply(told)
        return f"**{item}**\n\n{formed.text}" if formed else None
    if len(question.prompt) > 80 or not GOES_ON.match(question.prompt):
        return None
    mine = question.list_said("user")
    if not mine or question.language != "en":
        return None
    before = next((one for one in reversed(mine) if not GOES_ON.match(one)), mine[-1])
    topic = Question(before[:400], question.random).topic
    return " ".join(Writer(Question(f"Explain {topic}", question.random)).write_sentences(4))
