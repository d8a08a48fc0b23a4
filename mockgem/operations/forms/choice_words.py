"""Words with which prompts ask to choose, in several languages."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

CHOOSE = make_regex(
    r"(?<!\w)(?:classif\w+|label\w*|categori[sz]e|category|categories|tag|sentiment|identify"
    r"|detect|assess"
    r"|choose|select|pick|one of|which of|either|options?|choices?"
    r"|decide|determine|intent|intents|one word|one-word|single word|multiple[- ]choice"
    r"|respond with|answer with|reply with|the name of the"
    r"|answer(?= [\"'“‘`]| \w+, \w+,? or | [A-Z]\w{1,20} ?[/|])"
    r"|(?-i:[A-Z_]{2,24} (?:or|OR|/|oder|o|ou)"
    r" [A-Z_]{2,24})|answer\s?:"
    r"|output|route"
    r"|which department|(?:is|are|does) (?:the|this|that|it)\b[^?\n]{3,80}, or [\w-]{2,20}\?"
    r"|(?:must|has to|should|can|may) (?:only )?(?:be|read|say)|klassifizier\w*"
    r"|ordne|"
    r"kategorie|wähle"
    r"|einem (?:einzigen )?wort|clasifica|clasifique"
    r"|categoría|elige|una (?:sola )?palabra|classe[zr]?|catégorie|choisis\w*|un (?:seul )?mot"
    r"|classifica|una (?:sola )?parola|uma (?:só |única )?palavra"
    r"|scegli|categoria|classifique|escolha"
    r"|rate|say|return|reply|respond|antworte|responde|réponds|rispondi|responda)(?!\w)"
    r"|(?:classificeer|sklasyfikuj|zaklasyfikuj|sınıflandır|klasifikasikan|phân loại|определи"
    r"|визнач)"
    r"|классифіку|वर्गीकृत|จำแนก|จัดประเภท|จัดหมวด|סווג"
    r"|классифици|категори|выбери|ответь|分类|选择|回答|答え|分類|選んで|分류|선택|صنف|اختر|أجب"
    r"|답하|답해|대답|ענה",
    re.I,
)
CHOICE_PARTS = (
    *"""identif detect assess
    classif label categ tag sentiment choose select pick either option decide determine intent
    one-word answer: output route which must klassifizier ordne kategorie wähle clasifi catego elige
    palabra classe catégor choisis scegli escolha rate say return reply respond antworte réponds
    rispondi классифици категори выбери ответь 分类 选择 回答 答え 分類 選んで 分류 선택 صنف اختر
    أجب 답하 답해 대답 ענה""".split(),
    *(
        "choice",
        "one of",
        "which of",
        "one word",
        "single word",
        "multiple",
        "answer with",
        "name of the",
        "answer :",
        " be ",
        " wort",
    ),
    *(" mot", "parola", "palavra", " or ", " / ", " oder ", " o ", " ou "),
)
"""Parts in small letters, one of which a text has if CHOOSE finds something: a quick look."""


def asks_for_choice(text: str) -> bool:
    lower = text.lower()
    for part in CHOICE_PARTS:
        if part in lower:
            return CHOOSE.search(text) is not None
    return False
