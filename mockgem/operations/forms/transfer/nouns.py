"""Write the nouns of a sentence with articles and adjectives that agree."""

from __future__ import annotations

from mockgem.operations.forms.transfer.lexicon import LANGUAGES, load_index
from mockgem.operations.forms.transfer.parts import Noun
from mockgem.operations.forms.transfer.words import (
    ARTICLES,
    DATIVES,
    DE_DEFINITE,
    DE_ENDINGS,
    DE_WORDS,
    OBJECTS,
    OTHER_PRONOUNS,
    PERSONS,
    POSSESSIVE_FORMS,
    POSSESSIVES,
    SAME_PERSON,
    STRESSED,
    SUBJECTS,
)

GERMANIC = ("de", "nl")
OF = {"de": "von", "fr": "de", "es": "de", "it": "di", "pt": "de", "nl": "van"}
AND = {"de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en"}
OR = {"de": "oder", "fr": "ou", "es": "o", "it": "o", "pt": "ou", "nl": "of"}


def find_gender(noun: Noun, code: str) -> str:
    """Return the gender of a noun: m, f, n or c."""
    if noun.pronoun in ("she", "her"):
        return "f"
    if noun.entry is None:
        return {"nl": "c"}.get(code, "m")
    return noun.entry.say(code)[0]


def write_noun(noun: Noun, code: str, case: str = "nom") -> str:
    """Return a noun with all that belongs to it; a pronoun in its stressed form."""
    if noun.pronoun:
        return write_pronoun(noun.pronoun, code, case)
    texts = [write_one_noun(noun, code, case)]
    texts += [write_one_noun(one, code, case) for one in noun.others]
    link = (OR if noun.link == "or" else AND)[code]
    if len(texts) == 1:
        return texts[0]
    return f"{', '.join(texts[:-1])} {link} {texts[-1]}"


def write_pronoun(word: str, code: str, case: str) -> str:
    word = SAME_PERSON.get(word, word) if word not in OTHER_PRONOUNS else word
    if word in PERSONS or word == "her":
        at = PERSONS.index("she" if word == "her" else word)
        table = SUBJECTS if case == "nom" else STRESSED
        table = DATIVES if code == "de" and case == "dat" else table
        return table[code].split()[at].replace("_", "")
    known = OTHER_PRONOUNS[word].split()[LANGUAGES.index(code)]
    return known.replace("|", " ").replace("_", "")


def write_clitic(word: str, code: str, *, is_dative: bool) -> str:
    """Return a pronoun that stands as an object; empty for a word that is none."""
    word = "she" if word == "her" else SAME_PERSON.get(word, word)
    if word not in PERSONS:
        return ""
    return (DATIVES if is_dative else OBJECTS)[code].split()[PERSONS.index(word)]


def write_one_noun(noun: Noun, code: str, case: str) -> str:
    if noun.pronoun:
        return write_pronoun(noun.pronoun, code, case)
    if noun.entry is None and noun.number and not noun.written:
        return write_number(noun, code)
    gender = find_gender(noun, code)
    head = write_head(noun, code, case)
    adjectives = [
        write_adjective(one.say(code), gender, noun, code, case) for one in noun.adjectives
    ]
    before = [text for text, one in zip(adjectives, noun.adjectives, strict=True)
              if code in GERMANIC or one.say(code)[0] == "^"]  # fmt: skip
    after = [text for text in adjectives if text not in before]
    while before and before[-1].endswith("-"):
        first = before.pop().rstrip("-")
        head = first + (head.lower() if noun.entry else f"-{head}")
    core = " ".join(filter(None, [write_number(noun, code), *before, head, *after]))
    text = f"{write_article(noun, gender, core, code, case)} {core}".strip()
    if noun.of is not None:
        is_measure = code in GERMANIC and noun.of.entry and not noun.of.article
        of = "" if is_measure else f" {OF[code]}"
        text += f"{of} {write_one_noun(noun.of, code, 'nom' if is_measure else 'dat')}"
    return text


def write_number(noun: Noun, code: str) -> str:
    """Return a number; "one" is the article."""
    if not noun.number:
        return ""
    known = [e for e, _ in load_index().get(noun.number, []) if e.kind == "number"]
    return known[0].say(code) if known else noun.number


def write_head(noun: Noun, code: str, case: str) -> str:
    """Return the noun itself, in a compound with those before it."""
    head = inflect_noun(noun, code, case)
    for first in reversed(noun.before):
        other = inflect_noun(first, code, "nom")
        if code not in GERMANIC:
            head = f"{head} {OF[code] if first.entry else ''} {other}".replace("  ", " ")
        elif first.entry is None or noun.entry is None:
            head = f"{other}-{head}"
        else:
            head = other + head.lower() if code == "de" else other + head
    return head


def inflect_noun(noun: Noun, code: str, case: str) -> str:
    if noun.entry is None:
        return noun.written
    gender, text = noun.entry.say(code).split(" ", 1)
    single, comma, plural = text.partition(",")
    if not noun.is_many:
        is_weak = code == "de" and gender == "m" and case != "nom"
        return single + "n" if is_weak and single[-1] == "e" and single[-2] != "e" else single
    if plural == "=":
        return single
    if comma:
        whole = plural[:1].isupper() or len(plural) > 4 or code not in GERMANIC
        many = plural if whole and plural else single + plural
    else:
        many = single if code in GERMANIC else pluralise(single, gender, code)
    is_weak = code == "de" and case == "dat" and many[-1] not in "ns"
    return many + "n" if is_weak else many


def pluralise(word: str, gender: str, code: str) -> str:
    """Return the plural of the first word of a noun or an adjective, by rule."""
    first, space, rest = word.partition(" ")
    return RULES[code](first, gender) + space + rest


def pluralise_fr(word: str, gender: str) -> str:
    if word[-1] in "sxz":
        return word
    if word.endswith("al"):
        return word[:-1] + "ux"
    return word + ("x" if word.endswith(("au", "eu")) else "s")


def pluralise_es(word: str, gender: str) -> str:
    if word.endswith("ión"):
        return word[:-2] + "ones"
    if word[-1] in "aeiouáéó":
        return word + "s"
    return word[:-1] + "ces" if word[-1] == "z" else word + "es"


def pluralise_it(word: str, gender: str) -> str:
    end = word[-1]
    if end == "a" and gender == "f":
        hard = "h" if word[-2] in "cg" else ""
        return word[:-1] + hard + "e"
    if end in "oea":
        hard = "h" if word[-2] in "g" and end == "o" else ""
        stem = word[:-1] + hard
        return stem if stem.endswith("i") else stem + "i"
    return word


def pluralise_pt(word: str, gender: str) -> str:
    for end, many in (("ão", "ões"), ("m", "ns"), ("al", "ais"), ("el", "éis"), ("il", "is")):
        if word.endswith(end):
            return word[: -len(end)] + many
    if word[-1] == "s":
        return word
    return word + ("es" if word[-1] in "rz" else "s")


RULES = {"fr": pluralise_fr, "es": pluralise_es, "it": pluralise_it, "pt": pluralise_pt}


def write_adjective(cell: str, gender: str, noun: Noun | None, code: str, case: str = "") -> str:
    """Return an adjective in the form that a noun wants; as a predicate without a case."""
    cell = cell.lstrip("^*")
    base, _, other = cell.partition("~")
    is_many = noun is not None and (noun.is_many if case else noun.is_plural)
    if base.endswith("-"):
        return base if case else base.rstrip("-")
    if code == "de":
        base = other if case and other else base
        return base.removesuffix("e") + end_german(noun, gender, case) if case and noun else base
    if code == "nl":
        bare = noun is None or not case or (
            gender == "n" and not is_many and noun.article in ("a", "no", ""))  # fmt: skip
        return base if bare else other or inflect_dutch(base)
    return agree(base, other, gender, is_many=is_many, code=code)


def agree(base: str, other: str, gender: str, *, is_many: bool, code: str) -> str:
    """Return an adjective or a participle of a Romance language with its gender and number."""
    text = base
    if gender == "f":
        text = other or make_feminine(base, code)
    return pluralise(text, gender, code) if is_many else text


def make_feminine(base: str, code: str) -> str:
    if code == "fr":
        if base.endswith("eux"):
            return base[:-1] + "se"
        return base if base[-1] == "e" else base + "e"
    return base[:-1] + "a" if base[-1] == "o" else base


def inflect_dutch(base: str) -> str:
    if base[-1] == "e":
        return base
    long = len(base) > 3 and base[-2] == base[-3] and base[-2] in "aeou" and base[-1] != "i"
    if long:
        return base[:-2] + base[-1].replace("f", "v").replace("s", "z") + "e"
    short = (
        len(base) < 5 and base[-1] in "tklmnp" and base[-2] in "aeiou" and base[-3] not in "aeiou"
    )
    return base + base[-1] + "e" if short else base + "e"


def end_german(noun: Noun, gender: str, case: str) -> str:
    """Return the ending of a German adjective before its noun."""
    at = 3 if noun.is_many else "mfn".index(gender)
    if noun.article in ("a", "no") or noun.article in POSSESSIVES:
        if at == 3:
            return "en"
        mixed = {"nom": "er e es", "acc": "en e es", "dat": "en en en"}
        return mixed[case].split()[at]
    if noun.article in ("the", "this", "that", "every", "all"):
        weak = {"nom": "e e e en", "acc": "en e e en", "dat": "en en en en"}
        return weak[case].split()[at]
    return DE_ENDINGS[case].split()[at]


def write_article(noun: Noun, gender: str, core: str, code: str, case: str) -> str:
    """Return the article of a noun or the word in its place."""
    word = noun.article
    if not word:
        return ""
    match code:
        case "de":
            return write_german_article(noun, gender, case)
        case "nl":
            return write_dutch_article(noun, gender)
    at = (2 if noun.is_many else 0) + (gender == "f")
    if word in POSSESSIVES:
        return write_possessive(word, at, core, code)
    text = ARTICLES[code][word].split()[at].replace("|", " ").replace("_", "")
    if code == "it":
        return fit_italian(text, core)
    if code == "fr" and text == "ce" and core[:1] in "aeiouhé":
        return "cet"
    return text


def write_possessive(word: str, at: int, core: str, code: str) -> str:
    own = POSSESSIVES[word].split()[LANGUAGES.index(code)]
    text = POSSESSIVE_FORMS[own].split()[at]
    if code == "fr" and text in ("ma", "sa") and core[:1].lower() in "aeiouhéêà":
        return text[0] + "on"
    if code in ("it", "pt"):
        article = ARTICLES[code]["the"].split()[at]
        kin = core.split()[0] in KIN and word != "their" and at < 2
        return text if kin else f"{article} {text}"
    return text


KIN = frozenset(
    "madre padre fratello sorella figlio figlia marito moglie nonno nonna zio zia mãe pai".split()
)


def fit_italian(text: str, core: str) -> str:
    """Return an article as the next word wants it: il, lo or l'."""
    start = core[:2].lower()
    is_hard = start[:1] == "z" or start in ("gn", "ps") or (
        start[:1] == "s" and start[1:] not in tuple("aeiou"))  # fmt: skip
    if start[:1] in tuple("aeiouhè"):
        return {"il": "l'", "la": "l'", "i": "gli", "una": "un'", "quel": "quell'",
                "quella": "quell'", "quei": "quegli", "del": "dell'"}.get(text, text)  # fmt: skip
    if is_hard:
        return {"il": "lo", "i": "gli", "un": "uno", "quel": "quello", "quei": "quegli"}.get(
            text, text
        )
    return text


def write_german_article(noun: Noun, gender: str, case: str) -> str:
    at = 3 if noun.is_many else "mfn".index(gender)
    word = noun.article
    if word == "the":
        return DE_DEFINITE[case].split()[at]
    if word == "some" and at != 3:
        return ""
    if word in DE_WORDS:
        return DE_WORDS[word] + DE_ENDINGS[case].split()[at]
    stem = {"a": "ein", "no": "kein", "another": "ein"}.get(word) or (
        POSSESSIVES[word].split()[LANGUAGES.index("de")])  # fmt: skip
    if at == 3 and word == "a":
        return ""
    bare = (case == "nom" and at in (0, 2)) or (case == "acc" and at == 2)
    article = stem if bare else stem + DE_ENDINGS[case].split()[at]
    if word == "another":
        return f"{article} {'anderer' if bare and at == 0 else 'andere' + 'n' * (at != 1)}"
    return article


def write_dutch_article(noun: Noun, gender: str) -> str:
    word, is_neuter = noun.article, gender == "n" and not noun.is_many
    if word in POSSESSIVES:
        own = POSSESSIVES[word].split()[LANGUAGES.index("nl")]
        return "onze" if own == "ons" and not is_neuter else own
    return {
        "the": "het" if is_neuter else "de", "a": "" if noun.is_many else "een",
        "this": "dit" if is_neuter else "deze", "that": "dat" if is_neuter else "die",
        "no": "geen", "some": "wat" if not noun.is_many else "enkele", "all": "alle",
        "every": "elk" if is_neuter else "elke", "many": "veel", "several": "verschillende",
        "another": "een ander" if is_neuter else "een andere",
    }[word]  # fmt: skip
