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
SECTIONS = make_regex(
    r"\b(?i:headings?|sections?)\b(?:[^.\n:]{0,40}:|(?: [a-z]+){0,3})\s"
    r"(?P<names>[A-Z][\w ]{2,30}(?:, [A-Z][\w ]{2,30}){0,10}(?:,? and [A-Z][\w"
    r" ]{2,30})?)(?=[.\n;]|\Z)"
)
"""Sections that a prompt names itself."""
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
    what = FORMAT.sub("", what)
    about = f"{what[:1].upper()}{what[1:]}."
    if listed := SECTIONS.search(question.prompt[:1000]):
        names = [one.strip(" `*#\"'") for one in LIST.split(listed["names"])]
        return write_sections(names, name, about, (install.format(name), use.format(name)))
    return (
        f"# {name}\n\n{about}\n\n## Features\n\n- Easy to install, without further settings\n-"
        f" Sensible"
        f" defaults, all of which can be changed\n- Clear messages when something goes wrong\n\n##"
        f" Installation\n\n```bash\n{install.format(name)}\n```\n\n## Usage\n\n```bash\n"
        f"{use.format(name)}\n```\n\n## Contributing\n\nIssues and pull requests are welcome."
        f" Please run"
        " the tests before you open one.\n\n## License\n\nMIT"
    )


FORMAT = make_regex(r",? (?:in|as) (?:markdown|md)\b", re.I)
LIST = make_regex(r",? and |, ")
TEXTS = (
    (r"install\w*|set-?up|getting started|requirements", "```bash\n{install}\n```"),
    (r"usage|quick ?start|examples?|how to use\w*", "```bash\n{use}\n```"),
    (r"licen[sc]e", "MIT"),
    (
        r"contribut\w*|development",
        "Issues and pull requests are welcome. Please run the tests before you open one.",
    ),
    (
        r"features|highlights|why\b.*",
        "- Easy to install, without further settings\n- Sensible defaults, all of which can be"
        " changed\n- Clear messages when something goes wrong",
    ),
    (r"tests?|testing", "```bash\nmake test\n```"),
    (r"config\w*|options|settings", "Each option has a default. `{use}` lists all of them."),
)
"""What stands below a heading of a README, by its words."""


def write_sections(names: list[str], name: str, about: str, commands: tuple[str, str]) -> str:
    """Return a README with the sections that a prompt names."""
    install, use = commands
    parts = [f"# {name}"]
    for heading in names:
        found = (text for words, text in TEXTS if re.fullmatch(words, heading, re.I))
        text = next(found, about).format(install=install, use=use)
        parts.append(f"## {heading}\n\n{text}")
    return "\n\n".join(parts)
