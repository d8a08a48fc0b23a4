import OpenAI from "openai";

// ?world=NAME gives each test its own world on the mock server. The key is not a real one:
// dangerouslyAllowBrowser is safe as long as no real key reaches the page.
const world = new URLSearchParams(location.search).get("world");
const prefix = world ? `/llm/w/${world}` : "/llm";
const client = new OpenAI({
  baseURL: `${location.origin}${prefix}/v1beta/openai/`,
  apiKey: "no-key-in-the-page",
  dangerouslyAllowBrowser: true,
  maxRetries: 0,
});

/** Yield the pieces of an answer. Throws Incomplete if a filter or a limit ended it. */
export async function* streamAnswer(messages, signal) {
  const stream = await client.chat.completions.create(
    { model: "gemini-2.5-flash", messages, stream: true },
    { signal },
  );
  let finish;
  for await (const chunk of stream) {
    finish = chunk.choices[0]?.finish_reason ?? finish;
    const text = chunk.choices[0]?.delta?.content;
    if (text) yield text;
  }
  if (finish !== "stop") throw new Incomplete();
}

export async function drawPicture(prompt) {
  const answer = await client.images.generate({
    model: "imagen-4.0-generate-001",
    prompt,
    response_format: "b64_json",
  });
  return `data:image/png;base64,${answer.data[0].b64_json}`;
}

export class Incomplete extends Error {}

/** Return a sentence for people. */
export function explain(error) {
  if (error instanceof Incomplete) return "The answer is not complete.";
  if (error.status === 429) return "Too many questions. Please wait a moment.";
  if (error.status >= 500) return "The model is not available. Please try again.";
  return "The connection broke. Please try again.";
}
