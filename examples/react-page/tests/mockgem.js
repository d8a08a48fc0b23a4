// Controls the mock server from a test: `mockgem run -- npm test` sets MOCKGEM_URL.
import { test as base } from "@playwright/test";

export { expect } from "@playwright/test";

export class World {
  constructor(name) {
    this.name = name;
    this.base = `${process.env.MOCKGEM_URL}/w/${name}/_mockgem`;
  }

  async send(method, path, body) {
    const answer = await fetch(this.base + path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  }

  /** Choose the next answer: a text, or what a scenario's `say` takes. */
  say(say, more = {}) {
    return this.send("POST", "/rules", { rule: { say, when: { times: 1 }, ...more } });
  }

  /** Let the next call fail: a status, or a name of `mockgem scenario errors`. */
  fail(fail) {
    return this.send("POST", "/rules", { rule: { fail, when: { times: 1 } } });
  }

  /** Return the parsed bodies of the requests so far. */
  async requests() {
    const { entries } = await this.send("GET", "/journal");
    return entries.map((entry) => JSON.parse(entry.request.body || "null"));
  }
}

// Each test gets a world, and a page that uses it.
export const test = base.extend({
  world: async ({}, use, info) => {
    const world = new World(`page-${info.testId.slice(-12)}`);
    await world.send("POST", "/reset", {});
    await use(world);
  },
  page: async ({ page, world }, use) => {
    await page.goto(`/?world=${world.name}`);
    await use(page);
  },
});
