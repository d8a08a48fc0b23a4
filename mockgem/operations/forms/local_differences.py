"""What tells two things apart, in other languages than English."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import MAX_QUESTION, SENTENCE_END, load_answers

THING = r"([^\s?？。.,][^?？。.,\n]{0,39}?)"
AND = r"\s(?:und|et|y|e|ed|en|i|a|и|і|й|та|dan|và|กับ|และ)\s|\s(?:و|ו)\s?|\sל[-־]?"
BETWEEN = make_regex(
    r"(?:(?:unterschied\w*|unterscheidet|differenz) zwischen|différences? (?:y a-t-il )?entre"
    r"|diferencias? (?:hay )?entre|differenz[ae] (?:c'è )?(?:tra|fra)|diferenças? entre"
    r"|verschil(?:len)? (?:is er )?tussen|różnic\w+ (?:jest )?między|разниц\w+ между"
    r"|різниц\w+ між|perbedaan(?: antara)?|bedanya|khác (?:nhau|biệt) giữa|فرق بين|הבדל בין"
    r"|ความแตกต่างระหว่าง)"
    rf"\s?{THING}(?:{AND}){THING}(?=[?？؟.!]|\s*\Z)",
    re.I,
)
BEFORE = make_regex(
    rf"\A(?:请问|請問)?{THING}(?:和|跟|与|與)([^?？。.,\n]{{1,20}}?)(?:之间|之間)?(?:有什么|有什麼|有何)?的?"
    r"(?:区别|不同|差别|差別|區別)"
    rf"|{THING}と([^?？。.,\n]{{1,20}}?)の違い|{THING}(?:와|과)\s([^?？。.,\n]{{1,20}}?)의\s?차이"
    rf"|{THING} ile ([^?？。.,\n]{{1,30}}?) arasında"
    rf"|{THING} और ([^?？。.,\n]{{1,30}}?) (?:में|के बीच) (?:क्या )?(?:अंतर|फ़र्क|फर्क)"
    rf"|{THING}กับ([^?？。.,\n]{{1,30}}?)(?:ต่างกัน|แตกต่าง)",
    re.I,
)
"""Two things before the word for their difference."""
ARTICLE = make_regex(
    r"\A(?:einem|einer|dem|der|den|un|une|una|uno|le|la|les|el|los|las|il|lo|gli|i|o|a|os|as|um"
    r"|uma|de|het|een)\s|\A[ldu]['’](?=\w)",
    re.I,
)


@lru_cache(maxsize=256)
def tell_difference(prompt: str, target: str) -> tuple[str, ...]:
    """Return sentences about the difference of two things that a question names; else none."""
    if len(prompt) > MAX_QUESTION:
        return ()
    match = BETWEEN.search(prompt) or BEFORE.search(prompt)
    text = load_answers(target).texts.get("difference", "") if match else ""
    if match is None or not text:
        return ()
    one, two = [ARTICLE.sub("", thing.strip()) for thing in match.groups() if thing]
    said = SENTENCE_END.split(text.replace("{a}", one).replace("{b}", two))
    return (said[0][:1].upper() + said[0][1:], *said[1:])
