"""Files in the transcript, and the addresses under which staff get them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, insert

from assistant.store import models
from assistant.store.files import Files
from assistant.store.media import Trouble
from assistant.types import Media, MediaKind
from assistant.web.admin.media import WHY
from tests.web.conftest import Site, add_conversation, add_message

SHA = "ab" * 32
JSON = {"Accept": "application/json"}


async def add(
    site: Site, *, out: bool = False, part: dict[str, Any] | None = None, **row: Any
) -> tuple[int, int]:
    """A message with one file and its row; returns (conversation, file)."""
    now = site.clock.now()

    def seed(connection: Connection) -> tuple[int, int]:
        here = add_conversation(connection, now)
        values = {"kind": "image", "source": "inbound", "state": "kept", "created_at": now, **row}
        place: dict[str, Any] = {"conversation": here} if out else {"conversation": here, "seq": 1, "part": 0}
        made = connection.execute(insert(models.media).values(**place, **values)).inserted_primary_key
        assert made is not None
        ref = f"media:{made[0]}" if out else "platform-handle"
        shown = {"kind": MediaKind.IMAGE, "ref": ref, **(part or {})}
        add_message(connection, here, 1, now, Media(**shown), out=out)
        return here, int(made[0])

    return await site.database.write(seed)


def put(
    site: Site, body: bytes = b"content of the file", thumb: bytes | None = None, sha256: str = SHA
) -> None:
    files = Files(site.context.settings.data)
    path = files.path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    if thumb is not None:
        files.thumb(sha256).write_bytes(thumb)


def photo(**more: Any) -> dict[str, Any]:
    return {
        "sha256": SHA,
        "mime": "image/jpeg",
        "name": "me.jpg",
        "bytes": 19,
        "width": 1024,
        "height": 600,
    } | more


async def transcript(site: Site, conversation: int) -> str:
    return await (await site.get(f"/admin/inbox/{conversation}")).text()


@pytest.mark.parametrize("out", [False, True])
async def test_a_kept_picture_is_shown_small_and_given_whole(site: Site, out: bool) -> None:
    await site.set_up()
    put(site, thumb=b"small")
    here, number = await add(site, out=out, part={"caption": "look & see"}, **photo())
    text = await transcript(site, here)
    assert (
        f'<img src="/admin/media/{number}/thumb" width="512" height="300" loading="lazy" alt="photo' in text
    )
    assert f'href="/admin/media/{number}"' in text
    assert "look &amp; see" in text
    assert "platform-handle" not in text
    thumb = await site.get(f"/admin/media/{number}/thumb")
    assert (thumb.status, thumb.content_type, await thumb.read()) == (200, "image/webp", b"small")
    whole = await site.get(f"/admin/media/{number}")
    assert (whole.status, whole.content_type, await whole.read()) == (
        200,
        "image/jpeg",
        b"content of the file",
    )
    assert whole.headers["Content-Disposition"] == "attachment; filename=\"me.jpg\"; filename*=UTF-8''me.jpg"


async def test_files_are_caged_and_leave_no_copy(site: Site) -> None:
    await site.set_up()
    put(site, thumb=b"small")
    _, number = await add(site, **photo())
    for path in (f"/admin/media/{number}", f"/admin/media/{number}/thumb"):
        headers = (await site.get(path)).headers
        assert "sandbox" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "mime, how", [("audio/ogg", "inline"), ("video/mp4", "inline"), ("application/pdf", "attachment"),
                  ("text/plain", "attachment"), ("text/csv", "attachment"), (None, "attachment")],
)  # fmt: skip
async def test_only_sound_and_film_open_in_the_browser(site: Site, mime: str | None, how: str) -> None:
    await site.set_up()
    put(site)
    _, number = await add(site, sha256=SHA, kind="document", mime=mime, name='<a>"; x="é.exe')
    answer = await site.get(f"/admin/media/{number}")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith(f'{how}; filename="a_ x=_.exe')
    assert disposition.isascii() and disposition.count('"') == 2
    assert answer.headers["Content-Type"].startswith(mime or "application/octet-stream")


async def test_a_recording_is_served_from_where_the_player_asks(site: Site) -> None:
    await site.set_up()
    put(site)
    _, number = await add(site, sha256=SHA, kind="voice", mime="audio/ogg")
    answer = await site.get(f"/admin/media/{number}", headers={"Range": "bytes=8-9"})
    assert (answer.status, await answer.read()) == (206, b"of")


async def test_files_are_for_staff_who_are_signed_in(site: Site) -> None:
    put(site, thumb=b"small")
    _, number = await add(site, **photo())
    for path in (f"/admin/media/{number}", f"/admin/media/{number}/thumb"):
        assert (await site.get(path)).status == 303
        assert (await site.get(path, headers=JSON)).status == 401
    await site.set_up()
    assert (await site.get(f"/admin/media/{number}")).status == 200


@pytest.mark.parametrize("state", ["waiting", "gone", "expired"])
async def test_what_is_not_kept_is_not_there(site: Site, state: str) -> None:
    await site.set_up()
    put(site, thumb=b"small")
    _, number = await add(site, **photo(state=state))
    for path in (
        f"/admin/media/{number}",
        f"/admin/media/{number}/thumb",
        "/admin/media/99",
        "/admin/media/0",
    ):
        assert (await site.get(path)).status == 404


async def test_a_row_whose_file_is_missing_here_is_not_found(site: Site) -> None:
    await site.set_up()
    here, number = await add(site, **photo())
    assert (await site.get(f"/admin/media/{number}")).status == 404
    assert (await site.get(f"/admin/media/{number}/thumb")).status == 404
    assert "photo" in await transcript(site, here)


@pytest.mark.parametrize(
    "row, words",
    [
        ({"state": "waiting"}, "being fetched"),
        (
            {"state": "waiting", "error": "unreachable"},
            "being fetched (the last try: the platform could not be reached)",
        ),
        ({"state": "gone", "error": "too_large"}, "could not be fetched: it is larger than the limit"),
        ({"state": "gone", "error": "of another version"}, "could not be fetched: unknown"),
        ({"state": "expired"}, "no longer kept"),
    ],
)
async def test_staff_read_what_became_of_a_file(site: Site, row: dict[str, Any], words: str) -> None:
    await site.set_up()
    here, number = await add(site, part={"bytes": 1_200_000}, **row)
    text = await transcript(site, here)
    assert words in text
    assert "photo, 1.2 MB" in text
    assert f"/admin/media/{number}" not in text


def test_every_reason_has_its_words() -> None:
    assert set(WHY) == set(Trouble)


async def test_a_voice_note_and_a_document_say_what_they_are(site: Site) -> None:
    await site.set_up()
    put(site)
    here, _ = await add(site, kind="voice", mime="audio/ogg", sha256=SHA, bytes=9000, part={"seconds": 7.4})
    assert "voice note, 0:07, 9 kB" in await transcript(site, here)


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' autofocus '"]
)
async def test_names_and_captions_are_shown_literally(site: Site, payload: str) -> None:
    await site.set_up()
    put(site, thumb=b"small")
    part = {"caption": payload, "name": payload, "kind": MediaKind.DOCUMENT}
    here, _ = await add(site, part=part, **photo(name=payload, kind="document"))
    text = await transcript(site, here)
    assert payload not in text
    # In the alternative text, the name and the caption; and name and caption in the list beside the transcript.
    assert text.count("alert(1)") in (0, 5)
