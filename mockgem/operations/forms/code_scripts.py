"""Python scripts that work on files: rename, move, copy, read, count them."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

ENDING = make_regex(
    r"(?<!\w)\*?(\.[a-z]\w{1,7})\b|\b(?:all |the |every |each )(?:of )?(?:the |my )?"
    r"(jpe?g|png|gif|webp|txt|csv|pdf|mp3|mp4|log|json|xml|html|docx|xlsx)s?"
    r"(?= (?:files?|images?|in)\b)",
    re.I,
)
NEW_ENDING = make_regex(r"\b(?:to|into|as) (?:have )?(?:the )?(?:\w+ )?\*?(\.[a-z]\w{1,5})\b", re.I)
NUMBERED = make_regex(
    r"\b(?:to|as|like|into) [\"'`]?([a-z]\w{0,20}?[_-]?)(0*1)(\.\w{2,5})?\b", re.I
)
"""The first of the new names: "photo_1.jpg"."""
FOLDER = make_regex(
    r"\b(?:folder|directory|ordner|carpeta|dossier|map|cartella|pasta)\s(?:(?:called|named|namens) "
    r"[\"'`]?|[\"'`]|(?=\w+(?: by| and|,|\.|\Z)))([\w./~-]{2,40})|(?<![\w:/.])((?:~"
    r"|\.{1,2})?/[\w./-]{1,60})"
)
STEPS: tuple[tuple[str, str], ...] = (
    (
        r"\brenam|umbenenn|renombr|renomm|hernoem|rinomin|renome|zmie[nń]\w* nazw"
        r"|переимен|重命名|名前",
        '    path.rename(path.with_name(f"{number:03}_{path.name}"))',
    ),
    (
        r"\bresiz|\bthumbnail|\bcompress\w* (?:the )?images?",
        "    image = Image.open(path)\n    image.thumbnail((800, 800))\n    image.save(path)",
    ),
    (
        r"\bmov(?:e|es|ing)\b|\bsort\w* files|organi[sz]|verschieb|mueve|mover|déplace|sposta"
        r"|verplaats",
        '    target = folder / path.suffix.lstrip(".")\n    target.mkdir(exist_ok=True)\n'
        "    path.rename(target / path.name)",
    ),
    (
        r"\bcop(?:y|ies)\b|\bback ?up|kopier|copia|sauvegard|sicher",
        '    target = Path("backup")\n    target.mkdir(exist_ok=True)\n    shutil.copy2(path, '
        "target)",
    ),
    (r"\bdelet|\bremov|lösch|borra|elimina|supprim|verwijder|usuń", "    path.unlink()"),
    (
        r"\bcount|zähl|cuenta|compte|conta\b|tel\b|policz",
        '    print(path.name, len(path.read_text(encoding="utf-8").split()))',
    ),
    (
        r"\bduplicates?\b|duplikat|doublon",
        "    digest = hashlib.sha256(path.read_bytes()).hexdigest()\n"
        "    if digest in seen:\n        print(path, seen[digest])\n    seen[digest] = path",
    ),
    (
        r"\bmerg|\bcombin|\bconcatenat|zusammenführ|fusion|combina",
        '    with open("combined.txt", "a", encoding="utf-8") as target:\n'
        '        target.write(path.read_text(encoding="utf-8"))',
    ),
)
PREFIX = make_regex(r"\bprefix (?:of |called )?[\"'`“]([\w.-]{1,30})")
FILES = make_regex(
    r"\bfiles?\b|\bimages?\b|\bphotos?\b|\bpdfs?\b|datei|archivos?|ficheros?|fichiers?|bestand"
    r"|files?\b"
    r"|arquivos?|plik|файл|文件|ファイル|\bfolder\b|\bdirectory\b",
    re.I,
)
LINES = make_regex(r"\blines\b", re.I)
NAMED_FILE = make_regex(r"\b[\w-]{1,40}\.(?:txt|csv|log|md|json)\b", re.I)
FOLDERS = make_regex(r"\bfiles\b|\bfolder\b|\bdirectory\b", re.I)
IMPORTS = (
    ("Image.", "from PIL import Image"),
    ("shutil.", "import shutil"),
    ("hashlib.", "import hashlib"),
)


def write_file_script(text: str) -> str:
    """Return a script that goes through files; empty for other prompts."""
    is_one = LINES.search(text) or NAMED_FILE.search(text)
    if FILES.search(text) is None or (is_one and not FOLDERS.search(text)):
        return ""
    step = next((row for pattern, row in STEPS if re.search(pattern, text, re.I)), "")
    if not step:
        return ""
    ending, named = ENDING.search(text), FOLDER.search(text)
    folder = next(filter(None, named.groups())) if named else "."
    imports = [line for mark, line in IMPORTS if mark in step and line.startswith("import")]
    others = [line for mark, line in IMPORTS if mark in step and line.startswith("from")]
    if "number:03" in step:
        step = rename_as_told(step, text)
    if prefix := PREFIX.search(text):
        step = step.replace('f"{number:03}_{path.name}"', f'f"{prefix[1]}{{path.name}}"')
    head = "\n".join([*imports, "from pathlib import Path", *([""] if others else []), *others])
    seen = "seen = {}\n" if "seen" in step else ""
    loop = "number, path in enumerate(sorted({}), 1)" if "number" in step else "path in sorted({})"
    pattern = f"*{ending[1] or f'.{ending[2]}'}" if ending else "*.*"
    source = loop.format(f'folder.glob("{pattern}")')
    return f'{head}\n\nfolder = Path("{folder}")\n{seen}for {source}:\n{step}'


def rename_as_told(step: str, text: str) -> str:
    """Return the step that gives the files the new ending or the numbered names of a text."""
    if numbered := NUMBERED.search(text):
        places = f":0{len(numbered[2])}" if len(numbered[2]) > 1 else ""
        name = f'f"{numbered[1]}{{number{places}}}{{path.suffix}}"'
        return f"    path.rename(path.with_name({name}))"
    if ending := NEW_ENDING.search(text):
        return f'    path.rename(path.with_suffix("{ending[1]}"))'
    return step
