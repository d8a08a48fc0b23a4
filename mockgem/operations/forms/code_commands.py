"""Single commands of a shell, with the words, files and folders that a prompt names."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

Q = r"[\"'`“”]?"
REPLACED = make_regex(
    r"\b(?:replac\w+|substitut\w+|chang\w+|swap\w*|ersetz\w*|reempla\w+|remplac\w+"
    r"|sostitui\w+)\s(?:all |every |each |occurrences? of |instances? of |the |word |string "
    rf"|text |todas las |jede[ns]? |alle ){{0,5}}{Q}([^\s\"'`“”]{{1,40}}){Q}\s(?:\w+ )?(?:with|by"
    rf"|to|into|durch|por|par|con|mit)\s(?:the |word ){{0,2}}{Q}([^\s\"'`“”,.]{{1,40}}){Q}",
    re.I,
)
CONTAINED = make_regex(
    rf"\b(?:contain\w*|match\w*|includ\w+|with|for|mention\w*|that have|says?|enthalten|contien\w+"
    rf"|contengan?|mit|con|avec)\s(?:the |a |an |word |string |text |pattern |das |wort |palabra"
    rf" |mot ){{0,4}}{Q}(?!(?:the|more|each|all|every|files?|lines?|a|in)\b)"
    rf"([\w.:@-]{{2,40}}){Q}",
    re.I,
)
CODE_WORD = make_regex(r"[\"'`“]([^\"'`”\n]{1,40})[\"'`”]|\b([A-Z]{3,20}(?:_[A-Z]+)?)\b")
FILE = make_regex(
    r"(?<![\w*.])((?:[~.]{0,2}/)?(?:[\w-]+/){0,6}[\w-]+(?:\.[\w-]+)?\.[a-z]\w{0,8})\b"
)
FOLDER = make_regex(r"(?<![\w:/.])((?:~|\.{1,2})?/[\w./-]{1,60}|~(?=[\s?.,]|\Z))")
ENDING = make_regex(
    r"(?<![\w/])\*?(\.[a-z]\w{0,7})\b(?=[ -]?(?:files?|images?|dateien|archivos"
    r"|fichiers|logs?|in\b|under\b|from\b|[,.?]|\Z))"
)
NAMED = make_regex(
    r"(?<![\w/])(\.DS_Store|node_modules|__pycache__|\.git|Thumbs\.db|\.pyc|dist|target|venv)\b"
)
AMOUNT = make_regex(r"\b(?:last|first|top|the) (\d{1,5})\b|\b(\d{1,5}) (?:\w+ )?(?:lines|files)")
FILE_ENDINGS = {
    "python": ".py",
    "javascript": ".js",
    "typescript": ".ts",
    "java": ".java",
    "go": ".go",
    "markdown": ".md",
    "text": ".txt",
    "log": ".log",
    "csv": ".csv",
    "json": ".json",
    "yaml": ".yaml",
    "pdf": ".pdf",
    "png": ".png",
    "jpg": ".jpg",
    "html": ".html",
    "css": ".css",
}
FILE_KIND = make_regex(rf"\b({'|'.join(FILE_ENDINGS)}) (?:files?|dateien|archivos|images?)\b", re.I)
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


@frozen
class ShellTask:
    """What a prompt for a command names: a word to find, a file, a folder, an ending, a number."""

    text: str
    word: str
    file: str
    folder: str
    ending: str
    amount: str

    @property
    def place(self) -> str:
        """The file, else the folder."""
        return self.file or self.folder

    @property
    def names(self) -> str:
        """The option of find for the names that are meant; empty for all files."""
        named = NAMED.search(self.text)
        name = named[1] if named else f"*{self.ending}" if self.ending else ""
        return f" -name '{name}'" if name else ""


OWN_FOLDER = make_regex(
    r"\b(?:folder|directory) (?:called |named )?[`\"']?(?!(?:and|that|into|to|in|with|is|by|tree"
    r"|recursively|from|for|or|on|as|size|called|named|called|containing|of|it|using|where|which"
    r"|except|structure)\b)([\w.-]{2,30})|\bthe (?!(?:current|home|this|whole|same|parent|working"
    r"|root|new|given|entire|following)\b)([\w-]{2,30}) (?:folder|directory)\b"
)


def read_task(text: str) -> ShellTask:
    file, folder = FILE.search(text), FOLDER.search(text)
    own = OWN_FOLDER.search(text)
    usual = (
        (own[1] or own[2])
        if own
        else "~"
        if re.search(r"\bhome (?:director\w+|folder)\b", text, re.I)
        else "."
    )
    ending, amount = ENDING.search(text), AMOUNT.search(text)
    kind = FILE_KIND.search(text)
    return ShellTask(
        text,
        find_word(text),
        file[1] if file else "",
        folder[1].rstrip("/.,") if folder and folder[1].strip("/.,") else usual,
        ending[1] if ending else FILE_ENDINGS[kind[1].lower()] if kind else "",
        next(filter(None, amount.groups())) if amount else "10",
    )


def find_word(text: str) -> str:
    """Return the word for which a prompt looks in files; empty without one."""
    for match in CODE_WORD.finditer(text):
        word = next(filter(None, match.groups()))
        if word.lower() not in NOT_WORDS and not FILE.fullmatch(word):
            return str(word)
    found = CONTAINED.search(text)
    return "" if found is None or FILE.fullmatch(found[1]) else found[1]


NOT_WORDS = frozenset("bash shell unix linux macos zsh csv json sed awk grep cli".split())


def replace_text(task: ShellTask) -> str:
    match = REPLACED.search(task.text)
    if match is None or re.search(r"\brenam", task.text, re.I):
        return ""
    change = f"sed -i 's/{escape(match[1])}/{escape(match[2])}/g'"
    if task.ending or (task.folder != "." and not task.file):
        return f"find {task.folder} -type f{task.names} -exec {change} {{}} +"
    return f"{change} {task.file or 'file.txt'}"


def escape(text: str) -> str:
    return text.replace("/", r"\/").replace(".", r"\.")


def count_things(task: ShellTask) -> str:
    if task.word and re.search(
        r"\blines?\b|\btimes\b|\boccur|zeilen|líneas|lignes", task.text, re.I
    ):
        return f"grep -c '{task.word}' {task.file or 'file.txt'}"
    if re.search(r"\blines?\b|zeilen|líneas|lignes", task.text, re.I):
        many = f"find {task.folder} -type f{task.names} -print0 | xargs -0 cat | wc -l"
        return f"wc -l < {task.file}" if task.file else many
    if re.search(r"\bwords?\b", task.text, re.I):
        return f"wc -w < {task.file or 'file.txt'}"
    return f"find {task.folder} -type f{task.names} | wc -l"


def delete_things(task: ShellTask) -> str:
    days = re.search(r"\b(\d{1,4}) (?:days|tage|días|jours|giorni|dias|dagen)", task.text, re.I)
    names = task.names or (" -name '*.log'" if LOG_FILES.search(task.text) else "")
    if re.search(r"\b(?:duplicate|blank|empty) lines?\b", task.text, re.I):
        is_double = "duplicate" in task.text.lower()
        how = "awk '!seen[$0]++'" if is_double else "sed -i '/^$/d'"
        return f"{how} {task.file or 'file.txt'}"
    if re.search(r"\bempty files\b", task.text, re.I):
        return f"find {task.folder} -type f -empty -delete"
    if re.search(r"\bempty (?:folders|director)", task.text, re.I):
        return f"find {task.folder} -type d -empty -delete"
    if re.search(r"node_modules|__pycache__|\bvenv\b", task.text):
        return f"find {task.folder} -type d{task.names} -prune -exec rm -rf {{}} +"
    if not names and not days and task.place != ".":
        return f"rm -rf {task.place}"
    age = f" -mtime +{days[1]}" if days else ""
    return f"find {task.folder} -type f{names}{age}{find_least_size(task.text)} -delete"


LOG_FILES = make_regex(
    r"\blog ?-?(?:files?|dateien)\b|\b(?:archivos?|ficheiros?) (?:de )?logs?\b"
    r"|\bfichiers? (?:de )?logs?\b|\blogbestanden\b|\blogs\b(?! folder)",
    re.I,
)


def find_least_size(text: str) -> str:
    """Return the option of find for files above a size; empty if a text names none."""
    size = re.search(r"\b(\d{1,6}) ?([kmg])b?\b", text, re.I)
    return f" -size +{size[1]}{size[2].upper().replace('K', 'k')}" if size else ""


def find_things(task: ShellTask) -> str:
    if task.word and re.search(
        r"\b(?:word|text|string|contain\w*|mention\w*|grep)\b", task.text, re.I
    ):
        only = f" --include='*{task.ending}'" if task.ending else ""
        return f"grep -rn{only} '{task.word}' {task.place}"
    days = re.search(r"\b(?:last|past) (\d{1,4}|24) (days|hours)", task.text)
    age = f" -mtime -{days[1] if days[2] == 'days' else 1}" if days else ""
    bigger = find_least_size(task.text)
    shown = " -exec ls -lh {} +" if WITH_SIZE.search(task.text) else ""
    return f"find {task.folder} -type f{task.names}{age}{bigger}{shown}"


WITH_SIZE = make_regex(
    r"\b(?:with|and|show|list|print|including) (?:(?:me|them|the|their|its|file) ){0,3}(?:with )?"
    r"(?:their |its |the )?sizes?\b",
    re.I,
)


def print_column(task: ShellTask) -> str:
    match = re.search(
        r"\b(first|second|third|fourth|fifth|\d)(?:st|nd|rd|th)? (?:column|field)"
        r"|\b(?:column|field) (\d)",
        task.text,
        re.I,
    )
    if match is None:
        return ""
    number = next(filter(None, match.groups())).lower()
    is_csv = "csv" in task.text.lower() or "comma" in task.text.lower()
    separator = "-F',' " if is_csv else ""
    place = PLACES.get(number, number)
    return f"awk {separator}'{{print ${place}}}' {task.file or 'file.txt'}"


def show_lines(task: ShellTask) -> str:
    tool = "head" if re.search(r"\bfirst\b", task.text, re.I) else "tail"
    follow = re.search(r"\bfollow|real[- ]?time|live\b|as it", task.text, re.I)
    return (
        f"tail -f {task.file or 'app.log'}"
        if follow
        else (f"{tool} -n {task.amount} {task.file or 'file.txt'}")
    )


def count_most(task: ShellTask) -> str:
    return f"sort {task.file or 'file.txt'} | uniq -c | sort -rn | head -n {task.amount}"


def list_largest(task: ShellTask) -> str:
    is_folder = re.search(r"\bfolders|director", task.text, re.I)
    if is_folder:
        return f"du -sh {task.folder}/* | sort -rh | head -n {task.amount}"
    return f"find {task.folder} -type f -printf '%s %p\\n' | sort -rn | head -n {task.amount}"


def kill_port(task: ShellTask) -> str:
    port = re.search(r"\b(\d{2,5})\b", task.text)
    number = port[1] if port else "8080"
    ends = re.search(r"\bkill|\bfree\b|\bstop|\bend\b|beend|mata|termina", task.text, re.I)
    return f"lsof -ti :{number}{' | xargs kill -9' if ends else ''}"


def pack(task: ShellTask) -> str:
    archive = re.search(r"\b([\w-]+\.(?:tar\.gz|tgz|zip))\b", task.text)
    name = archive[1] if archive else "archive.tar.gz"
    if re.search(
        r"\b(?:extract|unpack|untar|unzip|decompress|entpack\w*|descompri\w+)\b", task.text, re.I
    ):
        return f"unzip {name}" if name.endswith("zip") else f"tar -xzf {name}"
    return (
        f"zip -r {name} {task.folder}"
        if name.endswith("zip")
        else (f"tar -czf {name} {task.folder}")
    )


def copy_remote(task: ShellTask) -> str:
    host = re.search(r"\b[\w-]+@[\w.-]+|\b(?:\d{1,3}\.){3}\d{1,3}\b", task.text)
    target = f"{host[0] if host else 'user@server'}:{task.folder if task.folder != '.' else '~/'}"
    return f"rsync -avz {task.file or './'} {target}"


TASKS = (
    (r"\bport \d|\bport\b[^.\n]{0,20}\b(?:us|listen|block)\w*", kill_port),
    (
        r"\breplac|\bsubstitut|\bsed\b[^.\n]{0,40}\bchange|ersetz|reemplaz|remplac|sostitui",
        replace_text,
    ),
    (
        r"\b(?:first|second|third|fourth|fifth|\dth|\d(?:st|nd|rd)) (?:column|field)|\bcolumn \d",
        print_column,
    ),
    (
        r"\bmost (?:common|frequent)|\bunique\b[^.\n]{0,30}\bcount|\btop \d+ (?:ips?|words|urls)",
        count_most,
    ),
    (r"\b(?:largest|biggest|größten|größte|mayores|más grandes|plus gros)\b", list_largest),
    (
        r"\bcount\b|\bhow many\b|\bnumber of\b|zähl|wie viele|cuenta|cuántos|compte|combien",
        count_things,
    ),
    (
        r"\b(?:delet\w+|remov\w+|erase|clean up|get rid of|lösch\w*|borra\w*|elimina\w*|supprim\w+"
        r"|usuń|verwijder)\b",
        delete_things,
    ),
    (r"\.(?:tar|tgz|zip)\b|\buntar|\bunzip|\bcompress\b|\bgzip|\btarball|\barchive\b", pack),
    (
        r"\brsync\b|\bscp\b|\w@[\w.]+:|\b(?:copy|upload|sync)\b[^.\n]{0,40}\b(?:server|remote"
        r"|host)\b",
        copy_remote,
    ),
    (r"\b(?:last|first) \d+ lines|\btail\b|\bfollow\b[^.\n]{0,20}\blog", show_lines),
    (
        r"\b(?:find|search|grep|look for|locate|list|show|finde|such\w*|busca\w*|encuentra\w*"
        r"|cherche|trouve\w*|cerca|trova)\b[^\n]{0,60}(?:\bfiles?\b|\blines?\b|\bword\b|\btext\b"
        r"|\bstring\b|\.[a-z]{1,5}\b|\bdateien\b|\barchivos\b|\bfichiers\b|\bfile\b)",
        find_things,
    ),
)
OTHER_TOOLS = make_regex(
    r"\b(?:git|docker|kubectl|curl|cron\w*|ffmpeg|npm|systemctl|psql|mysql|aws|script|function"
    r"|commits?|branch\w*|containers?|pods?|loop)\b|https?://",
    re.I,
)


def write_shell_command(text: str) -> str:
    """Return a single command for what a prompt wants done with files; empty for other prompts."""
    if OTHER_TOOLS.search(text):
        return ""
    task = read_task(text)
    for pattern, write in TASKS:
        if re.search(pattern, text, re.I) and (command := write(task)):
            return command
    return ""
