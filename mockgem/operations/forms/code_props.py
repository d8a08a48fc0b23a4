"""Props with their types that a prompt states for a component: "props `initial: number`"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

PROPS = make_regex(r"`(?P<name>[a-z]\w{0,30})(?P<open>\??): ?(?P<type>[\w\[\]<>|() =]{2,60}?)`")
BARE = make_regex(r"\bfunction (?P<name>[A-Z]\w*)\(\) \{")
USUAL = {"number": "1", "string": "''", "boolean": "false"}


def use_props(source: str, text: str) -> str:
    """Return a component of TypeScript with the props of a prompt, if it has none."""
    found = [(one["name"], one["open"], one["type"].strip()) for one in PROPS.finditer(text[:2000])]
    head = BARE.search(source)
    if not found or head is None:
        return source
    rows = "".join(f"  {name}{mark}: {kind};\n" for name, mark, kind in found)
    names = [
        f"{name} = {USUAL[kind]}" if mark and kind in USUAL else name for name, mark, kind in found
    ]
    name = head["name"]
    typed = f"type {name}Props = {{\n{rows}}};\n\n"
    line = source.rfind("\n", 0, head.start()) + 1
    new_head = f"function {name}({{ {', '.join(names)} }}: {name}Props) {{"
    changed = f"{source[:line]}{typed}{source[line : head.start()]}{new_head}{source[head.end() :]}"
    return use_values(changed, [name for name, _, _ in found])


def use_values(source: str, names: list[str]) -> str:
    """Return a counter that begins at a prop, and counts in steps of another one."""
    start = next((name for name in names if re.match(r"(?:initial|start|default)", name)), "")
    step = next((name for name in names if name.lower() in ("step", "increment", "by")), "")
    source = source.replace("useState(0)", f"useState({start})", 1) if start else source
    return re.sub(r"(\bcount [+-] )1\b", rf"\g<1>{step}", source) if step else source
