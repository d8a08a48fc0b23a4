import { type Server, type StartOptions, start } from "./server.js";
import type { World } from "./world.js";

let options: StartOptions = {};
let running: Promise<Server> | undefined;

/** Set how the fixtures of this process start their server. Call it before the first test. */
export function configure(values: StartOptions): void {
  options = values;
}

/** Return the server of this process; the first call starts it. */
export function getServer(): Promise<Server> {
  running ??= start(options);
  return running;
}

/** Stop the server of this process. */
export async function stopServer(): Promise<void> {
  const server = running;
  running = undefined;
  await (await server)?.stop();
}

/** The hooks of a test runner. */
export interface Hooks {
  beforeEach(hook: () => Promise<void>): void;
  afterEach(hook: () => Promise<void>): void;
  after(hook: () => Promise<void>): void;
}

/** Return an object that is a new world in each test. */
export function useWorlds(hooks: Hooks): World {
  let current: World | undefined;
  hooks.beforeEach(async () => {
    current = (await getServer()).world();
  });
  hooks.afterEach(async () => {
    const world = current;
    current = undefined;
    await world?.check();
  });
  hooks.after(stopServer);
  return new Proxy({} as World, {
    get(_, key) {
      if (!current) throw new Error("mockgem: a world exists only in a test, not in the file around it.");
      const value = Reflect.get(current, key, current);
      return typeof value === "function" ? value.bind(current) : value;
    },
  });
}
