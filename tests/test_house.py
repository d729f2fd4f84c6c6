"""The house is as its plan says: rooms of a size to be known, and papers that name what is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


def sources(*suffixes: str) -> list[Path]:
    """The project's own files with these suffixes, relative to its root; nothing built, installed or hidden."""
    left_out = {"node_modules", "dist", "galleries", "artefacts", "__pycache__"}
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if not any(part in left_out or part[0] == "." for part in path.parts))


def rooms() -> list[Path]:
    """Every folder with modules of the package in it."""
    return sorted({file.parent for file in sources(".py") if file.parts[0] in {"agent", "tools", "spaces"}})


def test_a_folder_has_at_most_fifteen_files_of_code() -> None:
    sizes = Counter(file.parent for file in sources(".py", ".js", ".mjs"))
    assert {str(folder): size for folder, size in sizes.items() if size > 15} == {}


@pytest.mark.parametrize("room", rooms(), ids=str)
def test_a_room_says_in_at_most_fifteen_lines_what_it_is(room: Path) -> None:
    readme = ROOT / room / "README.md"
    assert readme.is_file()
    if not (ROOT / room / "app.py").exists():  # the card of a Space is written for the Hub
        assert 2 <= len(readme.read_text(encoding="utf-8").strip().splitlines()) <= 15


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_path_that_a_paper_names_is_there(paper: Path) -> None:
    folders = "agent|tools|prompts|site_templates|spaces|tests|docs|benchmarks|examples|package"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", paper.read_text(encoding="utf-8"))
    linked = re.findall(r"\]\((?!https?:|#)([^)]+)\)", paper.read_text(encoding="utf-8"))
    missing = [name for name in named if "NAME" not in name and not (ROOT / name).exists()]
    missing += [name for name in linked if not (paper.parent / name).exists()]
    assert missing == []
