"""Labels in brackets before a text, and a label for each line: "urgency (low / high): …"."""

from __future__ import annotations

import re

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

BRACKETED = make_regex(
    r"\A\W*[^\n():]{3,60} \((?P<labels>[^\W\d][\w -]{1,20}(?:(?: ?[/|] ?|, (?:or )?"
    r"| or )[^\W\d][\w -]{1,20}){1,6})"
    r"\)\s?[:?]\s*(?P<text>\S[\s\S]{8,4000})\Z"
)
LABELS = make_regex(r"\s?[/|]\s?|, (?:or )?| or ")
NO_CHOICE = make_regex(
    r"\b(?:write|translate|json|csv|table|list|give me \d|flashcards?|quiz|columns?|fields?"
    r"|keys?)\b",
    re.I,
)
EACH = make_regex(
    r"\b(?:put|sort|classify|assign|label|group|categori[sz]e|tag|mark)\b[^\n:]{0,30}?\b(?:each"
    r"|every|these"
    r"|them|the (?:following|items|words))\b[^\n:]{0,20}? (?:in(?:to)?|as|by|under|to) (?:either )?"
    r"(?P<labels>[a-z][\w-]{1,20}(?:(?:, (?:or )?| or | ?/ ?)[a-z][\w-]{1,20}){1,8})\s?[:.]\s*\n",
    re.I,
)
KINDS = {
    "fruit": "apple banana plum pear cherry grape orange lemon mango peach strawberry kiwi melon"
    " fig",
    "vegetable": "carrot leek onion potato spinach broccoli cabbage pea celery pumpkin lettuce beet"
    " cucumber garlic kale",
    "grain": "barley quinoa rice wheat oats rye corn millet spelt buckwheat bulgur couscous",
    "animal": "dog cat horse cow lion tiger bird fish snake frog sheep elephant mouse rabbit",
    "plant": "rose oak tulip fern cactus moss pine grass ivy daisy",
    "dairy": "milk cheese butter yoghurt yogurt cream",
    "meat": "beef chicken pork lamb ham bacon turkey sausage",
    "drink": "water tea coffee juice cola beer wine lemonade",
    "mammal": "dog cat horse cow lion whale dolphin bat elephant mouse",
    "bird": "eagle sparrow penguin owl parrot robin duck",
    "reptile": "snake lizard turtle crocodile gecko",
    "metal": "iron gold silver copper zinc tin lead aluminium",
    "gas": "oxygen helium nitrogen hydrogen neon argon",
    "furniture": "chair table sofa bed shelf desk cupboard",
    "city": "paris london berlin tokyo rome madrid oslo vienna",
    "country": "france germany spain italy japan china brazil canada",
}
"""Things of usual kinds."""


@form(
    "label in brackets",
    "urgency of this ticket (low / medium / high): Checkout returns 500 for all users",
    signs=("(",),
    about="one of the labels that stand in brackets before a text",
)
def choose_in_brackets(question: Question) -> str | None:
    match = BRACKETED.match(question.prompt.strip())
    if (
        match is None
        or question.earlier
        or NO_CHOICE.search(question.prompt[: match.start("text")])
    ):
        return None
    labels = [one.strip() for one in LABELS.split(match["labels"]) if one.strip()]
    if len(labels) < 2 or any(len(one.split()) > 3 for one in labels):
        return None
    return choose(labels, [""] * len(labels), match["text"], question)


@form(
    "label for each line",
    "put each one in fruit, vegetable or grain:\n- barley\n- plum\n- leek",
    words="put sort classify assign label group categorize categorise tag mark",
    about="each line of a list with the label that fits it",
)
def label_lines(question: Question) -> str | None:
    match = EACH.search(question.prompt[:4000])
    items = list_marked(question.prompt[match.end() - 1 :]) if match else []
    if match is None or not items:
        return None
    labels = [one for one in re.split(r", (?:or )?| or | ?/ ?", match["labels"]) if one]
    return "\n".join(f"- {item}: {find_label(item, labels, question)}" for item in items)


def find_label(item: str, labels: list[str], question: Question) -> str:
    """Return the label whose usual things an item is one of, else one that its words support."""
    word = item.lower().split()[-1].rstrip("s.")
    for label in labels:
        known = KINDS.get(
            label.lower().rstrip("s").replace("ie", "y"), KINDS.get(label.lower().rstrip("s"), "")
        )
        if word in known.split():
            return label
    return choose(labels, [""] * len(labels), item, question)
