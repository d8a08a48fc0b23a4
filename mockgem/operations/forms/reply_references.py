"""Wishes about the last reply: "Now as JSON", "Put that in a table", "und als Stichpunkte?"."""

from __future__ import annotations

import json
import re
from itertools import zip_longest

from mockgem.operations.forms import serialising
from mockgem.operations.forms.code_languages import find_language
from mockgem.operations.forms.format_wishes import fence
from mockgem.operations.forms.fun_facts import tell_another
from mockgem.operations.forms.language_detection import CODES, detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.quoted_material import EdgeText
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.stated_facts import read_facts
from mockgem.operations.forms.statements import BULLET_LINE, list_marked
from mockgem.operations.forms.translation import TRANSLATE, translate
from mockgem.operations.forms.writing import Writer

MAX_WISH = 200
LAYOUTS = (
    r"(?:json|csv|ya?ml|xml|html|table|tabular|markdown|bullets?|bullet points?|bulleted|list"
    r"|numbered|checklist|comma[- ]separated|tabelle|stichpunkte?n?|aufzählung|liste|tabla|lista"
    r"|viñetas|puntos|tableau|puces|tabella|elenco|tabela|tópicos|tabel|opsomming|punktów|tablo"
    r"|tablica)"
)
REFERS = make_regex(
    r"\b(?:that|this|it|these|those|them|the (?:same|above|list|table|answer|reply|text|result|data"
    r"|last (?:one|answer|reply|message))|your (?:last |previous )?(?:answer|reply|response|list"
    r"|message|suggestions|text)|instead|again|das|dies|es|sie|ihn|diese\w*|eso|esto|lo|la|los|ça"
    r"|cela|le|les|questo|lo|isso|dat|dit|to)\b",
    re.I,
)
AS_LAYOUT = make_regex(
    r"\A\W*(?:(?:shorter|longer|simpler|better|and|now|ok|okay|please|then|great|thanks|perfect"
    r"|cool|und|jetzt|nun|bitte|y|ahora|et|maintenant|e|ora|agora|en|nu|i|teraz|ve|şimdi|the same"
    r"|same|but|can (?:you|i)|could you|give me|show me|do|make|i want|i need"
    r"|have)[ ,.!]{1,3}){0,6}(?:(?:do|give|have|get|put|show|make|turn|format|want|need|write"
    r"|return|use|try|prefer) (?:me )?)?(?:(?:it|that|this|them|these) )?(?:as|in|into|to|als"
    r"|in form|como|en|comme|sous forme|come|in formato|em|jako|olarak)? ?(?:an?|the|one|einer?"
    rf"|einem|una?|une|un)? ?(?:\w+ )?{LAYOUTS}(?:\W|\Z)",
    re.I,
)
"""A wish that is only a layout: "Now as a table, please"."""
LAYOUT = make_regex(rf"\b{LAYOUTS}\b", re.I)
CHANGES = make_regex(
    r"\b(?:rewrite|rephrase|reword|polish|proofread|translate|formal|formally|friendlier"
    r"|casual|polite|professional|simpler|fix|correct|anonymi[sz]e|summari[sz]e|übersetze?|traduce"
    r"|traduis|traduci|förmlicher|formeller|formulier\w*|reformule|sort|capitals?|upper ?case"
    r"|lower ?case|emojis?|bold|italics?|highlight)\b",
    re.I,
)
TONE_ONLY = make_regex(
    r"\A\W*(?:(?:ok|okay|now|and|please|but|great|thanks|a (?:bit|little)|slightly|much|can you"
    r"|make it|be|can it be)[, .]{1,3}){0,4}(?:(?:more|less) (?:polite|formal|casual|friendly"
    r"|professional|assertive|direct)(?:ly)?|politer|friendlier|nicer)(?: version)?,? ?(?:please"
    r"|pls|though)?\W*\Z",
    re.I,
)
"""A wish that is only a tone: "More polite, please"."""
FROM_REPLY = make_regex(
    r"\b(?:only|just|extract|return|give|list|show|pull out)\b[^.\n]{0,60}\b(?:from|of"
    r"|in) (?:(?:the|that|this|your)"
    r" (?:\w+ )?(?:list|table|text|answer|reply|message|response)(?: above)?|above|that|those"
    r"|these)\b",
    re.I,
)
"""A wish for a part of the last reply: "only the e-mails from the list above"."""
IN_LANGUAGE = make_regex(
    r"\A\W*(?:(?:no|and|now|ok|okay|sorry|please|the same|again|same|but|thanks|great|nein|nicht"
    r"|non|und|y|et|e|jetzt|bitte|por favor)[, .]{1,3}){0,3}(?:(?:and )?(?:how|what) (?:would|do"
    r"|does|is|will) (?:that|it|this|you say (?:that|it|this))(?: (?:be|look|sound|read))? "
    r"|(?:please |can you |could you )?translate (?:it|that|this) (?=in))?(?:(?:(?:can|could"
    r"|would) you )?(?:please )?(?:say|write|give me|do|answer|repeat|put) (?:it|that|this"
    r"|the same) )?(?:in(?:to)?|auf|en|em|po) [a-zà-ÿ]{4,12}(?:,? (?:please|pls|plz|bitte"
    r"|por favor|porfa|stp|svp))?\W*\Z",
    re.I,
)
"""A wish for the last reply in a language: "No, in French please"."""
SAY_IN = make_regex(
    r"\A\W*(?:kannst du|könntest du|können sie|bitte|puedes|podrías|peux-tu|tu peux|pouvez-vous"
    r"|puoi|potresti|pode|podes|kun je|możesz|можешь|можете)\b[^.\n]{0,40}?"
    r"\b(?:auf|en|in|em|po|на|по)[ -][^\W\d_]{4,12}\b(?: \w+)?\W*\Z",
    re.I,
)
"""The same in other languages: "Kannst du das auf Deutsch sagen?"."""
BARE_LANGUAGE = make_regex(
    r"\A(?:[a-z ]{2,20}[,.!] ?)?([a-z]{4,12})(?:,? (?:please|pls|plz|bitte))\W*\Z", re.I
)
"""A wish that is only the name of a language: "English, please"."""
RANKS = make_regex(
    r"\b(?:rank|sort|arrange)\b[^.\n]{0,30}\b(?:them|it|that|these|those|this|by|from)\b"
    r"|\border (?:them|these|those|the (?:list|items|options|plans)) (?:by|from)\b",
    re.I,
)
DOWN = make_regex(
    r"\b(?:descending|from (?:the )?(?:most|highest|largest|biggest|longest|newest"
    r"|best))\b",
    re.I,
)
AMOUNT = make_regex(r"\d[\d,]*(?:\.\d+)?")
INTO_MAIL = make_regex(
    r"\b(?:put|turn|make|write|send|convert|use)\b[^.\n]{0,30}\b(?:that|this|it"
    r"|them)\b[^.\n]{0,20}\b(?:e-?mail|letter|message)\b"
    r"(?:[^.\n]{0,20}\bto (?:my |the |our )?(?:\w+ )?((?-i:[A-Z]\w+)|team|boss|colleagues?"
    r"|manager))?",
    re.I,
)


def rank_items(question: Question) -> str | None:
    """Return the list of the last reply in the order of its numbers; None without a list."""
    marked = list_marked(last_reply(question))
    numbers = [AMOUNT.search(one) for one in marked]
    if len(marked) < 2 or not all(numbers):
        return None
    pairs = [
        (float(one[0].replace(",", "")), text)
        for one, text in zip(numbers, marked, strict=True)
        if one
    ]
    pairs.sort(key=lambda pair: pair[0], reverse=DOWN.search(question.prompt) is not None)
    return "\n".join(f"{at}. {text}" for at, (_, text) in enumerate(pairs, 1))


def write_mail(name: str, question: Question) -> str:
    """Return the last reply as an e-mail."""
    reply = last_reply(question)
    subject = split_sentences(reply)[0].rstrip(".")[:60] if split_sentences(reply) else "Our talk"
    greeting = f"Hi {name}," if name and name[0].isupper() else "Hello,"
    return f"Subject: {subject}\n\n{greeting}\n\n{reply}\n\nBest regards,\n[Your name]"


SORTS_NAMES = make_regex(
    r"\b(?:put|sort|order|arrange|list)\b[^.\n]{0,30}\b(?:alphabetical(?:ly)?|a to z|by name)\b",
    re.I,
)
SAME = make_regex(
    r"\b(?:the same(?: thing)?(?: again)?|another (?:one|version)"
    r"|(?<!first )(?<!second )(?<!third )(?<!last )one more(?: version)?|a similar one|das ?selbe"
    r"|das gleiche|lo mismo|la même chose)\b(?! (?:as|keys|columns|fields|format))",
    re.I,
)


@form(
    "same wish again",
    needs="earlier",
    about='the last wish for something else: "The same for a vegan audience"',
)
def repeat_wish(question: Question) -> str | None:
    """Answer "Now write the same for children" like the wish before it."""
    prompt = question.prompt.strip()
    mine = [text for role, text in question.earlier if role == "user" and text.strip()]
    if not mine or len(prompt) > MAX_WISH or question.material or not SAME.search(prompt):
        return None
    if "```" in last_reply(question) and find_language(prompt):
        return None  # the program in another language
    if ANOTHER.match(prompt) and (fact := tell_another(mine[-1], question)):
        return fact
    inner = Question(f"{mine[-1].rstrip(' .!')}. {prompt}", question.random, question.system)
    formed = find_reply(inner)
    if formed is None and question.language == "en" and ANOTHER.match(prompt):
        return Writer(Question(mine[-1], question.random)).write_sentence()
    return formed.text if formed is not None else None


ANOTHER = make_regex(
    r"\W*(?:(?:please|ok|cool|nice|haha|wow|great|give me|tell me)\W{1,3}){0,3}(?:another one|one"
    r" more)\b",
    re.I,
)


NAMES_TEXT = make_regex(r"[\"“«]|:\s*\S|\bof (?:all|the world)\b")
FORMS_OF_TEXT = frozenset(
    (
        "json",
        "csv",
        "yaml",
        "xml",
        "table",
        "bullet points",
        "numbered list",
        "list",
        "comma list",
        "checklist",
        "summary",
        "rewritten text",
        "anonymised text",
        "translation",
        "changed text",
        "emoji",
        "emphasis",
        "only the value",
        "extracted values",
        "one item per line",
        "lines",
    )
)
"""The forms into which a reply can be brought."""


@form(
    "last reply in another form",
    needs="earlier",
    about='the last reply in the layout that the prompt wants: "Now as a table"',
)
def change_layout(question: Question) -> str | None:
    """Answer "Can you give me that as JSON?" with the last reply as JSON."""
    prompt = question.prompt.strip()
    if not question.earlier or len(prompt) > MAX_WISH or question.material:
        return None
    if ABOUT_TALK.search(prompt):
        return None
    is_meant: object = (
        TONE_ONLY.match(prompt)
        or AS_LAYOUT.match(prompt)
        or (REFERS.search(prompt) and (LAYOUT.search(prompt) or CHANGES.search(prompt)))
        or FROM_REPLY.search(prompt)
    )
    mine = [text for role, text in question.earlier if role == "user"]
    is_translated = bool(mine) and TRANSLATE.search(mine[-1]) is not None
    named = BARE_LANGUAGE.match(prompt)
    if named is not None and named[1].lower() in CODES:
        return translate_reply(question, f"in {named[1]}")
    if SORTS_NAMES.search(prompt) and (names := list_names(strip_opener(last_reply(question)))):
        marked = list_marked(last_reply(question))
        return "\n".join(sorted(marked, key=str.casefold)) if marked else ", ".join(sorted(names))
    if RANKS.search(prompt) and (ranked := rank_items(question)):
        return ranked
    mail = INTO_MAIL.search(prompt)
    if mail is not None and last_reply(question) and question.language == "en":
        return write_mail(mail[1] or "", question)
    wants_language = IN_LANGUAGE.match(prompt) or SAY_IN.match(prompt)
    if wants_language and question.requested_language:
        is_english = detect(SAID.sub("", last_reply(question))) == "en"
        if not is_translated or is_english:
            return translate_reply(question, prompt)
    if not is_meant or NAMES_TEXT.search(prompt):
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "").strip()
    if not reply:
        return None
    if (stated := write_facts(mine, reply, question)) is not None:
        return stated
    if table := tabulate_lists(reply, prompt) or tabulate_series(reply, prompt):
        return table
    formed = find_reply(apply_to(take_part(strip_opener(reply), prompt), question))
    return formed.text if formed is not None and formed.form in FORMS_OF_TEXT else None


ABOUT_TALK = make_regex(
    r"\bsummar\w+\b[^.\n]{0,30}\b(?:conversation|chat|discussion|so far|we (?:said|discussed"
    r"|talked))\b",
    re.I,
)
"""A wish about the whole conversation."""
DATA = make_regex(r"\b(json|ya?ml|csv)\b", re.I)


def write_facts(mine: list[str], reply: str, question: Question) -> str | None:
    """Return the facts that the last reply states, or the user before it, as data."""
    kind = DATA.search(question.prompt)
    if kind is None or len(mine) == 0 or list_marked(reply) or "|" in reply or "{" in reply:
        return None
    facts = read_facts(CONFIRMS.sub("", reply)) or read_facts(mine[-1])
    if not facts:
        return None
    match kind[1].lower():
        case "json":
            return fence(json.dumps(facts, indent=2, ensure_ascii=False), "json", question)
        case "csv":
            return fence(serialising.to_csv([facts]), "csv", question)
    return fence(serialising.to_yaml(facts), "yaml", question)


CONFIRMS = make_regex(
    r"\A(?:got it|noted|ok|okay|understood|alright|all right|thanks|great|sure)\b"
    r"[^:.!]{0,30}[:.!]\s*",
    re.I,
)
"""What confirms the words of the user before a reply repeats them."""
OPENER = make_regex(
    r"\A(?:sure|of course|certainly|absolutely|great|here (?:is|are|you)|gerne?|natürlich|klar"
    r"|claro|por supuesto|bien sûr|voici|certo|ecco)\b[^.!:\n]{0,60}(?:[!:.]\s+)",
    re.I,
)
"""What a reply says before it begins."""


PART = make_regex(
    r"\b(first|second|third|fourth|fifth|last) (sentence|line|point|item|paragraph|bullet|tip"
    r"|one)\b",
    re.I,
)


def take_part(reply: str, prompt: str) -> str:
    """Return the sentence or line that a prompt names: "the second sentence"; else the reply."""
    match = PART.search(prompt)
    if match is None:
        return reply
    parts = list_marked(reply) or (
        split_sentences(reply) if match[2].lower() == "sentence" else reply.split("\n")
    )
    place = ORDINALS[match[1].lower()]
    return parts[place] if -len(parts) <= place < len(parts) else reply


def last_reply(question: Question) -> str:
    return next((text for role, text in reversed(question.earlier) if role != "user"), "").strip()


def strip_opener(reply: str) -> str:
    return OPENER.sub("", reply, count=1) or reply


def translate_reply(question: Question, prompt: str) -> str | None:
    """Return the last reply in the language that a prompt such as "No, in French" names."""
    reply = SAID.sub("", last_reply(question), count=1)
    wish = f"Translate it: {prompt}"
    inner = Question(f"{wish}\n\n{reply}", question.random)
    inner.parts = EdgeText(wish, reply)
    text = translate(inner) if reply else None
    if text and is_half_done(text, reply) and (again := write_again(question)):
        return again
    return text


ENGLISH = make_regex(r"\b[a-z]{4,20}\b")
SMALL_LEFT = make_regex(r"\b(?:and|the|from|of|with|[A-Z][a-z]+days?)\b")
"""English words that no finished translation has."""
MOST_LEFT = 0.12
"""The part of the words of a reply that a translation may leave as they are."""


def is_half_done(text: str, reply: str) -> bool:
    """Return whether a translation has left many words of the reply in English."""
    if SMALL_LEFT.search(text):
        return True
    words, left = set(ENGLISH.findall(reply)), set(ENGLISH.findall(text))
    return len(words) > 4 and len(words & left) / len(words) > MOST_LEFT


def write_again(question: Question) -> str:
    """Return what the last wish gets in the language that is wanted now; empty without one."""
    mine = question.list_said("user")
    names = {code: name for name, code in CODES.items()}
    name = names.get(question.requested_language, "")
    if not mine or not name or len(mine[-1]) > MAX_WISH or TRANSLATE.search(mine[-1]):
        return ""
    asked = f"{mine[-1].rstrip(' .!')}. Answer in {name.capitalize()}."
    formed = find_reply(Question(asked, question.random, question.stated_system))
    return formed.text if formed is not None and formed.form != "another language" else ""


SAID = make_regex(
    r"\A(?:you|one|people|we) (?:can|could|would|might) (?:simply |also |just )?(?:say|ask|write)"
    r"[^.!?:\n]{0,30}:\s+",
    re.I,
)
"""What a reply says before the sentence that it gives."""
NAMES_ONLY = make_regex(
    r"\b(?:only|just|nur|solo|seulement) (?:give me |list |show |tell me )?(?:the |their |die "
    r"|los |les )?(?:names?|titles?|headings?|namen|nombres|noms)\b",
    re.I,
)


@form(
    "names from the last reply",
    needs="earlier",
    about='the names of the things in the last reply: "Just the names, please"',
)
def list_reply_names(question: Question) -> str | None:
    prompt = question.prompt
    if not question.earlier or len(prompt) > MAX_WISH or not NAMES_ONLY.search(prompt):
        return None
    if question.material or "?" in prompt:
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    marked = list_marked(reply)
    names = [re.split(r"\s[-–—:(]|:\s", one, maxsplit=1)[0].strip("* .") for one in marked]
    names = names or list_names(strip_opener(reply))
    if len(names) < 2:
        return None
    return ", ".join(names) if re.search(r"\bcomma", prompt, re.I) else "\n".join(names)


REMOVES = make_regex(
    r"\A\W*(?:(?:please|now|and|ok|okay|also|can you|could you)[, ]{1,2}){0,4}(?:remove|delete"
    r"|drop|take out|cross out|skip|leave out|cut)\b(?: the)? ([^.\n]{2,60})",
    re.I,
)
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


@form(
    "last reply with less",
    needs="earlier",
    about='the last reply without a part: "Remove the second one"',
)
def remove_from_reply(question: Question) -> str | None:
    """Answer "Remove the second one" with the list of the last reply without it."""
    match = REMOVES.match(question.prompt.strip()) if question.earlier else None
    if match is None or len(question.prompt) > MAX_WISH or question.material:
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    lines = reply.splitlines()
    marked = [at for at, line in enumerate(lines) if BULLET_LINE.match(line)]
    place = next((ORDINALS[word] for word in match[1].lower().split() if word in ORDINALS), None)
    if place is not None and marked and -len(marked) <= place < len(marked):
        gone = {marked[place]}
    else:
        name = match[1].strip(" ?!").lower().removeprefix("the ")
        gone = {at for at in marked if name in lines[at].lower()}
    if not gone:
        return None
    kept = [line for at, line in enumerate(lines) if at not in gone]
    return renumber(kept)


def renumber(lines: list[str]) -> str:
    """Return lines whose numbers begin with 1 again."""
    number, text = 0, []
    for line in lines:
        if NUMBERED_LINE.match(line):
            number += 1
            line = NUMBERED_LINE.sub(rf"\g<1>{number}\g<2>", line)
        text.append(line)
    return "\n".join(text)


NUMBERED_LINE = make_regex(r"^([ \t]*)\d{1,2}([.)])")
ADDS = make_regex(
    r"\A\W*(?:(?:please|now|and|ok|okay|also|can you|could you|great)[, ]{1,2}){0,4}(?:add|include"
    r"|append|insert|put in|mention|sign)\b(?![^.\n]{0,60}\b(?:field|column|row|key|rows|columns"
    r"|fields)\b)",
    re.I,
)
SUMS = make_regex(r"\A[^\w]*(?:\w+ ){0,3}?add (?:another )?-?\d", re.I)
QUOTED = make_regex(r"[\"“'«]([^\"”'»\n]{2,120})[\"”'»]")
CLOSING = "Please get in touch if you have any questions."
SIGN = make_regex(
    r"\b(?:sign(?:ed)?(?: it| off)?|signature)(?: it)? (?:as|with|from|by) "
    r"[\"“']?([^\"”'.\n]{2,40})",
    re.I,
)


@form(
    "last reply with more",
    needs="earlier",
    about='the last reply with an addition: "Add a closing line"',
)
def add_to_reply(question: Question) -> str | None:
    """Answer "Add a closing line and sign it as Team X" with the last reply and these."""
    prompt = question.prompt.strip()
    if not question.earlier or len(prompt) > MAX_WISH or not ADDS.match(prompt):
        return None
    if SUMS.search(prompt):
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    if not reply.strip() or reply.lstrip()[:1] in "{[|`" or "```" in reply:
        return None
    sign, quoted = SIGN.search(prompt), QUOTED.search(prompt)
    if re.search(r"\bemojis?\b", prompt, re.I):
        return f"{reply} ✨"
    parts = [reply.rstrip()]
    if quoted:
        parts.append(quoted[1])
    elif not (sign and prompt.lower().startswith("sign")):
        writer = Writer(question)
        ends = re.search(r"\b(?:closing|close|end|final|goodbye)\b", prompt, re.I)
        closing = CLOSING if question.language == "en" else writer.pack.welcome
        parts.append(closing if ends else writer.write_sentence())
    marked = list_marked(reply)
    if marked and not sign:
        mark = re.search(r"^[ \t]*([-*•]|\d{1,2}[.)])", reply, re.M)
        lead = mark[1] if mark and not mark[1][0].isdigit() else f"{len(marked) + 1}."
        return f"{parts[0]}\n{lead} {parts[1].rstrip('.')}"
    return "\n\n".join([*parts, *([sign[1].strip()] if sign else [])])


IN_SERIES = make_regex(r"\b([A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}) \(([^()\n]{2,60})\)")
LEAST_ROWS = 3


LABEL = make_regex(r"(?:#{1,4} |\*\*)?([A-Z][\w ]{1,30}?):?(?:\*\*)?:?[ \t]*")
BULLET_ITEM = make_regex(r"[ \t]*[-*•] ([^\n]+)")


def read_labelled_lists(reply: str) -> dict[str, list[str]]:
    """Return the items below each label of a reply that is nothing but labelled lists."""
    found: dict[str, list[str]] = {}
    for line in filter(str.strip, reply.splitlines()[:200]):
        if item := BULLET_ITEM.fullmatch(line.rstrip()):
            if not found:
                return {}
            next(reversed(found.values())).append(item[1])
        elif label := LABEL.fullmatch(line.strip()):
            found[label[1]] = []
        else:
            return {}
    return found


def tabulate_lists(reply: str, prompt: str) -> str:
    """Return a table whose columns are the lists of a reply, if the prompt names them all."""
    if not re.search(r"\btable\b", prompt, re.I):
        return ""
    found = read_labelled_lists(reply[:4000])
    if len(found) < 2 or any(name.lower() not in prompt.lower() for name in found):
        return ""
    rows = (" | ".join(cells) for cells in zip_longest(*found.values(), fillvalue=""))
    lines = [f"| {row} |" for row in rows]
    return "\n".join([f"| {' | '.join(found)} |", f"|{' --- |' * len(found)}", *lines])


def tabulate_series(reply: str, prompt: str) -> str:
    """Return a table of a series such as "Toronto (2.8 million), Montreal (1.8 million)"."""
    wants_table = re.search(r"\btable\b", prompt, re.I) and "|" not in reply
    rows = IN_SERIES.findall(reply[:3000]) if wants_table and "\n" not in reply.strip() else []
    if len(rows) < LEAST_ROWS:
        return ""
    lines = [f"| {name} | {told} |" for name, told in rows]
    return "\n".join(["| Name | Details |", "| --- | --- |", *lines])


def apply_to(reply: str, question: Question) -> Question:
    """Return a question whose given text is an earlier reply."""
    wish = question.prompt.strip(" ?.!")
    inner = Question(f"{wish}:\n\n{reply}", question.random, question.system)
    inner.parts = EdgeText(wish, reply)
    inner.is_about_reply = True
    return inner
