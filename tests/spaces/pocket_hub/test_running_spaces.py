"""The pocket Hub about the Spaces beside it: what the real huggingface_hub client reads there."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

from splatelier.spaces.pocket_hub import Account, PocketHub, RunningSpace

pytestmark = pytest.mark.slow

SPACES = Path(__file__).resolve().parents[3] / "spaces"
READER = Account("reader", "hf_reader", role="read", gpu_seconds=(300, 41))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A Hub with a Space that runs and one that does not; a bare listener stands for a running server."""
    with socket.create_server(("127.0.0.1", 0)) as door, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        spaces = [
            RunningSpace("splatelier/visual-hull", SPACES / "visual_hull", _url(door)),
            RunningSpace("splatelier/elevation-painter", SPACES / "elevation_painter", _url(closed)),
        ]
        with PocketHub(spaces, [READER]).serving() as url:
            yield url


def _url(door: socket.socket) -> str:
    return f"http://127.0.0.1:{door.getsockname()[1]}"


@pytest.fixture
def api(endpoint: str) -> HfApi:
    return HfApi(endpoint=endpoint, token=False)


def test_agents_md_has_the_hubs_six_lines(endpoint: str) -> None:
    answer = httpx.get(f"{endpoint}/spaces/splatelier/visual-hull/agents.md")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    host = re.escape(re.search(r"http://127\.0\.0\.1:\d+", answer.text)[0])  # type: ignore[index]
    first, *rest = answer.text.splitlines()
    assert first == (
        "To use this application (splatelier/visual-hull: Turn an image into a 3D Gaussian splat, no GPU):"
    )
    patterns = [
        rf"API schema: GET {host}/gradio_api/info",
        rf'Call endpoint: POST {host}/gradio_api/call/v2/\{{endpoint\}} \{{"param_name": value, \.\.\.\}}',
        rf"Poll result: GET {host}/gradio_api/call/\{{endpoint\}}/\{{event_id\}}",
        rf'File inputs: POST {host}/gradio_api/upload -F "files=@file\.ext", use as: \{{"path": "<returned-path>", '
        r'"meta": \{"_type": "gradio\.FileData"\}, "orig_name": "file\.ext"\}',
        r"Auth: Bearer \$HF_TOKEN \(https://huggingface\.co/settings/tokens\)",
    ]
    assert len(rest) == len(patterns)
    for line, pattern in zip(rest, patterns, strict=True):
        assert re.fullmatch(pattern, line)


def test_agents_md_of_a_space_that_is_not_there_is_404(endpoint: str) -> None:
    assert httpx.get(f"{endpoint}/spaces/splatelier/nothing/agents.md").status_code == 404


@pytest.mark.parametrize("query", ["image to 3d", "turn images into gaussian splats", "splatting", "3D modeling"])
def test_search_finds_the_running_space_by_what_it_does(api: HfApi, query: str) -> None:
    found = list(api.search_spaces(query, sdk="gradio"))
    assert [space.id for space in found] == ["splatelier/visual-hull"]
    assert found[0].runtime is not None
    assert found[0].runtime.stage == "RUNNING"
    assert found[0].ai_category == "3D Modeling"
    assert found[0].semantic_relevancy_score is not None


def test_search_shows_what_is_not_running_only_when_asked(api: HfApi) -> None:
    assert not [space for space in api.search_spaces("text to image generation") if "painter" in space.id]
    asleep = list(api.search_spaces("text to image generation", include_non_running=True))
    assert asleep[0].id == "splatelier/elevation-painter"
    assert asleep[0].runtime is not None
    assert asleep[0].runtime.stage == "RUNTIME_ERROR"


def test_search_keeps_to_the_sdk_and_the_tags_asked_for(api: HfApi) -> None:
    assert not list(api.search_spaces("gaussian splat", sdk="docker"))
    assert list(api.search_spaces("gaussian splat", filter="image-to-3d"))
    assert not list(api.search_spaces("gaussian splat", filter=["image-to-3d", "video"]))
    assert not list(api.search_spaces("speech recognition"))


def test_space_info_tells_revision_host_stage_and_card(api: HfApi) -> None:
    info = api.space_info("splatelier/visual-hull")
    assert re.fullmatch(r"[0-9a-f]{40}", info.sha or "")
    assert info.host is not None
    assert info.host.startswith("http://127.0.0.1:")
    assert info.runtime is not None
    assert info.runtime.stage == "RUNNING"
    assert info.card_data is not None
    assert (info.card_data.title, info.card_data.license) == ("Visual Hull", "apache-2.0")
    assert len(info.card_data["short_description"]) <= 60
    assert {sibling.rfilename for sibling in info.siblings or []} >= {"app.py", "README.md", "requirements.txt"}
    assert api.get_space_runtime("splatelier/visual-hull").stage == "RUNNING"


def test_the_revision_changes_with_the_files(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\ntitle: A\n---\n")
    before = RunningSpace("a/b", tmp_path, "http://127.0.0.1:1").sha
    assert RunningSpace("a/b", tmp_path, "http://127.0.0.1:1").sha == before
    (tmp_path / "app.py").write_text("pass")
    assert RunningSpace("a/b", tmp_path, "http://127.0.0.1:1").sha != before


def test_a_space_that_is_not_there_is_what_the_client_calls_not_found(api: HfApi) -> None:
    with pytest.raises(RepositoryNotFoundError):
        api.space_info("splatelier/nothing")


def test_the_gpu_quota_is_the_callers_own(endpoint: str, api: HfApi) -> None:
    quota = HfApi(endpoint=endpoint, token=READER.token).get_zero_gpu_quota()
    assert (quota.base, quota.remaining) == (300, 41)
    with pytest.raises(HfHubHTTPError, match="valid token"):
        api.get_zero_gpu_quota()
    with pytest.raises(HfHubHTTPError, match="valid token"):
        HfApi(endpoint=endpoint, token="hf_stranger").get_zero_gpu_quota()


def test_a_spaces_page_on_the_hub_leads_to_the_space(endpoint: str) -> None:
    answer = httpx.get(f"{endpoint}/spaces/splatelier/visual-hull")
    assert answer.is_redirect
    assert answer.headers["location"].startswith("http://127.0.0.1:")
    assert httpx.get(f"{endpoint}/spaces/splatelier/nothing").status_code == 401
