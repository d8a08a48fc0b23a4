// Also checked by tsc, so the types of the package are tested here.
import { GoogleGenAI } from "@google/genai";
import { test } from "mockgem/vitest";
import OpenAI from "openai";
import { expect } from "vitest";

const question = { model: "gemini-2.5-flash", messages: [{ role: "user" as const, content: "How is the weather?" }] };

test("a reply, and what was sent", async ({ mockgem }) => {
  await mockgem.say("Sunny");
  const client = new OpenAI({ apiKey: "any-key", baseURL: mockgem.openaiURL });
  const answer = await client.chat.completions.create(question);
  expect(answer.choices[0]?.message.content).toBe("Sunny");
  const [sent] = await mockgem.requests();
  expect(sent.messages[0].content).toBe("How is the weather?");
});

test("a failure, then a reply, and the client retries", async ({ mockgem }) => {
  await mockgem.fail(429, { retry_delay: "10ms" });
  await mockgem.say({ tool_calls: [{ name: "look", args: { city: "Rome" } }] }, { text: "*weather*" });
  await mockgem.expect({ attempts: 2, final: "success" });
  const client = new OpenAI({ apiKey: "any-key", baseURL: mockgem.openaiURL, maxRetries: 1 });
  const answer = await client.chat.completions.create(question);
  expect(answer.choices[0]?.message.tool_calls).toHaveLength(1);
  expect((await mockgem.journal()).map((entry) => entry.status)).toEqual([429, 200]);
});

test("Google's SDK", async ({ mockgem }) => {
  await mockgem.say("Hello");
  const ai = new GoogleGenAI({ apiKey: "any-key", httpOptions: { baseUrl: mockgem.geminiURL } });
  expect((await ai.models.generateContent({ model: question.model, contents: "Hi" })).text).toBe("Hello");
});

test.fails("an unmet expectation fails the test", async ({ mockgem }) => {
  await mockgem.expect({ attempts: 2 });
  const client = new OpenAI({ apiKey: "any-key", baseURL: mockgem.openaiURL });
  await client.chat.completions.create(question);
  await mockgem.check();
});
