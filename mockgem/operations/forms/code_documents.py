"""Patterns, diagrams and configuration files for a request."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.code_configs import write_config
from mockgem.operations.forms.code_containers import write_compose, write_kubernetes
from mockgem.operations.forms.code_members import find_members
from mockgem.operations.forms.code_regex import write_described_regex
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_server_details import add_volumes
from mockgem.operations.forms.code_settings import write_settings
from mockgem.operations.forms.code_signatures import find_taken
from mockgem.operations.forms.code_workflows import RUNS, write_workflow
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.mentions import has_whole_words

PATTERNS = (
    (r"e-?mail", r"^[\w.+-]+@[\w-]+\.[\w.-]+$"),
    (r"phone", r"^\+?\d[\d ()-]{6,20}$"),
    (r"hashtag", r"#\w+"),
    (r"mention|@username|handle", r"@\w+"),
    (r"uuid", r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
    (r"password", r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,}$"),
    (r"html tags?", r"<[^>]+>"),
    (r"white ?space|multiple spaces", r"\s+"),
    (r"\btime\b|hh:mm", r"^(?:[01]\d|2[0-3]):[0-5]\d$"),
    (r"credit card", r"^(?:\d{4}[ -]?){3}\d{4}$"),
    (r"username", r"^[A-Za-z0-9_]{3,20}$"),
    (r"url|link", r"^https?://[^\s/$.?#].[^\s]*$"),
    (r"\bdates?\b|yyyy|datum|fecha", r"^\d{4}-\d{2}-\d{2}$"),
    (r"(?:uk|british|england)\b.{0,20}post", r"^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$"),
    (r"canad\w+.{0,20}(?:post|zip)", r"^[A-Z]\d[A-Z] ?\d[A-Z]\d$"),
    (r"(?:dutch|netherlands)\b.{0,20}(?:post|zip)", r"^\d{4} ?[A-Z]{2}$"),
    (r"(?:austrian|swiss|belgian|danish)\b.{0,20}(?:post|zip)", r"^\d{4}$"),
    (r"(?:german|french|spanish|italian)\b.{0,20}(?:post|zip)|plz|postleitzahl", r"^\d{5}$"),
    (r"zip|postal|postcode", r"^\d{5}(?:-\d{4})?$"),
    (r"ip\b|ipv4", r"^(?:\d{1,3}\.){3}\d{1,3}$"),
    (r"hex|colou?r", r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"),
    (r"digit|number", r"^-?\d+(?:\.\d+)?$"),
    (r"word", r"^\w+$"),
)


def write_regex(request: CodeRequest) -> str:
    if described := write_described_regex(request.text):
        return described
    return next(
        (pattern for words, pattern in PATTERNS if re.search(words, request.text, re.I)),
        r"^[A-Za-z0-9_-]+$",
    )


def write_yaml(request: CodeRequest) -> str:
    if config := write_config(request.text):
        return config
    if "compose" in request.text.lower():
        return add_volumes(write_compose(request.text), request.text)
    if re.search(
        r"\bk8s\b|kubernetes|\bdeployment\b|\bmanifest\b|\bcronjob\b|\bconfigmap\b",
        request.text,
        re.I,
    ):
        return write_kubernetes(request.text)
    if re.search(r"action|workflow", request.text, re.I):
        run = RUNS.search(request.text)
        if re.search(r"\bdocker image\b|\bbuilds? (?:a |the )?docker", request.text, re.I):
            return write_workflow(request.text, "docker build -t app .")
        command = (
            run[1]
            if run and run[1] not in ("on", "the", "a", "when", "every", "in")
            else "make test"
        )
        return write_workflow(request.text, command)
    if not re.search(r"\bservice\b|\bpods?\b|\breplicas\b|\bcluster\b", request.text, re.I):
        names = [name for name, _ in find_members(request.text)] or list(find_taken(request.text))
        return write_settings(names, request.text)
    return (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  replicas: "
        "2\n  selector:\n    matchLabels:\n      app: app"
    )


CALLED = make_regex(
    r"\b(?:called|named|namens|name:?)\s+(?!and\b|of\b|is\b|version\b)[\"'`]?([\w@/-]{2,40})", re.I
)


VERSION = make_regex(r"\bversion[ :=]{1,2}v?(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\b")
LICENCE = make_regex(r"\b(MIT|ISC|Apache-2\.0|GPL-3\.0|BSD-3-Clause|Unlicense)\b")
ONLY_SCRIPTS = make_regex(r"\b(?:with|and) (?:the |two |three )?scripts:? \w+")
NAMES_START = make_regex(r"\bscripts?:? [^.;\n]{0,40}\bstart\b")


def write_json(request: CodeRequest) -> str:
    text = request.text.lower()
    if "schema" in text:
        return write_json_schema(request)
    if "tsconfig" in text:
        return write_tsconfig(request.text)
    wanted_packages = list_packages(text)
    packages = ",\n".join(
        f'    "{name}": "{PACKAGES.get(name, "^1.0.0")}"' for name in wanted_packages or ["lodash"]
    )
    named = CALLED.search(request.text)
    is_short = ONLY_SCRIPTS.search(text) and not NAMES_START.search(text)
    scripts = {} if is_short else {"start": "node server.js"}
    wanted = {
        "test": "node --test",
        "build": "tsc",
        "lint": "eslint .",
        "dev": "node --watch server.js",
    }
    scripts |= {name: command for name, command in wanted.items() if has_whole_words(text, name)}
    if "jest" in text:
        scripts["test"] = "jest"
    rows = ",\n".join(f'    "{name}": "{command}"' for name, command in scripts.items())
    version, licence = VERSION.search(text), LICENCE.search(request.text)
    owned = f'  "license": "{licence[1]}",\n' if licence else ""
    return (
        f'{{\n  "name": "{named[1] if named else "my-app"}",\n'
        f'  "version": "{version[1] if version else "1.0.0"}",\n{owned}'
        f'  "type": "module",\n  "scripts": {{\n{rows}\n  }},\n  "dependencies": {{\n'
        f"{packages}\n  }}{write_dev_packages(text)}\n}}"
    )


TS_OPTION = make_regex(
    r"\b(target|module|moduleResolution|outDir|rootDir|baseUrl|jsx) (?:to |is "
    r"|= )?[\"'`]?([\w./-]+\w)"
)
EXCLUDED = make_regex(r"\bexclud\w+ [\"'`]?([\w./-]+\w)(?:(?:,| and) [\"'`]?([\w./-]+\w))?")


def write_tsconfig(text: str) -> str:
    """Return a tsconfig.json with the options that a prompt states."""
    stated = {name: value.rstrip(".") for name, value in TS_OPTION.findall(text)}
    usual = {"target": "ES2022", "module": "NodeNext", "strict": True, "outDir": "dist"}
    value: dict[str, object] = {
        "compilerOptions": usual | stated,
        "include": [stated.get("rootDir", "src")],
    }
    if excluded := EXCLUDED.search(text):
        value["exclude"] = [name for name in excluded.groups() if name]
    return json.dumps(value, indent=2)


LISTED_PACKAGES = make_regex(
    r"\b(?:dependenc(?:y|ies)|packages)(?: on)?:? (?!and\b|for\b|in\b|with\b|are\b)"
    r"((?:[@a-z][\w./@-]*(?:, and |, | and )){0,12}[@a-z][\w./-]*\w)"
)
"""The packages in "the dependencies express and nodemailer"."""


def list_packages(text: str) -> list[str]:
    """Return the packages that a text names: those it lists, and well known ones."""
    known = [name for name in PACKAGES if has_whole_words(text, name)]
    match = LISTED_PACKAGES.search(text)
    listed = re.split(r", and |, | and ", match[1]) if match else []
    listed = [name for name in listed if name not in DEV_PACKAGES and name not in NOT_PACKAGES]
    return list(dict.fromkeys([*listed, *known]))


NOT_PACKAGES = frozenset("scripts start test build dev lint a an the dev devdependencies".split())


PACKAGES = {
    "express": "^5.1.0",
    "dotenv": "^17.2.0",
    "react": "^19.1.0",
    "react-dom": "^19.1.0",
    "next": "^15.5.0",
    "vue": "^3.5.0",
    "axios": "^1.12.0",
    "mongoose": "^8.18.0",
    "lodash": "^4.17.0",
    "cors": "^2.8.0",
    "zod": "^4.1.0",
    "jsonwebtoken": "^9.0.0",
    "bcrypt": "^6.0.0",
    "pg": "^8.16.0",
    "mysql2": "^3.15.0",
    "socket.io": "^4.8.0",
    "tailwindcss": "^4.1.0",
    "prisma": "^6.16.0",
    "nodemailer": "^7.0.0",
    "fastify": "^5.6.0",
    "winston": "^3.17.0",
    "ws": "^8.18.0",
    "uuid": "^13.0.0",
    "date-fns": "^4.1.0",
    "knex": "^3.1.0",
    "sequelize": "^6.37.0",
    "helmet": "^8.1.0",
    "morgan": "^1.10.0",
    "multer": "^2.0.0",
    "joi": "^18.0.0",
}
DEV_PACKAGES = {
    "jest": "^30.0.0",
    "eslint": "^9.0.0",
    "typescript": "^5.9.0",
    "nodemon": "^3.1.0",
    "prettier": "^3.6.0",
    "vitest": "^3.2.0",
}


def write_dev_packages(text: str) -> str:
    """Return the packages for development that a text names, as a further member."""
    rows = [f'    "{name}": "{version}"' for name, version in DEV_PACKAGES.items() if name in text]
    return ',\n  "devDependencies": {\n' + ",\n".join(rows) + "\n  }" if rows else ""


def write_json_schema(request: CodeRequest) -> str:
    """Return a JSON Schema with the fields that a prompt names."""
    fields = (
        list(request.members)
        or find_members(request.text)
        or [("id", "integer"), ("name", "string")]
    )
    named = re.search(r"\bfor (?:an?|the) (\w+)", request.text)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": named[1].capitalize() if named else "Item",
        "type": "object",
        "properties": {name: {"type": guess_type(name, kind)} for name, kind in fields},
        "required": [name for name, _ in fields if not is_optional(name, request.text)],
    }
    return json.dumps(schema, indent=2)


def is_optional(name: str, text: str) -> bool:
    """Return whether a text calls a field optional: "age (optional)", "an optional age"."""
    own = re.escape(name).replace("_", "[ _]")
    return (
        re.search(rf"\b{own} ?\([^()]{{0,20}}optional|\boptional {own}\b", text, re.I) is not None
    )


def guess_type(name: str, kind: str) -> str:
    return "integer" if name in ("age", "id", "year", "count", "quantity") else kind


def write_xml(request: CodeRequest) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">\n  <circle cx="50" '
        'cy="50" r="40" fill="teal" />\n</svg>'
    )


def write_latex(request: CodeRequest) -> str:
    """Return a document with the title, the author, the abstract and the sections of a prompt."""
    text = request.text
    quoted = re.search(r"[\"“']([^\"”'\n]{2,60})[\"”']", text)
    title = quoted[1] if quoted else ("Title" if re.search(r"\btitle\b", text) else "")
    sections = re.search(r"\b(\d|one|two|three|four|five) sections?\b", text)
    count = NUMBER_WORDS.get(sections[1], 0) or int(sections[1]) if sections else 0
    named = re.findall(r"\b(introduction|methods?|results|discussion|conclusions?)\b", text, re.I)
    names = [one.capitalize() for one in named] or [f"Section {at}" for at in range(1, count + 1)]
    if not (names or title):
        names = [request.about[:40]]
    head = f"\\title{{{title}}}\n" if title else ""
    head += "\\author{Author}\n" if re.search(r"\bauthor\b", text) else ""
    body = "\\maketitle\n" if title else ""
    if re.search(r"\babstract\b", text, re.I):
        body += "\\begin{abstract}\nThis is a short summary.\n\\end{abstract}\n"
    body += "".join(f"\\section{{{name}}}\nThis is a short text.\n" for name in names)
    body += "" if names else "This is a short text.\n"
    return f"\\documentclass{{article}}\n{head}\\begin{{document}}\n{body}\\end{{document}}"


NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
