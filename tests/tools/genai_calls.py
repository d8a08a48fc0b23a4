"""Make some calls with google-genai and print the results, for `tests/tools/conversions.py`."""

from __future__ import annotations

import json
import os

from google import genai

# Without this variable the replay client runs, which only knows recordings of the real address.
url = os.environ.get("MOCKGEM_URL", "")
client = genai.Client(api_key="k", http_options={"base_url": url} if url else None)
whole = client.models.generate_content(model="gemini-2.5-flash", contents="Tell me about the sea")
chunks = list(
    client.models.generate_content_stream(model="gemini-3.6-flash", contents="Tell me about rain")
)
tokens = client.models.count_tokens(model="gemini-2.5-flash", contents="How many tokens are these?")
vectors = client.models.embed_content(model="gemini-embedding-001", contents=["one", "two"])
print(
    json.dumps(
        {
            "whole": [whole.text, whole.response_id],
            "chunks": [chunk.text for chunk in chunks],
            "tokens": tokens.total_tokens,
            "vectors": [len(vector.values or ()) for vector in vectors.embeddings or ()],
        }
    )
)
client._api_client.close()  # makes the replay client write its file
