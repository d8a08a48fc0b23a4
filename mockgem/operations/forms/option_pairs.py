"""Two options: yes or no, spam or not spam, 1 for one thing and 0 for the other."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_values import OR, Options, make

PAIR = make_regex(
    r"(?:\b(?:either|with|as|als|comme|como|come|jako|only|mit|nur|par|con|com|solo|only with"
    r"|answer|respond|reply|output|uniquement|apenas|whether it is|is (?:it|this|that)|say|return"
    rf"|print)\b|[:(,])\s+([\w-]{{1,24}})\s+{OR}\s+([\w-]{{1,24}})(?!\w)",
    re.I,
)


THINGS = frozenset("questions question messages users customers people it them".split())
"""Words after "answer" that are not options."""


KNOWN_PAIRS = (
    (
        r"yes\W{0,6}(?:or|/)(?: an?\b)?\W{0,6}no\b(?! questions?\b)|\byes/no\b|\"yes\" or \"no\"",
        ("yes", "no"),
    ),
    (r"\b[Yy] ?/ ?[Nn]\b(?!/)", ("Y", "N")),
    (r"\bT ?(?:/|\bor\b) ?F\b", ("T", "F")),
    (r"\btrue\W{0,6}(?:or|/)\W{0,6}false\b", ("true", "false")),
    (
        r"\btrue\b\W{0,2} (?:if|when)\b[^.\n]{0,80}\b(?:otherwise|else)\W{1,3}(?:\w+"
        r" ){0,2}\W?false\b",
        ("true", "false"),
    ),
    (
        r"\byes\b\W{0,2} (?:if|when)\b[^.\n]{0,80}\b(?:otherwise|else)\W{1,3}(?:\w+ ){0,2}\W?no\b",
        ("yes", "no"),
    ),
    (r"\bja\W{0,6}(?:oder|of|eller|/)\W{0,6}(nein|nee)\b", ("ja", "nein")),
    (r"(?<!\w)s[ií]\W{0,6}(?:o|/)\W{0,6}no\b", ("sí", "no")),
    (r"\boui\W{0,6}(?:ou|/)\W{0,6}(?:par )?non\b", ("oui", "non")),
    (r"(?<!\w)s[iì]\W{1,6}o\W{0,6}no\b", ("sì", "no")),
    (r"\bsim\W{0,6}(?:ou|/)\W{0,6}não\b", ("sim", "não")),
    (r"\btak\W{0,6}(?:lub|albo|czy)\W{0,6}nie\b", ("tak", "nie")),
    (r"\bevet\W{0,6}(?:veya|ya da)\W{0,6}hayır\b", ("evet", "hayır")),
    (r"\bда\W{1,6}или\W{0,6}нет\b", ("да", "нет")),
    (r"\bтак\W{0,6}(?:або|чи)\W{0,6}ні\b", ("так", "ні")),
    (r"نعم\W{1,6}أو\W{0,6}لا", ("نعم", "لا")),
    (r"כן\W{1,6}או\W{0,6}לא", ("כן", "לא")),
    (r"हाँ\W{1,6}या\W{0,6}नहीं|हां\W{1,6}या\W{0,6}नहीं", ("हाँ", "नहीं")),
    (r"はい\W{0,6}(?:か|または)\W{0,6}いいえ", ("はい", "いいえ")),
    (r"是\W{0,6}(?:或|还是|還是)\W{0,6}(?:否|不是)", ("是", "否")),
    (r"(?:예|네)\W{0,6}(?:또는|혹은|나)\W{0,6}아니[요오]", ("예", "아니요")),
    (r"\bya\W{1,6}atau\W{0,6}tidak\b", ("ya", "tidak")),
    (r"\bcó\W{0,6}(?:hay|hoặc)\W{0,6}không\b", ("có", "không")),
    (r"ใช่\W{0,6}หรือ\W{0,6}ไม่", ("ใช่", "ไม่ใช่")),
    (r"\bwahr\W{1,6}oder\W{0,6}falsch\b", ("wahr", "falsch")),
    (r"\bverdadero\W{1,6}o\W{0,6}falso\b", ("verdadero", "falso")),
    (r"\bvrai\W{1,6}ou\W{0,6}faux\b", ("vrai", "faux")),
    (r"\bvero\W{1,6}o\W{0,6}falso\b", ("vero", "falso")),
    (r"\bverdadeiro\W{1,6}ou\W{0,6}falso\b", ("verdadeiro", "falso")),
)


OTHER_ENDINGS = {"nein": "ne", "否": "", "아니요": "아니", "ไม่ใช่": "ไม่"}
"""What every text with a pair has, where that is not the second word."""
COMPILED_PAIRS = [
    (
        make_regex(pattern, re.I if len(pair[0]) > 1 else 0),
        pair,
        OTHER_ENDINGS.get(pair[1], pair[1].lower()),
    )
    for pattern, pair in KNOWN_PAIRS
]
"""Patterns of pairs, and the ending in small letters that each text with one has."""


NUMBERED_SIDES = make_regex(
    r"([^\W\d][\w ]{1,40}?) \((\d)\)[^.\n]{0,20}? (?:or|oder|o|ou) ([\w ]{2,40}?) \((\d)\)", re.I
)
"""Labels with their numbers: "hate speech (1) or not (0)"."""


ASKED_PAIR = make_regex(
    rf"(?<![^\W\d_])(?!(?:apenas|somente|solamente|com"
    rf"|con)\s)([^\W\d_]{{3,24}})\s(?!of\s){OR}\s(?:(?:an?|eine?n?|une?|una|um|uma"
    rf"|een)\s)?([^\W\d_]"
    rf"{{3,24}})"
    r"\s?(?:\s(?:ist|sind|is|are|tonight|today|tomorrow|now|first|instead|(?:for|in the|at)"
    r" \w{3,12}))?[?？:.,]",
    re.I,
)
IS_EITHER = make_regex(
    rf"\b(?:es|está|é|è|ist|est-ce|est-elle|is|are) ([^\W\d_]{{4,24}}) {OR} ([^\W\d_]{{4,24}})"
    rf" (?:esta|este"
    r"|questa|questo|essa|cette|ce|diese|dieser|dieses|la|el|the|this)\b",
    re.I,
)
"""Two options before what they are about: "¿Es positiva o negativa esta reseña?"."""
ONLY_LABEL = make_regex(
    r"\b(?:only|just|nur|solo|sólo|seulement|uniquement|apenas|somente|soltanto|alleen|tylko|"
    r"sadece)\b"
    r"[^.\n]{0,20}\b(?:label|word|answer|etikett|bezeichnung|antwort|wort|etiqueta|palabra|"
    r"respuesta"
    r"|étiquette|mot|réponse|resposta|palavra|etichetta|parola|risposta|woord|antwoord|label)\b",
    re.I,
)


ONE_OF_BOTH = make_regex(
    r"\b(?:one|either) of (?:the|these|those|both) ?(?:two|words?|options?|labels?|terms?|choices?"
    r"|above)?\b|\b(?:pick|choose|reply with|answer with|respond with|just|only say) (?:only )?"
    r"(?:one|either)\b|\b(?:just|only) (?:pick|choose|decide)\b|\bone of them\b"
    r"|\bwhich (?:one|of (?:the )?two)\b",
    re.I,
)
"""Words that ask for one of two things named in a question: "Reply with one of the two words"."""


PICTURES = make_regex(
    "(?:[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?[ ,/|]{1,3}){1,12}"
    "[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?"
)


SINGLE_WORD = make_regex(
    r"\b(?:one|single|1|ein(?:em|zigen)?|una|un|uma|één|jednym|bir) (?:sola |solo |seul |einzigen "
    r"|genau )?(?:word|wort|palabra|mot|parola|palavra|woord|słowem|kelime)|одним словом"
    r"|\b(?:nur|solo|sólo|uniquement|apenas|soltanto|alleen) (?:(?:mit|con|par|com|met) )?"
    r"(?:dem|das|la|le|il|a|het) (?:wort|palabra|mot|parola|palavra|woord)\b"
    r"|一个词|一個詞|一语|一語|一言|한 단어|한 마디|كلمة واحدة|במילה אחת",
    re.I,
)


WHETHER = make_regex(
    r"(?<!\w)(?:whether|if|ob|si|se|czy)\s[^.?\n]{1,80}?\b(?:is|are|was|were|be|ist|sind|war|es|est"
    rf"|è|é|jest|expresses|uses|belongs to)\s(?:an?\s|eine?\s|in\s)?([\w-]{{2,24}})\s{OR}\s"
    r"(?:an?\s|eine?\s|in\s)?([\w-]{2,24})(?!\w)",
    re.I,
)


def find_whether(text: str) -> Options | None:
    """Return the options in "Determine whether the sentence is active or passive"."""
    match = WHETHER.search(text)
    return make([match[1], match[2]], match.span()) if match else None


def find_numbered_sides(text: str) -> Options | None:
    match = NUMBERED_SIDES.search(text)
    if match is None:
        return None
    return make([match[2], match[4]], match.span(), [match[1], match[3]])


def find_pictures(text: str) -> Options | None:
    """Return the emoji in "output only the emoji: 😀 😢 😡"."""
    match = PICTURES.search(text) if not text.isascii() else None
    return make(re.split(r"[ ,/|]+", match[0]), match.span()) if match else None


CJK_PAIRS = (
    make_regex(r"([^\W\d_]{3,20}) m[ıiuü],? (?:yoksa )?([^\W\d_]{3,20}) m[ıiuü](?=[?\s])", re.I),
    make_regex(r"([\u0621-\u064a]{3,14}) (?:أم|أو) ([\u0621-\u064a]{3,14})"),
    make_regex(r"([\u05d0-\u05ea]{3,14}) או ([\u05d0-\u05ea]{3,14})"),
    make_regex(
        r"([ァ-ヶー一-龠]{2,12})(?:です|である)?か、\s?([ァ-ヶー一-龠]{2,12})(?:です|である)?か"
    ),
    make_regex(r"(?:是|为|為)([一-龥]{1,4}?)(?:还是|還是)([一-龥]{1,4}?)(?=的|[？。，?]|$)"),
    make_regex(
        r"([가-힣]{2,6}?)(?:인가요|인지|이야|입니까),? (?:아니면 )?"
        r"([가-힣]{2,6}?)(?:인가요|인지|입니까)"
    ),
)


def find_asked_pair(text: str) -> Options | None:
    """Return the options in "Is it positive or negative? Answer with one word."."""
    if not text.isascii() and (
        SINGLE_WORD.search(text)
        or re.search("只|仅|僅|だけ|のみ|만|Answer in one word|Return only", text)
    ):
        found = next(filter(None, (pattern.search(text) for pattern in CJK_PAIRS)), None)
        if found is not None:
            return make([found[1], found[2]], found.span())
    match = ASKED_PAIR.search(text) or IS_EITHER.search(text)
    return (
        make([match[1], match[2]], match.span())
        if match
        and (SINGLE_WORD.search(text) or ONLY_LABEL.search(text) or ONE_OF_BOTH.search(text))
        else None
    )


SAYS_O = ("sí", "sì")
"""First words of pairs with "o" or a slash between the words."""


def find_quoted_pair(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the first pair in quotation marks, as they show its spelling; else the first one."""
    first = pattern.search(text)
    if first is None or first[0][-1:] in QUOTES or text[first.end() : first.end() + 1] in QUOTES:
        return first
    matches = pattern.finditer(text, first.end())
    if capitals := next(filter(shows_capitals, pattern.finditer(text)), None):
        return capitals
    near = ((one, one[0][-1:] + text[one.end() : one.end() + 1]) for one in matches)
    quoted = (one for one, ends in near if any(mark in QUOTES for mark in ends))
    return next(quoted, first)


def shows_capitals(match: re.Match[str]) -> bool:
    """Return whether both words of a pair are in capitals: "Answer True or False"."""
    words = re.findall(r"[^\W\d_]+", match[0])
    return bool(words) and all(word[0].isupper() for word in (words[0], words[-1]))


QUOTES = tuple("\"'“”‘’`")


def find_known_pair(text: str) -> Options | None:
    """Return yes and no, or true and false, in the language and the spelling of a text."""
    lower = text.lower()
    for pattern, pair, ending in COMPILED_PAIRS:
        if ending not in lower or (len(ending) == 1 and pair[1] not in text):
            continue
        if pair[0] in SAYS_O and " o " not in lower and "/" not in lower:
            continue
        if match := find_quoted_pair(pattern, text):
            words = [word for word in re.findall(r"[^\W\d_]+", match[0]) if len(word) > 0]
            first, last = words[0], words[-1]
            if pair[0] in ("是", "はい", "예", "ใช่", "हाँ"):
                return Options(pair, ("", ""), match.span())
            return Options((first, last), ("", ""), match.span())
    return None


MAPPED = make_regex(
    r"\b(?:output|return|answer|reply|respond|say|print|write|use|with|as)\b:? (?:with "
    r")?[\"'`]?([\w-]{1,20})[\"'`]? (?:for|if|when|wenn) ([^,.;\n]{1,60}?)(?:,|;| and| "
    r"or| und)+ [\"'`]?([\w-]{1,20})[\"'`]? (?:for|if|when|otherwise|wenn|sonst)(?: ([^,"
    r".;\n]{1,60}))?",
    re.I,
)


OTHERWISE = make_regex(
    r"\b(?:output|return|answer|reply|respond|say|print|write"
    r"|use)\b:? (?:with )?[\"'`]?([\w-]{1,24})[\"'`]?"
    r" (?:if|when) ([^.\n]{1,160}?)[,;]?(?: and| or)? (?:otherwise"
    r"|else)(?: \w+)?,? [\"'`]?([\w-]{1,24})"
    r"[\"'`]?(?=[.,;\n]|\Z)",
    re.I,
)


VERB = (
    r"(?:(?:grade|mark|label|classify|rate|tag|call) (?:it|them|this) as|as|reply|answer|respond"
    r"|return|output|say|print|write|use|choose|give|it is|label it|then"
    r"|antworte|gib|schreibe?|responde|devuelve|escribe|réponds|renvoie|écris|rispondi|scrivi"
    r"|responda|retorne)"
)
IF_OTHERWISE = make_regex(
    rf"(?<!\w)(?:if|when|wenn|falls|si|se) ([^.\n]{{3,160}}?),? (?:{VERB} ){{1,2}}(?:with |only "
    rf"|just"
    r" |mit |nur |con |par |solo )*[\"'`]?([\w-]{1,24})[\"'`]?[,;.]? (?:and |or |und |y |et |e )?"
    r"(?:otherwise|else|if not|in all other cases|sonst|andernfalls|si no|de lo contrario|sinon"
    rf"|altrimenti|senão|caso contrário),? (?:{VERB} )?(?:with |only |just |mit |nur |con |par "
    rf"|solo )*"
    r"[\"'`]?([\w-]{1,24})[\"'`]?",
    re.I,
)
"""A rule with two replies: "If it is spam reply 1, otherwise reply 0"."""


def find_mapped(text: str) -> Options | None:
    """Return the options in "1 for toxic and 0 for not toxic"."""
    if rule := IF_OTHERWISE.search(text):
        return make([rule[2], rule[3]], rule.span(), [rule[1], ""])
    if other := OTHERWISE.search(text):
        return make([other[1], other[3]], other.span(), [other[2], ""])
    match = MAPPED.search(text)
    return make([match[1], match[3]], match.span(), [match[2], match[4] or ""]) if match else None


NEGATED = make_regex(
    r"\b(?:as|is|either|with|only|reply|respond|answer|output|return|or"
    r"|[:(,])\s?\"?(\w{2,24})\"? or "
    r"\"?((?:not|non)[ _-]\1)\b",
    re.I,
)


def find_negated(text: str) -> Options | None:
    """Return the options in "as spam or not spam"."""
    match = NEGATED.search(text)
    return Options((match[1], match[2]), ("", ""), match.span()) if match else None


def find_pair(text: str) -> Options | None:
    match = PAIR.search(text)
    if match and (match[1].lower() in THINGS or re.search(r"\bof\b|\bto answer\b", match[0], re.I)):
        return None
    if match and TOGETHER.fullmatch(text[match.end(1) : match.start(2)]) and not AMONG.search(text):
        return None
    return make([match[1], match[2]], match.span()) if match else None


TOGETHER = make_regex(r"\s(?:and|und|et|y|e|en|и)\s")
"""What joins two things of which a prompt has both, as long as it does not choose."""
AMONG = make_regex(
    r"\b(?:between|classif\w+|label\w*|categor\w+|choose|pick|select|options?|classes|zwischen"
    r"|entre|tra|fra|kategori\w*|klassifi\w*|wähle|elige|choisi\w*|scegli|escolha)\b",
    re.I,
)
