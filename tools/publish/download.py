"""A published gallery comes back into a folder, so that somebody can go on with it; nothing in it is believed."""

import gzip
import shutil
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from huggingface_hub import HfApi, RepoFile
from huggingface_hub.errors import RemoteEntryNotFoundError, RepositoryNotFoundError
from pydantic import ValidationError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import MANIFEST, Gallery, first_problem, save_gallery
from splatelier.tools.gallery.models import check_model
from splatelier.tools.pictures.pixels import check_picture
from splatelier.tools.publish.errors import DeployError, said_plainly
from splatelier.tools.publish.release import PUBLISHED, Published, parse_published
from splatelier.tools.site.render import render_site
from splatelier.tools.splats.formats.planes import from_planes
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace
from splatelier.tools.workspace.writes import replacing_folder

MAX_ASSET_BYTES = 512 << 20
MAX_LIST_BYTES = 16 << 20
"""Of gallery.json and of published.json, which are read as a whole."""

_NOTHING_DONE = "nothing was downloaded from"


def download_gallery(space_id: str, folder: Path, api: HfApi) -> Gallery:
    """Bring the gallery that is published as `space_id` into a new or empty folder, whole or not at all.

    The .ply files behind the models are not published, so an item comes back without its `source`.

    Raises:
        DeployError: there is no such Space, it holds no gallery, what it holds is not what a gallery is made of, or
            the folder is not empty.
    """
    folder = folder.expanduser().absolute()
    if folder.exists() and any(folder.iterdir()):
        raise DeployError(f"{folder} is not empty; name a new folder for {space_id}.")
    with tempfile.TemporaryDirectory(prefix="splatelier-") as received, replacing_folder(folder) as fresh:
        fetch = _Fetch(api, space_id, Path(received))
        gallery, published = fetch.gallery(), fetch.published()
        models = dict.fromkeys(item.model for item in gallery.items)
        pictures = dict.fromkeys(path for item in gallery.items for path in (item.image, item.poster) if path)
        paths = {asset: published.assets.get(asset, asset) for asset in [*models, *pictures]}
        with ThreadPoolExecutor(4) as pool:
            files = dict(zip(paths, pool.map(lambda path: fetch.file(path, published), paths.values()), strict=True))
        for asset, file in files.items():  # one after another: each may unpack to a lot
            target = fresh / asset
            target.parent.mkdir(parents=True, exist_ok=True)
            fetch.take(asset, paths[asset], file, target)
            fetch.believe(asset, target, "model" if asset in models else "picture")
        workspace = Workspace(fresh)
        save_gallery(workspace, gallery)
        render_site(workspace)
    return gallery


class _Fetch:
    """Files of one Space at one commit."""

    def __init__(self, api: HfApi, space_id: str, received: Path) -> None:
        self._api = api
        self._id = space_id
        self._received = received
        with said_plainly(space_id, _NOTHING_DONE):
            try:
                self._head = api.space_info(space_id).sha
            except RepositoryNotFoundError as error:
                raise DeployError(f"There is no Space {space_id} that you may see: check the name.") from error
            tree = api.list_repo_tree(space_id, repo_type="space", recursive=True, revision=self._head)
            self._sizes = {entry.path: entry.size for entry in tree if isinstance(entry, RepoFile)}

    def gallery(self) -> Gallery:
        try:
            return Gallery.model_validate_json(self._file(MANIFEST, MAX_LIST_BYTES).read_bytes())
        except ValidationError as error:
            raise DeployError(f"{self._id} holds a gallery that cannot be read ({first_problem(error)}).") from error

    def published(self) -> Published:
        text = self._file(PUBLISHED, MAX_LIST_BYTES).read_text(encoding="utf-8", errors="replace")
        published = parse_published(text)
        if published is None:
            raise DeployError(f"{self._id} holds a {PUBLISHED} that cannot be read, so it cannot be continued.")
        return published

    def file(self, path: str, published: Published) -> Path:
        """A published file, as it was published."""
        file = self._file(path, MAX_ASSET_BYTES)
        if file_sha256(file) != published.files.get(path):
            raise DeployError(f"{path} in {self._id} is not what was published there, so it was not taken.")
        return file

    def take(self, asset: str, path: str, file: Path, target: Path) -> None:
        """Put what was fetched from `path` where the manifest has it, unpacked."""
        if path.endswith(".gz") and not asset.endswith(".gz"):
            self._unpack(file, target, path)
        else:
            shutil.copyfile(file, target)

    def believe(self, asset: str, file: Path, kind: Literal["model", "picture"]) -> None:
        """Make sure that a model can be read to its last number, and that a picture is one and not too large."""
        try:
            (check_picture if kind == "picture" else check_model)(file)
            if file.suffix.lower() == ".ksplat":
                read_splats(file)
        except SplatelierError as error:
            raise self._no(asset, kind) from error

    def _no(self, asset: str, kind: str) -> DeployError:
        return DeployError(f"{asset} in {self._id} is no {kind} that can be read, so the gallery was not taken.")

    def _unpack(self, file: Path, target: Path, name: str) -> None:
        try:
            with gzip.open(file) as packed:
                content = packed.read(MAX_ASSET_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise DeployError(f"{name} in {self._id} cannot be unpacked, so the gallery was not taken.") from error
        if len(content) > MAX_ASSET_BYTES:
            raise DeployError(f"{name} in {self._id} unpacks to more than {MAX_ASSET_BYTES >> 20} MB.")
        try:
            target.write_bytes(from_planes(content))
        except SplatelierError as error:
            raise self._no(name, "model") from error

    def _file(self, path: str, most: int) -> Path:
        if path not in self._sizes:
            raise DeployError(f"{self._id} has no {path}, so it holds no gallery that can be continued.")
        if self._sizes[path] > most:
            raise DeployError(f"{path} in {self._id} has more than {most >> 20} MB, so it was not taken.")
        with said_plainly(self._id, _NOTHING_DONE):
            try:
                file = self._api.hf_hub_download(
                    self._id, path, repo_type="space", revision=self._head, local_dir=self._received
                )
            except RemoteEntryNotFoundError as error:
                raise DeployError(f"{self._id} has no {path}, so it holds no gallery that can be continued.") from error
        return Path(file)
