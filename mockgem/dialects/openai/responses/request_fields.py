"""The fields of requests to the Responses API. Unknown fields are ignored, as in chat.

Evidence: sdk-openai-responses.
"""

from __future__ import annotations

from mockgem.dialects.common.proto_fields import (
    FieldReader,
    anything,
    boolean,
    double,
    either,
    int32,
    mapping,
    message,
    repeated,
    string,
    struct,
)

PART = message(
    "ResponseContent",
    {
        "type": string,
        "text": string,
        "refusal": string,
        "image_url": either(string, message("ImageUrl", {"url": string}, open_ended=True)),
        "file_data": string,
        "file_id": string,
        "file_url": string,
        "filename": string,
        "detail": string,
        "input_audio": message("InputAudio", {"data": string, "format": string}, open_ended=True),
    },
    open_ended=True,
)
CONTENT = either(string, repeated(either(string, PART)))
ITEM = message(
    "ResponseItem",
    {
        "type": string,
        "id": string,
        "role": string,
        "content": CONTENT,
        "status": string,
        "call_id": string,
        "name": string,
        "namespace": string,
        "arguments": string,
        "input": string,
        "output": CONTENT,
        "encrypted_content": string,
        "summary": repeated(PART),
        "code": string,
        "result": string,
        "outputs": repeated(struct),
    },
    open_ended=True,
)
"""The fields of all items that the gateway passes on to Gemini."""
TOOL_FIELDS: dict[str, FieldReader] = {
    "type": string,
    "name": string,
    "description": string,
    "parameters": struct,
    "strict": boolean,
    "vector_store_ids": repeated(string),
    "max_num_results": int32,
    "filters": struct,
}
INNER_TOOL = message("ResponseTool", TOOL_FIELDS, open_ended=True)
TOOL = message("ResponseTool", {**TOOL_FIELDS, "tools": repeated(INNER_TOOL)}, open_ended=True)
TEXT = message("ResponseText", {"format": struct, "verbosity": string}, open_ended=True)
REASONING = message(
    "ResponseReasoning",
    {"effort": string, "summary": string, "generate_summary": string},
    open_ended=True,
)
CONVERSATION = either(string, message("ResponseConversation", {"id": string}, open_ended=True))
QUESTION: dict[str, FieldReader] = {
    "model": string,
    "input": either(string, repeated(ITEM)),
    "instructions": string,
    "previous_response_id": string,
    "conversation": CONVERSATION,
    "tools": repeated(TOOL),
    "tool_choice": either(string, struct),
    "parallel_tool_calls": boolean,
    "text": TEXT,
    "reasoning": REASONING,
    "truncation": string,
}
CREATE = message(
    "CreateResponse",
    {
        **QUESTION,
        "background": boolean,
        "store": boolean,
        "stream": boolean,
        "include": repeated(string),
        "metadata": mapping(string),
        "max_output_tokens": int32,
        "max_tool_calls": int32,
        "temperature": double,
        "top_p": double,
        "top_logprobs": int32,
        "user": string,
        "safety_identifier": string,
        "prompt_cache_key": string,
        "service_tier": string,
        "prompt": anything,
    },
    open_ended=True,
)
COUNT = message("CountInputTokens", QUESTION, open_ended=True)
ITEMS = message("ConversationItems", {"items": repeated(ITEM)}, open_ended=True)
CONVERSATION_BODY = message(
    "CreateConversation", {"items": repeated(ITEM), "metadata": mapping(string)}, open_ended=True
)
