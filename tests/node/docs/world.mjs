import { randomUUID } from "node:crypto";

/** A world of a test's own: what is said, what fails, what came. */
export class World {
  constructor(name = "test") {
    const slug = name.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 24);
    this.url = `${process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090"}/w/w-${slug}-${randomUUID().slice(0, 8)}`;
    this.openaiURL = `${this.url}/v1beta/openai/`;
  }

  async ask(method, path, body) {
    const answer = await fetch(`${this.url}/_mockgem${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error);
    return found;
  }

  /** `when` are conditions ({ text: "*weather*" }, { times: 3 }), `more` the rule's other keys ({ latency: { first: "2s" } }). */
  say = (said, when = {}, more = {}) => this.rule({ say: said, ...more }, { endpoint: "generate", ...when });
  fail = (error, when = {}, more = {}) => this.rule({ fail: error, ...more }, when);
  rule = (rule, when) => this.ask("POST", "/scenario/rules", { ...rule, when: { times: 1, ...when } });
  play = (name, more = {}) => this.ask("PUT", "/scenario", { name, ...more });
  verdict = () => this.ask("GET", "/verdict");
  journal = async () => (await this.ask("GET", "/journal")).entries;
}
