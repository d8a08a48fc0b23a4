// Markdown as elements: paragraphs, headings, lists, code, bold and italic text.
// Links and images stay text, so that a reply can't load or open anything.

import { h } from "./dom.js";
import { limitText } from "./format.js";

const MAX_BLOCKS = 500;

export function renderMarkdown(text) {
  const lines = limitText(text).split("\n");
  const blocks = [];
  let at = 0;
  while (at < lines.length && blocks.length < MAX_BLOCKS) {
    const [block, next] = readBlock(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  if (at < lines.length) blocks.push(h("p", {}, lines.slice(at).join("\n")));
  return h("div", { class: "markdown" }, blocks);
}

function readBlock(lines, at) {
  const line = lines[at];
  const fence = /^\s*(```|~~~)\s*([\w+#.-]*)/.exec(line);
  if (fence) return readCode(lines, at, fence[1], fence[2]);
  if (!line.trim()) return [null, at + 1];
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) {
    return [h("p", { class: `heading h${heading[1].length}` }, renderInline(heading[2])), at + 1];
  }
  const item = matchItem(line);
  if (item) return readList(lines, at, item.isOrdered);
  return readParagraph(lines, at);
}

function readCode(lines, at, mark, language) {
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(mark)) end += 1;
  const code = lines.slice(at + 1, end).join("\n");
  return [h("pre", { "data-language": language || undefined, tabindex: "0" }, h("code", {}, code)), end + 1];
}

function matchItem(line) {
  const match = /^\s*(?:([-*+])|(\d{1,4})[.)])\s+(.*)$/.exec(line);
  return match && { isOrdered: match[2] !== undefined, text: match[3] };
}

function readList(lines, at, isOrdered) {
  const items = [];
  for (; at < lines.length; at += 1) {
    const item = matchItem(lines[at]);
    if (!item || item.isOrdered !== isOrdered) break;
    items.push(h("li", {}, renderInline(item.text)));
  }
  return [h(isOrdered ? "ol" : "ul", {}, items), at];
}

function readParagraph(lines, at) {
  const start = at;
  at += 1;
  while (at < lines.length && lines[at].trim() && !/^\s*(```|~~~|#{1,6}\s)/.test(lines[at]) && !matchItem(lines[at])) at += 1;
  return [h("p", {}, renderInline(lines.slice(start, at).join("\n"))), at];
}

function renderInline(text) {
  return text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*|\*[^*\s][^*\n]*\*)/).map((piece) => {
    if (piece.length > 2 && piece.startsWith("`")) return h("code", {}, piece.slice(1, -1));
    if (piece.length > 4 && piece.startsWith("**")) return h("strong", {}, piece.slice(2, -2));
    if (piece.length > 2 && piece.startsWith("*") && piece.endsWith("*")) return h("em", {}, piece.slice(1, -1));
    return piece;
  });
}
