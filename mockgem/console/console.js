// The console: finds the page that the address names, and has the keyboard and the connection.

import { ApiError, InputError, WORLD, getToken, setToken } from "./api.js";
import { h, replace } from "./dom.js";
import { events } from "./events.js";
import * as cassettes from "./pages/cassettes.js";
import * as connect from "./pages/connect.js";
import * as live from "./pages/live.js";
import * as next from "./pages/next.js";
import * as requests from "./pages/requests.js";
import * as scenarios from "./pages/scenarios.js";
import * as world from "./pages/world.js";

const PAGES = { requests, next, scenarios, world, cassettes, live, connect };
const main = document.getElementById("main");
const message = document.getElementById("message");
const shortcuts = document.getElementById("shortcuts");
let current = null;

function readRoute() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  return PAGES[name] ? { name, argument: rest.join("/") } : { name: "requests", argument: "" };
}

async function showPage() {
  const { name, argument } = readRoute();
  if (current?.name === name && current.page?.update?.(argument)) return;
  current?.page?.close?.();
  document.title = `${PAGES[name].title} · ${WORLD ? `${WORLD} · ` : ""}mockgem`;
  for (const link of document.querySelectorAll("#pages a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const page = (current = { name, page: null });
  const root = h("div", { class: `page page-${name}` });
  replace(main, root);
  hideMessage();
  try {
    const shown = await PAGES[name].open(root, argument, app);
    if (current === page) page.page = shown;
    else shown?.close?.();
  } catch (error) {
    if (current === page) reportError(error);
  }
}

// Errors

export function reportError(error) {
  if (error instanceof ApiError && error.status === 401) return askForToken();
  message.textContent = error.message;
  message.hidden = false;
  if (!(error instanceof ApiError || error instanceof InputError)) console.error(error);
  return undefined;
}

function hideMessage() {
  message.hidden = true;
}

// Run what a person asked for, and show what goes wrong.
async function attempt(action) {
  try {
    hideMessage();
    return await action();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

function askForToken() {
  const input = h("input", { type: "password", id: "token", autocomplete: "current-password", required: true });
  const form = h("form", { class: "card login", onsubmit: (event) => {
    event.preventDefault();
    setToken(input.value.trim());
    startEvents();
    showPage();
  } },
  h("h1", {}, "Admin token"),
  h("p", {}, getToken() ? "This token is wrong. " : "", "mockgem prints its admin token when it starts."),
  h("label", { for: "token" }, "Token"), input, h("button", { class: "primary" }, "Continue"));
  replace(main, form);
  input.focus();
}

const app = { attempt, reportError, go: (hash) => (location.hash = hash) };

// The connection

const connection = document.getElementById("connection");

events.addEventListener("state", ({ detail }) => {
  connection.textContent = detail.isLive ? "Connected" : detail.status === 401 ? "Token needed" : "Reconnecting …";
  connection.className = `connection ${detail.isLive ? "is-live" : "is-lost"}`;
  if (detail.status === 401 && !document.getElementById("token")) askForToken();
});

function startEvents() {
  events.open(events.query, events.lastId);
}

// The keyboard

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || shortcuts.open) return;
  if (event.key === "Escape") {
    if (isTyping(event.target)) event.target.blur();
    else current?.page?.escape?.();
    return;
  }
  if (isTyping(event.target)) return;
  const handled = pressKey(event.key);
  if (handled) event.preventDefault();
});

function pressKey(key) {
  if (key === "?") shortcuts.showModal();
  else if (key === "n") app.go("next");
  else if (key === "r") app.go("requests");
  else if (key === "/") focusSearch();
  else return current?.page?.press?.(key) ?? false;
  return true;
}

function focusSearch() {
  const search = main.querySelector("input[type=search], input[role=combobox]");
  if (search) search.focus();
  else app.go("requests");
}

// The bar

document.getElementById("help").addEventListener("click", () => shortcuts.showModal());
shortcuts.querySelector("button").addEventListener("click", (event) => {
  event.preventDefault();
  shortcuts.close();
});
document.getElementById("theme").addEventListener("click", () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme.trim() === "dark";
  setTheme(isDark ? "light" : "dark");
});

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("mockgem-theme", theme);
}

const theme = localStorage.getItem("mockgem-theme");
if (theme) setTheme(theme);
else if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme = "dark";
document.getElementById("place").textContent = WORLD ? `World ${WORLD}` : "";
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});

addEventListener("hashchange", showPage);
startEvents();
showPage();
