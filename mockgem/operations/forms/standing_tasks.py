"""A task that the system instruction sets, for messages that are only its input.

"You are a blog title generator." and "learning guitar as an adult" ask for the same as "Write a
blog title about learning guitar as an adult." Recognisers know the single sentence, so the two
are joined into one.
"""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_SYSTEM = 2_500
MAX_TOPIC = 140
VERB = (
    r"(?:write|generate|create|draft|compose|produce|suggest|propose|give|return|make|list"
    r"|translate"
    r"|summari[sz]e|rewrite|extract|convert|turn|explain|describe|brainstorm|craft|design|provide"
    r"|output|come up with|prepare|plan|correct|proofread|simplify|paraphrase|improve|fix|polish"
    r"|edit|shorten|recommend|ask"
    r"|(?:answer|reply|respond) with(?= (?:an? (?!single|number)[a-z]+|two|three|four|five|\d+)\b))"
)
ROLE = make_regex(
    r"\b(?:you are|you're|act as|you act as|as) (?:an? |the |our )?(?P<role>(?!(?:the|an?|our|this"
    r"|my) )(?:[\w'/-]+ "
    r"){0,5}?[\w'/-]+) "
    r"(?:generator|writer|creator|maker|bot|builder|composer|author|naming assistant|copywriter)\b",
    re.I,
)
DOES = make_regex(
    rf"(?:^|[.!?;:\n])\s*(?:you(?:r (?:task|job|role|goal) is to| should| must| will| always| "
    rf"only)?|please"
    rf"|always|the assistant|this bot|given [^,.\n]{{3,60}},)?\s*(?P<verb>{VERB})s?\b"
    r"(?P<rest> [^.!?\n]{2,160})",
    re.I,
)
NO_THING = make_regex(
    r" ?(?:only |just |nothing but )?(?:the |a |an |your )?(?:\w+ )?(?:answer|reply|response|output"
    r"|result|expression|value|name|label|intent|class|team|agent|department|route|id|sentiment"
    r"|language (?:name|code)|digit|integer|letter|option|word|number|text|query|code|code block"
    r"|category|json|object)\b(?! (?:about|for)\b)"
    r"| (?:to|in|with|every|each|all|if|when|as|politely|briefly|concisely|that|them|it|and|or)\b",
    re.I,
)
"""What a task returns, where it does not say what that is about."""
OF_USER = make_regex(
    r" (?:for|about|of|on|from|to|based on) (?:whatever|anything|everything)(?: that)? (?:the "
    r")?users?"
    r" \w+| (?:for|about|of|on|from|to|based on) (?:(?:the|an?|each|every|any|their|his|your) )?"
    r"(?:[\w-]+ ){0,3}?(?:(?:that |which |, which )?(?:the |a )?(?:users?|customers?|clients?"
    r"|people|they)"
    r" (?:\w+ )?(?:names?|gives?|descri\w+|pastes?|sends?|provides?|enters?|asks?(?: for| about)?"
    r"|types?"
    r"|mentions?|wants?|writes?|says?|submits?|specif\w+)"
    r"|(?:given|provided|requested|named) (?:by the user|below)|(?:user|customer)['’]s (?:\w+ )?\w+"
    r"|(?:user|incoming|given|provided|following) (?:message|input|text|topic|request|description"
    r"|query|idea)s?"
    r"|(?:message|input|topic|it|request|idea|what the user (?:wants|asks)(?: for| to do)?)\b)",
    re.I,
)
"""The message itself, as a task calls it: "for the role the user names", "about it"."""
TAIL = make_regex(
    r"(?:,| with| as an? | as [a-z]+ list| in | of (?:at most|no more|about|max|exactly|up to|\d)"
    r"| that | which"
    r"| using | per | including| one per| to | for | from | \(|;|:)",
    re.I,
)
"""Where the thing to make ends, and how it should be begins."""
MESSAGE = make_regex(
    r"e-?mails?|letters?|messages?|replies|reply|sms|texts?|notes?|announcements?", re.I
)
TELLS = make_regex(
    r"\W*(?:please )?(?P<verb>tell|inform|notify|remind|ask|thank|invite|let|apologi[sz]e to"
    r"|congratulate|warn)"
    r" (?P<rest>\S[^\n]{8,400})\Z",
    re.I,
)
PUBLISHES = make_regex(
    r"\W*(?:please )?(?:announce|promote|celebrate|introduce|share|advertise|present|write about"
    r"|post about"
    r"|write something about|cover|talk about|topic:|subject:|theme:) (?P<rest>\S[^\n]{3,300})\Z",
    re.I,
)
COMMANDS = make_regex(
    r"\W*(?:(?:and|also|so|ok|okay|but|hi|hello|hey|thanks|then),? )*(?:please |can you "
    r"|could you )?"
    rf"(?:{VERB}|tell me|show|help|what|why|how|when|where|who"
    rf"|which|is|are"
    r"|do|does|did|can|could|should|would|i need|i want|i['’]d like)\b",
    re.I,
)
"""A message that says itself what to do."""


@frozen
class Task:
    """What the system instruction wants to be done with each message.

    Attributes:
        command: "Write a title of at most 8 words".
        system: The instruction without this sentence.
    """

    command: str
    system: str


def read_task(system: str) -> Task | None:
    """Return the task that a system instruction sets; None if it sets none."""
    system = system[:MAX_SYSTEM]
    if PROOFREADS.search(system):
        return Task(CORRECT, "")
    role = ROLE.search(system)
    found = [match for match in DOES.finditer(system) if names_thing(match)]
    if found:
        match = next((one for one in found if COUNTED.match(one["rest"])), found[0])
        start = match.start() + (match[0][:1] in ".!?;:\n")
        rest = f"{system[:start]}{system[match.end() :]}"
        return Task(write_command(match, system, role), drop_role(rest, role))
    if role is not None and (not role[0].lower().endswith("bot") or TEXTS.search(role["role"])):
        return Task(f"Write a {role['role'].lower()}", drop_role(system, role))
    return None


TEXTS = make_regex(
    r"\b(?:poem|poetry|haiku|limerick|rhyme|joke|riddle|pun|story|tale|slogan|tagline|caption|title"
    r"|headline|hashtag|tweet|post|e-?mail|letter|recipe|quiz|lyrics|song|bio|description|summary"
    r"|outline|article|script|name|username|password|idea|prompt|quote|compliment|excuse)s?\Z",
    re.I,
)
"""What a bot writes if its role ends with it; other bots talk: "a concierge bot"."""


PROOFREADS = make_regex(
    r"\b(?:you are|you're|act as) (?:an? |the |our )?(?:[\w-]+ ){0,3}?(?:proofread\w*"
    r"|grammar (?:checker"
    r"|corrector|assistant|bot)|spell[- ]?check\w*)\b(?! .{0,80}\bjson\b)",
    re.I,
)
"""A role that corrects each message."""
CORRECT = "Correct the spelling and grammar of the following text. Return only the corrected text"


def names_thing(match: re.Match[str]) -> bool:
    """Return whether a task says what to make, and not only in which form to answer."""
    is_reply = match["verb"].lower() in ("write", "draft", "compose") and REPLIES.match(
        f"write{match['rest']}"
    )
    return bool(is_reply) or NO_THING.match(match["rest"]) is None


COUNTED = make_regex(rf" (?:exactly |at least |up to )?{NUMBER} [a-z]", re.I)


def write_command(match: re.Match[str], system: str, role: re.Match[str] | None) -> str:
    """Return the task as a command, with the kind of text that only the role names."""
    verb = "Write" if match["verb"].lower() in NO_VERB else match["verb"].capitalize()
    rest = match["rest"]
    if PARTS.match(rest) and (kind := KIND.search(system)):
        return f"Write a {kind[1].lower()}"
    if "ingredients" in rest[:30]:
        return "Write a recipe"
    name = role["role"].lower() if role else ""
    last = name.split()[-1] if name else ""
    if name and name not in rest.lower():
        rest = re.sub(rf"(?<= ){re.escape(last)}\b", name, rest, count=1)
    return f"{verb}{MANY.sub(make_single, rest, count=1)}"


NO_VERB = ("output", "return", "ask", "answer with", "reply with", "respond with", "provide")
PARTS = make_regex(
    r" (?:the |a )?(?:(?:title|name|ingredients|headline|subject|summary|intro\w*)s?,"
    r"|(?:title|ingredients|subject line)s? (?:and|as)\b)",
    re.I,
)
"""Parts of a text whose kind stands elsewhere."""
KIND = make_regex(
    r"\b(recipe|e-?mail|blog post|article|lesson plan|meal plan|report|newsletter)\b", re.I
)
MANY = make_regex(
    r"(?<=\A )((?:[\w-]+ ){0,3}?)(description|post|article|title|headline|caption|e-?mail|letter"
    r"|review"
    r"|tweet|poem|recipe|slogan|tagline|haiku|limerick|joke|bio|newsletter|press release)s\b",
    re.I,
)
"""Texts that a bot writes, one for each message."""


def make_single(match: re.Match[str]) -> str:
    words = match[1].split()
    if words and (words[0].isdigit() or words[0].lower() in NUMBER_WORDS):
        return match[0]
    article = "an" if f"{match[1]}{match[2]}"[0] in "aeio" else "a"
    return f"{article} {match[1]}{match[2]}"


NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten exactly up at several some".split()
)


def drop_role(system: str, role: re.Match[str] | None) -> str:
    system = MAIL_PARTS.sub("", system)
    return system.replace(role[0], " ").strip(" .\n") if role else system.strip(" .\n")


MAIL_PARTS = make_regex(
    r"\b(?:output|return|include|give|provide)\b[^.\n]{0,20}\bsubject line\b[^.\n]*", re.I
)
"""What every e-mail here has."""


def join_task(question: Question) -> Question | None:
    """Return a question whose message states the task and its input; None without a task."""
    message = question.prompt.strip()
    if not question.stated_system or not message:
        return None
    task = read_task(question.stated_system)
    prompt = state(task.command, message) if task else ""
    if task is None or not prompt or SUMMARISES.search(task.system):
        return None
    return question.restate(prompt, task.system)


SUMMARISES = make_regex(r"\b(?:summari[sz]es?|condenses?)\b", re.I)
"""What a role does with each text; a command next to it tells only the layout."""
MAKES = make_regex(
    r"(?:write|generate|create|draft|compose|suggest|propose|recommend|brainstorm|craft|design"
    r"|prepare"
    r"|plan|give|describe|list|ask)\b",
    re.I,
)
OTHER_FORM = make_regex(
    r"\b(?:json|xml|ya?ml|csv|sql|regex\w*|code|commands?|quer(?:y|ies)|function|script|classif\w+"
    r"|labels?|categor\w+|extract\w*|translat\w+|score|rate|rating|context|documents?|sources?"
    r"|minutes|integer|sentiment|urgency|detect\w*|moderat\w+|alt(?:ernative)? text|intents?"
    r"|rout(?:e|er|ing)|queues?)\b|[{<`]",
    re.I,
)


def makes_text(system: str, joined: Question) -> bool:
    """Return whether the task is to write a text or a list, which nothing but the task tells."""
    if COMMAND_LINE.search(joined.prompt):
        return True
    return MAKES.match(joined.prompt) is not None and OTHER_FORM.search(system) is None


COMMAND_LINE = make_regex(
    r"\A[^\n]{0,60}\b(?:(?:git|shell|bash|linux|terminal|docker|kubectl|cli) commands?|cron "
    r"expressions?)\b",
    re.I,
)


def state(command: str, message: str) -> str:
    """Return a command with its input: a topic in the sentence, a longer text below it."""
    is_reply = REPLIES.search(command) is not None
    if not is_reply:
        if match := TELLS.match(message):
            return tell(command, match) if MESSAGE.search(command) else ""
        if match := PUBLISHES.match(message):
            return put_topic(command, match["rest"].strip(" ."))
        if COMMANDS.match(message) or (GREETS.match(message) and len(message) < MAX_GREETING):
            return ""
        if is_topic(message) and WORKS_ON.match(command) is None:
            return put_topic(command, message.strip(" ."))
    space = " " if CONVERTS.match(command) and len(message) <= MAX_TOPIC else NEXT
    return f"{name_input(command, is_reply=is_reply)}:{space}{message}"


def is_topic(message: str) -> bool:
    """Return whether a message names a thing, and not a sentence or text."""
    is_sentence = message.endswith((".", "!")) and len(message.split()) > TOPIC_WORDS
    is_sentence = is_sentence or PERSONAL.match(message) is not None
    return len(message) <= MAX_TOPIC and "\n" not in message and not is_sentence


PERSONAL = make_regex(
    r"\W*(?:(?:i|we|you|he|she|it|they|there)(?:['’]\w+)?\s|(?:my|our|your|this)(?: \S+){5})", re.I
)


def name_input(command: str, *, is_reply: bool) -> str:
    """Return a command for a text below it, as recognisers know it from single messages."""
    if is_reply:
        return "Reply to this e-mail" if MAIL.search(command) else "Reply to this customer message"
    if NOTES.match(command):
        return "Extract the action items from the notes"
    return OF_TEXT.sub(" the following text", INPUT.sub("", OF_USER.sub("", command)))


REPLIES = make_regex(
    r"\A(?:write|draft|generate|create|compose|suggest|give) (?:an? |the |one )?(?:[\w-]+,? ){0,4}?"
    r"(?:reply|response|answer)\b",
    re.I,
)
MAIL = make_regex(r"\be-?mail\b", re.I)
OF_TEXT = make_regex(
    r" (?:the |any )?(?:user(?:['’]s)?|given|provided|customer(?:['’]s)?)(?: \w+)? "
    r"(?:text|message|sentence|paragraph|draft|writing|e-?mail)s?\b",
    re.I,
)
NOTES = make_regex(r"(?:turn|convert|rewrite)\b[^.\n]{0,40}\binto (?:\w+ )?action items\b", re.I)
NEXT = "\n\n"
MAX_GREETING = 60
GREETS = make_regex(r"\W*(?:hi|hello|hey|thanks|thank you|ok|okay|yes|no)\b", re.I)
CONVERTS = make_regex(r"(?:convert|translate|turn)\b", re.I)
WORKS_ON = make_regex(
    r"(?:convert|translate|turn|rewrite|summari[sz]e|extract|explain|correct|proofread|simplify"
    r"|paraphrase|improve|fix|polish|edit|shorten)\b",
    re.I,
)
"""What is done with the message itself."""
INPUT = make_regex(
    r"(?<=[a-z]) (?:natural language|(?:the )?user(?:['’]s)? (?:text|input|message|words)s?)\b",
    re.I,
)
TOPIC_WORDS = 5


def tell(command: str, match: re.Match[str]) -> str:
    """Return a command to write a message to a person: "Tell Mr. Patel that …"."""
    verb = match["verb"].lower()
    rest = match["rest"].strip(" .")
    command = cut_tail(command)
    who, _, what = rest.partition(" that ")
    if not what and verb in ("tell", "inform", "notify") and (told := TOLD.match(rest)):
        who, what = told[1], told[2]
    if what and verb in ("tell", "inform", "notify", "remind", "let", "warn"):
        who = who.removesuffix(" know")
        return f"{put_topic(command, '', f' to {who} saying that {what}')}"
    return f"{put_topic(command, '', f' to {verb} {rest}')}"


TOLD = make_regex(
    r"((?:(?!(?:the|our|we|i|his|her|it|about|to)\b)[\w'’&.-]+ ){1,4}?)"
    r"((?:the|our|we|i|his|her|it|they) [^\n]{8,400})\Z",
    re.I,
)
"""A person and what to tell, without "that"."""
FOR = make_regex(
    r"\A\w+ (?:[\w-]+ ){0,3}?(?:names?|slogans?|taglines?|recipes?|plans?|table|lines?"
    r"|descriptions?|keywords?"
    r"|hashtags?|captions?|titles?|headlines?|interview questions)\b",
    re.I,
)
"""Things that are made for something, not about it."""


def put_topic(command: str, topic: str, end: str = "") -> str:
    """Return a command with its topic behind the thing to make."""
    end = end or f" {'for' if FOR.search(command) else 'about'} {topic}"
    if topic and (its := ITS.search(command)):
        return f"{command[: its.start()]}the {its[1]} of {topic}{command[its.end() :]}."
    if match := OF_USER.search(command):
        return f"{command[: match.start()]}{end}{command[match.end() :]}."
    thing = cut_tail(command)
    return f"{thing}{end}{command[len(thing) :]}."


ITS = make_regex(r"\b(?:its|their) ([a-z]+)", re.I)


def cut_tail(command: str) -> str:
    """Return a command without what it says of the form: "Write a title" of at most 8 words."""
    match = TAIL.search(command, command.find(" ") + 1)
    return command[: match.start()].rstrip() if match else command
