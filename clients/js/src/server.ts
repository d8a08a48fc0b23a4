import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { type LaunchOptions, buildCommand, needsPort } from "./launch.js";
import { World } from "./world.js";

/** How to start a server, or where one runs. */
export interface StartOptions extends LaunchOptions {
  /** The URL of a server that runs already. MOCKGEM_URL says the same. */
  url?: string;
  /** The admin token of that server, if it requires one. */
  adminToken?: string;
  /** Milliseconds that the server has to start. uvx, pipx and a container may have to download. */
  timeout?: number;
}

const LISTENS = /mockgem listens on (http:\/\/\S+)/;
const START_TIMEOUT = 120_000;
const STOP_TIMEOUT = 10_000;

/** A running server. Each test gets a separate world of it. */
export class Server {
  /** @param process The server's process; undefined for a server that somebody else started */
  constructor(readonly url: string, readonly adminToken = "", private readonly process?: ChildProcess) {}

  /** Return a new world, or the one with this name. Names have letters, digits and hyphens. */
  world(name = `w-${randomUUID().slice(0, 13)}`): World {
    return new World(`${this.url}/w/${name}`, this.adminToken);
  }

  /** Return the world of URLs without /w/NAME. */
  get defaultWorld(): World {
    return new World(this.url, this.adminToken);
  }

  /** Stop the server, if `start` started it. */
  async stop(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.ref();
    child.kill("SIGTERM");
    const late = new AbortController();
    const force = pause(STOP_TIMEOUT, undefined, { signal: late.signal }).then(() => child.kill("SIGKILL"), () => {});
    await ended;
    late.abort();
    await force;
  }
}

/**
 * Start a server on a free port, or connect to the one of MOCKGEM_URL, which `mockgem run` sets.
 *
 * The server stops with `stop()`, and with this process.
 */
export async function start(options: StartOptions = {}): Promise<Server> {
  const url = options.url ?? (isLaunch(options) ? undefined : process.env["MOCKGEM_URL"]);
  if (url) return new Server(url.replace(/\/$/, ""), options.adminToken ?? process.env["MOCKGEM_ADMIN_TOKEN"]);
  const [port, token] = needsPort(options) ? [await findFreePort(), randomUUID()] : [0, ""];
  const [program, ...args] = buildCommand(options, port, token) as [string, ...string[]];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: serverEnv() });
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  child.once("exit", () => process.removeListener("exit", stop));
  try {
    const found = await waitForServer(child, [program, ...args].join(" "), options.timeout ?? START_TIMEOUT);
    return new Server(port ? `http://127.0.0.1:${port}` : found, token, child);
  } catch (error) {
    stop();
    throw error;
  }
}

const LAUNCH_KEYS = ["via", "command", "package", "image", "args"] as const;
const isLaunch = (options: StartOptions): boolean => LAUNCH_KEYS.some((key) => options[key] !== undefined);

/** Variables of the server: those that name this or another server are not for it. */
function serverEnv(): NodeJS.ProcessEnv {
  const { MOCKGEM_URL, MOCKGEM_PORT, ...rest } = process.env;
  return { ...rest, PYTHONUNBUFFERED: "1" };
}

/** Return the URL that a server prints when it is ready. Throw an error with its output if it ends before. */
async function waitForServer(child: ChildProcess, command: string, timeout: number): Promise<string> {
  let output = "";
  let timer: NodeJS.Timeout | undefined;
  const url = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer) => {
      output += data;
      const found = LISTENS.exec(output);
      if (found?.[1]) resolve(found[1]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", (error) => reject(new Error(`mockgem: can't run ${command}: ${error.message}`)));
    child.once("exit", (code) => reject(new Error(`mockgem: ${command} ended with code ${code}:\n${output}`)));
    timer = setTimeout(() => reject(new Error(`mockgem: no server within ${timeout} ms: ${command}\n${output}`)), timeout);
  }).finally(() => clearTimeout(timer));
  letGo(child);
  return url;
}

/** Let this process end while the server runs, and keep the server's pipes empty. */
function letGo(child: ChildProcess): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.removeAllListeners("data");
    stream?.resume();
    (stream as unknown as { unref?: () => void } | null)?.unref?.();
  }
  child.unref();
}

async function findFreePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  listener.close();
  await once(listener, "close");
  return port;
}
