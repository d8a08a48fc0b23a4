"""Reasons, remarks and keywords that come from the given text."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sentiment import BAD, GOOD
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS

REASON = make_regex(
    r"^(?:short_|brief_|overall_|general_)?(?:reason(?:ing|s)?|rationale|justification|explanation"
    r"|why|evidence"
    r"|analysis|details?|feedback|comments?|remarks?|critique|thoughts?|thinking|thought"
    r"|explanation_text|observation|note|notes|verdict_reason|chain_of_thought|begründung"
    r"|erklärung|grund|raison|razón|razon|motivo|explicación|explication)$",
    re.I,
)
REPLY = make_regex(
    r"^(?:suggested|draft|proposed|auto|recommended)_?(?:reply|response|answer)$|^reply_text$"
    r"|^(?:response|reply)(?:_to_customer|_text|_message)?$",
    re.I,
)
KEYWORDS = make_regex(
    r"^(?:keywords?|tags|topics?|key_?phrases|key_?terms|themes|subjects|labels|seo_keywords"
    r"|hashtags|aspects|main_topics|key_topics|concepts|entities)$",
    re.I,
)
LABELS = make_regex(
    r"^(?:sentiment|label|category|intent|agent|route|type|class|classification|priority|urgency"
    r"|decision|verdict|datasource|tool|department|team|status|emotion|topic|severity|language"
    r"|action|score|rating|grade|next|destination|choice|answer|result|correct|winner)$",
    re.I,
)
FLAG = make_regex(
    r"^(?:is|has|contains?|mentions?|requires?|needs?|should|flagged|spam|fake|relevant|correct"
    r"|valid|toxic"
    r"|safe|urgent|escalate)",
    re.I,
)
QUESTION = make_regex(
    r"(?:^|[.\n] )(?:(?:user|customer)(?:'s)? )?(?:question|q|query|request"
    r"|message)\s?[:：]\s*[\"'“]?"
    r"(\S[^\n\"”]{2,200})",
    re.I | re.M,
)
ANSWER = make_regex(
    r"^(?:(?:student|model|candidate|user|given|submitted)(?:'s)? )?(?:answer|response|a)"
    r"\s?[:：]\s*(\S[^\n]{0,200})",
    re.I | re.M,
)
MAX_QUOTE = 90
VERBS = frozenset(
    """
    is are was were be been being am do does did done has have had will would can could should may
    might must love loved loves hate hated make made makes say said says see saw get got gets go
    goes went come came want wants wanted need needs work works worked use used uses fall fell rise
    rose open opened opens live lives like likes liked keep keeps take took takes give gave gives
    become becomes visit visited buy bought find found help helps include includes including show
    shows increase decrease reach play plays run runs begin began call called explain explains
    leave left know known feel felt please help try tried order ordered arrive arrived write wrote
    broke crash crashes crashed lasts last seems looks look build builds grow grows cause causes
    """.split()
)
OTHERS = frozenset(
    """
    the a an and or but if then than so because as of in on at to from for with without by about
    into over under after before between during through i you he she it we they me him her us them
    my your his its our their this that these those there here who whom which what when where why
    how not no nor very really too also just only even still yet already again once ever never
    always often more most less least much many few some any each every all both either neither
    one two three four five six seven eight nine ten first second next last new good great best
    bad better worse amazing awful terrible excellent nice beautiful big small large little unlike
    long short high low easy hard cheaper faster slower larger smaller higher lower whenever while
    until since absolutely quite up down out off well day days week weeks month months year years
    today yesterday tomorrow time thing things way lot bit such own same other another monday
    tuesday wednesday thursday friday saturday sunday text article review message email ticket
    user model assistant agent conversation everything something nothing anything everyone
    somebody nobody
    """.split()
)


GREETING = make_regex(
    r"(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening))\b[^.!?]{0,40}[.!]?\Z"
    r"|(?:my name is|i['’]m|i am|this is) [A-Z][^.!?]{0,30}[.!]?\Z",
    re.I,
)
"""A sentence that only greets or says who writes."""


def quote(text: str) -> str:
    """Return the sentence of a text that says most, short enough to be quoted."""
    sentences = [one.strip(" \"'“”") for one in split_sentences(text) if len(one.split()) > 1]
    strong = [one for one in sentences if GOOD.search(one) or BAD.search(one)]
    told = [one for one in sentences if not GREETING.match(one)]
    found = (strong or told or sentences or [text.strip()])[0]
    if len(found) <= MAX_QUOTE:
        return found.rstrip(".")
    return found[:MAX_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


def write_reason(row: dict[str, Any], text: str, whole: str) -> str:
    """Return one sentence that supports the labels and flags of an object with the text."""
    answered = ANSWER.search(whole)
    if answered is not None:
        asked = QUESTION.search(whole)
        about = f" to '{asked[1].strip()}'" if asked else ""
        return f"The answer '{answered[1].strip().rstrip('.')}'{about} {judge(row)}."
    asked = QUESTION.search(whole)
    said = quote(asked[1] if asked else text)
    for key, item in row.items():
        name = CAMEL.sub("_", key).lower()
        if isinstance(item, bool) and (FLAG.match(name) or len(row) < 4):
            return explain_flag(name, item, said)
    for key, item in row.items():
        name = CAMEL.sub("_", key).lower()
        if (
            LABELS.match(name)
            and isinstance(item, str)
            and item
            and item.lower() not in said.lower()
        ):
            return f"The text says '{said}', which fits {item} best."
    return f"The text says '{said}'."


def judge(row: dict[str, Any]) -> str:
    """Return what an answer is worth by the mark beside it."""
    mark = next((item for item in row.values() if isinstance(item, (bool, int, float))), None)
    label = next((str(item).lower() for item in row.values() if isinstance(item, str)), "")
    if mark is False or mark == 0 or label in ("incorrect", "fail", "no", "wrong"):
        return "is not correct"
    if mark is True or label in ("correct", "pass", "yes"):
        return "is correct"
    return "addresses the question directly"


def explain_flag(name: str, flag: bool, said: str) -> str:
    verb, _, rest = name.partition("_")
    rest = rest.replace("_", " ")
    what = {
        "is": f"it is {rest}",
        "has": f"it has {rest}",
        "contains": f"it contains {rest}",
        "requires": f"it requires {rest}",
        "needs": f"it needs {rest}",
        "should": f"one should {rest}",
        "flagged": "it should be flagged",
    }.get(verb, f"it {verb} {rest}" if rest and verb.endswith("s") else f"it is {name}")
    return (
        f"'{said}' suggests that {what}." if flag else f"Nothing in '{said}' suggests that {what}."
    )


PART_LABEL = make_regex(
    r"^[ \t*#]*(?:title|body|text|article|content|subject|headline|abstract|summary)\**:",
    re.I | re.M,
)


def extract_keywords(text: str, count: int) -> list[str]:
    """Return the nouns of a text that say what it is about, two together where they belong."""
    runs: list[list[str]] = []
    is_open = False
    text = PART_LABEL.sub(". ", text)
    for token in re.findall(r"[A-Za-zÀ-ÿ][\w'’-]*|[^\sA-Za-zÀ-ÿ]+", text[:3000]):
        if not is_term(token):
            is_open = False
            continue
        if is_open and len(runs[-1]) < 2:
            runs[-1].append(token)
        else:
            runs.append([token])
        is_open = True
    terms = [" ".join(run) for run in runs]
    names = {term for term in terms if term[:1].isupper() and not starts_sentence(term, text)}
    ordered = list(dict.fromkeys(term if term in names else term.lower() for term in terms))
    ordered = [
        one for one in ordered if not any(one != two and f" {one}" in two for two in ordered)
    ]
    if len(ordered) > count:
        lower = text.lower()
        ranked = sorted(ordered, key=lambda term: -weigh_term(term, lower))[:count]
        ordered = [term for term in ordered if term in ranked]
    return ordered[:count]


def weigh_term(term: str, lower: str) -> float:
    """Return how much a text is about a term: how often it has the last word, and a pair counts."""
    *before, last = term.lower().split()
    return lower.count(last) + (0.5 if before or term[:1].isupper() else 0)


def starts_sentence(term: str, text: str) -> bool:
    at = text.find(term)
    is_first = at == 0 or text[max(0, at - 2) : at].strip() in (".", "!", "?", '"', "“")
    return is_first and not any(word[:1].isupper() for word in term.split()[1:])


def is_term(token: str) -> bool:
    lower = token.lower()
    if not lower[:1].isalpha() or len(lower) < 3 or lower in OTHERS or lower in VERBS:
        return False
    if (
        lower in COMMON_WORDS
        or "'" in lower
        or "’" in lower
        or GOOD.fullmatch(lower)
        or BAD.fullmatch(lower)
    ):
        return False
    return token[:1].isupper() or re.search(r"(?:ing|ed|ly|est)\Z", lower) is None
