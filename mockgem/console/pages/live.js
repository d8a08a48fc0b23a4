// Live sessions: messages in both directions as they arrive.

import { get } from "../api.js";
import { empty, h, replace } from "../dom.js";
import { events } from "../events.js";
import { formatCount, formatLocalTime, formatSeconds, formatTime, limitText, parseJson } from "../format.js";

export const title = "Live";
const MAX_MESSAGES = 500;
const POLL = 1000;

export async function open(root, argument, app) {
  const page = new LivePage(root, app, Number(argument) || 0);
  await page.load();
  return page;
}

class LivePage {
  constructor(root, app, selected) {
    this.app = app;
    this.selected = selected;
    this.list = h("ul", { class: "sessions", "aria-label": "Sessions" });
    this.messages = h("section", { class: "card grow", "aria-label": "Messages" });
    replace(root, h("h1", {}, "Live sessions"), h("div", { class: "columns" }, h("section", { class: "card", "aria-label": "Live sessions" }, this.list), this.messages));
    this.listener = () => this.load().catch(() => {});
    for (const name of ["entry", "update", "reset"]) events.addEventListener(name, this.listener);
    this.timer = setInterval(() => this.isOpen && this.drawMessages().catch(() => {}), POLL);
  }

  async load() {
    const { entries } = await get("journal?order=desc&bodies=false&preview=true&status=101&limit=100");
    if (!this.selected && entries.length) this.selected = entries[0].number;
    replace(this.list, entries.map((entry) => h("li", {},
      h("a", { href: `#live/${entry.number}`, "aria-current": entry.number === this.selected ? "true" : undefined }, `Session ${entry.number}`),
      h("span", { class: entry.outcome === "open" ? "state good" : "state busy" }, entry.outcome === "open" ? "open" : "closed"),
      h("p", { class: "quiet" }, `${entry.received ? formatLocalTime(entry.received) : formatTime(entry.at)} ${entry.model}`))),
    entries.length === 0 && h("li", {}, empty("No sessions yet.", h("p", {}, "They appear when a client opens a WebSocket of the Live API."))));
    await this.drawMessages();
  }

  async drawMessages() {
    if (!this.selected) {
      this.shown = "";
      return replace(this.messages, h("p", { class: "quiet" }, "Choose a session."));
    }
    const entry = await get(`journal/${this.selected}`);
    this.isOpen = entry.outcome === "open";
    const shown = `${entry.number} ${entry.outcome} ${(entry.messages ?? []).length}`;
    if (shown === this.shown) return undefined;  // what a person has unfolded stays
    const unfolded = this.shown?.startsWith(`${entry.number} `) ? listUnfolded(this.messages) : [];
    this.shown = shown;
    const { close: ended } = (entry.messages ?? []).findLast((message) => message.close) ?? {};
    const close = ended ? `, close code ${ended.code} ${ended.reason}` : "";
    replace(this.messages, h("h2", {}, `Session ${entry.number}`),
      h("p", { class: "quiet" }, `${formatCount((entry.messages ?? []).length, "message")}${this.isOpen ? ", open" : `, ${formatSeconds(entry.took)}${close}`}`),
      renderMessages(entry.messages ?? []));
    for (const index of unfolded) this.messages.querySelector(`details[data-index="${index}"]`)?.setAttribute("open", "");
    return undefined;
  }

  update(argument) {
    this.selected = Number(argument) || 0;
    this.load().catch(this.app.reportError);
    return true;
  }

  close() {
    clearInterval(this.timer);
    for (const name of ["entry", "update", "reset"]) events.removeEventListener(name, this.listener);
  }
}

function listUnfolded(element) {
  return [...element.querySelectorAll("details[open]")].map((one) => one.dataset.index);
}

export function renderMessages(messages) {
  const first = Math.max(0, messages.length - MAX_MESSAGES);
  return h("ol", { class: "socket" }, messages.slice(first).map((message, place) => {
    const value = message.text === undefined ? undefined : parseJson(message.text);
    const text = message.close ? `closed with ${message.close.code} ${message.close.reason}` : describeMessage(value, message.text ?? "");
    return h("li", { class: `from-${message.from}` }, h("details", { "data-index": first + place },
      h("summary", {}, h("span", { class: "time" }, formatSeconds(message.at)), h("span", { class: "tag" }, message.from), message.faults && h("span", { class: "tag fault", title: "Faults that acted on this message" }, message.faults.join(", ")), h("span", { class: "glimpse" }, text)),
      h("pre", { tabindex: "0" }, limitText(value === undefined ? (message.text ?? text) : JSON.stringify(value, null, 2), 20_000))));
  }));
}

function describeMessage(value, text) {
  if (!value || typeof value !== "object") return text.slice(0, 200);
  if (value.event_type || Array.isArray(value.events)) return (value.events ?? [value]).map(describeEvent).join(" ").slice(0, 200);
  const content = value.serverContent ?? value.clientContent ?? value.realtimeInput ?? {};
  const parts = content.modelTurn?.parts ?? content.turns?.flatMap((turn) => turn.parts ?? []) ?? [];
  const words = parts.map((part) => part.text ?? (part.inlineData ? `[${part.inlineData.mimeType}]` : "")).join("");
  const spoken = content.outputTranscription?.text ?? content.inputTranscription?.text ?? content.text ?? "";
  const flags = ["setupComplete", "turnComplete", "generationComplete", "interrupted"].filter((name) => value[name] || content[name]);
  const described = [words || spoken, content.audio || content.mediaChunks ? "[audio]" : "", ...flags].filter(Boolean).join(" ");
  return (described || `${Object.keys(value).join(", ")}`).slice(0, 200);
}

function describeEvent(event) {
  const contents = Array.isArray(event.content) ? event.content : [event.delta ?? event.step ?? {}];
  const words = contents.map((content) => content.text ?? content.name ?? (content.type ? `[${content.type}]` : "")).join(" ");
  return [event.event_type, event.error?.message ?? words].filter(Boolean).join(" ");
}
