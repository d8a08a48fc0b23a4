"""Answers from a given text: the sentence that answers, a summary, a follow-up."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.answer_kinds import answers_kind, list_kinds
from mockgem.operations.forms.answer_spans import find_span
from mockgem.operations.forms.answered_questions import answers
from mockgem.operations.forms.citations import (
    MARKER,
    find_source,
    list_sources,
    wants_sources,
    write_mark,
    write_tail,
)
from mockgem.operations.forms.comparisons import find_extreme
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.labelled_lines import find_labelled_line
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.layout_words import BULLETS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.mail_senders import find_sender, tell_sender
from mockgem.operations.forms.question import ONLY_CONTEXT, Question
from mockgem.operations.forms.reading_tasks import ASKS_INDIRECTLY
from mockgem.operations.forms.refusals import (
    REFUSALS,
    deny_exception,
    find_dictated_refusal,
    lacks_role,
    may_refuse,
)
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.role_holders import find_holder
from mockgem.operations.forms.salutations import strip_salutation
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.sources import (
    COMMANDS,
    ENOUGH,
    SOURCE_MARK,
    choose_sentence,
    list_facts,
    measure_coverage,
    split_sentences,
)
from mockgem.operations.forms.writing import Writer

CONTEXT = make_regex(
    r"\b(?:context|document|passage|text|article|policy|docs?|following|below|above"
    r"|information(?:en|s)?|información|informaciones|informazioni|informações|dokumente?n?"
    r"|unterlagen"
    r"|documentos?|documenti|quellen|fuentes|wissen\w*|folgenden?|siguientes?|suivante?s?|manual"
    r"|faq|knowledge|facts|log|handbook|guide|notes|catalog|menu|from this"
    r"|from these|based on|kontext|contexto"
    r"|contexte|contesto|according to)\b|上下文|文中|本文|контекст",
    re.I,
)
QUESTION = make_regex(
    r"(?:^|\n|(?<=[.!?] ))[ *#]*(?:(?:user|my|customer|current|new)(?:'s)? )?(?:question|query|q"
    r"|frage|pregunta|pergunta|domanda|вопрос|问题"
    r"|質問)(?: (?:of|from|by|to) [^:\n]{1,30})?\s*:\**\s*([^\n]{3,600})",
    re.I,
)
ASKS = make_regex(
    rf"\?|？|؟|^(?:what|when|where|who|how|which|why|is|are|does|do|can)\b"
    r"|^(?:quel\w*|combien|quand|où|qui|comment|pourquoi|y a-t-il|est-ce|wie|was|wann|wo|wer"
    r"|welche\w*"
    r"|warum|gibt es|kann ich|qué|cuánt\w+|cuándo|dónde|quién|cuál\w*|cómo|quant[oiae]|quando|dove"
    r"|chi|come|perché|c'è|qual\w*|onde|quem)\b"
    rf"|{ASKS_INDIRECTLY.pattern}",
    re.I | re.M,
)
SENTENCES = make_regex(
    rf"({NUMBER})[- ](?:[\w-]{{2,14}} )?(?:sentences?|sätzen?|satz|frases?|oraciones"
    r"|phrases?|frasi|frase|zinnen|zdani\w*|cümle|kalimat|предложени\w+|句话?|句|文で)",
    re.I,
)
WORDS = make_regex(rf"({NUMBER})[- ](?:words?|wörtern?|palabras|mots|parole|palavras)", re.I)
DOCUMENT_TAG = make_regex(
    r"<(?:docs?|documents?|context|knowledge|data|information|sources?|article"
    r"|policy)>\s*(.{10,20000}?)\s*</",
    re.S,
)
KNOWLEDGE = make_regex(
    r"(?:(?:^|\n|(?<=[.!?] ))[ *#]*(?:context|documents?|knowledge(?: base)?|information|facts|data"
    r"|policy|faq|kontext|contexto|contexte|sources?)|\b(?:knowledge base|context|information"
    r"|documentation|documents|facts|following|below|kontexte?s?|informationen|folgende\w{0,2}"
    r"|angaben|textes?|contexto|siguientes?|información|contexte|suivante?s?|informations"
    r"|ci-dessous|contesto|seguent[ei]|informazioni|seguintes?|informações)\b[^:\n]{0,40}"
    r"(?=\s?[:：]\s*\n))\s*[:：]\**\s*(.{20,20000})",
    re.I | re.S,
)


BETWEEN_RULES = make_regex(r"\n\s?-{4,}\s?\n(.{20,20000}?)\n\s?-{4,}", re.S)
TITLED = make_regex(
    r"(?:^|\n|\. )(?:[A-Z][\w ]{1,30}:|#{1,4} [^\n]{2,40})[ \t]*\n(.{20,20000})", re.S
)
"""A text under a title, such as "Log:"."""


@form(
    "answer from a text",
    "The Eiffel Tower was completed in 1889. It is 330 metres tall. It stands in Paris.\n\n"
    "How tall is the Eiffel Tower?",
    'Here is our refund policy:\n"""\nCustomers can return items within 30 days. '
    'Shipping costs are not refunded.\n"""\nAre shipping costs refunded?',
    about="the sentence of the given text that answers the question",
)
def answer_from_text(question: Question) -> str | None:
    if JUDGES.search(question.instruction):
        return None
    missing = name_missing(question)
    if missing:
        return missing
    return find_answer(question)


JUDGES = make_regex(
    r"\b(?:statement|claim|assertion|hypothesis)\b[^.?\n]{0,60}\b(?:supported|true|false|entailed"
    r"|correct|backed|contradicted|follow)|\b(?:supports?|entails?|contradicts?|backs?) (?:the"
    r"|this) (?:following )?(?:statement|claim|hypothesis)",
    re.I,
)
"""A wish for a verdict on a statement: it does not ask what the text says."""


def tell_stated_fields(text: str, asked: str) -> str:
    """Return what the fields of an object in a text say to a question; empty without an object."""
    match = re.search(r"\{[^{}]{2,2000}\}", text)
    try:
        data = json.loads(match[0]) if match else None
    except ValueError:
        data = None
    if not isinstance(data, dict):
        return ""
    named = [key for key in data if any(word in asked.lower() for word in key.lower().split("_"))]
    wanted = [key for key in named if not key.endswith("id")] or named or list(data)
    facts = [f"{key.replace('_', ' ')} is {data[key]}" for key in wanted]
    *before, last = [f"the {fact}" for fact in facts]
    said = f"{', '.join(before)} and {last}" if before else last
    return f"{said[:1].upper()}{said[1:]}."


def find_answer(question: Question) -> str | None:
    """Return the sentence of the given text that answers a question; None without a text."""
    text, asked = find_text_and_question(question)
    if not text or not asked or NAMED_FENCE.search(question.prompt[:4000]):
        return None
    sentences = [
        SPEAKER_LABEL.sub("", one, count=1)
        for one in split_sentences(text)
        if not (COMMANDS.match(one) or RECORD_LINE.match(one) or one.startswith("#"))
        and not GREETING.fullmatch(one)
    ] or [text[:400]]
    if text.strip().endswith("?") and len(sentences) == 1:
        return None
    extreme = "" if question.is_terse else find_extreme(asked, text)
    if extreme:
        return end(extreme)
    if several := answer_parts(sentences, asked, text, question):
        return several
    if dated := find_dated_line(asked, text) or find_fault_line(asked, text):
        return end(dated)
    if labelled := find_labelled_line(asked, text):
        value = labelled.partition(":")[2].strip(" *")
        if not wants_sources(question.wish):
            return value if wants_span(question) else end(labelled)
    best = choose_sentence(sentences, asked)
    is_missing = best is None or not answers(best, text, asked)
    if is_missing and question.language == "en" and (denied := deny_exception(sentences, asked)):
        return denied
    if (is_missing or lacks_role(asked, text)) and may_refuse(question):
        return find_dictated_refusal(question.whole) or Writer(question).pack.unknown
    if best is None and not question.material and question.language != "en":
        return Writer(question).pack.unknown
    best = best or sentences[0]
    if "{" in best and (said := tell_stated_fields(text, asked)):
        return said
    if either := EITHER.search(asked):
        options = [either[1], either[2]]
        return (
            f"{choose_label(options, question).capitalize()}. {cite_source(best, text, question)}"
        )
    if ASKS_MANY.search(asked) and BULLETS.search(question.wish):
        return "\n".join(f"- {one.rstrip('.')}" for one in list_best(sentences, asked, best))
    if ASKS_MANY.search(asked):
        return " ".join(end(one) for one in list_best(sentences, asked, best))
    if best.endswith("?") and best in sentences[:-1]:
        best = sentences[sentences.index(best) + 1]  # an answer of a list of questions
    best = strip_salutation(ANSWER_MARK.sub("", best))
    if VERBATIM.search(question.wish):
        said = MARKER.sub("", best, count=1).strip()
        return f"“{said}”" if question.is_terse else f"The text says: “{said}”"
    if wants_span(question) and not wants_sources(question.wish):
        return find_span(asked, SOURCE_MARK.sub("", best, count=1))
    if len(sentences) == 1 and question.language == "en" and (told := tell_span(asked, best)):
        return told
    return cite_source(best, text, question)


ASKS_NOUN = make_regex(
    r"\b(?:what|which) (?:is|was|are|were) the ([\w -]{2,30}?)(?: of| in|\?|\s*\Z)", re.I
)
SHORT_SPAN = 5


def tell_span(asked: str, sentence: str) -> str:
    """Return a short sentence with the words that answer; empty if none stand out."""
    span = find_span(asked, sentence)
    if not span or len(span.split()) > SHORT_SPAN or len(sentence.split()) <= SHORT_SPAN:
        return ""
    if holder := find_holder(asked, sentence):
        return f"{holder}."
    noun = ASKS_NOUN.search(asked)
    return f"The {noun[1].strip()} is {span}." if noun else ""


WHEN = make_regex(r"\W*when (?:will|does|do|did|is|are|was) (?P<rest>[^?\n]{3,80})", re.I)
DATED = make_regex(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:jan|feb"
    r"|mar|apr|may|jun|jul|aug"
    r"|sep|oct|nov|dec)\w* \d{1,2}\b|\b\d{4}-\d\d-\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day\b|\btomorrow\b",
    re.I,
)


def find_dated_line(asked: str, text: str) -> str:
    """Return the labelled line with a date and the verb of a question when; empty without one."""
    match = WHEN.match(asked)
    if match is None or ":" not in text:
        return ""
    verbs = [word for word in match["rest"].lower().split() if word not in AUXILIARIES]
    if not verbs:
        return ""
    stem = re.compile(rf"\b{re.escape(verbs[-1][:STEM])}", re.I)
    lines = (line.strip(" -*") for line in text.splitlines() if ":" in line)
    return next((one for one in lines if DATED.search(one) and stem.search(one)), "")


ASKS_FAULT = make_regex(
    r"\b(?:cause[sd]?|causing|why|fail\w*|error|errors|wrong|crash\w*|outage|problem|broke\w*|issue"
    r"|root)\b",
    re.I,
)
FAULT = make_regex(r"\b(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC|EXCEPTION|ALERT|EMERG)\b")
LOG_LEVEL = make_regex(r"\b(?:INFO|DEBUG|WARN(?:ING)?|ERROR|FATAL|CRITICAL|NOTICE|TRACE)\b")


def find_fault_line(asked: str, text: str) -> str:
    """Return the first line of a log with an error, for a question about what went wrong."""
    if "\n" not in text or not ASKS_FAULT.search(asked):
        return ""
    lines = [line for line in text.splitlines() if LOG_LEVEL.search(line)]
    return next(filter(FAULT.search, lines), "") if len(lines) > 2 else ""


AUXILIARIES = frozenset("be is are was were do does did will the a an my our it".split())
STEM = 5


def answer_parts(sentences: list[str], asked: str, text: str, question: Question) -> str:
    """Return who sent a mail, or the answers to two questions in one; else an empty text."""
    sender = tell_sender(asked, text, question.language)
    if sender and question.is_terse and (name := find_sender(text)):
        return name
    parts = [one for one in TWO_QUESTIONS.split(asked, maxsplit=2) if len(one.split()) > 1]
    if len(parts) < 2 or (question.is_terse and not sender):
        return "" if question.is_terse else sender
    found = [sender] if sender else []
    for at, part in enumerate(parts):
        if sender and tell_sender(part, text, question.language):
            continue
        left = [one for one in sentences if one not in found]
        best = choose_sentence(left, part) if left else None
        if at and left and not (best and (answers_kind(best, part) or has_kind(best, part))):
            best = choose_sentence(left, f"{part} {ASKING.sub(' ', parts[0])}")
        if best and (
            at
            or answers_kind(best, part)
            or has_kind(best, part)
            or measure_coverage(best, text, part) >= ANSWERS
        ):
            found.append(best)
    return " ".join(end(strip_salutation(one)) for one in found) if len(found) > 1 else ""


def has_kind(sentence: str, asked: str) -> bool:
    """Return whether a sentence has what a question surely asks for, such as a wish."""
    kinds = [kind for kind in list_kinds(asked) if kind.is_certain or kind.weight >= SURE]
    return any(kind.has.search(sentence) for kind in kinds)


SURE = 2
ASKING = make_regex(r"\b(?:who|when|where|why|what|which|how(?: \w+)?)\b", re.I)
"""Words that tell which kind of value a question asks for."""
SPEAKER_LABEL = make_regex(
    r"^(?:user|human|customer|client|agent|assistant|caller|guest|student|teacher|patient|doctor"
    r"|support|interviewer|candidate|kunde|cliente|policy|policies|facts?|handbook|manual|document"
    r"|article|text|passage|faq|notes?|menu|data|info|information|context"
    r"|background|rules?|details?|kontext|contexto|contexte)\s?: ",
    re.I,
)
"""Who says a line of a conversation."""
VERBATIM = make_regex(
    r"\bquot(?:e|es|ing)\b[^.\n]{0,60}\b(?:verbatim|word for word|in quotation marks|in quotes"
    r"|exactly"
    r"|literally)\b|\b(?:verbatim|exact|direct|literal) quot(?:e|es|ation)\b|\bwörtlich\w* zit\w+",
    re.I,
)
"""A wish for the words of the text themselves."""


def wants_span(question: Question) -> bool:
    """Return whether the answer should be a few words, not the sentence in which they stand."""
    if SENTENCES.search(question.wish):
        return False
    wish = ONLY_CONTEXT.sub(" ", question.wish)
    if WANTS_SPAN.search(wish):
        return True
    return question.is_terse and ANSWER_ONLY.search(wish) is not None


ANSWER_ONLY = make_regex(
    r"\b(?:answer|reply|respond|return|give|output|tell)\b(?: me)?(?: with)?(?: (?:only|just"
    r"|the|a|an)\b)+(?: \w+){1,2}(?: only)?\s*(?:[.,;!\n]|\Z)",
    re.I,
)
"""A command such as "Answer with the place only."."""
WANTS_SPAN = make_regex(
    r"\b(?:short|brief|concise) (?:factoid|phrase|span|noun phrase)\b|\bfactoid answer"
    r"|\b(?:a few|between \d and \d{1,2}|at most (?:\d{1,2}|three|four|five|six)) words\b"
    r"|\b(?:one|single|1)[- ]word\b|\bas (?:short|brief|concise)(?:ly)? as (?:possible"
    r"|you can)\b|\b(?:short|brief) answers?"
    r"(?: only| please)?\s*(?:[.:!]|\Z)|\b(?:only|just|solely) (?:with )?(?:the |its |his |her )"
    r"(?:\w+ )?(?:answer|value|name|number|date|amount|price|year|place|city|colou?r|word|phrase"
    r"|span|fact|entity|time|person)\b|\b(?:answer|value|name|number|date|amount|year) only\b"
    r"|\b(?:give|tell|return|send|show)(?: me)? (?:a|the|one) (?:single )?(?:number|name|date"
    r"|year|word|figure|timestamp|price)\s*(?:[.!;]|\Z)|\b(?:the |only |just )?(?:timestamp|time"
    r"|page number) only\b"
    r"|\((?:the )?(?:number|answer|value|name|date|word)[^()\n]{0,24} only\)"
    r"|\bno (?:full|complete) sentences?\b|\bnot (?:in )?(?:a )?(?:full|complete) sentences?\b"
    r"|\b(?:in|with|using) (?:a few|one to three|1-3|one or two|as few|at most (?:\d|three|five)"
    r"|max(?:imum)?\.? (?:\d|three|five)|\d or fewer|no more than (?:\d|three|five)) words\b"
    r"|\b(?:exact|shortest) (?:phrase|span|words|text span|substring)\b|\bnothing else\b"
    r"|\b(?:using|with|as|return|give|copy) (?:an?|the) (?:\w+ )?span\b"
    r"|\bshort (?:phrase|span|factoid)\b|\bno explanations?\b|\bwithout (?:any )?explanation",
    re.I,
)
"""Words that ask for the answer alone, not for the sentence in which it stands."""
IF_MISSING = make_regex(
    r"\b(?:if|when|wenn|falls|si|se)\b[^.!?\n]{0,60}?(?:\b(?:not|no|missing|absent|unknown|nicht"
    r"|kein\w*|non"
    r"|pas|não)\b|n['’]t\b)[^.!?\n]{0,60}?,? (?:output|return|write|say|answer|reply|respond|use"
    r"|put|give)(?: with)?(?: only)? [\"'“`]?([\w/ -]{1,24})[\"'”`]?(?=[.,;\n]|\Z)",
    re.I,
)
EXTRACTS = make_regex(
    r"\b(?:extract|find|get|return|give|identify|what is|what's|pull out|copy)\b (?:me )?(?:the "
    r"|his |her |its )"
    r"([\w -]{3,40}?) (?:from|of|in|out of|mentioned|stated|given)\b",
    re.I,
)


def name_missing(question: Question) -> str:
    """Return the word for a value that the text lacks: "if not mentioned, output Unknown"."""
    if not question.material:
        return ""
    given, asked = IF_MISSING.search(question.wish), EXTRACTS.search(question.instruction)
    if given is None or asked is None:
        return ""
    covered = measure_coverage(question.material, question.material, asked[1])
    return given[1].strip() if covered < ENOUGH else ""


EITHER = make_regex(
    r"\b(?:do|does|did|is|are|was|were|want|wants|prefer|need)\b[^?\n]{0,80}?\b(?:an? "
    r"|the )?([a-z]{3,20})"
    r" or (?:an? |the )?(?!not\b|any|more|less)([a-z]{3,20})\s*\?+\s*\Z",
    re.I,
)
"""A question with two answers: "Is it a refund or a replacement?"."""
TWO_QUESTIONS = make_regex(
    r",? (?:and|und|et|y|e|и|та|en) (?=(?:in |at |on |by |until |from |since |for |to |with |bis "
    r"|ab |à |a |um |во )?(?:what|when|who|where|how"
    r"|which|why|was|wann|wer|wo|wie\b|warum|quand|qui|où|combien|quel\w*|pourquoi|cuándo|quién"
    r"|dónde|cuánt\w+|por qué|qué|cuál|quando|chi|dove|quant\w+|perché|quem|onde|o que|когда|кто"
    r"|где|сколько|что|почему|во сколько)\b)| and (?=(?:is|are|do|does|can|did|will) (?:there|it"
    r"|you|i|we|they|the|my|your)\b)|(?<=\?) (?:and )?(?=\S)",
    re.I,
)
ASKS_MANY = make_regex(
    r"\b(?:the (?:two|three|four)|both|all(?: the)?|which \w+s|what are|who are|list)\b", re.I
)


def list_best(sentences: list[str], asked: str, best: str) -> list[str]:
    """Return the sentences that answer about as well as the best one, at most four."""
    text = " ".join(sentences)
    most = measure_coverage(best, text, asked)
    good = [one for one in sentences if measure_coverage(one, text, asked) >= 0.8 * most]
    return good[:4] if best in good else [best]


GREETING = make_regex(
    r"(?:hi|hey|hello|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|hola|bonjour|ciao"
    r"|cheers|best|thanks|regards|kind regards|see you|sincerely|yours|lg|vg|gruß)\b"
    r"(?:[ ,]+(?:regards|wishes|all|team|everyone|there|again|soon|sir or madam|tomorrow|then"
    r"|[A-ZÀ-Þ][\w.]*)){0,3}[,!. ]*",
    re.I,
)
"""The beginning or the end of a letter, which answers nothing."""
RECORD_LINE = make_regex(
    r"(?:from|to|cc|title|url|link|id|source|date|author|page|published)[ ]?:", re.I
)
"""A line about a source, not of its text."""
AT_MOST = make_regex(
    r"\b(?:at most|no more than|max(?:imum)?\.?|up to|under|fewer than|less than|or (?:less|fewer)"
    r"|longer|more than|höchstens|maximal|máximo|au maximum|massimo|within)\b",
    re.I,
)


def add_sentences(first: str, sentence: str, text: str, question: Question) -> str:
    """Return an answer with more sentences of the text, as many as the prompt wants."""
    match = SENTENCES.search(question.wish)
    count = parse_count(match[1], 20) if match else 1
    near = question.wish[max(0, match.start() - 30) : match.end() + 24] if match else ""
    if count < 2 or AT_MOST.search(near):
        return first
    others = [
        one
        for one in split_sentences(text)
        if one != sentence and len(one.split()) > 3 and not RECORD_LINE.match(one)
    ]
    kept = [first, *(end(MARKER.sub("", one, count=1)) for one in others)][:count]
    writer = Writer(question)
    return " ".join([*kept, *(writer.write_sentence() for _ in range(count - len(kept)))])


def cite_source(sentence: str, text: str, question: Question) -> str:
    """Return a sentence with the mark of its source at its end, if the prompt wants sources."""
    match = SOURCE_MARK.match(sentence) or MARKER.match(sentence)
    rest = end(FILE_LABEL.sub("", sentence[match.end() :].strip() if match else sentence))
    if not wants_sources(question.wish):
        return add_sentences(rest, sentence, text, question)
    source = find_source(sentence, text) or find_source(sentence, question.system)
    rest = add_sentences(rest, sentence, text, question)
    if source is None:
        return f"{rest} {match[0].strip(' .:')}" if match else rest
    if tail := write_tail([source], question.wish):
        return f"{rest}{tail}"
    return f"{rest} {write_mark(source, question.wish)}"


FILE_LABEL = make_regex(r"^[\w./-]{1,60}\.[A-Za-z]{2,5}: (?=\S)")
"""The name of a file before its text."""
NAMED_FENCE = make_regex(r"^```[a-z+#]{1,12}\n", re.M)
"""The beginning of code, which has no sentences that answer."""
ANSWER_MARK = make_regex(r"^(?:a|answer|antwort|respuesta): +", re.I)


def find_text_and_question(question: Question) -> tuple[str, str]:
    """Return the text that the message or the system instruction gives, and the question."""
    if question.material:
        match = QUESTION.search(question.prompt[-3000:]) or find_speaker(question)
        asked = match[1] if match else question.instruction
        if ASKS.search(asked) or match:
            return question.material, find_last_question(asked)
        text, _, last = question.material.rstrip().rpartition("\n")
        return (text, last) if last.endswith("?") and len(text.split()) > MIN_WORDS else ("", "")
    if "\n" in question.prompt and (below := BELOW.match(question.prompt.strip()[:8000])):
        return below["text"], f"{below['asked']}?"
    is_foreign = question.written_language != "en"
    if is_foreign and (inline := INLINE.match(question.prompt.strip())):
        return inline[2], inline[1]
    prompt = question.prompt
    may_be_earlier = bool(question.earlier) and len(prompt) < SHORT_QUESTION
    may_be_system = bool(question.stated_system) and len(question.system) > LONG_SYSTEM
    if not (may_be_system or may_be_earlier) or not ("?" in prompt or ASKS.search(prompt)):
        return "", ""
    if may_be_system:
        return find_system_text(question.stated_system, prompt[:1000]), prompt[:1000]
    return find_earlier_text(question), prompt


BELOW = make_regex(
    r"(?P<asked>(?:when|where|who|what|which|how (?:much|many|long|often))\b[^\n?:.]{6,120})\n\s*\n"
    r"(?P<text>\S[\s\S]{60,})\Z",
    re.I,
)
"""A question without its mark in a separate line, and a text below it."""
INLINE = make_regex(r"([^?\n]{8,160}\?)\s+[^\W\d_]{3,14}:\s+(\S[^\n]{40,2000})\Z")
"""A question with a labelled text on the same line: "Welche Zutaten? Rezept: ..."."""
LONG_SYSTEM = 40
"""Characters above which a system instruction may give a text."""
SHORT_QUESTION = 200
"""Characters of a question about a text in an earlier message."""
MIN_WORDS = 18
ANSWERS = 0.3
"""The share of a question's words that a sentence of an earlier text has if it answers."""


def find_earlier_text(question: Question) -> str:
    """Return the longest text that the user gave before, if it may answer the question."""
    texts = [text for role, text in question.earlier if role == "user"]
    longest = max(texts, key=len, default="")
    if len(longest.split()) < MIN_WORDS or longest.strip().endswith("?"):
        return ""
    best = choose_sentence(split_sentences(longest), question.prompt)
    if best is None or measure_coverage(best, best, question.prompt) < ANSWERS:
        return ""
    return longest


LAST_SPEAKER = make_regex(
    r"(?:^|\n)[ *#]*(?:user|customer|human|guest|client|visitor|kunde|cliente|nutzer)\**\s?:\**\s*"
    r"([^\n]{3,400})\s*\Z",
    re.I,
)


def find_speaker(question: Question) -> re.Match[str] | None:
    """Return what the user says in the last line of a prompt without a conversation."""
    match = LAST_SPEAKER.search(question.prompt[-1500:])
    if match is None:
        return None
    label = match[0].strip(" *#\n").split(":")[0].strip()
    return match if question.prompt.count(f"{label}:") == 1 else None


def find_last_question(asked: str) -> str:
    """Return the last two sentences with a question mark, without the instructions around them."""
    found = [one for one in split_sentences(asked) if one.endswith(("?", "？", "؟"))]
    if found:
        return " ".join(found[-2:])
    told = ASKS_INDIRECTLY.search(asked)
    return asked[told.start() :] if told else asked


def find_system_text(system: str, asked: str) -> str:
    """Return the facts in a system instruction; empty if it has none about the question."""
    sources = list_sources(system)
    if len(sources) > 1 and len({one.mark for one in sources}) == len(sources):
        return system[sources[0].start :]
    found = CONTEXT.search(system) and (
        DOCUMENT_TAG.search(system) or KNOWLEDGE.search(system) or TITLED.search(system)
    )
    if found:
        several = DOCUMENT_TAG.findall(system)
        return "\n".join(several) if len(several) > 1 else found[1]
    if between := BETWEEN_RULES.search(system):
        return between[1]
    facts = list_facts(system)
    if find_labelled_line(asked, system):
        return system
    if find_extreme(asked, "\n".join(facts)):
        return "\n".join(facts)
    is_covered = any(is_answered(facts, one) for one in (asked, *AND_ASKS.split(asked)[:4]))
    if not is_covered and not (facts and REFUSALS.search(system)):
        return ""
    return "\n".join(facts)


AND_ASKS = make_regex(
    r",? and (?=(?:where|when|what|how|who|which|is|are|do|does|can|until|at) )"
    r"|(?<=[?]) (?=\S)|,? (?:und|y|et|e|en) (?=(?:wo|wann|was|wie|wer|dónde|cuándo|qué|cómo|où"
    r"|quand"
    r"|combien|dove|quando|quanto|onde|waar|wanneer)\b)",
    re.I,
)
"""Where a message goes on with another question."""


def is_answered(facts: list[str], asked: str) -> bool:
    """Return whether one of the facts has enough words of a question."""
    best = choose_sentence(facts, asked)
    return best is not None and measure_coverage(best, best, asked) >= ENOUGH
