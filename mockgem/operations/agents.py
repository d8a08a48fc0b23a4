"""Agents: they work on a task in the background and return a report with its sources."""

from __future__ import annotations

from mockgem.core.call import OperationContext
from mockgem.core.content import Candidate, Part, ServerToolCall, ServerToolResult, Text, Usage
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations.builtin_tools import build_grounding
from mockgem.operations.draft import Draft, Reply, create_empty_draft
from mockgem.operations.generate_request import (
    GenerateRequest,
    collect_seed_facts,
    last_user_text,
)
from mockgem.operations.generators import grounding
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.generators.research_report import write_plan, write_report
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.prompt import find_requested_failure
from mockgem.operations.scripted_reply import apply_scripted_reply
from mockgem.operations.usage import count_output_tokens, count_prompt_tokens
from mockgem.operations.validation.turns import check_contents

TOKENS_PER_SEARCH = 4000
"""Tokens of the pages that one search of an agent reads."""
THOUGHT_TOKENS = 1500
"""Tokens that an agent thinks beside the summaries it shows."""


def run_agent(question: GenerateRequest, agent: str, context: OperationContext) -> Reply:
    """Return an agent's report on a question. Raises ApiError (404) for an unknown agent."""
    world = context.world
    model = find_agent(agent, world)
    check_contents(question)
    draft = create_report(question, model, world)
    if context.scripted_reply is not None:
        draft = apply_scripted_reply(draft, context.scripted_reply, question, world)
    return Reply(draft, world.now(), derive_id_seed(world.id_seed, context))


def find_agent(name: str, world: World) -> Model:
    """Return the agent of that name. Raises ApiError (404) for an unknown name.

    The text is a guess.
    """
    model = world.catalogue.find(name, world.clock())
    if model is None or model.kind != "agent":
        message = f"Agent '{name}' was not found."
        context = {"model": name}
        raise ApiError(Failure(Code.NOT_FOUND, message, reason="agent_not_found", context=context))
    return model


def create_report(question: GenerateRequest, model: Model, world: World) -> Draft:
    """Return the draft of a report: a plan, a search for each of its steps, and the text."""
    prompt_tokens, modalities = count_prompt_tokens(question, model)
    if (failure := find_requested_failure(question)) is not None:
        return create_empty_draft(failure, model, Usage(prompt_tokens, 0))
    random = SeededRandom(world.seed, *collect_seed_facts(question, model))
    prompt = last_user_text(question.turns)
    plan = write_plan(prompt, random)
    report = write_report(prompt, random)
    searches = search_for(plan, random) if model.id.startswith("deep-research") else ()
    thoughts: tuple[Part, ...] = ()
    if question.thinking.include_thoughts:
        thoughts = tuple([Text(step, thought=True) for step in plan])
    candidate = Candidate((*thoughts, *searches, Text(report)))
    if searches:
        candidate = build_grounding(candidate, prompt, random)
    count = len(searches) // 2
    usage = Usage(
        prompt_tokens,
        count_output_tokens(candidate, model),
        THOUGHT_TOKENS,
        tool_use_prompt=TOKENS_PER_SEARCH * count,
        prompt_modalities=modalities,
    )
    return Draft(model, (candidate,), usage)


def search_for(plan: list[str], random: SeededRandom) -> tuple[Part, ...]:
    """Return a search, and its result, for each step of a plan."""
    parts: list[Part] = []
    for step in plan:
        queries = grounding.generate_queries(step, random)
        entry = grounding.render_entry_point(queries, random)
        parts += [
            ServerToolCall("GOOGLE_SEARCH_WEB", {"queries": list(queries)}),
            ServerToolResult("GOOGLE_SEARCH_WEB", {"search_suggestions": entry}),
        ]
    return tuple(parts)
