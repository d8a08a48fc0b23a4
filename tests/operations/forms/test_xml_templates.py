"""The structure of XML that a prompt shows or describes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.asking import chat


def ask(prompt: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(chat(prompt).message["content"]))


def test_a_template_is_followed() -> None:
    root = ask("Reply in XML like this:\n<order><id>1</id><buyer><name>...</name></buyer></order>")
    assert root.tag == "order"
    assert root.find("buyer/name") is not None


def test_an_element_comes_as_often_as_the_prompt_says() -> None:
    root = ask("XML with the root <shop> and 4 books. Each <book> has <title> and <price>.")
    assert [child.tag for child in root] == ["book"] * 4
    assert [child.tag for child in root[0]] == ["title", "price"]


@pytest.mark.parametrize(
    ("prompt", "tag"),
    [
        ("Write an XML document for a book with title and year.", "book"),
        ("Describe a person in XML with name and age.", "person"),
        ("Generate XML for 3 cars, each with make and model.", "cars"),
    ],
)
def test_the_root_is_what_the_document_describes(prompt: str, tag: str) -> None:
    assert ask(prompt).tag == tag


EXAMPLE = (
    "The output should be XML. Make the tags on your own if none are given.\nFor example, for the "
    'tags ["tree", "leaf"]:\n1. "<tree>\n  <leaf></leaf>\n</tree>" is right.\n'
    '2. "<tree>\n  <leaf>\n</tree>" '
    "is wrong.\n\nThese are the output tags:\n```\n{tags}\n```\n\nGenerate the films of an actor."
)


@pytest.mark.parametrize(
    ("tags", "root", "children"),
    [("['films', 'actor', 'title']", "films", ["actor", "title"]), ("[]", "root", None)],
)
def test_listed_tags_count_and_not_those_of_the_example(
    tags: str, root: str, children: list[str] | None
) -> None:
    reply = ask(EXAMPLE.replace("{tags}", tags))
    assert reply.tag == root
    assert children is None or [child.tag for child in reply] == children
    assert not {"tree", "leaf"} & {text for child in reply for text in (child.tag, child.text)}
