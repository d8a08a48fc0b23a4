"""Formulas in LaTeX."""

from __future__ import annotations

import re

from mockgem.operations.forms.layout_words import BULLETS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer

LATEX = make_regex(r"\b(?:la ?tex|math(?:ematical)? notation|mathjax|katex)\b", re.I)


FORMULAS = (
    (r"gravitation|gravity", r"F = G \frac{m_1 m_2}{r^2}"),
    (r"kinetic", r"E = \frac{1}{2} m v^2"),
    (r"\bohm", r"V = I R"),
    (r"ideal gas", r"p V = n R T"),
    (r"compound interest|zinses", r"A = P \left(1 + \frac{r}{n}\right)^{nt}"),
    (r"variance|standard deviation", r"\sigma^2 = \frac{1}{n} \sum_{i=1}^{n} (x_i - \mu)^2"),
    (r"binomial", r"\binom{n}{k} = \frac{n!}{k!(n-k)!}"),
    (r"taylor", r"f(x) = \sum_{n=0}^{\infty} \frac{f^{(n)}(a)}{n!} (x - a)^n"),
    (r"fourier", r"\hat{f}(\xi) = \int_{-\infty}^{\infty} f(x) e^{-2\pi i x \xi}\,dx"),
    (r"entropy", r"H = -\sum_i p_i \log_2 p_i"),
    (r"sphere|kugel", r"V = \frac{4}{3} \pi r^3"),
    (r"law of cosines", r"c^2 = a^2 + b^2 - 2ab\cos\gamma"),
    (r"quadratic|quadratisch|cuadrátic|quadratique", r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"),
    (r"einstein|mass[- ]energy|energy equation", r"E = mc^2"),
    (r"pythag", r"a^2 + b^2 = c^2"),
    (r"euler", r"e^{i\pi} + 1 = 0"),
    (
        r"normal distribution|gauss",
        r"f(x) = \frac{1}{\sigma\sqrt{2\pi}} e^{-\frac{(x - \mu)^2}{2\sigma^2}}",
    ),
    (r"derivative|ableitung|derivada", r"f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}"),
    (r"integral", r"\int_a^b f(x)\,dx = F(b) - F(a)"),
    (r"circle|kreis|círculo", r"A = \pi r^2"),
    (r"mean|average|durchschnitt", r"\bar{x} = \frac{1}{n} \sum_{i=1}^{n} x_i"),
    (r"bayes", r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}"),
    (r"newton|force|kraft", r"F = ma"),
    (r"matrix", r"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}"),
    (r"sum|series|reihe", r"\sum_{k=1}^{n} k = \frac{n(n + 1)}{2}"),
)


@form(
    "formula",
    "Give me the quadratic formula in LaTeX.",
    words="latex tex mathjax katex notation",
    about="a formula between dollar signs",
)
def write_formula(question: Question) -> str | None:
    if not LATEX.search(question.wish) or re.search(
        r"\b(?:document|article class|beamer|table|what is latex)\b", question.instruction, re.I
    ):
        return None
    given = GIVEN.search(question.instruction)
    source = (
        given[1].strip()
        if given
        else next(
            (
                formula
                for pattern, formula in FORMULAS
                if re.search(pattern, question.prompt[:2000], re.I)
            ),
            r"y = a x + b",
        )
    )
    if question.is_terse:
        return f"$${source}$$"
    writer = Writer(question)
    end = writer.write_sentence()
    if BULLETS.search(question.layout):
        symbols = list(dict.fromkeys(SYMBOL.findall(source)))
        end = "\n".join(f"- ${symbol}$: {writer.write_sentence()}" for symbol in symbols[:6])
    return f"{writer.write_opener()}\n\n$$\n{source}\n$$\n\n{end}"


GIVEN = make_regex(
    r"(?<!\w)([A-Za-z](?:\([a-z]\))? ?= ?[\w^*/+\-() ]{2,60}?)(?= (?:properly|nicely|formatted"
    r"|in|as|using|with"
    r"|into|to)\b|[.;,\n]|\s*\Z)"
)
"""A formula that the prompt gives."""
SYMBOL = make_regex(r"(?<![\\A-Za-z{])([A-Za-z](?:\([A-Z]\))?)(?![A-Za-z])")
