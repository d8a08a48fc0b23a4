// Parts of messages as elements. Media are shown only from bytes in the journal, never from a URL.

import { h } from "./dom.js";
import { formatBytes, limitText } from "./format.js";
import { renderMarkdown } from "./markdown.js";

const MAX_MEDIA = 8_000_000;
const IMAGE = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;

export function renderPart(part) {
  switch (part.kind) {
    case "text":
      return renderMarkdown(part.text);
    case "thought":
      return h("details", { class: "thought" }, h("summary", {}, "Thought"), renderMarkdown(part.text));
    case "media":
      return renderMedia(part);
    case "call":
      return h("div", { class: "call" },
        h("p", { class: "call-name" }, h("span", { class: "tag" }, "call"), h("code", {}, part.name)), renderJson(part.args));
    case "result":
      return h("div", { class: "call" },
        h("p", { class: "call-name" }, h("span", { class: "tag" }, "result"), h("code", {}, part.name)), renderJson(part.value));
    default:
      return renderJson(part.value);
  }
}

function renderMedia(part) {
  const size = part.data ? Math.round((part.data.length * 3) / 4) : 0;
  const label = [part.name, part.mime || "file", size ? formatBytes(size) : "", part.uri].filter(Boolean).join(" · ");
  const caption = h("figcaption", {}, limitText(label, 300));
  const url = part.data && part.data.length < MAX_MEDIA ? makeUrl(part) : "";
  let shown = null;
  if (url && IMAGE.test(part.mime)) {
    shown = h("img", { src: url, alt: `Image in the message (${part.mime})`, loading: "lazy", onerror: (event) => event.target.replaceWith("The image is broken.") });
  } else if (url && part.mime.startsWith("audio/")) {
    shown = h("audio", { src: url, controls: true, "aria-label": `Audio in the message (${part.mime})` });
  } else if (url && part.mime.startsWith("video/")) {
    shown = h("video", { src: url, controls: true, "aria-label": `Video in the message (${part.mime})` });
  }
  return h("figure", { class: "media" }, shown, caption);
}

// Return a blob: URL of a type that can't run scripts, or nothing for data that is not valid.
function makeUrl(part) {
  try {
    const text = atob(part.data.replace(/-/g, "+").replace(/_/g, "/").replace(/\s/g, ""));
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    const pcm = /^audio\/(?:l16|pcm)(?:.*rate=(\d+))?/i.exec(part.mime);
    if (pcm) return URL.createObjectURL(new Blob([buildWavHeader(bytes.length, Number(pcm[1]) || 24000), bytes], { type: "audio/wav" }));
    return URL.createObjectURL(new Blob([bytes], { type: part.mime }));
  } catch {
    return "";
  }
}

function buildWavHeader(length, rate) {
  const view = new DataView(new ArrayBuffer(44));
  const write = (at, text) => [...text].forEach((char, index) => view.setUint8(at + index, char.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + length, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, length, true);
  return view.buffer;
}

// JSON, folded where it is long.
export function renderJson(value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  const code = h("pre", { tabindex: "0" }, limitText(text));
  const lines = text.split("\n").length;
  if (lines <= 14 && text.length < 1500) return code;
  return h("details", {}, h("summary", {}, `JSON, ${lines > 14 ? `${lines} lines` : formatBytes(text.length)}`), code);
}

const ROLES = { system: "System", user: "User", model: "Model", tool: "Tool" };

export function renderMessage(role, parts, footer) {
  return h("article", { class: `bubble ${role}`, "aria-label": `${ROLES[role]} message` },
    h("p", { class: "role" }, ROLES[role]), parts.map(renderPart), footer);
}
