"""Markdown as HTML: headings that links lead to, tables that scroll, and no dead link.

Out of scope: the frame of the page, and which address a link leads to; the caller says.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: What turns the target of a link or a picture into an address, "" where there is none.
Resolve = Callable[[str], str]


def render_markdown(text: str, resolve: Resolve) -> str:
    """Return the HTML of a page; a link without an address is its words alone."""
    parser = _build_parser()
    tokens = parser.parse(text)
    _name_headings(tokens)
    for token in tokens:
        if token.children:
            token.children = [*_resolve_links(token.children, resolve)]
    html: str = parser.renderer.render([*_frame_wide(tokens)], parser.options, {})
    return html


@cache
def _build_parser() -> "MarkdownIt":
    """Return a parser of Markdown with tables; what a page says in HTML is text or a comment."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _name_headings(tokens: "list[Token]") -> None:
    """Give each heading the id that links use, as GitHub makes it."""
    taken: Counter[str] = Counter()
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            name = re.sub(r"[^\w\- ]", "", words.content.lower()).replace(" ", "-")
            opening.attrs["id"] = f"{name}-{taken[name]}" if taken[name] else name
            taken[name] += 1


def _resolve_links(tokens: "Iterable[Token]", resolve: Resolve) -> "Iterator[Token]":
    """Yield the tokens of a line with addresses; a link or picture without one is left out."""
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = resolve(str(token.attrs["href"]))
            token.attrs["href"] = address
            open_links.append(bool(address))
        elif token.type == "image":
            token.attrs["src"] = resolve(str(token.attrs["src"]))
        kept = open_links[-1] if token.type in ("link_open", "link_close") else True
        if token.type == "link_close":
            open_links.pop()
        if kept:
            yield token


def _frame_wide(tokens: "Iterable[Token]") -> "Iterator[Token]":
    """Yield the tokens with a place to scroll for each table; a keyboard reaches what scrolls."""
    from markdown_it.token import Token

    tables = 0
    for token in tokens:
        if token.type == "html_block" or _is_comment(token):
            continue
        if token.type == "fence":
            yield Token("html_block", "", 0, content=_frame_code(token.content))
            continue
        if token.type == "table_open":
            tables += 1
            frame = f'<div class="scroll" role="region" aria-label="Table {tables}" tabindex="0">\n'
            yield Token("html_block", "", 0, content=frame)
        yield token
        if token.type == "table_close":
            yield Token("html_block", "", 0, content="</div>\n")


def _is_comment(token: "Token") -> bool:
    return token.type == "inline" and token.content.startswith("<!--")


def _frame_code(text: str) -> str:
    from html import escape

    return f'<pre tabindex="0"><code>{escape(text)}</code></pre>\n'
