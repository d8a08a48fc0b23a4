"""Settings in YAML."""

from __future__ import annotations

import re


def write_settings(names: list[str], text: str) -> str:
    """Return a YAML file with some settings, below a heading if the text names one."""
    group = re.search(
        r"\b(database|server|app|application|redis|api|logging|db|service)\b", text, re.I
    )
    head = group[1].lower() if group else ""
    rows = [f"{name}: {guess_setting(name)}" for name in names if name.lower() != head]
    rows = [row.removeprefix(f"{head}_") for row in rows]
    if not head or not rows:
        return "\n".join(rows) or "name: app\nport: 8080\ndebug: false"
    return f"{head}:\n" + "\n".join(f"  {row}" for row in rows)


SETTINGS = {
    "host": "localhost",
    "port": "5432",
    "name": "example",
    "user": "app",
    "username": "app",
    "password": "change-me",
    "debug": "false",
    "url": "https://example.com",
    "version": '"1.0"',
    "timeout": "30",
    "level": "info",
    "replicas": "2",
}


def guess_setting(name: str) -> str:
    last = re.split(r"[_ -]", name.lower())[-1]
    return SETTINGS.get(last, "example")
