"""`splatelier spaces`: the track record as a table or JSON, and clearing it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from splatelier.agent.cli.spaces import spaces_app
from splatelier.tools.calls.ledger import Ledger, Outcome

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def ledger() -> Ledger:
    ledger = Ledger()
    for outcome in ("ok", "ok", "timeout", "timeout"):
        ledger.add(Outcome("someone/good", "/run", outcome, 1.0, 2.0))
    ledger.learn("someone/good", "likes pictures on black")
    return ledger


def test_before_any_call_there_is_nothing_to_show() -> None:
    result = CliRunner().invoke(spaces_app)
    assert result.exit_code == 0
    assert "No Space has been called yet." in result.output


def test_the_table_has_the_record_and_the_lessons(ledger: Ledger) -> None:
    ledger.close()
    result = CliRunner().invoke(spaces_app, env={"COLUMNS": "160"})
    for said in ("someone/good", "4", "50 %", "3.0 s", "2 failed in a row", "likes pictures on black", "just now"):
        assert said in result.output


def test_json_is_for_scripts(ledger: Ledger) -> None:
    ledger.close()
    (entry,) = json.loads(CliRunner().invoke(spaces_app, ["--json"]).output)
    assert (entry["space"], entry["calls"], entry["successes"], entry["median_seconds"]) == ("someone/good", 4, 2, 3.0)
    assert entry["lessons"] == ["likes pictures on black"]


def test_forgetting_clears_a_space_and_says_when_there_is_nothing(ledger: Ledger) -> None:
    ledger.close()
    assert "Forgot 5" in CliRunner().invoke(spaces_app, ["forget", "someone/good"]).output
    again = CliRunner().invoke(spaces_app, ["forget", "someone/good"])
    assert again.exit_code == 1
    assert "Nothing is known" in again.output
