"""Links to pages about a subject: tutorials, guides, communities."""

from __future__ import annotations

import re
from itertools import cycle

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

SUBJECT = make_regex(
    r"\b(?:links?|urls?|resources?|websites?|sites?|articles?|tutorials?|pages?|courses?|guides?"
    r"|videos?|blogs?|docs|documentation)\b[^.\n:]{0,24}?\s"
    r"(?:for|to|about|on|where i can|that (?:help|teach)(?: me)?(?: to)?)\s"
    r"(?:(?:help (?:me )?(?:to )?|me |people |beginners )?(?:learn(?:ing)?|study(?:ing)?"
    r"|master(?:ing)?|understand(?:ing)?|get(?:ting)? started with|start(?:ing)? with) "
    r"(?:more )?(?:about |how to )?)?"
    r"(?:an? |the |my |our )?([\w+#./' -]{2,60}?)"
    r"(?=\s(?:as|in|with|using|from|and (?:format|return|put|use)|please)\b|[.,;:!?()\n]|\Z)",
    re.I,
)
"""What the pages are about: "3 links to learn python", "resources for learning Kubernetes"."""
LEARNS = make_regex(
    r"\b(?:learn\w*|stud(?:y|ying)|tutorials?|courses?|beginners?|master\w*|get\w* started)\b", re.I
)
KNOWN: dict[str, tuple[tuple[str, str], ...]] = {
    "python": (
        ("The Python Tutorial", "https://docs.python.org/3/tutorial/"),
        ("Real Python", "https://realpython.com/"),
        ("Automate the Boring Stuff with Python", "https://automatetheboringstuff.com/"),
        ("Python for Everybody", "https://www.py4e.com/"),
        ("Exercism Python Track", "https://exercism.org/tracks/python"),
    ),
    "kubernetes": (
        ("Kubernetes Documentation", "https://kubernetes.io/docs/home/"),
        ("Kubernetes Basics Tutorial", "https://kubernetes.io/docs/tutorials/kubernetes-basics/"),
        ("Kubernetes the Hard Way", "https://github.com/kelseyhightower/kubernetes-the-hard-way"),
        ("Killercoda Kubernetes Scenarios", "https://killercoda.com/kubernetes"),
    ),
    "javascript": (
        ("MDN JavaScript Guide", "https://developer.mozilla.org/docs/Web/JavaScript/Guide"),
        ("The Modern JavaScript Tutorial", "https://javascript.info/"),
        ("Eloquent JavaScript", "https://eloquentjavascript.net/"),
        ("freeCodeCamp", "https://www.freecodecamp.org/"),
    ),
    "react": (
        ("React Documentation", "https://react.dev/learn"),
        ("React Tutorial: Tic-Tac-Toe", "https://react.dev/learn/tutorial-tic-tac-toe"),
        ("Full Stack Open", "https://fullstackopen.com/en/"),
    ),
    "docker": (
        ("Docker Documentation", "https://docs.docker.com/"),
        ("Docker Workshop", "https://docs.docker.com/get-started/workshop/"),
        ("Play with Docker", "https://labs.play-with-docker.com/"),
    ),
    "rust": (
        ("The Rust Programming Language", "https://doc.rust-lang.org/book/"),
        ("Rust by Example", "https://doc.rust-lang.org/rust-by-example/"),
        ("Rustlings", "https://github.com/rust-lang/rustlings"),
    ),
    "go": (
        ("A Tour of Go", "https://go.dev/tour/"),
        ("Effective Go", "https://go.dev/doc/effective_go"),
        ("Go by Example", "https://gobyexample.com/"),
    ),
    "css": (
        ("MDN: Learn to Style HTML with CSS", "https://developer.mozilla.org/docs/Learn/CSS"),
        ("web.dev: Learn CSS", "https://web.dev/learn/css"),
        ("CSS-Tricks Guides", "https://css-tricks.com/guides/"),
    ),
    "html": (
        ("MDN: Structuring the Web", "https://developer.mozilla.org/docs/Learn/HTML"),
        ("web.dev: Learn HTML", "https://web.dev/learn/html"),
        ("HTML Living Standard", "https://html.spec.whatwg.org/"),
    ),
    "sql": (
        ("SQLBolt", "https://sqlbolt.com/"),
        ("PostgreSQL Tutorial", "https://www.postgresql.org/docs/current/tutorial.html"),
        ("Mode SQL Tutorial", "https://mode.com/sql-tutorial/"),
    ),
    "git": (
        ("Pro Git", "https://git-scm.com/book/en/v2"),
        ("Learn Git Branching", "https://learngitbranching.js.org/"),
        ("Git Documentation", "https://git-scm.com/doc"),
    ),
}
"""Well known pages about a subject."""
LEARNING = (
    "{} Tutorial for Beginners",
    "{} Documentation",
    "{} Crash Course",
    "The {} Handbook",
    "{} Exercises with Solutions",
    "{} Community Forum",
)
READING = (
    "{}: An Introduction",
    "The Complete Guide to {}",
    "{} Explained",
    "Frequently Asked Questions about {}",
    "{} on Wikipedia",
    "Latest News about {}",
)
"""Titles of pages for learning and of pages about a subject."""


def list_resources(question: Question, count: int) -> str:
    """Return links to pages about the subject of a request; empty if it names none."""
    match = SUBJECT.search(question.instruction[:600]) if question.language == "en" else None
    if match is None:
        return ""
    subject = match[1].strip()
    shown = subject if subject[:1].isupper() or " " in subject else subject.capitalize()
    shown = title(f"{shown[:1].upper()}{shown[1:]}")
    slug = re.sub(r"[^a-z0-9]+", "-", subject.lower()).strip("-") or "page"
    titles = LEARNING if LEARNS.search(question.instruction[:600]) else READING
    rows = list(KNOWN.get(subject.lower(), ()))
    for pattern in titles[: max(0, count - len(rows))]:
        name = pattern.format(shown)
        rows.append((name, f"https://example.com/{slug}/{make_slug(name)}"))
    rows += [
        (f"{shown}, Part {at}", f"https://example.com/{slug}/part-{at}")
        for at in range(1, count - len(rows) + 1)
    ]
    notes = cycle(NOTES if DESCRIBED.search(question.instruction[:600]) else ("",))
    return "\n".join(
        f"- [{name}]({address}){note}"
        for (name, address), note in zip(rows[:count], notes, strict=False)
    )


DESCRIBED = make_regex(r"\b(?:descriptions?|explanations?|notes?|summary|why)\b", re.I)
NOTES = (
    ": a clear introduction with many examples",
    ": short lessons that build on one another",
    ": a good place to look things up later",
    ": exercises with solutions",
)
"""What is said about a page."""


def title(text: str) -> str:
    """Return a subject as it stands in titles."""
    small = ("and", "or", "of", "in", "for", "to", "the", "a", "an", "with", "on")
    words = (word if word in small else word[:1].upper() + word[1:] for word in text.split())
    return " ".join(words)


def make_slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
