"""Commands and scripts of a shell for a request."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.code_backups import write_backup, write_dump
from mockgem.operations.forms.code_commands import write_shell_command
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_services import write_cron
from mockgem.operations.forms.code_shell import FOLDER, write_shell_script
from mockgem.operations.forms.lazy_patterns import make_regex


def write_bash_line(request: CodeRequest) -> str:
    """Return a single command."""
    lower, folder = request.text.lower(), find_folder(request.text)
    if most := re.search(r"\b(\d{1,3}|ten|five) (?:largest|biggest)|\blargest (\d{1,3})", lower):
        count = {"ten": "10", "five": "5"}.get(most[1] or "", most[1] or most[2])
        return (
            f"find {find_folder(request.text)} -type f -printf '%s %p\\n' | sort -rn "
            f"| head -n {count}"
        )
    if size := re.search(r"(\d{1,6})\s?([kmg])b?\b", lower):
        return f"find {folder} -type f -size +{size[1]}{size[2].upper()}"
    match = re.search(r"\.(\w{1,6})\b files?|\b(\w{1,6}) files", lower)
    ending = next(filter(None, match.groups())) if match else ""
    pattern = f" -name '*.{ending}'" if ending not in ("", "all", "the", "large", "big") else ""
    days = re.search(r"\b(?:last|past|older than) (\d{1,4}) days?\b", lower)
    if days:
        pattern += f" -mtime {'+' if 'older' in days[0] else '-'}{days[1]}"
    if "delete" in lower or "remove" in lower:
        return f"find {folder} -type f{pattern} -delete"
    return f"find {folder} -type f{pattern} -print"


def find_folder(text: str) -> str:
    """Return the folder that a text names; the current one if it names none."""
    named = FOLDER.search(text)
    return named[1] if named else "~" if re.search(r"\bhome\b", text, re.I) else "."


FILE = make_regex(
    r"(?<![\w/])[\w-]{1,40}\.(?:mp4|mp3|mov|avi|wav|mkv|png|jpg|gif|tar\.gz|zip|txt|csv|log)\b"
)
GIT = (
    (r"\bblame|who (?:changed|wrote|edited)", "git blame app.py"),
    (r"discard|throw away", "git restore ."),
    (r"unstage|(?:undo|revert) (?:a |the |my )?(?:git )?add\b", "git restore --staged ."),
    (r"squash", "git rebase -i HEAD~3"),
    (r"cherry", "git cherry-pick abc1234"),
    (r"reflog|recover|lost commit", "git reflog"),
    (r"remote.*(?:add|url)|add.*remote", "git remote add origin https://example.com/project.git"),
    (r"(?:list|show).*branches", "git branch --all"),
    (
        r"undo|reset|keep the changes|annul|rückgängig|deshac|desfaz|ongedaan|cofn",
        "git reset --soft HEAD~1",
    ),
    (r"revert", "git revert HEAD"),
    (r"renam\w*.*branch|branch.*renam", "git branch -m new-branch"),
    (
        r"(?:delete|remove).*remote.*branch|remote branch.*(?:delete|remove)",
        "git push origin --delete old-branch",
    ),
    (r"branch.*(?:delete|remove)|(?:delete|remove).*branch", "git branch -d old-branch"),
    (r"merg", "git merge feature"),
    (r"(?:create|new|switch).*branch|branch", "git switch -c new-branch"),
    (r"stash", "git stash push -m 'work in progress'"),
    (r"rebase", "git rebase -i HEAD~3"),
    (r"amend|message of", "git commit --amend"),
    (r"clone", "git clone https://example.com/project.git"),
    (r"(?:history|log|changes).*(?:single|one|specific|the|a) file", "git log --follow -- app.py"),
    (r"log|history", "git log --oneline --graph"),
    (r"diff|changed", "git diff HEAD~1"),
    (r"tag", "git tag -a v1.0.0 -m 'Release 1.0.0'"),
    (r"push", "git push origin HEAD"),
)
"""What a prompt about git says, and the command."""
COMMANDS = (
    (
        r"\bvirtual ?env|\bvenv\b",
        "python3 -m venv .venv\nsource .venv/bin/activate\npip install requests",
    ),
    (r"\b(?:new|add|create)\b.*\buser\b|\buseradd", "useradd --create-home deploy"),
    (r"\biptables\b.*(?:block|drop|deny)", "iptables -A INPUT -s 203.0.113.1 -j DROP"),
    (r"\biptables\b|\bufw\b", "ufw allow 80/tcp"),
    (r"\brestart\b.*\b(?:service|nginx|apache)", "systemctl restart nginx"),
    (r"\bffmpeg\b", "ffmpeg -i input.mp4 -vn output.mp3"),
    (r"\bdocker\b.*(?:remove|delete|clean|prune)", "docker system prune --force"),
    (r"\bdocker\b.*(?:log)", "docker logs --follow web"),
    (
        r"\bcontainers?\b.*\b(?:memory|cpu|usage|stats)",
        "docker stats --no-stream --format 'table {{.Name}}\\t{{.MemUsage}}'",
    ),
    (r"\b(?:stop|kill)\w* .*\bcontainers?", "docker stop $(docker ps -q)"),
    (r"\b(?:list|show|running)\b.*\bcontainers?", "docker ps"),
    (r"\b(?:shell|exec|inside|enter)\b.*\bcontainers?", "docker exec -it web sh"),
    (r"\bdocker\b.*(?:build)", "docker build -t example/web ."),
    (r"\bdocker\b.*(?:run|start)", "docker run --rm -p 8080:80 example/web"),
    (r"\b(?:process|port)\b.*(?:kill|listen|use|using)|\bport \d+", "lsof -i :8080"),
    (r"(?:free|check|available|much) (?:\w+ ){0,2}disk space|disk space (?:left|free)", "df -h"),
    (r"disk (?:space|usage)|largest (?:folders|directories)", "du -sh * | sort -rh | head"),
    (r"rename", 'for file in *.txt; do mv "$file" "${file%.txt}.md"; done'),
    (r"(?:extract|unpack).*tar|untar", "tar -xzf archive.tar.gz"),
    (r"(?:search|grep|find).*(?:text|string|word)", "grep -rn 'text' ."),
    (r"\bpermission|executable|chmod", "chmod +x script.sh"),
)


def write_known_command(text: str) -> str:
    """Return a well-known command of git, docker or the shell; empty for other prompts."""
    lower = text.lower()
    rows = GIT if re.search(r"\bgit\b", lower) else COMMANDS
    command = next((command for words, command in rows if re.search(words, lower)), "")
    if address := re.search(r"\b(?:\d{1,3}\.){3}\d{1,3}(?:/\d+)?", text):
        command = command.replace("203.0.113.1", address[0])
    if user := re.search(
        r"\buser (?:called |named )?[`\"']?(?!(?:called|named|with|and)\b)([a-z][\w-]*)", text
    ):
        command = command.replace("deploy", user[1])
    if branch := BRANCH.search(text):
        name = next(filter(None, branch.groups()))
        command = re.sub(r"\b(?:new-branch|old-branch|feature)\b", name, command)
    if blamed := re.search(r"\b[\w./-]+\.[a-z]{1,4}\b", text):
        command = command.replace("app.py", blamed[0])
    if line := re.search(r"\bline (\d+)", text):
        command = command.replace("git blame", f"git blame -L {line[1]},{line[1]}")
    files = FILE.findall(text)
    for old, new in zip(("input.mp4", "output.mp3"), files, strict=False):
        command = command.replace(old, new)
    return command


BRANCH = make_regex(
    r"\b([a-z][\w-]*/[\w/-]+)\b|\bbranch (?:called |named |to )?[`\"']([\w-]+)"
    r"|\bbranch (?:called|named|to) ([\w/-]+)"
)
IMAGE = make_regex(r"\b(postgres|redis|nginx|mysql|mongo|rabbitmq)\b", re.I)
OWN_PORTS = {
    "postgres": "5432",
    "redis": "6379",
    "nginx": "80",
    "mysql": "3306",
    "mongo": "27017",
    "rabbitmq": "5672",
}


def write_docker_run(text: str) -> str:
    """Return the command that starts the image, with the port and the password, of a text."""
    image, port = IMAGE.search(text), re.search(r"\bport (\d{2,5})", text)
    secret = re.search(r"\bpassword (?:is |of )?[\"'`]?(\w+)", text)
    name = image[1].lower() if image else "example/web"
    inner = OWN_PORTS.get(name, "80")
    given = f" -e {name.upper()}_PASSWORD={secret[1]}" if secret else ""
    return f"docker run --rm -d -p {port[1] if port else inner}:{inner}{given} {name}"


def write_bash(request: CodeRequest) -> str:
    """Return the command or the script that a prompt asks for: the first writer that knows it."""
    return next(filter(None, (write(request) for write in BASH_WRITERS)), "")


def write_well_known(request: CodeRequest) -> str:
    """Return a command of git, docker or the shell, unless a prompt is about something else."""
    is_other = re.search(r"\bcurl\b|\bcron|\bkubectl\b|https?://", request.text)
    return "" if is_other else find_known(request.text)


def find_known(text: str) -> str:
    """Return a well-known command, unless a prompt asks for a script or names an image."""
    is_image = IMAGE.search(text) is not None and "docker" in text.lower()
    return "" if is_image or "script" in text.lower() else write_known_command(text)


def write_docker(request: CodeRequest) -> str:
    is_docker = re.search(r"\bdocker\b", request.text, re.I) and not find_known(request.text)
    return write_docker_run(request.text) if is_docker else ""


def write_curl(request: CodeRequest) -> str:
    """Return a request with curl to the URL in a prompt."""
    url = re.search(r"https?://[^\s\"'<>]{3,200}", request.text)
    if url is None:
        return ""
    text = request.text
    given = re.search(r"\{[^{}\n]{2,300}\}", text)
    method = HTTP_METHOD.search(text)
    word = method[0].upper() if method else "POST" if given else "GET"
    options = "" if word == "GET" else f" -X {word}"
    if re.search(r"\bbearer\b|\bauth(?:orization)? (?:header|token)\b|\btoken\b", text, re.I):
        options += ' -H "Authorization: Bearer $TOKEN"'
    if word in ("POST", "PUT", "PATCH"):
        data = given[0] if given else '{"name": "example"}'
        options += f" -H 'Content-Type: application/json' -d '{data}'"
    return f"curl -sS{options} '{url[0].rstrip('.,')}'"


HTTP_METHOD = make_regex(r"\b(?:post|put|patch|delete)(?=s?\b|ing\b)", re.I)


def write_schedule(request: CodeRequest) -> str:
    """Return an expression for cron, or a line of a crontab."""
    if re.search(r"\bcron\b[^.\n]{0,20}\b(?:expression|schedule|syntax)", request.text, re.I):
        return write_cron(request.text)
    if "cron" not in request.text.lower():
        return ""
    script = SCRIPT_PATH.search(request.text)
    command = script[0].rstrip(".,") if script else "/usr/local/bin/backup.sh"
    fields = write_cron(request.text)
    return f"{fields} {command}" if fields else f"0 3 * * * {command}"


SCRIPT_PATH = make_regex(r"(?<![\w:/.])(?:/[\w.-]{1,30}){1,6}(?:\.\w{1,4})?")
"""The command of a schedule."""


CLUSTER = (
    (r"\bscale\b", "kubectl scale deployment/{name} --replicas={count}"),
    (r"\blogs?\b", "kubectl logs --follow deployment/{name}"),
    (r"\bport[- ]?forward", "kubectl port-forward deployment/{name} 8080:80"),
    (r"\brestart\b|\brollout", "kubectl rollout restart deployment/{name}"),
    (r"\bapply\b", "kubectl apply --filename {file}"),
    (r"\bexec\b|\bshell\b", "kubectl exec --stdin --tty deployment/{name} -- sh"),
    (r"\bdescribe\b", "kubectl describe pod {name}"),
)
DEPLOYMENT = make_regex(
    r"\b(?:deployment|pod|service|app) (?:called |named )?[`\"']?(?!(?:in|to|with|from|called"
    r"|named)\b)([a-z][\w-]*)"
)


def write_cluster_command(text: str) -> str:
    """Return a command of kubectl with the deployment, the replicas and the namespace of a text."""
    source = next((row for pattern, row in CLUSTER if re.search(pattern, text, re.I)), "")
    named, count = (
        DEPLOYMENT.search(text),
        re.search(r"\b(\d{1,3}) replicas?|\breplicas? to (\d{1,3})", text),
    )
    file, space = (
        re.search(r"\b[\w/-]+\.ya?ml\b", text),
        re.search(
            r"\bnamespace (?:called |named )?[`\"']?([a-z][\w-]*)|\b(?!(?:in|the|a|my"
            r"|to)\b)([a-z][\w-]*) namespace",
            text,
        ),
    )
    command = source.format(
        name=named[1] if named else "web",
        count=next(filter(None, count.groups())) if count else "3",
        file=file[0] if file else "deployment.yaml",
    )
    return f"{command} --namespace {space[1] or space[2]}" if command and space else command


def write_kubectl(request: CodeRequest) -> str:
    if "kubectl" not in request.text:
        return ""
    if known := write_cluster_command(request.text):
        return known
    verb = "delete" if "delete" in request.text.lower() else "get"
    return f"kubectl {verb} pods --all-namespaces"


def write_one_line(request: CodeRequest) -> str:
    """Return a single command if a prompt asks for one, or for the largest files."""
    text = request.text
    is_command = request.kind == "command" or (
        re.search(r"\bcommand\b|\bone-?liner\b", text, re.I) and "script" not in text
    )
    if (is_command and "count" not in text.lower()) or LARGEST_FILES.search(text):
        return write_bash_line(request)
    return ""


LARGEST_FILES = make_regex(r"\b(?:largest|biggest)\b[^.\n]{0,20}\bfiles\b", re.I)
SHELL_FUNCTION = make_regex(
    r"\bfunction\b[^\n]{0,60}\(([a-z_]\w*)\)|"
    r"\bfunction (?:called |named )?[`\"']?(?!(?:that|which|to|for|called|named)\b)([a-z_]\w*)"
)


def write_shell_function(request: CodeRequest) -> str:
    function = SHELL_FUNCTION.search(request.text)
    if function is None:
        return ""
    is_folder = "director" in request.text or "folder" in request.text
    steps = 'mkdir -p "$1" && cd "$1"' if is_folder else 'echo "$1"'
    return f"{function[1] or function[2]}() {{\n  {steps}\n}}"


ALIAS = make_regex(
    r"\balias (?:called |named |for )?[`\"']?(\w+)[`\"']? (?:for|to run|that runs"
    r"|=) [`\"']?([^`\"'\n.]{2,60})"
)


def write_alias(request: CodeRequest) -> str:
    match = ALIAS.search(request.text)
    return f"alias {match[1]}='{match[2].strip()}'" if match else ""


def write_line_count(request: CodeRequest) -> str:
    """Return a command that counts the lines of files."""
    text = request.text
    if "count" not in text.lower() or re.search(r"\.\w+ files|lines", text) is None:
        return ""
    match = re.search(r"\.(\w{1,6}) files", text)
    return f"find . -name '*.{match[1] if match else 'txt'}' -print0 | xargs -0 cat | wc -l"


BASH_WRITERS: tuple[Callable[[CodeRequest], str], ...] = (
    write_alias,
    write_dump,
    lambda request: write_shell_command(request.text),
    write_well_known,
    write_docker,
    write_curl,
    write_schedule,
    write_kubectl,
    write_one_line,
    write_shell_function,
    lambda request: write_shell_script(request.text),
    write_line_count,
    write_backup,
)
