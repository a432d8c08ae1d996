"""A painter at the other end of HTTP: any server with OpenAI's `POST /v1/images/generations` that sends pictures in its answer."""

from __future__ import annotations

import asyncio
import base64
import binascii
import io
from typing import Any, Final

import aiohttp
import orjson
from PIL import Image, UnidentifiedImageError

from ..errors import PainterDead, PaintRefused, SettingsError
from ..http import Http, Purpose
from ..painter import Picture
from ..settings import Settings
from .jpeg import Made, encode

LONGEST_SECONDS: Final = 120.0
MOST_BYTES: Final = 32 * 1024 * 1024
MOST_PIXELS: Final = 4096 * 4096
FORMATS: Final = ("PNG", "JPEG", "WEBP")
# What some servers know and others refuse; whoever names one of them in a refusal is not sent it again.
SPARED: Final = ("seed", "steps", "response_format")


class OpenAIPainter:
    """One request a picture. Its connection is closed when nobody wants the picture any more: then the server stops too."""

    def __init__(self, http: Http, url: str, model: str = "", *, key: str = "") -> None:
        if not url:
            raise SettingsError(
                "images_url (ASSISTANT_IMAGES_URL) is missing: images=openai needs http://host:port/v1"
            )
        self._http = http
        self._url = f"{url.rstrip('/')}/images/generations"
        self._model = model
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._refused: set[str] = set()

    @classmethod
    def from_settings(cls, settings: Settings, http: Http) -> OpenAIPainter:
        key = settings.images_key.get_secret_value()
        return cls(http, settings.images_url, settings.images_model, key=key)

    @property
    def note(self) -> str:
        return self._model

    async def paint(self, prompt: str, *, seed: int, size: int, steps: int) -> Picture:
        """What comes in another size is fitted. Raises PainterDead when the server is away, PaintRefused when it says no."""
        body: dict[str, Any] = {
            "prompt": prompt,
            "n": 1,
            "size": f"{size}x{size}",
            "response_format": "b64_json",
            "seed": seed,
            "steps": steps,
        }
        if self._model:
            body["model"] = self._model
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                answer = await self._ask(body)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise PainterDead(f"the images server does not answer ({type(error).__name__})") from None
        return Picture(jpeg=await asyncio.to_thread(_fitted, answer, size), size=size)

    async def close(self) -> None:
        """The HTTP session belongs to app.py."""

    async def _ask(self, body: dict[str, Any]) -> bytes:
        """The picture's own bytes."""
        while True:
            sent = {name: value for name, value in body.items() if name not in self._refused}
            status, said = await self._post(sent)
            if status == 200:
                return _picture(said)
            unknown = {name for name in SPARED if name in sent and name.encode() in said}
            if status in (400, 422) and unknown:
                self._refused |= unknown
                continue
            if status in (400, 403, 422):  # 401 is no word about this prompt: our key is wrong
                raise PaintRefused(f"the images server answered {status}")
            raise PainterDead(f"the images server answered {status}")

    async def _post(self, body: dict[str, Any]) -> tuple[int, bytes]:
        async with self._http.session(Purpose.MODEL).post(
            self._url,
            data=orjson.dumps(body),
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(sock_connect=5.0),
            allow_redirects=False,
        ) as answer:
            said = bytearray()
            async for chunk in answer.content.iter_chunked(65536):
                said += chunk
                if len(said) > MOST_BYTES:
                    raise PainterDead("the images server sends more than a picture")
            return answer.status, bytes(said)


def _picture(said: bytes) -> bytes:
    """The first picture of an answer. One that is only an address is not fetched: it may be anywhere."""
    try:
        encoded = orjson.loads(said)["data"][0]["b64_json"]
        return base64.b64decode(encoded, validate=True)
    except (orjson.JSONDecodeError, binascii.Error, KeyError, IndexError, TypeError, ValueError):
        raise PainterDead("the images server's answer holds no picture (b64_json)") from None


def _fitted(data: bytes, size: int) -> bytes:
    """The middle of the picture, `size` pixels square, as JPEG. Raises PainterDead for what is none, or too large."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PainterDead("the images server's picture is too large")
            plain = image.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise PainterDead("the images server's picture is broken") from None
    if plain.size != (size, size):
        side = min(plain.size)
        left, top = (plain.width - side) // 2, (plain.height - side) // 2
        box = (left, top, left + side, top + side)
        plain = plain.resize((size, size), Image.Resampling.LANCZOS, box=box)
    return encode(plain, Made.BY_MODEL)
