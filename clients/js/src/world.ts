import { setTimeout as pause } from "node:timers/promises";

import type { Delivery, Entry, Expect, Fail, Filters, Rule, Say, Scenario, Verdict, When } from "./types.js";

const DELIVERY_KEYS = ["latency", "faults", "headers"] as const;
const FAILURE_KEYS = ["message", "status", "retry_delay", "retry_after", "shape"] as const;
const PAGE_SIZE = 1000;

/** Conditions of a reply, and what happens to its answer. */
export type SayOptions = When & Delivery;

/** Conditions of an error, its details, and what happens to its answer. */
export type FailOptions = When & Delivery & Omit<Fail, "error" | "headers">;

/** One world of a server: its URLs, the next answers, the requests that came, a clock, a verdict. */
export class World {
  readonly clock: Clock;
  #ruleCount = 0;
  #hasExpectations = false;

  /**
   * @param url The URL of the world, such as http://127.0.0.1:8090/w/checkout
   * @param adminToken The admin token of a server that requires one
   */
  constructor(readonly url: string, readonly adminToken = "") {
    this.clock = new Clock(this);
  }

  /** The base URL for OpenAI's SDK: Gemini's OpenAI-compatible surface. */
  get openaiURL(): string {
    return `${this.url}/v1beta/openai/`;
  }

  /** The base URL for Google's SDK: `httpOptions: { baseUrl }`. */
  get geminiURL(): string {
    return this.url;
  }

  /** The base URL for OpenAI's SDK: a gateway in front of several models, with the Responses API. */
  get gatewayURL(): string {
    return `${this.url}/v1`;
  }

  /** The base URL for OpenAI's SDK: Vertex AI's OpenAI-compatible surface. */
  get vertexOpenaiURL(): string {
    return `${this.url}/v1/projects/any-project/locations/global/endpoints/openapi`;
  }

  /** The variables that lead SDKs to this world. */
  get env(): Record<string, string> {
    return {
      MOCKGEM_URL: this.url,
      OPENAI_BASE_URL: this.openaiURL,
      OPENAI_API_BASE: this.openaiURL,
      OPENAI_API_KEY: "any-key",
      GEMINI_API_KEY: "any-key",
      GOOGLE_GENERATIVE_AI_API_KEY: "any-key",
      GOOGLE_GEMINI_BASE_URL: this.url,
      GOOGLE_VERTEX_BASE_URL: this.url,
    };
  }

  /** Answer the next chat with a reply. Replies and errors are used in the order of the calls. */
  async say(reply: string | Say, options: SayOptions = {}): Promise<void> {
    const isChat = typeof reply === "string" || !("embedding" in reply || "raw" in reply);
    const { delivery, rest } = splitOptions(options);
    await this.addRule({ say: reply, ...delivery, when: { ...(isChat && { endpoint: "generate" }), ...rest } });
  }

  /** Answer the next request with an error: a name of `mockgem scenario errors`, or a status. */
  async fail(error: string | number | Fail, options: FailOptions = {}): Promise<void> {
    const { delivery, rest } = splitOptions(options);
    const failure: Record<string, unknown> = typeof error === "object" ? { ...error } : { error };
    for (const key of FAILURE_KEYS) {
      if (key in rest) failure[key] = (rest as Record<string, unknown>)[key];
      delete (rest as Record<string, unknown>)[key];
    }
    await this.addRule({ fail: failure as unknown as Fail, ...delivery, when: rest });
  }

  /** Add a rule. It acts once; `times: null` lets it act from now on. */
  async addRule(rule: Rule): Promise<void> {
    this.#ruleCount += 1;
    const { times = 1, ...when } = rule.when ?? {};
    const name = rule.name ?? `rule-${this.#ruleCount}`;
    await this.call("POST", "/scenario/rules", { ...rule, name, when: { ...when, ...(times !== null && { times }) } });
  }

  /** Run a scenario: a name of `mockgem scenario list`, or the content of a scenario file. */
  async scenario(scenario: string | Scenario, options: { name?: string; timeScale?: number } = {}): Promise<void> {
    const content = typeof scenario === "string" ? { name: scenario } : { name: options.name ?? "inline", scenario };
    await this.call("PUT", "/scenario", { ...content, ...(options.timeScale !== undefined && { time_scale: options.timeScale }) });
  }

  /** Say what the client has to do until the end of the test. Fixtures check it. */
  async expect(expectations: Expect): Promise<void> {
    await this.call("PUT", "/scenario/expect", expectations);
    this.#hasExpectations = true;
  }

  /** Compare what the client did with what it should have done. */
  async verdict(): Promise<Verdict> {
    return (await this.call("GET", "/verdict")) as Verdict;
  }

  /** Throw an error with the unmet expectations, or if nothing is expected: then the check could not fail. */
  async assertVerdict(): Promise<void> {
    const verdict = await this.verdict();
    if (!verdict.checks.length) {
      throw new Error(
        "mockgem: nothing is expected, so there is nothing to check: call expect({ attempts: 2 }) before, " +
          "or give the scenario an `expect`",
      );
    }
    if (verdict.pass) return;
    const lines = verdict.checks
      .filter((check) => !check.ok)
      .map((check) => `${check.check}: expected ${check.expected}, found ${check.found}. ${check.advice ?? ""}`);
    throw new Error([`mockgem: ${verdict.title}`, ...lines].join("\n  "));
  }

  /** Check the expectations of a test, if it has any. Fixtures call it after the test. */
  async check(): Promise<void> {
    if (this.#hasExpectations) await this.assertVerdict();
  }

  /** Return the requests and responses, in order. `{ wait: 5, count: 2 }` waits for two of them. */
  async journal(filters: Filters = {}): Promise<Entry[]> {
    const entries: Entry[] = [];
    let query: Filters = { limit: PAGE_SIZE, ...filters };
    for (;;) {
      const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
      const page = (await this.call("GET", `/journal?${text}`)) as { entries: Entry[]; next: number | null };
      entries.push(...page.entries.map(parseBodies));
      if (page.next === null || "limit" in filters) return entries;
      query = { ...query, after: page.next, wait: 0 };
    }
  }

  /** Return the parsed body of each request, in order. */
  async requests(filters: Filters = {}): Promise<any[]> {
    return (await this.journal(filters)).map((entry) => entry.json);
  }

  /** Empty the world: no replies, scenario, files or journal entries. */
  async reset(): Promise<void> {
    await this.call("POST", "/reset", {});
    this.#hasExpectations = false;
  }

  /** Call the admin API of this world and return its JSON. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.adminToken) headers["Authorization"] = `Bearer ${this.adminToken}`;
    const request = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${this.url}/_mockgem${path}`, request);
    const content = (await response.json()) as { error?: string };
    if (!response.ok) throw new Error(`mockgem: ${content.error}`);
    return content;
  }

  /** Wait until a condition holds: `await world.until(async () => (await world.journal()).length === 2)`. */
  async until(condition: () => Promise<boolean>, milliseconds = 10_000): Promise<void> {
    const end = Date.now() + milliseconds;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`mockgem: the condition did not hold within ${milliseconds} ms`);
      await pause(20);
    }
  }
}

/** The clock of a world. It stands still until a test moves it. */
export class Clock {
  constructor(private readonly world: World) {}

  async now(): Promise<Date> {
    return new Date(((await this.world.call("GET", "/clock")) as { now: string }).now);
  }

  /** Move the clock forward: a number of seconds, or a text such as "48h". */
  async advance(duration: number | string): Promise<void> {
    await this.world.call("POST", "/clock", { advance: duration });
  }

  async set(time: Date | string): Promise<void> {
    await this.world.call("POST", "/clock", { set: typeof time === "string" ? time : time.toISOString() });
  }
}

function splitOptions<T extends object>(options: T): { delivery: Delivery; rest: Omit<T, keyof Delivery> } {
  const rest = { ...options } as Record<string, unknown>;
  const delivery: Record<string, unknown> = {};
  for (const key of DELIVERY_KEYS) {
    if (key in rest) delivery[key] = rest[key];
    delete rest[key];
  }
  return { delivery: delivery as Delivery, rest: rest as Omit<T, keyof Delivery> };
}

function parseBodies(entry: Entry): Entry {
  return { ...entry, json: parseJson(entry.request?.body), answer: parseJson(entry.response?.body) };
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
