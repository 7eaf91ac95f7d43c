"""Renders the pages as HTML, under a policy that lets in nothing but this server.

Out of scope: what stands on a page; the callers gather it.
"""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from hwbs_graph.grouping import group_pairs
from hwbs_graph.query import catalogue
from hwbs_graph.text import count, heading
from hwbs_graph.view.page.script_joiner import join_scripts
from hwbs_graph.web.branding import CURRENT
from hwbs_graph.web.data_stamp import CURRENT as STAMP
from hwbs_graph.web.editor_bundle import BUNDLE
from hwbs_graph.web.pages.cell_markup import link_cell, write_table_rows
from hwbs_graph.web.urls import page_url
from hwbs_graph.write import templates
from hwbs_graph.write.html_policy import ICON, NONE, SELF, build_policy

if TYPE_CHECKING:
    from jinja2 import Environment

HTML = "text/html"
#: What draws an answer as a network.
NETWORK = "network.js"
#: Files of ours that a page asks for, and their media types.
STATIC_FILES = {
    "style.css": "text/css",
    "ask.js": "text/javascript",
    "editor.js": "text/javascript",
    NETWORK: "text/javascript",
    "search.js": "text/javascript",
    "sort.js": "text/javascript",
    BUNDLE: "text/javascript",
}
#: The pages that each page leads to.
NAVIGATION = (
    ("/", "Home"),
    ("/ask", "Ask"),
    ("/queries", "Questions"),
    ("/sparql", "SPARQL"),
    ("/view", "Workshop view"),
    ("/docs", "Manual"),
)
#: What the page of a thing can be saved as: the name, and the value of `?format=`.
FORMATS = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("JSON", "json"), ("CSV", "csv"))


class Check(NamedTuple):
    """When a program looked for barriers, which version of it, and what it found."""

    date: str
    version: str
    found: str


#: The last look at every kind of page; whoever looks again writes it here.
CHECKED = Check("28 November 2026", "4.12.1", "no barrier")


def page_headers(nonce: str = "") -> dict[str, str]:
    """Return the headers of a page; its scripts may add style elements that carry the nonce."""
    policy = build_policy(
        script_src=SELF,
        style_src=f"{SELF} 'nonce-{nonce}'" if nonce else SELF,
        img_src=f"{SELF} {ICON}",
        connect_src=SELF,
        form_action=SELF,
        frame_ancestors=NONE,
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept",
    }


@cache
def static_file(name: str) -> bytes | None:
    """Return one of `STATIC_FILES`; None if this installation lacks it."""
    path = resources.files("hwbs_graph.web") / "static" / name
    if not path.is_file():
        return None
    data = path.read_bytes()
    if name == NETWORK:
        # One picture: the view's own scripts lay it out.
        data = f"const answerPicture = {join_scripts('answer.js')};\n".encode() + data
    return data


def render_page(template: str, **values: Any) -> bytes:
    """Return a page of `static/` filled with values; every value is escaped.

    Its addresses are those of the server, unless the value `address` turns them into others.
    """
    page = _environment().get_template(f"{template}.html.j2")
    return page.render({**_SERVED, "brand": CURRENT.get(), "stamp": STAMP.get(), **values}).encode(
        "utf-8"
    )


def _keep_address(address: str) -> str:
    return address


#: What each page shows that a server answers.
_SERVED: dict[str, Any] = {
    "address": _keep_address,
    "published": False,
    "drawn": True,
    "navigation": NAVIGATION,
    "formats": FORMATS,
    "of": "",
    "answers": (),
    "unanswered": False,
    "checked": CHECKED,
}


@cache
def queries_by_family() -> dict[str, list[catalogue.NamedQuery]]:
    """Return the catalogue by family."""
    return group_pairs((query.family, query) for query in catalogue.all_queries())


@cache
def _environment() -> "Environment":
    environment = templates.build_environment("hwbs_graph.web")
    environment.globals.update(page_url=page_url, heading=heading, count=count)
    environment.globals.update(link=link_cell, write_table_rows=write_table_rows)
    return environment
