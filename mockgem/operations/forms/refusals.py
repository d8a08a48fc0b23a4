"""What a prompt wants to read if its text does not answer the question."""

from __future__ import annotations

import re

from mockgem.operations.forms.answer_kinds import answers_kind
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import ENOUGH, list_wanted, measure_coverage
from mockgem.operations.generators.word_stems import extract_stems

REFUSALS = make_regex(
    r"(?:don['’]t|do(?:es)?(?: not|n['’]t)|cannot|can['’]t|not|isn['’]t) (?:say|mention|state"
    r"|include|cover|know|in the|found|find|contain"
    r"|answer"
    r"|mentioned|provided|state[ds]?|available|possible|present|covered|sure)|\bunknown\b|unable"
    r" to|\bmissing\b|\babsent\b|no (?:information|answer|data)"
    r"|\b(?:cannot|can['’]t|can not|not) be (?:found|answered|inferred|determined)"
    r"|weiß(?:t)? (?:es |ich )?nicht|nicht (?:im|in|enth)|keine (?:antwort|information\w*"
    r"|angabe\w*)"
    r"|no (?:(?:lo )?(?:sabes|sé)|está|se encuentra|aparece|figura|contiene|hay|consta)"
    r"|n['’e] ?(?:sais|sait|figure|contient|apparaît|est pas|y (?:est|figure))"
    r"|non (?:(?:lo )?(?:sai|so)|è|c['’]è|compare|contiene)|não (?:sei|sabe|está|consta|há)"
    r"|niet (?:weet|in)",
    re.I,
)


CONDITION = make_regex(
    r"\b(?:if|when|unless|otherwise|wenn|falls|sofern|sollte|steht|sonst|si|s['’]il|cuando|se|als"
    r"|indien|sinon|lorsque"
    r"|only|unsure|never|make up)\b",
    re.I,
)


def may_refuse(question: Question) -> bool:
    """Return whether a prompt says what to answer if its text does not have the answer."""
    wish = question.wish if question.material else question.whole
    match = REFUSALS.search(wish)
    return match is not None and CONDITION.search(wish) is not None


ROLE = make_regex(
    r"\bwho(?: is|'s| was| are) (?:the |your |our |its )([a-z]{3,20}|[A-Z]{2,5})\b", re.I
)


def lacks_role(asked: str, text: str) -> bool:
    """Return whether a question asks for a person by a role that the text does not name."""
    match = ROLE.search(asked)
    return match is not None and match[1].lower()[:5] not in text.lower()


def lacks_answer(best: str | None, text: str, asked: str) -> bool:
    """Return whether not even the best sentence of a text answers a question."""
    if best is None:
        return True
    if measure_coverage(best, text, asked) < ENOUGH:
        return not (answers_kind(best, asked) and list_wanted(asked) <= MEASURES)
    thing = WHAT_THING.match(asked) if NAME.search(asked) else None
    rest = (thing[1] or NAME.sub(" ", asked)) if thing else ""
    is_about = answers_kind(best, asked) or measure_coverage(best, text, rest) > 0
    return rest not in ("", asked) and not is_about and bool(extract_stems(rest))


MEASURES = frozenset("long much many far often old big high tall".split())
"""Words that a question about an amount has, and its answer has not."""
NAME = make_regex(r"(?<=[a-z] )(?<! in )[A-Z]\w+(?: (?:[A-Z]\w*|\d+))*")
WHAT_THING = make_regex(
    r"(?:what|which) [a-z]{3,20} (?:is|are|does|do|did|has|have|can)\b"
    r"|what(?:['’]s| is| are| was| were) the ([a-z]{3,20}) of\b",
    re.I,
)
"""A question about a property of a thing: "What colours is the lamp available in?"."""


YES_OR_NO = make_regex(
    r"\W*(?:do|does|can|could|may|is|are|will|would|am|(?:hi|hello|hey)\W{1,2}(?:do|can|is|are))\b",
    re.I,
)
ONLY = make_regex(r"\bonly\b", re.I)


def deny_exception(sentences: list[str], asked: str) -> str:
    """Answer "Do you ship to Canada?" with "No." and the rule "We ship to the US only."."""
    if not YES_OR_NO.match(asked):
        return ""
    wanted = extract_stems(asked)
    for sentence in sentences:
        shared = wanted & extract_stems(sentence) if ONLY.search(sentence) else ()
        if shared and len(shared) < len(wanted):
            return f"No. {end(sentence)}"
    return ""


DICTATED = make_regex(
    r"\b(?:say|answer|reply|respond|write|output|return)(?: only| exactly| just)?(?: with)?"
    r"(?: only| exactly| just)?(?: that)?\W{1,3}"
    r"(?:(?<=[\"“])([^\"”\n]{4,120})[\"”]|(?<=['‘])(\S(?:[^'’\n]|['’](?=\w)){3,120})['’]"
    r"|((?:(?i:i|we|sorry)\b)[^\"”.\n]{4,60})|(?<=[:：] )([A-Z][^\"”\n.]{3,80})"
    r"|(?<= )((?-i:[A-Z]{3}[A-Z_]{0,30}))(?=[.\n]|\Z))",
    re.I,
)
REFUSES = make_regex(
    r"(?<![^\W_])(?:not|no|none|n/?a|un\w+|missing|unknown|cannot|unable|sorry|insufficient)"
    r"(?![^\W_])|n['’]t\b",
    re.I,
)


IF_UNKNOWN = make_regex(
    r"\b(?:if|when)\b[^.\n\"“]{0,60}(?:\b(?:not|no|unsure|cannot|unknown|missing)\b|n['’]t\b)"
    r"[^.\n\"“]{0,80}?\b(?:say|answer|reply|respond|write|output|return)\b[^.\n\"“]{0,24}"
    r"[\"“]([^\"”\n]{3,160})[\"”]",
    re.I,
)
"""What to say if the answer is not known: 'If you don't know, say "Please contact HR."'."""
UNKNOWN_ABROAD = make_regex(
    r"\b(?:wenn|falls|sofern|sollte|steht|findest|ist|si|s['’]il|cuando|lorsque|se|caso|als"
    r"|indien)\b"
    r"[^.\n\"“„«]{0,80}\b(?:nicht|keine?n?|no|non|n['’e]|pas|não|niet|geen)\b[^.\n\"“„«]{0,80}"
    r"(?:\b(?:sage?|schreibe?|antworte|gib|erwidere|di|dile|responde|contesta|escribe|dis|dites"
    r"|réponds|répondez|écris|écrivez|indique[rz]?|rispondi|scrivi|di['’]|diga|responda|escreva"
    r"|zeg|antwoord|schrijf)\b[^.\n\"“„«]{0,30}|[:,]\s?)"
    r"(?:\"([^\"\n]{3,160})\"|[“„]([^“”\n]{3,160})[“”]|«\s?([^»\n]{3,160}?)\s?»"
    r"|'((?:[^'\n]|'(?=\w)){3,160})')",
    re.I,
)
"""The same in other languages: 'Wenn es nicht im Text steht, sage "Keine Angabe".'."""
INDIRECT = make_regex(
    r"\b(?:if|when|otherwise)\b[^.\n\"“]{0,80}(?:\b(?:not|no|unsure|cannot|unknown|missing)\b"
    r"|n['’]t\b)"
    r"[^.\n\"“]{0,60}?\b(?:say|tell (?:them|him|her|the \w+|guests|customers|users)|answer|reply"
    r"|respond)(?: that)? you(?P<said>(?:['’]ll| will| can| cannot| can['’]t| are| have)\b"
    r"[^.\n\"“]{3,120})",
    re.I,
)
"""The same in other words: "If you don't know, say you will ask the reception."."""
NOT_KNOWN = make_regex(r"\bsay that you (?:don['’]t|do not) know\b", re.I)


def find_dictated_refusal(text: str) -> str:
    """Return the words that a prompt dictates for questions that its text does not answer."""
    if NOT_KNOWN.search(text):
        return "I don't know."
    if conditional := IF_UNKNOWN.search(text) or UNKNOWN_ABROAD.search(text):
        return str(next(filter(None, conditional.groups()))).strip()
    if indirect := INDIRECT.search(text):
        said = re.sub(r"^ are\b", " am", indirect["said"]).replace(" your ", " my ")
        return end(f"I{said.rstrip()}")
    for match in DICTATED.finditer(text):
        refusal = next(filter(None, match.groups())).strip()
        if REFUSES.search(refusal):
            return refusal if match[1] or match[2] or refusal.isupper() else end(refusal)
    return ""
