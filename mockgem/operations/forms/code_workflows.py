"""Workflows of GitHub."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

RUNS = make_regex(
    r"\b(?:runs?|running|execute[sd]?) `?([a-z][\w-]{1,24}(?: (?:test|build|run \w+|check))?)`?",
    re.I,
)
SETUPS = (
    (
        r"\bpytest|python|\bruff|\bpip\b",
        "      - uses: actions/setup-python@v5\n        with:\n          python-version: "
        '"3.12"\n      - run: pip install pytest\n',
    ),
    (
        r"\bnpm|\bnode|javascript|typescript|jest|eslint",
        "      - uses: actions/setup-node@v4\n        with:\n          node-version: 22\n     "
        " - run: npm ci\n",
    ),
    (r"\bgo\b|golang", "      - uses: actions/setup-go@v5\n"),
)
CRON = make_regex(r"\b(?:nightly|daily|every (?:night|day|week|monday)|schedule\w*)\b", re.I)
NAMED = make_regex(r"\bworkflow,? (?:file )?(?:named|called) [\"'`]?([A-Za-z][\w-]{1,40})", re.I)


def write_workflow(text: str, command: str) -> str:
    """Return a workflow of GitHub that runs a command on the events that a text names."""
    setup = next((row for pattern, row in SETUPS if re.search(pattern, text, re.I)), "")
    if version := re.search(
        r"\b(python|node|go)(?:\.?js)?(?: version)? (\d+(?:\.\d+)?)", text, re.I
    ):
        usual, given = (
            ('"3.12"', f'"{version[2]}"') if version[1][0] in "pP" else ("22", version[2])
        )
        setup = setup.replace(usual, given)
        if version[1].lower() == "go":
            setup = (
                f"      - uses: actions/setup-go@v5\n        with:\n          go-version: "
                f'"{version[2]}"\n'
            )
    if "requirements.txt" in text:
        setup = setup.replace("pip install pytest", "pip install -r requirements.txt")
    if command == "make test" and "npm ci" in setup:
        command = "npm test"
    commands = list_commands(text, command)
    if "npm ci" in setup and re.search(r"\bbuild", text, re.I):
        commands = list(dict.fromkeys(["npm run build --if-present", *commands]))
        if "npm run build" in commands:
            commands.remove("npm run build --if-present")
    if re.search(r"\btags?\b(?! line)", text) and "tag" in text:
        events_of_tags = '  push:\n    tags: ["v*"]\n'
    else:
        events_of_tags = ""
    events = "  push:\n" + ("    branches: [main]\n" if re.search(r"\bmain\b", text) else "")
    if re.search(r"pull request", text, re.I) or "push" not in text.lower():
        events += "  pull_request:\n"
    deploys = DEPLOYS.search(text) is not None
    if deploys and events_of_tags:
        events = '  push:\n    branches: ["**"]\n    tags: ["v*"]\n'
    else:
        events = events_of_tags or events
    if CRON.search(text):
        events += '  schedule:\n    - cron: "0 3 * * *"\n'
    named = NAMED.search(text)
    return (
        f"name: {named[1] if named else 'CI'}\non:\n{events}jobs:\n  test:\n"
        "    runs-on: ubuntu-latest\n    steps:\n"
        f"      - uses: actions/checkout@v4\n{setup}"
        + "\n".join(f"      - run: {one}" for one in commands)
        + (DEPLOY if deploys and events_of_tags else "")
    )


DEPLOYS = make_regex(r"\bdeploy\w*|\bpublish\w*|\breleas(?:e|es|ing)\b", re.I)
DEPLOY = """
  deploy:
    needs: test
    if: startsWith(github.ref, 'refs/tags/')
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./deploy.sh"""
"""A job that runs for tags after the tests."""


SAID = make_regex(
    r"`(?:npm|npx|yarn|pnpm|bun|go|cargo|make|pytest|python|pip|ruff|mypy|mvn|gradle|dotnet|bundle"
    r"|composer|php|terraform|docker|\./)[\w ./:=@-]{1,60}`"
    r"|(?<![\w`])(?:(?:npm|yarn|pnpm|bun) (?:ci|install|test|run [a-z][\w:-]{0,20}|build|lint)"
    r"|(?:go|cargo) (?:test|build|vet|check|clippy|fmt)(?: [-./\w]*[.-][./\w-]*)?"
    r"|(?:mvn|gradle|dotnet|composer|make) (?:test|build|verify|package|check|lint|install)"
    r"|terraform (?:init|plan|apply|validate|fmt))(?!\w)"
)
"""The commands that a text gives for a workflow, in its order."""
TOOLS = "pytest flake8 ruff mypy black eslint prettier jest vitest tox pylint bandit".split()


def list_commands(text: str, command: str) -> list[str]:
    """Return the commands of a workflow: the tools that a text names, else one command."""
    named = [tool for tool in TOOLS if re.search(rf"\b{tool}\b", text, re.I)]
    own = {
        "eslint": "npx eslint .",
        "ruff": "ruff check .",
        "black": "black --check .",
        "mypy": "mypy .",
    }
    if re.search(r"\bgo\b|golang", text, re.I) and "setup-go" not in command:
        steps = [word for word in ("vet", "test", "build") if re.search(rf"\b{word}\b", text, re.I)]
        if steps:
            return [f"go {word} ./..." for word in steps]
    told = [match[0].strip(" `") for match in SAID.finditer(text)]
    if told and command not in ("make test", *told):
        told = [command, *told] if command not in " ".join(told) else told
    if told:
        return [one for one in dict.fromkeys(told) if one != "npm ci"] or [command]
    if command == "make test" and named:
        return [own.get(tool, tool) for tool in named]
    if command.split()[0] not in named:
        return [command, *(own.get(tool, tool) for tool in named if tool not in command)]
    return [command, *(own.get(tool, tool) for tool in named if tool != command.split()[0])]
