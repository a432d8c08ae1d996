"""Where a request comes from: a hash of the address for counting failures, and the browser's name for its owner."""

from __future__ import annotations

import hashlib
import ipaddress
import re

from aiohttp import web

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_VERSION = r"/(\d+)"


def origin(request: web.Request) -> str:
    """A hash of the address, or of the network where one machine has a whole one (IPv6, /64).

    A proxy says for whom it speaks in X-Forwarded-For. It is believed only when the connection itself comes from this
    machine or a private network, and then only its last entry, which the nearest proxy wrote: whoever connects from
    outside could write anything there.
    """
    address = _address(request.remote)
    if address is None or address.is_loopback or address.is_private:
        told = request.headers.getall("X-Forwarded-For", [])
        address = (_address(told[-1].rsplit(",", 1)[-1].strip()) if told else None) or address
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if isinstance(address, ipaddress.IPv6Address):
        named = str(ipaddress.ip_network((address, 64), strict=False))
    else:
        named = str(address)
    return hashlib.sha256(f"origin of a sign-in: {named}".encode()).hexdigest()


def _address(text: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text or "")
    except ValueError:
        return None


def browser_name(request: web.Request) -> str | None:
    """`Firefox 140, Linux`: enough to recognise one's own, too little to tell people apart. None when nothing is known."""
    agent = request.headers.get("User-Agent", "")[:500]
    system = next((name for mark, name in _SYSTEMS if mark in agent), None)
    for mark, name in _BROWSERS:
        if mark in agent:
            version = re.search((r"Version" if name == "Safari" else re.escape(mark)) + _VERSION, agent)
            name = f"{name} {version[1]}" if version else name
            return f"{name}, {system}" if system else name
    return system
