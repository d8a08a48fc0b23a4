// The route of docs/how-to/frontend.md, with what useChat sends and reads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readUIMessageStream, uiMessageChunkSchema, parseJsonEventStream } from "ai";
import { World } from "./world.mjs";

async function ask(world, text) {
  process.env.OPENAI_API_KEY = "any-key";
  process.env.OPENAI_BASE_URL = world.openaiURL;
  const { POST } = await import(`./route.mjs?${Math.random()}`);
  const messages = [{ id: "1", role: "user", parts: [{ type: "text", text }] }];
  const body = JSON.stringify({ messages });
  const response = await POST(new Request("http://localhost/api/chat", { method: "POST", body }));
  const chunks = parseJsonEventStream({ stream: response.body, schema: uiMessageChunkSchema });
  const errors = [];
  const seen = [];
  const stream = chunks.pipeThrough(
    new TransformStream({ transform: (chunk, controller) => controller.enqueue(chunk.value) }),
  );
  for await (const message of readUIMessageStream({ stream, onError: (error) => errors.push(error.message) })) {
    seen.push(message.parts.filter((part) => part.type === "text").map((part) => part.text).join(""));
  }
  return { texts: seen.filter(Boolean), errors };
}

test("the page gets the words as they come", async () => {
  const world = new World();
  await world.say({ chunks: ["It is ", "sunny."] });
  const { texts } = await ask(world, "How is the weather?");
  assert.equal(texts.at(-1), "It is sunny.");
  assert.ok(texts.includes("It is "));
});

test("a rate limit is a word that the page can show", async () => {
  const world = new World();
  await world.fail(429, { times: 2 });
  assert.deepEqual((await ask(world, "Hello")).errors, ["busy"]);
});
