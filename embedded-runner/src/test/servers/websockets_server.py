"""Echoes by Python's websockets, one for each way to compress. Prints a line for each: its port and its parameters."""

import asyncio

import websockets
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

LARGEST = 32 * 2**20


async def receive(socket, path=None):
    async for message in socket:
        command = message.split(" ") if isinstance(message, str) else [""]
        if command[0] == "abort":
            socket.transport.abort()
        elif command[0] == "close":
            await socket.close(int(command[1]), command[2])
        elif command[0] == "fragments":
            await socket.send(["a", "b", "c"])
        else:
            await socket.send(message)


def ways():
    yield {}
    # zlib makes no raw stream with a window of 8 bits.
    for bits in range(9, 16):
        yield {"server_max_window_bits": bits}
    for bits in range(8, 16):
        yield {"client_max_window_bits": bits}
    yield {"server_no_context_takeover": True}
    yield {"client_no_context_takeover": True}
    yield {
        "server_no_context_takeover": True,
        "client_no_context_takeover": True,
        "server_max_window_bits": 9,
        "client_max_window_bits": 9,
    }


async def main():
    for way in ways():
        server = await websockets.serve(
            receive,
            "127.0.0.1",
            0,
            max_size=LARGEST,
            compression=None,
            extensions=[ServerPerMessageDeflateFactory(**way)],
        )
        port = server.sockets[0].getsockname()[1]
        print(port, *(f"{name}={value}" for name, value in way.items()), flush=True)
    print("listening", flush=True)
    await asyncio.Future()


asyncio.run(main())
