"""What the user said before, quoted in the language of the conversation."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.word_families import is_unspaced, list_pairs

TOLD = {
    "de": "Du hast mir gesagt: „{}“",
    "es": "Me dijiste: «{}»",
    "fr": "Tu m'as dit : « {} »",
    "it": "Mi hai detto: «{}»",
    "pt": "Você me disse: “{}”",
    "nl": "Je hebt me verteld: “{}”",
    "pl": "Powiedziałeś mi: „{}”",
    "ru": "Вы говорили: «{}»",
    "uk": "Ви казали: «{}»",
    "tr": "Bana şunu söylemiştin: “{}”",
    "vi": "Bạn đã nói: “{}”",
    "id": "Anda mengatakan: “{}”",
    "ja": "「{}」とおっしゃっていました。",
    "zh": "您之前说过：“{}”",
    "zh-Hant": "您之前說過：「{}」",
    "ko": "“{}”라고 말씀하셨어요.",
    "ar": "لقد قلت: «{}»",
    "he": "אמרת לי: „{}”",
    "hi": "आपने कहा था: “{}”",
    "th": "คุณบอกว่า “{}”",
}
OWN = make_regex(
    r"\b(?:mein\w{0,2}|unser\w{0,2}|ich|mi|mis|tengo|mon|ma|mes|notre|mio|mia|miei|mie|meu|minha"
    r"|meus|mijn|mój|moja|moje|mojego|mojej|saya|tôi|benim)\b|(?<!\w)(?:мо[йяеиюё]\w{0,2}|меня|мій"
    r"|моя|моє)(?!\w)|我的|私の|僕の|내|제 |שלי|मेरा|मेरी|मेरे|ของฉัน|ของผม",
    re.I,
)
WORD = make_regex(r"[^\W\d_]{4,}")
ASKING = frozenset(
    "wann welche welcher welches heißt como cómo quand quel quelle comment quando quale come qual"
    " когда зовут какого какой какая cuándo dónde hast habe avez mein meine meinem meiner meinen"
    " minha wanneer hoeveel".split()
)
CALLED = make_regex(
    r"\b(?:se llama|se chama|heißt|s['’]appelle|si chiama|nombre es|nom est|nome è|nome é|heet"
    r"|nazywa"
    r" się|ma na imię|bernama|tên là)\s+([A-ZÀ-Þ][\w-]+)|(?:зовут|кличке|по имени|звати|ім'я)\s+"
    r"([А-ЯЁІЇЄ][\w-]+)"
)
ASKS_NAME = make_regex(
    r"\b(?:se llama|nombre|heißt|heisst|name|appelle|chiama|chama|nome|nom|heet|naam|imię)\b|зовут"
    r"|кличк|звати",
    re.I,
)


ASKS_VALUE = make_regex(
    r"\b(?:welche\w?|wie (?:heißt|heisst|alt|hieß)|wann|wo|woher|wer|was (?:ist|war)|cuál\w*"
    r"|cómo se llama\w*|cuándo|dónde|quién|qué (?:color|día|hora|año|coche|nombre)|de que cor|qual"
    r"|quando|onde|como se chama\w*|quem|quel\w*|quand|comment s['’]appelle\w*|où|qui|di che colore"
    r"|come si chiama\w*|dove|chi|welke|wanneer|waar|hoe (?:heet|oud)|jak (?:się|ma)|kiedy|gdzie"
    r"|ne zaman|nerede|siapa|kapan|apa)\b|(?:как|як) (?:зовут|звати)|как[а-я]{2,4} (?:цвета|марки)"
    r"|(?<!\w)(?:когда|где|коли|де|сколько|скільки)(?!\w)|何|いつ|どこ|誰|什么|什麼|多少|哪|几点|谁|무엇"
    r"|뭐|언제|어디|몇|مت[ىي]|أين|ما |מה |מתי|איפה|क्या|कब|कहाँ|อะไร|เมื่อ",
    re.I,
)
"""A question for a value that the user may have given."""
WANTS_ADVICE = make_regex(
    r"\b(?:kann|können|soll\w*|muss|darf|machen|tun|puedo|debo|debería|hacer|posso|devo|fazer|fare"
    r"|puis-je|dois-je|faire|peux|kan ik|moet ik|mogę|powin\w+|bisa|harus)\b|могу|можно|стоит ли"
    r"|делать|нужно|怎么|如何|应该|可以|どうすれば|べき|方法|어떻게|해야",
    re.I,
)
"""A question for advice, not for what the user said."""


def quote_told(said: str, language: str, english: str = "You told me: “{}”") -> str:
    """Return what the user said, in the language of the conversation."""
    return TOLD.get(language, english).replace("{}", said.strip())


def find_own(prompt: str, said: list[str]) -> str:
    """Return what the user said about a thing that they own; empty for English or other things.

    Args:
        said: The earlier messages of the user, the oldest first.
    """
    if not OWN.search(prompt) or not ASKS_VALUE.search(prompt) or WANTS_ADVICE.search(prompt):
        return ""
    sentences = [one for text in reversed(said) for one in split_sentences(text) if one[-1] != "?"]
    read = list_pairs if is_unspaced(prompt) else list_starts
    wanted = read(prompt)
    best = max(sentences, key=lambda one: len(wanted & read(one)), default="")
    return best if best and wanted & read(best) else ""


def list_starts(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words, which endings do not change."""
    words = [word for word in WORD.findall(text.lower()) if word not in ASKING]
    return frozenset(word[: max(4, len(word) - 2)][:6] for word in words)


def find_name(prompt: str, sentence: str) -> str:
    """Return the name of a thing in a sentence, if a question asks for it."""
    match = CALLED.search(sentence) if ASKS_NAME.search(prompt) else None
    return next(filter(None, match.groups())) if match else ""
