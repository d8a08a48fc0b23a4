"""Words that support a label, so that a choice fits the text: praise, complaints, topics."""

from __future__ import annotations

import re

from mockgem.operations.forms.label_topics import MORE_TOPICS, SCRIPT_TOPICS
from mockgem.operations.forms.lazy_patterns import make_regex

GOOD = make_regex(
    r"(?<!\w)(?:love|loved|loves|loving|great|excellent|amazing|awesome|wonderful|fantastic|best|perfect"
    r"|happy|good|nice|delicious|superb|thanks?|thank you|recommend\w*|enjoy\w*|pleased|beautiful"
    r"|brilliant|helpful|friendly|delighted|magnificent|satisfied|impress\w+|gorgeous|stunning"
    r"|lovely|outstanding|flawless\w*|comfortable|cozy|tasty|fun|lasts all day|works (?:great|well"
    r"|perfectly)|easy to use|reliable|fresh|exceeded|glad|thrilled|favou?rite|clean|charming"
    r"|incredible|superb\w*|smooth\w*|worth|encant\w+|excelente|genial|maravill\w+|buen[oa]?s?"
    r"|fantástic\w+|ótim[oa]|bom|boa|parabéns|toll|super|gut|großartig|wunderbar|hervorragend"
    r"|liebe|zufrieden|excellente?s?|génial\w*|parfait\w*|magnifique|bon(?:ne)?|merveilleu\w+"
    r"|ottim[oa]|bellissim[oa]|buon[oa]|perfett[oa]|geweldig|goed|świetn\w+|dobr\w+|harika|güzel"
    r"|mükemmel|отличн\w+|прекрасн\w+|хорош\w+|schnell\w*|freundlich\w*|lecker\w*|begeistert"
    r"|empfehl\w+|klasse|rapides?|délicieu\w+|agréable\w*|ador[eé]\w*|recommande\w*|sympa\w*|super"
    r"|rápid[oa]s?|delicios[oa]s?|amable\w*|mejor|me gust\w+|adoro\w*|adorei|gostei|rápid\w+"
    r"|veloce\w*|delizios\w+|gentil\w*|consiglio|fantastic[oa]|snel|lekker|vriendelijk\w*|blij"
    r"|szybk\w+|pyszn\w+|mił[aeoy]\w*|polecam|wspania\w+|hızlı|lezzetli|tavsiye|memnun\w*|çok iyi"
    r"|быстр\w+|вкусн\w+|рекоменд\w+|доволен|довольн\w+|восторг\w*|чудов\w+|смачн\w+|задоволен\w*"
    r"|tuyệt vời|tốt|ngon|hài lòng|nhanh|bagus|enak|puas|cepat|ramah|mantap)(?!\w)|جيد|جميل|سعيد"
    r"|أنصح|لذيذ|מעולה|מצוין|נהדר|טעים|ממליץ|מרוצה|बढ़िया|शानदार|स्वादिष्ट|खुश|आरामदायक|ดีเยี่ยม"
    r"|อร่อย|ประทับใจ|แนะนำ|ชอบ|好吃|干净|乾淨|热情|熱情|还会来|還會來|优秀|優秀|完美|满分|開心|开心|楽し|快適|好用|耐用|速い|친절|빠르|빨라"
    r"|최고|最高|素晴らしい|気に入|使いやすい|満足|おいしい|美味し|良い|よかった|嬉しい|很好|满意|滿意|推荐|推薦|不错|棒|喜欢|太棒|좋아|좋은|훌륭|만족|추천|맛있"
    r"|ممتاز|رائع|अच्छा|ดีมาก",
    re.I,
)
BAD = make_regex(
    r"(?<!\w)(?:hate|hated|terrible|awful|bad|worst|horrible|disappoint\w*|broke|broken|poor|slow"
    r"|useless|waste|died|never|refund|smell(?:ed|s|y)|stink\w*|stank|filthy|mould\w*|moldy"
    r"|broke down"
    r"|did(?:n['’]t| not) care|nobody (?:\w+ ){0,5}cared|no one (?:\w+ ){0,5}cared|angry|furious"
    r"|annoy\w*|rude|dirty|cold|late|crash\w*"
    r"|fail\w*|problem\w*|disgusting|sad|unhappy|boring|dull|overpriced|uncomfortable|noisy|loud"
    r"|ruined|ugly|mediocre|flimsy|frustrat\w+|unacceptable|(?:charged|billed) (?:me )?twice"
    r"|double[- ]charged|overcharged|(?:nobody|no one) (?:answer\w*|picks? up|repl\w+|help\w*"
    r"|care\w*)|nobody answered|defective|damaged|missing|stopped working|doesn't work|laggy|worse"
    r"|regret|fell (?:apart|off)|fall(?:s|ing)? apart|came apart|(?<=never )again|ignored"
    r"|unhelpful|expensive|idiot|stupid|hurt|wrong|not (?:good|work\w*|happy|satisfied)|malo|mala"
    r"|terribles?|pésim[oa]|decepci\w+|ruim|péssim[oa]|horrível|schlecht\w*|furchtbar|kaputt"
    r"|enttäusch\w*|falsch|beschädigt\w*|verärgert|zu spät|fehlt|dañad\w+|en retard|abîmée?s?"
    r"|mauvaise?s?|nulle?|déçue?|horribles?|bruttissim[oa]|pessim[oa]|deludente|slecht|zły|zła"
    r"|okropn\w+|kötü|berbat|плох\w+|ужасн\w+|langsam\w*|kalt\w*|unfreundlich\w*|schmutzig\w*"
    r"|defekt\w*|nie wieder|lent[es]*|froid[es]*|sale|cass[ée]\w*|pire|trop cher|jamais"
    r"|arrogant\w*|lent[oa]s?|frí[oa]s?|rot[oa]s?|suci[oa]s?|peor|frio|fria|quebrad\w+|suj[oa]"
    r"|pior|demor\w+|fredd[oa]|rott[oa]|sporc\w+|peggio\w*|traag|koud\w*|kapot|vies|teleurgesteld"
    r"|woln\w+|zimn\w+|zepsut\w+|brudn\w+|najgorsz\w+|rozczarowan\w+|yavaş|soğuk|bozuk|kırık\w*"
    r"|kırıl\w*|geç gel\w*|kirli|kötü\w*|медленн\w+|холодн\w+|слом\w+|грязн\w+|разочаров\w+"
    r"|жахлив\w+|поган\w+|повільн\w+|зламан\w+|tệ|chậm|lạnh|bẩn|thất vọng|hỏng|buruk|lambat|dingin"
    r"|kotor|kecewa|rusak|mengecewakan)(?!\w)|بطيء|أسوأ|بارد|مكسور|متأخر|גרוע|נורא|איטי|מאכזב"
    r"|מאוחר|קר(?!\w)|खराब|ख़राब|धीम|निराश|गंदा|देर|ช้า|ห่วย|สกปรก|ผิดหวัง|太差|很慢|脏|难吃|難吃|坏|壞|冷た|ひど"
    r"|汚|느리|느려|늦|더럽|불친절|차갑|맛없|最悪|残念|使いにくい|壊れ|遅い|まずい|不満|糟糕|很差|失望|太慢|坏了|망가|불량|환불해|再也不|很快就坏|很快就壞|不理人"
    r"|나쁘|최악|실망|별로|불만|سيئ|बुरा|แย่",
    re.I,
)
INSULTS = (
    r"idiots?|stupid|morons?|losers?|dumb|pathetic|worthless|disgusting|scum|trash|garbage"
    r"|imbeciles?|nobody likes you|shut up|go to hell|drop dead|hate you|kill\w*|die|burns? (?:it "
    r"|you )?down|(?:hurt|beat|destroy|find|get) you|bomb\w*|i(?:'ll| will) make you"
)
"""Insults and threats."""
TOPICS: tuple[tuple[str, str], ...] = (
    (
        r"^(?!not|non|no )\w*(?:spam|scam|phish)",
        r"free|winner|won|prize|click (?:here|this|the link|below)|congratulations|claim|lottery"
        r"|bitcoin|urgent transfer|inherit\w*|bank details|million|selected|verify your|act now"
        r"|limited time|gewonnen|klicken sie|gratis|kostenlos\w*|ganado|ganaste|premio|haga clic"
        r"|gagné|cliquez|gratuit\w*|vinto|clicca|ganhou|clique|выиграли|приз|guaranteed|earn money"
        r"|viagra|gift card|password|suspended|100%|dear friend|offer",
    ),
    (
        r"billing|buchhaltung|payment|invoice|finance|rechnung|factur|fattur|fatur|faktur|оплат"
        r"|ödeme",
        r"charg\w+|invoice|refund|payment|subscription|credit card|bill|rechnung\w*|paid|factur\w+"
        r"|abgebucht|zahlung|paiement|cobr\w+|pago|pagament\w+|fattur\w+|fatur\w+|betaling"
        r"|faktur\w+|płatnoś\w+|счёт\w*|оплат\w+|ödeme",
    ),
    (
        r"tech|st(?:ö|oe)rung|outage|técnic|tecnic|soporte|supporto|assistenza|техн|teknik|bug"
        r"|error|it$|engineering|support|incident",
        r"offline|is down|been down|no (?:internet|signal|connection)|connection|disconnect\w*"
        r"|fr[eo]ez\w*|froze|stopped working|outage|internet ist|ausgefallen|kein internet|internet"
        r"|error|crash\w*|bug|broken|fail\w*|login|not work\w*|won't|500|slow|exception|doesn't"
        r"|funktioniert|defekt|fehler\w*|absturz|abgestürzt|drucker|stürzt|fonctionne|panne|erreur"
        r"|funciona|falla|funziona|guasto|errore|erro|werkt niet|działa|błąd|çalışm\w+|hata"
        r"|работает|ошибк\w+|працює|помилк\w+",
    ),
    (
        r"(?:^|_)(?:sql|database|db|analytics|reporting)(?:_|$)",
        r"how many|orders|revenue|total|average|rows?|tables?|records|last (?:month|quarter|year)",
    ),
    (r"account|login|profile", r"password|account|login|log in|sign in|profile|username"),
    (
        r"feature|enhancement|request|wunsch",
        r"would be (?:nice|great)|please add|add support|feature|could you add|wish|i'd like",
    ),
    (
        r"greet|small ?talk|hello|begrüßung|saludo",
        r"\A\W{0,3}(?:hi|hey|hello|good (?:morning|evening|afternoon)|hallo|hola|ciao)",
    ),
    (r"^docs?$|documentation", r"readme|docs?|documentation|docstring|typo|tutorial|guide"),
    (r"question|frage|pregunta|dúvida|duda|inquiry|query", r"\?|how do|how can|what is|where"),
    (r"sales|vertrieb|ventas|vendas", r"buy|price|quote|purchase|demo|offer|order|plan"),
    (r"legal|recht", r"contract|lawyer|court|gdpr|terms|license|liability"),
    (r"cancel|k(?:ü|ue)ndig|cancela|r[ée]sili", r"cancel\w*|terminate|kündig\w*|stop my|résili\w*"),
    (r"book|reserv|buch", r"book|reserve|reservation|table for"),
    (r"status|track|check", r"where is|status|track\w*|arrive\w*"),
    (r"refund|return|rückgabe", r"refund|money back|return"),
    (r"shipping|delivery|versand|lieferung", r"deliver\w*|ship\w*|package|parcel|arrive\w*|paket"),
    (
        r"urgent|high|critical|dringend|alta|hoch|p1|p0",
        r"urgent|asap|immediately|down|outage|all customers|emergency|critical|production|crash\w*"
        r"|data loss|every time|cannot (?:log ?in|access|work|pay)|can't (?:log ?in|access|work"
        r"|pay)|security|breach|stolen|hacked|locked out",
    ),
    (
        r"^(?:not|non|no)[ _-]?spam|^ham$|legit",
        r"meeting|lunch|dinner|tomorrow|see you|thanks|attached|agenda|call me|minutes|report|team",
    ),
    (
        r"^low$|niedrig|baja|p3|minor",
        r"typo|cosmetic|sometime|next week|minor|nice to have|no rush|small|eventually",
    ),
    (r"^future", r"will|'ll|going to|tomorrow|next (?:week|month|year)"),
    (r"^past", r"was|were|did|yesterday|last (?:week|month|year)|\w{3,}ed|went|saw|had"),
    (r"^present", r"is|are|am|now|currently|\w{3,}s every"),
    (
        r"damaged|defect|faulty",
        r"broken|damaged|cracked|scratched|shattered|defective|faulty|torn|fell apart|dented",
    ),
    (r"transport", r"uber|taxi|bus|train|metro|ticket|fuel|gas station|parking|trip"),
    (r"housing", r"rent|mortgage|landlord|electricity"),
    (
        r"\bsport|\bdeporte|\besporte|спорт",
        r"spiel|mannschaft|trainer|tore?|gewann|verein|liga|partido|gol(?:es|s)?|equipo|campeonato|équipe"
        r"|joueur|entraîneur|squadra|partita|jogo|wedstrijd|doelpunt|mecz|drużyna|bramk\w*"
        r"|maç|takım|матч\w*|гол\w*|команд\w*|тренер\w*|чемпионат\w*"
        r"|match|goals?|teams?|championship|league|player|coach|tournament|won the|underdogs?"
        r"|penalty"
        r"|shoot-?out|title|cup|finals?|striker|olympic\w*|marathon|medal|season|defeats?|beats?"
        r"|quarterback|touchdown|playoffs?",
    ),
    (
        r"polit[ií]|politique|siyaset|політик",
        r"wahl\w*|regierung|bundestag|kanzler\w*|abgeordnete\w*|gesetz"
        r"|elecciones|gobierno|presidente|ministr[oa]|congreso|ley|élections?|gouvernement|président|loi"
        r"|elezioni|governo|parlamento|legge|eleição|eleições|verkiezing\w*|regering|wybor\w*|rząd|sejm"
        r"|seçim|hükümet|выбор\w*|правительств\w*|парламент\w*|президент\w*|вибор\w*|уряд"
        r"|election|minister|parliament|president|vote|senate|government",
    ),
    (
        r"business|wirtschaft|econom|finanz|finan[zc]|économi|ekonomi|эконом",
        r"aktien?|börse|umsatz|gewinn|bank(?:en)?|inflation|bolsa|acciones|banco|bourse|bénéfice|borsa"
        r"|azioni|ações|beurs|giełd\w*|акци\w*|банк\w*|рубл\w*"
        r"|stocks?|markets?|compan(?:y|ies)|shares|profits?|revenue|merger|banks?|earnings",
    ),
    (
        r"scien|wissenschaft",
        r"research\w*|scientist\w*|study|species|nasa|physics|mammals?|marine|planets?|evolution",
    ),
    (
        r"health|medic|gesund|salud|santé|salute|saúde|zdrow|sağlık|здоров",
        r"ärzt\w*|arzt|krankenhaus|impf\w*"
        r"|médico|hospital|vacuna|médecin|hôpital|vaccin|medico|ospedale|vaccino|lekarz\w*|szpital|doktor"
        r"|hastane|врач\w*|больниц\w*|вакцин\w*|лікар\w*"
        r"|doctors?|patients?|vaccines?|hospital|disease|health",
    ),
    (r"entertain|movie|film|music", r"film|movie|actor|album|concert|song|series"),
    (r"travel|reise|viaje", r"flight|hotel|trip|beach|vacation|airport"),
    (r"food|restaurant|essen", r"pizza|restaurant|meal|dish|recipe|cook\w*"),
    (r"anger|angry|wut|ira", r"angry|furious|can't believe|mad|rage|annoy\w*"),
    (r"joy|happy|freude|alegr", r"happy|love|great|delighted|joy|wonderful"),
    (r"sad|traurig|trist", r"sad|cry\w*|miss|lost|lonely|died"),
    (r"fear|angst|miedo", r"afraid|scared|fear|worried|terrified"),
    (
        r"surpris",
        r"wow|unexpected\w*|surpris\w*|can't believe|didn't expect|never thought|out of nowhere",
    ),
    (r"disgust", r"disgust\w*|gross|revolting|yuck|nasty|vomit"),
    (
        r"tech(?:nology)?$|^technik$|^technolog|^tecnolog|^technologie|^teknoloji|технолог|^informatique",
        r"prozessor|akku|rechner|betriebssystem|móvil|teléfono|batería|ordenador|aplicación|téléphone"
        r"|batterie|ordinateur|telefono|batteria|celular|telefone|computador|telefon|procesor|bateri\w*"
        r"|akıllı|bilgisayar|смартфон\w*|телефон\w*|процессор\w*|приложени\w*|компьютер\w*"
        r"|chip|software|app|smartphone|ai|computer|startup|robot|processor|laptop|google"
        r"|apple|internet",
    ),
    (r"^(?:home|house|real estate)", r"apartment|kitchen|rent|furniture|house|garden"),
    (
        r"^(?:subjective|opinion)",
        r"best|beautiful|boring|amazing|i think|should|terrible|ugly|love",
    ),
    (r"^(?:objective|fact)", r"degrees|percent|\\d+|born|located|capital|boils|founded|consists"),
    (r"greet|smalltalk|chitchat", r"hello|hi|how are you|good morning|thanks"),
    (
        r"complaint|reclam|beschwerde|queja|klacht|plainte|skarga|жалоб|скарг|şikayet|keluhan"
        r"|苦情|クレーム|投诉|投訴|불만",
        r"terrible|broken|never|bad|refund|péssim\w+|schlecht|mal[oa]|kaputt|verärgert|beschädigt"
        r"|roto|waiting (?:for )?\w+ (?:days|weeks|hours|months)|still (?:not|no|waiting)"
        r"|wacht (?:nu )?al|niemand|warte (?:nun |jetzt )?(?:schon|seit)|nadie|personne ne|nessuno"
        r"|ninguém|attends depuis|espero desde|aspetto da|esperando",
    ),
    (r"praise|elogio|lob|compliment", r"excelente|ótimo|great|thank\w*|love|super|wonderful|danke"),
    (
        r"(?<!non-)(?<!non)(?<!non_)(?<!not )toxic|block|unsafe|offensive|hate|reject|harmful"
        r"|inappropriate",
        rf"hate|{INSULTS}",
    ),
    (
        r"allow|(?<!un)safe|approve|non[-_]?toxic|ok$|accept|(?<!in)appropriate",
        r"thanks?|great|love|nice|helpful|please",
    ),
)
"""Patterns of labels, and of words that support them."""
COMPILED_TOPICS = [
    (
        make_regex(label, re.I),
        make_regex(rf"(?<!\w)(?:{words})(?!\w)" if not words.startswith("\\?") else words, re.I),
    )
    for label, words in (*TOPICS, *MORE_TOPICS)
]
COMPILED_TOPICS += [(make_regex(label), make_regex(words)) for label, words in SCRIPT_TOPICS]
POSITIVE_LABEL = make_regex(
    r"positi|pozyt|olumlu|tích cực|正面|积极|積極|正评|חיובי|เชิงบวก|^บวก|^good|^pos$|happy|joy"
    r"|praise|ja$|позитив|положительн|好评|ポジティブ|긍정|إيجابي"
    r"|सकारात्मक|elogio|^1$",
    re.I,
)
NEGATIVE_LABEL = make_regex(
    r"n[ée]gati|negaty|olumsuz|tiêu cực|负面|負面|消极|消極|שלילי|เชิงลบ|^ลบ|^bad|^neg$|unhappy"
    r"|sad|anger|angry|complaint|негатив|отрицательн|差评|ネガティブ"
    r"|부정|سلبي|नकारात्मक|reclama",
    re.I,
)
NEUTRAL_LABEL = make_regex(
    r"neutral|nötr|trung (?:lập|tính)|netral|ניטרלי|तटस्थ|กลาง|^mixed|neutro|neutre"
    r"|нейтрал|中性|中立|중립|محايد",
    re.I,
)


MIXED = make_regex(r"mixed", re.I)
TURNED = make_regex(r"\b(?:but|however|although|though|except|unfortunately)\b", re.I)


NOT_BAD = make_regex(
    r"\b(?:not (?:(?:at all|that|too|so|half) )?bad|no complaints|never (?:fails?|disappoints?)"
    r"|(?:not|wasn['’]t|isn['’]t|never) disappointed|can['’]?t complain)\b",
    re.I,
)
"""Praise in words of complaints."""


def measure_sentiment(text: str) -> int:
    """Return a positive number for praise, a negative one for complaints, 0 for neither."""
    text, denied = NOT_BAD.subn("", text[:4000])
    return denied + len(GOOD.findall(text)) - len(BAD.findall(text))


def score_label(label: str, text: str) -> float:
    """Return how strongly the words of a text support a label."""
    mood = measure_sentiment(text)
    score = 0.0
    if POSITIVE_LABEL.search(label):
        score += max(0, mood)
    elif NEGATIVE_LABEL.search(label):
        score += max(0, -mood)
    elif MIXED.match(label) and TURNED.search(text) and GOOD.search(text[:4000]):
        score += 3
    elif NEUTRAL_LABEL.search(label) and mood == 0:
        score += 0.5
    for name, words in COMPILED_TOPICS:
        if name.search(label):
            score += len(words.findall(text[:4000]))
    return score
