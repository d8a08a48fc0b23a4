"""What may be wrong with a client, as far as one request shows.

The access log, the console, the report of `mockgem run` and pytest's reports show these hints. They
look only at answers that are errors or that no rule chose, so good requests cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mockgem.core.journal import CHOSEN_SOURCES, JournalEntry
from mockgem.core.suggestions import suggest_names
from mockgem.core.world import World

OWN = ("admin", "start")
"""Surfaces of mockgem itself."""
DOUBLE_PREFIX = re.compile(r"(/v1beta/openai|/openai)\1/")
WRONG_PREFIX = re.compile(r"(?:/openai|/v1|/v1beta)/v1(?:beta1?)?/")
OTHER_VENDORS = re.compile(
    r"(?:openai/|anthropic/)?(?:gpt-|o\d|chatgpt|claude|llama|mistral|text-embedding-[3a])"
)
"""Names of models of others, which a program has if only its base URL was changed."""
OPENAI_PATHS = ("chat/completions", "/embeddings", "/models")
JSON_BODY = re.compile(rb"(?:[0-9a-f]{1,8}\r\n)?\s*[{\[]")
"""A body that is JSON, also in HTTP's chunked coding."""
MISSING_SIGNATURE = re.compile(rb"missing an? .{0,3}thought_signature|Corrupted thought signature")
CHUNK_MARK = b'"object":"chat.completion.chunk"'
CALL_WITHOUT_INDEX = re.compile(rb'"id":"[^"]{0,100}","type":"function"')
INDEX_CLIENTS = re.compile(r"\bopenai/|\bai-sdk/", re.I)

NOT_RECORDED = (
    "the cassette has no recording that fits: --record-mode new_episodes records such requests "
    "(pytest --mockgem-record-mode=new_episodes); see docs/recording.md"
)
NO_RESPONSES_API = (
    "Gemini's OpenAI-compatible surface has no Responses API: use chat.completions, or the "
    "gateway's base URL, /v1, which has it; see docs/how-to/responses.md"
)
NO_SUCH_GENAI_PATH = (
    "there is no such path: google-genai needs the server's URL without a path after it "
    "(in tests: gemini_url, in JavaScript url); see docs/how-to/google-genai.md"
)
NO_SUCH_OPENAI_PATH = (
    "there is no such path: OpenAI's SDKs need a base URL that ends with /v1beta/openai/ (in "
    "tests: openai_url, in JavaScript openaiURL), not the URL of the server; see "
    "docs/how-to/openai-sdk.md"
)
PATH_TWICE = (
    "there is no such path: {prefix} is in it twice. The client's base URL has it already, so the "
    "path that the program adds begins after it; see docs/how-to/openai-sdk.md"
)
FOREIGN_MODEL = (
    "there is no model {name!r}, as at Google: let the program use a Gemini model, such as "
    "gemini-2.5-flash. --lenient (in Python lenient=True) accepts any name; see docs/fidelity.md"
)
SIGNATURE_NEEDED = (
    "Gemini 3 needs the thought signature of its tool call back: send the model's whole message "
    "with the tool's result (OpenAI's SDKs: with extra_content), not only its text; see "
    "docs/how-to/openai-sdk.md"
)
UNSCRIPTED = (
    "this world has replies, and none of them is for this request, so mockgem generated one: a "
    "reply is used up, or its conditions do not hold. For all later requests: times=None in "
    "Python, --always on the command line; see docs/testing.md#calls-without-a-reply"
)
INDEX_NEEDED = (
    "like the real service, this stream has tool calls without an index. The OpenAI SDKs' "
    "stream helpers and @ai-sdk/openai need one: start mockgem with --tool-call-index to add it; "
    "see docs/fidelity.md"
)


def find_hint(entry: JournalEntry) -> str:
    """Return what may be wrong with the client that sent a request, or nothing.

    The text may quote the request, so it needs the same redaction as the entry.
    """
    if entry.status < 400:
        return find_silent_hint(entry)
    if "missed" in (entry.scenario_details or ()):
        return NOT_RECORDED
    if entry.source in CHOSEN_SOURCES:
        return ""
    if entry.status == 404:
        return explain_path(entry) or suggest_model(entry)
    return SIGNATURE_NEEDED if MISSING_SIGNATURE.search(entry.body) else ""


def find_silent_hint(entry: JournalEntry) -> str:
    """Return what may be wrong although the answer is good."""
    if entry.scenario_details and "unscripted" in entry.scenario_details:
        return UNSCRIPTED
    return INDEX_NEEDED if needs_index(entry) else ""


def explain_path(entry: JournalEntry) -> str:
    """Return which base URL a client probably needs. Only unknown paths have no JSON."""
    if JSON_BODY.match(entry.body):
        return ""
    if entry.path.endswith("/responses"):
        return NO_RESPONSES_API
    if double := DOUBLE_PREFIX.search(entry.path):
        return PATH_TWICE.format(prefix=double[1])
    if WRONG_PREFIX.search(entry.path):
        return NO_SUCH_GENAI_PATH
    return NO_SUCH_OPENAI_PATH if entry.path.endswith(OPENAI_PATHS) else ""


def suggest_model(entry: JournalEntry) -> str:
    """Return the model that a misspelled name probably means, or how to use another name."""
    name = entry.model.removeprefix("models/")
    if entry.source != "engine" or not name or name in list_models():
        return ""
    if near := suggest_names(name, list_models(), 1):
        return f"there is no model {name!r}; did you mean {near[0]}?"
    return FOREIGN_MODEL.format(name=name) if OTHER_VENDORS.match(name) else ""


@lru_cache(maxsize=1)
def list_models() -> tuple[str, ...]:
    from mockgem.config.model_catalog import load_catalogue
    from mockgem.config.settings import Settings

    return tuple(load_catalogue(Settings()).models)


def needs_index(entry: JournalEntry) -> bool:
    """Return whether a client of OpenAI's or Vercel's got a streamed call without an index.

    Parts of these clients fail on that, with the real service too.
    """
    return (
        entry.surface.startswith("gemini-openai")
        and CHUNK_MARK in entry.body
        and CALL_WITHOUT_INDEX.search(entry.body) is not None
        and INDEX_CLIENTS.search(entry.wire.headers.get("user-agent", "")) is not None
    )


def find_waiting_replies(entries: Iterable[JournalEntry], worlds: Sequence[World]) -> str:
    """Return a hint if mockgem generated an answer in one world, while replies wait in another one
    that got no request."""
    waiting = [world.name for world in worlds if world.scenario and not world.journal.count]
    if not waiting:
        return ""
    for entry in entries:
        is_generated = entry.source == "engine" and entry.status == 200 and entry.surface not in OWN
        is_scripted = (entry.scenario_details or {}).keys() - {"cost_usd"}
        if is_generated and not is_scripted and entry.wire.world not in waiting:
            return describe_waiting(waiting[0], entry.wire.world)
    return ""


def describe_waiting(waiting: str, used: str) -> str:
    return (
        f"replies wait in {name_world(waiting)}, which got no request, and requests come to "
        f"{name_world(used)}: give the client the base URL of that world, or create the client "
        "after the URL is known"
    )


def name_world(name: str) -> str:
    return f"the world {name}" if name else "the default world"
