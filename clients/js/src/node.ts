import { after, afterEach, beforeEach } from "node:test";

import { useWorlds } from "./shared.js";
import type { World } from "./world.js";

/** Return an object that is a new world in each test of this file: `const mockgem = useMockgem();` */
export function useMockgem(): World {
  return useWorlds({ beforeEach, afterEach, after });
}
