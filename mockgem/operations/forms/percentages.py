"""Sums with percentages, and speeds: "25 % off 40", "a tip of 15 % on 48", "120 km in 2 hours"."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

PERCENT_WORD = (
    r"(?:%|percent\b|per cent\b|prozent\b|por ciento\b|por cento\b|pour ?cent\b|per cento\b"
    r"|procent\w*|yüzde\b)"
)
PERCENT = make_regex(rf"(?<![\w.])(\d{{1,4}}(?:[.,]\d{{1,3}})?) ?{PERCENT_WORD}", re.I)
AMOUNT = make_regex(
    rf"(?<![\w.,-])(\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,4}})?|\d{{1,9}}(?:[.,]\d{{1,4}})?)"
    rf"(?![\d,.]*\d)(?! ?{PERCENT_WORD})",
    re.I,
)
ASKED_SHARE = make_regex(
    r"\b(?:what|which) (?:is the )?(?:percent|percentage|%) (?:of (?P<whole>[\d.,]+) is"
    r" (?P<part>[\d.,]+)|is (?P<part2>[\d.,]+) of (?P<whole2>[\d.,]+))"
    r"|(?P<part3>[\d.,]+) is (?:what|which|how many) (?:percent|percentage|%) of"
    r" (?P<whole3>[\d.,]+)",
    re.I,
)
PERCENT_OF = make_regex(
    rf"(?<![\w.])(\d{{1,4}}(?:[.,]\d{{1,3}})?) ?{PERCENT_WORD} (?:of|von|de|del|di|van|z|из|от|д')"
    rf" ?"
    rf"(?:the )?[$€£]? ?(\d[\d,]{{0,12}}(?:\.\d{{1,4}})?)",
    re.I,
)


@frozen
class PercentageRule:
    """What a percentage does to an amount, if a text has one of some words.

    Attributes:
        words: The words.
        part_words: Words that ask for the difference alone.
        total_words: Words that ask for the new amount, where the difference is usual.
        sign: 1 if the percentage is added, -1 if it is taken away.
    """

    words: re.Pattern[str]
    part_words: re.Pattern[str]
    total_words: re.Pattern[str]
    sign: int


NEVER = make_regex(r"(?!)")
TOTAL = make_regex(
    r"\b(?:total|altogether|incl\w*|in all|overall|sum|final|bill with|after|insgesamt|gesamt\w*"
    r"|inklusive|en total|totale|ao todo|łącznie|toplam|balance|end up)\b",
    re.I,
)
RULES = (
    PercentageRule(
        make_regex(
            r"\b(?:off|discount\w*|reduc\w+|sale|cheaper|decreas\w*|drop\w*|fall\w*|fell|less"
            r"|lower\w*"
            r"|left|remain\w*|the rest|do i pay|depreciat\w+|los[et]\w*|rabatt|nachlass"
            r"|reduzier\w*|günstiger|descuento|rebaja\w*"
            r"|réduction|remise|solde\w*|sconto|scontat\w*|desconto|korting|zniżk\w*|rabat\w*"
            r"|indirim\w*)",
            re.I,
        ),
        make_regex(
            r"\bsav(?:e|ed|ings?)\b|\b(?:amount|value|size) of the discount|discount amount"
            r"|\bspare\b"
            r"|\bahorro\b|how much is the discount|what is the discount\b",
            re.I,
        ),
        TOTAL,
        -1,
    ),
    PercentageRule(
        make_regex(
            r"\b(?:tips?|gratuity|commission|deposit|trinkgeld|provision|propina|comisión|pourboire"
            r"|mancia|gorjeta|fooi|napiwek\w*|bahşiş|interest|zinsen)\b",
            re.I,
        ),
        NEVER,
        TOTAL,
        0,
    ),
    PercentageRule(
        make_regex(
            r"\b(?:tax|vat|mwst|mehrwertsteuer|iva|tva|btw|surcharge|markup|mark-up|service charge"
            r"|fee"
            r"|increas\w*|rais\w*|rise\w*|rose|grow\w*|grew|more|add\w*|plus|gain\w*|higher"
            r"|erhöh\w*|steig\w*"
            r"|aument\w*|sub\w{1,3}|augment\w*|sal\w{1,3}|stijg\w*|wzr\w+|zwiększ\w*|art\w{1,6})\b",
            re.I,
        ),
        make_regex(
            r"\bhow much (?:tax|vat|is the (?:tax|vat|fee|surcharge|increase))|\b(?:tax|vat) amount"
            r"|amount of (?:the )?(?:tax|vat)\b|what is the (?:tax|vat)\b",
            re.I,
        ),
        TOTAL,
        1,
    ),
)
SPEED = make_regex(
    r"\b(\d{1,6}(?:\.\d{1,3})?) ?(?:km|kilomet\w+|miles?|m|met(?:er|re)s?|pages?|words|units?"
    r"|items?)\b"
    r"[^.?!]{0,40}?\bin (\d{1,5}(?:\.\d{1,3})?) ?(?:hours?|hrs?|h|minutes?|min|seconds?|s|days?)\b",
    re.I,
)
ASKS_SPEED = make_regex(
    r"\b(?:speed|how fast|velocity|rate|per (?:hour|minute|second|day))\b", re.I
)
DISTANCE = make_regex(
    r"\b(?:at|with) (?:an? )?(?:average |constant )?(?:speed of )?(\d{1,5}(?:\.\d{1,3})?) ?"
    r"(?:km/h|kph|mph|m/s|km per hour|miles per hour)\b[^.?!]{0,40}?\bfor (\d{1,5}(?:\.\d{1,3})?) ?"
    r"(?:hours?|hrs?|h|seconds?)\b",
    re.I,
)
DECIMALS = make_regex(
    r"\b(?:two|2) (?:decimals?|decimal places|digits after)|\bzwei nachkommastellen|dos decimales"
    r"|deux décimales|due decimali",
    re.I,
)


def parse_amount(text: str) -> float:
    """Return the value of "1,200.50", "12,5" or "40"."""
    text = text.strip(".,")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    return float(text.replace(",", "."))


def solve_percentage(text: str) -> float | None:
    """Return the result of a sum with one percentage; None if a text has no such sum."""
    text = text[:1500]
    percents = PERCENT.findall(text)
    if not percents:
        return solve_share(text)
    share = parse_amount(percents[0]) / 100
    rest = PERCENT.sub(" ", text)
    amounts = AMOUNT.findall(rest)
    if len(percents) != 1 or not amounts or len(amounts) > 2:
        return None
    amount = parse_amount(amounts[0])
    rule = next((rule for rule in RULES if rule.words.search(rest)), None)
    if rule is None:
        direct = PERCENT_OF.search(text)
        return share * parse_amount(direct[2]) if direct else None
    return apply_rule(rule, amount, share, rest)


def apply_rule(rule: PercentageRule, amount: float, share: float, text: str) -> float:
    if rule.part_words.search(text) and not (rule.sign and TOTAL.search(text)):
        return amount * share
    if rule.sign == 0:
        return amount * (1 + share) if rule.total_words.search(text) else amount * share
    return amount * (1 + rule.sign * share)


def solve_share(text: str) -> float | None:
    """Return what "What percentage of 80 is 20?" asks for."""
    match = ASKED_SHARE.search(text)
    if match is None:
        return None
    groups = match.groupdict()
    part = groups["part"] or groups["part2"] or groups["part3"]
    whole = groups["whole"] or groups["whole2"] or groups["whole3"]
    return 100 * parse_amount(part) / (parse_amount(whole) or 1)


def solve_speed(text: str) -> float | None:
    """Return a speed, or a distance, that a text asks for."""
    if ASKS_SPEED.search(text) and (match := SPEED.search(text)):
        return float(match[1]) / (float(match[2]) or 1)
    if match := DISTANCE.search(text):
        return float(match[1]) * float(match[2])
    return None


RATE = make_regex(
    r"\b(\d{1,7}(?:\.\d{1,4})?) ?([a-zµ]{1,12})\.? (?:per|for each|for every|in each|in every|pro"
    r"|por|par)"
    r" ([a-z]{3,20})\b",
    re.I,
)


def solve_rate(text: str) -> float | None:
    """Return how many things an amount needs: "250 mg per tablet, 375 mg; number of tablets?"."""
    match = RATE.search(text)
    if match is None:
        return None
    noun = match[3].lower().rstrip("s")
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    other = re.search(rf"\b(\d{{1,7}}(?:\.\d{{1,4}})?) ?{re.escape(match[2])}\b", rest, re.I)
    asked = re.search(
        rf"\b(?:how many|number of|wie viele|cuánt[ao]s|combien de) {noun}", text, re.I
    )
    return float(other[1]) / (float(match[1]) or 1) if other and asked else None


SOLVERS: tuple[Callable[[str], float | None], ...] = (solve_percentage, solve_rate, solve_speed)


def solve(text: str) -> str | None:
    """Return the result of a sum in words as a text; None if there is no such sum."""
    value = next((found for solver in SOLVERS if (found := solver(text)) is not None), None)
    if value is None:
        return None
    if DECIMALS.search(text):
        return f"{value:.2f}"
    rounded = round(value, 4)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.10g}"
