"""The client of Python against the server of PythonClientTest: over polling, WebSocket and first one and then the other."""

import os
import threading
import unittest

import engineio.payload
import socketio

# What comes by polling may be more packets at once than this client takes by default, 16.
engineio.payload.Payload.max_decode_packets = 1000

ADDRESS = os.environ["ADDRESS"]
SECONDS = 10


class Cases:
    transports = []

    def connect(self, *namespaces):
        client = socketio.Client(reconnection=False)
        self.addCleanup(client.disconnect)
        client.connect(
            ADDRESS, transports=self.transports, namespaces=list(namespaces or "/"), wait_timeout=SECONDS
        )
        return client

    def test_it_sends_events_and_gets_answers(self):
        answer = self.connect().call("echo", (1, "€😀", {"a": [True, None]}))
        self.assertEqual(answer, (1, "€😀", {"a": [True, None]}))

    def test_it_sends_and_gets_bytes(self):
        self.assertEqual(self.connect().call("echo", b"\x01\x02\x03"), b"\x01\x02\x03")

    def test_it_answers(self):
        client = self.connect()
        client.on("question", lambda number: number + 1)
        self.assertEqual(client.call("ask me", 1), 2)

    def test_it_is_sent_large_events_in_order(self):
        client = self.connect()
        numbers = []
        done = threading.Event()

        @client.on("n")
        def on_n(number, text):
            numbers.append(number)
            if len(numbers) == 100:
                done.set()

        client.emit("count", (100, "x" * 5000))
        self.assertTrue(done.wait(SECONDS))
        self.assertEqual(sorted(numbers), list(range(100)))

    def test_it_is_refused_by_middleware(self):
        client = socketio.Client(reconnection=False)
        refusals = []
        client.on("connect_error", lambda error: refusals.append(error), namespace="/no")
        with self.assertRaises(socketio.exceptions.ConnectionError):
            # It waits for this time though it has been refused.
            client.connect(ADDRESS, transports=self.transports, namespaces=["/no"], wait_timeout=1)
        self.assertEqual(refusals, [{"message": "no", "data": "data"}])

    def test_it_is_disconnected(self):
        client = self.connect("/custom")
        gone = threading.Event()
        client.on("disconnect", gone.set, namespace="/custom")
        client.emit("bye", namespace="/custom")
        self.assertTrue(gone.wait(SECONDS))


class Polling(Cases, unittest.TestCase):
    transports = ["polling"]


class WebSocket(Cases, unittest.TestCase):
    transports = ["websocket"]


class PollingThenWebSocket(Cases, unittest.TestCase):
    transports = ["polling", "websocket"]

    def test_it_changes_to_WebSocket(self):
        self.assertEqual(self.connect().transport(), "websocket")


if __name__ == "__main__":
    unittest.main(verbosity=2)
