"""The outbound session keeps to its own side: which addresses are never asked, whatever they are called."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohappyeyeballs
import pytest
from aiohttp import web

from assistant.addresses import is_public
from assistant.http import Http, NotAllowed, NotSent, Purpose

PRIVATE = [
    # this machine, in every spelling that a resolver or a parser takes
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "017700000001", "0x7f000001", "0x7f.1",
    "0x7f.0.0.1", "0177.0.0.1", "0177.0.0.0x1", "00000177.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1", "0",
    "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "%6c%6f%63alhost", "127.0.0.1.",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::1%25lo]",
    # an IPv4 address inside an IPv6 one: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]",
    "[::7f00:1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]",
    "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[fe80::5efe:7f00:1]",
    # the local network and the cloud's own services
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.1", "3232235777",
    "0xc0a80101", "169.254.169.254", "2852039166", "0xa9fea9fe", "169.254.170.2", "100.64.0.1", "100.100.100.200",
    "168.63.129.16", "192.0.0.192", "192.88.99.1", "198.18.0.1", "[fd00::1]", "[fd00:ec2::254]", "[fc00::1]",
    "[fe80::1]", "[fe80::1%25eth0]", "[fec0::1]", "[fe80::a9fe:a9fe]",
    # nobody's, everybody's, and examples
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.51.100.1", "203.0.113.1",
    "[ff02::1]", "[ff0e::1]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[2001:10::1]", "[5f00::1]",
]  # fmt: skip


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    opened = Http(total_seconds=2.0, platforms=["https://graph.example", "http://127.0.0.1:9"])
    yield opened
    await opened.close()


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address to which a connection is begun; none is made."""
    begun: list[str] = []

    async def begin(addr_infos: Any, **_: Any) -> socket.socket:
        begun.extend(info[4][0] for info in addr_infos)
        raise OSError("nothing is dialled in this test")

    monkeypatch.setattr(aiohappyeyeballs, "start_connection", begin)
    return begun


def test_sixty_and_more_spellings_are_tried() -> None:
    assert len(set(PRIVATE)) == len(PRIVATE) >= 60


@pytest.mark.parametrize("spelling", PRIVATE)
async def test_no_spelling_of_an_inner_address_is_asked_by_a_tool(
    http: Http, dialled: list[str], spelling: str
) -> None:
    for url in (f"http://{spelling}/", f"https://{spelling}/x", f"http://{spelling}:8080/x?y=1"):
        for purpose in (Purpose.TOOL, Purpose.MEDIA):
            with pytest.raises(NotSent):
                await http.request("GET", url, purpose=purpose)
    assert dialled == []


@pytest.mark.parametrize("spelling", PRIVATE)
async def test_no_spelling_of_an_inner_address_gets_a_platforms_token(
    http: Http, dialled: list[str], spelling: str
) -> None:
    for url in (f"https://{spelling}/", f"http://{spelling}:10/", f"https://graph.example@{spelling}/"):
        with pytest.raises(NotSent):
            await http.request("POST", url, headers={"Authorization": "Bearer of-ours"})
    assert dialled == []


@pytest.mark.parametrize(
    "url",
    ["https://graph.example.evil.example/", "https://evilgraph.example/", "https://evil.example/graph.example",
     "http://graph.example/", "https://graph.example:444/", "https://evil.example#graph.example/",
     "https://evil.example\\@graph.example/", "https://graph.example%2eevil.example/", "ftp://graph.example/",
     "file:///etc/passwd", "//graph.example/", "graph.example/", "https://", ""],
)  # fmt: skip
async def test_a_platforms_token_goes_to_the_hosts_of_the_settings_only(
    http: Http, dialled: list[str], monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving(dialled, "8.8.8.8"))
    with pytest.raises(NotSent):
        await http.request("POST", url, headers={"Authorization": "Bearer of-ours"})
    assert dialled == []


async def test_the_platforms_of_the_settings_are_asked(
    http: Http, dialled: list[str], monkeypatch: Any
) -> None:
    names: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", resolving(names, "8.8.8.8"))
    for url in ("https://graph.example/v1", "https://graph.example:443/v1", "http://127.0.0.1:9/x"):
        with pytest.raises(NotSent, match="ClientConnectorError"):
            await http.request("POST", url)
    assert dialled == ["8.8.8.8", "8.8.8.8", "127.0.0.1"]


def resolving(asked: list[str], *answers: str) -> Any:
    """A resolver whose owner answers every question with the next of `answers`, and the last one for ever."""
    left = list(answers)

    def resolve(host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        asked.append(str(host))
        address = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        where = (address, port, 0, 0)[: 4 if ":" in address else 2]
        return [(family, socket.SOCK_STREAM, 6, "", where)]

    return resolve


async def test_a_name_that_is_public_when_asked_and_private_when_dialled_is_dialled_where_it_was_asked(
    http: Http, dialled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: there is one question, and the connection goes to the address that was judged."""
    asked: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", resolving(asked, "8.8.8.8", "127.0.0.1"))
    with pytest.raises(NotSent):
        await http.request("GET", "http://rebinding.example/", purpose=Purpose.TOOL)
    assert (len(asked), dialled) == (1, ["8.8.8.8"])


@pytest.mark.parametrize(
    "inner", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.7"]
)
async def test_of_several_addresses_only_public_ones_are_dialled(
    http: Http, dialled: list[str], monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    def resolve(host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        return [resolving([], address)(host, port)[0] for address in (inner, "8.8.8.8")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(NotSent):
        await http.request("GET", "http://both.example/", purpose=Purpose.TOOL)
    assert dialled == ["8.8.8.8"]


async def test_a_redirect_is_an_answer_and_never_followed(tmp_path: Path) -> None:
    asked: list[str | None] = []

    async def move(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization"))
        raise web.HTTPFound("/elsewhere")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", move)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    http = Http(platforms=[url])
    try:
        answer = await http.request("POST", f"{url}/send", headers={"Authorization": "Bearer of-ours"})
        assert (answer.status, asked) == (302, ["Bearer of-ours"])
        with pytest.raises(NotAllowed):
            await http.download(f"{url}/x", hosts=("files.example",), max_bytes=10, into=tmp_path / "x")
        assert len(asked) == 1
    finally:
        await http.close()
        await runner.cleanup()


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"]
)
def test_the_public_internet_stays_reachable(address: str) -> None:
    assert is_public(address)
