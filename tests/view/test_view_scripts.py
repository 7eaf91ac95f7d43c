"""The view's scripts: how they are joined, and their own tests, run by Node where it is present."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from support import ROOT, required

from hwbs_graph.view.page.script_joiner import join_scripts

SUITES = sorted(Path(__file__).parent.glob("*.test.mjs"))
SCRIPTS = ROOT / "src" / "hwbs_graph" / "view" / "scripts"
ENTRIES = ("main.js", "press.js", "boards.js", "answer.js")


def joined(folder: Path, **scripts: str) -> str:
    """Return the scripts that `main` of these leads to, joined."""
    for name, text in scripts.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return join_scripts("main.js", folder)


def test_a_script_stands_once_and_after_what_it_imports(tmp_path: Path) -> None:
    text = joined(
        tmp_path,
        main='import { b } from "./b.js";\nimport { a } from "./a.js";\na(b);\n',
        b='import { a } from "./a.js";\nexport const b = a;\n',
        a="export function a() {}\n",
    )
    assert re.findall(r'^modules\["(\w+).js"\]', text, re.MULTILINE) == ["a", "b", "main"]
    assert not re.search(r"^(im|ex)port", text, re.MULTILINE)


def test_scripts_that_import_each_other_are_an_error(tmp_path: Path) -> None:
    circle = 'import { b } from "./b.js";\nexport const a = b;\n'
    back = 'import { a } from "./main.js";\nexport const b = a;\n'
    with pytest.raises(ValueError, match=r"in a circle: main\.js, b\.js, main\.js"):
        joined(tmp_path, main=circle, b=back)


def test_a_name_that_is_not_exported_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"main\.js imports b; b\.js does not export it"):
        joined(tmp_path, main='import { b } from "./b.js";\n', b="const b = 1;\n")
    with pytest.raises(FileNotFoundError):
        joined(tmp_path, main='import { c } from "./c.js";\n')


@pytest.mark.parametrize("line", ["export class A {}", "export default 1;", 'import "./b.js";'])
def test_another_form_of_import_or_export_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match="a form of import or export that is not known"):
        joined(tmp_path, main=f"{line}\n", b="")


def test_every_script_is_led_to_by_an_entry_and_shares_no_name() -> None:
    led_to = {
        name
        for entry in ENTRIES
        for name in re.findall(r"\nmodules\[\"(.*?)\"\] =", join_scripts(entry))
    }
    scripts = {
        path.relative_to(SCRIPTS).as_posix(): path.read_text("utf-8")
        for path in SCRIPTS.rglob("*.js")
    }
    assert led_to == set(scripts)
    exported = [
        name
        for text in scripts.values()
        for name in re.findall(r"^export .*?\b(?:function|const) (\w+)", text, re.MULTILINE)
    ]
    assert [name for name, times in Counter(exported).items() if times > 1] == []


def test_what_draws_without_a_page_asks_for_none() -> None:
    assert 'modules["page/' in join_scripts("main.js")
    assert 'modules["page/' not in join_scripts("press.js")


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
