"""Generate: an answer drafted from the question, cut to what was asked for, and given out with an id of its own."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import (
    BLOCKING_REASONS,
    Blob,
    Candidate,
    ExecutableCode,
    FinishReason,
    Link,
    Part,
    ScriptedReply,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
    Usage,
)
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations import validation
from mockgem.operations.caches import (
    NO_CACHED_TOKENS,
    CachedTokens,
    add_cached_tokens,
    expand_cached_content,
)
from mockgem.operations.files import resolve_link
from mockgem.operations.generate_request import (
    DEFAULT_SAMPLING,
    NO_GEMINI_OPTIONS,
    GenerateRequest,
    collect_seed_facts,
)
from mockgem.operations.generators import tokens
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.generators.reply import generate_parts, generate_thoughts
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.usage import (
    count_output_by_modality,
    count_output_tokens,
    count_prompt_tokens,
    count_tool_tokens,
    estimate_thinking_tokens,
)


@dataclass(slots=True)
class Draft:
    """An answer before it is given out: all that depends on the question alone.

    `kept` tells that it is remembered; then `spelled` remembers how a dialect wrote it, ids aside. `blocked` is why the
    question itself was not let through; then nothing is said.
    """

    model: Model
    candidates: tuple[Candidate, ...]
    usage: Usage
    block_reason: str = ""
    is_cached: bool = False
    template: Any = None

    @property
    def tool_call_count(self) -> int:
        """How many tools it calls."""
        found = 0
        for candidate in self.candidates:
            for part in candidate.parts:
                found += isinstance(part, ToolCall)
        return found


@frozen
class Reply:
    """An answer given out: a draft, when (seconds), and the luck its ids are spelled from."""

    draft: Draft
    created: int
    id_seed: bytes = field(default=b"")


@frozen
class CandidateEnd:
    """The last delta of a candidate."""

    finish: FinishReason


Delta = Part | CandidateEnd
WORDS_PER_DELTA = 8


def split_deltas(candidate: Candidate) -> Iterator[Delta]:
    """A candidate in pieces: text several words at a time, everything else whole, then the end."""
    for part in candidate.parts:
        match part:
            case Text(text, thought=False, signature=signature):
                pieces = split_text(text)
                yield from (Text(piece) for piece in pieces[:-1])
                yield Text(pieces[-1], signature=signature)
            case _:
                yield part
    yield CandidateEnd(candidate.finish_reason)


def split_text(text: str) -> list[str]:
    """A text cut before every so many words; joined, the pieces are the text."""
    starts = [0]
    at, words = 0, 0
    while (at := text.find(" ", at + 1)) != -1:
        words += 1
        if words % WORDS_PER_DELTA == 0:
            starts.append(at)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


async def generate(question: GenerateRequest, occasion: OperationContext) -> Reply:
    """Answer a question. Raises ApiError where the real service refuses it.

    A draft is remembered when its question comes a second time: most questions never do.
    """
    world = occasion.world
    model = validation.find_model(question.model, "generateContent", world)
    if question.has_links or question.cached_content:
        question, held = await resolve_references(question, occasion)
        draft = create_draft(question, model, world, held)
    else:
        draft = get_cached_draft(question, model, occasion)
    if occasion.scripted_reply is not None:
        draft = apply_scripted_reply(
            draft,
            occasion.scripted_reply,
            question,
            SeededRandom(world.seed, *collect_seed_facts(question, model)),
        )
    return Reply(draft, world.now(), derive_id_seed(world.seed, occasion))


def apply_scripted_reply(
    draft: Draft, said: ScriptedReply, question: GenerateRequest, dice: SeededRandom
) -> Draft:
    """A draft that says what is to be said. Everything else is as it would be: checks, thinking, the tokens asked; thoughts
    are shown where they are asked for."""
    if said == UNCHANGED:
        return draft
    if said.block_reason:
        return create_empty_draft(
            ("block", said.block_reason), draft.model, replace(draft.usage, output=0, thoughts=0)
        )
    parts = draft.candidates[0].parts if said.parts is None else said.parts
    finish = said.finish_reason or (
        draft.candidates[0].finish_reason if said.parts is None else FinishReason.STOP
    )
    if said.parts is None and finish in BLOCKING_REASONS:
        parts = ()
    if said.image is not None:
        parts = (*[part for part in parts if not isinstance(part, Blob)], said.image)
    if (
        draft.model.generation > 2
        and parts
        and not any(getattr(part, "signature", "") for part in parts)
    ):
        parts = sign_scripted_parts(parts, dice)
    if not question.thinking.include_thoughts:
        parts = tuple([part for part in parts if not (isinstance(part, Text) and part.thought)])
    candidate = Candidate(parts, finish)
    usage = replace(
        draft.usage, output=count_output_tokens(candidate, draft.model), output_modalities=()
    )
    return Draft(draft.model, (candidate,), usage)


UNCHANGED = ScriptedReply()


def sign_scripted_parts(parts: tuple[Part, ...], dice: SeededRandom) -> tuple[Part, ...]:
    """The first call signs, whatever is said before it; without calls what signs else."""
    thoughts = tuple([part for part in parts if isinstance(part, Text) and part.thought])
    rest = parts[len(thoughts) :]
    at = next((place for place, part in enumerate(rest) if isinstance(part, ToolCall)), None)
    if at is None:
        return (*thoughts, *sign_parts(rest, dice)) if rest else parts
    call = rest[at]
    assert isinstance(call, ToolCall)
    return (
        *thoughts,
        *rest[:at],
        replace(call, signature=generate_signature(dice)),
        *rest[at + 1 :],
    )


async def resolve_references(
    question: GenerateRequest, occasion: OperationContext
) -> tuple[GenerateRequest, CachedTokens]:
    """The question with its cache and its media, and what the cache holds."""
    held = NO_CACHED_TOKENS
    if question.cached_content:
        validation.check_contents(question)
        question, held = await expand_cached_content(question, occasion.world)
    return (await fetch_media(question, occasion) if question.has_links else question), held


def get_cached_draft(question: GenerateRequest, model: Model, occasion: OperationContext) -> Draft:
    """The draft of a question that holds all it asks about."""
    world = occasion.world
    draft: Draft | None = world.reply_cache.get(occasion.key) if occasion.repeat_count else None
    if draft is None:
        draft = create_draft(question, model, world)
        if occasion.repeat_count:
            draft.is_cached = True
            world.reply_cache.put(occasion.key, draft, estimate_size(draft))
    return draft


async def fetch_media(question: GenerateRequest, occasion: OperationContext) -> GenerateRequest:
    """The question with the files it links to; what else it links to is fetched where that is allowed."""
    turns = []
    for turn in question.turns:
        parts = [
            await fetch_link(part, occasion) if isinstance(part, Link) else part
            for part in turn.parts
        ]
        turns.append(replace(turn, parts=tuple(parts)))
    return replace(question, turns=tuple(turns))


async def fetch_link(link: Link, occasion: OperationContext) -> Part:
    fetch = occasion.world.fetch
    found = await resolve_link(link, occasion)
    return found if isinstance(found, Blob) or fetch is None else await fetch(found)


def estimate_size(draft: Draft) -> int:
    said = sum(
        len(part.text) for one in draft.candidates for part in one.parts if isinstance(part, Text)
    )
    drawn = sum(
        len(part.data) for one in draft.candidates for part in one.parts if isinstance(part, Blob)
    )
    asked = sum(len(str(call.args)) for one in draft.candidates for call in one.tool_calls)
    return 2000 + 20 * said + 3 * drawn + 8 * asked


def create_draft(
    question: GenerateRequest, model: Model, world: World, held: CachedTokens = NO_CACHED_TOKENS
) -> Draft:
    validation.check(question, model, lenient=world.lenient)
    prompt, kinds = add_cached_tokens(*count_prompt_tokens(question, model), held)
    if prompt > model.input_limit and not world.lenient:
        raise validation.prompt_too_long_error(prompt, model)
    if (wish := find_requested_failure(question)) is not None:
        return create_empty_draft(
            wish, model, Usage(prompt, 0, 0, held.tokens, 0, kinds, (), held.modality_tokens)
        )
    dice = SeededRandom(world.seed, *collect_seed_facts(question, model))
    spent = estimate_thinking_tokens(question, model, dice, lenient=world.lenient)
    candidates: tuple[Candidate, ...] = (generate_candidate(question, model, dice, spent),)
    output = count_output_tokens(candidates[0], model)
    for number in range(1, min(question.sampling.count, 8)):
        candidates += (
            generate_candidate(question, model, dice.fork(f"candidate {number}"), spent),
        )
        output += count_output_tokens(candidates[-1], model)
    thoughts = min(spent, question.sampling.max_tokens) if question.sampling.max_tokens else spent
    if question.gemini_options is NO_GEMINI_OPTIONS and "image" not in model.outputs:
        return Draft(
            model,
            candidates,
            Usage(prompt, output, thoughts, held.tokens, 0, kinds, (), held.modality_tokens),
        )
    read = sum([count_tool_tokens(candidate) for candidate in candidates])
    made = count_output_by_modality(candidates, model)
    return Draft(
        model,
        candidates,
        Usage(prompt, output, thoughts, held.tokens, read, kinds, made, held.modality_tokens),
    )


def generate_candidate(
    question: GenerateRequest, model: Model, dice: SeededRandom, spent: int
) -> Candidate:
    candidate = Candidate(generate_parts(question, model, dice))
    if question.gemini_options.builtin_tools:
        from mockgem.operations.builtin_tools import run_builtin_tools

        candidate = run_builtin_tools(question, candidate, dice)
    parts = candidate.parts
    if model.generation > 2:
        parts = sign_parts(parts, dice)
    if question.thinking.include_thoughts and spent:
        parts = (*generate_thoughts(question, dice), *parts)
    candidate = replace(candidate, parts=parts) if candidate.grounding else Candidate(parts)
    if question.sampling is DEFAULT_SAMPLING and not is_long(parts):
        return candidate
    return limit_output(candidate, question, model, spent)


def is_long(parts: tuple[Part, ...]) -> bool:
    """Whether a model's limit of output could be reached."""
    return any(isinstance(part, Text) and len(part.text) > LONG_TEXT for part in parts)


LONG_TEXT = 8_000
"""Letters that surely are fewer tokens than any model's limit."""


REQUESTED_FAILURE = re.compile(r"mockgem:(block|finish)=([A-Z_]{2,40})")
BLOCK_REASONS = (
    "SAFETY",
    "OTHER",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "IMAGE_SAFETY",
    "JAILBREAK",
    "MODEL_ARMOR",
)


def find_requested_failure(question: GenerateRequest) -> tuple[str, str] | None:
    """What the question's last words want to fail with, if they say so: there is nothing harmless that the real filters
    stop."""
    parts = question.turns[-1].parts
    last = parts[-1] if parts else None
    if (
        not isinstance(last, Text)
        or "mockgem:" not in last.text
        or (match := REQUESTED_FAILURE.search(last.text)) is None
    ):
        return None
    known = BLOCK_REASONS if match[1] == "block" else FinishReason.__members__
    return (match[1], match[2]) if match[2] in known else None


def create_empty_draft(wish: tuple[str, str], model: Model, usage: Usage) -> Draft:
    """A draft in which nothing is said: the question was blocked, or the answer stopped before its first word."""
    what, reason = wish
    finish = FinishReason(reason) if reason in FinishReason.__members__ else FinishReason.OTHER
    return Draft(
        model, (Candidate((), finish),), usage, block_reason=reason if what == "block" else ""
    )


def sign_parts(parts: tuple[Part, ...], dice: SeededRandom) -> tuple[Part, ...]:
    """Gemini 3 signs the first call of a turn, of its own tools' as well, a picture, or the text; what came before does
    not sign."""
    first = parts[0]
    if not isinstance(first, SIGNABLE_PARTS):
        return parts
    second = parts[1] if len(parts) > 1 else None
    if isinstance(first, Text) and isinstance(second, Blob):
        return (first, replace(second, signature=generate_signature(dice)), *parts[2:])
    if isinstance(first, (Text, ToolCall, Blob)) or not isinstance(parts[-1], Text):
        return (replace(first, signature=generate_signature(dice)), *parts[1:])
    return tuple(
        [
            replace(part, signature=generate_signature(dice))
            if isinstance(part, SIGNABLE_PARTS)
            else part
            for part in parts
        ]
    )


SIGNABLE_PARTS = (ToolCall, Text, Blob, ExecutableCode, ServerToolCall, ServerToolResult)


def generate_signature(dice: SeededRandom) -> str:
    return base64.b64encode(b"\x12" + bytes(dice.draw_below(256) for _ in range(95))).decode()


def limit_output(
    candidate: Candidate, question: GenerateRequest, model: Model, spent: int
) -> Candidate:
    """Cut at a stop sequence, then at the token limit, which thinking uses up first. What comes before the cut stays."""
    if question.sampling.stop:
        candidate = cut_at_stop_sequence(candidate, question.sampling.stop)
    most = question.sampling.max_tokens
    room = model.output_limit or UNLIMITED if most is None else most - spent
    if count_output_tokens(candidate, model) <= room:
        return candidate
    kept: list[Part] = []
    for part in candidate.parts:
        if isinstance(part, Text) and part.thought:
            kept.append(part)
            continue
        cost = count_output_tokens(Candidate((part,)), model)
        if cost > room:
            if isinstance(part, Text) and room > 0 and (text := tokens.cut(part.text, room)):
                kept.append(replace(part, text=text))
            break
        kept.append(part)
        room -= cost
    return cut_candidate(candidate, tuple(kept), FinishReason.MAX_TOKENS)


UNLIMITED = 2**31


def cut_at_stop_sequence(candidate: Candidate, stop: tuple[str, ...]) -> Candidate:
    text = candidate.text
    ends = [at for one in stop if one and (at := text.find(one)) >= 0]
    if not ends or candidate.tool_calls:
        return candidate
    left, kept = min(ends), []
    for part in candidate.parts:
        if not isinstance(part, Text) or part.thought:
            kept.append(part)
        elif len(part.text) <= left:
            kept.append(part)
            left -= len(part.text)
        else:
            kept += [replace(part, text=part.text[:left])] if left else []
            break
    return cut_candidate(candidate, tuple(kept), FinishReason.STOP)


def cut_candidate(candidate: Candidate, parts: tuple[Part, ...], finish: FinishReason) -> Candidate:
    """With fewer parts, and grounded in as far as what is said still rests on something."""
    grounding = candidate.grounding
    if grounding is None:
        return Candidate(parts, finish)
    size = len(Candidate(parts).text.encode("utf-8", "replace"))
    supports = tuple([one for one in grounding.supports if one.end <= size])
    return replace(
        candidate,
        parts=parts,
        finish_reason=finish,
        grounding=replace(grounding, supports=supports),
    )
