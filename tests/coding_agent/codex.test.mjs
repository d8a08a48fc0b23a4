// Codex, a coding agent, on the gateway through its client library: only the base URL and the model
// differ from its defaults. A scenario says what the model calls; Codex runs it and reports back.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { Codex } from "@openai/codex-sdk";

const url = process.env.MOCKGEM_URL;
if (!url) throw new Error("MOCKGEM_URL is not set: it names a running server, such as http://127.0.0.1:8080");

const MODEL = "gemini-3-flash-preview";
const PROGRAM = "def add(a, b):\n    return a - b\n";
const FIX = { name: "exec_command", args: { cmd: "sed -i.old 's/a - b/a + b/' calc.py && cat calc.py" } };
const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const makeFolder = () => {
  folders.push(mkdtempSync(join(tmpdir(), "codex-")));
  return folders.at(-1);
};

/** A project with a mistake, an agent that works in it, and the requests of its world. */
const start = async (world, rules) => {
  const base = `${url}/w/${world}`;
  if (rules.length > 0) await direct(base, rules);
  const project = makeFolder();
  writeFileSync(join(project, "calc.py"), PROGRAM);
  const home = makeFolder();
  // Codex also looks for plugins at chatgpt.com; a proxy that does not exist keeps it on this machine.
  const env = { PATH: process.env.PATH, HOME: home, CODEX_HOME: home, HTTPS_PROXY: "http://127.0.0.1:9" };
  const codex = new Codex({ baseUrl: `${base}/v1`, apiKey: "any-key", env });
  const thread = codex.startThread({
    model: MODEL,
    workingDirectory: project,
    skipGitRepoCheck: true,
    sandboxMode: "danger-full-access",
    approvalPolicy: "never",
  });
  const read = () => readFileSync(join(project, "calc.py"), "utf8");
  return { thread, read, list: () => listRequests(base) };
};

const direct = async (base, rules) => {
  const sent = await fetch(`${base}/_mockgem/scenario`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ scenario: { title: "A coding agent at work", rules } }),
  });
  assert.equal(sent.status, 200, await sent.text());
};

const listRequests = async (base) => {
  const { entries } = await (await fetch(`${base}/_mockgem/journal?limit=100`)).json();
  return entries.filter((entry) => entry.method === "POST" && entry.path.endsWith("/responses"));
};

const SCRIPT = {
  name: "script",
  when: { endpoint: "generate" },
  say: { turns: [{ tool_calls: [FIX] }, { text: "I corrected the sign." }] },
};

test("Codex corrects a program and says so", async () => {
  const { thread, read, list } = await start("codex-task", [SCRIPT]);
  const { items, finalResponse, usage } = await thread.run("Fix the bug in calc.py");
  assert.equal(read(), PROGRAM.replace("-", "+"));
  assert.equal(finalResponse, "I corrected the sign.");
  const command = items.find((item) => item.type === "command_execution");
  assert.equal(command.exit_code, 0);
  assert.match(command.aggregated_output, /a \+ b/);
  assert.ok(usage.input_tokens > 1000 && usage.output_tokens > 0);
  assert.deepEqual((await list()).map((entry) => entry.status), [200, 200]);
});

test("Codex streams its events and continues the thread", async () => {
  const { thread, read } = await start("codex-thread", [SCRIPT]);
  const { events } = await thread.runStreamed("Fix the bug in calc.py");
  const types = [];
  for await (const event of events) types.push(event.type);
  assert.equal(types.at(0), "thread.started");
  assert.equal(types.at(-1), "turn.completed");
  assert.match(read(), /a \+ b/);
  const next = await thread.run("Explain to me how AI works");
  assert.match(next.finalResponse, /AI/);
});

test("Codex gets an object of its schema", async () => {
  const { thread } = await start("codex-schema", []);
  const outputSchema = {
    type: "object",
    properties: { name: { type: "string" }, participants: { type: "array", items: { type: "string" } } },
    required: ["name", "participants"],
    additionalProperties: false,
  };
  const { finalResponse } = await thread.run("John and Susan are going to an AI conference on Friday.", { outputSchema });
  assert.deepEqual(JSON.parse(finalResponse).participants, ["John", "Susan"]);
});

test("Codex tries again after a broken stream and an overloaded service", async () => {
  const broken = { name: "cut", when: { endpoint: "generate", calls: "1" }, faults: [{ fault: "cut", at: 3 }] };
  const overloaded = { name: "overloaded", when: { endpoint: "generate", calls: "2" }, fail: "overloaded" };
  const { thread, read, list } = await start("codex-retries", [broken, overloaded, SCRIPT]);
  const { finalResponse } = await thread.run("Fix the bug in calc.py");
  assert.equal(finalResponse, "I corrected the sign.");
  assert.match(read(), /a \+ b/);
  assert.deepEqual((await list()).map((entry) => entry.status).sort(), [200, 200, 200, 503]);
});
