"""`hwbs mcp`: the record for an assistant."""

from contextlib import ExitStack
from typing import Annotated

import typer

from hwbs_graph.cli.options import Command
from hwbs_graph.cli.output import NoteOutput
from hwbs_graph.cli.source import GraphSource
from hwbs_graph.extras import require_extra


def serve_assistant(
    *,
    source: GraphSource,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", help="The longest a question may take, in seconds.")
    ] = 20,
    memory: Annotated[
        int, typer.Option(metavar="MIB", help="The most memory a question may take, in MiB.")
    ] = 1024,
    output: NoteOutput,
) -> None:
    """Give the record to an assistant.

    The Model Context Protocol on standard input and output: an assistant such as Copilot starts
    it. Read-only; every answer says its echo, rows and passages.
    """
    require_extra("mcp", "hwbs mcp")
    from hwbs_graph.cli.serve import keep_data
    from hwbs_graph.web.assistant.mcp_server import Workers, serve_stdio
    from hwbs_graph.web.assistant.tools import warm_up
    from hwbs_graph.web.workers.pool import Pool
    from hwbs_graph.web.workers.sandbox import SandboxPolicy
    from hwbs_graph.web.workers.worker_process import WorkerSpec

    with keep_data(source, output) as (kept, _), ExitStack() as closing:
        spec = WorkerSpec(kept.opener, timeout, memory << 20)
        sealed = spec._replace(sandbox=SandboxPolicy(kept.store), warm_up=warm_up)
        workers = Workers(Pool(sealed, 1), Pool(spec, 1))
        for pool in workers:
            closing.callback(pool.close)
        for pool in workers:
            pool.wait()
        serve_stdio(workers)


COMMAND = Command(serve_assistant, "hwbs mcp --graph elmstead --only")
