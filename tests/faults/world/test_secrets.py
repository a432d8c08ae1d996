"""A bad day at DEBUG with everything that may go wrong: no secret, name, number or word appears where it does not belong."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import sqlite3
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web

from adapters.sandbox import Sandbox
from adapters.sandbox.phones import Phone
from assistant.store.database import Database
from tests.databases import migrated_sqlite
from tests.faults.harness import Server, SlowModel
from tests.services import free_port

from .table import fault

WORD, NAME = "canaryword", "Canaryname"
PASSWORD, STOLEN = "canary-password-9f2c", "canary-stolen-token-77aa"
ENGINE_KEY, REDIS_PASSWORD = "canary-engine-key-51d0", "canary-redis-password-c3"
NOT_SECRET = re.compile(r"https?://|^\d{1,6}$|^v\d")


class EchoingModel(SlowModel):
    """A model server that quotes what it was asked in its errors, as some do; its first answers fail."""

    failures = 3

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        if self.failures:
            self.failures -= 1
            said = (await request.json())["messages"]
            return web.json_response({"error": {"message": f"cannot do {said}"}}, status=500)
        return await super()._complete(request)


class Day:
    """One server process, all channels, and whatever strangers and platforms say to it."""

    def __init__(self, server: Server, sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        self.server, self.sandbox, self.client = server, sandbox, client
        self.phones: list[Phone] = []
        self.answers: list[tuple[str, str]] = []
        """What came back to strangers and platforms: where from, and the body with its headers."""

    async def ask(self, method: str, path: str, **more: Any) -> int:
        async with self.client.request(
            method, self.server.url + path, allow_redirects=False, **more
        ) as answer:
            told = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
            self.answers.append((path.partition("?")[0], f"{told} {await answer.text(errors='replace')}"))
            return answer.status

    def phone(self, channel: str) -> Phone:
        phone = self.sandbox.phone(channel, f"{NAME} {channel.title()}")
        self.phones.append(phone)
        return phone

    async def talk(self, channel: str) -> None:
        """Words, changes, files; every way in which a send can end."""
        phone, platform = self.phone(channel), self.sandbox.platform(channel)
        first = await phone.say(f"{WORD} one from {channel}, call +34 600 111 222 or 34600111222")
        await phone.wait_reply(90)
        heard = phone.inbox[-1]
        for happening in (
            phone.edit(first, f"{WORD} changed"),
            phone.react(heard.external_id, "👍"),
            phone.show("image", f"{WORD} on a picture"),
            phone.share_contact(f"{NAME} Friend", "+34600999888"),
            phone.share_place(38.7, -9.1, f"{WORD} place"),
            phone.unsend(await phone.say(f"{WORD} taken back")),
        ):
            with contextlib.suppress(Exception):  # what a platform does not know
                await happening
        faults = platform.faults
        faults.fail_next(500, message=f"{WORD} of {phone.id}", times=1)
        faults.fail_next(429, retry_after=1)
        faults.lose_answers = 1
        await phone.say(f"{WORD} two")
        await asyncio.sleep(0.8)
        faults.fail_next(400, message=f"{WORD} refused for {phone.id}")
        await phone.say(f"{WORD} three")
        await asyncio.sleep(0.5)

    async def trespass(self) -> None:
        """Strangers: forged, broken and monstrous webhooks, wrong tokens, guessed passwords."""
        for channel, platform in self.sandbox.platforms.items():
            phone = self.phones[0]
            body = orjson.dumps({"canary": WORD, "name": NAME, "from": phone.id})
            whole = orjson.dumps(platform.compose(self.phone(channel), f"{WORD} @@")[1])
            signed = [
                body,
                whole[:-9],
                whole.replace(b"@@", b"\\u0000\\ud800"),
                b"[" * 5000,
                b"",
                b"\xff" + body,
            ]
            for one in signed:
                await self.ask("POST", f"/webhooks/{channel}", data=one, headers=platform.headers(one))
            forged = {"X-Hub-Signature-256": f"sha256={STOLEN}", "X-Telegram-Bot-Api-Secret-Token": STOLEN}
            await self.ask("POST", f"/webhooks/{channel}", data=whole, headers=forged)
            await self.ask(
                "POST", f"/webhooks/{channel}", data=whole, headers=forged | {"Content-Encoding": "gzip"}
            )
            query = f"?hub.mode=subscribe&hub.verify_token={STOLEN}&hub.challenge={WORD}&token={STOLEN}"
            await self.ask("GET", f"/webhooks/{channel}{query}")
        html = {"Accept": "text/html"}
        for path in (f"/nowhere/{WORD}?token={STOLEN}", f"/webhooks/{WORD}", f"/setup?token={STOLEN}", "/admin",
                     f"/admin/inbox/{WORD}", "/chat/history", f"/chat/history?q={WORD}", f"/shared/{STOLEN}", "/metrics", "/healthz", "/readyz",
                     f"/admin?access_token={STOLEN}", f"/login?next=/{WORD}"):  # fmt: skip
            await self.ask("GET", path)
            await self.ask("GET", path, headers=html)
        ours = {"Origin": self.server.url}
        form = {
            "email": f"{WORD}@example.org",
            "password": PASSWORD,
            "token": STOLEN,
            "name": NAME,
            "again": PASSWORD,
        }
        for path in ("/login", "/setup", "/chat/messages", "/logout"):
            await self.ask("POST", path, data=form)
            await self.ask("POST", path, data=form, headers=ours)
            await self.ask("POST", path, data=b"\xff" * 70_000, headers=ours)
        await self.ask("DELETE", f"/chat/messages?{WORD}", headers=ours)

    async def visit(self) -> None:
        """A visitor of the web chat, who is answered."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            (await browser.get(f"{self.server.url}/chat")).close()
            headers = {"Origin": self.server.url}
            for body in (
                {"id": "a" * 20, "text": f"{WORD} in the chat"},
                {"id": "!", "text": WORD},
                {"text": 7},
            ):
                async with browser.post(
                    f"{self.server.url}/chat/messages", json=body, headers=headers
                ) as answer:
                    if answer.status != 200:
                        self.answers.append(("/chat/messages", await answer.text()))
            async with asyncio.timeout(60):
                while True:
                    async with browser.get(f"{self.server.url}/chat/first/messages") as answer:
                        if 'class="theirs"' in await answer.text():
                            return
                    await asyncio.sleep(0.1)


@fault(
    "Logs: a bad day at DEBUG",
    promise="no secret, name, number or word in any log line, metric, health page or error; no secret in what staff see",
)
async def test_nothing_leaks_on_a_bad_day(tmp_path: Path) -> None:
    migrated_sqlite(tmp_path)
    model, sandbox = EchoingModel(), await Sandbox.start()
    await model.start()
    for platform in sandbox.platforms.values():
        platform.retry_seconds, platform.retry_cap_seconds = 0.2, 1.0
    ours = {
        "ASSISTANT_ENGINE": "openai", "ASSISTANT_ENGINE_URL": model.url, "ASSISTANT_MODEL": "slow",
        "ASSISTANT_LOG_LEVEL": "DEBUG", "ASSISTANT_ENGINE_KEY": ENGINE_KEY, "ASSISTANT_SETTLE_SECONDS": "0.5",
        "ASSISTANT_REDIS_URL": f"redis://:{REDIS_PASSWORD}@127.0.0.1:{free_port()}/0",
    }  # fmt: skip
    server = Server(tmp_path, sandbox.environment() | ours)
    try:
        await server.start()
        await sandbox.connect(server.url)
        async with aiohttp.ClientSession() as client:
            day = Day(server, sandbox, client)
            await asyncio.gather(*(day.talk(channel) for channel in sandbox.platforms))
            await day.visit()
            await day.trespass()
            other = sqlite3.connect(tmp_path / "assistant.db", timeout=5, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")  # nobody can write for a moment
            said = asyncio.create_task(day.phones[0].say(f"{WORD} while it is locked"))
            await asyncio.sleep(0.5)
            other.execute("ROLLBACK")
            other.close()
            await said
            model.failures = 2
            await day.phones[1].say(f"{WORD} to a model that fails")
            sandbox.whatsapp.faults.token_expired = True
            await sandbox.phone("whatsapp", f"{NAME} Last").say(f"{WORD} with an expired token")
            await asyncio.sleep(1.0)
            sandbox.whatsapp.faults.token_expired = False
            for path in ("/metrics", "/healthz", "/readyz"):
                await day.ask("GET", path)
        await server.kill(signal.SIGTERM)
        check(tmp_path, server, sandbox, day)
    finally:
        model.hold.set()
        await server.gone()
        await sandbox.close()
        await model.close()


def check(folder: Path, server: Server, sandbox: Sandbox, day: Day) -> None:
    secrets = {
        value
        for key, value in sandbox.environment().items()
        if any(word in key for word in ("TOKEN", "SECRET")) and not NOT_SECRET.search(value)
    }
    secrets |= {part.partition(":")[2] for part in secrets if re.match(r"\d+:", part)}
    secrets |= {ENGINE_KEY, REDIS_PASSWORD, (folder / "page-secret").read_text().strip()}
    assert len(secrets) >= 9
    people = {
        WORD,
        NAME,
        PASSWORD,
        STOLEN,
        *(phone.id for phone in day.phones),
        "600111222",
        "600999888",
        "600 111",
    }
    log = re.sub(
        r"/setup\?token=\S+", "", server.log.read_text()
    )  # told once, on purpose, to whoever started it
    assert log.count("\n") > 20, "the day left a log"
    assert '"level": "warning"' in log and '"level": "info"' in log
    for where, text in [("log", log), *day.answers]:
        found = sorted(one for one in secrets | people if one in text and not spelled_back(where, one))
        line = next((row for row in text.splitlines() if found and found[0] in row), "")
        assert not found, f"{where} shows {found}: {line[:600]}"
    with sqlite3.connect(folder / "assistant.db") as database:
        kept = [" ".join(map(str, row)) for row in database.execute("SELECT * FROM exchanges")]
        states = [" ".join(map(str, row)) for row in database.execute("SELECT * FROM channel_states")]
    assert len(kept) >= 8 and any("Bearer" in one or "[" in one for one in kept)
    assert [one for text in kept + states for one in secrets | {STOLEN} if one in text] == []


def spelled_back(where: str, found: str) -> bool:
    """Who filled in a form or was sent to sign in gets back what they typed, but for the password: nobody else does."""
    return where in ("/login", "/setup", "/admin") and found in (WORD, NAME, STOLEN)


@pytest.mark.parametrize("family", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_a_database_error_quotes_no_words(
    tmp_path: Path, family: str, request: pytest.FixtureRequest
) -> None:
    url = (
        migrated_sqlite(tmp_path) if family == "sqlite" else request.getfixturevalue("migrated_postgres_url")
    )
    database = Database(url)
    database.open()
    try:
        from sqlalchemy import text

        with pytest.raises(Exception, match=r"OperationalError|does not exist") as raised:
            await database.write(
                lambda c: c.execute(text("INSERT INTO nowhere VALUES (:word)"), {"word": WORD})
            )
        chain: BaseException | None = raised.value
        while chain is not None:
            assert WORD not in str(chain)
            chain = chain.__cause__ or chain.__context__
    finally:
        await database.close()
