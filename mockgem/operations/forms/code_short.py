"""Short programs in languages that few prompts name."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_filters import find_filter
from mockgem.operations.forms.code_members import find_members
from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_server_details import add_server_details
from mockgem.operations.forms.code_shell import write_powershell
from mockgem.operations.forms.code_stated_names import DESCENDING
from mockgem.operations.forms.lazy_patterns import make_regex

LINQ = make_regex(
    r"\b(?:gets?|selects?|finds?|returns?|filters?|lists?|all)\s(?:the |all )*(\w+)(?:[^.\n]{0,20}?"
    r"\b(cheaper|older|younger|more|less|greater|under|over|above|below)(?: than)? [$€]?(\d+))?",
    re.I,
)
LINQ_FIELDS = {"cheaper": "Price", "older": "Age", "younger": "Age"}


def write_linq(text: str) -> str:
    """Return a query with the source, the limit and the order that a text names."""
    match, order = (
        LINQ.search(text),
        re.search(r"\b(?:order|sort)\w*\b(?:[^.\n]{0,12})? by (?:the )?(\w+)", text),
    )
    if stated := find_filter(text):
        source, field, sign, number = stated
        row = source[0]
        steps = f"\n    .Where({row} => {row}.{field.capitalize()} {sign} {number})"
        if order:
            down = "Descending" if DESCENDING.search(text) else ""
            steps += f"\n    .OrderBy{down}({row} => {row}.{order[1].capitalize()})"
        return f"var result = {source}{steps}\n    .ToList();"
    source = match[1].lower() if match else "items"
    row = source[0]
    steps = ""
    if match and match[3]:
        word = match[2].lower()
        field = LINQ_FIELDS.get(word) or next(
            iter(re.findall(r"\b(Price|Age|Salary|Total|Score)\b", text)), "Price"
        )
        sign = "<" if word in ("cheaper", "younger", "less", "under", "below") else ">"
        steps += f"\n    .Where({row} => {row}.{field} {sign} {match[3]})"
    if order:
        down = "Descending" if re.search(r"\bdesc", text, re.I) else ""
        steps += f"\n    .OrderBy{down}({row} => {row}.{order[1][:1].upper()}{order[1][1:]})"
    return f"var result = {source}{steps}\n    .ToList();"


def write_braces(request: CodeRequest) -> str:
    """Return a function in one of the smaller languages."""
    name = to_camel(request.name)
    match request.language:
        case "csharp":
            return (
                f"public static class Program\n{{\n    public static int "
                f"{to_pascal(request.name)}(int[] values)\n    {{\n        var total = 0;\n "
                f"       foreach (var value in values)\n        {{\n            total += "
                "value;\n        }\n        return total;\n    }\n}"
            )
        case "php":
            return (
                f"<?php\n\nfunction {name}(array $values): array\n{{\n    return "
                "array_values(array_filter($values));\n}"
            )
        case "ruby":
            return f"def {request.name}(values)\n  values.map {{ |value| value.to_s.strip }}\nend"
        case "kotlin":
            return f"fun {name}(values: List<Int>): Int {{\n    return values.sum()\n}}"
    return f"func {name}(_ values: [Int]) -> Int {{\n    return values.reduce(0, +)\n}}"


SHORT_PROGRAMS = {
    "powershell": (
        "function {pascal} {{\n    param([string[]]$Values)\n    $Values | Sort-Object\n}}"
    ),
    "scala": "def {camel}(values: List[Int]): Int = values.sum",
    "perl": (
        "use strict;\nuse warnings;\n\n"
        "sub {snake} {{\n    my @values = @_;\n    return sort @values;\n}}"
    ),
    "lua": "local function {snake}(values)\n  return #values\nend",
    "dart": "int {camel}(List<int> values) {{\n  return values.fold(0, (a, b) => a + b);\n}}",
    "haskell": "{camel} :: [Int] -> Int\n{camel} = sum",
    "elixir": "def {snake}(values) do\n  Enum.sum(values)\nend",
    "r": "{snake} <- function(values) {{\n  mean(values)\n}}",
    "graphql": "query {pascal} {{\n  items(first: 10) {{\n    id\n    name\n  }}\n}}",
    "hcl": 'resource "aws_s3_bucket" "{snake}" {{\n  bucket = "example-bucket"\n}}',
    "nginx": "server {{\n    listen 80;\n    server_name example.com;\n    root /var/www/html;\n}}",
    "solidity": (
        "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\ncontract {title} {{\n"
        "    mapping(address => uint256) public balances;\n\n"
        "    event Transfer(address indexed from, address indexed to, uint256 value);\n\n"
        "    function transfer(address to, uint256 value) external {{\n"
        '        require(balances[msg.sender] >= value, "Balance too low");\n'
        "        balances[msg.sender] -= value;\n        balances[to] += value;\n"
        "        emit Transfer(msg.sender, to, value);\n    }}\n}}"
    ),
    "protobuf": (
        'syntax = "proto3";\n\nmessage {title} {{\n  int64 id = 1;\n  string name = 2;\n}}'
    ),
    "julia": "function {snake}(values)\n    return sum(values)\nend",
    "clojure": "(defn {snake} [values]\n  (reduce + values))",
    "groovy": "def {camel}(List values) {{\n    values.sum()\n}}",
    "zig": (
        "pub fn {camel}(values: []const i64) i64 {{\n    var total: i64 = 0;\n"
        "    for (values) |value| total += value;\n    return total;\n}}"
    ),
    "matlab": "function result = {snake}(values)\n    result = sum(values);\nend",
    "vba": 'Sub {pascal}()\n    Range("A1").Value = "Done"\nEnd Sub',
}
"""Programs in languages that few prompts name, with places for the name."""


TITLE = make_regex(r"\b(?:named|called|contract|message) [`\"']?([A-Z]\w+)")
MODEL = make_regex(r"\b([A-Z][a-z]\w+)\b(?= (?:and|model)|,|[.\n]|\Z)|\band ([A-Z][a-z]\w+)")
NOT_MODELS = frozenset("Prisma Write Create Make Generate Give Please".split())


SHOWN_MODEL = make_regex(
    r"\b([A-Z]\w+)\s?(?:\(|: ?|with )([a-z]\w*(?:[ ?]\w+)?(?:,\s?(?:and )?[a-z]\w*(?: \w+)?)+)\)?"
)


PRISMA_KINDS = frozenset("String Int Float Boolean DateTime Decimal Json BigInt".split())


def write_prisma_model(name: str, fields: str) -> str:
    """Return a model of Prisma with some fields, which may be unique."""
    rows = []
    for part in re.split(r",\s?(?:and )?| and ", fields):
        words = part.split()
        kind = "Int" if words[0] == "id" or words[0].endswith("Id") else "String"
        stated = next((word for word in words[1:] if word in PRISMA_KINDS), "")
        kind = "DateTime" if words[0].endswith("At") else kind
        kind = "Boolean" if re.match(r"(?:is|has)[A-Z]|published|done|active", words[0]) else kind
        ends = " @id @default(autoincrement())" if words[0] == "id" else ""
        if len(words) > 3 and words[-2] == "default":
            ends = f" @default({words[-1]})"
        rows.append(
            f"  {words[0]} {stated or kind}{ends}{' @unique' if 'unique' in words[1:] else ''}"
        )
    return f"model {name} {{\n" + "\n".join(rows) + "\n}"


def write_prisma(text: str) -> str:
    """Return the models of Prisma that a text names."""
    shown = SHOWN_MODEL.findall(text)
    if shown:
        return "\n\n".join(write_prisma_model(name, fields) for name, fields in shown)
    found = [match[1] or match[2] for match in MODEL.finditer(text)]
    names = [name for name in dict.fromkeys(found) if name not in NOT_MODELS] or ["User"]
    return "\n\n".join(
        f"model {name} {{\n  id        Int      @id @default(autoincrement())\n  name      String\n"
        "  createdAt DateTime @default(now())\n}"
        for name in names
    )


def write_nginx(text: str) -> str:
    """Return a server of nginx that serves files or hands requests on."""
    if re.search(r"\blocation\b|\bcach|\bstatic (?:assets|files)", text, re.I):
        return write_location(text)
    host = re.search(r"\b(?!localhost)((?:[a-z0-9-]+\.)+[a-z]{2,10})\b", text)
    target = re.search(r"\blocalhost:(\d{2,5})|\bport (\d{2,5})", text)
    name = host[1] if host else "example.com"
    redirects = (
        re.search(r"\bredirect\w*|umleit|redirig|weiterleit", text, re.I)
        and "https" in text.lower()
    )
    if not redirects and (stated := write_stated_server(text, name)):
        return stated
    if redirects:
        redirect = (
            f"server {{\n    listen 80;\n    server_name {name};\n"
            "    return 301 https://$host$request_uri;\n}"
        )
        if not target and not re.search(r"\bprox\w+|\bforward", text, re.I):
            return redirect
        port = next(filter(None, target.groups()), "3000") if target else "3000"
        passes = PASSES.search(text)
        address = passes[1] if passes else f"http://localhost:{port}"
        return (
            f"{redirect}\n\nserver {{\n    listen 443 ssl;\n    server_name {name};\n\n"
            f"    location / {{\n        proxy_pass {address};\n"
            "        proxy_set_header Host $host;\n    }\n}"
        )
    head = f"server {{\n    listen 80;\n    server_name {name};\n"
    if target or re.search(r"\bprox\w+|\bforward", text, re.I):
        port = next(filter(None, target.groups()), "3000") if target else "3000"
        return (
            f"{head}\n    location / {{\n        proxy_pass http://localhost:{port};\n"
            "        proxy_set_header Host $host;\n        proxy_set_header X-Real-IP "
            "$remote_addr;\n    }\n}"
        )
    more = (
        "\n    gzip on;\n    gzip_types text/css application/javascript;"
        if "gzip" in text.lower()
        else ""
    )
    return f"{head}    root /var/www/html;\n    index index.html;{more}\n}}"


LISTENS = make_regex(r"\b(?:on|listen(?:s|ing)?(?: on)?) port (\d{2,5})\b", re.I)
PASSES = make_regex(r"\b(?:to|for|at) (https?://[\w.-]+(?::\d{2,5})?(?:/[\w/-]*)?)")
ROOT = make_regex(
    r"\b(?:serv\w+|root|from)(?: (?:static|the|all))*(?: files)?(?: from| in| at)? (/[\w./-]{2,60})"
)
DIRECTIVE = make_regex(
    r"\b((?:client|proxy|keepalive|gzip|send|worker|server|add|ssl)_[a-z_]+) ([\w/.]+)"
)


def write_stated_server(text: str, name: str) -> str:
    """Return a server with the port, the address or the folder that a text states in full."""
    passes, root, listens = PASSES.search(text), ROOT.search(text), LISTENS.search(text)
    if passes is None and root is None:
        return ""
    rows = [f"    {one} {value};" for one, value in DIRECTIVE.findall(text)]
    head = [f"    listen {listens[1] if listens else '80'};", f"    server_name {name};", *rows]
    if passes is None and root is not None:
        folder = root[1].rstrip(".")
        return (
            "server {\n"
            + "\n".join([*head, f"    root {folder};", "    index index.html;"])
            + "\n}"
        )
    address = passes[1] if passes else ""
    place = [
        "    location / {",
        f"        proxy_pass {address};",
        "        proxy_set_header Host $host;",
        "        proxy_set_header X-Real-IP $remote_addr;",
        "    }",
    ]
    return "server {\n" + "\n".join([*head, "", *place]) + "\n}"


def write_location(text: str) -> str:
    """Return a location of nginx for the endings, the path and the days that a text names."""
    endings = re.findall(r"(?<![\w/.])\.?(js|css|png|jpe?g|gif|svg|woff2?|ico|webp)\b", text)
    days, path = (
        re.search(r"\b(\d{1,3}) days?", text),
        re.search(r"(?<![\w:/.])(/[a-z][\w/-]*)", text),
    )
    target = re.search(r"\b(?:localhost|127\.0\.0\.1):\d+", text)
    where = (
        rf"~* \.({'|'.join(dict.fromkeys(endings))})$"
        if endings
        else path[1]
        if path
        else "/static/"
    )
    rows = ["    try_files $uri =404;"]
    if target:
        rows = [f"    proxy_pass http://{target[0]};"]
    if days or "cach" in text.lower():
        rows = [
            f"    expires {days[1] if days else '30'}d;",
            '    add_header Cache-Control "public";',
        ]
    return f"location {where} {{\n" + "\n".join(rows) + "\n}"


def write_r(text: str) -> str:
    """Return a few lines of R for a file, a plot or a mean; empty for other prompts."""
    if plotted := plot_in_r(text):
        return plotted
    if re.search(r"\bsimulat\w+|\broll\w*|\bdice\b|\bcoin|\brandom", text, re.I):
        return simulate_in_r(text)
    column = re.search(r"\bcolumn [\"'`]?(\w+)", text)
    name = column[1] if column else "value"
    file = re.search(r"\b[\w/-]+\.csv\b", text)
    lines = [f'data <- read.csv("{file[0] if file else "data.csv"}")']
    if re.search(r"\bhistogram\b", text, re.I):
        lines.append(f'hist(data${name}, main = "{name.capitalize()}", xlab = "{name}")')
    elif re.search(r"\bplot|\bchart", text, re.I):
        lines.append(f"plot(data${name})")
    elif not re.search(r"\bcsv\b|\bfile\b", text, re.I):
        return ""
    else:
        lines.append("summary(data)")
    return "\n".join(lines)


def simulate_in_r(text: str) -> str:
    """Return a simulation of dice, coins or numbers, and its plot if a text wants one."""
    times, dice = (
        re.search(r"\b(\d[\d,]{1,8}) times\b", text),
        re.search(r"\b(two|three|\d) dice", text),
    )
    count = times[1].replace(",", "") if times else "1000"
    number = {"two": "2", "three": "3"}.get(dice[1], dice[1]) if dice else "1"
    sides = 'c("heads", "tails")' if "coin" in text.lower() else "1:6"
    draw = (
        f"rnorm({count})"
        if "normal" in text.lower()
        else f"replicate({count}, sum(sample({sides}, {number}, replace = TRUE)))"
        if sides == "1:6"
        else f"sample({sides}, {count}, replace = TRUE)"
    )
    plot = 'hist(results, main = "Results", xlab = "Value")' if sides == "1:6" else ""
    return f"set.seed(42)\nresults <- {draw}\n{plot or 'print(table(results))'}"


WIDGET = make_regex(
    r"\b(?:widget|screen|page|class|component) (?:called |named )?`?([A-Z]\w+)|\b(?!(?:Flutter"
    r"|Dart)\b)([A-Z]\w+) (?:widget|screen|page)\b"
)


def write_widget(text: str) -> str:
    """Return a widget of Flutter with the fields that a text names; empty for other prompts."""
    named = WIDGET.search(text)
    if named is None and not re.search(r"\bwidget\b|\bscreen\b", text, re.I):
        return ""
    name = (named[1] or named[2]) if named else "InfoCard"
    name = name if name not in ("Flutter", "Dart") else "InfoCard"
    fields = [row for row, _ in find_members(text)] or ["title"]
    camel = [to_camel(field) for field in fields]
    rows = "\n".join(f"  final String {field};" for field in camel)
    given = ", ".join(f"required this.{field}" for field in camel)
    shown = "\n".join(
        f"          CircleAvatar(backgroundImage: NetworkImage({field})),"
        if re.search(r"avatar|image|photo", field, re.I)
        else f"          Text({field}),"
        for field in camel
    )
    return (
        f"import 'package:flutter/material.dart';\n\nclass {name} extends StatelessWidget {{\n"
        f"  const {name}({{super.key, {given}}});\n\n{rows}\n\n  @override\n"
        "  Widget build(BuildContext context) {\n    return Card(\n      child: Column(\n"
        f"        children: [\n{shown}\n        ],\n      ),\n    );\n  }}\n}}"
    )


R_PLOT = make_regex(
    r"\bplot (?:of )?[`\"']?(\w+)[`\"']? (?:vs\.?|versus|against|by"
    r"|and) [`\"']?(\w+)[`\"']?(?:[^.\n]{0,20}?\b(?:from|in|of|using) (?:the )?(?:data ?set "
    r"|data ?frame )?[`\"']?(\w+))?"
)


def plot_in_r(text: str) -> str:
    """Return a plot of two columns of a data frame; empty for other prompts."""
    match = R_PLOT.search(text)
    if match is None:
        return ""
    data = match[3] or "data"
    if "ggplot" in text.lower():
        return (
            f"library(ggplot2)\n\nggplot({data}, aes(x = {match[2]}, y = {match[1]})) +\n"
            f'  geom_point() +\n  labs(x = "{match[2]}", y = "{match[1]}")'
        )
    return f"plot({data}${match[2]}, {data}${match[1]})"


R_COLUMN = make_regex(r"\bcolumn [\"'`]?(\w+)[\"'`]?[^.\n]{0,40}\bdata ?frame [\"'`]?(\w+)", re.I)


def write_short(request: CodeRequest) -> str:
    if request.language == "r" and (match := R_COLUMN.search(request.text)):
        function = "mean" if "mean" in request.text or "average" in request.text else "summary"
        return f"result <- {function}({match[2]}${match[1]}, na.rm = TRUE)\nprint(result)"
    if request.language == "powershell" and (source := write_powershell(request.text)):
        return source
    if request.language == "nginx":
        return add_server_details(write_nginx(request.text), request.text)
    if request.language == "r" and (source := write_r(request.text)):
        return source
    if request.language == "prisma":
        return write_prisma(request.text)
    if request.language == "dart" and (widget := write_widget(request.text)):
        return widget
    title = TITLE.search(request.text)
    names = {
        "title": title[1] if title else to_pascal(request.name),
        "camel": to_camel(request.name),
        "pascal": to_pascal(request.name),
        "snake": to_snake(request.name),
    }
    return SHORT_PROGRAMS[request.language].format(**names)
