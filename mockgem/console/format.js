// Numbers, times and states as people read them.

export function formatClock(text) {
  return text ? text.replace("T", " ").replace(/(\.\d+)?Z$/, "") : "";
}

export function formatTime(text) {
  return /T(\d\d:\d\d:\d\d)/.exec(text ?? "")?.[1] ?? "";
}

export function formatSeconds(seconds) {
  if (seconds === undefined || seconds === null) return "";
  if (seconds < 0.9995) return `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

export function formatBytes(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function formatCount(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

export function statusClass(status) {
  if (status === null || status === undefined) return "status none";
  return `status s${Math.floor(status / 100)}`;
}

export function stateClass(state) {
  const word = state.toLowerCase();
  if (/active|completed|succeeded/.test(word)) return "state good";
  if (/fail|expired|cancel/.test(word)) return "state bad";
  return "state busy";
}

export const SOURCES = {
  engine: "generated",
  scenario: "rule",
  answers: "test",
  cassette: "cassette",
  upstream: "real service",
  auth: "key check",
  nobody: "no such path",
  bug: "error in mockgem",
};

// The time of day on this machine, for times that are real.
export function formatLocalTime(text) {
  return new Date(text).toLocaleTimeString("en-GB");
}

// What answered a request, in a word or two.
export function describeSource(entry) {
  if (entry.source === "engine" && entry.status >= 400) return "refused";
  if (entry.missed) return "no recording";
  if (entry.rule && entry.rule !== "answers") return `rule ${entry.rule}`;
  return SOURCES[entry.source] ?? entry.source;
}

export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const MAX_SHOWN = 60_000;

// Text for the page: a browser gets slow with more.
export function limitText(text, most = MAX_SHOWN) {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n… ${formatCount(text.length - most, "more character")}`;
}
