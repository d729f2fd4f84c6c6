"""What a web page elsewhere, and a client with a token and bad intentions, try on the pocket Hub."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from splatelier.spaces.pocket_hub import Account, Limits, PocketHub

pytestmark = pytest.mark.slow

ADA = {"Authorization": "Bearer hf_ada"}
BODY_BYTES = 20_000


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    return tmp_path / "data" / "hub"


@pytest.fixture
def hub(storage: Path) -> Iterator[httpx.Client]:
    """A client that is let in, with the write token of ada, who has one Space."""
    limits = Limits(body_bytes=BODY_BYTES, file_bytes=1000)
    pocket = PocketHub(accounts=[Account("ada", "hf_ada")], storage=storage, limits=limits)
    with pocket.serving() as url, httpx.Client(base_url=url, headers=ADA, trust_env=False) as client:
        made = client.post("/api/repos/create", json={"name": "page", "type": "space", "sdk": "static"})
        assert made.status_code == 200
        yield client


def everything(storage: Path) -> dict[str, bytes]:
    """All files around the storage, two folders up, with their contents."""
    top = storage.parents[1]
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "evil.test:{port}",
        "127.0.0.1.evil.test:{port}",
        "127.0.0.1:{port}.evil.test",
        "localhost.:{port}",
        "",
    ],
)
def test_a_name_that_only_points_to_this_machine_is_refused(hub: httpx.Client, storage: Path, host: str) -> None:
    before = everything(storage)
    name = host.format(port=hub.base_url.port)
    assert hub.get("/api/whoami-v2", headers={"Host": name}).status_code == 421
    assert hub.post("/api/repos/create", json={"name": "sly"}, headers={"Host": name}).status_code == 421
    assert everything(storage) == before


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", ""])
def test_a_page_of_another_origin_is_refused(hub: httpx.Client, storage: Path, origin: str) -> None:
    before = everything(storage)
    headers = {"Origin": origin.format(port=hub.base_url.port), "Content-Type": "text/plain"}
    assert hub.post("/api/repos/create", content='{"name": "sly"}', headers=headers).status_code == 403
    assert hub.get("/static/ada/page/index.html", headers=headers).status_code == 403
    assert everything(storage) == before


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_hubs_own_pages_and_programs_of_this_machine_are_answered(hub: httpx.Client, name: str) -> None:
    host = f"{name}:{hub.base_url.port}"
    assert hub.get("/api/whoami-v2", headers={"Host": host}).json()["name"] == "ada"
    assert hub.get("/api/whoami-v2", headers={"Host": host, "Origin": f"http://{host}"}).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {"type": "../../escaped", "name": "page"},
        {"type": "../space", "name": "page"},
        {"type": "/tmp/space", "name": "page"},
        {"type": "spaces", "name": "page"},
        {"type": ["space"], "name": "page"},
        {"type": "space", "name": "../../../escaped"},
        {"type": "space", "name": "a/b"},
        {"type": "space", "name": "a\\..\\b"},
        {"type": "space", "name": ".."},
        {"type": "space", "name": "a\0b"},
        {"type": "space", "name": "ümlaut"},
        {"type": "space", "name": "page.git"},
        {"type": "space", "name": "a" * 97},
        {"type": "space", "name": 7},
        {"type": "space"},
        {"type": "space", "name": "other", "sdk": "static\ncolorFrom: x"},
        {"type": "space", "name": "other", "private": "maybe"},
    ],
    ids=str,
)
def test_no_repository_is_made_of_a_type_or_a_name_that_is_none(
    hub: httpx.Client, storage: Path, wanted: dict[str, object]
) -> None:
    before = everything(storage)
    assert hub.post("/api/repos/create", json=wanted).status_code == 400
    assert everything(storage) == before


@pytest.mark.parametrize("namespace", ["../ada", "ada/..", "bob", "", "ada\0"])
def test_no_repository_is_made_for_another_namespace(hub: httpx.Client, storage: Path, namespace: str) -> None:
    wanted = {"name": "sly", "type": "space", "organization": namespace or "/"}
    before = everything(storage)
    assert hub.post("/api/repos/create", json=wanted).status_code == 403
    assert everything(storage) == before


@pytest.mark.parametrize(
    "path",
    [
        "../escaped.txt",
        "a/../../escaped.txt",
        "/etc/cron.d/escaped",
        "a//b",
        ".git/config",
        "a\\..\\..\\escaped.txt",
        "C:\\escaped.txt",
        "a\0b",
        "a\nb",
        "\u202etxt.exe",
        "",
        "deep/" * 300 + "file",
        "x" * 300,
        7,
        None,
    ],
    ids=repr,
)
def test_no_file_is_committed_outside_its_repository(hub: httpx.Client, path: object) -> None:
    before = hub.get("/api/spaces/ada/page").json()["sha"]
    for change in (
        {"key": "file", "value": {"path": path, "content": "c2x5"}},
        {"key": "deletedFile", "value": {"path": path}},
        {"key": "lfsFile", "value": {"path": path, "oid": "0" * 64}},
    ):
        lines = [{"key": "header", "value": {"summary": "Sly"}}, change]
        answer = hub.post("/api/spaces/ada/page/commit/main", content="\n".join(map(json.dumps, lines)))
        assert answer.status_code == 400
    assert hub.get("/api/spaces/ada/page").json()["sha"] == before


@pytest.mark.parametrize(
    "address",
    [
        "/api/spaces/ada/page/revision/..%2F..%2Fetc",
        "/api/spaces/ada/page/tree/%2E%2E",
        "/spaces/ada/page/resolve/main/..%2F..%2F..%2Fetc%2Fpasswd",
        "/spaces/ada/page/resolve/..%2Fmain/index.html",
        "/static/ada/page/..%2F..%2Fspaces%2Fada%2Fpage.json",
        "/static/ada/..%2Fada%2Fpage/index.html",
        "/api/spaces/ada/..%2F..%2Fobjects",
        "/api/spaces/../../etc/passwd",
        "/api/etc/ada/page",
    ],
)
def test_no_address_leads_out_of_the_repositories(hub: httpx.Client, address: str) -> None:
    assert hub.get(address).status_code == 404


@pytest.mark.parametrize("body", ["", "null", "3", "[]", '"text"', "{}", "{", "\xff", "[" * 5000, '{"files": {}}'])
@pytest.mark.parametrize(
    "address",
    [
        "/api/repos/create",
        "/api/validate-yaml",
        "/api/spaces/ada/page/preupload/main",
        "/api/spaces/ada/page/commit/main",
        "/spaces/ada/page.git/info/lfs/objects/batch",
    ],
)
def test_a_body_of_another_shape_gets_a_sentence(hub: httpx.Client, address: str, body: str) -> None:
    answer = hub.post(address, content=body.encode("latin-1"))
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Not understood: ")


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    "address",
    ["/api/repos/create", "/api/spaces/ada/page/commit/main", "/api/spaces/ada/page/paths-info/main"],
)
def test_a_body_beyond_the_bound_is_not_read(hub: httpx.Client, address: str, announced: bool) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(10_000):
            sent += 10_000
            yield b" " * 10_000

    headers = {"Content-Length": str(100_000_000)} if announced else {}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        assert hub.post(address, content=pieces(), headers=headers).status_code == 413
    except httpx.TransportError:  # the door was shut while the client was still talking
        assert sent < 100_000_000


def test_an_upload_longer_than_announced_is_cut_off_and_leaves_nothing(hub: httpx.Client, storage: Path) -> None:
    batch = {"objects": [{"oid": "1" * 64, "size": 3}]}
    answer = hub.post("/spaces/ada/page.git/info/lfs/objects/batch", json=batch)
    href = answer.json()["objects"][0]["actions"]["upload"]["href"]
    before = everything(storage)
    assert hub.put(href, content=b"abcd" * 1000).status_code == 413
    assert everything(storage) == before


def test_an_upload_beyond_the_largest_file_gets_no_address(hub: httpx.Client) -> None:
    batch = {"objects": [{"oid": "1" * 64, "size": 1001}]}
    answer = hub.post("/spaces/ada/page.git/info/lfs/objects/batch", json=batch)
    assert answer.status_code == 413
    assert "actions" not in answer.text
