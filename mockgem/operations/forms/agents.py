"""Prompts of agents that want "Thought:", "Action:" and "Final Answer:" in plain text."""

from __future__ import annotations

import json
import re

from mockgem.operations.forms.answer_spans import find_span
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.forms.sources import SOURCE_MARK, choose_sentence, split_sentences
from mockgem.operations.forms.tool_arguments import find_argument
from mockgem.operations.generators import prose
from mockgem.operations.generators.word_stems import extract_stems

TASK = make_regex(
    r"(?:^|\n)[ \t]*(?:Current Task|Task|Question|New input|Input|Query|User)\s?: ?([^\n].*?)(?="
    r"\n[ \t]*(?:Thought|This is the expected criteria|This is the expect|This is the context|Begin"
    r"|Previous conversation|Observation|Action|AI)\b|\Z)",
    re.S,
)
STEP = make_regex(r"^Action ?(\d{1,2}): ?(\w+)[\[(]", re.M)
SAYS_STEP = make_regex(r"(?:Thought|Action) ?(\d{1,2}):[ \t]*\Z")
OBSERVED = make_regex(r"^Observation ?\d{0,2}: ?([^\n]{3,400})", re.M)
SAYS_ANSWER = make_regex(r"\n[ \t]*(?:Final )?Answer:[ \t]*\Z")
CRITERIA = make_regex(r"expected? criteria for your final answer: ?([^\n]{3,600})")
TOOL_LINE = make_regex(
    r"^[ \t]*(?:[-*>] )?[\"'`*]{0,2}([A-Za-z_][\w"
    r" -]{1,40}?)[\"'`*]{0,2}\s?:\s(?:\1)?\(?([^\n]{3,300})$",
    re.M,
)
TOOLS = make_regex(r"\btools?\b[^\n]{0,80}:[ \t]*\n\n?((?:[^\n]+\n|\n(?=[^\n]*\())+)", re.I)


def write_action(question: Question) -> str | None:
    """Return the first step of an agent whose actions are JSON in a code block."""
    tools = TOOLS.search(question.whole)
    found = TOOL_LINE.findall(tools[1]) if tools else []
    prompt = question.prompt[-8000:]
    tasks = TASK.findall(prompt)
    task = tasks[-1].strip() if tasks else prompt.strip()[-400:]
    if not found or not task:
        return None
    names = [name.strip() for name, _ in found]
    name = choose(names, [about for _, about in found], task, question)
    about = dict(zip(names, (about for _, about in found), strict=True))[name]
    keys = PARAMETERS.findall(about.partition(")")[0])
    keys = keys or ARGUMENTS.findall(about.partition("args:")[2])
    keys = [key for key in keys if key not in ("type", "title", "description")]
    value: object = {
        key: find_argument(key, Question(task, question.random)) for key in keys
    } or task
    call = json.dumps({"action": name, "action_input": value}, indent=2, ensure_ascii=False)
    thought = f"I should use {name}"
    start = thought if SAYS_THOUGHT.search(prompt) else f"Thought: {thought}"
    return f"{start}\nAction:\n```\n{call}\n```"


def write_plain_action(task: str, prompt: str, question: Question) -> str:
    """Return the first step with the tool that a task names; empty if no tool fits it."""
    tools = TOOLS.search(question.whole)
    found = TOOL_LINE.findall(tools[1]) if tools else []
    if not found or "Action Input:" not in question.whole or not task:
        return ""
    wanted = extract_stems(task)
    best = max(found, key=lambda one: len(wanted & extract_stems(f"{one[0]} {one[1]}")))
    name, about = best[0].strip(), best[1]
    if not wanted & extract_stems(f"{name} {about}".replace("_", " ")):
        return ""
    start = "" if SAYS_THOUGHT.search(prompt) else "Thought: "
    value = find_input(name, about, task, question)
    return f"{start}I should use {name} to find this out.\nAction: {name}\nAction Input: {value}"


def find_input(name: str, about: str, task: str, question: Question) -> str:
    """Return what a tool gets: the place or the name in a task, else the task without its mark."""
    names = list_names(task)
    if PLACE_INPUT.search(about) and names:
        return names[-1]
    if SUM_INPUT.search(f"{name} {about}") and (total := EXPRESSION.search(task)):
        return total[0].strip()
    return task.strip(" ?")


PLACE_INPUT = make_regex(r"\b(?:city|place|location|country|name of|company|ticker|person)\b", re.I)
SUM_INPUT = make_regex(r"\b(?:calculat\w+|math|arithmetic|expression)\b", re.I)
EXPRESSION = make_regex(r"\d[\d.,]*(?:\s?[-+*/x×÷^]\s?\(?\d[\d.,]*\)?){1,12}")
ACTION_KEY = make_regex(r"\baction[\"'`]? key\b", re.I)
ARGUMENTS = make_regex(r"[\"'](\w{1,30})[\"']\s?:\s?[{\"'a-z]")
PARAMETERS = make_regex(r"\b(\w{1,30})\s?:\s?(?:str|int|float|bool|string|number|integer)\b")
STARTS_BLOCK = make_regex(r"[-*|#>`]|\d+[.)] ")
"""The beginning of a list, a table or a code block, which stands in its own lines."""
SAYS_THOUGHT = make_regex(r"Thought:[ \t]*\Z")


@form(
    "agent's final answer",
    "Answer the question. Use the following format:\n\nQuestion: the input question\nThought: you "
    "should think about what to do\nAction: the action to take, one of [search]\nFinal Answer: the "
    "final answer\n\nBegin!\n\nQuestion: What is 6*7?\nThought:",
    "Question: Who wrote Emma?\nThought 1: I have to search.\nAction 1:"
    " Search[Emma]\nObservation 1: "
    "Emma is a novel by Jane Austen.\nThought 2:",
    signs=(":", "action_input"),
    about="a thought and the final answer, which has the form that the task asks for",
)
def answer_as_agent(question: Question) -> str | None:
    whole = question.whole
    end = question.prompt[-80:]
    if SAYS_STEP.search(end) and (steps := STEP.findall(question.prompt[-8000:])):
        return finish_steps(steps, question)
    if "action_input" in whole and "Action:" in whole and (call := write_action(question)):
        return call
    if "action_input" in whole and ACTION_KEY.search(whole) and (call := write_action(question)):
        block = call.partition("Action:\n")[2]
        is_fenced = "```" in whole or "$JSON_BLOB" in whole
        return block.replace("```\n{", "```json\n{") if is_fenced else block.strip("`\n")
    if SAYS_ANSWER.search(end) and (seen := OBSERVED.findall(question.prompt[-8000:])):
        return str(seen[-1]).strip()
    if "Final Answer:" not in whole or "Thought:" not in whole:
        return None
    prompt = question.prompt[-8000:]
    tasks = TASK.findall(prompt)
    task = tasks[-1].strip() if tasks else SAYS_THOUGHT.sub("", prompt).strip()
    if (seen_answer := conclude(prompt, task)) is not None:
        return seen_answer
    if step := write_plain_action(task, prompt, question):
        return step
    criteria = CRITERIA.search(prompt)
    inner = question.restate(f"{task}\n{criteria[1]}" if criteria else task, "")
    if criteria:
        inner.topic = Question(task, question.random).topic
    is_plain = "Final Answer:" not in task or "Thought:" not in task
    formed = find_reply(inner) if task and is_plain else None
    answer = (
        formed.text if formed else prose.write_reply(task or "the task", question.random, "", "")
    )
    thought = "I now know the final answer"
    start = thought if SAYS_THOUGHT.search(prompt) else f"Thought: {thought}"
    mark = "\n" if STARTS_BLOCK.match(answer) else " "
    return f"{start}\nFinal Answer:{mark}{answer}"


LAST_OBSERVED = make_regex(
    r"^[ \t]*Observation ?\d{0,2}:[ \t]*(?P<seen>\S[^\n]*(?:\n(?!\s*(?:Thought|Action|Question"
    r"|Final|Now|Give|Please|Answer|What|Write)\b)[^\n]*){0,40})",
    re.M,
)
LATE_TASK = make_regex(
    r"(?:\A|\n\s*)(?:now |please )?(?:give|write|state) [^\n]{0,20}final answer", re.I
)
"""A task that stands below the observations."""
EXPLAINED = make_regex(r"(?:the )?result of the action|\{|<", re.I)
"""What the description of the format says about observations, or what is not a sentence."""


def conclude(prompt: str, task: str) -> str | None:
    """Return the final answer from the last observation; None without one about the task."""
    start_at = 0 if LATE_TASK.search(task) else max(0, prompt.rfind(task))
    found = list(LAST_OBSERVED.finditer(prompt, start_at))[-1:]
    seen = found[0]["seen"].strip() if found else ""
    if not seen or EXPLAINED.match(seen):
        return None
    best = choose_sentence(split_sentences(seen), task) or seen.split("\n")[0][:400]
    answer = SOURCE_MARK.sub("", best, count=1).strip()
    thought = "I now know the final answer"
    start = thought if SAYS_THOUGHT.search(prompt) else f"Thought: {thought}"
    return f"{start}\nFinal Answer: {answer}"


def finish_steps(steps: list[tuple[str, str]], question: Question) -> str:
    """Return the last step of an agent with numbered thoughts: "Action 3: Finish[Jane Austen]"."""
    prompt = question.prompt[-8000:]
    last = SAYS_STEP.search(prompt)
    number = last[1] if last else str(int(steps[-1][0]) + 1)
    seen = OBSERVED.findall(prompt)
    asked = TASK.findall(prompt)
    answer = find_span(asked[-1].strip(), seen[-1]) if asked and seen else ""
    action = f"Action {number}: Finish[{(answer or 'the answer').strip(' .')}]"
    if prompt.rstrip().endswith(f"Action {number}:"):
        return action.partition(": ")[2]
    return f"I have seen enough to answer the question.\n{action}"
