"""Whether a field is true of a text: spam, violence, urgency, a word of its name."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

VIOLENT = r"\b(?:hurt|kill|beat|attack|shoot|stab|murder|bomb|burn|destroy)\w*\b"


RUDE = r"\b(?:hate|scum|vermin|idiots?|stupid|losers?|shut up|morons?|disgusting)\b"


SIGNS = (
    (make_regex(r"violen(?:ce|t)|threats?|threatening", re.I), make_regex(VIOLENT, re.I)),
    (make_regex(r"hate(?:_speech)?|harassment|insults?|toxicity", re.I), make_regex(RUDE, re.I)),
    (
        make_regex(r"(?:is_)?(?:flagged|toxic|unsafe|inappropriate|offensive|harmful)", re.I),
        make_regex(f"{VIOLENT}|{RUDE}", re.I),
    ),
    (
        make_regex(
            r"(?:is_)?(?:(?:likely_)?(?:spam|phishing|scam|fake|fraud(?:ulent)?"
            r"|suspicious))(?:_review)?",
            re.I,
        ),
        make_regex(
            r"\b(?:free|prize|won|winner|click|congratulations|claim|verify your|lottery"
            r"|buy now|act now|order now|guaranteed|100 ?%|best (?:\w+ )?ever)\b|!{3}",
            re.I,
        ),
    ),
    (
        make_regex(r"(?:is_)?urgent", re.I),
        make_regex(
            r"\b(?:urgent\w*|asap|immediately|right away|as soon as possible|emergency)\b", re.I
        ),
    ),
    (
        make_regex(
            r"(?:is_)?(?:in_?stock|available|auf_lager|lieferbar|verfügbar|en_stock|disponible"
            r"|disponibile"
            r"|disponível|в_наличии|наличие|доступен|在庫|在庫あり|有货|有貨)",
            re.I,
        ),
        make_regex(
            r"(?<!not )(?<!nicht )(?<!нет )(?<!no )(?<!pas )(?:\bin stock|\bavailable|\bauf lager"
            r"|\blieferbar|\bverfügbar|\ben stock|\bdisponib|\bdisponív|на складе|в наличии"
            r"|在庫あり|有货|有貨|\bships today|\bready to ship)",
            re.I,
        ),
    ),
    (
        make_regex(
            r"(?:wants_|is_)?refund(?:_requested|_wanted)?|(?:requests?|wants)_refund", re.I
        ),
        make_regex(r"\b(?:refund\w*|money back|geld zurück|reembolso|remboursement)\b", re.I),
    ),
    (
        make_regex(r"(?:is_)?(?:sales_)?(?:lead|sales_lead|purchase_intent|buying_intent)", re.I),
        make_regex(
            r"\b(?:quote|pricing|price list|buy|purchase|order|licen[cs]es?|demo|trial|offer"
            r"|interested in)\b",
            re.I,
        ),
    ),
    (
        make_regex(
            r"(?:needs|requires)_(?:reply|response|follow_?up|answer|action)|action_(?:required"
            r"|needed)|follow_?up_(?:needed"
            r"|required)",
            re.I,
        ),
        make_regex(r"\?|\bplease\b|\b(?:can|could) you\b", re.I),
    ),
)
"""Words of a text for which a field is true."""


def find_flag(name: str, text: str) -> bool:
    """Return whether a text has the word of a field that is true or false, and does not deny it."""
    if signs := next((one for names, one in SIGNS if names.fullmatch(name)), None):
        return signs.search(text) is not None
    word = re.escape(re.sub(r"^(?:is|has|was|contains)_", "", name).replace("_", " ").rstrip("s"))
    word = word.replace(r"\ ", "[ -]?")
    match = re.search(rf"(?<!\w){word}", text, re.I)
    if match is None:
        return False
    return DENIED.search(text[: match.start()]) is None


DENIED = make_regex(
    r"\b(?:not|no|never|without|un|sin|sans|ohne|kein\w{0,2}|nicht|senza|sem|zonder|bez)\W*"
    r"(?:\w+ )?\Z",
    re.I,
)
"""A word in front of another one that denies it."""
