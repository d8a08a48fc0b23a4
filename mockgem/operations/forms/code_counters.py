"""Counters of React, Vue and Svelte with the buttons that a prompt names."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

COUNTER = make_regex(
    r"\bcounter\b|\blike ?button\b|\b(?:count|likes?|votes?|clicks?"
    r"|score)\b[^.\n]{0,30}\b(?:increment\w*"
    r"|increas\w*|goes? up|go(?:es)? up)\b|\bcounts? (?:up|the clicks|clicks)\b|\bcompteur"
    r"|\bcontador"
    r"|\bcontatore|\bzähler|\bteller\b|カウンター|计数器|計數器|카운터"
    r"|сч[её]тчик",
    re.I,
)
START = make_regex(
    r"\b(initial(?:[A-Z]\w*|Count|Value)?|start(?:[A-Z]\w*)?) (?:prop|value)\b"
    r"|\bprops? (?:called |named |: ?)?[`\"']?(initial[A-Z]\w*|start[A-Z]\w*)"
)
BUTTONS = (
    ("-", "-", r"\bminus\b|(?<!\w)-(?= (?:and|button)|/)|\+ ?/ ?-"),
    ("Decrement", "-", r"\bdecre\w+"),
    ("+", "+", r"\bplus\b|(?<![\w+])\+(?![\w+])"),
    ("Increment", "+", r"\bincre\w+"),
    ("Reset", "0", r"\breset\w*"),
)
"""The label of a button, what it does to the count, and what a prompt says of it."""


def find_counter_buttons(text: str) -> list[tuple[str, str]]:
    """Return the labels and the signs of the buttons; empty for a counter with one button."""
    found = [(label, sign) for label, sign, said in BUTTONS if re.search(said, text, re.I)]
    signs = [sign for _, sign in found]
    if "+" not in signs and "-" not in signs and "0" not in signs:
        return []
    found += [(sign, sign) for sign in "+-" if sign not in signs and signs != ["0"]]
    found += [("+", "+")] if signs == ["0"] else []
    order = "-+0"
    return sorted(
        {sign: (label, sign) for label, sign in found}.values(),
        key=lambda row: order.index(row[1]),
    )


def write_rows(buttons: list[tuple[str, str]], button: str, shown: str) -> str:
    """Return a line for each button, with the count after the button that lowers it."""
    rows = []
    is_low = any(sign == "-" for _, sign in buttons)
    if not is_low:
        rows.append(shown)
    for label, sign in buttons:
        step = "0" if sign == "0" else f"count {sign} 1"
        rows.append(button.replace("[step]", step).replace("[label]", label))
        if sign == "-":
            rows.append(shown)
    return "\n".join(rows)


def write_react_counter(name: str, text: str) -> str:
    """Return a counter of React."""
    given = START.search(text)
    start = (given[1] or given[2]) if given else "0"
    head = f"{{ {start} = 0 }}" if given else ""
    buttons = find_counter_buttons(text)
    if buttons:
        button = "      <button onClick={() => setCount([step])}>[label]</button>"
        rows = write_rows(buttons, button, "      <span>{count}</span>")
        body = f"    <div>\n{rows}\n    </div>"
    else:
        body = "    <button onClick={() => setCount(count + 1)}>Clicked {count} times</button>"
    return (
        f"import {{ useState }} from 'react';\n\nexport function {name}({head}) {{\n"
        f"  const [count, setCount] = useState({start});\n  return (\n{body}\n  );\n}}"
    )


def write_vue_counter(text: str) -> str:
    """Return a counter of Vue in one file."""
    if buttons := find_counter_buttons(text):
        button = '    <button @click="count = [step]">[label]</button>'
        rows = write_rows(buttons, button, "    <span>{{ count }}</span>")
        body = f"  <div>\n{rows}\n  </div>"
    else:
        body = '  <button @click="count++">Clicked {{ count }} times</button>'
    return (
        "<script setup>\nimport { ref } from 'vue';\n\nconst count = ref(0);\n</script>\n\n"
        f"<template>\n{body}\n</template>"
    )


def write_svelte_counter(text: str) -> str:
    """Return a counter of Svelte."""
    if buttons := find_counter_buttons(text):
        button = "<button on:click={() => (count = [step])}>[label]</button>"
        body = write_rows(buttons, button, "<span>{count}</span>")
    else:
        body = "<button on:click={() => count += 1}>Clicked {count} times</button>"
    return f"<script>\n  let count = 0;\n</script>\n\n{body}"
