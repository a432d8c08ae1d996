"""Every door of the web side, and the least role that opens it: the table, and proof that each door keeps to it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from assistant.store import sessions, staff
from assistant.store.staff import StaffRole
from assistant.web import auth
from tests.web.conftest import BROWSER, Site

# Least role, method, path. With `!` the password must have been given within ten minutes. Who adds a route adds a line.
DOORS = """
anybody   GET  /
anybody   GET  /chat
anybody   GET  /chat/events
anybody   GET  /chat/history
anybody   POST /chat/messages
anybody   POST /chat/delete-all
anybody   GET  /chat/forget
anybody   POST /chat/forget
anybody   GET  /chat/imagine
anybody   GET  /chat/move
anybody   POST /chat/move
anybody   GET  /chat/move/{token}
anybody   POST /chat/move/{token}
anybody   GET  /chat/{id}
anybody   POST /chat/{id}/choose
anybody   POST /chat/{id}/delete
anybody   POST /chat/{id}/edit
anybody   GET  /chat/{id}/export.{kind}
anybody   GET  /chat/{id}/messages
anybody   POST /chat/{id}/pin
anybody   POST /chat/{id}/regenerate
anybody   POST /chat/{id}/rename
anybody   POST /chat/{id}/share
anybody   GET  /chat/{id}/shares
anybody   POST /chat/{id}/unshare
anybody   GET  /shared/{token}
anybody   GET  /favicon.ico
anybody   GET  /healthz
anybody   GET  /imagine
anybody   GET  /invite
anybody   POST /invite
anybody   GET  /login
anybody   POST /login
anybody   GET  /login/totp
anybody   POST /login/totp
anybody   POST /logout
anybody   GET  /metrics
anybody   GET  /readyz
anybody   GET  /s/{version}/{name}
anybody   GET  /setup
anybody   POST /setup
anybody   GET  /webhooks/{channel}
anybody   POST /webhooks/{channel}
anybody   GET  /widget
anybody   GET  /widget.js
viewer    GET  /account
viewer    POST /account/look
viewer    POST /account/password
viewer    GET  /account/prove
viewer    POST /account/prove
viewer!   GET  /account/second-factor
viewer!   POST /account/second-factor
viewer!   POST /account/second-factor/codes
viewer!   POST /account/second-factor/off
viewer    POST /account/sessions/end
viewer    POST /account/sessions/{name}/end
viewer!   GET  /account/tokens
viewer!   POST /account/tokens
viewer    POST /account/tokens/{id}/revoke
viewer    GET  /admin
viewer    GET  /admin/alerts
admin     GET  /admin/audit
admin     POST /admin/audit/check
admin     GET  /admin/audit/export.{kind}
reviewer  GET  /admin/canned
admin     POST /admin/canned
admin     POST /admin/canned/{id}
admin     POST /admin/canned/{id}/delete
viewer    GET  /admin/channels
reviewer  POST /admin/channels/check
reviewer  POST /admin/channels/notices/{notice}/seen
viewer    GET  /admin/channels/{channel}
reviewer  POST /admin/channels/{channel}/check
admin     POST /admin/channels/{channel}/pause
reviewer  POST /admin/channels/{channel}/resume
reviewer  GET  /admin/datasets
reviewer  POST /admin/datasets
reviewer  POST /admin/datasets/add
reviewer  GET  /admin/datasets/{id}
reviewer  POST /admin/datasets/{id}/freeze
reviewer  POST /admin/datasets/{id}/items/{item}/remove
reviewer  POST /admin/datasets/{id}/split
reviewer  POST /admin/datasets/{id}/version
admin!    GET  /admin/exports
admin!    POST /admin/exports
admin!    GET  /admin/exports/{id}
admin!    GET  /admin/exports/{id}/manifest
viewer    GET  /admin/failed
reviewer  POST /admin/failed/codes/retry
reviewer  POST /admin/failed/conversations/{id}/resume
reviewer  POST /admin/failed/messages/discard
reviewer  POST /admin/failed/messages/retry
reviewer  POST /admin/failed/messages/{id}/answer
reviewer  POST /admin/failed/messages/{id}/discard
reviewer  POST /admin/failed/messages/{id}/retry
reviewer  POST /admin/failed/parts/discard
reviewer  POST /admin/failed/parts/retry
reviewer  POST /admin/failed/parts/{id}/answer
reviewer  POST /admin/failed/parts/{id}/discard
reviewer  POST /admin/failed/parts/{id}/retry
viewer    GET  /admin/find
viewer    GET  /admin/inbox
viewer    POST /admin/inbox/views
viewer    POST /admin/inbox/views/{id}/delete
viewer    GET  /admin/inbox/{id}
reviewer  POST /admin/inbox/{id}/assign
viewer    GET  /admin/inbox/{id}/composer
reviewer  POST /admin/inbox/{id}/draft
reviewer  GET  /admin/inbox/{id}/draft/{trial}
reviewer  POST /admin/inbox/{id}/flag
reviewer  POST /admin/inbox/{id}/hand-back
reviewer  POST /admin/inbox/{id}/keep
reviewer  POST /admin/inbox/{id}/labels
reviewer  POST /admin/inbox/{id}/notes
reviewer  POST /admin/inbox/{id}/file
reviewer  POST /admin/inbox/{id}/reply
reviewer  POST /admin/inbox/{id}/typing
reviewer  POST /admin/inbox/{id}/resolve
reviewer  POST /admin/inbox/{id}/reveal
reviewer  POST /admin/inbox/{id}/take
viewer    GET  /admin/live
viewer    GET  /admin/media/{id}
viewer    GET  /admin/media/{id}/thumb
viewer    GET  /admin/metrics
viewer    GET  /admin/metrics/{chart}.csv
viewer    GET  /admin/models
reviewer  GET  /admin/people
admin     GET  /admin/people/erased
admin     GET  /admin/people/erased/{id}
reviewer  GET  /admin/people/{id}
admin     POST /admin/people/{id}/block
admin!    GET  /admin/people/{id}/erase
admin!    POST /admin/people/{id}/erase
admin!    GET  /admin/people/{id}/export
admin!    POST /admin/people/{id}/export
admin!    GET  /admin/people/{id}/merge
admin!    POST /admin/people/{id}/merge
reviewer  POST /admin/people/{id}/reveal
admin     POST /admin/people/{id}/unblock
viewer    GET  /admin/personas
reviewer  POST /admin/personas
reviewer  POST /admin/personas/inputs
reviewer  GET  /admin/personas/new
admin     POST /admin/personas/offers
admin     POST /admin/personas/offers/{id}
admin     POST /admin/personas/offers/{id}/retire
admin     POST /admin/personas/publish
admin     POST /admin/personas/rollback
viewer    GET  /admin/personas/{id}
viewer    GET  /admin/personas/{id}/tries
reviewer  POST /admin/personas/{id}/try
reviewer  GET  /admin/review
admin     POST /admin/review
reviewer  GET  /admin/review/items/{id}
reviewer  POST /admin/review/items/{id}/decide
reviewer  POST /admin/review/items/{id}/keep
reviewer  POST /admin/review/items/{id}/leave
reviewer  POST /admin/review/items/{id}/resolve
reviewer  POST /admin/review/items/{id}/skip
reviewer  GET  /admin/review/message/{id}
reviewer  POST /admin/review/message/{id}
reviewer  POST /admin/review/message/{id}/difference
reviewer  POST /admin/review/message/{id}/withdraw
reviewer  GET  /admin/review/{queue}
admin     POST /admin/review/{queue}
admin     POST /admin/review/{queue}/close
reviewer  POST /admin/review/{queue}/fill
reviewer  GET  /admin/review/{queue}/next
admin     GET  /admin/settings
admin     POST /admin/settings
viewer    GET  /admin/traces
viewer    GET  /admin/traces/{id}
reviewer  POST /admin/traces/{id}/replay
reviewer  GET  /admin/traces/{id}/trials/{trial}
viewer    GET  /admin/unread
admin     GET  /admin/users
admin!    GET  /admin/users/invite
admin!    POST /admin/users/invite
admin     POST /admin/users/invites/{id}/withdraw
admin!    GET  /admin/users/{id}
admin!    POST /admin/users/{id}/disable
admin!    POST /admin/users/{id}/enable
admin!    POST /admin/users/{id}/reset-second-factor
admin!    POST /admin/users/{id}/role
"""
SAMPLES = ("999999", "0123456789abcdef", "first", "csv", "md", "x", "replies", "good", "A" * 43)
"""Values for what stands in braces; the first ones that the route takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    least: StaffRole | None
    fresh: bool


def table() -> dict[tuple[str, str], Door]:
    found: dict[tuple[str, str], Door] = {}
    for line in filter(None, DOORS.splitlines()):
        role, method, path = line.split()
        assert (method, path) not in found, f"{line} stands there twice"
        name = role.removesuffix("!")
        least = None if name == "anybody" else StaffRole(name)
        found[method, path] = Door(least=least, fresh=role.endswith("!"))
    return found


def routes(site: Site) -> Iterator[tuple[str, str, web.AbstractRoute]]:
    for route in site.app.router.routes():
        if route.method != "HEAD" and route.resource is not None:
            yield route.method, route.resource.canonical, route


def example(route: web.AbstractRoute) -> str:
    """An address of this route at which nothing is."""
    assert route.resource is not None
    info = route.resource.get_info()
    if "path" in info:
        return info["path"]
    names = re.findall(r"{(\w+)}", info["formatter"])
    for samples in itertools.product(SAMPLES, repeat=len(names)):
        path = info["formatter"].format(**dict(zip(names, samples, strict=True)))
        if info["pattern"].fullmatch(path):
            return path
    raise AssertionError(f"no sample fits {info['formatter']}: add one to SAMPLES")


async def test_every_route_stands_in_the_table_and_asks_for_what_it_says(site: Site) -> None:
    doors, seen = table(), set()
    wrong = []
    for method, path, route in routes(site):
        seen.add((method, path))
        door = doors.get((method, path))
        least = getattr(route.handler, "needs", None)
        fresh = getattr(route.handler, "fresh", False)
        if path.startswith("/admin") and least is None:
            wrong.append(f"{method} {path} lacks @needs")
        if door is None:
            wrong.append(f"{method} {path} is missing from the table")
        elif (door.least, door.fresh) != (least, fresh):
            wrong.append(f"{method} {path} is {least}{'!' * fresh} and the table says {door}")
    wrong += [f"{method} {path} is no route any more" for method, path in doors.keys() - seen]
    assert not wrong, "\n" + "\n".join(sorted(wrong))


async def test_what_is_dangerous_asks_for_the_password_again(site: Site) -> None:
    """Erasing, exporting, roles and secrets, whatever the table says."""
    dangerous = re.compile(r"/(erase|export|merge|role|disable|reset-second-factor|tokens|exports)$")
    for method, path, route in routes(site):
        if dangerous.search(path):
            assert getattr(route.handler, "fresh", False), f"{method} {path}"


async def test_each_role_enters_where_it_may_and_nowhere_else(site: Site) -> None:
    await site.set_up()
    tokens: dict[StaffRole | None, str] = {}
    members: dict[StaffRole, int] = {}
    for role in StaffRole:
        members[role] = await site.database.write(
            staff.create,
            email=f"{role}@example.org",
            name=role,
            role=role,
            password_hash="no password has this hash",
            now=site.clock.now(),
        )
    doors, wrong = table(), []
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
        for method, path, route in routes(site):
            door = doors.get((method, path))
            if door is None:
                continue  # the test above says so
            for role in (None, *StaffRole):
                headers = {**BROWSER, "Origin": site.url}
                if role is not None:
                    if role not in tokens:
                        tokens[role] = auth.new_token()
                        await site.database.write(
                            sessions.start, auth.token_hash(tokens[role]), members[role], site.clock.now()
                        )
                    headers["Cookie"] = f"{auth.COOKIE}={tokens[role]}"
                async with client.request(
                    method, site.url + example(route), headers=headers, allow_redirects=False
                ) as answer:
                    await answer.read()
                    status, location = answer.status, answer.headers.get("Location", "")
                if method != "GET":  # it may have ended the session
                    tokens.pop(role, None)
                said = f"{role or 'anonymous'}: {method} {path} gave {status} {location}"
                if not right(door, role, method, status, location):
                    wrong.append(said)
    assert not wrong, "\n" + "\n".join(wrong)


def right(door: Door, role: StaffRole | None, method: str, status: int, location: str) -> bool:
    """Whether this is how the door must answer; once inside, anything but a failure."""
    if door.least is None:
        return status < 500
    if role is None:
        return (status, location[:12]) == (303, "/login?next=") if method == "GET" else status == 401
    if not role.covers(door.least):
        return status == 403
    return status < 500 and status not in (401, 403) and not location.startswith(("/login", auth.PROVE))


@pytest.mark.parametrize("role", [None, *StaffRole])
async def test_a_stale_password_opens_no_dangerous_door(site: Site, role: StaffRole | None) -> None:
    await site.set_up()
    token = auth.new_token()
    headers = {**BROWSER, "Origin": site.url}
    if role is not None:
        member = await site.database.write(
            staff.create,
            email=f"{role}@example.org",
            name=role,
            role=role,
            password_hash="no password has this hash",
            now=site.clock.now(),
        )
        await site.database.write(sessions.start, auth.token_hash(token), member, site.clock.now())
        headers["Cookie"] = f"{auth.COOKIE}={token}"
    site.clock.advance(auth.FRESH.total_seconds() + 1)
    doors = table()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
        for method, path, route in routes(site):
            door = doors.get((method, path))
            if door is None or not door.fresh or door.least is None:
                continue
            async with client.request(
                method, site.url + example(route), headers=headers, allow_redirects=False
            ) as answer:
                status, location = answer.status, answer.headers.get("Location", "")
            if role is not None and role.covers(door.least):
                assert (status, location[:20]) == (303, "/account/prove?next="), f"{method} {path}"
            else:
                assert right(door, role, method, status, location), f"{method} {path} gave {status}"
