"""Find the programming language that a prompt names, or that a program is written in."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_rare import RARE
from mockgem.operations.forms.lazy_patterns import make_regex

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("mermaid", r"mermaid|sequence diagram|flow ?chart"),
    (
        "yaml",
        r"docker[- ]?compose\S*|github (?:actions?|workflows?)|kubernetes|k8s|helm|ya?ml|ansible"
        r"|gitlab[- ]ci\S*|openapi|circleci|ci(?:/cd)? (?:workflow|pipeline|config\w*)",
    ),
    ("dotenv", r"\.env(?:\.\w+)?|env file|dotenv"),
    (
        "nginx",
        r"nginx (?:reverse|proxy|server|upstream|location|redirect)"
        r"|nginx (?:expert|admin\w*|engineer|assistant|generator)"
        r"|nginx(?: \w+){0,3} (?:config\w*|block|conf)|nginx\.conf|(?:config\w*"
        r"|location block) (?:for|of|in) nginx",
    ),
    ("gitignore", r"\.?gitignore"),
    ("dockerfile", r"docker ?file"),
    ("makefile", r"makefile"),
    (
        "excel",
        r"excel\b(?=[^\n]{0,160}\bformulas?\b)|(?:excel|(?:google )?sheets?"
        r"|spreadsheet)(?: sheet)? formulas?|formulas? (?:for"
        r"|in) (?:excel"
        r"|google sheets)|(?:excel|calc)-?formel|fórmula de excel|formule excel",
    ),
    (
        "regex",
        r"regex(?:p)?|regular expressions?|regulären? ausdruck|expresión regular"
        r"|expression régulière",
    ),
    ("vue", r"vue(?:\.js)?"),
    ("svelte", r"svelte"),
    ("tsx", r"tsx|react\b[^\n]{0,120}\btypescript|typescript\b[^.\n]{0,40}\breact"),
    ("jsx", r"react(?! to\b)(?: native)?|jsx|next\.?js"),
    ("typescript", r"typescript|ts|angular|nest\.?js"),
    (
        "javascript",
        r"javascript|node(?:\.?js)?|js|apps? script|eslint|webpack|vite|babel|(?-i:Jest)"
        r"|express(?! (?:the|it|your|my|an?|as|in)\b)"
        r"|jest (?:tests?|specs?|mocks?|config|suite)|(?:with|using|in|some|tests?|mit|con"
        r"|avec) jest|vitest|mocha|jquery"
        r"|자바스크립트\w*|джаваскрипт\w*",
    ),
    (
        "python",
        r"python(?:3|ie|a|u|em|da|ом|е|の)?|py|boto3|asyncio|pytest|unittest|django|flask"
        r"|fastapi|pandas|numpy|pydantic|sqlalchemy|pytorch"
        r"|tensorflow|scikit-learn|matplotlib|selenium|beautifulsoup|pygame|tkinter|langchain"
        r"|파이썬\w*|питон\w*|пайтон\w*|بايثون|פייתון|पायथन|ไพทอน",
    ),
    (
        "sql",
        r"(?:select|insert|update|delete|alter table|create table|create view) (?:query|queries"
        r"|statements?)|alter table|sql|mysql|postgres(?:ql)?|sqlite|t-?sql|pl/?(?:pg)?sql"
        r"|procedimiento almacenado"
        r"|(?:insert|add) (?:an? |the )?(?:new )?(?:row|record) (?:in)?to (?:the )?\w+ table"
        r"|into the \w+ table with"
        r"|index on(?= [^.\n]{0,20}\b(?:column|table|\w+\())"
        r"|foreign key constraint|stored procedure|(?:inner|left|right|outer) join|window function",
    ),
    ("mongodb", r"mongo(?:db)?(?: shell)?"),
    ("powershell", r"powershell"),
    (
        "bash",
        r"bash|shell|sh|zsh|git|command[- ]line|one-liner|terminal|(?:git|linux|unix|curl) "
        r"commands?|curl|kubectl|cron(?:tab|job)?|iptables|useradd|ufw|chmod|chown|systemctl"
        r"|(?:docker|npm|pip|aws|ssh|tar|sed|awk|grep"
        r"|ffmpeg) commands?",
    ),
    ("html", r"html5?|web ?page"),
    ("css", r"css|tailwind|scss|flexbox|cent(?:er|re) (?:a|the|my) (?:div|button|image)"),
    ("go", r"golang|go"),
    ("rust", r"rust"),
    ("kotlin", r"kotlin"),
    ("swift", r"swift(?:ui)?"),
    (
        "groovy",
        r"jenkinsfile|jenkins pipeline|build\.gradle|gradle (?:\w+ )?(?:block|build"
        r"|dependenc\w+|file|script|task)",
    ),
    ("java", r"java|javie|javy|junit|spring boot|자바(?!스크립트)\w*|джава"),
    ("cpp", r"c\+\+|cpp"),
    ("csharp", r"c#|csharp|linq|\.net|xunit|nunit|asp\.net"),
    ("php", r"php|laravel|phpunit"),
    ("ruby", r"ruby|rails|rspec"),
    ("c", r"c"),
    ("r", r"r"),
    ("json", r"package\.json|json|tsconfig\S*"),
    ("xml", r"xml|svg"),
    ("latex", r"latex"),
    ("scala", r"scala"),
    ("perl", r"perl"),
    ("lua", r"lua"),
    ("dart", r"dart|flutter"),
    ("haskell", r"haskell"),
    ("elixir", r"elixir"),
    ("ini", r"systemd|systemctl unit|\.service file|supervisord\S*|ini file"),
    ("graphql", r"graphql"),
    ("hcl", r"terraform"),
    ("solidity", r"solidity"),
    ("prisma", r"prisma"),
    ("protobuf", r"protobuf|protocol buffers?|proto[23]|\.proto|grpc"),
    ("julia", r"julia (?:function|script|code|program)"),
    ("clojure", r"clojure"),
    ("groovy", r"groovy|jenkinsfile|jenkins pipeline|gradle"),
    ("zig", r"zig (?:function|program|code)"),
    ("matlab", r"matlab"),
    ("vba", r"vba|excel macro"),
    ("cypher", r"cypher|neo4j"),
    ("redis", r"redis (?:commands?|cli|key)|redis-cli"),
    ("elasticsearch", r"elastic ?search|opensearch|query dsl"),
)


CASE_SENSITIVE = frozenset(("go", "c", "r", "rust", "swift", "ruby"))


COMPILED = [
    (
        name,
        make_regex(
            rf"(?<![A-Za-z0-9_.+#/-])(?:{pattern})(?![A-Za-z0-9_+#])",
            0 if name in CASE_SENSITIVE else re.I,
        ),
    )
    for name, pattern in (*LANGUAGES, *((name, words) for name, (words, _) in RARE.items()))
]


PROPER_NAMES = {
    "go": r"\bGo(?:lang)?\b|\bgolang\b|\bin go\b|\bgo (?:(?:http|web|rest|tcp) )?(?:server|program"
    r"|function|struct|handler|routine|code|script|test|cli|module|client|api)\b",
    "c": r"(?<![\w.+#/-])(?<!\n)C(?![A-Za-z0-9_+#'-]|:\\)"
    r"|(?<![\w.+#/-])C-(?:Funktion|Programm|Code|Datei|Quelltext|functie|programma)",
    "r": r"\b(?:[Ii]n|[Uu]sing|[Ww]ith|[Ee]n|[Mm]it|em|w|на) R\b(?![&.'-])"
    r"|\bR (?:script|code|function|program)\b|\bggplot2?\b|\bdplyr\b|\btidyverse\b",
    "typescript": r"\b(?i:typescript|angular|nest\.?js)\b|\bTS\b(?! [A-Z]{3})"
    r"|\b(?:in|to|into|with|using|write|modern) ts\b"
    r"|(?:\A|\b(?:an?|the|my|this|some|this) )ts (?:file|code|interface|type|function|class|fn"
    r"|for|script)\b",
    "rust": r"\b[Rr]ust\b",
    "swift": r"\b[Ss]wift(?:UI)?\b|\bswiftui\b",
    "ruby": r"\b[Rr]uby\b",
}
PROPER = {name: make_regex(pattern) for name, pattern in PROPER_NAMES.items()}
"""The names of languages that are words as well."""
TARGET = make_regex(
    r"\b(?:(?:to|into|nach|en|in)|(?:convierte|traduce|pasa|converti|traduci|converta|wandle)\b"
    r"[^.\n]{0,40}\b(?:a|para)) "
    r"(TypeScript|JavaScript|Python|Go|Rust|Java|Kotlin|SQL|Bash|MongoDB|PowerShell|PHP|Ruby|Swift"
    r"|Perl|Scala|Dart|Elixir|Haskell|Lua)\b"
)


def find_language(text: str) -> str:
    """Return the programming language that a text names."""
    if VENV.search(text):
        return "bash"
    if target := TARGET.search(text):
        is_component = target[1] == "TypeScript" and REACT.search(text) is not None
        return "tsx" if is_component else target[1].lower()
    if COMMAND.search(text):
        return "bash"
    if PAGE_TRIO.search(text):
        return "html"
    if IMAGE_FILE.search(text):
        return "dockerfile"
    if TAILWIND_PAGE.search(text) and not FRAMEWORK.search(text):
        return "html"
    if near := NEAR_NOUN.search(text):
        named = NEAR_NAMES.get((near[1] or near[2]).lower())
        if named:
            return named
    for name, pattern in COMPILED:
        if (PROPER.get(name) or pattern).search(text):
            return "tsx" if name == "jsx" and TYPED.search(text) else name
    return ""


TYPED = make_regex(r"\b(?:typescript|tsx|typed props)\b", re.I)
IMAGE_FILE = make_regex(
    r"\bdockerfile\b[^.\n]{0,12}\b(?:for|that|to|which|für|para|pour|per)\b", re.I
)
PAGE_TRIO = make_regex(
    r"\bhtml5?\b,? ?(?:/|and|&|\+|,|und|y|et|with)? ?(?:css3?|some css)?,? ?(?:/|and|&|\+|,|und"
    r"|y|et)? ?"
    r"(?:vanilla |some |plain )?(?:js|javascript)\b"
    r"|\bhtml5? (?:page|file|document|site)\b[^.\n]{0,60}\b(?:css|js|javascript)\b",
    re.I,
)
"""A page with its style and its script: "HTML, CSS and JavaScript"."""
VENV = make_regex(
    r"\b(?:create|set up|activate|make|use) (?:an? |the )?(?:python )?(?:virtual ?env\w*|venv)\b",
    re.I,
)
REACT = make_regex(r"\breact\b(?! (?:query|to)\b)", re.I)
TAILWIND_PAGE = make_regex(
    r"\b(?:landing page|section|hero|navbar|card|page|layout|footer|header|sidebar|form|modal"
    r"|grid of)\b"
    r"[^.\n]{0,60}\b(?:tailwind|bootstrap)|\b(?:tailwind"
    r"|bootstrap)\b[^.\n]{0,60}\b(?:landing page|section"
    r"|hero|navbar|card|page|layout|footer|header|sidebar|form|modal)\b",
    re.I,
)
"""Parts of a page with the classes of Tailwind or Bootstrap."""
FRAMEWORK = make_regex(r"\b(?:react|vue|svelte|angular|next\.?js|jsx|tsx|css class)\b", re.I)
COMMAND = make_regex(
    r"\bvirtual ?env\w*\b[^\n]{0,80}\bcommands?\b|\bcommands?\b[^\n]{0,60}\bvirtual ?env"
    r"|\bpip commands?\b|\b(?:docker|git|curl|npm|kubectl|linux|unix|shell|terminal|bash|ssh|helm"
    r"|aws) (?:\w+ )?commands?\b|\b(?:commandes?|comandos?|comando) (?:de )?(?:git|docker|linux"
    r"|bash|shell|npm|kubectl)\b"
    r"|\b(?:git|docker|linux|shell|bash)-?\s?befehle?\b",
    re.I,
)
NEAR_NAMES = {
    "python": "python",
    "php": "php",
    "java": "java",
    "javascript": "javascript",
    "js": "javascript",
    "c": "c",
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
ENDING = make_regex(
    r"(?:^|\n|[.!?;] )[ \t#*>-]{0,6}(?:(?:the|your|final|generated|resulting|corresponding"
    r"|equivalent)"
    r" )?([A-Za-z#+]{1,12})(?:[ -](?:query|code|command|statement|solution|function|script"
    r"|expression"
    r"|translation|answer|output)(?: here)?)?[*]{0,2}[ ]?[:=][*]{0,2}\s*(?:```\w{0,12})?\s*\Z"
)
"""The label at the end of a prompt, whose value is a program: "SQL:"."""


def find_ending(prompt: str) -> str:
    """Return the language in the label that ends a prompt: "SQL query:"; empty without one."""
    match = ENDING.search(prompt[-80:])
    return find_language(f"in {match[1]}") if match else ""


NEAR_NOUN = make_regex(
    rf"(?<![\w.+#/-])({'|'.join(map(re.escape, sorted(NEAR_NAMES, key=len, reverse=True)))})"
    r"(?= (?:script|function|program|class|method|code|snippet|data class|struct|interface"
    r"|module)\b)"
    r"|(?<![\w.-])(package\.json|tsconfig\.json)(?!\w)",
    re.I,
)
"""A language just before the kind of program."""
