// Clients that are told nothing in code: `mockgem run -- node --test env.mjs` tells them in the environment.
import assert from "node:assert";
import test from "node:test";
import { GoogleGenAI } from "@google/genai";
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
