"""Find out which tools were called for the user's question, and what they returned."""

from __future__ import annotations

from collections.abc import Sequence

from mockgem.core.content import Part, Text, ToolCall, ToolResult, Turn, text_of
from mockgem.core.frozen import frozen


@frozen
class ToolHistory:
    """The calls and results of a loop that the model has not ended with text yet.

    Attributes:
        question: The text of the user's question.
        added: The text that the user wrote after the last result, if any.
        calls: All calls since the question, in order.
        results: All results since the question, in order.
        last_results: The results of the last round.
        earlier_calls: The calls of the loop before the question, if the model ended it with text.
    """

    question: str = ""
    added: str = ""
    calls: tuple[ToolCall, ...] = ()
    results: tuple[ToolResult, ...] = ()
    last_results: tuple[ToolResult, ...] = ()
    earlier_calls: tuple[ToolCall, ...] = ()

    @property
    def called_names(self) -> list[str]:
        return [call.name for call in self.calls]

    def find_call(self, result: ToolResult) -> ToolCall | None:
        """Return the call of a result: by its id, else the last one with its tool."""
        same = [call for call in self.calls if call.name == result.name]
        by_id = [call for call in same if result.id and call.id == result.id]
        if by_id or not same:
            return by_id[0] if by_id else None
        place = [one for one in self.results if one.name == result.name].index(result)
        return same[min(place, len(same) - 1)]


NO_HISTORY = ToolHistory()


def read_tool_history(turns: Sequence[Turn]) -> ToolHistory:
    """Read the loop that a conversation is in.

    It begins with the user's question and ends with the model's text. What the user writes after a
    result belongs to the loop: frameworks add instructions and files there.
    """
    start = len(turns) - count_trailing_turns(turns)
    if start == 0 or not has_results(turns[start - 1]):
        return ToolHistory(earlier_calls=find_earlier_calls(turns[:start]))
    first = start - 1
    while first > 0 and is_before_results(turns, first - 1):
        first -= 1
    rounds = split_rounds(turns[first:start])
    question = next((text_of(turn.parts) for turn in reversed(turns[:first]) if is_text(turn)), "")
    loose = [part for turn in turns[first:start] if has_results(turn) for part in turn.parts]
    return ToolHistory(
        question=question,
        added=join_texts([*loose, *(part for turn in turns[start:] for part in turn.parts)]),
        calls=tuple(call for calls, _ in rounds for call in calls),
        results=tuple(result for _, results in rounds for result in results),
        last_results=tuple(rounds[-1][1]),
    )


def count_trailing_turns(turns: Sequence[Turn]) -> int:
    """Return the number of turns at the end in which the user writes without results."""
    count = 0
    for turn in reversed(turns):
        if turn.role != "user" or has_results(turn):
            break
        count += 1
    return count


def has_results(turn: Turn) -> bool:
    return ToolResult in map(type, turn.parts)


def is_part_of_loop(turn: Turn) -> bool:
    return ToolCall in map(type, turn.parts) or has_results(turn)


def is_before_results(turns: Sequence[Turn], place: int) -> bool:
    """Return whether a turn belongs to the loop whose later turns are known to belong to it.

    Text that the user wrote after earlier results is part of it, too.
    """
    return is_part_of_loop(turns[place]) or (
        turns[place].role == "user" and place > 0 and has_results(turns[place - 1])
    )


def is_text(turn: Turn) -> bool:
    return turn.role == "user" and bool(text_of(turn.parts).strip())


def join_texts(parts: Sequence[Part]) -> str:
    return "\n".join(part.text for part in parts if isinstance(part, Text) and not part.thought)


Round = tuple[list[ToolCall], list[ToolResult]]


def split_rounds(turns: Sequence[Turn]) -> list[Round]:
    """Return the calls and the results of each round; neighbouring turns of a side are one."""
    rounds: list[Round] = [([], [])]
    for part in (part for turn in turns for part in turn.parts):
        if isinstance(part, ToolCall):
            if rounds[-1][1]:
                rounds.append(([], []))
            rounds[-1][0].append(part)
        elif isinstance(part, ToolResult):
            rounds[-1][1].append(part)
    return rounds


def find_earlier_calls(turns: Sequence[Turn]) -> tuple[ToolCall, ...]:
    """Return the calls of the loop that the model's last text ended; empty if there was none."""
    end = len(turns)
    while end > 0 and turns[end - 1].role == "model" and not is_part_of_loop(turns[end - 1]):
        end -= 1
    first = end
    while first > 0 and is_part_of_loop(turns[first - 1]):
        first -= 1
    return tuple(
        part for turn in turns[first:end] for part in turn.parts if isinstance(part, ToolCall)
    )
