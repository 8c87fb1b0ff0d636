"""A local HTTP server that speaks the OpenAI protocol (chat completions, streamed), faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Behaviour:
    """What the server does. `fault` is "", "500", "401", "hang", "slow", "break", "garbage" or "empty"."""

    reply: str = ""
    fault: str = ""
    requests: list[dict] = field(default_factory=list)
    headers: list[dict] = field(default_factory=list)


def _chunk(text: str, finish: str | None = None) -> bytes:
    body = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "proefmodel",
        "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(body).encode() + b"\n\n"


class _Handler(BaseHTTPRequestHandler):
    behaviour: Behaviour

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        behaviour = self.behaviour
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        behaviour.requests.append(json.loads(body))
        behaviour.headers.append(dict(self.headers))
        if behaviour.fault == "hang":
            time.sleep(2.5)
        if behaviour.fault in ("500", "401"):
            self.send_response(int(behaviour.fault))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"error": {"message": "kapot", "type": "server_error"}}')
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            self._stream(behaviour)
        except (BrokenPipeError, ConnectionResetError):
            return

    def _stream(self, behaviour: Behaviour) -> None:
        if behaviour.fault == "garbage":
            self.wfile.write(b"data: {dit is geen json\n\ndata: [DONE]\n\n")
            return
        words = [] if behaviour.fault == "empty" else behaviour.reply.split(" ")
        for number, word in enumerate(words):
            self.wfile.write(_chunk(word if number == 0 else f" {word}"))
            self.wfile.flush()
            if behaviour.fault == "slow":
                time.sleep(0.4)
            if behaviour.fault == "break" and number == 2:
                self.wfile.write(b'data: {"choices": [{"del')
                return
        self.wfile.write(_chunk("", "stop") + b"data: [DONE]\n\n")


@contextmanager
def llm_server(behaviour: Behaviour) -> Iterator[str]:
    """The address of a running server, to the "/v1"; it stops at the end."""
    handler = type("Handler", (_Handler,), {"behaviour": behaviour})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
