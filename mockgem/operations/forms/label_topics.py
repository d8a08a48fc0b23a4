"""Words that support labels of applications: products, tools, teams, styles."""

from __future__ import annotations

MORE_TOPICS: tuple[tuple[str, str], ...] = (
    (
        r"^unsafe|^harmful|^violen|^threat|^dangerous|^block|^flag",
        r"kill|hurt|bomb|weapon|attack|murder|stab|shoot|hack|steal|poison|explosive|drugs?"
        r"|suicide|hate you|beat you|destroy"
        r"|idiots?|stupid|morons?|losers?|burns? (?:it |you )?down",
    ),
    (
        r"^travel|^transport|^trip",
        r"train|flights?|plane|taxi|bus|hotel|airfare|trip|ticket|uber|mileage|parking|airport",
    ),
    (
        r"cook|recipe|culinary|baking",
        r"cook\w*|boil\w*|bake|baking|roast|fry|recipe\w*|oven|pasta|soup|sauce|dough|ingredients?"
        r"|rice|steak|grill|simmer|chicken|cake|bread|eggs?|season\w*",
    ),
    (
        r"electronic|gadget",
        r"headphones?|wireless|bluetooth|battery|usb|laptop|phone|smartphone|charger|camera|tv"
        r"|tablet"
        r"|speaker|monitor|keyboard|hdmi|router",
    ),
    (
        r"cloth|apparel|fashion|garment",
        r"shirts?|t-shirt|jeans|dress|jacket|cotton|sneakers|shoes?|hoodie|sweater|socks|coat"
        r"|trousers|scarf|scarves|gloves?|belt|boots?|sandals?|skirt|blouse|shorts|pullover|wool"
        r"|leggings|underwear|pyjamas|pajamas|vest|hat|cap",
    ),
    (
        r"kitchen|^home\b|furniture|household|garden",
        r"pan|knife|sofa|lamp|towels?|pillow|blender|kettle|chair|table|mug|curtains?|mattress|oven"
        r"|couch|shelf|plant",
    ),
    (r"^toys?|games?$", r"puzzle|doll|lego|toy|board game|action figure|teddy|playset"),
    (r"^books?", r"novel|paperback|hardcover|author|edition|chapters?"),
    (r"beauty|cosmetic|personal care", r"cream|shampoo|lipstick|serum|perfume|lotion|skin"),
    (r"grocer|food", r"organic|chocolate|coffee|cereal|cheese|bread|tea|juice|snack"),
    (r"^sports?\b|outdoor|fitness", r"tent|yoga|bike|dumbbell|running|hiking|football|tennis"),
    (
        r"calc|math|arithmetic",
        r"\d+\s*[-+*/x×^]\s*\d+|\d+ ?% of \d[\d.,]*|percent|sum of|square root|multiply"
        r"|divided?|how much is|solve",
    ),
    (r"weather|forecast", r"weather|rain\w*|sunny|temperature|forecast|snow|umbrella|degrees"),
    (
        r"web|search|browse|google|internet",
        r"latest|news|today|current|who won|stock price|recent|this year|price of",
    ),
    (r"calendar|schedul|event|meeting", r"meeting|schedule|calendar|appointment|remind\w*|invite"),
    (r"^e?-?mail|send_e?mail|messag", r"e-?mail|inbox|send a message|write to|reply to"),
    (r"translat", r"translate|in (?:french|german|spanish|italian|english)|how do you say"),
    (r"database|sql|^db", r"customers|orders|records|sales|table|rows|revenue"),
    (r"image|draw|picture|paint", r"draw|picture|image|photo|logo|illustration|paint"),
    (r"^cod(?:e|ing)|program|developer", r"function|python|bug|script|javascript|compile|class"),
    (
        r"vector|rag\b|retriev|knowledge|docs|document",
        r"policy|policies|handbook|manual|document\w*|our company|internal|agents?"
        r"|prompt engineering",
    ),
    (
        r"^(?:credit|debit)?[_ ]?card$",
        r"visa|master ?card|amex|maestro|card|contactless|[*x]{4} ?\d{4}",
    ),
    (
        r"^maintenance|^repair|^facilit|^plumb|^handyman",
        r"leak\w*|broken|radiator|heating|boiler|faucet|tap|pipe|toilet|drain|clogged|window|door|lock"
        r"|light|elevator|lift|repair\w*|fix\w*|mou?ld|damp|soaked|water",
    ),
    (
        r"fraud|^scam|unauthori[sz]ed",
        r"someone used|somebody used|not me|never been|did(?:n['’]t| not) (?:make|authori[sz]e"
        r"|recogni[sz]e)"
        r"|unknown (?:charge|payment|transaction)s?|stolen|unauthori[sz]ed|suspicious|hacked"
        r"|phishing",
    ),
    (
        r"noise",
        r"loud|noisy|noise|music|party|barking|drilling|neighbou?rs?",
    ),
    (
        r"^lease|^tenancy|^rental|^contract",
        r"lease|renew\w*|tenancy|move out|moving out|sublet\w*|notice|contract",
    ),
    (r"^cash$", r"cash|change given|bar bezahlt"),
    (r"^informal|casual|slang", r"yo|dude|hey|lol|gonna|wanna|whats up|thx|btw|u|cool|gotta"),
    (r"^formal", r"dear|sincerely|regards|kindly|pursuant|hereby|we are writing|yours|furthermore"),
    (
        r"escalat|human|handoff|supervisor|manager",
        r"nobody|three times|ridiculous|unacceptable|manager|complain\w*|lawyer"
        r"|again and again|furious",
    ),
    (r"cancel|churn", r"cancel\w*|unsubscribe|leave|switch to|terminate|end my"),
    (r"^(?:hr|human resources|personnel)", r"vacation|holiday|salary|leave|payroll|contract|sick"),
    (
        r"^it\b|it.?support|helpdesk",
        r"laptop|password|vpn|printer|wifi|install|screen|mouse",
    ),
    (r"^hardware", r"laptop|printer|screen|mouse|keyboard|monitor|battery|charger|device|cable"),
    (
        r"^network|connectivity",
        r"wifi|wi-fi|vpn|router|internet|connection|disconnect\w*|network|lan",
    ),
    (r"^software", r"app|application|install\w*|update|crash\w*|license|version|excel|windows"),
    (
        r"account|profile|address",
        r"address|my name|e-?mail address|phone number|change my|update my",
    ),
    (r"password|reset|login", r"password|log ?in|locked out|reset|sign in"),
    (r"product", r"does it|is it|available|size|colou?r|battery|compatible|material|in stock"),
    (
        r"deliver|shipping|logistic|order.?status",
        r"deliver\w*|parcel|package|arrive\w*|courier|track\w*",
    ),
    (r"price|pricing|quote", r"price|cost|how much|expensive|discount|cheap\w*"),
    (
        r"histor",
        r"war|wars|battles?|century|empires?|ancient|kings?|queens?|emperors?|revolution|medieval"
        r"|treaty|invasion|dynast\w+|pharaohs?|napoleon|romans?|vikings?|world war|independence"
        r"|civili[sz]ations?|presidents?|colon(?:y|ies|ial\w*)|\d{4}",
    ),
    (
        r"physic",
        r"gravity|velocity|force|energy|quantum|relativity|newton\w*|einstein|atoms?|light|speed"
        r"|black (?:body|holes?)|magnet\w*|electric\w*|momentum|acceleration|radiation|waves?|mass",
    ),
    (
        r"chemi",
        r"acids?|molecules?|reactions?|elements?|periodic|compounds?|oxygen|carbon|bonds?|ph",
    ),
    (
        r"biolog",
        r"cells?|dna|genes?|species|photosynthesis|evolution|proteins?|animals?|plants?|bacteria"
        r"|organisms?|mitochondria|enzymes?|heart|blood",
    ),
    (
        r"astronom|space",
        r"planets?|stars?|sun|moon|galax\w+|jupiter|mars|saturn|venus|orbit\w*|telescope|comets?"
        r"|solar system|universe",
    ),
    (
        r"literat|poetry",
        r"novels?|poems?|poets?|author|wrote|hamlet|shakespeare|plays?|characters?|books?|sonnets?",
    ),
    (
        r"research|search",
        r"find|figures|data|current|latest|gdp|statistics|research|sources?|past \w+ years|look up"
        r"|news|collect",
    ),
    (
        r"^coder|programmer|engineer|develop",
        r"plot|chart|graph|code|script|function|program|bug|app",
    ),
    (r"^writer|editor|copywriter", r"write|blog|post|report|draft|article|e-?mail|essay|summary"),
    (r"^analyst|analy[sz]", r"analy[sz]e|trends?|compare|metrics|numbers|average"),
    (r"geograph", r"river|capital|country|mountain|ocean|city|continent|border"),
    (r"art|culture", r"painting|museum|sculpture|gallery|artist|exhibition"),
    (r"econom|financ", r"stock|market|inflation|interest rates?|shares|profit|bank|gdp|investors?"),
    (r"environment|climate", r"climate|emissions?|pollution|forest|species|recycl\w*|carbon"),
    (r"educat|school", r"school|teacher|students?|university|exam|curriculum"),
    (r"hope|optimis|excite", r"can't wait|looking forward|hope\w*|excited|soon|thrilled"),
    (r"confus|unclear", r"don't understand|confus\w*|unclear|what does|not sure how|lost"),
    (r"frustrat|annoy", r"again|still not|keeps?|waiting|hours|frustrat\w*|third time|annoy\w*"),
    (r"relief|grateful|gratitude|thank", r"thank\w*|finally|grateful|appreciate\w*|saved"),
    (r"love|affection", r"love|adore|darling|heart"),
)
"""Patterns of labels, and of words in a text that support them."""
SCRIPT_TOPICS: tuple[tuple[str, str], ...] = (
    (
        r"رياضة|ספורט|खेल|スポーツ|体育|體育|스포츠|운동|กีฬา",
        r"مباراة|فريق|هدف|المدرب|الدوري|بطولة|משחק|קבוצ|שער|מאמן|मैच|टीम|गोल|कोच|試合|選手|優勝|監督|比赛|比賽"
        r"|球队|球隊|进球|冠军|冠軍|경기|선수|우승|감독|การแข่งขัน|ทีม|ประตู",
    ),
    (
        r"سياسة|פוליטיק|राजनीति|政治|정치|การเมือง",
        r"انتخاب|حكومة|الرئيس|وزير|برلمان|בחירות|ממשלה|שר ה|כנסת|चुनाव|सरकार|मंत्री|संसद|選挙|政府|首相"
        r"|国会"
        r"|大臣|选举|選舉|总统|總統|议会|議會|선거|정부|대통령|국회|เลือกตั้ง|รัฐบาล|นายกรัฐมนตรี",
    ),
    (
        r"تقنية|تكنولوجيا|טכנולוג|प्रौद्योगिकी|तकनीक|テクノロジー|技術|技术|科技|기술|เทคโนโลยี",
        r"هاتف|معالج|بطارية|تطبيق|حاسوب|טלפון|מעבד|סוללה|אפליקצי|מחשב|फ़ोन|फोन|ऐप|बैटरी|कंप्यूटर|スマホ"
        r"|スマートフォン|アプリ|プロセッサ|手机|手機|芯片|晶片|电池|電池|软件|軟體|電腦|电脑|스마트폰|휴대폰|앱|배터리"
        r"|โทรศัพท์|แอป|แบตเตอรี่|คอมพิวเตอร์",
    ),
    (
        r"اقتصاد|כלכלה|अर्थव्यवस्था|व्यापार|経済|ビジネス|经济|經濟|财经|財經|경제|เศรษฐกิจ|ธุรกิจ",
        r"سوق|أسهم|بنك|أرباح|שוק|מניות|בנק|רווח|बाज़ार|बाजार|शेयर|बैंक|株価|銀行|売上|利益|股票|股市|银行|利润|利潤"
        r"|주가|은행|매출|이익|หุ้น|ธนาคาร|กำไร",
    ),
    (
        r"صحة|בריאות|स्वास्थ्य|健康|医療|醫療|건강|สุขภาพ",
        r"طبيب|مستشفى|لقاح|مرض|רופא|בית חולים|חיסון|डॉक्टर|अस्पताल|टीका|医者|医師|病院|ワクチン|医生"
        r"|醫生"
        r"|医院"
        r"|醫院"
        r"|疫苗|의사|병원|백신|แพทย์|โรงพยาบาล|วัคซีน",
    ),
    (
        r"^(?:高|緊急|紧急|急|높음|긴급|상|สูง|ด่วน|उच्च|عالية|عالٍ|عاجل|גבוה|דחוף|высок|срочн"
        r"|висок|термінов)",
        r"至急|本日中|今日中|緊急|紧急|马上|馬上|立刻|立即|尽快|盡快|急ぎ|落ちて|落ちま|障害"
        r"|停止|瘫痪|宕机|当机"
        r"|ログインでき|全ユーザー|所有用户|긴급|급히|즉시|오늘 중|당장|서버|장애|ด่วน|ทันที|ล่ม"
        r"|तुरंत|जल्दी|आज ही|عاجل|فور"
        r"|متوقف|דחוף|מיד|קרס|срочно|немедленно|терміново|негайно|упал|не работает",
    ),
    (
        r"^(?:低|낮음|하$|ต่ำ|निम्न|कम|منخفض|נמוך|низк)",
        r"いつでも|お時間のある|急ぎません|不急|有空|有時間|천천히|급하지|เมื่อว่าง|जब समय|عندما"
        r"|לא דחוף|не срочно|не спеш",
    ),
    (
        r"請求|请求|账单|帳務|帳單|支払|支付|付款|결제|요금|청구|การเงิน|ชำระ|เรียกเก็บ|बिल"
        r"|भुगतान|الفواتير|الدفع|فوات|חיוב|תשלום"
        r"|оплат|счет|счёт|биллинг|рахун",
        r"扣款|扣费|扣了|收费|收費|发票|發票|账单|帳單|請求|料金|引き落と|二重|领収|領収|付款"
        r"|钱|결제|청구|요금|이중|영수증"
        r"|ชำระ|เรียกเก็บ|หักเงิน|ใบเสร็จ|बिल|भुगतान|पैसे|कट गए|فاتورة|دفع|خصم|חשבונית|חויב"
        r"|תשלום|חיוב"
        r"|списал|оплат|счёт|счет|чек|рахун|кошт",
    ),
    (
        r"技术|技術|기술|เทคนิค|तकनीक|التقني|تقني|الدعم الفني|טכני|техн",
        r"登录|登入|无法|無法|打不开|崩溃|当机|错误|錯誤|闪退|ログイン|エラー|動か|開け|落ち"
        r"|固ま|로그인|오류|에러|안 열|멈"
        r"|เข้าสู่ระบบ|เปิดไม่|ค้าง|ขัดข้อง|लॉगिन|काम नहीं|त्रुटि|एरर|خطأ|لا يعمل|لا تعمل"
        r"|تسجيل الدخول|שגיאה|לא עובד"
        r"|ошибк|не открыва|вылета|зависа|помилк|не працю",
    ),
    (
        r"配送|物流|快递|快遞|发货|發貨|運送|배송|จัดส่ง|ขนส่ง|डिलीवरी|शिपिंग|الشحن|التوصيل"
        r"|משלוח|достав",
        r"包裹|快递|快遞|物流|还没到|還沒到|没收到|沒收到|发货|發貨|荷物|届き|届か|配達|발송"
        r"|택배|배송|안 왔|도착"
        r"|พัสดุ|จัดส่ง|ยังไม่ถึง|पार्सल|डिलीवरी|नहीं पहुँच|طرد|شحن|لم تصل|لم يصل|חבילה|משלוח"
        r"|לא הגיע|посылк|доставк",
    ),
    (
        r"退款|返金|退货|退貨|환불|반품|คืนเงิน|रिफंड|استرداد|החזר|возврат|поверн",
        r"退款|退钱|退錢|返金|返品|退货|退貨|환불|반품|คืนเงิน|रिफंड|पैसे वापस|استرداد|إرجاع"
        r"|החזר|вернуть|возврат|поверн",
    ),
    (
        r"取消|解約|キャンセル|취소|해지|ยกเลิก|रद्द|إلغاء|ביטול|отмен|скасув",
        r"取消|解約|キャンセル|退订|취소|해지|ยกเลิก|रद्द|إلغاء|ألغي|לבטל|отмен|скасув",
    ),
)
"""Labels of scripts whose words have no edges or many endings, and words that support them."""
