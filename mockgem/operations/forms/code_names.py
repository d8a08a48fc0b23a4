"""Names of functions, classes and parameters in a prompt about code."""

from __future__ import annotations

import re
import unicodedata

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named

IDENTIFIER = make_regex(r"`([A-Za-z_$][\w$]{0,40})(?:\(([^()`\n]{0,80})\))?`")
WRITTEN = make_regex(
    r"(?<![\w./:@\"'])([a-z]+(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+)(?![\w./:@])", re.A
)
"""A name with the marks of a program, in a prompt with other letters."""
HEISST = make_regex(r"\bsoll (?:\w+ )?[`\"']?([A-Za-z_]\w*)[`\"']? heißen")
CALLED = make_regex(
    r"\b(?:called|named|namens|llamad[oa]|appelée?|nommée?|chiamat[oa]|chamad[oa]"
    r"|nazwan[aąey]\w{0,2}|genaamd|nenne (?:sie|es|ihn|die \w+)|(?:call|name) it(?! (?:with|when"
    r"|on|from|in|for|to|after|once|if|as|by|and|is|a)\b)|llám\w{2,4}|nómbr\w{2,4}"
    r"|appelle[sz]?-l[ae]|chiamal[oa]|noem (?:het|deze|hem)"
    r"|nazwij \w{2,4})\s+[\"'`]?([A-Za-z_$][\w$]{0,40})(?!\w"
    r"|\.[a-z]{2,4}\b)(?:<[\w, ]{1,20}>)?(?:\(([^()\n]{0,80})\))?",
    re.I,
)
SIGNATURE = make_regex(r"\b(?!(?:e|i)\b)([A-Za-z_][\w]{1,40})\(([$\w ,=:*?&<>\[\]|]{0,80})\)")
DEFINED = make_regex(
    r"\b(?:def|function|func|fn|(?:data)?class|interface|struct|hook|decorator)\s+(?!(?:component"
    r"|has|func|fn|fun|def|function|async|public|static|void|const|that|type|block|for|of|with|that"
    r"|to|in|called|named|and|which|from|using|is|as|are|if|when|it|you|body|signature|definition"
    r"|names?|below|above|should|must|can|will|would|or|on|called|the|an?|call|only|code|by|does|do"
    r"|without|into|\w+ing|(?:take|return|print|check|calculate|compute|find|get|count|convert|add"
    r"|remove|reverse|sort|accept|give|show|do|read|write|generate|create|make|receive|perform"
    r"|render|display|use|handle|validate|implement|represent|provide|model|run|work"
    r"|need)s)\b)([A-Za-z_]\w{0,40})(?:\s*\(([^()\n]{0,80})\))?"
)
TITLED = make_regex(
    r"\b(?i:(?:data)?class|model|component|interface|struct|record|type|enum|service|handler"
    r"|controller|entity|composant|componente|komponente|componente|trait|protocol|exception|klasse"
    r"|clase|classe|класс|klasę)\s+(?:(?:Vue|React|Python|Java|PHP|Ruby|Kotlin|Swift|TypeScript"
    r"|JavaScript|C#|Go|Rust)\s+)?(?:for (?:an? |the )?)?[\"'`]?((?!Python\b|Java\b|React\b|Vue\b"
    r"|TypeScript\b)[A-ZА-ЯЁ]\w{1,40})|\b(?i:interface|type|class|struct) (?:for|of) (?:an? "
    r"|the )?([A-Za-z]\w{1,30})|\b(?!TypeScript|React|Java|Python|JavaScript|Vue"
    r"|Angular)([A-Z]\w{2,30}) (?:class|component|interface)\b"
)
CALCULATES = make_regex(
    r"\b(?:function|method|script|program|funktion|función|fonction|funzione"
    r"|função)\b[^.\n]{0,20}?\b(?:that|which|to|die|que|qui|che)\s+([^.\n,:]{3,80})",
    re.I,
)
STOP = frozenset(
    "takes take two three returns return given one a an the of in to for with by is are it "
    "its and or that this from given whether if "
    "el la los las un una le les des der die das ein eine zwei two que di il lo".split()
)


WHOLE_NAME = make_regex(rf"(?<![A-Za-z0-9_]){NAME}(?![A-Za-z0-9_])")


def mentions(text: str, name: str) -> bool:
    """Return whether a text has a name, also between letters of other scripts."""
    return name in text and search_named(WHOLE_NAME, name, text) is not None


def find_name(text: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """Return the name and the parameters that a text gives to a function or a class."""
    if kind in ("class", "component", "interface", "struct"):
        matches = (pattern.search(text) for pattern in (IDENTIFIER, CALLED, DEFINED, TITLED))
        given = [next(filter(None, match.groups())) for match in matches if match]
        names = [name for name in given if name.lower() not in POINTERS]
        name = next((one for one in names if one[:1].isupper()), names[0] if names else "Item")
        return name[:1].upper() + name[1:], ()
    if match := HEISST.search(text):
        return match[1], ()
    text = POLITE.sub("", text)
    for pattern in (CALLED, DEFINED, IDENTIFIER, SIGNATURE):
        if match := pattern.search(text):
            return match[1], read_parameters(match[2] or "")
    written = WRITTEN.search(text)
    return (written[1] if written and not text.isascii() else derive_name(text)), ()


POLITE = make_regex(r"[, ]{1,3}(?:pls|plz|please|thx|thanks|ty)\b[.! ]*(?=\n|\Z)", re.I)
"""Polite words at the end, which are no names."""
POINTERS = frozenset(("this", "these", "that", "the", "following", "json", "each", "my", "our"))
"""Words that point to what is shown, so that they are not names."""


def read_parameters(text: str) -> tuple[str, ...]:
    names = [read_parameter(part.strip(" *&$")) for part in text.split(",")]
    return tuple(name for name in names if name.isidentifier())[:6]


TYPE_FIRST = make_regex(
    r"(?:final |const )?(?:String|string|int|double|float|decimal|Decimal|number|boolean|bool"
    r"|char|long|List<\w+>|\w+\[\]"
    r"|[A-Z]\w*)[ *&]+\$?(\w+)"
)


def read_parameter(part: str) -> str:
    """Return the name of a parameter: "name: str" and "String name" are both name."""
    typed = TYPE_FIRST.match(part)
    return typed[1] if typed else re.split(r"[:=? ]", part, maxsplit=1)[0]


KNOWN_NAMES = tuple(
    (make_regex(pattern), name)
    for pattern, name in (
        (r"palindrom", "is_palindrome"),
        (r"fibonacci", "fibonacci"),
        (r"factorial|fakultät", "factorial"),
        (r"prime|primzahl", "is_prime"),
        (r"revers\w+ (?:a |the )?(?:string|slice|list|array)|umkehr", "reverse"),
        (r"binary search", "binary_search"),
        (r"average|mean|moyenne|durchschnitt|promedio|media", "average"),
        (r"sort|ordene|trie|sortier|ordina", "sort_items"),
        (r"addi|suma|add\b|somme", "add"),
        (r"hello world", "hello_world"),
        (r"fetch|http request|download", "fetch_data"),
        (r"count|zähl", "count_items"),
        (r"email", "is_valid_email"),
    )
)


def to_ascii(text: str) -> str:
    """Return a text without accents: "prüft" is "pruft"."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def derive_name(text: str) -> str:
    lower = text.lower()
    for pattern, name in KNOWN_NAMES:
        if pattern.search(lower):
            return name
    match = CALCULATES.search(text)
    words = [
        word
        for word in re.findall(r"[a-z]+", to_ascii(match[1].lower()) if match else "")
        if word not in STOP
    ][:3]
    if words:
        words[0] = re.sub(r"(?<=[a-z]{2})s$", "", re.sub(r"(?<=[a-z]{3})ies$", "y", words[0]))
    return "_".join(words) or "run"


THING = make_regex(
    r"\b(?:write|implement|create|build|make|code|develop|show|need|want"
    r"|give)\b(?: me)?(?: some)?(?: (?:python|java|javascript|js|go|golang|rust|c|php|ruby|swift"
    r"|kotlin|typescript)| code (?:for|to|that)| an?| the| my| simple| basic| small| quick"
    r"| minimal| custom| generic| pure){0,4} ((?:(?!(?:in|using|with|for|that|which|to|function"
    r"|script|program|class|code|method|of|from|called|named|it|me|snippet|query|example|app|page"
    r"|command|one|short)\b)[a-z]+[ -]){1,3})(?=(?:in|using|with|for|that|which|function|script"
    r"|program|method|from|called|named)\b)",
    re.I,
)


def name_after_thing(text: str) -> str:
    """Return the name of what a prompt wants: "implement a rate limiter in Go" is rate_limiter."""
    match = THING.search(text)
    words = re.findall(r"[a-z]+", match[1].lower()) if match else []
    if not words and (task := TASK.search(text)):
        words = [word for word in re.findall(r"[a-z]+", task[1].lower()) if word not in SMALL][:4]
    return "_".join(word for word in words if word not in STOP and word not in LANGUAGE_WORDS)


TASK = make_regex(
    r"(?:\bhow (?:to|do i|can i|would i|do you) |\A\W*(?:\w[\w+#.]*: )?(?:please )?(?!write"
    r"|generate|create|print)|\b(?:code|snippet|way|one-liner) to )((?:remove|check|get|find|sort"
    r"|convert|filter|count|merge|split|reverse|add|replace|flatten|group|map|sum|swap|rotate"
    r"|print|read|write|parse|format|validate|generate|compute|calculate|create|delete|insert"
    r"|compare|iterate|loop|shuffle|round|join|concatenate|extract|select|update|sleep|wait"
    r"|download|upload|send)\b[^.?!\n,:;]{0,60})",
    re.I,
)
SMALL = frozenset(
    "a an the of in to for with by is are it its and or that this from given all any every"
    " i me my on using into at as if how do please code function".split()
)
LANGUAGE_WORDS = frozenset(
    "python java javascript go rust php ruby swift kotlin typescript bash sql".split()
)


def to_camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def to_snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def to_pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))
