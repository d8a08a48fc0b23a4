"""Replies that the prompt dictates."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import WORD_START, Question
from mockgem.operations.forms.registry import form

SAY = (
    r"(?:say|reply|respond|answer|return|output|print|write|type|antworte|sage?"
    r"|schreibe?|responde|di|escribe"
    r"|réponds|dis|écris|rispondi|scrivi|responda|diga)"
)
QUOTED = (
    r"(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|“([^”\n]{1,200})”|`([^`\n]{1,200})`"
    r"|«([^»\n]{1,200})»)"
)
DICTATED = make_regex(
    rf"(?<![\"'`])\b{SAY}\b(?: back| to me)?(?: (?:each|every|any|all|my) \w+(?: \w+)?)?(?: with|"
    rf" mit| con| par| com)?(?: exactly| "
    r"only| just| simply| nur| solo"
    r"| seulement)?(?: with| mit| con| par)?(?: the)?(?: (?:single|exact|following|one))?"
    r"(?: (?:word|words|phrase|text|string|sentence|message|token))?(?::[ \t]*\n?[ \t]*"
    rf"|[ \t]+){QUOTED}(?!\s*(?:,|/|\||or|oder|o|ou|and(?! nothing)"
    r"|if|when|for|in|key|keys|field|to|into|is|as|from)\b)(?!\s*[,/|:+;)}}])",
    re.I,
)
WORD_TO_SAY = make_regex(
    rf"\A\W*(?:please )?{SAY}(?: with)? (?:only|just)(?: with)? the (?:single )?(?:word|phrase|text"
    rf"|string|token) {QUOTED}",
    re.I,
)
"""A command to say a quoted word, whatever follows."""
QUOTE_MARK = make_regex("[\"'“`«]")
SHOUTED = make_regex(r"[: ][A-Z][A-Z_0-9!-]{1,20}(?:[.!]?\s*\Z|[.!]? and no|[.!]?,? no)")
BARE_WORD = make_regex(
    rf"(?i:\b{SAY}\b(?: with)?(?: (?:exactly|only|just|simply))?(?: with)?(?: the)?(?: single)?"
    r"(?: word| token)?)[: ]+(?!(?:UUID|JSON|JSONL|XML|CSV|TSV|YAML|SQL|HTML|CSS|ISO"
    r"|URL|URLS|ID|PDF|API|UTC|LATEX|HEX)\b)([A-Z][A-Z_0-9!-]{1,20})(?=[.!]?(?:\s*$| and (?:nothing"
    r"|no)|,? nothing|,? no other))"
)
AFTER_COLON = make_regex(
    r"^\W*(?:please\s+)?(?:repeat(?: after me| this| the following(?: \w+)?)?(?: "
    r"exactly| back| verbatim| word for word)*"
    r"|echo(?: this| back| the following(?: \w+)?)*(?: exactly| verbatim)?|say(?: exactly| only)?"
    r"|(?:reply|respond|answer|output|return)(?: with)?(?: exactly| only| just)(?: with)?"
    r"(?: the)?(?: (?:following|exact))?(?: (?:text|word|phrase|string|sentence|message))?"
    r"|wiederhole(?: bitte)?|sprich mir nach|antworte (?:nur |genau )?mit|repite(?: "
    r"después de mí| conmigo)?"
    r"|répète(?: après moi)?|ripeti(?: dopo di me)?|repita(?: depois de "
    r"mim)?)\s*[:：]\s*(\S[^\n]{0,400})\s*$",
    re.I,
)
EXACTLY = (
    r"(?:exactly|verbatim|unchanged|word for word|as (?:it )?is|unverändert|wörtlich|tal cual"
    r"|exactement|esattamente|exatamente|letterlijk|dokładnie)"
)
WORD_FOR_WORD = make_regex(
    r"\W*(?:please\s+)?(?:(?:repeat|echo|copy|send back|wiederhole\w*|repite|répète|recopie|ripeti"
    r"|repita|herhaal|powtórz|tekrarla|ulangi)\b|(?:output|print|return|say|write|gib)\b"
    rf"(?=[^:\n]{{0,100}}\b{EXACTLY}\b))(?![^:\n]{{0,160}}\b(?:json|xml|yaml|csv|times|format)\b)"
    r"(?=[^:\n]{0,60}\b(?:after me|back|this|the|these|following|my|mir|den|das|conmigo|siguiente"
    rf"|suivante?|seguente|nachfolgend\w*|folgend\w*|{EXACTLY})\b)"
    r"[^:\n]{0,160}[:：]\s*(\S.{0,1500}?)\s*\Z",
    re.I | re.S,
)
"""A command to repeat whatever follows its colon."""
SAY_IF = make_regex(
    r"\b(?:if|when|whenever|every time|each time|wenn|cuando|si|quand|se|quando) (?:i|the user"
    r"|someone"
    r"|they|he|she|ich|yo|je|io|eu)? ?(?:say|says|write|writes|type|types|ask|asks|send|sends"
    r"|schreibe"
    r"|sage|digo|dis|dico|digo)s? [\"'“‘`]?([\w!-]{1,30})[\"'”’`]?,? (?:then )?(?:you )?(?:(?:only"
    r"|just"
    r"|must|should|will|always|nur) )*(?:say|reply|answer|respond|write|return|antworte\w*|sagst"
    r"|responde|réponds|rispondi)(?: (?:with|only|just|mit|con|par|du|nur))* "
    r"[\"'“‘`]?([\w!-]{1,30})[\"'”’`]?",
    re.I,
)
"""A rule of a game: "if I say ping, you say pong"."""
TIMES = make_regex(
    rf"\W*(?:please\s+)?(?:say|write|print|repeat|output|type|schreibe?|sage?|escribe|di|écris|dis"
    rf"|scrivi)"
    rf"(?: the word| das Wort| la palabra| le mot| la parola)? [\"'“‘`]?([\w!-]{{1,30}})[\"'”’`]?"
    rf" ({NUMBER})"
    r" (?:times|mal|veces|fois|volte|vezes)\b([^\n]*)\Z",
    re.I,
)
OPEN_WORDS = (
    r"(?!(?:the|an?|one|your|my|what|which|who|how|if|when|in|from|to|about|for|with|by|yes or"
    r"|whether|you|it|this|that|these|those|of|and|is)\b)"
)
"""A dictated text does not begin with these words."""
PURPOSE = (
    r"(?:,? (?:so (?:that )?(?:I|we|my)|to (?:confirm|verify|show|check|test|indicate|prove"
    r"|acknowledge|let|signal)|as (?:an? )?(?:\w+ )?(?:check|test|confirmation|acknowledge?ment))\b"
    r"[^.\n]{0,80})?"
)
"""Why a user wants a word: "so that I can verify the connection"."""
ENDED = rf"(?:\W{{0,3}}(?:and )?(?:nothing else|only))?{PURPOSE}[.!]?\s{{0,8}}\Z"
SAY_ONLY = make_regex(
    r"\W{0,8}(?:please )?(?:(?:just|only|simply) )?(?:say (?:only|just|simply|exactly|nothing but)"
    rf"(?: the (?:single )?(?:word|phrase))?[: ]\s{{0,3}}{OPEN_WORDS}"
    rf"([\w'’!-]{{1,30}}(?: [\w'’!-]{{1,30}}){{0,3}}?){ENDED}"
    rf"|{SAY}(?: with)?(?: only| just| exactly| nothing but)?(?: with)?"
    r"(?: the (?:single |exact )?(?:word|string|token)| (?:one|a single|the one) word[,:])"
    rf"[: ]\s{{0,3}}{OPEN_WORDS}([\w'’!-]{{1,30}}){ENDED})",
    re.I,
)
"""A command to say a word or two that have no quotation marks: "say only banana"."""
VAGUE = frozenset("it this that them at for the in about".split())
AFTER_ME = make_regex(
    r"^\W*(?:please\s+)?(?:repeat after me|echo(?: this)?)\s*[:,]?\s+(.{1,400}?)\s*$", re.I | re.S
)
CONDITION = make_regex(
    r"\b(?:not|never|don't|avoid|nicht)\b|"
    r"\b(?:if|when|unless|otherwise|in case|wenn|si|falls|se|als)\b",
    re.I,
)
CAPITALS = make_regex(
    r"\b(?:all[- ]caps|in caps|capital letters|upper ?case|upper-case|großbuchstaben"
    r"|mayúsculas|majuscules|maiuscole?|maiúsculas)\b",
    re.I,
)
SMALL = make_regex(
    r"\b(?:lower ?case|lower-case|kleinbuchstaben|minúsculas|minuscules|minuscole?)\b", re.I
)
REWRITE = make_regex(
    r"\b(?:write|rewrite|convert|put|change|turn|transform|print|return|repeat|say)\b"
    r"|\b(?:output|give|type|spell)\b[^.\n]{0,20}\b(?:word|text|sentence|phrase|name|string)\b",
    re.I,
)
CASE_OF_ANSWER = make_regex(
    r"\b(?:array|list|\d{1,2}|up to \w+) (?:of )?(?:\w+ ){0,2}(?:lower|upper)[- ]?case (?:strings?"
    r"|words|tags|keywords|labels|values|names|slugs|terms|nouns|keys)\b|"
    r"\b(?:answer|category|label|class|sentiment|intent|result|verdict|grade|yes|no|true|false|tag"
    r"|option|choice|language|code|keywords?|priority|emotion|topic)\b[\"'”’]?,? (?:only )?"
    r"(?:in (?:all )?|one )?(?:lower|upper|all[- ]caps|caps|capital)",
    re.I,
)
"""The case of a label, not of a given text: "return the category in lowercase"."""
THE_WORD = make_regex(
    r"\bthe (?:word|phrase|text|sentence|name) [\"'“]?([\w' -]{1,60}?)[\"'”]?\s+(?:in"
    r"|to|into|as)\b",
    re.I,
)
MARKS = " '\"`“”«»"


PLACE = make_regex(r"<[A-Za-z][\w ]{0,30}>|\{[A-Za-z]\w{0,30}\}|\b(?:YYYY|HH:MM|DD[./-]MM)\b")
"""A place to fill, which is not the text to repeat."""


@form(
    "repeat",
    "Repeat after me: the quick brown fox",
    'Say only the word "banana".',
    "Say only banana",
    "Respond with the single word OK and nothing else.",
    "Antworte nur mit: Verstanden",
    words="say reply respond answer return output print write type repeat echo antworte sag "
    "sage schreib wiederhole sprich responde di escribe réponds dis écris rispondi "
    "scrivi responda diga repite répète ripeti repita",
    about="the text that the prompt dictates",
)
def repeat_text(question: Question) -> str | None:
    text = find_repeated(question)
    if text is not None and FUNCTION_HEAD.fullmatch(text):
        return None
    return None if text is None or (len(text) < 60 and PLACE.search(text)) else text


FUNCTION_HEAD = make_regex(
    r"[\w:<>*&\[\] ]{2,60}[ *&]\w{2,40}\([^()\n]{0,120}\)(?: -> [\w\[\], |]{2,40})?"
)
"""The head of a function, which is a program to write, not a text to say."""


DICTATING = frozenset(
    word[:WORD_START]
    for word in (
        "say says reply respond answer return output print type repeat echo copy only just exactly"
        " nothing simply times mal veces fois volte vezes word phrase test ping nur solo seulement"
        " antworte sag sage wiederhole sprich responde di réponds dis rispondi responda diga repite"
        " répète ripeti repita mit con avec com"
    ).split()
)
"""The words of which a prompt without a mark has one if it dictates a text."""
MARKS_OF_TEXT = "\"'“‘`«„:："


def find_repeated(question: Question) -> str | None:
    """Return the text that a prompt dictates; None if it dictates none."""
    prompt = question.prompt.strip()
    is_plain = question.is_latin and DICTATING.isdisjoint(question.word_starts)
    if is_plain and not any(mark in question.wish for mark in MARKS_OF_TEXT):
        return None
    if len(prompt) < 300 and (times := TIMES.match(prompt)) and times[1].lower() not in VAGUE:
        joined = "\n" if "line" in times[3] and "one line" not in times[3] else " "
        joined = ", " if "comma" in times[3] else joined
        return joined.join([times[1]] * parse_count(times[2], 50))
    if (quoted := WORD_TO_SAY.match(prompt)) and not is_choice(prompt):
        return str(next(filter(None, quoted.groups())))
    if word := find_only_word(question.prompt[-400:]):
        return word
    if len(prompt) < 300 and " you" in prompt:
        prompt = UNDERSTOOD.sub("", prompt).strip()
    if len(prompt) < 120 and (only := SAY_ONLY.match(prompt)) and not is_choice(prompt):
        return (only[1] or only[2]).strip(MARKS)
    if len(prompt) < 120 and (word := find_plain(prompt)):
        return word
    if len(prompt) < 500 and (said := follow_rule(prompt, question)):
        return said
    if len(prompt) < 2000 and (match := WORD_FOR_WORD.match(prompt)):
        return re.split(r"\n\s*\(", match[1])[0].strip(MARKS) or None
    if len(prompt) < 500:
        for pattern in (AFTER_COLON, AFTER_ME):
            if (match := pattern.match(prompt)) and not is_choice(match[1]):
                return LABEL.sub("", match[1]).strip(MARKS) or None
    text = question.prompt if len(question.prompt) < 500 else question.instruction[-500:]
    for pattern, mark in ((DICTATED, QUOTE_MARK), (BARE_WORD, SHOUTED)):
        match = pattern.search(text) if mark.search(text) else None
        if match is not None and not has_condition(text, match):
            return str(next(filter(None, match.groups()))).strip()
    return None


ONLY_WORD = make_regex(
    rf"\b{SAY}\b(?: back| to me)?(?: with| mit| con| par| com)?(?: (?:only|just|nothing but"
    r"|nur|solo|exactly))?(?: with| mit| con)?(?: the| das| la| le)?"
    r" (?:(?:single|one|exact) )?(?:word|token"
    rf"|phrase|text|string|wort|palabra|mot)s? {OPEN_WORDS}[\"'“‘`«]?([\w!-]{{1,30}})[\"'”’`»]?"
    r"(?:,? and nothing else)?[.!]?\s*\Z"
    rf"|\b{SAY}\b(?: back| to me)?(?: with)? (?:exactly|only|just|precisely)(?: with)? [\"'“‘`]?"
    r"(?P<token>(?=[\w.:-]*[\d_-])[\w.:-]{2,40})[\"'”’`]?,? (?:and )?nothing (?:else|more)\b"
    r"|\bif you (?:have |['’]ve )?(?:understood|understand|read|got)\b[^.\n]{0,60},? (?:please )?"
    rf"{SAY}(?: back)?(?: with)?(?: only| just)? [\"'“‘`«]([\w !-]{{1,30}})[\"'”’`»]",
    re.I,
)
"""A command at the end of a message: "This is a test. Reply with only the word pong."."""


def find_only_word(text: str) -> str:
    """Return the one word that the end of a message dictates; empty if it dictates none."""
    match = ONLY_WORD.search(text)
    if match is None or is_choice(match[0]):
        return ""
    return str(next(filter(None, match.groups())))


LABEL = make_regex(
    r"^(?:the |this )?(?:following )?(?:text|word|words|phrase|string|sentence"
    r"|message):\s*(?=\S)",
    re.I,
)
UNDERSTOOD = make_regex(
    r",? ?\b(?:if|once|when) you(?:['’]re| are| can| have| could)?,? (?:understand|understood|read"
    r"|hear|see|got|get|receive|received|ready|there|here|work|working|alive|online|able)\b"
    r"[^.,:\n]{0,40}(?:,|(?=[.!?]?\s*\Z))",
    re.I,
)
"""A condition that every reply meets: "Say OK if you can read this"."""
PLAIN = make_regex(
    r"\W{0,8}(?:[\w']{1,12}(?: [\w']{1,12}){0,3}[.!] )?"
    r"(?:(?:please|now|test(?:ing)?|hi|hello|can you|could you|just|only"
    r"|simply)[,:.]? ){0,3}"
    rf"{SAY}(?: back)?(?: to (?:me|this(?: message)?))?(?: with| mit| con| par)?(?: the"
    r"(?: single)? word)?(?: only| just| exactly| simply| nur| solo)?:? "
    r"[\"'“‘`]?([^\n\"'“”‘’`,:;.!?]{1,40}?)[\"'”’`]?(?:,? (?:and )?(?:nothing else|only|please"
    r"|nothing more|back))?[.!?]{0,3}\s*\Z",
    re.I,
)
DICTATED_WORDS = frozenset(
    """ok okay k pong ping hello hi hey yes no done test ready foo bar baz ack acknowledged success
    working alive banana true false pass fail passed understood received world yo bonjour hola hallo
    ciao goodbye bye thanks yep nope online cheese meow moo woof apple potato bingo roger a b c x
    1 2 3 42 0 one""".split()
)
"""Words that a prompt dictates without quotation marks, as in "reply with pong"."""
NO_TEXT = make_regex(
    r"\b(?:something|anything|that|again|this again|it|what|how|why|which|who|whether|if|in"
    r"|about|your|my|me|for|like|as|with"
    r"|without|using|briefly|one|more|less|or|a (?:joke|prayer|poem|word|sentence|story|few))\b",
    re.I,
)


def find_plain(prompt: str) -> str:
    """Return the words of "reply with pong" or "Say this is a test"; empty for other wishes."""
    match = PLAIN.match(prompt)
    if match is None:
        return ""
    text = match[1].strip()
    if all(word in DICTATED_WORDS for word in text.lower().split()):
        return text
    is_said = re.search(r"\bsay\b", match[0], re.I) is not None
    return text if is_said and not NO_TEXT.search(text) and len(text.split()) < 8 else ""


def follow_rule(prompt: str, question: Question) -> str:
    """Return what a rule of the system, an earlier message or this one says for the message."""
    said = prompt.rpartition("\n")[2].strip(MARKS + ".!?").lower()
    if len(said) > 30:
        return ""
    texts = [
        question.stated_system,
        *(text for role, text in question.earlier if role == "user"),
        prompt,
    ]
    rules = (match for text in texts if text for match in SAY_IF.finditer(text[:2000]))
    return next((match[2] for match in rules if match[1].lower().strip("!") == said), "")


JSON_ONLY = make_regex(
    r"\W{0,8}(?:please\s)?(?:return|respond|reply|answer|output|print|say)(?: with)?(?: only"
    r"| just| exactly)*"
    r"(?: with)?(?: the| this)?(?: exact)?(?: json)?(?: object)?:?\s{0,4}(?=[{\[])",
    re.I,
)
NOTHING_ELSE = make_regex(
    r"\W{0,6}(?:(?:and|,) )?(?:nothing (?:else|more)|only|exactly|verbatim"
    r"|no other text)?\W{0,4}\Z",
    re.I,
)
PLACEHOLDER = make_regex(r"\.\.\.|…|<\w|\"(?:string|number|integer|boolean|text)\"|\bx{3}\b", re.I)


@form(
    "repeat json",
    'Return {"ok": true} and nothing else.',
    words="return respond reply answer output print say",
    about="the JSON that the prompt dictates",
)
def repeat_json(question: Question) -> str | None:
    """Return a JSON value with nothing but a command around it."""
    prompt = question.prompt[:4000]
    match = JSON_ONLY.match(prompt)
    if match is None:
        return None
    try:
        _, end = json.JSONDecoder().raw_decode(prompt, match.end())
    except (ValueError, RecursionError):
        return None
    text = prompt[match.end() : end]
    return text if NOTHING_ELSE.match(prompt, end) and not PLACEHOLDER.search(text) else None


def is_choice(text: str) -> bool:
    return re.search(r"\b(?:or|oder|ou|o)\b|[/|]", text) is not None and len(text) < 40


BEFORE_VERB = frozenset(
    "to or and you not nur only just then must will muss please always should simply bitte reply"
    " answer respond can now never ok por favor".split()
)
"""The words after which a verb is a command, and not a noun as in "Open answer: …"."""


def has_condition(text: str, match: re.Match[str]) -> bool:
    """Return whether a sentence dictates a text only for some case: "If not, say 'unknown'"."""
    before = text[: match.start()].rstrip(" ")
    if before[-1:].isalpha() and before.split()[-1].lower() not in BEFORE_VERB:
        return True
    start = max(text.rfind(mark, 0, match.start()) for mark in (".", "\n", "!", "?")) + 1
    end = min(
        (at for mark in ".\n" if (at := text.find(mark, match.end())) >= 0), default=len(text)
    )
    return CONDITION.search(text[start:end]) is not None


IN_BRACKETS = make_regex(r"\([^()\n]{0,80}\)")
"""A note about a field: "slug (lowercase with hyphens)"."""


@form(
    "letter case",
    "Rewrite this sentence in all caps: please close the door",
    "Write the word hello in uppercase only.",
    words="caps capital uppercase upper lowercase lower case großbuchstaben kleinbuchstaben "
    "mayúsculas minúsculas majuscules minuscules maiuscole maiuscolo minuscole "
    "maiúsculas minuscolo",
    about="the given text in capitals or in small letters",
)
def change_case(question: Question) -> str | None:
    wish = IN_BRACKETS.sub(" ", question.instruction)
    upper = CAPITALS.search(wish)
    if upper is None and SMALL.search(wish) is None:
        return None
    named = THE_WORD.search(question.prompt[:500])
    text = question.material or (named[1] if named else "")
    if not text or len(text) > 2000 or not REWRITE.search(question.instruction):
        return None
    if CASE_OF_ANSWER.search(question.instruction):
        return None
    return text.upper() if upper else text.lower()
