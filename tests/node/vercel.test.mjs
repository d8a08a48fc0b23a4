// The Vercel AI SDK against the gateway and Gemini's own surface.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateObject, generateText, stepCountIs, streamObject, streamText, tool } from "ai";
import { z } from "zod";

import { GATEWAY, GEMINI } from "./media.mjs";

const CalendarEvent = z.object({
  name: z.string(),
  date: z.string(),
  participants: z.array(z.string()),
});

for (const [surface, baseURL] of [
  ["the gateway", GATEWAY],
  ["Gemini", GEMINI],
]) {
  const provider = createOpenAICompatible({
    name: "mockgem",
    apiKey: "GEMINI_API_KEY",
    baseURL,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const model = provider("gemini-2.5-flash");

  const weather = () => {
    const asked = [];
    const getWeather = tool({
      description: "Get the weather in a given location",
      inputSchema: z.object({ location: z.string().describe("The city and state, e.g. Chicago, IL") }),
      execute: async ({ location }) => {
        asked.push(location);
        return { temperature: "17 degrees" };
      },
    });
    return { asked, tools: { get_weather: getWeather } };
  };

  test(`generateText on ${surface} gives a text and its usage`, async () => {
    const { text, finishReason, usage } = await generateText({
      model,
      system: "You are a helpful assistant.",
      prompt: "Explain to me how AI works",
    });
    assert.match(text, /AI/);
    assert.equal(finishReason, "stop");
    assert.ok(usage.inputTokens > 0);
    assert.ok(usage.outputTokens > 0);
  });

  test(`streamText on ${surface} gives the text in several pieces, then its usage`, async () => {
    const errors = [];
    const result = streamText({ model, prompt: "Explain to me how AI works", onError: ({ error }) => errors.push(error) });
    const pieces = [];
    for await (const piece of result.textStream) pieces.push(piece);
    assert.deepEqual(errors, []);
    assert.ok(pieces.length > 2);
    assert.match(pieces.join(""), /AI/);
    assert.equal(await result.finishReason, "stop");
    assert.ok((await result.usage).outputTokens > 0);
  });

  test(`generateText on ${surface} runs a tool once and ends with what it said`, async () => {
    const { asked, tools } = weather();
    const { text, steps } = await generateText({
      model,
      tools,
      stopWhen: stepCountIs(5),
      prompt: "What's the weather like in Chicago today?",
    });
    assert.equal(asked.length, 1);
    assert.match(asked[0], /Chicago/);
    assert.equal(steps.length, 2);
    assert.match(text, /17 degrees/);
  });

  test(`streamText on ${surface} runs a tool once and ends with what it said`, async () => {
    const { asked, tools } = weather();
    const errors = [];
    const result = streamText({
      model,
      tools,
      stopWhen: stepCountIs(5),
      prompt: "What's the weather like in Chicago today?",
      onError: ({ error }) => errors.push(error),
    });
    const text = await result.text;
    assert.deepEqual(errors, []);
    assert.equal(asked.length, 1);
    assert.match(asked[0], /Chicago/);
    assert.match(text, /17 degrees/);
  });

  test(`generateObject on ${surface} extracts the event`, async () => {
    const { object } = await generateObject({
      model,
      schema: CalendarEvent,
      system: "Extract the event information.",
      prompt: "John and Susan are going to an AI conference on Friday.",
    });
    assert.deepEqual(object.participants, ["John", "Susan"]);
    assert.match(object.date, /Friday/);
  });

  test(`streamObject on ${surface} extracts the event as well`, async () => {
    const errors = [];
    const result = streamObject({
      model,
      schema: CalendarEvent,
      system: "Extract the event information.",
      prompt: "John and Susan are going to an AI conference on Friday.",
      onError: ({ error }) => errors.push(error),
    });
    for await (const _ of result.partialObjectStream);
    assert.deepEqual(errors, []);
    assert.deepEqual((await result.object).participants, ["John", "Susan"]);
  });
}

test("a tool loop with Gemini 3 keeps its signature on Gemini's own surface", async () => {
  const provider = createOpenAICompatible({ name: "google", apiKey: "GEMINI_API_KEY", baseURL: GEMINI });
  const { text } = await generateText({
    model: provider("gemini-3-flash-preview"),
    tools: {
      get_weather: tool({
        description: "Get the weather in a given location",
        inputSchema: z.object({ location: z.string() }),
        execute: async () => ({ temperature: "17 degrees" }),
      }),
    },
    stopWhen: stepCountIs(5),
    prompt: "What's the weather like in Chicago today?",
  });
  assert.match(text, /17 degrees/);
});
