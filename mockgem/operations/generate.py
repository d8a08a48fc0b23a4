"""Generate: an answer drafted from the question, cut to what was asked for, and given out with an id of its own."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mockgem.core.call import Occasion
from mockgem.core.content import (
    BLOCKING,
    Blob,
    Candidate,
    Code,
    Finish,
    Link,
    Part,
    Said,
    ServerCall,
    ServerResult,
    Text,
    ToolCall,
    Usage,
)
from mockgem.core.frozen import value
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations import validation
from mockgem.operations.caches import NOTHING_HELD, Held, on_top, with_held
from mockgem.operations.files import in_prompt
from mockgem.operations.generate_request import NO_EXTRAS, USUAL_SAMPLING, Generate, facts_of
from mockgem.operations.generators import tokens
from mockgem.operations.generators.ids import luck_of
from mockgem.operations.generators.reply import said, shown_thoughts
from mockgem.operations.generators.seeded_random import Dice
from mockgem.operations.usage import looked_up, output_kinds, output_tokens, prompt_tokens, thinking_tokens


@dataclass(slots=True)
class Draft:
    """An answer before it is given out: all that depends on the question alone.

    `kept` tells that it is remembered; then `spelled` remembers how a dialect wrote it, ids aside. `blocked` is why the
    question itself was not let through; then nothing is said.
    """

    model: Model
    candidates: tuple[Candidate, ...]
    usage: Usage
    blocked: str = ""
    kept: bool = False
    spelled: Any = None

    @property
    def calls(self) -> int:
        """How many tools it calls."""
        found = 0
        for candidate in self.candidates:
            for part in candidate.parts:
                found += isinstance(part, ToolCall)
        return found


@value
class Reply:
    """An answer given out: a draft, when (seconds), and the luck its ids are spelled from."""

    draft: Draft
    created: int
    luck: bytes = field(default=b"")


@value
class End:
    """The last delta of a candidate."""

    finish: Finish


Delta = Part | End
WORDS_PER_DELTA = 8


def deltas(candidate: Candidate) -> Iterator[Delta]:
    """A candidate in pieces: text several words at a time, everything else whole, then the end."""
    for part in candidate.parts:
        match part:
            case Text(text, thought=False, signature=signature):
                pieces = text_pieces(text)
                yield from (Text(piece) for piece in pieces[:-1])
                yield Text(pieces[-1], signature=signature)
            case _:
                yield part
    yield End(candidate.finish)


def text_pieces(text: str) -> list[str]:
    """A text cut before every so many words; joined, the pieces are the text."""
    starts = [0]
    at, words = 0, 0
    while (at := text.find(" ", at + 1)) != -1:
        words += 1
        if words % WORDS_PER_DELTA == 0:
            starts.append(at)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


async def generate(question: Generate, occasion: Occasion) -> Reply:
    """Answer a question. Raises ApiError where the real service refuses it.

    A draft is remembered when its question comes a second time: most questions never do.
    """
    world = occasion.world
    model = validation.model_for(question.model, "generateContent", world)
    if question.linked or question.cached_content:
        question, held = await prepared(question, world)
        draft = draft_of(question, model, world, held)
    else:
        draft = remembered(question, model, occasion)
    if occasion.said is not None:
        draft = settled(draft, occasion.said, question, Dice(world.seed, *facts_of(question, model)))
    return Reply(draft, world.now(), luck_of(world.seed, occasion))


def settled(draft: Draft, said: Said, question: Generate, dice: Dice) -> Draft:
    """A draft that says what is to be said. Everything else is as it would be: checks, thinking, the tokens asked; thoughts
    are shown where they are asked for."""
    if said == AS_IT_IS:
        return draft
    if said.blocked:
        return unsaid(("block", said.blocked), draft.model, replace(draft.usage, output=0, thoughts=0))
    parts = draft.candidates[0].parts if said.parts is None else said.parts
    finish = said.finish or (draft.candidates[0].finish if said.parts is None else Finish.STOP)
    if said.parts is None and finish in BLOCKING:
        parts = ()
    if said.image is not None:
        parts = (*[part for part in parts if not isinstance(part, Blob)], said.image)
    if draft.model.generation > 2 and parts and not any(getattr(part, "signature", "") for part in parts):
        parts = signed_anywhere(parts, dice)
    if not question.thinking.include:
        parts = tuple([part for part in parts if not (isinstance(part, Text) and part.thought)])
    candidate = Candidate(parts, finish)
    usage = replace(draft.usage, output=output_tokens(candidate, draft.model), output_kinds=())
    return Draft(draft.model, (candidate,), usage)


AS_IT_IS = Said()


def signed_anywhere(parts: tuple[Part, ...], dice: Dice) -> tuple[Part, ...]:
    """The first call signs, whatever is said before it; without calls what signs else."""
    thoughts = tuple([part for part in parts if isinstance(part, Text) and part.thought])
    rest = parts[len(thoughts) :]
    at = next((place for place, part in enumerate(rest) if isinstance(part, ToolCall)), None)
    if at is None:
        return (*thoughts, *signed(rest, dice)) if rest else parts
    call = rest[at]
    assert isinstance(call, ToolCall)
    return (*thoughts, *rest[:at], replace(call, signature=signature(dice)), *rest[at + 1 :])


async def prepared(question: Generate, world: World) -> tuple[Generate, Held]:
    """The question with its cache and its media, and what the cache holds."""
    held = NOTHING_HELD
    if question.cached_content:
        validation.check_contents(question)
        question, held = on_top(question, world)
    return (await with_media(question, world) if question.linked else question), held


def remembered(question: Generate, model: Model, occasion: Occasion) -> Draft:
    """The draft of a question that holds all it asks about."""
    world = occasion.world
    draft: Draft | None = world.thoughts.get(occasion.key) if occasion.nth else None
    if draft is None:
        draft = draft_of(question, model, world)
        if occasion.nth:
            draft.kept = True
            world.thoughts.put(occasion.key, draft, weight_of(draft))
    return draft


async def with_media(question: Generate, world: World) -> Generate:
    """The question with the files it links to; what else it links to is fetched where that is allowed."""
    turns = []
    for turn in question.turns:
        parts = [await behind(part, world) if isinstance(part, Link) else part for part in turn.parts]
        turns.append(replace(turn, parts=tuple(parts)))
    return replace(question, turns=tuple(turns))


async def behind(link: Link, world: World) -> Part:
    found = in_prompt(link, world)
    if isinstance(found, Blob) or world.fetch is None:
        return found
    return await world.fetch(found)


def weight_of(draft: Draft) -> int:
    said = sum(len(part.text) for one in draft.candidates for part in one.parts if isinstance(part, Text))
    drawn = sum(len(part.data) for one in draft.candidates for part in one.parts if isinstance(part, Blob))
    asked = sum(len(str(call.args)) for one in draft.candidates for call in one.calls)
    return 2000 + 20 * said + 3 * drawn + 8 * asked


def draft_of(question: Generate, model: Model, world: World, held: Held = NOTHING_HELD) -> Draft:
    validation.check(question, model, lenient=world.lenient)
    prompt, kinds = with_held(*prompt_tokens(question, model), held)
    if prompt > model.input_limit and not world.lenient:
        raise validation.too_long(prompt, model)
    if (wish := wished(question)) is not None:
        return unsaid(wish, model, Usage(prompt, 0, 0, held.tokens, 0, kinds, (), held.kinds))
    dice = Dice(world.seed, *facts_of(question, model))
    spent = thinking_tokens(question, model, dice, lenient=world.lenient)
    candidates: tuple[Candidate, ...] = (candidate_of(question, model, dice, spent),)
    output = output_tokens(candidates[0], model)
    for number in range(1, min(question.sampling.count, 8)):
        candidates += (candidate_of(question, model, dice.sibling(f"candidate {number}"), spent),)
        output += output_tokens(candidates[-1], model)
    thoughts = min(spent, question.sampling.max_tokens) if question.sampling.max_tokens else spent
    if question.extras is NO_EXTRAS and "image" not in model.outputs:
        return Draft(model, candidates, Usage(prompt, output, thoughts, held.tokens, 0, kinds, (), held.kinds))
    read = sum([looked_up(candidate) for candidate in candidates])
    made = output_kinds(candidates, model)
    return Draft(model, candidates, Usage(prompt, output, thoughts, held.tokens, read, kinds, made, held.kinds))


def candidate_of(question: Generate, model: Model, dice: Dice, spent: int) -> Candidate:
    candidate = Candidate(said(question, model, dice))
    if question.extras.abilities:
        from mockgem.operations.builtin_tools import used

        candidate = used(question, candidate, dice)
    parts = candidate.parts
    if model.generation > 2:
        parts = signed(parts, dice)
    if question.thinking.include and spent:
        parts = (*shown_thoughts(question, dice), *parts)
    candidate = replace(candidate, parts=parts) if candidate.grounding else Candidate(parts)
    if question.sampling is USUAL_SAMPLING and not long(parts):
        return candidate
    return shortened(candidate, question, model, spent)


def long(parts: tuple[Part, ...]) -> bool:
    """Whether a model's limit of output could be reached."""
    return any(isinstance(part, Text) and len(part.text) > LONG for part in parts)


LONG = 8_000
"""Letters that surely are fewer tokens than any model's limit."""


WISH = re.compile(r"mockgem:(block|finish)=([A-Z_]{2,40})")
BLOCK_REASONS = ("SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "JAILBREAK", "MODEL_ARMOR")


def wished(question: Generate) -> tuple[str, str] | None:
    """What the question's last words want to fail with, if they say so: there is nothing harmless that the real filters
    stop."""
    parts = question.turns[-1].parts
    last = parts[-1] if parts else None
    if not isinstance(last, Text) or "mockgem:" not in last.text or (match := WISH.search(last.text)) is None:
        return None
    known = BLOCK_REASONS if match[1] == "block" else Finish.__members__
    return (match[1], match[2]) if match[2] in known else None


def unsaid(wish: tuple[str, str], model: Model, usage: Usage) -> Draft:
    """A draft in which nothing is said: the question was blocked, or the answer stopped before its first word."""
    what, reason = wish
    finish = Finish(reason) if reason in Finish.__members__ else Finish.OTHER
    return Draft(model, (Candidate((), finish),), usage, blocked=reason if what == "block" else "")


def signed(parts: tuple[Part, ...], dice: Dice) -> tuple[Part, ...]:
    """Gemini 3 signs the first call of a turn, of its own tools' as well, a picture, or the text; what came before does
    not sign."""
    first = parts[0]
    if not isinstance(first, SIGNED):
        return parts
    second = parts[1] if len(parts) > 1 else None
    if isinstance(first, Text) and isinstance(second, Blob):
        return (first, replace(second, signature=signature(dice)), *parts[2:])
    if isinstance(first, (Text, ToolCall, Blob)) or not isinstance(parts[-1], Text):
        return (replace(first, signature=signature(dice)), *parts[1:])
    return tuple([replace(part, signature=signature(dice)) if isinstance(part, SIGNED) else part for part in parts])


SIGNED = (ToolCall, Text, Blob, Code, ServerCall, ServerResult)


def signature(dice: Dice) -> str:
    return base64.b64encode(b"\x12" + bytes(dice.below(256) for _ in range(95))).decode()


def shortened(candidate: Candidate, question: Generate, model: Model, spent: int) -> Candidate:
    """Cut at a stop sequence, then at the token limit, which thinking uses up first. What comes before the cut stays."""
    if question.sampling.stop:
        candidate = stopped(candidate, question.sampling.stop)
    most = question.sampling.max_tokens
    room = model.output_limit or UNLIMITED if most is None else most - spent
    if output_tokens(candidate, model) <= room:
        return candidate
    kept: list[Part] = []
    for part in candidate.parts:
        if isinstance(part, Text) and part.thought:
            kept.append(part)
            continue
        cost = output_tokens(Candidate((part,)), model)
        if cost > room:
            if isinstance(part, Text) and room > 0 and (text := tokens.cut(part.text, room)):
                kept.append(replace(part, text=text))
            break
        kept.append(part)
        room -= cost
    return clipped(candidate, tuple(kept), Finish.MAX_TOKENS)


UNLIMITED = 2**31


def stopped(candidate: Candidate, stop: tuple[str, ...]) -> Candidate:
    text = candidate.text
    ends = [at for one in stop if one and (at := text.find(one)) >= 0]
    if not ends or candidate.calls:
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
    return clipped(candidate, tuple(kept), Finish.STOP)


def clipped(candidate: Candidate, parts: tuple[Part, ...], finish: Finish) -> Candidate:
    """With fewer parts, and grounded in as far as what is said still rests on something."""
    grounding = candidate.grounding
    if grounding is None:
        return Candidate(parts, finish)
    size = len(Candidate(parts).text.encode("utf-8", "replace"))
    supports = tuple([one for one in grounding.supports if one.end <= size])
    return replace(candidate, parts=parts, finish=finish, grounding=replace(grounding, supports=supports))
