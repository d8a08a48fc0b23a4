// Clients that are told nothing in code: `mockgem run -- node --test env.mjs` tells them in the environment.
import assert from "node:assert";
import test from "node:test";
import { GoogleGenAI } from "@google/genai";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { openai } from "@ai-sdk/openai";
import { googleAI } from "@genkit-ai/google-genai";
import { ChatGoogleGenerativeAI } from "@langchain/google-genai";
import { ChatOpenAI } from "@langchain/openai";
import { generateText } from "ai";
import { genkit } from "genkit";
import OpenAI from "openai";

const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "Explain to me how AI works" }] };

test("openai finds the server", async () => {
  const answer = await new OpenAI().chat.completions.create(question);
  assert.ok(answer.choices[0].message.content);
});

test("google-genai finds it as well", async () => {
  const answer = await new GoogleGenAI({}).models.generateContent({ model: question.model, contents: "Hello" });
  assert.ok(answer.text);
});

test("the Vercel AI SDK finds it with OpenAI's provider", async () => {
  const { text } = await generateText({ model: openai.chat(question.model), prompt: "Hello" });
  assert.ok(text);
});

// The other frameworks find a key in the environment, and take the URL in code.
const base = process.env.GOOGLE_GEMINI_BASE_URL;

test("the Vercel AI SDK's Google provider needs the URL in code", async () => {
  const google = createGoogleGenerativeAI({ baseURL: `${base}/v1beta` });
  const { text } = await generateText({ model: google(question.model), prompt: "Hello" });
  assert.ok(text);
});

test("genkit needs the URL in code", async () => {
  const ai = genkit({ plugins: [googleAI({ baseUrl: base })] });
  const { text } = await ai.generate({ model: googleAI.model(question.model), prompt: "Hello" });
  assert.ok(text);
});

test("LangChain finds the server with OpenAI's classes", async () => {
  assert.ok((await new ChatOpenAI({ model: question.model }).invoke("Hello")).content);
});

test("LangChain's Google classes need the URL in code", async () => {
  const model = new ChatGoogleGenerativeAI({ model: question.model, baseUrl: base });
  assert.ok((await model.invoke("Hello")).content);
});
