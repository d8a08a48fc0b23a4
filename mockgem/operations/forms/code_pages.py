"""Pages of HTML that do something: a calculator, tasks, a counter, a theme, a countdown."""

from __future__ import annotations

import re

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
    for pattern, title, body, more in PAGES:
        if re.search(pattern, text, re.I):
            style = STYLE.replace("{more}", more)
            return (
                '<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
                f"    <title>{title}</title>\n{style}  </head>\n  <body>\n"
                f"{body.replace('{title}', title)}\n  </body>\n</html>"
            )
    return ""
