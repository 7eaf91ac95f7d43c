"""The web server: the SPARQL endpoint, the catalogue, and pages to read; all read-only.

Queries run in worker processes that are ended when they exceed their time or memory. Nothing a
page shows comes from elsewhere, and no query can reach another machine.

Out of scope: TLS, log-in and caching; where they are wanted, a reverse proxy stands before it.
"""

from hwbs_graph.server.origins import origins
from hwbs_graph.server.running import Server, Settings, serve
from hwbs_graph.server.sealing import Held

__all__ = ["Held", "Server", "Settings", "origins", "serve"]
