"""Which addresses are asked at all: what is on the public internet, and what only says so."""

from __future__ import annotations

import ipaddress
import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL


def origin(url: str) -> str:
    """Scheme, host and port, as the request will use them; "" for what is no address of a server."""
    try:
        return str(URL(url).origin())
    except ValueError:
        return ""


def may_dial(url: str) -> bool:
    """False for a literal private address: those never pass the resolver. Names are judged when they are resolved."""
    try:
        host = URL(url).host or ""
    except ValueError:
        return False
    try:
        return is_public(host)
    except ValueError:
        return host != ""


class NotPublic(OSError):
    """The name exists, and none of its addresses may be asked."""


class PublicOnly(AbstractResolver):
    """Resolves names for tools and files and refuses every address that is not plainly on the public internet."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        allowed = [item for item in found if is_public(item["host"])]
        if not allowed:
            raise NotPublic("this address is not on the public internet")
        return allowed

    async def close(self) -> None:
        await self._inner.close()


_WORLD = ipaddress.ip_network("2000::/3")
"""All that has been given to the public internet of IPv6; forms that carry an IPv4 address lie outside, but for two."""
_NOT_FOR_US = [
    ipaddress.ip_network(net)
    for net in (
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "3fff::/20",  # examples in documents
        "192.0.0.0/24",  # kept for protocols; a cloud's machines find their secrets there
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # a public address by which a cloud's machines reach their host's services
    )
]


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, multicast and reserved addresses, and for IPv6 forms that hide one.

    Raises ValueError for anything but an address.
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip not in _WORLD:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _NOT_FOR_US)
