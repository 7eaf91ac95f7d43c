"""The scripts that need no page, run by Node where it is present."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

SUITE = Path(__file__).with_name("model.test.mjs")


def test_the_scripts_pass_their_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        if "node" in os.environ.get("HWBS_REQUIRE", "").split(","):
            pytest.fail("HWBS_REQUIRE asks for node, but node is not installed")
        pytest.skip("node is not installed")
    command = [node, "--test", "--test-reporter=tap", str(SUITE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    # A runner that found nothing also ends well.
    written = len(re.findall(r"^test\(", SUITE.read_text(encoding="utf-8"), re.MULTILINE))
    assert f"# pass {written}" in done.stdout
