"""What several tests share: the command line as a person runs it, and one Paris gallery built with it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

HEAVY = {"chromium", "paris_run", "splatelier", "run_node", "offline_house", "town", "bench", "internet"}
"""Fixtures that start a server, a browser or Node: a test that uses one is left out of `make quick`."""

Splatelier = Callable[..., subprocess.CompletedProcess[str]]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: needs a server, a browser or npm, or seconds; `make quick` leaves it out")
    if config.option.markexpr == "not slow":
        sys.addaudithook(_start_nothing)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare `make quick` the imports of files and folders that are slow as a whole: gradio alone takes seconds."""
    if config.option.markexpr != "not slow" or collection_path.name.startswith((".", "_", "node_modules")):
        return None
    tests = collection_path.rglob("test_*.py") if collection_path.is_dir() else [collection_path]
    return True if all("\npytestmark = pytest.mark.slow\n" in test.read_text("utf-8") for test in tests) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HEAVY.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


def _start_nothing(event: str, arguments: tuple[object, ...]) -> None:
    """Hold `make quick` to its word: a test that listens or starts a browser or npm belongs to the slow ones."""
    program = Path(os.fsdecode(arguments[0])).name if event == "subprocess.Popen" else ""  # type: ignore[arg-type]
    if event == "socket.bind" or program in {"chromium", "google-chrome", "node", "npm"}:
        raise AssertionError("this test starts a server, a browser or npm: mark it with pytest.mark.slow")


@pytest.fixture(scope="session")
def splatelier(tmp_path_factory: pytest.TempPathFactory) -> Splatelier:
    """Runs the console command with a home of its own and no token: `splatelier("run", "goal.md", cwd=...)`."""
    home = tmp_path_factory.mktemp("home")
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    env = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    env |= {"HOME": str(home), "HF_HOME": str(home / "hf"), "COLUMNS": "200", **folders}
    command = Path(sys.executable).with_name("splatelier")

    def run(*arguments: str, cwd: Path, said: str = "", **more_env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *arguments], cwd=cwd, input=said, env=env | more_env, capture_output=True, text=True, timeout=240
        )

    return run


@pytest.fixture(scope="session")
def paris_run(
    splatelier: Splatelier, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The Paris gallery as `make gallery` builds it, and what the command printed. Copy it before changing it."""
    folder = tmp_path_factory.mktemp("build")
    done = splatelier("build a 3D Paris gallery", "--offline", cwd=folder)
    return folder / "galleries" / "paris", done


@pytest.fixture(scope="session")
def paris(paris_run: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """The folder of the Paris gallery."""
    folder, done = paris_run
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium with software WebGL, one for the whole run."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "no Chromium on this machine: run tests/setup.sh, or set CHROMIUM to its path"
    software_webgl = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *software_webgl])
        yield browser
        browser.close()
