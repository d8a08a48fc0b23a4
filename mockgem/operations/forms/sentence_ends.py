"""The full stop of a sentence in its script."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex


def end(sentence: str) -> str:
    """Return a sentence with a full stop of its script."""
    if sentence[-1:] in '.!?。！？।؟"”»」…' or THAI.match(sentence[-1:]):
        return sentence
    if CJK.match(sentence[-1:]):
        return f"{sentence}。"
    return f"{sentence}{'।' if HINDI.match(sentence[-1:]) else '.'}"


CJK = make_regex("[\u3040-\u30ff\u4e00-\u9fff]")
HINDI = make_regex("[\u0900-\u097f]")
THAI = make_regex("[\u0e00-\u0e7f]")
