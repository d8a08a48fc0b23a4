// Webhooks with @google/genai. A cassette has no deliveries, so this is no part of `make recorded`.

import assert from "node:assert/strict";
import crypto from "node:crypto";
import http from "node:http";
import { test } from "node:test";

import { GoogleGenAI } from "@google/genai";

const SERVER = process.env.MOCKGEM_URL ?? "http://127.0.0.1:8090";
const MODEL = "gemini-2.5-flash";

test("webhooks: a batch without polling", async () => {
  const baseUrl = `${SERVER}/w/webhooks-${process.pid}`;
  const ai = new GoogleGenAI({ apiKey: "any-key", httpOptions: { baseUrl } });
  let arrived;
  const event = new Promise((resolve) => { arrived = resolve; });
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => { body += chunk; });
    request.on("end", () => { response.end(); arrived({ headers: request.headers, body }); });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const uri = `http://127.0.0.1:${server.address().port}/hook`;
    const webhook = await ai.webhooks.create({ uri, subscribed_events: ["batch.succeeded"] });
    const src = [{ contents: [{ parts: [{ text: "Hi" }], role: "user" }] }];
    const batch = await ai.batches.create({ model: MODEL, src });
    const { headers, body } = await event;
    assert.equal(JSON.parse(body).data.id, batch.name);
    const key = Buffer.from(webhook.new_signing_secret.slice("whsec_".length), "base64");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    assert.equal(headers["webhook-signature"], `v1,${crypto.createHmac("sha256", key).update(signed).digest("base64")}`);
    await ai.webhooks.delete(webhook.id);
  } finally {
    server.close();
  }
});
