// Live sessions and music with @google/genai: over ws:// for an http:// base URL.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GoogleGenAI, Modality } from "@google/genai";

const SERVER = process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090";
const NATIVE = "gemini-2.5-flash-native-audio-preview-12-2025";
const TEXT_MODEL = "gemini-live-2.5-flash-preview";
const WEATHER = {
  name: "get_weather",
  description: "The weather in a city",
  parametersJsonSchema: { type: "object", properties: { city: { type: "string" } } },
};
let worlds = 0;

/** A client in a world of its own. */
function client(options = {}) {
  const baseUrl = `${SERVER}/w/live-${process.pid}-${worlds++}`;
  return new GoogleGenAI({ apiKey: "any-key", ...options, httpOptions: { baseUrl, ...options.httpOptions } });
}

/** An open session, and a function that waits for the first message that has something. */
async function connect(ai, model, config) {
  const messages = [];
  let wake = () => {};
  const closed = {};
  const session = await ai.live.connect({
    model,
    config,
    callbacks: {
      onmessage: (message) => { messages.push(message); wake(); },
      onclose: (event) => { closed.code = event.code; closed.reason = event.reason; wake(); },
      onerror: () => {},
    },
  });
  const until = async (isWanted) => {
    let seen = 0;
    for (;;) {
      for (; seen < messages.length; seen++) if (isWanted(messages[seen])) return messages[seen];
      if (closed.code !== undefined) throw new Error(`closed: ${closed.code} ${closed.reason}`);
      await new Promise((resolve) => { wake = resolve; });
    }
  };
  return { session, messages, until, closed };
}

const isEnd = (message) => message.serverContent?.turnComplete;

test("a text session answers", async () => {
  const live = await connect(client(), TEXT_MODEL, { responseModalities: [Modality.TEXT] });
  live.session.sendClientContent({ turns: "Hello what should we talk about?" });
  await live.until(isEnd);
  assert.ok(live.messages.map((message) => message.text ?? "").join(""));
  live.session.close();
});

test("a session speaks with a transcript", async () => {
  const config = { responseModalities: [Modality.AUDIO], outputAudioTranscription: {} };
  const live = await connect(client(), NATIVE, config);
  live.session.sendRealtimeInput({ text: "Are you there?" });
  const end = await live.until(isEnd);
  assert.ok(live.messages.some((message) => message.data));
  assert.ok(live.messages.some((message) => message.serverContent?.outputTranscription?.text));
  assert.ok(end.usageMetadata.totalTokenCount > 0);
  live.session.close();
});

test("a tool is called and answered", async () => {
  const tools = [{ functionDeclarations: [WEATHER] }];
  const live = await connect(client(), NATIVE, { responseModalities: [Modality.AUDIO], tools });
  live.session.sendClientContent({ turns: "How is the weather in Rome? Use get_weather." });
  const [call] = (await live.until((message) => message.toolCall)).toolCall.functionCalls;
  assert.equal(call.name, "get_weather");
  live.session.sendToolResponse({
    functionResponses: { id: call.id, name: call.name, response: { output: "Sunny" } },
  });
  assert.ok(await live.until(isEnd));
  live.session.close();
});

test("a refusal closes the socket with its reason", async () => {
  const live = await connect(client(), "gemini-live-9", {}).catch((error) => error);
  if (live instanceof Error) return;
  await assert.rejects(live.until(isEnd), /is not found for API version/);
});

test("a token opens a constrained session", async () => {
  const ai = client({ httpOptions: { apiVersion: "v1alpha" } });
  const token = await ai.authTokens.create({ config: { uses: 1 } });
  const other = new GoogleGenAI({
    apiKey: token.name,
    httpOptions: { baseUrl: `${SERVER}/w/live-${process.pid}-${worlds - 1}`, apiVersion: "v1alpha" },
  });
  const live = await connect(other, TEXT_MODEL, { responseModalities: [Modality.TEXT] });
  live.session.sendClientContent({ turns: "Hello" });
  await live.until(isEnd);
  live.session.close();
});

test("the documented sample of Lyria RealTime plays", async () => {
  const ai = client({ httpOptions: { apiVersion: "v1alpha" } });
  const heard = [];
  let enough;
  const done = new Promise((resolve) => { enough = resolve; });
  const session = await ai.live.music.connect({
    model: "models/lyria-realtime-exp",
    callbacks: {
      onmessage: (message) => {
        if (message.serverContent?.audioChunks) {
          for (const chunk of message.serverContent.audioChunks) {
            heard.push(Buffer.from(chunk.data, "base64"));
            if (heard.length === 3) enough();
          }
        }
      },
      onerror: (error) => console.error("music session error:", error),
      onclose: () => enough(),
    },
  });
  await session.setWeightedPrompts({
    weightedPrompts: [
      { text: "Minimal techno with deep bass, sparse percussion, and atmospheric synths", weight: 1.0 },
    ],
  });
  await session.setMusicGenerationConfig({
    musicGenerationConfig: { bpm: 90, temperature: 1.0, audioFormat: "pcm16", sampleRateHz: 44100 },
  });
  await session.play();
  await done;
  assert.deepEqual(heard.map((chunk) => chunk.length).slice(0, 3), [384000, 384000, 384000]);
  session.close();
});
