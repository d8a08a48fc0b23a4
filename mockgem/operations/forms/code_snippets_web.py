"""Short programs of the web: servers, requests, hooks, components, events."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_express import write_express, write_fetch
from mockgem.operations.forms.code_hooks import HOOK, write_hook
from mockgem.operations.forms.code_names import to_camel
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_signatures import find_taken
from mockgem.operations.forms.code_snippets_javascript import COMMON
from mockgem.operations.forms.code_stated_names import (
    BESIDE,
    DESCENDING,
    FIELD,
    find_stated_field,
)
from mockgem.operations.forms.lazy_patterns import make_regex

SCRIPTS: tuple[tuple[str, str], ...] = (
    (
        r"\bdark mode\b|\btoggle\w*[^.\n]{0,20}\b(?:class|theme|mode)",
        "const button = document.querySelector('#theme');\n\nbutton.addEventListener('click', "
        "() => {\n"
        "  const isDark = document.body.classList.toggle('dark');\n"
        "  localStorage.setItem('theme', isDark ? 'dark' : 'light');\n});",
    ),
    (
        r"\bmap\b[^.\n]{0,20}\bfilter\b|\bfilter\b[^.\n]{0,20}\bmap\b"
        r"|\breduce\b[^.\n]{0,20}\bmap\b",
        "const numbers = [1, 2, 3, 4, 5];\n\nconst doubled = numbers.map((n) => n * 2);\n"
        "const even = numbers.filter((n) => n % 2 === 0);\n"
        "const total = numbers.reduce((sum, n) => sum + n, 0);\n\nconsole.log(doubled, even, "
        "total);",
    ),
    (
        r"\bclosures?\b",
        "function createCounter() {\n  let count = 0;\n  return () => {\n    count += 1;\n"
        "    return count;\n  };\n}\n\nconst next = createCounter();\nconsole.log(next(), next());",
    ),
    (
        r"\bdestructur\w+|\bspread\b|\brest (?:operator|parameters?)",
        "const person = { name: 'Ann', city: 'Oslo', age: 30 };\nconst { name, ...rest } = "
        "person;\n\n"
        "const copy = { ...person, age: 31 };\nconsole.log(name, rest, copy);",
    ),
    (
        r"\bpromises?\b",
        "const load = new Promise((resolve) => {\n  setTimeout(() => resolve('done'), 100);\n"
        "});\n\n"
        "load.then((value) => console.log(value)).catch((error) => console.error(error));",
    ),
    (
        r"\boptional chaining|\bnullish",
        "const user = { profile: null };\n\nconst city = user.profile?.address?.city ?? "
        "'unknown';\nconsole.log(city);",
    ),
    (
        r"\bkey exists\b|\bexists in (?:an? |the )?(?:\w+ )?object",
        "const object = { name: 'Ann' };\n\nconsole.log('name' in object);\n"
        "console.log(Object.hasOwn(object, 'name'));",
    ),
    (
        r"\bclipboard\b",
        "export async function {copyText}({text}) {\n  await "
        "navigator.clipboard.writeText({text});\n}",
    ),
    (
        r"\blet and const\b|\bconst and let\b|\bvar and let\b|\blet and var\b",
        "let count = 0;\ncount = count + 1;\n\nconst limit = 10;\nconsole.log(count, limit);",
    ),
    (
        r"\bdebounc\w+(?![\s\S]{0,400}\bthrottle\b)",
        "export function {debounce}({function}, {delay}) {\n  let timer;\n  return (...args) => {\n"
        "    clearTimeout(timer);\n    timer = setTimeout(() => {function}(...args), {delay});\n"
        "  };\n}",
    ),
    (
        r"\bpassword generator|generat\w*[^.\n]{0,20}password",
        "export function {generatePassword}({length}) {\n"
        "  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#$%';\n"
        "  return Array.from({ length: {length} }, () =>\n"
        "    letters[Math.floor(Math.random() * letters.length)]\n  ).join('');\n}",
    ),
    (
        r"\bformat\w*[^.\n]{0,20}\bdate|\bdate\b[^.\n]{0,20}\bYYYY",
        "export function {formatDate}({date}) {\n  return {date}.toISOString().slice(0, 10);\n}",
    ),
    (
        r"\bsort\w*[^.\n]{0,40}\b(?:objects|users|items|people|products)\b[^.\n]{0,20}\bby\b",
        "export function {sortBy}({items}) {\n  return [...{items}].sort((a, b) =>\n"
        "    a[property] > b[property] ? 1 : a[property] < b[property] ? -1 : 0\n  );\n}",
    ),
    (
        r"\bthrottle\b",
        "export function {throttle}({function}, {delay}) {\n  let last = 0;\n  return "
        "(...args) => {\n"
        "    const now = Date.now();\n    if (now - last >= {delay}) {\n      last = now;\n"
        "      {function}(...args);\n    }\n  };\n}",
    ),
    (
        r"\bsleep\b|\bwait\b[^.\n]{0,20}\b(?:ms|milliseconds|seconds)\b",
        "export function {sleep}({delay}) {\n  return new Promise((resolve) => "
        "setTimeout(resolve, {delay}));\n}",
    ),
    (
        r"\bdeep ?_?(?:clone|copy)\b",
        "export function {deepClone}({value}) {\n  return structuredClone({value});\n}",
    ),
    (
        r"\bgroup(?:s|ing)? ?_?by\b|\bgroups?\b[^.\n]{0,40}\bby\b",
        "export function {groupBy}({items}, {key}) {\n  return {items}.reduce((groups, item) => {\n"
        "    const name = item[{key}];\n    (groups[name] ??= []).push(item);\n    return "
        "groups;\n  }, {});\n}",
    ),
    (
        r"\bchunk",
        "export function {chunk}({items}, {size}) {\n  const result = [];\n"
        "  for (let i = 0; i < {items}.length; i += {size}) {\n"
        "    result.push({items}.slice(i, i + {size}));\n  }\n  return result;\n}",
    ),
    (
        r"\bflatten",
        "export function {flatten}({items}) {\n  return {items}.flat(Infinity);\n}",
    ),
    (
        r"\bshuffle",
        "export function {shuffle}({items}) {\n  const result = [...{items}];\n"
        "  for (let i = result.length - 1; i > 0; i--) {\n"
        "    const j = Math.floor(Math.random() * (i + 1));\n"
        "    [result[i], result[j]] = [result[j], result[i]];\n  }\n  return result;\n}",
    ),
    (
        r"\b(?:click\w*|event ?listener|button)\b[^.\n]{0,60}\b(?:click\w*|button|alert"
        r"|listener)\b",
        "const button = document.querySelector('button');\n\n"
        "button.addEventListener('click', () => {\n  alert('Clicked');\n});",
    ),
    (
        r"\bcurrency\b|\bformat\w*[^.\n]{0,20}\b(?:price|money|dollars)\b",
        "export function {formatCurrency}({amount}, {currency}) {\n"
        "  return new Intl.NumberFormat('en-US', { style: 'currency', currency: {currency} "
        "}).format({amount});\n}",
    ),
    (
        r"\b(?:read|load|pars|open)\w*[^\n]{0,30}\.json\b",
        "import { readFile } from 'node:fs/promises';\n\n"
        "const data = JSON.parse(await readFile('[file]', 'utf8'));\nconsole.log(data[field]);",
    ),
    (
        r"\bread\w*[^.\n]{0,30}\bfile\b",
        "import { readFile } from 'node:fs/promises';\n\n"
        "export async function {readText}({path}) {\n  return readFile({path}, 'utf8');\n}",
    ),
    (
        r"\b(?:count|frequenc\w+)\b[^.\n]{0,30}\b(?:occurrences|words?|characters?|letters?)",
        "export function {countWords}({text}) {\n  const counts = {};\n"
        "  for (const word of {text}.toLowerCase().split(/\\s+/)) {\n"
        "    counts[word] = (counts[word] ?? 0) + 1;\n  }\n  return counts;\n}",
    ),
)
COMPILED = [(make_regex(pattern, re.I), source) for pattern, source in SCRIPTS]
HEAD = make_regex(r"function \{(\w+)\}\(([^()]*)\)")


EACH_HAS = make_regex(
    r"\beach (?:\w+ )?(?:has|having|with|contains|is an object with) (?:an? "
    r"|the )?`?(\w+)`? and (?:an? )?`?(\w+)`?",
    re.I,
)


def write_total(request: CodeRequest) -> str:
    """Return a function that sums the products of two fields of "each item"; else empty."""
    match = EACH_HAS.search(request.text)
    if match is None or not re.search(r"total|sum|cost|amount|value", request.text, re.I):
        return ""
    taken = (request.parameters or ("items",))[0]
    name = to_camel(request.name) if request.name not in ("run", "Item") else "calculateTotal"
    is_typed = request.language == "typescript"
    given = f"{taken}: {{ {match[1]}: number; {match[2]}: number }}[]" if is_typed else taken
    return (
        f"export function {name}({given}){': number' if is_typed else ''} {{\n"
        f"  return {taken}.reduce((total, item) => total + item.{match[1]} * item.{match[2]}, "
        f"0);\n}}"
    )


def write_script_snippet(request: CodeRequest) -> str:
    """Return a well-known function of JavaScript; empty for other requests."""
    if total := write_total(request):
        return total
    text = f"{request.name} {request.text[:1500]}"
    known = (*COMMON, *COMPILED)
    source = next((source for pattern, source in known if pattern.search(text)), "")
    bounds = BOUNDS.search(text)
    for place, value in zip(
        ("<low>", "<high>"), bounds.groups() if bounds else ("1", "100"), strict=True
    ):
        source = source.replace(place, value)
    if "'[class]'" in source:
        named = re.search(r"\bclass [\"'`.]?(\w[\w-]*)", text)
        element = re.search(r"\bclicked [\"'`<]?(\w+)|(?<!\w)(\.[a-z][\w-]+)", text)
        source = source.replace("[class]", named[1] if named else "active")
        shown = (element[1] or element[2]) if element else "li"
        return source.replace("[element]", "li" if shown in ("item", "one", "element") else shown)
    if "addEventListener('click'" in source:
        source = fill_listener(source, request.text)
    head = HEAD.search(source)
    if head is None:
        return fill_places(source, request.text)
    own = re.findall(r"\w+", head[2])
    taken = request.parameters or find_taken(request.text)
    if len(taken) != len(own):
        taken = tuple({"function": "callback"}.get(one, one) for one in own)
    given = request.name not in ("run", "Item") and re.search(rf"\b{request.name}\b", request.text)
    name = to_camel(request.name) if given else head[1]
    rows = {head[1]: name, **dict(zip(own, taken, strict=True))}
    field = find_stated_field(request.text)
    source = source.replace("[property]", f".{field or 'id'}")
    if field and "sort((a, b)" in source:
        source = sort_by_field(source, field, request.text)
    if field and "item[{key}]" in source and not request.parameters:
        source = source.replace("item[{key}]", f"item.{field}").replace(", {key}", "")
    source = re.sub(r"\{(\w+)\}", lambda found: rows.get(found[1], found[0]), source)
    if request.language == "typescript":
        source = re.sub(rf"function {name}\(([^()]*)\)", type_head, source)
    return source


BOUNDS = make_regex(r"\b(\d{1,6}) (?:to|and|bis|und|до|a|y|à|et|i) (\d{1,6})\b")
SHOWN = make_regex(
    r"\b(?:print|show|log|output|return|display|get|extract)\w*\s(?:out )?(?:the |its "
    r"|all )?[`\"']?(\w+)[`\"']?"
    r"(?: (?:number|field|value|property|key))?\b"
)
JSON_FILE = make_regex(r"\b[\w./-]{1,40}\.json\b")


def fill_places(source: str, text: str) -> str:
    """Return a program with the file and the field that a prompt names."""
    file, shown = JSON_FILE.search(text), SHOWN.search(text)
    field = (
        f".{shown[1]}"
        if shown and shown[1].lower() not in ("it", "them", "content", "contents")
        else ""
    )
    if stated := FIELD.search(text) or BESIDE.search(text):
        field = f".{stated[1]}"
    if every := re.search(
        r"\b(?:all|each|every) (?:the )?(\w+?)s?\b(?= (?:in|from|of)\b|[.\n]|\Z)", text
    ):
        source = source.replace("data[field]", f"data.map((row) => row.{every[1]})")
    return source.replace("[file]", file[0] if file else "data.json").replace("[field]", field)


def sort_by_field(source: str, field: str, text: str) -> str:
    """Return a function whose comparison fits a field: dates, and the order that a text wants."""
    sign = "1" if DESCENDING.search(text) is None else "-1"
    other = "-1" if sign == "1" else "1"
    if IS_DATE.search(field):
        first, second = ("a", "b") if sign == "1" else ("b", "a")
        compared = f"new Date({first}.{field}) - new Date({second}.{field})"
        return re.sub(r"\n    a\.\w+ > b[^\n]*\n  \)", f" {compared})", source)
    return source.replace("? 1 :", f"? {sign} :").replace("? -1 : 0", f"? {other} : 0")


ELEMENT = make_regex(
    r"\b(?P<kind>id|class)(?: ?name)?(?: (?:is|of|called|named|=))? ?=? ?[\"'`]?[#.]?"
    r"(?P<name>(?!is\b|of\b|called\b|that\b|and\b)[A-Za-z][\w-]{0,30})"
    r"|(?<![\w/])(?P<sign>[#.][a-z][\w-]{1,30})"
)
SAYS = make_regex(
    r"\b(?P<verb>logs?|prints?|alerts?|shows?|says?|displays?)\b(?: (?:an? )?(?:alert|message|text"
    r"|popup))?"
    r"(?: (?:with|that says|saying))?:? "
    r"(?:[\"'`“](?P<quoted>[^\"'`”\n]{1,60})[\"'`”]|(?P<plain>[A-Z][\w ]{0,30}!?))",
)


def fill_listener(source: str, text: str) -> str:
    """Return a listener with the element and the message that a prompt names."""
    element, says = ELEMENT.search(text), SAYS.search(text)
    if element:
        sign = "." if element["kind"] == "class" else "#"
        selector = element["sign"] or f"{sign}{element['name']}"
        source = source.replace("querySelector('button')", f"querySelector('{selector}')")
    if says:
        said = (says["quoted"] or says["plain"]).strip().replace("'", "\\'")
        call = "console.log" if says["verb"].rstrip("s") in ("log", "print") else "alert"
        source = source.replace("alert('Clicked')", f"{call}('{said}')")
    elif re.search(r"\blogs?\b|\bconsole\b", text):
        source = source.replace("alert('Clicked')", "console.log('Clicked')")
    return source


IS_DATE = make_regex(r"(?:[a-z]At|_at|[dD]ate|[tT]ime(?:stamp)?)$|^(?:created|updated|due)")


def type_head(match: re.Match[str]) -> str:
    kinds = {"delay": "number", "size": "number", "amount": "number", "items": "any[]"}
    names = [
        f"{one}: {kinds.get(one, '(...args: any[]) => void' if one == 'callback' else 'any')}"
        for one in match[1].split(", ")
    ]
    return match[0].replace(match[1], ", ".join(names))


PHP_SNIPPETS = (
    (
        r"\bpdo\b|\bmysql\b|\bdatabase\b",
        "<?php\n\nfunction {name}(string $host, string $database, string $user, string "
        "$password): PDO\n{\n"
        '    $dsn = "mysql:host={$host};dbname={$database};charset=utf8mb4";\n\n'
        "    return new PDO($dsn, $user, $password, [\n"
        "        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,\n    ]);\n}",
    ),
    (
        r"\bupload",
        "<?php\n\nfunction {name}(array $file, string $folder): string\n{\n"
        "    $target = $folder . '/' . basename($file['name']);\n"
        "    move_uploaded_file($file['tmp_name'], $target);\n\n    return $target;\n}",
    ),
    (
        r"\bform\b|\b\$?_?POST\b",
        "<?php\n\nif ($_SERVER['REQUEST_METHOD'] === 'POST') {\n"
        "    $name = htmlspecialchars(trim($_POST['name'] ?? ''));\n    echo \"Hello {$name}\";\n}",
    ),
)


def write_php_snippet(request: CodeRequest) -> str:
    """Return a well-known function of PHP; empty for other requests."""
    name = to_camel(request.name) if request.name != "run" else "connect"
    for pattern, source in PHP_SNIPPETS:
        if re.search(pattern, request.text, re.I):
            return source.replace("{name}", name)
    return ""


def write_web_snippet(request: CodeRequest) -> str:
    """Return the program of a framework or a well-known task of the web; empty for others."""
    lower = request.text.lower()
    if request.language == "php":
        return write_php_snippet(request) if request.kind in ("function", "script", "form") else ""
    if request.language in ("jsx", "tsx") or HOOK.search(request.text):
        return write_hook(request)
    if request.language not in ("javascript", "typescript") or request.kind in (
        "tests",
        "class",
        "interface",
    ):
        return ""
    if re.search(r"\bexpress\b|\bserver\b|\bnode\b[^.\n]{0,30}\bapi\b|\bendpoints?\b", lower):
        return write_express(request)
    if re.search(r"\bfetch\w*\b|http request|\bapi\b|https?://", lower) or "fetch" in request.name:
        return write_fetch(request)
    return write_script_snippet(request)
