"""Words with which prompts ask to choose, in several languages."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

CHOOSE = make_regex(
    r"(?<!\w)(?:classif\w+|label\w*|categori[sz]e|category|categories|tag|sentiment|identify"
    r"|detect|assess|choose|select|pick|one of|which of|either|options?|choices?|decide|determine"
    r"|intent|intents|one word|one-word|single word|multiple[- ]choice|respond with|answer with"
    r"|(?:answer|reply|respond) (?:strictly|only|always) with"
    r"|reply with|the name of the|answer(?= [\"'“‘`]| \w+, \w+,? or | [A-Z]\w{1,20} ?[/|])"
    r"|(?-i:[A-Z_]{2,24} (?:or|OR|/|oder|o|ou) [A-Z_]{2,24})|answer\s?:|output|route"
    r"|which department|(?:is|are|does) (?:the|this|that|it)\b[^?\n]{3,80}, or [\w-]{2,20}\?"
    r"|(?:must|has to|should|can|may) (?:only )?(?:be|read|say)|klassifizier\w*|ordne|kategorie"
    r"|wähle|einem (?:einzigen )?wort|clasifica|clasifique|categoría|elige|una (?:sola )?palabra"
    r"|classe[zr]?|catégorie|choisis\w*|un (?:seul )?mot|classifica|una (?:sola )?parola"
    r"|uma (?:só |única )?palavra|scegli|categoria|classifique|escolha|rate|say|return|reply"
    r"|respond|antworte|responde|réponds|rispondi|responda)(?!\w)|(?:classificeer|sklasyfikuj"
    r"|zaklasyfikuj|sınıflandır|klasifikasikan|phân loại|определи|визнач)|классифіку|वर्गीकृत"
    r"|จำแนก|จัดประเภท|จัดหมวด|סווג|классифици|категори|выбери|ответь|分类|选择|回答|答え|分類|選んで|分류|선택|صنف"
    r"|اختر|أجب|답하|답해|대답|ענה",
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
