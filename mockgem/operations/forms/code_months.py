"""Pandas for a table that a prompt describes by its columns: sums per group and month."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

TABLE = make_regex(
    r"\bcolumns?:? (?P<names>[\"'`]?\w+[\"'`]?(?:,? (?:and )?[\"'`]?\w+[\"'`]?){1,9})(?=[.;\n]"
    r"|\s*\Z)",
    re.I,
)
NAME = make_regex(r"\w+")
BY = make_regex(r"\b(?:per|by|for each) (?:the )?[\"'`]?(\w+)", re.I)
PERIODS = (("month", "M"), ("week", "W"), ("quarter", "Q"), ("year", "Y"), ("day", "D"))
DATES = frozenset("date day timestamp time created_at ordered_at order_date".split())
METHODS = (
    ("average|mean", "mean"),
    ("max|highest", "max"),
    ("min|lowest", "min"),
    ("count|number of", "count"),
)
FRAME = make_regex(
    r"\b(?:have|given|with) (?:an? |the )?(?:pandas )?(?:dataframe|df)\b(?: (?:called "
    r"|named )?`?(\w+)`?)?",
    re.I,
)


def summarise_frame(text: str) -> str:
    """Return the lines that group the DataFrame which a prompt has; empty if it has none."""
    table, frame = TABLE.search(text), FRAME.search(text)
    if table is None or frame is None:
        return ""
    columns = [name for name in NAME.findall(table["names"]) if name != "and"]
    wish = text[table.end() :].lower()
    variable = frame[1] if frame[1] and frame[1] not in ("with", "that", "of") else "df"
    date = next((name for name in columns if name.lower() in DATES), "")
    period = next(
        ((name, mark) for name, mark in PERIODS if re.search(rf"\b{name}(?:ly|s)?\b", wish)), None
    )
    keys = [name for name in BY.findall(wish) if name in columns]
    rest = [name for name in columns if name not in (*keys, date)]
    value = next((name for name in rest if name.lower() in wish), rest[-1] if rest else "")
    if not value or not (keys or (period and date)):
        return ""
    method = next((name for words, name in METHODS if re.search(words, wish)), "sum")
    rows = []
    if period and date:
        dates = f'pd.to_datetime({variable}["{date}"])'
        rows.append(f'{variable}["{period[0]}"] = {dates}.dt.to_period("{period[1]}")')
        keys.append(period[0])
    named = f'"{keys[0]}"' if len(keys) == 1 else "[" + ", ".join(f'"{key}"' for key in keys) + "]"
    rows.append(f'result = {variable}.groupby({named})["{value}"].{method}().reset_index()')
    return "import pandas as pd\n\n" + "\n".join([*rows, "print(result)"])
