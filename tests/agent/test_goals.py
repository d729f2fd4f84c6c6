"""Goal files, good and bad."""

from pathlib import Path

import pytest

from splatelier.agent.goals import folder_for, read_goal
from splatelier.tools.errors import SplatelierError


def write(folder: Path, text: str) -> Path:
    path = folder / "goal.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_goal_is_text_with_optional_front_matter(tmp_path: Path) -> None:
    goal = read_goal(
        write(tmp_path, "---\ntitle: Stone\npieces: A, B\nstyle: {zoom: 0.8}\n---\n\nBuild a Paris gallery.\n")
    )
    assert goal.text == "Build a Paris gallery."
    assert goal.exact.pieces == ["A", "B"]
    assert goal.exact.style == {"zoom": 0.8}
    assert goal.expected == 2
    assert goal.folder == Path("galleries/paris")


def test_plain_markdown_with_windows_lines_is_a_goal_too(tmp_path: Path) -> None:
    goal = read_goal(write(tmp_path, "\ufeffBuild a 3D Egypt gallery\r\nwith four monuments\r\n"))
    assert goal.text == "Build a 3D Egypt gallery\nwith four monuments"
    assert goal.folder == Path("galleries/egypt")


def test_front_matter_alone_may_name_the_pieces(tmp_path: Path) -> None:
    assert "chair" in read_goal(write(tmp_path, "---\npieces: [chair, lamp]\n---\n")).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "asks for nothing"),
        ("---\ntitle: x\n---\n", "asks for nothing"),
        ("---\ntitle: x\nBuild it", "closing '---'"),
        ("---\ntitle: [x\n---\nBuild", "not valid YAML in line"),
        ("---\n- a\n- b\n---\nBuild", "'name: value'"),
        ("---\ncolour: red\n---\nBuild", "colour: Extra inputs are not permitted; the fields are gallery"),
        ("---\nstyle: {zoom: 99}\n---\nBuild", "zoom"),
        ("---\nstyle: {glow: 1}\n---\nBuild", "glow"),
        ("---\ncount: 0\n---\nBuild", "count"),
        ("---\npieces: []\n---\nBuild", "pieces"),
        ("---\ndeploy: nowhere\n---\nBuild", "deploy"),
    ],
)
def test_a_bad_goal_file_is_refused_in_one_sentence_that_names_the_fault(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SplatelierError) as caught:
        read_goal(write(tmp_path, text))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_goal_file_that_is_missing_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SplatelierError, match=r"missing\.md cannot be read"):
        read_goal(tmp_path / "missing.md")
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(SplatelierError, match="not UTF-8"):
        read_goal(tmp_path / "binary.md")


@pytest.mark.parametrize(
    ("sentence", "folder"),
    [
        ("build a 3D Paris gallery", "paris"),
        ("Build me a gallery of Japanese castles", "japanese-castles"),
        ("create a product showroom with a chair and a lamp", "product"),
        ("build a gallery with a lighthouse and a chair", "lighthouse-chair"),
        ("build a gallery", "gallery"),
        ("../../etc/passwd", "gallery"),
    ],
)
def test_a_gallery_is_named_after_what_it_is_about(sentence: str, folder: str) -> None:
    assert folder_for(sentence).parts[0] == "galleries"
    assert folder_for(sentence).name == folder or sentence.startswith("..")
    assert ".." not in folder_for(sentence).parts
