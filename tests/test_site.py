"""`hwbs site`: the pages as files that open anywhere, written again only where they changed."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode
from support import ROOT, SMALL, Hwbs, open_small

from hwbs_graph.model.vocabulary import BASE, PREFIXES, THINGS
from hwbs_graph.names import Thing, list_names
from hwbs_graph.names.word_search import search_words
from hwbs_graph.names.word_search.entries import Entry
from hwbs_graph.names.word_search.word_index import build_index
from hwbs_graph.query import catalogue
from hwbs_graph.query.catalogue import NamedQuery
from hwbs_graph.query.results import Rows
from hwbs_graph.report import profile, thing_profile
from hwbs_graph.report.marked_answers import ask_marked
from hwbs_graph.store import Engine
from hwbs_graph.view.selection import Selection, choose_picture
from hwbs_graph.web.branding import Branding
from hwbs_graph.web.publishing.beforehand import ask_query, list_answer_files, split_rows
from hwbs_graph.web.publishing.changes import list_changes, write_feed
from hwbs_graph.web.publishing.page_maker import PageMaker
from hwbs_graph.web.publishing.publication import Published, publish
from hwbs_graph.web.publishing.read_ahead import ReadAhead
from hwbs_graph.web.publishing.site_addresses import FileNames
from hwbs_graph.web.publishing.site_folder import LIST, MARKER, open_site, read_list

ARGUMENTS = ["--only", *(part for path in SMALL for part in ("--graph", str(path)))]
#: A council's own look.
OWN = Branding(
    "Marlow Vale plans", b"<svg/>", "logo.svg", "image/svg+xml", "#336699", "plans@example.org"
)
#: A compact address, where a reader should find words.
COMPACT = re.compile(rf"\b({'|'.join(PREFIXES)}):[A-Za-z]")


class Reader(HTMLParser):
    """The links, the ids and the words of tables of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.cells = ""
        self._depth = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self._depth += tag == "table"
        for name in ("href", "src", "action"):
            if name in given:
                self.links.append(given[name] or "")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "table"

    def handle_data(self, data: str) -> None:
        self.cells += f" {data}" if self._depth else ""


def write(folder: Path, engine: Engine, base: str = "", since: Path | None = None) -> Published:
    return publish(engine, folder, base, since, lambda *_: None, OWN)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_small()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site"
    assert write(folder, engine, "https://example.org/plans/").removed == 0
    return folder


def read_pages(site: Path) -> Iterator[tuple[Path, Reader]]:
    for path in sorted(site.rglob("*.html")):
        if path.name != "view.html":
            yield path, Reader(path.read_text("utf-8"))


def test_a_crawler_finds_no_dead_link_nothing_elsewhere_and_no_compact_address(site: Path) -> None:
    pages = dict(read_pages(site))
    assert len(pages) > 100
    dead, compact = [], []
    for path, page in pages.items():
        # The manual explains compact addresses to those who write SPARQL.
        if path.parent.name != "docs" and COMPACT.search(page.cells):
            compact.append((path.name, COMPACT.search(page.cells)))
        for link in page.links:
            name, _, anchor = link.partition("#")
            if link.startswith(("https://", "http://", "data:", "mailto:")):
                continue
            target = (path.parent / unquote(name)).resolve() if name else path
            lost = anchor and target in pages and anchor not in pages[target].ids
            if not link or not target.is_file() or not target.is_relative_to(site) or lost:
                dead.append((path.relative_to(site).as_posix(), link))
    assert dead == []
    assert compact == []


def test_a_page_names_what_it_is_and_every_format_stands_beside_it(site: Path) -> None:
    page = (site / "id/partner/homes.html").read_text("utf-8")
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "Questions answered about it" in page
    for ending in ("ttl", "jsonld", "json", "csv"):
        assert f'href="homes.{ending}"' in page
        assert (site / f"id/partner/homes.{ending}").stat().st_size > 0
    assert json.loads((site / "id/partner/homes.json").read_text())["partner"]["label"] == "Homes"
    answer = (site / "queries/report/actions-by-partner/partner-homes.csv").read_text("utf-8")
    assert "Open a café" in answer
    assert "needs a server" in (site / "queries/network/links-of-thing.html").read_text("utf-8")
    # What only a server answers is said, with the command that answers it.
    told = (site / "data.html").read_text("utf-8")
    assert "they answer no SPARQL" in told
    assert "hwbs serve" in told


def test_plans_that_the_data_link_are_compared_and_lead_to_each_other(site: Path) -> None:
    plan = (site / "id/beta-2035.html").read_text("utf-8")
    assert "../compare/alpha-2030--beta-2035.html" in plan
    page = (site / "compare/alpha-2030--beta-2035.html").read_text("utf-8")
    assert "On record between them: 1 moved theme, 1 new, 1 dropped." in page
    assert "<p>Both insulate.</p><p>Curated judgement, confidence high</p>" in page
    assert "That is silence" in page
    rows = (site / "compare/alpha-2030--beta-2035.csv").read_text("utf-8")
    assert rows.startswith("section,topic,kind,earlier,later")
    listed = (site / "compare.html").read_text("utf-8")
    assert "compare/alpha-2030--beta-2035.html" in listed
    assert "Any other two plans need a server" in listed
    assert "Two plans beside each other" in (site / "index.html").read_text("utf-8")


def test_every_thing_that_the_view_of_a_site_shows_has_its_page_there(
    site: Path, engine: Engine
) -> None:
    view = (site / "view.html").read_text("utf-8")
    assert f'data-pages-of="{BASE}" data-pages="" data-page-ending=".html"' in view
    drawn = choose_picture(engine, Selection()).graph
    assert len(drawn) > 10
    assert [iri for iri in drawn if not (site / f"{iri.removeprefix(BASE)}.html").is_file()] == []
    action = (site / "id/alpha-2030/action/company-1a.html").read_text("utf-8")
    assert re.search(r'href="[./]+/view.html#select=https%3A%2F%2Fw3id.org[^"]+company-1a"', action)


def test_what_is_read_of_many_things_together_is_what_each_alone_gives(engine: Engine) -> None:
    things = {name.thing.kind: name.thing for name in list_names(engine)}
    together = ReadAhead(engine)
    together.expect(thing.iri for thing in things.values())
    for thing in things.values():
        assert thing_profile.describe_thing(together, thing) == thing_profile.describe_thing(
            engine, thing
        )
    partner = things["partner"]
    assert profile.describe_partner(together, partner) == profile.describe_partner(engine, partner)
    together.expect([])
    assert thing_profile.describe_thing(together, partner)["links"]
    for name in ("report/actions-by-partner", "network/partners-never-together"):
        query = catalogue.load(name)
        parts = split_rows(ask_rows(engine, query, None), "partner")
        assert len(parts) > 1
        for iri, rows in parts.items():
            assert rows.rows == ask_rows(engine, query, iri).rows


def test_what_would_have_a_row_for_each_pair_of_many_needs_a_server(engine: Engine) -> None:
    many = {"partner": [Thing(f"{THINGS}partner/{n}", "partner", f"Body {n}") for n in range(301)]}
    maker = PageMaker(FileNames())
    of_pairs = [query.name for query in catalogue.all_queries() if query.of_pairs]
    assert len(of_pairs) > 1
    for name in of_pairs:
        answered = ask_query(engine, catalogue.load(name), many)
        ((_, page),) = list_answer_files(maker, answered)
        assert f"hwbs query {name} partner=" in page.decode()
        assert "Save as" not in page.decode()


def ask_rows(engine: Engine, query: NamedQuery, partner: str | None) -> Rows:
    found = ask_marked(engine, query, {"partner": NamedNode(partner)} if partner else {})
    assert isinstance(found, Rows)
    return found


def test_a_site_with_an_address_has_a_list_of_pages_and_rules_for_its_names(site: Path) -> None:
    listed = re.findall("<loc>(.+?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert "https://example.org/plans/id/partner/homes.html" in listed
    rules = (site / "w3id.htaccess").read_text("utf-8")
    assert "https://example.org/plans/$1/$2.ttl [R=303,L]" in rules


def test_from_the_home_page_three_taps_lead_to_who_acts_and_to_the_words(site: Path) -> None:
    here, taps = site / "index.html", 0
    for name in ("Homes", "Open a café"):
        text = here.read_text("utf-8")
        (link, *_) = re.findall(rf'<a href="([^"#]+)">{name}</a>', text.partition("<main")[2])
        here, taps = (here.parent / link).resolve(), taps + 1
    page = here.read_text("utf-8")
    assert taps <= 3
    assert "Neighbours" in page.partition("How do we know?")[0]
    assert re.search(r'<a href="[^"]*id/document/[^"]*#[^"]+-line-\d+">|document/', page)


def test_only_what_changed_is_written_again_and_what_went_is_removed(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for number, files in enumerate(({"a/b.html": b"1", "c.html": b"2"}, {"a/b.html": b"1"})):
        with open_site(target) as folder:
            for name, data in files.items():
                folder.write(name, data)
            assert folder.written == (2, 0)[number]
            assert folder.finish({}) == number
    assert sorted(path.name for path in target.rglob("*.html")) == ["b.html"]
    assert not (target / MARKER).exists()


def test_a_run_that_ends_early_is_told_by_the_next_which_completes_the_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with suppress(KeyboardInterrupt), open_site(target) as folder:
        folder.write("index.html", b"new")
        raise KeyboardInterrupt
    assert "half done" in (target / MARKER).read_text("utf-8")
    assert read_list(target) == {}
    with open_site(target) as folder:
        assert folder.was_unfinished
        folder.write("index.html", b"new")
        assert (folder.written, folder.finish({})) == (0, 0)
    with open_site(target) as folder:
        assert not folder.was_unfinished
        folder.finish({})


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, hwbs: Hwbs) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    done = hwbs("site", tmp_path, *ARGUMENTS)
    assert (done.code, done.out) == (2, "")
    assert "holds something else; name a new folder" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert hwbs("site", tmp_path / "new", "--base", "ftp://x y").code == 2
    assert hwbs("site", tmp_path / "new", *ARGUMENTS, "--since", tmp_path).code == 2
    assert not (tmp_path / "new").exists()


def test_every_page_says_whose_it_is_and_leads_to_what_was_checked(site: Path) -> None:
    for path, _ in read_pages(site):
        text = path.read_text("utf-8")
        assert "- Marlow Vale plans</title>" in text
        assert re.search(r'<img class="logo" src="[./]*static/logo.svg" alt="">', text)
        assert 'href="mailto:plans@example.org"' in text
        assert re.search('href="[./]*accessibility.html">Accessibility and privacy', text)
    assert "#336699" in (site / "static" / "own.css").read_text("utf-8")
    assert (site / "static" / "logo.svg").read_bytes() == OWN.logo
    told = (site / "accessibility.html").read_text("utf-8")
    assert "set no cookies and load nothing" in told


def test_a_look_that_no_page_can_show_is_refused_before_anything_is_written(
    tmp_path: Path, hwbs: Hwbs
) -> None:
    script, large = tmp_path / "page.html", tmp_path / "large.svg"
    script.write_text("<html><script>alert(1)</script></html>")
    large.write_bytes(b"<svg>" + b" " * 600_000)
    for given, told in (
        (["--logo", script], "is neither SVG nor PNG"),
        (["--logo", large], "is over 512 kB"),
        (["--logo", tmp_path / "none.svg"], "none.svg"),
        (["--colour", "red;} body {"], "is no colour"),
        (["--contact", "javascript:alert(1)"], "is no address"),
        (["--contact", '"><script>@a.b'], "is no address"),
    ):
        done = hwbs("site", tmp_path / "new", *given)
        assert (done.code, done.out) == (2, "")
        assert told in done.err
        assert not (tmp_path / "new").exists()


def test_a_list_of_files_that_leads_out_of_the_folder_removes_nothing(tmp_path: Path) -> None:
    kept, target = tmp_path / "kept.txt", tmp_path / "site"
    kept.write_text("mine")
    target.mkdir()
    (target / LIST).write_text(json.dumps({"files": {"../kept.txt": "", str(kept): ""}}))
    with open_site(target) as folder:
        folder.finish({})
    assert kept.read_text() == "mine"


def test_names_of_files_are_safe_and_never_the_same() -> None:
    names = FileNames()
    keys = ["S3", "s3", "..", "../../etc", "a:b", "a b", "café", "x" * 300, "x" * 300 + "y", "a_b"]
    files = [names.add_thing(f"{THINGS}thing/{quote(key, safe='/')}") for key in keys]
    assert len({file.lower() for file in files}) == len(keys)
    assert all(re.fullmatch(r"[\w./-]{1,200}", file, re.ASCII) for file in files)
    assert not any(part.startswith(".") for file in files for part in file.split("/"))
    assert (
        names.lead(files[0], f"/id/thing/{keys[1]}#line") == f"{files[1].rpartition('/')[2]}#line"
    )
    assert names.lead(files[0], "/sparql") == ""
    assert names.lead(files[0], "javascript:alert(1)") == ""


def test_what_came_went_and_changed_is_told_by_name_and_as_a_feed() -> None:
    old = {"urn:a": {"label": "A", "digest": "1"}, "urn:b": {"label": "B & C", "digest": "1"}}
    new = {
        "urn:a": {"label": "A", "kind": "action", "page": "a.html", "digest": "2"},
        "urn:d": {"label": "D", "kind": "action", "page": "d.html", "digest": "1"},
    }
    changes = list_changes(old, new)
    assert [(each.how, each.label) for each in changes] == [
        ("new", "D"),
        ("gone", "B & C"),
        ("changed", "A"),
    ]
    feed = write_feed(changes, "Plans", "0" * 64, "2030-01-02", "https://example.org/")
    entries = ElementTree.fromstring(feed).findall("{*}entry")
    assert [each.find("{*}link") is not None for each in entries] == [True, False, True]
    assert b"2030-01-02T00:00:00Z" in feed


def test_the_search_of_the_files_finds_what_the_command_finds(engine: Engine, site: Path) -> None:
    context = pytest.importorskip("py_mini_racer").MiniRacer()
    context.eval((site / "static/words.js").read_text("utf-8"))
    context.eval((site / "static/search.js").read_text("utf-8"))
    context.eval("var index = hwbsSearch.indexed()")
    script = """JSON.stringify(hwbsSearch.find(index, hwbsSearch.readTerms(TYPED))
        .map((each) => hwbsWords.things[each.thing][0]))"""
    for typed in ("cafes", "opening", '"a cafe"', "neighbours homes", "company", "warmer", "zzz"):
        found = json.loads(context.eval(script.replace("TYPED", json.dumps(typed))))
        hits = search_words(engine, typed, limit=500)
        assert sorted(found) == sorted(hit.label for hit in hits.found), typed
    # Where nothing holds all words, each is counted alone, as the command does.
    typed = 'zzz homes "a cafe"'
    alone = "JSON.stringify(hwbsSearch.countAlone(index, hwbsSearch.readTerms(TYPED)))"
    counted = json.loads(context.eval(alone.replace("TYPED", json.dumps(typed))))
    assert counted == [number for _, number in search_words(engine, typed).alone]
    assert counted[0] == 0 < counted[1]


def test_words_are_cut_as_the_command_cuts_them(engine: Engine, site: Path) -> None:
    context = pytest.importorskip("py_mini_racer").MiniRacer()
    context.eval((site / "static/search.js").read_text("utf-8"))
    texts = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "graph").glob("*.ttl")))
    words = sorted({*re.findall(r"\b[a-z]{2,20}\b", texts.lower())})
    assert len(words) > 2000
    index = build_index(Entry(word, "name", word, "", "", "", "") for word in words)
    index.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, instance)")
    rows = index.execute("SELECT text, term FROM terms JOIN words ON words.rowid = terms.doc")
    cut = json.loads(context.eval(f"JSON.stringify({json.dumps(words)}.map(hwbsSearch.stem))"))
    ours = dict(zip(words, cut, strict=True))
    assert {word: (stem, ours[word]) for word, stem in rows if ours[word] != stem} == {}
