"""What tests of the server's pages share: a page that takes notes, and what axe finds on it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

#: WCAG 2.2 AA, and what axe holds good practice beyond it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ("color-contrast", "link-in-text-block")
#: What depends on how wide a page is.
ROOM = ("target-size", "scrollable-region-focusable")

#: Milliseconds that an answer takes to begin, and bytes a second from then on.
SLOW = {"offline": False, "latency": 50, "downloadThroughput": 60_000, "uploadThroughput": -1}


#: Milliseconds that a machine under load may take for what takes it a tenth of a second at rest.
PATIENCE = 120_000


#: Pages that no test uses, by browser: a new one costs more than most of what a test does in it.
_IDLE: dict[Any, list[Any]] = {}
SIZE = {"width": 1280, "height": 720}
#: 1280 by 1024 at 400 %.
NARROW = {"width": 320, "height": 256}

#: Axe reads all that is in a page, and tells nothing of what is hidden, so that is taken out while
#: axe looks: it is most of a page of many plans.
_RUN_AXE = """async (options) => {
  const hidden = [...document.body.querySelectorAll("section")]
    .filter((each) => !each.checkVisibility())
    .map((each) => [each, [...each.childNodes]]);
  for (const [section] of hidden) section.replaceChildren();
  const { violations } = await axe.run(options);
  for (const [section, nodes] of hidden.reverse()) section.replaceChildren(...nodes);
  return violations;
}"""


@contextmanager
def lend(browser: Any, script: bool = True) -> Iterator[Any]:
    """Give an empty page, and take it back: what it showed, its rights and its speed are gone."""
    idle = _IDLE.setdefault(browser, []) if script else []
    page = idle.pop() if idle else browser.new_context(java_script_enabled=script).new_page()
    page.context.set_default_timeout(PATIENCE)
    page.set_viewport_size(SIZE)
    page.is_slow = False
    yield page
    if page.is_slow or not script:
        page.context.close()
        return
    page.goto("about:blank")
    page.emulate_media(media="null", color_scheme="null", forced_colors="null")
    page.emulate_media(reduced_motion="null", contrast="null")
    page.context.clear_permissions()
    page.context.set_offline(False)
    idle.append(page)


@contextmanager
def hearing(page: Any, notes: dict[str, Callable[[Any], None]]) -> Iterator[None]:
    """Tell of what a page does, by event, until the body ends."""
    for event, note in notes.items():
        page.on(event, note)
    yield
    for event, note in notes.items():
        page.remove_listener(event, note)


@contextmanager
def noting(browser: Any, script: bool = True) -> Iterator[Any]:
    """Give an empty page that notes what it asks for and complains about."""
    with lend(browser, script) as page:
        page.asked, page.complaints = [], []
        notes: dict[str, Callable[[Any], None]] = {
            "request": lambda request: page.asked.append(request.url),
            "pageerror": lambda error: page.complaints.append(str(error)),
            "console": lambda message: page.complaints.append(message.text),
        }
        with hearing(page, notes):
            yield page


@contextmanager
def arriving(page: Any) -> Iterator[None]:
    """Go on when the page that the body asks for is there whole: a click returns before that."""
    with page.expect_navigation():
        yield


def slow_down(page: Any) -> None:
    """Give the page a slow line, on which a test that does not wait fails every time."""
    page.is_slow = True
    line = page.context.new_cdp_session(page)
    line.send("Network.emulateNetworkConditions", SLOW)


def barriers_anywhere(page: Any) -> list[str]:
    """What axe finds in light, in dark at 400 % (320 px wide), and where colours are forced.

    Beyond colours, the style sheet changes with the width only how large and how wide things are.
    """
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    found += [f"dark and narrow, {each}" for each in violations(page, rules=(*COLOURS, *ROOM))]
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += [f"forced colours, {each}" for each in violations(page, only_colours=True)]
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size(SIZE)
    return found


def barriers(page: Any) -> list[str]:
    """What axe finds wrong with the page as it is shown, and with its colours in the dark."""
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    # The style sheet alone knows light from dark, so nothing but colours can differ.
    found += [f"dark, {each}" for each in violations(page, only_colours=True)]
    page.emulate_media(color_scheme="light")
    return found


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any, only_colours: bool = False, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds wrong with the page as it is, with the first places; by some rules alone."""
    rules = COLOURS if only_colours else rules
    # The policy of the page lets no script in, so axe comes by the browser's own way, once.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    every = {"type": "tag", "values": RULES}
    only = {"type": "rule", "values": list(rules)} if rules else every
    found = page.evaluate(_RUN_AXE, {"runOnly": only, "resultTypes": ["violations"]})
    return [f"{each['id']}: {[node['html'] for node in each['nodes']][:3]}" for each in found]
