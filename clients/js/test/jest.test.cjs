const { describe, expect, test } = require("@jest/globals");
const { useMockgem } = require("mockgem/jest");
const { OpenAI } = require("openai");

const mockgem = useMockgem();
const question = { model: "gemini-2.5-flash", messages: [{ role: "user", content: "How is the weather?" }] };
const ask = () => new OpenAI({ apiKey: "any-key", baseURL: mockgem.openaiURL }).chat.completions.create(question);

describe("with Jest", () => {
  test("a reply", async () => {
    await mockgem.say("Sunny");
    expect((await ask()).choices[0].message.content).toBe("Sunny");
  });

  test("each test has a separate world", async () => {
    expect(await mockgem.journal()).toEqual([]);
    await mockgem.fail("overloaded", { times: 2 });
    await mockgem.expect({ attempts: 3, final: "success" });
    await ask();
  });
});

test("a world exists only in a test", () => {
  const { World } = require("mockgem");
  expect(new World("http://127.0.0.1:1").openaiURL).toBe("http://127.0.0.1:1/v1beta/openai/");
});
