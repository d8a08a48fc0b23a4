"""Lines of a web server's access log, for tests of what reads them."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:fake|sample|example|dummy|mock|test|random|generate|synthetic|make(?: up)?|lines of"
    r"|entries of)\b[^.\n]{0,60}\b(?:(?:nginx|apache|web ?server|http) (?:access )?"
    r"|access )logs?\b",
    re.I,
)
COUNT = make_regex(
    rf"\b({NUMBER}) (?:fake |sample |example |random )?(?:lines|entries|rows|records)\b", re.I
)
OTHER = make_regex(
    r"\b(?:regex|parser? (?:for|that)|script|function|config\w*|explain|json|python"
    r"|format string)\b",
    re.I,
)
PATHS = (
    "/",
    "/index.html",
    "/api/orders",
    "/login",
    "/static/app.js",
    "/products/42",
    "/api/users/7",
    "/health",
)
STATUSES = (200, 200, 200, 304, 404, 200, 301, 500)
AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
    "curl/8.7.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0",
)
USUAL = 5
MOST = 100


@form(
    "access log",
    "i need like 6 lines of fake nginx access log to test a parser",
    words="log logs",
    about="lines in the combined format, with addresses that are reserved for documentation",
)
def write_access_log(question: Question) -> str | None:
    text = question.prompt[:400]
    if question.material or not WISH.search(text) or OTHER.search(WISH.sub(" ", text)):
        return None
    counted = COUNT.search(text)
    count = parse_count(counted[1], MOST) if counted else USUAL
    lines = [write_entry(question, at) for at in range(count)]
    return "\n".join(lines) if question.is_terse else "```\n" + "\n".join(lines) + "\n```"


def write_entry(question: Question, at: int) -> str:
    random = question.random
    address = f"203.0.113.{random.draw_between(1, 254)}"
    seconds = 17 * at
    moment = f"12/Mar/2025:08:{14 + seconds // 60:02}:{seconds % 60:02} +0000"
    place = random.draw_below(len(PATHS))
    method = "POST" if PATHS[place] == "/login" else "GET"
    size = random.draw_between(150, 9_000)
    agent = random.pick(AGENTS)
    return (
        f'{address} - - [{moment}] "{method} {PATHS[place]} HTTP/1.1" {STATUSES[place]} {size} "-"'
        f' "{agent}"'
    )
