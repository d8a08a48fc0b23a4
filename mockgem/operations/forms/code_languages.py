"""Find the programming language that a prompt names, or that a program is written in."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("mermaid", r"mermaid|sequence diagram|flow ?chart"),
    ("gitignore", r"\.?gitignore"),
    ("dockerfile", r"docker ?file"),
    ("makefile", r"makefile"),
    ("yaml", r"docker[- ]?compose\S*|github (?:actions?|workflows?)|kubernetes|k8s|helm|ya?ml"),
    (
        "regex",
        r"regex(?:p)?|regular expressions?|regulären? ausdruck|expresión regular"
        r"|expression régulière",
    ),
    ("vue", r"vue(?:\.js)?"),
    ("svelte", r"svelte"),
    ("tsx", r"tsx"),
    ("jsx", r"react(?: native)?|jsx|next\.?js"),
    ("typescript", r"typescript|ts|angular|nest\.?js"),
    (
        "javascript",
        r"javascript|node(?:\.js)?|js|express|(?-i:Jest)|jest (?:tests?|mock|config|suite)"
        r"|vitest|mocha|jquery|자바스크립트\w*|джаваскрипт\w*",
    ),
    (
        "python",
        r"python(?:3|ie|a|u|em|da|ом|е|の)?|py|boto3|asyncio|pytest|unittest|django|flask|fastapi|pandas|numpy|pydantic|sqlalchemy|pytorch"
        r"|tensorflow|scikit-learn|matplotlib|selenium|beautifulsoup|pygame|tkinter|langchain"
        r"|파이썬\w*|питон\w*|пайтон\w*|بايثون|פייתון|पायथन|ไพทอน",
    ),
    (
        "sql",
        r"(?:select|insert|update|delete|alter table|create table|create view) (?:query"
        r"|statement)|alter table|sql|mysql|postgres(?:ql)?|sqlite",
    ),
    (
        "bash",
        r"bash|shell|sh|zsh|git|command[- ]line|one-liner|terminal|(?:git|linux|unix|curl) "
        r"commands?|curl|kubectl|cron(?:tab|job)?|(?:docker|npm|pip|aws|ssh|tar|sed|awk|grep"
        r"|ffmpeg) commands?",
    ),
    ("html", r"html5?|web ?page"),
    ("css", r"css|tailwind|scss"),
    ("go", r"golang|go"),
    ("rust", r"rust"),
    ("kotlin", r"kotlin"),
    ("swift", r"swift(?:ui)?"),
    ("java", r"java|junit|spring boot|자바(?!스크립트)\w*|джава"),
    ("cpp", r"c\+\+|cpp"),
    ("csharp", r"c#|csharp|\.net|xunit|nunit|asp\.net"),
    ("php", r"php|laravel|phpunit"),
    ("ruby", r"ruby|rails|rspec"),
    ("c", r"c"),
    ("json", r"package\.json|json|tsconfig\S*"),
    ("xml", r"xml|svg"),
    ("latex", r"latex"),
    ("powershell", r"powershell"),
    ("scala", r"scala"),
    ("perl", r"perl"),
    ("lua", r"lua"),
    ("dart", r"dart|flutter"),
    ("haskell", r"haskell"),
    ("elixir", r"elixir"),
    ("r", r"r script|r code"),
    ("graphql", r"graphql"),
    ("hcl", r"terraform"),
    ("nginx", r"nginx (?:config\w*|server block)"),
    ("solidity", r"solidity"),
    ("prisma", r"prisma"),
    ("protobuf", r"protobuf|protocol buffers?"),
    ("julia", r"julia (?:function|script|code|program)"),
    ("clojure", r"clojure"),
    ("groovy", r"groovy|jenkinsfile"),
    ("zig", r"zig (?:function|program|code)"),
    ("matlab", r"matlab"),
    ("vba", r"vba|excel macro"),
)


CASE_SENSITIVE = frozenset(("go", "c", "rust", "swift", "ruby"))


COMPILED = [
    (
        name,
        make_regex(
            rf"(?<![A-Za-z0-9_.+#/-])(?:{pattern})(?![A-Za-z0-9_+#])",
            0 if name in CASE_SENSITIVE else re.I,
        ),
    )
    for name, pattern in LANGUAGES
]


PROPER = {
    "go": r"\bGo(?:lang)?\b|\bgolang\b|\bin go\b",
    "c": r"(?<![\w.+#/-])C(?![\w+#'-])",
    "rust": r"\b[Rr]ust\b",
    "swift": r"\b[Ss]wift(?:UI)?\b",
    "ruby": r"\b[Rr]uby\b",
}


LOOKS = (
    ("sql", make_regex(r"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\b")),
    (
        "python",
        make_regex(
            r"\s*(?:(?:async )?def \w+\(|class \w+(?:\([\w., ]*\))?:"
            r"|import \w[\w.]*(?: as \w+)?\s*(?:,|\n|\Z)|from [\w.]+ import"
            r"|@[\w.]+\n|for \w+(?:, ?\w+)? in [^\n]{1,80}:|for \w+ in \w[^\n]{0,60}\n[ \t]+\w"
            r"|while [^\n({]{1,80}:|if [^\n({]{1,80}:\n"
            r"|print\(|print [\"']|with open\(|(?!SELECT)[a-z_]\w{0,30}(?:, \w+)? = (?:\[|\{"
            r"|\d|[\"'(\w]))"
        ),
    ),
    (
        "python",
        make_regex(r"\s*(?:for \w+ in|while|if|def) \w[^\n;{]{0,60}[^\n;{,:]\n[ \t]{2,8}\w"),
    ),
    ("c", make_regex(r"\s*(?:#include ?<\w+\.h>|int main\()")),
    ("cpp", make_regex(r"\s*#include ?<\w+>")),
    ("csharp", make_regex(r"\s*(?:using System|namespace \w+|public (?:static )?string \w+\()")),
    ("rust", make_regex(r"\s*(?:pub )?fn \w+[(<]")),
    ("go", make_regex(r"\s*(?:func \w*\(|func \(|package \w+\n)")),
    ("php", make_regex(r"\s*<\?php")),
    (
        "javascript",
        make_regex(
            r"\s*(?:(?:async )?function \w*\(|(?:const|let|var) [\w{\[][\w, {}\[\]]{0,60} ?= "
            r"|export "
            r"|console\.log\(|document\.|class \w+ \{|class \w+ extends"
            r"|import [^\n]{1,60} from ['\"]"
            r"|for \((?:let|const|var) |import \{)"
        ),
    ),
    (
        "java",
        make_regex(
            r"\s*public (?:final |abstract )?class \w+|\s*(?:(?:public|private|protected"
            r"|static|final) )*[A-Za-z][\w<>\[\]]*"
            r" \w+\([^()\n]{0,120}\) ?\{"
        ),
    ),
)


def recognise_language(source: str) -> str:
    """Return the language of a program by how it begins; empty for other texts."""
    return next((name for name, pattern in LOOKS if pattern.match(source)), "")


def find_language(text: str) -> str:
    """Return the programming language that a text names."""
    if target := re.search(
        r"\b(?:(?:to|into|nach|en|in)|(?:convierte|traduce|pasa|converti|traduci|converta|wandle)\b"
        r"[^.\n]{0,40}\b(?:a|para)) "
        r"(TypeScript|JavaScript|Python|Go|Rust|Java|Kotlin|SQL|Bash)\b",
        text,
    ):
        return {"typescript": "typescript"}.get(target[1].lower(), target[1].lower())
    if COMMAND.search(text):
        return "bash"
    if near := NEAR_NOUN.search(text):
        named = NEAR_NAMES.get((near[1] or near[2]).lower())
        if named:
            return named
    for name, pattern in COMPILED:
        found = re.search(PROPER[name], text) if name in PROPER else pattern.search(text)
        if found:
            return name
    return ""


COMMAND = make_regex(
    r"\b(?:docker|git|curl|npm|kubectl|linux|unix|shell|terminal|bash|ssh|helm"
    r"|aws) (?:\w+ )?commands?\b",
    re.I,
)
NEAR_NAMES = {
    "python": "python",
    "php": "php",
    "java": "java",
    "javascript": "javascript",
    "js": "javascript",
    "typescript": "typescript",
    "ts": "typescript",
    "ruby": "ruby",
    "kotlin": "kotlin",
    "swift": "swift",
    "rust": "rust",
    "go": "go",
    "golang": "go",
    "c#": "csharp",
    "c++": "cpp",
    "bash": "bash",
    "shell": "bash",
    "sql": "sql",
    "html": "html",
    "package.json": "json",
    "tsconfig.json": "json",
    "node": "javascript",
    "node.js": "javascript",
}


NEAR_NOUN = make_regex(
    rf"(?<![\w.+#/-])({'|'.join(map(re.escape, sorted(NEAR_NAMES, key=len, reverse=True)))})"
    r"(?= (?:script|function|program|class|method|code|snippet|data class|struct|interface"
    r"|module)\b)"
    r"|(?<![\w.-])(package\.json|tsconfig\.json)(?!\w)",
    re.I,
)
"""A language just before the kind of program."""
