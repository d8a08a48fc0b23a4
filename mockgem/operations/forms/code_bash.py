"""Commands and scripts of a shell for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest


def write_bash_line(request: CodeRequest) -> str:
    """Return a single command."""
    lower = request.text.lower()
    if size := re.search(r"(\d{1,6})\s?([kmg])b?\b", lower):
        return f"find . -type f -size +{size[1]}{size[2].upper()}"
    match = re.search(r"\.(\w{1,6})\b files?|\b(\w{1,6}) files", lower)
    ending = next(filter(None, match.groups())) if match else ""
    pattern = f" -name '*.{ending}'" if ending not in ("", "all", "the", "large", "big") else ""
    if "delete" in lower or "remove" in lower:
        return f"find . -type f{pattern} -delete"
    return f"find . -type f{pattern} -print"


def write_bash(request: CodeRequest) -> str:
    if url := re.search(r"https?://[^\s\"'<>]{3,200}", request.text):
        body = " -H 'Content-Type: application/json' -d '{\"name\": \"example\"}'"
        return f"curl -sS{body if 'post' in request.text.lower() else ''} '{url[0].rstrip('.,')}'"
    if "cron" in request.text.lower():
        hour = re.search(r"\bat (\d{1,2})", request.text)
        return f"0 {int(hour[1]) if hour else 3} * * * /usr/local/bin/backup.sh"
    if "kubectl" in request.text:
        verb = "delete" if "delete" in request.text.lower() else "get"
        return f"kubectl {verb} pods --all-namespaces"
    if request.kind == "command" and "count" not in request.text.lower():
        return write_bash_line(request)
    paths = re.findall(r"(?<![\w.])/[\w./-]{1,60}", request.text)
    if "count" in request.text.lower() and re.search(r"\.\w+ files|lines", request.text):
        match = re.search(r"\.(\w{1,6}) files", request.text)
        return f"find . -name '*.{match[1] if match else 'txt'}' -print0 | xargs -0 cat | wc -l"
    source = paths[0] if paths else "./data"
    target = paths[1] if len(paths) > 1 else "./backup"
    return (
        f'#!/usr/bin/env bash\nset -euo pipefail\n\nsource_folder="{source}"\ntarget_folder='
        f'"{target}"\n\nmkdir -p "$target_folder"\ntar -czf "$target_folder/$(date '
        '+%F).tar.gz" "$source_folder"\necho "Saved $source_folder to $target_folder"'
    )
