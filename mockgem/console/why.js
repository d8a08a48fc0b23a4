// Why a request got its answer: the rule, the recording or the generator, and what nearly matched.

import { get } from "./api.js";
import { h, replace } from "./dom.js";
import { limitText, parseJson } from "./format.js";
import { describeRule } from "./rules.js";

const REASONS = {
  engine: "mockgem generated this reply from its seed and the request. No rule answered it, and no recording.",
  scenario: "A rule answered this request.",
  answers: "A test answered this request.",
  cassette: "A cassette answered this request.",
  upstream: "The real service answered this request, and mockgem recorded it.",
  auth: "mockgem checked the credential, as the real service does.",
  nobody: "No surface of mockgem has this path.",
  bug: "An error in mockgem answered this request. The log has the details.",
};

const REFUSED = "mockgem refused this request, as the real service does.";

export function renderWhy(entry) {
  const reason = entry.source === "engine" && entry.status >= 400 ? REFUSED : (REASONS[entry.source] ?? entry.source);
  const root = h("div", { class: "why" }, h("p", { class: "reason" }, reason));
  root.append(...listFacts(entry), ...listHints(entry));
  const nearly = h("div");
  root.append(nearly);
  get("rules").then((found) => replace(nearly, renderRules(found, entry)), () => {});
  return root;
}

function listFacts(entry) {
  const facts = [];
  if (entry.scenario && entry.scenario !== "added") facts.push(`Scenario ${entry.scenario}.`);
  if (entry.rule) facts.push(`Rule ${entry.rule}; this was call ${entry.call} that met its conditions.`);
  if (entry.faults) facts.push(`Faults: ${entry.faults.join(", ")}.`);
  if (entry.retry_delay) facts.push(`The error asks the client to wait ${entry.retry_delay} s.`);
  if (entry.silent) facts.push("The reply looks good and is not: the client has to notice.");
  if (entry.outcome === "cut") facts.push("mockgem cut the connection, as a fault said.");
  if (entry.outcome === "left") facts.push("The client left before it had the whole answer.");
  return facts.map((text) => h("p", {}, text));
}

// Mistakes that are easy to make and hard to see.
export function listHints(entry) {
  const body = entry.response?.body ?? "";
  const parsed = parseJson(body);
  const error = Array.isArray(parsed) ? parsed[0]?.error : parsed?.error;
  const message = typeof error === "string" ? error : (error?.message ?? "");
  const hints = [];
  if (entry.hint) hints.push([`Hint: ${entry.hint}`, message]);
  else if (message) hints.push(["The error says:", message]);
  else if (entry.source === "engine" && entry.status === 200 && entry.scenario) hints.push(["The rules were used up or did not match, so mockgem generated a reply.", ""]);
  return hints.map(([title, text]) => h("div", { class: "hint" }, h("p", { class: "hint-title" }, title), text && h("pre", { tabindex: "0" }, limitText(text, 4000))));
}

function renderRules(found, entry) {
  if (!found.rules.length) return h("p", { class: "quiet" }, "This world has no rules.");
  return h("section", {}, h("h3", {}, "Rules of this world, in their order"),
    h("ol", { class: "near" }, found.rules.map((rule) => h("li", { class: rule.name === entry.rule ? "is-match" : undefined },
      h("strong", {}, rule.name), " ", describeRule(rule.rule), " ",
      h("span", { class: "quiet" }, describeState(rule, entry))))));
}

function describeState(rule, entry) {
  if (rule.name === entry.rule) return "answered this request";
  if (!rule.enabled) return "disabled";
  if (rule.is_used_up) return "used up";
  return rule.met ? `matched ${rule.met}, acted ${rule.acted}` : "never matched";
}
