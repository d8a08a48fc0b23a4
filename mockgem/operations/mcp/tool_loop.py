"""Answer a question with the tools of MCP servers: generate, call, and generate again.

mockgem calls servers on this machine, and hosts that `--webhook-host` allows. Those of other
servers have no tools here, so the model answers without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mockgem.core.call import OperationContext
from mockgem.core.content import (
    Part,
    ServerToolCall,
    ServerToolResult,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
    Turn,
    Usage,
)
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.world import World
from mockgem.operations.conversation import number_calls
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import AUTO_TOOL_CHOICE, GenerateRequest
from mockgem.operations.generators.ids import compute_call_seed, derive_id_seed
from mockgem.operations.mcp.client import McpClient, McpServer
from mockgem.operations.mcp.messages import McpError, read_words
from mockgem.operations.scripted_reply import is_complete
from mockgem.operations.webhooks.records import find_host, may_deliver_to

MCP = "MCP_SERVER"
MAX_ROUNDS = 8
"""Times that the model may call tools before it has to answer."""
MAX_TOOLS = 128
"""Tools of all servers of a request; others are left out."""
Offer = Mapping[str, McpClient]
"""The server of each tool, by the name of the tool."""


async def answer_with_servers(
    question: GenerateRequest, servers: Sequence[McpServer], context: OperationContext
) -> Reply:
    """Return the reply to a question for which the model may call tools of servers.

    Raises ApiError (400) if a server on this machine can't be used.
    """
    send = context.world.send_message
    callable_servers = [one for one in servers if may_call(one, context.world)]
    if send is None or not callable_servers or says_everything(context):
        return await generate(question, context)
    clients = [McpClient(server, send) for server in callable_servers]
    try:
        question, offer = await offer_tools(question, clients)
        return await run_loop(question, offer, context)
    finally:
        for client in clients:
            await client.close()


def may_call(server: McpServer, world: World) -> bool:
    host = find_host(server.url)
    return bool(host) and may_deliver_to(host, world)


def says_everything(context: OperationContext) -> bool:
    """Return whether a scenario gives the whole reply, without a call of a tool."""
    script = context.scripted_reply
    if script is None or not is_complete(script):
        return False
    return not any(isinstance(part, ToolCall) for part in script.parts or ())


# Offer


async def offer_tools(
    question: GenerateRequest, clients: list[McpClient]
) -> tuple[GenerateRequest, Offer]:
    """Return the question with the servers' tools. Of tools with one name the first one counts."""
    tools = list(question.tools)
    taken = {tool.name for tool in tools}
    offer: dict[str, McpClient] = {}
    choice = question.tool_choice
    for client in clients:
        new = [tool for tool in await list_tools(client) if tool.name not in taken]
        new = new[: MAX_TOOLS - len(offer)]
        tools += new
        taken |= {tool.name for tool in new}
        offer |= {tool.name: client for tool in new}
        if client.server.must_call and new and choice == AUTO_TOOL_CHOICE:
            choice = ToolChoice("any", tuple([tool.name for tool in new]))
    return replace(question, tools=tuple(tools), tool_choice=choice), offer


async def list_tools(client: McpClient) -> list[Tool]:
    """Return the tools of a server. Raises ApiError (400) if it gives no list (a guess)."""
    try:
        await client.connect()
        return await client.list_tools()
    except (ConnectionError, McpError) as error:
        server = client.server
        message = (
            f"Failed to connect to the MCP server '{server.name[:100]}' at "
            f"{server.url[:200]}: {str(error)[:200]}"
        )
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="mcp_server")) from error


# Answer


async def run_loop(question: GenerateRequest, offer: Offer, context: OperationContext) -> Reply:
    """Generate replies, and call what they ask of servers, until one asks nothing more of them."""
    seed = derive_id_seed(context.world.id_seed, context)
    context = replace(context, repeat_count=0)  # results may differ, so nothing is cached
    shown: list[Part] = []
    usages: list[Usage] = []
    for number in range(MAX_ROUNDS):
        draft = (await generate(question, context)).draft
        candidate = number_calls(draft.candidates[0], compute_call_seed(seed, number))
        usages.append(draft.usage)
        calls = [call for call in candidate.tool_calls if is_offered(call, offer)]
        results = {call.id: await call_server(call, offer) for call in calls}
        shown += show_calls(candidate.parts, results)
        if not calls or len(calls) < len(candidate.tool_calls):
            break
        question = continue_question(question, calls, results)
        context = replace(context, scripted_reply=None)
    final = replace(candidate, parts=tuple(shown))
    whole = Draft(draft.model, (final,), join_usage(usages), draft.block_reason)
    return Reply(whole, context.world.now(), seed)


def is_offered(call: ToolCall, offer: Offer) -> bool:
    return call.name in offer and not call.raw_args


async def call_server(call: ToolCall, offer: Offer) -> ServerToolResult:
    """Return the result of a call as the interaction shows it."""
    client = offer[call.name]
    try:
        result = await client.call_tool(call.name, call.args)
    except ConnectionError as error:
        result = f"Error: {error}"
    facts = {"name": call.name, "server_name": client.server.name, "result": result}
    return ServerToolResult(MCP, facts, call.id)


def show_calls(parts: Sequence[Part], results: Mapping[str, ServerToolResult]) -> list[Part]:
    """Return the parts of a reply, with calls of servers and their results in place of calls."""
    shown: list[Part] = []
    for part in parts:
        result = results.get(part.id) if isinstance(part, ToolCall) else None
        if result is None or not isinstance(part, ToolCall):
            shown.append(part)
            continue
        facts = {
            "name": part.name,
            "server_name": result.output["server_name"],
            "arguments": part.args,
        }
        shown += [ServerToolCall(MCP, facts, part.id), result]
    return shown


def continue_question(
    question: GenerateRequest, calls: Sequence[ToolCall], results: Mapping[str, ServerToolResult]
) -> GenerateRequest:
    """Return the question with the calls and their results. The next reply may be words."""
    outputs = [
        ToolResult(call.name, read_words(results[call.id].output["result"]), call.id)
        for call in calls
    ]
    turns = (*question.turns, Turn("model", tuple(calls)), Turn("user", tuple(outputs)))
    choice = question.tool_choice
    if choice.mode == "any":
        choice = replace(choice, mode="auto")
    return replace(question, turns=turns, tool_choice=choice)


def join_usage(usages: Sequence[Usage]) -> Usage:
    """Return the tokens of all replies; what the model read of tools is counted apart (a guess)."""
    first, last = usages[0], usages[-1]
    return replace(
        first,
        output=sum([one.output for one in usages]),
        thoughts=sum([one.thoughts for one in usages]),
        tool_use_prompt=last.tool_use_prompt + last.prompt - first.prompt,
    )
