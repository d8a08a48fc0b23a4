"""Caches of the forms whose keys come from a request are bounded, so that no server grows."""

from __future__ import annotations

from mockgem.operations.forms.grouped_items import list_members
from mockgem.operations.forms.knowledge_files import find_section
from mockgem.operations.forms.known_quizzes import ask_about_things
from mockgem.operations.forms.known_records import find_column, load_kinds
from mockgem.operations.forms.transfer.sentences import translate_grammar

MANY = 300


def test_caches_of_given_texts_are_bounded() -> None:
    head = load_kinds()[0].head
    for at in range(MANY):
        text = f"a text of number {at}"
        list_members(text)
        ask_about_things(text)
        find_column(head, text)
        find_section("terms", text)
        translate_grammar(text, "de")
    for cached in (list_members, ask_about_things, find_column, find_section, translate_grammar):
        assert cached.cache_info().currsize < MANY
