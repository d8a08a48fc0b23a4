// The JavaScript samples of the OpenAI-compatibility pages, unchanged but for base URL, key and file paths.

import assert from "node:assert/strict";
import fs from "node:fs";
import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { APIError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

import { GATEWAY, GEMINI, VERTEX, client, writeJpeg, writeWav } from "./media.mjs";

const openai = client(GEMINI);
let folder;

before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "mockgem-"));
});
after(() => fs.rmSync(folder, { recursive: true }));

/** Tokens that are in the total and in nothing else: Gemini's thinking. */
const hiddenTokens = (usage) => usage.total_tokens - usage.prompt_tokens - usage.completion_tokens;

test("chat explains how AI works", async () => {
  const response = await openai.chat.completions.create({
    model: "gemini-2.0-flash",
    messages: [
      { role: "system", content: "You are a helpful assistant." },
      { role: "user", content: "Explain to me how AI works" },
    ],
  });
  assert.equal(response.choices[0].message.role, "assistant");
  assert.match(response.choices[0].message.content, /AI/);
  assert.equal(response.model, "gemini-2.0-flash");
});

test("reasoning_effort low makes the model think unseen", async () => {
  const response = await openai.chat.completions.create({
    model: "gemini-2.5-flash",
    reasoning_effort: "low",
    messages: [
      { role: "system", content: "You are a helpful assistant." },
      { role: "user", content: "Explain to me how AI works" },
    ],
  });
  assert.match(response.choices[0].message.content, /AI/);
  const hidden = hiddenTokens(response.usage);
  assert.ok(hidden > 0 && hidden <= 1024, `${hidden} tokens of thinking`);
});

for (const budget of ["low", 800]) {
  test(`extra_body with a thinking budget of ${budget} includes the thoughts`, async () => {
    const response = await openai.chat.completions.create({
      model: "gemini-2.5-flash",
      messages: [{ role: "user", content: "Explain to me how AI works" }],
      extra_body: {
        google: {
          thinking_config: {
            thinking_budget: budget,
            include_thoughts: true,
          },
        },
      },
    });
    const [thought, answer] = response.choices[0].message.content.split("</thought>");
    assert.ok(thought.startsWith("<thought>"));
    assert.match(answer, /AI/);
    assert.ok(hiddenTokens(response.usage) > 0);
  });
}

test("streaming gives a greeting and a reason to end", async () => {
  const completion = await openai.chat.completions.create({
    model: "gemini-2.0-flash",
    messages: [
      { role: "system", content: "You are a helpful assistant." },
      { role: "user", content: "Hello!" },
    ],
    stream: true,
  });
  let text = "";
  let reason;
  for await (const chunk of completion) {
    text += chunk.choices[0].delta.content ?? "";
    reason = chunk.choices[0].finish_reason ?? reason;
  }
  assert.match(text, /^(Hello|Hi|Hey)\b/);
  assert.equal(reason, "stop");
});

const tools = [
  {
    type: "function",
    function: {
      name: "get_weather",
      description: "Get the weather in a given location",
      parameters: {
        type: "object",
        properties: {
          location: {
            type: "string",
            description: "The city and state, e.g. Chicago, IL",
          },
          unit: { type: "string", enum: ["celsius", "fahrenheit"] },
        },
        required: ["location"],
      },
    },
  },
];

test("function calling asks for the weather in Chicago", async () => {
  const messages = [{ role: "user", content: "What's the weather like in Chicago today?" }];
  const response = await openai.chat.completions.create({
    model: "gemini-2.0-flash",
    messages: messages,
    tools: tools,
    tool_choice: "auto",
  });
  assert.equal(response.choices[0].finish_reason, "tool_calls");
  assert.equal(response.choices[0].message.tool_calls.length, 1);
  const [call] = response.choices[0].message.tool_calls;
  assert.equal(call.function.name, "get_weather");
  assert.match(JSON.parse(call.function.arguments).location, /Chicago/);
});

test("image understanding sees the image", async () => {
  async function encodeImage(imagePath) {
    const imageBuffer = await readFile(imagePath);
    return imageBuffer.toString("base64");
  }
  const base64Image = await encodeImage(writeJpeg(path.join(folder, "image.jpeg")));
  const messages = [
    {
      role: "user",
      content: [
        { type: "text", text: "What is in this image?" },
        { type: "image_url", image_url: { url: `data:image/jpeg;base64,${base64Image}` } },
      ],
    },
  ];
  const response = await openai.chat.completions.create({
    model: "gemini-2.0-flash",
    messages: messages,
  });
  assert.match(response.choices[0].message.content, /16 x 8/);
});

test("audio understanding hears the sound", async () => {
  const audioFile = fs.readFileSync(writeWav(path.join(folder, "file.wav")));
  const base64Audio = Buffer.from(audioFile).toString("base64");
  const response = await openai.chat.completions.create({
    model: "gemini-2.0-flash",
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "Transcribe this audio" },
          { type: "input_audio", input_audio: { data: base64Audio, format: "wav" } },
        ],
      },
    ],
  });
  assert.match(response.choices[0].message.content, /0\.5 seconds/);
});

const CalendarEvent = z.object({
  name: z.string(),
  date: z.string(),
  participants: z.array(z.string()),
});

test("structured output extracts the event, with a base URL that does not end in a slash", async () => {
  const completion = await client(GEMINI.replace(/\/$/, "")).chat.completions.parse({
    model: "gemini-2.0-flash",
    messages: [
      { role: "system", content: "Extract the event information." },
      { role: "user", content: "John and Susan are going to an AI conference on Friday" },
    ],
    response_format: zodResponseFormat(CalendarEvent, "event"),
  });
  const event = completion.choices[0].message.parsed;
  assert.deepEqual(event.participants, ["John", "Susan"]);
  assert.match(event.date, /Friday/);
});

test("list models gives prefixed names", async () => {
  const list = await openai.models.list();
  const names = [];
  for await (const model of list) names.push(model.id);
  assert.ok(names.includes("models/gemini-2.5-flash"));
});

test("retrieve a model gives the one that was named", async () => {
  const model = await openai.models.retrieve("gemini-2.0-flash");
  assert.equal(model.id, "models/gemini-2.0-flash");
});

// What the samples lead to: the library's own loop of tools, and its errors.
// Gemini's own surface is not run streamed here, as its streamed calls have no index, which the loop goes by.

const question = [{ role: "user", content: "What's the weather like in Chicago today?" }];

for (const [surface, baseURL, model, stream] of [
  ["Gemini", GEMINI, "gemini-2.5-flash", false],
  ["Vertex", VERTEX, "google/gemini-2.5-flash", false],
  ["Vertex", VERTEX, "google/gemini-2.5-flash", true],
  ["the gateway", GATEWAY, "gemini-2.5-flash", false],
  ["the gateway", GATEWAY, "gemini-2.5-flash", true],
  ["the gateway with Gemini 3", GATEWAY, "gemini-3-flash-preview", false],
  ["the gateway with Gemini 3", GATEWAY, "gemini-3-flash-preview", true],
]) {
  test(`runTools on ${surface}, ${stream ? "streamed" : "whole"}, runs the tool once and ends`, async () => {
    const asked = [];
    const lookUp = ({ location }) => {
      asked.push(location);
      return { temperature: "17 degrees" };
    };
    const runner = client(baseURL).chat.completions.runTools({
      model,
      stream,
      messages: question,
      tools: [{ type: "function", function: { ...tools[0].function, parse: JSON.parse, function: lookUp } }],
    });
    const text = await runner.finalContent();
    assert.equal(asked.length, 1);
    assert.match(asked[0], /Chicago/);
    assert.match(text, /17 degrees/);
  });
}

test("Gemini 3 answers once its call comes back with its signature, and refuses it without", async () => {
  const model = "gemini-3-flash-preview";
  const first = await openai.chat.completions.create({ model, messages: question, tools });
  const [call] = first.choices[0].message.tool_calls;
  assert.ok(call.extra_content.google.thought_signature);
  const result = { role: "tool", tool_call_id: call.id, content: '{"temperature": "17 degrees"}' };

  const messages = [...question, first.choices[0].message, result];
  const second = await openai.chat.completions.create({ model, messages, tools });
  assert.match(second.choices[0].message.content, /17 degrees/);

  delete call.extra_content;
  const refused = openai.chat.completions.create({ model, messages, tools });
  await assert.rejects(refused, { status: 400, message: /thought_signature/ });
});

test("an error's status and message reach the client", async () => {
  const messages = [{ role: "user", content: "Hello!" }];
  await assert.rejects(client(GATEWAY).chat.completions.create({ model: "no-such-model", messages }), (error) => {
    assert.ok(error instanceof APIError);
    assert.equal(error.status, 404);
    assert.equal(error.code, 404);
    return true;
  });
  await assert.rejects(openai.chat.completions.create({ model: "no-such-model", messages }), { status: 404 });
});
