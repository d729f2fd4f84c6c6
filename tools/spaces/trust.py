"""Who may be talked to, and who may see the token: the two rules that every request goes by."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from splatelier.tools.errors import SplatelierError
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


def is_address(name: str) -> bool:
    """Whether what somebody named is a web address, rather than an id."""
    return name.startswith(("http://", "https://"))


def anonymously(url: str) -> str:
    """A URL without the name and the password in it.

    Raises:
        SpaceError: it is not an http or https URL.
    """
    origin(url)
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


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
    except (OSError, UnicodeError):  # a label that is too long cannot even be asked about
        return []
    return [ipaddress.ip_address(str(entry[4][0]).split("%", 1)[0]) for entry in found]


# RFC 2544: for benchmarks, so nobody's; some VPN clients answer every name with an address from here.
_BENCHMARKS = ipaddress.ip_network("198.18.0.0/15")


def is_private(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is not of the public internet (loopback, private, link-local, cloud metadata...)."""
    address = getattr(address, "ipv4_mapped", None) or address
    return (not address.is_global and address not in _BENCHMARKS) or address.is_multicast


Proof = Callable[[str], dict[str, str]]
"""The headers with which a request to an address says who asks; none where that is nobody's business."""


def anonymous(_: str) -> dict[str, str]:
    """The proof of who need not say who they are."""
    return {}


def is_this_machine(host: str) -> bool:
    """Whether a host is, as it is written, this machine: 127.0.0.0/8, ::1 or localhost; no name is looked up."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address in _LOOPBACK if isinstance(address, ipaddress.IPv4Address) else address == _LOOPBACK_6


_LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
_LOOPBACK_6 = ipaddress.ip_address("::1")


@dataclass
class Trust:
    """The rules for one run. The token is proof for two errands, and no other request carries it:

    - what we ask of the Hub, at the Hub's own https origin (publishing: also on this very machine);
    - what we ask of a Space, at that Space's own https origin under hf.space.

    An address that a result names, or that a redirect leads to, gets it only where it is on that same errand's origin.

    Attributes:
        hub: the Hub's endpoint, named by the person.
        token: the Hugging Face token, or None.
        named: (host, port) pairs on private addresses that the person named.

    Raises:
        SplatelierError: there is a token, and a Hub to which it would travel in the clear.
    """

    hub: str = PUBLIC_HUB
    token: str | None = None
    named: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        scheme, host, port = origin(self.hub)
        if self.token and scheme != "https" and not is_this_machine(host):
            raise SplatelierError(f"The token is not sent to {clean(self.hub)}: HF_ENDPOINT must begin with https.")
        self.named.add((host, port))

    @property
    def local_hub(self) -> bool:
        """Whether the Hub is on this machine, so that its Spaces may be here too."""
        return is_this_machine(origin(self.hub)[1])

    @property
    def publishing_token(self) -> str | None:
        """The token for a client that publishes on the Hub: over https, or to a Hub on this machine."""
        return self.token

    def name(self, url: str) -> None:
        """The person named this address: it may be private."""
        _, host, port = origin(url)
        self.named.add((host, port))

    def for_hub(self, url: str) -> dict[str, str]:
        """Proof for what we ask of the Hub: at the Hub's own https origin, and nowhere else."""
        where = origin(url)
        sees = self.token and where[0] == "https" and where == origin(self.hub)
        return {"authorization": f"Bearer {self.token}"} if sees else {}

    def for_space(self, home: str) -> Proof:
        """Proof for what we ask of the Space whose base URL is `home`: at its own https origin under hf.space."""
        scheme, host, port = own = origin(home)
        is_space = scheme == "https" and host.endswith(".hf.space") and port == 443

        def proof(url: str) -> dict[str, str]:
            sees = self.token and is_space and origin(url) == own
            return {"x-hf-authorization": f"Bearer {self.token}"} if sees else {}

        return proof

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
        if (host, port) in self.named or not is_private(address) or (self.local_hub and address.is_loopback):
            return
        raise SpaceError(
            "refused",
            f"{host}:{port}",
            f"{address} is a private address and nobody named it",
            hint="name the address yourself if you trust what runs there",
        )
