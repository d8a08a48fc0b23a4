// What Google's documents do with @google/genai, one test for each.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import {
  ApiError,
  createPartFromUri,
  createUserContent,
  FunctionCallingConfigMode,
  GoogleGenAI,
  Modality,
  Type,
} from "@google/genai";

import { writeJpeg } from "./media.mjs";

const SERVER = process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090";
const MODELS = ["gemini-2.5-flash", "gemini-2.0-flash", "gemini-3.6-flash"];
const [MODEL] = MODELS;
const WEATHER = {
  name: "get_weather",
  description: "The weather in a city",
  parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ["city"] },
};
let worlds = 0;

/** A client in a world of its own. */
function client(options = {}) {
  const baseUrl = `${SERVER}/w/genai-${process.pid}-${worlds++}`;
  return new GoogleGenAI({ apiKey: "any-key", ...options, httpOptions: { baseUrl } });
}

for (const model of MODELS) {
  test(`text, whole and streamed, by ${model}`, async () => {
    const ai = client();
    const contents = "Write a story about a magic backpack.";
    const whole = await ai.models.generateContent({ model, contents });
    assert.equal(whole.candidates[0].finishReason, "STOP");
    assert.equal(whole.modelVersion, model);
    let text = "";
    let chunks = 0;
    for await (const chunk of await ai.models.generateContentStream({ model, contents })) {
      text += chunk.text ?? "";
      chunks++;
    }
    assert.ok(chunks > 2);
    assert.equal(text, whole.text);
  });

  test(`a chat with ${model}`, async () => {
    const chat = client().chats.create({
      model,
      history: [
        { role: "user", parts: [{ text: "Hello" }] },
        { role: "model", parts: [{ text: "Great to meet you. What would you like to know?" }] },
      ],
    });
    assert.ok((await chat.sendMessage({ message: "I have 2 dogs in my house." })).text);
    let text = "";
    for await (const chunk of await chat.sendMessageStream({ message: "How many paws are in my house?" })) {
      text += chunk.text ?? "";
    }
    assert.ok(text);
    assert.ok((await chat.sendMessage({ message: "And tails?" })).text);
  });

  test(`function calling by ${model}`, async () => {
    const ai = client();
    const config = { tools: [{ functionDeclarations: [WEATHER] }] };
    const question = createUserContent("What's the weather in Boston?");
    const asked = await ai.models.generateContent({ model, contents: [question], config });
    const [call] = asked.functionCalls;
    assert.deepEqual(call.args, { city: "Boston" });
    const result = { functionResponse: { id: call.id, name: call.name, response: { output: "23C and sunny" } } };
    const contents = [question, asked.candidates[0].content, createUserContent([result])];
    assert.match((await ai.models.generateContent({ model, contents, config })).text, /23C and sunny/);
  });
}

test("functions forced and forbidden", async () => {
  for (const [mode, calls] of [[FunctionCallingConfigMode.ANY, 1], [FunctionCallingConfigMode.NONE, 0]]) {
    const config = { tools: [{ functionDeclarations: [WEATHER] }], toolConfig: { functionCallingConfig: { mode } } };
    const response = await client().models.generateContent({ model: MODEL, contents: "Weather in Boston?", config });
    assert.equal(response.functionCalls?.length ?? 0, calls);
  }
});

test("configuration and safety settings", async () => {
  const response = await client().models.generateContent({
    model: "gemini-2.0-flash",
    contents: "Tell me a story about a magic backpack.",
    config: {
      candidateCount: 1,
      stopSequences: ["x"],
      maxOutputTokens: 20,
      temperature: 1.0,
      systemInstruction: "Be brief.",
      safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_ONLY_HIGH" }],
    },
  });
  assert.ok(response.usageMetadata.candidatesTokenCount <= 20);
});

test("JSON of a form", async () => {
  const response = await client().models.generateContent({
    model: "gemini-2.0-flash",
    contents: "List a few popular cookie recipes.",
    config: {
      responseMimeType: "application/json",
      responseSchema: {
        type: "array",
        items: {
          type: "object",
          properties: { recipeName: { type: "string" }, ingredients: { type: "array", items: { type: "string" } } },
          required: ["recipeName", "ingredients"],
        },
      },
    },
  });
  for (const recipe of JSON.parse(response.text)) assert.ok(Array.isArray(recipe.ingredients));
});

test("thoughts", async () => {
  const config = { thinkingConfig: { includeThoughts: true } };
  const response = await client().models.generateContent({ model: "gemini-3.6-flash", contents: "Why?", config });
  const { parts } = response.candidates[0].content;
  assert.ok(parts[0].thought);
  assert.ok(parts.at(-1).thoughtSignature);
});

test("code and search", async () => {
  const ai = client();
  const contents = "What is the sum of the first 50 prime numbers?";
  const worked = await ai.models.generateContent({ model: MODEL, contents, config: { tools: [{ codeExecution: {} }] } });
  assert.match(worked.codeExecutionResult, /5117/);
  assert.match(worked.executableCode, /prime/);
  const config = { tools: [{ googleSearch: {} }] };
  const found = await ai.models.generateContent({ model: MODEL, contents: "Who won the euro 2024?", config });
  assert.ok(found.candidates[0].groundingMetadata.groundingChunks.length > 1);
});

test("pictures in and out, speech out", async () => {
  const ai = client();
  const file = path.join(os.tmpdir(), `grey-${process.pid}.jpg`);
  writeJpeg(file);
  const inlineData = { mimeType: "image/jpeg", data: fs.readFileSync(file).toString("base64") };
  fs.rmSync(file);
  const seen = await ai.models.generateContent({ model: MODEL, contents: ["What is on it?", { inlineData }] });
  assert.match(seen.text, /16 x 8 pixels/);
  const drawn = await ai.models.generateContent({ model: "gemini-2.5-flash-image", contents: "A fox" });
  assert.equal(Buffer.from(drawn.data, "base64").subarray(1, 4).toString(), "PNG");
  const spoken = await ai.models.generateContent({
    model: "gemini-2.5-flash-preview-tts",
    contents: [{ parts: [{ text: "Say cheerfully: Have a wonderful day!" }] }],
    config: {
      responseModalities: [Modality.AUDIO],
      speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: "Kore" } } },
    },
  });
  assert.ok(Buffer.from(spoken.data, "base64").length > 24_000);
});

test("files, caches and counts", async () => {
  const ai = client();
  const file = path.join(os.tmpdir(), `a11-${process.pid}.txt`);
  fs.writeFileSync(file, "A transcript. ".repeat(700));
  const document = await ai.files.upload({ file, config: { mimeType: "text/plain" } });
  fs.rmSync(file);
  const contents = [createUserContent(createPartFromUri(document.uri, document.mimeType))];
  const systemInstruction = "You are an expert analyzing transcripts.";
  const cache = await ai.caches.create({ model: MODEL, config: { contents, systemInstruction } });
  const config = { cachedContent: cache.name };
  const response = await ai.models.generateContent({ model: MODEL, contents: "Please summarize this transcript", config });
  assert.ok(response.usageMetadata.cachedContentTokenCount > 2000);
  const prompt = "The quick brown fox jumps over the lazy dog.";
  const counted = await ai.models.countTokens({ model: MODEL, contents: prompt });
  const used = await ai.models.generateContent({ model: MODEL, contents: prompt });
  assert.equal(counted.totalTokens, used.usageMetadata.promptTokenCount);
});

test("file search stores", async () => {
  const ai = client();
  const store = await ai.fileSearchStores.create({ config: { displayName: "Atlas" } });
  const fileSearchStoreName = store.name;
  const file = path.join(os.tmpdir(), `atlas-${process.pid}.txt`);
  fs.writeFileSync(file, "Paris is the capital of France. The Eiffel Tower is a landmark.");
  const config = { displayName: "paris.txt", customMetadata: [{ key: "year", numericValue: 2024 }] };
  let operation = await ai.fileSearchStores.uploadToFileSearchStore({ file, fileSearchStoreName, config });
  while (!operation.done) operation = await ai.operations.get({ operation });
  const uploaded = await ai.files.upload({ file, config: { mimeType: "text/plain" } });
  fs.rmSync(file);
  let imported = await ai.fileSearchStores.importFile({ fileSearchStoreName, fileName: uploaded.name });
  while (!imported.done) imported = await ai.operations.get({ operation: imported });
  const fileSearch = { fileSearchStoreNames: [store.name], metadataFilter: "year > 2023", topK: 3 };
  const contents = "What is the capital of France?";
  const response = await ai.models.generateContent({ model: MODEL, contents, config: { tools: [{ fileSearch }] } });
  assert.match(response.text, /Paris is the capital of France\./);
  const [chunk, ...others] = response.candidates[0].groundingMetadata.groundingChunks;
  assert.equal(others.length, 0);
  assert.equal(chunk.retrievedContext.title, "paris.txt");
  const documents = [];
  for await (const document of await ai.fileSearchStores.documents.list({ parent: store.name })) documents.push(document);
  assert.equal(documents.length, 2);
  assert.equal((await ai.fileSearchStores.get({ name: store.name })).activeDocumentsCount, "2");
  await ai.fileSearchStores.documents.delete({ name: documents[0].name, config: { force: true } });
  await assert.rejects(() => ai.fileSearchStores.delete({ name: store.name }), { status: 400 });
  await ai.fileSearchStores.delete({ name: store.name, config: { force: true } });
  await assert.rejects(() => ai.fileSearchStores.get({ name: store.name }), { status: 403 });
});

test("embeddings and models", async () => {
  const ai = client();
  const config = { outputDimensionality: 10 };
  const embedded = await ai.models.embedContent({ model: "gemini-embedding-001", contents: "Hello World!", config });
  assert.equal(embedded.embeddings[0].values.length, 10);
  const names = [];
  for await (const model of await ai.models.list({ config: { pageSize: 20 } })) names.push(model.name);
  assert.ok(names.length > 40);
  assert.equal((await ai.models.get({ model: MODEL })).displayName, "Gemini 2.5 Flash");
});

test("errors", async () => {
  const ai = client();
  const asked = { model: "gemini-9", contents: "hi" };
  for (const call of [() => ai.models.generateContent(asked), () => ai.models.generateContentStream(asked)]) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof ApiError);
      assert.equal(error.status, 404);
      assert.match(JSON.parse(error.message).error.message, /models\/gemini-9 is not found for API version v1/);
      return true;
    });
  }
});

test("Vertex AI in express mode", async () => {
  const ai = client({ vertexai: true });
  const contents = "Explain how AI works in a few words";
  const whole = await ai.models.generateContent({ model: MODEL, contents });
  let text = "";
  for await (const chunk of await ai.models.generateContentStream({ model: MODEL, contents })) text += chunk.text ?? "";
  assert.equal(text, whole.text);
  assert.equal(whole.usageMetadata.trafficType, "ON_DEMAND");
});

test("what is not offered is refused at once", async (t) => {
  const ai = client();
  let requests = 0;
  const send = globalThis.fetch;
  t.mock.method(globalThis, "fetch", (...options) => (requests++, send(...options)));
  for (const call of [() => ai.agents.list(), () => ai.triggers.list(), () => ai.voices.list()]) {
    await assert.rejects(call, (error) => /does not support/.test(`${error.message} ${JSON.stringify(error)}`));
  }
  assert.equal(requests, 3, "the SDK repeats requests for eleven seconds");
});

/** Methods of this SDK that Python has in another place. */
const NODE_NAMES = new Set(["operations.get_videos_operation"]);
/** Helpers of resources that are not resources themselves. */
const HELPERS = new Set(["apiClient", "auth", "webSocketFactory", "modelsModule", "parentClient"]);

/** Functions of resources that are not methods of the API. */
const NOT_METHODS = new Set(["constructor", "getClient", "resolveClient"]);

/** The names of the resources that a client creates when they are first used. */
function listGetters(client) {
  const described = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(client)));
  return described.filter(([, one]) => one.get).map(([name]) => name);
}

/** The names that the types of the SDK declare as private. */
function listPrivateNames() {
  const types = path.join(path.dirname(fileURLToPath(import.meta.resolve("@google/genai"))), "..", "node", "node.d.ts");
  return new Set([...fs.readFileSync(types, "utf8").matchAll(/^\s+private (\w+)/gm)].map(([, name]) => name));
}

/** The names of the public methods of all resources of a client. */
function collectMethods(client, hidden, place = "") {
  const found = [];
  for (const name of [...Object.keys(client), ...listGetters(client)]) {
    const resource = client[name];
    const isResource = resource !== null && typeof resource === "object" && !Array.isArray(resource);
    if (!isResource || name.startsWith("_") || HELPERS.has(name)) continue;
    const prototype = Object.getPrototypeOf(resource);
    if (prototype === Object.prototype) continue;
    const names = new Set([...Object.keys(resource), ...Object.getOwnPropertyNames(prototype)]);
    const methods = [...names].filter((one) => !NOT_METHODS.has(one) && !hidden.has(one) && typeof resource[one] === "function");
    found.push(...methods.map((one) => `${place}${name}.${one}`));
    if (!place) found.push(...collectMethods(resource, hidden, `${name}.`));
  }
  return found;
}

test("the list of methods has those of this SDK", () => {
  const file = new URL("../../mockgem/data/sdk_methods.json", import.meta.url);
  const listed = new Set(Object.keys(JSON.parse(fs.readFileSync(file, "utf8"))["google-genai"].methods));
  const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const found = collectMethods(new GoogleGenAI({ apiKey: "any-key" }), listPrivateNames()).map(snake);
  assert.ok(found.length > 40, `${found.length} methods`);
  assert.deepEqual(found.filter((name) => !listed.has(name) && !NODE_NAMES.has(name)), []);
});

test("interactions: a chain, a stream, a function, an agent", async () => {
  const ai = client();
  const model = "gemini-3.8-flash";
  const first = await ai.interactions.create({ model, input: "My name is Ada." });
  const second = await ai.interactions.create({
    model,
    input: "What is my name?",
    previous_interaction_id: first.id,
  });
  assert.equal(second.status, "completed");
  let text = "";
  const stream = await ai.interactions.create({ model, input: "My name is Ada.", stream: true });
  for await (const event of stream) {
    if (event.event_type === "step.delta" && event.delta.type === "text") text += event.delta.text;
  }
  assert.equal(text, first.output_text);
  const tools = [{ type: "function", ...WEATHER, parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } }];
  const asked = await ai.interactions.create({ model, input: "The weather in Lima?", tools });
  assert.equal(asked.status, "requires_action");
  const call = asked.steps.at(-1);
  assert.deepEqual(call.arguments, { city: "Lima" });
  const answer = await ai.interactions.create({
    model,
    input: [{ type: "function_result", call_id: call.id, name: call.name, result: "21 degrees" }],
    previous_interaction_id: asked.id,
    tools,
  });
  assert.match(answer.output_text, /21 degrees/);
  let task = await ai.interactions.create({
    agent: "deep-research-preview-04-2026",
    input: "Research TPUs.",
    background: true,
  });
  while (task.status === "in_progress") task = await ai.interactions.get(task.id);
  assert.match(task.output_text, /^# /);
  await ai.interactions.delete(task.id);
  await assert.rejects(ai.interactions.get(task.id));
});
