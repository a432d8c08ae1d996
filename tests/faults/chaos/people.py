"""People who write in bursts, and the platforms that carry it: a webhook is repeated until it got its 200."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.sandbox import bot_payloads, payloads
from adapters.sandbox.payloads import Json

from .history import Said
from .provider import APP_SECRET, SECRET_TOKEN, whatsapp_envelope

BURSTS = 8
"""Then somebody else goes on in that place: nobody should come near the limits that protect from other bots."""
AGAIN_SHARE = 0.1
PATIENCE = ClientTimeout(total=5)
_WORDS = "could you tell me whether the shop opens on sunday after lunch and what about my order of green tea".split()


class Webhooks:
    """The delivery side of both platforms: signed POSTs to any of the web servers."""

    def __init__(self, draw: random.Random, urls: list[str]) -> None:
        self._draw = draw
        self._urls = urls
        self._session = ClientSession(timeout=PATIENCE)
        self.posts = 0
        self.refused = 0

    async def close(self) -> None:
        await self._session.close()

    async def deliver(self, channel: str, payload: Json) -> None:
        """Return when a server answered 200; every attempt goes to whichever it likes."""
        body = payloads.encode(payload)
        headers = {"Content-Type": "application/json"}
        if channel == "whatsapp":
            headers["X-Hub-Signature-256"] = payloads.sign(APP_SECRET, body)
        else:
            headers["X-Telegram-Bot-Api-Secret-Token"] = SECRET_TOKEN
        while True:
            self.posts += 1
            url = f"{self._draw.choice(self._urls)}/webhooks/{channel}"
            try:
                async with self._session.post(url, data=body, headers=headers) as answer:
                    if answer.status == 200:
                        return
                    if answer.status < 500:
                        raise AssertionError(f"a good webhook was answered {answer.status}")
            except (ClientError, OSError, TimeoutError):
                pass
            self.refused += 1
            await asyncio.sleep(self._draw.uniform(0.05, 0.25))


class People:
    """`count` people at a time, half of them on each platform; `pause` seconds, more or less, between two bursts.

    The `first_poison` first messages are poison, and while `poisonous` that share of the others.
    """

    def __init__(
        self,
        draw: random.Random,
        webhooks: Webhooks,
        *,
        count: int,
        pause: float,
        channels: tuple[str, ...],
        poison_share: float,
        first_poison: int,
        telegram_numbers: Iterator[int],
    ) -> None:
        self.said: list[Said] = []
        self.again = 0
        self.poisonous = True
        self._draw = draw
        self._webhooks = webhooks
        self._count = count
        self._pause = pause
        self._channels = channels
        self._poison_share = poison_share
        self._first_poison = first_poison
        self._numbers = self._counted()
        self._telegram_numbers = telegram_numbers
        self._stop = asyncio.Event()
        self._later: set[asyncio.Task[None]] = set()

    async def talk(self) -> None:
        """Until `hush`: then everybody finishes the message that is under way, with all its repetitions."""
        async with asyncio.TaskGroup() as group:
            for place in range(self._count):
                group.create_task(self._place(self._channels[place % len(self._channels)]))
        await asyncio.gather(*self._later)

    def hush(self) -> None:
        self._stop.set()

    async def _place(self, channel: str) -> None:
        while not self._stop.is_set():
            peer = str((34_600_000_000 if channel == "whatsapp" else 500_000_000) + next(self._numbers))
            poisoned = False
            for _ in range(BURSTS):
                await self._wait(self._draw.expovariate(1 / self._pause))
                for _ in range(self._draw.choice([1, 1, 1, 2, 2, 3, 5])):
                    if self._stop.is_set():
                        return
                    poison = not poisoned and self._is_poison()
                    poisoned = poisoned or poison
                    await self._say(channel, peer, poison=poison)
                    await self._wait(self._draw.uniform(0, 0.2))

    def _is_poison(self) -> bool:
        if self._first_poison > 0:
            self._first_poison -= 1
            return True
        return self.poisonous and self._draw.random() < self._poison_share

    async def _say(self, channel: str, peer: str, *, poison: bool) -> None:
        number = next(self._numbers)
        token = f"{'p' if poison else 'm'}{number:06}"
        text = " ".join([*self._draw.sample(_WORDS, 5), token])
        if channel == "telegram":
            payload, external_id = _telegram(peer, text, next(self._telegram_numbers))
        else:
            payload, external_id = _whatsapp(peer, text)
        index = len(self.said)
        said = Said(
            token=token, conversation=f"{channel}:{peer}", external_id=external_id, acknowledged=False
        )
        self.said.append(said)
        await self._webhooks.deliver(channel, payload)
        self.said[index] = replace(said, acknowledged=True)
        if self._draw.random() < AGAIN_SHARE:
            self.again += 1
            task = asyncio.create_task(self._say_again(channel, payload, self._draw.uniform(0, 3)))
            self._later.add(task)

    async def _say_again(self, channel: str, payload: Json, after: float) -> None:
        await asyncio.sleep(after)
        await self._webhooks.deliver(channel, payload)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            pass

    def _counted(self) -> Iterator[int]:
        yield from range(1, 1_000_000)


def _whatsapp(peer: str, text: str) -> tuple[Json, str]:
    wamid = payloads.new_wamid(peer)
    contact = payloads.whatsapp_contact(
        name=f"Person {peer[-3:]}", number=peer, user_id=f"PT.{peer}", username=None
    )
    message = payloads.whatsapp_message(
        wamid=wamid, number=peer, user_id=f"PT.{peer}", at=datetime.now(UTC)
    ) | {"type": "text", "text": {"body": text}}
    return whatsapp_envelope(contact, {"messages": [message]}), wamid


def _telegram(peer: str, text: str, number: int) -> tuple[Json, str]:
    sender = bot_payloads.user(user_id=int(peer), name=f"Person {peer[-3:]}", locale="en")
    chat = bot_payloads.private_chat(user_id=int(peer), name=f"Person {peer[-3:]}")
    message = bot_payloads.message(message_id=number, sender=sender, chat=chat, at=datetime.now(UTC))
    return {"update_id": 40_000_000 + number, "message": message | {"text": text}}, f"{peer}:{number}"
