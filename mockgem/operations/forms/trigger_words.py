"""Decide quickly whether a request may ask for a form, before anything else is loaded.

Most prompts ask for none. They cost one pass over their words, and a system instruction costs it
once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mockgem.core.content import Text, Turn
from mockgem.operations.forms.language_words import AMBIGUOUS, LATIN_WORDS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.search_guards import has_any

MAX_EDGE = 2_000
"""Characters at each end of a text that are read: instructions stand there."""
WORDS = frozenset(
    # choices and single values
    """only just solely strictly exactly word yes true false label labels labelled category
    categories classify classified classification sentiment option options choose
    pick either intent determine decide identify detect assess
    christmas easter thanksgiving halloween capital urgency split
    digit integer scale rating rate score probability percentage
    repeat echo count reverse backwards snake_case camelcase snake camel kebab slug base64
    flip toss coin dice random opposite antonym synonym plural
    roman numerals binary hexadecimal sort alphabetically ascending descending
    duplicates percent uppercase lowercase caps capitals letter hex uuid
    iso yyyy hh dd mm
    reply respond output answer nothing ip ipv4 codes number total
    calculator numeric toxic spam priority language languages""".split()
    # data
    + """json jsonl ndjson geojson featurecollection payload mock dummy fake sample
    acrostic act pretend roleplay lastname surname initials conventional
    swot pest pestel pestle aida moscow eisenhower canvas
    ini semicolon semicolons matrix toml tsv xml
    csv yaml yml comma commas key keys field fields column columns schema
    markdown codeblock array tags delimited separated format template""".split()
    # code
    + """code commit branch liner github gitlab workflow kubernetes makefile svg
    html5 css3 crontab cron handler postgresql postgres mysql sqlite mongodb swiftui kubectl
    powershell scala perl lua dart flutter
    haskell elixir graphql terraform nginx matlab vba command commands sender
    pandas numpy dataframe makefile optimize refactor debug vue jest
    express fastapi flask django angular svelte laravel quicksort mergesort fizzbuzz fibonacci
    solidity prisma protobuf clojure groovy server gitignore junit pydantic sqlalchemy
    unittest selenium pygame endpoint recursion loop loops dataclass json nextjs palindrome
    factorial string strings array arrays javadoc jsdoc docstring hook endpoint decorator
    package method methods config function script program class snippet
    python javascript typescript js ts react
    jsx sql bash shell html css regex regexp mermaid dockerfile docker golang rust
    java kotlin swift php ruby node pytest algorithm component interface git query
    hints annotations
    flowchart implement compose terminal k8s ansible playbook systemd proto proto2 proto3 grpc mongo
    manifest excel formula formulas spreadsheet neo4j cypher openapi helm ggplot2 dplyr c r struct
    enum linq lambda sed awk grep ffmpeg cors webpack vite tailwind bootstrap htmx jquery redux
    crud jwt websocket middleware async debounce throttle cli scraper crawler webhook leetcode
    tkinter numpy scss cmake gradle maven rspec phpunit mocha vitest playwright cypress spring
    controller jenkinsfile jenkins elasticsearch opensearch redis assembly nasm x86 fortran cobol
    pascal delphi ocaml erlang objective lisp prolog verilog vhdl glsl shader gdscript godot dax jq
    applescript autohotkey promql haproxy htaccess dotenv widget apps callback callbacks
    promise promises eslint migration gradle
    pgsql plsql trigger procedure iptables ufw useradd chmod chown systemctl
    pseudocode pattern query queries excel commande comando befehl div
    flexbox syntax execute
    typeerror keyerror valueerror attributeerror modulenotfounderror importerror indexerror
    nameerror syntaxerror indentationerror referenceerror rangeerror recursionerror oserror
    zerodivisionerror filenotfounderror runtimeerror unboundlocalerror nullpointerexception
    traceback eaddrinuse econnrefused segfault""".split()
    # layout
    + """password enumera elenca cite liste lista tres cuatro cinco trois cinq drei vier tre
    quattro cinque bullet bullets bulleted dashes list
     numbered step steps section sections structure thread itinerary bold schema
    parts dict dictionary table tabular heading headings headers
    outline h1 h2 h3 line letter email mail mails emails title titles headline headlines
    slogan slogans tagline hashtag hashtags tweet caption post quote blockquote
    fact checklist checkboxes todo latex links link emoji emojis sentence sentences characters
    paragraph paragraphs words haiku poem haikus dialogue limerick sonnet song lyrics pros cons faq
    names nicknames captions ad advert bio blurb eulogy obituary definition apology essay text
    cook fridge ingredients complaint dinner lunch supper
    ideas tips reasons benefits examples facts ways suggestions questions brainstorm
    enumerate recommend suggest name slogan bold italics italic 2 3 4 5 6 7 8 9 10
    12 15 20 two three four five six seven eight nine ten dozen finish ends ending
    begin story character scenario stories tale fable joke jokes laugh
    note card message whatsapp sms msg conversation plan itinerary schedule program routine quiz
    trivia mcq mcqs
    birthday policy example recipe recipes report agenda roadmap curriculum tour trip
    description invitation
    announcement toast press release changelog
    speech""".split()
    # words
    + """english""".split()
    # constraints
    + """placeholder placeholders postscript brackets highlight highlighted italicize italicise
    keyword keywords quotation quotations quotes asterisk asterisks divider letters capitalize
    capitalise commas""".split()
    # given texts
    + """summarize summarise summary tl tldr context passage extract document documents docs
    translate translation translated paraphrase rewrite following article review
    review text below question fix correct proofread rephrase reword polish grammar
    documents sources premise hypothesis anonymize anonymise redact mask simplify expand shorten
    condense formally formal casual politer friendlier assertive professional polite nicer softer
    empathetic politely passive tense gist nutshell recap replace queries
    versions paraphrases neutral inclusive enthusiastic tone parse filler active
    action decisions tasks went wrong log deadline transcript notes minutes excerpt inform
    notify""".split()
    # amounts
    + """many convert km miles kg lbs pounds celsius fahrenheit inches feet meters
    metres average median solve solving factorial simplify sequence weekday equation equations
    decimals perimeter circumference vowels consonants decimal monday roll
    heads january february april june july august
    september october november december""".split()
    # words
    + """synonyms antonyms opposites rhyme rhymes analogy blank odd belong unscramble rearrange
    plurals noun nouns verb verbs adjective adjectives adverb adverbs acronym idiom""".split()
    # feelings
    + """nervous anxious worried stressed scared afraid overwhelmed panicking""".split()
    # comparisons
    + """older oldest younger youngest cheaper cheapest taller tallest heavier heaviest bigger
    biggest larger largest paws legs""".split()
    # languages
    + """german french spanish portuguese italian dutch polish turkish russian ukrainian
    arabic hebrew hindi japanese chinese mandarin korean vietnamese indonesian thai
    deutsch espanol francais""".split()
) - frozenset("die was do me as du in at an so per i or war del via la o e y z a".split())
FINNISH = "miten kuinka miksi missä mikä mitä milloin paljonko kerro kirjoita anna haluan voinko"
FOREIGN_WORDS = frozenset(
    " ".join(words for code, words in LATIN_WORDS.items() if code != "en").split()
) - frozenset(LATIN_WORDS["en"].split()) - AMBIGUOUS | frozenset(FINNISH.split())
"""Common words of other languages that English does not have."""
KNOWN_BYTES = frozenset(word.encode() for word in WORDS | FOREIGN_WORDS if word.isascii())
COUNTING_WORDS = frozenset(
    b"most more less least fewest together altogether total today"
    b" first earliest earlier sooner later prime even odd divisible leap".split()
)
"""Words that ask for a form beside numbers, which are added or compared."""
WEAK_WORDS = frozenset(b"answer reply respond question questions line english".split())
"""Words that ask for a form only beside options, a quotation, a label or a word to repeat."""
WEAK_SIGNS = tuple(":/|\\#\"'`[({")
WEAK_LINKS = (" or ", " oder ", " o ", " ou ")
SHOUTED = make_regex(r" [A-Z][A-Z_0-9!-]{1,20}(?:[.!]?\s*\Z|[.!]? and no|[.!]?,? no)")
"""A word in capitals that ends a command: "answer with YES and nothing else"."""


def has_weak_mark(text: str, marks: str) -> bool:
    """Return whether a text with some marks has a sign of options, a label or a quotation."""
    if (marks and has_any(WEAK_SIGNS, marks)) or has_any(WEAK_LINKS, text):
        return True
    shouted = text if " no" in text else text.rstrip()[-SHOUTED_LENGTH:]
    return SHOUTED.search(shouted) is not None


SHOUTED_LENGTH = 24
"""Characters of a text's end in which the last word in capitals stands."""


SAYS = make_regex(r"\b(?:say|greet|welcome)\b[^.\n]{0,40}[\"'“`:]", re.I)
"""Words in a system instruction that dictate a reply: 'Always say "Moo"'."""
RULES = make_regex(
    r"\bat the (?:very )?end\b|\bby (?:their |his |her |first )?name\b|\bsign (?:off|as|every"
    r"|each)\b|\bapologi[sz]e\b|\bcapital letters\b|\blower ?case\b|\bmust (?:contain|include"
    r"|mention)\b|\bintroduc\w+ yourself\b|\b(?:if|when)(?:ever)? (?:the |a )?(?:users?|customers?"
    r"|people) ask|\b(?:interviewer|concierge)\b|\bone (?:question|thing) at a time\b"
    r"|\bone by one\b|\b(?:support|service|help ?desk|chat|virtual) (?:assistant|agent|bot|chatbot"
    r"|representative)\b|\bonly (?:answer|help|talk|assist)\b|\balways (?:recommend|advise|suggest"
    r"|remind|mention|include|offer|address|call|use)\b",
    re.I,
)
"""Words in a system instruction that make a rule for every reply."""
SHORT = 80
ASKS_WHO = make_regex(
    r"\W*(?:(?:hi|hello|hey|hallo|hola)\W+)?(?:who (?:are|r) (?:you|u)|what(?:'s| is) your name"
    r"|what are you(?: called)?|introduce yourself|tell me who you are|who am i (?:talking"
    r"|speaking|chatting) (?:to|with)|wer bist du|wie heißt du|quién eres|cómo te llamas|qui es-tu"
    r"|chi sei|come ti chiami)\W*\Z",
    re.I,
)
"""A question about the assistant itself."""
GREETS = make_regex(
    r"\W*(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hallo|guten"
    r" tag|moin|hola|bonjour|salut|ciao|buongiorno|olá)(?: (?:there|you|everyone|all"
    r"|zusammen))?\W*\Z",
    re.I,
)
"""A greeting and nothing else."""
ASKS_OFFER = make_regex(
    r"\W*(?:(?:hi|hello|hey)\W{1,3})?(?:do you|can you|do u) (?:guys )?(?:also )?"
    r"(sell|offer|have|ship|deliver|accept|serve|provide|rent|repair|take|stock|carry|allow"
    r"|support)\b ?(?:any )?([^?.!\n]{0,60})\?\W*\Z",
    re.I,
)
"""A question to a business about what it offers."""
HELLO_WORLD = [b"hello", b"world"]
"""The name of a program, if a language follows."""
MAKERS = frozenset(
    b"write draft design create come develop devise craft construct build generate propose"
    b" provide give make prepare produce plan formulate compile invent find share offer outline"
    b" organize".split()
)
"""Verbs of a command to make something."""
WHAT_ARE = [b"what", b"are"]
ASKED_LISTS = frozenset(
    b"responsibilities duties tasks benefits advantages disadvantages drawbacks symptoms signs"
    b" ingredients causes effects risks features uses skills qualities characteristics strengths"
    b" weaknesses challenges requirements consequences reasons name names nickname nicknames slogan"
    b" slogans title titles motto hobbies gifts presents activities games snacks exercises habits"
    b" ideas tips ways steps examples questions".split()
)
"""Things that such a question wants to be listed or invented."""
MAX_LEAD = 6
"""Words of a message among which such a verb stands."""
ASKERS = frozenset(
    b"what who where when why how which is are was do does did should has have if explain describe"
    b" i my there".split()
)
"""First words of messages that ask or tell something."""
DICTATED = frozenset(
    b"ok okay hello hi pong yes no done test ready true false ack success banana".split()
)
DICTATES = make_regex(
    r"\b(?:say|reply|respond|answer|return|print|write|type)(?: back)?(?: with)? \W?(?:ok|okay"
    r"|hello|hi|pong|yes|no|done|test|ready|true|false|ack|success|banana)\b",
    re.I,
)
"""A short command to say a word that has no quotation marks."""
ASKS_VISIT = make_regex(
    r"\W*(?:(?:hi|hello|hey)\W{1,3})?(?:what|when|where|how|until|is|are|do|can)\b[^?.!\n]{0,50}\b"
    r"(?:open|opens|close|closes|closed|hours|your (?:address|phone|prices?|fees?|website|location)"
    r"|how much|located)\b[^?.!\n]{0,40}[?.!]?\W*\Z",
    re.I,
)
"""A question to a business about its hours or its place."""
TO_PERSONA = (ASKS_WHO, GREETS, ASKS_OFFER, ASKS_VISIT)
SEPARATORS = str.maketrans(dict.fromkeys(".,:;!?()[]{}<>\"'`*#/|-_=+\n\t", " "))
LOWER = bytes(ord(chr(code).lower().translate(SEPARATORS)) for code in range(128)) + bytes(128)
"""The translation of ASCII to small letters and spaces, in one step: bytes are twice as fast."""


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters. As bytes, ASCII is split faster."""
    if text.isascii():
        return text.encode().translate(LOWER).decode().split()
    return text.lower().translate(SEPARATORS).split()


def may_ask_for_form(prompt: str, system: str, turns: Sequence[Turn]) -> bool:
    """Return whether a request may ask for a form; if not, its reply is plain prose."""
    if has_trigger(prompt) or (system and has_cached_trigger(system)) or gives_text(prompt):
        return True
    if len(prompt) < MAX_PUZZLE and has_any(PUZZLE_SIGNS, prompt):
        return True
    if system and len(prompt) < SHORT and any(one.match(prompt) for one in TO_PERSONA):
        return True
    return len(turns) > 1 and (len(prompt) < 300 or has_short_replies(turns))


MAX_PUZZLE = 300
PUZZLE_SIGNS = (
    "__", "::", " is to ", "stand for", "things to do", "I visit in", "to see in", "I see in",
    "to visit in", "I do in",
)  # fmt: skip
"""Signs of an analogy, of a blank to fill, of letters to expand, of the sights of a city."""
READING = (
    "according to ",
    "based on ",
    "given ",
    "using ",
    "here's ",
    "here is ",
    "look at ",
    "read ",
    "from th",
)
"""The beginning of a message that gives a text and asks about it."""


def gives_text(prompt: str) -> bool:
    """Return whether a line may give a text, quoted or after a colon, and ask about it."""
    if '? "' in prompt:
        return True
    if not prompt[:MAX_OPENING].lower().startswith(READING):
        return False
    return '"' in prompt or ": " in prompt or "? " in prompt


MAX_OPENING = 16
MARKS = ("<", "%", "[[", '{"', ");", ") {", "print(", "=> ")
"""Marks of elements, formulas, fields, objects and programs."""
PROSE = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;?!-"
"""What most prompts consist of; every mark has something else, too."""


def has_trigger(text: str) -> bool:
    if len(text) > 2 * MAX_EDGE:
        text = f"{text[:MAX_EDGE]} {text[-MAX_EDGE:]}"
    if not text.isascii() or "\n" in text or "SELECT " in text:
        return True
    encoded = text.encode()
    marks = encoded.translate(None, PROSE).decode()
    if marks and has_any(MARKS, text):
        return True
    words = encoded.translate(LOWER).split()
    found = KNOWN_BYTES.intersection(words)
    if found and not (found <= WEAK_WORDS and not has_weak_mark(text, marks)):
        return True
    if not COUNTING_WORDS.isdisjoint(words) and any(map(str.isdigit, text)):
        return True
    if not MAKERS.isdisjoint(words[:MAX_LEAD]) and not ASKERS.intersection(words[:1]):
        return True
    if b"think" in words[:MAX_LEAD] and b"of" in words[:MAX_LEAD]:
        return True
    if words[:2] == WHAT_ARE and not ASKED_LISTS.isdisjoint(words[2:MAX_LEAD]):
        return True
    if words and words[-1] == b"explain":  # "... don't explain"
        return True
    if words[:2] == HELLO_WORLD and len(words) > 2:
        return True
    if not (found or (words and (words[-1] in DICTATED or words[0] == b"say"))):
        return False
    return words[0] == b"say" or (len(words) < 16 and DICTATES.search(text) is not None)


@lru_cache(maxsize=64)
def has_cached_trigger(system: str) -> bool:
    return has_trigger(system) or any(rule.search(system) for rule in (SAYS, RULES))


def has_short_replies(turns: Sequence[Turn]) -> bool:
    """Return whether the model's last reply was a single word, as when it labels texts."""
    for turn in reversed(turns):
        if turn.role != "user":
            parts = turn.parts
            return bool(parts) and isinstance(parts[0], Text) and len(parts[0].text) < 30
    return False
