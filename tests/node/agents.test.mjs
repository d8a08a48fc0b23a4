// The OpenAI Agents SDK for JavaScript with its own default, the Responses API, on the gateway: only
// the base URL and the model differ from a program for OpenAI.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Agent, codeInterpreterTool, run, setDefaultOpenAIClient, setTracingDisabled, tool, webSearchTool } from "@openai/agents";
import OpenAI from "openai";
import { z } from "zod";

import { GATEWAY } from "./media.mjs";

setTracingDisabled(true); // traces go to OpenAI
setDefaultOpenAIClient(new OpenAI({ baseURL: GATEWAY, apiKey: "any-key" }));

const QUESTION = "What's the weather like in Chicago today?";
const CalendarEvent = z.object({ name: z.string(), date: z.string(), participants: z.array(z.string()) });

const makeWeather = () => {
  const asked = [];
  const getWeather = tool({
    name: "get_weather",
    description: "Get the weather in a given location",
    parameters: z.object({ location: z.string() }),
    execute: async ({ location }) => {
      asked.push(location);
      return "17 degrees and sunny";
    },
  });
  return { asked, getWeather };
};

for (const model of ["gemini-2.5-flash", "gemini-3-flash-preview"]) {
  test(`an agent with ${model} runs a tool once, whole and streamed`, async () => {
    const { asked, getWeather } = makeWeather();
    const agent = new Agent({ name: "Assistant", instructions: "You are helpful.", model, tools: [getWeather] });
    const whole = await run(agent, QUESTION, { maxTurns: 4 });
    assert.equal(asked.length, 1);
    assert.match(asked[0], /Chicago/);
    assert.match(whole.finalOutput, /17 degrees/);
    assert.ok(whole.state.usage.outputTokens > 0);
    const streamed = await run(agent, QUESTION, { maxTurns: 4, stream: true });
    const names = [];
    for await (const event of streamed) if (event.type === "run_item_stream_event") names.push(event.name);
    await streamed.completed;
    assert.equal(streamed.finalOutput, whole.finalOutput);
    assert.deepEqual(names.filter((name) => name.startsWith("tool")), ["tool_called", "tool_output"]);
  });
}

test("the pieces of a stream are the words of the whole", async () => {
  const agent = new Agent({ name: "Assistant", model: "gemini-2.5-flash" });
  const whole = await run(agent, "Explain to me how AI works");
  const streamed = await run(agent, "Explain to me how AI works", { stream: true });
  const pieces = [];
  for await (const piece of streamed.toTextStream()) pieces.push(piece);
  await streamed.completed;
  assert.ok(pieces.length > 2);
  assert.equal(pieces.join(""), whole.finalOutput);
});

test("structured output is an object of the schema", async () => {
  const agent = new Agent({
    name: "Extractor",
    instructions: "Extract the event information.",
    model: "gemini-2.5-flash",
    outputType: CalendarEvent,
  });
  const { finalOutput } = await run(agent, "John and Susan are going to an AI conference on Friday.");
  assert.deepEqual(finalOutput.participants, ["John", "Susan"]);
});

test("an agent hands over to another, who answers", async () => {
  const french = new Agent({ name: "French tutor", model: "gemini-2.5-flash", handoffDescription: "Teaches French." });
  const triage = Agent.create({
    name: "Triage",
    instructions: "Transfer to the tutor of the language.",
    model: "gemini-2.5-flash",
    modelSettings: { toolChoice: "required" },
    handoffs: [french],
  });
  const result = await run(triage, "Please transfer me to the French tutor.", { maxTurns: 4 });
  assert.equal(result.lastAgent.name, "French tutor");
  assert.ok(result.finalOutput);
  assert.deepEqual(
    result.newItems.map((item) => item.type),
    ["handoff_call_item", "handoff_output_item", "message_output_item"],
  );
});

test("a chain is continued by its id, a conversation by its name", async () => {
  const agent = new Agent({ name: "Assistant", model: "gemini-2.5-flash" });
  const first = await run(agent, "My name is Ada.");
  const second = await run(agent, "What is my name?", { previousResponseId: first.lastResponseId });
  assert.ok(second.rawResponses[0].usage.inputTokens > first.rawResponses[0].usage.inputTokens);
  const client = new OpenAI({ baseURL: GATEWAY, apiKey: "any-key" });
  const { id: conversationId } = await client.conversations.create({});
  await run(agent, "My name is Ada.", { conversationId });
  await run(agent, "What is my name?", { conversationId });
  const kinds = [];
  for await (const item of client.conversations.items.list(conversationId)) kinds.push(item.role);
  assert.deepEqual(kinds, ["assistant", "user", "assistant", "user"]);
});

test("tools of the service", async () => {
  for (const service of [webSearchTool(), codeInterpreterTool()]) {
    const agent = new Agent({ name: "Assistant", model: "gemini-2.5-flash", tools: [service] });
    const result = await run(agent, "What is the sum of the first 50 primes?");
    assert.ok(result.finalOutput);
    assert.ok(result.newItems.some((item) => item.type === "tool_call_item"));
  }
});
