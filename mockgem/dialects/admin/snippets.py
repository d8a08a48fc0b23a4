"""Base URLs of a world and code that connects clients to it, ready to paste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest
from mockgem.dialects.admin.json_endpoint import Json, decode_request, encode, encode_failure

BaseUrls = Sequence[tuple[str, str]]
"""Titles of surfaces, and the paths of their base URLs."""


@frozen
class Snippet:
    """Code in one language with one SDK; {url} is the server with the world."""

    language: str
    sdk: str
    code: str


SNIPPETS = (
    Snippet(
        "Python",
        "openai",
        """from openai import OpenAI

client = OpenAI(base_url="{url}/v1beta/openai/", api_key="any-key")
reply = client.chat.completions.create(
    model="gemini-2.5-flash",
    messages=[{"role": "user", "content": "Hello"}],
)
print(reply.choices[0].message.content)
""",
    ),
    Snippet(
        "Python",
        "google-genai",
        """from google import genai

client = genai.Client(api_key="any-key", http_options={"base_url": "{url}"})
reply = client.models.generate_content(model="gemini-2.5-flash", contents="Hello")
print(reply.text)
""",
    ),
    Snippet(
        "Python",
        "LangChain",
        """from langchain_openai import ChatOpenAI

model = ChatOpenAI(
    model="gemini-2.5-flash", base_url="{url}/v1beta/openai/", api_key="any-key"
)
print(model.invoke("Hello").content)
""",
    ),
    Snippet(
        "JavaScript",
        "openai",
        """import OpenAI from "openai";

const client = new OpenAI({ baseURL: "{url}/v1beta/openai/", apiKey: "any-key" });
const reply = await client.chat.completions.create({
  model: "gemini-2.5-flash",
  messages: [{ role: "user", content: "Hello" }],
});
console.log(reply.choices[0].message.content);
""",
    ),
    Snippet(
        "JavaScript",
        "@google/genai",
        """import { GoogleGenAI } from "@google/genai";

const client = new GoogleGenAI({ apiKey: "any-key", httpOptions: { baseUrl: "{url}" } });
const reply = await client.models.generateContent({
  model: "gemini-2.5-flash",
  contents: "Hello",
});
console.log(reply.text);
""",
    ),
    Snippet(
        "JavaScript",
        "Vercel AI SDK",
        """import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { generateText } from "ai";

const google = createGoogleGenerativeAI({ baseURL: "{url}/v1beta", apiKey: "any-key" });
const { text } = await generateText({ model: google("gemini-2.5-flash"), prompt: "Hello" });
console.log(text);
""",
    ),
    Snippet(
        "Go",
        "google.golang.org/genai",
        """client, err := genai.NewClient(ctx, &genai.ClientConfig{
	APIKey:      "any-key",
	Backend:     genai.BackendGeminiAPI,
	HTTPOptions: genai.HTTPOptions{BaseURL: "{url}"},
})
reply, err := client.Models.GenerateContent(ctx, "gemini-2.5-flash", genai.Text("Hello"), nil)
fmt.Println(reply.Text())
""",
    ),
    Snippet(
        "Java",
        "google-genai",
        """Client client = Client.builder()
    .apiKey("any-key")
    .httpOptions(HttpOptions.builder().baseUrl("{url}").build())
    .build();
GenerateContentResponse reply =
    client.models.generateContent("gemini-2.5-flash", "Hello", null);
System.out.println(reply.text());
""",
    ),
    Snippet(
        "Shell",
        "curl",
        """curl {url}/v1beta/models/gemini-2.5-flash:generateContent \\
  -H 'x-goog-api-key: any-key' -H 'Content-Type: application/json' \\
  -d '{"contents": [{"parts": [{"text": "Hello"}]}]}'
""",
    ),
    Snippet(
        "Shell",
        "environment",
        """export OPENAI_BASE_URL={url}/v1beta/openai/ OPENAI_API_KEY=any-key
export GOOGLE_GEMINI_BASE_URL={url} GEMINI_API_KEY=any-key
""",
    ),
    Snippet(
        "Shell",
        "https and wss",
        """curl {url}/_mockgem/ca.pem -o mockgem-ca.pem
export SSL_CERT_FILE=$PWD/mockgem-ca.pem NODE_EXTRA_CA_CERTS=$PWD/mockgem-ca.pem
""",
    ),
)


def build_snippets_endpoint(base_urls: BaseUrls, token: str) -> Endpoint[str, Json]:
    """Return the endpoint. With a token, only requests that have it are answered."""

    def decode(wire: WireRequest, params: Mapping[str, str]) -> str:
        decode_request(wire, params, token)
        return wire.base_url

    async def render(url: str, context: OperationContext) -> Json:
        return {
            "url": url,
            "base_urls": [{"title": title, "url": url + base} for title, base in base_urls],
            "snippets": [
                {"language": one.language, "sdk": one.sdk, "code": one.code.replace("{url}", url)}
                for one in SNIPPETS
            ],
        }

    return Endpoint(
        "GET",
        "/snippets",
        "Show base URLs and code that connects clients",
        decode,
        render,
        lambda request, result: encode({}, result),
        encode_failure,
        pure=False,
    )
