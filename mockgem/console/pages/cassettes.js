// The recordings of a world: played, not played, and requests without a recording.

import { get } from "../api.js";
import { empty, h, replace, select } from "../dom.js";
import { findLastText, readConversation } from "../conversation.js";
import { events } from "../events.js";
import { formatBytes, formatClock, formatCount, limitText, parseJson, statusClass } from "../format.js";

export const title = "Cassettes";

export async function open(root, argument, app) {
  const page = new CassettesPage(root, app);
  await page.load();
  return page;
}

class CassettesPage {
  constructor(root, app) {
    this.app = app;
    this.show = "all";
    this.body = h("div", { class: "stack" });
    this.filter = select([["all", "All interactions"], ["played", "Played"], ["unplayed", "Not played"]], "all", (event) => {
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
    const shown = cassette.interactions.filter((one) => this.show === "all" || one.played === (this.show === "played"));
    return h("section", { class: "card", "aria-label": cassette.path },
      h("h2", {}, h("code", {}, cassette.path)),
      h("p", {}, `${formatCount(cassette.played, "interaction")} played, ${cassette.unplayed} not played`),
      cassette.problems.length > 0 && h("ul", { class: "problems" }, cassette.problems.map((problem) => h("li", {}, problem))),
      h("ul", { class: "interactions" }, shown.map(renderInteraction)));
  }
}

function renderInteraction(one) {
  return h("li", {}, h("details", {},
    h("summary", {},
      h("span", { class: one.played ? "state good" : "state busy" }, one.played ? "played" : "not played"),
      h("span", { class: statusClass(one.status) }, one.status),
      h("span", { class: "glimpse" }, findPrompt(one), " ", h("small", { class: "quiet" }, `${one.method} ${one.uri}`)),
      h("span", { class: "quiet" }, `${formatBytes(one.size)}${one.recorded ? `, recorded ${formatClock(one.recorded)}` : ""}`)),
    h("h3", {}, "Request"), h("pre", { tabindex: "0" }, pretty(one.request) || "no body"),
    h("h3", {}, "Response"), h("pre", { tabindex: "0" }, pretty(one.response))));
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
