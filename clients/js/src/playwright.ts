import { test as base } from "@playwright/test";

import type { Server } from "./server.js";
import { getServer, stopServer } from "./shared.js";
import type { World } from "./world.js";

/** Playwright's `test` with the fixture `mockgem`: a new world in each test, on one server for each worker. */
export const test = base.extend<{ mockgem: World }, { mockgemServer: Server }>({
  mockgemServer: [
    async ({}, use) => {
      await use(await getServer());
      await stopServer();
    },
    { scope: "worker" },
  ],
  mockgem: async ({ mockgemServer }, use) => {
    const world = mockgemServer.world();
    await use(world);
    await world.check();
  },
});
export { expect } from "@playwright/test";
