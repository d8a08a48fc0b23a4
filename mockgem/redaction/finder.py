"""Find secrets in a text, and replace them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mockgem.redaction.named_values import find_named_secrets, has_named_values
from mockgem.redaction.patterns import KINDS, SecretKind, Span
from mockgem.redaction.spellings import spell_secrets
from mockgem.redaction.values import REDACTED


class SecretFinder:
    """Finds secrets of known kinds, values with the names of secrets, and what the user adds.

    Args:
        secrets: Credentials, which are found in all their spellings.
        patterns: The user's own regular expressions.
        kinds: What secrets look like.
        by_name: Whether names such as `password` give secrets away.
    """

    def __init__(
        self,
        secrets: Iterable[str] = (),
        patterns: Sequence[re.Pattern[str]] = (),
        *,
        kinds: tuple[SecretKind, ...] = KINDS,
        by_name: bool = True,
    ) -> None:
        self.patterns = tuple(patterns)
        self.kinds = (*kinds, *spell_secrets(secrets))
        self.by_name = by_name

    def find(self, text: str, *, by_name: bool = True) -> list[Span]:
        """Return the places of all secrets in a text, in order; overlapping ones are joined.

        Without `by_name`, names give no secrets away.
        """
        lowered = lower(text)
        spans = [
            span for kind in self.kinds if kind.is_possible(lowered) for span in kind.find(text)
        ]
        spans += [match.span() for pattern in self.patterns for match in pattern.finditer(text)]
        if by_name and self.by_name:
            spans += find_named_secrets(text, lowered)
        if not spans:
            return []
        return [span for span in join_spans(spans) if text[span[0] : span[1]] != REDACTED]

    def may_find(self, text: str) -> bool:
        """Return quickly whether `find` may find something: the user's patterns may, anywhere."""
        if self.patterns:
            return True
        lowered = lower(text)
        if any(kind.is_possible(lowered) for kind in self.kinds):
            return True
        return self.by_name and has_named_values(text, lowered)

    def redact(self, text: str) -> str:
        """Return a text without secrets."""
        spans = self.find(text)
        if not spans:
            return text
        ends = [0, *[end for _, end in spans]]
        kept = [text[end:start] for end, (start, _) in zip(ends, spans, strict=False)]
        return REDACTED.join([*kept, text[ends[-1] :]])


def lower(text: str) -> str:
    """Return a text in lower case, of the same length: `İ` alone would become two characters."""
    return text.lower() if text.isascii() else text.replace("İ", "I").lower()


def join_spans(spans: Iterable[Span]) -> list[Span]:
    """Return places in order; overlapping ones become one, empty ones are left out."""
    joined: list[Span] = []
    for start, end in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif end > start:
            joined.append((start, end))
    return joined


DEFAULT_FINDER = SecretFinder()


def hide_secrets(text: str) -> str:
    """Return a text for people without what looks like a secret.

    Shorten it only after that: half a key does not look like one.
    """
    return DEFAULT_FINDER.redact(text)
