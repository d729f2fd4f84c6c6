"""A published gallery comes back into a folder, so that somebody can go on with it."""

import gzip
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from huggingface_hub import HfApi, SpaceInfo
from huggingface_hub.errors import RemoteEntryNotFoundError, RepositoryNotFoundError
from pydantic import ValidationError

from splatelier.tools.gallery.manifest import MANIFEST, Gallery, first_problem, save_gallery
from splatelier.tools.publish.errors import DeployError, said_plainly
from splatelier.tools.publish.release import PUBLISHED, Published, parse_published
from splatelier.tools.site.render import render_site
from splatelier.tools.splats.formats.planes import from_planes
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace

MAX_ASSET_BYTES = 512 << 20


def download_gallery(space_id: str, folder: Path, api: HfApi) -> Gallery:
    """Bring the gallery that is published as `space_id` into a new or empty folder, whole or not at all.

    The .ply files behind the models are not published, so an item comes back without its `source`.

    Raises:
        DeployError: there is no such Space, it holds no gallery, or the folder is not empty.
    """
    folder = folder.expanduser().absolute()
    if folder.exists() and any(folder.iterdir()):
        raise DeployError(f"{folder} is not empty; name a new folder for {space_id}.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (
        said_plainly(space_id, nothing_done="nothing was downloaded from"),
        tempfile.TemporaryDirectory(prefix=".download-", dir=folder.parent) as temporary,
    ):
        fetch = _Fetch(api, space_id, Path(temporary) / "received")
        gallery, published = fetch.gallery(), fetch.published()
        fresh = Path(temporary) / "gallery"
        wanted = [asset for item in gallery.items for asset in (item.image, item.model, item.poster) if asset]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda asset: fetch.asset(asset, published, fresh / asset), wanted))
        workspace = Workspace(fresh)
        save_gallery(workspace, gallery)
        render_site(workspace)
        fresh.replace(folder)
    return gallery


class _Fetch:
    """Files of one Space at one commit."""

    def __init__(self, api: HfApi, space_id: str, received: Path) -> None:
        self._api = api
        self._id = space_id
        self._received = received
        try:
            self._info: SpaceInfo = api.space_info(space_id)
        except RepositoryNotFoundError as error:
            raise DeployError(f"There is no Space {space_id} that you may see: check the name.") from error

    def gallery(self) -> Gallery:
        try:
            return Gallery.model_validate_json(self._file(MANIFEST).read_bytes())
        except ValidationError as error:
            raise DeployError(f"{self._id} holds a gallery that cannot be read ({first_problem(error)}).") from error

    def published(self) -> Published:
        published = parse_published(self._file(PUBLISHED).read_text(encoding="utf-8", errors="replace"))
        if published is None:
            raise DeployError(f"{self._id} holds a {PUBLISHED} that cannot be read, so it cannot be continued.")
        return published

    def asset(self, asset: str, published: Published, target: Path) -> None:
        """One file of the manifest, from wherever it is published, checked and unpacked."""
        path = published.assets.get(asset, asset)
        file = self._file(path)
        if file_sha256(file) != published.files.get(path):
            raise DeployError(f"{path} in {self._id} is not what was published there, so it was not taken.")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".gz") and not asset.endswith(".gz"):
            self._unpack(file, target, path)
        else:
            shutil.copyfile(file, target)

    def _unpack(self, file: Path, target: Path, name: str) -> None:
        with gzip.open(file) as packed, target.open("wb") as out:
            while piece := packed.read(1 << 20):
                if out.tell() + len(piece) > MAX_ASSET_BYTES:
                    raise DeployError(f"{name} in {self._id} unpacks to more than {MAX_ASSET_BYTES >> 20} MB.")
                out.write(piece)
        target.write_bytes(from_planes(target.read_bytes()))

    def _file(self, path: str) -> Path:
        try:
            file = self._api.hf_hub_download(
                self._id, path, repo_type="space", revision=self._info.sha, local_dir=self._received
            )
        except RemoteEntryNotFoundError as error:
            raise DeployError(f"{self._id} has no {path}, so it holds no gallery that can be continued.") from error
        return Path(file)
