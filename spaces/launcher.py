"""The offline house: two Gradio Spaces and a pocket Hub, each a process of its own, on free ports of loopback.

with OfflineSpaces() as house:
    house.endpoint   # the pocket Hub, what HF_ENDPOINT would be
    house.spaces     # {id: url}
"""

import http.client
import importlib.util
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

_HERE = Path(__file__).resolve().parent
SPACES = {
    "splatelier/elevation-painter": _HERE / "elevation_painter",
    "splatelier/visual-hull": _HERE / "visual_hull",
}
USER = "you"
_READY_SECONDS = 120.0
_POLL_SECONDS = 0.03


class OfflineSpacesError(RuntimeError):
    """A Space or the pocket Hub could not be started; one sentence that says what to do."""


class OfflineSpaces:
    """Starts everything in parallel on entry, stops everything on exit.

    Nothing outlives this process, not even after SIGKILL: each child ends when its stdin does (guarded.py).

    Attributes:
        endpoint: the pocket Hub's address.
        spaces: each Space's id and address.
        token: what the pocket Hub takes for the account `user`, which may publish there.
        user: the account's name.
    """

    endpoint: str
    spaces: dict[str, str]

    def __init__(self, folders: Mapping[str, Path] = SPACES, storage: Path | None = None) -> None:
        """Nothing starts before entry.

        Args:
            folders: the Spaces to run, by id; each holds an app.py that serves on GRADIO_SERVER_PORT.
            storage: where the pocket Hub keeps what is published there; the user's data folder if None.
        """
        self.folders = folders
        self.storage = storage
        self.user = USER
        self.token = f"hf_{secrets.token_hex(17)}"
        self._cleanup = ExitStack()

    def __enter__(self) -> Self:
        if importlib.util.find_spec("gradio") is None:
            raise OfflineSpacesError(
                'The offline Spaces need Gradio, which is not installed: pip install "splatelier[offline]"'
            )
        with self._cleanup:
            self._cleanup.enter_context(_no_proxy_for_this_machine())
            ports = {name: self._cleanup.enter_context(_reserved_port()).getsockname()[1] for name in self.folders}
            self.spaces = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
            servers = [
                self._start(name, [str(_HERE / "gradio_app.py")], folder, _space_settings(ports[name]))
                for name, folder in self.folders.items()
            ]
            hub = self._start("the pocket Hub", ["-m", "splatelier.spaces.pocket_hub"], _HERE, self._hub_settings())
            for child, port in zip(servers, ports.values(), strict=True):
                child.wait_for(port)
            self.endpoint = hub.announced()["endpoint"]
            self._cleanup = self._cleanup.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._cleanup.close()

    def _start(self, name: str, program: list[str], folder: Path, settings: dict[str, str]) -> "_Child":
        child = _Child(name, program, folder, settings)
        self._cleanup.callback(child.stop)
        return child

    def _hub_settings(self) -> dict[str, str]:
        spaces = [{"id": name, "folder": str(self.folders[name]), "url": url} for name, url in self.spaces.items()]
        account = {"name": self.user, "token": self.token}
        storage = self.storage or _data_folder() / "pocket-hub"
        return {"POCKET_HUB": json.dumps({"spaces": spaces, "account": account, "storage": str(storage)})}


class _Child:
    """A guarded Python program: it runs until `stop`, or until this process is no more."""

    def __init__(self, name: str, program: list[str], folder: Path, settings: dict[str, str]) -> None:
        self.name = name
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (closed by stop)
        self._process = subprocess.Popen(
            [sys.executable, str(_HERE / "guarded.py"), *program],
            cwd=folder,
            env=_without_tokens(os.environ) | {"PYTHONUNBUFFERED": "1"} | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if "-m" in program else self._log,
            stderr=self._log,
            start_new_session=True,  # a Ctrl-C at the terminal is for this process alone
        )

    def wait_for(self, port: int) -> None:
        """Return once the program answers HTTP on the port.

        Raises:
            OfflineSpacesError: it ended, or said nothing for two minutes.
        """
        deadline = time.monotonic() + _READY_SECONDS
        while not _answers(port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise self._failure()
            time.sleep(_POLL_SECONDS)

    def announced(self) -> dict[str, str]:
        """The JSON line that the program prints when it is ready.

        Raises:
            OfflineSpacesError: it ended without one.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._failure()
        announcement: dict[str, str] = json.loads(line)
        return announcement

    def stop(self) -> None:
        """End the program and wait until it is gone."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()

    def _failure(self) -> OfflineSpacesError:
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip().splitlines()
        last = said[-1] if said else "it said nothing"
        return OfflineSpacesError(f"{self.name} could not be started ({last}); mend that and try again.")


def _data_folder() -> Path:
    from platformdirs import (
        user_data_path,  # not at the top: without site-packages, the sentence about Gradio comes first
    )

    return user_data_path("splatelier", appauthor=False)


def _without_tokens(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a stand-in of somebody else's server: it has no business with the person's tokens."""
    return {name: value for name, value in environment.items() if "TOKEN" not in name.upper()}


def _space_settings(port: int) -> dict[str, str]:
    return {
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_SSR_MODE": "False",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }


@contextmanager
def _no_proxy_for_this_machine() -> Iterator[None]:
    """Keep what this process and its children send to loopback away from a proxy, as long as the house stands."""
    before = {name: os.environ.get(name) for name in ("NO_PROXY", "no_proxy")}
    for name, value in before.items():
        os.environ[name] = ",".join(filter(None, (value, "127.0.0.1", "localhost")))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _reserved_port() -> socket.socket:
    """A socket that keeps a free port from everybody but a server that, like Gradio's, binds with SO_REUSEADDR."""
    reservation = socket.socket()
    reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reservation.bind(("127.0.0.1", 0))
    return reservation


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/config")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
