"""Generate: an answer drafted from the question, cut to what was asked for, and given out with an id of its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mockgem.core.call import Occasion
from mockgem.core.models import Model
from mockgem.core.talk import Blob, Candidate, Finish, Link, Part, Text, ToolCall, Usage
from mockgem.core.values import value
from mockgem.core.world import World
from mockgem.operations import rules
from mockgem.operations.making import tokens
from mockgem.operations.making.chance import Dice
from mockgem.operations.question import Generate, facts_of
from mockgem.operations.saying import said, shown_thoughts
from mockgem.operations.usage import output_tokens, prompt_tokens, thinking_tokens


@dataclass(slots=True)
class Draft:
    """An answer before it is given out: all that depends on the question alone.

    `kept` tells that it is remembered; then `spelled` remembers how a dialect wrote it, ids aside.
    """

    model: Model
    candidates: tuple[Candidate, ...]
    usage: Usage
    kept: bool = False
    spelled: Any = None


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
    model = rules.model_for(question.model, "generateContent", world)
    draft: Draft | None = world.thoughts.get(occasion.key)
    if draft is None:
        fetched = await with_media(question, world)
        draft = draft_of(fetched, model, world)
        if fetched is question and occasion.nth:
            draft.kept = True
            world.thoughts.put(occasion.key, draft, weight_of(draft))
    luck = luck_of(world.seed, occasion)
    return Reply(draft, world.now(), luck)


def luck_of(seed: int, occasion: Occasion) -> bytes:
    """What ids are made from: the seed, the request, and how often it was heard before."""
    return hashlib.blake2b(b"%d:%d:%b" % (seed, occasion.nth, occasion.key), digest_size=16).digest()


async def with_media(question: Generate, world: World) -> Generate:
    """The question with what it links to fetched, where that is allowed."""
    if world.fetch is None or not any(isinstance(part, Link) for turn in question.turns for part in turn.parts):
        return question
    turns = []
    for turn in question.turns:
        parts = [await world.fetch(part) if isinstance(part, Link) else part for part in turn.parts]
        turns.append(replace(turn, parts=tuple(parts)))
    return replace(question, turns=tuple(turns))


def weight_of(draft: Draft) -> int:
    said = sum(len(part.text) for one in draft.candidates for part in one.parts if isinstance(part, Text))
    drawn = sum(len(part.data) for one in draft.candidates for part in one.parts if isinstance(part, Blob))
    asked = sum(len(str(call.args)) for one in draft.candidates for call in one.calls)
    return 2000 + 20 * said + 3 * drawn + 8 * asked


def draft_of(question: Generate, model: Model, world: World) -> Draft:
    rules.check(question, model, lenient=world.lenient)
    prompt = prompt_tokens(question, model)
    rules.check_length(prompt, model, lenient=world.lenient)
    dice = Dice(world.seed, *facts_of(question, model))
    spent = thinking_tokens(question, model, dice.sibling("thinking"), lenient=world.lenient)
    others = [dice.sibling(f"candidate {number}") for number in range(1, min(question.sampling.count, 8))]
    candidates = tuple([candidate_of(question, model, one, spent) for one in (dice, *others)])
    thoughts = min(spent, question.sampling.max_tokens) if question.sampling.max_tokens else spent
    output = sum(output_tokens(candidate) for candidate in candidates)
    return Draft(model, candidates, Usage(prompt, output, thoughts))


def candidate_of(question: Generate, model: Model, dice: Dice, spent: int) -> Candidate:
    parts = said(question, model, dice)
    parts = signed(parts, model, dice)
    parts = (*shown_thoughts(question, spent, dice), *parts)
    return shortened(Candidate(parts), question, spent)


def signed(parts: tuple[Part, ...], model: Model, dice: Dice) -> tuple[Part, ...]:
    """Gemini 3 signs the first call of a turn, or the text; what came before does not sign."""
    if model.generation < 3:
        return parts
    if isinstance(parts[0], (ToolCall, Text)):
        return (replace(parts[0], signature=signature(dice)), *parts[1:])
    return parts


def signature(dice: Dice) -> str:
    return base64.b64encode(b"\x12" + bytes(dice.below(256) for _ in range(95))).decode()


def shortened(candidate: Candidate, question: Generate, spent: int) -> Candidate:
    """Cut at a stop sequence, then at the token limit, which thinking uses up first."""
    if question.sampling.stop:
        candidate = stopped(candidate, question.sampling.stop)
    if question.sampling.max_tokens is None:
        return candidate
    room = question.sampling.max_tokens - spent
    if output_tokens(candidate) <= room:
        return candidate
    kept = []
    for part in candidate.parts:
        if isinstance(part, Text) and part.thought:
            kept.append(part)
        elif isinstance(part, Text) and room > 0 and (text := tokens.cut(part.text, room)):
            kept.append(replace(part, text=text))
            room -= tokens.count(text)
    return Candidate(tuple(kept), Finish.MAX_TOKENS)


def stopped(candidate: Candidate, stop: tuple[str, ...]) -> Candidate:
    text = candidate.text
    ends = [at for one in stop if one and (at := text.find(one)) >= 0]
    if not ends or candidate.calls:
        return candidate
    parts = [part for part in candidate.parts if isinstance(part, Text) and part.thought]
    first = next(part for part in candidate.parts if isinstance(part, Text) and not part.thought)
    kept = (replace(first, text=text[: min(ends)]),) if min(ends) else ()
    return Candidate((*parts, *kept), Finish.STOP)
