"""A platform at its worst: whatever it answers, or does not, each adapter knows whether the message may have gone."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from adapters._telegram_settings import TelegramSettings
from adapters.messenger import Messenger, MessengerSettings
from adapters.telegram import Telegram
from adapters.whatsapp import WhatsApp, WhatsAppSettings
from assistant.channel import Services
from assistant.clock import SystemClock
from assistant.errors import Misconfigured, Rejected, SendError, Throttled, Unavailable, Uncertain
from assistant.http import MAX_RESPONSE_BYTES, Http
from assistant.types import Address
from tests.adapters.api import RecordingBus, outbound
from tests.services import free_port

from . import wire
from .table import fault
from .wire import Authority, Behaviour, misbehaving

PATIENCE = 0.5
CHANNELS = ["whatsapp", "messenger", "telegram"]


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    opened = Http(total_seconds=PATIENCE)
    yield opened
    await opened.close()


def adapter(name: str, url: str, http: Http) -> tuple[Any, Address]:
    services = Services(http=http, bus=RecordingBus(), clock=SystemClock())  # type: ignore[arg-type]
    secret = SecretStr("secret")
    if name == "whatsapp":
        settings = WhatsAppSettings(
            app_secret=secret, verify_token=secret, access_token=secret, phone_number_id="1", api_url=url
        )
        return WhatsApp(settings, services), Address(channel=name, account="1", peer="34600000001")
    if name == "messenger":
        page = MessengerSettings(
            app_secret=secret, verify_token=secret, access_token=secret, page_id="1", api_url=url
        )
        return Messenger(page, services), Address(channel=name, account="1", peer="2")
    bot = TelegramSettings(
        token=SecretStr("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
        secret_token=SecretStr("s" * 32),
        api_url=url,
    )
    return Telegram(bot, services), Address(channel=name, account="110201543", peer="2")


async def ending(name: str, url: str, http: Http) -> SendError:
    """How a send ends; it must end soon, and in one of the known ways."""
    channel, address = adapter(name, url, http)
    began = time.monotonic()
    with pytest.raises(SendError) as raised:
        await channel.send(outbound(address, "hello"))
    assert time.monotonic() - began < PATIENCE + 5
    assert "hello" not in str(raised.value) and "secret" not in str(raised.value)
    return raised.value


async def all_end(behaviour: Behaviour, http: Http, *kinds: type[SendError]) -> None:
    for name in CHANNELS:
        async with misbehaving(behaviour) as platform:
            error = await ending(name, platform.url, http)
            assert isinstance(error, kinds), (name, error)
            assert platform.asked == 1, "whatever is unclear is not asked again behind our back"


# --- it got the message, and no clear answer came ----------------------------------------------------------


@fault("Platform: hangs", promise="after 15 seconds the send is unclear, not failed; nobody waits longer")
async def test_a_platform_that_hangs_leaves_the_send_unclear(http: Http) -> None:
    await all_end(wire.hang, http, Uncertain)


@fault("Platform: its answer drips", promise="the whole call has a deadline; the send is unclear")
async def test_an_answer_that_drips_leaves_the_send_unclear(http: Http) -> None:
    await all_end(wire.drip, http, Uncertain)


@fault("Platform: closes before any answer", promise="the send is unclear: it may have been taken")
async def test_a_platform_that_closes_leaves_the_send_unclear(http: Http) -> None:
    await all_end(wire.close, http, Uncertain)


@fault("Platform: closes in the middle of its answer", promise="the send is unclear")
async def test_half_an_answer_leaves_the_send_unclear(http: Http) -> None:
    await all_end(wire.break_off, http, Uncertain)


@fault("Platform: an answer of a gigabyte", promise="four megabytes are read, no more; the send is unclear")
async def test_a_huge_answer_leaves_the_send_unclear(http: Http) -> None:
    patient = Http(total_seconds=20)
    try:
        assert MAX_RESPONSE_BYTES <= 4 * 1024 * 1024
        await all_end(wire.endless, patient, Uncertain)
    finally:
        await patient.close()


@fault("Platform: answers with something that is no HTTP", promise="the send is unclear")
async def test_noise_leaves_the_send_unclear(http: Http) -> None:
    await all_end(wire.noise, http, Uncertain)


@fault(
    "Platform: 200 with broken JSON",
    promise="the send is unclear, or known as a setting that is wrong; never taken for sent",
)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"ok":true}', b"<html>login</html>"]
)
async def test_a_good_status_with_a_bad_body_is_never_taken_for_sent(http: Http, body: bytes) -> None:
    await all_end(wire.answer("200 OK", body), http, Uncertain, Misconfigured)


@fault(
    "Platform: a proxy's web page with 502",
    promise="the send is unclear: something behind it may have taken the message",
)
async def test_a_web_page_leaves_the_send_unclear(http: Http) -> None:
    page = wire.answer("502 Bad Gateway", b"<html>Bad gateway</html>", Content_Type="text/html")
    await all_end(page, http, Uncertain)


@fault(
    "Platform: 500 without a word", promise="the send is unclear: it waits for proof before it is repeated"
)
async def test_a_bare_500_leaves_the_send_unclear(http: Http) -> None:
    await all_end(wire.answer("500 Internal Server Error"), http, Uncertain)


# --- it certainly did not ---------------------------------------------------------------------------------


@fault("Platform: 429 with Retry-After", promise="the send waits exactly that long")
async def test_429_with_a_time_waits_that_long(http: Http) -> None:
    told = {
        "telegram": b'{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}'
    }
    for name in CHANNELS:
        behaviour = wire.answer("429 Too Many Requests", told.get(name, b""), Retry_After="7")
        async with misbehaving(behaviour) as platform:
            error = await ending(name, platform.url, http)
            assert isinstance(error, Throttled) and error.retry_after == 7, name


@fault("Platform: 429 without a time", promise="the send waits a few seconds, or by our own growing pauses")
async def test_429_without_a_time_waits_by_our_own_pauses(http: Http) -> None:
    for name in CHANNELS:
        async with misbehaving(wire.answer("429 Too Many Requests")) as platform:
            error = await ending(name, platform.url, http)
            assert isinstance(error, Throttled) and error.retry_after in (None, 5.0), name


@fault(
    "Platform: redirects elsewhere",
    promise="not followed: the token goes nowhere else; staff see a wrong setting",
)
async def test_a_redirect_is_not_followed(http: Http) -> None:
    async with misbehaving(wire.answer("200 OK", b"{}")) as other:
        moved = wire.answer("307 Temporary Redirect", Location=f"{other.url}/elsewhere")
        await all_end(moved, http, Misconfigured, Rejected, Uncertain)
        assert other.asked == 0


@fault("Platform: refuses connections", promise="certainly not sent: it is tried again without a mark")
async def test_a_refused_connection_is_certainly_not_sent(http: Http) -> None:
    for name in CHANNELS:
        assert isinstance(await ending(name, f"http://127.0.0.1:{free_port()}", http), Unavailable)


@fault("Network: names cannot be resolved", promise="certainly not sent: it is tried again without a mark")
async def test_a_name_that_does_not_resolve_is_certainly_not_sent(
    http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    for name in CHANNELS:
        assert isinstance(await ending(name, "https://graph.platform.example", http), Unavailable)


# --- TLS --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusting(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our session trusts the test's authority, too."""
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", authority.client())


@pytest.mark.usefixtures("trusting")
async def test_a_good_certificate_is_taken(http: Http, authority: Authority) -> None:
    """Without this the next ones would prove nothing."""
    async with misbehaving(
        wire.answer("500 Internal Server Error"), authority.server("localhost", 2)
    ) as platform:
        assert isinstance(await ending("whatsapp", platform.url, http), Uncertain)
        assert platform.asked == 1


@fault(
    "Platform: its certificate has expired", promise="no token is sent; certainly not sent, tried again later"
)
@pytest.mark.usefixtures("trusting")
async def test_an_expired_certificate_gets_no_token(http: Http, authority: Authority) -> None:
    async with misbehaving(wire.answer("200 OK"), authority.server("localhost", -1)) as platform:
        for name in CHANNELS:
            assert isinstance(await ending(name, platform.url, http), Unavailable)
        assert platform.asked == 0


@fault(
    "Platform: its certificate names another host",
    promise="no token is sent; certainly not sent, tried again later",
)
@pytest.mark.usefixtures("trusting")
async def test_a_certificate_of_another_host_gets_no_token(http: Http, authority: Authority) -> None:
    async with misbehaving(wire.answer("200 OK"), authority.server("elsewhere.example", 2)) as platform:
        assert isinstance(await ending("whatsapp", platform.url, http), Unavailable)
        assert platform.asked == 0


@fault(
    "Platform: its certificate is signed by nobody we know",
    promise="no token is sent; certainly not sent, tried again later",
)
async def test_a_certificate_of_nobody_gets_no_token(http: Http, authority: Authority) -> None:
    async with misbehaving(wire.answer("200 OK"), authority.server("localhost", 2)) as platform:
        assert isinstance(await ending("whatsapp", platform.url, http), Unavailable)
        assert platform.asked == 0
