"""JavaScript that prompts often ask for: objects, dates, storage, requests, pages, servers."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

ROWS: tuple[tuple[str, str], ...] = (
    (
        r"\badds? (?:the |a )?(?:css )?class [\"'`.]?\w+[^\n]{0,80}\bremov",
        "const items = document.querySelectorAll('[element]');\n\nitems.forEach((item) => {\n"
        "  item.addEventListener('click', () => {\n"
        "    items.forEach((other) => other.classList.remove('[class]'));\n"
        "    item.classList.add('[class]');\n  });\n});",
    ),
    (
        r"\bfalsy\b",
        "export function {removeFalsy}({items}) {\n  return {items}.filter(Boolean);\n}",
    ),
    (
        r"\bvalid url\b|\burl is valid\b|\bvalidat\w+ (?:an? |the )?url\b|\bisValidUrl\b",
        "export function {isValidUrl}({text}) {\n  try {\n    new URL({text});\n    return true;\n"
        "  } catch {\n    return false;\n  }\n}",
    ),
    (
        r"\bcalculator\b",
        "export function {calculate}({first}, {sign}, {second}) {\n  switch ({sign}) {\n"
        "    case '+':\n      return {first} + {second};\n    case '-':\n      return {first} - "
        "{second};\n"
        "    case '*':\n      return {first} * {second};\n    case '/':\n      return {first} / "
        "{second};\n"
        "    default:\n      throw new Error('Unknown operator');\n  }\n}",
    ),
    (
        r"\brandom (?:numbers?|integers?|int)\b|\brandomInt",
        "export function {randomNumber}({min}, {max}) {\n"
        "  return Math.floor(Math.random() * ({max} - {min} + 1)) + {min};\n}\n\n"
        "console.log({randomNumber}(<low>, <high>));",
    ),
    (
        r"\bhex\b[^.\n]{0,20}\brgb\b",
        "export function {hexToRgb}({hex}) {\n  const value = parseInt({hex}.replace('#', ''), "
        "16);\n"
        "  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 };\n}",
    ),
    (
        r"\bpassword\b[^.\n]{0,24}\b(?:strong|strength|valid\w*|secure|check\w*)"
        r"|\b(?:strong|strength|validat\w+|check\w*)\b[^.\n]{0,24}\bpassword",
        "export function {isStrongPassword}({password}) {\n"
        "  return (\n    {password}.length >= 8 &&\n    /[a-z]/.test({password}) &&\n"
        "    /[A-Z]/.test({password}) &&\n    /\\d/.test({password})\n  );\n}",
    ),
    (
        r"\bwaits?\b[^.\n]{0,16}\bseconds?\b[^.\n]{0,24}\b(?:log|print)s?\b",
        "async function {waitAndLog}() {\n  await new Promise((resolve) => setTimeout(resolve, "
        "2000));\n"
        "  console.log('done');\n}\n\n{waitAndLog}();",
    ),
    (
        r"\bobject\b[^.\n]{0,12}\bempty\b|\bempty\b[^.\n]{0,12}\bobject",
        "export function {isEmpty}({object}) {\n  return Object.keys({object}).length === 0;\n}",
    ),
    (
        r"\b(?:find|return|list|get)s?\b[^.\n]{0,16}\bduplicate",
        "export function {findDuplicates}({items}) {\n"
        "  return [...new Set({items}.filter((item, index) => {items}.indexOf(item) !== "
        "index))];\n}",
    ),
    (
        r"\brandom (?:color|colour|hex)",
        "export function {randomColor}() {\n"
        "  return `#${Math.floor(Math.random() * 0x1000000).toString(16).padStart(6, '0')}`;\n}",
    ),
    (
        r"\brandom (?:element|item|value|string|id)\b|\buuid\b",
        "export function {randomId}() {\n  return crypto.randomUUID();\n}",
    ),
    (
        r"\basync\b[ /]{0,3}(?:and )?\bawait\b(?![^.\n]*\bfetch)|\basync function example",
        "async function loadUser(id) {\n  try {\n    const response = await "
        "fetch(`/api/users/${id}`);\n"
        "    const user = await response.json();\n    console.log(user);\n  } catch (error) {\n"
        "    console.error('Could not load the user:', error);\n  }\n}\n\nloadUser(1);",
    ),
    (
        r"\bdeep ?_?equal|\b(?:compare|equal)\w*[^.\n]{0,20}\bobjects\b",
        "export function {deepEqual}({a}, {b}) {\n  if ({a} === {b}) {\n    return true;\n  }\n"
        "  if (typeof {a} !== 'object' || typeof {b} !== 'object' || !{a} || !{b}) {\n    "
        "return false;\n  }\n"
        "  const keys = Object.keys({a});\n  return (\n    keys.length === "
        "Object.keys({b}).length &&\n"
        "    keys.every((key) => {deepEqual}({a}[key], {b}[key]))\n  );\n}",
    ),
    (
        r"\bmerg\w+[^.\n]{0,20}\bobjects\b",
        "export function {mergeObjects}({first}, {second}) {\n  return { ...{first}, "
        "...{second} };\n}",
    ),
    (
        r"\bmemoi[sz]",
        "export function {memoize}({fn}) {\n  const cache = new Map();\n  return (...args) => {\n"
        "    const key = JSON.stringify(args);\n    if (!cache.has(key)) {\n"
        "      cache.set(key, {fn}(...args));\n    }\n    return cache.get(key);\n  };\n}",
    ),
    (
        r"\bcurry\b",
        "export function {curry}({fn}) {\n  return function curried(...args) {\n"
        "    return args.length >= {fn}.length\n      ? {fn}(...args)\n"
        "      : (...more) => curried(...args, ...more);\n  };\n}",
    ),
    (
        r"\bdays?\b[^.\n]{0,20}\bbetween\b|\bdifference between two dates|\bdate difference",
        "export function {daysBetween}({start}, {end}) {\n  const day = 24 * 60 * 60 * 1000;\n"
        "  return Math.round(Math.abs(new Date({end}) - new Date({start})) / day);\n}",
    ),
    (
        r"\bcurrent (?:date|time)\b|today'?s date",
        "const now = new Date();\n\nconsole.log(now.toLocaleDateString('en-US'));\n"
        "console.log(now.toLocaleTimeString('en-US'));",
    ),
    (
        r"\blocal ?storage\b",
        "export function {saveValue}({key}, {value}) {\n"
        "  localStorage.setItem({key}, JSON.stringify({value}));\n}\n\n"
        "export function loadValue(key) {\n  const text = localStorage.getItem(key);\n"
        "  return text === null ? null : JSON.parse(text);\n}",
    ),
    (
        r"\bquery (?:string|param\w*)|\burl param\w*",
        "export function {getQueryParam}({name}) {\n"
        "  return new URLSearchParams(window.location.search).get({name});\n}",
    ),
    (
        r"\bvalidat\w+[^.\n]{0,20}\bform\b|\bform validation\b",
        "const form = document.querySelector('form');\n\nform.addEventListener('submit', "
        "(event) => {\n"
        "  const email = form.elements.email.value.trim();\n"
        "  if (!/^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/.test(email)) {\n    event.preventDefault();\n"
        "    alert('Please enter a valid email address.');\n  }\n});",
    ),
    (
        r"\bcountdown\b|\bstopwatch\b",
        "export function {startCountdown}({seconds}, {onTick}) {\n  let left = {seconds};\n"
        "  const timer = setInterval(() => {\n    left -= 1;\n    {onTick}(left);\n"
        "    if (left <= 0) {\n      clearInterval(timer);\n    }\n  }, 1000);\n  return timer;\n}",
    ),
    (
        r"\bscroll\w*\b[^.\n]{0,20}\btop\b",
        "export function {scrollToTop}() {\n  window.scrollTo({ top: 0, behavior: 'smooth' });\n}",
    ),
    (
        r"\bcapitali[sz]e\b[^.\n]{0,24}\b(?:first|word|string|letter)",
        "export function {capitalize}({text}) {\n"
        "  return {text}.charAt(0).toUpperCase() + {text}.slice(1);\n}",
    ),
    (
        r"\btruncat\w+|\bshorten\w*[^.\n]{0,16}\b(?:string|text)",
        "export function {truncate}({text}, {length}) {\n"
        "  return {text}.length > {length} ? `${{text}.slice(0, {length})}…` : {text};\n}",
    ),
    (
        r"\bintersect\w*|\bcommon (?:elements|items|values)",
        "export function {intersect}({first}, {second}) {\n"
        "  return {first}.filter((item) => {second}.includes(item));\n}",
    ),
    (
        r"\brange\b(?=[^.\n]{0,40}\b(?:array|numbers|function)\b)",
        "export function {range}({start}, {end}) {\n"
        "  return Array.from({ length: {end} - {start} + 1 }, (_, index) => {start} + index);\n}",
    ),
    (
        r"\bweb ?sockets?\b|\bsocket\.io\b",
        "import { WebSocketServer } from 'ws';\n\nconst server = new WebSocketServer({ port: "
        "8080 });\n\n"
        "server.on('connection', (socket) => {\n  socket.on('message', (message) => {\n"
        "    socket.send(`Echo: ${message}`);\n  });\n});",
    ),
    (
        r"\bjwt\b|\bjson web token",
        "import jwt from 'jsonwebtoken';\n\nexport function {createToken}({user}) {\n"
        "  return jwt.sign({ id: {user}.id }, process.env.JWT_SECRET, { expiresIn: '1h' });\n}\n\n"
        "export function verifyToken(token) {\n  return jwt.verify(token, "
        "process.env.JWT_SECRET);\n}",
    ),
    (
        r"\bbcrypt\b|\bhash\w*[^.\n]{0,16}\bpassword",
        "import bcrypt from 'bcrypt';\n\nexport async function {hashPassword}({password}) {\n"
        "  return bcrypt.hash({password}, 10);\n}\n\n"
        "export async function checkPassword(password, hash) {\n  return "
        "bcrypt.compare(password, hash);\n}",
    ),
    (
        r"\bwrit\w+\b[^.\n]{0,30}\bfile\b",
        "import { writeFile } from 'node:fs/promises';\n\n"
        "export async function {saveText}({path}, {text}) {\n  await writeFile({path}, {text}, "
        "'utf8');\n}",
    ),
    (
        r"\b(?:read|pars|load)\w*\b[^.\n]{0,16}\bjson\b[^.\n]{0,8}\bfile\b",
        "import { readFile } from 'node:fs/promises';\n\n"
        "export async function {readJson}({path}) {\n  return JSON.parse(await readFile({path}, "
        "'utf8'));\n}",
    ),
    (
        r"\benv(?:ironment)? var\w*",
        "import 'dotenv/config';\n\nconst port = process.env.PORT ?? 3000;\nconsole.log(port);",
    ),
    (
        r"\btoggle\w*\b[^.\n]{0,30}\b(?:element|menu|visibility|div|section)|\b(?:show"
        r"|hide)\b[^.\n]{0,24}"
        r"\b(?:element|div|menu|section)",
        "const element = document.querySelector('#menu');\n\n"
        "document.querySelector('button').addEventListener('click', () => {\n"
        "  element.hidden = !element.hidden;\n});",
    ),
    (
        r"\bto-?do (?:list|app)\b",
        "const tasks = [];\n\nfunction addTask(text) {\n  tasks.push({ text, done: false });\n}\n\n"
        "function completeTask(index) {\n  tasks[index].done = true;\n}\n\n"
        "addTask('Buy milk');\ncompleteTask(0);\nconsole.log(tasks);",
    ),
    (
        r"\bmap\b[^.\n]{0,12}\bfunction\b|\bmap\(\)|\barray\.?map\b",
        "const numbers = [1, 2, 3];\n\nconst doubled = numbers.map((number) => number * 2);\n"
        "console.log(doubled);",
    ),
    (
        r"\bguess\w*[^.\n]{0,20}\b(?:number|game)\b",
        "const secret = Math.floor(Math.random() * 100) + 1;\n\nfunction guess(number) {\n"
        "  if (number === secret) {\n    return 'Correct!';\n  }\n"
        "  return number < secret ? 'Too low' : 'Too high';\n}\n\nconsole.log(guess(50));",
    ),
)
"""What a prompt says, and a program with {name} for the names of its function and parameters."""
COMMON = [(make_regex(pattern, re.I), source) for pattern, source in ROWS]
