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
    (
        r"gravitation|gravity",
        r"F = G \frac{m_1 m_2}{r^2}",
        "The law of gravitation says how strongly two masses at a distance $r$ attract each other.",
    ),
    (
        r"kinetic",
        r"E = \frac{1}{2} m v^2",
        "The kinetic energy of a body grows with its mass and with the square of its speed.",
    ),
    (
        r"\bohm",
        r"V = I R",
        "Ohm's law links voltage, current and resistance in a conductor.",
    ),
    (
        r"ideal gas",
        r"p V = n R T",
        "The ideal gas law links the pressure, the volume and the temperature of a gas.",
    ),
    (
        r"compound interest|zinses",
        r"A = P \left(1 + \frac{r}{n}\right)^{nt}",
        "The amount grows because interest also earns interest.",
    ),
    (
        r"variance|standard deviation",
        r"\sigma^2 = \frac{1}{n} \sum_{i=1}^{n} (x_i - \mu)^2",
        "The variance is the mean squared distance from the mean.",
    ),
    (
        r"binomial",
        r"\binom{n}{k} = \frac{n!}{k!(n-k)!}",
        "The binomial coefficient counts the ways to choose $k$ of $n$ things.",
    ),
    (
        r"taylor",
        r"f(x) = \sum_{n=0}^{\infty} \frac{f^{(n)}(a)}{n!} (x - a)^n",
        "A Taylor series describes a function near a point $a$ by its derivatives there.",
    ),
    (
        r"fourier",
        r"\hat{f}(\xi) = \int_{-\infty}^{\infty} f(x) e^{-2\pi i x \xi}\,dx",
        "The Fourier transform splits a function into its frequencies.",
    ),
    (
        r"entropy",
        r"H = -\sum_i p_i \log_2 p_i",
        "Entropy measures how uncertain the outcome of a random event is.",
    ),
    (
        r"sphere|kugel",
        r"V = \frac{4}{3} \pi r^3",
        "The volume of a sphere grows with the cube of its radius $r$.",
    ),
    (
        r"law of cosines",
        r"c^2 = a^2 + b^2 - 2ab\cos\gamma",
        "The law of cosines gives a side of a triangle from the two others and their angle.",
    ),
    (
        r"quadratic|quadratisch|cuadrátic|quadratique",
        r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
        r"The quadratic formula gives the solutions of $ax^2 + bx + c = 0$ for $a \neq 0$.",
    ),
    (
        r"einstein|mass[- ]energy|energy equation",
        r"E = mc^2",
        "Mass and energy are two forms of the same thing, linked by the speed of light $c$.",
    ),
    (
        r"pythag",
        r"a^2 + b^2 = c^2",
        "In a right triangle, the squares of the short sides add up to the square of the longest.",
    ),
    (
        r"euler",
        r"e^{i\pi} + 1 = 0",
        "Euler's identity links the five most important numbers of mathematics.",
    ),
    (
        r"normal distribution|gauss",
        r"f(x) = \frac{1}{\sigma\sqrt{2\pi}} e^{-\frac{(x - \mu)^2}{2\sigma^2}}",
        r"The normal distribution has its peak at the mean $\mu$ and a width given by $\sigma$.",
    ),
    (
        r"derivative|ableitung|derivada",
        r"f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}",
        "The derivative is the slope of a function at a point.",
    ),
    (
        r"integral",
        r"\int_a^b f(x)\,dx = F(b) - F(a)",
        "A definite integral is the difference of an antiderivative $F$ at the two limits.",
    ),
    (
        r"circle|kreis|círculo",
        r"A = \pi r^2",
        "The area of a circle grows with the square of its radius $r$.",
    ),
    (
        r"mean|average|durchschnitt",
        r"\bar{x} = \frac{1}{n} \sum_{i=1}^{n} x_i",
        "The mean is the sum of all values divided by their number $n$.",
    ),
    (
        r"bayes",
        r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}",
        "Bayes' theorem says how to update a probability after an observation.",
    ),
    (
        r"newton|force|kraft",
        r"F = ma",
        "The force on a body is its mass times its acceleration.",
    ),
    (
        r"matrix",
        r"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        "A matrix sets numbers in rows and columns.",
    ),
    (
        r"sum|series|reihe",
        r"\sum_{k=1}^{n} k = \frac{n(n + 1)}{2}",
        "The sum of the first $n$ whole numbers has a short form.",
    ),
)
"""A pattern for the name of a formula, the formula, and a sentence about it."""


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
    source, said = find_formula(question.prompt[:2000])
    if given:
        source, said = given[1].strip(), ""
    if DERIVES.search(question.instruction) and "b^2 - 4ac" in source:
        return f"{said}\n\n{DERIVATION}"
    if question.is_terse:
        return f"$${source}$$"
    writer = Writer(question)
    end = "" if said else writer.write_sentence()
    if EXPLAINS.search(question.stated):
        end = list_symbols(source)
    elif BULLETS.search(question.layout):
        symbols = list(dict.fromkeys(SYMBOL.findall(source)))
        end = "\n".join(f"- ${symbol}$: {writer.write_sentence()}" for symbol in symbols[:6])
    start = said if said and question.language == "en" else writer.write_opener()
    return f"{start}\n\n$$\n{source}\n$$\n\n{end}".rstrip()


EXPLAINS = make_regex(
    r"\b(?:explain|describe|say|define|list|label|with|name)\w*\b[^.\n]{0,40}\b(?:symbols?|variables?|terms?"
    r"|letters?)\b",
    re.I,
)
MEANINGS: dict[str, dict[str, str]] = {
    r"\sqrt{b^2 - 4ac}": {
        "x": "the unknown number, for which there are up to two solutions",
        "a": "the factor of $x^2$, which must not be zero",
        "b": "the factor of $x$",
        "c": "the number without $x$",
    },
    "m_1 m_2": {
        "F": "the force between the two bodies",
        "G": "the gravitational constant",
        "m_1": "the mass of the first body",
        "m_2": "the mass of the second body",
        "r": "the distance between them",
    },
    "m v^2": {"E": "the energy", "m": "the mass of the body", "v": "its speed"},
    "I R": {"V": "the voltage", "I": "the current", "R": "the resistance"},
    "n R T": {
        "p": "the pressure",
        "V": "the volume",
        "n": "the amount of gas in moles",
        "R": "the gas constant",
        "T": "the temperature in kelvins",
    },
    "P \\left": {
        "A": "the amount at the end",
        "P": "the amount at the beginning",
        "r": "the interest rate of a year",
        "n": "how often interest is paid in a year",
        "t": "the number of years",
    },
    "mc^2": {"E": "the energy", "m": "the mass", "c": "the speed of light"},
    "a^2 + b^2 = c^2": {
        "a": "one short side",
        "b": "the other short side",
        "c": "the longest side, opposite the right angle",
    },
    "F = ma": {"F": "the force", "m": "the mass", "a": "the acceleration"},
    "P(A": {
        "P(A \\mid B)": "the probability of $A$ if $B$ is known",
        "P(B \\mid A)": "the probability of $B$ if $A$ is true",
        "P(A)": "the probability of $A$ before the observation",
        "P(B)": "the probability of $B$",
    },
}
"""What the letters of well-known formulas stand for, by a part of the formula."""
USUAL_MEANINGS = {
    "x": "the variable",
    "y": "the result",
    "n": "the number of values",
    "i": "the index, which counts the values",
    "k": "the index of the sum",
    "r": "the radius",
    "f": "the function",
    "h": "a small step",
    "a": "the first constant",
    "b": "the second constant",
    "A": "the area or the amount",
    "V": "the volume",
}


def list_symbols(source: str) -> str:
    """Return a line for each symbol of a formula, with what it stands for."""
    own = next((rows for part, rows in MEANINGS.items() if part in source), None)
    letters = dict.fromkeys(SYMBOL.findall(source))
    rows = own or {one: USUAL_MEANINGS.get(one, "a given value") for one in letters}
    return "\n".join(f"- ${symbol}$: {meaning}" for symbol, meaning in rows.items())


DERIVES = make_regex(r"\b(?:deriv\w+|proof|prove|completing the square|align\*?)(?!\w)", re.I)
DERIVATION = r"""\begin{align*}
ax^2 + bx + c &= 0 \\
x^2 + \frac{b}{a}x &= -\frac{c}{a} \\
x^2 + \frac{b}{a}x + \frac{b^2}{4a^2} &= \frac{b^2}{4a^2} - \frac{c}{a} \\
\left(x + \frac{b}{2a}\right)^2 &= \frac{b^2 - 4ac}{4a^2} \\
x + \frac{b}{2a} &= \pm\frac{\sqrt{b^2 - 4ac}}{2a} \\
x &= \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}
\end{align*}"""
"""The quadratic formula, derived by completing the square."""


def find_formula(text: str) -> tuple[str, str]:
    """Return the formula that a text names, and a sentence about it."""
    for pattern, formula, said in FORMULAS:
        if re.search(pattern, text, re.I):
            return formula, said
    return r"y = a x + b", ""


GIVEN = make_regex(
    r"(?<!\w)([A-Za-z](?:\([a-z]\))? ?= ?[\w^*/+\-() ]{2,60}?)(?= (?:properly|nicely|formatted"
    r"|in|as|using|with"
    r"|into|to)\b|[.;,\n]|\s*\Z)"
)
"""A formula that the prompt gives."""
SYMBOL = make_regex(r"(?<![\\A-Za-z{])([A-Za-z](?:\([A-Z]\))?)(?![A-Za-z])")
