// The journal as a stream of events. It reconnects by itself, and continues where it was.
// EventSource can't send a token, so this reads the response of fetch.

import { BASE, buildHeaders } from "./api.js";

export class JournalEvents extends EventTarget {
  constructor() {
    super();
    this.query = "";
    this.lastId = "";
    this.stopper = null;
    this.run = 0;
  }

  // Start, or start again with other filters.
  open(query = "", lastId = "") {
    this.query = query;
    this.lastId = lastId;
    this.stopper?.abort();
    this.follow((this.run += 1));
  }

  async follow(run) {
    let delay = 300;
    while (run === this.run) {
      try {
        await this.read(run, () => (delay = 300));
      } catch (error) {
        if (run !== this.run) return;
        this.emit("state", { isLive: false, status: error.status ?? 0 });
        if (error.status === 401 || error.status === 403) return;
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
      delay = Math.min(delay * 1.6, 4000);
    }
  }

  async read(run, onconnect) {
    this.stopper = new AbortController();
    const headers = buildHeaders(this.lastId ? { "Last-Event-ID": this.lastId } : {});
    const url = `${BASE}journal/events${this.query ? `?${this.query}` : ""}`;
    const response = await fetch(url, { headers, signal: this.stopper.signal, cache: "no-store" });
    if (!response.ok) throw Object.assign(new Error("refused"), { status: response.status });
    onconnect();
    if (run === this.run) this.emit("state", { isLive: true });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      if (run !== this.run) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      blocks.forEach((block) => this.dispatchBlock(block));
    }
    if (run === this.run) this.emit("state", { isLive: false, status: 0 });
  }

  dispatchBlock(block) {
    let name = "";
    let data = "";
    for (const line of block.split("\n")) {
      if (line.startsWith("id: ")) this.lastId = line.slice(4);
      else if (line.startsWith("event: ")) name = line.slice(7);
      else if (line.startsWith("data: ")) data += line.slice(6);
    }
    if (name) this.emit(name, JSON.parse(data || "{}"));
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export const events = new JournalEvents();
