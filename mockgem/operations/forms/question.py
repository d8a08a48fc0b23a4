"""One analysis of a request for all recognisers: what it instructs, and about which text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mockgem.core.computed import computed_once
from mockgem.core.content import ToolResult, Turn, text_of
from mockgem.operations.forms import language_detection
from mockgem.operations.forms.given_material import split_material
from mockgem.operations.forms.glosses import gloss
from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.language_requests import (
    find_labelled,
    find_locale,
    find_requested,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.quoted_material import EdgeText
from mockgem.operations.forms.trigger_words import split_words
from mockgem.operations.generators.hints import Hints, extract_hints
from mockgem.operations.generators.prompt_analysis import keywords_of
from mockgem.operations.generators.result_facts import extract_conversation_hints, list_facts
from mockgem.operations.generators.seeded_random import SeededRandom

MAX_EDGE = 1_500
"""Characters of an earlier turn that are read."""
LONG_EDGE = 1_000
"""Instructions stand at the beginning or the end of a long message: these characters are read."""
MAX_WHOLE = 6_000
"""A message of up to this number of characters is read as a whole."""
MAX_MATERIAL = 8_000
WORD_START = 5
"""The number of letters by which forms know words."""
OTHER_LETTERS = make_regex(r"[\u0370-\u1dff\u2e80-\ufdff\uff66-\uffdc]")
STANDING = make_regex(
    r"\b(?:from now on|always|for the rest|every (?:answer|reply|message)|ab jetzt|immer|a partir"
    r" de ahora|siempre|désormais|toujours|d'ora in poi|sempre)\b"
    r"|\bi(?:['’]ll| will|['’]m going to) (?:send|give|paste|type|write|show|post|tell|name|say)"
    r"(?: you)? [^.!?\n]{2,60}[,.;!] ?(?:and |then |please )?(?:you(?:['’]ll| will| should| must"
    r"| only| just)? ?(?:only |just )?(?:answer|reply|respond|tell|give|say|return|translate"
    r"|classify)|(?:answer|reply|respond|return|classify|translate)) ",
    re.I,
)
"""Words in an earlier message that make it an instruction for all later answers."""


PERSONA = make_regex(r"\A\W*you are (?:an?|the|our|my) [^.:\n]{3,300}(?:[.:\n]|\Z)", re.I)
"""Who the model is, which names nobody that the data is about."""


class Question:
    """What a request asks.

    Attributes:
        prompt: The last message of the user.
        stated_system: The system instruction, and earlier messages that hold for all answers.
        earlier: The earlier turns, as role and text, the oldest first.
        random: Draw from it only for a reply that is certain.
        opening: What the reply says first about media.
        is_wrapped: Whether another reply is put around the one to this question.
        is_about_reply: Whether the material is an earlier reply, which the user wants to change.
    """

    def __init__(
        self,
        prompt: str,
        random: SeededRandom,
        system: str = "",
        turns: Sequence[Turn] = (),
        results: Sequence[ToolResult] = (),
        opening: str = "",
    ) -> None:
        self.prompt = prompt
        self.random = random
        self.results = results
        self.places: dict[str, int] = {}
        self.said: dict[str, list[str]] = {}
        self.value_hints: dict[frozenset[str], Hints] = {}
        self.opening = opening
        self.is_about_reply = False
        self.is_wrapped = False
        self.earlier = [(turn.role, text_of(turn.parts)[:MAX_EDGE]) for turn in turns[-24:-1]]
        standing = [text for role, text in self.earlier if role == "user" and holds_always(text)]
        self.stated_system = "\n".join([cut_middle(system), *standing[-3:]]).strip()

    def restate(self, prompt: str, system: str) -> Question:
        """Return the question of another message and instruction in the same conversation."""
        other = Question(prompt, self.random, system, (), self.results, self.opening)
        other.earlier, other.is_wrapped = self.earlier, self.is_wrapped
        return other

    def list_said(self, role: str) -> list[str]:
        """Return the earlier messages of the "user" or the "model", the oldest first."""
        if role not in self.said:
            is_user = role == "user"
            texts = [text.strip() for one, text in self.earlier if (one == "user") is is_user]
            self.said[role] = [text for text in texts if text]
        return self.said[role]

    @computed_once
    def parts(self) -> EdgeText:
        """The instruction and the material of the message."""
        return split_material(self.prompt, MAX_MATERIAL)

    @computed_once
    def stated(self) -> str:
        """What the message tells the model to do, without a text that it gives."""
        return cut_middle(self.parts.instruction)

    @computed_once
    def gloss(self) -> str:
        """What the message in another language asks for, in English; empty for English."""
        if self.is_english(self.prompt, self.prompt_words):
            return ""
        return gloss(self.stated)

    @computed_once
    def instruction(self) -> str:
        """What the message tells the model to do, in its language and in English."""
        return f"{self.stated}\n{self.gloss}" if self.gloss else self.stated

    @computed_once
    def system(self) -> str:
        """The standing instructions, in their language and in English."""
        system = self.stated_system
        if not system or self.is_english(system, frozenset(split_words(system))):
            return system
        return f"{system}\n{gloss(system)}".strip()

    def is_english(self, text: str, words: frozenset[str]) -> bool:
        return text.isascii() and language_detection.FOREIGN_WORDS.isdisjoint(words)

    @computed_once
    def prompt_words(self) -> frozenset[str]:
        return frozenset(split_words(cut_middle(self.prompt)))

    @computed_once
    def material(self) -> str:
        """The text that the message gives; empty if it gives none."""
        return self.parts.material

    @computed_once
    def subject(self) -> str:
        """The text to answer about: the given one, else the whole message."""
        text = remove_schema(self.material or cut_middle(self.prompt))
        facts = [
            f"{name}: {value}" for result in self.results for name, value in list_facts(result)
        ]
        return "\n".join([text, *facts[:40]]) if facts else text

    @computed_once
    def wish(self) -> str:
        """All instructions: of the message, then of the system."""
        return f"{self.instruction}\n{self.system}" if self.system else self.instruction

    @computed_once
    def lower(self) -> str:
        return self.wish.lower()

    @computed_once
    def whole(self) -> str:
        """The message and the system instruction with the texts that they give."""
        return "\n".join(filter(None, (cut_middle(self.prompt), self.gloss, self.system)))

    @computed_once
    def is_latin(self) -> bool:
        """Whether the instructions have Latin letters alone, as far as they have letters."""
        return self.whole.isascii() or OTHER_LETTERS.search(self.whole) is None

    @computed_once
    def words(self) -> frozenset[str]:
        """All words in the message and the system instruction, in small letters."""
        if not self.gloss and not self.system:
            return self.prompt_words
        return self.prompt_words.union(split_words(f"{self.gloss}\n{self.system}"))

    @computed_once
    def word_starts(self) -> frozenset[str]:
        """The first letters of all words in the message and the system instruction."""
        return frozenset([word[:WORD_START] for word in self.words])

    def may_have_word(self, starts: frozenset[str]) -> bool:
        """Whether a word may begin like one of some Latin words: a quick look before a search."""
        return not self.is_latin or not starts.isdisjoint(self.word_starts)

    @computed_once
    def language(self) -> str:
        """The language of the reply: the requested one, else that of the instruction."""
        return self.requested_language or self.written_language

    @computed_once
    def requested_language(self) -> str:
        if "arget lang" in self.prompt[-3000:] and (code := find_labelled(self.prompt[-3000:])):
            return code
        is_english = self.is_english(self.whole, self.words)
        if is_english and self.whole.isascii() and CODES.keys().isdisjoint(self.words):
            return find_locale(self.stated) or find_locale(self.stated_system)
        return find_requested(self.stated, is_english=is_english) or find_requested(
            IN_BRACKETS.sub(" ", self.stated_system), is_english=is_english
        )

    @computed_once
    def written_language(self) -> str:
        """The language in which the message is written."""
        if self.whole.isascii() and language_detection.FOREIGN_WORDS.isdisjoint(self.words):
            return "en"
        return language_detection.detect(self.stated or self.prompt[:400])

    @computed_once
    def topic(self) -> str:
        from mockgem.operations.forms.topics import find_topic

        return find_topic(self)

    @computed_once
    def keywords(self) -> tuple[str, ...]:
        return keywords_of(self.topic)

    @computed_once
    def hints(self) -> Hints:
        """The names, numbers and other values in the subject, as for the fields of a schema."""
        subject = TITLE.sub("", self.subject)
        return extract_conversation_hints(subject, self.results, self.background)

    @computed_once
    def background(self) -> str:
        """What the request says besides its last message."""
        earlier = [text for role, text in self.earlier if role == "user"][-8:]
        system = self.stated_system[:2000]
        system = EXAMPLE.sub(" ", system) if "{" in system else system
        system = PERSONA.sub(" ", system)
        return "\n".join([system, *earlier])[:2000].strip()

    @computed_once
    def asks_how(self) -> bool:
        """Whether the user asks how to write something, not for the thing itself."""
        match = ASKS_HOW.match(self.instruction)
        if match is None:
            return False
        is_how = "how" in match[0].lower()
        return is_how or COMMAND_AFTER.search(self.instruction) is None

    @computed_once
    def sample_hints(self) -> Hints:
        """The hints for invented data: those of a given text, else of the topic alone."""
        return self.hints if self.material else extract_hints(self.topic)

    @computed_once
    def is_terse(self) -> bool:
        """Return whether the reply should hold the requested thing and nothing else."""
        if self.is_latin and TERSE_STARTS.isdisjoint(self.word_starts):
            return False
        return TERSE.search(UNLESS_KNOWN.sub(" ", ONLY_CONTEXT.sub(" ", self.wish))) is not None

    @computed_once
    def ends_with_label(self) -> bool:
        """Whether the message ends with a label, as "Sentiment:", whose value is the reply."""
        return LAST_LABEL.search(self.prompt[-260:]) is not None

    @computed_once
    def layout(self) -> str:
        """The instruction without what it does not want: "no headings", "without bullet points"."""
        return NEGATED.sub(" ", self.instruction)


EXAMPLE = make_regex(r"\{[^{}]{0,2000}\}")
"""An object that shows the form of the reply."""
TITLE = make_regex(r"\b(?:Mr|Mrs|Ms|Dr|Prof)\. (?=[A-ZÀ-Þ])")
TERSE = make_regex(
    r"\b(?:only|just|nothing else|nothing more|no (?:other|additional|extra|further|explanations?"
    r"|text|words|prose|comments?|intro\w*|preamble)|without (?:any )?(?:explanation|explanations"
    r"|comment\w*|text|markdown)|exactly as (?:printed|written|given|it appears|shown)|bare"
    r"|verbatim|nothing (?:apart|but|besides|around|before|after)|(?:entire|complete|whole"
    r"|sole) (?:output|answer|reply|response)|any other (?:character|text|word)|strictly|solely"
    r"|exclusively|raw|don['’]?t explain|no reasons?|no need to explain|do not (?:add|explain"
    r"|include)|nur|ausschließlich|nichts anderes|solo|solamente|únicamente|nada más"
    r"|sin explicaci\w+|juste|seulement|uniquement|rien d'autre|sans explication|apenas|somente"
    r"|soltanto|nient'altro|alleen|enkel|slechts|só|saja|cukup|jedynie|tylko|wyłącznie|yalnızca"
    r"|sadece|hanya|chỉ)\b|только|лише|тільки|فقط|רק|केवल|सिर्फ|だけ|のみ|只|仅|僅|만\s|เท่านั้น|แค่|เฉพาะ"
    r"|лишь",
    re.I,
)


LANGUAGE = (
    r"(?:english|spanish|french|german|italian|portuguese|dutch|polish|turkish|russian|ukrainian"
    r"|arabic|hebrew|hindi|japanese|(?:simplified |traditional )?chinese|korean|vietnamese"
    r"|indonesian|thai)"
)
ONLY_CONTEXT = make_regex(
    r"\b(?:us(?:e|ing)|from|based on|with|on) (?:only |just |solely )?(?:on )?(?:the |this "
    r"|these )?(?:\w+ )?(?:context|information|text|document|documents|info|sources?|facts"
    r"|article|passage)(?: only| alone)?\b|\b(?:us(?:e|ing)|from|based on) (?:only |just "
    r"|solely )?(?:the |this |these |that )(?:\w+ )?(?:data|details|records?|list|table|knowledge"
    r"|notes|menu|faq|policy|rows)(?: only| alone)?\b|\b(?:only|solely|just) (?:from|based on"
    r"|using) (?:the |this |these |your |my )(?:\w+ ){0,2}(?:context|information|text"
    r"|documents?|docs|sources?|facts|articles?|passages?|snippets?)\b|\bonly (?:use"
    r"|using) (?:the|this)\b|\bstrictly (?:with|to|on|from|by)\b|\bbased (?:only|just|solely"
    r"|exclusively|strictly|purely|entirely) (?:up)?on\b|(?<!respond )(?<!reply )(?<!answer "
    r")\b(?:only|solely|exclusively) (?:on|from|with) the\b|\b(?:answer|respond to"
    rf"|reply to) only (?:questions?|if)\b|\b(?:only|exclusively|strictly|solely) in {LANGUAGE}\b"
    r"|\bonly (?:answer|respond|reply|help|assist|talk|use|using|rely"
    r"|relying)(?: to)? (?:questions?|if|from|based|about|on|with|facts|information|what"
    r"|customers|users)\b|\b(?:ausschließlich|nur|allein)[^.\n]{0,16}? (?:anhand"
    r"|auf (?:der )?(?:basis|grundlage)|mit ?hilfe|aus (?:dem|den|der|diese\w)|die folgenden"
    r"|den folgenden|fragen|auf fragen|(?:mit |die |den |diese\w? |dem |folgende\w? "
    r"|im ){0,2}(?:informationen|angaben|kontexte?s?|daten|texte?s?|dokumente?n?|unterlagen"
    r"|auszüge?n?))\b|\b(?:solo|sólo|solamente|únicamente|apenas|somente|soltanto"
    r"|esclusivamente)[^.\n]{0,16}? (?:con la|en base|a partir|basándote|basandoti|sulla base"
    r"|com base|preguntas|la información|le informazioni|as informações|(?:con |com |usa |usando "
    r"|el |los |la |las |il |i |le |o |os |as |del |dei |este |questo |esta ){0,2}(?:contexto"
    r"|datos|información|texto|documentos?|contesto|dati|informazioni|testo|documenti|dados"
    r"|informações))\b|\b(?:uniquement|seulement|exclusivement)[^.\n]{0,16}? (?:à partir"
    r"|sur (?:la|le|les)|les informations|aux questions|(?:avec |le |les |du |des |ce |cet "
    r"|ces ){0,2}(?:contexte|texte|informations|données|documents?|extraits?))\b"
    r"|\busing only the\b|\bonly the (?:numbered |following )?(?:sources|context)\b",
    re.I,
)
"""An instruction about where the answer comes from, not about its length."""
LAST_LABEL = make_regex(
    r"\n[ \t*#]*[^\W\d_][\w -]{1,30}(?: ?\([^()\n]{1,200}\))?[*]*[:：][*]*\s*\Z"
)
UNLESS_KNOWN = make_regex(
    r"(?<!\w)(?:if|when|where|unless|in case|falls|wenn|sollte|si|cuando|se|quando|als|jeśli|eğer"
    r"|если)\b[^.!?\n]{0,120}?(?:\b(?:not|cannot|no|none|unknown|unsure|missing|nicht|keine?n?|non"
    r"|pas|não|niet|geen|nie|yok|не|нет)\b|n['’]t\b)[^.!?\n]{0,200}",
    re.I,
)
"""What to say when the answer is not known, which tells nothing about other answers."""
NEGATED = make_regex(
    r"(?<!\w)(?:no|without|don['’]t (?:use|add|include|write)|do not (?:use|add|include|write)"
    r"|avoid|never use|not (?:a|as|in|any)|instead of|rather than|keine?n?|ohne|sin|sans|pas de"
    r"|senza|sem|geen|zonder|bez)\s(?!(?:more|less|fewer|longer|other|later"
    r"|explanation)\b)(?:(?:any|an?|adding|using|markdown|extra)\s){0,2}[\w-]+(?:\s(?:points?"
    r"|blocks?|lists?))?(?:,?\s(?:or|nor|and|oder|und|o|ni|ou|e)\s(?:any\s)?(?:bullets?"
    r"|bullet points|lists?|headings?|tables?|numbering|titles?|emojis?|markdown)\b)*",
    re.I,
)
TERSE_STARTS = frozenset(
    word[:WORD_START]
    for word in (
        "exactly bare verbatim entire complete whole sole any only just nothing no without strictly"
        " solely exclusively raw don dont do need nur ausschließlich nichts solo solamente"
        " únicamente nada sin juste seulement uniquement rien sans apenas somente soltanto nient"
        " alleen tylko wyłącznie yalnızca sadece hanya chỉ só saja cukup enkel slechts jedynie"
    ).split()
)
"""The first letters of the words of which a terse instruction in Latin letters has one."""
ASKS_HOW = make_regex(
    r"\W{0,8}(?:how (?:do|can|should|would|could|to|does|did)|what (?:is|are|makes)|why|when|who)\b"
    r"|\W{0,8}(?:i (?:have|had|just|already|never|once|did|do)|(?:do|did|does|have|is|are|was) )\b",
    re.I,
)
"""The beginning of a question about texts, tables or code."""


COMMAND_AFTER = make_regex(
    r"[?.!]\s+(?:please )?(?:make|give|list|put|show|return|write|answer|respond|create|format|use"
    r"|present|output|reply|summari[sz]e)\b"
    r"|[?.!]\s+(?:bitte )?(?:formuliere|schreibe?|erstelle|verfasse|mach|gib|nenne)\b"
    r"|[?.!]\s+(?:por favor,? )?(?:escribe|escríbeme|redacta|haz|dame)\b"
    r"|[?.!]\s+(?:s'il te plaît,? )?(?:écris|rédige|fais|donne)\b",
    re.I,
)
"""A command after a question: "Who said what? Make a table."."""


IN_BRACKETS = make_regex(r" ?\([^()\n]{1,24}\) ?")
"""A note behind the name of a language: "हिंदी (देवनागरी) में"."""
SHOWN_TYPE = make_regex(r"```\w*\s*(?:export )?(?:type \w+ = ?\{|interface \w+ ?\{)[^`]{0,2000}```")
"""The declaration of a type in TypeScript."""


def remove_schema(text: str) -> str:
    """Return a text without the JSON Schema or the types in it, whose words are not values."""
    text = SHOWN_TYPE.sub(" ", text) if "```" in text else text
    if '"properties"' not in text:
        return text
    start, end = text.find("{"), text.rfind("}")
    return f"{text[:start]} {text[end + 1 :]}" if 0 <= start < end else text


@lru_cache(maxsize=512)
def holds_always(text: str) -> bool:
    """Return whether a message is an instruction for all later answers; turns come again."""
    return STANDING.search(text) is not None


def cut_middle(text: str, whole: int = MAX_WHOLE, edge: int = LONG_EDGE) -> str:
    """Return a text of up to `whole` characters, or both ends (`edge` each) of a longer one."""
    return text if len(text) <= whole else f"{text[:edge]}\n{text[-edge:]}"
