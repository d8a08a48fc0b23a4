import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";
import { World } from "./world.mjs";

const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "How is the weather?" }] };

test("what is said, and what fails", async () => {
  const world = new World();
  const client = new OpenAI({ apiKey: "any-key", baseURL: world.openaiURL, maxRetries: 1 });
  await world.fail(503);
  await world.say("Sunny");
  const answer = await client.chat.completions.create(question);
  assert.equal(answer.choices[0].message.content, "Sunny");
  assert.deepEqual((await world.journal()).map((one) => one.status), [503, 200]);
});

test("a verdict", async () => {
  const world = new World();
  await world.play("overloaded-then-ok", { time_scale: 0.01 });
  const client = new OpenAI({ apiKey: "any-key", baseURL: world.openaiURL, maxRetries: 3 });
  await client.chat.completions.create(question);
  assert.equal((await world.verdict()).pass, true);
});

test("a mistake is told", async () => {
  await assert.rejects(new World().play("overlaoded"), /did you mean overloaded/);
});
