import { randomUUID } from "node:crypto";

/** A world of a test's own: what is said, what fails, what came. */
export class World {
  url = `${process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090"}/w/${randomUUID()}`;
  openaiURL = `${this.url}/v1beta/openai/`;

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

  say = (said, rule = {}) => this.ask("POST", "/scenario/rules", { when: { endpoint: "generate", times: 1 }, say: said, ...rule });
  fail = (error, rule = {}) => this.ask("POST", "/scenario/rules", { when: { times: 1 }, fail: error, ...rule });
  play = (name, more = {}) => this.ask("PUT", "/scenario", { name, ...more });
  verdict = () => this.ask("GET", "/verdict");
  journal = async () => (await this.ask("GET", "/journal")).entries;
}
