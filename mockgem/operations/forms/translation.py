"""Translations: sentences in the language that the prompt asks for."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.language_detection import CODES, detect
from mockgem.operations.forms.language_requests import find_requested, list_named
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.locale_files import write_locale
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.said_texts import MAX_SAID, find_said, split_said
from mockgem.operations.forms.translated_text import translate_strings, translate_text
from mockgem.operations.forms.writing import Writer

TRANSLATE = make_regex(
    r"(?<!\w)(?:translat\w+|übersetz\w*|traduc\w*|traduz\w*|tradu(?:is|ire|isez)"
    r"|tradu[cz]i\w*|vertaal|vertaling|przetłumacz|tłumacz\w*|çevir\w*|terjemah\w*|dịch"
    r"|what does [^?\n]{0,80}?mean in [a-z]{4,12}|was bedeutet [^?\n]{0,80}? auf [a-z]{4,12}"
    r"|(?:rewrite|write|put) (?:this|it|the following(?: \w+)?) in(?:to)? (?:german|french|spanish"
    r"|italian"
    r"|portuguese|dutch|polish|turkish|russian|ukrainian|arabic|hebrew|hindi|japanese|chinese"
    r"|korean"
    r"|vietnamese|indonesian|thai)"
    r"|how (?:do|would) (?:you|i|we) say|say\s{1,3}(?:this |it )?in"
    r"|say [\"'“‘][^\"'”’\n]{1,80}[\"'”’] in|wie sagt man|cómo se dice"
    r"|was heißt|wie heißt|comment dire|qué significa|como se diz|cosa significa|hoe zeg je"
    r"|wat betekent|jak (?:się mówi|powiedzieć|jest)"
    r"|nasıl denir|как (?:будет|сказать)|як (?:буде|сказати)|nói (?:thế nào|như thế nào)|apa bahasa"
    r"|how (?:is|would) [^?\n]{1,60} be said|what(?:'s| is) (?:the )?[^?\n]{1,40} (?:word|term"
    r"|translation) for"
    r"|(?:word|term|expression) for|what(?:'s| is) [\"'“‘][^\"'”’\n]{1,60}[\"'”’] in"
    r"|comment dit-on|come si dice|como se diz|hoe zeg je|nasıl denir"
    r"|jak (?:jest|się mówi|mówi się|powiedzieć) po [^\W\d_]+)(?!\w)|перевед\w*|переклад\w*"
    r"|翻译|翻譯|訳して|翻訳|번역|ترجم"
    r"|תרגם|अनुवाद|แปล|كيف (?:أقول|تقول|نقول)|איך אומרים|कैसे कहते|(?:何|なん)と言|怎么说"
    r"|怎麼說|어떻게 말|뭐라고 (?:해|하)|พูดว่าอย่างไร"
    r"|में बदल|英語にして|(?:英訳|和訳|日本語訳)|영어로 바꿔|(?<!\w)ins (?:englische|deutsche"
    r"|französische|spanische|italienische)(?!\w)",
    re.I,
)


@form(
    "translation",
    "Translate into Spanish: Good morning, how are you?",
    "Translate the following text to Japanese:\n\nThe weather is nice today.",
    "Przetłumacz na angielski: Dzień dobry",
    words="translate translated translation übersetze übersetzen traduce traducir traduza "
    "traduz traduire traduis traduci vertaal vertaling przetłumacz tłumacz çevir "
    "terjemahkan terjemah dịch mean bedeutet say sage sag dis di diga dimmi powiedz sagt heißt dice"
    " dit dire diz zeg mówi powiedzieć jest denir nói"
    " same localize localise localized localization"
    " localizes translator"
    " french spanish german italian portuguese dutch polish turkish russian japanese"
    " korean chinese",
    about="as many sentences as the text has, in the requested language: not a translation",
)
def translate(question: Question) -> str | None:
    if not wants_translation(question):
        return None
    code = question.requested_language or guess_target(question)
    code = code or find_requested(question.prompt[-MAX_END:]) or split_said(question.prompt)[1]
    if pair := PAIR.fullmatch(question.prompt.strip()):
        code = CODES.get(pair[3].lower(), code)
    listed = list_targets(question.instruction)
    listed = listed if LISTED.search(question.instruction) else []
    if not code and not listed and not list_named(question.stated):
        return None
    is_told = TRANSLATE.search(question.stated) is not None or not question.stated_system
    is_other = is_told and OTHER_LAYOUT.search(question.stated) and not question.material
    if is_other and len(listed) < FEWEST_TARGETS:
        return None
    several = list_targets(question.instruction) or list_named(question.stated)
    if len(several) > 1:
        return translate_into(several, question)
    writer = Writer(question, code)
    strings = find_strings(question.prompt)
    if strings is not None:
        return json.dumps(translate_strings(strings, writer), indent=2, ensure_ascii=False)
    if words := list_quoted(question):
        return ", ".join(translate_text(word, writer) for word in words)
    return translate_text(find_text(question), writer)


MAX_END = 60
"""Characters at the end of a message that may name the language: "'…' to Italian."."""


def list_quoted(question: Question) -> list[str]:
    """Return the words of "Translate 'cat' and 'dog' into French"; nothing for a single text."""
    if len(question.prompt) > MAX_SAID:
        return []
    words = [word.strip() for word in QUOTED.findall(question.prompt)]
    return words if len(words) > 1 and all(len(word.split()) < MAX_QUOTED for word in words) else []


MAX_QUOTED = 4
OTHER_LAYOUT = make_regex(
    r"\b(?:tables?|columns?|csv|function|script|program|code|query|app|api|tabelle|tabla|tableau"
    r"|tabella)\b"
    r"|таблиц|表格|표",
    re.I,
)
"""What else a prompt with translations may want."""


def wants_translation(question: Question) -> bool:
    if question.earlier and SAME.match(question.prompt):
        return True
    if find_said(question.prompt) or find_set_apart(question.prompt[:2000]):
        return True
    texts = (question.instruction, question.system)
    if is_short_wish(question):
        return True
    return any(text and TRANSLATE.search(text) for text in texts) or (
        LOCALISES.search(question.system) is not None if question.system else False
    )


MAX_WISH = 8
"""Words of a wish such as "…" को हिंदी में लिखो, which needs no verb for translating."""


def is_short_wish(question: Question) -> bool:
    """Return whether a prompt in another language only quotes a text and names a language."""
    if question.written_language == "en" and question.is_latin:
        return False
    text, code = question.material, question.requested_language
    if not text or not code or question.gloss or len(question.stated.split()) > MAX_WISH:
        return False
    return detect(text) != code and not any(mark in question.stated for mark in "?？؟")


SAME = make_regex(
    r"\W*(?:and |now |ok |okay |please |again |can you (?:say|write|repeat) ){0,3}(?:the same"
    r"|that|it|this|same)(?: thing| text| answer"
    r"| again)? (?:again )?(?:in|to|but in) \w+",
    re.I,
)
"""A wish for the last reply in another language."""
LOCALISES = make_regex(r"\b(?:locali[sz]e\w*|translator|translation engine|interpreter)\b", re.I)


TARGET_LINE = make_regex(r"^[ \t*]*target lang(?:uage)?\**[ \t]?[:=][^\n]{1,40}$", re.I | re.M)
"""The line that names the language, which may stand below the text."""


def guess_target(question: Question) -> str:
    """Return the language of a translation without a named one: that of the request."""
    if not question.material or not BARE_WISH.search(question.stated):
        return ""
    own = question.written_language
    return own if detect(question.material) != own else ""


BARE_WISH = make_regex(
    r"\b(?:translate|what does (?:this|it) (?:mean|say)|übersetze?|tradui[st]|traduc[ei]"
    r"|traduza)\b",
    re.I,
)


def find_text(question: Question) -> str:
    """Return the text to translate: the given one, a quoted word, else the message."""
    if text := find_set_apart(question.prompt[:20_000]):
        return text
    if question.material:
        text = TARGET_LINE.sub("", question.material).strip()
        inner = QUOTED_FIRST.match(text) or QUOTED_WHOLE.fullmatch(text.strip())
        return inner[1] if inner else text
    if said := find_said(question.prompt):
        return said
    if question.stated_system and not TRANSLATE.search(question.prompt[:400]):
        return question.prompt[:20_000]
    if EARLIER.search(question.prompt[:200]) and (replies := list_replies(question)):
        return replies[-1]
    if listed := AFTER_COLON.match(question.prompt[:20_000]):
        return listed[1]
    quoted = QUOTED.search(question.prompt[:2000]) or OF_LANGUAGE.search(question.prompt[:2000])
    if quoted:
        return quoted[1].strip()
    line = SAME_LINE.match(question.prompt[:2000])
    return line[2] if line and TRANSLATE.search(line[1]) else question.prompt[:2000]


LABELLED = make_regex(
    r"^[ \t*]*(?:source(?: text)?|text|original|input|english|sentence|message)\**[ \t]?:\**"
    r"[ \t]*\n?(\S[^\n]*(?:\n[^\n:]+)*)(?=\n+[^\n]{0,40}:?[ \t*]*\Z|\s*\Z)",
    re.I | re.M,
)
"""A text after "Source:", with an empty "Translation:" after it or not."""
AFTER_LAYOUT = make_regex(r"[^\n]{3,160}\b(?:format|one line)\b[^\n]{1,160}\n\n(\S[\s\S]*)\Z", re.I)
"""A text in a paragraph of its own after a request that says how the lines look."""
PAIR = make_regex(r"([^\W\d_]{4,12}): ?(\S[^\n]*)\n+([^\W\d_]{4,12}):")
"""A text with its language before it, then another language: "English: Hello / French:"."""
ENDING_LABEL = make_regex(r"\n[ \t*]*(?:translation|output|target|result)\**[ \t]?:?\**\s*\Z", re.I)


def find_set_apart(prompt: str) -> str:
    """Return a text with a label of its own, or after the layout; empty for other prompts."""
    if "\n" not in prompt:
        return ""
    if pair := PAIR.fullmatch(prompt.strip()):
        return pair[2] if {pair[1].lower(), pair[3].lower()} <= CODES.keys() else ""
    body = ENDING_LABEL.sub("", prompt)
    found = LABELLED.search(body) if len(body) < len(prompt) else None
    found = found or AFTER_LAYOUT.match(body)
    return found[1].strip() if found else ""


EARLIER = make_regex(
    r"\b(?:that|it|this|your (?:last )?(?:answer|reply|response)|the (?:above|last|same)|same"
    r"|das|ça|cela|eso|esto"
    r"|isso|questo|quello|dat|to)\b|\A\W*(?:translate|übersetze?|traduce|traduis|traduci"
    r"|traduza)\W",
    re.I,
)


def list_replies(question: Question) -> list[str]:
    return [text for role, text in question.earlier if role != "user" and text.strip()]


QUOTED_FIRST = make_regex(
    r"['\"“‘„«](.{2,300}?)['\"”’“»] (?:(?:in)?to|ins?|en|auf|al|em|para o?"
    r"|naar het) \w{4,14}\W{0,2}\Z"
)
"""A quoted text with the language after it."""
QUOTED_WHOLE = make_regex(r"[\"'“‘„«「]([^\"'“”‘’„«»「」\n]{2,300})[\"'”’“»」][.。]?")
"""A text that is one quotation."""
AFTER_COLON = make_regex(r"[^\n:]{3,160}:[ \t]*\n\s*(\S[\s\S]{1,20000})\Z")
"""The lines after a request that ends with a colon."""
SAME_LINE = make_regex(r"([^\n:]{8,80}): ?(\S[^\n]{1,1000})\Z")
"""A text on the line of its request: "Traduza para o inglês: Bom dia"."""
QUOTED = make_regex(
    r"(?<![A-Za-zÀ-ÿ])[\"'“”«„「『‘]((?:[^\"“”»」』'’\n]"
    r"|(?<=\w)['’](?=\w)){1,300})[\"'“”»」』’](?![A-Za-zÀ-ÿ])"
)
OF_LANGUAGE = make_regex(
    r"\b(?:translate|say|word for|translation of|übersetze|traduce|traduis"
    r"|traduci) (?:the (?:word|phrase) )?"
    r"([\w' ,?!-]{2,60}?) (?:in(?:to)?|to|auf|ins|en|al?|in) \w+",
    re.I,
)


NAMED = make_regex(
    r"\b(?:into|to|in)\s((?:[A-Z][a-z]+(?:,\s(?:and\s)?|\sand\s|,?\s?&\s)){1,8}[A-Z][a-z]+)"
)


def list_targets(text: str) -> list[tuple[str, str]]:
    """Return the languages in "into Japanese, Korean and German", as name and code."""
    if listed := LISTED.search(text):
        names = re.findall(r"[A-Z][a-z]+", listed[1])
        return [(name, CODES.get(name.lower(), "")) for name in names]
    match = NAMED.search(text)
    names = re.findall(r"[A-Z][a-z]+", match[1]) if match else []
    return [(name, CODES[name.lower()]) for name in names if name.lower() in CODES]


FEWEST_TARGETS = 2
LISTED = make_regex(
    r"\b(?:in)?to (?:these|the following|all of these) languages: ?((?:[A-Z][a-z]+(?:, (?:and )?"
    r"| and )){1,12}[A-Z][a-z]+)"
)
"""Languages behind a colon: "into these languages: Italian, Swahili"."""


def translate_into(targets: list[tuple[str, str]], question: Question) -> str:
    """Return a line for each language."""
    text = find_text(question)
    bold = "" if "format" in question.stated.lower() else "**"
    return "\n".join(
        f"{bold}{name}:{bold} {translate_text(text, Writer(question, code)) if code else text}"
        for name, code in targets
    )


def find_strings(prompt: str) -> Any:
    """Return the JSON object with the strings to translate; None without one."""
    at = prompt.find('{"') if '{"' in prompt else prompt.find("{\n")
    try:
        return json.JSONDecoder().raw_decode(prompt[:20_000], at)[0] if at >= 0 else None
    except (ValueError, RecursionError):
        return None


def translate_values(question: Question, keys: list[str]) -> Any:
    """Return the given strings in another language, or a text in those that the keys name."""
    given = translate_given(question)
    if given is not None:
        return given
    return write_locale(question, keys) or translate_for_keys(question, keys)


def translate_given(question: Question) -> Any:
    """Return the strings of a given JSON object in the requested language; None without them."""
    if not question.requested_language or not wants_translation(question):
        return None
    strings = find_strings(question.prompt)
    if strings is None:
        strings = list_terms(question.material)
    if strings is None or not has_text(strings):
        return None
    translated = translate_strings(strings, Writer(question, question.requested_language))
    if MAPPING.search(question.wish) and isinstance(strings, list):
        return dict(zip(strings, translated, strict=True))
    return translated


MAPPING = make_regex(r"\b(?:mapping|map|objects?|dictionary|dict|keys?)\b", re.I)


def has_text(value: Any) -> bool:
    """Return whether an object has a string that is not empty."""
    match value:
        case dict():
            return any(map(has_text, value.values()))
        case list():
            return any(map(has_text, value))
    return isinstance(value, str) and bool(value.strip(" .…"))


def list_terms(text: str) -> list[str] | None:
    """Return the words of a text that is a list of such; None for another text."""
    terms = [term.strip(" .\"'") for term in re.split(r"[,、，\n]", text.strip())]
    is_list = len(terms) > 1 and all(0 < len(term.split()) < 4 for term in terms)
    return terms if is_list else None


def translate_for_keys(question: Question, keys: list[str]) -> dict[str, str] | None:
    """Return a text under keys that are languages: "en", "fr-FR", "german"; None for others."""
    codes = [to_code(key) for key in keys]
    known = sum(map(bool, codes))
    if known < 2 or known < len(codes) - wants_translation(question):
        return None
    text = find_text(question)
    return {
        key: translate_text(text, Writer(question, code)) if code else text
        for key, code in zip(keys, codes, strict=True)
    }


def to_code(key: str) -> str:
    """Return the language that a key names; empty if it names none."""
    name = key.lower()
    if name in CODES:
        return CODES[name]
    short = re.split(r"[-_]", name)[0]
    return short if short in KNOWN_CODES else ""


KNOWN_CODES = frozenset(CODES.values())
