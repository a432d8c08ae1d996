"""What every answer carries, how errors look, and what machines may ask."""

from __future__ import annotations

import re

import aiohttp
import pytest

from assistant.errors import SettingsError, StoreUnavailable
from assistant.web import health, pages
from assistant.web.server import make_app, serve
from assistant.web.shield import CSP
from tests.services import free_port
from tests.web.conftest import Site

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize("path", ["/chat", "/login", "/admin", "/nowhere", "/healthz"])
async def test_every_page_carries_the_security_headers(site: Site, path: str) -> None:
    answer = await site.get(path)
    assert answer.headers["Content-Security-Policy"] == CSP
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Request-Id"]


async def test_pages_need_nothing_the_policy_forbids() -> None:
    for path in (pages.HERE / "templates").glob("*.html"):
        if path.name == "archive.html":  # no page of ours: it lies in a ZIP and is read from a disk
            continue
        text = path.read_text()
        assert not re.search(r"\son[a-z]+=|style=|<style|javascript:|https?://", text), path.name
        assert not re.search(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))", text), path.name


async def test_an_error_is_a_page_for_a_browser_and_json_for_others(site: Site) -> None:
    page = await site.get("/nowhere")
    assert (page.status, page.content_type) == (404, "text/html")
    assert page.headers["X-Request-Id"] in await page.text()
    answer = await site.get("/nowhere", headers=JSON)
    error = (await answer.json())["error"]
    assert answer.status == 404
    assert set(error) == {"code", "message", "request_id"}
    assert error["code"] == "not_found"
    assert error["request_id"] == answer.headers["X-Request-Id"]


async def test_a_failure_inside_shows_nothing_of_itself(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise RuntimeError("inner words")

    object.__setattr__(site.context, "engine_note", broken)
    answer = await site.get("/chat?secret=query", headers=JSON)
    assert answer.status == 500
    assert "inner words" not in await answer.text()
    messages = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "secret=query" not in messages
    assert "/chat" in messages


async def test_a_database_that_is_away_is_503_with_its_sentence(site: Site) -> None:
    site.inbound.error = StoreUnavailable("gone")
    await site.get("/chat")
    answer = await site.post("/chat/messages", json={"id": "1", "text": "x"}, headers=JSON)
    assert answer.status == 503
    assert (await answer.json())["error"]["code"] == "store_unavailable"


async def test_a_wrong_method_says_which_are_right(site: Site) -> None:
    answer = await site.send("DELETE", "/login", headers={**JSON, "Sec-Fetch-Site": "same-origin"})
    assert answer.status == 405
    assert set(answer.headers["Allow"].split(",")) >= {"GET", "POST"}


async def test_health_and_readiness(site: Site) -> None:
    assert (await site.get("/healthz")).status == 200
    assert (await site.get("/readyz")).status == 200
    site.reasons.append("the database is not reachable")
    answer = await site.get("/readyz")
    assert answer.status == 503
    assert (await answer.json())["reasons"] == ["the database is not reachable"]


async def test_metrics_are_for_this_machine_only(site: Site) -> None:
    answer = await site.get("/metrics")
    assert answer.status == 200
    assert "assistant_webhooks_total" in await answer.text()
    assert (await site.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})).status == 403


async def test_static_files_have_a_lasting_address(site: Site) -> None:
    url = pages.assets().url("base.css")
    assert url in await (await site.get("/login")).text()
    answer = await site.get(url)
    assert answer.status == 200
    assert answer.content_type == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert (await site.get("/s/x/..%2Fserver.py")).status == 404
    assert "immutable" not in (await site.get("/s/old/base.css")).headers["Cache-Control"]


async def test_every_file_a_page_names_exists_and_modules_find_one_another() -> None:
    files = pages.assets().files
    for name, (_, body, _) in files.items():
        for wanted in re.findall(r'from "\./([\w.]+)"', body.decode()) if name.endswith(".js") else []:
            assert wanted in files
    for path in (pages.HERE / "templates").glob("*.html"):
        for wanted in re.findall(r"asset\('([\w.]+)'\)", path.read_text()):
            assert wanted in files, path.name


async def test_a_port_that_is_taken_is_named(site: Site) -> None:
    port = int(site.url.rsplit(":", 1)[1])
    with pytest.raises(SettingsError, match=f"port {port}.*ASSISTANT_PORT"):
        await serve(make_app(site.context), "127.0.0.1", port)


async def test_a_worker_alone_answers_for_its_health_and_figures_and_nothing_else() -> None:
    reasons = ["the model is not ready"]

    async def ready() -> list[str]:
        return reasons

    told = health.Health(ready=ready, warnings=lambda: ["redis is not reachable"], metrics_open=False)
    port = free_port()
    runner = await health.serve_alone(told, "127.0.0.1", port)
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
            async with client.get("/readyz") as answer:
                assert answer.status == 503
                body = await answer.json()
                assert body == {"ready": False, "reasons": reasons, "warnings": ["redis is not reachable"]}
            async with client.get("/metrics") as answer:
                assert answer.status == 200 and "assistant_sends_total" in await answer.text()
            async with client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}) as answer:
                assert answer.status == 403
            async with client.get("/admin") as answer:
                assert answer.status == 404
        with pytest.raises(SettingsError, match="ASSISTANT_WORKER_PORT"):
            await health.serve_alone(told, "127.0.0.1", port)
    finally:
        await runner.cleanup()
