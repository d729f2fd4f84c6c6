"""Who may be talked to, and who may see the token: the two rules that every request goes by."""

import ipaddress
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from splatelier.tools.spaces.errors import SpaceError

PUBLIC_HUB = "https://huggingface.co"


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, lower-case host and port of a URL.

    Raises:
        SpaceError: it is not an http or https URL.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SpaceError("refused", clean(url), f"it is not a URL ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SpaceError("refused", clean(url), "only http and https addresses can be called")
    return parts.scheme, parts.hostname.lower().rstrip("."), port or (443 if parts.scheme == "https" else 80)


def clean(url: str) -> str:
    """A URL as it may be shown: without credentials, query and fragment."""
    return url.split("?", 1)[0].split("#", 1)[0].rsplit("@", 1)[-1][:200]


def addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Every address of a host name; the address itself where the name is one; empty where it has none."""
    try:
        return [ipaddress.ip_address(host.strip("[]").split("%", 1)[0])]
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [ipaddress.ip_address(str(entry[4][0]).split("%", 1)[0]) for entry in found]


# RFC 2544: for benchmarks, so nobody's; some VPN clients answer every name with an address from here.
_BENCHMARKS = ipaddress.ip_network("198.18.0.0/15")


def is_private(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is not of the public internet (loopback, private, link-local, cloud metadata...)."""
    address = getattr(address, "ipv4_mapped", None) or address
    return (not address.is_global and address not in _BENCHMARKS) or address.is_multicast


@dataclass
class Trust:
    """The rules for one run.

    Attributes:
        hub: the Hub's endpoint, named by the person.
        token: the Hugging Face token, or None.
        named: (host, port) pairs on private addresses that the person named.
    """

    hub: str = PUBLIC_HUB
    token: str | None = None
    named: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        _, host, port = origin(self.hub)
        found = addresses(host)
        self._local_hub = bool(found) and all(address.is_loopback for address in found)
        if self._local_hub or any(is_private(address) for address in found):
            self.named.add((host, port))

    @property
    def local_hub(self) -> bool:
        """Whether the Hub is on this machine, so that its Spaces may be here too."""
        return self._local_hub

    def name(self, url: str) -> None:
        """The person named this address: it may be private."""
        _, host, port = origin(url)
        self.named.add((host, port))

    def token_for(self, url: str) -> str | None:
        """The token, where `url` may see it: https on the Hub itself or on *.hf.space, and nowhere else."""
        scheme, host, port = origin(url)
        if scheme != "https":
            return None
        if (scheme, host, port) == origin(self.hub) or (host.endswith(".hf.space") and port == 443):
            return self.token
        return None

    def check(self, url: str) -> None:
        """Refuse an address that is not public, unless the person named it or it belongs to a Hub on this machine.

        Raises:
            SpaceError: `refused`.
        """
        _, host, port = origin(url)
        if (host, port) in self.named:
            return
        for address in addresses(host):
            self.check_address(address, host, port)

    def check_address(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address, host: str, port: int) -> None:
        """Like `check`, for an address that a connection really has."""
        if (host, port) in self.named or not is_private(address) or (self._local_hub and address.is_loopback):
            return
        raise SpaceError(
            "refused",
            f"{host}:{port}",
            f"{address} is a private address and nobody named it",
            hint="name the address yourself if you trust what runs there",
        )
