"""Renders the pages of a site: the same templates as the server's, with addresses of files.

Out of scope: which pages there are (`publication`), and writing them (`site_folder`).
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from hwbs_graph.web.branding import PLAIN, Branding
from hwbs_graph.web.pages.rendering import NAVIGATION, render_page
from hwbs_graph.web.publishing.site_addresses import FileNames
from hwbs_graph.write.html_policy import ICON, SELF, build_policy

#: The pages of a site that each page leads to.
_NAVIGATION = (*NAVIGATION[:1], ("/search", "Search"), *NAVIGATION[2:], ("/data", "Data"))
#: No page asks another place, and none asks anything while it is shown.
_POLICY = build_policy(script_src=SELF, style_src=SELF, img_src=f"{SELF} {ICON}", form_action=SELF)


class PageMaker(NamedTuple):
    """Makes pages as files: `names` knows the file of each address.

    `drawn` says that the view holds every plan, so that it opens on a thing. `texts` are
    those of the documents that are at hand.
    """

    names: FileNames
    branding: Branding = PLAIN
    drawn: bool = True
    texts: Mapping[str, tuple[str, ...]] = {}

    def render(self, file: str, template: str, /, **values: Any) -> bytes:
        """Return the page that stands in a file."""
        shared = {
            "address": partial(self.names.lead, file),
            "published": True,
            "drawn": self.drawn,
            "navigation": _NAVIGATION,
            "policy": _POLICY,
            "brand": self.branding,
        }
        return render_page(template, **shared | values)
