"""Choose which tools to call, and their arguments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from mockgem.core.content import Tool, ToolCall, ToolChoice
from mockgem.operations.generators.field_values import PLACE_FIELDS, split_field_name
from mockgem.operations.generators.hints import Hints, extract_hints
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS, is_greeting
from mockgem.operations.generators.schema_values import generate_or_refuse
from mockgem.operations.generators.seeded_random import SeededRandom

VAGUE_WORDS = frozenset(
    """get set do run fetch find list create make call use tool function value given current
    data info information result results return returns new add item items update delete
    remove the user input output based provided all any by id final""".split()
)
SYNONYM_GROUPS = (
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
MIN_SCORE = 3
MAX_CALLS = 4
NO_TOOLS = re.compile(
    r"\b(?:don't|do not|without)\s+(?:call|use|us|using|calling)\w*\s+(?:any|a|the)?\s*(?:tool"
    r"|function)",
    re.I,
)
SEQUENCE_WORDS = re.compile(r"\b(?:then|afterwards|after that|next)\b", re.I)


def choose_tool_calls(
    tools: Sequence[Tool],
    choice: ToolChoice,
    prompt: str,
    done: Sequence[str],
    random: SeededRandom,
) -> tuple[ToolCall, ...]:
    """Return the tool calls of a reply: none, one, or several in parallel.

    Args:
        done: The names of the tools that were already called for this prompt.
    """
    names = frozenset(choice.names)
    usable = [tool for tool in tools if not names or tool.name in names]
    prompt = prompt[:4000]
    if choice.mode == "none" or not usable:
        return ()
    ranked = sorted(usable, key=lambda tool: -score_tool(tool, prompt))
    if choice.mode == "any":
        forced = choose_forced_tool(ranked, done)
        return (build_tool_call(forced, extract_hints(prompt), random, forced=True),)
    if is_greeting(prompt) or NO_TOOLS.search(prompt):
        return ()
    if done:
        return choose_next_call(ranked, prompt, done, random)
    chosen = [tool for tool in ranked if score_tool(tool, prompt) >= MIN_SCORE][:MAX_CALLS]
    if not chosen:
        return ()
    if not choice.parallel:
        return (build_tool_call(chosen[0], extract_hints(prompt), random),)
    return build_parallel_calls(resolve_ambiguity(chosen, usable, prompt), prompt, random)


def choose_forced_tool(ranked: Sequence[Tool], done: Sequence[str]) -> Tool:
    """Return the tool for a reply that must call one.

    After a first call, a tool that takes the final answer comes first, so that the loop ends.
    """
    fresh = [tool for tool in ranked if tool.name not in done] or ranked
    if not done:
        return fresh[0]
    return next((tool for tool in fresh if is_final_answer_tool(tool)), fresh[0])


def build_parallel_calls(
    chosen: Sequence[Tool], prompt: str, random: SeededRandom
) -> tuple[ToolCall, ...]:
    """Return the calls of tools that fit a prompt: of each one it names, or for each place."""
    hints = extract_hints(prompt)
    if SEQUENCE_WORDS.search(prompt):
        first = next(
            (tool for tool in sort_by_mention(chosen, prompt) if is_named(tool, prompt)),
            chosen[0],
        )
        return (build_tool_call(first, hints, random),)
    best = score_tool(chosen[0], prompt)
    fitting = [
        tool for tool in chosen if is_named(tool, prompt) or score_tool(tool, prompt) == best
    ]
    named = [tool for tool in fitting if is_named(tool, prompt)] or fitting[:1]
    if len(named) == 1 and len(places := find_repeated_places(named[0], hints)) > 1:
        return tuple(
            build_tool_call(named[0], extract_hints(f"in {place}. " + prompt), random)
            for place in places
        )
    return tuple(build_tool_call(tool, extract_hints(prompt), random) for tool in named)


READ_VERBS = frozenset(
    "get look lookup find search list check read show view fetch query describe status".split()
)


def resolve_ambiguity(chosen: list[Tool], usable: Sequence[Tool], prompt: str) -> list[Tool]:
    """Choose among tools whose names share the word that the prompt mentions, such as "order".

    Tools with another word of their name in the prompt win. Otherwise only one tool remains,
    preferably one that only reads.
    """
    stems = extract_stems(prompt)
    counted = Counter(
        word for tool in usable for word in extract_stems(split_field_name(tool.name))
    )
    shared = frozenset(word for word, times in counted.items() if times > 1)
    doubtful = [
        tool
        for tool in chosen
        if extract_stems(split_field_name(tool.name)) & stems
        and not (extract_stems(split_field_name(tool.name)) & stems) - shared
    ]
    if len(doubtful) < 2 or any(tool.name.lower() in prompt.lower() for tool in chosen):
        return chosen
    sure = [tool for tool in chosen if tool not in doubtful]
    if sure:
        return sure
    own = [tool for tool in doubtful if is_fully_named(tool, prompt)]
    looking = [tool for tool in doubtful if READ_VERBS & set(split_field_name(tool.name).split())]
    return (own or looking or doubtful)[:1]


def choose_next_call(
    ranked: Sequence[Tool], prompt: str, done: Sequence[str], random: SeededRandom
) -> tuple[ToolCall, ...]:
    """Return the call after a tool result: the next tool of "first this, then that", if any."""
    if not SEQUENCE_WORDS.search(prompt):
        return ()
    remaining = [
        tool
        for tool in sort_by_mention(ranked, prompt)
        if tool.name not in done and is_named(tool, prompt)
    ]
    return (build_tool_call(remaining[0], extract_hints(prompt), random),) if remaining else ()


def sort_by_mention(tools: Sequence[Tool], prompt: str) -> list[Tool]:
    """Return tools in the order in which the prompt mentions them."""
    words = [
        SYNONYMS.get(strip_ending(word)) or strip_ending(word)
        for word in re.findall(r"[^\W_]+", prompt.lower())
    ]

    def find_position(tool: Tool) -> int:
        names = extract_stems(split_field_name(tool.name)) or frozenset(
            split_field_name(tool.name).split()
        )
        return min((words.index(word) for word in names if word in words), default=len(words))

    return sorted(tools, key=find_position)


def is_final_answer_tool(tool: Tool) -> bool:
    """Return whether a framework uses a tool to get the final answer."""
    return bool(re.search(r"final|output|result|answer|respond|finish|submit", tool.name, re.I))


def score_tool(tool: Tool, prompt: str) -> int:
    """Return how well a tool fits a prompt.

    A word of its name counts three, a word of its description or parameters one.
    """
    stems = extract_stems(prompt)
    if tool.name.lower() in prompt.lower():
        return 100
    name_hits = len(extract_stems(split_field_name(tool.name)) & stems)
    if not name_hits and is_fully_named(tool, prompt):
        name_hits = 2
    about = extract_stems(tool.description) | extract_stems(
        " ".join(split_field_name(name) for name in tool.parameters.get("properties") or {})
    )
    if (
        re.search(r"\d\s*[-+*/x×^]\s*\d|\d\s?%\s+of\s+\d", prompt)
        and extract_stems(tool.description + " " + split_field_name(tool.name)) & MATH_WORDS
    ):
        return 3 * name_hits + 4
    return 3 * name_hits + min(len(about & stems), 4) + 2 * has_same_verb(tool, prompt)


def has_same_verb(tool: Tool, prompt: str) -> bool:
    """Return whether prompt and tool name begin with the same verb: "Add Bert", add_person."""
    match = re.match(r"\W*(?:(?:please|now|then|can you|could you)\s+)*([a-z]+)", prompt, re.I)
    return (
        match is not None
        and match[1].lower() == split_field_name(tool.name).partition(" ")[0].lower()
    )


def is_fully_named(tool: Tool, prompt: str) -> bool:
    """Return whether a prompt has every word of a tool's name, also vague ones like "create"."""
    words = extract_all_stems(prompt)
    names = split_field_name(tool.name).split()
    return len(names) > 1 and all(strip_ending(name) in words for name in names)


@lru_cache(maxsize=16)
def extract_all_stems(text: str) -> frozenset[str]:
    return frozenset(strip_ending(word) for word in re.findall(r"[^\W_]+", text[:4000].lower()))


def is_named(tool: Tool, prompt: str) -> bool:
    whole = tool.name.lower() in prompt.lower() or is_fully_named(tool, prompt)
    return whole or bool(extract_stems(split_field_name(tool.name)) & extract_stems(prompt))


@lru_cache(maxsize=256)
def extract_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning; synonyms have the same stem."""
    stems = set()
    for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*|[+*]", text[:4000].lower()):
        if word not in VAGUE_WORDS and word not in COMMON_WORDS:
            stem = strip_ending(word)
            stems.add(SYNONYMS.get(word) or SYNONYMS.get(stem) or stem)
    return frozenset(stems)


def strip_ending(word: str) -> str:
    for ending in ("ing", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


SYNONYMS = {
    word: sorted(group)[0]
    for group in SYNONYM_GROUPS
    for one in group
    for word in (one, strip_ending(one))
}
MATH_WORDS = frozenset(SYNONYMS[word] for word in ("sum", "multiply", "calculate", "math"))


def find_repeated_places(tool: Tool, hints: Hints) -> list[str]:
    """Return the places of a prompt like "the weather in Boston and New Delhi"."""
    properties = tool.parameters.get("properties") or {}
    takes_one = [
        name
        for name, sub in properties.items()
        if PLACE_FIELDS.search(split_field_name(name)) and is_string_schema(sub)
    ]
    routes = any(
        re.search(r"^(to|from)|origin|destination", split_field_name(name)) for name in takes_one
    )
    return list(dict.fromkeys(hints.places)) if takes_one and not routes else []


def is_string_schema(sub: object) -> bool:
    return isinstance(sub, dict) and str(sub.get("type", "string")).lower() == "string"


def build_tool_call(
    tool: Tool, hints: Hints, random: SeededRandom, *, forced: bool = False
) -> ToolCall:
    """Return a call with arguments that conform to the tool's schema.

    Optional arguments are left out unless the user mentioned them. A forced call gets them all if
    none is required.

    Raises:
        ApiError: No arguments conform.
    """
    schema = tool.parameters or {"type": "object", "properties": {}}
    schema = {"type": "object", **schema}
    optional = forced and not schema.get("required")
    args = generate_or_refuse(schema, apply_written_call(tool, hints), random, optional=optional)
    return ToolCall(tool.name, args if isinstance(args, dict) else {})


def apply_written_call(tool: Tool, hints: Hints) -> Hints:
    """Take the arguments of a call in the prompt, such as "magic_function(3)", as hints."""
    written = hints.calls.get(tool.name)
    if not written:
        return hints
    names = [split_field_name(name) for name in tool.parameters.get("properties") or {}]
    for index, text in enumerate(written.split(",")):
        name, equals, value = text.partition("=")
        if equals:
            hints.labels[split_field_name(name.strip())] = value.strip().strip("\"'")
        elif index < len(names):
            hints.labels[names[index]] = text.strip().strip("\"'")
    return hints
