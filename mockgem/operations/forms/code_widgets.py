"""Common components of React: buttons, dialogs, search fields, menus, tabs, tables, clocks."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_labels import find_labels
from mockgem.operations.forms.lazy_patterns import make_regex

MODAL = """export function {name}({ isOpen, title, onClose, children }) {
  if (!isOpen) {
    return null;
  }
  return (
    <div role="dialog" aria-modal="true" className="modal">
      <h2>{title}</h2>
      {children}
      <button type="button" onClick={onClose}>Close</button>
    </div>
  );
}"""
SEARCH = """import { useState } from 'react';

export function {name}({ onSearch }) {
  const [query, setQuery] = useState('');

  const change = (event) => {
    setQuery(event.target.value);
    onSearch(event.target.value);
  };

  return <input type="search" placeholder="Search" value={query} onChange={change} />;
}"""
TOGGLE = """import { useState } from 'react';

export function {name}() {
  const [isOn, setIsOn] = useState(false);
  return (
    <button type="button" aria-pressed={isOn} onClick={() => setIsOn(!isOn)}>
      {isOn ? 'On' : 'Off'}
    </button>
  );
}"""
THEME = """import { useEffect, useState } from 'react';

export function {name}() {
  const [theme, setTheme] = useState('light');

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  return (
    <button type="button" onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}>
      {theme === 'dark' ? 'Light mode' : 'Dark mode'}
    </button>
  );
}"""
TABS = """import { useState } from 'react';

export function {name}({ items }) {
  const [active, setActive] = useState(0);
  return (
    <div>
      {items.map((item, index) => (
        <button key={item.title} type="button" onClick={() => setActive(index)}>
          {item.title}
        </button>
      ))}
      <div>{items[active].content}</div>
    </div>
  );
}"""
TABLE = """export function {name}({ rows, columns }) {
  return (
    <table>
      <thead>
        <tr>{columns.map((column) => <th key={column}>{column}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>{columns.map((column) => <td key={column}>{row[column]}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}"""
SELECT = """export function {name}({ options, value, onChange }) {
  return (
    <select value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option} value={option}>{option}</option>
      ))}
    </select>
  );
}"""
TIMER = """import { useEffect, useState } from 'react';

export function {name}() {
  const [seconds, setSeconds] = useState({start});

  useEffect(() => {
    const timer = setInterval(() => setSeconds((value) => {step}), 1000);
    return () => clearInterval(timer);
  }, []);

  return <p>{seconds} s</p>;
}"""
LOADING = """export function {name}() {
  return <div role="status" className="spinner">Loading…</div>;
}"""
PAGES = """export function {name}({ page, pages, onChange }) {
  return (
    <nav>
      <button disabled={page === 1} onClick={() => onChange(page - 1)}>Previous</button>
      <span>{page} / {pages}</span>
      <button disabled={page === pages} onClick={() => onChange(page + 1)}>Next</button>
    </nav>
  );
}"""
RATING = """export function {name}({ value, onChange }) {
  return (
    <div role="radiogroup">
      {[1, 2, 3, 4, 5].map((star) => (
        <button key={star} type="button" onClick={() => onChange(star)}>
          {star <= value ? '★' : '☆'}
        </button>
      ))}
    </div>
  );
}"""
PROGRESS = """export function {name}({ value }) {
  return (
    <div role="progressbar" aria-valuenow={value} className="track">
      <div className="bar" style={{ width: `${value}%` }} />
    </div>
  );
}"""
CAROUSEL = """import { useState } from 'react';

export function {name}({ images }) {
  const [index, setIndex] = useState(0);
  const show = (next) => setIndex((next + images.length) % images.length);
  return (
    <div>
      <img src={images[index]} alt="" />
      <button onClick={() => show(index - 1)}>Previous</button>
      <button onClick={() => show(index + 1)}>Next</button>
    </div>
  );
}"""
WIDGETS = tuple(
    (make_regex(pattern, re.I), name, source)
    for pattern, name, source in (
        (r"\bmodal\b|\bdialog\b|\bpop-?up\b", "Modal", MODAL),
        (r"\bdark[- ]mode\b|\btheme (?:switch|toggle)\w*", "ThemeToggle", THEME),
        (r"\btoggle\b|\bswitch\b", "ToggleSwitch", TOGGLE),
        (r"\bsearch (?:bar|box|field|input)\b|\bsearchbar\b", "SearchBar", SEARCH),
        (r"\btabs?\b|\baccordion\b", "Tabs", TABS),
        (r"\bpaginat\w+", "Pagination", PAGES),
        (r"\b(?:data ?)?table\b", "DataTable", TABLE),
        (r"\bdrop-?down\b|\bselect\b", "Dropdown", SELECT),
        (r"\bcountdown\b|\btimer\b|\bstopwatch\b|\bclock\b", "Timer", TIMER),
        (r"\bspinner\b|\bload(?:er|ing)\b", "Spinner", LOADING),
        (r"\b(?:star )?rating\b", "StarRating", RATING),
        (r"\bprogress ?bar\b", "ProgressBar", PROGRESS),
        (r"\bcarousel\b|\bslider\b|\bgallery\b|\bslideshow\b", "Carousel", CAROUSEL),
    )
)
"""What a prompt says, the usual name of the component, and its source."""


def write_widget(name: str, text: str, members: list[str]) -> str:
    """Return a common component; empty if a text names none, or with other properties."""
    members = [one for one in members if not one.endswith("button")] if members[1:] else members
    for pattern, own, source in WIDGETS:
        if pattern.search(text) and all(re.search(rf"\b{one}\b", source) for one in members):
            down = "countdown" in text.lower()
            source = source.replace("{start}", "60" if down else "0")
            source = source.replace("{step}", "Math.max(0, value - 1)" if down else "value + 1")
            return source.replace("{name}", own if name == "Item" else name)
    if NAVIGATION.search(text):
        return write_navigation("Navbar" if name == "Item" else name, text)
    if variants := VARIANTS.search(text):
        return write_variants("Button" if name == "Item" else name, re.findall(r"\w+", variants[1]))
    if BUTTON.search(text):
        return write_button("Button" if name == "Item" else name, members, text)
    return ""


NAVIGATION = make_regex(r"\bnav(?:igation)? ?bar\b|\bnavigation\b|\bside ?bar\b", re.I)
BUTTON = make_regex(
    r"\b(?:an? |the |react )(?:\w+ ){0,2}button\b(?! (?:that|which|to|and)\b)|\bButton\b"
)


def write_navigation(name: str, text: str) -> str:
    """Return a navigation with the links that a text names."""
    titles = find_labels(text) or ["Home", "About", "Contact"]
    rows = "\n".join(
        f'      <a href="/{one.lower().replace(" ", "-")}">{one}</a>' for one in titles
    )
    if re.search(r"\blogo\b|\bbrand\b", text, re.I):
        rows = "\n".join(f"  {row}" for row in rows.split("\n"))
        rows = f'      <a className="logo" href="/">Logo</a>\n      <div>\n{rows}\n      </div>'
    looks = (
        ' className="flex items-center justify-between p-4"' if "tailwind" in text.lower() else ""
    )
    return (
        f"export function {name}() {{\n  return (\n    <nav{looks}>\n{rows}\n    </nav>\n  );\n}}"
    )


VARIANTS = make_regex(
    r"\b[Bb]utton\b[^.\n]{0,60}\bvariants?:? \(?((?:\w+(?:, and |, | and )){1,5}\w+)"
)


def write_variants(name: str, variants: list[str]) -> str:
    """Return a button whose looks depend on its variant."""
    names = [one for one in variants if one not in ("and", "variants")]
    looks = (
        "bg-blue-600 text-white",
        "bg-gray-200 text-gray-900",
        "bg-red-600 text-white",
        "underline",
    )
    rows = "\n".join(f"  {one}: '{looks[at % len(looks)]}'," for at, one in enumerate(names))
    return (
        f"const STYLES = {{\n{rows}\n}};\n\n"
        f"export function {name}({{ variant, onClick, children }}) {{\n  return (\n"
        '    <button type="button" className={STYLES[variant]} onClick={onClick}>\n'
        "      {children}\n    </button>\n  );\n}"
    )


ATTRIBUTES = {"variant": "className", "size": "data-size", "color": "data-color"}
INSIDE = ("children", "label", "text", "title", "caption")


HANDLER = make_regex(r"\b(?:calls?|calling|runs?|triggers?) (?:the |a )?`?((?:on|handle)[A-Z]\w*)")
LABEL = make_regex(
    r"\b(?:label(?:led|ed)?|text|caption|says|saying|called):? [\"'`]?([A-Z][\w !]{0,24}?)[\"'`]?"
    r"(?=[,.\n]|\Z)"
)


def write_stated_button(name: str, handler: str, text: str) -> str:
    """Return a button that calls the handler and shows the label that a text names."""
    label = LABEL.search(text)
    given, flag = [handler], re.search(r"\bdisabled (?:while|when|if|during) (\w+)", text)
    busy = f"is{flag[1].capitalize()}" if flag else ""
    given += [busy] if busy else []
    off = f" disabled={{{busy}}}" if busy else ""
    if label is None:
        given.append("label")
    return (
        f"export function {name}({{ {', '.join(given)} }}) {{\n  return (\n"
        f'    <button type="button" onClick={{{handler}}}{off}>\n'
        f"      {label[1] if label else '{label}'}\n    </button>\n  );\n}}"
    )


def write_button(name: str, members: list[str], text: str = "") -> str:
    """Return a button whose properties are its events, its attributes and its content."""
    if handler := HANDLER.search(text):
        return write_stated_button(name, handler[1], text)
    members = members or ["label", "onClick"]
    inside = [one for one in members if one in INSIDE]
    given = "".join(
        f" {ATTRIBUTES.get(one, one)}={{{one}}}" for one in members if one not in INSIDE
    )
    content = "".join(f"{{{one}}}" for one in inside) or "Click me"
    kind = "" if "type" in members else ' type="button"'
    return (
        f"export function {name}({{ {', '.join(members)} }}) {{\n  return (\n"
        f"    <button{kind}{given}>\n      {content}\n    </button>\n  );\n}}"
    )
