// Streams answers: GET /answer?q=… sends {"text": …} for each piece, then {"done": true} or {"error": …}.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import OpenAI from "openai";

export function createApp(client = new OpenAI()) {
  return createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    if (url.pathname !== "/answer") return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const send = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    try {
      send(await streamAnswer(client, url.searchParams.get("q") ?? "", send));
    } catch (error) {
      send({ error: error.status === 429 ? "busy" : "broken" });
    }
    response.end();
  });
}

async function streamAnswer(client, question, send) {
  const stream = await client.chat.completions.create({
    model: "gemini-2.5-flash",
    messages: [{ role: "user", content: question }],
    stream: true,
  });
  let finish;
  for await (const chunk of stream) {
    finish = chunk.choices[0]?.finish_reason ?? finish;
    const text = chunk.choices[0]?.delta?.content;
    if (text) send({ text });
  }
  return finish === "stop" ? { done: true } : { error: "incomplete" };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  createApp().listen(3000, "127.0.0.1", () => console.log("http://127.0.0.1:3000/answer?q=Hello"));
}
