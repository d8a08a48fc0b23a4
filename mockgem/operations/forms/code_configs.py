"""Configuration files of servers: units of systemd, playbooks of Ansible, pipelines."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

RUNS = make_regex(
    r"(?:run|start|execut|launch)\w*\s(?:the )?(?:script |command |binary )?[`\"']?"
    r"((?:/[\w.-]+)+(?: --?[\w=-]+)*|(?:python3?|node|java|gunicorn|npm"
    r"|uvicorn) [^\s,;`\"']+(?: [\w/.-]+\.\w+)?)",
    re.I,
)
PATH = make_regex(r"(?<![\w.:])((?:/[\w.-]+){2,})")
NAME = make_regex(
    r"\b(?:service|unit|daemon|app|bot)s? (?:file )?(?:called|named|for)?\s?(?:an? |the |my )?"
    r"(?:\w+ )?(?:called |named )?[`\"']?(?!(?:that|which|for|called|named|file|to|with|runs?)\b)"
    r"([a-z][\w.-]{1,40})[`\"']?",
    re.I,
)
USER = make_regex(
    r"\b(?:as|user) (?:the )?(?:user )?[`\"']?(?!(?:a|an|the"
    r"|root access)\b)([a-z_][\w-]{1,20})[`\"']?(?: user)?",
    re.I,
)


def write_unit(text: str) -> str:
    """Return a unit of systemd that runs the command of a text."""
    runs, path, name = RUNS.search(text), PATH.search(text), NAME.search(text)
    command = (runs[1] if runs else path[1] if path else "/usr/local/bin/app").rstrip(".,")
    label = name[1] if name else "app"
    if re.search(r"\btimer\b", text, re.I):
        unit = re.search(r"\b([\w-]+\.service)\b", text)
        often = next(
            (word for word in ("hourly", "weekly", "monthly") if word in text.lower()), "daily"
        )
        often = "hourly" if "every hour" in text.lower() else often
        return (
            f"[Unit]\nDescription=Run {unit[1] if unit else label}\n\n[Timer]\nOnCalendar={often}\n"
            f"Unit={unit[1] if unit else f'{label}.service'}\nPersistent=true\n\n[Install]\n"
            f"WantedBy=timers.target"
        )
    user = USER.search(text)
    restart = "always" if re.search(r"\balways\b|automatically", text, re.I) else "on-failure"
    rows = [f"ExecStart={command}", f"Restart={restart}", "RestartSec=5"]
    if user and re.search(r"\buser\b", text, re.I):
        rows.insert(0, f"User={user[1]}")
    return (
        f"[Unit]\nDescription={label}\nAfter=network-online.target\n\n[Service]\nType=simple\n"
        + "\n".join(rows)
        + "\n\n[Install]\nWantedBy=multi-user.target"
    )


HOSTS = make_regex(
    r"\b(?:hosts?|servers?|machines?)\b[^.\n]{0,20}?\b(?:group|in|called"
    r"|named)\s(?:the )?(?:group )?[`\"']?(\w+)"
    r"|\bgroup [`\"']?(\w+)|\b(?:all|the) (\w+servers|hosts)\b"
)
INSTALLS = make_regex(
    r"\binstall(?:s|ing)?\s(?:the )?(?:packages? )?((?:[\w.+-]+(?:, | and |, and ))*[\w.+-]+)", re.I
)
COPIED = make_regex(
    r"\bcop(?:y|ies) (?:the (?:file )?)?[`\"']?([\w./-]+)[`\"']? to [`\"']?(/[\w./-]+)"
)
RESTARTED = make_regex(r"\brestarts? (?:the )?(?:service )?[`\"']?([a-z][\w-]*)")
NOT_PACKAGES = frozenset(
    "and the a an it on latest package packages starts start enables enable runs run configures"
    " then with copies creates ensures".split()
)


def write_playbook(text: str) -> str:
    """Return a playbook of Ansible for the hosts and the packages of a text."""
    hosts, installs = HOSTS.search(text), INSTALLS.search(text)
    group = next(filter(None, hosts.groups()), "all") if hosts else "all"
    names = [
        name
        for name in re.findall(r"[\w.+-]+", installs[1] if installs else "nginx")
        if name not in NOT_PACKAGES
    ]
    tasks = "".join(
        f"    - name: Install {name}\n      ansible.builtin.package:\n        name: {name}\n"
        "        state: present\n"
        for name in names
    )
    if copied := COPIED.search(text):
        names = [] if installs is None else names
        tasks = tasks if names else ""
        tasks += (
            f"    - name: Copy {copied[1]}\n      ansible.builtin.copy:\n        src: {copied[1]}\n"
            f"        dest: {copied[2].rstrip('.,')}\n"
        )
    if restarted := RESTARTED.search(text):
        tasks += (
            f"    - name: Restart {restarted[1]}\n      ansible.builtin.service:\n        name: "
            f"{restarted[1]}\n        state: restarted\n"
        )
    elif re.search(r"\bservice\b|\bstart|\benabl", text, re.I) and names:
        tasks += (
            f"    - name: Start {names[0]}\n      ansible.builtin.service:\n        name: "
            f"{names[0]}\n        state: started\n        enabled: true\n"
        )
    return (
        f"- name: Set up {' and '.join(names) or 'the servers'}\n  hosts: {group}\n  become: "
        f"true\n  tasks:\n"
        f"{tasks.rstrip()}"
    )


JOBS = make_regex(
    r"\b(?:jobs?|stages?):? ((?:[a-z]\w+(?:, | and |, and |→| -> )){1,6}[a-z]\w+)", re.I
)


def write_gitlab(text: str) -> str:
    """Return a pipeline of GitLab with the stages of a text."""
    listed = JOBS.search(text)
    names = re.findall(r"[a-z]\w+", listed[1]) if listed else []
    names = (
        [name for name in names if name != "and"]
        or [word for word in ("lint", "test", "build", "deploy") if word in text.lower()]
        or ["test"]
    )
    is_python = re.search(r"\bpython|pytest", text, re.I)
    image, run = ("python:3.12", "pytest") if is_python else ("node:22", "npm run")
    rows = "\n\n".join(
        f"{name}:\n  stage: {name}\n  image: {image}\n  script:\n"
        f"    - {run if is_python else f'{run} {name}'}"
        for name in names
    )
    stages = "".join(f"\n  - {name}" for name in names)
    return f"stages:{stages}\n\n{rows}"


STAGES = make_regex(
    r"\b(?:stages?:? |with |for )((?:[a-z]\w+, )*[a-z]\w+,? (?:and )?[a-z]\w+)(?: stages?)?\b", re.I
)
USUAL_STEPS = {
    "build": "make build",
    "test": "make test",
    "deploy": "./deploy.sh",
    "lint": "make lint",
}


def write_jenkinsfile(text: str) -> str:
    """Return a pipeline of Jenkins with the stages of a text."""
    listed = STAGES.search(text)
    names = re.findall(r"[a-z]\w+", listed[1].lower()) if listed else []
    names = [name for name in names if name not in ("and", "stage", "stages", "the")]
    rows = "\n".join(
        f"        stage('{name.capitalize()}') {{\n            steps {{\n"
        f"                sh '{USUAL_STEPS.get(name, f'make {name}')}'\n            }}\n        }}"
        for name in names or ["build", "test"]
    )
    return f"pipeline {{\n    agent any\n    stages {{\n{rows}\n    }}\n}}"


OPENAPI_PATH = make_regex(
    r"\b(GET|POST|PUT|DELETE|PATCH)\b[^/\n]{0,12}(/[\w/{}-]+)|(?<!\w)(/[a-z][\w/{}-]+)"
)


def write_operations(methods: list[str]) -> str:
    return "".join(
        f"    {method}:\n      responses:\n        '{'201' if method == 'post' else '200'}':\n"
        "          description: OK\n"
        for method in dict.fromkeys(methods)
    )


def write_openapi(text: str) -> str:
    """Return a description of an API with the paths of a text."""
    found = [(match[1] or "GET", match[2] or match[3]) for match in OPENAPI_PATH.finditer(text)]
    methods: dict[str, list[str]] = {}
    for method, path in found:
        methods.setdefault(path, []).append(method.lower())
    rows = "".join(f"  {path}:\n{write_operations(listed)}" for path, listed in methods.items())
    head = "openapi: 3.1.0\ninfo:\n  title: API\n  version: 1.0.0\npaths:\n"
    return f"{head}{rows or EMPTY_PATH}".rstrip()


EMPTY_PATH = "  /items:\n    get:\n      responses: {}\n"


FILES = (
    (make_regex(r"\bansible\b|\bplaybook\b", re.I), write_playbook),
    (make_regex(r"\bgitlab\b", re.I), write_gitlab),
    (make_regex(r"\bopen ?api\b|\bswagger\b", re.I), write_openapi),
)


def write_config(text: str) -> str:
    """Return a configuration file that a text names; empty for other files."""
    return next((write(text) for pattern, write in FILES if pattern.search(text)), "")
