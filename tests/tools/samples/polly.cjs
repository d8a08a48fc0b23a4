// Record two requests with Polly.js: `node polly.cjs FOLDER BASE_URL`.
const { Polly } = require("@pollyjs/core");
const FetchAdapter = require("@pollyjs/adapter-fetch");
const FsPersister = require("@pollyjs/persister-fs");

Polly.register(FetchAdapter);
Polly.register(FsPersister);
const question = { contents: [{ role: "user", parts: [{ text: "Say hi in Portuguese" }] }] };

(async () => {
  const [folder, base] = process.argv.slice(2);
  const persisterOptions = { fs: { recordingsDir: folder } };
  const polly = new Polly("gemini", { adapters: ["fetch"], persister: "fs", persisterOptions });
  for (const method of ["generateContent", "streamGenerateContent?alt=sse"]) {
    const response = await fetch(`${base}/v1beta/models/gemini-2.5-flash:${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "x-goog-api-key": "any-key" },
      body: JSON.stringify(question),
    });
    console.log(response.status, (await response.text()).length);
  }
  await polly.stop();
})();
