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
        r"|trousers",
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
        r"\d+\s*[-+*/x×^]\s*\d+|percent|sum of|square root|multiply|divided?|how much is|solve",
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
