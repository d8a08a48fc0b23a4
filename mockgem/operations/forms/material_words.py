"""Words that begin an instruction, or announce a text that a message gives."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

LABELS = (
    "text|review|context|message|e-?mail|article|comment|tweet|ticket|document|passage|issue|input"
    "|sentence|statement|paragraph|content|description|lead|feedback|post|essay|transcript|claim"
    "|complaint|data|source|story|headline|abstract|notes?|conversation|log|request|quote|snippet"
    "|information|facts|chunk|docs?|documents|sources|bio|report|code|resume|cv|invoice|letter"
    "|dialogue|chat|reply|answer to grade|anfrage|nachricht|satz"
    "|kommentar|artikel|bewertung|kontext|texto|reseña|contexto|mensaje|artículo|comentario|frase"
    "|texte|avis|contexte|article|phrase|commentaire|testo|recensione|contesto|messaggio|articolo"
    "|tekst|recensie|recenzja|kontekst|zdanie|metin|yorum|teks|ulasan|mensagem|avaliação|текст"
    "|отзыв|контекст|відгук|النص|הטקסט|पाठ|テキスト|文章|文本|评论|評論|商品|텍스트|리뷰|ข้อความ"
    "|記事|レビュー|入力|内容|本文|文|メール|新闻|新聞|输入|輸入|邮件|消息|기사|입력|메시지|내용"
    "|listing|advert|posting|job ad|scene|excerpt|cv snippet"
)


LABEL_LINE = make_regex(
    rf"(?:^|(?<=\n)|(?<=[.:?] ))[ *#]*((?:(?!output|response"
    rf"|answer)[^\W\d_]{{2,16}} )?(?:{LABELS}))"
    rf"(?: \d+| [A-Z])?(?: \([^()\n]{{1,40}}\))?[ *]*[:：][ *]*|(?:^|(?<=\n))#{{1,4}}"
    rf" (?:[^\W\d_]{{2,16}} )?({LABELS})[ *:]*\n",
    re.I,
)
"""The label of a text that is given: "Review: …", "Customer message: …", or a heading."""


OTHER_LABEL = make_regex(
    r"(?:\A(?=[^\n]{40,2000}\n)|(?<=\n\n))[ *#]*(?!(?:question|query|task|output|format|example"
    r"|answer|instructions?"
    r"|rules?"
    r"|role"
    r"|note|respond|response|important|constraints?|requirements?|schema|options?|choices|labels"
    r"|categories|fields?|columns?|keys|steps?|goal|tools?|begin|tone|style|language|frage|hinweis"
    r"|aufgabe|pregunta|tarea|tâche|domanda)\b)[^\W\d_][\w-]{1,24}(?:"
    r" [\w-]{1,24}){0,2}[ *]*[:：][ *]*"
    r"(?![^\n]{0,400}\?)(?=[^\n]{40})(?=(?:[^\s,]+[ ]){6})",
    re.I,
)
"""A label of a few words before a line of text, in a separate paragraph: "Press release: …"."""


QUESTION_LINE = make_regex(
    r"(?:^|\n)[ *#]*(?:question|query|q(?!\w)|frage|pregunta|pergunta|domanda|vraag"
    r"|вопрос|問題|问题|質問"
    r"|sentiment|label|answer|category|intent|output|helpful answer|a(?!\w))[^:\n：]{0,40}[:：]",
    re.I,
)


VERB = (
    r"(?:fais(?:-moi)?|résumé|summary|resumen|zusammenfassung|riassunto|summari[sz]e|turn"
    r"|transform|sum up|tl;?dr|classify|translate|rewrite|rephrase|paraphrase"
    r"|correct|proofread|extract"
    r"|analy[sz]e|convert|label|tag|read|fix|parse|format|list|find|detect|identify|determine"
    r"|decide|categori[sz]e|shorten|simplify|review|evaluate|score|rate|explain|refactor|return"
    r"|respond|answer|reply|repeat|echo|use (?:this|the following)|validate|traduce|traduzca"
    r"|traduza|traduire"
    r"|traduis|traduisez|traduci|übersetze?|vertaal|przetłumacz|resume|resuma|fasse|riassumi|"
    r"résume[zr]?|klassifiziere|clasifica|classifique|classe[zr]?|classifica|wandle|convierte)"
)


VERB_WORD = make_regex(rf"(?<!\w){VERB}(?!\w)", re.I)


LAST_VERB = make_regex(
    r"\W*(?:please |now |bitte )?(?:provide|output|choose|select|pick|state|print|name|give|assign"
    r"|tell"
    r"|write|produce|generate|create|return|assess|quote|cite|copy|according to|based on|using"
    r"|from|make|build|design|draft|plan|compose|erstelle|entwirf|crea|genera|crée|gib"
    r"|nenne|schreibe?|wähle|dame|elige|escribe|indica|donne|choisis|écris|dammi|scegli|scrivi|dê"
    r"|escolha|escreva)\b",
    re.I,
)
"""The beginning of an instruction after a text."""


FORMATTED = make_regex(
    r"\b(?:json|csv|xml|yaml|only|nothing else|no other text|table|markdown)\b", re.I
)


IS_COMMAND = make_regex(
    r"\b(?:system|reader|user|task|role|goal|output|format|schema|rules?|instructions?"
    r"|requirements?|constraints?"
    r"|hints?"
    r"|guidelines?|style|tone|steps?|examples?|question|query|response|answer|fields?|criteria"
    r"|persona"
    r"|objective|labels?|categor\w+|options?|tools?|notes?|aufgabe|ausgabe|regeln|tarea|salida"
    r"|reglas|tâche"
    r"|sortie|règles)\b",
    re.I,
)
"""The headings of instructions; below others stands what the message gives."""


LEAD_LINE = make_regex(
    r"^[ \t]*(?:here (?:is|are|'s)|below (?:is|are)|this is|see|hier (?:ist|sind)|aquí (?:está"
    r"|tienes)|voici|ecco|aqui está)\b"
    r"[^\n:]{0,80}[:：][ \t]*\n+",
    re.I | re.M,
)


FIELDS_FOLLOW = make_regex(
    r"\b(?:json|ya?ml|xml|csv|object|keys?|fields?|columns?|properties|attributes)\b[^:\n]{0,24}"
    r"[:：]\s+\Z",
    re.I,
)
"""What a list of fields follows, and not a text."""


ABOUT_REPLY = make_regex(
    r"\byour (?:whole |entire |final )?(?:output|answer|reply|response|task|job)\b|\b(?:answer"
    r"|reply"
    r"|respond|output) (?:only|with|must|should)\b|\A\W*(?:please )?(?:quote|cite|underline"
    r"|highlight"
    r"|pick out|find the|copy)\b",
    re.I,
)
"""What only an instruction says."""
