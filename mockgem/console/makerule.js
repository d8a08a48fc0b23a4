// Turn a request and its answer into a rule: such requests get this answer from now on.

import { InputError } from "./api.js";
import { findLastText, findReplyText } from "./conversation.js";
import { buildPromptPattern, EVERY_REPLY } from "./rules.js";

const STOPS = ["STOP", "stop", "tool_calls", "completed", "FINISH_REASON_STOP"];
const FINISHES = { length: "MAX_TOKENS", content_filter: "SAFETY" };

export function buildRuleOf(entry, conversation) {
  if (entry.messages) throw new InputError("This is a Live session: write its next reply on the page Next.");
  if (!conversation) throw new InputError("A rule is made from a conversation with a model, and this request is not one.");
  const when = { endpoint: EVERY_REPLY.split(",") };
  if (entry.model) when.model = entry.model;
  const text = findLastText(conversation);
  if (text.trim()) when.text = buildPromptPattern(text);
  if (hasTools(conversation)) when.turn = conversation.messages.filter((message) => message.role === "model").length + 1;
  return { name: `request-${entry.number}`, when, ...buildEffect(entry, conversation) };
}

// The prompt is the same before and after a call of a tool; the turn is not.
function hasTools({ messages, parts }) {
  return messages.at(-1)?.role === "tool" || parts.some((part) => part.kind === "call");
}

function buildEffect(entry, conversation) {
  if (entry.status >= 400) return { fail: entry.status };
  const say = {};
  const parts = (kind) => conversation.parts.filter((part) => part.kind === kind);
  const text = findReplyText(conversation);
  const calls = parts("call").map((part) => ({ name: part.name, args: part.args || {} }));
  const thoughts = parts("thought").map((part) => part.text).join("");
  if (text) say.text = text;
  if (calls.length) say.tool_calls = calls;
  if (thoughts) say.thoughts = thoughts;
  if (parts("media").some((part) => part.mime?.startsWith("image/"))) say.image = true;
  const finish = FINISHES[conversation.finish] ?? conversation.finish;
  if (finish && !STOPS.includes(finish)) say.finish = finish;
  if (!Object.keys(say).length) throw new InputError("This answer has no text, call or image that a rule could repeat.");
  return { say };
}
