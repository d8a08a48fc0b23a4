"""Words that begin an instruction, or announce a text that a message gives."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

LABELS = (
    "text|review|context|message|e-?mail|article|comment|tweet|ticket|document|passage|issue|input"
    "|sentence|statement|paragraph|content|description|lead|feedback|post|essay|transcript|claim"
    "|complaint|data|source|story|headline|abstract|notes?|conversation|log|request|quote|snippet"
    "|information|facts|chunk|docs?|documents|sources|bio|report|code|resume|cv|invoice|letter"
    "|dialogue|chat|posting|job ad|advert|listing|minutes|recipe|receipt|thread|memo|announcement"
    "|press release|speech|excerpt|profile|lease|contract|caption|enquiry|inquiry|reply|answer to "
    "grade|anfrage|nachricht|satz"
    "|kommentar|artikel|bewertung|kontext|texto|reseña|contexto|mensaje|artículo|comentario|frase"
    "|texte|avis|contexte|article|phrase|commentaire|testo|recensione|contesto|messaggio|articolo"
    "|tekst|recensie|recenzja|kontekst|zdanie|metin|yorum|teks|ulasan|mensagem|avaliação|текст"
    "|отзыв|контекст|відгук|النص|הטקסט|पाठ|テキスト|文章|文本|评论|評論|商品|텍스트|리뷰|ข้อความ"
    "|記事|レビュー|入力|内容|本文|文|メール|新闻|新聞|输入|輸入|邮件|消息|기사|입력|메시지|내용"
    "|listing|advert|posting|job ad|scene|excerpt|cv snippet"
    "|opinión|consulta|critique|commento|opinione|beoordeling|bericht|zin|wiadomość|opinia"
    "|komentarz|mesaj|cümle|сообщение|комментарий|предложение|письмо|вопрос клиента"
    "|повідомлення|коментар|речення|الرسالة|التعليق|المراجعة|الجملة|הודעה|ההודעה|ביקורת|משפט"
    "|טקסט|संदेश|समीक्षा|वाक्य|टिप्पणी|消息|訊息|句子|内容|內容|原文|メッセージ|レビュー|本文|文|コメント"
    "|메시지|문장|댓글|원문|글|tin nhắn|đánh giá|văn bản|đoạn văn|câu|bình luận|pesan|kalimat"
    "|ürün|produkt|producto|produit|prodotto|товар|продукт|المنتج|מוצר|उत्पाद|产品|產品|제품|상품"
    "|rechnung|factura|facture|fattura|fatura|faktura|счет|счёт|рахунок|請求書|发票|청구서|hóa"
    " đơn|sản phẩm|produk|สินค้า"
    "|komentar|รีวิว|ประโยค|ความคิดเห็น"
)


LABEL_LINE = make_regex(
    rf"(?:^|(?<=\n)|(?<=[.:?] ))[ *#]*((?:(?!output|response"
    rf"|answer)[^\W\d_]{{2,16}} )?(?:{LABELS}))"
    rf"(?: \d+| [A-Z])?(?: \([^()\n]{{1,40}}\))?[ *]*[:：][ *]*|(?:^|(?<=\n))#{{1,4}}"
    rf" (?:[^\W\d_]{{2,16}} )?({LABELS})[ *:]*\n",
    re.I,
)
"""The label of a text that is given: "Review: …", "Customer message: …", or a heading."""


QUESTION_LINE = make_regex(
    r"(?:^|\n)[ *#]*(?:(?:user|my|customer)(?:'s)? )?(?:question|query|q(?!\w)|frage|pregunta"
    r"|pergunta|domanda|vraag"
    r"|вопрос|問題|问题|質問"
    r"|sentiment|label|answer|category|intent|output|helpful answer|a(?!\w))[^:\n：]{0,40}[:：]",
    re.I,
)


VERB = (
    r"(?:(?:renvoie|retourne|devuelve|restituisci|gib|liefere|donne)(?=[^:：\n]{0,150}\b(?:ce texte"
    r"|este texto|diesem text|questo testo|esse texto|du texte|del texto|dem text)\s?[:：])"
    r"|(?:renvoie|retourne|devuelve|restituisci|gib"
    r"|donne)(?=[^:：\n]{0,150}\bjson\b[^:：\n]{0,100}[:：]"
    r" [A-ZÀ-Ý¡¿«\"][^,\n]{1,40} (?-i:[a-zà-ÿ]))"
    r"|fais(?:-moi)?|résumé|summary|resumen|zusammenfassung|riassunto|summari[sz]e|turn"
    r"|transform|sum up|tl;?dr|classify|translate|rewrite|rephrase|paraphrase"
    r"|correct|proofread|extract|pull(?: out)?|describe the following"
    r"|give feedback|comment on|critique|assess|grade|judge"
    r"|put this|split (?:this|the) (?:text|paragraph|following)"
    r"|analy[sz]e|convert|label|tag|read|fix|parse|format|list|find|detect|identify|determine"
    r"|decide|categori[sz]e|shorten|simplify|review|evaluate|score|rate|explain|refactor|return"
    r"|respond|answer|reply|repeat|echo|use (?:this|the following)|validate|traduce|traduzca"
    r"|traduza|traduire"
    r"|traduis|traduisez|traduci|übersetze?|vertaal|przetłumacz|resume|resuma|fasse?|riassumi|"
    r"résume[zr]?|klassifiziere|clasifica|classifique|classe[zr]?|classifica|wandle|convierte"
    r"|korrigiere|verbessere|formuliere|vereinfache|anonymisiere|kürze|extrahiere|corrige|corrija"
    r"|correggi|reescribe|reescreva|réécris|reformule|riscrivi|simplifie[rz]?|simplifica"
    r"|simplifique"
    r"|semplifica|extrae|extraia|extrais|estrai|herschrijf|verbeter|popraw|anonymi[sz]e|redact"
    r"|mask|polish|reword|condense|improve|edit|expand|change|proofread"
    r"|spell-?check|remove (?:all |the )?(?:filler|stop)|give (?:the following|this|the) (?:text"
    r"|sentence|paragraph)"
    r"|make (?:it|this|that|these) (?:sound )?(?:(?:a (?:bit|little) )?(?:more|less) \w+|formal"
    r"|polite"
    r"|casual|professional|friendly|friendlier|politer|nicer|softer|warmer|shorter|simpler|clearer)"
    r"|(?:polite|formal|friendly|casual|professional|nicer|shorter|politer|friendlier|assertive)"
    r" version of (?:it|this|that)"
    r"|make (?:the|this|that) (?:text|sentence|message|following|paragraph|e-?mail|note|wording)"
    r"|blank out|black out|censor|hide"
    r"|ordne|extrahiere|korrigiere|verbessere|bestimme|kürze|corrige[zr]?|extrais|reformule|réécris"
    r"|synthétise[zr]?|extrae|reescribe|sintetiza|mejora|corrija|extraia|reescreva|melhore"
    r"|correggi|estrai|riscrivi|sintetizza|migliora|vat|corrigeer|herschrijf|verbeter|deel"
    r"|streść|podsumuj|sklasyfikuj|przypisz|popraw|wyodrębnij|wyciągnij|określ|przepisz"
    r"|özetle\w*|çevir\w*|sınıflandır\w*|düzelt\w*|ata|belirle\w*|dịch|tóm tắt|phân loại|sửa"
    r"|trích xuất"
    r"|viết lại|terjemahkan|ringkas\w*|rangkum\w*|klasifikasikan|perbaiki|ekstrak|tentukan"
    r"|перевед\w+|переклад\w+|переведи\w*|классифицируй\w*|отнеси\w*|исправь\w*|извлеки\w*"
    r"|определи\w*"
    r"|перепиши\w*|перескажи\w*|сократи\w*|резюмируй\w*|суммируй\w*|выдели\w*|підсумуй\w*"
    r"|перекажи\w*|віднеси\w*"
    r"|класифікуй\w*|виправ\w*|витягни\w*|визнач\w*|скороти\w*)"
)


OTHER_VERB = (
    r"(?:ترجم|لخص|لخّص|صنف|صنّف|صحح|صحّح|استخرج|حدد|حدّد|أعد صياغة|اختصر|תרגם|תרגמי|סכם|סכמי|סווג"
    r"|סווגי|תקן|תקני|חלץ|נסח|קבע|שכתב"
    r"|अनुवाद|सारांश|वर्गीकृत|वर्गीकरण|श्रेणी में|सुधार|निकाल|संक्षेप|訳して|翻訳|要約|まとめて"
    r"|分類|修正|添削|抽出|判定"
    r"|書き換え|言い換え|直して|翻译|翻譯|总结|總結|概括|归类|歸類|分类|分類|改写|改寫|纠正|修改|提取|判断|判斷|润色|潤色|번역|요약|분류|교정"
    r"|고쳐|추출|판단|바꿔|แปล|สรุป|จัดหมวดหมู่|จำแนก|แก้ไข|ดึงข้อมูล|ระบุ)"
)
"""Verbs in scripts in which no space stands around a word."""


OTHER_LABEL = make_regex(
    r"(?:\A(?=[^\n]{40,2000}\n)|(?<=\n\n))[ *#]*"
    rf"(?!{VERB}\b)"
    r"(?!(?:question|query|task|output|format|example"
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


THIS_TEXT = make_regex(
    rf"\b(?:this|these|the following|diese[nrsm]?|folgende[nrsm]?|den folgenden|este|esta|estos"
    rf"|estas"
    rf"|tego|ten|tę|tej|ta|to|этот|этого|эту|это|bu|şu|o|следующ\w+|następując\w+|ce|cet|cette"
    rf"|questo|questa|questi|deze|dit|volgende|die|the given) (?:[^\W\d_]{{2,16}} )?"
    rf"(?:{LABELS})s?(?!\w)[^?\n]{{0,160}}\Z"
    rf"|\b(?:the following|folgende[nrsm]?|siguiente|suivante?|seguente|seguinte|below)\b",
    re.I,
)
"""Words in an instruction that announce a text: "a headline for this article."."""


VERB_WORD = make_regex(rf"(?<!\w){VERB}(?!\w)|{OTHER_VERB}", re.I)


LAST_VERB = make_regex(
    r"\W*(?:please |now |bitte )?(?:provide|output|choose|select|pick|state|print|name|give|assign"
    r"|tell|list|suggest"
    r"|write|produce|generate|create|return|assess|quote|cite|copy|according to|based on|using"
    r"|from|make|build|design|draft|plan|compose|erstelle|entwirf|crea|genera|crée|gib"
    r"|nenne|schreibe?|wähle|dame|elige|escribe|indica|donne|choisis|écris|dammi|scegli|scrivi|dê"
    r"|escolha|escreva)\b",
    re.I,
)
"""The beginning of an instruction after a text."""


FORMATTED = make_regex(
    r"(?<![A-Za-z])(?:json|csv|xml|yaml|only|nothing else|no other text|table"
    r"|markdown)(?![A-Za-z])",
    re.I,
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
KEYS_FOLLOW = make_regex(
    r"(?:\A|[.!?]\s)\s*(?:the )?(?:keys|fields|properties|columns|attributes)\s?[:：]\s+\Z", re.I
)
"""A sentence of fields alone: "Return a recipe. Keys: title, servings"."""
ROW_FIELDS_FOLLOW = make_regex(
    r"\b(?:each|every)(?: (?:json|array))? (?:object|element|entry|record|item|row)[:：]\s+\Z", re.I
)
"""The same in one line: "List 5 sights as JSON. Each object: name, type, price"."""


ABOUT_REPLY = make_regex(
    r"\byour (?:whole |entire |final )?(?:output|answer|reply|response|task|job)\b|\b(?:answer"
    r"|reply"
    r"|respond|output) (?:only|with|must|should)\b|\A\W*(?:please )?(?:quote|cite|underline"
    r"|highlight"
    r"|pick out|find the|copy)\b",
    re.I,
)
"""What only an instruction says."""


WISH_AFTER = make_regex(r"\b(?:output|format|json|respond|return|reply)\b", re.I)


FORMAT_NAME = make_regex(
    r"\W{0,3}(?:an? |the |only |valid |one |raw )?(?:json|xml|csv|yaml|markdown|array|list"
    r"|object|dictionary"
    r"|table)\b",
    re.I,
)


SKETCH = make_regex(
    r"\s{0,8}(?:```\w{0,10}\s{1,8})?(?:\w{1,30} ?= ?)?\{\s{0,12}[\"']\w{1,40}[\"']\s?:\s?(?:string"
    r"|str|number"
    r"|integer|int|float"
    r"|boolean|bool|list|array|<|\"(?:string|\.{3}|…|<))",
    re.I,
)
"""An object that shows the form of the reply, not a given text."""


ARRAYS_FOLLOW = make_regex(
    r"\b(?:two|three|four|these|following|2|3|4)\s(?:\w+\s)?(?:arrays|lists|fields|keys"
    r"|properties)[:：]\s{1,3}\Z",
    re.I,
)


SHORT_LIST = 20


LEADING_QUOTE = make_regex(
    r"[\"“«']([^\"”»\n]{12,2000})[\"”»']((?=[^\n]*[a-z]{3})[ .,]{1,3}[A-Z][^\n]{3,400})\s*\Z"
)
"""A quoted text after a colon, followed by an instruction."""


CORRECTS = make_regex(
    r"(?:corr\w+|korrig\w+|fix|proofread|translate|traduc\w+|traduis\w*|übersetz\w+|rewrite"
    r"|rephrase"
    r"|anonymi\w+|expand|reformule|reescribe|riscrivi)\b",
    re.I,
)
"""Commands for a text that are never followed by options."""


GIVEN_LIST = make_regex(
    r"\b(?:wrote|said|reviews|comments|feedback|messages|responses|complaints|tweets|notes|minutes"
    r"|statements|survey|headlines|tickets)\b",
    re.I,
)
"""Words that announce a list of texts."""


DIALOGUE = make_regex(
    r"\s*\**(?:user|human|customer|assistant|agent|client|student"
    r"|caller)\**\s?:",
    re.I,
)
"""A conversation that is given as a text."""


ANSWER_FORM = make_regex(
    r"\b(?:respond|reply|return|output|answer)\b[^.\n]{0,40}\b(?:json|xml|yaml|csv)\b", re.I
)
