// The recordings of a world: played, not played, what redaction removed, how mockgem's own answers
// differ, and requests without a recording.

import { get, post } from "../api.js";
import { button, empty, h, replace, select } from "../dom.js";
import { findLastText, readConversation } from "../conversation.js";
import { events } from "../events.js";
import { formatBytes, formatClock, formatCount, limitText, parseJson, statusClass } from "../format.js";

export const title = "Cassettes";
const SHOWN = [["all", "All interactions"], ["played", "Played"], ["unplayed", "Not played"], ["removed", "With removed secrets"], ["drift", "With another answer of mockgem"]];
const UNNAMED = "without a name";
const TIERS = [["same", "same", "good"], ["info", "information", "info"], ["warning", "warning", "busy"], ["error", "error", "bad"], ["not comparable", "not comparable", ""]];

export async function open(root, argument, app) {
  const page = new CassettesPage(root, app);
  await page.load();
  return page;
}

class CassettesPage {
  constructor(root, app) {
    this.app = app;
    this.show = "all";
    this.drift = new Map();
    this.unfolded = new Set();
    this.isOpen = true;
    this.body = h("div", { class: "stack" });
    this.filter = select(SHOWN, "all", (event) => {
      this.show = event.target.value;
      this.draw();
    });
    this.filter.setAttribute("aria-label", "Show");
    replace(root, h("div", { class: "card-head" }, h("h1", {}, "Cassettes"), h("span", { class: "spring" }), this.filter), this.body);
    this.listener = () => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.load().catch(() => {});
      }, 500);
    };
    events.addEventListener("entry", this.listener);
  }

  async load() {
    this.found = await get("cassettes");
    this.draw();
  }

  close() {
    this.isOpen = false;
    clearTimeout(this.timer);
    events.removeEventListener("entry", this.listener);
  }

  draw() {
    const { cassettes, misses } = this.found;
    replace(this.body,
      cassettes.length === 0 && empty("This server plays no cassette.", h("p", {}, "Record one: ", h("code", {}, "mockgem record --cassette calls.yaml")), h("p", {}, "Play it: ", h("code", {}, "mockgem replay --cassette calls.yaml"))),
      misses.length > 0 && renderMisses(misses),
      cassettes.map((cassette) => this.renderCassette(cassette)));
  }

  renderCassette(cassette) {
    const drift = this.findDrift(cassette);
    const rows = cassette.interactions.map((one, index) => ({ one, drift: drift?.findings[index], key: `${cassette.path} ${index}` }));
    const shown = rows.filter((row) => isShown(this.show, row));
    return h("section", { class: "card", "aria-label": cassette.path },
      h("div", { class: "card-head" }, h("h2", {}, h("code", {}, cassette.path)), h("span", { class: "spring" }), this.renderCompare(cassette, drift)),
      h("p", {}, `${formatCount(cassette.played, "interaction")} played, ${cassette.unplayed} not played`),
      renderRemovedOfFile(cassette.interactions),
      drift && renderDriftOfFile(drift),
      cassette.problems.length > 0 && h("ul", { class: "problems" }, cassette.problems.map((problem) => h("li", {}, problem))),
      h("ul", { class: "interactions" }, shown.map((row) => renderInteraction(row, this.unfolded))),
      shown.length === 0 && h("p", { class: "quiet" }, "No interaction of this file is in this selection."));
  }

  // Drift

  // Return what the comparison found; nothing if the cassette has grown since.
  findDrift(cassette) {
    const drift = this.drift.get(cassette.path);
    if (drift && !drift.isRunning && drift.total !== cassette.interactions.length) this.drift.delete(cassette.path);
    return this.drift.get(cassette.path);
  }

  renderCompare(cassette, drift) {
    const isRunning = Boolean(drift?.isRunning);
    return button(isRunning ? "Comparing …" : "Compare with mockgem", () => this.compare(cassette.path), { class: "small", disabled: isRunning, title: "Ask mockgem itself for each answer, as mockgem drift does" });
  }

  compare(path) {
    return this.app.attempt(async () => {
      const state = { findings: [], total: 0, isRunning: true };
      this.drift.set(path, state);
      this.draw();
      try {
        for (let after = 0; after !== null && this.isOpen; ) {
          const found = await post("cassettes/drift", { path, after });
          state.findings.push(...found.findings);
          state.total = found.total;
          after = found.next;
          if (after !== null) this.draw();
        }
      } catch (error) {
        if (!state.total) this.drift.delete(path);
        throw error;
      } finally {
        state.isRunning = false;
        if (this.isOpen) this.draw();
      }
    });
  }
}

function isShown(show, { one, drift }) {
  if (show === "removed") return one.removed.length > 0;
  if (show === "drift") return Boolean(drift) && drift.tier !== "same";
  return show === "all" || one.played === (show === "played");
}

function renderDriftOfFile({ findings, total, isRunning }) {
  const counts = TIERS.map(([tier, name, look]) => [findings.filter((one) => one.tier === tier).length, name, look]);
  return h("p", { role: "status", class: "drift" }, isRunning ? `Compared ${findings.length} of ${total || "…"}: ` : "mockgem's own answers: ",
    counts.map(([count, name, look]) => h("span", { class: `state ${count ? look : ""}` }, `${count} ${name}`)));
}

function renderRemovedOfFile(interactions) {
  const removed = interactions.flatMap((one) => one.removed);
  if (!removed.length) return h("p", { class: "quiet" }, "No mark of a replaced secret is in these interactions.");
  const kinds = new Map();
  for (const one of removed) kinds.set(one.name || UNNAMED, (kinds.get(one.name || UNNAMED) ?? 0) + one.count);
  return h("p", {}, `${formatCount(sum(removed), "secret")} replaced: `, [...kinds].map(([name, count]) => h("span", { class: "chip" }, `${name} × ${count}`)));
}

function sum(removed) {
  return removed.reduce((total, one) => total + one.count, 0);
}

// `unfolded` keeps which interactions a person has opened, for the next time that the page is drawn.
function renderInteraction({ one, drift, key }, unfolded) {
  const note = ({ target }) => (target.open ? unfolded.add(key) : unfolded.delete(key));
  return h("li", {}, h("details", { open: unfolded.has(key), ontoggle: note },
    h("summary", {},
      h("span", { class: one.played ? "state good" : "state busy" }, one.played ? "played" : "not played"),
      h("span", { class: statusClass(one.status) }, one.status),
      drift && renderTier(drift.tier),
      h("span", { class: "glimpse" }, findPrompt(one), " ", h("small", { class: "quiet" }, `${one.method} ${one.uri}`)),
      one.removed.length > 0 && h("span", { class: "quiet" }, `${formatCount(sum(one.removed), "secret")} replaced`),
      h("span", { class: "quiet" }, `${formatBytes(one.size)}${one.recorded ? `, recorded ${formatClock(one.recorded)}` : ""}`)),
    drift && drift.findings.length > 0 && [h("h3", {}, "Difference to mockgem's answer"), h("ul", { class: "findings" }, drift.findings.map(renderFinding))],
    one.removed.length > 0 && [h("h3", {}, "Removed by redaction"), h("ul", { class: "removed" }, one.removed.map(renderRemoved))],
    h("h3", {}, "Request"), h("pre", { tabindex: "0" }, pretty(one.request) || "no body"),
    h("h3", {}, "Response"), h("pre", { tabindex: "0" }, pretty(one.response))));
}

function renderTier(tier) {
  const [, name, look] = TIERS.find((row) => row[0] === tier) ?? [tier, tier, ""];
  return h("span", { class: `state ${look}` }, name);
}

function renderFinding(finding) {
  return h("li", {}, renderTier(finding.tier), " ", finding.path && h("code", {}, finding.path), finding.path ? ": " : "", finding.message);
}

function renderRemoved(one) {
  return h("li", {}, h("strong", {}, one.name || "a secret"), ` in the ${one.place}`, one.path && [" at ", h("code", {}, one.path)], one.count > 1 && ` (${one.count} times)`);
}

function findPrompt(one) {
  return findLastText(readConversation({ request: { body: one.request }, response: { body: "" } }) ?? { messages: [] }).slice(0, 140);
}

function pretty(text) {
  const value = parseJson(text);
  return limitText(value === undefined ? text : JSON.stringify(value, null, 2), 20_000);
}

function renderMisses(misses) {
  return h("section", { class: "card", "aria-label": "Misses" },
    h("h2", {}, formatCount(misses.length, "request"), " without a recording"),
    h("ul", { class: "misses" }, misses.map((miss) => h("li", {},
      h("p", {}, h("a", { href: `#requests/${miss.number}` }, `Request ${miss.number}`), " ", h("code", {}, `${miss.method} ${miss.path}`)),
      h("pre", { tabindex: "0" }, miss.message)))));
}
