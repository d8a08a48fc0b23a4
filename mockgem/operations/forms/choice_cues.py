"""Whether a prompt wants one of the words that it lists, or a text about them."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_values import Options
from mockgem.operations.forms.question import TERSE, Question

ONE = make_regex(
    r"(?<!\w)(?:only|just|one|which of|single|tag|assign|mark|grade|flag|assess|identify|detect"
    r"|whether|classif\w+|clasifi\w+|classe[rz]?|ordne|bestimme|oceń|określ|label|category|categori[sz]e|sentiment"
    r"|choose|select|pick|either|exactly|intent|decide"
    r"|determine|route|strictly|(?:must|has to|should|can|may) (?:only )?(?:be|read|say)|options"
    r"|choices|"
    r"output|answer with|respond with|answer\s?:|reply "
    r"with|pick|otherwise|wähle|elige|choisi\w*|scegli|escolha|parmi|digit|словом|(?:is"
    r"|as) \w+, \w+,? or \w+|nur|wort"
    r"|klassifizier\w*|kategorie|únicamente|solo|sólo|palabra|categoría|uniquement"
    r"|uma das|una de las|uno de|une des|une de ces|un des|eine[rs]? der|één van|una delle|uno "
    r"dei|jedn\w+ z|birini|biriyle|salah satu|một trong"
    r"|classificeer|sklasyfikuj|zaklasyfikuj|sınıflandır\w*|klasifikasikan|phân loại|einordn\w*"
    r"|seulement|mot|catégorie|apenas|categoria|soltanto"
    r"|parola|alleen|tylko)(?!\w)|только|只|仅|だけ|만|فقط|一个|하나"
    r"|分类|分類|분류|классифицир|определи|визнач|сортиру|صنف|סווג|वर्गीकृत|จำแนก|จัดประเภท|จัดหมวด"
    r"|كلمة واحدة|במילה אחת|一語|一言|一词|一個詞|한 단어|一つ|ひとつ|選|选|いずれ|どれ|どちら"
    r"|还是|還是|중 (?:무엇|어느|어떤|하나)|중에서|のみ|之一|один из|एक",
    re.I,
)
REPLY = make_regex(
    r"\b(?:reply|respond|answer|output|return|say|print|réponds|répondez|antworte|responde"
    r"|responda|rispondi|antwoord|odpowiedz|yanıtla|cevapla|trả lời|jawab)\b|ответь|відповідай"
    r"|أجب|ענה|답|回答|答え|返回|输出|उत्तर|ตอบ",
    re.I,
)
MANY = make_regex(
    r"\b(?:table|columns?|rows?|list|bullets?|bullet points|paragraphs?|function|code|compare"
    r"|comparing"
    r"|translate|summari[sz]e|headings?|extract|keys?|fields?|write|explain|steps|describe"
    r"|(?:an?|short|draft|compose|create|generate|the following|reply) (?:essay|story|article|email"
    r"|letter)(?! (?:is|of|below|as|into)\b))\b",
    re.I,
)


UNEXPLAINED = make_regex(r"\b(?:do not|don['’]?t|no need to|never|without) explain\w*", re.I)
"""A wish for the option alone, not for a text."""
DIRECT = make_regex(
    r"\b(?:reply|respond|answer|return|output)\b(?: only| just)?(?: with)?(?: only| just| either"
    r"| exactly)"
    r"?(?: one of)?"
    r"[\s:\"'“`(\[]{1,4}\Z"
    r"|\b(?:output|answer|reply|response) (?:must|should|has to|can only) be\b[^.\n]{0,40}[\s:]\Z",
    re.I,
)
"""What stands right before options: "Reply with "phishing" or …"."""
ELSE = make_regex(r"\b(?:else|otherwise|if not)\b", re.I)
"""What stands between two options of a rule."""
AND = make_regex(r",? and [^,]{1,40}\Z", re.I)
OR = make_regex(r"\bor\b|[/|\"'“`]", re.I)
"""What stands between the options of a choice; "and" stands between things of any list."""
CHOOSES = make_regex(
    r"\b(?:classif\w*|label\w*|one of (?!them\b)|one word|categori[sz]\w+|categories|sentiment"
    r"|options|choices|assign|tag|rout\w+|(?:choose|pick|select) (?:one|between|from|the|among)"
    r"|single|either|intent\w*|klass\w*|kategorie\w*|clasif\w*|categor[ií]\w+|elige|wähle)\b",
    re.I,
)
LEVEL = make_regex(r"[A-Z]{1,4}-?\d{1,2}")
"""A code such as P1, SEV2 or T3, which is nothing but an option."""
PERSONA = make_regex(
    r"(?:\A|[.!?\n]\s?)(?:you are|you're|act as|du bist|eres|tu es)\b[^.!?\n]*\Z", re.I
)
"""A sentence about who answers: "You are a helpful, respectful and honest assistant"."""
SUM_OF = make_regex(r"\b(?:average|mean|sum|total|product|median|maximum|minimum) of\s\Z", re.I)
WRITES = make_regex(
    r"\b(?:write|tables?|summari[sz]e|essay|story|article|code|function|translate|bullets?|compare"
    r"|describe|keys?|fields?|columns?)\b",
    re.I,
)
"""What a prompt does with a list under a heading, if it does not choose from it."""


def asks_to_choose(text: str, found: Options, question: Question) -> bool:
    """Return whether a list of words is a list of options, not of things to write about."""
    near = text[max(0, found.span[0] - 160) : found.span[1] + 160]
    if found.headed and (question.is_terse or question.ends_with_label):
        return True
    if found.headed and ONE.search(text):
        return WRITES.search(near) is None
    before = text[max(0, found.span[0] - 60) : found.span[0]]
    is_headed = before.rstrip().endswith(":")
    if not is_headed and PERSONA.search(text[max(0, found.span[0] - 120) : found.span[0]]):
        return False
    if SUM_OF.search(before):
        return False
    listed = text[found.span[0] : found.span[1]]
    if DIRECT.search(before) or ELSE.search(listed):
        return True
    if listed in question.material and MANY.search(question.instruction):
        return False
    is_any_list = AND.search(listed) is not None and OR.search(listed) is None
    if is_any_list and not (is_headed or found.headed or question.is_terse or CHOOSES.search(near)):
        return False
    if question.is_terse and all(map(LEVEL.fullmatch, found.values)):
        return True
    if MANY.search(UNEXPLAINED.sub(" ", near)) and not re.search(
        r"\b(?:classif|label|one of|one word|categor|sentiment|options|letter grade|grade"
        r"|verdict|only the|just the)",
        near,
        re.I,
    ):
        return False
    if ONE.search(near):
        return True
    if (TERSE.search(near) and question.is_terse) or question.ends_with_label:
        return True
    is_code = all(value.isupper() or value.isdigit() for value in found.values)
    return is_code and REPLY.search(near) is not None


HAS_ONLY = make_regex(
    r"\?[^?]{0,30}\b(?:hab\w*|have|got|tengo|j['’]ai|ho|tenho|heb|mam|есть|є)\b[^?.\n]{0,24}\b(?:nur"
    r"|only|just|solo|sólo|seulement|que|só|alleen|tylko|только|лише)\b[^?.\n]{2,80}\Z",
    re.I,
)
"""What somebody has after a question what to do with it: no options."""
