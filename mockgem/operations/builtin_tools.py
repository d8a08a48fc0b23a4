"""Run built-in tools: Google Search and Maps, URL context, file search and code execution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mockgem.core.content import (
    Blob,
    Candidate,
    CodeResult,
    ExecutableCode,
    Grounding,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
)
from mockgem.operations.generate_request import (
    GenerateRequest,
    last_user_text,
    read_file_search,
)
from mockgem.operations.generators import grounding
from mockgem.operations.generators.code_execution import solve_with_code
from mockgem.operations.generators.seeded_random import SeededRandom


def run_builtin_tools(
    request: GenerateRequest, candidate: Candidate, random: SeededRandom
) -> Candidate:
    """Add to a text reply what the enabled tools contribute.

    Before function calls there is only the search, if the request includes tool invocations. A
    picture gets the grounding of its search (reported). Other replies stay as they are. Code
    execution adds parts, so it does not run for JSON.

    Evidence: report-image-model-search.
    """
    parts = candidate.parts
    if "google_search" in request.gemini_options.builtin_tools:
        if isinstance(parts[0], ToolCall):
            return search_before_calls(request, candidate, random.fork("google_search"))
        if any(isinstance(part, Blob) for part in parts):
            prompt = last_user_text(request.turns)
            return build_grounding(candidate, prompt, random.fork("google_search"))
    if not (len(parts) == 1 and isinstance(parts[0], Text)):
        return candidate
    is_json = request.json or request.schema is not None
    prompt = last_user_text(request.turns)
    for name in BUILTIN_TOOLS:
        if name in request.gemini_options.builtin_tools and not (
            is_json and name == "code_execution"
        ):
            candidate = BUILTIN_TOOLS[name](candidate, prompt, request, random.fork(name))
    return candidate


def search_before_calls(
    request: GenerateRequest, candidate: Candidate, random: SeededRandom
) -> Candidate:
    """Put a search before function calls, without grounding: the calls are the whole reply.

    The parts are recorded; their order and their signatures are assumed.

    Evidence: recorded-search-before-calls.
    """
    queries = grounding.generate_queries(last_user_text(request.turns), random)
    call = ServerToolCall("GOOGLE_SEARCH_WEB", {"queries": list(queries)})
    entry = grounding.render_entry_point(queries, random)
    return add_tool_call(candidate, request, call, {"search_suggestions": entry})


def run_code(
    candidate: Candidate, prompt: str, request: GenerateRequest, random: SeededRandom
) -> Candidate:
    execution = solve_with_code(prompt)
    parts = (
        ExecutableCode(execution.source),
        CodeResult(execution.output, "FAILED" if execution.failed else "OK"),
        Text(execution.sentence),
    )
    return replace(candidate, parts=parts)


def run_google_search(
    candidate: Candidate, prompt: str, request: GenerateRequest, random: SeededRandom
) -> Candidate:
    grounded = build_grounding(candidate, prompt, random)
    assert grounded.grounding is not None
    entry = grounded.grounding.extra["entry_point"]
    call = ServerToolCall("GOOGLE_SEARCH_WEB", {"queries": list(grounded.grounding.queries)})
    return add_tool_call(grounded, request, call, {"search_suggestions": entry})


def build_grounding(candidate: Candidate, prompt: str, random: SeededRandom) -> Candidate:
    """Return a candidate with the queries, pages and supports of a search on the web."""
    queries = grounding.generate_queries(prompt, random)
    sources = grounding.generate_pages(random)
    entry = grounding.render_entry_point(queries, random)
    evidence = Grounding(
        sources,
        build_supports(candidate, len(sources), random),
        queries,
        extra={"entry_point": entry},
    )
    return merge_grounding(candidate, evidence)


def run_url_context(
    candidate: Candidate, prompt: str, request: GenerateRequest, random: SeededRandom
) -> Candidate:
    """Read the URLs in the prompt, if there are any."""
    pages = grounding.find_urls(prompt)
    if not pages:
        return candidate
    evidence = candidate.grounding or Grounding()
    call = ServerToolCall("URL_CONTEXT", {"urls": list(pages)})
    result = {"urls": [{"url": page, "status": "SUCCESS"} for page in pages]}
    return add_tool_call(
        replace(candidate, grounding=replace(evidence, pages=pages)), request, call, result
    )


def run_google_maps(
    candidate: Candidate, prompt: str, request: GenerateRequest, random: SeededRandom
) -> Candidate:
    sources = grounding.generate_places(prompt, random)
    settings = request.gemini_options.builtin_tools["google_maps"]
    has_widget = isinstance(settings, dict) and settings.get(
        "enable_widget", settings.get("enableWidget")
    )
    facts = (
        {"widget": f"widgetcontent/{grounding.generate_redirect(random)[-64:]}"}
        if has_widget
        else {}
    )
    evidence = Grounding(sources, build_supports(candidate, len(sources), random), extra=facts)
    call = ServerToolCall(
        "GOOGLE_MAPS", {"queries": list(grounding.generate_queries(prompt, random))}
    )
    return add_tool_call(merge_grounding(candidate, evidence), request, call, {})


def run_file_search(
    candidate: Candidate, prompt: str, request: GenerateRequest, random: SeededRandom
) -> Candidate:
    """Quote what the file search found. Without a search, on lenient servers, invent passages."""
    if request.passages is None:
        names = read_file_search(request.gemini_options.builtin_tools["file_search"]).store_names
        sources = grounding.generate_passages(prompt, [str(name) for name in names], random)
        evidence = Grounding(sources, build_supports(candidate, len(sources), random))
        candidate = merge_grounding(candidate, evidence)
    else:
        candidate = quote_passages(candidate, request)
    return add_tool_call(candidate, request, ServerToolCall("FILE_SEARCH", {}), {})


def quote_passages(candidate: Candidate, request: GenerateRequest) -> Candidate:
    """Replace a text by quotes of the passages, and add the passages as sources.

    JSON stays as it is, because it has to conform to a schema.
    """
    passages = request.passages or ()
    if not passages:
        return replace(candidate, parts=(Text(NOTHING_FOUND),))
    sources = tuple([grounding.build_retrieved_context(passage) for passage in passages])
    if request.json or request.schema is not None:
        return merge_grounding(candidate, Grounding(sources))
    text, supports = grounding.quote(passages)
    return merge_grounding(replace(candidate, parts=(Text(text),)), Grounding(sources, supports))


NOTHING_FOUND = "I found nothing about this in the files."


BUILTIN_TOOLS: dict[str, Callable[[Candidate, str, GenerateRequest, SeededRandom], Candidate]] = {
    "code_execution": run_code,
    "google_search": run_google_search,
    "google_maps": run_google_maps,
    "file_search": run_file_search,
    "url_context": run_url_context,
}


def build_supports(candidate: Candidate, sources: int, random: SeededRandom) -> Any:
    return grounding.find_supports(candidate.text, sources, random)


def merge_grounding(candidate: Candidate, more: Grounding) -> Candidate:
    """Add grounding to a candidate. Its sources get the numbers after those that exist."""
    known = candidate.grounding
    if known is None:
        return replace(candidate, grounding=more)
    offset = len(known.sources)
    supports = tuple(
        [
            replace(support, sources=tuple([number + offset for number in support.sources]))
            for support in more.supports
        ]
    )
    both = Grounding(
        known.sources + more.sources,
        known.supports + supports,
        known.queries + more.queries,
        known.pages + more.pages,
        {**known.extra, **more.extra},
    )
    return replace(candidate, grounding=both)


def add_tool_call(
    candidate: Candidate, request: GenerateRequest, call: ServerToolCall, output: dict[str, Any]
) -> Candidate:
    """Put a call and its result before the text, if the request includes tool invocations."""
    if not request.gemini_options.include_tool_calls:
        return candidate
    parts: tuple[Part, ...] = (call, ServerToolResult(call.tool, output), *candidate.parts)
    return replace(candidate, parts=parts)
