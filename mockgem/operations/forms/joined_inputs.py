"""Join an instruction about "the given word" and the word below it into one sentence.

Instructions of data sets and of templates name their input and give it in another paragraph:
"Give a synonym of the following word.", then "quick". What they ask for is easier to read as
"Give a synonym of the word quick.".
"""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

MAX_INSTRUCTION = 240
MAX_INPUT = 90
MAX_QUESTION = 400
AFTER_NOUN = (
    r"(?: or [a-z]+)?(?= (?:and|or|to|in|into|from|for|by|with|using|as|is|are|that|which|will|can"
    r"|has|here|of|based|according|on|at|so|fall|falls|does|do|mean|means|sounds?|stands?|refers?"
    r"|comes?)\b|[.,:;!?)]|\s*\Z)"
)
NO_VERB = "".join(rf"(?<!\b{verb} )" for verb in "are been is be were was".split())
GIVEN = (
    r"(?:(?:that |which )?(?:has been |have been |is |was |are )?(?:given|provided|shown|written)"
    r"(?: to you| below)?|below)"
)
REFERENCE = make_regex(
    rf"{NO_VERB}\b(?:(?:the|this|these|that|an?|my) )?(?:following|given|below|provided) "
    rf"(?P<noun>(?:[a-z-]+ ){{0,2}}?[a-z-]+){AFTER_NOUN}"
    r"|\b(?:the|this) (?P<below>(?:[a-z-]+ )?(?!(?:of|to|in|for|with|on|at|by|from)\b)[a-z-]+)"
    rf" {GIVEN}(?=\W|\Z)",
    re.I,
)
"""The words of an instruction that stand for the input: "the following word"."""
THE_NOUN = make_regex(
    rf"\b(?:the|this|that|my|an?) (?P<named>[a-z-]+(?: [a-z-]+)?){AFTER_NOUN}", re.I
)
GIVEN_FIRST = make_regex(
    r"\W{0,3}given (?:an?|the|my|your|some|this)\b[^,.\n]{2,80}, (?P<rest>\S[^\n]{5,200})\Z", re.I
)
"""An instruction that says first what the input is: "Given a verb, give its past tense."."""
PRONOUN = make_regex(
    r"\b(?:it|them|him|her|(?:that|this|the) (?:item|word|person|place|city|country|animal|food"
    r"|dish|object|topic|movie|film|book|product|company|job|thing))\b(?!['’])",
    re.I,
)
ITS = make_regex(r"\b(?:its|their|his|her) (?=[a-z])", re.I)
LABEL = make_regex(r"(?P<label>[A-Za-z][A-Za-z ]{1,24}?)\s?:[ \t]*(?=\S)")
LANGUAGE_THINGS = frozenset(
    "word words phrase phrases idiom idioms proverb term terms expression acronym abbreviation"
    " adjective verb noun adverb letters string name".split()
)
"""Things that are words themselves: they stay before the input, which gets quotation marks."""
WORK = frozenset(
    "text passage paragraph article document review reviews email e-mail code function program data"
    " table json list conversation dialogue transcript format template schema options example"
    " examples context snippet facts information details rules instructions message content story"
    " poem keywords ingredients items set numbers number equation tweet comment resume log input"
    " output question questions problem steps points fields keys tone style csv query html sql chat"
    " tickets ticket notes sentence sentences claim claims statement statements quote instance"
    " description reason situation scenario aphorism amount condition criteria pairs pair prompt"
    " headline headlines title titles lyrics line lines request measurement url link image section"
    " way order one ones command commands".split()
)
"""Things that are no name of a topic: an instruction works on them as they are."""
WORKS_ON = make_regex(
    r"\b(?:categori[sz]e|classif\w+|label|translate|rewrite|paraphrase|summari[sz]e|correct|fix"
    r"|extract|expand|detect|sort|rank|count|proofread|edit|parse|convert|capitali[sz]e|reverse"
    r"|replace|remove|output only|json|csv|yaml|xml|you are)\b",
    re.I,
)
"""What is done with an input as it is."""
CLAUSE = make_regex(r"(?:i|we|you|he|she|it|they|there|this|please)(?:['’]\w+)?\s", re.I)
MANY_WORDS = make_regex(r"[^\n]{4,}\s[^\n]{2,}\s[^\n]{2,}\s[^\n]{2,}[.!]\s*\Z")
"""A sentence, which is no name."""
QUESTION_ONLY = make_regex(
    r"\W{0,3}(?:please )?(?:(?:answer|reply to|respond to) (?:the|this|my)?"
    r" ?(?:following |given )?(?:\w+ )?(?:question|query)(?: below)?"
    r"|question|here is (?:the|my) question)\s?[.:]\s*\Z",
    re.I,
)
"""An instruction that only says that a question follows."""


TEMPLATE = make_regex(
    r"(?:\A|\n)[ #*]*(?:instructions?|task)[ *]*:[ *]*\n?(?P<task>\S[\s\S]{3,1200}?)"
    r"(?:\n+[ #*]*input[ *]*:[ *]*\n?(?P<given>\S[\s\S]{0,2000}?))?"
    r"\n+[ #*]*(?:response|output|answer)[ *]*:\s*\Z",
    re.I,
)
"""A template with "### Instruction:", "### Input:" and "### Response:"."""


def join_input(prompt: str) -> str:
    """Return a prompt with its input in the instruction; the prompt itself if it has none."""
    if prompt.rstrip().endswith(":") and (filled := TEMPLATE.search(prompt)):
        task, given = filled["task"].strip(), (filled["given"] or "").strip()
        has_input = given.lower().strip("<>[]() .") not in ("", "none", "noinput", "n/a")
        return join_input(f"{task}\n\n{given}") if has_input else task
    if "\n" not in prompt or len(prompt) > MAX_INSTRUCTION + MAX_QUESTION:
        return prompt
    instruction, blank, given = prompt.strip().partition("\n\n")
    if not blank:
        instruction, _, given = prompt.strip().partition("\n")
    instruction, given = instruction.strip(), given.strip()
    if not given or "\n" in given or "\n" in instruction or len(instruction) > MAX_INSTRUCTION:
        return prompt
    if QUESTION_ONLY.match(instruction):
        label = LABEL.match(given)
        is_labelled = label is not None and label["label"].lower() == "question"
        return given[label.end() :] if label and is_labelled else given
    return put_input(instruction, given) or prompt


def put_input(instruction: str, given: str) -> str:
    """Return an instruction with a short input in the place of the words that stand for it."""
    value, label = read_value(instruction, given)
    if not value or WORKS_ON.search(instruction) or ":" in instruction[:-1]:
        return ""
    if first := GIVEN_FIRST.match(instruction):
        return put_after(first["rest"], value)
    match = find_reference(instruction, label, value)
    if match is None:
        return ""
    noun = str(next(filter(None, match.groups()))).lower()
    last = noun.split()[-1]
    if last in WORK or noun.split()[0] in WORK:
        return ""
    named = f'the {noun.removesuffix("s")} "{value}"' if last in LANGUAGE_THINGS else value
    return f"{instruction[: match.start()]}{named}{instruction[match.end() :]}"


def read_value(instruction: str, given: str) -> tuple[str, str]:
    """Return a short input and the label before it; an empty text for a longer one."""
    label = LABEL.match(given)
    name = label["label"].lower() if label and label["label"].lower() in instruction.lower() else ""
    value = given[label.end() :] if label and name else given
    is_long = len(value) > MAX_INPUT or len(value.split()) > MAX_WORDS or MANY_WORDS.match(value)
    if is_long or not value[:1].isalnum() or CLAUSE.match(value):
        return "", ""
    if any(mark in value for mark in ":;|?=<{[_") or value.count(",") > 1 or "http" in value:
        return "", ""
    return value.strip().rstrip(".!"), name


MAX_WORDS = 8
"""Words of an input that is the name of something."""


def put_after(rest: str, value: str) -> str:
    """Return what to do with an input that the first words of an instruction describe."""
    start = rest[:1].upper() + rest[1:].rstrip(" .")
    if its := ITS.search(start):
        return f"{start[: its.start()]}the {start[its.end() :]} of {value}."
    if match := PRONOUN.search(start):
        return f"{start[: match.start()]}{value}{start[match.end() :]}."
    return f"{start} for {value}."


def find_reference(instruction: str, label: str, value: str) -> re.Match[str] | None:
    """Return the words of an instruction that stand for its input; None without such words."""
    if match := REFERENCE.search(instruction):
        return match
    for one in THE_NOUN.finditer(instruction):
        noun = one["named"].lower()
        if noun == label or (noun in LANGUAGE_THINGS and len(value.split()) < MAX_NAME):
            return one
    return None


MAX_NAME = 4
"""An input of fewer words may be the word of which an instruction speaks."""
