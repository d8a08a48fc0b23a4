// No browser: Playwright's own requests stand for those of a page.
import { expect, test } from "mockgem/playwright";

const ask = (request, world) =>
  request.post(`${world.openaiURL}chat/completions`, {
    headers: { Authorization: "Bearer any-key" },
    data: { model: "gemini-2.5-flash", messages: [{ role: "user", content: "How is the weather?" }] },
  });

test("a reply", async ({ mockgem, request }) => {
  await mockgem.say("Sunny");
  const answer = await (await ask(request, mockgem)).json();
  expect(answer.choices[0].message.content).toBe("Sunny");
});

test("each test has a separate world", async ({ mockgem, request }) => {
  expect(await mockgem.journal()).toEqual([]);
  await mockgem.fail(503);
  expect((await ask(request, mockgem)).status()).toBe(503);
});
