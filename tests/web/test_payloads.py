"""Whatever anybody writes, and wherever staff read it: it is shown literally, runs nothing and loads nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Table, insert, select, update

from assistant.store import labels, models, personas
from assistant.store.troubles import By
from assistant.types import Media, MediaKind
from tests.web.conftest import Site, add_conversation, add_message
from tests.web.payloads import PAYLOADS
from tests.web.replies import add_reply
from tests.web.test_browser import WAIT, browser, open_tab, sign_in
from tests.web.test_troubles import Alpha

pytestmark = pytest.mark.browser
__all__ = ["browser"]

HALVES = (PAYLOADS[:40], PAYLOADS[40:])
ORIGINAL = "good day"
Put = Callable[[Connection, Any], list[str]]
"""Writes all payloads into one place; returns the pages that show them."""

ALIVE = """() => {
    const found = [];
    for (const one of document.querySelectorAll("*")) {
        for (const { name, value } of one.attributes) {
            if (name.startsWith("on")) found.push(`${one.tagName} ${name}`);
            if (["href", "src", "action", "formaction", "data", "xlink:href"].includes(name) && /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(value)) {
                found.push(`${one.tagName} ${name}=${value}`);
            }
        }
    }
    const strange = "body base, body meta, body link, iframe, object, embed, marquee, math, video, audio, svg script, svg animate, style, form[action^='http'], a[href*=evil], [hx-get*=evil], [style]";
    for (const one of document.querySelectorAll(strange)) found.push(one.outerHTML.slice(0, 100));
    for (const one of document.scripts) {
        if (!one.src.startsWith(`${location.origin}/s/`) && one.type !== "application/json") found.push(one.outerHTML.slice(0, 100));
    }
    return found;
}"""
"""Everything on the page that could act and is not of its making."""
TOUCH = """() => {
    for (const one of document.querySelectorAll("main *")) {
        for (const name of ["mouseover", "mouseenter", "focus", "animationstart", "toggle", "error", "load"]) {
            one.dispatchEvent(new Event(name));
        }
    }
}"""
READ = """() => [document.body.textContent,
    ...[...document.querySelectorAll("input, textarea")].map((one) => one.value)].join("\\n")"""
NEW_WORDS = """() => [...document.querySelectorAll(".given > li")].map((one) => {
    const copy = one.cloneNode(true);
    for (const gone of copy.querySelectorAll("del")) gone.remove();
    return copy.textContent;
}).join("\\n")"""


def by(now: Any) -> By:
    return By(staff=1, actor="staff:1", at=now)


def of_messages(**options: Any) -> Put:
    def put(connection: Connection, now: Any) -> list[str]:
        paths = []
        for number, half in enumerate(HALVES):
            here = add_conversation(connection, now, peer=f"peer-{number}")
            for seq, payload in enumerate(half, 1):
                add_message(connection, here, seq, now, payload, **options)
            paths.append(f"/admin/inbox/{here}")
        return [*paths, f"/admin/inbox/{here}?q=alert"]

    return put


def names(connection: Connection, now: Any) -> list[str]:
    for number, payload in enumerate(PAYLOADS):
        channel = "alpha" if payload in HALVES[0] else "beta"
        name = payload.replace("\x00", "")[:128]
        here = add_conversation(connection, now, name=name, peer=f"peer-{number}", channel=channel)
        add_message(connection, here, 1, now, "hello", channel=channel)
    return [
        "/admin/inbox?channel=alpha",
        "/admin/inbox?channel=beta",
        f"/admin/inbox/{here}",
        "/admin/people",
    ]


def file_names(connection: Connection, now: Any) -> list[str]:
    """In the first half something is known of the files, in the other nothing is."""
    paths = []
    for number, half in enumerate(HALVES):
        here = add_conversation(connection, now, peer=f"peer-{number}")
        for seq, payload in enumerate(half, 1):
            file = Media(kind=MediaKind.DOCUMENT, ref=f"r{seq}", name=payload)
            add_message(connection, here, seq, now, file)
            row = {"conversation": here, "seq": seq, "part": 0, "name": payload[:256], "kind": "document"}
            if not number:
                fate = {"source": "inbound", "state": "gone", "error": "refused", "created_at": now}
                connection.execute(insert(models.media).values(**row, **fate))
        paths.append(f"/admin/inbox/{here}")
    return paths


def label_names(connection: Connection, now: Any) -> list[str]:
    paths = []
    for first in range(0, len(PAYLOADS), labels.MOST_LABELS):
        here = add_conversation(connection, now, peer=f"peer-{first}")
        for payload in PAYLOADS[first : first + labels.MOST_LABELS]:
            labels.add(connection, here, labels.plain(payload), by(now))
        paths.append(f"/admin/inbox/{here}")
    return [*paths, "/admin/inbox"]


def notes(connection: Connection, now: Any) -> list[str]:
    here = add_conversation(connection, now)
    add_message(connection, here, 1, now, "hello")
    for payload in PAYLOADS:
        labels.note(connection, here, payload, by(now))
    return [f"/admin/inbox/{here}"]


def tool_results(connection: Connection, now: Any) -> list[str]:
    message, _, turn = add_reply(connection, now)
    rows = [
        {"turn": turn, "ord": ord, "kind": "tool", "name": "get_time", "input": {"city": payload}}
        | {"output": payload.replace("\x00", ""), "state": "done", "took_ms": 1.0}
        for ord, payload in enumerate(PAYLOADS, 1)
    ]
    connection.execute(insert(models.steps), rows)
    return [f"/admin/traces/{message}?part=tools", f"/admin/traces/{message}"]


def draft(connection: Connection, name: str, words: str, now: Any) -> int:
    content = personas.Content(persona=words)
    return personas.draft(connection, name, content, comment=words[:200], author="staff:1", now=now)


def persona_names(connection: Connection, now: Any) -> list[str]:
    made = [draft(connection, plain(payload)[:64], "You are kind.", now) for payload in PAYLOADS]
    return ["/admin/personas", f"/admin/personas?before={made[40]}"]


def persona_words(connection: Connection, now: Any) -> list[str]:
    first = draft(connection, "Shop", "You are kind.", now)
    second = draft(connection, "Shop", "\n\n".join(PAYLOADS).replace("\x00", ""), now)
    return [f"/admin/personas/{second}", f"/admin/personas/new?from={second}", f"/admin/personas/{first}"]


def canned_replies(connection: Connection, now: Any) -> list[str]:
    rows = [
        {"shortcut": f"word{number}", "language": "en", "text": payload.replace("\x00", ""), "staff": 1}
        | {"created_at": now, "updated_at": now}
        for number, payload in enumerate(PAYLOADS)
    ]
    connection.execute(insert(models.canned_replies), rows)
    return ["/admin/canned"]


def corrections(connection: Connection, now: Any) -> list[str]:
    """Each by somebody else: of one person only the newest is in force."""
    here = add_conversation(connection, now)
    paths = []
    for seq, half in enumerate(HALVES, 1):
        message = add_message(connection, here, seq, now, ORIGINAL, out=True, sent={"status": "read"})
        for number, payload in enumerate(half):
            name = {"email": f"{seq}.{number}@example.org", "name": f"Reviewer {number}", "role": "reviewer"}
            member = _put(connection, models.staff, {**name, "password_hash": "-", "created_at": now})
            given = {"message": message, "staff": member, "source": "staff", "verdict": "bad"}
            words = payload.replace("\x00", "")
            _put(connection, models.reviews, {**given, "correction": words, "reasons": [], "created_at": now})
        paths.append(f"/admin/review/message/{message}")
    return paths


def _put(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    made = connection.execute(insert(table).values(**values)).inserted_primary_key
    return int(made[0]) if made else 0


PLACES: dict[str, tuple[Put, int]] = {
    "what people write": (of_messages(), 10_000),
    "what the model writes": (of_messages(out=True, sent={"status": "read"}), 10_000),
    "names of people": (names, 128),
    "names of files": (file_names, 10_000),
    "labels": (label_names, labels.LABEL_LENGTH),
    "notes": (notes, labels.NOTE_LENGTH),
    "results of tools": (tool_results, 10_000),
    "names of personas": (persona_names, 64),
    "words of personas": (persona_words, 10_000),
    "canned replies": (canned_replies, 10_000),
    "corrected answers": (corrections, 10_000),
}
"""Where they are put, and how many letters of each there is room for."""


def plain(words: str) -> str:
    """On one line; no database keeps a zero byte."""
    return " ".join(words.replace("\x00", "").split())


@pytest.mark.parametrize("place", PLACES)
async def test_everything_is_shown_literally_and_does_nothing(site: Site, browser: Any, place: str) -> None:
    await site.set_up()
    site.inbound.channels["alpha"] = Alpha()
    put, longest = PLACES[place]
    paths = await site.database.write(lambda connection: put(connection, site.clock.now()))
    tab = await open_tab(browser, site, viewport={"width": 1366, "height": 800})
    page, dialogs = tab.page, []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    await sign_in(tab)
    read = ""
    for path in paths:
        answer = await page.goto(path, wait_until="load")
        assert answer is not None and answer.status == 200, path
        await page.locator("#live.on").wait_for(state="attached", **WAIT)
        assert await page.evaluate(ALIVE) == [], path
        await page.evaluate(TOUCH)
        read += plain(await page.evaluate(NEW_WORDS if place == "corrected answers" else READ)) + "\n"
    missing = [one[:60] for one in PAYLOADS if plain(plain(one)[:longest]) not in read]
    assert (missing, dialogs) == ([], [])
    assert await page.evaluate("document.cookie") == ""
    tab.assert_clean()


async def test_the_one_who_reads_may_be_named_like_that_too(site: Site, browser: Any) -> None:
    """A colleague's name stands in the bar of every page, and in the words of what they did."""
    await site.set_up()
    now = site.clock.now()
    here = await site.database.write(
        lambda c: add_conversation(c, now, mode="human", taken_by=1, taken_at=now)
    )
    tab = await open_tab(browser, site)
    page, dialogs = tab.page, []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    await sign_in(tab)
    for payload in PAYLOADS:
        name = plain(payload)[:128]
        await site.database.write(lambda c, name=name: c.execute(update(models.staff).values(name=name)))
        await page.goto(f"/admin/inbox/{here}", wait_until="load")
        assert plain(await page.locator(".me a").inner_text()) == plain(name)
        assert await page.evaluate(ALIVE) == []
    stored = await site.database.read(lambda c: c.execute(select(models.staff.c.name)).scalar_one())
    assert (stored, dialogs) == (plain(PAYLOADS[-1])[:128], [])
    tab.assert_clean()
