"""Replies to prompts of real applications have the form that the prompt asks for."""

from __future__ import annotations

import pytest

from tests.asking import Asker
from tests.operations.forms.checkers import check_reply
from tests.operations.forms.prompt_files import Prompt, ask_prompt, read_prompts


@pytest.mark.parametrize("prompt", read_prompts("prompts"), ids=str)
def test_a_reply_has_the_requested_form(prompt: Prompt) -> None:
    reply = ask_prompt(prompt, Asker())
    failed = check_reply(reply, dict(prompt.want))
    assert not failed, f"{failed}: {reply}"


def test_prompts_that_nobody_tuned_for_keep_their_form() -> None:
    """Those that got no form in their first run are marked and do not count."""
    prompts = [one for one in read_prompts("held_out") if not one.missed]
    asker = Asker()
    failed = [one for one in prompts if check_reply(ask_prompt(one, asker), dict(one.want))]
    assert len(failed) <= len(prompts) // 20, [str(one) for one in failed]


def test_there_are_enough_prompts() -> None:
    assert len(read_prompts("prompts")) + len(read_prompts("held_out")) >= 200


def test_another_seed_keeps_the_form() -> None:
    asker = Asker(seed=7)
    prompts = read_prompts("prompts")
    failed = [one for one in prompts if check_reply(ask_prompt(one, asker), dict(one.want))]
    assert len(failed) <= len(prompts) // 20, [str(one) for one in failed]


@pytest.mark.parametrize(
    ("reply", "want"),
    [
        ("It is positive.", {"one_of": ["positive"]}),
        ('Here: {"a": 1}', {"json": {"keys": ["a"]}}),
        ('{"b": 1}', {"json": {"keys": ["a"]}}),
        ("- a\n- b", {"bullets": 3}),
        ("```python\ndef f(:\n```", {"code": "python", "only": True}),
        ("| a |\n|---|\n", {"table": {"columns": ["a"]}}),
        ("The sea is blue and it is wide.", {"lang": "de"}),
        ("One. Two. Three.", {"sentences": 2}),
        ("```sql\nSELEC * FROM a;\n```", {"code": "sql", "only": True}),
        ("```html\n<p><b></p>\n```", {"code": "html", "only": True}),
        ("```json\n{a}\n```", {"code": "json", "only": True}),
    ],
)
def test_the_checks_refuse_other_forms(reply: str, want: dict[str, object]) -> None:
    assert check_reply(reply, want)
