// A request as code that sends it again.

import { parseJson } from "./format.js";

const SKIPPED = /^(host|content-length|connection|accept-encoding|user-agent|accept|transfer-encoding|x-stainless-.*|x-goog-api-client|sec-.*|origin|referer|accept-language|cookie|dnt|priority|cache-control|pragma)$/i;
const KEYS = /^(authorization|x-goog-api-key|api-key|x-api-key)$/i;

function listHeaders(entry) {
  return Object.entries(entry.request.headers)
    .filter(([name]) => !SKIPPED.test(name))
    .map(([name, value]) => [name, KEYS.test(name) ? (/^authorization$/i.test(name) ? "Bearer any-key" : "any-key") : value]);
}

function buildUrl(entry) {
  const query = new URLSearchParams(Object.entries(entry.query ?? {}).map(([name, value]) => [name, value === "…" ? "any-key" : value]));
  const text = query.toString();
  return `${location.origin}${encodeURI(entry.path)}${text ? `?${text}` : ""}`;
}

const quoteShell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export function asCurl(entry) {
  const lines = [`curl ${entry.method === "GET" ? "" : `-X ${entry.method} `}${quoteShell(buildUrl(entry))}`];
  for (const [name, value] of listHeaders(entry)) lines.push(`  -H ${quoteShell(`${name}: ${value}`)}`);
  if (entry.request.body) lines.push(`  --data-raw ${quoteShell(entry.request.body)}`);
  return `${lines.join(" \\\n")}\n`;
}

export function asPython(entry) {
  const headers = Object.fromEntries(listHeaders(entry));
  const lines = ["import httpx", "", `response = httpx.request(`, `    ${quotePython(entry.method)},`, `    ${quotePython(buildUrl(entry))},`, `    headers=${toPython(headers, 1)},`];
  if (entry.request.body) {
    const value = parseJson(entry.request.body);
    lines.push(value === undefined ? `    content=${quotePython(entry.request.body)},` : `    json=${toPython(value, 1)},`);
  }
  return [...lines, "    timeout=60,", ")", "print(response.status_code, response.text)", ""].join("\n");
}

const quotePython = (text) => JSON.stringify(text);

function toPython(value, depth) {
  const pad = "    ".repeat(depth);
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return value.length ? `[\n${value.map((item) => `${pad}    ${toPython(item, depth + 1)},\n`).join("")}${pad}]` : "[]";
  if (typeof value === "object") {
    const items = Object.entries(value).map(([name, item]) => `${pad}    ${quotePython(name)}: ${toPython(item, depth + 1)},\n`);
    return items.length ? `{\n${items.join("")}${pad}}` : "{}";
  }
  return JSON.stringify(value);
}

export function asJavaScript(entry) {
  const value = parseJson(entry.request.body);
  const body = value === undefined ? JSON.stringify(entry.request.body) : `JSON.stringify(${JSON.stringify(value, null, 2).replaceAll("\n", "\n  ")})`;
  return [
    `const response = await fetch(${JSON.stringify(buildUrl(entry))}, {`,
    `  method: ${JSON.stringify(entry.method)},`,
    `  headers: ${JSON.stringify(Object.fromEntries(listHeaders(entry)), null, 2).replaceAll("\n", "\n  ")},`,
    ...(entry.request.body ? [`  body: ${body},`] : []),
    "});",
    "console.log(response.status, await response.text());",
    "",
  ].join("\n");
}
