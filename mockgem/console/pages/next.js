// Write the next reply, or choose the next failure.

import { InputError, get, post } from "../api.js";
import { button, field, h, replace, select } from "../dom.js";
import { events } from "../events.js";
import { buildPromptPattern, readJson, RuleList } from "../rules.js";

export const title = "Next";
const KINDS = [["text", "Text"], ["json", "JSON"], ["tool", "Tool call"], ["image", "Image"]];
const FINISHES = [["", "Finish: STOP"], ["MAX_TOKENS", "Finish: MAX_TOKENS"], ["SAFETY", "Finish: SAFETY"], ["RECITATION", "Finish: RECITATION"], ["MALFORMED_FUNCTION_CALL", "Finish: MALFORMED_FUNCTION_CALL"]];
let prepared = null;

// What the form begins with: the reply to a request that somebody wants to change.
export function prefill(values) {
  prepared = values;
}

export async function open(root, argument, app) {
  const page = new NextPage(root, app, await get("failures"));
  await page.rules.load();
  return page;
}

class NextPage {
  constructor(root, app, failures) {
    this.app = app;
    this.failures = listChoices(failures);
    this.chosen = null;
    this.rules = new RuleList(app, "What comes next");
    this.kind = select(KINDS, "text", () => this.describeKind());
    this.reply = h("textarea", { rows: "5", oninput: () => this.choose(null) });
    this.tool = h("input", { placeholder: "get_weather" });
    this.finish = select(FINISHES, "");
    this.times = h("input", { type: "number", min: "1", max: "100000", value: "1" });
    this.always = h("input", { type: "checkbox", onchange: () => (this.times.disabled = this.always.checked) });
    this.latency = select([["", "No wait"], ...failures.latencies.map(({ name }) => [name, name])], "");
    this.model = h("input", { placeholder: "every model" });
    this.text = h("input", { placeholder: "every prompt" });
    this.result = h("p", { role: "status", class: "result" });
    this.search = h("input", { role: "combobox", "aria-expanded": "true", "aria-controls": "failures", "aria-autocomplete": "list", autocomplete: "off", placeholder: "429, overloaded, stall …", oninput: () => this.drawFailures(), onkeydown: (event) => this.pressInSearch(event) });
    this.options = h("ul", { role: "listbox", id: "failures", "aria-label": "Failures", tabindex: "0", class: "failures" });
    this.choice = h("div", { class: "choice" });
    replace(root, h("h1", {}, "Next"), h("form", { class: "next-form", "aria-label": "Next", onsubmit: (event) => this.submit(event) }, this.buildForm()), this.rules.element);
    this.applyPrepared();
    this.describeKind();
    this.drawFailures();
    this.listener = () => this.rules.load().catch(() => {});
    events.addEventListener("entry", this.listener);
  }

  buildForm() {
    this.toolField = field("Function", this.tool);
    return [
      h("div", { class: "card grow" },
        h("h2", {}, "Reply"),
        h("div", { class: "row" }, field("Kind", this.kind), this.toolField, field("End", this.finish)),
        (this.replyField = field("Reply", this.reply))),
      h("div", { class: "card grow" },
        h("h2", {}, "Or a failure"),
        field("Failures", this.search), this.options, this.choice),
      h("div", { class: "card full" },
        h("div", { class: "row" },
          field("Times", this.times),
          h("label", { class: "check" }, this.always, " Always"),
          field("Latency", this.latency),
          field("Only for model", this.model),
          field("Only if the prompt has", this.text),
          h("button", { class: "primary" }, "Use for the next call")),
        this.result),
    ];
  }

  applyPrepared() {
    if (!prepared) return;
    this.model.value = prepared.model ?? "";
    this.text.value = (prepared.text ?? "").split("\n")[0].slice(0, 200);
    this.reply.value = prepared.reply ?? "";
    prepared = null;
    this.reply.focus();
  }

  describeKind() {
    const kind = this.kind.value;
    this.toolField.hidden = kind !== "tool";
    this.reply.disabled = kind === "image";
    this.reply.placeholder = { text: "Hello! How can I help?", json: '{"city": "Paris"}', tool: '{"city": "Paris"}', image: "mockgem draws the image" }[kind];
  }

  // Failures

  drawFailures() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.found = this.failures.filter((one) => words.every((word) => one.haystack.includes(word)));
    if (words.length) this.found.sort((a, b) => rankChoice(a, words[0]) - rankChoice(b, words[0]));
    this.active = Math.min(this.active ?? -1, this.found.length - 1);
    replace(this.options, this.found.map((one, index) => h("li", { role: "option", id: `failure-${index}`, "aria-selected": String(one === this.chosen), class: index === this.active ? "is-active" : undefined, onclick: () => this.choose(one) },
      h("span", { class: `tag ${one.kind}` }, one.status || one.kind), h("strong", {}, one.name), h("small", {}, one.help))),
    this.found.length === 0 && h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, "No failure has these words."));
    if (this.active >= 0) this.search.setAttribute("aria-activedescendant", `failure-${this.active}`);
    else this.search.removeAttribute("aria-activedescendant");
  }

  pressInSearch(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.active = Math.max(0, Math.min(this.found.length - 1, (this.active ?? -1) + step));
      this.drawFailures();
      document.getElementById(`failure-${this.active}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.found.length) {
      this.choose(this.found[Math.max(0, this.active ?? 0)]);
    } else return;
    event.preventDefault();
  }

  choose(failure) {
    if (failure === this.chosen) return;
    this.chosen = failure;
    replace(this.choice, failure && [
      h("p", {}, "Chosen: ", h("strong", {}, failure.name), " ", button("Remove", () => this.choose(null), { class: "small", "aria-label": "Remove the failure" })),
      h("p", { class: "quiet" }, failure.help)]);
    this.drawFailures();
  }

  // The rule

  async submit(event) {
    event.preventDefault();
    await this.app.attempt(async () => {
      this.rules.draw(await post("rules", { rule: this.buildRule() }));
      this.result.textContent = this.describeResult();
      this.reply.value = "";
      this.choose(null);
    });
  }

  buildRule() {
    const when = {};
    if (!this.always.checked) when.times = Number(this.times.value) || 1;
    if (this.model.value.trim()) when.model = this.model.value.trim();
    if (this.text.value.trim()) when.text = buildPromptPattern(this.text.value);
    if (!this.chosen && this.kind.value === "image") when.endpoint = ["generate", "images", "interactions"];
    else when.endpoint = ["generate", "interactions", "live"];
    const rule = { when, ...(this.chosen ? this.chosen.effect : { say: this.buildSay() }) };
    if (this.latency.value) rule.latency = { profile: this.latency.value };
    return rule;
  }

  buildSay() {
    const text = this.reply.value;
    const say = this.finish.value ? { finish: this.finish.value } : {};
    switch (this.kind.value) {
      case "json":
        return { ...say, json: readJson(text || "{}") };
      case "tool":
        if (!this.tool.value.trim()) throw new InputError("Give the name of the function.");
        return { ...say, tool_calls: [{ name: this.tool.value.trim(), args: readJson(text || "{}") }] };
      case "image":
        return { ...say, image: true };
      default:
        if (!text && !this.finish.value) throw new InputError("Write a reply, or choose a failure.");
        return text ? { ...say, text } : say;
    }
  }

  describeResult() {
    const what = this.chosen ? this.chosen.name : "this reply";
    if (this.always.checked) return `Every matching call gets ${what}.`;
    const count = Number(this.times.value) || 1;
    return count === 1 ? `The next matching call gets ${what}.` : `The next ${count} matching calls get ${what}.`;
  }

  close() {
    events.removeEventListener("entry", this.listener);
  }
}

// Names come before explanations: Enter takes the first failure of the list.
function rankChoice(one, word) {
  if (one.name === word || String(one.status) === word) return 0;
  if (one.name.startsWith(word)) return 1;
  return one.name.includes(word) ? 2 : 3;
}

function listChoices(failures) {
  const errors = failures.errors.map((one) => ({
    kind: "error", name: one.name, status: one.status, help: one.why || one.message, effect: { fail: one.name },
    haystack: `${one.name} ${one.status ?? ""} ${one.code} ${one.why} ${one.message}`.toLowerCase(),
  }));
  const faults = failures.faults.map((one) => ({
    kind: "fault", name: one.name, status: "", help: one.help, effect: { faults: [one.name] },
    haystack: `fault ${one.name} ${one.help} ${one.applies_to}`.toLowerCase(),
  }));
  return [...errors, ...faults];
}
