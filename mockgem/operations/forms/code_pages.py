"""Pages of HTML that do something: a calculator, tasks, a counter, a theme, a countdown."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

STYLE = """    <style>
      body {
        display: grid;
        place-items: center;
        min-height: 100vh;
        font-family: sans-serif;
      }
      button {
        padding: 0.75rem 1rem;
        cursor: pointer;
      }
{more}    </style>
"""
CALCULATOR = """    <div class="calculator">
      <input id="display" type="text" readonly>
      <div class="keys"></div>
    </div>
    <script>
      const display = document.querySelector('#display');
      const keys = document.querySelector('.keys');

      for (const key of '789/456*123-0C=+') {
        const button = document.createElement('button');
        button.textContent = key;
        button.addEventListener('click', () => press(key));
        keys.append(button);
      }

      function press(key) {
        if (key === 'C') {
          display.value = '';
        } else if (key === '=') {
          display.value = calculate(display.value);
        } else {
          display.value += key;
        }
      }

      function calculate(text) {
        const match = text.match(/^([0-9.]+)([-+*\\/])([0-9.]+)$/);
        if (!match) {
          return 'Error';
        }
        const [a, b] = [Number(match[1]), Number(match[3])];
        return { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[match[2]];
      }
    </script>"""
TASKS = """    <main>
      <h1>To-do list</h1>
      <form id="form">
        <input id="task" name="task" type="text" required>
        <button type="submit">Add</button>
      </form>
      <ul id="tasks"></ul>
    </main>
    <script>
      const form = document.querySelector('#form');
      const list = document.querySelector('#tasks');

      form.addEventListener('submit', (event) => {
        event.preventDefault();
        const item = document.createElement('li');
        item.textContent = form.elements.task.value;
        item.addEventListener('click', () => item.remove());
        list.append(item);
        form.reset();
      });
    </script>"""
COUNTER = """    <main>
      <h1 id="count">0</h1>
      <button id="minus" type="button">-</button>
      <button id="plus" type="button">+</button>
    </main>
    <script>
      const count = document.querySelector('#count');

      function change(step) {
        count.textContent = Number(count.textContent) + step;
      }

      document.querySelector('#minus').addEventListener('click', () => change(-1));
      document.querySelector('#plus').addEventListener('click', () => change(1));
    </script>"""
THEME = """    <main>
      <h1>{title}</h1>
      <button id="theme-toggle" type="button">Dark mode</button>
    </main>
    <script>
      const toggle = document.querySelector('#theme-toggle');

      toggle.addEventListener('click', () => {
        const isDark = document.body.classList.toggle('dark');
        toggle.textContent = isDark ? 'Light mode' : 'Dark mode';
      });
    </script>"""
COUNTDOWN = """    <main>
      <h1 id="time">60</h1>
      <button id="start" type="button">Start</button>
    </main>
    <script>
      const time = document.querySelector('#time');

      document.querySelector('#start').addEventListener('click', () => {
        const timer = setInterval(() => {
          time.textContent = Number(time.textContent) - 1;
          if (time.textContent === '0') {
            clearInterval(timer);
          }
        }, 1000);
      });
    </script>"""
KEYS = (
    "      .keys {\n        display: grid;\n        grid-template-columns: repeat(4, 1fr);\n "
    "     }\n"
)
DARK = "      body.dark {\n        background: #222;\n        color: #eee;\n      }\n"
RANDOM = """    <main>
      <h1>{title}</h1>
      <p id="shown"></p>
      <button id="next" type="button">Show a {thing}</button>
    </main>
    <script>
      const items = [
{items}
      ];
      const shown = document.querySelector('#shown');

      document.querySelector('#next').addEventListener('click', () => {
        shown.textContent = items[Math.floor(Math.random() * items.length)];
      });
    </script>"""
RANDOM_ITEM = make_regex(
    r"\brandom (joke|quote|fact|tip|word|name|colou?r|image|message|compliment|item|fortune"
    r"|question|emoji|number)\b",
    re.I,
)
SAID_ITEMS = {
    "joke": (
        "Why do programmers like dark mode? Because light attracts bugs.",
        "I would tell you a joke about UDP, but you might not get it.",
        "There are 10 kinds of people: those who know binary and those who do not.",
        "A query walks into a bar and asks two tables: may I join you?",
    ),
    "quote": (
        "Well begun is half done.",
        "Practice makes perfect.",
        "Little by little, a little becomes a lot.",
        "Fortune favours the bold.",
    ),
}


def write_random_page(text: str) -> str:
    """Return a page whose button shows one of several texts; empty for other pages."""
    match = RANDOM_ITEM.search(text)
    if match is None or not re.search(r"\bbutton\b|\bclick", text, re.I):
        return ""
    thing = match[1].lower()
    counted = re.search(rf"\b({NUMBER}) (?:\w+ )?{thing}s\b", text, re.I)
    count = parse_count(counted[1], 20) if counted else 4
    known = SAID_ITEMS.get(thing, ())
    rows = [*known, *(f"{thing.capitalize()} {at}" for at in range(len(known) + 1, count + 1))]
    items = "\n".join(f"        '{row}'," for row in rows[:count])
    body = RANDOM.replace("{items}", items).replace("{thing}", thing)
    return frame_page(f"Random {thing}", body, "")


def frame_page(title: str, body: str, more: str) -> str:
    """Return a whole page with a title, a body and more rules of style."""
    style = STYLE.replace("{more}", more)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
        f"    <title>{title}</title>\n{style}  </head>\n  <body>\n"
        f"{body.replace('{title}', title)}\n  </body>\n</html>"
    )


PAGES: tuple[tuple[str, str, str, str], ...] = (
    (
        r"\bcalculator\b|taschenrechner|calculadora|calculatrice|калькулятор|计算器|電卓",
        "Calculator",
        CALCULATOR,
        KEYS,
    ),
    (r"\bto-?do\b|\btask list\b|aufgabenliste|lista de tareas", "To-do list", TASKS, ""),
    (r"\bcounter\b|\bz[äa]hler\b|\bcontador\b|\bcompteur\b", "Counter", COUNTER, ""),
    (r"\bdark[- ]?mode\b|\btheme (?:toggle|switch)|\blight and dark\b", "Dark mode", THEME, DARK),
    (r"\bcountdown\b|\btimer\b|\bstopwatch\b", "Countdown", COUNTDOWN, ""),
)
STATIC = make_regex(r"\bno (?:js|javascript|scripts?)\b|\bonly (?:html|css)\b|\btailwind\b", re.I)


def write_app_page(text: str) -> str:
    """Return a page with a script; empty for other pages."""
    if STATIC.search(text):
        return ""
    if page := write_random_page(text):
        return page
    for pattern, title, body, more in PAGES:
        if re.search(pattern, text, re.I):
            return frame_page(title, body, more)
    return ""
