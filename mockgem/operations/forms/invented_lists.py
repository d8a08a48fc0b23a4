"""Lists of texts about a topic: benefits, tips, reasons."""

from __future__ import annotations

from mockgem.operations.forms.data_topics import find_data_topic
from mockgem.operations.forms.invented_contexts import read_fields
from mockgem.operations.forms.invented_fields import InventedFields
from mockgem.operations.forms.question import Question


def list_general(noun: str, question: Question) -> list[str]:
    """Return texts for a list of a usual kind about the topic of the prompt; empty for another."""
    fields = read_fields("general")
    values = next((fields[word] for word in noun.lower().split() if word in fields), ())
    if not values or question.language != "en":
        return []
    writer = InventedFields(question, find_data_topic(question), frozenset())
    words = writer.list_words({}, {})
    return [
        text for value in values for one in value.split("/") for text in writer.expand(one, words)
    ]
