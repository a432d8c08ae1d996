"""The inbox: what it finds and hides, what staff put on a conversation, and who may do what."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest
from sqlalchemy import Connection, insert, update

from assistant.inbound import STAFF_TOPIC
from assistant.store import audit, labels, models, search, shares, staff, takeover, transcripts
from assistant.store.staff import StaffRole
from assistant.store.troubles import By
from assistant.types import Media, MediaKind, Text
from assistant.web import auth
from tests.web.conftest import ADMIN, Site, add_conversation, add_message
from tests.web.test_pages import escaped

HTMX = {"HX-Request": "true"}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/x.png>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</li></ol></section><script>alert(1)</script>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "{{ 7 * 7 }}{% raw %}",
    "<a href=https://evil.example hx-get=https://evil.example hx-trigger=load>x</a>",
    "<link rel=stylesheet href=https://evil.example>",
    "<style>@import 'https://evil.example'</style>",
]


async def seeded(site: Site, *names: str) -> list[int]:
    def seed(connection: Connection) -> list[int]:
        now = site.clock.now()
        made = []
        for number, name in enumerate(names):
            at = now - timedelta(minutes=number)
            one = add_conversation(connection, at, name=name, peer=f"+3460012{number:04}")
            add_message(connection, one, 1, at, f"hello from {name}", outcome="answered")
            add_message(connection, one, 2, at, f"good day {name}", out=True, sent={"status": "read"})
            made.append(one)
        return made

    return await site.database.write(seed)


async def heard(site: Site, kind: str, conversation: int) -> None:
    """Every page hears that something was done there."""
    await site.bus.publish(STAFF_TOPIC, orjson.dumps({"kind": kind, "conversation": conversation, "seq": 1}))


def poisoned(site: Site, payload: str) -> Callable[[Connection], int]:
    """A conversation in which everything that anybody can write is the payload; the staff's name, too."""
    now = site.clock.now()
    by = By(staff=1, actor="staff:1", at=now)

    def seed(connection: Connection) -> int:
        connection.execute(update(models.staff).values(name=payload))
        values = {"name": payload, "mode_reason": payload, "language": payload[:16], "peer": payload}
        made = add_conversation(connection, now, **values)
        file = Media(kind=MediaKind.DOCUMENT, ref="r", name=payload, caption=payload)
        add_message(connection, made, 1, now, Text(text=payload + " needle"), file)
        labels.add(connection, made, labels.plain(payload), by)
        labels.note(connection, made, payload, by)
        labels.assign(connection, made, 1, by)
        view = {"staff": 1, "name": payload[:64], "query": "flagged=1", "created_at": now}
        connection.execute(insert(models.saved_views).values(**view))
        return made

    return seed


async def index(site: Site) -> None:
    while await site.database.read(search.behind):
        await site.database.write(search.index)


async def as_role(site: Site, role: str) -> None:
    """The client is signed in as somebody of this role from here on."""
    hashed = await auth.hash_password(ADMIN["password"])
    values = {"name": role.title(), "role": StaffRole(role), "password_hash": hashed}
    await site.database.write(staff.create, email=f"{role}@example.org", now=site.clock.now(), **values)
    form = {"email": f"{role}@example.org", "password": ADMIN["password"]}
    answer = await site.post("/login", data=form)
    assert answer.status == 303


async def actions(site: Site) -> list[tuple[str, str | None]]:
    return [(entry.action, entry.target) for entry in await site.database.read(audit.newest)]


def names_in(text: str) -> list[str]:
    return re.findall(r'<span class="who"><bdi>(.*?)</bdi>', text)


async def test_staff_see_that_a_chat_is_shared_for_as_long_as_it_is(site: Site) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    page = f"/admin/inbox/{number}"
    await site.database.write(shares.share, number, site.clock.now())
    await site.database.write(shares.share, number, site.clock.now())
    assert "2 links, open to whoever has them" in await (await site.get(page)).text()
    for one in await site.database.read(shares.of_conversation, number):
        await site.database.write(shares.revoke, number, one.id, site.clock.now())
    assert "Shared by the visitor" not in await (await site.get(page)).text()


# --- finding ---------------------------------------------------------------------------------------------


async def test_a_search_finds_messages_and_marks_the_words(site: Site) -> None:
    await site.set_up()
    [first, _] = await seeded(site, "Grace", "Ana")
    await site.database.write(add_message, first, 3, site.clock.now(), "the CAFÉ was closed")
    await index(site)
    text = await (await site.get("/admin/inbox?q=cafe")).text()
    assert "the <mark>CAFÉ</mark> was closed" in text
    assert names_in(text) == ["Grace"]
    assert f'href="/admin/inbox/{first}?q=cafe&amp;at=3#m3"' in text
    nothing = await (await site.get("/admin/inbox?q=cafe+nowhere")).text()
    assert "Nothing was found" in nothing
    assert ("inbox.searched", None) in await actions(site)
    assert "cafe" not in str(await site.database.read(lambda c: c.execute(models.audit.select()).all()))


async def test_typing_in_the_search_box_replaces_the_list_alone_and_keeps_what_is_open(site: Site) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    await index(site)
    headers = {**HTMX, "HX-Source": "input#q", "HX-Current-URL": f"{site.url}/admin/inbox/{number}?flagged=1"}
    answer = await site.get("/admin/inbox?q=hello&channel=&flagged=", headers=headers)
    text = await answer.text()
    assert text.lstrip().startswith('<div id="found">') and "<html" not in text
    assert answer.headers["HX-Replace-Url"] == f"/admin/inbox/{number}?q=hello"
    foreign = {**headers, "HX-Current-URL": "https://evil.example/admin/people"}
    assert "HX-Replace-Url" not in (await site.get("/admin/inbox?q=hello", headers=foreign)).headers


@pytest.mark.parametrize("query", ['"', "AND", "NEAR(", "a*", "(", "%", "\x00", "é" * 300, "-x", "'"])
async def test_no_search_is_an_error(site: Site, query: str) -> None:
    await site.set_up()
    await seeded(site, "Grace")
    await index(site)
    assert (await site.get("/admin/inbox", params={"q": query})).status == 200


async def test_filters_come_from_the_address_and_stay_in_every_link(site: Site) -> None:
    await site.set_up()
    [grace, ana] = await seeded(site, "Grace", "Ana")
    now = site.clock.now()
    await site.database.write(labels.add, ana, "a & b", By(staff=1, actor="staff:1", at=now))
    await site.database.write(labels.assign, grace, 1, By(staff=1, actor="staff:1", at=now))
    text = await (await site.get("/admin/inbox?label=a+%26+b&mode=&state=&channel=alpha")).text()
    assert names_in(text) == ["Ana"]
    assert f'href="/admin/inbox/{ana}?channel=alpha&amp;label=a+%26+b"' in text
    assert names_in(await (await site.get("/admin/inbox?assignee=me")).text()) == ["Grace"]
    assert names_in(await (await site.get("/admin/inbox?channel=beta")).text()) == []
    everything = await (await site.get("/admin/inbox")).text()
    assert 'aria-current="page">All</a>' in everything
    assert re.search(r'Mine <span class="badge">1</span>', everything)
    for nonsense in (
        "mode=x",
        "state=x",
        "since=x",
        "until=99999-01-01",
        "assignee=x",
        "before=x",
        "verdict=x",
    ):
        answer = await site.get(f"/admin/inbox?{nonsense}")
        assert len(names_in(await answer.text())) == 2, nonsense


async def test_a_view_is_saved_shared_and_deleted(site: Site) -> None:
    await site.set_up()
    await seeded(site, "Grace")
    form = {"name": "Angry ones", "query": "flagged=1&mode=&nonsense=1", "shared": "1"}
    answer = await site.post("/admin/inbox/views", data=form)
    assert answer.headers["Location"] == "/admin/inbox?flagged=1"
    assert (await site.post("/admin/inbox/views", data={"name": "x", "query": "nonsense=1"})).status == 400
    assert (await site.post("/admin/inbox/views", data={"name": " ", "query": "flagged=1"})).status == 400
    await as_role(site, "viewer")
    text = await (await site.get("/admin/inbox?mode=bot")).text()
    assert 'href="/admin/inbox?flagged=1">Angry ones' in text
    assert "/admin/inbox/views/1/delete" not in text
    await site.post("/admin/inbox/views/1/delete")
    await site.post("/admin/inbox/views", data={"name": "Mine", "query": "mode=bot", "shared": "1"})
    text = await (await site.get("/admin/inbox")).text()
    assert "Angry ones" in text and "Mine" in text
    await as_role(site, "reviewer")
    text = await (await site.get("/admin/inbox")).text()
    assert ">Angry ones" in text and 'mode=bot">Mine' not in text  # a viewer shares nothing


# --- what is put on a conversation -----------------------------------------------------------------------


async def test_labels_notes_flag_assignee_and_done_work_without_scripts_and_are_on_record(site: Site) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    here = f"/admin/inbox/{number}"
    for path, form in (
        ("labels", {"label": "  refund  "}),
        ("labels", {"label": "other"}),
        ("labels", {"label": "other", "do": "remove"}),
        ("notes", {"text": "Be kind.\r\nReally."}),
        ("flag", {"on": "1"}),
        ("assign", {"to": "me"}),
        ("resolve", {"on": "1"}),
    ):
        answer = await site.post(f"{here}/{path}", data=form)
        assert (answer.status, answer.headers["Location"]) == (303, here), path
    text = await (await site.get(here)).text()
    assert '<li class="chip label">refund' in text and ">other" not in text.split('id="context"')[1]
    assert "Be kind.\nReally." in text and "Note by Ada Lovelace" in text
    for words in ("⚑ flagged", "✓ resolved", "Reopen", "Unflag"):
        assert words in text, words
    target = f"conversation:{number}"
    assert [action for action, about in await actions(site) if about == target] == [
        "conversation_read", "conversation.resolved", "conversation.assigned", "conversation.flagged",
        "conversation.noted", "conversation.unlabelled", "conversation.labelled", "conversation.labelled",
    ]  # fmt: skip
    stored = str(await site.database.read(lambda c: c.execute(models.audit.select()).all()))
    assert "kind" not in stored and "refund" not in stored
    for path, form in (
        ("labels", {"label": " "}),
        ("notes", {"text": " "}),
        ("notes", {"text": "x" * 4001}),
        ("assign", {"to": "x"}),
    ):
        assert (await site.post(f"{here}/{path}", data=form)).status == 400, path
    assert (await site.post(f"{here}/assign", data={"to": "99"})).status == 404
    assert (await site.post("/admin/inbox/999/flag", data={"on": "1"})).status == 404


async def test_an_act_in_place_answers_with_the_details_alone_and_every_page_hears_of_it(site: Site) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    async with site.client.ws_connect(f"{site.url}/admin/live", headers={"Origin": site.url}) as socket:
        await socket.receive_json(timeout=3)
        answer = await site.post(f"/admin/inbox/{number}/labels", data={"label": "vip"}, headers=HTMX)
        text = await answer.text()
        assert text.lstrip().startswith('<aside id="context"') and "vip" in text and "<html" not in text
        assert await socket.receive_json(timeout=3) == {"kind": "mark", "conversation": number, "seq": 2}


async def test_viewers_read_but_put_nothing_on_a_conversation(site: Site) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    await as_role(site, "viewer")
    text = await (await site.get(f"/admin/inbox/{number}")).text()
    for path in ("labels", "notes", "flag", "assign", "resolve", "reveal"):
        assert f"/{number}/{path}" not in text
        assert (await site.post(f"/admin/inbox/{number}/{path}", data={"on": "1"})).status == 403, path
    assert "/admin/review/message/" not in text


async def test_no_link_leads_a_viewer_to_a_door_that_is_shut(site: Site) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    await as_role(site, "viewer")
    tried: set[str] = set()
    ahead = ["/admin", f"/admin/inbox/{number}"]
    while ahead:
        path = ahead.pop()
        answer = await site.get(path)
        assert answer.status not in (403, 404), path
        for link in re.findall(r'<a [^>]*?href="(/admin[^"#]*)', await answer.text()):
            if (bare := link.partition("?")[0]) not in tried:
                tried.add(bare)
                ahead.append(html.unescape(link))
    assert {"/admin/inbox", "/admin/failed", "/admin/metrics"} <= tried


async def test_numbers_are_shown_in_part_and_a_look_at_the_whole_is_on_record(site: Site) -> None:
    await site.set_up()
    [number, _] = await seeded(site, "Grace Hopper", "Ana")
    peer = "+34600120000"
    text = await (await site.get(f"/admin/inbox/{number}")).text()
    assert peer not in text and "…0000" in text and "Grace Hopper" in text
    shown = await site.post(f"/admin/inbox/{number}/reveal", headers=HTMX)
    assert peer in await shown.text()
    assert (
        peer in await (await site.post(f"/admin/inbox/{number}/reveal")).text()
    )  # a whole page, without scripts
    revealed = [entry for entry in await actions(site) if entry[0] == "conversation.revealed"]
    assert revealed == [("conversation.revealed", f"conversation:{number}")] * 2
    await index(site)
    await as_role(site, "viewer")
    for path in ("/admin/inbox", f"/admin/inbox/{number}", "/admin/inbox?q=good"):
        text = await (await site.get(path)).text()
        assert peer not in text, path
        assert ">Grace Hopper<" not in text and "G… H…" in text, path


# --- the transcript --------------------------------------------------------------------------------------


async def test_a_transcript_tells_what_was_done_for_each_reply(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()
    [number] = await seeded(site, "Grace")

    def more(connection: Connection) -> int:
        ids = []
        for seq, version in ((4, 1), (6, 2), (8, 0)):
            turn = connection.execute(
                insert(models.turns)
                .values(conversation=number, lo_seq=3, hi_seq=3, cause="message", lane="now", state="done",
                        persona_version=version, started_at=now)
                .returning(models.turns.c.id)
            ).scalar_one()  # fmt: skip
            reply = add_message(connection, number, seq, now, f"reply {seq}", out=True, turn=turn, sent={})
            ids.append((turn, reply))
        turn, reply = ids[0]
        for ord_, name, state in ((0, "weather", "done"), (1, "maps", "timed_out")):
            step = {"turn": turn, "ord": ord_, "kind": "tool", "name": name, "state": state}
            connection.execute(insert(models.steps).values(**step))
        verdict = {
            "message": reply,
            "staff": 1,
            "source": "staff",
            "verdict": "bad",
            "reasons": ["wrong_fact"],
        }
        connection.execute(insert(models.reviews).values(**verdict, correction="x", created_at=now))
        return reply

    reply = await site.database.write(more)
    by = By(staff=1, actor="staff:1", at=now)
    await site.database.write(takeover.take, number, by, timedelta(hours=1))
    text = await (await site.get(f"/admin/inbox/{number}")).text()
    for words in (
        f'href="/admin/traces/{reply}"', "</span> weather</span>", "maps (timed_out)", "Bad: wrong fact (Ada Lovelace), corrected",
        "persona version 2", "the persona of the settings file", "<bdi>Ada Lovelace</bdi>: took over", f'hx-get="/admin/review/message/{reply}"',
        "Ada Lovelace answers", 'href="?at=4#m4"',
    ):  # fmt: skip
        assert words in text, words
    assert "persona version 1" not in text
    one = await (await site.get(f"/admin/inbox/{number}?at=4")).text()
    assert 'id="m4"' in one and 'id="m6"' not in one and "Newest messages" in one


async def test_a_fragment_of_a_transcript_is_small_and_history_gets_the_whole_page(site: Site) -> None:
    await site.set_up()
    now = site.clock.now()
    [number] = await seeded(site, "Grace")

    def fill(connection: Connection) -> None:
        for seq in range(3, 52):
            add_message(connection, number, seq, now, f"message {seq} of a usual length, I think")

    await site.database.write(fill)
    part = await site.get(f"/admin/inbox/{number}", headers=HTMX)
    text = await part.text()
    assert (
        text.lstrip().startswith('<div id="conversation"')
        and "<html" not in text
        and 'id="found"' not in text
    )
    whole = await site.get(f"/admin/inbox/{number}", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in await whole.text()


async def test_an_open_transcript_is_sent_only_what_it_does_not_show(site: Site) -> None:
    """What is new, what was changed, taken back or delivered since, and the notes; nothing of the rest."""
    await site.set_up()
    [here] = await seeded(site, "Ana Souza")
    now = site.clock.now()
    shown: dict[str, str] = {}

    async def sent() -> list[str]:
        held = ",".join(f"{id}:{state}" for id, state in shown.items())
        text = await (await site.get(f"/admin/inbox/{here}", headers={**HTMX, "Held": held})).text()
        found = dict(re.findall(r'<li id="(\w+)"[^>]* data-state="(\w+)"', text))
        assert f'data-known="{sum(id.startswith("m") for id in shown)}"' in text
        assert all(f'id="{part}"' in text for part in ("state", "context", "composer"))
        shown.update(found)
        return list(found)

    async def changed(act: Callable[[Connection], object], kind: str = "edit") -> list[str]:
        await site.database.write(act)
        await heard(site, kind, here)
        return await sent()

    assert await sent() == ["m1", "m2"] and await sent() == []
    assert await changed(lambda c: add_message(c, here, 3, now, "And on Sunday?")) == ["m3"]
    theirs = models.messages.c.seq == 1
    edited = update(models.messages).where(theirs).values(edited_at=now)
    assert await changed(lambda c: c.execute(edited)) == ["m1"]
    deleted = update(models.messages).where(theirs).values(deleted_at=now)
    assert await changed(lambda c: c.execute(deleted)) == ["m1"]
    delivered = update(models.outbox).values(status="delivered")
    assert await changed(lambda c: c.execute(delivered), "status") == ["m2"]
    by = By(staff=1, actor="staff:1", at=now)
    assert await changed(lambda c: labels.note(c, here, "A regular.", by), "mark") == ["n1"]
    assert await changed(lambda c: None) == []


async def test_an_open_list_is_sent_only_the_rows_that_changed(site: Site) -> None:
    """Of the others their place; and nobody gets around what their role may see by saying that they hold it."""
    await site.set_up()
    ana, ben, eva = await seeded(site, "Ana Souza", "Ben Okri", "Eva Luna")
    rows = re.compile(r'<li id="(c\d+)" data-row data-state="(\w+)"( data-held)?>(.*?)</li>', re.DOTALL)

    async def sent(**shown: str) -> list[tuple[str, ...]]:
        held = ",".join(f"{id}:{state}" for id, state in shown.items())
        text = await (await site.get("/admin/inbox", headers={**HTMX, "Held": held})).text()
        return [found.groups("") for found in rows.finditer(text)]

    whole = await sent()
    assert [id for id, *_ in whole] == [f"c{ana}", f"c{ben}", f"c{eva}"] and "Ana Souza" in whole[0][3]
    shown = {id: state for id, state, *_ in whole}
    assert await sent(**shown) == [(id, state, " data-held", "") for id, state in shown.items()]
    moved = update(models.conversations).where(models.conversations.c.id == eva)
    later = site.clock.now() + timedelta(minutes=1)
    await site.database.write(lambda c: c.execute(moved.values(last_at=later)))
    await site.database.write(lambda c: add_message(c, eva, 3, site.clock.now(), "And on Sunday?"))
    await heard(site, "message", eva)
    first, *others = await sent(**shown)
    assert first[0] == f"c{eva}" and first[1] != shown[f"c{eva}"] and "And on Sunday?" in first[3]
    assert [(id, held) for id, _, held, _ in others] == [(f"c{ana}", " data-held"), (f"c{ben}", " data-held")]
    await as_role(site, "viewer")
    masked = await sent(**shown)
    assert [held for *_, held, _ in masked] == ["", "", ""] and "<bdi>Ana Souza" not in str(masked)


async def test_open_transcripts_of_all_who_see_the_same_are_read_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.set_up()
    [here] = await seeded(site, "Ana Souza")
    reads, transcript = 0, transcripts.transcript

    def counted(*given: Any, **how: Any) -> transcripts.Transcript:
        nonlocal reads
        reads += 1
        return transcript(*given, **how)

    monkeypatch.setattr(transcripts, "transcript", counted)

    async def sent() -> str:
        return await (await site.get(f"/admin/inbox/{here}", headers={**HTMX, "Held": "m2:old"})).text()

    texts = await asyncio.gather(*(sent() for _ in range(20)))
    assert reads == 1 and len(set(texts)) == 1 and "hello from Ana Souza" in texts[0]
    await site.database.write(lambda c: add_message(c, here, 3, site.clock.now(), "And on Sunday?"))
    await heard(site, "message", here)
    assert "And on Sunday?" in await sent() and reads == 2
    await as_role(site, "viewer")
    text = await sent()
    assert reads == 3 and "<bdi>Ana Souza</bdi>" not in text and "Judge" not in text


async def test_what_anybody_writes_is_shown_literally_in_the_inbox(site: Site) -> None:
    """People's texts and file names, colleagues' labels, notes, names and views, and what was searched for."""
    await site.set_up()
    for payload in PAYLOADS:
        number = await site.database.write(poisoned(site, payload))
        await index(site)
        for path, query in (
            ("/admin/inbox", {}),
            (f"/admin/inbox/{number}", {}),
            ("/admin/inbox", {"q": "needle"}),
            ("/admin/inbox", {"q": payload}),
            ("/admin/inbox", {"label": payload}),
        ):
            answer = await site.get(path, params=query)
            text = await answer.text()
            assert answer.status == 200
            if query.get("q") != "needle":
                assert escaped(payload) in text, (path, query)
            if escaped(payload) != payload:
                assert payload not in text, (path, query)


async def test_the_print_of_a_transcript_shows_times_and_authors_and_no_notes(site: Site) -> None:
    await site.set_up()
    [number] = await seeded(site, "Grace")
    text = await (await site.get(f"/admin/inbox/{number}")).text()
    style = re.findall(r'href="(/s/\w+/desk\.css)"', text)
    css = await (await site.get(style[0])).text()
    printed = css.split("@media print")[1]
    hidden = printed.split("{ display: none !important; }")[0]
    for part in (".private", "#composing", "#context", "#inbox", ".bar", ".judge"):
        assert part in hidden
    assert ".author" not in hidden and ".meta" not in hidden and "attr(datetime)" in printed


async def test_saved_queries_and_links_hold_nothing_but_the_filter(site: Site) -> None:
    await site.set_up()
    await seeded(site, "Grace")
    text = await (await site.get("/admin/inbox?q=a&before=5&at=3&evil=%22&flagged=1")).text()
    for link in re.findall(r'name="query" value="([^"]*)"', text):
        assert set(parse_qs(link.replace("&amp;", "&"))) == {"q", "flagged"}
    assert "evil" not in text
