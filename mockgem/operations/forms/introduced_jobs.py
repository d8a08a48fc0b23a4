"""The job that somebody names who wants a text to introduce themselves."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

JOBS = {
    "en": "graphic designer", "de": "Grafikerin", "fr": "graphiste", "es": "diseñadora gráfica",
    "it": "grafica", "pt": "designer gráfica", "nl": "grafisch ontwerper",
    "zh": "平面设计师", "zh-Hant": "平面設計師", "ja": "グラフィックデザイナー",
    "ko": "그래픽 디자이너",
}  # fmt: skip
"""The jobs in the introductions of `data/answers/`."""
NAMED = make_regex(
    r"\b(?:i am|i'm|ich bin|ich arbeite als|je suis|je travaille comme|soy|trabajo como|sono"
    r"|lavoro come|sou|trabalho como|ik ben|ik werk als)(?: an?| eine?| une?| una?| uma?| een)?"
    r" ([a-zà-ÿ-]+(?: (?!and|und|et|y|e|en|from|aus|de|da|uit|in)[a-zà-ÿ-]+){0,2})"
    r"|我是(?:一名|一个|一個|一位)?([^\s,，。.!！]{2,12})"
    r"|저는 ([^\s,.]{2,10}(?: [^\s,.]{2,8})?)(?:입니다|이에요|예요)"
    r"|私は([^\s、。,.]{2,12})です",
    re.I,
)


def name_own_job(text: str, prompt: str, code: str) -> str:
    """Return an introduction with the job that a prompt names in place of the usual one."""
    job = JOBS.get(code, "")
    match = NAMED.search(prompt[:400]) if job and job in text else None
    own = next(filter(None, match.groups()), "") if match else ""
    return text.replace(job, own.strip(), 1) if own else text
