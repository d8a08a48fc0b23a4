"""Dockerfiles for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_server_details import add_image_details
from mockgem.operations.forms.lazy_patterns import make_regex

PORT = make_regex(r"(?<!\w)(?:port|порт|puerto|porta|端口|ポート|포트)\s?:?(\d{2,5})\b", re.I)
DOCKERFILES: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:react|vue|angular|vite|svelte)\b[^\n]{0,60}\bnginx|\bnginx\b[^\n]{0,60}\b(?:react"
        r"|vue|angular|vite)",
        "FROM node:{version}-alpine AS build\n\nWORKDIR /app\n\nCOPY package*.json ./\nRUN npm "
        "ci\n\nCOPY . .\nRUN npm run build\n\nFROM nginx:alpine\n\n"
        "COPY --from=build /app/dist /usr/share/nginx/html\n\nEXPOSE 80",
    ),
    (
        r"node|js\b|express|react|typescript",
        "FROM node:{version}-alpine\n\nWORKDIR /app\n\nCOPY package*.json ./\nRUN npm ci "
        "--omit=dev\n\n"
        'COPY . .\n\nEXPOSE {port}\nCMD ["node", "server.js"]',
    ),
    (
        r"\bgo\b|golang",
        "FROM golang:{version} AS build\n\nWORKDIR /src\n\nCOPY go.mod go.sum ./\nRUN go mod "
        "download\n\n"
        "COPY . .\nRUN CGO_ENABLED=0 go build -o /app\n\nFROM gcr.io/distroless/static\n\n"
        'COPY --from=build /app /app\n\nEXPOSE {port}\nCMD ["/app"]',
    ),
    (
        r"\bjava\b|spring|maven|gradle",
        "FROM eclipse-temurin:{version}-jre\n\nWORKDIR /app\n\nCOPY target/*.jar app.jar\n\n"
        'EXPOSE {port}\nCMD ["java", "-jar", "app.jar"]',
    ),
    (
        r"\brust\b",
        "FROM rust:{version} AS build\n\nWORKDIR /src\n\nCOPY . .\nRUN cargo build --release\n\n"
        "FROM debian:stable-slim\n\nCOPY --from=build /src/target/release/app /app\n\n"
        'EXPOSE {port}\nCMD ["/app"]',
    ),
    (
        r"nginx|static (?:site|website|page|files)",
        "FROM nginx:alpine\n\nCOPY . /usr/share/nginx/html\n\nEXPOSE {port}",
    ),
)


VERSIONS = {
    "node": "22",
    "golang": "1.25",
    "eclipse-temurin": "21",
    "rust": "1.90",
    "python": "3.12",
}


PORTS = {"node": "3000", "nginx": "80", "python": "8000"}


VERSION = make_regex(
    r"\b(?:python|node(?:\.js)?|go|golang|java|rust|version)[ :=]?v?(\d{1,2}(?:\.\d{1,2})?)\b", re.I
)


SERVERS = (
    (r"fastapi|uvicorn", '["uvicorn", "{module}:app", "--host", "0.0.0.0", "--port", "{port}"]'),
    (r"flask|gunicorn|django", '["gunicorn", "--bind", "0.0.0.0:{port}", "{module}:app"]'),
    (r"streamlit", '["streamlit", "run", "app.py", "--server.port", "{port}"]'),
)


def write_dockerfile(request: CodeRequest) -> str:
    """Return a Dockerfile for the language, the version and the port that a prompt names."""
    text = request.text
    is_python = re.search(r"\bpython\b|fastapi|flask|django|streamlit", text, re.I) is not None
    source = next(
        (row for pattern, row in DOCKERFILES if re.search(pattern, text, re.I) and not is_python),
        "",
    )
    source = source or write_python_image(text)
    image = re.match(r"FROM ([\w-]+)", source)
    name = image[1] if image else "python"
    version, port = VERSION.search(text), PORT.search(text) or BOUND.search(text)
    source = start_with(add_image_details(source, text), text)
    return source.replace("{version}", version[1] if version else VERSIONS.get(name, "1")).replace(
        "{port}", port[1] if port else PORTS.get(name, "8080")
    )


COMMAND = make_regex(
    r"\b(?:runs?|running|starts?|started|starting|launch\w*|execut\w+|cmd|command|entrypoint)\b"
    r"[^.\n`\"']{0,24}[`\"']([a-z][\w.:/ @=-]{2,60})[`\"']"
    r"|(?<![\w`])((?:npm|yarn|pnpm|bun) (?:run )?[a-z][\w:-]{1,20}"
    r"|node [\w./-]+\.m?js|python3? [\w./-]+\.py"
    r"|(?:uvicorn|gunicorn) [\w.:-]+:\w+)",
    re.I,
)
"""What a container runs: "runs `npm start`"."""
BOUND = make_regex(r"(?:\b(?:\d{1,3}\.){3}\d{1,3}:|--port[ =])(\d{2,5})\b")
LAST_COMMAND = make_regex(r"^CMD \[[^\n]*\]$", re.M)
SETUP = make_regex(r"(?:npm|yarn|pnpm|pip) (?:ci|install|run build|build)\b", re.I)


def start_with(source: str, text: str) -> str:
    """Return a Dockerfile that runs the command of a text; as it is without one."""
    found = (match[1] or match[2] for match in COMMAND.finditer(text))
    command = next((one for one in found if " " in one and not SETUP.match(one)), "")
    words = ", ".join(f'"{word}"' for word in command.split())
    return LAST_COMMAND.sub(lambda _: f"CMD [{words}]", source) if command else source


START = '["python", "main.py"]'


def write_python_image(text: str) -> str:
    server = next((row for pattern, row in SERVERS if re.search(pattern, text, re.I)), "")
    shows_port = bool(server) or PORT.search(text) is not None
    file = re.search(r"\b((?:\w+/){0,3}\w+)\.py\b", text)
    usual = "app" if "gunicorn" in server else "main"
    server = server.replace("{module}", file[1].replace("/", ".") if file else usual)
    start = f'["python", "{file[0]}"]' if file else START
    exposed = "EXPOSE {port}\n" if shows_port else ""
    return (
        "FROM python:{version}-slim\n\nWORKDIR /app\n\nCOPY requirements.txt .\n"
        "RUN pip install --no-cache-dir -r requirements.txt\n\nCOPY . .\n\n"
        f"{exposed}CMD {server or start}"
    )
