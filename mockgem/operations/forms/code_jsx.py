"""Components of React for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_components import (
    name_component,
    write_component,
)
from mockgem.operations.forms.code_hooks import write_hook
from mockgem.operations.forms.code_names import to_pascal
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_signatures import find_taken
from mockgem.operations.forms.lazy_patterns import make_regex


def write_jsx(request: CodeRequest) -> str:
    name = (
        request.name
        if request.name != "Item" and request.name[:1].isupper()
        else to_pascal(request.name)
    )
    if hook := write_hook(request):
        return hook
    if request.name == "Item":
        name = name_component(request.text) or name
    if re.search(r"\balert\b", request.text, re.I) and "button" in request.text.lower():
        return (
            f"export function {name if name != 'Item' else 'AlertButton'}() {{\n  return (\n"
            "    <button onClick={() => alert('Clicked')}>Click me</button>\n  );\n}"
        )
    if COUNTER.search(request.text) and re.search(r"\+|\bincrement|\bplus\b", request.text):
        return COUNTER_COMPONENT.replace("Counter", name)
    if COUNTER.search(request.text):
        return (
            f"import {{ useState }} from 'react';\n\nexport function {name}() {{\n"
            "  const [count, setCount] = useState(0);\n  return (\n"
            "    <button onClick={() => setCount(count + 1)}>Clicked {count} times</button>\n "
            " );\n}"
        )
    taken = list(find_taken(request.text))
    named = taken or [field for field, _ in request.members]
    if component := write_component(name, request.text, named):
        return component
    members = taken or [field for field, _ in request.members][:6] or ["title"]
    lines = "\n".join(
        f'      <p className="{field}">{{{field}}}</p>'
        if not re.search(r"avatar|image|photo", field, re.I)
        else f'      <img src={{{field}}} alt="{field}" />'
        for field in members
    )
    return (
        f"export function {name}({{ {', '.join(members)} }}) {{\n  return (\n    <div "
        f'className="card">\n{lines}\n    </div>\n  );\n}}'
    )


COUNTER = make_regex(
    r"\buseState\b|\bcounter\b|\btoggle\b|\bstate\b|\bcompteur|\bcontador|\bcontatore|\bzähler"
    r"|\bteller\b",
    re.I,
)
COUNTER_COMPONENT = """import { useState } from 'react';

export function Counter() {
  const [count, setCount] = useState(0);
  return (
    <div>
      <button onClick={() => setCount(count - 1)}>-</button>
      <span>{count}</span>
      <button onClick={() => setCount(count + 1)}>+</button>
    </div>
  );
}"""
