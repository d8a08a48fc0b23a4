import { randomUUID } from "node:crypto";

/** A separate world for a test: its replies, failures, verdict and journal. */
export class World {
  constructor(name = "test") {
    const slug = name.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 24);
    this.url = `${process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090"}/w/w-${slug}-${randomUUID().slice(0, 8)}`;
    this.openaiURL = `${this.url}/v1beta/openai/`;
  }

  async callAdmin(method, path, body) {
    const response = await fetch(`${this.url}/_mockgem${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const result = await response.json();
    if (!response.ok) throw new Error(result.error);
    return result;
  }

  /** `when` are conditions ({ text: "*weather*" }, { times: 3 }), `more` the rule's other keys ({ latency: { first: "2s" } }). */
  say = (reply, when = {}, more = {}) => this.addRule({ say: reply, ...more }, { endpoint: "generate", ...when });
  fail = (error, when = {}, more = {}) => this.addRule({ fail: error, ...more }, when);
  addRule = (rule, when) => this.callAdmin("POST", "/scenario/rules", { ...rule, when: { times: 1, ...when } });
  runScenario = (name, more = {}) => this.callAdmin("PUT", "/scenario", { name, ...more });
  verdict = () => this.callAdmin("GET", "/verdict");
  journal = async () => (await this.callAdmin("GET", "/journal")).entries;
}
