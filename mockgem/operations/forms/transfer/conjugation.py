"""Forms of verbs in six languages, by rule and from the irregular forms of the dictionary.

A person is 0 for "I", 1 for "he", 2 for "we", 3 for "they" and 4 for the polite "you".
"""

from __future__ import annotations

from functools import cache

from mockgem.core.frozen import frozen


@frozen
class Verb:
    """A verb with its forms; a separable one has its first part in `prefix`."""

    infinitive: str
    participle: str
    present: tuple[str, ...]
    with_be: bool
    prefix: str
    flags: str
    preposition: str


ROMANCE = ("fr", "es", "it", "pt")


@cache
def read_verb(cell: str, code: str) -> Verb:
    """Return the verb of a cell of the dictionary."""
    text, _, preposition = cell.partition(" > ")
    infinitive, participle, forms, flags = [*text.split(","), "", "", ""][:4]
    prefix, _, core = infinitive.rpartition("|")
    with_be = participle.endswith("+")
    participle = participle.rstrip("+") or make_participle(core, code)
    present = make_present(core, forms, code)
    if code == "nl" and not prefix and infinitive.startswith(present[0].rpartition(" ")[2]):
        prefix = present[0].rpartition(" ")[2] if " " in present[0] else ""
        present = tuple(form.removesuffix(" " + prefix) for form in present) if prefix else present
        core = core.removeprefix(prefix)
    return Verb(prefix + core, participle, present, with_be, prefix, flags, preposition)


def make_participle(infinitive: str, code: str) -> str:
    stem, ending = infinitive[:-2], infinitive[-2:]
    match code:
        case "fr":
            return stem + {"er": "é", "ir": "i", "re": "u"}.get(ending, "u")
        case "es" | "pt":
            return stem + ("ado" if ending == "ar" else "ido")
        case "it":
            return infinitive[:-3] + {"a": "ato", "e": "uto", "i": "ito"}[infinitive[-3]]
        case "de":
            return f"ge{stem}t"
    return f"ge{stem}d"


def make_present(infinitive: str, forms: str, code: str) -> tuple[str, ...]:
    """Return the forms for the five persons."""
    given = forms.split("/") if forms else []
    makers = {
        "de": inflect_de,
        "nl": inflect_nl,
        "fr": inflect_fr,
        "it": inflect_it,
        "pt": inflect_pt,
    }
    return makers.get(code, inflect_iberian)(infinitive, given)


def inflect_de(infinitive: str, given: list[str]) -> tuple[str, ...]:
    if len(given) > 2:
        return (given[0], given[1], given[2], given[2], given[2])
    stem = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    third = (
        given[0]
        if given
        else stem + ("et" if stem.endswith(("t", "d", "gn", "chn", "ffn")) else "t")
    )
    return (stem + "e", third, infinitive, infinitive, infinitive)


def inflect_nl(infinitive: str, given: list[str]) -> tuple[str, ...]:
    if len(given) > 2:
        return (given[0], given[1], given[2], given[2], given[1])
    stem = given[0] if given else infinitive[:-2]
    third = stem if stem.endswith("t") else stem + "t"
    return (stem, third, infinitive, infinitive, third)


def inflect_fr(infinitive: str, given: list[str]) -> tuple[str, ...]:
    if len(given) > 4:
        return (given[0], given[1], given[2], given[4], given[3])
    stem = infinitive[:-2]
    if infinitive.endswith("er"):
        first = given[0] if given else stem + "e"
        soft = "e" if stem.endswith("g") else ""
        stem_we = stem[:-1] + "ç" if stem.endswith("c") else stem + soft
        return (first, first, stem_we + "ons", first + "nt", stem + "ez")
    if infinitive.endswith("ir"):
        return tuple(stem + end for end in ("is", "it", "issons", "issent", "issez"))
    return (stem + "s", stem, stem + "ons", stem + "ent", stem + "ez")


def inflect_iberian(infinitive: str, given: list[str]) -> tuple[str, ...]:
    stem, vowel = infinitive[:-2], infinitive[-2]
    third = given[-1] if given else stem + ("a" if vowel == "a" else "e")
    first = given[0] if len(given) > 1 else third[:-1] + "o"
    if len(given) > 3:
        return (given[0], given[1], given[2], given[3], given[1])
    many = third[:-1] + "em" if third.endswith("em") else third + "n"
    return (first, third, f"{stem}{vowel}mos", many, third)


def inflect_pt(infinitive: str, given: list[str]) -> tuple[str, ...]:
    first, third, several, many, you = inflect_iberian(infinitive, given)
    if len(given) < 4:
        many = third[:-1] + ("am" if infinitive[-2] == "a" else "em")
    return (first, third, several, many, you)


def inflect_it(infinitive: str, given: list[str]) -> tuple[str, ...]:
    if len(given) > 3:
        return (given[0], given[1], given[2], given[3], given[1])
    stem, vowel = infinitive[:-3], infinitive[-3]
    hard = "h" if vowel == "a" and stem.endswith(("c", "g")) else ""
    we = stem + hard + ("amo" if stem.endswith("i") else "iamo")
    third = stem + ("a" if vowel == "a" else "e")
    return (stem + "o", third, we, stem + ("ano" if vowel == "a" else "ono"), third)


PRETERITE = {
    "es": {"a": ("é", "ó", "amos", "aron"), "": ("í", "ió", "imos", "ieron")},
    "pt": {
        "a": ("ei", "ou", "amos", "aram"),
        "e": ("i", "eu", "emos", "eram"),
        "": ("i", "iu", "imos", "iram"),
    },
}
IRREGULAR_PAST = {
    "es": {
        "ser": "fui fue fuimos fueron",
        "ir": "fui fue fuimos fueron",
        "estar": "estuve estuvo estuvimos estuvieron",
        "tener": "tuve tuvo tuvimos tuvieron",
        "hacer": "hice hizo hicimos hicieron",
        "poder": "pude pudo pudimos pudieron",
        "decir": "dije dijo dijimos dijeron",
        "venir": "vine vino vinimos vinieron",
        "dar": "di dio dimos dieron",
        "ver": "vi vio vimos vieron",
        "poner": "puse puso pusimos pusieron",
        "traer": "traje trajo trajimos trajeron",
        "querer": "quise quiso quisimos quisieron",
        "saber": "supe supo supimos supieron",
        "leer": "leí leyó leímos leyeron",
        "pedir": "pedí pidió pedimos pidieron",
        "dormir": "dormí durmió dormimos durmieron",
        "preferir": "preferí prefirió preferimos prefirieron",
        "recibir": "recibí recibió recibimos recibieron",
        "creer": "creí creyó creímos creyeron",
    },
    "pt": {
        "ser": "fui foi fomos foram",
        "ir": "fui foi fomos foram",
        "estar": "estive esteve estivemos estiveram",
        "ter": "tive teve tivemos tiveram",
        "fazer": "fiz fez fizemos fizeram",
        "poder": "pude pôde pudemos puderam",
        "dizer": "disse disse dissemos disseram",
        "vir": "vim veio viemos vieram",
        "dar": "dei deu demos deram",
        "ver": "vi viu vimos viram",
        "pôr": "pus pôs pusemos puseram",
        "trazer": "trouxe trouxe trouxemos trouxeram",
        "querer": "quis quis quisemos quiseram",
        "saber": "soube soube soubemos souberam",
    },
}


def make_past(verb: Verb, person: int, code: str) -> str:
    """Return the simple past of Spanish and Portuguese."""
    infinitive = verb.infinitive
    at = 1 if person == 4 else person
    if known := IRREGULAR_PAST[code].get(infinitive):
        return known.split()[at]
    stem, vowel = infinitive[:-2], infinitive[-2]
    endings = PRETERITE[code].get(vowel) or PRETERITE[code][""]
    if at == 0 and vowel == "a":
        stem = harden(stem, infinitive)
    return stem + endings[at]


def harden(stem: str, infinitive: str) -> str:
    """Return the stem of a verb in -ar before an "e": "pagar" has "pagu"."""
    for end, other in (("gar", "gu"), ("car", "qu"), ("zar", "c"), ("çar", "c")):
        if infinitive.endswith(end):
            return stem[:-1] + other
    return stem


def make_polite(verb: Verb, code: str) -> str:
    """Return the polite imperative."""
    if " " in verb.infinitive and code not in ("de", "nl"):
        return make_polite_phrase(verb, code)
    infinitive, first = verb.infinitive, verb.present[0]
    match code:
        case "de":
            core = infinitive[len(verb.prefix) :]
            return f"{'seien' if core == 'sein' else core} Sie"
        case "nl":
            return verb.present[0]
        case "fr":
            return verb.present[4]
        case "it":
            if len(first) < 3:
                return {"ho": "abbia", "do": "dia", "so": "sappia"}.get(first, first)
            if infinitive.endswith("viare"):
                return first[:-1] + "i"
            stem = first.removesuffix("o")
            return stem.removesuffix("i") + "i" if infinitive.endswith("are") else stem + "a"
    stem = first.removesuffix("o")
    return IRREGULAR_POLITE.get(infinitive) or (
        harden(stem, infinitive) + "e" if infinitive[-2] == "a" else stem + "a"
    )


def make_polite_phrase(verb: Verb, code: str) -> str:
    """Return the polite imperative of "hacer clic"."""
    word, _, rest = verb.infinitive.partition(" ")
    present = tuple(form.partition(" ")[0] for form in verb.present)
    first = Verb(word, verb.participle, present, verb.with_be, "", verb.flags, verb.preposition)
    return f"{make_polite(first, code)} {rest}"


IRREGULAR_POLITE = {"ir": "vaya", "ser": "sea", "estar": "esté", "dar": "dé", "saber": "sepa"}
FUTURE_IT = {
    "essere": "sar", "avere": "avr", "andare": "andr", "potere": "potr", "dovere": "dovr",
    "fare": "far", "stare": "star", "dare": "dar", "venire": "verr", "volere": "vorr",
    "vedere": "vedr", "sapere": "sapr", "rimanere": "rimarr", "vivere": "vivr", "tenere": "terr",
}  # fmt: skip
FUTURE_ES = {
    "tener": "tendr", "poder": "podr", "hacer": "har", "decir": "dir", "venir": "vendr",
    "poner": "pondr", "salir": "saldr", "querer": "querr", "saber": "sabr", "haber": "habr",
}  # fmt: skip


def make_future(verb: Verb, person: int, code: str) -> str:
    """Return the future of Spanish and Italian."""
    infinitive, at = verb.infinitive, 1 if person == 4 else person
    if code == "es":
        return FUTURE_ES.get(infinitive, infinitive) + ("é", "á", "emos", "án")[at]
    stem = FUTURE_IT.get(infinitive) or make_future_stem(infinitive)
    return stem + ("ò", "à", "emo", "anno")[at]


def make_future_stem(infinitive: str) -> str:
    stem = infinitive[:-1]
    if not infinitive.endswith("are"):
        return stem
    core = infinitive[:-3]
    if core.endswith(("c", "g")):
        core += "h"
    elif core.endswith(("ci", "gi")):
        core = core[:-1]
    return core + "er"
