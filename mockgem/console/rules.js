// Rules in words, and the list of a world's rules with what people do to them.

import { InputError, del, get, put } from "./api.js";
import { button, empty, h, replace, switchButton } from "./dom.js";

export function describeRule(rule) {
  const parts = [];
  if (rule.say) parts.push(`says ${describeSay(rule.say)}`);
  if (rule.fail) parts.push(`fails with ${typeof rule.fail === "object" ? rule.fail.error : rule.fail}`);
  if (rule.faults?.length) parts.push(`faults: ${rule.faults.map((one) => one.fault ?? one).join(", ")}`);
  if (rule.latency) parts.push(`latency ${rule.latency.profile ?? JSON.stringify(rule.latency)}`);
  if (rule.quota) parts.push("quota");
  if (rule.budget !== undefined && rule.budget !== null) parts.push(`a budget of ${rule.budget.usd ?? rule.budget} US dollars`);
  if (rule.headers && Object.keys(rule.headers).length) parts.push("headers");
  return `${parts.join(", ")}${describeWhen(rule.when)}`;
}

function describeSay(say) {
  if (typeof say === "string") return quote(say);
  if (say.text) return quote(say.text);
  if (say.json !== undefined) return `JSON ${quote(JSON.stringify(say.json))}`;
  if (say.tool_calls?.length) return `a call of ${say.tool_calls.map((call) => call.name).join(", ")}`;
  if (say.image) return "an image";
  return Object.keys(say).join(", ");
}

function describeWhen(when) {
  const items = Object.entries(when ?? {})
    .filter(([name, value]) => name !== "endpoint" || String(value) !== EVERY_REPLY)
    .map(([name, value]) => `${name} ${describeValue(value)}`);
  return items.length ? ` (${items.join(", ").slice(0, 160)})` : "";
}

// What the page Next and the command line write for calls that get a reply of a model.
export const EVERY_REPLY = "generate,interactions,live";

function describeValue(value) {
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(" or ");
  return typeof value === "object" ? JSON.stringify(value) : value;
}

function quote(text) {
  return `“${text.length > 80 ? `${text.slice(0, 80)}…` : text}”`;
}

// A pattern that prompts match which have the first line of a text.
export function buildPromptPattern(text) {
  return `*${escapePattern(text.trim().split("\n")[0].slice(0, 200))}*`;
}

// A text for a pattern, in which it stands for itself.
export function escapePattern(text) {
  return text.replace(/[*?[]/g, "[$&]");
}

export class RuleList {
  constructor(app, label) {
    this.app = app;
    this.element = h("section", { class: "card", "aria-label": label });
    this.label = label;
    this.editing = 0;
  }

  async load() {
    if (this.editing) return;
    this.draw(await get("rules"));
  }

  // Show the editor of a rule.
  async open(id) {
    await this.load();
    this.element.querySelector(`li[data-rule="${id}"] [data-edit]`)?.click();
    this.element.querySelector(`li[data-rule="${id}"]`)?.scrollIntoView({ block: "nearest" });
  }

  draw({ scenario, rules }) {
    const used = rules.filter((rule) => rule.is_used_up && rule.origin === "added").length;
    replace(this.element,
      h("div", { class: "card-head" }, h("h2", {}, this.label), h("span", { class: "spring" }),
        used > 0 && button("Delete used rules", () => this.change(() => del("rules")), { class: "small" })),
      rules.length
        ? h("ol", { class: "rules" }, rules.map((rule, index) => this.renderRule(rule, index, rules)))
        : empty(scenario ? "This scenario has no rules." : "There are no rules: mockgem generates all replies."));
  }

  renderRule(rule, index, rules) {
    const editor = h("div", { hidden: true });
    const name = rule.name;
    const act = (text, action, label, isOff) => button(text, () => this.change(action), { class: "small", "aria-label": `${label} ${name}`, disabled: isOff });
    return h("li", { "data-rule": rule.id, class: `rule${rule.enabled ? "" : " is-off"}${rule.is_used_up ? " is-used" : ""}` },
      h("div", { class: "rule-text" },
        h("p", {}, h("strong", {}, name), h("span", { class: "tag" }, rule.origin === "added" ? "added" : "scenario"),
          h("span", { class: "quiet" }, rule.is_used_up ? "used up" : `matched ${rule.met}, acted ${rule.acted}`)),
        h("p", {}, describeRule(rule.rule))),
      h("div", { class: "rule-actions" },
        switchButton("On", rule.enabled, (enabled) => this.change(() => put(`rules/${rule.id}`, { enabled }))),
        act("↑", () => put(`rules/${rule.id}`, { before: rules[index - 1].id }), "Move up", index === 0),
        act("↓", () => put(`rules/${rule.id}`, { after: rules[index + 1].id }), "Move down", index === rules.length - 1),
        button("Edit", () => this.edit(rule, editor), { class: "small", "data-edit": true, "aria-label": `Edit ${name}` }),
        act("Delete", () => del(`rules/${rule.id}`), "Delete")),
      editor);
  }

  edit(rule, editor) {
    this.editing = rule.id;
    const area = h("textarea", { class: "code", rows: "10", "aria-label": `Rule ${rule.name} as JSON`, value: JSON.stringify(rule.rule, null, 2) });
    const close = () => {
      this.editing = 0;
      this.app.attempt(() => this.load());
    };
    editor.hidden = false;
    replace(editor, area, h("div", { class: "actions" },
      button("Save", () => this.app.attempt(async () => {
        await put(`rules/${rule.id}`, { rule: readJson(area.value) });
        close();
      }), { class: "primary small" }), button("Cancel", close, { class: "small" })));
    area.focus();
  }

  change(action) {
    this.editing = 0;
    return this.app.attempt(async () => this.draw(await action()));
  }
}

export function readJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`This is not JSON: ${error.message}`);
  }
}
