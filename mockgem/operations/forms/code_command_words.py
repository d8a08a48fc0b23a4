"""What a command of a shell does: its tool, its options and what it works on."""

from __future__ import annotations

import re
import shlex

from mockgem.operations.forms.lazy_patterns import make_regex

TOOLS = {
    "tar": "packs or unpacks archives",
    "grep": "prints the lines that match a pattern",
    "find": "looks for files below a folder",
    "sed": "changes text line by line",
    "awk": "works on the columns of text",
    "chmod": "changes who may read, write or run a file",
    "chown": "changes the owner of a file",
    "ls": "lists files",
    "rm": "removes files",
    "cp": "copies files",
    "mv": "moves or renames files",
    "ps": "lists processes",
    "kill": "sends a signal to a process",
    "curl": "sends a request to a server",
    "wget": "downloads a file",
    "ssh": "opens a shell on another machine",
    "scp": "copies files to or from another machine",
    "rsync": "copies the files that differ between two places",
    "du": "shows how much space folders take",
    "df": "shows the free space of disks",
    "git": "works on the repository in this folder",
    "docker": "works on containers and images",
    "kubectl": "works on the objects of a cluster",
    "npm": "manages the packages of a project",
    "pip": "manages Python packages",
    "xargs": "runs a command with the lines of its input",
    "sort": "sorts lines",
    "uniq": "joins equal lines that follow each other",
    "cut": "keeps some columns of each line",
    "head": "prints the first lines",
    "tail": "prints the last lines",
    "wc": "counts lines, words and bytes",
    "cat": "prints files",
    "crontab": "edits the schedule of a user",
    "systemctl": "controls services",
    "ln": "makes a link",
    "mkdir": "makes a folder",
    "export": "sets a variable of the environment",
    "openssl": "works on keys and certificates",
    "ffmpeg": "converts sound and video",
    "lsof": "lists open files and ports",
    "netstat": "lists network connections",
    "sudo": "runs a command as the administrator",
}
PARTS = {
    ("git", "rebase"): "moves commits onto another base",
    ("git", "reset"): "moves the branch to another commit",
    ("git", "stash"): "puts changes aside",
    ("git", "cherry-pick"): "applies a commit again on this branch",
    ("git", "merge"): "joins another branch into this one",
    ("git", "commit"): "records changes",
    ("git", "checkout"): "switches to a branch or restores files",
    ("git", "clone"): "copies a repository",
    ("git", "pull"): "fetches changes and joins them into the branch",
    ("git", "push"): "sends commits to another repository",
    ("docker", "run"): "starts a container from an image",
    ("docker", "build"): "builds an image",
    ("docker", "exec"): "runs a command in a container",
    ("kubectl", "apply"): "creates or updates objects from a file",
    ("kubectl", "get"): "lists objects",
}
COMMAND = make_regex(
    rf"(?:`|:\s+|\$ |\n|\bdoes |\A)((?:sudo )?(?:{'|'.join(TOOLS)})(?: [^\n`]{{1,200}}?)?)(?=`"
    rf"|\n|\?|\Z"
    r"| do\b| mean\b| work\b)"
)


def explain_command(text: str) -> str:
    """Return sentences about the command in a text; empty without one."""
    match = COMMAND.search(text)
    if match is None or " " not in match[1].strip():
        return ""
    line = match[1].strip().rstrip(".,")
    parts = [say_part(part.strip()) for part in re.split(r"\s\|\s", line)[:5]]
    sentences = [f"`{line}` {parts[0]}."]
    sentences += [f"Its output goes to the next command, which {part}." for part in parts[1:]]
    return " ".join(sentences)


def say_part(command: str) -> str:
    """Return what one command of a pipe does."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    words = words[1:] if words[:1] == ["sudo"] and len(words) > 1 else words
    tool, rest = words[0], words[1:]
    about = TOOLS.get(tool, "runs a program")
    if rest and (tool, rest[0]) in PARTS:
        about, rest = PARTS[tool, rest[0]], rest[1:]
    options = [f"`{word}`" for word in rest if word.startswith("-")][:4]
    others = [f"`{word}`" for word in rest if not word.startswith("-")][:3]
    said = about
    if options:
        said += f", with the option{'s' if len(options) > 1 else ''} {' and '.join(options)}"
    return said + (f", and it works on {' and '.join(others)}" if others else "")
