"""Which tools to call, and with what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from mockgem.core.content import Tool, ToolCall, ToolChoice
from mockgem.operations.generators.field_values import PLACES, spoken
from mockgem.operations.generators.hints import Clues, clues_in
from mockgem.operations.generators.prose import COMMON, is_greeting
from mockgem.operations.generators.schema_values import value_or_refusal
from mockgem.operations.generators.seeded_random import Dice

VAGUE = frozenset(
    """get set do run fetch find list create make call use tool function value given current data info information
    result results return returns new add item items update delete remove the user input output based provided all
    any by id final""".split()
)
ALIKE = (
    {
        "weather",
        "wetter",
        "clima",
        "tiempo",
        "forecast",
        "temperature",
        "rain",
        "raining",
        "rainy",
        "sunny",
        "umbrella",
        "climate",
        "snow",
        "warm",
        "cold",
    },
    {"time", "clock", "hour", "timezone"},
    {"email", "mail", "e-mail"},
    {"sum", "plus", "add", "addition", "adds", "+"},
    {"multiply", "times", "product", "multiplied", "multiplication", "*"},
    {"calculate", "calculator", "compute", "math", "arithmetic"},
    {"search", "lookup", "look", "google", "browse", "web"},
    {"buy", "purchase", "order"},
    {"flight", "fly", "plane", "airline"},
    {"hotel", "room", "stay"},
    {"translate", "translation", "translator"},
    {"price", "cost", "quote", "stock"},
    {"meeting", "appointment", "calendar", "event", "schedule"},
)
ENOUGH = 3
NO_TOOLS = re.compile(
    r"\b(?:don't|do not|without)\s+(?:call|use|us|using|calling)\w*\s+(?:any|a|the)?\s*(?:tool|function)", re.I
)
STEPS = re.compile(r"\b(?:then|afterwards|after that|next)\b", re.I)


def calls_for(
    tools: Sequence[Tool], choice: ToolChoice, question: str, done: Sequence[str], dice: Dice
) -> tuple[ToolCall, ...]:
    """The calls an answer makes: none, one, or several at once. `done` names tools already called for this question."""
    names = frozenset(choice.names)
    usable = [tool for tool in tools if not names or tool.name in names]
    question = question[:4000]
    if choice.mode == "none" or not usable:
        return ()
    ranked = sorted(usable, key=lambda tool: -fit(tool, question))
    if choice.mode == "any":
        fresh = [tool for tool in ranked if tool.name not in done] or ranked
        chosen = [fresh[0]] if not done else [next((tool for tool in fresh if ends(tool)), fresh[0])]
    elif is_greeting(question) or NO_TOOLS.search(question):
        return ()
    elif done:
        return next_step(ranked, question, done, dice)
    else:
        chosen = [tool for tool in ranked if fit(tool, question) >= ENOUGH][:4]
    clues = clues_in(question)
    if not chosen:
        return ()
    if not choice.parallel or choice.mode == "any":
        return (made(chosen[0], clues, dice, forced=choice.mode == "any"),)
    chosen = told_apart(chosen, usable, question)
    best = fit(chosen[0], question)
    if STEPS.search(question):
        first = next((tool for tool in in_order(chosen, question) if named(tool, question)), chosen[0])
        return (made(first, clues, dice),)
    together = [tool for tool in chosen if named(tool, question) or fit(tool, question) == best]
    own = [tool for tool in together if named(tool, question)] or together[:1]
    if len(own) == 1 and len(places := several_places(own[0], clues)) > 1:
        return tuple(made(own[0], clues_in(f"in {place}. " + question), dice) for place in places)
    return tuple(made(tool, clues_in(question), dice) for tool in own)


READING = frozenset("get look lookup find search list check read show view fetch query describe status".split())


def told_apart(chosen: list[Tool], usable: Sequence[Tool], question: str) -> list[Tool]:
    """Of tools whose names share the word that speaks for them ("order"): those with a word of their own in the question,
    else one alone, and rather one that only looks."""
    said = stems(question)
    counted = Counter(word for tool in usable for word in stems(spoken(tool.name)))
    shared = frozenset(word for word, times in counted.items() if times > 1)
    doubtful = [
        tool for tool in chosen if stems(spoken(tool.name)) & said and not (stems(spoken(tool.name)) & said) - shared
    ]
    if len(doubtful) < 2 or any(tool.name.lower() in question.lower() for tool in chosen):
        return chosen
    sure = [tool for tool in chosen if tool not in doubtful]
    if sure:
        return sure
    own = [tool for tool in doubtful if all_said(tool, question)]
    looking = [tool for tool in doubtful if READING & set(spoken(tool.name).split())]
    return (own or looking or doubtful)[:1]


def next_step(ranked: Sequence[Tool], question: str, done: Sequence[str], dice: Dice) -> tuple[ToolCall, ...]:
    """After a result the answer is words, but for "first this, then that": then the next tool that is named."""
    if not STEPS.search(question):
        return ()
    left = [tool for tool in in_order(ranked, question) if tool.name not in done and named(tool, question)]
    return (made(left[0], clues_in(question), dice),) if left else ()


def in_order(tools: Sequence[Tool], question: str) -> list[Tool]:
    """Tools in the order in which the question speaks of them."""
    words = [SAME.get(stem(word)) or stem(word) for word in re.findall(r"[^\W_]+", question.lower())]

    def place(tool: Tool) -> int:
        names = stems(spoken(tool.name)) or frozenset(spoken(tool.name).split())
        return min((words.index(word) for word in names if word in words), default=len(words))

    return sorted(tools, key=place)


def ends(tool: Tool) -> bool:
    """Tools by which frameworks ask for the final answer."""
    return bool(re.search(r"final|output|result|answer|respond|finish|submit", tool.name, re.I))


def fit(tool: Tool, question: str) -> int:
    """How well a tool suits a question: words of its name count three, of its description and parameters one."""
    said = stems(question)
    if tool.name.lower() in question.lower():
        return 100
    name_hits = len(stems(spoken(tool.name)) & said)
    if not name_hits and all_said(tool, question):
        name_hits = 2
    about = stems(tool.description) | stems(" ".join(spoken(name) for name in tool.parameters.get("properties") or {}))
    if (
        re.search(r"\d\s*[-+*/x×^]\s*\d|\d\s?%\s+of\s+\d", question)
        and stems(tool.description + " " + spoken(tool.name)) & MATHS
    ):
        return 3 * name_hits + 4
    return 3 * name_hits + min(len(about & said), 4) + 2 * starts_alike(tool, question)


def starts_alike(tool: Tool, question: str) -> bool:
    """Whether the question begins with the verb that a tool's name begins with: "Add Bert …", add_person."""
    match = re.match(r"\W*(?:(?:please|now|then|can you|could you)\s+)*([a-z]+)", question, re.I)
    return match is not None and match[1].lower() == spoken(tool.name).partition(" ")[0].lower()


def all_said(tool: Tool, question: str) -> bool:
    """Whether every word of a tool's name is in the question, vague ones like "create" and "user" too."""
    words = all_stems(question)
    names = spoken(tool.name).split()
    return len(names) > 1 and all(stem(name) in words for name in names)


@lru_cache(maxsize=16)
def all_stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in re.findall(r"[^\W_]+", text[:4000].lower()))


def named(tool: Tool, question: str) -> bool:
    whole = tool.name.lower() in question.lower() or all_said(tool, question)
    return whole or bool(stems(spoken(tool.name)) & stems(question))


@lru_cache(maxsize=256)
def stems(text: str) -> frozenset[str]:
    """The words that matter, without endings; words that mean the same become one."""
    found = set()
    for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*|[+*]", text[:4000].lower()):
        if word not in VAGUE and word not in COMMON:
            found.add(SAME.get(word) or SAME.get(stem(word)) or stem(word))
    return frozenset(found)


def stem(word: str) -> str:
    for ending in ("ing", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


SAME = {word: sorted(group)[0] for group in ALIKE for one in group for word in (one, stem(one))}
MATHS = frozenset(SAME[word] for word in ("sum", "multiply", "calculate", "math"))


def several_places(tool: Tool, clues: Clues) -> list[str]:
    """The places of a question that asks one thing of each: "the weather in Boston and New Delhi"."""
    properties = tool.parameters.get("properties") or {}
    takes_one = [name for name, sub in properties.items() if PLACES.search(spoken(name)) and is_text(sub)]
    routes = any(re.search(r"^(to|from)|origin|destination", spoken(name)) for name in takes_one)
    return list(dict.fromkeys(clues.places)) if takes_one and not routes else []


def is_text(sub: object) -> bool:
    return isinstance(sub, dict) and str(sub.get("type", "string")).lower() == "string"


def made(tool: Tool, clues: Clues, dice: Dice, *, forced: bool = False) -> ToolCall:
    """One call, with arguments that conform to the tool's schema. Raises ApiError where none can.

    Arguments that are not required are left out unless the user spoke of them, or unless a forced call had none else.
    """
    schema = tool.parameters or {"type": "object", "properties": {}}
    schema = {"type": "object", **schema}
    optional = forced and not schema.get("required")
    args = value_or_refusal(schema, with_written_call(tool, clues), dice, optional=optional)
    return ToolCall(tool.name, args if isinstance(args, dict) else {})


def with_written_call(tool: Tool, clues: Clues) -> Clues:
    """A call that was written out, "magic_function(3)", gives its arguments to the parameters in their order."""
    written = clues.calls.get(tool.name)
    if not written:
        return clues
    names = [spoken(name) for name in tool.parameters.get("properties") or {}]
    for index, text in enumerate(written.split(",")):
        name, equals, value = text.partition("=")
        if equals:
            clues.labels[spoken(name.strip())] = value.strip().strip("\"'")
        elif index < len(names):
            clues.labels[names[index]] = text.strip().strip("\"'")
    return clues
