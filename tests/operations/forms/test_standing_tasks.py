"""A task in the system instruction and a message that is its input become one sentence."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.question import Question
from mockgem.operations.forms.standing_tasks import join_task, makes_text
from mockgem.operations.generators.seeded_random import SeededRandom


def join(system: str, message: str) -> str:
    joined = join_task(Question(message, SeededRandom(0), system))
    return joined.prompt if joined else ""


@pytest.mark.parametrize(
    ("system", "message", "joined"),
    [
        (
            "You are a blog title generator. Return a single title of at most 8 words.",
            "learning guitar as an adult",
            "Write a single blog title for learning guitar as an adult of at most 8 words.",
        ),
        (
            "You are a haiku bot. Reply to every message with a haiku about it.",
            "traffic jams",
            "Write a haiku about traffic jams.",
        ),
        (
            "You will be given a product name. Write three bullet points about its benefits.",
            "ErgoChair Pro",
            "Write three bullet points about the benefits of ErgoChair Pro.",
        ),
        (
            "You are an interview coach. Generate five interview questions for the role the user "
            "names.",
            "barista",
            "Generate five interview questions for barista.",
        ),
        (
            "You are an e-mail assistant. Write a complete email with a subject line.",
            "Tell the customer Mr. Patel that his order is late.",
            "Write a complete email to the customer Mr. Patel saying that his order is late.",
        ),
        (
            "You are a social media manager. Write a tweet with 2 emojis.",
            "Announce the launch of our shoe AirStep.",
            "Write a tweet about the launch of our shoe AirStep with 2 emojis.",
        ),
        (
            "Write a short customer support reply. Be empathetic.",
            "My order arrived broken.",
            "Reply to this customer message:\n\nMy order arrived broken.",
        ),
    ],
)
def test_the_task_takes_the_message(system: str, message: str, joined: str) -> None:
    assert join(system, message) == joined


@pytest.mark.parametrize(
    ("system", "message"),
    [
        ("You are a friendly assistant.", "learning guitar"),
        ("Answer politely and in full sentences.", "learning guitar"),
        ("You are a blog title generator.", "What is the capital of France?"),
        ("You are the bot of a shop. Hours: 9-18.", "Hi, I'm Tom and I call about my order."),
    ],
)
def test_other_messages_stay_as_they_are(system: str, message: str) -> None:
    assert join(system, message) == ""


def test_data_and_labels_are_read_from_the_message_first() -> None:
    system = "Write the sentiment of the message as JSON."
    joined = join_task(Question("great shoes", SeededRandom(0), system))
    assert joined is None or not makes_text(system, joined)
