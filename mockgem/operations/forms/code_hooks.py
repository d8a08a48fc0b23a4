"""Hooks of React."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

HOOK = make_regex(r"\b(use[A-Z]\w*)\b(?:<[\w, ]{1,20}>)?(?:\(([^()\n]*)\))?")
BUILT_IN = frozenset(
    ("useState", "useEffect", "useMemo", "useCallback", "useRef", "useContext", "useReducer")
)


def write_hook(request: CodeRequest) -> str:
    """Return a hook of React; empty if a prompt names no hook."""
    found = next((match for match in HOOK.finditer(request.text) if match[1] not in BUILT_IN), None)
    if found is None and not ANY_HOOK.search(request.text):
        return ""
    name = found[1] if found else name_hook(request.text)
    given = (found[2] or "").split(",") if found else []
    parts = [re.split(r"[:= ]", part.strip())[0] for part in given]
    names = [part for part in parts if part.isidentifier()]
    if "localstorage" in name.lower():
        body = write_storage_hook(name, names or ["key", "initialValue"])
    elif "debounce" in name.lower():
        body = write_debounce_hook(name, names or ["initialValue"])
    elif re.search(r"fetch|api|data", name, re.I):
        body = write_fetch_hook(name, names or (["initialValue"] if any(given) else ["url"]))
    elif "toggle" in name.lower():
        first = [*names, "initialValue"][0]
        return (
            "import { useCallback, useState } from 'react';\n\n"
            f"export function {name}({first} = false) {{\n"
            f"  const [value, setValue] = useState({first});\n"
            "  const toggle = useCallback(() => setValue((before) => !before), []);\n"
            "  return [value, toggle];\n}"
        )
    elif returned := RETURNED.search(request.text):
        body = write_measure_hook(name, re.findall(r"\w+", returned[1]), names)
    else:
        body = write_value_hook(name, names or ["initialValue"])
    return f"import {{ useEffect, useState }} from 'react';\n\n{body}"


ANY_HOOK = make_regex(r"\bcustom (?:react )?hook\b|\breact hook (?:for|that|to|which)\b", re.I)
HOOK_NAMES = (
    (r"local ?storage", "useLocalStorage"),
    (r"debounc", "useDebounce"),
    (r"fetch|api|load", "useFetch"),
    (r"window size|resize|dimensions", "useWindowSize"),
    (r"toggle", "useToggle"),
)


def name_hook(text: str) -> str:
    """Return the usual name of the hook that a prompt describes."""
    return next((name for row, name in HOOK_NAMES if re.search(row, text, re.I)), "useValue")


def write_storage_hook(name: str, names: list[str]) -> str:
    key, start = [*names, "initialValue"][:2]
    return (
        f"export function {name}({key}, {start}) {{\n"
        f"  const [value, setValue] = useState(() => {{\n"
        f"    const stored = localStorage.getItem({key});\n"
        f"    return stored === null ? {start} : JSON.parse(stored);\n  }});\n\n"
        f"  useEffect(() => {{\n    localStorage.setItem({key}, JSON.stringify(value));\n"
        f"  }}, [{key}, value]);\n\n  return [value, setValue];\n}}"
    )


def write_debounce_hook(name: str, names: list[str]) -> str:
    value, delay = [*names, "delay"][:2]
    return (
        f"export function {name}({value}, {delay}) {{\n"
        f"  const [debounced, setDebounced] = useState({value});\n\n  useEffect(() => {{\n"
        f"    const timer = setTimeout(() => setDebounced({value}), {delay});\n"
        f"    return () => clearTimeout(timer);\n  }}, [{value}, {delay}]);\n\n"
        f"  return debounced;\n}}"
    )


def write_fetch_hook(name: str, names: list[str]) -> str:
    return (
        f"export function {name}({', '.join(names)}) {{\n"
        "  const [data, setData] = useState(null);\n"
        "  const [error, setError] = useState(null);\n"
        "  const [loading, setLoading] = useState(true);\n\n  useEffect(() => {\n"
        f"    fetch({names[0]})\n"
        "      .then((response) => response.json())\n      .then(setData)\n"
        "      .catch(setError)\n      .finally(() => setLoading(false));\n"
        f"  }}, [{names[0]}]);\n\n  return {{ data, error, loading }};\n}}"
    )


RETURNED = make_regex(
    r"\breturn\w*\s(?:the |an object with )?([a-z]\w*(?:(?:, and |, | and )[a-z]\w*)+)"
)


def write_measure_hook(name: str, shown: list[str], names: list[str]) -> str:
    """Return a hook that keeps some values and updates them when the window changes."""
    fields = [one for one in shown if one not in ("and", "the", "current")]
    start = ", ".join(f"{one}: {SOURCES.get(one, '0')}" for one in fields)
    return (
        f"export function {name}({', '.join(names)}) {{\n  const [state, setState] = "
        f"useState({{ {start} }});\n\n"
        f"  useEffect(() => {{\n    const update = () => setState({{ {start} }});\n"
        "    window.addEventListener('resize', update);\n    return () => "
        "window.removeEventListener('resize', update);\n"
        f"  }}, []);\n\n  return {{ {', '.join(f'{one}: state.{one}' for one in fields)} }};\n}}"
    )


SOURCES = {
    "width": "window.innerWidth",
    "height": "window.innerHeight",
    "x": "window.scrollX",
    "y": "window.scrollY",
    "loading": "true",
    "error": "null",
    "data": "null",
}


def write_value_hook(name: str, names: list[str]) -> str:
    return (
        f"export function {name}({', '.join(names)}) {{\n"
        f"  const [value, setValue] = useState({names[0]});\n\n  useEffect(() => {{\n"
        f"    setValue({names[0]});\n  }}, [{', '.join(names)}]);\n\n"
        f"  return [value, setValue];\n}}"
    )
