// One request: the conversation, the stream, headers and bytes, and why it got this answer.

import { get, post } from "../api.js";
import { button, copyButton, h, replace } from "../dom.js";
import { findLastText, findReplyText, readConversation } from "../conversation.js";
import { asCurl, asJavaScript, asPython } from "../copycode.js";
import { describeSource, formatBytes, formatClock, formatLocalTime, formatSeconds, limitText, parseJson, statusClass } from "../format.js";
import { renderJson, renderMessage } from "../parts.js";
import { buildRuleOf } from "../makerule.js";
import { renderStream } from "../stream.js";
import { renderMessages } from "./live.js";
import { prefill } from "./next.js";
import { renderWhy } from "../why.js";

const TABS = ["Conversation", "Stream", "Headers", "Raw", "Why"];

export class RequestView {
  constructor(app, onclose, onmove) {
    this.app = app;
    this.onclose = onclose;
    this.onmove = onmove;
    this.tab = "Conversation";
    this.number = 0;
    this.element = h("section", { class: "detail", "aria-label": "Request", hidden: true });
  }

  hide() {
    this.number = 0;
    this.element.hidden = true;
    this.close();
  }

  close() {
    clearTimeout(this.timer);
  }

  async show(number) {
    this.number = number;
    this.element.hidden = false;
    try {
      const entry = await get(`journal/${number}`);
      if (this.number !== number) return;
      this.draw(entry);
      clearTimeout(this.timer);
      if (entry.outcome === "open") this.timer = setTimeout(() => this.number === number && this.show(number), 1000);
    } catch (error) {
      replace(this.element, h("p", { class: "empty" }, error.message), button("Close", this.onclose));
    }
  }

  draw(entry) {
    const panel = h("div", { role: "tabpanel", id: "panel", "aria-labelledby": `tab-${this.tab}`, tabindex: "0", class: "panel" });
    const tabs = TABS.map((name) => this.buildTab(name, entry));
    const hadFocus = this.element.contains(document.activeElement) ? document.activeElement.id : "";
    replace(this.element,
      h("header", { class: "detail-head" },
        h("div", { class: "detail-title" },
          h("h2", {}, `Request ${entry.number}`), h("span", { class: statusClass(entry.status) }, entry.status ?? "no answer"),
          h("span", { class: "spring" }),
          button("‹", () => this.onmove(-1), { class: "plain", "aria-label": "Newer request" }),
          button("›", () => this.onmove(1), { class: "plain", "aria-label": "Older request" }),
          button("✕", this.onclose, { class: "plain", "aria-label": "Close the request" })),
        h("p", { class: "detail-path" }, h("code", {}, `${entry.method} ${entry.path}`)),
        renderFacts(entry),
        entry.hint && h("p", { class: "hint-line", role: "note" }, `Hint: ${entry.hint}`),
        this.renderActions(entry)),
      h("div", { role: "tablist", "aria-label": "Parts of the request", class: "tabs", onkeydown: (event) => this.moveTab(event, entry) }, tabs),
      panel);
    replace(panel, renderTab(this.tab, entry));
    if (hadFocus) document.getElementById(hadFocus)?.focus();
  }

  buildTab(name, entry) {
    const isSelected = name === this.tab;
    return h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(isSelected), "aria-controls": "panel", tabindex: isSelected ? "0" : "-1", onclick: () => this.openTab(name, entry) }, name);
  }

  openTab(name, entry) {
    this.tab = name;
    this.draw(entry);
  }

  moveTab(event, entry) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.stopPropagation();
    this.openTab(TABS[(TABS.indexOf(this.tab) + step + TABS.length) % TABS.length], entry);
    document.getElementById(`tab-${this.tab}`).focus();
  }

  renderActions(entry) {
    const conversation = readConversation(entry);
    return h("div", { class: "actions" },
      button("Answer this differently", () => {
        prefill({ model: entry.model, text: findLastText(conversation), reply: findReplyText(conversation) });
        this.app.go("next");
      }, { class: "primary small" }),
      button("Make a rule", () => this.app.attempt(() => this.makeRule(entry, conversation)), { class: "small", title: "Such requests always get this answer" }),
      copyButton(() => asCurl(entry), "Copy as curl"),
      copyButton(() => asPython(entry), "Python", "Copy as Python"),
      copyButton(() => asJavaScript(entry), "JavaScript", "Copy as JavaScript"),
      button("Save as a cassette", () => this.app.attempt(() => saveCassette(entry.number)), { class: "small" }));
  }

  // Such requests get this answer from now on; the page Scenarios shows the rule to be edited.
  async makeRule(entry, conversation) {
    const rule = buildRuleOf(entry, conversation);
    const before = new Set((await get("rules")).rules.map((one) => one.id));
    const { rules } = await post("rules", { rule });
    this.app.go(`scenarios/${rules.find((one) => !before.has(one.id)).id}`);
  }
}

async function saveCassette(number) {
  const { cassette } = await get(`journal/${number}/cassette`);
  const url = URL.createObjectURL(new Blob([cassette], { type: "application/yaml" }));
  h("a", { href: url, download: `request-${number}.yaml` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function renderFacts(entry) {
  const facts = [
    ["Answered by", describeSource(entry)],
    ["Surface", entry.surface],
    ["Model", entry.model || "none"],
    ["Duration", formatSeconds(Math.max(entry.took, entry.seconds))],
    ["Size", formatBytes(entry.size)],
    ["Ended", entry.outcome],
    ["Received", entry.received && formatLocalTime(entry.received)],
    ["World's time", formatClock(entry.at)],
  ];
  return h("dl", { class: "facts" }, facts.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function renderTab(name, entry) {
  if (name === "Conversation") return renderConversation(entry);
  if (name === "Stream") return entry.messages ? renderMessages(entry.messages) : renderStream(entry);
  if (name === "Headers") return [renderHeaders("Request", entry.request.headers), renderQuery(entry.query), renderHeaders("Response", entry.response.headers)];
  if (name === "Raw") return [renderBody("Request", entry.request), renderBody("Response", entry.response)];
  return renderWhy(entry);
}

function renderConversation(entry) {
  if (entry.messages) return renderMessages(entry.messages);
  const conversation = readConversation(entry);
  if (!conversation) {
    return [h("p", { class: "quiet" }, "This request is not a conversation with a model."), renderBody("Request", entry.request), renderBody("Response", entry.response)];
  }
  return h("div", { class: "conversation" },
    conversation.tools.length > 0 && h("p", { class: "quiet" }, "Tools: ", conversation.tools.map((name) => h("code", { class: "chip" }, name))),
    conversation.messages.slice(-200).map((message) => renderMessage(message.role, message.parts)),
    conversation.error && h("article", { class: "bubble failure", "aria-label": "Error" }, h("p", { class: "role" }, "Error"), h("p", {}, limitText(conversation.error, 5000))),
    conversation.parts.length > 0 && h("div", { class: "reply-mark" }, h("span", {}, "reply")),
    conversation.parts.length > 0 && renderMessage("model", conversation.parts, renderEnd(conversation)),
    conversation.parts.length === 0 && !conversation.error && h("p", { class: "quiet" }, `The reply has no parts${conversation.finish ? ` (${conversation.finish})` : ""}.`),
    Object.keys(conversation.settings).length > 0 && h("details", { class: "settings" }, h("summary", {}, "Settings of the request"), renderJson(conversation.settings)));
}

function renderEnd(conversation) {
  const usage = conversation.usage ?? {};
  const input = usage.prompt_tokens ?? usage.promptTokenCount ?? usage.total_input_tokens;
  const output = usage.completion_tokens ?? usage.candidatesTokenCount ?? usage.total_output_tokens;
  const thoughts = usage.thoughtsTokenCount ?? usage.total_thought_tokens;
  const parts = [conversation.finish && `finish: ${conversation.finish}`, input !== undefined && `${input} tokens in`, output !== undefined && `${output} out`, thoughts && `${thoughts} for thoughts`];
  const text = parts.filter(Boolean).join(" · ");
  return text && h("p", { class: "reply-end" }, text);
}

function renderHeaders(name, headers) {
  const rows = Object.entries(headers).map(([key, value]) => h("tr", {}, h("th", { scope: "row" }, key), h("td", {}, limitText(String(value), 4000))));
  return h("section", {}, h("h3", {}, `${name} headers`), h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": `${name} headers` }, h("table", { class: "plain-table" }, h("tbody", {}, rows))));
}

function renderQuery(query) {
  return Object.keys(query ?? {}).length > 0 && renderHeaders("Query", query);
}

function renderBody(name, part) {
  const value = parseJson(part.body);
  const text = value === undefined ? part.body : JSON.stringify(value, null, 2);
  return h("section", {},
    h("h3", {}, `${name} body`, " ", copyButton(part.body, "Copy", `Copy the ${name.toLowerCase()} body`)),
    part.cut && h("p", { class: "quiet" }, `The journal keeps the first 256 KB of ${formatBytes(part.size)}.`),
    part.body ? h("pre", { class: "raw", tabindex: "0" }, limitText(text)) : h("p", { class: "quiet" }, "Empty"));
}
