from pathlib import Path

import pytest

from splatelier.tools.redact import hide
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.provenance import Step, record, trace
from splatelier.tools.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path)
    workspace.write_text("a.txt", "a")
    return workspace


def step(workspace: Workspace, **fields: object) -> Step:
    return Step(tool="paint", sha256=file_sha256(workspace.existing("a.txt")), **fields)  # type: ignore[arg-type]


def test_passwords_in_addresses_and_tokens_in_arguments_are_not_recorded(workspace: Workspace) -> None:
    hide("a-told-secret")
    record(
        workspace,
        step(
            workspace,
            space="http://me:opensesame@127.0.0.1:7860",
            url="http://me:opensesame@127.0.0.1:7860/",
            arguments={"prompt": "a tower, hf_abcdefghijklmnop", "more": [{"key a-told-secret": "a-told-secret"}]},
        ),
        [],
    )
    log = (workspace.state / "provenance.jsonl").read_text()
    (found,) = trace(workspace, "a.txt")
    for text in (log, found.model_dump_json()):
        assert not any(secret in text for secret in ("opensesame", "hf_abcdefghijklmnop", "a-told-secret"))
    assert found.arguments["prompt"] == "a tower, [secret]"
    assert found.space == "http://[secret]@127.0.0.1:7860"


def test_a_torn_line_costs_that_line_only(workspace: Workspace) -> None:
    record(workspace, step(workspace, seconds=1.0), [])
    with (workspace.state / "provenance.jsonl").open("ab") as log:
        log.write(b'{"inputs": [], "step": {"tool": "half\xff')
    record(workspace, step(workspace, seconds=2.0), [])
    assert [found.seconds for found in trace(workspace, "a.txt")] == [2.0]
    (workspace.root / "a.txt").write_text("a")
    assert len((workspace.state / "provenance.jsonl").read_bytes().splitlines()) == 3


def test_a_step_with_a_line_separator_in_its_words_comes_back(workspace: Workspace) -> None:
    record(workspace, step(workspace, arguments={"prompt": "one\u2028two\nthree"}), [])
    assert trace(workspace, "a.txt")[0].arguments == {"prompt": "one\u2028two\nthree"}
