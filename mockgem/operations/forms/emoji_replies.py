"""Replies that are emoji and nothing else: "React with exactly one of these emojis: 👍 🎉 😢"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.decorations import EMOJIS, choose_fitting
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentiment import measure_sentiment
from mockgem.operations.forms.topic_emojis import index_words

WISH = make_regex(
    r"\b(?:react|reply|respond|answer|output|write|return|print|send|turn|translate|convert|summari[sz]e"
    r"|describe|express|pick|choose|give)\b(?![^.\n]{0,80}\b(?:contain\w*|includ\w*|add|adding|plus"
    r"|at least|between|followed|starts?|ends?|hashtags?|sentences?|bullets?|list|ideas|words?"
    rf" with)\b)[^.\n]{{0,70}}?(?P<count>\b(?:exactly |only |just )?(?:one single|a single|an?|the"
    rf"|single|{NUMBER})) (?:of (?:these|the following|those) )?(?:(?!or\b)[a-z]+ )?emojis?\b",
    re.I,
)
ALONE = make_regex(
    r"\bemojis? only\b|\bonly (?:the |an? |one |with )?(?:single )?emojis?\b|\bjust (?:the |an? "
    r"|one )?"
    r"emojis?\b|\bno (?:other )?(?:text|words)\b|\bnever (?:output|write|use|add) (?:any )?(?:text"
    r"|words)\b|\bnothing else\b|\bwithout (?:any )?(?:text|words)\b|\b(?:with|to|into|output"
    rf"|return) exactly (?:one|{NUMBER}) (?:of \w+ )?(?:single )?emojis?\b",
    re.I,
)
PICTURE = make_regex(
    r"[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u2B55][\uFE0F\u20E3\U0001F3FB-\U0001F3FF]?"
)
QUOTED = make_regex(r"[\"“][^\"”\n]{0,600}[\"”]")
GLAD, SAD = frozenset("🎉🥳👍😀😊🙂❤💚✅🚀🔥👏🙌😍😄⭐🌟"), frozenset("😢😞👎😡😠☹💔❌😭🙁")
MOST = 10


EITHER = make_regex(
    rf"\b(?:react|reply|respond|answer)\b[^\n]{{0,60}}?{PICTURE.pattern}(?:,? (?:or|/) ?|, ?|/)"
    rf"{PICTURE.pattern}[^.\n]{{0,40}}",
    re.I,
)
"""Emoji of which one is the reply: "React with 👍 or 👎"."""


@form(
    "emoji alone",
    'React to this message with exactly one of these emojis: 👍 🎉 😢 👀\n\n"We moved the meeting'
    ' to Friday."\n\nOnly output the emoji.',
    "Turn this weather report into exactly 3 emoji. Reply with the emoji only.\n\nSunny in the"
    " morning, rain in the evening.",
    words="emoji emojis react",
    about="as many emoji as the prompt says and nothing else",
)
def reply_with_emoji(question: Question) -> str | None:
    wish = QUOTED.sub(" ", question.wish)
    if (either := EITHER.search(wish)) and ALONE.search(wish):
        told = question.material or question.prompt
        return choose_offered(PICTURE.findall(either[0]), told, question)
    if TOLD_IN_EMOJI.search(wish):
        return " ".join(list_emoji(question.material or question.prompt, STORY, question))
    match = WISH.search(wish)
    if match is None or not ALONE.search(wish):
        return None
    said = match["count"].lower().split()[-1]
    count = 1 if said in ("a", "an", "the", "single", "one") else parse_count(said, MOST)
    told = question.material or question.prompt
    offered = list(dict.fromkeys(PICTURE.findall(wish)))
    if len(offered) > 1:
        return choose_offered(offered, told, question)
    return "".join(list_emoji(told, count, question))


def list_emoji(told: str, count: int, question: Question) -> list[str]:
    """Return emoji that fit a text, then others by the seed."""
    found = list_fitting(told) or [choose_fitting(told) or choose_by_mood(told)]
    start = question.random.draw_below(len(EMOJIS))
    spare = [EMOJIS[(start + at) % len(EMOJIS)] for at in range(len(EMOJIS))]
    return list(dict.fromkeys([*found, *spare]))[:count]


TOLD_IN_EMOJI = make_regex(
    r"\b(?:using|with|in|through|by) (?:only|just|nothing but) emojis?\b|\bonly (?:using|with"
    r"|in) emojis?\b"
    r"|\bemojis only\b(?=\W*\Z)",
    re.I,
)
STORY = 8
"""Emoji of a story without words."""


def choose_offered(offered: list[str], told: str, question: Question) -> str:
    """Return the emoji of those in a prompt that fits the mood of a text; else one by the seed."""
    mood = measure_sentiment(told) or ("!" in told)
    wanted = GLAD if mood > 0 else SAD
    fitting = [one for one in offered if mood and one[0] in wanted]
    rows = fitting or offered
    return rows[question.random.draw_below(len(rows))]


def choose_by_mood(told: str) -> str:
    mood = measure_sentiment(told)
    return "😢" if mood < 0 else "🎉" if mood > 0 or "!" in told else "🙂"


def list_fitting(text: str) -> list[str]:
    """Return the emoji of the words of a text, in their order."""
    known = index_words()
    words = re.findall(r"[a-z][a-z-]*", text[:500].lower())
    return list(dict.fromkeys(known[word] for word in words if word in known))
