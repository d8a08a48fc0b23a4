"""What a letter offers goes into its last paragraph, not into its subject."""

from __future__ import annotations

from mockgem.operations.forms.letter_offers import add_offer
from tests.asking import Asker


def test_an_offer_stands_before_the_closing() -> None:
    letter = "Dear Ann,\n\nWe are sorry.\n\nKind regards,\nBen"
    assert add_offer(letter, "Take this.").split("\n\n")[1] == "We are sorry. Take this."
    assert add_offer(letter, "") == letter


def test_an_offer_is_not_part_of_the_subject() -> None:
    reply = (
        Asker()
        .chat(
            "Write an email to a guest apologising for the noisy room, and offer a free breakfast."
        )
        .message["content"]
    )
    assert reply.splitlines()[0] == "Subject: The noisy room"
    assert reply.count("free breakfast") == 1
