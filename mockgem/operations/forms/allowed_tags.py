"""Tags from a list of allowed ones, and the line of a taxonomy that fits a product."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import fence, wants
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import score_label

ALLOWED = make_regex(
    r"\b(?:allowed|available|possible|valid|existing|permitted|given|following|these) (?:tags"
    r"|labels|topics|keywords)(?: are)?"
    r"\s?:\s*(?:\[(?P<array>[^\[\]\n]{3,600})\]|(?P<tags>[^\n.]{3,600}))",
    re.I,
)
JSON_TAGS = make_regex(
    r"\b(?:array|list) of (?:the |all )?(?:tags|labels|topics|keywords|strings)\b", re.I
)
MOST = make_regex(
    rf"\b(?:(?:between )?({NUMBER}) (?:and|to|-|–) ({NUMBER})|(?:up to|at most"
    rf"|max(?:imum)?(?: of)?|no more"
    rf" than) ({NUMBER})|exactly ({NUMBER})|(?:pick|choose|select"
    rf"|assign) ({NUMBER}))\b(?! (?:words|char))",
    re.I,
)
LINE = make_regex(
    r"^[ \t]{0,8}(?:[-*•] )?([A-Z][\w &,'’-]{0,40}(?: > [A-Z][\w &,'’-]{0,40}){1,5})[ \t]{0,8}$",
    re.M,
)
WORD = make_regex(r"[a-z]{4,}")
RELATED = {
    "family": "kids children parents baby",
    "city-trip": "city hours weekend lisbon paris rome berlin london",
    "budget": "euros cheap under affordable price save",
    "food": "eat restaurant pasta pastéis recipe cook dinner",
    "travel": "trip hours journey visit hotel flight",
    "wellness": "spa yoga sleep relax",
    "adventure": "climb hike kayak trail",
}


@form(
    "allowed tags",
    "Tag this post. Allowed tags: travel, food, budget, family. Choose one to three,"
    " comma-separated.\n\nPost: Lisbon with two kids for under 300 euros",
    words="tag tags label labels topics keywords",
    about="some of the tags that the prompt allows",
)
def choose_tags(question: Question) -> str | None:
    match = ALLOWED.search(question.whole[:8000])
    is_json = wants("json", question)
    if match is None or '{"' in question.whole or (is_json and not JSON_TAGS.search(question.wish)):
        return None
    given = match["array"] or match["tags"]
    tags = [one.strip(" `\"'") for one in re.split(r",\s*(?:and )?|;| \| ", given) if one.strip()]
    text = question.material or question.prompt
    if len(tags) < 2 or text.find(match[0]) == 0:
        return None
    limit = MOST.search(question.whole)
    numbers = [one for one in limit.groups() if one] if limit else []
    most = parse_count(numbers[-1], 20) if numbers else 3
    scored = sorted(tags, key=lambda tag: -rate(tag, text.replace(match[0], " ")))
    fitting = [tag for tag in scored if rate(tag, text.replace(match[0], " ")) > 0][:most]
    chosen = fitting or [choose(tags, [""] * len(tags), text, question)]
    return fence(json.dumps(chosen), "json", question) if is_json else ", ".join(chosen)


def rate(tag: str, text: str) -> float:
    """Return how many words of a text belong to a tag."""
    lower = text.lower()
    own = 2.0 if re.search(rf"\b{re.escape(tag.lower())}", lower) else 0.0
    related = sum(word in lower for word in RELATED.get(tag.lower(), "").split())
    return own + related + score_label(tag, text)


@form(
    "line of a taxonomy",
    "Map the product to the best category.\n\nTaxonomy:\nHome > Kitchen > Cookware\nHome >"
    " Kitchen >"
    ' Small Appliances\n\nProduct: "drip coffee maker"\n\nCategory:',
    words="taxonomy category categories map classify assign categorize",
    about="the line of the listed taxonomy that fits the text",
)
def choose_line(question: Question) -> str | None:
    lines = LINE.findall(question.whole[:12_000])
    if len(lines) < 2 or wants("json", question):
        return None
    text = question.prompt
    for line in lines:
        text = text.replace(line, " ")
    said = set(WORD.findall(text.lower()))
    best = max(lines, key=lambda line: count_shared(line, said))
    return best if count_shared(best, said) else choose(lines, [""] * len(lines), text, question)


THINGS = {
    "appliances": "coffee maker blender toaster kettle mixer drip electric watt oven vacuum",
    "cookware": "pan pot skillet saucepan",
    "tools": "drill hammer spade rake saw wrench",
    "shoes": "sneaker boot sandal trainers",
    "clothing": "shirt jacket trousers dress sweater",
    "furniture": "chair table sofa desk shelf",
    "electronics": "phone laptop headphones speaker camera charger",
    "toys": "puzzle doll lego game",
    "books": "novel paperback hardcover author",
}


def count_shared(line: str, said: set[str]) -> int:
    """Return how many words of a text belong to a line; those of its last part count twice."""
    *before, last = [set(WORD.findall(part.lower())) for part in line.split(" > ")]
    things = {word for name in last for word in THINGS.get(name, "").split()}
    return 2 * len((last | things) & said) + sum(len(part & said) for part in before)
