// The requests of a world as they come, newest first, and one of them in full.

import { del, get } from "../api.js";
import { button, empty, field, h, replace, select, switchButton } from "../dom.js";
import { events } from "../events.js";
import { describeSource, formatClock, formatCount, formatLocalTime, formatSeconds, formatTime, statusClass } from "../format.js";
import { RequestView } from "./request.js";

export const title = "Requests";
const ROW_HEIGHT = 46;
const MAX_ROWS = 10_000;
const PAGE = 500;
const STATUSES = [["", "All statuses"], ["2xx", "2xx"], ["4xx", "4xx"], ["5xx", "5xx"], ["429", "429"], ["101", "101 (live)"]];
const SOURCES = [["", "All answers"], ["engine", "generated"], ["scenario", "rule"], ["answers", "test"], ["cassette", "cassette"], ["upstream", "real service"], ["nobody", "no such path"]];
const filters = { text: "", model: "", status: "", source: "" };

export async function open(root, argument, app) {
  const page = new RequestsPage(root, app);
  page.start();
  await page.load();
  page.update(argument);
  return page;
}

class RequestsPage {
  constructor(root, app) {
    this.app = app;
    this.rows = [];
    this.waiting = [];
    this.byNumber = new Map();
    this.selected = 0;
    this.isPaused = false;
    this.skipped = 0;
    this.detail = new RequestView(app, () => app.go("requests"), (step) => this.move(step));
    this.count = h("p", { class: "count", role: "status" });
    this.body = h("tbody");
    this.table = h("table", { "aria-label": "Requests", class: "requests-table" }, buildHead(), this.body);
    this.scroller = h("div", { class: "scroller" }, this.table);
    this.nothing = h("div");
    this.pause = switchButton("Pause", false, (isOn) => this.setPaused(isOn));
    this.list = h("section", { class: "list", "aria-label": "List of requests" }, this.buildBar(), this.scroller, this.nothing);
    replace(root, h("h1", { class: "offscreen" }, "Requests"), this.list, this.detail.element);
    this.root = root;
    this.listeners = {
      entry: ({ detail }) => this.receive(detail),
      update: ({ detail }) => this.replaceRow(detail),
      skipped: ({ detail }) => this.noteSkipped(detail.count),
      reset: () => this.app.attempt(() => this.load()),
      state: ({ detail }) => detail.isLive && this.skipped && this.scheduleReload(),
    };
    this.draw = this.draw.bind(this);
  }

  buildBar() {
    const later = debounce(() => this.applyFilters(), 250);
    const change = (name) => (event) => {
      filters[name] = event.target.value;
      later();
    };
    return h("div", { class: "filters" },
      field("Search", h("input", { type: "search", placeholder: "text in the request", value: filters.text, oninput: change("text") })),
      field("Model", h("input", { placeholder: "gemini-*", value: filters.model, oninput: change("model") })),
      field("Status", select(STATUSES, filters.status, change("status"))),
      field("Answered by", select(SOURCES, filters.source, change("source"))),
      h("div", { class: "filter-end" }, this.count, this.pause,
        button("Clear", () => this.app.attempt(() => this.clear()), { class: "small", "aria-label": "Clear the journal" })));
  }

  start() {
    for (const [name, listener] of Object.entries(this.listeners)) events.addEventListener(name, listener);
    this.scroller.addEventListener("scroll", () => requestAnimationFrame(this.draw), { passive: true });
    this.observer = new ResizeObserver(this.draw);
    this.observer.observe(this.scroller);
  }

  close() {
    for (const [name, listener] of Object.entries(this.listeners)) events.removeEventListener(name, listener);
    this.observer.disconnect();
    clearTimeout(this.reloadTimer);
    this.detail.close();
    if (events.query) events.open("", "");
  }

  // Load what the journal has, then follow it.
  async load() {
    this.skipped = 0;
    const query = buildQuery();
    if (events.query !== query) events.open(query, "");
    const found = [];
    let before = "";
    for (let more = true; more && found.length < MAX_ROWS; ) {
      const page = await get(`journal?order=desc&bodies=false&preview=true&limit=${PAGE}${before}${query && `&${query}`}`);
      found.push(...page.entries);
      more = page.next !== null && page.entries.length > 0;
      before = `&before=${page.next}`;
    }
    this.rows = found;
    this.waiting = [];
    this.byNumber = new Map(found.map((entry) => [entry.number, entry]));
    this.draw();
  }

  applyFilters() {
    this.app.attempt(() => this.load());
  }

  async clear() {
    await del("journal");
    this.app.go("requests");
    await this.load();
  }

  // Events

  receive(entry) {
    if (this.byNumber.has(entry.number)) return this.replaceRow(entry);
    this.byNumber.set(entry.number, entry);
    if (this.isPaused) {
      this.waiting.unshift(entry);
      this.waiting.length = Math.min(this.waiting.length, MAX_ROWS);
    } else this.addRows([entry]);
    this.schedule();
    return undefined;
  }

  addRows(entries) {
    this.rows.unshift(...entries);
    if (this.rows.length > 1 && this.rows[0].number < this.rows[1].number) this.rows.sort((a, b) => b.number - a.number);
    for (const old of this.rows.splice(MAX_ROWS)) this.byNumber.delete(old.number);
    if (this.scroller.scrollTop > 0) this.scroller.scrollTop += ROW_HEIGHT * entries.length;
  }

  replaceRow(entry) {
    const known = this.byNumber.get(entry.number);
    if (known) Object.assign(known, entry);
    if (entry.number === this.selected) this.detail.show(entry.number);
    this.schedule();
  }

  noteSkipped(count) {
    this.skipped += count;
    this.scheduleReload();
    this.schedule();
  }

  // Load what was skipped, once fewer requests come.
  scheduleReload() {
    clearTimeout(this.reloadTimer);
    this.reloadTimer = setTimeout(() => !this.isPaused && this.app.attempt(() => this.load()), 1500);
  }

  setPaused(isPaused) {
    this.isPaused = isPaused;
    this.pause.setAttribute("aria-checked", String(isPaused));
    if (!isPaused) {
      this.addRows(this.waiting);
      this.waiting = [];
      if (this.skipped) this.scheduleReload();
    }
    this.draw();
  }

  // Drawing: only the rows that can be seen are in the page.

  schedule() {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.draw();
    });
  }

  draw() {
    const { rows, scroller } = this;
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - 8);
    const last = Math.min(rows.length, first + Math.ceil((scroller.clientHeight || 600) / ROW_HEIGHT) + 16);
    const focused = document.activeElement?.closest?.("tr[data-number]")?.dataset.number;
    replace(this.body, spacer(first), rows.slice(first, last).map((entry, index) => this.buildRow(entry, first + index)), spacer(rows.length - last));
    if (focused) this.body.querySelector(`tr[data-number="${focused}"] button`)?.focus({ preventScroll: true });
    this.table.setAttribute("aria-rowcount", String(rows.length + 1));
    this.count.textContent = this.describeCount();
    this.scroller.hidden = !rows.length;
    replace(this.nothing, rows.length ? null : describeNothing());
  }

  describeCount() {
    const shown = formatCount(this.rows.length, "request");
    const waiting = this.waiting.length ? `, ${this.waiting.length.toLocaleString("en")} new` : "";
    const skipped = this.skipped ? `, ${this.skipped.toLocaleString("en")} skipped` : "";
    return shown + waiting + skipped;
  }

  buildRow(entry, index) {
    const isSelected = entry.number === this.selected;
    const text = entry.preview || entry.path;
    return h("tr", { "data-number": entry.number, "aria-rowindex": index + 2, class: isSelected ? "is-selected" : undefined, onclick: () => this.app.go(`requests/${entry.number}`) },
      h("td", { class: "cell-time", title: `World's time: ${formatClock(entry.at)}` }, entry.received ? formatLocalTime(entry.received) : formatTime(entry.at), h("small", {}, `#${entry.number}`)),
      h("td", { class: "cell-what" },
        h("button", { type: "button", class: "row-button", "aria-current": isSelected ? "true" : undefined, "aria-label": `Request ${entry.number}: ${text}` }, text),
        h("small", { class: entry.hint ? "has-hint" : undefined, title: entry.hint }, entry.hint ? `Hint: ${entry.hint}` : `${entry.method} ${shortenPath(entry.path)}`)),
      h("td", { class: "cell-surface" }, entry.surface),
      h("td", { class: "cell-model" }, entry.model),
      h("td", { class: "cell-status" }, h("span", { class: statusClass(entry.status) }, entry.status ?? "cut"), entry.outcome !== "whole" && h("small", {}, entry.outcome)),
      h("td", { class: "cell-source" }, describeSource(entry)),
      h("td", { class: "cell-number cell-duration" }, formatSeconds(Math.max(entry.took, entry.seconds))),
      h("td", { class: "cell-number cell-tokens" }, entry.tokens?.toLocaleString("en") ?? ""));
  }

  // Selection

  update(argument) {
    this.selected = Number(argument) || 0;
    this.root.classList.toggle("has-detail", this.selected > 0);
    if (this.selected) this.detail.show(this.selected);
    else this.detail.hide();
    this.draw();
    return true;
  }

  press(key) {
    if (key === "p") this.setPaused(!this.isPaused);
    else if (key === "j" || key === "ArrowDown" && this.selected) this.move(1);
    else if (key === "k" || key === "ArrowUp" && this.selected) this.move(-1);
    else return false;
    return true;
  }

  move(step) {
    const at = this.rows.findIndex((entry) => entry.number === this.selected);
    const next = this.rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), this.rows.length - 1)];
    if (!next) return;
    const top = this.rows.indexOf(next) * ROW_HEIGHT;
    const { scroller } = this;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + ROW_HEIGHT * 2 > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + ROW_HEIGHT * 2 - scroller.clientHeight;
    this.app.go(`requests/${next.number}`);
  }

  escape() {
    this.app.go("requests");
  }
}

const COLUMNS = [["Time", "time"], ["Request", "what"], ["Surface", "surface"], ["Model", "model"], ["Status", "status"], ["Answered by", "source"], ["Duration", "duration"], ["Tokens", "tokens"]];

function buildHead() {
  return h("thead", {}, h("tr", { "aria-rowindex": 1 }, COLUMNS.map(([text, name]) => h("th", { scope: "col", class: `cell-${name}` }, text))));
}

function spacer(count) {
  if (count <= 0) return null;
  const cell = h("td", { colspan: COLUMNS.length });
  cell.style.height = `${count * ROW_HEIGHT}px`;
  return h("tr", { "aria-hidden": "true", class: "spacer" }, cell);
}

function buildQuery() {
  const query = new URLSearchParams();
  if (filters.text) query.set("text", filters.text);
  if (filters.model) query.set("model", `*${filters.model.replace(/^\*|\*$/g, "")}*`);
  if (filters.status) query.set("status", filters.status);
  if (filters.source) query.set("source", filters.source);
  return query.toString();
}

function describeNothing() {
  if (buildQuery()) return empty("No request matches the filters.");
  return empty("No requests yet.", h("p", {}, "They appear here when a client calls. ", h("a", { href: "#connect" }, "Connect a client")));
}

function shortenPath(path) {
  return path.length > 90 ? `${path.slice(0, 40)}…${path.slice(-48)}` : path;
}

function debounce(action, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
