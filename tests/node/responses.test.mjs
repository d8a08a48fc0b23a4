// The Responses API of the gateway: openai for Node, and the Vercel AI SDK's own default, openai(model).

import assert from "node:assert/strict";
import { test } from "node:test";

import { createOpenAI } from "@ai-sdk/openai";
import {
  embed,
  experimental_generateSpeech as generateSpeech,
  experimental_transcribe as transcribe,
  generateImage,
  generateObject,
  generateText,
  stepCountIs,
  streamText,
  tool,
} from "ai";
import OpenAI from "openai";
import { z } from "zod";

import { GATEWAY } from "./media.mjs";

const model = "gemini-2.5-flash";
const client = new OpenAI({ baseURL: GATEWAY, apiKey: "any-key" });
const provider = createOpenAI({ baseURL: GATEWAY, apiKey: "any-key" });

test("openai: a chain, a stream and its accumulator", async () => {
  const first = await client.responses.create({ model, input: "My name is Ada." });
  const second = await client.responses.create({ model, input: "What is my name?", previous_response_id: first.id });
  assert.ok(second.usage.input_tokens > first.usage.input_tokens);
  const stream = client.responses.stream({ model, input: "Why is the sky blue?", reasoning: { summary: "auto" } });
  const deltas = [];
  stream.on("response.output_text.delta", (event) => deltas.push(event.delta));
  const final = await stream.finalResponse();
  assert.equal(deltas.join(""), final.output_text);
  assert.deepEqual(final.output.map((item) => item.type), ["reasoning", "message"]);
});

test("openai: conversations, the background and input items", async () => {
  const made = await client.conversations.create({ items: [{ role: "user", content: "Hello" }] });
  const reply = await client.responses.create({ model, input: "Hi", conversation: made.id });
  const kinds = [];
  for await (const item of client.conversations.items.list(made.id)) kinds.push(item.type);
  assert.deepEqual(kinds, ["message", "message", "message"]);
  const items = await client.responses.inputItems.list(reply.id);
  assert.equal(items.data.length, 1);
  let task = await client.responses.create({ model, input: "Hi", background: true });
  while (["queued", "in_progress"].includes(task.status)) task = await client.responses.retrieve(task.id);
  assert.ok(task.output_text);
});

test("openai(model) of the Vercel AI SDK: text, whole and streamed", async () => {
  const { text, usage } = await generateText({ model: provider(model), prompt: "Why is the sky blue?" });
  assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
  const result = streamText({ model: provider(model), prompt: "Why is the sky blue?" });
  const pieces = [];
  for await (const piece of result.textStream) pieces.push(piece);
  assert.ok(pieces.length > 2);
  assert.equal(pieces.join(""), text);
});

for (const store of [true, false]) {
  test(`openai(model) of the Vercel AI SDK: tools in several steps with store ${store}`, async () => {
    const asked = [];
    const getWeather = tool({
      description: "Get the weather in a given location",
      inputSchema: z.object({ location: z.string() }),
      execute: async ({ location }) => {
        asked.push(location);
        return "17 degrees";
      },
    });
    const { text, steps } = await generateText({
      model: provider("gemini-3-flash-preview"),
      prompt: "What's the weather like in Chicago today?",
      tools: { get_weather: getWeather },
      stopWhen: stepCountIs(4),
      providerOptions: { openai: { store } },
    });
    assert.equal(asked.length, 1);
    assert.equal(steps.length, 2);
    assert.match(text, /17 degrees/);
  });
}

test("openai(model) of the Vercel AI SDK: objects and web search", async () => {
  const { object } = await generateObject({
    model: provider(model),
    schema: z.object({ name: z.string(), age: z.number() }),
    prompt: "Invent a person.",
  });
  assert.equal(typeof object.age, "number");
  const { sources } = await generateText({
    model: provider(model),
    prompt: "Who won the race?",
    tools: { web_search: provider.tools.webSearch({}) },
  });
  assert.ok(sources.length > 0);
});

test("openai(model) of the Vercel AI SDK: a streamed tool, and its result in the next step", async () => {
  const result = streamText({
    model: provider("gemini-3-flash-preview"),
    prompt: "What's the weather like in Chicago today?",
    tools: {
      get_weather: tool({
        description: "Get the weather in a given location",
        inputSchema: z.object({ location: z.string() }),
        execute: async () => "17 degrees",
      }),
    },
    stopWhen: stepCountIs(4),
  });
  const kinds = [];
  for await (const part of result.fullStream) kinds.push(part.type);
  assert.ok(kinds.includes("tool-call") && kinds.includes("tool-result"));
  assert.ok(!kinds.includes("error"));
  assert.match(await result.text, /17 degrees/);
});

test("the Vercel AI SDK: speech, its transcript, an image and a vector with its defaults", async () => {
  const { audio } = await generateSpeech({ model: provider.speech("gemini-2.5-flash-preview-tts"), text: "Good morning" });
  assert.equal(Buffer.from(audio.uint8Array.slice(0, 4)).toString(), "RIFF");
  const recording = { model: provider.transcription("gemini-2.5-flash"), audio: audio.uint8Array };
  const heard = await transcribe(recording);
  assert.ok(heard.text.length > 10);
  const providerOptions = { openai: { timestampGranularities: ["word", "segment"] } };
  const detailed = await transcribe({ ...recording, providerOptions });
  assert.equal(detailed.text, heard.text);
  assert.ok(detailed.segments.length > 0 && detailed.durationInSeconds > 0);
  const { image } = await generateImage({ model: provider.image("gemini-2.5-flash-image"), prompt: "A fox" });
  assert.equal(image.mediaType, "image/png");
  const { embedding } = await embed({ model: provider.embedding("gemini-embedding-001"), value: "A fox" });
  assert.equal(embedding.length, 3072);
});
