import { expect, test } from "./mockgem.js";

async function ask(page, question) {
  await page.getByLabel("Question").fill(question);
  await page.getByRole("button", { name: "Send" }).click();
}

const lastMessage = (page) => page.getByRole("listitem").last();

test("an answer appears, and the page sends the conversation", async ({ page, world }) => {
  await world.say("It is sunny.");
  await ask(page, "How is the weather?");
  await expect(lastMessage(page)).toHaveText("It is sunny.");
  await world.say("Tomorrow too.");
  await ask(page, "And tomorrow?");
  await expect(lastMessage(page)).toHaveText("Tomorrow too.");
  const roles = (await world.requests()).at(-1).messages.map((message) => message.role);
  expect(roles).toEqual(["user", "assistant", "user"]);
});

test("words appear while the answer is written", async ({ page, world }) => {
  await world.say({ chunks: ["It is ", "sunny."] }, { latency: { between: "1s" } });
  await ask(page, "How is the weather?");
  await expect(lastMessage(page)).toHaveText("It is");
  await expect(lastMessage(page)).toHaveText("It is sunny.");
});

test("a slow answer shows that the model thinks, and can be stopped", async ({ page, world }) => {
  await world.say("Too late.", { latency: { first: "30s" } });
  await ask(page, "How is the weather?");
  await expect(page.getByRole("status")).toHaveText("Thinking …");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("status")).toBeHidden();
  await expect(page.getByRole("alert")).toBeHidden();
});

for (const [failure, words] of [
  [429, "Too many questions"],
  ["overloaded", "not available"],
]) {
  test(`the page explains ${failure}`, async ({ page, world }) => {
    await world.fail(failure);
    await ask(page, "Hello");
    await expect(page.getByRole("alert")).toContainText(words);
  });
}

test("a broken stream keeps its words and says so", async ({ page, world }) => {
  // The pause matters: a browser drops words that it has received but the page has not read yet.
  const rule = { latency: { between: "1s" }, faults: [{ fault: "cut", at: 2 }] };
  await world.say({ chunks: ["It is ", "sunny."] }, rule);
  await ask(page, "Hello");
  await expect(page.getByRole("alert")).toContainText("The connection broke");
  await expect(lastMessage(page)).toHaveText("It is");
});

test("a reply with markup is shown as text", async ({ page, world }) => {
  await world.say('<img src=x onerror="window.hacked = true">');
  await ask(page, "Hello");
  await expect(lastMessage(page)).toContainText("<img src=x");
  expect(await page.evaluate(() => window.hacked)).toBeUndefined();
});

test("a drawing is shown", async ({ page }) => {
  await ask(page, "/draw a cat");
  const width = () => page.getByAltText("Drawing").evaluate((image) => image.naturalWidth);
  await expect.poll(width).toBeGreaterThan(0);
});
