"""The build hook that bundles the editor: with npm, without it, and with one that fails."""

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from support import ROOT, required

#: npm may have to fetch packages of which it has none yet.
PATIENCE = 600
PATH = os.environ["PATH"]


def lacking(reason: str) -> None:
    """Skip, or fail where the editor is required."""
    if "editor" in required():
        pytest.fail(f"HWBS_REQUIRE asks for the editor, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The module hatch_build, which no installation carries."""
    if importlib.util.find_spec("hatchling") is None:
        lacking("hatchling is not installed")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without a bundle, and a PATH without npm."""
    shutil.copytree(ROOT / "editor", tmp_path / "editor")
    (tmp_path / hook.BUNDLE).parent.mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("HWBS_EDITOR", raising=False)
    return tmp_path


def failing_npm(checkout: Path) -> None:
    npm = checkout / "bin" / "npm"
    said = "echo 'npm warn old' >&2\necho 'npm error network: no way out' >&2"
    npm.write_text(f"#!/bin/sh\n{said}\nexit 1\n", "utf-8")
    npm.chmod(0o755)


def build(hook: ModuleType, checkout: Path) -> None:
    """Run the hook as hatchling does."""
    hook.EditorHook(str(checkout), {}, None, None, str(checkout / "dist"), "wheel").initialize(
        "standard", {}
    )


def test_without_npm_the_build_goes_on_and_says_so(
    hook: ModuleType, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    build(hook, checkout)
    assert not (checkout / hook.BUNDLE).exists()
    assert "a plain text area: npm is not installed" in "".join(capfd.readouterr())


def test_where_npm_fails_the_build_goes_on_and_says_why(
    hook: ModuleType, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    failing_npm(checkout)
    build(hook, checkout)
    assert not (checkout / hook.BUNDLE).exists()
    said = "".join(capfd.readouterr())
    assert "a plain text area: npm ci failed: npm error network: no way out" in said


def test_a_required_editor_that_cannot_be_made_is_an_error(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HWBS_EDITOR", "require")
    with pytest.raises(hook.BundleError, match="npm is not installed"):
        build(hook, checkout)


def test_an_older_bundle_is_kept_where_npm_fails(
    hook: ModuleType, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (checkout / hook.BUNDLE).write_text("// Made of other sources\n", "utf-8")
    failing_npm(checkout)
    build(hook, checkout)
    assert (checkout / hook.BUNDLE).read_text("utf-8") == "// Made of other sources\n"
    assert "an older editor" in "".join(capfd.readouterr())


@pytest.mark.skipif(shutil.which("npm") is None and "editor" not in required(), reason="no npm")
def test_a_bundle_of_the_same_sources_needs_no_npm_and_another_does(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as whole:
        whole.setenv("PATH", PATH)
        whole.setenv("HWBS_EDITOR", "require")
        build(hook, checkout)
    monkeypatch.setenv("HWBS_EDITOR", "require")
    build(hook, checkout)
    with (checkout / "editor" / "editor.js").open("a") as source:
        source.write("// More.\n")
    with pytest.raises(hook.BundleError):
        build(hook, checkout)


def test_a_wheel_carries_the_bundle_with_the_licences_of_what_is_in_it(
    hook: ModuleType, tmp_path: Path
) -> None:
    if shutil.which("npm") is None and not (ROOT / hook.BUNDLE).exists():
        lacking("npm is not installed")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*command, "-q", "-w", str(tmp_path), str(ROOT)],
        check=True,
        timeout=PATIENCE,
        env={**os.environ, "HWBS_EDITOR": "require"},
    )
    [wheel] = tmp_path.glob("*.whl")
    inside = hook.BUNDLE.relative_to("src").as_posix()
    text = zipfile.ZipFile(wheel).read(inside).decode("utf-8")
    assert text.startswith("// Made of sources with the SHA-256 ")
    for name in ("@codemirror/view", "codemirror-lang-sparql", "style-mod"):
        assert f"\n{name}\n\n" in text
    assert text.count("Permission is hereby granted") > 10


def test_the_lock_file_names_no_address() -> None:
    text = (ROOT / "editor" / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    assert '"integrity"' in text
