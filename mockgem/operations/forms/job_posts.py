"""Posts about a new job: "a LinkedIn post that I've started as Data Engineer at Acme"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.decorations import wants_emoji
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

POST = make_regex(
    r"\b(?:linkedin|facebook|instagram|social media|twitter|x) (?:post|update|announcement)\b"
    r"|\bpost\b|\btweet\b",
    re.I,
)
JOB = make_regex(
    r"\b(?:i['’]ve|i have|i['’]m|i am|i|that i)? ?(?:just )?(?:start(?:ed|ing)?|join(?:ed|ing)?"
    r"|accept(?:ed|ing)?"
    r"|got|landed|been promoted to|was promoted to)\b(?: (?:a|my) (?:new )?(?:job|position|role))?"
    r"(?: as)? (?:an? |the |my new role as )?(?P<role>[A-Za-z][\w /&-]{3,50}?) (?:at|with|for) "
    r"(?P<company>[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,3})(?: in (?P<place>[A-Z][\w-]+(?:"
    r" [A-Z][\w-]+)?))?"
)
TAGS = make_regex(rf"\b({NUMBER}) (?:[a-z]+ )?hash-?tags?\b", re.I)


@form(
    "post about a new job",
    "Write a LinkedIn post that I've started as Data Engineer at Nordwind Energy in Hamburg.",
    words="post tweet linkedin update announcement",
    about="a post with the role, the company and the place, and hashtags about them",
)
def write_job_post(question: Question) -> str | None:
    text = question.instruction
    match = JOB.search(text) if POST.search(text) and question.language == "en" else None
    if match is None or question.material:
        return None
    role, company, place = match["role"].strip(), match["company"].rstrip("."), match["place"]
    where = f" in {place}" if place else ""
    article = "an" if role[:1].lower() in "aeio" else "a"
    emoji = "🎉 " if wants_emoji(question) else ""
    body = (
        f"{emoji}I'm happy to share that I've started a new position as {article} {role} at"
        f" {company}{where}!"
        "\n\nThank you to everyone who supported me on the way. I'm looking forward to learning"
        " from the"
        " team and to the work ahead of us."
    )
    counted = TAGS.search(text)
    count = parse_count(counted[1], 10) if counted else 3
    tags = [make_tag(role), make_tag(company), "#NewJob", "#Career", "#Grateful", "#Team"]
    return f"{body}\n\n{' '.join(tags[:count])}" if count else body


def make_tag(text: str) -> str:
    return "#" + "".join(word[:1].upper() + word[1:] for word in text.replace("&", " ").split())
