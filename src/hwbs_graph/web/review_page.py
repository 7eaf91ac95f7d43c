"""A page on this machine on which a person answers the open questions of a board's folder.

Whoever knows the token in its address may answer; a page of another site may not. Each answer is
kept at once, as `hwbs review` keeps it.

Out of scope: what an answer does (`intake`).
"""

import secrets
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hwbs_graph.data.interrupts import interruptible
from hwbs_graph.errors import HwbsError, UsageError
from hwbs_graph.intake import review_desk
from hwbs_graph.intake.answers import TAKES, WORDS
from hwbs_graph.intake.board_folder import BoardFolder, open_folder
from hwbs_graph.intake.decisions import Decision, list_standing
from hwbs_graph.web.access import LOOPBACK, AccessGuard
from hwbs_graph.web.pages.rendering import HTML, page_headers, render_page, static_file

#: What writes decisions into a folder; it raises HwbsError where it cannot.
Keep = Callable[[BoardFolder, Sequence[Decision]], None]
_MOST_BYTES, _MOST_FIELDS = 1_000_000, 2_000
#: More actions than that are not offered one by one.
_MOST_ACTIONS = 200
_HINTS = {
    "cell": "The bodies in the words of the cell, such as “A; B”, or “PRINTED = BODY”",
    "names": "PRINTED = BODY, such as “ICB = Integrated Care Board”",
    "date": "A date, such as 2027-03",
}
_LABELS = {
    "yes": "Yes, as it is read",
    "no": "No",
    "one": "One body",
    "split": "Several bodies",
    "names": "As written below",
    "date": "As written below",
    "later": "Ask later",
}


class ReviewPage(NamedTuple):
    """The page of one board: its folder, its token, who answers, and what keeps an answer."""

    folder: Path
    token: str
    by: review_desk.By
    keep: Keep
    lock: Any

    def is_allowed(self, request: Request) -> bool:
        """Say whether the address holds the token, and no other site sent the request."""
        given = str(request.path_params["token"]).encode("utf-8")
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
        own = f"http://{request.headers.get('host', '')}"
        ours = origin in (None, own) and site in ("none", "same-origin")
        is_read = request.method in ("GET", "HEAD")
        return secrets.compare_digest(given, self.token.encode()) and (ours or is_read)

    async def answer(self, request: Request) -> Response:
        """Show the questions, or keep an answer and show what is left."""
        if not self.is_allowed(request):
            return PlainTextResponse("There is no such page.\n", 404)
        if request.method != "POST":
            return self.show(request.query_params.get("kind", ""))
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BYTES:
                return PlainTextResponse("An answer is longer than one megabyte.\n", 413)
        return await run_in_threadpool(self.take, body)

    def take(self, body: bytes) -> Response:
        """Keep what a form says, and lead on to the next question."""
        try:
            form = parse_qs(body.decode("utf-8"), max_num_fields=_MOST_FIELDS)
        except ValueError:
            return PlainTextResponse("The form cannot be read.\n", 400)
        key = form.get("question", [""])[0]
        with self.lock:
            try:
                board = open_folder(self.folder)
                self.keep(board, self.decide(board, form))
            except HwbsError as error:
                return self.show("", str(error), key, form.get("names", [""])[0])
        after = _find_next(board, open_folder(self.folder), key)
        return RedirectResponse(f"/{self.token}/#{after}", 303)

    def decide(self, board: BoardFolder, form: dict[str, list[str]]) -> list[Decision]:
        """Return the decisions of a form. Raises UsageError for one that says nothing."""
        by = self.by._replace(why=form.get("why", [""])[0].strip())
        if "undo" in form:
            return [review_desk.undo_last(board, by)]
        if "certain" in form:
            return review_desk.accept_certain(board, by)
        kind = form.get("answer", [""])[0]
        text = form.get("names", [""])[0] if kind in ("names", "date") else _word(kind)
        shown, kept = form.get("shown", []), form.get("keep", [])
        left_out = [each for each in shown if each not in kept]
        if shown and not kept:
            raise UsageError("No action is ticked; tick those that the answer counts for.")
        key = form.get("question", [""])[0]
        return [review_desk.make_decision(board, key, text, by, left_out=left_out)]

    def show(self, kind: str, error: str = "", key: str = "", typed: str = "") -> Response:
        """Return the page with the open questions of a kind, or all of them."""
        board = open_folder(self.folder)
        every = review_desk.list_questions(board)
        total = len(board.reading.draft["questions"])
        page = render_page(
            "review",
            title=board.names.title,
            questions=[_build(board, each) for each in every if kind in ("", each["kind"])],
            kinds=sorted({each["kind"] for each in every}),
            kind=kind,
            left=len(every),
            total=total,
            last=next(reversed(list_standing(board.decisions)), None),
            error=error,
            failed=key,
            typed=typed,
            who=self.by.who,
        )
        headers = {**page_headers(), "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
        return Response(page, 400 if error else 200, headers, HTML)

    async def style(self, request: Request) -> Response:
        """Return the style sheet."""
        if not self.is_allowed(request):
            return PlainTextResponse("There is no such page.\n", 404)
        return Response(static_file("style.css"), media_type="text/css")


def _word(kind: str) -> str:
    if kind not in WORDS:
        raise UsageError("No answer is chosen; choose one.")
    return WORDS[kind][0]


def _build(board: BoardFolder, row: dict[str, str]) -> dict[str, Any]:
    """Return a question as the template shows it."""
    asks = board.reading.effects[f"question/{row['id']}"]["asks"]
    actions = [line.partition(" ") for line in row["actions"].splitlines()]
    return {
        **row,
        "values": row["candidates"].splitlines(),
        "choices": [(kind, _LABELS[kind]) for kind in (*TAKES[asks], "later")],
        "hint": _HINTS.get(asks, "Names, one body between each ;"),
        "written": bool({"names", "date"} & {*TAKES[asks]}),
        "listed": [(key, text) for key, _, text in actions][:_MOST_ACTIONS],
        "more": max(len(actions) - _MOST_ACTIONS, 0),
    }


def _find_next(before: BoardFolder, after: BoardFolder, key: str) -> str:
    """Return the anchor of the question that follows an answered one, else of the list."""
    keys = [each["id"] for each in review_desk.list_questions(before)]
    left = {each["id"] for each in review_desk.list_questions(after)}
    following = keys[keys.index(key) + 1 :] if key in keys else []
    return next((f"q-{each}" for each in following if each in left), "main")


def build_review_page(folder: Path, by: review_desk.By, keep: Keep) -> tuple[ASGIApp, str]:
    """Return the application of the page, and the token in its address."""
    token = secrets.token_urlsafe(24)
    page = ReviewPage(folder, token, by, keep, Lock())
    routes = [
        Route("/{token}/", page.answer, methods=["GET", "POST"]),
        Route("/{token}/style.css", page.style, methods=["GET"]),
    ]
    return AccessGuard(Starlette(routes=routes), LOOPBACK, frozenset()), token


def serve_review_page(
    folder: Path, by: review_desk.By, keep: Keep, announce: Callable[[str], None]
) -> None:
    """Answer on a free port of this machine until Ctrl-C; `announce` gets the address."""
    application, token = build_review_page(folder, by, keep)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        announce(f"http://127.0.0.1:{listening.getsockname()[1]}/{token}/")
        config = uvicorn.Config(
            application, log_level="warning", access_log=False, server_header=False, ws="none"
        )
        with interruptible(), suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
