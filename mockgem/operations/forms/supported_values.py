"""Values of objects about a given text: reasons, keywords, decisions, scores that fit labels."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.action_items import ACTION, DECISION
from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.given_reasons import (
    KEYWORDS,
    REASON,
    REPLY,
    explain_flag,
    extract_keywords,
    quote,
    starts_sentence,
    write_reason,
)
from mockgem.operations.forms.given_rows import QUANTITY
from mockgem.operations.forms.idea_questions import think_of
from mockgem.operations.forms.intent_names import name_intent
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.options import find_options
from mockgem.operations.forms.people_rows import list_people_rows
from mockgem.operations.forms.planned_steps import PLANS, fill_plan
from mockgem.operations.forms.query_filters import fill_filter
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sentiment import BAD, GOOD, measure_sentiment, score_label
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_parts import find_text_part
from mockgem.operations.forms.usual_values import fit_confidence
from mockgem.operations.forms.values import find_range

SENTENCES_OF = (
    (make_regex(r"^(?:key_)?(?:decisions?|resolutions)(?:_made)?$", re.I), DECISION),
    (
        make_regex(r"^(?:action_items?|actions|tasks|next_steps|todos|follow_ups)$", re.I),
        ACTION,
    ),
    (make_regex(r"^(?:strengths|pros|positives|likes|praise)$", re.I), GOOD),
    (make_regex(r"^(?:weaknesses|cons|negatives|dislikes|complaints|issues|problems)$", re.I), BAD),
)
"""Lists of sentences, and what each of them has."""
POINTS = {
    "strengths": ("States a clear position", "Is short and easy to follow"),
    "weaknesses": ("Gives few examples", "Does not discuss other opinions"),
    "pros": ("Solves a common problem", "Is easy to understand"),
    "cons": ("Depends on how many people take part", "Needs a way to cover its costs"),
}
PEOPLE = make_regex(r"^(?:attendees|participants|people|persons|names|speakers|members)$", re.I)
PHONES = make_regex(r"^(?:tele)?(?:phones?|phone_?numbers?|mobiles?|numbers)$", re.I)
PHONE = make_regex(r"(?<![\w-])\+?\(?\d[\d ()./-]{5,18}\d(?![\w-])")
TITLES = make_regex(r"^(?:title|headline)$", re.I)
CATEGORIES = make_regex(r"^(?:category|department|topic|issue_type|type|ticket_type)$", re.I)
KNOWN_CATEGORIES = (
    "damaged item",
    "transport",
    "housing",
    "shipping",
    "billing",
    "technical issue",
    "account",
    "refund",
    "cancellation",
    "feature request",
    "sports",
    "politics",
    "business",
    "technology",
    "health",
    "travel",
    "food",
    "entertainment",
    "science",
)
OPTIMIZED = make_regex(r"^(?:optimi[sz]ed|improved|better)(?:_\w+)?$", re.I)
MAX_TITLE = 10
VERDICT = make_regex(r"^(?:verdict|recommendation|conclusion|overall)$", re.I)
MENTIONS = make_regex(
    r"^(?:mentions|names|contains|has)_(?:\w+_)?(?:competitors?|person|people|company"
    r"|companies|brands?|products?|names?|places?|locations?|pii)$",
    re.I,
)
INSULTING = make_regex(
    r"^(?:is_)?(?:toxic|offensive|hateful|abusive|insulting|harmful|flagged|inappropriate)$", re.I
)
INSULT = make_regex(
    r"\b(?:idiots?|stupid|dumb\w*|morons?|losers?|hate|kill|shut up|worthless|hurt"
    r"|disgusting)\b",
    re.I,
)
NEEDS_REPLY = make_regex(r"^(?:needs|requires)_(?:a_)?(?:reply|response|answer)$", re.I)
SUGGESTION = make_regex(r"^(?:suggestions?|improvement|advice|tip|recommendation)$", re.I)
FOLLOWS = make_regex(
    r"\b(?:again|follow[- ]up|call (?:you|back)|get back|tomorrow|next week)\b", re.I
)
PART = make_regex(
    r"(?<![\w.])((?:\d+(?:[.,/]\d+)?|an?|one|two|three|four) ?(?:(?:kg|g|mg|ml|l|cups?|tbsp|tsp"
    r"|tablespoons?|teaspoons?|slices?|cloves?|pinch(?:es)?|handfuls?) (?:of )?)?(?:[a-z]+"
    r" )?[a-z]{3,})"
    r"(?=[.,;\n]| with| and| in| to| over|\Z)"
)
HEADED = make_regex(
    r"((?!Text|From|Subject|Review|Ticket|Email|Article|Agent|Customer|User|Note|Message"
    r"|Title)[A-Z][\w']+"
    r"(?: [a-z][\w']+){0,3}): [A-Z]"
)
STEPS = make_regex(r"^(?:steps|instructions|directions)$", re.I)
PARTS = make_regex(r"^ingredients$", re.I)
THOUGHTS = frozenset(("thought", "thoughts", "thinking"))
INTENT = make_regex(r"^(?:user_)?intent(?:_name)?$", re.I)
SCORE = make_regex(r"^(?:sentiment_)?(?:score|rating|stars|sentiment_score|polarity)$", re.I)
LABELS = {
    "positive": 0.9,
    "negative": 0.15,
    "neutral": 0.5,
    "mixed": 0.5,
}


def support(value: Any, schema: dict[str, Any], given: str, question: Question) -> Any:
    """Return an object whose reasons, keywords and replies come from the given text."""
    if isinstance(value, list):
        inner = schema.get("items") or schema
        if PLANS.search(question.stated_system):
            value = fill_plan(value, inner, given)
        fields = inner.get("properties") or {}
        value = list_people_rows(fields, given, question) or value
        return [support(item, inner, find_own(item, given), question) for item in value]
    if not isinstance(value, dict) or question.language != "en":
        return value
    fields = schema.get("properties") or {}
    supporter = Supporter(fill_filter(value, given, question.wish), given, question)
    supporter.offered = list_offered(fields)
    for key, item in list(supporter.row.items()):
        sub = fields.get(key)
        supporter.row[key] = supporter.write(key, item, sub if isinstance(sub, dict) else {})
    return supporter.fit_scores(fields)


def find_own(row: Any, given: str) -> str:
    """Return the text of a row about one of several texts, else the whole text."""
    texts = row.values() if isinstance(row, dict) else ()
    own = [one for one in texts if isinstance(one, str) and one.count(" ") > 1 and one in given]
    return max(own, key=len, default=given)


def list_offered(fields: dict[str, Any]) -> frozenset[str]:
    """Return the values from which the prompt lets some fields choose."""
    subs = [sub for sub in fields.values() if isinstance(sub, dict)]
    return frozenset(str(one).lower() for sub in subs for one in sub.get("enum") or ())


class Supporter:
    """Writes the fields of an object about a given text."""

    def __init__(self, row: dict[str, Any], given: str, question: Question) -> None:
        self.row = dict(row)
        self.given = given
        self.offered: frozenset[str] = frozenset()
        self.question = question

    def write(self, key: str, item: Any, schema: dict[str, Any]) -> Any:
        name = CAMEL.sub("_", key).lower()
        if "enum" in schema or schema.get("items", {}).get("enum"):
            return item
        if isinstance(item, str):
            return self.write_text(key, name, item)
        if PEOPLE.match(name) and not isinstance(item, (bool, int, float, dict)):
            return self.list_people(item)
        if isinstance(item, list) and all(isinstance(one, str) for one in item):
            return self.write_list(name, item)
        if item is False and INSULTING.match(name):
            return INSULT.search(self.given) is not None
        if item is False and NEEDS_REPLY.match(name):
            return "?" in self.question.prompt
        if item is False and name in ("follow_up", "needs_follow_up", "followup"):
            return FOLLOWS.search(self.given) is not None
        if item is False and MENTIONS.match(name):
            return len(list_names(self.given)) > 0
        if isinstance(item, list):
            item = self.drop_totals(item)
        if isinstance(item, (dict, list)):
            return support(item, schema, self.given, self.question)
        whole = self.question.whole[:4000]
        return fit_confidence(key, item, schema, whole, len(self.given))

    def drop_totals(self, rows: list[Any]) -> list[Any]:
        """Return rows without one that repeats another field, such as the total of a receipt."""
        others = {item for item in self.row.values() if isinstance(item, str) and item}
        kept = [
            row
            for row in rows
            if not isinstance(row, dict)
            or not {one for one in row.values() if isinstance(one, str)} & {*others, "Total"}
        ]
        return kept or rows

    def write_text(self, key: str, name: str, item: str) -> str:
        """Return what a field for a text holds; the value stays if it is from the given text."""
        if name == "sentiment":
            mood = measure_sentiment(self.given)
            return "positive" if mood > 0 else "negative" if mood < 0 else "neutral"
        if name in ("emotion", "mood") and item.lower() in (
            "joy",
            "anger",
            "surprise",
            "happy",
            "calm",
        ):
            return "joy" if measure_sentiment(self.given) > 0 else "anger"
        if name == "topic" and " " not in item and len(self.given.split()) > MAX_TITLE:
            return next(iter(extract_keywords(self.given, 1)), item)
        if CATEGORIES.match(name) and (options := find_options(self.question.wish)):
            known = [one for one in options.values if one not in self.row]
            known = [one for one in known if one.lower() not in self.offered]
            if len(known) == len(options.values):
                return item if item in known else choose_label(known, self.question)
        if CATEGORIES.match(name) and (category := self.find_category(item)):
            return category
        if INTENT.match(name) and " " in item:
            return name_intent(self.given) or item
        if (part := find_text_part(name, self.given, self.question)) is not None:
            return part
        if TITLES.match(name) and (headed := HEADED.match(self.given)):
            return headed[1]
        if TITLES.match(name) and is_poor_title(item, self.given):
            return write_title(self.given) or item
        if OPTIMIZED.match(name) and item in self.given and len(self.given.split()) < MAX_TITLE:
            return f"{self.given.strip(' .').title()} for Every Day"
        if VERDICT.match(name) and " " not in item:
            return "Promising, but it needs more detail."
        if SUGGESTION.match(name) and (item not in self.given or " " not in item):
            return "Add one concrete detail, for example when and where, and end with a question."
        if item in self.given and (" " in item or not REASON.match(name)):
            return item
        if name in THOUGHTS and self.question.stated_system:
            return think_of(self.given)
        if REASON.match(name):
            others = {one: own for one, own in self.row.items() if one != key}
            return write_reason(others, self.given, self.question.prompt[:6000])
        if REPLY.match(name) and self.question.stated_system:
            said = quote(self.given)
            return f"Thank you for your message. You wrote: '{said}'. We will look into it today."
        return item

    def find_category(self, item: str) -> str:
        """Return a usual category that the text supports, in place of a guess."""
        if item.lower() in self.offered:
            item = "general"
        if item.lower() in self.given.lower() and " " not in item and not item[:1].isupper():
            item = ""
        scores = [score_label(label, self.given) for label in KNOWN_CATEGORIES]
        best = max(scores)
        return KNOWN_CATEGORIES[scores.index(best)] if best > 0 else item and ""

    def list_people(self, item: Any) -> Any:
        names = [name for name in list_names(self.given) if not name.isupper()]
        if isinstance(item, list) and all(
            one in self.given for one in item if isinstance(one, str)
        ):
            return item
        return names if len(names) > 1 else item

    def write_list(self, name: str, item: list[str]) -> list[str]:
        if PHONES.match(name) and (phones := PHONE.findall(self.given)):
            return list(dict.fromkeys(phones))
        if STEPS.match(name) and len(found := split_sentences(self.given)) > 1:
            return [re.sub(r"\A[A-Z][\w ]{2,30}: ", "", one) for one in found]
        if PARTS.match(name) and len(parts := PART.findall(self.given)) > 1:
            return [one.strip() for one in parts]
        if name in ("products", "items", "quantities"):
            things: list[tuple[str, ...]] = QUANTITY.findall(self.given)
            if len(things) > 1 and all(one in self.given for one in item):
                place = -1 if name in ("products", "items") else 0
                return [thing[place] for thing in things]
        sign = next((sign for names, sign in SENTENCES_OF if names.match(name)), None)
        is_list_of_words = all(" " not in one for one in item)
        if sign is not None and (is_list_of_words or sign in (ACTION, DECISION)):
            return self.list_sentences(sign) or self.list_points(name, item)
        if REASON.match(name) and (flag := self.find_flag()):
            is_quoted = flag[1] and all(one in self.given for one in item)
            return item if is_quoted else [explain_flag(*flag, quote(self.given))]
        if KEYWORDS.match(name) and not is_named(item, self.given) and not is_marked(item):
            found = extract_keywords(self.given, max(3, min(5, len(item))))
            return found if len(found) > 1 else item
        return item

    def find_flag(self) -> tuple[str, bool] | None:
        """Return the first field of the object that is true or false, with its value."""
        flags = ((CAMEL.sub("_", key).lower(), one) for key, one in self.row.items())
        return next((pair for pair in flags if isinstance(pair[1], bool)), None)

    def list_sentences(self, sign: re.Pattern[str]) -> list[str]:
        found = [one for one in split_sentences(self.given) if sign.search(one)]
        other = DECISION if sign is ACTION else None
        clear = [one for one in found if other is None or not other.search(one)]
        return clear or found

    def list_points(self, name: str, item: list[str]) -> list[str]:
        return list(POINTS.get(name, ())) or item

    def fit_scores(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the object with scores that are high for praise and low for complaints."""
        label = next(
            (LABELS[str(one).lower()] for one in self.row.values() if str(one).lower() in LABELS),
            None,
        )
        if label is None and any(map(is_wrong, self.row.values())):
            label = 0.0
        if label is None:
            label = USUAL_SHARE
        for key, item in self.row.items():
            is_number = isinstance(item, (int, float)) and not isinstance(item, bool)
            if is_number and SCORE.match(CAMEL.sub("_", key)):
                sub = fields.get(key) or {}
                self.row[key] = fit_score(item, label, sub, self.question.wish)
        return self.row


def is_wrong(value: Any) -> bool:
    return value is False or str(value).lower() in ("incorrect", "wrong")


USUAL_SHARE = 0.75
"""The part of the highest score that a text gets about which nothing is known."""


def fit_score(item: float, share: float, schema: dict[str, Any], wish: str) -> float:
    """Return a score of a range: the share of it that a label stands for."""
    limits = find_range(wish)
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None or high is None:
        low, high = (float(limits[0]), float(limits[1])) if limits else (0, 1)
    is_open = schema.get("minimum") is None and limits is not None
    if is_open and "." not in "".join(limits or ()):
        return round(low + (high - low) * share)
    if not low <= item <= high:
        return item
    score = low + (high - low) * share
    is_whole = isinstance(item, int) and high - low > 1
    return round(score) if is_whole else round(score, 2)


def is_marked(item: list[str]) -> bool:
    return any(one[:1] in "#@" for one in item)


def is_named(item: list[str], given: str) -> bool:
    """Return whether a list has names or phrases of the text: better than single words."""
    return bool(item) and all(
        one in given
        and (" " in one or (one[:1].isupper() and not starts_sentence(one, given)) or one.isupper())
        for one in item
    )


def is_poor_title(item: str, given: str) -> bool:
    return len(split_sentences(given)) > 1 and (item[:1].islower() or " " not in item)


def write_title(given: str) -> str:
    """Return the first words of a text as a title."""
    from mockgem.operations.forms.short_texts import title_of

    title = title_of(given).strip(" .!?:;,")
    return title[:1].upper() + title[1:]
