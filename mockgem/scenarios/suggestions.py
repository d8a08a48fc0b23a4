"""The error of a mistyped name."""

from __future__ import annotations

from mockgem.core.suggestions import suggest_names

__all__ = ["UnknownName", "suggest_names"]


class UnknownName(ValueError):
    """A name that does not exist. The message suggests known names."""
