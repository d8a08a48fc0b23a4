"""POST /moderations: texts in each form, and what is flagged."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.moderations import decode, write_result
from tests.asking import Asker
from tests.dialects.openai.responses.talking import post


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ("a", ("a",)),
        (["a", "b"], ("a", "b")),
        ([{"type": "text", "text": "a"}, {"type": "image_url", "image_url": {}}], ("a", "")),
        ([], ()),
    ],
)
def test_texts_come_in_each_form(given: Any, texts: Any) -> None:
    wire = WireRequest("POST", "/v1/moderations", {}, {}, dump_compact({"input": given}))
    assert decode(wire, {}).texts == texts
    assert decode(wire, {}).model == "omni-moderation-latest"


def test_a_score_of_a_half_is_flagged() -> None:
    assert write_result({"hate": 0.5, "violence": 0.4999}) == {
        "flagged": True,
        "categories": {"hate": True, "violence": False},
        "category_scores": {"hate": 0.5, "violence": 0.4999},
        "category_applied_input_types": {"hate": ["text"], "violence": ["text"]},
    }
    assert not write_result({"hate": 0.4999})["flagged"]


def test_each_text_has_a_result() -> None:
    answer = post(Asker(), "/moderations", input=["Hello", "Bye"], model="my-model").json
    assert answer["id"].startswith("modr-")
    assert len(answer["id"]) == len("modr-") + 29
    assert (answer["model"], len(answer["results"])) == ("my-model", 2)
