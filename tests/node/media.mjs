// Small files of the kinds the samples send, and clients for each surface.

import OpenAI from "openai";
import { writeFileSync } from "node:fs";

const url = process.env.MOCKGEM_URL;
if (!url) throw new Error("MOCKGEM_URL is not set: it names a running server, such as http://127.0.0.1:8080");

export const GEMINI = `${url}/v1beta/openai/`;
export const GATEWAY = `${url}/v1`;
export const VERTEX = `${url}/v1/projects/PROJECT_ID/locations/us-central1/endpoints/openapi`;

export const client = (baseURL) => new OpenAI({ apiKey: "GEMINI_API_KEY", baseURL });

/** A grey picture of 16 x 8 pixels. */
export function writeJpeg(path) {
  const segment = (marker, ...body) => [0xff, marker, 0, body.length + 2, ...body];
  const huffman = [1, ...Array(15).fill(0), 0];
  writeFileSync(
    path,
    Buffer.from([
      ...[0xff, 0xd8],
      ...segment(0xdb, 0, ...Array(64).fill(1)),
      ...segment(0xc0, 8, 0, 8, 0, 16, 1, 1, 0x11, 0),
      ...segment(0xc4, 0x00, ...huffman),
      ...segment(0xc4, 0x10, ...huffman),
      ...segment(0xda, 1, 1, 0, 0, 0x3f, 0),
      ...[0x0f, 0xff, 0xd9],
    ]),
  );
  return path;
}

/** Half a second of silence: 8,000 samples a second, two bytes each. */
export function writeWav(path) {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + 8000, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(8000, 40);
  writeFileSync(path, Buffer.concat([header, Buffer.alloc(8000)]));
  return path;
}
