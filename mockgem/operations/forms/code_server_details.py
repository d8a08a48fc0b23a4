"""What prompts want besides the plain file: stages and users of images, volumes, WebSockets."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

STAGES = make_regex(r"\bmulti-?\s?stage\b", re.I)
NO_ROOT = make_regex(
    r"\b(?:non|not as|without|no)[- ]?(?:run(?:ning)? as )?root\b|\bunprivileged\b", re.I
)
HEALTH = make_regex(r"\bhealth ?-?checks?\b", re.I)
WITH_WGET = "wget -qO- http://localhost:{port}/health || exit 1"
WITH_PYTHON = (
    "python -c \"import urllib.request; urllib.request.urlopen('http://localhost:{port}/health')\""
)
LAST_COMMAND = make_regex(r"^(?=CMD \[)", re.M)
NODE_STAGES = """FROM node:{version}-alpine AS build

WORKDIR /app

COPY package*.json ./
RUN npm ci

COPY . .
RUN npm run build --if-present && npm prune --omit=dev

FROM node:{version}-alpine

WORKDIR /app

COPY --from=build /app ./

EXPOSE {port}
CMD ["node", "server.js"]"""
PYTHON_STAGES = (
    "FROM python:{version}-slim AS build\n\nWORKDIR /app\n\nCOPY requirements.txt .\n"
    "RUN pip install --no-cache-dir --prefix=/install -r requirements.txt\n\n"
    "FROM python:{version}-slim\n\nWORKDIR /app\n\nCOPY --from=build /install /usr/local\n"
    "COPY . .\n"
)
PYTHON_ONE = make_regex(r"FROM python:\{version\}-slim\n.*?\nCOPY \. \.\n", re.S)


def add_image_details(source: str, text: str) -> str:
    """Return a Dockerfile with the stages, the user and the check that a text wants."""
    if STAGES.search(text) and " AS build" not in source:
        if source.startswith("FROM node"):
            source = NODE_STAGES
        source = PYTHON_ONE.sub(PYTHON_STAGES, source, count=1)
    if HEALTH.search(text) and "HEALTHCHECK" not in source:
        check = WITH_PYTHON if "FROM python" in source else WITH_WGET
        source = LAST_COMMAND.sub(f"HEALTHCHECK CMD {check}\n", source, count=1)
    if NO_ROOT.search(text):
        source = LAST_COMMAND.sub(write_user(source), source, count=1)
    return source


def write_user(source: str) -> str:
    """Return the lines that make the last stage of an image run without the rights of root."""
    last = source[source.rindex("FROM ") :]
    if last.startswith("FROM node"):
        return "USER node\n"
    if "-alpine" in last.partition("\n")[0]:
        return "RUN adduser -D app\nUSER app\n"
    if "distroless" in last.partition("\n")[0]:
        return "USER nonroot\n"
    return "RUN useradd --create-home app\nUSER app\n"


PERSISTS = make_regex(r"\b(?:named volumes?|volumes?|persist\w*|keep (?:the )?data)\b", re.I)
FOLDERS = {
    "postgres": "/var/lib/postgresql/data",
    "mysql": "/var/lib/mysql",
    "mariadb": "/var/lib/mysql",
    "mongo": "/data/db",
}
SERVICE = make_regex(r"^  (?P<name>[\w-]+):\n    image: (?P<image>[a-z]+):[^\n]*\n", re.M)


def add_volumes(source: str, text: str) -> str:
    """Return a Compose file whose databases keep their data in a named volume, if wanted."""
    if not PERSISTS.search(text) or "\nvolumes:" in source:
        return source
    names: list[str] = []

    def add(match: re.Match[str]) -> str:
        folder = FOLDERS.get(match["image"])
        if folder is None:
            return match[0]
        names.append(f"{match['name']}_data")
        return f"{match[0]}    volumes:\n      - {names[-1]}:{folder}\n"

    changed = SERVICE.sub(add, source)
    return (
        f"{changed}\n\nvolumes:\n" + "\n".join(f"  {name}:" for name in names) if names else source
    )


SOCKETS = make_regex(r"\bweb ?-?sockets?\b", re.I)
GZIP = make_regex(r"\bgzip\b", re.I)
HOST_HEADER = make_regex(r"^( *)(?=proxy_set_header Host)", re.M)
SERVER_NAME = make_regex(r"^( *)server_name [^\n]*\n", re.M)


def add_server_details(source: str, text: str) -> str:
    """Return a server of nginx with WebSockets and compression, if a text wants them."""
    if SOCKETS.search(text) and "Upgrade" not in source:
        source = HOST_HEADER.sub(
            r"\1proxy_http_version 1.1;\n\1proxy_set_header Upgrade $http_upgrade;\n"
            r'\1proxy_set_header Connection "upgrade";' + "\n" + r"\1",
            source,
            count=1,
        )
    if GZIP.search(text) and "gzip on" not in source:
        source = SERVER_NAME.sub(
            lambda match: (
                f"{match[0]}\n{match[1]}gzip on;\n"
                f"{match[1]}gzip_types text/css application/javascript application/json;\n"
            ),
            source,
            count=1,
        )
    return source
