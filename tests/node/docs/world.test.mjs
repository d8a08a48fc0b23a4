import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";
import { World } from "./world.mjs";

const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "How is the weather?" }] };

test("what is said, and what fails", async (t) => {
  const world = new World(t.name); // its name stands in the paths that mockgem run tells
  const client = new OpenAI({ apiKey: "any-key", baseURL: world.openaiURL, maxRetries: 1 });
  await world.fail(503);
  await world.say("Sunny", { text: "*weather*" });
  const answer = await client.chat.completions.create(question);
  assert.equal(answer.choices[0].message.content, "Sunny");
  assert.deepEqual((await world.journal()).map((one) => one.status), [503, 200]);
});

test("what is said is said once", async () => {
  const world = new World();
  const client = new OpenAI({ apiKey: "any-key", baseURL: world.openaiURL });
  await world.say("Sunny", { text: "*weather*" });
  const said = [];
  for (let n = 0; n < 2; n++) said.push((await client.chat.completions.create(question)).choices[0].message.content);
  assert.equal(said[0], "Sunny");
  assert.notEqual(said[1], "Sunny");
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
