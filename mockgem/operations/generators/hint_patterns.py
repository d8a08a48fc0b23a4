"""The patterns and words by which hints are found in a text."""

from __future__ import annotations

import re
from string import ascii_uppercase

from mockgem.operations.generators.clued_pattern import DIGITS, CluedPattern

QUOTED = CluedPattern(
    r"\"([^\"\n]{1,200})\"|“([^”\n]{1,200})”|`([^`\n]{1,200})`|(?<![\w'])'([^'\n]{1,200})'(?!\w)",
    ('"', "“", "`", "'"),
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")
URL = re.compile(r"https?://[^\s)>\"']+")
TIME = CluedPattern(
    r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?\b|\b\d{1,2}\s?[ap]m\b",
    (":", "am", "pm"),
    re.IGNORECASE,
)
ISO_DATE = CluedPattern(r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?", ("-",))
NUMERIC_DATE = CluedPattern(
    r"(?<![\w./])\d{1,2}([./])\d{1,2}\1\d{4}(?!\w)", ("/", *[f".{digit}" for digit in DIGITS])
)
MONTH_NAMES = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
MONTH = rf"(?:{'|'.join(MONTH_NAMES)})[a-z]*"
WRITTEN_DATE = CluedPattern(
    rf"\b(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?\b", MONTH_NAMES
)
DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday today tomorrow tonight yesterday"
).split()
DAY = CluedPattern(
    rf"\b(?:next |this |last )?(?:{'|'.join(DAYS)})\b",
    tuple(day.lower() for day in DAYS),
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.])-?\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?(?!\d)(?!\w{0,20}[-:]\d)")
CAPITAL = r"[A-Z\u00c0-\u00de][\w'’-]*"
NAME = re.compile(rf"\b{CAPITAL}(?:[^\S\n](?:{CAPITAL}|de|van|von|of|the(?=\s[A-Z]))\b)*")
PLACE_NAME = (
    rf"{CAPITAL}(?:[ -](?:(?:de|do|da|dos|del|di|la|am|upon) )?{CAPITAL})*"
    rf"(?:,\s(?:[A-Z]{{2}}\b|{CAPITAL}(?:\s{CAPITAL})*(?=[.?!]|$)))?"
)
PLACE_PHRASE = re.compile(
    rf"\b(in|at|near|from|around|between|to|for|of)\s+(?:the\s)?({PLACE_NAME}(?:(?:,|,? and|,? or"
    rf"| vs\.?)\s{PLACE_NAME})*)"
)
NOUN = re.compile(
    r"\b(?:an?|the)\s+((?:[\w-]+\s){0,2}?[\w-]+)(?=\s+(?:on|in|at|for|with|from|by|to|of|that)\b"
    r"|[.,;!?]|$)"
)
CALL = CluedPattern(r"\b([A-Za-z_]\w*)\(([^()]*)\)", ("(",))
LIST = CluedPattern(r"\[[^\[\]]*\]|\{[^{}]*\}", ("[", "{"))
LABELLED = CluedPattern(
    r"\b((?:[A-Za-z_]\w{0,30} ){0,2}[A-Za-z_]\w{0,30})(?: ?[:=] ?| (?:is|are|equals) )"
    r"(-?[$€£]?\d[\d,]*(?:\.\d+)?(?!\w)|[^\s,;:.][^,;:\n]{0,80}?(?=\s(?:and|but|with|which|who)\s"
    r"|[,;:\n]|$))",
    (":", "=", " is ", " are ", " equals "),
)
LABELLED_LIST = CluedPattern(
    r"\b([A-Za-z_]\w{0,30}):\s+([^.;:\n]{1,300}[,][^.;:\n]{1,300})", (":",)
)
END_OF_VALUE = re.compile(r"\s(?:and|but|with|which|who|for|on|at|in)\s|[.!?](?:\s|$)")
SERIES = CluedPattern(
    r"(?<![\w'-])((?:[\w'-]{1,40} ){0,2}[\w'-]{1,40}), "
    r"((?:[\w'-]{1,40}(?: [\w'-]{1,40})?, ){0,40}[\w'-]{1,40}(?: [\w'-]{1,40})?)"
    r",? (?:and|or) ([\w'-]{1,40}(?: [\w'-]{1,40})?)",
    (" and ", " or "),
)
CURRENCIES = tuple("USD EUR GBP JPY CHF CAD AUD CNY INR SEK NOK DKK".split())
CURRENCY = "|".join(CURRENCIES)
FILE_ENDINGS = tuple(
    "py js ts md txt json csv yaml yml toml go java rs html css pdf png jpg xml sql sh".split()
)
KIND_PATTERNS = {
    "phone": CluedPattern(r"\+\d[\d ()-]{6,20}\d|\b\d{3}-\d{3,4}-\d{3,4}\b", ("+", "-")),
    "path": CluedPattern(
        r"(?<![\w/])(?:\.{0,2}/)?[\w.-]{1,60}(?:/[\w.-]{1,60}){1,10}"
        rf"|\b[\w-]{{1,60}}\.(?:{'|'.join(FILE_ENDINGS)})\b",
        ("/", *[f".{ending}" for ending in FILE_ENDINGS]),
    ),
    "code": CluedPattern(
        r"#\s?(\w{2,30})|\b([A-Za-z]{1,12}-\d[\w-]{0,30})\b|\b(?:order|ticket|invoice|case|id"
        r"|number|no\.?)\s(\w*\d\w*)",
        ("#", *DIGITS),
    ),
    "money": CluedPattern(
        r"(?:[$€£]\s?|(?:USD|EUR|GBP)\s)(\d[\d,]{0,20}(?:\.\d{1,15})?)|(?<![\d.,])(\d[\d,]{0,20}"
        r"(?:\.\d{1,15})?)\s?(?:USD|EUR|GBP|dollars|euros)",
        ("$", "€", "£", "USD", "EUR", "GBP", "dollars", "euros"),
    ),
    "currency": CluedPattern(rf"\b({CURRENCY})\b", CURRENCIES),
    "from currency": CluedPattern(
        rf"\bfrom ({CURRENCY})\b|\b({CURRENCY}) (?:to|into|in)\b", CURRENCIES
    ),
    "to currency": CluedPattern(rf"\b(?:to|into|in) ({CURRENCY})\b", CURRENCIES),
    "ticker": CluedPattern(r"\b([A-Z]{2,5})\b", tuple(ascii_uppercase)),
    "saying": CluedPattern(
        r"\b(?:saying|that says|with the text|to say|message:)\s+(?:that\s+)?([^\n]{1,300})",
        ("saying", "says", "with the text", "to say", "message:"),
        re.I,
    ),
    "about": CluedPattern(r"\babout (?:the |a |an )?([^.?!\n]{1,120})", ("about",), re.I),
    "search": CluedPattern(
        r"\b(?:search|look|looking|google|find|browse)\b[^.?!\n]{0,40}?\bfor (?:the |a |an )?"
        r"([^.?!\n]{1,160})",
        ("search", "look", "google", "find", "browse"),
        re.I,
    ),
    "by": CluedPattern(rf"\bby ({CAPITAL}(?:\s{CAPITAL})*)", ("by ",)),
    "to": CluedPattern(
        r"\b(?:remind me to|to-do:?|task:?)\s+([^.?!\n]{1,160})",
        ("remind me to", "to-do", "task"),
        re.I,
    ),
    "spot": CluedPattern(
        r"\b(?:in|at|near) (?:the )?([a-z][a-z]{2,20}(?: [a-z]{3,20})?)"
        r"(?=[?.!,]|$| (?:today|tomorrow|now|right|this|next|on|and|for)\b)",
        ("in ", "at ", "near "),
    ),
    "from account": CluedPattern(
        r"\bfrom (?:my |the )?(?:[a-z]+ )?account (?:number |no\. ?|#)?(\w*\d\w*)",
        ("account",),
        re.I,
    ),
    "to account": CluedPattern(
        r"\bto (?:my |the )?(?:[a-z]+ )?account (?:number |no\. ?|#)?(\w*\d\w*)", ("account",), re.I
    ),
    "origin": CluedPattern(
        rf"\b(?:from|leaving|departing)\s+(?:from\s+)?(?:the\s)?({PLACE_NAME})|\b"
        rf"({PLACE_NAME}) to (?={PLACE_NAME})",
        ("from", "leaving", "departing", " to "),
    ),
    "goal": CluedPattern(rf"\bto (?:the\s)?({PLACE_NAME})", ("to ",)),
    "from": CluedPattern(r"\bfrom (?:the |my )?([\w-]{2,30})(?: account)? to\b", ("from ",)),
    "towards": CluedPattern(r"\bto (?:the |my )?([\w-]{2,30})(?: account)?(?=[.?!,]|$)", ("to ",)),
    "street": CluedPattern(
        rf"\b(\d{{1,5}} (?:{CAPITAL} ){{1,3}}?(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Way|Drive"
        r"|Dr)\b)",
        ("St", "Road", "Rd", "Av", "Lane", "Ln", "Way", "Dr"),
    ),
    "town": CluedPattern(rf", ({CAPITAL}(?: {CAPITAL})?),? \d{{5}}", (", ",)),
    "subject": CluedPattern(
        r"^\W*([A-Za-z][\w -]{0,40}?) (?:costs?|is|are|was|has|have|sells?|lives|works)\b",
        (" cost", " sell", " is", " are", " was", " has", " have", " lives", " works"),
        re.M,
    ),
    "made for": CluedPattern(
        r"\b(?:recipe|plan|idea|name|title|slogan|menu) for (?:a |an |the |some )?"
        r"([^.?!,\n]{1,60})",
        (" for ",),
        re.I,
    ),
    "zip": CluedPattern(r"\b(\d{5}(?:-\d{4})?)\b(?=[,.]|$| [A-Z])", DIGITS),
    "bare": CluedPattern(r"\[([A-Za-z][\w -]*(?:, *[\w -]+)+)\]", ("[",)),
}
"""Patterns of things that their form or the words before them reveal.

The value is the first group that matched.
"""
NOT_SPOTS = frozenset(
    (
        "the this that these those order english german french addition general fact particular "
        "mind detail short user country city capital"
    ).split()
)
NOT_TICKERS = frozenset(
    "JSON HTML CSS API URL AI ML USD EUR GBP JPY OK PM AM NY USA UK EU SQL PDF ID".split()
)
IMPERATIVE_VERBS = frozenset(
    """Transfer Play Rate Order Invoice Labels Label Assign Solve Remind Cancel Change Move Turn
    Switch Buy Sell Pay Reserve Schedule Invite Email Mail Message Text Ping Reset Restart
    Deploy Build Fix Debug Review Merge Push Pull Measure Estimate Predict Guess Pick Choose
    Select Sort Filter Group Join Split Replace Rename Copy Paste Save Load Upload Download
    Import Export Print Log Track Watch Follow Order Ship Deliver Total Ingredients Tags
    Keywords Note Question Task Name Title Subject Date Time Price Quantity Address Phone
    Status Priority Multiply Divide Subtract Company Departments Rate Classify Categorize
    Identify Detect Score Evaluate Validate Verify Confirm Don't Do Wrap Only Just Include Keep Put
    Ensure Avoid Format Fill Limit Begin End Mark Each Every All Plain Raw Valid Strictly Exactly
    Output Provide Produce Parse Fake Sample Random Service
    Server App Application Project Kind Warm Best Sincerely Cheers Yours Regards Root Based
    Never Always Lunch Dinner Breakfast Meeting Coffee Workshop Appointment Interview
    Fields Keys Columns Header Call Contact Meet Ask Plan Map Describe""".split()
)
NAMED_PHRASE = CluedPattern(
    rf"\b(?:named|called|titled)\s+(?:[\"“'`]([^\"”'`\n]{{1,100}})[\"”'`]|({CAPITAL}"
    rf"(?:\s{CAPITAL})*))",
    ("named", "called", "titled"),
)
NOT_NAMES = frozenset(
    """I I'm I'd I'll Also A An The What What's Who Whose Which When Where Why How Is Are Was Were
    Do
    Does Did Can Could Would Should Will Shall May Might Must Please Use Using Call Return
    Tell Give Get Find Show List Make Create Write Explain Describe Generate Summarize
    Translate Extract Say Name Let Let's If It It's In On At To From For With And But Or Not
    No Yes You Your We Our They Their He She His Her This That These Those There Here Then
    Now Hello Hi Hey Thanks Thank Implement Draw Add Set Send Search Book Check Compute
    Calculate Answer Reply Respond JSON My Me Nothing Have Has Had Be Go Look Think Compare
    Convert Count Plan Schedule Update Delete Remove Read Open Close Run Start Stop Help
    Dr Mr Mrs Ms Prof Full Contact Passenger Guest Patient Client Applicant
    Kein Keine Keinen Keiner Jeder Jede Jedes Bitte Gib Nur Ohne Alle Chaque Aucun Aucune Sans
    Cada Sin Ninguna Ningún Nessun Nessuna Ogni Senza Sem Nenhuma Nenhum Geen Elke Iedere Zonder
    Today Tomorrow Yesterday Tonight True False One Two Three Four Five Six Seven Eight Nine
    Ten""".split()
)
NO_FIRST_WORDS = NOT_NAMES | IMPERATIVE_VERBS
NOT_PLACES = frozenset(DAYS) | {day.capitalize() for day in DAYS}
