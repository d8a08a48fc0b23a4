"""What several things cost together: "2 tickets at 12.50 and a coffee for 3, with 10% off?"."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.calculations import format_amount, format_number
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_BILL = 700
ASKS_TOTAL = make_regex(
    r"\b(?:add (?:these|this|those|them|it|all)?(?: up| together)?|total|altogether|in all"
    r"|all together|(?:what|how much) (?:do|does|will|would|did|should)"
    r" (?:i|we|you|he|she|they|it all|everything) (?:have to )?(?:pay|owe|spend)|final price"
    r"|sum(?! up)|gesamt\w*|insgesamt|zusammen|summe|en total|in totale|no total|totaal|razem|suma"
    r"|łącznie|toplam|celkem|разом|всего|итого)\b|合計|一共|总共|總共|합계|टोटल|कुल|المجموع",
    re.I,
)
ASKS_PRICE = make_regex(
    r"\b(?:how much|what (?:do|does|will|would) \w+ cost|wie ?viel|was kostet|cuánto|combien|quanto"
    r"|hoeveel|ile|ne kadar|kolik|сколько|скільки|berapa|bao nhiêu)\b"
    r"|いくら|多少钱|얼마|كم|כמה|เท่าไหร่",
    re.I,
)
"""A question about a price, which a text below it may answer."""
SIGN = r"[$€£¥₹]"
UNIT = (
    r"(?:dollars?|euros?|pounds?|usd|eur|gbp|chf|bucks|kč|zł|złotych|kr|lei|лир|tl|₺|₽|руб\w*"
    r"|грн|гривень|円|元|원|đ|dong|rupees?|rupiah|real|reais|€|\$|£)"
)
PRICE = (
    rf"(?P<sign>{SIGN} ?)?(?P<price>\d{{1,6}}(?:[.,]\d{{1,2}})?)(?!\d)(?: ?(?P<unit>{UNIT})(?!\w))?"
)
COUNT = rf"(?P<count>{NUMBER})"
EACH = make_regex(
    rf"(?<![\w.,]){COUNT}(?: ?[x×])? (?P<thing>[^\W\d][^\n,;:]{{1,40}}?)[ :,]{{1,2}}(?:(?:that |"
    rf"which )?costs? |are |is |at |for |@ ?|zu |je |à |a |por |-|–|=)? ?{PRICE}(?: ?(?P<each>each"
    rf"|apiece|per \w+|a piece|je(?:weils)?|pro stück|cada (?:uno|una)|chacun|ciascun[oa]))?",
    re.I,
)
"""Some things with what they cost: "3 candles at 12.50 each", "2x notebook A5 - 4.50 each"."""
SINGLE = make_regex(
    rf"(?P<thing>[^\W\d][^\n,;:0-9?.]{{1,40}}?)[ :,]{{1,2}}(?P<link>(?:that |which )?costs? |at "
    rf"|for |are |kostet |cuesta |coûte |costa |kosztuje |stojí |- ?|– ?|= ?)?(?:is )?{PRICE}",
    re.I,
)
HAS_MONEY = make_regex(rf"{SIGN} ?\d|\d ?{UNIT}(?!\w)|\d[.,]\d\d(?!\d)|\beach\b", re.I)
OFF = make_regex(
    r"(?:minus |less )?(\d{1,2}(?:\.\d)?) ?(?:%|percent|prozent) (?:off|discount|rabatt"
    r"|de descuento|de réduction|di sconto|cheaper|reduced|reduction)|(?:discount|rabatt|reduced"
    r"|sale)(?: of| by| von)? (\d{1,2}(?:\.\d)?) ?%",
    re.I,
)
ADDED = make_regex(
    r"(?:plus |add |with )?(\d{1,2}(?:\.\d{1,2})?) ?(?:%|percent) (?:sales )?(?:tax|vat|tip"
    r"|service)",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:json|csv|xml|yaml|table|python|javascript|function|sql|code|excel|formula|e-?mail"
    r"|extract|invoice number|due|budget|salary|monthly|per month|per year|change do i get)\b",
    re.I,
)
SHOWS = make_regex(
    r"\b(?:calculation|steps?|how you|show|explain|work(?:ing)?s?|rechenweg|cálculo|calcul)\b", re.I
)


@frozen
class Item:
    """A thing on a bill: how many of it, and what one costs."""

    count: int
    price: float


TRUTH = make_regex(r"\b(?:true|yes)(?:\"|'|`)? (?:or|and|/) (?:\"|'|`)?(?:false|no)\b", re.I)
"""A wish for a truth value, not for an amount."""


@form(
    "bill",
    "A jacket costs $60 and it's 15% off. How much do I pay?",
    "3 candles at 12.50 each and a holder for 8 euros: how much is that in total?",
    about="what several things cost together, with a discount or a tax",
)
def add_up(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_BILL or not HAS_MONEY.search(prompt):
        return None
    is_given = question.material or "\n" in prompt or '"' in prompt
    if not ASKS_TOTAL.search(prompt) and (is_given or not ASKS_PRICE.search(prompt)):
        return None
    if OTHER_WISH.search(question.wish) or question.earlier or TRUTH.search(question.whole):
        return None
    change, cut = read_change(prompt)
    items = list_items(cut)
    if not items or (len(items) == 1 and items[0].count == 1 and change == 1):
        return None
    said = state(items, change, find_unit(prompt), question)
    return COMMA.sub(",", said) if COMMA_PRICE.search(prompt) else said


COMMA_PRICE = make_regex(r"(?<!\d)\d{1,4},\d\d(?!\d)")
COMMA = make_regex(r"(?<=\d)\.(?=\d)")


def read_change(text: str) -> tuple[float, str]:
    """Return the factor of a discount or a tax, and the text without it."""
    if match := OFF.search(text):
        share = float(next(filter(None, match.groups())))
        return 1 - share / 100, f"{text[: match.start()]} {text[match.end() :]}"
    if match := ADDED.search(text):
        return 1 + float(match[1]) / 100, f"{text[: match.start()]} {text[match.end() :]}"
    return 1.0, text


def list_items(text: str) -> list[Item]:
    """Return the things that a text prices."""
    items = []
    for line in re.split(r"\n|[?.!;] |, (?:and )?| and | und | y | et | e | a (?=[^\W\d])", text):
        if (match := EACH.search(line)) and (count := parse_count(match["count"], 1000)):
            is_each = match["each"] or re.search(r" (?:at|zu|je|@|à) |[x×] ", match[0])
            price = read_price(match["price"])
            items.append(Item(count, price) if is_each or count == 1 else Item(1, price))
        elif (match := SINGLE.search(line)) and is_price(match):
            items.append(Item(1, read_price(match["price"])))
    return items[:30]


def is_price(match: re.Match[str]) -> bool:
    """Return whether the number after a thing is what it costs, and not a time or a count."""
    is_money = match["sign"] or match["unit"] or re.search(r"[.,]\d\d", match["price"])
    return bool(is_money or match["link"])


def read_price(text: str) -> float:
    return float(text.replace(",", "."))


def find_unit(text: str) -> tuple[str, str]:
    """Return the sign before an amount and the unit after it."""
    if match := re.search(rf"({SIGN}) ?\d", text):
        return match[1], ""
    match = re.search(rf"\d( ?)({UNIT})(?!\w)", text, re.I)
    return ("", f"{match[1]}{match[2]}") if match else ("", "")


def state(items: list[Item], change: float, unit: tuple[str, str], question: Question) -> str:
    total = sum(one.count * one.price for one in items)
    result = f"{unit[0]}{format_amount(total * change)}{unit[1]}"
    if question.is_terse:
        return result
    parts = [
        f"{one.count} × {format_amount(one.price)}" if one.count > 1 else format_amount(one.price)
        for one in items
    ]
    sum_text = " + ".join(parts)
    is_english = question.language == "en"
    steps = f"{sum_text} = {format_amount(total)}" if len(parts) > 1 or "×" in sum_text else ""
    if change != 1:
        share = format_number(round(abs(1 - change) * 100, 2))
        sign = "−" if change < 1 else "+"
        steps = (
            f"{steps or format_amount(total)}; {sign} {share} % = {format_amount(total * change)}"
        )
    if not is_english:
        return f"{sum_text} = **{result}**" if change == 1 else f"{steps}: **{result}**"
    said = f"That comes to **{result}**"
    return f"{said} ({steps})." if steps and SHOWS.search(question.prompt) else f"{said}."
