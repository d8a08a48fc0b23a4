"""Wishes about the last reply: "Now as JSON", "Put that in a table", "und als Stichpunkte?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.given_material import EdgeText
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form

MAX_WISH = 200
LAYOUTS = (
    r"(?:json|csv|ya?ml|xml|html|table|tabular|markdown|bullets?|bullet points?|bulleted|list|numbered"
    r"|checklist|comma[- ]separated|tabelle|stichpunkte?n?|aufzählung|liste|tabla|lista|viñetas"
    r"|puntos|tableau|puces|tabella|elenco|tabela|tópicos|tabel|opsomming|punktów|tablo|tablica)"
)
REFERS = make_regex(
    r"\b(?:that|this|it|these|those|them|the (?:same|above|list|table|answer|reply|text|result|data"
    r"|last (?:one|answer|reply|message))|your (?:last |previous )?(?:answer|reply|response|list"
    r"|message|suggestions|text)|instead|again|das|dies|es|sie|ihn|diese\w*|eso|esto|lo|la|los|ça"
    r"|cela|le|les|questo|lo|isso|dat|dit|to)\b",
    re.I,
)
AS_LAYOUT = make_regex(
    rf"\A\W*(?:(?:and|now|ok|okay|please|then|great|thanks|perfect|cool|und|jetzt|nun|bitte|y|ahora"
    rf"|et|maintenant|e|ora|agora|en|nu|i|teraz|ve|şimdi|the same|same|but|can (?:you|i)|could you"
    rf"|give me|show me|do|make|i want|i need|have)[ ,.!]{{1,3}}){{0,6}}(?:(?:do|give|have|get|put|show"
    rf"|make|turn|format|want|need|write|return) (?:me )?)?(?:(?:it|that|this|them|these) )?"
    rf"(?:as|in|into|to|als|in form|como|en|comme|sous forme|come|in formato|em|jako|olarak)? ?"
    rf"(?:an?|the|one|einer?|einem|una?|une|un)? ?(?:\w+ )?{LAYOUTS}(?:\W|\Z)",
    re.I,
)
"""A wish that is only a layout: "Now as a table, please"."""
LAYOUT = make_regex(rf"\b{LAYOUTS}\b", re.I)
CHANGES = make_regex(
    r"\b(?:rewrite|rephrase|reword|polish|proofread|translate|formal|formally|friendlier"
    r"|casual|polite|professional|simpler|fix|correct|anonymi[sz]e|summari[sz]e|übersetze?|traduce"
    r"|traduis|traduci|förmlicher|formeller|formulier\w*|reformule|sort|capitals?|upper ?case"
    r"|lower ?case|emojis?)\b",
    re.I,
)
NAMES_TEXT = make_regex(r"[\"“«]|:\s*\S|\bof (?:all|the world)\b")
FORMS_OF_TEXT = frozenset(
    (
        "json",
        "csv",
        "yaml",
        "xml",
        "table",
        "bullet points",
        "numbered list",
        "list",
        "comma list",
        "checklist",
        "summary",
        "rewritten text",
        "anonymised text",
        "translation",
        "changed text",
        "emoji",
        "one item per line",
        "lines",
    )
)
"""The forms into which a reply can be brought."""


@form(
    "last reply in another form",
    about='the last reply in the layout that the prompt wants: "Now as a table"',
)
def change_layout(question: Question) -> str | None:
    """Answer "Can you give me that as JSON?" with the last reply as JSON."""
    prompt = question.prompt.strip()
    if not question.earlier or len(prompt) > MAX_WISH or question.material:
        return None
    is_meant = AS_LAYOUT.match(prompt) or (
        REFERS.search(prompt) and (LAYOUT.search(prompt) or CHANGES.search(prompt))
    )
    if not is_meant or NAMES_TEXT.search(prompt):
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "").strip()
    if not reply:
        return None
    formed = find_reply(apply_to(strip_opener(reply), question))
    return formed.text if formed is not None and formed.form in FORMS_OF_TEXT else None


OPENER = make_regex(
    r"\A(?:sure|of course|certainly|absolutely|great|here (?:is|are|you)|gerne?|natürlich|klar"
    r"|claro|por supuesto|bien sûr|voici|certo|ecco)\b[^.!:\n]{0,60}(?:[!:.]\s+)",
    re.I,
)
"""What a reply says before it begins."""


def strip_opener(reply: str) -> str:
    return OPENER.sub("", reply, count=1) or reply


def apply_to(reply: str, question: Question) -> Question:
    """Return a question whose given text is an earlier reply."""
    wish = question.prompt.strip(" ?.!")
    inner = Question(f"{wish}:\n\n{reply}", question.random, question.system)
    inner.parts = EdgeText(wish, reply)
    inner.is_about_reply = True
    return inner
