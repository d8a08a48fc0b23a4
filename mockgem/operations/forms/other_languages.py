"""Languages that mockgem can name but not write, by their common words and letters."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

WORDS = {
    (
        "Danish",
        "da",
    ): "hvor hvad ikke jeg det er og til på med af ligger har kan du vi skal den en et meget"
    " koster billet hvordan noget ud dansk klokken mig mit min for om at der som fra hvorfor"
    " hvornår"
    " hvem hvilken giv skriv forskellen mellem gode bedste",
    (
        "Norwegian",
        "no",
    ): "hvor hva ikke jeg det er og til på med av har kan du vi skal jenta gutten mye koster"
    " billett hvordan klokka norsk noe ut meg mitt min for om at som fra hvorfor når hvem hvilken"
    " gi"
    " skriv forskjellen mellom gode beste hjelpe",
    (
        "Swedish",
        "sv",
    ): "var vad inte jag det är och till på med av har kan du vi ska den ett ligger mig min mitt"
    " för att om som från hur varför när vem vilken ge skriv tre tips bästa mellan skillnaden en"
    " kort"
    " dikt hösten hemma spara behöver vill jag",
    (
        "Finnish",
        "fi",
    ): "missä mikä ei minä on ja se olen kanssa voi sinä me tämä hyvää kiitos päivää miten paljonko"
    " milloin voinko haluan mitä saan uuteen uusi kotiin kuinka miksi kuka anna kirjoita kerro"
    " minulle"
    " kolme vinkkiä paras hyvä kissan koiran suomessa pitää tulee olisi",
    ("Czech", "cs"): "kde co ne já je a na se s že jsem má dobrý den prosím děkuji není jak kolik"
    " kdy stojí proč který která mohu můžete chci mám potřebuji do za",
    ("Hungarian", "hu"): "hol mi nem én van és a az egy hogy kérem köszönöm jó napot mennyi"
    " hogyan mennyibe mikor kell lehet szeretnék kerül miért",
    (
        "Romanian",
        "ro",
    ): "unde ce nu eu este și la cu de că sunt are bună ziua mulțumesc cum cât costă când"
    " vreau pot trebuie o un mi despre pentru din care îmi povestește scrie spune scurtă glumă sau"
    " ale cea cel mai",
    ("Catalan", "ca"): "on què no jo és i a amb de que sóc té bon dia gràcies com els la",
    ("Swahili", "sw"): "wapi nini si mimi ni na kwa ya habari asante sana jina langu",
}
SCRIPTS = (
    (("Greek", "el"), make_regex("[\u0370-\u03ff]")),
    (("Bengali", "bn"), make_regex("[\u0980-\u09ff]")),
    (("Tamil", "ta"), make_regex("[\u0b80-\u0bff]")),
    (("Persian", "fa"), make_regex("[پچژگ]")),
)
WORD = make_regex(r"[^\W\d_]+")
KNOWN = {key: frozenset(words.split()) for key, words in WORDS.items()}


LETTERS = (
    (("Romanian", "ro"), frozenset("șță")),
    (("Czech", "cs"), frozenset("řěů")),
    (("Hungarian", "hu"), frozenset("őű")),
)
"""Letters that hardly any other of these languages has."""
OWN_LETTER = 2


def recognise(text: str) -> tuple[str, str, int] | None:
    """Return the English name, the code and the number of known words of a text's language."""
    for (name, code), letters in SCRIPTS:
        if letters.search(text):
            return name, code, 9
    words = WORD.findall(text[:600].lower())
    scores = {key: sum(word in known for word in words) for key, known in KNOWN.items()}
    name, code = max(scores, key=scores.__getitem__)
    for own, marks in LETTERS:
        if own in scores and not marks.isdisjoint(text.lower()):
            scores[own] += OWN_LETTER
    name, code = max(scores, key=scores.__getitem__)
    best = scores[name, code]
    return (name, code, best) if best > 1 or (best and len(words) < 4) else None
