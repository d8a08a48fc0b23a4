import assert from "node:assert/strict";
import { test } from "node:test";
import { useMockgem } from "mockgem/node";
import OpenAI from "openai";

const mockgem = useMockgem();
const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "How is the weather?" }] };
const stream = (options) =>
  new OpenAI({ apiKey: "any-key", baseURL: mockgem.openaiURL, maxRetries: 0, ...options }).chat.completions.create({
    ...question,
    stream: true,
  });

test("a stream arrives in pieces", async () => {
  await mockgem.say({ chunks: ["A quick ", "brown ", "fox"] });
  const pieces = [];
  for await (const part of await stream()) pieces.push(part.choices[0].delta.content);
  assert.deepEqual(pieces, ["A quick ", "brown ", "fox"]);
});

test("a stream breaks after its first piece", async () => {
  await mockgem.say({ chunks: ["A quick ", "brown ", "fox"] }, { faults: [{ fault: "cut", at: 2 }] });
  const pieces = [];
  await assert.rejects(async () => {
    for await (const part of await stream()) pieces.push(part.choices[0].delta.content);
  });
  assert.deepEqual(pieces, ["A quick "]);
});

test("a slow network", async () => {
  await mockgem.say("Sunny", { latency: { first: "20s" } });
  await assert.rejects(stream({ timeout: 300 }), /timed out/);
});
