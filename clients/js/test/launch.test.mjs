import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { start } from "mockgem";
import { buildCommand, needsPort } from "../dist/esm/launch.js";

const has = (...programs) => (program) => programs.includes(program);
const withoutVariable = (run) => {
  const { MOCKGEM_COMMAND } = process.env;
  delete process.env.MOCKGEM_COMMAND;
  try {
    return run();
  } finally {
    if (MOCKGEM_COMMAND !== undefined) process.env.MOCKGEM_COMMAND = MOCKGEM_COMMAND;
  }
};
const build = (options, find) => withoutVariable(() => buildCommand(options, 4000, "t", find).join(" "));

test("a wrong way, command or list of options says what is valid", () => {
  assert.throws(() => build({ via: "pip" }), /no way "pip"; use command, uvx, pipx, container/);
  assert.throws(() => build({ command: "mockgem serve" }), /command is "mockgem serve"; it must be a list/);
  assert.throws(() => build({ args: "--seed 7" }), /args is "--seed 7"; it must be a list/);
});

test("the installed command comes first, then uvx, pipx and a container", () => {
  assert.equal(build({}, has("mockgem", "uvx")), "mockgem serve --port 4000 --quiet");
  assert.equal(build({}, has("uvx", "pipx")), "uvx --from mockgem mockgem serve --port 4000 --quiet");
  assert.equal(build({}, has("pipx", "docker")), "pipx run --spec mockgem mockgem serve --port 4000 --quiet");
  assert.match(build({}, has("docker")), /^docker run --rm --init --publish 127.0.0.1:4000:8090 .* mockgem serve --host 0.0.0.0/);
  assert.match(build({}, has("podman")), /^podman run/);
  assert.equal(withoutVariable(() => needsPort({}, has("docker"))), true);
  assert.equal(withoutVariable(() => needsPort({}, has("uvx"))), false);
});

test("options choose the way, the package, the image and the server's options", () => {
  assert.match(build({ via: "uvx", package: "./here" }, has("mockgem", "uvx")), /^uvx --from \.\/here mockgem/);
  assert.match(build({ via: "container", image: "team/mock" }, has("docker")), / team\/mock serve/);
  assert.match(build({ args: ["--seed", "7"] }, has("mockgem")), /--seed 7$/);
  assert.equal(build({ command: ["python", "-m", "mockgem"] }, has()), "python -m mockgem serve --port 4000 --quiet");
});

test("a machine without any of them gets a remedy", () => {
  assert.throws(() => build({}, has()), /pip install mockgem/);
  assert.throws(() => build({ via: "pipx" }, has("uvx")), /there is no pipx/);
});

const command = process.env.MOCKGEM_COMMAND.split(" ");

test("a server starts, answers and stops", async () => {
  const server = await start({ command, args: ["--seed", "7"] });
  assert.equal((await fetch(`${server.url}/_mockgem/health`)).status, 200);
  await server.stop();
  await assert.rejects(fetch(`${server.url}/_mockgem/health`));
  await server.stop();
});

test("a server that can't start is an error with its message", async () => {
  await assert.rejects(start({ command, args: ["--scenario", "overlaoded"] }), /did you mean overloaded/);
  await assert.rejects(start({ command: ["no-such-program"] }), /can't run no-such-program/);
});

test("a program that forgets to stop its server ends, and its server too", () => {
  const code = `import { start } from "mockgem"; console.log((await start({ command: ${JSON.stringify(command)} })).url);`;
  const done = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: import.meta.dirname, encoding: "utf8", timeout: 60_000 });
  assert.equal(done.status, 0, done.stderr);
  return assert.rejects(async () => {
    for (let n = 0; n < 1200; n++) await fetch(`${done.stdout.trim()}/_mockgem/health`).then(() => new Promise((go) => setTimeout(go, 50)));
  });
});

test("MOCKGEM_URL names a running server, which stop() leaves alone", async () => {
  const server = await start({ command });
  process.env.MOCKGEM_URL = server.url;
  try {
    const other = await start();
    assert.equal(other.url, server.url);
    await other.stop();
    assert.equal((await fetch(`${server.url}/_mockgem/health`)).status, 200);
  } finally {
    delete process.env.MOCKGEM_URL;
    await server.stop();
  }
});

for (const via of (process.env.MOCKGEM_TEST_LAUNCHERS ?? "").split(" ").filter(Boolean)) {
  test(`${via} starts a server`, async () => {
    const server = await start({ via, package: process.env.MOCKGEM_TEST_PACKAGE });
    const world = server.world();
    await world.say("Sunny");
    assert.deepEqual(await world.journal(), []);
    await server.stop();
  });
}
