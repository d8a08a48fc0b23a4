"""Regular expressions: written for a description or for samples, and explained."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

SAMPLES = make_regex(
    r"\b(?:like|such as|e\.g\.?,?|for example|wie|como|comme|format(?:ted as)?:?)\s+"
    r"((?:[\"'`]?[^\s\"'`,;]*\d[^\s\"'`;,]*(?: [\d(][\d-]*)?[\"'`]?(?:, (?:and |or )?| or "
    r"| and | oder | o )?){1,5})",
    re.I,
)
PART = make_regex(
    rf"\b({NUMBER}|a|an|one or more|at least one|some)\s(?:(uppercase|capital|lowercase)\s)?"
    r"(digits?|numbers?|letters?|characters?|word characters?|dash(?:es)?|hyphens?|underscores?"
    r"|spaces?)\b",
    re.I,
)
CLASSES = (
    ("digit", r"\d"),
    ("number", r"\d"),
    ("letter", "[A-Za-z]"),
    ("word", r"\w"),
    ("character", "."),
    ("dash", "-"),
    ("hyphen", "-"),
    ("underscore", "_"),
    ("space", r"\s"),
)
STARTS = make_regex(
    r"\b(?:start\w*|begin\w*) (?:with|in) (?:the )?(?:letters? |word "
    r"|prefix )?[\"'`]?([\w#@/.-]{1,20})[\"'`]?",
    re.I,
)
ENDS = make_regex(
    r"\b(?:end\w*) (?:with|in) (?:the )?(?:letters? |word |extension )?[\"'`]?([\w.]{1,20})[\"'`]?",
    re.I,
)
CLASSED_START = make_regex(
    r"\b(?:start|begin)\w* with (?:an? |one )?(capital letter|uppercase letter|lowercase letter"
    r"|letter|digit|number|vowel)\b",
    re.I,
)
CLASSED_END = make_regex(
    r"\bend\w* (?:with|in) (?:an? |one )?(period|full stop|dot|digit|number|question mark"
    r"|exclamation mark"
    r"|comma|letter|capital letter|vowel)\b",
    re.I,
)
CLASS_NAMES = {
    "capital letter": "[A-Z]",
    "uppercase letter": "[A-Z]",
    "lowercase letter": "[a-z]",
    "letter": "[A-Za-z]",
    "digit": r"\d",
    "number": r"\d",
    "vowel": "[aeiou]",
    "period": r"\.",
    "full stop": r"\.",
    "dot": r"\.",
    "question mark": r"\?",
    "exclamation mark": "!",
    "comma": ",",
}


def find_class(words: str) -> str:
    return CLASS_NAMES[words.lower()]


NAMES = frozenset(
    "a an the one two three four five six letter digit number uppercase lowercase".split()
)


def write_described_regex(text: str) -> str:
    """Return a pattern for the samples or the parts that a text describes; empty without any."""
    if sampled := SAMPLES.search(text):
        parts = re.split(r", (?:and |or )?| or | and | oder | o ", sampled[1])
        shapes = [
            narrow(shape_of(close(part.strip(" \"'`.?"))), text)
            for part in parts
            if re.search(r"\d", part)
        ]
        shapes = list(dict.fromkeys(shapes))
        if re.search(r"[a-z]\d+[a-z]", sampled[1]):
            return ""
        return f"^{shapes[0]}$" if len(shapes) == 1 else f"^(?:{'|'.join(shapes)})$"
    if form := FORMAT.search(text):
        return f"^{re.sub(r'[A-Za-z]+', digits_of, escape(form[1]))}$"
    starts, ends = STARTS.search(text), ENDS.search(text)
    classed = CLASSED_START.search(text)
    if classed and (ended := CLASSED_END.search(text)):
        return f"^{find_class(classed[1])}.*{find_class(ended[1])}$"
    start = escape(starts[1]) if starts and starts[1].lower() not in NAMES else ""
    end = escape(ends[1].rstrip(".")) if ends and ends[1].lower() not in NAMES else ""
    middle = "".join(write_part(*match) for match in PART.findall(text))
    if not (start or end or middle):
        return ""
    return f"^{start}{middle or '.*'}{end}$"


def close(sample: str) -> str:
    """Return a sample without a bracket at its end that belongs to the text behind it."""
    return sample.rstrip(" (") if sample.count("(") > sample.count(")") else sample


SHAPES = (
    (
        r"\d{4}-\d{2}-\d{2}",
        r"\b(?:iso|months?|days?|valid|dates?)\b",
        r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
    ),
    (r"\d{2}:\d{2}", r"\b(?:24|times?|hours?|clock)\b", r"(?:[01]\d|2[0-3]):[0-5]\d"),
)
"""Shapes of samples, the words of a prompt, and the pattern for values that exist."""


def narrow(shape: str, text: str) -> str:
    """Return a pattern that only valid dates or times have, if the sample is one."""
    for plain, words, narrow_one in SHAPES:
        if shape == plain and re.search(words, text, re.I):
            return narrow_one
    return shape


USES = {
    "javascript": "const pattern = /{0}/;\n\nexport function isValid(text) {{\n  return "
    "pattern.test(text);\n}}\n\nconsole.log(isValid('{1}'));",
    "typescript": "const pattern = /{0}/;\n\nexport function isValid(text: string): "
    "boolean {{\n  return pattern.test(text);\n}}\n\n"
    "console.log(isValid('{1}'));",
    "python": 'import re\n\nPATTERN = re.compile(r"{0}")\n\n\ndef is_valid(text):\n    return '
    'PATTERN.fullmatch(text) is not None\n\n\nprint(is_valid("{1}"))',
    "java": "import java.util.regex.Pattern;\n\npublic class Validator {{\n"
    '    private static final Pattern PATTERN = Pattern.compile("{2}");\n\n'
    "    public static boolean isValid(String text) {{\n"
    "        return PATTERN.matcher(text).matches();\n    }}\n}}",
    "php": "<?php\n\nfunction isValid(string $text): bool\n{{\n    return preg_match('/{0}/', "
    "$text) === 1;\n}}",
}
"""Programs that use a pattern {0} on a sample {1}; {2} is it with doubled backslashes."""
SAMPLE = make_regex(r"\b(?:like|such as|e\.g\.?) [`\"']?([^\s`\"',]{2,40})")


SHOWN = make_regex(r"\s*(.+?)(?:, | or | and |\Z)")


def write_use(pattern: str, language: str, text: str) -> str:
    """Return a program in a language that uses a pattern; empty for languages without one."""
    shown = SAMPLES.search(text)
    sample = SHOWN.match(shown[1]) if shown else SAMPLE.search(text)
    plain = (
        pattern.replace("/", "\\/") if language in ("javascript", "typescript", "php") else pattern
    )
    doubled = pattern.replace("\\", "\\\\")
    return USES.get(language, "").format(
        plain, sample[1].strip(" \"'`.") if sample else "example", doubled
    )


FORMAT = make_regex(
    r"\b((?:[DMYHS]{2,4}[/.:-]){1,5}[DMYHS]{2,4}|(?:[dmyhs]{2,4}[/.:-]){1,5}[dmyhs]{2,4})\b"
)


def digits_of(letters: re.Match[str]) -> str:
    return rf"\d{{{len(letters[0])}}}"


def shape_of(sample: str) -> str:
    """Return the pattern of a sample: ORD-123 is ORD-\\d{3}."""
    shape = re.sub(r"\d+", lambda run: "\0" * len(run[0]), sample)
    shape = escape(shape)
    return re.sub("\0+", lambda run: rf"\d{{{len(run[0])}}}" if len(run[0]) > 1 else r"\d", shape)


def escape(text: str) -> str:
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)


def write_part(count: str, case: str, kind: str) -> str:
    found = next((one for word, one in CLASSES if kind.lower().startswith(word)), ".")
    if case and "letter" in kind.lower():
        found = "[A-Z]" if case.lower() in ("uppercase", "capital") else "[a-z]"
    word = count.lower()
    if word in ("one or more", "at least one", "some"):
        return f"{found}+"
    number = 1 if word in ("a", "an") else parse_count(count, 100)
    return found if number == 1 else f"{found}{{{number}}}"


TOKENS: tuple[tuple[str, str], ...] = (
    (r"\^", "the beginning of the text"),
    (r"\$", "the end of the text"),
    (r"\\d", "a digit"),
    (r"\\w", "a letter, a digit or an underscore"),
    (r"\\s", "white space"),
    (r"\\b", "the edge of a word"),
    (r"\\D", "anything but a digit"),
    (r"\\S", "anything but white space"),
    (r"\\(.)", "the character `{0}`"),
    (r"\[A-Z\]", "a capital letter"),
    (r"\[a-z\]", "a small letter"),
    (r"\[(?:a-zA-Z|A-Za-z)\]", "a letter"),
    (r"\[0-9\]", "a digit"),
    (r"\[\^([^\]]{1,40})\]", "any character but `{0}`"),
    (r"\[([^\]]{1,60})\]", "one of `{0}`"),
    (r"\.", "any character"),
    (r"\((?:\?[:=!]|\?<\w+>|\?P<\w+>)?", "a group"),
    (r"\|", "or"),
    (r"([A-Za-z0-9@#_/:,; -]+)", "`{0}`"),
)
REPEATS: tuple[tuple[str, str], ...] = (
    (r"\{(\d+)\}", ", {0} times"),
    (r"\{(\d+),(\d+)\}", ", {0} to {1} times"),
    (r"\{(\d+),\}", ", at least {0} times"),
    (r"\+\??", ", once or more"),
    (r"\*\??", ", any number of times"),
    (r"\?", ", which may be missing"),
)
MAX_TOKENS = 14
PATTERN = make_regex(
    r"`([^`\n]{2,200})`|(?<!\w)/((?:[^/\n\\]|\\.){2,200})/[gimsuy]{0,4}(?!\w)|(\^\S{1,200})"
    r"|((?:\S{0,60})(?:\\[dwsb]|\[[^\]\s]{2,30}\][+*{])\S{0,120})"
)


def find_pattern(text: str) -> str:
    """Return the regular expression in a prompt; empty without one."""
    match = PATTERN.search(text)
    found = next(filter(None, match.groups())) if match else ""
    return str(found).strip("`'\"?").rstrip(".,")


def explain_pattern(pattern: str) -> str:
    """Return sentences about the parts of a regular expression, in their order."""
    parts: list[str] = []
    at = 0
    while at < len(pattern) and len(parts) < MAX_TOKENS:
        words, at = read_token(pattern, at)
        if words:
            parts.append(words)
    listed = "; then ".join(parts) or "the text as it is"
    return f"The pattern `{pattern}` matches, from left to right: {listed}."


def read_token(pattern: str, at: int) -> tuple[str, int]:
    """Return what the part of a pattern at a place means, and where the next one begins."""
    for source, words in TOKENS:
        match = re.compile(source).match(pattern, at)
        if match is None:
            continue
        end = match.end()
        said = words.format(*match.groups())
        for repeat, more in REPEATS:
            if again := re.compile(repeat).match(pattern, end):
                return said + more.format(*again.groups()), again.end()
        return said, end
    return "", at + 1


def number_parts(said: str) -> str:
    """Return an explanation with parts between semicolons as a numbered list."""
    head, colon, rest = said.partition("left to right: ")
    parts = [one.removeprefix("then ").strip(" .") for one in rest.split("; ")]
    if not colon or len(parts) < FEWEST_PARTS:
        return said
    rows = "\n".join(f"{at}. {one[:1].upper()}{one[1:]}" for at, one in enumerate(parts, 1))
    return f"{head}left to right:\n\n{rows}"


FEWEST_PARTS = 2
