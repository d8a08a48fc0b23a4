"""The structure of XML that a prompt shows or describes: a template, "each <cd> has <title>"."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import build_object, describe_field
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.nested_fields import to_plural
from mockgem.operations.forms.serialising import name_item

OPENING = make_regex(r"<([A-Za-z_][\w.-]{0,40})(?: [^<>\n]{0,200})?>")
ELLIPSIS = make_regex(r"(?<=>)\s*(?:\.\.\.|…)\s*(?=<)")
EACH_ELEMENT = make_regex(
    r"(?:<(?P<name>[A-Za-z_][\w-]{0,40})>(?: elements?| tags?| nodes?| entry| entries)?"
    r"|\b(?:each|every) (?P<noun>[a-z][\w-]{0,30})(?: element| tag| node| entry)?)"
    r"(?: (?:for each|for every|per) [a-z]{2,20}(?: [a-z]{2,20})?)?,?"
    r"(?: each| that| which| should| must){0,2}\s(?:has|have|needs?|with|containing"
    r"|contains?|having"
    r"|includes?|including)\s(?P<own>[^.\n<]{0"
    r",70})(?P<children>(?:<[A-Za-z_][\w-]{0,40}(?: [^<>\n]{0,40})?>"
    r"[^.\n<]{0,12}){1,12})",
    re.I,
)
NAME = make_regex(r"<[A-Za-z_][\w-]{0,40}>|\b(?:each|every) [a-z]", re.I)
SUBJECT = make_regex(
    r"\bxml\b[^.\n:]{0,40}?\b(?:for|of|describing|representing|about|containing|with data for)\s"
    r"(?:an?|the|one|my)\s(?:\w+\s){0,2}?(?P<noun>[a-z]{3,20})"
    r"(?=\s(?:of(?= \d)|with"
    r"|having|containing|that|including|which|named|called|in)\b|[,.:;]|\s*\Z)"
    r"|\b(?:create|generate|write|make|describe|represent)\s(?:an?|the|one)\s(?:\w+\s)?"
    r"(?P<thing>[a-z]{3,20})\s(?:in|as) xml\b"
    rf"|\bxml\b[^.\n:]{{0,30}}?\s{NUMBER}\s(?:\w+\s)?(?P<many>[^\W\d_]{{3,20}}s)(?=[,.\s])"
    rf"|\bxml\b[^.\n:]{{0,30}}?\s{NUMBER}\s(?P<others>[^\W\d_]{{4,20}})(?=,| ?\(| mit\b"
    rf"| con\b| avec\b"
    r"| com\b| met\b| z\b)",
    re.I,
)
NOT_ROOTS = frozenset(
    "document file example sample snippet structure response data element".split()
)


def find_template(text: str) -> tuple[str, dict[str, Any]] | None:
    """Return the root and the schema of the XML that a text shows as the form of the reply."""
    for match in list(OPENING.finditer(text[:6000]))[:6]:
        end = text.rfind(f"</{match[1]}>")
        if end < 0:
            continue
        source = ELLIPSIS.sub("", text[match.start() : end + len(match[1]) + 3])
        try:
            root = ElementTree.fromstring(source)
        except ElementTree.ParseError:
            continue
        if len(root):
            return root.tag, describe_element(root, 0)
    return None


def describe_element(element: ElementTree.Element, depth: int) -> dict[str, Any]:
    """Return the schema of an element: an object of its children, or the type of its text.

    The keys of attributes begin with "@", that of a text beside attributes is "#text".
    """
    attributes = [
        (f"@{name}", describe_field(name, value.strip(" []{}()<>.…")))
        for name, value in element.attrib.items()
    ]
    if not len(element) or depth > 8:
        about = (element.text or "").strip(" \n[]{}().…")
        text = describe_field(element.tag, about)
        if not attributes:
            return text
        return build_object([*attributes, *([("#text", text)] if about else [])])
    if attributes:
        inner = [(child.tag, describe_element(child, depth + 1)) for child in element]
        return build_object([*attributes, *inner])
    tags = [child.tag for child in element]
    repeated = len(set(tags)) == 1 and (len(tags) > 1 or element.tag == to_plural(tags[0]))
    if repeated:
        item = describe_element(element[0], depth + 1)
        if element.tag == to_plural(tags[0]):
            return {"type": "array", "items": item, "minItems": max(2, len(tags))}
        limits = (
            {"minItems": len(tags), "maxItems": len(tags)} if len(tags) > 2 else {"minItems": 2}
        )
        return build_object([(tags[0], {"type": "array", "items": item, **limits})])
    return build_object([(child.tag, describe_element(child, depth + 1)) for child in element])


KNOWN = (
    (
        make_regex(r"\bsitemap\b", re.I),
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        "  <url>\n    <loc>https://example.com/page-{at}</loc>\n   "
        " <lastmod>2026-01-0{at}</lastmod>\n  </url>",
        "</urlset>",
    ),
    (
        make_regex(r"\brss(?: 2\.0)? feed\b|\brss\b", re.I),
        '<rss version="2.0">\n<channel>\n  <title>News</title>\n  <link>https://example.com/</link>\n'
        "  <description>Latest news</description>",
        "  <item>\n    <title>Entry {at}</title>\n    <link>https://example.com/{at}</link>\n"
        "    <description>Entry {at}</description>\n  </item>",
        "</channel>\n</rss>",
    ),
)
"""Kinds of XML whose elements everybody knows: how they begin, an entry, and how they end."""


PATH = make_regex(r"(?<![\w/.:])(/[\w/-]{0,40})(?![\w/])")
HOST = make_regex(r"\b(?:https?://)?((?:[a-z0-9-]{1,30}\.){1,3}[a-z]{2,6})(?<!\.xml)\b", re.I)


def list_pages(text: str) -> str:
    """Return the entries of a sitemap for the pages that a prompt names."""
    paths, host = PATH.findall(text), HOST.search(text)
    start = f"https://{host[1] if host else 'example.com'}"
    return "\n".join(f"  <url>\n    <loc>{start}{path}</loc>\n  </url>" for path in paths)


def write_known(text: str, count: int) -> str:
    """Return a sitemap or a feed with some entries; empty if the prompt names the elements."""
    if "<" in text:
        return ""
    if KNOWN[0][0].search(text) and (pages := list_pages(text)):
        return f"{KNOWN[0][1]}\n{pages}\n{KNOWN[0][3]}"
    for pattern, start, entry, end in KNOWN:
        if pattern.search(text):
            entries = "\n".join(entry.format(at=at) for at in range(1, min(count, 9) + 1))
            return f"{start}\n{entries}\n{end}"
    return ""


SHOWS = make_regex(
    r"\b(?:format|structure|form|template|shape|schema|layout|pattern|like this|as follows"
    r"|following)"
    r"\b[^\n<]{0,60}[\n:]\s{0,4}(?:```(?:xml)?\s*)?<[A-Za-z_][\w-]{0,40}[^<>\n]{0,80}>\s*<",
    re.I,
)
"""An element with others in it, right below what announces the form of the reply."""


def shows_xml(text: str) -> bool:
    """Return whether a text shows the reply as elements, without the word XML."""
    if "</" not in text or "<html" in text.lower() or SHOWS.search(text) is None:
        return False
    return find_template(text) is not None


def is_each(name: str, text: str) -> bool:
    """Return whether an element is one of several: "Each <book> has …"."""
    return re.search(rf"\b(?:each|every) <{re.escape(name)}>", text, re.I) is not None


def find_each_element(text: str, root: str) -> tuple[str, dict[str, Any], int] | None:
    """Return the element that comes several times, its schema and how often it comes."""
    starts = [match.start() for match in NAME.finditer(text[:6000])]
    for match in filter(None, (EACH_ELEMENT.match(text, at) for at in starts)):
        name = match["name"] or name_member(match["noun"], root, text)
        children = [one for one in OPENING.finditer(match["children"]) if one[1] != name]
        if name in (root, "") or not children:
            continue
        counted = re.search(
            rf"\b({NUMBER})\s(?:\w+\s){{0,3}}?(?:<{name}>|{re.escape(to_plural(name))}\b"
            rf"|{re.escape(name)}\b"
            r"|(?:entries|elements|records|items|products|rows)\b)",
            text,
            re.I,
        )
        count = parse_count(counted[1], 30) if counted else 2
        own = [(f"@{one}", describe_field(one, "")) for one in find_attributes(match["own"])]
        fields = {child[1]: describe_child(child) for child in children}
        return name, build_object([*own, *fields.items()]), count
    return None


def name_member(noun: str, root: str, text: str) -> str:
    """Return the element that a noun means, "each customer" or "each one"; empty for another."""
    own = name_item(root)
    return noun if f"<{noun}>" in text or noun == own else own if noun in ITEMS else ""


ITEMS = frozenset("one item entry element record row line".split())
ATTRIBUTE_OF = make_regex(r"\s([A-Za-z_][\w-]{0,30})=[\"']([^\"'\n]{0,60})[\"']")


def describe_child(child: re.Match[str]) -> dict[str, Any]:
    """Return the schema of an element that a prompt names, with the attributes that it shows."""
    described = describe_field(child[1], "")
    shown = ATTRIBUTE_OF.findall(child[0])
    if not shown:
        return described
    own = [(f"@{name}", describe_shown(name, value.strip(" [].…"))) for name, value in shown]
    return build_object([*own, ("#text", described)])


def describe_shown(name: str, value: str) -> dict[str, Any]:
    return {"type": "string", "enum": [value]} if value else describe_field(name, "")


OTHER = r"(?!(?:the|an?|and|contains?|has|have|with|child|children|elements?)\b)[a-z][\w-]{0,20}"
ATTRIBUTE = make_regex(
    rf"\b({OTHER}(?:(?:, | and ){OTHER})*) attributes?\b"
    rf"|\battributes? ({OTHER}(?:(?:, | and ){OTHER})*)",
    re.I,
)


def find_attributes(text: str) -> list[str]:
    """Return the names in "an id attribute and the children"."""
    match = ATTRIBUTE.search(text) if "attribute" in text else None
    return re.split(r", | and ", match[1] or match[2]) if match else []


def find_subject_root(text: str) -> str:
    """Return the thing that the XML describes as the name of its root; empty if it is not said."""
    match = SUBJECT.search(text[:2000])
    noun = next(filter(None, match.groups()), "").lower() if match else ""
    if noun == "book" and re.search(r"\b(?:address|phone) book\b", text, re.I):
        noun = "address_book"
    return "" if noun in NOT_ROOTS else noun
