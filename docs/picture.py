"""Draw the pictures of the README and the manual: the view as a browser shows it.

python docs/picture.py             needs Chromium; draw them anew when the page has changed
python docs/picture.py view-sheet  only that one
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

FOLDER = Path(__file__).parent
#: What `hwbs view` is asked for, by the name of the picture.
PICTURES: dict[str, tuple[str, ...]] = {
    "view": (),
    "view-sheet": ("--partner", "Housing", "--kind", "sheet"),
    "view-network": ("--kind", "network", "--theme", "Places"),
    "view-coverage": ("--kind", "coverage"),
}
SIZE = (1280, 800)
#: Enough for the page's colours and the edges of its letters.
COLOURS = 48


def draw_picture(browser: str, name: str) -> None:
    """Write the page with `hwbs view`, and keep its first screen in few colours."""
    with TemporaryDirectory() as folder:
        page, screen = Path(folder, "view.html"), Path(folder, "screen.png")
        command = [sys.executable, "-m", "hwbs_graph", "view", "-o", page, *PICTURES[name]]
        subprocess.run(command, check=True)
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--virtual-time-budget=9000"]
        size = "--window-size={},{}".format(*SIZE)
        command = [browser, *options, size, f"--screenshot={screen}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(screen) as image:
            small = image.convert("RGB").quantize(COLOURS)
            small.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("docs/picture.py needs Chromium.")
    for each in sys.argv[1:] or PICTURES:
        draw_picture(chromium, each)
