// A journal entry as a conversation: messages with a role and parts, in whatever format they were sent.
//
// A part is {kind, ...}: text (text), thought (text), media (mime, data or uri), call (name, args),
// result (name, value), or json (value).

import { parseJson } from "./format.js";
import { parseEvents } from "./stream.js";

// Return {messages, reply, tools, settings, usage, finish, error}, or null if there is no conversation.
export function readConversation(entry) {
  const request = parseJson(entry.request?.body ?? "");
  if (!request || typeof request !== "object" || Array.isArray(request)) return null;
  const messages = readMessages(request);
  const reply = readReply(entry);
  if (!messages.length && !reply.parts.length) return null;
  return { messages, ...reply, tools: readTools(request), settings: readSettings(request) };
}

// Requests

function readMessages(request) {
  const messages = [];
  const system = request.systemInstruction ?? request.system_instruction;
  if (system) messages.push({ role: "system", parts: readParts(system.parts ?? system) });
  if (typeof request.instructions === "string") messages.push({ role: "system", parts: readParts(request.instructions) });
  for (const message of asList(request.messages)) messages.push(readChatMessage(message));
  for (const turn of asList(request.contents)) {
    if (typeof turn === "string") messages.push({ role: "user", parts: readParts(turn) });
    else if (turn) messages.push({ role: roleOf(turn.role ?? "user", turn.parts), parts: readParts(turn.parts) });
  }
  if (request.input !== undefined) messages.push(...readInput(request.input));
  if (request.prompt !== undefined) messages.push({ role: "user", parts: readParts(request.prompt) });
  for (const one of asList(request.instances)) messages.push({ role: "user", parts: readParts(one) });
  if (request.content) messages.push({ role: "user", parts: readParts(request.content.parts ?? request.content) });
  for (const one of asList(request.requests)) {
    if (one?.content) messages.push({ role: "user", parts: readParts(one.content.parts) });
  }
  return messages.filter((message) => message.parts.length);
}

function readChatMessage(message) {
  if (!message || typeof message !== "object") return { role: "user", parts: readParts(message) };
  if (message.role === "tool" || message.role === "function") {
    const value = typeof message.content === "string" ? (parseJson(message.content) ?? message.content) : message.content;
    return { role: "tool", parts: [{ kind: "result", name: message.name ?? message.tool_call_id ?? "", value }] };
  }
  return { role: message.role === "developer" ? "system" : roleOf(message.role), parts: readChatParts(message) };
}

function readChatParts(message) {
  const thought = message.reasoning_content ?? message.reasoning;
  return [
    ...(typeof thought === "string" && thought ? [{ kind: "thought", text: thought }] : []),
    ...readParts(message.content),
    ...asList(message.tool_calls).map(readToolCall),
  ];
}

function readToolCall(call) {
  const text = call?.function?.arguments ?? "";
  return { kind: "call", name: call?.function?.name ?? "", args: parseJson(text) ?? text, id: call?.id };
}

function readInput(input) {
  if (!Array.isArray(input)) return [{ role: "user", parts: readParts(input) }];
  const messages = [];
  for (const item of input) {
    const role = roleOfStep(item);
    const parts = readParts(item?.role || STEP_CONTENT.includes(item?.type) ? (item.content ?? item) : item);
    const last = messages.at(-1);
    if (last?.role === role && !item?.role) last.parts.push(...parts);
    else messages.push({ role, parts });
  }
  return messages;
}

const STEP_CONTENT = ["user_input", "model_output", "message"];

function roleOfStep(step) {
  if (step?.role) return roleOf(step.role);
  if (/_(result|output)$/.test(step?.type ?? "") && step.type !== "model_output") return "tool";
  return /^(model_output|thought|function_call)$/.test(step?.type ?? "") ? "model" : "user";
}

function roleOf(role, parts) {
  if (asList(parts).some((part) => part?.functionResponse ?? part?.function_response)) return "tool";
  return { assistant: "model", model: "model", system: "system", developer: "system", tool: "tool", function: "tool" }[role] ?? "user";
}

function readTools(request) {
  const names = [];
  for (const tool of asList(request.tools)) {
    const declared = tool?.functionDeclarations ?? tool?.function_declarations;
    if (declared) asList(declared).forEach((one) => names.push(one?.name ?? "?"));
    else names.push(tool?.function?.name ?? tool?.name ?? tool?.type ?? Object.keys(tool ?? {})[0] ?? "?");
  }
  return names.map(String);
}

const CONTENT_KEYS = ["messages", "contents", "input", "prompt", "instances", "content", "requests", "tools", "systemInstruction", "system_instruction"];

function readSettings(request) {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !CONTENT_KEYS.includes(name)));
}

// Parts

export function readParts(value) {
  if (value === undefined || value === null || value === "") return [];
  if (Array.isArray(value)) return value.flatMap(readParts);
  if (typeof value !== "object") return [{ kind: "text", text: String(value) }];
  return [readPart(value)].flat();
}

function readPart(part) {
  const media = readMedia(part);
  if (media) return media;
  const call = part.functionCall ?? part.function_call;
  if (call) return { kind: "call", name: call.name ?? "", args: call.args ?? call.arguments ?? {}, id: call.id };
  const result = part.functionResponse ?? part.function_response;
  if (result) return { kind: "result", name: result.name ?? "", value: result.response };
  const code = part.executableCode ?? part.executable_code;
  if (code) return { kind: "text", text: `\`\`\`${(code.language ?? "").toLowerCase()}\n${code.code}\n\`\`\`` };
  const output = part.codeExecutionResult ?? part.code_execution_result;
  if (output) return { kind: "result", name: "code", value: output.output ?? output };
  if (part.type === "function_call_output") return { kind: "result", name: part.call_id ?? "", value: parseJson(part.output) ?? part.output };
  if (part.type === "reasoning") return readParts(part.summary).map((one) => ({ ...one, kind: "thought" }));
  if (part.type === "thought") return part.summary ? readParts(part.summary).map((one) => ({ ...one, kind: "thought" })) : [];
  if (/_call$/.test(part.type ?? "")) return { kind: "call", name: part.name ?? part.type.slice(0, -5), args: (typeof part.arguments === "string" ? parseJson(part.arguments) : part.arguments) ?? {}, id: part.id };
  if (/_result$/.test(part.type ?? "")) return { kind: "result", name: part.name ?? part.type.slice(0, -7), value: part.result };
  if (STEP_CONTENT.includes(part.type)) return readParts(part.content);
  if (typeof part.text === "string") return part.text ? { kind: part.thought ? "thought" : "text", text: part.text } : [];
  if (typeof part.refusal === "string") return { kind: "text", text: part.refusal };
  if (Array.isArray(part.parts)) return readParts(part.parts);
  if (typeof part.prompt === "string") return { kind: "text", text: part.prompt };
  return { kind: "json", value: part };
}

function readMedia(part) {
  const inline = part.inlineData ?? part.inline_data;
  if (inline) return { kind: "media", mime: inline.mimeType ?? inline.mime_type ?? "", data: inline.data ?? "" };
  const file = part.fileData ?? part.file_data;
  if (file && typeof file === "object") return { kind: "media", mime: file.mimeType ?? file.mime_type ?? "", uri: file.fileUri ?? file.file_uri ?? "" };
  if (part.image_url) return readUrl(typeof part.image_url === "string" ? part.image_url : (part.image_url.url ?? ""), "image/*");
  if (part.input_audio) return { kind: "media", mime: `audio/${part.input_audio.format ?? "wav"}`, data: part.input_audio.data ?? "" };
  if (part.type === "file" && part.file) return part.file.file_data ? readUrl(part.file.file_data, "", part.file.filename) : { kind: "media", mime: "", uri: part.file.file_id ?? part.file.filename ?? "" };
  if (/^(image|audio|video|document)$/.test(part.type ?? "")) return { kind: "media", mime: part.mime_type ?? `${part.type}/*`, data: part.data ?? "", uri: part.uri ?? "" };
  if (typeof part.b64_json === "string") return { kind: "media", mime: "image/png", data: part.b64_json };
  if (typeof part.bytesBase64Encoded === "string") return { kind: "media", mime: part.mimeType ?? "image/png", data: part.bytesBase64Encoded };
  return null;
}

function readUrl(url, mime, name = "") {
  const match = /^data:([^;,]*)(?:;[^,]*)?,(.*)$/s.exec(url);
  return match ? { kind: "media", mime: match[1], data: match[2], name } : { kind: "media", mime, uri: url, name };
}

// Replies

function readReply(entry) {
  const body = entry.response?.body ?? "";
  const reply = { parts: [], usage: null, finish: "", error: "" };
  const values = readValues(body);
  for (const value of values) addReply(reply, value);
  reply.parts = reply.parts.filter(Boolean);
  if (reply.calls) reply.parts.push(...Object.values(reply.calls).map((call) => ({ ...call, args: parseJson(call.args) ?? call.args })));
  delete reply.calls;
  delete reply.steps;
  return reply;
}

// Return the JSON values of a body: one, a list of them, or those of its events.
function readValues(body) {
  const whole = parseJson(body);
  if (whole !== undefined) return Array.isArray(whole) ? whole : [whole];
  return parseEvents(body).map((event) => event.value).filter((value) => value && typeof value === "object");
}

function addReply(reply, value) {
  if (!value || typeof value !== "object") return;
  if (value.error && !value.choices && !/^(interaction|response)$/.test(value.object ?? "")) {
    const error = value.error;
    reply.error = typeof error === "string" ? error : `${error.code ?? ""} ${error.status ?? ""}: ${error.message ?? ""}`.trim();
  }
  for (const choice of asList(value.choices)) addChoice(reply, choice);
  for (const candidate of asList(value.candidates)) {
    if ((candidate.index ?? 0) === 0) addParts(reply, readParts(candidate.content?.parts));
    if (candidate.finishReason) reply.finish = candidate.finishReason;
  }
  if (value.promptFeedback?.blockReason) reply.finish = `blocked: ${value.promptFeedback.blockReason}`;
  if (Array.isArray(value.steps)) addParts(reply, value.steps.filter((step) => step.type !== "user_input").flatMap(readParts));
  addResponse(reply, value);
  if (value.event_type) addInteractionEvent(reply, value);
  if (value.object === "interaction") reply.finish = value.status ?? reply.finish;
  if (Array.isArray(value.data) && value.data.some((one) => one?.b64_json)) addParts(reply, value.data.flatMap(readParts));
  if (Array.isArray(value.data) && value.data[0]?.embedding) addParts(reply, [{ kind: "json", value: summarizeVectors(value.data.map((one) => one.embedding)) }]);
  const vectors = value.embedding ? [value.embedding] : asList(value.embeddings);
  if (vectors.length) addParts(reply, [{ kind: "json", value: summarizeVectors(vectors.map((one) => one.values ?? one)) }]);
  if (Array.isArray(value.predictions)) addParts(reply, value.predictions.flatMap(readParts));
  reply.usage = value.usage ?? value.usageMetadata ?? value.interaction?.usage ?? reply.usage;
}

// A response of OpenAI's Responses API, whole or at the end of its events.
function addResponse(reply, value) {
  const response = value.object === "response" ? value : /^response\.(completed|incomplete|failed)$/.test(value.type ?? "") ? value.response : null;
  if (!response) return;
  addParts(reply, asList(response.output).flatMap(readParts));
  reply.finish = response.status ?? reply.finish;
  reply.usage = response.usage ?? reply.usage;
  if (response.error) reply.error = response.error.message ?? "";
}

function summarizeVectors(vectors) {
  return vectors.slice(0, 20).map((vector) => (Array.isArray(vector) ? { dimensions: vector.length, values: [...vector.slice(0, 4), "…"] } : vector));
}

function addChoice(reply, choice) {
  if ((choice?.index ?? 0) !== 0) return;
  if (choice.finish_reason) reply.finish = choice.finish_reason;
  if (choice.message) addParts(reply, readChatParts(choice.message));
  const delta = choice.delta;
  if (!delta) return;
  addParts(reply, readChatParts({ ...delta, tool_calls: [] }));
  asList(delta.tool_calls).forEach((call, place) => {
    reply.calls ??= {};
    const key = call.index ?? call.id ?? place;
    const known = (reply.calls[key] ??= { kind: "call", name: "", args: "", id: call.id });
    known.name += call.function?.name ?? "";
    known.args += call.function?.arguments ?? "";
  });
}

function addInteractionEvent(reply, event) {
  reply.steps ??= {};
  if (event.event_type === "step.start") reply.steps[event.index] = event.step ?? {};
  if (event.event_type === "step.delta") {
    const delta = event.delta ?? {};
    if (typeof delta.text === "string") addParts(reply, [{ kind: "text", text: delta.text }]);
    else if (delta.type !== "thought_signature") reply.steps[event.index] = mergeStep(reply.steps[event.index] ?? {}, delta);
  }
  if (event.event_type === "step.stop") {
    const step = reply.steps[event.index] ?? {};
    if (!STEP_CONTENT.includes(step.type)) addParts(reply, readParts(step));
  }
  if (event.interaction?.status) reply.finish = event.interaction.status;
}

function mergeStep(step, delta) {
  const merged = { ...step };
  for (const [name, value] of Object.entries(delta)) {
    if (name === "type") continue;
    if (name === "arguments" && typeof value === "string" && typeof step.arguments === "string") merged.arguments = step.arguments + value;
    else merged[name] = value;
  }
  if (typeof merged.arguments === "string") merged.arguments = parseJson(merged.arguments) ?? merged.arguments;
  return merged;
}

// Add parts, and join texts that belong together.
function addParts(reply, parts) {
  for (const part of parts) {
    const last = reply.parts.at(-1);
    const isText = part.kind === "text" || part.kind === "thought";
    if (isText && last?.kind === part.kind) last.text += part.text;
    else reply.parts.push({ ...part });
  }
}

function asList(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

// The text of the last turn of the user, for a rule that matches the same request.
export function findLastText(conversation) {
  const turn = conversation?.messages.findLast((message) => message.role === "user");
  return turn?.parts.filter((part) => part.kind === "text").map((part) => part.text).join("\n") ?? "";
}

export function findReplyText(conversation) {
  return conversation?.parts.filter((part) => part.kind === "text").map((part) => part.text).join("") ?? "";
}
