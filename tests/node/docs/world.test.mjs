import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";
import { World } from "./world.mjs";

const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "How is the weather?" }] };

test("a failure, then a reply", async (t) => {
  const world = new World(t.name); // the report of mockgem run contains this name
  const client = new OpenAI({ apiKey: "any-key", baseURL: world.openaiURL, maxRetries: 1 });
  await world.fail(503);
  await world.say("Sunny", { text: "*weather*" });
  const answer = await client.chat.completions.create(question);
  assert.equal(answer.choices[0].message.content, "Sunny");
  assert.deepEqual((await world.journal()).map((entry) => entry.status), [503, 200]);
});

test("a reply applies once", async () => {
  const world = new World();
  const client = new OpenAI({ apiKey: "any-key", baseURL: world.openaiURL });
  await world.say("Sunny", { text: "*weather*" });
  const replies = [];
  for (let n = 0; n < 2; n++) replies.push((await client.chat.completions.create(question)).choices[0].message.content);
  assert.equal(replies[0], "Sunny");
  assert.notEqual(replies[1], "Sunny");
});

test("the client waits and retries", async () => {
  const world = new World();
  await world.runScenario("overloaded-then-ok", { time_scale: 0.01 });
  const client = new OpenAI({ apiKey: "any-key", baseURL: world.openaiURL, maxRetries: 3 });
  await client.chat.completions.create(question);
  assert.equal((await world.verdict()).pass, true);
});

test("a misspelled scenario", async () => {
  await assert.rejects(new World().runScenario("overlaoded"), /did you mean overloaded/);
});
