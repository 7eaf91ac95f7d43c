"""The scripts that need no page, run by Node where it is present."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import required

SUITE = Path(__file__).with_name("model.test.mjs")


def test_the_scripts_pass_their_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        # Node.js runs the page's scripts without a browser, and belongs to what "browser" asks for.
        if "browser" in required():
            pytest.fail("HWBS_REQUIRE asks for a browser, and Node.js is not installed")
        pytest.skip("Node.js is not installed")
    command = [node, "--test", "--test-reporter=tap", str(SUITE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    # A runner that found nothing also ends well.
    written = len(re.findall(r"^test\(", SUITE.read_text(encoding="utf-8"), re.MULTILINE))
    assert f"# pass {written}" in done.stdout
