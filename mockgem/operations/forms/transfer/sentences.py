"""Write a sentence in German, French, Spanish, Italian, Portuguese or Dutch from its parts."""

from __future__ import annotations

from functools import lru_cache

from mockgem.operations.forms.transfer.clause_parts import join, write_part
from mockgem.operations.forms.transfer.germanic import write_germanic
from mockgem.operations.forms.transfer.lexicon import LANGUAGES
from mockgem.operations.forms.transfer.nouns import GERMANIC, find_gender
from mockgem.operations.forms.transfer.parts import Clause, Noun, Part
from mockgem.operations.forms.transfer.reading import read_sentence
from mockgem.operations.forms.transfer.requests import write_request
from mockgem.operations.forms.transfer.romance import write_romance
from mockgem.operations.forms.transfer.spelling import fix_spelling
from mockgem.operations.forms.transfer.word_by_word import mark_plurals, write_glossed

MAX_TEXT = 400
MAX_RAW = 3


@lru_cache(maxsize=256)
def translate_grammar(text: str, target: str) -> str:
    """Return an English sentence in another language; empty for one that is not understood."""
    if target not in LANGUAGES or len(text) > MAX_TEXT:
        return ""
    body = text.strip().rstrip(".!? ")
    mark = text.strip()[len(body) :].strip()
    clause = read_sentence(body)
    first, comma, rest = body.partition(", ")
    if clause is None and comma and (told := translate_grammar(rest, target)):
        return f"{write_glossed(first, target)}, {lower_first(told, target)}{mark}"
    if clause is None or counts_poorly(clause):
        return write_glossed(body, target) + mark
    mark_plurals(clause, target)
    write_relatives(clause, target)
    said = fix_spelling(write_clauses(clause, target), target)
    said = said[:1].upper() + said[1:]
    if target == "es" and mark[-1:] in ("?", "!") and mark:
        said = f"{'¿' if mark[-1] == '?' else '¡'}{said}"
    return said + (f" {mark}" if target == "fr" and mark[:1] in ("?", "!") and mark else mark)


def lower_first(text: str, code: str) -> str:
    """Return a sentence that goes on after a comma; German keeps "Sie" and "Ihr"."""
    is_polite = code == "de" and text.startswith(("Sie ", "Ihr", "Ihnen"))
    return text if is_polite else text[:1].lower() + text[1:]


def counts_poorly(clause: Clause) -> bool:
    """Return whether too many words of a sentence have no place in it."""
    one: Clause | None = clause
    raw = 0
    while one is not None:
        raw += sum(part.kind == "raw" for part in one.parts)
        one = one.next
    return raw > MAX_RAW


def write_relatives(clause: Clause, code: str) -> None:
    """Write the relative clauses of the subjects, which then stand as they are."""
    one: Clause | None = clause
    while one is not None:
        for part in one.subject.places if one.subject else []:
            if part.kind == "relative" and one.subject is not None:
                part.written = write_relative(part, one.subject, code)
        one = one.next


def write_relative(part: Part, noun: Noun, code: str) -> str:
    """Return a relative clause after its noun."""
    clause = part.clause
    if clause is None:
        return ""
    is_subject = clause.subject is not None and clause.subject.pronoun == "same"
    many, gender = noun.is_plural, find_gender(noun, code)
    if code == "de":
        word = "die" if many else {"f": "die", "n": "das"}.get(
            gender, "der" if is_subject else "den")  # fmt: skip
    elif code == "nl":
        word = "dat" if gender == "n" and not many else "die"
    else:
        word = {"fr": "qui" if is_subject else "que", "it": "che"}.get(code, "que")
    text = write_clause(clause, code, is_last=True, is_inverted=False)
    return f", {word} {text}," if code == "de" else f"{word} {text}"


def write_clauses(clause: Clause, code: str) -> str:
    """Return a clause with those that follow it."""
    texts: list[str] = []
    one: Clause | None = clause
    after_subordinate = False
    earlier: Clause | None = None
    while one is not None:
        link, is_last = write_link(one, earlier, code)
        is_first_subordinate = one.link is not None and is_last and not texts
        text = write_clause(one, code, is_last=is_last, is_inverted=after_subordinate)
        if texts:
            needs_comma = one.comma or (code == "de" and (is_last or not link))
            texts.append(("," if needs_comma else "") + " ")
        opening = one.opening.say(code) if one.opening else ""
        if opening and (one.verb or one.subject):
            opening += ","
        texts.append(join([opening, link, text]))
        after_subordinate = is_first_subordinate
        earlier, one = one, one.next
    return "".join(texts)


def write_link(clause: Clause, earlier: Clause | None, code: str) -> tuple[str, bool]:
    """Return the word that joins a clause, and whether the verb stands at the end of it."""
    if clause.link is None:
        return "", False
    cell = clause.link.say(code)
    subject = clause.subject
    if "~" in cell and subject is not None and subject.pronoun == "same":
        forms = cell.rstrip("-").split("~")
        noun = subject.others[0]
        at = 2 if noun.is_many else {"m": 0, "c": 0, "f": 1, "n": 2}[find_gender(noun, code)]
        if code == "de" and not noun.is_many and at == 2:
            return "das", True
        if code == "de" and noun.is_many:
            return "die", True
        return forms[min(at, len(forms) - 1)], cell.endswith("-")
    if clause.link.kind == "ask":
        return ("ce que" if cell == "que" and code == "fr" else cell), True
    return cell.split("~")[0].rstrip("-"), cell.endswith("-")


def write_clause(clause: Clause, code: str, *, is_last: bool, is_inverted: bool) -> str:
    if clause.subject is None and clause.verb is None and not clause.is_request:
        return join([write_part(part, clause, code) for part in clause.parts])
    if clause.is_request:
        return write_request(clause, code)
    if code in GERMANIC:
        return write_germanic(clause, code, is_last=is_last, is_inverted=is_inverted)
    return write_romance(clause, code)
