"""Choose which tools to call, and their arguments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.core.content import Tool, ToolCall, ToolChoice
from mockgem.operations.generators.clued_pattern import CluedPattern
from mockgem.operations.generators.loop_rules import Loop, decide_loop, repeat_failed_calls
from mockgem.operations.generators.prompt_analysis import is_greeting
from mockgem.operations.generators.result_facts import extract_conversation_hints
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.tool_arguments import (
    build_tool_call,
    find_repeated_places,
    focus_on,
)
from mockgem.operations.generators.tool_order import count_wanted_calls, find_order
from mockgem.operations.generators.tool_scores import (
    MIN_SCORE,
    choose_tools,
    is_final_answer_tool,
    score_tool,
)
from mockgem.operations.tool_history import ToolHistory

MAX_PROMPT = 4000
NO_TOOLS = CluedPattern(
    r"\b(?:don't|do not|without)\s+(?:call|use|us|using|calling)\w*\s+(?:(?:any|a|the)?\s*(?:tool"
    r"|function)|it\b)",
    ("don't", "do not", "without"),
    re.I,
)
FOLLOW_UP = re.compile(
    r"\W*(?:(?:and|ok|okay|now|so)\W+)*(?:what|how) about\b|\W*and (?:for|in)\b", re.I
)
"""A question that repeats the one before for something else: "And what about Rome?"."""
WRITING = re.compile(
    r"\W*(?:please )?(?:translate|write|summari[sz]e|explain|tell|describe|compose|draft|rewrite"
    r"|say|list|thanks?)\b",
    re.I,
)
"""What a model does without tools."""
FINDS_TOOLS = re.compile(
    r"(?:additional|more|other|deferred|hidden) (?:tools|capabilit)|tools? (?:are |is )?(?:not yet"
    r"|stay) |\bload (?:a|the) (?:listed )?capability",
    re.I,
)


def choose_tool_calls(
    tools: Sequence[Tool],
    choice: ToolChoice,
    prompt: str,
    history: ToolHistory,
    random: SeededRandom,
    background: str = "",
) -> tuple[ToolCall, ...]:
    """Return the tool calls of a reply: none, one, or several in parallel.

    Args:
        prompt: The user's question, to which the calls in `history` belong.
        background: The system instruction and earlier messages; they may contain the data.
    """
    names = frozenset(choice.names)
    usable = [tool for tool in tools if not names or tool.name in names]
    if choice.mode == "none" or not usable:
        return ()
    prompt = prompt[:MAX_PROMPT]
    loop = Loop(rank_tools(usable, prompt), choice, prompt, history, background, random)
    if choice.mode == "any":
        return choose_forced_calls(loop)
    if NO_TOOLS.search(history.added or prompt):
        return ()
    if history.results:
        return decide_loop(loop).calls
    return () if is_greeting(prompt) else choose_first_calls(loop)


def rank_tools(tools: Sequence[Tool], prompt: str) -> tuple[Tool, ...]:
    """Return tools in the order in which they fit a prompt, the best first."""
    if len(tools) == 1:
        return tuple(tools)
    return tuple(sorted(tools, key=lambda tool: -score_tool(tool, prompt)))


def choose_forced_calls(loop: Loop) -> tuple[ToolCall, ...]:
    """Return the calls of a reply that must call a tool: what failed, or the best tool."""
    if calls := repeat_failed_calls(loop):
        return calls if loop.choice.parallel else calls[:1]
    done = loop.history.called_names
    tool = choose_forced_tool(loop.tools, done)
    wanted = count_wanted_calls(tool, loop.prompt) - done.count(tool.name)
    hints = extract_conversation_hints(loop.prompt, loop.history.results, loop.background)
    return tuple(
        build_tool_call(tool, hints, loop.random, forced=True)
        for _ in range(max(1, wanted) if loop.choice.parallel else 1)
    )


def choose_forced_tool(ranked: Sequence[Tool], done: Sequence[str]) -> Tool:
    """Return the tool for a reply that must call one.

    After a first call, a tool that takes the final answer comes first, so that the loop ends.
    """
    fresh = [tool for tool in ranked if tool.name not in done] or ranked
    if not done:
        return fresh[0]
    return next((tool for tool in fresh if is_final_answer_tool(tool)), fresh[0])


def choose_first_calls(loop: Loop) -> tuple[ToolCall, ...]:
    """Return the calls that answer a question, or none if no tool fits."""
    prompt = loop.prompt
    fitting = [tool for tool in loop.tools if score_tool(tool, prompt) >= MIN_SCORE]
    if not fitting:
        return choose_fallback(loop)
    if order := find_order(fitting, prompt):
        return build_calls([order[0]], loop)
    if not loop.choice.parallel:
        return build_calls(fitting[:1], loop)
    return build_parallel_calls(choose_tools(loop.tools, prompt), loop)


def choose_fallback(loop: Loop) -> tuple[ToolCall, ...]:
    """Return a call though no tool fits: of the tool before, or of one that finds tools."""
    if FOLLOW_UP.match(loop.prompt):
        names = [call.name for call in loop.history.earlier_calls]
        if names and (tool := loop.find_tool(names[-1])):
            return build_calls([tool], loop)
    if WRITING.match(loop.prompt):
        return ()
    finders = [tool for tool in loop.tools if FINDS_TOOLS.search(tool.description)]
    return build_calls(finders[:1], loop)


def build_calls(tools: Sequence[Tool], loop: Loop) -> tuple[ToolCall, ...]:
    """Return a call of each tool, with arguments from the clauses that name it first."""
    several = len(loop.tools) > 1
    return tuple(
        build_tool_call(
            tool,
            extract_conversation_hints(
                focus_on(tool, loop.prompt) if several else loop.prompt, (), loop.background
            ),
            loop.random,
        )
        for tool in tools
    )


def build_parallel_calls(chosen: Sequence[Tool], loop: Loop) -> tuple[ToolCall, ...]:
    """Return the calls of tools that fit a prompt: of each one it names, or for each place."""
    return repeat_for_each(chosen[0], loop) if len(chosen) == 1 else build_calls(chosen, loop)


def repeat_for_each(tool: Tool, loop: Loop) -> tuple[ToolCall, ...]:
    """Return a call for each place in the prompt, or as many calls as the prompt asks for."""
    wanted = count_wanted_calls(tool, loop.prompt)
    if wanted > 1:
        return build_calls([tool] * wanted, loop)
    hints = extract_conversation_hints(loop.prompt, (), loop.background)
    places = find_repeated_places(tool, hints)
    if len(places) > 1:
        return tuple(
            build_tool_call(
                tool, extract_conversation_hints(f"in {place}. {loop.prompt}"), loop.random
            )
            for place in places
        )
    return (build_tool_call(tool, hints, loop.random),)
