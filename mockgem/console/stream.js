// The events of a streamed response, with the times at which their bytes were sent.

import { h } from "./dom.js";
import { formatBytes, formatSeconds, limitText, parseJson } from "./format.js";

const MAX_EVENTS = 400;

// Split a body into events: {name, data, value, size, end}. `end` is the offset of its last byte.
export function parseEvents(body) {
  if (!/^\s*(data|event|id|:)/.test(body)) return [];
  const encoder = new TextEncoder();
  const found = [];
  let end = 0;
  for (const block of body.split(/(?<=\r?\n\r?\n)/)) {
    const size = encoder.encode(block).length;
    end += size;
    const data = [];
    let name = "";
    for (const line of block.split(/\r?\n/)) {
      if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      else if (line.startsWith("event:")) name = line.slice(6).trim();
    }
    if (data.length || name) found.push({ name, data: data.join("\n"), value: parseJson(data.join("\n")), size, end });
  }
  return found;
}

// Return the seconds at which the byte before an offset was sent, if that is known.
function findTime(chunks, end) {
  let sent = 0;
  for (const [seconds, size] of chunks ?? []) {
    sent += size;
    if (sent >= end) return seconds;
  }
  return undefined;
}

export function renderStream(entry) {
  const events = parseEvents(entry.response.body);
  const chunks = entry.response.chunks;
  if (!events.length) return h("p", { class: "quiet" }, "This reply was not a stream of events: it arrived as one body.");
  const last = findTime(chunks, events.at(-1).end) ?? entry.took ?? 0;
  const rows = events.slice(0, MAX_EVENTS).map((event, index) => renderEvent(event, index, findTime(chunks, event.end), last));
  return h(
    "div",
    {},
    h("p", { class: "quiet" }, `${events.length} events in ${formatSeconds(last)}. `,
      chunks ? "The bars show when each was sent." : "mockgem sent them at once; a scenario with latency spreads them."),
    h("ol", { class: "timeline" }, rows),
    events.length > MAX_EVENTS && h("p", { class: "quiet" }, `… ${events.length - MAX_EVENTS} more`),
  );
}

function renderEvent(event, index, seconds, last) {
  const bar = h("span", { class: "bar-fill" });
  bar.style.left = `${last && seconds !== undefined ? Math.min(98, (100 * seconds) / last) : 0}%`;
  return h(
    "li",
    {},
    h("details", {},
      h("summary", {},
        h("span", { class: "number" }, index + 1),
        h("span", { class: "time" }, seconds === undefined ? "" : formatSeconds(seconds)),
        h("span", { class: "track", "aria-hidden": "true" }, bar),
        h("span", { class: "size" }, formatBytes(event.size)),
        h("span", { class: "glimpse" }, describeEvent(event))),
      h("pre", { tabindex: "0" }, limitText(event.value === undefined ? event.data : JSON.stringify(event.value, null, 2), 20_000))),
  );
}

function describeEvent(event) {
  const value = event.value;
  const delta = value?.choices?.[0]?.delta;
  const text = delta?.content ?? value?.candidates?.[0]?.content?.parts?.map((part) => part.text ?? "").join("") ?? value?.delta?.text;
  if (text) return text.slice(0, 120);
  if (delta?.tool_calls) return `tool call ${delta.tool_calls[0]?.function?.name ?? ""}`;
  const finish = value?.choices?.[0]?.finish_reason ?? value?.candidates?.[0]?.finishReason;
  if (finish) return `finish: ${finish}`;
  return (event.name || event.data).slice(0, 120);
}
