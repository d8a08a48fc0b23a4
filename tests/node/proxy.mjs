// Clients that know only the real URLs: `mockgem run --proxy -- node --test proxy.mjs` is their proxy.
// Node 24 needs no code for that; here the dispatcher of undici and an agent read the same variables.
import assert from "node:assert";
import https from "node:https";
import test from "node:test";
import { GoogleGenAI, Modality } from "@google/genai";
import { HttpsProxyAgent } from "https-proxy-agent";
import nodeFetch from "node-fetch";
import OpenAI from "openai";
import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";
import WebSocket from "ws";

const host = "https://generativelanguage.googleapis.com";
const baseURL = `${host}/v1beta/openai/`;
const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "Explain to me how AI works" }] };
const agent = new HttpsProxyAgent(process.env.HTTPS_PROXY);
setGlobalDispatcher(new EnvHttpProxyAgent());

test("the command has the real URLs and a key", () => {
  assert.equal(process.env.OPENAI_BASE_URL, undefined);
  assert.equal(process.env.GOOGLE_GEMINI_BASE_URL, undefined);
  assert.ok(process.env.GEMINI_API_KEY && process.env.NODE_EXTRA_CA_CERTS);
});

test("openai uses the dispatcher of fetch", async () => {
  const answer = await new OpenAI({ baseURL, maxRetries: 0 }).chat.completions.create(question);
  assert.ok(answer.choices[0].message.content);
});

test("a stream arrives in pieces", async () => {
  const client = new OpenAI({ baseURL, maxRetries: 0 });
  const stream = await client.chat.completions.create({ ...question, stream: true });
  const pieces = [];
  for await (const event of stream) pieces.push(event.choices[0]?.delta?.content ?? "");
  assert.ok(pieces.length > 2 && pieces.join(""));
});

test("google-genai uses it too", async () => {
  const answer = await new GoogleGenAI({}).models.generateContent({ model: question.model, contents: "Hello" });
  assert.ok(answer.text);
});

test("google-genai uploads a file", async () => {
  const file = new Blob(["x".repeat(300_000)], { type: "text/plain" });
  const uploaded = await new GoogleGenAI({}).files.upload({ file, config: { mimeType: "text/plain" } });
  assert.equal(Number(uploaded.sizeBytes), 300_000);
});

test("fetch sends plain http through the proxy", async () => {
  const answer = await fetch(`${host.replace("https", "http")}/v1beta/models/${question.model}?key=any-key`);
  assert.equal((await answer.json()).name, `models/${question.model}`);
});

test("an agent opens a tunnel for node:https", async () => {
  const options = { agent, headers: { "x-goog-api-key": "any-key" } };
  const status = await new Promise((resolve, reject) => {
    https.get(`${host}/v1beta/models/${question.model}`, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject);
  });
  assert.equal(status, 200);
});

test("an agent opens a tunnel for node-fetch", async () => {
  const answer = await nodeFetch(`${host}/v1beta/models/${question.model}?key=any-key`, { agent });
  assert.equal(answer.status, 200);
});

test("a socket uses an agent", async () => {
  const path = "ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
  const socket = new WebSocket(`${host.replace("https", "wss")}/${path}?key=any-key`, { agent });
  const setup = { model: "models/gemini-2.5-flash-native-audio-preview-12-2025", generationConfig: { responseModalities: [Modality.AUDIO] } };
  const message = await new Promise((resolve, reject) => {
    socket.on("open", () => socket.send(JSON.stringify({ setup })));
    socket.on("message", (data) => resolve(JSON.parse(data)));
    socket.on("error", reject);
  });
  assert.ok(message.setupComplete);
  socket.close();
});

test("another host is refused with the status of the proxy", async () => {
  const reasons = [];
  await fetch("https://example.com/").catch((error) => {
    for (let one = error; one; one = one.cause) reasons.push(one.message);
  });
  assert.match(reasons.join("; "), /403/);
});
