"""What odd given programs cost: bounded, whatever the prompt wants of them."""

from __future__ import annotations

import pytest

from tests.asking import Asker
from tests.operations.forms.prompt_files import Prompt, ask_prompt
from tests.processor_time import takes_at_most

ODD = (
    "```js\n" + "#" * 7_000,
    "```js\nfunction f(a) { " + "# " * 3_000 + "\n```",
    "```js\nfunction " + "a" * 7_500 + "\n```",
    "```java\npublic " + "a b " * 1_800 + "\n```",
    "```python\n" + "\n".join(f"a{at} = b{at}" for at in range(500)) + "\n```",
    "```js\n" + "x.y." * 1_800 + "\n```",
    "def f(" + "a, " * 2_000 + "):\n    return",
    "SELECT " + "(" * 3_000,
)


def answer(prompt: str) -> None:
    ask_prompt(Prompt(prompt, "", (), {}), Asker())


@pytest.mark.parametrize(
    "wish",
    [
        "Fix this.",
        "Complete this function.",
        "Convert this to Python.",
        "Add comments.",
        "Write tests for this.",
        "Explain this code.",
    ],
)
@pytest.mark.parametrize("code", ODD, ids=range(len(ODD)))
def test_odd_code_is_answered_in_bounded_time(wish: str, code: str) -> None:
    """The bound leaves room for a busy machine: what grows with the square takes longer."""
    assert takes_at_most(3, answer, f"{wish}\n\n{code}")
