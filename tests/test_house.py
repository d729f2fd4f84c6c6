"""The house is as its plan says: rooms of a size to be known, and papers that name what is there."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


def tracked(*patterns: str) -> list[Path]:
    """The files that belong to the project, as git knows them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [Path(name) for name in names if (ROOT / name).exists()]


def rooms() -> list[Path]:
    """Every folder with modules of the package in it."""
    files = tracked("agent/*.py", "tools/*.py", "spaces/*.py")
    return sorted({file.parent for file in files})


def test_a_folder_has_at_most_fifteen_files_of_code() -> None:
    sizes = Counter(file.parent for file in tracked("*.py", "*.js", "*.mjs"))
    assert {str(folder): size for folder, size in sizes.items() if size > 15} == {}


@pytest.mark.parametrize("room", rooms(), ids=str)
def test_a_room_says_in_at_most_fifteen_lines_what_it_is(room: Path) -> None:
    readme = ROOT / room / "README.md"
    assert readme.is_file()
    text = re.sub(r"\A---\n.*?\n---\n", "", readme.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert 2 <= len(text.strip().splitlines()) <= 15


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_path_that_a_paper_names_is_there(paper: Path) -> None:
    folders = "agent|tools|prompts|site_templates|spaces|tests|docs|benchmarks|examples|package"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", paper.read_text(encoding="utf-8"))
    linked = re.findall(r"\]\((?!https?:|#)([^)]+)\)", paper.read_text(encoding="utf-8"))
    missing = [name for name in named if not (ROOT / name).exists()]
    missing += [name for name in linked if not (paper.parent / name).exists()]
    assert missing == []
