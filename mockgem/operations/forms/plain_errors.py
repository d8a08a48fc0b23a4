"""Errors and logs in words that everybody understands."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.given_text import SENTENCES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

EXPLAINS = make_regex(
    r"\b(?:explain|describe|summari[sz]e|tell|translate|put|what (?:does|do|is|went|happened)"
    r"|what['’]s|mean|means)\b",
    re.I,
)
FOR_LAYMEN = make_regex(
    r"\b(?:non[- ]?technical|not technical|lay ?(?:man|men|person|people)\w*|plain|simple|simply"
    r"|easy|everyday|customers?|users?|boss|manager|grandma\w*|grandmother|beginners?|mum|mom"
    r"|child|kid|someone|anyone|management|stakeholders?|normal people|human|in words)\b",
    re.I,
)
NAMES_LOG = make_regex(
    r"\b(?:logs?|errors?|stack ?trace|traceback|message|exception|alert)\b"
    r"|[a-z](?:error|exception)\b",
    re.I,
)
LOOKS_LIKE_LOG = make_regex(
    r"\b(?:ERROR|FATAL|WARN(?:ING)?|CRITICAL|Traceback|[A-Z]\w+(?:Error|Exception|Timeout|Refused))"
    r"\b|\[(?:error|warn|fatal|crit)\w*\]|\b(?:error|failed|refused|denied|timed out|no space)\b"
    r"|\b[45]\d\d\b|\bE[A-Z]{5,12}\b",
    re.I,
)
CAUSES = (
    (
        r"connection refused|ECONNREFUSED|could not connect|unable to connect|connection reset",
        "The app could not reach {part}, because nothing answered there.",
        "It is probably switched off or restarting, so this part of the app does not work until"
        " the connection is back.",
    ),
    (
        r"timed? ?out|timeout|ETIMEDOUT|deadline exceeded",
        "The app asked {part} for something and waited, but the answer did not come in time.",
        "This usually happens when a service is overloaded or the network is slow, so it is worth"
        " trying again in a few minutes.",
    ),
    (
        r"no space left|disk (?:is )?full|ENOSPC|quota exceeded|usage (?:at )?9\d%",
        "The storage of the server is full, so the app could not save anything new.",
        "Some old files have to be deleted, or more space has to be added, before it works again.",
    ),
    (
        r"out of memory|OutOfMemory\w*|heap space|OOM\w*|MemoryError",
        "The app needed more working memory than the computer has, so it had to stop.",
        "It has to be restarted, and it needs more memory or less work at the same time.",
    ),
    (
        r"permission denied|access denied|forbidden|\b403\b|EACCES|unauthori[sz]ed|\b401\b"
        r"|authentication failed|invalid (?:password|credentials|token)",
        "The app was not allowed to do this, because its login or its rights were not accepted.",
        "Somebody has to check the password or give it the missing permission.",
    ),
    (
        r"not found|\b404\b|ENOENT|no such file|FileNotFound\w*|does not exist|KeyError"
        r"|ModuleNotFound\w*",
        "The app looked for something that is not there any more, or that has another name.",
        "The missing piece has to be put back, or the app has to be told its new place.",
    ),
    (
        r"null ?pointer\w*|NoneType|undefined|null reference|TypeError|nil pointer",
        "The app expected a piece of information that was empty, and it did not know what to do.",
        "This is a mistake in the program, which the developers have to correct.",
    ),
    (
        r"rate limit|too many requests|\b429\b",
        "The app sent too many requests in a short time, so the other side asked it to slow down.",
        "It works again after a short break.",
    ),
    (
        r"certificate|SSL|TLS|x509",
        "The secure connection could not be set up, because the certificate was not accepted.",
        "It has probably expired and has to be renewed.",
    ),
    (
        r"division by zero|ZeroDivision\w*|divide by zero",
        "The program tried to divide a number by zero, which is not possible.",
        "This happens when a value is missing or zero, so the developers have to handle it.",
    ),
    (
        r"syntax ?error|unexpected token|parse error|JSONDecode\w*|invalid (?:json|syntax)",
        "The app got a text that is not written in the way that it expects, so it could not read"
        " it.",
        "The text has to be corrected, and then the app can try again.",
    ),
    (
        r"deadlock|lock wait",
        "Two parts of the app waited for each other, so neither of them could go on.",
        "The work was stopped and can be tried again.",
    ),
    (
        r"\b50[0234]\b|internal server error|bad gateway|service unavailable|crash\w*",
        "Something went wrong on the server, so the request could not be finished.",
        "You did nothing wrong; please try again later.",
    ),
    (
        r"error|fail\w*|exception|fatal",
        "Something in the app went wrong, so the last step could not be finished.",
        "The team has to look at the cause, and then the step can be tried again.",
    ),
)
COMPILED = [(make_regex(pattern, re.I), cause, advice) for pattern, cause, advice in CAUSES]
PARTS = (
    (r"\bdb\b|database|postgres\w*|mysql|:?(?:5432|3306|27017)\b|mongo\w*|sql\b", "its database"),
    (r"redis|cache|6379", "its short-term memory, the cache"),
    (r"pay\w*|stripe|checkout", "the payment service"),
    (r"smtp|mail", "the mail server"),
    (r"\bapi\b|http", "another service"),
)
AFTER_COLON = make_regex(r":\s+")
RETRIES = make_regex(r"\bretry\w*(?: in (\d{1,4}) ?s(?:ec\w*)?)?", re.I)


@form(
    "error in plain words",
    "Explain this log to a non-technical user in 2 sentences.\n\nERROR db: connection refused"
    " (host=db01, port=5432)",
    'What does this error mean in plain English? "OutOfMemoryError: Java heap space"',
    words="technical nontechnical layman laymen plain simple log logs error errors"
    " stack stacktrace traceback message exception alert",
    about="what a log or an error means, without technical words",
)
def explain_error(question: Question) -> str | None:
    instruction = question.instruction
    given = question.material or AFTER_COLON.split(question.prompt[:3000], maxsplit=1)[-1]
    given = given if LOOKS_LIKE_LOG.search(given) else question.prompt[:3000]
    names = NAMES_LOG.search(question.prompt[:3000])
    if not given or names is None or question.language != "en":
        return None
    is_wanted = EXPLAINS.search(instruction) and FOR_LAYMEN.search(instruction)
    if not is_wanted or OTHER_FORM.search(question.wish) or not LOOKS_LIKE_LOG.search(given):
        return None
    found = next((said for said in COMPILED if said[0].search(given[:3000])), None)
    if found is None:
        return None
    part = next((name for sign, name in PARTS if re.search(sign, given[:3000], re.I)), "a service")
    sentences = [found[1].format(part=part), found[2]]
    if retry := RETRIES.search(given):
        after = f" after {retry[1]} seconds" if retry[1] else ""
        sentences.insert(1, f"It is trying again on its own{after}.")
    match = SENTENCES.search(question.wish)
    count = parse_count(match[1], 9) if match else len(sentences)
    return " ".join(fit_count(sentences, count))


def fit_count(sentences: list[str], count: int) -> list[str]:
    """Return so many sentences: the first ones, or all and what to do next."""
    more = [
        "No data has been lost.",
        "The technical team knows about it.",
        "Thank you for waiting.",
    ]
    return [*sentences, *more][:count]


OTHER_FORM = make_regex(r"\b(?:json|ya?ml|xml|csv|table|bullets?|fix|code|list|classify)\b", re.I)
