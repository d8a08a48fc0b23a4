/** What a test tells a world. The names are those of a scenario file: see the page "Scenario keys". */

/** A text with `*` for any text, or several of which one has to match. */
export type Pattern = string | string[];

/** A number of seconds, or a text such as "300ms" or "1h". */
export type Duration = number | string;

/** A number, a range such as "2..4" or "3..", or several of these. */
export type Numbers = number | string | (number | string)[];

/** The conditions of a rule. A request has to meet all that are given. */
export interface When {
  surface?: Pattern;
  endpoint?: Pattern;
  model?: Pattern;
  key?: Pattern;
  header?: Record<string, string>;
  text?: Pattern;
  system?: Pattern;
  ignore_case?: boolean;
  body?: Record<string, unknown>;
  method?: Pattern;
  path?: Pattern;
  stream?: boolean;
  tools?: boolean;
  schema?: boolean;
  media?: boolean;
  turn?: Numbers;
  tokens_over?: number;
  body_over?: number | string;
  calls?: Numbers;
  every?: number;
  /** The number of requests; null: all later ones. Without it `say` and `fail` act once. */
  times?: number | null;
  probability?: number;
  elapsed?: string;
  concurrent_over?: number;
  repeat?: Numbers;
}

/** A call of a tool in a reply. */
export interface ToolCall {
  name: string;
  args?: Record<string, unknown> | string;
}

/** A reply of the model. */
export interface Say {
  text?: string;
  thoughts?: string;
  tool_calls?: ToolCall[];
  json?: unknown;
  image?: boolean | string;
  audio?: string;
  embedding?: number[];
  chunks?: string[];
  injection?: string;
  finish?: string;
  block?: string;
  raw?: Record<string, unknown>;
  turns?: (string | Say)[];
}

/** An error of the service. */
export interface Fail {
  error: string | number;
  message?: string;
  status?: number;
  retry_delay?: Duration;
  retry_after?: "seconds" | "date" | "ms" | false;
  headers?: Record<string, string>;
  shape?: string;
}

/** How long an answer takes. */
export interface Latency {
  profile?: string;
  head?: Duration | Duration[];
  first?: Duration | Duration[];
  between?: Duration | Duration[];
  tokens_per_second?: number;
  bandwidth?: number | string;
}

/** What goes wrong on the way: a name of `mockgem scenario faults`, or one with its options. */
export type Fault = string | ({ fault: string } & Record<string, unknown>);

/** What happens to an answer besides its content. */
export interface Delivery {
  latency?: Latency;
  faults?: Fault[];
  headers?: Record<string, string>;
}

/** A rule of a scenario. */
export interface Rule extends Delivery {
  name?: string;
  when?: When;
  say?: string | Say;
  fail?: string | number | Fail;
  quota?: Record<string, unknown>;
  budget?: number | { usd: number; per?: "world" | "project" | "key"; by_model?: boolean };
}

/** What a good client does. */
export interface Expect {
  attempts?: Numbers;
  waits?: Duration;
  final?: "success" | "error";
  final_model?: Pattern;
  no_retry?: boolean;
  same_request?: boolean;
  new_key?: boolean;
  signature_returned?: boolean;
  noticed?: boolean;
  polls?: Numbers;
  tools_answered?: boolean;
  resumed?: boolean;
  audio_stopped?: boolean;
  concurrent_at_most?: number;
}

/** A scenario, as a scenario file has it. */
export interface Scenario {
  title?: string;
  rules?: Rule[];
  expect?: Expect;
  [key: string]: unknown;
}

/** One comparison of a verdict. */
export interface Check {
  check: string;
  ok: boolean;
  expected: string;
  found: unknown;
  advice?: string;
}

/** What a client did, compared with what it should have done. */
export interface Verdict {
  pass: boolean;
  scenario: string;
  title: string;
  checks: Check[];
  calls: Record<string, unknown>[];
}

/** The headers and the text of a request or a response, without credentials. */
export interface Message {
  headers: Record<string, string>;
  body: string;
}

/** One request with its response. */
export interface Entry {
  number: number;
  at: string;
  method: string;
  path: string;
  query: Record<string, unknown>;
  surface: string;
  model: string;
  status: number | null;
  source: string;
  outcome: string;
  request: Message;
  response: Message;
  hint?: string;
  /** The parsed body of the request; undefined if it is not JSON. */
  json: any;
  /** The parsed body of the response; undefined if it is not JSON. */
  answer: any;
  [key: string]: unknown;
}

/** Filters of the journal: `{ status: "4xx" }`, `{ text: "weather" }`, `{ wait: 5, count: 2 }`. */
export type Filters = Record<string, string | number | boolean>;
