"""Words for layouts in several languages: lists, steps, tables, counts of things."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, VALUES, find_before, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import WORD_START, Question

BULLETS = make_regex(
    r"\b(?:bullet(?:ed)?(?:[- ]?(?:points?|lists?))?|bullets|dashes|hyphens|dash(?:ed)? list"
    r"|unordered list|markdown list|aufzählung(?:spunkte?|szeichen)?|stichpunkte\w*"
    r"|stichpunktartig|viñetas"
    r"|lista con viñetas|puces|liste à puces|elenco puntato|punti elenco|tópicos"
    r"|marcadores|opsommings\w*|opsomming|punktach?|wypunktowan\w*|maddeler?\w*|madde madde"
    r"|poin(?:-poin)?|gạch đầu dòng)\b|маркированн\w+|списком|пунктами|маркований|箇条書き"
    r"|要点|列表|项目符号|글머리|목록|요점|نقاط|تعداد نقطي|נקודות|बिंदु",
    re.I,
)
NUMBERED = make_regex(
    r"\b(?:number(?:ed)?[- ]list|numbered(?! (?:sources?|documents?|docs|passages?|context"
    r"|excerpts?|snippets?"
    r"|results?|paragraphs?|references?|chunks?))|number them|ordered list|enumerated|step[- "
    r"]by[- ]step|steps?|nummerierte?\w*|schritte?n?|schritt für schritt|lista numerada"
    r"|numerad[oa]s?|pasos|paso a paso|numérotée?s?|étapes|pas à pas|elenco numerato|numerat[oi]"
    r"|passaggi|passi|passo a passo|passos|genummerde?|stappen|numerowan\w+|krok(?:i"
    r"|ach|ów)|numaralı|adım adım"
    r"|langkah(?:-langkah)?|các bước)\b|нумерованн\w+|по шагам|шаг\w*|нумерован\w+"
    r"|кроки?|编号|編號|番号付き|步骤|步驟|手順|ステップ|단계|번호|خطوات|שלבים|चरण|ขั้นตอน",
    re.I,
)
CHECKLIST = make_regex(
    r"\bchecklists?\b|\bcheck ?boxes\b|\bto-?do[- ]lists?\b|\bcheckliste\b|lista de "
    r"(?:verificación|comprobación|tareas)|liste de contrôle|\bchecklist|lista di "
    r"controllo|lista kontrolna|чек-?л[иі]ст\w*|清单|待办清单|チェックリスト|체크리스트|चेकलिस्ट"
    r"|เช็[กค]ลิสต์|danh sách kiểm tra"
    r"|daftar periksa|takenlijst|yapılacaklar listesi|قائمة (?:مهام|تحقق)|רשימת (?:מטלות|משימות)",
    re.I,
)
PROS_AND_CONS = make_regex(
    r"\bpros (?:and|&) (?:\w+ )?cons\b|\badvantages and (?:\w+ )?disadvantages\b"
    r"|\bvor- und nachteile\b"
    r"|\bventajas y desventajas\b|\bpros y contras\b|avantages et (?:les "
    r")?inconvénients|pro e contro|vantaggi e svantaggi|vantagens e desvantagens|voor- "
    r"en nadelen|vantaggi (?:e|ed) (?:gli |i )?svantaggi|vantagens e (?:as )?desvantagens"
    r"|ventajas y (?:las )?desventajas"
    r"|vorteile und nachteile|voordelen en nadelen|wady i zalety|zalety i wady"
    r"|(?:\d )?zalet\w* i (?:\d )?wad\w*"
    r"|artıları ve eksileri|avantaj\w* ve dezavantaj\w*|плюсы и минусы"
    r"|преимуществ\w* и недостатк\w*|переваг\w* (?:і|та) недолік\w*"
    r"|إيجابيات وسلبيات|مزايا وعيوب|יתרונות וחסרונות|फायदे और नुकसान|लाभ और हानि|优缺点|優缺點"
    r"|长处和短处|長所と短所|メリットとデメリット|장단점|장점과 단점"
    r"|ưu (?:và nhược điểm|điểm và nhược điểm|nhược điểm)|kelebihan dan kekurangan"
    r"|pro dan kontra|ข้อดีและข้อเสีย|ข้อดีข้อเสีย",
    re.I,
)
LIST_WISH = make_regex(
    r"\b(?:list|enumerate|top \d+|brainstorm|name|suggest|recommend|give me|what are"
    r"|come up with|think of|share|provide|create|generate|write|tell me|i need|ideas|tips|liste"
    r"|auflisten|nenne|lista|enumera|énumère|elenca|elenco)\b|列出|列挙|リスト|나열|список"
    r"|перечисли|назови|назовите",
    re.I,
)
THINGS = (
    r"(?:tips?|ideas?|reasons?|benefits|advantages|disadvantages|examples?|facts?"
    r"|things|ways|suggestions?|questions?|recommendations?|points?|steps?|items?"
    r"|entries|elements?|names?|titles?|headlines?|slogans?"
    r"|names|options|alternatives|takeaways|lessons|strategies|habits|mistakes|features"
    r"|topics|chapters|modules|lessons|episodes|rules|principles|phases|synonyms|countries"
    r"|cities|links|urls|resources|books|movies|films|songs|painters|websites"
    r"|subject lines|taglines|captions|haikus|tasks|flashcards|paragraphs|aufgaben|tareas|tâches"
    r"|compiti|tarefas"
    r"|exercises|activities|recipes|hints|best practices"
    r"|bullets?|bullet points|gründe|tipps|ideen|beispiele|vorteile|fragen|fakten"
    r"|schritte?n?|stichpunkte\w*|punkte\w*|vorschläge|consejos|ideas|razones|ejemplos"
    r"|ventajas|pasos|preguntas|beneficios|puntos|conseils|idées|raisons|exemples"
    r"|avantages|étapes|questions|points|consigli|idee|motivi|esempi|vantaggi|passaggi"
    r"|punti|dicas|ideias|razões|motivos|exemplos|vantagens|passos|pontos|redenen"
    r"|ideeën|voorbeelden|voordelen|stappen|punten|porad\w*|pomysł\w*|powod\w*|przykład\w*"
    r"|krok\w*|punkt\w*|ipucu|fikir|neden|örnek|adım|madde\w*|tips|ide|alasan|contoh"
    r"|langkah|poin|gạch đầu dòng|viñetas|puces|marcadores|tópicos|opsommingstekens|bullet points"
    r"|lời khuyên|ý tưởng|lý do|ví dụ|bước)"
)
COUNTED = make_regex(
    rf"(?<!\w){THINGS}(?!\w)|个|個|つ|点|條|条|项|項|가지|단계|ステップ|步|개|единиц|сов[еа]т\w*|иде\w+|причин\w*"
    r"|пример\w*|шаг\w*|пункт\w*|порад\w*|ідей|نصائح|أفكار|أسباب|خطوات|نقاط|טיפים"
    r"|יתרונות|דוגמאות|סיבות|דרכים|עצות|פריטים|فوائد|أمثلة|طرق|مزايا|लाभ|फायदे|उदाहरण|तरीके"
    r"|преимуществ\w*"
    r"|способ\w*|перева[гж]\w*|способ\w*|メリット|理由|例|好处|好處|优点|優點|建议|建議|理由|方法|例子|장점|이유|예시|방법"
    r"|ประโยชน์|ตัวอย่าง|เหตุผล"
    r"|רעיונות|सुझाव|विचार|कारण|बिंदु|ข้อ|วิธี",
    re.I,
)
COUNT_BEFORE = make_regex(
    r"(?:\b(?:list|name|give(?: me| us)?|suggest|recommend|write|generate|provide"
    r"|create|brainstorm|share|top|nenne(?: mir)?|gib mir|dame|nombra|da|donne(?:-moi| "
    r"moi)?|cite|enumera|enumere|énumère|menciona|indica|dammi|elenca|me dê|liste|noem|podaj"
    r"|wymień|sebutkan|berikan|kể)\b"
    r"|(?:назови|назовите|дай|перечисли))"
    r"\s+(?:exactly |the |at least |about |top |mir |un[ae]? lista de "
    rf")?({NUMBER})\s+(?!(?:words?|sentences?|paragraphs?|lines?|characters?|hashtags?"
    r"|rows?|columns?|table)\b)(?=[^\W\d])",
    re.I,
)
ARTICLES = frozenset("a an un une una um uma uno ein eine einen einem einer een".split())
HAS_DIGIT = make_regex(r"\d")


def list_starts(pattern: str) -> frozenset[str]:
    """Return the first letters of the words with which the options of a pattern begin.

    The last letter of a word may be optional.
    """
    starts = set()
    for word, mark in re.findall(r"(?<![\w?*])([^\W\d_]+)(\??)", pattern):
        starts |= {word[:WORD_START], word[: -len(mark) or None][:WORD_START]}
    return frozenset(starts)


THING_STARTS = list_starts(THINGS) | {"kroki", "krokó", "kroka"}
WISH_STARTS = frozenset(
    word[:WORD_START]
    for word in """list name give suggest recommend write generate provide create brainstorm share
        top nenne gib dame nombra da donne cite enumera enumere énumère menciona indica dammi elenca
        dê liste noem podaj wymień sebutkan berikan kể""".split()
)
COUNT_STARTS = frozenset(word[:WORD_START] for word in VALUES if word not in ARTICLES)
"""The first letters of number words."""
ONE_EACH = make_regex(
    r"\b(?:one|a single) [a-z]+ (?:per|for each|in each) [a-z]+\b|\bwith (?:one"
    r"|an?) [a-z]+(?: [a-z]+)? (?:for )?each\b",
    re.I,
)
"""A part of each item: "with one example each"."""
ONE_PER_LINE = make_regex(
    r"\b(?:one|each|every|an?)\b[^.\n]{0,20}\b(?:per|on (?:its|a) (?:own|new|separate)) "
    r"line|\bone on (?:each|every) line\b|\bline by line|pro zeile|por línea|par ligne|per riga"
    r"|por linha",
    re.I,
)
NO_NUMBERS = make_regex(
    r"\b(?:no|without|don't|do not|not)\b[^.\n]{0,30}(?:number|bullet|enumerat|numbering)", re.I
)


ANY_LIST = make_regex(
    r"\b(?:als liste|como lista|en una lista|en liste|come lista|in een lijst)\b", re.I
)
ANY_NUMBER = make_regex(rf"(?<!\w)(?!(?:{'|'.join(sorted(ARTICLES))})\b)({NUMBER})\s[^\W\d]", re.I)


SIZED_LIST = make_regex(
    rf"\b(?:lists?|checklist|bullets) (?:of|with) (?:exactly |the |at least |about "
    rf"|top )*({NUMBER})\b(?! rows| columns)"
    rf"|\b({NUMBER})[- ](?:item|point|bullet|step)s? (?:list|checklist|plan|guide)\b",
    re.I,
)
"""A list with its length: "a numbered list of 3 risks", "a 10-item checklist"."""
SIZED_STARTS = frozenset(
    word[:WORD_START]
    for word in "list lists checklist checklists bullets plan plans guide guides".split()
)


MOST = make_regex(
    r"\b(?:max(?:imum|imal)?\.?|höchstens|at most|up to|no more than|máximo)(?: of)? (\d{1,2})"
    r"(?: (?:bullet|point|stichpunkt|item|takeaway)\w*)?\s?(?=[):.,\n]|\Z)",
    re.I,
)
"""A limit of the number of points: "bullet points (max. 4)"."""


PER_LINE = make_regex(r"\b(?:one|a single|1) (?:[a-z]+ )?per (?:line|row)\b", re.I)


YEAR = make_regex(r"(?:1[89]|20)\d\d")
LABELLED_COUNT = make_regex(
    r"\bnumber of (?:[a-z-]+ ){0,2}(?!words|characters|days|people"
    r"|pages)[a-z]{3,20}s ?[:=] ?(\d{1,2})(?![\d.])",
    re.I,
)
"""A label with the length of a list: "Number of questions: 4"."""


def find_count(question: Question, default: int) -> int:
    """Return how many things the prompt asks for; `default` if it does not say."""
    if not may_have_count(question):
        return default
    if "umber of" in question.whole and (labelled := LABELLED_COUNT.search(question.prompt[:4000])):
        return parse_count(labelled[1], 60)
    may_be_counted = question.may_have_word(THING_STARTS)
    may_be_wished = question.may_have_word(WISH_STARTS)
    may_be_sized = question.may_have_word(SIZED_STARTS)
    for text in (question.instruction, question.system):
        text = text[:4000]
        text = ONE_EACH.sub(" ", text) if " each" in text or " per " in text else text
        text = PER_LINE.sub(" ", text) if " per " in text else text
        for match in COUNTED.finditer(text) if may_be_counted else ():
            word = find_before(text, match.start(), 4)
            if word and word not in ARTICLES and not YEAR.fullmatch(word):
                return parse_count(word, 60)
        for match in COUNT_BEFORE.finditer(text) if may_be_wished else ():
            word = next(filter(None, match.groups())).lower()
            if word not in ARTICLES and not YEAR.fullmatch(word):
                return parse_count(word, 60)
        if may_be_wished or ", " in text or " of the" in text:
            bare = BARE_COUNT.search(text)
            word = next(filter(None, bare.groups())).lower() if bare else "a"
            if word not in ARTICLES | {"one"} and not YEAR.fullmatch(word):
                return parse_count(word, 60)
        if may_be_sized and (sized := SIZED_LIST.search(text)):
            return parse_count(next(filter(None, sized.groups())), 60)
        is_list = ANY_LIST.search(text) or (
            question.language != "en" and (BULLETS.search(text) or NUMBERED.search(text))
        )
        if is_list and (number := ANY_NUMBER.search(text)):
            return parse_count(number[1], 60)
    return default


BARE_COUNT = make_regex(
    rf"\b(?:give me|gimme|list|suggest|write|name|need|want) ({NUMBER})(?=\W*\Z|[,.;!]| (?:pls"
    rf"|please|of them|numbered)\b)|\b({NUMBER}) of (?:them|those)\b"
    rf"|, ({NUMBER}) (?:pls|please|max)\b|\bexactly ({NUMBER})(?=\W*\Z|[.;!])"
    rf"|\bnumbered 1 ?(?:-|–|to) ?(\d{{1,2}})\b",
    re.I,
)
"""A number without a noun: "give me 10, numbered"."""


def may_have_count(question: Question) -> bool:
    """Return quickly whether the prompt may have a number, in digits or words."""
    return (
        not question.is_latin
        or HAS_DIGIT.search(question.whole) is not None
        or not COUNT_STARTS.isdisjoint(question.word_starts)
    )


def has_count(question: Question) -> bool:
    return find_count(question, 0) > 0
