"""A SPARQL server that answers whatever a test says."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

ROWS = "application/sparql-results+json"
#: One row: ?x is <urn:found>.
FOUND = json.dumps(
    {
        "head": {"vars": ["x"]},
        "results": {"bindings": [{"x": {"type": "uri", "value": "urn:found"}}]},
    }
)
#: Status, headers and body.
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server that answers as a test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: Callable[[int], Answer] = lambda number: (200, {"Content-Type": ROWS}, b"")
        self.asked: list[tuple[dict[str, str], dict[str, list[str]]]] = []
        self.paths: list[str] = []
        self.url = ""

    def says(self, status: int, type: str, body: str | bytes, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers = lambda number: (status, {"Content-Type": type, **more}, data)


@contextmanager
def serving(site: Site, context: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            self.reply(parse_qs(body))

        def do_GET(self) -> None:
            self.reply({})

        def reply(self, form: dict[str, list[str]]) -> None:
            site.asked.append((dict(self.headers), form))
            site.paths.append(self.path)
            status, headers, data = site.answers(len(site.asked))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(data))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    scheme = "https" if context else "http"
    site.url = f"{scheme}://127.0.0.1:{server.server_port}/sparql"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
