"""Writes the whole site, file by file: the same pages as the server's.

Out of scope: what stands on the pages, and the command (`cli.site`).
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from hwbs_graph.checks.document_texts import read_texts
from hwbs_graph.errors import PathError
from hwbs_graph.grouping import group_pairs
from hwbs_graph.names import Thing
from hwbs_graph.store import Engine
from hwbs_graph.view.page.own_pages import lead_to_pages
from hwbs_graph.view.selection import Picture, Selection, choose_picture, render_picture
from hwbs_graph.web.branding import Branding
from hwbs_graph.web.pages.home import gather_home
from hwbs_graph.web.pages.lookups import index_names
from hwbs_graph.web.pages.plan_pairs import list_pairs
from hwbs_graph.web.pages.result_table import Cell
from hwbs_graph.web.publishing import changes as changing
from hwbs_graph.web.publishing import redirects
from hwbs_graph.web.publishing.beforehand import ask_query, list_answer_files, list_published
from hwbs_graph.web.publishing.data_files import describe_data, list_downloads, name_downloads
from hwbs_graph.web.publishing.manual_files import list_manual_files, name_manual
from hwbs_graph.web.publishing.page_files import list_page_files, name_pages
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.publishing.pair_files import list_pair_files, name_pairs
from hwbs_graph.web.publishing.read_ahead import ReadAhead
from hwbs_graph.web.publishing.site_addresses import FileNames
from hwbs_graph.web.publishing.site_folder import SiteFolder, open_site, read_list
from hwbs_graph.web.publishing.thing_files import list_thing_files
from hwbs_graph.web.urls import page_url

#: Things that are read about together: of fewer each takes longer, and so it does of more.
_TOGETHER = 500
#: Says how far the work has got: what is done, how many of how many.
OnStep = Callable[[str, int, int], None]


class Published(NamedTuple):
    """What was done: files of the site, files written anew, files removed, and the last run."""

    files: int
    written: int
    removed: int
    completed: bool


class _Run(NamedTuple):
    """One site on its way: the graph, the pages, the folder, and what to tell."""

    engine: Engine
    maker: PageMaker
    folder: SiteFolder
    on_step: OnStep
    base: str
    picture: Picture

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
        """Write files; return the digest of each."""
        return {name: self.folder.write(name, data) for name, data in files}


def publish(
    engine: Engine,
    target: Path,
    base: str,
    since: Path | None,
    on_step: OnStep,
    branding: Branding,
    documents: Path | None = None,
) -> Published:
    """Write a site into a folder; `base` is its address, ending in a slash, or "".

    `documents` is a folder with the texts that were read. Raises PathError where the folder holds
    something else, or `since` holds no site.
    """
    old = _read_since(since)
    texts = read_texts(engine, documents) if documents else {}
    with open_site(target) as folder:
        picture = choose_picture(engine, Selection())
        maker = PageMaker(FileNames(), branding, picture.graph is not None, texts)
        run = _Run(engine, maker, folder, on_step, base, picture)
        things = _name_files(run)
        topics = _write_answers(run, things)
        listed = _write_things(run, things, topics)
        _write_pairs(run)
        sheet = describe_data(engine)
        _write_changes(run, old, listed, sheet.title, sheet.version)
        _write_rest(run, list_page_files(engine, run.maker, sheet))
        told = {"version": sheet.version, "things": listed}
        removed = folder.finish(told)
        return Published(folder.size, folder.written, removed, folder.was_unfinished)


def _read_since(since: Path | None) -> dict[str, dict[str, str]] | None:
    if since is None:
        return None
    found = read_list(since)
    if not found:
        raise PathError(since, "it holds no site that `hwbs site` wrote whole; name one that does")
    return changing.read_listed(found)


def _name_files(run: _Run) -> list[Thing]:
    """Name the files of every page, and return the things that have one."""
    name_pages(run.maker)
    name_downloads(run.maker.names)
    name_manual(run.maker.names)
    run.maker.names.add("/view", "view.html")
    known = {each.thing.iri: each.thing for each in index_names(run.engine)}
    things = sorted(known.values())
    paged = [each for each in things if run.maker.names.add_thing(each.iri)]
    name_pairs(run.engine, run.maker)
    return paged


def _write_answers(run: _Run, things: list[Thing]) -> dict[str, list[Cell]]:
    """Write the answers of every question; return the answers about each thing."""
    by_kind = group_pairs((each.kind, each) for each in things)
    queries = [each for family in list_published().values() for each in family]
    about: list[tuple[str, Cell]] = []
    for number, query in enumerate(queries, 1):
        run.on_step("answering questions", number, len(queries))
        answered = ask_query(run.engine, query, by_kind)
        run.write_all(list_answer_files(run.maker, answered))
        about += [(a.thing.iri, Cell(query.summary, a.address)) for a in answered if a.thing]
    return group_pairs(about)


def _write_things(
    run: _Run, things: list[Thing], answers: dict[str, list[Cell]]
) -> dict[str, dict[str, str]]:
    """Write the files of each thing; return what the list of the site says of it."""
    listed = {}
    engine = ReadAhead(run.engine)
    for number, thing in enumerate(things):
        run.on_step("writing pages", number + 1, len(things))
        if number % _TOGETHER == 0:
            engine.expect(each.iri for each in things[number : number + _TOGETHER])
        files = list_thing_files(engine, run.maker, thing.iri, answers=answers.get(thing.iri, []))
        digests = run.write_all(files)
        page = run.maker.names.find(page_url(thing.iri))
        digest = digests[page.removesuffix("html") + "ttl"]
        told = {"label": thing.label, "kind": thing.kind, "page": page, "digest": digest}
        listed[thing.iri] = told
    return listed


def _write_pairs(run: _Run) -> None:
    """Write the comparison of each pair of plans that the data link."""
    pairs = list_pairs(run.engine)
    for number, pair in enumerate(pairs, 1):
        run.on_step("comparing plans", number, len(pairs))
        run.write_all(list_pair_files(run.engine, run.maker, pair))


def _write_changes(
    run: _Run,
    old: dict[str, dict[str, str]] | None,
    listed: dict[str, dict[str, str]],
    title: str,
    version: str,
) -> None:
    """Write the page of what changed, and the feed where the data have a date."""
    changes = [] if old is None else changing.list_changes(old, listed)
    date = gather_home(run.engine).date
    with_feed = old is not None and bool(date)
    if with_feed:
        run.maker.names.add("/changes.xml", changing.FEED)
        run.folder.write(
            changing.FEED, changing.write_feed(changes, title, version, date, run.base)
        )
    here = run.maker.names.find("/changes")
    values = {"changes": changes, "compared": old is not None, "link_to": page_url}
    run.folder.write(here, run.maker.render(here, "changes", **values))


def _write_rest(run: _Run, pages: Iterator[tuple[str, bytes]]) -> None:
    """Write what is not of one thing: pages, the view, downloads, and rules for an address."""
    run.on_step("writing the view and the downloads", 0, 0)
    run.write_all(pages)
    run.write_all(list_manual_files(run.maker))
    drawn = render_picture(run.picture)
    view = drawn if run.maker.names.renamed else lead_to_pages(drawn, "", ".html")
    run.folder.write("view.html", view.encode())
    run.write_all(list_downloads(run.engine, run.base))
    if run.base:
        listed = [name for name in run.folder.names if name.endswith(".html")]
        run.folder.write(redirects.SITEMAP, redirects.write_sitemap(run.base, listed))
        run.folder.write(redirects.RULES, redirects.write_rules(run.base))
