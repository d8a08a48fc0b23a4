"""Examples of texts for labels, as data for classifiers: "positive" and a review that praises."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import CAMEL

TEXT_KEYS = frozenset(
    "text sentence message review input utterance query comment tweet example email phrase"
    " user_message prompt content".split()
)
LABEL_KEYS = frozenset(
    "label sentiment intent category class output target emotion tag is_spam spam".split()
)
EXAMPLES: tuple[tuple[str, str], ...] = (
    (
        r"^pos|^happy|^joy|praise|^good$",
        "I love this phone, the screen is beautiful.|The staff was friendly and the food was great."
        "|Excellent quality, I would buy it again.|The best concert I have seen in years.",
    ),
    (
        r"^neg|^sad|complaint|^bad$",
        "The battery died after two days.|The waiter was rude and the soup was cold."
        "|It broke on the first day, a waste of money.|I am very disappointed with the service.",
    ),
    (
        r"^neu|mixed|statement",
        "The package arrived on Tuesday.|The jacket comes in three colours."
        "|The shop opens at nine.|The manual has forty pages.",
    ),
    (
        r"^(?:not_|non_|no_)?(?:ham|spam)$|^true$|^phish|^scam",
        "Congratulations, you have won a prize! Click here now.|Cheap pills, 90 % off, order today!"
        "|Your account is locked, send us your password.|Earn 5000 dollars a week from home!",
    ),
    (
        r"^ham$|^false$|^legit|^not_spam$",
        "Are we still meeting for lunch tomorrow?|Please find the report attached."
        "|The meeting was moved to three o'clock.|Thanks for your help yesterday.",
    ),
    (
        r"^ang",
        "I cannot believe that you lost my order again!|This is the third time I have to call!",
    ),
    (r"^fear", "I am afraid of flying in a storm.|What if the test goes wrong?"),
    (r"^surpris", "Wow, I did not expect to win!|What, you are already here?"),
    (r"^greet|hello", "Hello, how are you?|Good morning!|Hi there, is anybody here?"),
    (r"^good_?bye|^bye", "Goodbye, see you tomorrow!|Thanks, bye!|Have a nice evening!"),
    (r"^thank", "Thank you very much!|Thanks, that helped a lot."),
    (
        r"bill|payment|invoice|refund",
        "I was charged twice this month.|Where can I download my invoice?"
        "|I want my money back for order 1042.",
    ),
    (
        r"tech|bug|error|support",
        "The app crashes when I open the settings.|I get an error when I log in.",
    ),
    (r"ship|deliver|order_status|track", "Where is my package?|When will my order arrive?"),
    (r"account|login|password", "I forgot my password.|How can I change my e-mail address?"),
    (r"weather", "Will it rain tomorrow?|How warm is it in Lisbon today?"),
    (r"question|inquiry|faq", "Do you also ship to Norway?|What are your opening hours?"),
    (r"sport", "The home team won the final with two late goals."),
    (r"politic", "The parliament voted for the new law on Thursday."),
    (r"tech|science", "Researchers presented a battery that charges in five minutes."),
    (r"business|econom|financ", "The company's shares rose after the report."),
)
ASKED = (
    "I would like to {verb} a {noun}.",
    "Can you {verb} a {noun} for me?",
    "Please {verb} my {noun} for Friday.",
    "I need to {verb} a {noun} today.",
    "How can I {verb} my {noun}?",
)


def write_examples(rows: list[Any]) -> list[Any]:
    """Return rows with texts that fit their labels; other rows as they are."""
    if not rows or not isinstance(rows[0], dict):
        return rows
    keys = {CAMEL.sub("_", key).lower(): key for key in rows[0]}
    text = next((keys[one] for one in keys if one in TEXT_KEYS), None)
    label = next((keys[one] for one in keys if one in LABEL_KEYS), None)
    if text is None or label is None or not isinstance(rows[0][text], str):
        return rows
    used: dict[str, int] = {}
    written = []
    for row in rows:
        name = re.sub(r"[\s-]+", "_", str(row[label]).lower())
        at = used[name] = used.get(name, -1) + 1
        written.append({**row, text: find_example(name, at) or row[text]})
    return written


def find_example(label: str, at: int) -> str:
    """Return the example number `at` of a label; empty for a label that says nothing."""
    if label in ("ham", "false", "not_spam"):
        texts = EXAMPLES[4][1].split("|")
        return texts[at % len(texts)]
    for pattern, listed in EXAMPLES:
        if re.search(pattern, label):
            texts = listed.split("|")
            return texts[at % len(texts)]
    verb, _, noun = label.partition("_")
    if not noun or not label.replace("_", "").isalpha():
        return ""
    return ASKED[at % len(ASKED)].format(verb=verb, noun=noun.replace("_", " "))
