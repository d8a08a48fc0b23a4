"""Patterns, diagrams and configuration files for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest

PATTERNS = (
    (r"e-?mail", r"^[\w.+-]+@[\w-]+\.[\w.-]+$"),
    (r"phone", r"^\+?\d[\d ()-]{6,20}$"),
    (r"url|link", r"^https?://[^\s/$.?#].[^\s]*$"),
    (r"date", r"^\d{4}-\d{2}-\d{2}$"),
    (r"zip|postal", r"^\d{5}(?:-\d{4})?$"),
    (r"ip\b|ipv4", r"^(?:\d{1,3}\.){3}\d{1,3}$"),
    (r"hex|colou?r", r"^#[0-9a-fA-F]{6}$"),
    (r"digit|number", r"^-?\d+(?:\.\d+)?$"),
    (r"word", r"^\w+$"),
)


def write_regex(request: CodeRequest) -> str:
    return next(
        (pattern for words, pattern in PATTERNS if re.search(words, request.text, re.I)),
        r"^[A-Za-z0-9_-]+$",
    )


def write_mermaid(request: CodeRequest) -> str:
    if request.kind == "sequence" or "sequence" in request.text.lower():
        return (
            "sequenceDiagram\n    participant User\n    participant App\n    participant "
            "Server\n    User->>App: Start\n    App->>Server: Send request\n    "
            "Server-->>App: Return result\n    App-->>User: Show result"
        )
    topic = re.sub(r"[^\w ]", "", request.about)[:40] or "Start"
    return (
        f"flowchart TD\n    A[{topic}] --> B{{Is the input valid?}}\n    B -->|Yes| "
        "C[Continue]\n    B -->|No| D[Show an error]\n    D --> A\n    C --> E[Done]"
    )


def write_dockerfile(request: CodeRequest) -> str:
    if re.search(r"node|js\b|express|react", request.text, re.I):
        return (
            "FROM node:22-alpine\n\nWORKDIR /app\n\nCOPY package*.json ./\nRUN npm ci "
            '--omit=dev\n\nCOPY . .\n\nEXPOSE 3000\nCMD ["node", "server.js"]'
        )
    return (
        "FROM python:3.12-slim\n\nWORKDIR /app\n\nCOPY requirements.txt .\nRUN pip install "
        '--no-cache-dir -r requirements.txt\n\nCOPY . .\n\nCMD ["python", "main.py"]'
    )


def write_yaml(request: CodeRequest) -> str:
    if "compose" in request.text.lower():
        return write_compose(request.text)
    if re.search(
        r"\bk8s\b|kubernetes|\bdeployment\b|\bmanifest\b|\bcronjob\b|\bconfigmap\b",
        request.text,
        re.I,
    ):
        return write_kubernetes(request.text)
    if re.search(r"action|workflow", request.text, re.I):
        run = RUNS.search(request.text)
        command = (
            run[1]
            if run and run[1] not in ("on", "the", "a", "when", "every", "in")
            else "make test"
        )
        setup = "\n      - run: pip install pytest" if command == "pytest" else ""
        return (
            "name: CI\non:\n  push:\n  pull_request:\njobs:\n  test:\n    runs-on: ubuntu-latest\n"
            "    steps:\n"
            f"      - uses: actions/checkout@v4{setup}\n      - run: {command}"
        )
    return (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  replicas: "
        "2\n  selector:\n    matchLabels:\n      app: app"
    )


RUNS = re.compile(
    r"\b(?:runs?|running|execute[sd]?) `?([a-z][\w-]{1,24}(?: (?:test|build|run \w+|check))?)`?",
    re.I,
)
NAMED = re.compile(r"\b(?:named|called|name|namens|for)[ :]+[\"'`]?([a-z][\w-]{1,50})", re.I)
REPLICAS = re.compile(r"\b(\d{1,3}) replicas?\b|\breplicas?[: =]+(\d{1,3})\b", re.I)
RESOURCE = re.compile(
    r"\b(Deployment|Service|ConfigMap|Secret|Ingress|CronJob|Job|StatefulSet|Namespace|Pod)\b", re.I
)
RESOURCE_NAMES = {
    name.lower(): name
    for name in (
        "Deployment Service ConfigMap Secret Ingress CronJob Job StatefulSet Namespace Pod"
    ).split()
}


def write_kubernetes(text: str) -> str:
    """Return a manifest with the kind, the name, the replicas and the image that a text names."""
    named, replicas, image, port = (
        NAMED.search(text),
        REPLICAS.search(text),
        IMAGE.search(text),
        PORT.search(text),
    )
    found = RESOURCE.search(text)
    kind = RESOURCE_NAMES[found[1].lower()] if found else "Deployment"
    name = named[1] if named else "app"
    head = f"kind: {kind}\nmetadata:\n  name: {name}"
    number = port[1] if port else "8080"
    if kind == "Service":
        return (
            f"apiVersion: v1\n{head}\nspec:\n  selector:\n    app: {name}\n  ports:\n    - port:"
            f" {number}\n"
            f"      targetPort: {number}"
        )
    if kind in ("ConfigMap", "Secret", "Namespace"):
        return f"apiVersion: v1\n{head}" + (
            "" if kind == "Namespace" else "\ndata:\n  LOG_LEVEL: info"
        )
    if kind == "CronJob":
        return (
            f'apiVersion: batch/v1\n{head}\nspec:\n  schedule: "0 3 * * *"\n'
            "  jobTemplate:\n    spec:\n"
            f"      template:\n        spec:\n          restartPolicy: OnFailure\n         "
            f" containers:\n"
            f"            - name: {name}\n              image:"
            f" {image[1] if image else 'busybox:1.36'}"
        )
    count = next(filter(None, replicas.groups()), "2") if replicas else "2"
    return (
        f"apiVersion: apps/v1\n{head}\nspec:\n  replicas: {count}\n  selector:\n    matchLabels:\n"
        f"      app: {name}\n"
        f"  template:\n    metadata:\n      labels:\n        app: {name}\n    spec:\n     "
        f" containers:\n"
        f"        - name: {name}\n          image:"
        f" {image[1] if image else f'example/{name}:latest'}\n"
        f"          ports:\n            - containerPort: {number}"
    )


SERVICES = re.compile(
    r"((?:an? )?\w+(?:, (?:an? )?\w+)*,? and (?:an? )?\w+) services?"
    r"|\b(?:for|with) ((?:an? )?\w+(?:, \w+)*,? and (?:an? )?\w+)"
)
ONE_SERVICE = re.compile(
    r"\bservices? (?:called |named |: ?)?[\"'`]?([a-z][\w-]{0,24})[\"'`]?", re.I
)
IMAGE = re.compile(r"\bimage:? [\"'`]?([a-z][\w./-]{1,40}(?::[\w.-]{1,20})?)[\"'`]?", re.I)
PORTS = re.compile(
    r"\b(\d{2,5})\b[^.\n\d]{0,40}?(?:to|:|->|→|on|auf|en)[^.\n\d]{0,24}?\b(\d{2,5})\b"
)
PORT = re.compile(r"\bports? (\d{2,5})\b", re.I)
IMAGES = {
    "db": "postgres:17",
    "database": "postgres:17",
    "postgres": "postgres:17",
    "postgresql": "postgres:17",
    "redis": "redis:7",
    "mysql": "mysql:8",
    "mongo": "mongo:7",
    "mongodb": "mongo:7",
    "nginx": "nginx:alpine",
    "rabbitmq": "rabbitmq:3",
}


def write_compose(text: str) -> str:
    """Return a Compose file with the services, the image and the ports that a text names."""
    match = SERVICES.search(text)
    listed = next(filter(None, match.groups())) if match else ""
    names = [re.sub(r"^an? ", "", name) for name in re.split(r",? and |, ", listed) if name]
    one = ONE_SERVICE.search(text)
    if one and one[1] not in (
        "for",
        "with",
        "and",
        "from",
        "in",
        "that",
        "file",
        "called",
        "named",
    ):
        names = [one[1]] if one[1] not in names else names
    image, ports, port = IMAGE.search(text), PORTS.search(text), PORT.search(text)
    parts = []
    for at, name in enumerate(names or ["web", "db"]):
        given = image[1] if image and at == 0 and image[1] != "named" else ""
        row = f"  {name}:\n    image: {given or IMAGES.get(name, f'example/{name}:latest')}\n"
        if at == 0 and (ports or port):
            pair = ports.groups() if ports else (port[1], port[1]) if port else ("", "")
            row += f'    ports:\n      - "{pair[0]}:{pair[1]}"\n'
        parts.append(f"{row}    restart: unless-stopped")
    return "services:\n" + "\n".join(parts)


def write_makefile(request: CodeRequest) -> str:
    match = re.search(r"\b(?:with|for) ((?:\w+, )*\w+ and \w+|\w+) targets?", request.text)
    names = re.split(r", | and ", match[1]) if match else ["build", "test"]
    rules = "\n\n".join(f'{name}:\n\t@echo "Running {name}"' for name in names)
    return f".PHONY: {' '.join(names)}\n\n{rules}"


CALLED = re.compile(r"\b(?:called|named|namens)\s+[\"'`]?([\w@/-]{2,40})", re.I)


def write_json(request: CodeRequest) -> str:
    text = request.text.lower()
    if "tsconfig" in text:
        return (
            '{\n  "compilerOptions": {\n    "target": "ES2022",\n    "module": "NodeNext",\n'
            '    "strict": true,\n    "outDir": "dist"\n  },\n  "include": ["src"]\n}'
        )
    package = "express" if "express" in text else "lodash"
    named = CALLED.search(request.text)
    scripts = {"start": "node server.js"}
    wanted = {
        "test": "node --test",
        "build": "tsc",
        "lint": "eslint .",
        "dev": "node --watch server.js",
    }
    scripts |= {
        name: command for name, command in wanted.items() if re.search(rf"\b{name}\b", text)
    }
    rows = ",\n".join(f'    "{name}": "{command}"' for name, command in scripts.items())
    return (
        f'{{\n  "name": "{named[1] if named else "my-app"}",\n  "version": "1.0.0",\n'
        f'  "type": "module",\n  "scripts": {{\n{rows}\n  }},\n  "dependencies": {{\n'
        f'    "{package}": '
        '"^5.0.0"\n  }\n}'
    )


def write_xml(request: CodeRequest) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">\n  <circle cx="50" '
        'cy="50" r="40" fill="teal" />\n</svg>'
    )


def write_latex(request: CodeRequest) -> str:
    quoted = re.search(r"[\"“']([^\"”'\n]{2,60})[\"”']", request.text)
    if quoted:
        return (
            f"\\documentclass{{article}}\n\\title{{{quoted[1]}}}\n\\begin{{document}}\n\\maketitle\n"
            "This is a short text.\n\\end{document}"
        )
    return (
        f"\\documentclass{{article}}\n\\begin{{document}}\n\\section{{{request.about[:40]}}}"
        f"\nThis is a short text.\n\\end{{document}}"
    )
