"""Scripts that save a database or a folder, or copy files."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_shell import FOLDER
from mockgem.operations.forms.lazy_patterns import make_regex

DUMPS = (
    (r"mysql|mariadb", 'mysqldump "$database" | gzip > "$file"'),
    (r"mongo", 'mongodump --db "$database" --gzip --archive="$file"'),
    (r"sqlite", 'sqlite3 "$database" .dump | gzip > "$file"'),
    (r"postgres|\bpg\b|database", 'pg_dump "$database" | gzip > "$file"'),
)


def write_dump(request: CodeRequest) -> str:
    """Return a script that saves a database, and copies it where a prompt wants it."""
    text = request.text
    dump = next((row for pattern, row in DUMPS if re.search(pattern, text, re.I)), "")
    if not dump or not BACKUP.search(text):
        return ""
    days, folder = re.search(r"\b(\d{1,4}) days", text), FOLDER.search(text)
    named = re.search(
        r"\bdatabase (?:called |named )?[`\"']?(?!(?:to|and|called|named)\b)(\w+)", text
    )
    rows = [
        f'database="${{1:-{named[1] if named else "app"}}}"',
        f'folder="{folder[1] if folder else "/var/backups"}"',
        'file="$folder/$database-$(date +%F).sql.gz"',
        '\nmkdir -p "$folder"',
        dump,
    ]
    if re.search(r"\bs3\b|\baws\b", text, re.I):
        rows.append('aws s3 cp "$file" "s3://${S3_BUCKET:?Set S3_BUCKET}/"')
    if days:
        rows.append(f'find "$folder" -name "$database-*.sql.gz" -mtime +{days[1]} -delete')
    return "#!/usr/bin/env bash\nset -euo pipefail\n\n" + "\n".join(rows)


BACKUP = make_regex(
    r"\bback(?:s|ing)?[- ]?ups?\b|\barchiv|\bcop(?:y|ies)\b|\btar|\bsave|sicher|respald"
    r"|sauvegard|copia",
    re.I,
)


OLDER = make_regex(
    r"\b(?:delet\w+|remov\w+|older|keep\w*|prun\w+|rotat\w+|cleans?)\b"
    r"[^.\n]{0,60}?\b(\d{1,4})[ -]days?",
    re.I,
)
"""How long backups are kept."""
COPIES = make_regex(
    r"(?=[^\n]*\b(?:cop(?:y|ies|ia|iar|ie)|kopier\w*))[^\n]*?\b(pdf|jpe?g|png|txt|csv|log|json"
    r"|mp3|mp4|docx|xml)\b",
    re.I,
)


TAKES_FOLDER = make_regex(
    r"\b(?:directory|folder|path)\b[^.\n]{0,30}\b(?:as|is) (?:an?|the|its)? ?(?:first "
    r"|only )?(?:command[- ]line )?argument\b"
    r"|\bfirst argument\b|\$1\b",
    re.I,
)
"""A folder that the caller names."""


def write_backup(request: CodeRequest) -> str:
    """Return a script that packs a folder, or one that shows its arguments for other wishes."""
    if not BACKUP.search(request.text):
        return (
            '#!/usr/bin/env bash\nset -euo pipefail\n\ninput="${1:?Usage: $0 INPUT}"\n\n'
            'for item in "$input"/*; do\n  echo "$item"\ndone'
        )
    paths = re.findall(r"(?<![\w.])/[\w./-]{1,60}", request.text)
    if copied := COPIES.search(request.text):
        named = re.search(
            r"\b(?:folder|ordner|carpeta|dossier|cartella|directory) (?:called |named |namens )?"
            r"[`\"']?([\w-]{2,30})",
            request.text,
            re.I,
        )
        folder = paths[-1] if paths else named[1] if named else "backup"
        return (
            f'#!/usr/bin/env bash\nset -euo pipefail\n\ntarget="{folder}"\n\nmkdir -p "$target"\n'
            f'cp -- *.{copied[1].lower()} "$target"/\necho "Copied to $target"'
        )
    if TAKES_FOLDER.search(request.text):
        folder = paths[0] if paths else "./backup"
        return (
            "#!/usr/bin/env bash\nset -euo pipefail\n\nif [ $# -lt 1 ]; then\n"
            '  echo "Usage: $0 DIRECTORY" >&2\n  exit 1\nfi\n\nsource_folder="$1"\n'
            f'target_folder="{folder}"\n\nmkdir -p "$target_folder"\n'
            'name="$(basename "$source_folder")-$(date +%F)"\n'
            'tar -czf "$target_folder/$name.tar.gz" "$source_folder"\n'
            'echo "Saved $source_folder to $target_folder"'
        )
    source = paths[0] if paths else "./data"
    target = paths[1] if len(paths) > 1 else "./backup"
    days = OLDER.search(request.text)
    clean = f"\nfind \"$target_folder\" -name '*.tar.gz' -mtime +{days[1]} -delete" if days else ""
    stamp = "%F-%H%M%S" if "timestamp" in request.text.lower() else "%F"
    return (
        f'#!/usr/bin/env bash\nset -euo pipefail\n\nsource_folder="{source}"\ntarget_folder='
        f'"{target}"\n\nmkdir -p "$target_folder"\ntar -czf "$target_folder/$(date '
        f'+{stamp}).tar.gz" "$source_folder"{clean}\necho "Saved $source_folder to $target_folder"'
    )
