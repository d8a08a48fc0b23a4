"""Reading tasks: a text on the line of the instruction, with a question somewhere around it.

"Read this and answer: The pool opens at 8. When does it open?", in twenty languages.
"""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.quoted_material import EdgeText, strip_quotes

TEXT = (
    r"(?:text|paragraph|passage|article|e-?mail|message|note|notice|story|info\w*|letter|excerpt"
    r"|snippet|statement|following|document|context)"
)
OPENINGS = (
    rf"read (?:this|the|it|that|these|my|and|carefully|below|through)\b|look at (?:this|the) {TEXT}"
    rf"|look at this\b|answer (?:the question |this |my question )?(?:only )?(?:from|using|based on"
    rf"|with) (?:only )?(?:this|the|only)\b|(?:based on|using|according to|from|given) (?:only )?"
    rf"(?:this|the|the following) {TEXT}|(?:based on|given|using|according to) this\b|here(?:['’]s"
    rf"| is)"
    rf" (?:an?|the|my|some) (?:short )?{TEXT}",
    r"lies (?:bitte |dir )?(?:den|diesen|das|die|diese|dieses|folgenden?|mal)\b"
    r"|beantworte die frage"
    r"|lis(?:ez)? (?:ce|cet|cette|le|la|ces|bien|d'abord)\b|d['’]après (?:ce|le) texte"
    r"|(?:lee|lea) (?:este|esta|el|la|lo)\b|según (?:el|este) texto"
    r"|leggi (?:il|questo|questa|la|lo|e)\b|secondo il testo|leia (?:o|a|este|esta|isto|com)\b"
    r"|(?:segundo|de acordo com) o texto|lees (?:de|het|deze|dit)\b|przeczytaj|na podstawie"
    r"|đọc|baca(?:lah)? ",
    r"прочитай(?:те)?|прочти(?:те)?|по тексту|اقرأ|קרא[וי]? |请?(?:阅读|读|根据|看)|請?(?:閱讀|讀"
    r"|根據)",
    r"[^\n:：.?？]{0,60}?(?:読んで|読み|もとに|읽고|읽은|पढ़कर|पढ़ें|पढ़ो|पढ़िए|อ่าน|\boku\b|\bokuyun\b)",
)
HEAD = make_regex(
    rf"\A\W{{0,4}}(?:(?:please|pls|bitte|por favor|hey|hi|ok|can you"
    rf"|could you)\W{{1,3}}){{0,3}}(?:{'|'.join(OPENINGS)})"
    r"[^\n:：.?？!。]{0,160}",
    re.I,
)
"""The beginning of a message that tells to read a text."""
ASKS_INDIRECTLY = make_regex(
    r"\b(?:tell me|find out|say|determine|know|state|answer|explain|identify|find),? (?:what|when"
    r"|where|who|how (?:many|much|long|old|tall|far|often)|which|why|whether|if)\b"
    r"|, (?:what|when|where|who|how(?: \w+)?|which \w+) (?:is|are|was|were|do|does|did|has|have"
    r"|can|will|won|wrote|pays?|owns?)\b"
    r"|\b(?:sag\w*|antworte|nenne?|erklär\w*|finde heraus|schreib\w*)(?: mir| uns)?(?: bitte)?,?"
    r" (?:wer|wem|wen|wann|wo|wohin|woher|wie|was|welche[rsmn]?|warum|wieso|um wie|ob)\b"
    r"|\b(?:dis|dites|réponds|répondez|indique|trouve|explique)(?:[- ]moi)?,? (?:qui|quand|où"
    r"|combien|pourquoi|comment|quel\w*|à quel\w*|de quel\w*|ce qu\w*)\b"
    r"|\b(?:dime|di|dígame|responde|contesta|indica|explica),? (?:quién\w*|cuándo|dónde|cuánt\w+"
    r"|por qué|cómo|qué|cuál\w*|a qué|de qué)\b"
    r"|\b(?:dimmi|rispondi|indica|spiega),? (?:chi|quando|dove|quant\w+|perché|come|che|cosa"
    r"|qual\w*"
    r"|a che|di che)\b"
    r"|\b(?:diga|diz|dize|responda|indique|explica)(?:-me| me)?,? (?:quem|quando|onde|quant\w+"
    r"|por que|como|o que|qual|a que|de que)\b"
    r"|\b(?:vertel|zeg|antwoord)(?: me| mij)?,? (?:wie|wanneer|waar|hoe\w*|wat|welke?|waarom)\b"
    r"|\b(?:powiedz|odpowiedz|napisz)(?: mi)?,? (?:kto|kiedy|gdzie|ile|jak\w*|co|dlaczego"
    r"|o której)\b"
    r"|(?:ответь|скажи|напиши|укажи|найди|узнай|сообщи|объясни|назови)(?:те)?(?: мне)?,? (?:кто"
    r"|кого"
    r"|кому|сколько|когда|где|куда|как\w*|что|почему|во сколько|чей)(?!\w)"
    r"|(?:скажи|відповідай|дай відповідь|напиши|вкажи|знайди)(?:те)?(?: мені)?,? (?:хто|скільки"
    r"|коли"
    r"|де|як\w*|що|чому|о котрій)(?!\w)|(?:告诉我|告訴我|说出|說出|回答)[^\n：:。]{0,30}"
    r"(?:谁|誰|什么|什麼|多少|几|幾|哪|为什么|何时)",
    re.I,
)
"""A question inside an instruction: "tell me who won"."""
WANTS_ANSWER = make_regex(
    r"answer|question|tell me|when|who|what|where|how|antwort|frage|sag|répon|question|dis|respond"
    r"|respuest|contest|pregunt|dime|rispond|domanda|dimmi|pergunta|diga|antwoord|vraag|odpowied"
    r"|pytani|cevap|soru|yanıt|trả lời|câu hỏi|jawab|pertanyaan|ответ|вопрос|скажи|відпові|питанн"
    r"|أجب|سؤال|ענה|שאל|उत्तर|प्रश्न|सवाल|जवाब|回答|问题|問題|告诉|告訴|答え|質問|질문|답|ตอบ|คำถาม"
    r"|\A[^\n]{0,60}(?:text|текст|testo|texte|paragraph|passage)\W*\Z|\A\W*here['’ ]"
    r"|\A[^\n]{0,24}\b(?:read|look at) (?:this|it|the following)\W*\Z",
    re.I,
)
OTHER_TASK = make_regex(
    r"\b(?:write|draft|reply|summar\w+|translat\w+|classif\w+|label|rewrite|correct|fix|extract"
    r"|rate|json|xml|csv|list|true or false|yes or no|schreib\w* eine|rédige\w*|redacta|résum\w+"
    r"|resum\w+|zusammen\w*|riassum\w+|traduci\w*|übersetz\w*)\b|переведи|перескажи|кратко|总结"
    r"|翻译|要約|翻訳|요약|번역",
    re.I,
)
"""What a message tells to do with a text instead of answering a question about it."""
MORE_RULES = make_regex(
    r"\A\s*(?:if|when (?:the|it|you)|answer|use|do not|don['’]t|only|reply|respond|keep|be|say|wenn"
    r"|si (?:la|le|no)|se (?:a|il|la|não|non))\b|\n[ *#]*(?!(?:question|frage|pregunta|domanda"
    r"|pergunta|вопрос|问题|質問|질문)s?\s?[:：])[^\W\d_][\w -]{1,24}[*]*[:：]|\n\s*[(\[]1[)\]]"
    r"|---|===",
    re.I,
)
"""More instructions or labels after the first one."""
FIRST_QUESTION = make_regex(r"\s*([^.!?\n。！？:：]{3,200}[?？؟])(?=\s*\S)")
SHORT_LINE = make_regex(r"[ \t]*((?:[\w'-]+[ ,.!]{0,2}){1,6})\n\s*\n(?=\S)")
"""A few words after the question, before the text: "bullets pls"."""
LAST_QUESTION = make_regex(
    r"(?:(?<=[.!?。！？\"”»」]) ?|\n|(?<=\A))([^.!?\n。！？]{3,240}[?？؟])\W*\Z"
)
MIN_TEXT = 12


def split_reading(text: str) -> EdgeText | None:
    """Split a message that tells to read a text and to answer a question about it."""
    head = HEAD.match(text)
    if (
        head is None
        or OTHER_TASK.search(head[0])
        or any(mark in text for mark in ("{", "<", "```", '"""', "]("))
    ):
        return None
    instruction, rest = head[0], text[head.end() :]
    mark, rest = rest[:1], rest[1:]
    is_asked = mark in "?？" or ASKS_INDIRECTLY.search(instruction) is not None
    if not (is_asked or WANTS_ANSWER.search(instruction)) or MORE_RULES.search(rest):
        return None
    asked = f"{instruction}{mark}"
    if not is_asked and (match := FIRST_QUESTION.match(rest)):
        asked, rest, is_asked = f"{asked} {match[1]}", rest[match.end() :], True
    if is_asked and (marker := SHORT_LINE.match(rest)):
        asked, rest = f"{asked} {marker[1]}", rest[marker.end() :]
    if not is_asked and (last := LAST_QUESTION.search(rest, max(0, len(rest) - 300))):
        asked, rest, is_asked = f"{asked}\n{last[1].strip()}", rest[: last.start()], True
    if not is_asked or len(rest.strip()) < MIN_TEXT or "?" in rest:
        return None
    return EdgeText(asked, strip_quotes(rest.strip()))
