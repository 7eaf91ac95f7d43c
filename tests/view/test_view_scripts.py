"""The scripts that need no page, run by Node where it is present."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import required

SUITES = sorted(Path(__file__).parent.glob("*.test.mjs"))


def test_no_suite_of_the_scripts_is_missed() -> None:
    assert {"model.test.mjs", "pictures.test.mjs"} <= {suite.name for suite in SUITES}


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_the_scripts_pass_their_own_tests(suite: Path) -> None:
    node = shutil.which("node")
    if node is None:
        # Node.js runs the page's scripts without a browser, and belongs to what "browser" asks for.
        if "browser" in required():
            pytest.fail("HWBS_REQUIRE asks for a browser, and Node.js is not installed")
        pytest.skip("Node.js is not installed")
    command = [node, "--test", "--test-reporter=tap", str(suite)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    # A runner that found nothing also ends well.
    written = len(re.findall(r"^test\(", suite.read_text(encoding="utf-8"), re.MULTILINE))
    assert written > 10
    assert f"# pass {written}\n" in done.stdout
