"""Short texts with fixed rules: titles, hashtags, tweets."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.decorations import NO_EMOJI
from mockgem.operations.forms.language_detection import WORD_SETS
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED, find_count, has_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import load_answers
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.slogans import OF_WORDS, PROMISES, SELLER, SLOGAN
from mockgem.operations.forms.sources import fit_sentences
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.prompt_analysis import ASPECTS, COMMON_WORDS

TITLE = make_regex(
    r"(?<!\w)(?:titles?|headlines?|slogans?|taglines?|subject lines?|titel|überschrift"
    r"|título|titular|eslogan|titre|slogan|titolo|tytuł|başlık|judul)(?!\w)|заголовок"
    r"|标题|タイトル|제목",
    re.I,
)


TITLE_WISH = make_regex(
    r"\A\W{0,4}(?:\w+ )?(?:title|slogan|tagline|subject line) (?:for|of|about)\b|\btitle only\b"
    r"|\b(?:rewrite|rephrase|turn|suggest|give|write|generate|create|propose|come up with|headline"
    r"|find|schreibe?|erstelle|escribe|dame|sugiere|écris|donne|propose|scrivi|suggerisci|only the"
    r"|just the|return)\b|写|考え|지어",
    re.I,
)


MAX_WORDS = make_regex(
    r"\b(?:at most|no more than|maximum(?: of)?|max\.?|up to|under|fewer than|less "
    r"than|höchstens|maximal|máximo|como máximo|au maximum|maximum|al massimo"
    rf"|within)\s+({NUMBER})\s+(?:words?|wörter\w*|palabras|mots|parole|palavras"
    rf"|woorden|słów)|({NUMBER})[- ](?:words?|wörter|palabras|mots|parole|palavras) "
    rf"(?:max\w*|or (?:less|fewer)|limit|at most)|(?<!\w)({NUMBER})[- ](?:words?"
    r"|palabras|mots|wörter)",
    re.I,
)


HASHTAGS = make_regex(
    rf"(?:(?<!\w)({NUMBER})\s{{0,3}}(?:\w{{1,24}}\s)?)?(?<!\w)#?hash-?tags?"
    r"|话题标签|話題標籤|ハッシュタグ|해시태그|\btagar\w*|х[эе]штег\w*|هاشتا[غقج]|האשטאג|हैशटैग|แฮชแท็ก",
    re.I,
)


TWEET = make_regex(
    r"\b(?:tweet|social media post|instagram (?:caption|post)|linkedin post|caption"
    r"|facebook post|post for (?:twitter|x|linkedin|instagram|facebook))\b",
    re.I,
)


TWEET_WISH = make_regex(
    r"\b(?:write|rewrite|turn|rephrase|create|draft|generate|compose|schreibe?|escribe|écris"
    r"|scrivi|make)\b",
    re.I,
)


IN_A_TWEET = make_regex(r"\b(?:in|as) (?:an? |one )(?:single |short )?tweet\b", re.I)
BEGINS = make_regex(r"\W{0,3}(?:(?:an?|one|short|\w+) ){0,3}(?:tweet|caption|post)\b", re.I)


MAX_CHARACTERS = make_regex(
    r"(\d{2,4})\s*(?:characters?|chars|zeichen|caracteres|caractères|caratteri|字符|文字)", re.I
)


EMOJI = make_regex(r"\bemojis?\b|表情|絵文字|эмодзи", re.I)


EMOJIS = ("✨", "🌟", "🚀", "🎉", "🌿", "💡", "🙌", "☀️")


WRITE = make_regex(
    r"\b(?:write|compose|create|give|make|please|generate|schreibe?|verfasse|escribe"
    r"|écris|écrivez|rédige[zr]?|compose[zr]?|redacta|compón|componi|redija|maak|stwórz|ułóż|erstelle|dichte"
    r"|scrivi|escreva|schrijf|napisz|yaz|tulis|buat|viết)\b|напиши|写|書いて|써|اكتب|लिख|כתוב|כתבי"
    r"|เขียน",
    re.I,
)


@form(
    "hashtags",
    "Generate 5 hashtags for a photo of a sunset.",
    words="hashtag hashtags hash tagar tagarnya",
    about="hashtags, as many as the prompt asks for",
)
def write_hashtags(question: Question) -> str | None:
    match = HASHTAGS.search(question.instruction)
    post = TWEET.search(question.instruction)
    if (
        match is None
        or POSTS.search(question.instruction, 0, match.start())
        or (post is not None and post.start() < match.start())
        or TEXT_FIRST.search(question.stated, 0, max(0, question.stated.lower().find("hashtag")))
        or re.search(r"\b(?:no|without|ohne) hashtags", question.instruction, re.I)
    ):
        return None
    is_english = question.language == "en"
    if (
        is_english
        and not WRITE.search(question.instruction)
        and not HASHTAGS.search(question.system)
        and not re.search(
            r"\bhashtags? (?:for|about|on)\b|\bsuggest\b|\bdame\b|\bdonne\b|\bnenne\b",
            question.instruction,
            re.I,
        )
    ):
        return None
    count = parse_count(match[1], 30) if match[1] else find_count(question, 5)
    return " ".join(make_hashtags(question, count))


TEXT_FIRST = make_regex(
    r"\b(?:textos?|publicaci[oó]n|legenda|beitrag|text|texte|testo|didascalia|bericht|wpis|gönderi"
    r"|paylaşım|unggahan|takarir)\b|пост|текст|допис|подпис|підпис|文案|投稿文|게시글|แคปชั่น|منشور",
    re.I,
)
"""A text with hashtags in another language, which is more than these."""
POSTS = make_regex(r"\b(?:tweets|posts|captions)\b", re.I)
STATED_TAG = make_regex(r"(?<![\w&/#])#([A-Za-z]\w{1,40})\b")


def list_stated_tags(text: str) -> list[str]:
    """Return the hashtags that a prompt writes itself."""
    return [f"#{name}" for name in dict.fromkeys(STATED_TAG.findall(text))][:10]


def make_hashtags(question: Question, count: int) -> list[str]:
    own = [word for word in (*question.topic.split(), *question.keywords) if word not in ASPECTS]
    words = [re.sub(r"\W", "", word) for word in own if word.lower() not in SMALL]
    names = list(dict.fromkeys(write_tag(word) for word in words if len(word) > 2))
    names.sort(key=lambda name: not INNER_CAPITAL.search(name))
    names = [name for name in names if name.lower() not in PLATFORMS] or names
    more = [
        "Inspiration",
        "Daily",
        "Ideas",
        "Life",
        "Moments",
        "Community",
        "New",
        "Love",
        "Today",
        "Best",
    ]
    if question.language != "en":
        common = WORD_SETS.get(question.language, frozenset())
        names = [name for name in names if name.lower() not in common]
        more = load_answers(question.language).texts["hashtags"].split("|")
    joined = ["".join(names[:2])] if len(names) > 1 and question.language == "en" else []
    ends = [f"{(names or ['Good'])[at % max(1, len(names))]}{word}" for at, word in enumerate(more)]
    pool = list(dict.fromkeys([*names, *joined, *ends, *more]))
    is_small = re.search(r"\blower ?case\b", question.wish, re.I) is not None
    return [f"#{name.lower() if is_small else name}" for name in pool[:count]]


def write_tag(word: str) -> str:
    return word if INNER_CAPITAL.search(word) else word.capitalize()


INNER_CAPITAL = make_regex(r"[a-z][A-Z]")
"""A letter of a name such as "FocusLeaf", which is a hashtag as it stands."""
SMALL = frozenset(
    "a an the of for to in on at and or with by about from my our your new that this is are was has"
    " have had now be will it its".split()
)
"""Words that are not used as hashtags."""
PLATFORMS = frozenset(
    "instagram insta tiktok linkedin twitter facebook youtube pinterest photo photos picture pic"
    " pics post posts caption reel reels selfie video hashtags hashtag".split()
)
"""Where a post stands and what it has, which hashtags do not name if there are other words."""


ENDS_WITH_LINK = make_regex(
    r"\b(?:end(?:s|ing)?|finish(?:es)?|close[sd]?|link|include|add)\b[^.\n]{0,40}?"
    r"((?:https?://|www\.)[^\s\"')>]{4,200})",
    re.I,
)
"""A link for the end of a post: "End with the link https://example.com"."""


ANNOUNCES = make_regex(
    r"\bannounc\w+ (?:the opening of )?(?P<whose>our|my|the"
    r"|a) (?P<thing>new [a-z][\w -]{2,40}?),? (?:called |named )?[\"“]?"
    r"(?P<name>(?-i:[A-Z])[\w'’]*(?: (?:&|and|of|the|(?-i:[A-Z])[\w'’]*)){0,4})[\"”]?(?=[.,;\n]"
    r"|\Z)",
    re.I,
)


OTHER_PARTS = make_regex(
    r"\blinks?\b|https?://|\bhashtags\b|\bthread\b|\bend with\b|\bparagraphs?\b|\bemojis\b", re.I
)
"""Parts of a post that a single sentence does not have."""


def announce_place(question: Question) -> str:
    """Return a post about something new with a name; empty for other posts."""
    match = ANNOUNCES.search(question.instruction) if question.language == "en" else None
    if match is None or OTHER_PARTS.search(question.instruction):
        return ""
    name, thing = match["name"].strip(), match["thing"].strip()
    whose = "our" if match["whose"].lower() in ("our", "the", "a") else "my"
    emoji = " 🎉" if EMOJI.search(question.instruction) else ""
    stated = list_stated_tags(question.instruction)
    own = [f"#{re.sub(r'[^A-Za-z0-9]', '', name)}"] if HASHTAGS.search(question.instruction) else []
    tag = "".join(f" {one}" for one in stated or own)
    return f"{name}, {whose} {thing}, is here!{emoji} Come by and be among the first.{tag}"


@form(
    "post",
    "Write a tweet about our new app, max 280 characters, with emoji and 2 hashtags.",
    words="tweet post caption",
    about="a short post with the emoji and hashtags that the prompt wants",
)
def write_post(question: Question) -> str | None:
    if (
        not TWEET.search(question.instruction)
        or (
            ASKS_ABOUT_POST.match(question.instruction)
            and (question.material or not IN_A_TWEET.search(question.instruction))
        )
        or not (
            TWEET_WISH.search(question.instruction)
            or BEGINS.match(question.instruction)
            or IN_A_TWEET.search(question.instruction)
        )
        or (question.material and re.search(r"classif|summar|zusammenfass", question.lower))
    ):
        return None
    if opening := announce_place(question):
        return opening
    writer = Writer(question)
    if parts := PARAGRAPHS.search(question.instruction):
        return write_long_post(question, writer, parse_count(parts[1], 12))
    if thread := THREAD.search(question.instruction):
        count = parse_count(next(filter(None, thread.groups())), 30)
        return "\n\n".join(f"{at}/{count} {writer.write_sentence()}" for at in range(1, count + 1))
    limit = MAX_CHARACTERS.search(question.instruction)
    most = int(limit[1]) if limit else 280
    match = HASHTAGS.search(question.instruction)
    wanted = match is not None and not re.search(
        r"\b(?:no|without) (?:\w+ )?hashtags", question.instruction, re.I
    )
    counted_tags = parse_count(match[1], 10) if match and match[1] else 0
    stated = list_stated_tags(question.instruction)
    more = max(counted_tags - len(stated), 0) if stated else counted_tags or 2
    tags = [*stated, *make_hashtags(question, more)] if wanted or stated else []
    link = ENDS_WITH_LINK.search(question.instruction)
    end = " ".join([*tags, *([link[1].rstrip(".,")] if link else [])])
    counted = EMOJI_COUNT.search(question.instruction)
    start = question.random.draw_below(len(EMOJIS))
    plural = 2 if "emojis" in question.lower else 1
    many = parse_count(counted[1], len(EMOJIS)) if counted else plural
    emoji = (
        f" {''.join((EMOJIS * 2)[start : start + many])}"
        if EMOJI.search(question.instruction) and not NO_EMOJI.search(question.instruction)
        else ""
    )
    if question.material:
        about = fit_sentences(question.material, most - len(end) - len(emoji) - 1)
        return f"{about}{emoji} {end}".strip()
    if caption := write_caption(question):
        mark = "" if NO_EMOJI.search(question.instruction) else emoji or " ✨"
        return f"{caption}{mark} {end}".strip()
    said = find_news(question) or writer.write_sentence()
    named = NAMED_NEW.search(question.instruction)
    about = named[1] if named else question.topic.removeprefix("that ")
    text = f"{about[:1].upper()}{about[1:]}!{emoji} {said}"
    room = most - len(end) - 1
    text = text if len(text) <= room else text[: max(10, room - 1)].rsplit(" ", 1)[0] + "…"
    if limited := MAX_WORDS.search(question.instruction):
        count = parse_count(next(filter(None, limited.groups())), 300) - len(tags)
        text = " ".join(text.split()[: max(3, count)])
    return f"{text} {end}".strip()


PICTURE = make_regex(
    r"\bcaptions?\b(?: (?:for|about|to|of))?(?: (?:an?|the|my|our|this))*"
    r"(?: (?:pics?|pictures?|photos?|selfies?|shots?|images?|post)"
    r"(?: (?:of|with|from|about))?(?: (?:an?|the|me and))*)? "
    r"(?P<what>(?!pic|photo|image)[^.,;:+!?\n]{3,60}?)(?: (?:pics?|pictures?|photos?|selfie|post))?"
    r"(?= ?(?:[.,;:+!?\n]|\Z|with |and \d|max|under|no hash|in \w+ words))",
    re.I,
)
CAPTIONS = (
    "{} kind of day.",
    "Saving this one for later: {}.",
    "Just {}, and nothing else on the list today.",
    "Another day, another smile: {}.",
)


def write_caption(question: Question) -> str:
    """Return a caption for a picture; empty for other posts."""
    match = PICTURE.search(question.stated) if question.language == "en" else None
    if match is None or MAX_CHARACTERS.search(question.stated) or MAX_WORDS.search(question.stated):
        return ""
    text = question.random.pick(CAPTIONS).format(match["what"].strip())
    return f"{text[:1].upper()}{text[1:]}"


NEWS = make_regex(
    r"\b(?:our|my|we|new|launch\w*|announc\w*|releas\w*|opening|grand|sale|discount|event)\b", re.I
)
NEWS_SENTENCES = (
    "Try it today and tell us what you think.",
    "We have worked on it for months, and now it is yours.",
    "Have a look and share it with your friends.",
    "Thank you all for waiting so patiently.",
    "Be among the first and let us know how you like it.",
)


NAMED_NEW = make_regex(
    r"\b(?:our|my) new [^,.\n]{3,60}, (?:called )?((?:the )?[A-Z][\w-]*(?: [A-Z0-9][\w-]*){0,2})"
)
"""A new thing and its name after it: "our new rain jacket, the DryPeak 3"."""


def find_news(question: Question) -> str:
    """Return what a post about the writer's own news says; empty for other posts."""
    if question.language != "en" or not NEWS.search(question.instruction):
        return ""
    return question.random.pick(NEWS_SENTENCES)


PARAGRAPHS = make_regex(rf"\b({NUMBER}) (?:short |brief )?paragraphs\b", re.I)


def write_long_post(question: Question, writer: Writer, count: int) -> str:
    """Return a post of several paragraphs, with emoji and hashtags if the prompt wants them."""
    parts = [writer.write_paragraph(2, about=at == 0) for at in range(count)]
    if EMOJI.search(question.instruction) and not NO_EMOJI.search(question.instruction):
        parts = [f"{EMOJIS[at % len(EMOJIS)]} {part}" for at, part in enumerate(parts)]
    if re.search(r"\bcall[- ]to[- ]action\b|\bCTA\b", question.instruction, re.I):
        parts.append("Follow us, and tell us what you think in the comments!")
    match = HASHTAGS.search(question.instruction)
    if match is not None:
        parts.append(" ".join(make_hashtags(question, parse_count(match[1] or "3", 10))))
    return "\n\n".join(parts)


ASKS_ABOUT_POST = make_regex(
    r"\W*(?:is|are|does|do|was|what|which|who|why|how|when|where|classify|label|rate|translate"
    r"|summari[sz]e)\b",
    re.I,
)
"""The beginning of a prompt that gives a post."""
SPOKEN = frozenset("I i you me my we How how What Can can do".split())
"""Words of a question, which make no title."""


SUBJECT_LINE = make_regex(
    r"\A\W*(?:please )?(?:write|give|suggest|create|generate|propose|i need)(?: me| us)? (?:an?"
    r"|the|one) (?:[a-z]+ )?subject line\b",
    re.I,
)


def capitalise(word: str, at: int) -> str:
    """Return a word as titles have it: short words inside are small."""
    return word if at and word in SMALL else word[:1].upper() + word[1:]


EMOJI_COUNT = make_regex(rf"\b({NUMBER}) (?:[a-z]+ )?emojis?\b", re.I)
THREAD = make_regex(
    rf"\bthread (?:of|with|in) ({NUMBER})\b|\b({NUMBER})[- ](?:tweet|post|part) thread\b", re.I
)
EXACT = make_regex(
    r"\b(?:exactly|precisely|genau|exactamente|exactement|esattamente|exatamente|precies"
    r"|dokładnie)\b",
    re.I,
)


def fill_words(words: list[str], count: int, writer: Writer) -> str:
    """Return a line of exactly `count` words, which begins with some words."""
    while len(words) < count:
        words = [*words[:-1], f"{words[-1].rstrip('.,')}:", *writer.write_item().split()]
    return " ".join(words[:count]).strip(" .,:;")


CLAUSE = make_regex(
    r"(?:\b(?:say|found|find|show|announce|report|argue|explain|reveal|learn|prove|discover)\w{0,3}"
    r" (?:that|how|why)|:) ((?:[\w'’-]+ ){2,8}[\w'’-]+)|\A((?:[\w'’-]+ ){2,7}[\w'’-]+)[.!]",
    re.I,
)


def title_of(text: str) -> str:
    """Return the words of a text's first sentence that make a title; empty without a text."""
    if not text:
        return ""
    first = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
    match = CLAUSE.search(first)
    if match is not None:
        return match[1] or match[2]
    words = LESS.sub(" ", first[:300]).split()[:9]
    while len(words) > 3 and words[-1].lower() in LINKS:
        words.pop()
    return " ".join(words).strip(" ,;:")


def add_place(topic: str, text: str) -> str:
    """Return a topic with the place after it: "flats to rent" in "flats to rent in Porto"."""
    match = re.search(rf"{re.escape(topic)}( (?:in|from|near|at) [A-Z][\w-]+)", text, re.I)
    return f"{topic}{match[1]}" if match and match[1].split()[-1][:1].isupper() else topic


FOR_IT = make_regex(
    r"\b(?:it|that|this|them)\b (?:an?|the) (?:\w+ )?(?:title|headline|slogan|name)\b"
    r"|\b(?:title|headline|slogan|tagline) for (?:it|that|this|them)\b"
    r"|\A\W*(?:add|suggest|give me)? ?an? (?:\w+ )?title\W*\Z",
    re.I,
)


def find_earlier_topic(question: Question) -> str:
    """Return what the last reply is about, for "Give it a title."; empty for other prompts."""
    mine = [text for role, text in question.earlier if role == "user"]
    if not mine or not FOR_IT.search(question.prompt):
        return ""
    return Question(mine[-1], question.random).topic


LESS = make_regex(
    r"\b(?:the|an?)\s|\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[,;(].*", re.I | re.S
)
LINKS = frozenset("of for to in on at by with and or from that which as into the a an".split())


COUNTED_TITLES = make_regex(
    r"\b(?:two|three|four|five|six|seven|eight|ten|[2-9]|1\d|20) (?:[\w-]+ ){0,3}"
    r"(?:titles|headlines|taglines|slogans|subject lines)\b",
    re.I,
)


@form(
    "title",
    "Suggest a title of at most 6 words for an article about remote work. Return only the title.",
    "Headline for a blog post on coffee, no more than 8 words, just the headline:",
    words="title titles headline slogan tagline subject titel überschrift título titular "
    "eslogan titre titolo tytuł başlık judul",
    about="one line with at most as many words as the prompt allows",
)
def write_title(question: Question) -> str | None:
    text = question.instruction
    if (
        not TITLE.search(text)
        or not TITLE_WISH.search(text)
        or (find_count(question, 1) > 1 and not MAX_WORDS.search(text))
        or COUNTED_TITLES.search(text)
        or (has_count(question) and (NUMBERED.search(text) or BULLETS.search(text)))
    ):
        return None
    mails = r"" if SUBJECT_LINE.search(text) else "email|e-mail|"
    if re.search(
        rf"\b(?:table|json|{mails}article with|with an? (?:\w+ )?(?:title|headline)"
        r"|titles? (?:included|first|at the top|on top)|essay|h[1-3]"
        r"|sections|headings|book titles"
        r"|job title|columns?|html)\b",
        text,
        re.I,
    ):
        return None
    match = MAX_WORDS.search(text)
    most = parse_count(next(filter(None, match.groups())), 30) if match else 10
    writer = Writer(question)
    topic = (
        title_of(question.material)
        or find_earlier_topic(question)
        or add_place(question.topic, text)
    ).split()
    if (len(topic) > most and not question.material) or SPOKEN.intersection(topic):
        topic = [word for word in topic if word.lower() not in COMMON_WORDS] or topic
    if SLOGAN.search(text) and len(topic) > 1 and SELLER.match(topic[-1]):
        topic = topic[:-1]
    topic = topic[:most]
    while len(topic) > 2 and topic[-1].lower() in LINKS:
        topic.pop()
    words = [
        capitalise(word, at) if writer.language == "en" else word for at, word in enumerate(topic)
    ]
    starts = (
        ()
        if question.material
        else ("Simply Good", "Made for You:", "Say Hello to", "Every Day, Better:")
        if SLOGAN.search(text) and writer.language == "en"
        else ("A Fresh Look at", "The Quiet Power of", "Rethinking", "Why We Need")
        if writer.language == "en"
        else ()
    )
    start = question.random.pick(starts).split() if starts else []
    if match and (EXACT.search(text) or OF_WORDS.search(text)):
        promise = PROMISES.get(most - len(words)) if SLOGAN.search(text) else None
        if promise and words:
            return f"{' '.join(words)}: {promise}"
        return fill_words([*start, *words], most, writer)
    title = [*start, *words] if len(start) + len(words) <= most else words
    return " ".join(title).strip(" .,:")
