"""An images server over real HTTP: what it is asked, what it may answer, and that it stops when nobody wants the picture."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from PIL import Image
from pydantic import SecretStr

from assistant.errors import PainterDead, PaintError, PaintRefused, SettingsError
from assistant.http import Http
from assistant.painter import Painter
from assistant.painters.openai import OpenAIPainter
from assistant.settings import Settings
from tests.painters.images_server import ImagesServer, encoded, png


@pytest.fixture
async def server() -> AsyncIterator[ImagesServer]:
    started = ImagesServer()
    await started.start()
    yield started
    await started.close()


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    opened = Http()
    yield opened
    await opened.close()


def painter_of(server: ImagesServer, http: Http, key: str = "") -> OpenAIPainter:
    settings = Settings(images_url=server.url, images_model="tiny", images_key=SecretStr(key))
    return OpenAIPainter.from_settings(settings, http)


async def test_words_go_out_and_a_picture_comes_back(server: ImagesServer, http: Http) -> None:
    painter = painter_of(server, http, key="sk-1")
    assert isinstance(painter, Painter) and painter.note == "tiny"
    made = await painter.paint("a red square", seed=5, size=512, steps=4)
    with Image.open(io.BytesIO(made.jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (512, 512))
        red = image.getpixel((256, 256))
    assert isinstance(red, tuple) and red[0] > 180 > 60 > red[1]
    assert b"trainedAlgorithmicMedia" in made.jpeg
    assert server.bodies == [
        {
            "model": "tiny",
            "prompt": "a red square",
            "n": 1,
            "size": "512x512",
            "response_format": "b64_json",
            "seed": 5,
            "steps": 4,
        }
    ]
    assert server.keys == ["Bearer sk-1"]


async def test_a_field_that_the_server_does_not_know_is_not_sent_again(
    server: ImagesServer, http: Http
) -> None:
    server.unknown = ("steps", "seed")
    painter = painter_of(server, http)
    await painter.paint("one", seed=1, size=64, steps=1)
    await painter.paint("two", seed=1, size=64, steps=1)
    assert ["seed" in body or "steps" in body for body in server.bodies] == [True, True, False, False]


async def test_a_picture_of_another_shape_is_fitted(server: ImagesServer, http: Http) -> None:
    server.answer = web.json_response({"data": [{"b64_json": encoded(png((1536, 1024)))}]})
    made = await painter_of(server, http).paint("wide", seed=1, size=256, steps=1)
    with Image.open(io.BytesIO(made.jpeg)) as image:
        assert image.size == (256, 256)


async def test_cancelling_hangs_up_so_that_the_server_stops(server: ImagesServer, http: Http) -> None:
    server.hold()
    task = asyncio.create_task(painter_of(server, http).paint("slow", seed=1, size=64, steps=1))
    while not server.bodies:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(20):
        while not server.broken_off:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, '{"error": {"message": "Your prompt was rejected by our safety system."}}', PaintRefused),
        (401, "{}", PainterDead),
        (500, "oops", PainterDead),
        (302, "", PainterDead),
        (200, '{"data": [{"url": "http://127.0.0.1:1/secret.png"}]}', PainterDead),
        (200, '{"data": []}', PainterDead),
        (200, "<html>", PainterDead),
        (200, '{"data": [{"b64_json": "bm90IGEgcGljdHVyZQ=="}]}', PainterDead),
        (200, '{"data": [{"b64_json": "%%%"}]}', PainterDead),
    ],
)
async def test_whatever_else_it_answers_is_one_clear_error(
    server: ImagesServer, http: Http, status: int, body: str, error: type[PaintError]
) -> None:
    server.answer = web.Response(status=status, text=body, headers={"Location": "http://127.0.0.1:1/"})
    with pytest.raises(error) as raised:
        await painter_of(server, http).paint("secret words", seed=1, size=64, steps=1)
    assert "secret" not in str(raised.value)


async def test_a_server_that_is_away_is_said_to_be_away(http: Http) -> None:
    with pytest.raises(PainterDead):
        await OpenAIPainter(http, "http://127.0.0.1:9/v1").paint("x", seed=1, size=64, steps=1)


def test_without_an_address_the_setting_is_named(http: Http) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_IMAGES_URL"):
        OpenAIPainter.from_settings(Settings(), http)
