"""Plans of the real size and of hostile content, and their view opened in the browser."""

import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import networkx
import pytest
from browsing import hearing, lend
from support import PLANS, open_small
from viewing import BASE, HOSTILE

from hwbs_graph import network
from hwbs_graph.view import write_view

#: Themes, and under each its objectives after their number of actions: 5, 19 and 51.
THEMES = """\
Healthy Places
  3 Influence the environment to make healthier choices more accessible
  4 Ensure decent homes are within the reach of all citizens
  3 Improve air quality
  3 Develop and encourage healthy neighbourhoods and a sense of community
Healthy Minds
  3 Support positive mental health among children and young people
  3 Improve resilience to mental health problems among working age adults
  3 Promote zero suicide in Leicester
Healthy Start
  2 Support mothers and their babies to experience a healthy pregnancy
  3 Support new parents to provide a healthy start for babies
  2 Support families and caregivers to influence and practice positive health behaviours in children
  2 Support children to have the conditions which enable them to learn and develop
Healthy Lives
  4 Increase the number of people engaging in protective behaviours
  3 Address the prevalence and management of chronic conditions
  3 Support an increase in accessing lifelong education and good quality employment
  1 Take steps to reduce social isolation and loneliness amongst people living in the city
Healthy Ageing
  3 Support older people to have good wellbeing and feel safe in their own homes
  1 Support informal carers to continue to care and improve their health and wellbeing
  3 Support older people to utilise and engage with their local communities
  2 Support older people manage and protect their health
"""
#: Partners after their number of actions: 35 partners, 252 links.
PARTNERS = """\
48 Public Health
29 Neighbourhood & Environmental Services
18 Planning, Development & Transportation
16 Housing
13 Sports Service
10 Adult Social Care & Commissioning
10 Leicester City CCG
10 Learning & Inclusion
9 Tourism, Culture & Inward Investment
8 Children’s Social Care & Early Help
8 Delivery, Communications & Political Governance
7 Adult Social Care & Safeguarding
7 Digital Transformation
7 Finance
7 Leicester Ageing Together
6 Leicestershire Partnership NHS Trust
5 Estates & Building Services
4 LLEP
4 Leicestershire Cares
3 City Barrister & Head of Standards
2 Adult Skills & Learning Service
2 Adult Social Care (division not stated)
2 Leicestershire County Council
2 Royal Voluntary Service
2 Suicide Prevention Partnership
2 Police & Crime Commissioner’s Office
2 Time to Change Leicester
2 Young People’s Council
1 Canals & Wellbeing Trust
1 Children’s Social Care & Safeguarding
1 Leicester Diabetes Centre
1 Domestic & Sexual Violence Team
1 Leicester Samaritans
1 University of Leicester
1 British Red Cross
"""
WORDING = (
    "Improve the provision of {} in businesses and communities to help reduce inequalities",
    "Continue and develop initiatives which preserve {} and support good health in people",
    "Work with partner organisations on {}",
    "Increase the uptake of {} to encourage active and sociable communities in every part of town,"
    " particularly where people tell us that they feel left out and would like to take part",
)
SUBJECTS = ("healthy food", "warm homes", "green spaces", "cycling", "peer support", "early help")

Graph = Any

#: The page listens first, so it has followed when this is told.
FOLLOW = """(hash) => new Promise((done) => {
  if (location.hash === hash) done(null);
  addEventListener("hashchange", () => done(null), { once: true });
  location.hash = hash;
})"""
#: Seconds that a slow machine may take for what a person asks of a page.
PATIENCE = 120


def full_plan() -> Graph:
    """Return a plan of the real size, always the same: 110 nodes, 322 links, one suggested."""
    title = "Leicester Joint Health and Wellbeing Strategy"
    graph: Graph = networkx.DiGraph(
        title=title, subtitle="Action plan 2019", plan=f"{BASE}leicester-2019"
    )
    actions = _add_headings(graph)
    for number, line in enumerate(PARTNERS.splitlines()):
        times, name = line.split(" ", 1)
        _add_partner(graph, actions, number, name, int(times))
    first = next(iter(graph.in_edges(f"{BASE}partner/leicester-diabetes-centre")))
    curated = {"curator": "The record’s keeper", "reason": "The town is left out as printed."}
    graph.edges[first].update(basis="curated judgement", confidence="medium", **curated)
    return graph


def _add_headings(graph: Graph) -> list[str]:
    actions: list[str] = []
    theme, order, number = "", 0, 0
    for line in THEMES.splitlines():
        if not line.startswith(" "):
            theme, order, number = line, order + 1, 0
            slug = theme.split()[1].lower()
            ambition = [("Ambition", f"Make Leicester a place for {theme.lower()}.")]
            _add(graph, f"theme/{slug}", "theme", theme, order=order, details=ambition)
            continue
        number += 1
        size, label = line.split(maxsplit=1)
        objective = f"objective/{slug}-{number}"
        why = [("Why, in short", "It shapes health more than any single service can.")]
        _add(graph, objective, "objective", label, str(number), order=number, details=why)
        _join(graph, f"theme/{slug}", objective)
        actions += [
            _add_action(graph, objective, slug, number, index) for index in range(int(size))
        ]
    return actions


def _add_action(graph: Graph, objective: str, slug: str, number: int, index: int) -> str:
    code = f"{number}{'abcd'[index]}"
    action, seed = f"action/{slug}-{code}", graph.number_of_nodes()
    wording = WORDING[seed % len(WORDING)].format(SUBJECTS[seed % len(SUBJECTS)])
    notes = ["The code is printed twice on this page."] if code == "2c" else []
    _add(graph, action, "action", wording, code, order=index + 1, notes=notes)
    _join(graph, objective, action)
    return action


def _add(graph: Graph, key: str, kind: str, label: str, code: str = "", **more: Any) -> None:
    sources = [_source(graph.number_of_nodes(), label)]
    short = label if kind == "theme" else ""
    words = {"kind": kind, "label": label, "short": short, "code": code, "sources": sources}
    graph.add_node(f"{BASE}leicester-2019/{key}", **words, **{"details": [], "notes": [], **more})


def _join(graph: Graph, above: str, below: str) -> None:
    folder = f"{BASE}leicester-2019/"
    graph.add_edge(folder + above, folder + below, basis="stated in document", sources=[])


def _add_partner(graph: Graph, actions: list[str], number: int, name: str, times: int) -> None:
    slug = "-".join("".join(c if c.isalnum() else " " for c in name).lower().split())
    iri, printed = f"{BASE}partner/{slug}", name.capitalize()
    details = [("Kind of body", "council division"), ("Printed as", f"“{name}”, “{printed}”")]
    words = {"kind": "partner", "label": f"{name} (Leicester)", "short": name, "code": ""}
    graph.add_node(iri, **words, order=number, details=details, sources=[], notes=[])
    # A step coprime with 51 visits every action once; a small one keeps small partners together.
    step = 10 if times > 4 else 1
    for index in range(times):
        action = f"{BASE}leicester-2019/{actions[(number * 7 + index * step) % len(actions)]}"
        stated = {"basis": "stated in document", "sources": [_source(index, printed)]}
        graph.add_edge(action, iri, **stated)


def _source(line: int, printed: str) -> dict[str, Any]:
    where = {"document": "Action plan 2019", "place": "INVOLVING, 6th", "line": line + 15}
    return {**where, "printed": printed}


def hostile_plan() -> Graph:
    """Return a small plan in which every word tries to run, to break the page or to hide."""
    graph: Graph = networkx.DiGraph(
        title=HOSTILE[1], subtitle=HOSTILE[2], plan="javascript:window.harmed = 5"
    )
    graph.add_node(
        "__proto__", kind="theme", label=HOSTILE[0], short=HOSTILE[0], code=HOSTILE[3], order=1
    )
    graph.add_node("constructor", kind="objective", label=HOSTILE[1], short="", code="<b>", order=1)
    graph.add_edge("__proto__", "constructor", basis=HOSTILE[0], sources=[])
    for number, text in enumerate(HOSTILE):
        _add_hostile(graph, number, text)
    return graph


def _add_hostile(graph: Graph, number: int, text: str) -> None:
    source = {"document": text, "place": text, "line": "javascript:1", "printed": text}
    action, partner = (
        f"javascript:window.harmed=6//{number}{text[:40]}",
        f"<img src=x onerror=harmed>{number}",
    )
    words = {"details": [(text, text)], "sources": [source], "notes": [text]}
    graph.add_node(
        action, kind="action", label=text, short=text, code=text[:5], order=number, **words
    )
    graph.add_node(
        partner, kind="partner", label=text, short="Same name", code="", order=number, **words
    )
    graph.add_edge("constructor", action, basis=text, sources=[source])
    graph.add_edge(
        action,
        partner,
        basis="curated judgement",
        sources=[source],
        curator=text,
        reason=text,
        confidence=text,
    )


@pytest.fixture
def plan() -> Graph:
    """A plan of the real size."""
    return full_plan()


@pytest.fixture(scope="session")
def small_record() -> Graph:
    """Small plans of every shape, for which every picture has something: opened in no time."""
    graph = network.project_record(open_small(*PLANS))
    graph.graph["start"] = f"{BASE}alpha-2030/action-plan"
    return graph


@pytest.fixture(scope="module")
def kept_plan() -> Graph:
    """The same, for what is set up once and changes nothing of it."""
    return full_plan()


@pytest.fixture
def hostile() -> Graph:
    """A plan that attacks the page."""
    return hostile_plan()


def wait_for_drawing(page: Any) -> None:
    """Wait until a view has unpacked its data and drawn them."""
    page.wait_for_selector("html[data-ready]", state="attached")


class Opened:
    """A page with everything it asked for and complained about."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.notes: dict[str, Callable[[Any], None]] = {
            "request": lambda request: self.requests.append(request.url),
            "pageerror": lambda error: self.complaints.append(f"error: {error}"),
            "console": lambda each: self.complaints.append(f"{each.type}: {each.text}"),
        }

    def follow(self, hash: str) -> None:
        """Go to another address of the page and wait until it shows what that says."""
        self.page.evaluate(FOLLOW, hash)

    def reload(self) -> None:
        """Load the page again and wait until it is drawn: it unpacks its data after it is there."""
        self.page.reload()
        wait_for_drawing(self.page)

    def wait_until(self, condition: str) -> None:
        """Wait for a condition, asked from outside: the page's policy lets none run in it twice."""
        until = time.monotonic() + PATIENCE
        while not self.page.evaluate(condition):
            assert time.monotonic() < until, condition
            self.page.wait_for_timeout(20)

    def boxes(self) -> list[dict[str, Any]]:
        """Return the boxes drawn on the map, in CSS pixels of its paper."""
        return list(self.page.evaluate("hwbsView.boxes()"))

    def click_box(self, key: str) -> None:
        """Click the map in the middle of the box with this key."""
        box = next(box for box in self.boxes() if box["key"] == key)
        middle = {"x": box["x"] + box["w"] / 2, "y": box["y"] + box["h"] / 2}
        self.page.locator("#map-paper canvas").click(position=middle)

    def heading(self) -> str:
        """Return the panel's heading."""
        return str(self.page.locator("#panel h2").inner_text())


#: Writes a graph's view and opens it at an address, size and script setting.
Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Graph], Path]:
    """A function that returns the page of a graph, written once."""
    folder, known = tmp_path_factory.mktemp("pages"), dict[bytes, Path]()

    def write(graph: Graph) -> Path:
        nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
        key = pickle.dumps((graph.graph, nodes, edges))
        if key not in known:
            known[key] = folder / f"view-{len(known)}.html"
            write_view(graph, known[key])
        return known[key]

    return write


@pytest.fixture
def open_view(browser: Any, written: Callable[[Graph], Path]) -> Iterator[Open]:
    """A function that opens the view of a graph."""
    with opening(browser, written) as open:
        yield open


@pytest.fixture
def open_view_by_fonts(browser_by_fonts: Any, written: Callable[[Graph], Path]) -> Iterator[Open]:
    """The same with one of two sets of fonts, as widths differ by font."""
    with opening(browser_by_fonts, written) as open:
        yield open


@pytest.fixture(scope="session")
def kept_view(browser: Any, written: Callable[[Graph], Path]) -> Iterator[Open]:
    """A function that shows a graph on a page that stays open; see `keeping`."""
    with keeping(browser, written) as show:
        yield show


@pytest.fixture(scope="session")
def kept_view_by_fonts(browser_by_fonts: Any, written: Callable[[Graph], Path]) -> Iterator[Open]:
    """The same with one of two sets of fonts, as widths differ by font."""
    with keeping(browser_by_fonts, written) as show:
        yield show


@contextmanager
def keeping(browser: Any, written: Callable[[Graph], Path]) -> Iterator[Open]:
    """Give what shows a graph at an address, on a page that is opened once and then led there.

    Opening costs more than most tests do. It is for tests that read, or change what the address
    holds; of the page before, they find nothing but that it was there.
    """
    with opening(browser, written) as open:
        known: dict[Path, Opened] = {}

        def show(graph: Graph, hash: str = "", width: int = 1366, height: int = 768) -> Opened:
            path = written(graph)
            if path not in known:
                known[path] = open(graph)
            opened = known[path]
            opened.page.set_viewport_size({"width": width, "height": height})
            opened.page.evaluate("document.activeElement.blur()")
            opened.requests.clear()
            opened.complaints.clear()
            # By way of the list, as the address alone may not change where the size does.
            opened.follow("#view=list")
            opened.follow(hash)
            return opened

        yield show


@contextmanager
def opening(browser: Any, written: Callable[[Graph], Path]) -> Iterator[Open]:
    """Give what opens views in a browser, each in a page of its own, and take the pages back."""
    with ExitStack() as pages:

        def opener(
            graph: Graph, hash: str = "", width: int = 1366, height: int = 768, script: bool = True
        ) -> Opened:
            page = pages.enter_context(lend(browser, script))
            page.set_viewport_size({"width": width, "height": height})
            opened = Opened(page, written(graph).as_uri())
            pages.enter_context(hearing(page, opened.notes))
            page.goto(opened.address + hash)
            if script:
                wait_for_drawing(page)
            return opened

        yield opener
