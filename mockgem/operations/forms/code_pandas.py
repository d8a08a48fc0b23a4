"""Python that reads, groups, cleans and draws tables with pandas."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_months import summarise_frame
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

PANDAS = make_regex(r"\bpandas\b|\bdataframe\b", re.I)
GROUPS = make_regex(
    r"\b(?:per|by|for each|por|nach|par|pro) (?:the )?(?:column )?[\"'`]?(\w+)", re.I
)
QUOTED = make_regex(r"[\"'`](\w{1,40})[\"'`]")
CSV_FILE = make_regex(r"\b[\w/-]{1,40}\.csv\b")
COLUMNS = make_regex(r"\bcolumns? ((?:[\"'`]?\w+[\"'`]?(?:, | and )?){1,12})", re.I)
METHODS = {"average": "mean", "mean": "mean", "count": "count", "number": "count", "max": "max"}


STEPS = (
    (
        r"\b(?:drop|remove|delete)\w*[^.\n]{0,30}\b(?:missing|null|nan|empty|na)\b|\bdropna",
        "df = df.dropna()",
    ),
    (r"\bduplicate", "df = df.drop_duplicates()"),
    (r"\bfill\w*[^.\n]{0,30}\b(?:missing|null|nan|na)\b", "df = df.fillna(0)"),
)


RENAME = make_regex(
    r"\brename (?:the )?columns? [`\"']?(\w+)[`\"']? (?:to|into|as) [`\"']?(\w+)", re.I
)
DROP = make_regex(r"\b(?:drop|remove|delete) (?:the )?columns? [`\"']?(\w+)", re.I)


def change_columns(text: str) -> list[str]:
    """Return the steps that rename and drop the columns which a text names."""
    rows = [f'df = df.rename(columns={{"{old}": "{new}"}})' for old, new in RENAME.findall(text)]
    return rows + [f'df = df.drop(columns=["{name}"])' for name in DROP.findall(text)]


def write_pipeline(text: str) -> str:
    """Return the steps from one file to another, or the first rows of a file."""
    files = list(dict.fromkeys(CSV_FILE.findall(text)))
    rows = [f'df = pd.read_csv("{files[0]}")']
    if drawn := draw_plot(text):
        return "import matplotlib.pyplot as plt\nimport pandas as pd\n\n" + "\n".join(
            [*rows, *drawn]
        )
    rows += change_columns(text)
    rows += [line for pattern, line in STEPS if re.search(pattern, text, re.I)]
    group = GROUPS.search(text)
    by = re.search(r"\bsort\w* by (?:the )?(?:column )?[\"'`]?(\w+)", text, re.I)
    if by:
        rows.append(f'df = df.sort_values("{by[1]}")')
    elif group and re.search(r"\b(?:sum|total|mean|average|count|group)", text, re.I):
        rows.append(f'df = df.groupby("{group[1]}").sum(numeric_only=True)')
        total = re.search(r"\b(?:sum|total) (?:of )?(?:the )?(?!by\b|per\b)[`\"']?([a-z]\w+)", text)
        if total and re.search(r"\bsort", text, re.I):
            down = ", ascending=False" if re.search(r"\bdesc|\bhighest", text, re.I) else ""
            rows.append(f'df = df.sort_values("{total[1]}"{down})')
    shown = calculate_column(text) if not group else ""
    shown = shown or next((line for pattern, line in SHOWN if re.search(pattern, text, re.I)), "")
    shown = shown if shown and not group else "print(df.head())"
    rows.append(f'df.to_csv("{files[1]}", index=False)' if len(files) > 1 else shown)
    return "import pandas as pd\n\n" + "\n".join(rows)


AMOUNTS = (
    (r"average|mean|durchschnitt\w*|mittelwert|promedio|moyenne|media", "mean()"),
    (r"sum|total|summe|suma|somme|somma", "sum()"),
    (r"max(?:imum)?|highest|largest|biggest", "max()"),
    (r"min(?:imum)?|lowest|smallest", "min()"),
    (r"median", "median()"),
    (r"std|standard deviation", "std()"),
    (r"unique|distinct", "unique()"),
    (r"value counts|frequency|frequencies|how often", "value_counts()"),
)
AMOUNT = make_regex(
    rf"\b(?:{'|'.join(f'({words})' for words, _ in AMOUNTS)})(?: \w+)?"
    r"(?: (?:of|from|in|for|value|der|von|de|del|du)){1,3} "
    r"(?:the |all (?:the )?|spalte |la |columna |colonne ){0,3}"
    r"(?:column |values? )?(?:called |named )?[\"'`]?(\w+)[\"'`]?",
    re.I,
)
"""What is worked out of a column: "the average of the column amount"."""
LATER_COLUMN = make_regex(r"\bcolumn (?:called |named )?[\"'`]?(\w+)", re.I)
NOT_COLUMNS = frozenset("each every all column columns file csv a an it them data values".split())


def calculate_column(text: str) -> str:
    """Return the line that works out an amount of a column; empty for other wishes."""
    match = AMOUNT.search(text)
    named = LATER_COLUMN.search(text, match.end()) if match else None
    column = named[1] if named else match[match.lastindex or 0] if match else ""
    if match is None or column.lower() in NOT_COLUMNS:
        return ""
    method = AMOUNTS[next(at for at in range(len(AMOUNTS)) if match[at + 1])][1]
    return f'print(df["{column}"].{method})'


SHOWN = (
    (r"\b(?:mean|average) of (?:each|every|all)", "print(df.mean(numeric_only=True))"),
    (r"\b(?:describe|summary|statistics)", "print(df.describe())"),
    (r"\b(?:shape|how many rows|number of rows)", "print(len(df))"),
    (r"\b(?:columns|column names)\b(?=[^.\n]{0,12}\b(?:print|list|show))", "print(df.columns)"),
    (r"\bmissing values\b", "print(df.isna().sum())"),
)
PLOT = make_regex(
    r"\b(?:plots?|charts?|graphs?|draws?|visuali[sz]es?) (?:the |a |of )*(?:(?:line|bar|pie) "
    r"(?:chart|plot) of "
    r"(?:the )?)?(\w+) (?:by|per|over|against|for each) (?:the )?(\w+)",
    re.I,
)


def draw_plot(text: str) -> list[str]:
    """Return the lines that draw a column by another one; empty for other wishes."""
    match = PLOT.search(text)
    if match is None:
        return []
    kind = "line" if re.search(r"\bline\b|\bover\b", text, re.I) else "bar"
    value, group = match[1].lower(), match[2].lower()
    return [
        f'totals = df.groupby("{group}")["{value}"].sum()',
        f'totals.plot(kind="{kind}", title="{value.capitalize()} by {group}")',
        "plt.tight_layout()",
        "plt.show()",
    ]


SUMMED = make_regex(
    r"\b(?:sum|total|average|mean|count|max|min)\w* (?:up )?(?:of )?(?:the "
    r"|its )?[`\"']?([a-z_]\w*)[`\"']?"
    r" (?:column|field|values)\b",
    re.I,
)
"""The column that is summed up in groups: "sum the revenue column"."""
READS = make_regex(
    r"\b(?:read|load|open|import|lesen|leer|lire|leggere)\w*\b[^.\n]{0,30}\bcsv\b", re.I
)


def write_pandas(request: CodeRequest) -> str:
    """Return a few lines that group the rows of a DataFrame."""
    text = request.text
    if summarised := summarise_frame(text):
        return summarised
    if CSV_FILE.search(text):
        return write_pipeline(text)
    if steps := change_columns(text):
        first = re.search(r'"(\w+)"', steps[0])
        row = f'df = pd.DataFrame({{"{first[1] if first else "a"}": [1, 2], "temp": [3, 4]}})'
        return "\n".join(["import pandas as pd\n", row, *steps, "print(df)"])
    if READS.search(text) and not GROUPS.search(text):
        return write_pipeline(f"{text} data.csv")
    match = COLUMNS.search(text)
    named = re.findall(r"\w+", match[1]) if match else []
    columns = (
        [name for name in named if name != "and"] or QUOTED.findall(text) or ["group", "value"]
    )
    group = GROUPS.search(text)
    is_known = group and (group[1] in columns or columns == ["group", "value"])
    key = group[1] if group and is_known else columns[0]
    value = next((name for name in columns if name != key), "value")
    if summed := SUMMED.search(text):
        key, value = group[1] if group else key, summed[1]
    method = next((name for word, name in METHODS.items() if word in text.lower()), "sum")
    order = ".sort_values(ascending=False)" if re.search(r"\bdesc|\bsort", text, re.I) else ""
    return (
        "import pandas as pd\n\n"
        f'df = pd.DataFrame({{"{key}": ["a", "b", "a"], "{value}": [1, 2, 3]}})\n'
        f'result = df.groupby("{key}")["{value}"].{method}(){order}\nprint(result)'
    )
