"""A briefing as one HTML page that needs nothing else, and prints on A4.

No script runs on it, and its policy allows none: a briefing is opened from an e-mail.
https://www.w3.org/TR/CSP3/

Out of scope: what the briefing says.
"""

from importlib import resources

from hwbs_graph.text import normalise_newlines
from hwbs_graph.write import templates
from hwbs_graph.write.briefing.content import Briefing
from hwbs_graph.write.briefing.layout import lay_out
from hwbs_graph.write.html_policy import ICON, allow_inline, build_policy


def write(briefing: Briefing) -> bytes:
    """Return the page as UTF-8 text."""
    from markupsafe import Markup

    environment = templates.build_environment(__package__, keep_trailing_newline=True)
    style = _read_style()
    page = environment.get_template("sheet.html.j2").render(
        briefing=briefing,
        sections=list(lay_out(briefing)),
        policy=build_policy(style_src=allow_inline(style), img_src=ICON),
        style=Markup(style),
    )
    return page.encode("utf-8")


def _read_style() -> str:
    path = resources.files(__package__) / "static" / "sheet.css"
    return normalise_newlines(path.read_text(encoding="utf-8"))
