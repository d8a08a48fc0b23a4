// Worlds, the clock, and the resources of a world.

import { WORLD, consoleOf, del, get, post } from "../api.js";
import { button, empty, field, h, replace } from "../dom.js";
import { events } from "../events.js";
import { formatBytes, formatClock, formatCount, stateClass } from "../format.js";

export const title = "World";
const STEPS = ["1h", "24h", "48h"];
const KINDS = { file: "Files", cache: "Caches", batch: "Batches", video: "Videos", interaction: "Interactions", response: "Responses", store: "File search stores", document: "Documents" };
const ACTIONS = { complete: "Complete", fail: "Fail", expire: "Expire" };

export async function open(root, argument, app) {
  const page = new WorldPage(root, app);
  await page.load();
  return page;
}

class WorldPage {
  constructor(root, app) {
    this.app = app;
    this.clock = h("section", { class: "card", "aria-label": "Clock" });
    this.worlds = h("section", { class: "card", "aria-label": "Worlds" });
    this.resources = h("section", { class: "card", "aria-label": "Resources" });
    this.time = h("p", { class: "clock", role: "status" });
    this.step = h("input", { placeholder: "48h, 30m or 2026-12-01T00:00:00Z" });
    this.name = h("input", { placeholder: "name", pattern: "[A-Za-z0-9._~-]{1,64}", required: true });
    replace(root, h("h1", {}, "World ", WORLD ? h("code", {}, WORLD) : "(default)"), h("div", { class: "columns even" }, this.clock, this.worlds), this.resources);
    this.drawClock();
    this.listener = () => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.load().catch(() => {});
      }, 400);
    };
    for (const name of ["entry", "update", "reset"]) events.addEventListener(name, this.listener);
  }

  async load() {
    const [clock, worlds, resources] = await Promise.all([get("clock"), get("worlds"), get("resources")]);
    this.showTime(clock);
    this.drawWorlds(worlds.worlds);
    this.drawResources(resources.resources);
  }

  close() {
    clearTimeout(this.timer);
    for (const name of ["entry", "update", "reset"]) events.removeEventListener(name, this.listener);
  }

  // Clock

  drawClock() {
    replace(this.clock, h("h2", {}, "Clock"), this.time,
      h("div", { class: "actions" }, STEPS.map((step) => button(`+ ${step}`, () => this.move({ advance: step }), { "aria-label": `Move the clock by ${step}` }))),
      h("form", { class: "row", onsubmit: (event) => {
        event.preventDefault();
        const text = this.step.value.trim();
        this.move(/^\d{4}-/.test(text) ? { set: text } : { advance: text.replace(/^\+/, "") });
      } }, field("Move by, or set to", this.step), h("button", {}, "Move the clock")));
  }

  showTime(clock) {
    this.time.textContent = `${formatClock(clock.now)} UTC, ${clock.clock === "real" ? "real time" : "fixed"}`;
  }

  move(change) {
    return this.app.attempt(async () => {
      this.showTime(await post("clock", change));
      await this.load();
    });
  }

  // Worlds

  drawWorlds(worlds) {
    replace(this.worlds, h("h2", {}, "Worlds"),
      h("ul", { class: "worlds" }, worlds.map((world) => h("li", {},
        world.name === WORLD ? h("strong", {}, world.name || "default") : h("a", { href: consoleOf(world.name) }, world.name || "default"),
        h("span", { class: "quiet" }, `${formatCount(world.requests, "request")}, ${formatBytes(world.bytes)}${world.scenario ? `, ${world.scenario}` : ""}`),
        world.name && world.name !== WORLD && button("Delete", () => this.app.attempt(async () => {
          await del(`worlds/${encodeURIComponent(world.name)}`);
          await this.load();
        }), { class: "small", "aria-label": `Delete the world ${world.name}` })))),
      h("form", { class: "row", onsubmit: (event) => {
        event.preventDefault();
        location.href = consoleOf(this.name.value.trim());
      } }, field("Open or create a world", this.name), h("button", {}, "Open")),
      h("div", { class: "actions" }, button("Empty this world", () => this.app.attempt(async () => {
        await post("reset", {});
        await this.load();
      }), { class: "danger" })));
  }

  // Resources

  drawResources(resources) {
    const kinds = Object.keys(KINDS).filter((kind) => resources.some((one) => one.kind === kind));
    const focused = document.activeElement?.getAttribute("aria-label");
    replace(this.resources, h("h2", {}, "Files, caches, batches, videos, interactions and stores"),
      kinds.length === 0 && empty("This world has none of them yet."),
      kinds.map((kind) => this.renderKind(kind, resources.filter((one) => one.kind === kind))));
    if (focused) [...this.resources.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
  }

  renderKind(kind, resources) {
    return h("section", {}, h("h3", {}, KINDS[kind]),
      h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": KINDS[kind] }, h("table", { class: "plain-table" },
        h("thead", {}, h("tr", {}, ["Name", "State", "Created", "Expires", "Actions"].map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", {}, resources.map((one) => h("tr", {},
          h("td", {}, h("code", {}, one.name), h("small", {}, one.title)),
          h("td", {}, h("span", { class: stateClass(one.state) }, one.state)),
          h("td", {}, formatClock(one.created)),
          h("td", {}, one.expires ? formatClock(one.expires) : ""),
          h("td", { class: "row-actions" }, one.actions.map((action) => button(ACTIONS[action], () => this.act(one, action), { class: "small", "aria-label": `${ACTIONS[action]} ${one.name}` })))))))));
  }

  act(resource, action) {
    return this.app.attempt(async () => {
      await post("resources", { kind: resource.kind, name: resource.name, action });
      await this.load();
    });
  }
}
