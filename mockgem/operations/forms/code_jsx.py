"""Components of React for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_components import (
    name_component,
    write_component,
)
from mockgem.operations.forms.code_counters import COUNTER, write_react_counter
from mockgem.operations.forms.code_hook_examples import BUILT_IN, write_hook_example
from mockgem.operations.forms.code_hooks import write_hook
from mockgem.operations.forms.code_members import name_thing
from mockgem.operations.forms.code_names import mentions
from mockgem.operations.forms.code_replies import write_next_route
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_signatures import find_taken, guess_kind
from mockgem.operations.forms.code_widgets import write_widget
from mockgem.operations.forms.lazy_patterns import make_regex


def write_jsx(request: CodeRequest) -> str:
    """Return a component with the name and the properties that a prompt gives."""
    if request.kind == "tests":
        return write_component_test(find_component_name(request), request.text)
    if hook := write_hook(request):
        return hook
    if NEXT_ROUTE.search(request.text):
        return write_next_route(request.text)
    name = find_component_name(request)
    text = request.text
    if shown := SHOWN_TAG.search(text):
        own = re.findall(r"\b[a-z]\w*(?=\s|$)", shown[2])
        optional = OPTIONAL.findall(text)
        return write_card(shown[1], list(dict.fromkeys([*own, *optional])), text)
    if re.search(r"\balert\b", text, re.I) and "button" in text.lower():
        return (
            f"export function {name if name != 'Item' else 'AlertButton'}() {{\n  return (\n"
            "    <button onClick={() => alert('Clicked')}>Click me</button>\n  );\n}"
        )
    if COUNTER.search(text):
        return write_react_counter("Counter" if name == "Item" else name, text)
    if BUILT_IN.search(text) and (example := write_example(name, text)):
        return example
    taken = list(find_taken(text))
    members = taken or [field for field, _ in request.members if not DOES.fullmatch(field)][:6]
    members = members or list_shown_fields(text)
    if CARD.search(name) and len(members) > 1:
        return write_card(name, members, text)
    return (
        write_component(name, text, members)
        or write_widget(name, text, [one for one in members if one.isidentifier()])
        or (write_react_counter("Counter", text) if STATE.search(text) and not members else "")
        or write_card(name, members or ["title"], text)
    )


SHOWN_TAG = make_regex(r"<([A-Z]\w{2,40})((?: [a-z]\w*){1,8}) ?/?>")
"""A component as a prompt uses it: "<PriceTag amount currency />"."""
OPTIONAL = make_regex(r"`([a-z]\w{2,30})` is (?:passed|given|set|provided)")
STATE = make_regex(r"\buseState\b|\bstate\b")
"""A component that keeps something, if a text says no more of it."""


def write_example(name: str, text: str) -> str:
    """Return a component that shows a built-in hook, if a text is about the hook alone."""
    own = name if mentions(text, name) else "Item"
    is_other = own == "Item" and write_component(own, text, []) != ""
    found = write_hook_example(own, text)
    is_plain = not is_other or (found != "" and "useEffect" not in text and "useRef" in text)
    return found if is_plain else ""


DOES = make_regex(
    r"(?:add|delete|remove|edit|update|create|insert|save|cancel|submit|reset|clear|toggle|complete"
    r"|check|uncheck|mark|search|filter|sort|increment|decrement|start|stop|pause|close|open|show"
    r"|hide|drag|drop|select|render|display|fetch|load|copy|like|share)(?:ing|s)?(?:_\w+)?"
)
"""What a component does, which is not what it is given: "with add and delete"."""


def write_component_test(name: str, text: str) -> str:
    """Return a test of a component in Jest, with a click if a text speaks of one."""
    name = name if name != "Item" else "Button" if "button" in text.lower() else "App"
    start = (
        "import { fireEvent, render, screen } from '@testing-library/react';\n\n"
        f"import {{ {name} }} from './{name}';\n\n"
    )
    handler = re.search(r"\bon[A-Z]\w+", text)
    if handler is None and "click" not in text.lower():
        return (
            f"{start}test('shows {name}', () => {{\n  const {{ container }} = render(<{name} />);\n"
            "  expect(container.firstChild).toBeInTheDocument();\n});"
        )
    event = handler[0] if handler else "onClick"
    return (
        f"{start}test('calls {event}', () => {{\n  const {event} = jest.fn();\n"
        f'  render(<{name} label="Save" {event}={{{event}}} />);\n\n'
        "  fireEvent.click(screen.getByRole('button'));\n\n"
        f"  expect({event}).toHaveBeenCalledTimes(1);\n}});"
    )


CARD = make_regex(r"(?:Card|Profile|Tile|Badge|Details|Summary|Panel)$")
"""The end of a name whose component shows what it is given."""
BUTTON = make_regex(
    r"\b(?:with|and|plus|has|a|an|the)\s[\"'“`]?((?!a\b|an\b|the\b)[A-Za-z]+(?: [a-z]+){0,3})"
    r"[\"'”`]? button\b",
    re.I,
)
"""The label of a button: "with a buy button"."""


NEXT_ROUTE = make_regex(r"\bapi (?:route|endpoint|handler)\b|\broute handler\b", re.I)


def find_component_name(request: CodeRequest) -> str:
    """Return the name that a prompt gives a component, or the one of the thing that it is."""
    is_given = request.name[:1].isupper() and request.name != "Item"
    if is_given and mentions(request.text, request.name):
        return request.name
    return name_component(request.text) or name_thing(request.text) or "Item"


SHOWS = make_regex(
    r"\b(?:that|which|to|and) (?:shows?|displays?|renders?) (?P<fields>(?:an? |the |its "
    r"|their )?[a-z]+"
    r"(?:(?:, and |, | and )(?:an? |the |its |their )?[a-z]+){1,6})(?=[.,;]| (?:of|for|in|as"
    r"|with)\b|\Z)",
    re.I,
)
FIELDS = frozenset(
    "name title price avatar image photo picture email description author date rating city"
    " temperature status age role bio phone address quantity subtitle text label url content"
    " username location category brand color size stock score company position message comment"
    " country website summary tags likes".split()
)
"""What components usually show."""


def list_shown_fields(text: str) -> list[str]:
    """Return the fields of a component "that shows a name and an avatar"; none for other things."""
    match = SHOWS.search(text)
    words = re.split(r",? and |, ", match["fields"]) if match else []
    names = [word.split()[-1].lower() for word in words]
    names = names[:-1] if names[-1:] in (["please"], ["thanks"]) else names
    return names if FIELDS.issuperset(names) else []


IN_TAG = make_regex(
    r"\b(?:in|inside|within|as) an? <?(span|strong|em|small|li|td|h[1-6]|b|label|p)>?(?: (?:tag"
    r"|element))?"
    r"(?=[.,;\s]|\Z)",
)
"""The one element in which a component shows its props: "shows the price in a span"."""


def write_card(name: str, members: list[str], text: str = "") -> str:
    """Return a component that shows its properties, and calls the functions among them."""
    members = [one for one in members if not one.lower().endswith("button")]
    if tag := IN_TAG.search(text):
        shown = " ".join(f"{{{one}}}" for one in members)
        return (
            f"export function {name}({{ {', '.join(members)} }}) {{\n"
            f"  return <{tag[1]}>{shown}</{tag[1]}>;\n}}"
        )
    lines = "\n".join(map(show_property, members))
    button = BUTTON.search(text)
    if button and "<button" not in lines:
        label = button[1][:1].upper() + button[1][1:]
        lines += f'\n      <button type="button">{label}</button>'
    return (
        f"export function {name}({{ {', '.join(members)} }}) {{\n  return (\n    <div "
        f'className="card">\n{lines}\n    </div>\n  );\n}}'
    )


def show_property(field: str) -> str:
    if re.search(r"avatar|image|photo", field, re.I):
        return f'      <img src={{{field}}} alt="" />'
    if event := re.fullmatch(r"on([A-Z]\w*)", field):
        return f'      <button type="button" onClick={{{field}}}>{event[1]}</button>'
    if field in ("title", "name", "heading"):
        return f"      <h2>{{{field}}}</h2>"
    if guess_kind(field)[:4] == "list":
        return (
            f"      <ul>\n        {{{field}.map((item) => (\n"
            "          <li key={item}>{item}</li>\n"
            "        ))}\n      </ul>"
        )
    if field == "children":
        return "      {children}"
    return f'      <p className="{field}">{{{field}}}</p>'
