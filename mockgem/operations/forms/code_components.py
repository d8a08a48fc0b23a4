"""Components of React, Vue and Svelte for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_counters import write_svelte_counter, write_vue_counter
from mockgem.operations.forms.code_names import to_pascal
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_signatures import find_taken, guess_kind
from mockgem.operations.forms.code_to_do_lists import TODO_LIST, VUE_TODO
from mockgem.operations.forms.lazy_patterns import make_regex


def write_vue(request: CodeRequest) -> str:
    """Return a component of Vue in one file."""
    named_prop = re.search(r"\bprops? (?:called|named)\b", request.text)
    if (thing := FROM_PROPS.search(request.text)) and not named_prop:
        return VUE_LIST.replace("users", f"{thing[1]}s").replace("user", thing[1])
    if re.search(r"\bto-?do|\btasks?\b|tarefas?|tareas?|tâches|aufgaben", request.text, re.I):
        name = request.name if request.name[:1].isupper() and request.name != "Item" else "TodoList"
        return VUE_TODO.replace("TodoList", name)
    if event := EMITTED.search(request.text):
        named = TAG_NAME.search(request.text)
        name = next(filter(None, named.groups())) if named else "SearchBar"
        return VUE_INPUT.replace("SearchBar", name).replace("search", event[1])
    if re.search(r"\bcounter\b|\bcount\b|\bbutton\b", request.text, re.I):
        return write_vue_counter(request.text)
    if re.search(r"\bform\b|\bv-model\b", request.text, re.I):
        return write_vue_form(request)
    names = list(find_taken(request.text)) or [name for name, _ in request.members] or ["title"]
    if listed := LISTED_PROP.search(request.text):
        name = listed[1] or listed[2] or listed[3]
        fields = [one for one, _ in request.members if one.isidentifier() and one != name]
        if fields:
            shown = " ".join(f"{{{{ user.{one} }}}}" for one in fields[:4])
            rows = VUE_LIST.replace("{{ user.name }}", shown)
            return rows.replace("users", name).replace("user", name.rstrip("s"))
        return VUE_LIST.replace("users", name).replace("user", name.rstrip("s"))
    if url := URL.search(request.text):
        return write_vue_list(request.text, url[0].rstrip(".,"))
    rows = "\n".join(f"    <p>{{{{ {name} }}}}</p>" for name in names)
    given = ", ".join(f"'{name}'" for name in names)
    return (
        f"<script setup>\ndefineProps([{given}]);\n</script>\n\n"
        f'<template>\n  <div class="card">\n{rows}\n  </div>\n</template>'
    )


MODEL = make_regex(r"\bv-model (?:for|on) (?:the |an? )?(\w+(?:(?:, | and )\w+){0,4})")


def write_vue_form(request: CodeRequest) -> str:
    """Return a form of Vue whose inputs are bound to values, with a function that submits them."""
    model = MODEL.search(request.text)
    named = re.split(r", | and ", model[1]) if model else [name for name, _ in request.members]
    names = [one for one in named if one.isidentifier() and one not in ("form", "title", "a")]
    names = names or ["name", "email"]
    refs = "\n".join(f"const {name} = ref('');" for name in names)
    kinds = {"email": "email", "password": "password", "age": "number"}
    rows = "\n".join(
        f'    <input v-model="{name}" type="{kinds.get(name, "text")}" placeholder="{name}" />'
        for name in names
    )
    return (
        f"<script setup>\nimport {{ ref }} from 'vue';\n\n{refs}\n\nfunction submit() {{\n"
        f"  console.log({', '.join(f'{name}.value' for name in names)});\n}}\n</script>\n\n"
        f'<template>\n  <form @submit.prevent="submit">\n{rows}\n'
        '    <button type="submit">Send</button>\n  </form>\n</template>'
    )


LISTED_PROP = make_regex(
    r"\b(\w+s) (?:(?:is |are )?(?:passed|given|received) )?(?:as|via|through) (?:an? )?props?\b"
    r"|\b(\w+s) prop\b|\bprops? (?:called|named) [`\"']?(\w+s)\b"
)
FROM_PROPS = make_regex(
    r"\b(?:lists?|shows?|renders?|displays?) (?:the |all |a list of )?(\w{2,20}?)s"
    r" (?:from|given (?:in|by|as)|passed (?:in|as|by|through)) (?:its |the )?props?\b"
)
VUE_LIST = """<script setup>
defineProps({ users: { type: Array, required: true } });
</script>

<template>
  <ul>
    <li v-for="user in users" :key="user.id">{{ user.name }}</li>
  </ul>
</template>"""
URL = make_regex(r"https?://[^\s\"'<>`)]{3,200}")
DISPLAYED = make_regex(
    r"\b(?:display|show|render|list)\w*\s(?:the |their |its |each )*((?:\w+(?:, and |, "
    r"| and )){0,6}\w+)",
    re.I,
)
TAG_NAME = make_regex(
    r"<([A-Z]\w+) ?/?>|\b(?:component|called|named) `?([A-Z]\w+)|\b([A-Z][a-z]+[A-Z]\w+)\b"
)


def find_displayed(text: str) -> list[str]:
    """Return the fields that a component shows."""
    match = DISPLAYED.search(text)
    words = re.findall(r"[a-z]\w*", match[1]) if match else []
    return [
        word
        for word in words
        if word not in NOT_SHOWN and not (word.endswith("s") and "list of" in text)
    ]


NOT_SHOWN = frozenset(
    "a an of in and the users items them it list table products posts data with loading error"
    " state spinner message handling while until when as each every all".split()
)


def write_vue_list(text: str, url: str) -> str:
    """Return a component of Vue that loads rows and shows some of their fields."""
    named = TAG_NAME.search(text)
    name = next(filter(None, named.groups())) if named else "ItemList"
    shown = " ".join(f"{{{{ row.{field} }}}}" for field in find_displayed(text) or ["name"])
    return (
        "<script setup>\nimport { onMounted, ref } from 'vue';\n\n"
        f"defineOptions({{ name: '{name}' }});\n\nconst rows = ref([]);\n\nonMounted(async () "
        f"=> {{\n"
        f"  const response = await fetch('{url}');\n  rows.value = await response.json();\n}});\n"
        f'</script>\n\n<template>\n  <ul>\n    <li v-for="row in rows" :key="row.id">{shown}</li>\n'
        "  </ul>\n</template>"
    )


PATH = make_regex(r"(?<![\w/.:])(/[a-z][\w/-]{1,60})")


def name_list(text: str) -> str:
    """Return the name of a component that lists things: a list of products is ProductList."""
    match = re.search(
        r"\b(?:list of|fetch\w*|all|loads?|shows?) (?:the |all |a list of )?([a-z]{3,20})s\b(?!://)",
        text,
    )
    match = match or re.search(r"/([a-z]{3,20})s(?=[\s\"'`?,]|\Z)", text)
    return f"{match[1].capitalize()}List" if match else "ItemList"


def write_fetched_list(name: str, text: str) -> str:
    """Return a component of React that loads rows and shows some of their fields; else empty."""
    url = URL.search(text)
    if url is None and not re.search(r"\bfetch\w*\b|\bload(?:s|ed)?\b", text, re.I):
        return ""
    path = PATH.search(text)
    address = url[0].rstrip(".,") if url else path[1] if path else "/api/items"
    usual = "title" if re.search(r"posts?\b|articles?\b|todos?\b|books?\b", address) else "name"
    shown = " ".join(f"{{row.{field}}}" for field in find_displayed(text) or [usual])
    states = [
        (f"  const [{row}, set{row.capitalize()}] = useState({start});\n", end, check)
        for said, row, start, end, check in STATES
        if re.search(said, text, re.I)
    ]
    checks = "".join(f"  {check}\n" for _, _, check in states)
    return (
        "import { useEffect, useState } from 'react';\n\n"
        f"export function {name_list(text) if name == 'Item' else name}() {{\n"
        f"  const [rows, setRows] = useState([]);\n{''.join(row for row, _, _ in states)}\n"
        "  useEffect(() => {\n"
        f"    fetch('{address}')\n      .then((response) => response.json())\n"
        f"      .then(setRows){''.join(end for _, end, _ in states)};\n  }}, []);\n\n{checks}"
        f"{chr(10) if checks else ''}"
        "  return (\n    <ul>\n      {rows.map((row) => (\n"
        f"        <li key={{row.id}}>{shown}</li>\n      ))}}\n    </ul>\n  );\n}}"
    )


STATES = (
    (
        r"\berrors?\b",
        "error",
        "null",
        "\n      .catch(setError)",
        "if (error) return <p>Something went wrong.</p>;",
    ),
    (
        r"\bload(?:ing|er)\b|\bspinner\b|\bskeleton\b",
        "loading",
        "true",
        "\n      .finally(() => setLoading(false))",
        "if (loading) return <p>Loading...</p>;",
    ),
)
"""What a prompt says, the state, its first value, the step that changes it, and its check."""


EMITTED = make_regex(r"\bemits? (?:an? |the )?[`\"']?(\w+)[`\"']? event")
VUE_INPUT = """<script setup>
import { ref } from 'vue';

defineOptions({ name: 'SearchBar' });
const emit = defineEmits(['search']);
const text = ref('');
</script>

<template>
  <input v-model="text" @keyup.enter="emit('search', text)" />
</template>"""


def write_svelte(request: CodeRequest) -> str:
    """Return a component of Svelte."""
    if re.search(r"\bcounter\b|\bcount\b|\bbutton\b", request.text, re.I):
        return write_svelte_counter(request.text)
    names = list(find_taken(request.text)) or ["title"]
    exports = "\n".join(f"  export let {name};" for name in names)
    rows = "\n".join(f"<p>{{{name}}}</p>" for name in names)
    return f"<script>\n{exports}\n</script>\n\n{rows}"


def name_component(text: str) -> str:
    """Return a name for a component that a prompt describes but does not name."""
    match = COMPONENT.search(text)
    words = [word for word in match[1].split() if word.lower() not in NOT_NAMES] if match else []
    kind = ["form"] if match and words and match[2].lower() == "form" else []
    return to_pascal("_".join(word.lower() for word in [*words[-2:], *kind]))


COMPONENT = make_regex(
    r"\b(?:an?|the) (?:simple |small |reusable |basic |responsive |react |vue )*"
    r"((?:[a-z]+ ){1,3})(component|form|hook)\b",
    re.I,
)
NOT_NAMES = frozenset(
    "css tailwind react vue functional tsx jsx typescript javascript new custom controlled".split()
)


ITEM_LIST = """export function {name}({{ items }}) {{
  return (
    <ul>
      {{items.map((item) => (
        <li key={{item.id}}>{{item.name}}</li>
      ))}}
    </ul>
  );
}}"""


FORM = """import {{ useState }} from 'react';

export function {name}({given}) {{
  const [values, setValues] = useState({{ {start} }});

  const change = (event) => setValues({{ ...values, [event.target.name]: event.target.value }});

  const submit = (event) => {{
    event.preventDefault();
    {send}(values);
  }};

  return (
    <form onSubmit={{submit}}>
{rows}
      <button type="submit">Send</button>
    </form>
  );
}}"""


STEP = make_regex(r"(?:log|submit|save|send|show|print|validate|reset|post|clear)_")
"""What a form does, which is not a field of it."""
ON_SUBMIT = make_regex(r"\bonSubmit\b")


OPTIONS = """const OPTIONS = [
{rows}
];

export function {name}() {{
  return (
    <div className="flex gap-4">
      {{OPTIONS.map((option) => (
        <div key={{option}} className="rounded border p-4">
          <h3>{{option}}</h3>{price}{button}
        </div>
      ))}}
    </div>
  );
}}"""
LISTED = make_regex(
    r"[(:]\s?[\"'“]?([A-Z][\w ]{0,20}[\"'”]?(?:,\s?(?:and "
    r"|or )?[\"'“]?[A-Z][\w ]{0,20}[\"'”]?){1,8})"
    r"(?:,? (?:and|or) [\"'“]?([A-Z]\w{0,20}))?"
)


def find_options(text: str) -> list[str]:
    """Return the words in "three plans (Free, Pro, Enterprise)"; empty without such a list."""
    match = LISTED.search(text)
    parts = re.split(r",\s?(?:and |or )?", match[1]) if match else []
    parts += [match[2]] if match and match[2] else []
    return [part.strip(" \"'“”") for part in parts]


def write_component(name: str, text: str, members: list[str]) -> str:
    """Return a component with a list or a form; empty for other components."""
    if fetched := write_fetched_list(name, text):
        return fetched
    if re.search(
        r"\bto-?do(?:s|[A-Z]\w+|_?lists?|_?items?)?\b|\bcheckbox|\btareas\b|\btâches\b|\baufgaben|\btarefas\b",
        text,
        re.I,
    ):
        return TODO_LIST.format(name=name if name != "Item" else "TodoList")
    if re.search(r"\bform\b|\binputs?\b", text, re.I) or name.endswith("Form"):
        members = [one for one in members if not STEP.match(one)]
        fields = [one for one in members if one not in ("form", "title")] or ["email", "password"]
        kinds = {"email": "email", "password": "password", "age": "number", "date": "date"}
        rows = "\n".join(
            f'      <input name="{field}" type="{kinds.get(field, "text")}" '
            f"value={{values.{field}}} onChange={{change}} />"
            for field in fields
        )
        start = ", ".join(f"{field}: ''" for field in fields)
        has_prop = ON_SUBMIT.search(text) is not None
        return FORM.format(
            name=name if name != "Item" else "ContactForm",
            start=start,
            rows=rows,
            given="{ onSubmit }" if has_prop else "",
            send="onSubmit" if has_prop else "console.log",
        )
    if options := find_options(text):
        rows = "\n".join(f"  '{one}'," for one in options)
        button = (
            '\n          <button type="button">Choose</button>' if "button" in text.lower() else ""
        )
        price = "\n          <p>$10 per month</p>" if "price" in text.lower() else ""
        return OPTIONS.format(name=name, rows=rows, button=button, price=price)
    if re.search(r"\blists?\b|\bmap\b", text, re.I) and not members:
        return ITEM_LIST.format(name=name if name != "Item" else "ItemList")
    return ""


HEAD = make_regex(r"export function (\w+)\((\{ )?([\w, ]+)( \})?\)")
TSX_TYPES = {"int": "number", "float": "number", "bool": "boolean", "list[float]": "number[]"}


def add_tsx_types(source: str) -> str:
    """Return a component or a hook whose parameters have types."""

    def type_head(match: re.Match[str]) -> str:
        names = match[3].split(", ")
        rows = [f"{name}: {find_tsx_type(name)}" for name in names]
        if match[2] is None:
            return f"export function {match[1]}({', '.join(rows)})"
        fields = "".join(f"  {row};\n" for row in rows)
        return (
            f"type {match[1]}Props = {{\n{fields}}};\n\n"
            f"export function {match[1]}({{ {match[3]} }}: {match[1]}Props)"
        )

    if VALUE_HOOK.search(source):
        return type_value_hook(source)
    return HEAD.sub(type_head, source, count=1)


VALUE_HOOK = make_regex(
    r"^export function use\w+\((\w+, )?(initialValue|value|defaultValue)\b", re.M
)


def type_value_hook(source: str) -> str:
    """Return a hook that keeps a value of any type, which its callers choose."""
    source = re.sub(
        r"^(export function use\w+)\((?:(\w+), )?(initialValue|value|defaultValue)(?:, (\w+))?\)",
        lambda match: (
            f"{match[1]}<T>({f'{match[2]}: string, ' if match[2] else ''}{match[3]}: T"
            f"{f', {match[4]}: number' if match[4] else ''})"
        ),
        source,
        count=1,
        flags=re.M,
    )
    source = source.replace("useState(", "useState<T>(", 1)
    return re.sub(r"return (\[[^\[\]\n]+\]);\n\}$", r"return \1 as const;\n}", source)


def find_tsx_type(name: str) -> str:
    if name.startswith("on") and name[2:3].isupper():
        return "() => void"
    return TSX_TYPES.get(
        guess_kind(name), "string[]" if guess_kind(name)[:4] == "list" else "string"
    )
