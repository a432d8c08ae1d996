"""The check of a WhatsApp set-up says what is wrong and what to click, and stays mild where nothing can be asked."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from assistant.channel import Probe, Services
from tests.adapters.api import Answer, FakeApi
from tests.adapters.whatsapp import NUMBER, TOKEN, made
from tests.clocks import FakeClock

WABA, APP = "102289599326934", "634974688087057"
GOOD = {"verified_name": "Ada's shop", "quality_rating": "GREEN", "throughput": {"level": "STANDARD"}}


def debug(**change: Any) -> dict[str, Any]:
    data = {
        "app_id": APP,
        "type": "SYSTEM_USER",
        "expires_at": 0,
        "is_valid": True,
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
        "granular_scopes": [{"scope": "whatsapp_business_messaging", "target_ids": [WABA]}],
    }
    return {"data": data | change}


def apps(*ids: str) -> dict[str, Any]:
    return {"data": [{"whatsapp_business_api_data": {"id": id_, "name": "Ours"}} for id_ in ids]}


def listening(**change: Any) -> dict[str, Any]:
    hook = {
        "object": "whatsapp_business_account",
        "active": True,
        "fields": [{"name": "messages", "version": "v25.0"}],
    }
    return {"data": [{"object": "page"}, hook | change]}


class Meta(FakeApi):
    """A platform that answers by path, and our own webhook beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: dict[str, Any] = {
            f"/v25.0/{NUMBER}": GOOD,
            "/v25.0/debug_token": debug(),
            f"/v25.0/{WABA}/subscribed_apps": apps(APP),
            f"/v25.0/{APP}/subscriptions": listening(),
        }
        self.date = format_datetime(FakeClock().now(), usegmt=True)
        self.word = "word"
        self.secret = b"new"

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        headers = {"Date": self.date}
        if request.path == "/webhooks/whatsapp":
            right = request.query["hub.verify_token"] == self.word or self.word == "any"
            text = request.query["hub.challenge"] if right else ""
            self.answers.insert(0, Answer(status=200 if right else 403, text=text))
        elif request.path in self.paths:
            found = self.paths[request.path]
            proof = request.query.get("appsecret_proof")
            if proof not in (None, hmac.new(self.secret, TOKEN.encode(), hashlib.sha256).hexdigest()):
                found = {"error": {"code": 100, "type": "GraphMethodException"}}
            status = 400 if "error" in found else 200
            self.answers.insert(0, Answer(status=status, json=found, headers=headers))
        else:
            self.answers.insert(0, Answer(status=404, text="nothing here"))
        return await super()._handle(request)


@pytest.fixture
async def platform() -> AsyncIterator[Meta]:
    """A Meta of its own on a free port."""
    meta = Meta()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", meta._handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    meta.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield meta
    await runner.cleanup()


async def found(services: Services, meta: Meta, public_url: str = "") -> list[Probe]:
    return await made(services, meta.url).probe(public_url)


def wrong(probes: list[Probe]) -> list[str]:
    return [probe.sentence for probe in probes if not probe.ok]


async def test_a_good_set_up_has_only_good_findings(services: Services, platform: Meta) -> None:
    probes = await found(services, platform, platform.url)
    assert wrong(probes) == []
    said = " ".join(probe.sentence for probe in probes)
    for word in ("Ada's shop", "green", "standard", "does not expire", "our app", "messages", "outside"):
        assert word in said
    assert "clock agrees" in said
    assert "business's own customers" in said
    asked = {
        call.path: call.headers["authorization"] for call in platform.calls if "authorization" in call.headers
    }
    assert asked[f"/v25.0/{APP}/subscriptions"] == f"Bearer {APP}|old"
    assert asked[f"/v25.0/{NUMBER}"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"code": 190, "error_subcode": 463}, "System users"),
        ({"code": 100, "error_subcode": 33}, "Phone number ID"),
        ({"code": 100}, "Phone number ID"),
        ({"code": 200}, "permissions"),
        ({"code": 4}, "could not be asked"),
        ({"code": 999}, "does not accept"),
    ],
)
async def test_a_number_that_is_not_accepted_says_what_to_click(
    services: Services, platform: Meta, error: dict[str, Any], words: str
) -> None:
    platform.paths[f"/v25.0/{NUMBER}"] = {"error": error}
    probes = await found(services, platform)
    assert not probes[0].ok
    assert words in probes[0].sentence
    assert not any("clock" in probe.sentence for probe in probes)


async def test_a_phone_number_in_the_place_of_its_id_is_recognised(
    services: Services, platform: Meta
) -> None:
    channel = made(services, platform.url)
    for number, looks in (("15550001111", True), ("106540352242922111", False)):
        channel.settings = channel.settings.model_copy(update={"phone_number_id": number})
        platform.paths[f"/v25.0/{number}"] = {"error": {"code": 100, "error_subcode": 33}}
        sentence = (await channel.probe(""))[0].sentence
        assert ("length of a phone number" in sentence) is looks


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_valid": False}, "not valid any more"),
        ({"scopes": ["public_profile"]}, "lacks the permission"),
        ({"type": "USER", "in_hours": 20}, "ends in 20 hours"),
        ({"in_hours": -3}, "ends in 0 hours"),
    ],
)
async def test_a_token_that_will_not_last_is_told_in_time(
    services: Services, platform: Meta, clock: FakeClock, change: dict[str, Any], words: str
) -> None:
    if "in_hours" in change:
        ends = clock.now() + timedelta(hours=change.pop("in_hours"), minutes=1)
        change["expires_at"] = int(ends.timestamp())
    platform.paths["/v25.0/debug_token"] = debug(**change)
    (sentence,) = wrong(await found(services, platform))
    assert words in sentence
    assert "Generate token" in sentence


async def test_a_token_with_a_far_end_is_fine(services: Services, platform: Meta, clock: FakeClock) -> None:
    platform.paths["/v25.0/debug_token"] = debug(
        expires_at=int((clock.now() + timedelta(days=50)).timestamp())
    )
    probes = await found(services, platform)
    assert wrong(probes) == []
    assert any("2027-01-12" in probe.sentence for probe in probes)


async def test_the_account_is_found_through_the_numbers_health_where_the_token_names_none(
    services: Services, platform: Meta
) -> None:
    platform.paths["/v25.0/debug_token"] = debug(granular_scopes=[{"scope": "whatsapp_business_messaging"}])
    health = {"can_send_message": "AVAILABLE", "entities": [{"entity_type": "WABA", "id": WABA}]}
    platform.paths[f"/v25.0/{NUMBER}"] = GOOD | {"health_status": health}
    assert any("hands its messages" in probe.sentence for probe in await found(services, platform))


async def test_what_cannot_be_asked_is_no_problem(services: Services, platform: Meta) -> None:
    for gone in ("/v25.0/debug_token", f"/v25.0/{WABA}/subscribed_apps", f"/v25.0/{APP}/subscriptions"):
        del platform.paths[gone]
        assert wrong(await found(services, platform)) == []
    platform.paths["/v25.0/debug_token"] = {}
    assert wrong(await found(services, platform)) == []


Change = Callable[[Meta], Any]


def put(path: str, content: Any) -> Change:
    return lambda meta: meta.paths.__setitem__(f"/v25.0/{path}", content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(f"{WABA}/subscribed_apps", apps("99")), f"account's id ({WABA}) and run"),
        (
            put(f"{APP}/subscriptions", listening(fields=[{"name": "account_update"}])),
            "Subscribe",
        ),
        (put(f"{APP}/subscriptions", listening(active=False)), "Subscribe"),
        (put(f"{APP}/subscriptions", {"data": []}), "Configuration"),
        (
            put(NUMBER, GOOD | {"webhook_configuration": {"application": "https://ada.example/hooks"}}),
            "another address (at ada.example)",
        ),
        (lambda meta: setattr(meta, "secret", b"another"), "App secret"),
        (put(NUMBER, GOOD | {"quality_rating": "RED"}), "quality is red"),
        (
            put(
                NUMBER,
                GOOD
                | {
                    "health_status": {
                        "can_send_message": "BLOCKED",
                        "entities": [
                            {
                                "entity_type": "WABA",
                                "can_send_message": "BLOCKED",
                                "errors": [{"error_code": 141006}],
                            }
                        ],
                    }
                },
            ),
            "cannot send messages (waba), error 141006",
        ),
        (lambda meta: setattr(meta, "word", "another"), "another verify_token"),
        (lambda meta: setattr(meta, "word", "any"), "takes any verify token"),
    ],
)
async def test_each_mistake_of_a_set_up_has_its_own_finding(
    services: Services, platform: Meta, change: Change, words: str
) -> None:
    change(platform)
    (sentence,) = wrong(await found(services, platform, platform.url))
    assert words in sentence
    assert TOKEN not in sentence


async def test_an_address_that_is_not_reached_or_not_ours_is_told(
    services: Services, platform: Meta, api: FakeApi
) -> None:
    assert "cannot be reached" in wrong(await found(services, platform, "http://127.0.0.1:9"))[0]
    for answer, words in (
        ({"status": 301}, "redirect"),
        ({"status": 404}, "HTTP 404"),
        ({"text": "Welcome to the tunnel"}, "another page"),
    ):
        api.answers.clear()
        api.answer(**answer)
        assert words in wrong(await found(services, platform, api.url))[0]
    real = made(services, "https://127.0.0.1:9")
    assert any("https" in sentence for sentence in wrong(await real.probe("http://ada.example")))


@pytest.mark.parametrize(("seconds", "words"), [(90, "behind"), (-7200, "7200 seconds ahead of")])
async def test_a_wrong_clock_is_told(
    services: Services, platform: Meta, clock: FakeClock, seconds: int, words: str
) -> None:
    platform.date = format_datetime(clock.now() + timedelta(seconds=seconds), usegmt=True)
    (sentence,) = wrong(await found(services, platform))
    assert words in sentence
    assert "synchronisation" in sentence
