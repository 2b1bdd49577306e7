"""Python's official client of the protocol against `gong mcp`, over both transports and in both versions.

    client.py GONG URL      the binary to start, and a server that listens
"""

import asyncio
import json
import sys

from mcp import Client, MCPError, StdioServerParameters, stdio_client

GONG, URL = sys.argv[1:]
VERSIONS = {"legacy": "2025-11-25", "auto": "2026-07-28"}
INVALID_PARAMS, RESOURCE_NOT_FOUND = -32602, -32002


async def look_round(client: Client) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert tools["gong_users_list"].annotations.read_only_hint is True

    called = await client.call_tool("gong_users_list", {"_fields": ["id", "emailAddress"]})
    assert not called.is_error
    assert called.structured_content["users"][0].keys() == {"id", "emailAddress"}
    assert json.loads(called.content[0].text) == called.structured_content

    wrong = await client.call_tool("gong_users_list", {"limit": 1})
    assert wrong.is_error and wrong.structured_content["error"] == "InvalidInput"
    assert "`limit` is unknown" in wrong.content[0].text

    quota = json.loads((await client.read_resource("gong://quota")).contents[0].text)
    assert "limit" in quota

    assert "account_brief" in {prompt.name for prompt in (await client.list_prompts()).prompts}
    brief = await client.get_prompt("account_brief", {"account": "Acme"})
    assert "Acme" in brief.messages[0].content.text

    await refused(client.call_tool("gong_users_lst", {}), INVALID_PARAMS)
    # The code that the version of 2025-11-25 has for it is another one.
    is_older = client.protocol_version == VERSIONS["legacy"]
    await refused(client.read_resource("gong://calls/x"), RESOURCE_NOT_FOUND if is_older else INVALID_PARAMS)


async def refused(request, code: int) -> None:
    try:
        await request
    except MCPError as error:
        assert error.code == code, error
    else:
        raise AssertionError("what is not there was given")


async def main() -> None:
    for transport in ("stdio", "http"):
        for mode, version in VERSIONS.items():
            started = StdioServerParameters(command=GONG, args=["mcp", "--sandbox"])
            async with Client(stdio_client(started) if transport == "stdio" else URL, mode=mode) as client:
                assert client.protocol_version == version, (transport, mode, client.protocol_version)
                await look_round(client)
                print(transport, version)


asyncio.run(main())
