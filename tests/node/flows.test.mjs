// The documented flows that need both SDKs, in JavaScript: google-genai uploads and downloads, openai creates and polls.

import assert from "node:assert/strict";
import fs from "node:fs";
import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";

const SERVER = process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090";
const MODEL = "gemini-2.5-flash";
const CHUNK = 8 * 2 ** 20;
let folder;
let worlds = 0;

before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "mockgem-"));
});
after(() => fs.rmSync(folder, { recursive: true }));

/** Both clients in a world of their own. */
function clients() {
  const base = `${SERVER}/w/node-${process.pid}-${worlds++}`;
  return {
    ai: new GoogleGenAI({ apiKey: "any-key", httpOptions: { baseUrl: base } }),
    openai: new OpenAI({ apiKey: "any-key", baseURL: `${base}/v1beta/openai/`, maxRetries: 0 }),
  };
}

async function ended(openai, batch) {
  for (let polls = 0; polls < 9; polls++) {
    batch = await openai.batches.retrieve(batch.id);
    if (["completed", "failed", "cancelled", "expired"].includes(batch.status)) return batch;
  }
  throw new Error(batch.status);
}

async function upload(ai, rows) {
  const file = path.join(folder, `requests-${worlds}.jsonl`);
  fs.writeFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n"));
  return ai.files.upload({ file, config: { displayName: "my-batch-requests", mimeType: "jsonl" } });
}

async function output(ai, name) {
  const downloadPath = path.join(folder, `output-${worlds}.jsonl`);
  await ai.files.download({ file: name, downloadPath });
  for (let tries = 0; tries < 3000 && !fs.existsSync(downloadPath); tries++) await new Promise((r) => setTimeout(r, 20));
  const text = await readFile(downloadPath, "utf8");
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

for (const [url, body] of [
  ["/v1/chat/completions", { model: MODEL, messages: [{ role: "user", content: "Tell me a one-sentence joke." }] }],
  ["/v1/embeddings", { model: "gemini-embedding-001", input: "Why is the sky blue?", dimensions: 8 }],
]) {
  test(`a batch of ${url}`, async () => {
    const { ai, openai } = clients();
    const file = await upload(ai, [{ custom_id: "request-1", method: "POST", url, body }]);
    const created = await openai.batches.create({ input_file_id: file.name, endpoint: url, completion_window: "24h" });
    const batch = await ended(openai, created);
    assert.equal(batch.status, "completed");
    const [row] = await output(ai, batch.output_file_id);
    assert.equal(row.custom_id, "request-1");
    assert.equal(row.response.status_code, 200);
    const answer = row.response.body;
    assert.ok(url === "/v1/embeddings" ? answer.data[0].embedding.length === 8 : answer.choices[0].message.content);
  });
}

test("uploads of every size, lists and deletes", async () => {
  const { ai } = clients();
  const names = [];
  for (const size of [5, CHUNK, CHUNK + 1]) {
    const file = await ai.files.upload({ file: new Blob(["x".repeat(size)]), config: { mimeType: "text/plain" } });
    assert.equal(Number(file.sizeBytes), size);
    names.unshift(file.name);
  }
  const listed = [];
  for await (const file of await ai.files.list({ config: { pageSize: 2 } })) listed.push(file.name);
  assert.deepEqual(listed, names);
  await ai.files.delete({ name: names[0] });
  await assert.rejects(ai.files.get({ name: names[0] }), (error) => error.status === 403);
});

test("a cache under a question", async () => {
  const { ai } = clients();
  const config = { contents: "This is a long text about the sea. ".repeat(200), ttl: "300s" };
  const cache = await ai.caches.create({ model: MODEL, config });
  const answer = await ai.models.generateContent({ model: MODEL, contents: "Sum it up", config: { cachedContent: cache.name } });
  assert.equal(answer.usageMetadata.cachedContentTokenCount, cache.usageMetadata.totalTokenCount);
  await ai.caches.update({ name: cache.name, config: { ttl: "600s" } });
  await ai.caches.delete({ name: cache.name });
});

test("a native batch, inline", async () => {
  const { ai } = clients();
  let job = await ai.batches.create({
    model: MODEL,
    src: [{ contents: [{ parts: [{ text: "What is AI?" }], role: "user" }] }],
    config: { displayName: "one" },
  });
  for (let polls = 0; polls < 5 && job.state !== "JOB_STATE_SUCCEEDED"; polls++) job = await ai.batches.get({ name: job.name });
  assert.equal(job.state, "JOB_STATE_SUCCEEDED");
  assert.match(job.dest.inlinedResponses[0].response.candidates[0].content.parts[0].text, /AI/);
  await ai.batches.delete({ name: job.name });
});

test("embeddings have 3072 numbers", async () => {
  const { openai } = clients();
  const embedding = await openai.embeddings.create({ model: "gemini-embedding-001", input: "Your text string goes here" });
  assert.equal(embedding.data[0].embedding.length, 3072);
});

test("the documented picture is a JPEG", async () => {
  const { openai } = clients();
  const image = await openai.images.generate({
    model: "imagen-3.0-generate-002",
    prompt: "a portrait of a sheepadoodle wearing a cape",
    response_format: "b64_json",
    n: 1,
  });
  const bytes = Buffer.from(image.data[0].b64_json, "base64");
  assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
});
