"""Choices: the reply is one of the options that the prompt lists."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.agreement import (
    AGREES,
    compare_with_reference,
    follows_policy,
)
from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.choice_cues import HAS_ONLY, MANY, asks_to_choose
from mockgem.operations.forms.choice_words import asks_for_choice
from mockgem.operations.forms.conditional_choices import decide_subject
from mockgem.operations.forms.entailment import choose_relation
from mockgem.operations.forms.grouped_items import is_member, list_members
from mockgem.operations.forms.judgements import decide
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.language_names import LANGUAGE_CODE
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.memory import find_own_name
from mockgem.operations.forms.next_workers import choose_worker
from mockgem.operations.forms.option_pairs import find_known_pair
from mockgem.operations.forms.option_values import Options
from mockgem.operations.forms.options import FROM_LIST, MAX_CHOICE, find_lettered, find_options
from mockgem.operations.forms.preferred_answers import choose_preferred
from mockgem.operations.forms.question import ONLY_CONTEXT, Question
from mockgem.operations.forms.refusals import may_refuse
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

LETTER_ONLY = make_regex(
    r"\b(?:letter|option|only|just|answer with|reply with|respond with|choose|select|correct answer"
    r"|best answer|buchstabe\w*|letra|lettre|lettera)\b|字母|記号",
    re.I,
)
REASON = make_regex(
    r"\b(?:expla\w+|justif\w+|reason\w*|why|factori[sz]ation|prime factors"
    r"|(?:give|show|write|provide) (?:me )?(?:the|a) correct(?:ed)? (?:sentence|version|form)"
    r"|begründ\w*|explica\w*|spiega\w*|expliqu\w+|motivo|motiva|motivazion\w*|motivaci[oó]n"
    r"|warum|pourquoi|por qué|razón|porquê|perché|uitleg|waarom"
    r"|uzasadni\w*|dlaczego|объясн\w+|почему|поясн\w+|чому|açıkla\w*|neden\w*)\b"
    r"|理由|原因|解释|説明|說明|이유|설명",
    re.I,
)
NO_REASON = make_regex(
    r"\b(?<!or )(?<!or [\"'“])(?<!o )(?<!ou )(?<!/)(?<!\|)(?:no|not|never|without|don['’]?t|ohne"
    r"|sin|sans|senza"
    r"|sem)\b[^.\n]{0,40}\b(?:expla\w+"
    r"|justif\w+|reason\w*|begründ\w*|explic\w*)|\bor (?:explanations?|reasons?)\b",
    re.I,
)


@form(
    "letter of an option",
    "What is the capital of Australia?\nA) Sydney\nB) Canberra\nC) Melbourne\nAnswer "
    "with the letter only.",
    "Choose the best answer: The symbol for gold is (a) Ag (b) Au (c) Gd. Reply with a, b or c.",
    words="letter option options question following only just answer reply respond choose correct"
    " select best buchstabe buchstaben letra lettre lettera",
    about="the letter of one of the options",
)
def choose_letter(question: Question) -> str | None:
    found = find_lettered(question.prompt[-6000:])
    is_asked = question.ends_with_label or LETTER_ONLY.search(question.whole)
    if found is None or not is_asked or SCORES.search(question.instruction[:600]):
        return None
    letter = find_solution(found, question) or choose_option(
        found, question.prompt[: found.span[0]], question
    )
    text = found.descriptions[found.values.index(letter)]
    short = (
        question.is_terse
        or question.ends_with_label
        or re.search(r"\bletter|with [a-h], [a-h]", question.whole, re.I)
    )
    if f"({letter})" in question.prompt and WITH_MARKS.search(question.whole):
        return f"({letter})"
    if shaped := shape_letter(letter, text, question):
        return shaped
    reply = letter if short else f"{letter}) {text}"
    return f"{reply}. {compare_texts(text, found)}" if SAYS_WHY.search(question.wish) else reply


def shape_letter(letter: str, text: str, question: Question) -> str:
    """Return a letter in the last line or beside its option, as a prompt shows it; else nothing."""
    if final := FINAL_LINE.search(question.whole):
        line = f"{final['label']}{f'({letter})' if final['open'] else letter}"
        reason = f"The option that fits the question is {text.strip(' .')}."
        return f"{reason}\n\n{line}" if STEPS.search(question.whole) else line
    if WITH_OPTION.search(question.whole):
        return f"{letter}{')' if f'{letter})' in question.prompt else '.'} {text.strip()}"
    return ""


FINAL_LINE = make_regex(
    r"\b(?:line|form|format|ends?|finish\w*|conclude\w*)\b[^\n]{0,60}?[\"“'`](?P<label>(?:final "
    r"|the )?"
    r"(?:answer|solution|result|choice)(?: is)?:? )(?P<open>\()?(?:X|<?letter>?|A)\)?[\"”'`.]",
    re.I,
)
"""The last line that a prompt wants: 'of the form "Answer: (X)"'."""
STEPS = make_regex(r"\bstep by step\b|\b(?:reason\w*|think\w*|explain\w*)\b", re.I)
WITH_OPTION = make_regex(
    r"\bletter (?:and|with|plus) (?:the )?(?:full |whole |exact )?(?:option|text|answer|choice"
    r"|word)\b",
    re.I,
)


SAYS_WHY = make_regex(
    r"\b(?:and|then|also) (?:briefly |shortly )?(?:say|tell me|explain|give|state|justify)"
    r"(?: me)?(?: (?:why|your|the|a|one|in))\b[^.\n]{0,30}",
    re.I,
)


def compare_texts(text: str, found: Options) -> str:
    """Return why one of several texts is better: it says more, or it is shorter."""
    rest = [one for one in found.descriptions if one != text]
    if rest and len(text.split()) > max(len(one.split()) for one in rest):
        return "It says more precisely what it is about."
    return "It is shorter and easier to take in."


AMOUNT_ONLY = make_regex(r"\A(-?\d[\d.]*) [a-zA-Z²³/]{1,12}\Z")
"""A number with its unit: "150 minutes"."""
SCORES = make_regex(r"\b(?:score|rate)\b[^.\n]{0,80}\b(?:from|between) \d", re.I)
WITH_MARKS = make_regex(
    r"\b(?:with|including|in|incl\.) (?:the )?(?:parenthes[ei]s|brackets)\b|\be\.g\. \([a-h]\)",
    re.I,
)


def find_solution(found: Options, question: Question) -> str:
    """Return the letter of the result, if the question is a sum; empty without one."""
    result = calculate(question.prompt[: found.span[0]])
    values = [AMOUNT_ONLY.sub(r"\1", text.strip(" .$€£%")) for text in found.descriptions]
    return found.values[values.index(result)] if result in values else ""


@form(
    "yes or no",
    'Is the following message spam? Answer yes or no.\n\n"Congratulations, you won a '
    'free cruise! Click here."',
    "Antworte nur mit Ja oder Nein: Ist Berlin die Hauptstadt von Deutschland?",
    "True or false: the Great Wall of China is visible from the Moon.",
    "请只回答“是”或“否”：地球是圆的吗？",
    words="yes y t true ja sí si oui sì sim tak evet ya có wahr verdadero vrai vero verdadeiro",
    about="yes or no, true or false, spelled as in the prompt",
)
def answer_yes_or_no(question: Question) -> str | None:
    for text in (question.instruction, question.prompt[:2000], question.system):
        if text and (found := find_known_pair(text)):
            values = found.values
            if text is question.system and not question.is_terse and not asks_for_choice(text):
                return None
            if values[0].lower() == "yes" and question.requested_language not in ("", "en"):
                pack = load_pack(question.requested_language)
                values = (pack.yes, pack.no)
            if values[0][:1].isupper():
                values = (values[0], values[1][:1].upper() + values[1][1:])
            return add_reason(decide(values, question), question)
    return None


@form(
    "one of the options",
    "Classify the sentiment of this review. Answer with one word: positive, negative or "
    "neutral.\n\nReview: The battery died after two days.",
    "Label this ticket as bug, feature_request or question. Output the label "
    "only.\n\nTicket: The export button crashes the app.",
    "Which department should handle this? Options: Sales / Support / Legal. One word "
    'answer.\n"My device won\'t turn on"',
    "Bitte klassifiziere die Anfrage als Technik, Vertrieb oder Buchhaltung. Gib nur "
    "die Kategorie aus.\nAnfrage: Meine Rechnung ist falsch.",
    "Answer with one word: positive, negative or neutral. The movie was great!",
    words="about which has should assign identify detect assess whether grade flag mark "
    "classify classification label labels categorize category tag sentiment choose "
    "select pick one either option options decide determine intent single multiple "
    "respond answer reply output route must klassifiziere ordne kategorie wähle wort "
    "clasifica elige palabra classe catégorie choisis mot scegli classifica escolha "
    "rispondi responda antworte antworten réponds répondez parola parole palavra odpowiedz "
    "digit premise hypothesis kies wybierz seç pilih chọn parmi contesta indica mot "
    "return say rate only just solely strictly nothing nur solo únicamente uniquement "
    "seulement apenas alleen enkel slechts geef tylko sadece yalnızca hanya chỉ solamente soltanto",
    about="the option that the text supports, else one that the seed chooses",
)
def choose_listed(question: Question) -> str | None:
    is_terse = question.is_terse or question.ends_with_label
    if question.system and (chosen := decide_subject(question)):
        return chosen
    if not is_terse and not asks_for_choice(question.whole):
        return None
    if question.material and CORRECTS.match(question.instruction):
        return None
    if question.material and ASKS_WHO.match(question.instruction):
        return None
    if question.material and AMOUNT_AND.search(question.instruction):
        return None
    if FINDS_ALL.search(question.instruction) or HAS_ONLY.search(question.prompt[:START]):
        return None
    if XML_TAGS.search(question.instruction):
        return None
    if SCALE.search(question.instruction) or SCALE_SYSTEM.search(question.system):
        return None
    if question.material and not question.is_terse and asks_about_text(question):
        return None
    if len(question.prompt) <= START and find_own_name(question.prompt):
        return None
    if chosen := choose_of_system(question):
        return chosen
    start = cut_at_space(question.prompt)
    last = question.prompt[START:][-START:].partition("\n")[2]
    if chosen := grade(question) or decide_subject(question):
        return chosen
    for text in (question.instruction, start, last, question.system):
        if text is question.system and text and has_fallback(question):
            continue
        found = find_cached_options(text) if text else None
        if found is not None and LANGUAGE_CODE.search(question.wish) and len(found.values[0]) > 5:
            return None
        if found is not None and any(ONLY_WORD.search(value) for value in found.values):
            continue
        if (
            found is not None
            and (is_terse or asks_for_choice(text))
            and (asks_to_choose(text, found, question) or FROM_LIST.search(text[:MAX_CHOICE]))
        ):
            rest = text[: found.span[0]] + " " + text[found.span[1] :]
            if lines := label_each(found, question):
                return lines
            about = "" if text in (start, last) else question.material
            about = about or (question.prompt[:2000] if text is question.system else rest)
            near = text[max(0, found.span[0] - 100) : found.span[1] + 100]
            return add_reason(choose_option(found, about, question), question, near)
    return None


NAMED_BY_SYSTEM = make_regex(
    r"\b(?:exactly|only|with) one of (?:these|the following|the)\b[^.\n]{0,30}:", re.I
)
"""A system instruction that lists all replies: "reply with exactly one of these names: …"."""


def choose_of_system(question: Question) -> str:
    """Return one of the replies that the system instruction lists; empty without such a list."""
    named = NAMED_BY_SYSTEM.search(question.stated_system[:MAX_CHOICE])
    if named is None or question.material:
        return ""
    found = find_cached_options(question.stated_system[named.start() :])
    return (
        choose(list(found.values), [""] * len(found.values), question.prompt, question)
        if found
        else ""
    )


CORRECTS = make_regex(
    r"\W*(?:please |can you |could you )?(?:correct|proofread|fix) (?:the |this |my |any |all )",
    re.I,
)
"""The beginning of a wish for a corrected text, which has no options."""


ASKS_WHO = make_regex(r"\W*(?:who|whose)\b(?![^\n]* (?:or|/) )", re.I)
"""A question about a person in a text."""


AMOUNT_AND = make_regex(
    r"\b(?:amount|number|value|price) and (?:the |its )?(?:currency|unit)\b", re.I
)
"""A single value with its unit. It is not a pair of options."""


def has_fallback(question: Question) -> bool:
    """Return whether the system instruction is a document with a reply for other questions."""
    return ONLY_CONTEXT.search(question.system) is not None and may_refuse(question)


def asks_about_text(question: Question) -> bool:
    """Return whether a message ends with a question about a text, which is not the text itself."""
    match = ASKS_TEXT.search(question.prompt[-400:])
    return match is not None and question.material.strip() not in match[0]


GRADES = make_regex(
    r"\b[\"'“‘`]?([A-Z0-9])[\"'”’`]? (?:for|if|means?|=) (?:an? |the |it(?:'s| is) |\w+ )?"
    r"(correct|right|true|match\w*|yes|pass\w*|good)\b[^.\n]{0,60}?"
    r"\b[\"'“‘`]?([A-Z0-9])[\"'”’`]? (?:for|if|means?|=)"
)
"""Two marks for right and wrong: "C for correct or I for incorrect"."""


def grade(question: Question) -> str:
    """Return the mark for an answer beside the expected one; empty without two marks."""
    match = GRADES.search(question.whole)
    if match is None:
        return ""
    agrees = compare_with_reference(question.prompt[:6000])
    if agrees is None:
        return question.random.pick((match[1], match[3]))
    return match[1] if agrees else match[3]


XML_TAGS = make_regex(r"\bxml\b[^.\n]{0,40}<\w+>", re.I)
"""A wish for XML elements: their names are not options."""
FINDS_ALL = make_regex(
    r"\b(?:identify|extract|find|list|detect|name) (?:all|every)\b(?! of the (?:labels|options))",
    re.I,
)
ONLY_WORD = make_regex(r"\bonly\b|^(?:mot|wort|palabra|parola|palavra|woord)$", re.I)
EACH = make_regex(
    r"\b(?:each|every|all(?: of)?(?: the)?)\b[^.\n]{0,24}\b(?:sentences?|reviews?|lines?|items?"
    r"|statements?|comments?|texts?|tickets?|messages?|words?|headlines?|tweets?|e-?mails?|ones?"
    r"|following|below)\b|\b(?:per|on each) line\b",
    re.I,
)
"""A wish for a label of each of several lines."""


def label_each(found: Options, question: Question) -> str:
    """Return a label for each numbered or marked line of a prompt; empty for one text."""
    if not EACH.search(question.instruction) and not EACH.search(question.system):
        return ""
    values = {value.lower() for value in found.values}
    items = [one for one in list_marked(question.prompt) if one.lower().strip(" .") not in values]
    are_words = len(items) > 2 and all(len(one.split()) < 3 for one in items)
    numbers = [match[1] for match in NUMBERED_LINE.finditer(question.prompt)]
    if len(items) < 2 and len(numbers) > 1:
        items = [match[2] for match in NUMBERED_LINE.finditer(question.prompt)]
    if len(items) < 2 or (not are_words and any(len(one.split()) < 2 for one in items)):
        return ""
    labels = [
        know_group(item, found) or choose_option(found, item, question) for item in items[:60]
    ]
    if ITEM_COLON.search(question.prompt[:START]):
        return "\n".join(f"{item}: {label}" for item, label in zip(items, labels, strict=False))
    mark = ":" if NUMBER_COLON.search(question.prompt[:START]) else "."
    if NO_NUMBER.search(question.instruction):
        return "\n".join(labels)
    if len(numbers) != len(labels):
        numbers = [str(at) for at in range(1, len(labels) + 1)]
    return "\n".join(f"{at}{mark} {label}" for at, label in zip(numbers, labels, strict=False))


NUMBERED_LINE = make_regex(r"^[ \t]*[\[(#]?(\d{1,6})[\])]?\s?[:.)|-]?[ \t]+(\S[^\n]{2,400})$", re.M)
"""A line of a list with its number: "17: I was charged twice"."""
NO_NUMBER = make_regex(
    r"\b(?:one|a) label per line and nothing else\b|\b(?:no|without) (?:numbers|numbering"
    r"|bullets)\b",
    re.I,
)


ITEM_COLON = make_regex(
    r"\b(?:item|word|text|name|food|thing|animal|sentence|term)[\]>})]?: ?[\[<{(]?(?:label"
    r"|category|type|kind|group|class)\b",
    re.I,
)
"""How a line with a thing and its label looks: "item: category"."""


def know_group(item: str, found: Options) -> str:
    """Return the label of which a thing is known to be one; empty for an unknown one."""
    return next((one for one in found.values if is_member(item, list_members(one))), "")


NUMBER_COLON = make_regex(
    r"\b(?:number|id|no\.?|index|\d)[\]>})]?: ?[\[<{(]?(?:label|category|sentiment|tag|class"
    r"|type)\b",
    re.I,
)
"""How a line with a label looks: "number: label"."""
ASKS_TEXT = make_regex(
    r"(?:^|\n)[ *#]*(?:question|query|frage|pregunta)[^:\n]{0,40}:[^\n]*(?:\n[^\n]{0,40}:?)?\s*\Z"
    r"|\n\n(?:what|when|where|who|how|why)\b[^\n?]{3,200}\?\s*\Z",
    re.I,
)
"""A question at the end of a message that gives a text: its answer is in the text."""
SCALE = make_regex(
    r"\(\d ?[-–] ?\d{1,3}\)(?=[\s\S]{0,400}\b(?:digit|number|score))|\bscale (?:of|from)\b"
    r"|\b(?:from|between) \d{1,3}(?:\.\d{1,2})? (?:to|and) \d{1,3}(?:\.\d{1,2})?\b|\bfloat\b"
    r"|\b\d{1,2}[- ]point (?:\w+ )?scale\b",
    re.I,
)
SCALE_SYSTEM = make_regex(
    r"\b(?:digit|number|integer|score|rating|grade)s? (?:from|between) \d{1,3} (?:to|and|-)"
    r" \d{1,3}\b",
    re.I,
)
BARS = make_regex(
    r"[(\[]([\w -]{1,24}(?:(?:[|/][\w -]{1,24}){1,12}|(?:,\s?[\w-]{1,24}){2,12}))\s?[)\]]"
    r"\s*[:?]?\s*(?:\n|\Z)"
)


@form(
    "options in brackets",
    "Mood of the text? (angry | calm | excited)\n\nText: WE WON THE CUP!!!",
    signs=("(", "["),
    about="one of the options that stand in brackets at the end of a question",
)
def choose_in_brackets(question: Question) -> str | None:
    if not any(mark in question.prompt for mark in "|/") and "?" not in question.prompt:
        return None
    match = BARS.search(question.prompt[:1500])
    if match is None or MANY.search(question.prompt[: match.start()]):
        return None
    labels = [label.strip() for label in re.split(r"[|/,]", match[1])]
    if "," in match[1] and "?" not in question.prompt[: match.start()]:
        return None
    if not all(labels) or all(label[0].isdigit() for label in labels):
        return None
    return choose(labels, [""] * len(labels), question.prompt[match.end() :][:2000], question)


def cut_at_space(prompt: str) -> str:
    """Return the beginning of a prompt, up to the end of a line or a sentence."""
    if len(prompt) <= START:
        return prompt
    end = max(prompt.rfind(mark, 0, START) for mark in ("\n", ". ", "? ", "! "))
    return prompt[: end + 1] if end > 0 else prompt[:START].rpartition(" ")[0]


START = 400
"""Characters of a prompt that may hold options: those after "Answer with one word:"."""


@lru_cache(maxsize=128)
def find_cached_options(text: str) -> Options | None:
    """Return the options in a text. A system instruction comes again with each request."""
    return find_options(DOCUMENTS.sub(blank_out, text) if "</doc" in text else text)


DOCUMENTS = make_regex(r"<doc(?:ument|s)?\b[^<>]{0,80}>.{0,6000}?</doc(?:ument|s)?>", re.S)
"""Documents in a system instruction. Lists of words in them are not the options of the reply."""


def blank_out(match: re.Match[str]) -> str:
    return " " * len(match[0])


def choose_option(found: Options, text: str, question: Question) -> str:
    if relation := choose_relation(list(found.values), question.prompt):
        return relation
    if worker := choose_worker(found.values, question.whole, question.earlier, text):
        return worker
    if preferred := choose_preferred(found.values, question.prompt[:12_000]):
        return preferred
    is_pair = len(found.values) == 2 and AGREES.search(question.wish) is not None
    agrees = compare_with_reference(question.prompt[:6000]) if is_pair else None
    if agrees is None and is_pair:
        agrees = follows_policy(question.prompt[:6000])
    if agrees is not None:
        return min(found.values, key=lambda value: (DENIES.match(value) is not None) == agrees)
    return choose(list(found.values), list(found.descriptions), text, question)


DENIES = make_regex(
    r"\W*(?:in(?=correct|valid|accurate)|not?\b|un|wrong|false|fail|mis|dis|bad)", re.I
)
"""The beginning of the label for what does not agree."""


NEW_LINE = make_regex(
    r"\b(?:new ?line|line break|(?:second|new|next|separate|following) line|line (?:2|two))\b", re.I
)
"""Where a reason stands: "the label, followed by a newline and the reason"."""


REASON_FIRST = make_regex(
    r"\b(?:reason\w*|think|explain|justify|analy[sz]e) (?:first|step by step|briefly first)\b"
    r"|\bfirst,? (?:reason|think|explain|analy[sz]e|justify)\b|\b(?:last|final) line (?:must|should"
    r"|has to|is|contains?)\b|\b(?:end|finish|conclude) with\b|\bbefore (?:you )?(?:giv|answer"
    r"|decid)\w+",
    re.I,
)


REASON_TOO = make_regex(
    r"\b(?:yes|no|true|false),? (?:and|with|plus|then) [^.?!\n]{0,24}\b(?:why|reasons?|explanation"
    r"|explain\w*|justif\w+)\b",
    re.I,
)
"""A reason beside a short answer: "yes or no, and why"."""


def add_reason(label: str, question: Question, near: str = "") -> str:
    """Return a label, with a sentence if the prompt wants a reason as well.

    Args:
        near: The words around the options, which may stand in the middle of a message.
    """
    wish = f"{question.wish} {near}"
    is_below = NEW_LINE.search(wish) is not None
    is_bare = question.is_terse and not is_below and not REASON_TOO.search(question.prompt)
    if is_bare or not REASON.search(wish) or NO_REASON.search(wish):
        return label
    from mockgem.operations.forms.label_reasons import explain_label

    reason = explain_label(label, question)
    if REASON_FIRST.search(question.wish):
        return f"{reason}\n\n{label}"
    return f"{label}{chr(10) if is_below else '. '}{reason}"
