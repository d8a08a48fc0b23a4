"""Files for services: GraphQL, Terraform, schedules, ignored files."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_examples import guess_members
from mockgem.operations.forms.code_names import to_pascal
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

IGNORES = {
    "python": (
        "__pycache__/\n*.py[cod]\n.venv/\nvenv/\n.env\nbuild/\ndist/\n*.egg-info/\n.pyte"
        "st_cache/\n.mypy_cache/"
    ),
    "node": "node_modules/\ndist/\nbuild/\n.env\n.env.local\ncoverage/\n*.log\n.DS_Store",
    "java": "target/\nbuild/\n*.class\n*.jar\n.gradle/\n.idea/\n*.iml",
    "go": "bin/\n*.exe\n*.test\n*.out\nvendor/\n.env",
    "rust": "target/\n**/*.rs.bk\n.env",
}


def write_gitignore(request: CodeRequest) -> str:
    text = request.text.lower()
    for name, rows in IGNORES.items():
        if re.search(rf"\b{name}\b", text) or (
            name == "node" and re.search("react|javascript|typescript|next", text)
        ):
            return rows
    return IGNORES["python"] if "django" in text or "flask" in text else IGNORES["node"]


GRAPHQL_TYPE = make_regex(
    r"\b(?:a |an |the |all |of )?(\w+?)s? (?:with|by) (?:the )?id\b|\bfetch\w* (?:a |an |the "
    r"|all )?(\w+)",
    re.I,
)


GRAPHQL_ID = make_regex(r"\bid (?:of |= ?|is )?[\"']?(\w+)[\"']?", re.I)


RETURNED = make_regex(
    r"\b(?:returns?|with|fields?|their|including|and their)\s(?:the )?((?:\w+(?:, | and "
    r"|, and )){1,8}\w+)",
    re.I,
)


TYPES = make_regex(r"\btypes?:? ([A-Z]\w*(?:(?:, and |, | and )[A-Z]\w*){1,7})")


def write_types(text: str) -> str:
    """Return the types of a schema that a text lists, with the fields between them."""
    match = TYPES.search(text)
    names = [name for name in re.findall(r"[A-Z]\w+", match[1]) if name] if match else []
    if len(names) < 2:
        return ""
    blocks = []
    for name in names:
        rows = ["  id: ID!", f"  {'name' if name in ('User', 'Author') else 'title'}: String!"]
        rows += [
            f"  {other.lower()}s: [{other}!]!"
            for other in names
            if re.search(
                rf"\b{name}s? (?:has|have) (?:many|multiple|a list of|several) {other}s?\b", text
            )
        ]
        blocks.append(f"type {name} {{\n" + "\n".join(rows) + "\n}")
    first = names[0]
    query = (
        f"type Query {{\n  {first.lower()}s: [{first}!]!\n  {first.lower()}(id: ID!): {first}\n}}"
    )
    return "\n\n".join([*blocks, query])


def write_graphql(request: CodeRequest) -> str:
    """Return a query or a type of GraphQL with the fields that a prompt names."""
    text = request.text
    if "query" not in text.lower() and (types := write_types(text)):
        return types
    if re.search(r"\bschema\b|\btype\b", text, re.I) and "query" not in text.lower():
        kinds = {
            "string": "String",
            "integer": "Int",
            "number": "Float",
            "boolean": "Boolean",
            "array": "[String!]",
        }
        rows = "\n".join(
            f"  {name}: {'ID' if name == 'id' else kinds.get(kind, 'String')}!"
            for name, kind in guess_members(request)
        )
        named = re.search(r"\b(?:for|type) (?:an? |the )?([A-Za-z]\w+)", text)
        return f"type {to_pascal(named[1]) if named else 'Item'} {{\n{rows}\n}}"
    thing, identity = GRAPHQL_TYPE.search(text), GRAPHQL_ID.search(text)
    name = next(filter(None, thing.groups()), "items").lower() if thing else "items"
    found = [re.findall(r"\w+", match[1]) for match in RETURNED.finditer(text)]
    fields = [
        word for word in (found[-1] if found else []) if word not in ("and", "id", "the")
    ] or ["name"]
    given = (
        f"(id: {identity[1] if identity[1].isdigit() else chr(34) + identity[1] + chr(34)})"
        if identity and identity[1].isdigit()
        else ""
    )
    word = "mutation" if "mutation" in text.lower() else "query"
    rows = "\n".join(f"    {field}" for field in ["id", *fields])
    return f"{word} {{\n  {name}{given} {{\n{rows}\n  }}\n}}"


PROTO_KINDS = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool"}
MESSAGE = make_regex(
    r"\b(?:message|definition|for|called|named) (?:definition )?(?:for )?(?:an? )?[`\"']?([A-Z]\w+)"
)


def write_protobuf(request: CodeRequest) -> str:
    """Return a message of Protocol Buffers with the fields that a prompt names."""
    named = MESSAGE.search(request.text)
    rows = []
    has_time = False
    for at, (name, kind) in enumerate(guess_members(request), 1):
        word = PROTO_KINDS.get(kind, "string")
        if (
            re.search(rf"\brepeated {name}|{name} \((?:repeated|list)", request.text)
            or kind == "array"
        ):
            word = f"repeated {'string' if kind == 'array' else word}"
        if name.endswith(("_at", "timestamp")):
            word, has_time = "google.protobuf.Timestamp", True
        rows.append(f"  {word} {name} = {at};")
    head = 'syntax = "proto3";\n\n'
    head += 'import "google/protobuf/timestamp.proto";\n\n' if has_time else ""
    return f"{head}message {named[1] if named else 'Item'} {{\n" + "\n".join(rows) + "\n}"


TF_VARIABLE = make_regex(
    r"\bvariables? (?:block )?(?:for |called |named )?(?:the "
    r"|an? )?[`\"']?(\w+)[`\"']?(?:[^.\n]{0,16}?\bdefault\w*(?: to| of| value)?"
    r" [`\"']?([\w.-]+))?"
)


def write_terraform(request: CodeRequest) -> str:
    """Return a resource of Terraform with the kind and the name that a prompt names."""
    named = re.search(r"\b(?:named|called) [\"'`]?([\w-]+)", request.text)
    tagged = re.search(r"\b[Tt]ags?\b[^.\n]{0,12}?\b[Nn]ame ?[=:] ?[\"'`]?([\w-]+)", request.text)
    name = tagged[1] if tagged else named[1] if named else "example"
    own = re.sub(r"\W", "_", name)
    if variable := TF_VARIABLE.search(request.text):
        kind = "number" if (variable[2] or "").isdigit() else "string"
        default = f'\n  default = "{variable[2]}"' if variable[2] else ""
        return f'variable "{variable[1]}" {{\n  type    = {kind}{default}\n}}'
    if re.search(r"\bec2\b|\binstance\b|\bvm\b", request.text, re.I):
        size = re.search(r"\bt\d\.\w+", request.text)
        return (
            f'resource "aws_instance" "{own}" {{\n  ami           = "ami-0123456789abcdef0"\n'
            f'  instance_type = "{size[0] if size else "t3.micro"}"\n\n  tags = {{\n    Name '
            f'= "{name}"\n  }}\n}}'
        )
    tags = "".join(f'\n    {key} = "{value}"' for key, value in TAGS.findall(request.text))
    block = f"\n\n  tags = {{{tags}\n  }}" if tags else ""
    bucket = f'resource "aws_s3_bucket" "{own}" {{\n  bucket = "{name}"{block}\n}}'
    if "version" not in request.text.lower():
        return bucket
    return (
        f'{bucket}\n\nresource "aws_s3_bucket_versioning" "{own}" {{\n'
        f"  bucket = aws_s3_bucket.{own}.id\n\n  versioning_configuration {{\n"
        '    status = "Enabled"\n  }\n}'
    )


TAGS = make_regex(r"\b([A-Z]\w{1,30}) ?(?:=|:) ?[\"'`]([\w -]{1,40})[\"'`]")
"""Tags of a resource: 'the tag Environment = "prod"'."""
DAYS = (
    (r"weekday|monday (?:to|through) friday", "1-5"),
    (r"weekend", "6,0"),
    *(
        (rf"\b{day}", str(at))
        for at, day in enumerate("sunday monday tuesday wednesday thursday friday saturday".split())
    ),
)


CLOCK = make_regex(
    r"\b(?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm)\b|\bat (\d{1,2})(?::(\d{2}))?\b", re.I
)


def write_cron(text: str) -> str:
    """Return the five fields of a cron schedule that a text describes."""
    lower = text.lower()
    every = re.search(r"every (\d{1,2}) (minute|hour)s?", lower)
    if every:
        return f"*/{every[1]} * * * *" if every[2] == "minute" else f"0 */{every[1]} * * *"
    if "every minute" in lower:
        return "* * * * *"
    if re.search(r"every hour|hourly", lower):
        return "0 * * * *"
    clock = CLOCK.search(text)
    hour, minute = 0, 0
    if clock:
        hour, minute = int(clock[1] or clock[4]), int(clock[2] or clock[5] or 0)
        hour = (
            hour % 12 + 12 if (clock[3] or "").lower() == "pm" else hour % 12 if clock[3] else hour
        )
    elif "noon" in lower:
        hour = 12
    day = next((number for pattern, number in DAYS if re.search(pattern, lower)), "*")
    date = (
        "1"
        if re.search(r"first (?:day )?of (?:the|every|each) month|monthly|every month", lower)
        else "*"
    )
    day = "0" if day == "*" and re.search(r"weekly|every week\b", lower) else day
    return f"{minute} {hour} {date} * {day}"
