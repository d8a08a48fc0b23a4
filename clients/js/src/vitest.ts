import { afterAll, test as base } from "vitest";

import { getServer, stopServer } from "./shared.js";
import type { World } from "./world.js";

/** Vitest's `test` with the fixture `mockgem`: a new world in each test. */
export const test = base.extend<{ mockgem: World }>({
  mockgem: async ({}, use) => {
    const world = (await getServer()).world();
    await use(world);
    await world.check();
  },
});

afterAll(stopServer);
