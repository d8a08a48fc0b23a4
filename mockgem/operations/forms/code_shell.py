"""Scripts of Bash and PowerShell for usual tasks."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

RENAMES = make_regex(
    r"\.(\w{1,6})\b[^.\n]{0,50}?\b(?:to|into|as|in|a|en|nach|naar"
    r"|para)\b[^.\n]{0,12}?\.(\w{1,6})\b",
    re.I,
)
FOLDER = make_regex(r"(?<![\w.:/])(/[\w./-]{1,60}|\./[\w./-]{1,60}|~/[\w./-]{1,60})")
SCRIPTS: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:convert\w*|umwandel\w*|konvertier\w*|conviert\w+|convertir\w*|converte\w*"
        r"|trasforma\w*|omzet\w*)\b",
        'for file in *.{old}; do\n  convert "$file" "${{file%.{old}}}.{new}"\ndone',
    ),
    (
        r"\brenam\w+",
        'for file in *.{old}; do\n  mv -- "$file" "${{file%.{old}}}.{new}"\ndone',
    ),
    (
        r"\b(?:is|isn['’]t|not) (?:running|active|up)\b[^.\n]{0,40}\b(?:restart|start)"
        r"|\brestart\w* [^.\n]{0,30}\bif\b",
        'service="{service}"\n\nif ! systemctl is-active --quiet "$service"; then\n'
        '  systemctl restart "$service"\n  echo "Restarted $service"\nfi',
    ),
    (
        r"\bdisk\b|\bspace\b",
        "limit={limit}\n\ndf -P | tail -n +2 | while read -r device _ _ _ used mount; do\n"
        '  if [ "${{used%\\%}}" -gt "$limit" ]; then\n    echo "$mount is at $used"\n  fi\ndone',
    ),
    (
        r"\b(?:delete|remove|clean)\w*[^.\n]{0,60}\bolder\b|\bolder than\b",
        'folder="${{1:-{folder}}}"\n\nfind "$folder" -type f -name \'*{ending}\' -mtime '
        "+{days} -delete",
    ),
    (
        r"\b(?:file|folder|directory) exists?\b|\bif (?:a|the) file\b",
        'path="${{1:?Give a path}}"\n\nif [ -e "$path" ]; then\n  echo "$path exists"\nelse\n'
        '  echo "$path does not exist"\n  exit 1\nfi',
    ),
    (
        r"\b(?:website|url|server|site|host|service) (?:is )?(?:up|down|reachable|running"
        r"|available)\b|\bhealth ?check|\bping\b",
        'url="${{1:-{url}}}"\n\nif curl -fsS -o /dev/null "$url"; then\n  echo "$url is up"\nelse\n'
        '  echo "$url is down"\n  exit 1\nfi',
    ),
    (
        r"\bread\w*[^.\n]{0,30}\b(?:file|lines?)\b|line by line",
        'while IFS= read -r line; do\n  echo "$line"\ndone < "${{1:?Give a file}}"',
    ),
    (
        r"\bcount\w*[^.\n]{0,12}\blines\b|\b(?:number of|how many) lines\b",
        'folder="${{1:-{folder}}}"\n\nfind "$folder" -type f{name} -print0 | xargs -0 cat | wc -l',
    ),
    (
        r"\b(?:count\w*|number of|how many)[^.\n]{0,30}\b(?:files|words)\b",
        'folder="${{1:-{folder}}}"\n\nfind "$folder" -type f{name} | wc -l',
    ),
    (
        r"\b(?:loop|iterat\w+|each|every|all)\b[^.\n]{0,40}\bfiles?\b"
        r"|\b(?:affich\w+|list\w*|zeig\w*|muestr\w+|mostr\w+|elenc\w+|auflist\w*)\b[^.\n]{0,30}"
        r"\b(?:fichiers?|archivos?|ficheros?|dateien|arquivos?|file)\b"
        r"|\blists?\b[^.\n]{0,20}\bfiles\b",
        'for file in {folder}/*{ending}; do\n  echo "$file"\ndone',
    ),
    (
        r"\b(?:print|show|display|affich\w+|zeig\w*|muestr\w+|mostr\w+|stamp\w+)\b[^.\n]{0,20}"
        r"\b(?:date|time|datum|uhrzeit|fecha|hora|heure|data)\b",
        "date '+%Y-%m-%d %H:%M:%S'",
    ),
    (
        r"\b(?:hello|greet\w*|name)\b",
        'name="${{1:-World}}"\necho "Hello, $name!"',
    ),
    (
        r"\bdeploy\w*|\bdocker\b",
        "git pull --ff-only\ndocker compose build\ndocker compose up --detach",
    ),
    (
        r"\b(?:from|between)? ?1 to (?:\d+)|\bnumbers\b",
        'for number in $(seq 1 {last}); do\n  echo "$number"\ndone',
    ),
    (
        r"\b(?:mysql|postgres\w*|database)\b",
        'database="${{1:?Give a database}}"\n\npg_dump "$database" '
        '| gzip > "$database-$(date +%F).sql.gz"',
    ),
)
SERVICE = make_regex(
    r"\b(?:if|whether|service|that|process) (?:the )?(?:service )?[`\"']?(?!(?:it|is|the"
    r"|a)\b)([a-z][\w.-]{1,30})[`\"']? (?:service )?(?:is|isn)"
)
HEAD = "#!/usr/bin/env bash\nset -euo pipefail\n\n"


ADDRESSES = make_regex(
    r"\b((?:\d{1,3}\.){3})(\d{1,3}) ?(?:to|-|through|bis|a) ?(?:(?:\d{1,3}\.){3})?(\d{1,3})\b"
)


ALL_FILES = make_regex(
    r"\b(?:all|every|over) (?:the )?\.?([a-z]{2,4}\d?) (?:files?|images?)\b[^.\n]{0,40}"
    r"\b(?:to|into) \.?([a-z]{2,4}\d?)\b",
    re.I,
)
"""Two endings of files without dots: "all png files to jpg"."""


def write_shell_script(text: str) -> str:
    """Return the script of a usual task; empty for other prompts."""
    if addresses := ADDRESSES.search(text):
        return (
            f"{HEAD}for host in $(seq {addresses[2]} {addresses[3]}); do\n"
            f'  ping -c 1 -W 1 "{addresses[1]}$host" > /dev/null && echo "{addresses[1]}$host '
            f'is up"\ndone'
        )
    if (
        re.search(r"\bback(?:s|ing)? ?up|\bbackup|\bcopy\b|\barchive", text, re.I)
        and "database" not in text
    ):
        return ""
    source = next((row for pattern, row in SCRIPTS if re.search(pattern, text, re.I)), "")
    if not source:
        return ""
    renamed, folder = RENAMES.search(text) or ALL_FILES.search(text), FOLDER.search(text)
    ending = re.search(r"(?<!\w)(?:\*)?(\.\w{1,6})\b(?: files?)?", text)
    days, last = re.search(r"(\d{1,4}) days", text), re.search(r"\bto (\d{1,6})", text)
    url = re.search(r"https?://[^\s\"'<>]{3,200}", text)
    shown = ending[1] if ending else ""
    named, limit = SERVICE.search(text), re.search(r"\b(\d{1,3}) ?(?:%|percent)", text)
    return HEAD + source.format(
        old=renamed[1] if renamed else "txt",
        new=renamed[2] if renamed else "md",
        folder=folder[1].rstrip("./") if folder else ".",
        ending=shown,
        name=f" -name '*{shown}'" if shown else "",
        days=days[1] if days else "7",
        last=last[1] if last else "10",
        limit=limit[1] if limit else "80",
        service=named[1] if named else "app",
        url=url[0].rstrip(".,") if url else "https://example.com",
    )


POWERSHELL: tuple[tuple[str, str], ...] = (
    (r"\bservices?\b", "Get-Service | Where-Object Status -eq 'Running' | Sort-Object DisplayName"),
    (
        r"\b(?:bigger|larger|more|over|above|exceed\w*)\b[^.\n]{0,10}\d ?[KMG]B\b",
        "Get-ChildItem -Path . -Recurse -File | Where-Object Length -gt <size>",
    ),
    (
        r"\b(?:largest|biggest)\b|\b(?:list|find|show|get|count)\b[^.\n]{0,40}\b(?:files?|folder)",
        "Get-ChildItem -Path . -Recurse -File | Sort-Object Length -Descending"
        " | Select-Object -First 10 FullName, Length",
    ),
    (r"\bprocess", "Get-Process | Sort-Object CPU -Descending | Select-Object -First 10"),
    (
        r"\b(?:users?|active directory)\b",
        ("Get-ADUser -Filter * | Select-Object Name, SamAccountName"),
    ),
    (r"\bdisk|\bspace\b", "Get-PSDrive -PSProvider FileSystem | Select-Object Name, Used, Free"),
    (
        r"\brenam\w+",
        ("Get-ChildItem *.txt | Rename-Item -NewName {{ $_.Name -replace '\\.txt$', '.md' }}"),
    ),
    (
        r"\b(?:delete|remove)",
        (
            "Get-ChildItem -Path . -Recurse -File "
            "|\n    Where-Object LastWriteTime -lt (Get-Date).AddDays(-30) |\n    Remove-Item"
        ),
    ),
    (r"\bcsv\b", "Import-Csv -Path .\\data.csv | Format-Table"),
)


WINDOWS_FOLDER = make_regex(r"\b[A-Z]:\\[\w\\-]*\w")


def write_powershell(text: str) -> str:
    """Return the command of a usual task; empty for other prompts."""
    if "function" in text.lower():
        return ""
    found = next((row for pattern, row in POWERSHELL if re.search(pattern, text, re.I)), "")
    folder, count = WINDOWS_FOLDER.search(text), re.search(r"\b(\d{1,3}) (?:largest|biggest)", text)
    found = found.replace("-Path . ", f"-Path {folder[0]} ") if folder else found
    size = re.search(r"\b(\d{1,5}) ?([KMG]B)\b", text, re.I)
    found = found.replace("<size>", f"{size[1]}{size[2].upper()}") if size else found
    if re.search(r"\bstopped\b|arrêt|gestopp|angehalten|detenid|fermat|ferm", text, re.I):
        found = found.replace("'Running'", "'Stopped'")
    found = found.replace("-First 10", f"-First {count[1]}") if count else found
    return found.replace("{{", "{").replace("}}", "}")
