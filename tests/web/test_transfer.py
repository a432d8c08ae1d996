"""What travels: pages compressed for browsers that can read it, files as they are, streams untouched."""

from __future__ import annotations

import gzip

import aiohttp
from sqlalchemy import Connection

from .conftest import BROWSER, Site, add_conversation, add_message


async def test_a_page_travels_compressed_to_who_can_read_it(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()
    here = await site.database.write(lambda c: add_conversation(c, now))

    def write(connection: Connection) -> None:
        for number in range(1, 51):
            add_message(connection, here, number, now, f"message {number} " * 5)

    await site.database.write(write)
    path = f"{site.url}/admin/inbox/{here}"
    raw = aiohttp.ClientSession(auto_decompress=False, cookie_jar=site.client.cookie_jar, headers=BROWSER)
    async with raw:
        async with raw.get(path, headers={"Accept-Encoding": "gzip, br"}) as answer:
            packed = await answer.read()
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "Accept-Encoding" in ", ".join(answer.headers.getall("Vary"))
        async with raw.get(path, headers={"Accept-Encoding": "identity"}) as answer:
            plain = await answer.read()
            assert "Content-Encoding" not in answer.headers
    assert len(gzip.decompress(packed)) > 10_000 and len(packed) < len(plain) / 4 and len(packed) < 12_000


async def test_what_is_no_page_or_small_is_left_alone(site: Site) -> None:
    await site.set_up()
    for path in ("/healthz", "/chat/history", "/favicon.ico"):
        answer = await site.get(path, headers={"Accept": "*/*"})
        assert "Content-Encoding" not in answer.headers, path
