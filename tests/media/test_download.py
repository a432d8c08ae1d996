"""Files over HTTP: which hosts are asked and which never, where the token goes, how much is taken."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from assistant.http import Http, NoAnswer, NotAllowed, NotSent, TooLong
from tests.media.gallery import Platform

# --- what is fetched from where --------------------------------------------------------------------------


async def got(http: Http, into: Path, url: str, *hosts: str, **options: Any) -> Any:
    options = {"headers": {"Authorization": "Bearer of-ours"}, "max_bytes": 1_000_000} | options
    return await http.download(url, hosts=hosts, into=into, **options)


async def test_a_file_arrives_with_its_size_hash_and_claimed_type(
    http: Http, platform: Platform, tmp_path: Path
) -> None:
    platform.holds("/a", b"content")
    local = f"localhost:{platform.host.partition(':')[2]}"
    for url, host in ((f"{platform.url}/a", platform.host), (f"http://{local}/a", local)):
        came = await got(http, tmp_path / "file", url, host)
        assert (came.status, came.bytes, came.mime) == (200, 7, "application/octet-stream")
        assert came.sha256 == hashlib.sha256(b"content").hexdigest()
        assert (tmp_path / "file").read_bytes() == b"content"
        assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert platform.asked == [("/a", "Bearer of-ours")] * 2
    platform.holds("/b", b"no", status=404)
    assert (await got(http, tmp_path / "none", f"{platform.url}/b", platform.host)).status == 404
    assert not (tmp_path / "none").exists()


async def test_thirty_megabytes_are_cut_at_the_limit_while_they_come(
    http: Http, platform: Platform, tmp_path: Path
) -> None:
    async def stream(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(480):
            await answer.write(b"x" * 65536)
            platform.sent += 65536
        return answer

    platform.answers["/endless"] = stream
    platform.answers["/long"] = lambda _: web.Response(body=b"x" * 3_000_000)
    for path in ("/endless", "/long"):
        with pytest.raises(TooLong):
            await got(http, tmp_path / "file", platform.url + path, platform.host)
    assert not (tmp_path / "file").exists()
    assert platform.sent < 15_000_000  # the limit and what the sockets of both sides hold


async def test_a_file_that_drips_is_given_up(http: Http, platform: Platform, tmp_path: Path) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(2000):
            await answer.write(b"x")
            await asyncio.sleep(0.02)
        return answer

    async def silence(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    platform.answers |= {"/drip": drip, "/silence": silence}
    for path, limits in (("/drip", {"total_seconds": 0.15}), ("/silence", {"idle_seconds": 0.1})):
        started = time.monotonic()
        with pytest.raises(NoAnswer):
            await got(http, tmp_path / "file", platform.url + path, platform.host, **limits)
        assert time.monotonic() - started < 15
    assert not (tmp_path / "file").exists()


async def test_a_small_body_that_unfolds_is_not_unfolded(
    http: Http, platform: Platform, tmp_path: Path
) -> None:
    packed = {"Content-Encoding": "gzip"}
    platform.answers["/packed"] = lambda _: web.Response(body=b"\x1f\x8b\x08", headers=packed)
    with pytest.raises(NoAnswer):
        await got(http, tmp_path / "file", f"{platform.url}/packed", platform.host)


async def test_a_redirect_goes_to_the_platforms_hosts_only_and_without_the_token(
    http: Http, platform: Platform, other: Platform, tmp_path: Path
) -> None:
    other.holds("/file", b"content")
    platform.redirects("/away", f"{other.url}/file")
    came = await got(http, tmp_path / "file", f"{platform.url}/away", platform.host, other.host)
    assert came.bytes == 7
    assert other.asked == [("/file", None)]
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", f"{platform.url}/away", platform.host)
    assert len(other.asked) == 1


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "https://127.0.0.1/", "https://[::1]/", "file:///etc/passwd", "https://10.0.0.1/",
     "https://169.254.169.254/latest", "//user@files.example/", "https://files.example:8443/", "ftp://files.example/x"],
)  # fmt: skip
async def test_a_redirect_inwards_is_not_followed(
    http: Http, platform: Platform, tmp_path: Path, target: str
) -> None:
    platform.redirects("/inwards", target)
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", f"{platform.url}/inwards", platform.host, "files.example")


async def test_redirects_end(http: Http, platform: Platform, tmp_path: Path) -> None:
    platform.redirects("/circle", "/circle")
    with pytest.raises(NotAllowed, match="too many"):
        await got(http, tmp_path / "file", f"{platform.url}/circle", platform.host)
    assert [token for _, token in platform.asked] == ["Bearer of-ours", None, None]


@pytest.mark.parametrize(
    "spelling",
    ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "①②⑦.⓪.⓪.①", "[::1]", "[::ffff:127.0.0.1]",
     "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "0.0.0.0", "0",
     "localhost", "LOCALHOST", "localhost.", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[fd00::1]", "100.64.0.1"],
)  # fmt: skip
async def test_no_spelling_of_a_private_address_is_asked_even_when_a_platform_lists_it(
    http: Http, platform: Platform, tmp_path: Path, spelling: str
) -> None:
    """`platform` listens on 127.0.0.1: nothing may arrive there."""
    port = platform.host.partition(":")[2]
    bare = spelling.strip("[]")
    listed = (spelling, bare, bare.lower(), "127.0.0.1", "*.example")
    for url in (f"https://{spelling}/x", f"https://{spelling}:{port}/x", f"http://{spelling}:{port}/x"):
        with pytest.raises((NotAllowed, NotSent)):  # not sent: there is no such name here
            await got(http, tmp_path / "file", url, *listed)
    assert platform.asked == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "64:ff9b::7f00:1", "::ffff:10.0.0.7", "fd12::1"],
)
async def test_a_platforms_name_that_resolves_to_a_private_address_is_not_asked(
    http: Http, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name's owner decides what it resolves to; the connection goes to the address that was checked."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET

    def resolved(*_: Any, **__: Any) -> list[Any]:
        return [(family, socket.SOCK_STREAM, 6, "", (address, 443, 0, 0)[: 4 if ":" in address else 2])]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", "https://cdn.files.example/x", "*.files.example")


async def test_an_operators_own_server_may_have_a_name_of_the_local_network(
    http: Http, platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, port = socket.getaddrinfo, platform.host.partition(":")[2]

    def resolved(host: Any, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host in ("bot-api", "bot.example") else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    platform.holds("/a", b"content")
    assert (await got(http, tmp_path / "file", f"http://bot-api:{port}/a", f"bot-api:{port}")).bytes == 7
    refused = [
        (f"http://bot-api:{port}/a", "bot-api"),
        (f"http://bot-api:{port}/a", "bot-api:1"),
        ("https://bot-api/a", "bot-api"),
        (f"http://bot.example:{port}/a", f"bot.example:{port}"),
        (f"https://bot.example:{port}/a", f"bot.example:{port}"),
    ]
    for url, host in refused:
        with pytest.raises(NotAllowed):
            await got(http, tmp_path / "file", url, host)
    assert len(platform.asked) == 1


@pytest.mark.parametrize(
    "url",
    ["https://files.example.evil.example/x", "https://evilfiles.example/x", "https://files.example@evil.example/x",
     "https://evil.example/files.example", "https://files.example%2eevil.example/", "http://files.example/x",
     "https://files.example:444/x", "https://sub.files.example/x", "https:///x", "files.example/x", ""],
)  # fmt: skip
async def test_only_the_named_hosts_over_https_are_asked(http: Http, tmp_path: Path, url: str) -> None:
    with pytest.raises(NotAllowed):
        await got(http, tmp_path / "file", url, "files.example", "*.other.example")
