import assert from "node:assert/strict";
import { test } from "node:test";
import { useMockgem } from "mockgem/node";
import OpenAI from "openai";

const mockgem = useMockgem();
const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "How is the weather?" }] };
const ask = (maxRetries = 2) =>
  new OpenAI({ apiKey: "any-key", baseURL: mockgem.openaiURL, maxRetries }).chat.completions.create(question);

test("replies in their order, and what was sent", async () => {
  await mockgem.say("Sunny");
  await mockgem.say("Rainy", { times: 2 });
  const replies = [];
  for (let n = 0; n < 3; n++) replies.push((await ask()).choices[0].message.content);
  assert.deepEqual(replies, ["Sunny", "Rainy", "Rainy"]);
  assert.equal((await mockgem.requests())[0].messages[0].content, "How is the weather?");
});

test("a reply for all later requests", async () => {
  await mockgem.say("Sunny", { times: null, text: "*weather*" });
  for (let n = 0; n < 3; n++) assert.equal((await ask()).choices[0].message.content, "Sunny");
});

test("each test has a separate world", async () => {
  assert.deepEqual(await mockgem.journal(), []);
});

test("a scenario and its verdict", async () => {
  await mockgem.scenario("overloaded-then-ok", { timeScale: 0.01 });
  await ask(3);
  assert.equal((await mockgem.verdict()).pass, true);
  await mockgem.assertVerdict();
});

test("an unmet expectation is an error with the reason", async () => {
  await mockgem.scenario({ rules: [{ fail: 503 }], expect: { attempts: 2 } });
  await assert.rejects(ask(0));
  await assert.rejects(mockgem.assertVerdict(), /attempts: expected 2, found 1/);
});

test("a mistake is an error with the server's message", async () => {
  await assert.rejects(mockgem.fail("overlaoded"), /did you mean overloaded/);
  await assert.rejects(mockgem.say("x", { txet: "y" }), /did you mean text/);
});

test("the clock moves when it is told", async () => {
  const before = await mockgem.clock.now();
  await mockgem.clock.advance("48h");
  assert.equal(Math.round((await mockgem.clock.now()) - before), 48 * 3600 * 1000);
  await mockgem.clock.set("2026-12-24T00:00:00Z");
  assert.equal((await mockgem.clock.now()).toISOString().slice(0, 10), "2026-12-24");
});

test("reset empties the world", async () => {
  await ask();
  await mockgem.say("Sunny");
  await mockgem.reset();
  assert.deepEqual(await mockgem.journal(), []);
  assert.notEqual((await ask()).choices[0].message.content, "Sunny");
});

test("the journal waits, filters and pages", async () => {
  const later = mockgem.journal({ wait: 5, count: 2 });
  await ask();
  await mockgem.fail(400);
  await assert.rejects(ask());
  assert.equal((await later).length, 2);
  const [refused] = await mockgem.journal({ status: "4xx" });
  assert.equal(refused.status, 400);
  assert.ok(refused.answer);
});
