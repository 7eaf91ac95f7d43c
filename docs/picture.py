"""Draw docs/view.png, the picture at the top of the README: the map as a browser shows it.

python docs/picture.py             needs Chromium; draw it anew when the page has changed
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

TARGET = Path(__file__).parent / "view.png"
SIZE = (1280, 800)
#: Enough for the page's colours and the edges of its letters.
COLOURS = 48


def draw_picture(browser: str) -> None:
    """Write the page with `hwbs view`, and keep its first screen in few colours."""
    with TemporaryDirectory() as folder:
        page, screen = Path(folder, "view.html"), Path(folder, "screen.png")
        subprocess.run([sys.executable, "-m", "hwbs_graph", "view", "-o", page], check=True)
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--virtual-time-budget=9000"]
        size = "--window-size={},{}".format(*SIZE)
        command = [browser, *options, size, f"--screenshot={screen}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(screen) as image:
            image.convert("RGB").quantize(COLOURS).save(TARGET, optimize=True)


if __name__ == "__main__":
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("docs/picture.py needs Chromium.")
    draw_picture(chromium)
