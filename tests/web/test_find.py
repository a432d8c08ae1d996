"""From a platform's id to the trace: a reply by its own id, a question by its answer, and what is not known is not found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert

from assistant.store import models
from tests.web.conftest import Site, add_conversation, add_message


async def seeded(site: Site) -> dict[str, Any]:
    await site.set_up()
    now = site.clock.now()

    def fill(connection: Connection) -> dict[str, Any]:
        talk = add_conversation(connection, now)
        add_message(connection, talk, 1, now, "what?")
        turn = {
            "conversation": talk,
            "lo_seq": 1,
            "hi_seq": 1,
            "cause": "message",
            "lane": "chat",
            "state": "done",
            "started_at": now,
        }
        made = connection.execute(insert(models.turns).values(**turn)).inserted_primary_key
        assert made is not None
        reply = add_message(
            connection, talk, 2, now, "that", out=True, turn=made[0], sent={"external_id": "out-1"}
        )
        add_message(connection, talk, 3, now, "and now?")
        return {"talk": talk, "reply": reply}

    found: dict[str, Any] = await site.database.write(fill)
    return found


async def leads(site: Site, channel: str, external: str) -> tuple[int, str]:
    answer = await site.get(f"/admin/find?channel={channel}&external={external}")
    return answer.status, answer.headers.get("Location", "")


async def test_a_reply_and_what_it_answered_lead_to_its_trace(site: Site) -> None:
    ids = await seeded(site)
    trace = (303, f"/admin/traces/{ids['reply']}")
    assert await leads(site, "alpha", "out-1") == trace
    assert await leads(site, "alpha", f"x{ids['talk']}-1") == trace


async def test_what_was_not_answered_yet_leads_to_its_conversation(site: Site) -> None:
    ids = await seeded(site)
    assert await leads(site, "alpha", f"x{ids['talk']}-3") == (303, f"/admin/inbox/{ids['talk']}#m3")


async def test_a_message_filed_under_another_channel_is_found(site: Site) -> None:
    ids = await seeded(site)
    assert await leads(site, "beta", "out-1") == (303, f"/admin/traces/{ids['reply']}")


async def test_what_never_arrived_is_not_found(site: Site) -> None:
    await seeded(site)
    for external in ("nobody", "", "x" * 300, "%00"):
        assert (await leads(site, "alpha", external))[0] == 404
