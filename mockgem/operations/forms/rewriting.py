"""Corrected and rewritten texts: the given sentences, tidied, and nothing about them."""

from __future__ import annotations

import re

from mockgem.operations.forms.concise_words import WANTS_CONCISE, make_concise
from mockgem.operations.forms.explained_corrections import (
    EXPLAINS,
    explain_changes,
    fix_plurals,
)
from mockgem.operations.forms.grammar import change_grammar
from mockgem.operations.forms.grammar_fixes import fix_grammar
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.letter_frames import split_frame
from mockgem.operations.forms.professional_clauses import write_professional
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.reply_decorations import put_emoji_in_each
from mockgem.operations.forms.sentence_ends import CJK, end
from mockgem.operations.forms.sources import fit_words, split_sentences
from mockgem.operations.forms.text_styles import (
    CASUAL,
    FORMAL,
    SPELLINGS,
    change_words,
    find_style,
)
from mockgem.operations.forms.told_messages import capitalise_days
from mockgem.operations.forms.tones import change_tone, find_tone, introduce
from mockgem.operations.forms.writing import Writer, follows_language

REWRITES = make_regex(
    r"\b(?:(?:should|must|needs? to|has to) be (?:\w+ and )?(?:rewritten|corrected|rephrased"
    r"|changed|improved|simplified|checked for [^.\n]{0,40}errors)|fix|correct|proofread|rewrite"
    r"|rephrase|paraphrase|reword|polish|improve|edit|simplify|spell-?check|(?:remove|delete"
    r"|cut)\b[^.\n]{0,20}\bfillers?|make (?:this|the) (?:sentence|text) active"
    r"|give (?:the following|this|the)[^.\n]{0,40}\b(?:form|voice|tone)|make (?:the|this|it|that"
    r"|these)[^.\n]{0,30}\b(?:neutral|inclusive|enthusiastic|persuasive|exciting|clearer|concise"
    r"|less wordy|simpler|funnier|positive|engaging)|expand|write out|(?:convert|change|put|turn"
    r"|transform)\b[^.\n]{0,60}\b(?:tense|voice|person|form|style|speech|tone|(?:polite|friendly"
    r"|formal) (?:request|question|message))|less (?:aggressive|formal|angry|rude|harsh|direct)"
    r"|more (?:formal|casual|polite|professional|friendly|assertive|diplomatic|respectful"
    r"|confident)(?:ly)?|friendlier|politer|nicer|softer|warmer|(?:polite|formal|friendly|casual"
    r"|professional|assertive) version|korrigiere|simplifie|simplifiez|vereinfache|simplifica"
    r"|simplifique|semplifica|überarbeite|formulier|verbessere|umformulieren|formuliere|corrige"
    r"|reescribe|reformule|réécris|correggi|riscrivi|corrija|reescreva|verbeter|herschrijf|popraw"
    r"|düzelt|perbaiki)\b",
    re.I,
)
IS_PROGRAM = make_regex(r"[{};]\s*$|^\s*(?:def|class|import|function|const|let|var|SELECT)\b", re.M)
CORRECTOR = make_regex(
    r"\b(?:proof ?reader|spell ?checker|corrector|grammar checker|editor|corrected text"
    r"|rewrite (?:the|every|each|all))\b"
    r"|Rewrite the text\.",
    re.I,
)
"""What a system instruction says that wants each message back, rewritten."""
CONTRACTIONS = {
    make_regex(rf"\b({word})nt\b", re.I): r"\1n't"
    for word in "do does did is was could would have has had should are were".split()
}


@form(
    "rewritten text",
    "Fix the grammar: she dont like apples",
    words="shorten tighten trim rewritten corrected rephrased changed improved"
    " fix correct proofread rewrite rephrase paraphrase reword polish improve edit simplify"
    " make give remove delete cut spell spell-check spellcheck expand write convert change put"
    " turn transform less more politer formal formally casual"
    " casually polite politely professional friendly friendlier korrigiere"
    " simplifie simplifiez vereinfache simplifica simplifique semplifica überarbeite formulier"
    " verbessere umformulieren formuliere corrige reescribe reformule réécris correggi riscrivi"
    " corrija reescreva verbeter herschrijf popraw düzelt perbaiki",
    about="the sentences of the given text with capitals, full stops and single spaces",
)
def rewrite_text(question: Question) -> str | None:
    text = question.material
    if not text and REWRITES.search(question.system) and not REWRITES.search(question.prompt):
        text = question.prompt[:8000] if CORRECTOR.search(question.system) else ""
    is_shortened = SHORTENS.match(question.instruction) and len(split_sentences(text)) == 1
    if not text or not (REWRITES.search(question.wish) or is_shortened) or IS_PROGRAM.search(text):
        return None
    if VERSE.search(question.instruction) or follows_language(question):
        return None
    if WRITES_LETTER.match(question.instruction):
        return None
    limit = find_length(question)
    if limit is not None and limit[1] == "word" and limit[2]:
        return fit_words(rewrite(text, question), limit[0])
    if limit is not None and limit[1] == "sentence":
        return " ".join(map(end, split_sentences(rewrite(text, question))[: limit[0]]))
    if limit is not None:
        return None
    wish = question.system if text == question.prompt[:8000] else question.wish
    if CORRECTS.search(wish) and EXPLAINS.search(wish):
        return explain_correction(text, question)
    is_same = question.requested_language == detect(text)
    if question.requested_language not in ("", question.written_language) and not is_same:
        return Writer(question).write_paragraph(len(split_sentences(text)[:50]))
    written = rewrite(text, question) or None
    return (
        put_emoji_in_each("sentence", written) if written and ADDS_EMOJI.search(wish) else written
    )


WRITES_LETTER = make_regex(
    r"\W*(?:bitte )?formulier\w*(?: (?:mir|bitte))* (?:eine?n? )?(?:[a-zäöüß]+ ){0,2}(?:e-?mail"
    r"|brief|nachricht"
    r"|schreiben|anfrage|absage|einladung)\b",
    re.I,
)
"""A letter to write, whose facts follow a colon: "Formuliere eine E-Mail an …: …"."""
ADDS_EMOJI = make_regex(r"(?<!no )(?<!without )(?<!any )\bemojis?\b", re.I)


EXPANDS = make_regex(
    r"\bmore (?:informative|detailed|comprehensive)\b|\bexpand (?:on )?(?:the|this"
    r"|my) (?:text|article|paragraph|story|draft|essay)\b"
    r"|\badd (?:more )?details?\b|\bmake (?:it|this) longer\b",
    re.I,
)
SHORTENS = make_regex(
    r"\W*(?:please )?(?:shorten|tighten|trim) (?:this|the|my) (?:\w+ )?sentence", re.I
)
CORRECTS = make_regex(r"\b(?:fix|correct|proofread|corrige[rz]?|corrija|grammar|mistakes?)\b", re.I)


def explain_correction(text: str, question: Question) -> str:
    """Return a corrected text with its changes, in the language of the text if it is wanted."""
    code = detect(text)
    if code == "en":
        fixed = tidy(fix_grammar(change_words(tidy(text), SPELLINGS)))
    else:
        fixed = fix_plurals(tidy(text), code)
    wanted = question.requested_language or question.written_language
    return explain_changes(text, fixed, code if wanted == code else "en")


def rewrite(text: str, question: Question) -> str:
    """Return a text in the style that the prompt wants, with capitals and full stops."""
    is_english = question.written_language == "en"
    is_formal = is_english and find_tone(question.wish) == "formal"
    if is_formal and (frame := split_frame(text)):
        greeting, body, closing = frame
        return f"{greeting}\n\n{rewrite(body, question)}\n\n{closing}"
    tidied = "\n\n".join(map(tidy, filter(str.strip, text.split("\n\n"))))
    if not is_english:
        return fix_plurals(tidied, question.written_language)
    style, tone = find_style(question.wish), find_tone(question.wish)
    if is_formal and (said := write_professional(text)):
        return said
    if tone and (said := change_tone(calm(tidied, question), tone)):
        return change_words(said, TONE_WORDS[tone])
    if not tone and WANTS_CONCISE.search(question.wish):
        return make_concise(tidied)
    if FILLERS_WISH.search(question.wish):
        return tidy(FILLERS.sub("", tidied))
    if other := change_grammar(tidied, question.wish):
        return other
    words = change_words(calm(tidied, question), style)
    fixed = fix_grammar(words) if style is SPELLINGS else words
    changed = "\n\n".join(map(tidy, fixed.split("\n\n")))
    if EXCITED.search(question.wish):
        return f"Great news: {changed[:1].lower()}{changed[1:]}".replace(".", "!")
    if REPHRASES.search(question.wish) and changed == tidied and tidied:
        return f"In other words: {tidied}"
    if EXPANDS.search(question.wish):
        return f"{changed} {' '.join(Writer(question).write_sentences(2, about=False))}"
    return introduce(changed, tone) if changed == tidied else changed


TONE_WORDS = {"formal": FORMAL, "polite": {"don't": "do not"}, "friendly": {}, "casual": CASUAL}
TONE_WORDS |= {"assertive": {}, "empathetic": {}}
"""The words that change besides the request, by tone."""
FILLERS_WISH = make_regex(r"\bfiller(?: words?)?s?\b|\bfüllwörter\b|\bmuletillas\b", re.I)
FILLERS = make_regex(
    r"(?:,? ?\b(?:um+|uh+|er+|like(?=,)|you know|basically|actually|literally|honestly|kind of"
    r"|sort of|just|i mean)\b,?)|(?<=\A)so,? ",
    re.I,
)
VERSE = make_regex(
    r"\b(?:hashtags?|haiku|poem|verses?|rhymes?|limerick|\w+[- ]lines?|lines)\b",
    re.I,
)
REPHRASES = make_regex(
    r"\b(?:rephrase|paraphrase|reword|in other words|in your own words|differently|another way)\b",
    re.I,
)
EXCITED = make_regex(r"\b(?:enthusiastic\w*|excit\w+|energetic|upbeat|cheerful|persuasive)\b", re.I)
CALMER = make_regex(
    r"\b(?:less (?:aggressive|angry|rude|harsh|direct|blunt)|more (?:polite|diplomatic|respectful"
    r"|friendly|tactful|professional|formal)(?:ly)?|politer|nicer|friendlier|kinder|calmer|softer"
    r"|formal\w*|professional\w*|polite\w*|diplomatic\w*)\b",
    re.I,
)


def calm(text: str, question: Question) -> str:
    """Return a text without shouting, if the prompt wants a kinder tone."""
    if not CALMER.search(question.wish):
        return text
    text = re.sub(r"!+", ".", text)
    text = THREAT.sub(r". Otherwise \1 would unfortunately have to \2", capitalise_days(text))
    return re.sub(r"(?<![\w-])[A-Z]{3,}\b(?![\d-])", lambda match: match[0].lower(), text)


THREAT = make_regex(
    r",? or (?:else )?(we|i)(?:['’]ll| will| are going to| am going to)? ((?!don|can"
    r"|do not)[a-z]{3,12} [^.!?\n]{3,80})",
    re.I,
)
"""What happens if a demand is not met: "pay up or we stop working for you"."""


LETTER_LINE = make_regex(
    r"\A\s*(?:(?:subject|re|betreff)\b[^\n]*|[^\n.!?]{1,60},|(?-i:[A-Z])[\w.]+(?:"
    r" (?-i:[A-Z])[\w.]+)?)\s*\Z",
    re.I,
)
"""A line of a letter that is not a sentence: its subject, its greeting, its name."""


def tidy(paragraph: str) -> str:
    """Return a paragraph with a capital and a full stop for each sentence."""
    if "\n" in paragraph.strip() or LETTER_LINE.match(paragraph):
        lines = paragraph.strip().split("\n")
        return "\n".join(one if LETTER_LINE.match(one) else tidy(one) for one in lines if one)
    for pattern, spelling in CONTRACTIONS.items():
        paragraph = pattern.sub(spelling, paragraph)
    sentences = [" ".join(one.split()) for one in split_sentences(paragraph)]
    space = "" if CJK.search(paragraph) else " "
    return space.join(end(one[:1].upper() + one[1:]) for one in sentences)
