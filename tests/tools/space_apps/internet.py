"""A small internet on loopback: https hosts with names and certificates behind a proxy; every request is heard."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.tools.space_apps.faulty import Asgi, Spaces, answering


class Internet:
    """Hosts by name, all served over TLS by one process.

    Attributes:
        hosts: name -> the ASGI app that answers for it.
        lifespan: the ASGI app that is told that the server starts.
        heard: (host, path, headers) of every request, with the names of headers in lower case.
    """

    def __init__(self, lifespan: Asgi) -> None:
        self.lifespan = lifespan
        self.hosts: dict[str, Asgi] = {}
        self.heard: list[tuple[str, str, dict[str, str]]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":  # Gradio's queues start with the server
            await self.lifespan(scope, receive, send)
            return
        headers = {key.decode().lower(): value.decode() for key, value in scope.get("headers", [])}
        host = headers.get("host", "").split(":")[0]
        self.heard.append((host, scope["path"], headers))
        await self.hosts.get(host, answering(404, "no such host"))(scope, receive, send)

    def hosts_that_heard(self, secret: str) -> set[str]:
        """The hosts that received `secret` in a header or in the path."""
        return {host for host, path, headers in self.heard if secret in path or secret in " ".join(headers.values())}


@contextlib.contextmanager
def online(spaces: Spaces, internet: Internet, folder: Path, environment: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the internet, and let this process's clients reach it by name, as they would through a company's proxy."""
    authority = trustme.CA()
    certificate = authority.issue_cert("*.hf.space", "huggingface.co", "evil.example", "files.example")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
    with spaces.serving(internet, ssl_certfile=str(folder / "server.pem")), _proxy(spaces.port) as proxy:
        environment.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
        environment.setenv("HTTPS_PROXY", proxy)
        environment.setenv("NO_PROXY", "")
        for name in ("https_proxy", "no_proxy", "ALL_PROXY", "all_proxy"):
            environment.delenv(name, raising=False)
        yield


@contextlib.contextmanager
def _proxy(port: int) -> Iterator[str]:
    """A CONNECT proxy that leads everybody to `port`."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=tunnel, args=(client,), daemon=True).start()

    def tunnel(client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += client.recv(4096) or b"\r\n\r\n"
            with socket.create_connection(("127.0.0.1", port)) as server:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                threading.Thread(target=pump, args=(client, server), daemon=True).start()
                pump(server, client)

    def pump(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()
