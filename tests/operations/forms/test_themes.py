"""Topics that have their own advice, facts, things and steps."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.themes import find_theme, list_theme_items, load_themes


def test_each_theme_says_enough_for_a_list() -> None:
    for pattern, theme in load_themes():
        assert len({*theme.tips, *theme.facts, *theme.things, *theme.steps}) > 3, pattern.pattern


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("better sleep", "bed"),
        ("how AI works", "model"),
        ("electric cars", "charg"),
        ("a flat tire", "wheel"),
        ("the benefits of remote work", "commut"),
    ],
)
def test_a_theme_is_found_by_its_words(topic: str, said: str) -> None:
    theme = find_theme(topic)
    assert theme is not None
    assert said in " ".join((*theme.tips, *theme.facts, *theme.steps)).lower()


def test_other_topics_have_no_theme() -> None:
    assert find_theme("the quarterly figures of unit 12") is None


def test_the_wish_decides_what_comes_first() -> None:
    theme = find_theme("packing for a camping trip")
    assert theme is not None
    assert list_theme_items(theme, "Make a packing list", "camping trip", 3) == theme.things
    assert list_theme_items(theme, "Give me tips", "camping", 0)[0].endswith(theme.tips[0][1:])


def test_the_first_item_names_a_topic_that_no_item_names() -> None:
    theme = find_theme("unit testing")
    assert theme is not None
    assert list_theme_items(theme, "Give me tips", "unit testing", 0)[0].startswith(
        "Unit testing: "
    )
