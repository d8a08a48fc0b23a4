// Videos, streamed images and transcripts of the gateway, as openai for Node uses them.

import assert from "node:assert/strict";
import { test } from "node:test";

import OpenAI, { toFile } from "openai";

import { GATEWAY } from "./media.mjs";

const client = new OpenAI({ baseURL: GATEWAY, apiKey: "any-key" });
const sound = () => toFile(Buffer.concat([Buffer.from("sound"), Buffer.alloc(40_000, 7)]), "a.wav", { type: "audio/wav" });

const finish = async (video) => {
  while (["queued", "in_progress"].includes(video.status)) video = await client.videos.retrieve(video.id);
  return video;
};

test("a video is made, downloaded, remixed, listed and deleted", async () => {
  const made = await client.videos.create({ model: "veo-3.1-generate-preview", prompt: "A fox", seconds: "4", size: "720x1280" });
  assert.equal(made.status, "queued");
  const done = await finish(made);
  assert.deepEqual([done.status, done.progress, done.size], ["completed", 100, "720x1280"]);
  const film = Buffer.from(await (await client.videos.downloadContent(done.id)).arrayBuffer());
  assert.equal(film.subarray(4, 8).toString(), "ftyp");
  const still = await client.videos.downloadContent(done.id, { variant: "thumbnail" });
  assert.equal(still.headers.get("content-type"), "image/jpeg");
  const remix = await finish(await client.videos.remix(done.id, { prompt: "At night" }));
  assert.equal(remix.remixed_from_video_id, done.id);
  const ids = [];
  for await (const video of client.videos.list({ limit: 1 })) ids.push(video.id);
  assert.ok(ids.includes(done.id) && ids.includes(remix.id));
  assert.equal((await client.videos.delete(done.id)).deleted, true);
  await assert.rejects(client.videos.retrieve(done.id), OpenAI.NotFoundError);
});

test("images are streamed, whole and edited", async () => {
  const asked = { model: "gemini-2.5-flash-image", prompt: "A fox", stream: true };
  const picture = await toFile(Buffer.from("a picture"), "a.png", { type: "image/png" });
  for (const [stream, kind] of [
    [await client.images.generate(asked), "image_generation.completed"],
    [await client.images.edit({ ...asked, image: [picture, picture] }), "image_edit.completed"],
  ]) {
    const events = [];
    for await (const event of stream) events.push(event);
    assert.deepEqual(events.map((event) => event.type), [kind]);
    assert.equal(Buffer.from(events[0].b64_json, "base64").subarray(1, 4).toString(), "PNG");
  }
});

test("transcripts have times, speakers and usage", async () => {
  const model = "gemini-2.5-flash";
  const plain = await client.audio.transcriptions.create({ model, file: await sound() });
  assert.equal(plain.usage.type, "tokens");
  const timed = await client.audio.transcriptions.create({
    model,
    file: await sound(),
    response_format: "verbose_json",
    timestamp_granularities: ["word", "segment"],
  });
  assert.equal(timed.words.map((word) => word.word).join(" "), plain.text);
  assert.equal(timed.segments.at(-1).end, timed.duration);
  const spoken = await client.audio.transcriptions.create({ model, file: await sound(), response_format: "diarized_json" });
  assert.equal(spoken.segments.map((segment) => segment.text).join(" "), plain.text);
  const stream = await client.audio.transcriptions.create({ model, file: await sound(), stream: true });
  const pieces = [];
  for await (const event of stream) if (event.type === "transcript.text.delta") pieces.push(event.delta);
  assert.equal(pieces.join(""), plain.text);
});
