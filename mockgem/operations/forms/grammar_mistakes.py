"""Usual mistakes of English grammar, as patterns with what is right instead."""

from __future__ import annotations

MISTAKES = r"""
\b(he|she|it) is ({STATE}) since ({TIME})\b => \1 has been \2 for \3
\bI am ({STATE}) since ({TIME})\b => I have been \1 for \2
\bmore ({SHORT})er\b => \1er
\bmost ({SHORT})est\b => \1est
\b(?:more|most) (better|worse|bigger|easier|faster|cheaper|older|best|worst|happier)\b => \1
\b(could|should|would|must|might) of\b => \1 have
\b(told|saw|met|left|moved|started|me|here|it) (year|month|week) ago\b => \1 a \2 ago
\b(an?|the|huge|big|great|bad|good|positive|negative|no) affect\b => \1 effect
\b(time|money|chance|plan|way|reason) for (go|do|see|get|make|visit|eat|buy|meet|take)\b => \1 to \2
\bdoesn't have (any (?:\w+ ){1,6}yesterday)\b => didn't have \1
\b(?:am|is|are) agree\b => agree
\bdiscuss about\b => discuss
\bexplain me\b => explain to me
\b(listen(?:ing|ed|s)?) (music|me|him|her|the|my)\b => \1 to \2
\bdepend(s?) of\b => depend\1 on
\bmarried with\b => married to
\binterested (?:for|on|about)\b => interested in
\b(good|bad) in (?=[a-z]+ing\b|math|english|sports) => \1 at_
\bsince ({TIME})\b => for \1
\blook(ing)? forward to hear\b => look\1 forward to hearing
\blook(ing)? forward to (meet|see)\b => look\1 forward to \2ing
\bI have (\d{1,2}) years(?: old)?\b(?! of) => I am \1 years old
\b(he|she) has (\d{1,2}) years(?: old)?\b(?! of) => \1 is \2 years old
\btheir (?=(?:going|coming|is|are|was|not|here|very)\b) => they're_
\bthey're (?=(?:house|car|dog|cat|friends?|parents|children|team|names?|work|homework)\b) => their_
\bthere (?=(?:house|car|dog|cat|friends?|parents|children|homework|own)\b) => their_
\bover their\b => over there
\byour (?=(?:welcome|right|wrong|going|late|not|very|so|doing|coming)\b) => you're_
\bits (?=(?:a|an|the|not|very|been|going|raining|cold|hot|too|so|time|important)\b) => it's_
\bit's (?=(?:tail|name|owner|colou?r|own|food|leg|price|size)\b) => its_
\b(better|more|less|bigger|older|taller|faster|cheaper|worse|rather|easier) then\b => \1 than
\bto (much|many|late|early|expensive|big|small|hot|cold|fast|slow)\b => too \1
\bmuch ({MANY})\b => many \1
\bmany (money|water|information|work|traffic|homework|advice|furniture)\b => much \1
\bless ({MANY})\b => fewer \1
\bthis ({MANY})\b => these \1
\bthese (book|car|thing|problem|question|file|mistake|student)\b => this \1
\b(every|each) ({EACH})s\b => \1 \2
\b(two|three|four|five|six|ten|many|several|few) ({ONE})\b(?!-) => \1 \2s
\b(two|three|four|five|many|several|few) child\b => \1 children
\b(two|three|four|five|many|several|few) (?:person|persons|peoples)\b => \1 people
\bloose (my|the|your|weight|money|time)\b => lose \1
\bthere is (many|two|three|four|five|ten|several)\b => there are \1
\bthe (information|news|advice|furniture) are\b => the \1 is
\b({DOES}) ((?:{TONGUE}|football|the \w+) )?(very |really )?good\b => \1 \2\3well
\benglish\b => English
\bfrench\b => French
\bgerman\b => German
\bspanish\b => Spanish
\bmonday\b => Monday
\btuesday\b => Tuesday
\bwednesday\b => Wednesday
\bthursday\b => Thursday
\bfriday\b => Friday
\bsaturday\b => Saturday
\bsunday\b => Sunday
\basked (\w+) that (where|what|when|how) (?:do|does|did) (I|you|he|she|they|we) => asked \1 \2 \3
\bfor (?:to )?go to\b => to go to
\b(time|money|reason|chance|plan) for (go|do|buy|see|eat|make|get|learn|visit|help)\b => \1 to \2
\bfor (?:to )?(learn|buy|see|visit|make|get) (?=the|a|my|some|it|english|french|new) => to \1_
\b(wants?|wanted|needs?|likes?|tr(?:y|ies)) (go|buy|eat|see|learn|know|visit|get|become) => \1 to \2
\b(can|could|will|must|should|may) to (\w+) => \1 \2
\b(?:me and him|him and me) (?:is|am|are)\b => he and I are
\b(?:me and her|her and me) (?:is|am|are)\b => she and I are
\b(?:me and him|him and me) (?=was|were|go|went|ha|like|want|play) => he and I_
\b(?:me and her|her and me) (?=was|were|go|went|have|like|want|play) => she and I_
\b(?:I seen)\b => I saw
\b(go|goes|going|went|come|comes|coming|came) to home\b => \1 home
n't neither\b => n't either
\bI done\b => I did
\b(film|movie|book|car|house|thing|place|song|company|story) who\b => \1 that
(?<!and )\bI (?:is|are)\b => I am
\bI has\b => I have
\bI doesn't\b => I don't
\bme and my (\w+) (?=go|went|was|were|are|like|want|have|play|live|work) => my \1 and I_
\b(he|she|my \w+) and me (?=was|were|is|are|go|went|have|had|like|want|will|can) => \1 and I_
\b(he|she|we|they|you|my \w+) and (I|he|she|they|you) was\b => \1 and \2 were
\b(he|she|we|they|you|my \w+) and (I|he|she|they|you) (?:is|am)\b => \1 and \2 are
\bdidn't used to\b => didn't use to
\bin the other hand\b => on the other hand
\bat the end I\b => in the end I
\ba ((?!eu|uni|one\b|use|usu)[aeiou]\w+) => an \1
\ban ((?!hour|honest|hono|heir|mba|fbi)[b-df-hj-np-tv-z][a-z]+)\b => a \1
\ban (uni\w+|eu\w+|useful|one)\b => a \1
\barrived to\b => arrived at
\bmake a photo\b => take a photo
\bmake (?:a )?homework\b => do homework
\b(?:assist|assisted) to the (meeting|class|concert)\b => attended the \1
\b(suggest|recommend)(ed|s)? me to\b => \1\2 that I
\bhow (?:is|does) (?:it|he|she) looks? like\b => what does it look like
\bless (?=people) => fewer_
\bhardly can't\b => can hardly
"""
"""Patterns and what stands for them; groups are kept, "_" is a space at the end."""
WORDS = {
    "{TIME}": r"(?:two|three|four|five|six|ten|\d+|many|a few) (?:years|months|weeks|days|hours)",
    "{DOES}": "drives?|speaks?|sings?|plays?|works?|did|runs?|writes?|cooks?",
    "{TONGUE}": "english|french|german|spanish",
    "{EACH}": "day|week|month|year|morning|evening|night|weekend|hour|person|student|time",
    "{SHORT}": "tall|small|old|young|fast|slow|cheap|short|long|high|low|hard|cold|warm|strong",
    "{MANY}": "people|books|things|friends|cars|times|problems|questions|students|mistakes|days",
    "{ONE}": "cat|dog|book|car|apple|day|week|year|friend|student|house|mistake|problem|question"
    "|file|error|sister|brother|ticket|hour|month|thing",
    "{STATE}": r"an? [\w ]{2,30}?|[a-z]+ing(?: [\w ]{2,30}?)?",
}
"""Lists of words that several patterns have."""
ANY = {"no": "any", "nothing": "anything", "nobody": "anybody", "nowhere": "anywhere"}
HE = (
    r"(?:he|she|it|everyone|everybody|nobody|someone|this|that|my (?:mother|father|brother|sister"
    r"|friend|dog|cat|boss|teacher|son|daughter|wife|husband|mom|dad|team|company|car|house|phone)"
    r"|the (?:dog|cat|boy|girl|man|woman|teacher|child|car|train|bus|book|weather|company|team"
    r"|manager|student|movie|report|list|project))"
)
THEY = (
    r"(?:they|we|you|people|children|(?:the|these|those) (?:dogs|cats|boys|girls|men|women"
    r"|students|children|teachers|kids|results|books|cars|employees|people|files|reports)"
    r"|my (?:friends|parents|brothers|sisters|kids|colleagues))"
)
VERBS = (
    "go come want need like love live work play eat know think make take see get say run write"
    " read speak study try look feel help give use call cook clean drive sleep walk watch teach"
    " start finish stop sing swim buy sell bring leave open close understand believe enjoy prefer"
    " hate seem mean have do visit learn wait ask tell keep travel arrive remember forget drink"
    " meet talk"
)
PAST_TIME = (
    r"\b(?:yesterday|last (?:night|week|month|year|summer|winter|monday|friday|weekend|sunday"
    r"|saturday)|(?:two|three|\d+|a few|many) (?:days|weeks|months|years|hours) ago"
    r"|a (?:week|year|month) ago)\b"
)
