// Play a scenario, see its rules count, and what the verdict says about the client.

import { del, get, put } from "../api.js";
import { button, field, h, replace } from "../dom.js";
import { events } from "../events.js";
import { RuleList } from "../rules.js";

export const title = "Scenarios";

export async function open(root, argument, app) {
  const page = new ScenariosPage(root, app);
  await page.load();
  if (/^\d+$/.test(argument)) await page.rules.open(argument);
  return page;
}

class ScenariosPage {
  constructor(root, app) {
    this.app = app;
    this.scenarios = {};
    this.current = "";
    this.rules = new RuleList(app, "Rules");
    this.search = h("input", { type: "search", placeholder: "rate limit, stream, quota …", oninput: () => this.drawList() });
    this.scale = h("input", { type: "number", min: "0.001", max: "100", step: "any", value: "1" });
    this.list = h("ul", { class: "scenarios", "aria-label": "Scenarios" });
    this.now = h("section", { class: "card", "aria-label": "Current scenario" });
    this.verdict = h("section", { class: "card", "aria-label": "Verdict" });
    replace(root, h("h1", {}, "Scenarios and rules"),
      h("div", { class: "columns" },
        h("section", { class: "card", "aria-label": "All scenarios" },
          h("div", { class: "row top" }, field("Find a scenario", this.search), field("Time scale", this.scale, "0.01 plays waits in a hundredth of the time")),
          this.list),
        h("div", { class: "stack" }, this.now, this.rules.element, this.verdict)));
    this.listener = () => this.refreshSoon();
    for (const name of ["entry", "update"]) events.addEventListener(name, this.listener);
  }

  async load() {
    this.scenarios = (await get("scenarios")).scenarios;
    await this.refresh();
    this.drawList();
  }

  refreshSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh().catch(() => {});
    }, 300);
  }

  async refresh() {
    const state = await get("scenario");
    const before = this.current;
    this.current = state.scenario ?? "";
    await this.rules.load();
    if (before !== this.current || !this.now.childNodes.length) await this.drawNow();
    await this.drawVerdict();
  }

  async drawNow() {
    if (!this.current) {
      replace(this.now, h("h2", {}, "No scenario is playing"), h("p", { class: "quiet" }, "Play one, or add a rule on ", h("a", { href: "#next" }, "Next"), "."));
      return;
    }
    const scenario = await get(`scenarios/${this.current}`);
    replace(this.now,
      h("div", { class: "card-head" }, h("h2", {}, this.current), h("span", { class: "spring" }),
        button("Start again", () => this.play(this.current), { class: "small" }),
        button("Stop", () => this.stop(), { class: "small" })),
      h("p", {}, scenario.title), scenario.why && h("p", { class: "quiet" }, scenario.why));
  }

  async drawVerdict() {
    let verdict;
    try {
      verdict = await get("verdict");
    } catch {
      this.verdict.hidden = true;
      return;
    }
    this.verdict.hidden = false;
    replace(this.verdict, h("div", { class: "card-head" }, h("h2", {}, "Verdict on the client"),
      h("span", { class: `state ${verdict.pass ? "good" : "bad"}` }, verdict.pass ? "passes" : "does not pass")),
    renderVerdict(verdict));
  }

  drawList() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = Object.entries(this.scenarios).filter(([name, one]) => words.every((word) => `${name} ${one.title} ${(one.tags ?? []).join(" ")}`.toLowerCase().includes(word)));
    replace(this.list, found.map(([name, one]) => h("li", { class: name === this.current ? "is-current" : undefined },
      h("div", {}, h("strong", {}, name), h("p", {}, one.error ?? one.title),
        (one.tags ?? []).length > 0 && h("p", { class: "tags" }, one.tags.map((tag) => h("span", { class: "tag" }, tag)))),
      button("Play", () => this.play(name), { class: "small", "aria-label": `Play ${name}` }))));
  }

  play(name) {
    return this.app.attempt(async () => {
      await put("scenario", { name, time_scale: Number(this.scale.value) || 1 });
      this.current = "";
      await this.refresh();
      this.drawList();
    });
  }

  stop() {
    return this.app.attempt(async () => {
      await del("scenario");
      await this.refresh();
      this.drawList();
    });
  }

  close() {
    clearTimeout(this.timer);
    for (const name of ["entry", "update"]) events.removeEventListener(name, this.listener);
  }
}

function renderVerdict(verdict) {
  const hidden = ["pass", "scenario", "title", "why", "gaps", "open", "calls", "checks"];
  const rows = Object.entries(verdict).filter(([name]) => !hidden.includes(name));
  return h("div", {},
    verdict.checks.length > 0
      ? h("ul", { class: "checks" }, verdict.checks.map(renderCheck))
      : h("p", { class: "quiet" }, "Nothing is expected of the client, so nothing can fail."),
    rows.length > 0 && renderRows(rows),
    verdict.calls.length > 0 && renderCalls(verdict.calls));
}

function renderCheck(check) {
  return h("li", {},
    h("span", { class: `state ${check.ok ? "good" : "bad"}` }, check.ok ? "ok" : "not met"), " ",
    h("strong", {}, check.check.replaceAll("_", " ")), `: expected ${describe(check.expected)}, found ${describe(check.found)}`,
    check.advice && h("p", { class: "quiet" }, check.advice));
}

function describe(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function renderCalls(calls) {
  const head = ["Request", "Seconds", "Status", "Ended", "Rule"].map((name) => h("th", { scope: "col" }, name));
  return h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Calls" }, h("table", { class: "plain-table" },
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, calls.slice(-50).map((call) => h("tr", {},
      h("td", {}, h("a", { href: `#requests/${call.number}` }, `${call.number}`)), h("td", {}, call.at), h("td", {}, call.status ?? "none"),
      h("td", {}, call.outcome), h("td", {}, call.rule ?? ""))))));
}

function renderRows(rows) {
  return h("dl", { class: "verdict" }, rows.map(([name, value]) => h("div", {}, h("dt", {}, name.replaceAll("_", " ")), h("dd", {}, renderValue(value)))));
}

function renderValue(value) {
  if (Array.isArray(value)) {
    if (!value.length) return "none";
    return h("ul", {}, value.slice(0, 50).map((item) => h("li", {}, renderValue(item))));
  }
  if (value && typeof value === "object") {
    return Object.entries(value).map(([name, one]) => h("span", { class: "pair" }, h("span", { class: "quiet" }, `${name.replaceAll("_", " ")} `), typeof one === "object" && one ? JSON.stringify(one) : String(one)));
  }
  return String(value);
}
