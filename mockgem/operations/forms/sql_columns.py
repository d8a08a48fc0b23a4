"""Columns of a CREATE TABLE statement as rows of data."""

from __future__ import annotations

import re

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.row_fields import Fields, Row

TABLE = make_regex(r"\bcreate table (?:if not exists )?[\"`\[]?(\w+)[\"`\]]?\s?\(", re.I)
COLUMN = make_regex(
    r"^\s{0,40}[\"`\[]?(\w+)[\"`\]]?\s+([A-Za-z]+(?:\(\d+(?:, ?\d+)?\))?)\s?(.*)$", re.S
)
NOT_COLUMN = frozenset("primary foreign unique constraint check key index".split())


def read_columns(fields: Fields, text: str) -> list[Row]:
    """Return the columns of a CREATE TABLE statement."""
    match = TABLE.search(text) if "create table" in text.lower() else None
    if match is None:
        return []
    rows = []
    for part in re.split(r",(?![^(]{0,40}\))", text[match.end() : text.rfind(")")]):
        column = COLUMN.match(part)
        if column is None or column[1].lower() in NOT_COLUMN:
            continue
        rest = column[3].lower()
        is_key = "primary key" in rest
        own = {
            "name": column[1],
            "column": column[1],
            "column_name": column[1],
            "type": column[2],
            "data_type": column[2],
            "nullable": "not null" not in rest and not is_key,
            "is_nullable": "not null" not in rest and not is_key,
            "primary_key": is_key,
            "is_primary_key": is_key,
            "required": "not null" in rest or is_key,
        }
        rows.append({key: own[read_name(key)] for key in fields if read_name(key) in own})
    return rows if rows and rows[0] else []
