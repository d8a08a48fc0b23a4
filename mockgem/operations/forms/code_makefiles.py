"""Makefiles for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

C_FILE = make_regex(r"\b([\w-]+)\.(c|cpp|cc)\b")
INTO = make_regex(
    r"\b(?:into|to|called|named|as|output|binary|executable) (?:an? |the )?(?:executable "
    r"|binary |program )?[`\"']?([a-z][\w-]*)\b"
)


def write_c_makefile(text: str) -> str:
    """Return a Makefile that links the files of C which a text names; empty without any."""
    files = list(dict.fromkeys(C_FILE.findall(text)))
    if not files:
        return ""
    named = INTO.search(text)
    target = named[1] if named and named[1] not in ("a", "the", "an") else "main"
    objects = " ".join(f"{name}.o" for name, _ in files)
    compiler = ("CC = gcc", "$(CC)") if files[0][1] == "c" else ("CXX = g++", "$(CXX)")
    rules = "\n\n".join(
        f"{name}.o: {name}.{ending}\n\t{compiler[1]} -Wall -c {name}.{ending}"
        for name, ending in files
    )
    return (
        f"{compiler[0]}\n\n.PHONY: all clean\n\nall: {target}\n\n{target}: {objects}\n"
        f"\t{compiler[1]} -o {target} {objects}\n\n{rules}\n\nclean:\n\trm -f {target} {objects}"
    )


RUNS_COMMAND = make_regex(
    r"\btarget (?:called |named )?[`\"']?([a-z][\w-]*)[`\"']? (?:that|which|to) (?:runs?"
    r"|executes?|calls?) [`\"']?([a-z][^`\"'\n]{2,80})"
)


def write_makefile(request: CodeRequest) -> str:
    if linked := write_c_makefile(request.text):
        return linked
    match = TARGETS.search(request.text)
    names = re.findall(r"[a-z][\w-]*", match[1] or match[2]) if match else []
    names = (
        [name for name in names if name not in ("and", "targets", "the")]
        or [
            word
            for word in ("build", "test", "run", "lint", "clean")
            if word in request.text.lower()
        ]
        or ["build", "test"]
    )
    if named := RUNS_COMMAND.search(request.text):
        return f".PHONY: {named[1]}\n\n{named[1]}:\n\t{named[2].strip()}"
    language = next((word for word in RECIPES if re.search(rf"\b{word}\b", request.text, re.I)), "")
    known = RECIPES.get(language, {})
    rules = "\n\n".join(f"{name}:\n\t{known.get(name, f'@echo {name}')}" for name in names)
    return f".PHONY: {' '.join(names)}\n\n{rules}"


TARGETS = make_regex(
    r"\btargets?:? (?:for |named |called )?(?!(?:to|for|that|which"
    r"|with)\b)((?:[a-z][\w-]*, ?(?:and )?"
    r"|[a-z][\w-]* and ){0,8}[a-z][\w-]*)"
    r"|\b(?:with|for) ((?:[a-z][\w-]*, )*[a-z][\w-]*,? and [a-z][\w-]*) targets?",
)
RECIPES = {
    "go": {
        "build": "go build ./...",
        "test": "go test ./...",
        "clean": "go clean",
        "run": "go run .",
        "lint": "go vet ./...",
        "fmt": "gofmt -w .",
    },
    "python": {
        "install": "pip install -r requirements.txt",
        "test": "pytest",
        "lint": "ruff check .",
        "format": "ruff format .",
        "run": "python main.py",
        "clean": "rm -rf build dist",
        "build": "python -m build",
    },
    "node": {
        "install": "npm ci",
        "test": "npm test",
        "build": "npm run build",
        "lint": "npm run lint",
        "run": "npm start",
        "clean": "rm -rf dist node_modules",
    },
    "c": {
        "build": "gcc -Wall -o main main.c",
        "run": "./main",
        "test": "./run_tests",
        "clean": "rm -f main",
    },
}
"""The commands of usual targets, by the language of the project."""
