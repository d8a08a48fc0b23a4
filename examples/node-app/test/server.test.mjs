// Run with: mockgem run -- npm test
import assert from "node:assert";
import { after, before, beforeEach, test } from "node:test";
import OpenAI from "openai";
import { createApp } from "../server.mjs";

const world = `${process.env.MOCKGEM_URL}/w/node-app`;
let app, address;

async function control(method, path, body) {
  const answer = await fetch(`${world}/_mockgem${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

const addRule = (rule) => control("POST", "/rules", { rule });

async function ask(question) {
  const answer = await fetch(`${address}/answer?q=${encodeURIComponent(question)}`);
  const blocks = (await answer.text()).split("\n\n").filter(Boolean);
  return blocks.map((block) => JSON.parse(block.slice("data: ".length)));
}

before(async () => {
  const client = new OpenAI({ baseURL: `${world}/v1beta/openai/`, apiKey: "any-key", maxRetries: 0 });
  app = createApp(client);
  await new Promise((listening) => app.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${app.address().port}`;
});
after(() => app.close());
beforeEach(() => control("POST", "/reset", {}));

test("the answer arrives in pieces", async () => {
  await addRule({ say: { chunks: ["It is ", "sunny."] } });
  assert.deepEqual(await ask("How is the weather?"), [{ text: "It is " }, { text: "sunny." }, { done: true }]);
  const { entries } = await control("GET", "/journal");
  assert.match(entries[0].request.body, /How is the weather/);
});

test("a rate limit is told to the page", async () => {
  await addRule({ fail: 429, when: { times: 1 } });
  assert.deepEqual(await ask("Hello"), [{ error: "busy" }]);
  assert.deepEqual((await ask("Hello")).at(-1), { done: true });
});

test("a stream that breaks is not taken for a whole answer", async () => {
  await addRule({ say: { chunks: ["It is ", "sunny."] }, faults: [{ fault: "cut", at: 1 }] });
  assert.ok((await ask("Hello")).at(-1).error);
});

test("an answer that a filter stopped is incomplete", async () => {
  await addRule({ say: { text: "It begins", finish: "SAFETY" } });
  assert.deepEqual((await ask("Hello")).at(-1), { error: "incomplete" });
});
