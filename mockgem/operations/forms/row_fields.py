"""Rows of a table or a list of objects, and their fields by name."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name

Row = dict[str, Any]
Fields = dict[str, dict[str, Any]]
"""The schemas of the fields of a row, by name."""


def find_key(fields: Fields, pattern: re.Pattern[str]) -> str:
    """Return the first field whose name a pattern finds; empty without one."""
    return next((key for key in fields if pattern.search(read_name(key))), "")


def fit(row: Row, fields: Fields) -> Row:
    """Return a row in the order of the fields, with texts where these want texts."""
    return {
        key: str(row[key])
        if fields[key].get("type") == "string"
        and not isinstance(row[key], str)
        and row[key] is not None
        else row[key]
        for key in fields
        if key in row
    }
