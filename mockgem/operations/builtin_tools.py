"""Tools of the service itself: search, maps, pages, files and code. What they found goes into the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mockgem.core.content import Candidate, Code, CodeResult, Grounding, Part, ServerCall, ServerResult, Text
from mockgem.operations.generate_request import Generate, asked_of
from mockgem.operations.generators import grounding
from mockgem.operations.generators.code_execution import worked_out
from mockgem.operations.generators.seeded_random import Dice


def used(question: Generate, candidate: Candidate, dice: Dice) -> Candidate:
    """An answer in words, with what the tools that were switched on have to do with it. Others stay as they are; one that
    has a form keeps it, so what code prints isn't added there."""
    spoken = candidate.parts
    if not (len(spoken) == 1 and isinstance(spoken[0], Text)):
        return candidate
    formed = question.json or question.schema is not None
    asked = asked_of(question.turns)
    for name in ABILITIES:
        if name in question.extras.abilities and not (formed and name == "code_execution"):
            candidate = ABILITIES[name](candidate, asked, question, dice.sibling(name))
    return candidate


def run_code(candidate: Candidate, asked: str, question: Generate, dice: Dice) -> Candidate:
    worked = worked_out(asked)
    parts = (Code(worked.source), CodeResult(worked.output, "FAILED" if worked.failed else "OK"), Text(worked.sentence))
    return replace(candidate, parts=parts)


def search(candidate: Candidate, asked: str, question: Generate, dice: Dice) -> Candidate:
    queries = grounding.queries_for(asked, dice)
    sources = grounding.pages_for(dice)
    entry = grounding.entry_point(queries, dice)
    found = Grounding(sources, supported(candidate, len(sources), dice), queries, facts={"entry_point": entry})
    call = ServerCall("GOOGLE_SEARCH_WEB", {"queries": list(queries)})
    return shown(grounded(candidate, found), question, call, {"search_suggestions": entry})


def read_pages(candidate: Candidate, asked: str, question: Generate, dice: Dice) -> Candidate:
    """What is read are the addresses in the question; without one nothing is."""
    pages = grounding.urls_in(asked)
    if not pages:
        return candidate
    found = candidate.grounding or Grounding()
    call = ServerCall("URL_CONTEXT", {"urls": list(pages)})
    result = {"urls": [{"url": page, "status": "SUCCESS"} for page in pages]}
    return shown(replace(candidate, grounding=replace(found, pages=pages)), question, call, result)


def look_at_maps(candidate: Candidate, asked: str, question: Generate, dice: Dice) -> Candidate:
    sources = grounding.places_for(asked, dice)
    settings = question.extras.abilities["google_maps"]
    wanted = isinstance(settings, dict) and settings.get("enable_widget", settings.get("enableWidget"))
    facts = {"widget": f"widgetcontent/{grounding.redirect(dice)[-64:]}"} if wanted else {}
    found = Grounding(sources, supported(candidate, len(sources), dice), facts=facts)
    call = ServerCall("GOOGLE_MAPS", {"queries": list(grounding.queries_for(asked, dice))})
    return shown(grounded(candidate, found), question, call, {})


def search_files(candidate: Candidate, asked: str, question: Generate, dice: Dice) -> Candidate:
    settings = question.extras.abilities["file_search"]
    named: Any = settings.get("file_search_store_names", settings.get("fileSearchStoreNames", ())) if settings else ()
    stores = [str(name) for name in named] if isinstance(named, list) else []
    sources = grounding.passages_of(asked, stores, dice)
    found = Grounding(sources, supported(candidate, len(sources), dice))
    return shown(grounded(candidate, found), question, ServerCall("FILE_SEARCH", {}), {})


ABILITIES: dict[str, Callable[[Candidate, str, Generate, Dice], Candidate]] = {
    "code_execution": run_code,
    "google_search": search,
    "google_maps": look_at_maps,
    "file_search": search_files,
    "url_context": read_pages,
}


def supported(candidate: Candidate, sources: int, dice: Dice) -> Any:
    return grounding.supports_in(candidate.text, sources, dice)


def grounded(candidate: Candidate, more: Grounding) -> Candidate:
    """With more to rest on: sources that come later have later numbers."""
    known = candidate.grounding
    if known is None:
        return replace(candidate, grounding=more)
    behind = len(known.sources)
    supports = tuple([replace(one, sources=tuple([n + behind for n in one.sources])) for one in more.supports])
    both = Grounding(
        known.sources + more.sources,
        known.supports + supports,
        known.queries + more.queries,
        known.pages + more.pages,
        {**known.facts, **more.facts},
    )
    return replace(candidate, grounding=both)


def shown(candidate: Candidate, question: Generate, call: ServerCall, output: dict[str, Any]) -> Candidate:
    """With the call and its result before the words, where the client wants to see them."""
    if not question.extras.shown:
        return candidate
    parts: tuple[Part, ...] = (call, ServerResult(call.tool, output), *candidate.parts)
    return replace(candidate, parts=parts)
