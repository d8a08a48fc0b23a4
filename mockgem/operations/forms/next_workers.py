"""The next worker that a supervisor of agents names, or the word for the end of the work."""

from __future__ import annotations

from collections.abc import Sequence

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sentiment import score_label

FINISH = make_regex(r"(?:FINISH(?:ED)?|END|DONE|STOP|__end__)\Z")
SUPERVISES = (
    "supervis",
    "worker",
    "act next",
    "next agent",
    "next speaker",
    "route the",
    "team member",
)
DONE = (
    "final answer",
    "all done",
    "task is complete",
    "is finished",
    "completed the",
    "work is done",
)


def choose_worker(
    values: Sequence[str], whole: str, said: Sequence[tuple[str, str]], task: str
) -> str:
    """Return the worker who acts next; empty if the options are not workers.

    Args:
        whole: The prompt and the system instruction.
        said: The earlier turns, as role and text.
        task: What the user wants, if no earlier turn tells.
    """
    ends = [one for one in values if FINISH.match(one.strip())]
    lower = whole.lower()
    if len(ends) != 1 or not any(word in lower for word in SUPERVISES):
        return ""
    replies = [text for role, text in said if role != "user"]
    workers = [one for one in values if one not in ends]
    left = [one for one in workers if not any(has_acted(one, text) for text in replies)]
    if not left or any(sign in text.lower() for sign in DONE for text in replies[-1:]):
        return ends[0]
    wish = next((text for role, text in said if role == "user"), task)
    scores = [score_label(one, wish) for one in left]
    best = max(scores)
    return left[scores.index(best)] if scores.count(best) == 1 else left[0]


def has_acted(worker: str, text: str) -> bool:
    """Return whether an earlier turn begins with the name of a worker: "Coder: …"."""
    start = text.lstrip(" *[\"'<").lower()
    return start.startswith(worker.lower()) and start[len(worker) : len(worker) + 1] in ":]*)> \n"
