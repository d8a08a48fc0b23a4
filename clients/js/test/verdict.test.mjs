import assert from "node:assert/strict";
import { test } from "node:test";
import { useMockgem } from "mockgem/node";
import OpenAI from "openai";

const mockgem = useMockgem();

test("a verdict that expects nothing is an error", async () => {
  await mockgem.say("Hello");
  const client = new OpenAI({ apiKey: "any-key", baseURL: mockgem.openaiURL });
  await client.chat.completions.create({ model: "gemini-2.5-flash", messages: [{ role: "user", content: "Hi" }] });
  await assert.rejects(mockgem.assertVerdict(), /nothing is expected/);
  await mockgem.expect({ attempts: 1 });
  await mockgem.assertVerdict();
});
