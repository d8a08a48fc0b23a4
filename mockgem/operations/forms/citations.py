"""Sources in a given text, and how a prompt wants them cited: "[2]",
"(help-031)", "[doc: a.pdf]"."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

CITES = make_regex(
    r"\b(?:cit(?:e|es|ed|ing|ation|ations)|(?:source|passage|chunk|excerpt|snippet) (?:numbers?"
    r"|ids?|names?|titles?|documents?)|references?|square brackets|(?:the |your |its "
    r"|all )sources?\b(?! (?:text|code|below|above))|(?:mention|name|state|give|include|add|note"
    r"|indicate|specify) (?:the )?(?:\w+ )?(?:document|source|file|page|section)s?(?: (?:name"
    r"|number|id|title|reference))?s?\b|zitier\w*|quellen?(?:angabe\w*)?|fuentes?|citer|cite[sz]?"
    r"|citar|fonti?|fontes?)\b",
    re.I,
)
"""Words that ask for sources."""
NO_SOURCES = make_regex(
    r"\b(?:no|without|don['’]t|do not|never)\b[^.\n]{0,24}\b(?:cit\w+|sources?|references?)\b", re.I
)
MARKER = make_regex(
    r"^[ \t>*#-]{0,6}(?:[\[(](?P<mark>(?:(?:doc|document|source|passage|chunk|ref|src|S"
    r"|D)[ _#-]?)?[\w.-]{1,24})(?:[:,] ?(?P<inside>[^\[\]()\n]{1,60}))?[\])][:.]?|(?:doc_?id"
    r"|source_?id|chunk_?id|id)[ ]?[:=][ ]*(?P<docid>[\w.-]{1,30})(?:[ \t]*$|:[ ])"
    r"|(?P<word>documents?|doc|source|chunk|passage|snippet|result|article|page|file|excerpt"
    r"|context|note|review|comment|answer|ticket|clause|section|quelle|fuente|dokument"
    r"|documento)[ #_-]{0,2}(?P<number>[\w.-]{1,12})?(?:[ ]?\((?P<named>[^()\n]{1,60})\))?[ "
    r"]?(?:[:–—-]|\n|\Z)|(?P<id>(?=[\w.-]{0,23}[\d._-])[A-Za-z][\w.-]{1,24}):[ ]|(?:-{2,4}|={2,4}"
    r"|#{1,4})[ ]{1,3}(?P<file>[\w./-]{1,60}\.[A-Za-z]{2,5})(?=[ \t]|$)|(?:file_?path|file_?name"
    r"|file|source|document|url)[ ]?:[ ]*(?P<label>[^\s\n][^\n]{1,80})|<(?:document|doc|source"
    r"|article|passage|chunk|result)[ ][^<>\n]{0,60}?(?:id|index|name|title"
    r"|source)=[\"'](?P<attribute>[^\"'\n]{1,60})[\"'][^<>\n]{0,60}>)",
    re.I | re.M,
)
"""The beginning of a source in a text."""
URL = make_regex(r"https?://[^\s<>\"')\]]+")
NAME_LINE = make_regex(
    r"^[ \t]*(?:<(?:source|title|name)>([^<>\n]{1,80})</|(?:source|title|file"
    r"|name):[ ]*([^\n]{1,80})$)",
    re.I | re.M,
)
STYLE = make_regex(
    r"(?:\blike(?: this)?|\be\.g\.,?|\bexample,?|\bsuch as|\bformat|\bform|\bas|\bwith|\bstyle"
    r"|\busing|z\. ?B\.|por ejemplo|wie|como|par exemple)[ "
    r":]{0,2}[\"'“`]?([\[(【]{1,2}\^?[^\[\]()【】\n]{1,40}[\])】]{1,2})",
    re.I,
)
"""An example of how to cite."""
TAIL = make_regex(
    r"[\"'“`]?\b(sources?|references|citations|quellen|fuentes|fonti"
    r"|sources utilisées)\b[\"'”`]?:(?![\"'”`]?\s{0,4}[\[<{])(?!\s{1,4}[\"\w])"
    r"|\b(sources|references|quellen|fuentes)\b[\"'”]? (?:section|list|line|heading|part)\b"
    r"|\blist (?:of )?(?:the |all |your )?(sources|references|urls)\b"
    r"|\b(?:at the|in the) end\b[^.\n]{0,30}\b(sources|references)\b"
    r"|\b(?:list|add|name) (?:the |your )?(sources|references)\b[^.\n]{0,40}\bend\b",
    re.I,
)
"""A wish for a list of sources after the answer."""


@frozen
class CitedSource:
    """A source in a text: its number or id, its name, its address."""

    mark: str
    name: str
    url: str
    start: int
    end: int

    @property
    def title(self) -> str:
        return self.url or self.name or self.mark


def list_sources(text: str) -> list[CitedSource]:
    """Return the sources of a text in their order; empty for a text without marks."""
    found = [match for match in MARKER.finditer(text[:20_000]) if read_mark(match)]
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [read_source(match, text, end) for match, end in zip(found, ends, strict=False)]


def read_mark(match: re.Match[str]) -> str:
    return str(
        match["mark"]
        or match["number"]
        or match["id"]
        or match["docid"]
        or match["attribute"]
        or read_name(match)
    )


def read_name(match: re.Match[str]) -> str:
    return str(match["file"] or match["label"] or match["inside"] or "").strip()


def read_source(match: re.Match[str], text: str, end: int) -> CitedSource:
    block = text[match.end() : end]
    named = NAME_LINE.search(block)
    url = URL.search(block)
    name = (
        match["named"] or read_name(match) or (next(filter(None, named.groups())) if named else "")
    )
    return CitedSource(
        read_mark(match), name.strip(), url[0].rstrip(".,") if url else "", match.start(), end
    )


def find_source(sentence: str, text: str) -> CitedSource | None:
    """Return the source in which a sentence stands; None if the text has no marks."""
    sources = list_sources(text)
    at = text.find(sentence[:60].rstrip("."))
    is_below = NAMED_BELOW.match(text) is not None or not sources
    if at >= 0 and is_below and (below := SOURCE_BELOW.search(text, at)):
        return CitedSource(below[1].strip(), "", "", at, below.end())
    if at < 0 or not sources:
        return None
    return next((one for one in sources if one.start <= at < one.end), None)


NAMED_BELOW = make_regex(r"\s*(?:page ?)?(?:content|text|excerpt|passage|quote)s?: ", re.I)
"""The beginning of texts whose sources stand below them."""
SOURCE_BELOW = make_regex(r"^(?:source|document|id|url|file): ?([^\n]{1,80})$", re.I | re.M)


def wants_sources(text: str) -> bool:
    """Return whether a prompt asks for the sources of the answer."""
    asks = CITES.search(text) or TAIL.search(text)
    return asks is not None and NO_SOURCES.search(text) is None


def write_mark(source: CitedSource, text: str) -> str:
    """Return the mark of a source as a prompt shows it: "[2]" or "(help-031)"."""
    for match in STYLE.finditer(text):
        example = match[1]
        inner = example.strip("[]()【】^")
        if example.startswith("(") and not re.search(r"\d|source|doc|id|name|title", inner, re.I):
            continue
        before, after = example[: example.find(inner)], example[example.find(inner) + len(inner) :]
        return f"{before}{fit_mark(inner, source)}{after}"
    if source.name and re.search(
        r"\b(?:document|file|source)(?:'s)? (?:names?|titles?)\b", text, re.I
    ):
        return f"[{source.name}]"
    is_round = re.search(r"\bparenthes[ie]s\b|\bin (?:round )?brackets \(", text, re.I)
    mark = source.mark or source.name
    return f"({mark})" if is_round else f"[{mark}]"


def fit_mark(example: str, source: CitedSource) -> str:
    """Return the text between brackets: with the word of the example, as in "Source: a.pdf"."""
    label = re.match(r"((?:source|doc|document|quelle|fuente|ref)s?(?:: ?| ))", example, re.I)
    if label is not None:
        rest = example[label.end() :]
        value = source.mark if rest.isdecimal() and source.mark else source.name or source.mark
        return f"{label[1]}{value}"
    if re.search(r"\.\w{2,4}\Z|name|title|file", example, re.I) and source.name:
        return source.name
    if re.search(r"url|link", example, re.I) and source.url:
        return source.url
    prefix = re.match(r"[A-Za-z]+[ _#-]?(?=\d+\Z)", example)
    return f"{prefix[0]}{source.mark}" if prefix and source.mark.isdecimal() else source.mark


def write_tail(sources: list[CitedSource], text: str) -> str:
    """Return the list of sources that a prompt wants below the answer; empty if it wants none."""
    match = TAIL.search(text)
    if match is None or not sources:
        return ""
    name = next(filter(None, match.groups()), "Sources")
    if match[0].endswith("part"):
        marks = dict.fromkeys(one.mark or one.title for one in sources)
        return f"\n{name}: {', '.join(marks)}"
    if IDS.search(text, max(0, match.start() - NEAR), match.end() + NEAR):
        marks = dict.fromkeys(one.mark or one.title for one in sources)
        return f"\n\n{name}: {', '.join(marks)}"
    lines = "\n".join(f"- {one.title}" for one in dict.fromkeys(sources))
    return f"\n\n{name[:1].upper()}{name[1:]}:\n{lines}"


IDS = make_regex(
    r"\b(?:ids?|identifiers?|numbers?) of the (?:documents?|sources?|chunks?|passages?)", re.I
)
"""A wish for the marks of the sources on the last line, not their titles."""
NEAR = 120
"""Characters around the wish for a list of sources."""
