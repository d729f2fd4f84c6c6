"""The pocket Hub as a place to push to: the real huggingface_hub client does not know the difference."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi, snapshot_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from splatelier.spaces.pocket_hub import Account, Limits, PocketHub

pytestmark = pytest.mark.slow

ACCOUNTS = (Account("ada", "hf_ada"), Account("bob", "hf_bob"), Account("ada", "hf_reads", role="read"))
CARD = b"---\ntitle: Page\nemoji: \xf0\x9f\x97\xbf\ncolorFrom: gray\ncolorTo: red\nsdk: static\n---\n"
SPACE = "ada/page"


@pytest.fixture
def endpoint() -> Iterator[str]:
    with PocketHub(accounts=ACCOUNTS).serving() as url:
        yield url


@pytest.fixture
def ada(endpoint: str) -> HfApi:
    api = HfApi(endpoint=endpoint, token="hf_ada")
    api.create_repo(SPACE, repo_type="space", space_sdk="static")
    return api


def push(api: HfApi, files: dict[str, bytes | None], parent: str | None = None, space: str = SPACE) -> str:
    """A commit that puts files, or takes away those that are None; as buffers, which go without Xet."""
    operations: list[CommitOperationAdd | CommitOperationDelete] = [
        CommitOperationDelete(path) if content is None else CommitOperationAdd(path, io.BytesIO(content))
        for path, content in files.items()
    ]
    return api.create_commit(space, operations, commit_message="Push", repo_type="space", parent_commit=parent).oid


def paths(api: HfApi, revision: str | None = None) -> set[str]:
    return set(api.list_repo_files(SPACE, repo_type="space", revision=revision))


def test_it_knows_who_asks(endpoint: str) -> None:
    me = HfApi(endpoint=endpoint, token="hf_reads").whoami()
    assert (me["name"], me["auth"]["accessToken"]["role"]) == ("ada", "read")
    with pytest.raises(HfHubHTTPError, match="Invalid user token"):
        HfApi(endpoint=endpoint, token="hf_nobody").whoami()


def test_a_repository_is_created_once(ada: HfApi) -> None:
    assert paths(ada) == {".gitattributes", "README.md", "index.html", "style.css"}
    with pytest.raises(HfHubHTTPError, match="You already created this space repo"):
        ada.create_repo(SPACE, repo_type="space", space_sdk="static")
    again = ada.create_repo(SPACE, repo_type="space", space_sdk="static", exist_ok=True)
    assert again.repo_id == SPACE


@pytest.mark.parametrize(
    ("token", "name", "said"),
    [("hf_ada", "bob/page", "rights to write to the namespace"), ("hf_reads", "ada/other", "role 'read'")],
)
def test_a_repository_that_one_may_not_create_is_not_created(endpoint: str, token: str, name: str, said: str) -> None:
    with pytest.raises(HfHubHTTPError, match=said):
        HfApi(endpoint=endpoint, token=token).create_repo(name, repo_type="space", space_sdk="static")
    assert not HfApi(endpoint=endpoint, token="hf_bob").repo_exists(name, repo_type="space")


def test_what_is_pushed_is_what_comes_back(ada: HfApi, endpoint: str, tmp_path: Path) -> None:
    noise, text = os.urandom(200_000), "Grüße\n".encode()
    push(ada, {"data/deep/noise.bin": noise, "data/text.txt": text, "empty": b"", "style.css": None})
    folder = Path(
        snapshot_download(SPACE, repo_type="space", endpoint=endpoint, token="hf_ada", local_dir=tmp_path / "copy")
    )
    assert (folder / "data/deep/noise.bin").read_bytes() == noise
    assert (folder / "data/text.txt").read_bytes() == text
    assert (folder / "empty").read_bytes() == b""
    assert not (folder / "style.css").exists()


def test_the_tree_tells_folders_sizes_and_git_names(ada: HfApi) -> None:
    push(ada, {"a/b/c.txt": b"hello\n", "a/big.bin": b"\0" * 5000})
    top = {entry.path: entry for entry in ada.list_repo_tree(SPACE, repo_type="space")}
    assert "a" in top
    assert "a/b/c.txt" not in top
    inside = {entry.path: entry for entry in ada.list_repo_tree(SPACE, "a", repo_type="space", recursive=True)}
    assert set(inside) == {"a/b", "a/b/c.txt", "a/big.bin"}
    assert inside["a/b/c.txt"].blob_id == "ce013625030ba8dba906f756967f9e9ca394464a"  # git hash-object
    assert inside["a/big.bin"].lfs.size == 5000
    info = ada.get_paths_info(SPACE, ["a/b/c.txt", "nothing"], repo_type="space")
    assert [(entry.path, entry.size) for entry in info] == [("a/b/c.txt", 6)]
    with pytest.raises(EntryNotFoundError):
        list(ada.list_repo_tree(SPACE, "nothing", repo_type="space"))


def test_contents_that_are_there_already_are_not_sent_again(ada: HfApi, caplog: pytest.LogCaptureFixture) -> None:
    noise = os.urandom(50_000)
    first = push(ada, {"noise.bin": noise})
    with caplog.at_level("DEBUG", logger="huggingface_hub"):
        assert push(ada, {"noise.bin": noise}) == first
        push(ada, {"copy.bin": noise})
    assert "is already present upstream - skipping upload" in caplog.text


def test_a_commit_on_a_state_that_has_passed_is_refused_whole(ada: HfApi) -> None:
    old = ada.space_info(SPACE).sha
    push(ada, {"first.txt": b"1"}, parent=old)
    with pytest.raises(HfHubHTTPError, match="A commit has happened since"):
        push(ada, {"second.txt": b"2", "style.css": None}, parent=old)
    assert "style.css" in paths(ada)
    assert "second.txt" not in paths(ada)


def test_a_commit_of_which_one_part_is_wrong_is_refused_whole(ada: HfApi) -> None:
    before = ada.space_info(SPACE).sha
    with pytest.raises(EntryNotFoundError):
        push(ada, {"new.txt": b"1", "nothing.txt": None})
    card_without_sdk = CARD.replace(b"sdk: static\n", b"")
    with pytest.raises(ValueError, match='"sdk" must be one of'):
        push(ada, {"new.txt": b"1", "README.md": card_without_sdk})
    assert ada.space_info(SPACE).sha == before


def test_a_pointer_to_contents_that_were_never_sent_is_refused(ada: HfApi, endpoint: str) -> None:
    for oid in ("0" * 64, "../../../../etc/passwd"):
        lines = '{"key": "header", "value": {"summary": "Sly"}}\n' + (
            f'{{"key": "lfsFile", "value": {{"path": "x", "algo": "sha256", "oid": "{oid}"}}}}\n'
        )
        answer = httpx2.post(
            f"{endpoint}/api/spaces/{SPACE}/commit/main", content=lines, headers={"Authorization": "Bearer hf_ada"}
        )
        assert answer.status_code == 400
    assert "x" not in paths(ada)


@pytest.mark.usefixtures("ada")
def test_an_upload_that_is_not_what_was_announced_is_not_kept(endpoint: str) -> None:
    batch = {"operation": "upload", "objects": [{"oid": "1" * 64, "size": 3}]}
    headers = {"Authorization": "Bearer hf_ada"}
    answer = httpx2.post(f"{endpoint}/spaces/{SPACE}.git/info/lfs/objects/batch", json=batch, headers=headers)
    href = answer.json()["objects"][0]["actions"]["upload"]["href"]
    assert httpx2.put(href, content=b"abc").status_code == 400
    again = httpx2.post(f"{endpoint}/spaces/{SPACE}.git/info/lfs/objects/batch", json=batch, headers=headers)
    assert "actions" in again.json()["objects"][0]
    assert httpx2.put(f"{endpoint}/lfs/guessed", content=b"abc").status_code == 403


def test_every_revision_stays_readable(ada: HfApi) -> None:
    first = push(ada, {"page.txt": b"one"})
    second = push(ada, {"page.txt": b"two"})
    for revision, content in ((first, "one"), (second, "two"), ("main", "two")):
        file = ada.hf_hub_download(SPACE, "page.txt", repo_type="space", revision=revision)
        assert Path(file).read_text() == content
    titles = [commit.title for commit in ada.list_repo_commits(SPACE, repo_type="space")]
    assert titles == ["Push", "Push", "initial commit"]
    assert ada.space_info(SPACE, revision=first).sha == first
    with pytest.raises(RevisionNotFoundError):
        ada.space_info(SPACE, revision="f" * 40)


def test_a_private_repository_is_invisible_to_others(endpoint: str, ada: HfApi) -> None:
    ada.create_repo("ada/secret", repo_type="space", space_sdk="static", private=True)
    assert ada.space_info("ada/secret").private
    for token in ("hf_bob", False):
        with pytest.raises(RepositoryNotFoundError):
            HfApi(endpoint=endpoint, token=token).space_info("ada/secret")
    assert httpx2.get(f"{endpoint}/static/ada/secret/index.html").status_code == 401


def test_the_stage_of_a_static_space_follows_from_its_files(ada: HfApi, endpoint: str) -> None:
    assert ada.get_space_runtime(SPACE).stage == "RUNNING"
    assert "Welcome" in httpx2.get(f"{endpoint}/spaces/{SPACE}", follow_redirects=True).text
    push(ada, {"index.html": None})
    assert ada.get_space_runtime(SPACE).stage == "NO_APP_FILE"
    assert httpx2.get(f"{endpoint}/static/{SPACE}/style.css").status_code == 503
    push(ada, {"README.md": CARD.replace(b"---\n\n", b"") + b"app_file: no", "home.html": b"<h1>Home"})
    push(ada, {"README.md": CARD.replace(b"sdk: static\n", b"sdk: static\napp_file: home.html\n")})
    assert ada.get_space_runtime(SPACE).stage == "RUNNING"
    assert httpx2.get(f"{endpoint}/static/{SPACE}/").text == "<h1>Home"


def test_files_beyond_the_limit_are_refused_before_they_are_sent() -> None:
    with PocketHub(accounts=ACCOUNTS, limits=Limits(file_bytes=1000)).serving() as url:
        api = HfApi(endpoint=url, token="hf_ada")
        api.create_repo(SPACE, repo_type="space", space_sdk="static")
        with pytest.raises(HfHubHTTPError, match=r"big.bin is too large: 2000 bytes, and 1000 are allowed"):
            push(api, {"big.bin": b"\0" * 2000})


def test_what_was_pushed_is_there_after_a_restart(tmp_path: Path) -> None:
    with PocketHub(accounts=ACCOUNTS, storage=tmp_path).serving() as url:
        api = HfApi(endpoint=url, token="hf_ada")
        api.create_repo(SPACE, repo_type="space", space_sdk="static")
        sha = push(api, {"noise.bin": b"\0noise", "page.txt": b"page"})
    with PocketHub(accounts=ACCOUNTS, storage=tmp_path).serving() as url:
        api = HfApi(endpoint=url, token="hf_ada")
        assert api.space_info(SPACE).sha == sha
        assert httpx2.get(f"{url}/spaces/{SPACE}/resolve/main/noise.bin").content == b"\0noise"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sdk: gradioo", '"sdk" must be one of'),
        ("sdk: static\ncolorFrom: turquoise", '"colorFrom" must be one of'),
        ("sdk: static\nemoji: statue", '"emoji" must be a single emoji'),
        ("sdk: static\nshort_description: " + "long " * 13, '"short_description" length'),
        ("sdk: static\ntags: one", '"tags" must be an array'),
        ("sdk: static\nmodels: ['no model']", "is not the id of a repository"),
        ("sdk: static\nthumbnail: card.jpg", '"thumbnail" must be a URL'),
    ],
)
def test_cards_are_held_to_the_hubs_rules(endpoint: str, line: str, said: str) -> None:
    body = {"repoType": "space", "content": f"---\ntitle: T\n{line}\n---\n"}
    answer = httpx2.post(f"{endpoint}/api/validate-yaml", json=body)
    assert answer.status_code == 400
    assert [said in error["message"] for error in answer.json()["errors"]] == [True]
