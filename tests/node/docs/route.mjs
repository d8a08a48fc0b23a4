import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { convertToModelMessages, streamText } from "ai";

// The key stays on the server. `mockgem run -- next dev` sets both variables.
const gemini = createOpenAICompatible({
  name: "gemini",
  apiKey: process.env.OPENAI_API_KEY,
  baseURL: process.env.OPENAI_BASE_URL,
});

export async function POST(request) {
  const { messages } = await request.json();
  const result = streamText({
    model: gemini("gemini-2.5-flash"),
    messages: await convertToModelMessages(messages),
    maxRetries: 1,
  });
  return result.toUIMessageStreamResponse({ onError: explain });
}

// After several tries, the AI SDK's error has the last one inside.
function explain(error) {
  const status = (error?.lastError ?? error)?.statusCode;
  return status === 429 ? "busy" : "The model is not available.";
}
