"""A README for a project that a prompt names: what it is, how to install and use it."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\breadme(?:\.md)?\b(?: (?:template|file|skeleton|example|draft))?(?: in markdown)? (?:for|of"
    r"|about) (?P<what>(?:[^.\n;]|\.(?=\w)){3,100})",
    re.I,
)
OTHER = make_regex(
    r"\b(?:what|why|how|where|does|is|should|summari[sz]e|explain|review|translate)\b", re.I
)
"""Words before "readme" that ask about one and want none."""
NAMED = make_regex(r"[, ]*\b(?:called|named) [`\"'“]?(?P<name>[\w.-]{2,30})[`\"'”]?")
LANGUAGES = (
    (r"\b(?:node|npm|javascript|typescript|react|vue|js)\b", "npm install {}", "npx {} --help"),
    (
        r"\b(?:golang|(?-i:Go)|in go|go (?:cli|tool|module|library|program|service))\b",
        "go install example.com/{}@latest",
        "{} --help",
    ),
    (r"\b(?:rust|cargo)\b", "cargo install {}", "{} --help"),
    (r"\b(?:ruby|gem)\b", "gem install {}", "{} --help"),
)
USUAL = ("pip install {}", "{} --help")
ARTICLE = make_regex(r"\A(?:an?|the|my|our) ", re.I)


@form(
    "readme",
    "readme template for a small cli tool called tidyup",
    words="readme",
    about="a README with the name that the prompt gives, and commands to install and use it",
)
def write_readme(question: Question) -> str | None:
    match = WISH.search(question.prompt[:400])
    if match is None or OTHER.search(question.prompt[: match.start()]):
        return None
    if question.language != "en" or question.material or "```" in question.prompt:
        return None
    named = NAMED.search(match["what"])
    what = NAMED.sub("", match["what"]).strip(" ,")
    words = re.findall(r"[a-z0-9]+", ARTICLE.sub("", what).lower())
    name = named["name"] if named else "-".join(words[-2:]) or "project"
    found = (row[1:] for row in LANGUAGES if re.search(row[0], what, re.I))
    install, use = next(found, USUAL)
    about = f"{what[:1].upper()}{what[1:]}."
    return (
        f"# {name}\n\n{about}\n\n## Features\n\n- Easy to install, without further settings\n-"
        f" Sensible"
        f" defaults, all of which can be changed\n- Clear messages when something goes wrong\n\n##"
        f" Installation\n\n```bash\n{install.format(name)}\n```\n\n## Usage\n\n```bash\n"
        f"{use.format(name)}\n```\n\n## Contributing\n\nIssues and pull requests are welcome."
        f" Please run"
        " the tests before you open one.\n\n## License\n\nMIT"
    )
