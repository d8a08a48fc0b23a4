"""Short components of React that show a built-in hook: useRef, useReducer, useContext."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

BUILT_IN = make_regex(r"\b(useRef|useReducer|useContext|useMemo|useCallback|useEffect|useState)\b")
EXAMPLES = {
    "useRef": """import { useEffect, useRef } from 'react';

export function {name}() {
  const input = useRef(null);

  useEffect(() => {
    input.current.focus();
  }, []);

  return <input ref={input} type="text" />;
}""",
    "useReducer": """import { useReducer } from 'react';

function reducer(state, action) {
  switch (action.type) {
    case 'increment':
      return { count: state.count + 1 };
    case 'reset':
      return { count: 0 };
    default:
      return state;
  }
}

export function {name}() {
  const [state, dispatch] = useReducer(reducer, { count: 0 });
  return (
    <div>
      <span>{state.count}</span>
      <button onClick={() => dispatch({ type: 'increment' })}>Increment</button>
      <button onClick={() => dispatch({ type: 'reset' })}>Reset</button>
    </div>
  );
}""",
    "useContext": """import { createContext, useContext } from 'react';

const ThemeContext = createContext('light');

function Toolbar() {
  const theme = useContext(ThemeContext);
  return <div className={theme}>The theme is {theme}</div>;
}

export function {name}() {
  return (
    <ThemeContext.Provider value="dark">
      <Toolbar />
    </ThemeContext.Provider>
  );
}""",
    "useMemo": """import { useMemo } from 'react';

export function {name}({ items, query }) {
  const found = useMemo(
    () => items.filter((item) => item.name.includes(query)),
    [items, query]
  );
  return (
    <ul>
      {found.map((item) => (
        <li key={item.id}>{item.name}</li>
      ))}
    </ul>
  );
}""",
    "useCallback": """import { useCallback, useState } from 'react';

export function {name}() {
  const [count, setCount] = useState(0);
  const increment = useCallback(() => setCount((value) => value + 1), []);
  return <button onClick={increment}>Clicked {count} times</button>;
}""",
    "useEffect": """import { useEffect, useState } from 'react';

export function {name}() {
  const [count, setCount] = useState(0);

  useEffect(() => {
    document.title = `Clicked ${count} times`;
  }, [count]);

  return <button onClick={() => setCount(count + 1)}>Clicked {count} times</button>;
}""",
}


def write_hook_example(name: str, text: str) -> str:
    """Return a component with the built-in hook that a text names; empty without one."""
    found = next((one for one in BUILT_IN.findall(text) if one in EXAMPLES), "")
    return EXAMPLES.get(found, "").replace("{name}", "Example" if name == "Item" else name)
