"""Between a page and its socket nothing is lost, and what the page shows already is not fetched again."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import orjson
import pytest
from aiohttp import WSMsgType

from assistant.web import feed
from tests.web.conftest import Site


def frame(seq: int) -> dict[str, Any]:
    return {"kind": "message", "conversation": 1, "seq": seq}


async def said(site: Site, seq: int) -> None:
    await site.bus.publish("staff", orjson.dumps(frame(seq)))
    await asyncio.sleep(0)


async def place(site: Site) -> str:
    text = await (await site.get("/admin/inbox")).text()
    found = re.search(r'data-since="([^"]*)"', text)
    assert found is not None
    return str(found[1])


async def heard(site: Site, since: str, count: int) -> list[dict[str, Any]]:
    headers = {"Origin": site.url}
    address = f"{site.url}/admin/live"
    async with site.client.ws_connect(address, params={"since": since}, headers=headers) as socket:
        return [await socket.receive_json(timeout=3) for _ in range(count)]


async def test_what_happened_between_the_page_and_its_socket_comes_first(site: Site) -> None:
    await site.set_up()
    await said(site, 1)
    here = await place(site)
    await said(site, 2)
    await said(site, 3)
    assert await heard(site, here, 3) == [{"kind": "hello", "caught_up": True}, frame(2), frame(3)]


async def test_a_page_that_knows_all_is_told_so(site: Site) -> None:
    await site.set_up()
    await said(site, 1)
    assert await heard(site, await place(site), 1) == [{"kind": "hello", "caught_up": True}]


async def test_a_message_during_the_making_of_a_page_is_not_lost(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark is older than whatever was read for the page."""
    await site.set_up()
    read = type(site.database).read

    async def slow(*given: Any, **more: Any) -> Any:
        found = await read(*given, **more)
        if given[1].__name__ != "find":  # the session is read first
            await said(site, 7)
        return found

    monkeypatch.setattr(type(site.database), "read", slow)
    here = await place(site)
    monkeypatch.undo()
    assert (await heard(site, here, 2))[1] == frame(7)


@pytest.mark.parametrize("since", ["", "x", "0.0", "é.1", "{era}.99", "{era}.-1", "{era}.", "{era}.1e1"])
async def test_a_page_whose_place_is_not_known_looks_again(site: Site, since: str) -> None:
    await site.set_up()
    era = (await place(site)).partition(".")[0]
    assert await heard(site, since.replace("{era}", era), 1) == [{"kind": "hello"}]


async def test_a_page_that_is_too_far_behind_looks_again(site: Site) -> None:
    await site.set_up()
    here = await place(site)
    for seq in range(feed.KEPT + 1):
        await said(site, seq)
    assert await heard(site, here, 1) == [{"kind": "hello"}]


async def test_when_frames_may_be_lost_sockets_close_and_pages_look_again(site: Site) -> None:
    await site.set_up()
    here = await place(site)
    async with site.client.ws_connect(f"{site.url}/admin/live", headers={"Origin": site.url}) as socket:
        await socket.receive_json(timeout=3)
        site.bus.part()
        assert (await socket.receive(timeout=3)).type is WSMsgType.CLOSE
    for _ in range(50):
        if (again := await place(site)) != "":
            break
        await asyncio.sleep(0.05)
    assert again != here
    assert await heard(site, here, 1) == [{"kind": "hello"}]


async def test_a_process_that_hears_no_others_vouches_for_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.set_up()
    monkeypatch.setattr(type(site.bus), "connected", lambda self: False)
    assert await place(site) == ""
