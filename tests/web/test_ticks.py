"""What became of an answer is shown as far as it came, whatever order its statuses arrived in, in every language."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from assistant.errors import SendError
from assistant.events import StatusChanged
from assistant.store.accept import accept
from assistant.types import Address, Status
from assistant.web.words import LANGUAGES, Look, gettext, look
from tests.store.made import RULES
from tests.web.conftest import Site, add_conversation, add_message

WORDS = {"en": ("read", "failed"), "pt": ("lidos", "falhou"), "es": ("leído", "falló")}


def sentence(language: str) -> str:
    """What staff read of a send that failed for a reason of the platform's own."""
    token = look.set(Look(language=language))
    try:
        return gettext(SendError.staff)
    finally:
        look.reset(token)


def test_the_sentence_is_another_in_each_language() -> None:
    assert len({sentence(language) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("seed", range(4))
async def test_shuffled_and_doubled_statuses_show_how_far_each_answer_came(site: Site, seed: int) -> None:
    await site.set_up()
    now = site.clock.now()
    number = await site.database.write(add_conversation, now)
    address = Address(channel="alpha", account="web", peer="peer-1")
    for seq, external in ((1, "went"), (2, "lost")):
        sent = {"external_id": external, "sent_at": now, "status": "sent"}
        await site.database.write(
            add_message, number, seq, now, "hello", out=True, sent=sent, external_id=external
        )
    came = [
        StatusChanged(address=address, status=status, at=now + timedelta(seconds=place), external_id="went")
        for place, status in enumerate((Status.SENT, Status.DELIVERED, Status.READ))
    ]
    came.append(StatusChanged(address=address, status=Status.SENT, at=now, external_id="lost"))
    came.append(
        StatusChanged(address=address, status=Status.FAILED, at=now, external_id="lost", error_code="131026")
    )
    events = came * 3
    random.Random(seed).shuffle(events)
    while events:  # one webhook brings one or several
        some, events = events[: 1 + seed], events[1 + seed :]
        await site.database.write(accept, some, now, RULES)
    for language in LANGUAGES:
        page = await (await site.get(f"/admin/inbox/{number}", headers={"Accept-Language": language})).text()
        went, lost = page.split('id="m1"')[1].split('id="m2"')
        read, failed = WORDS[language]
        assert 'class="tick read"' in went and read in went
        assert 'class="tick failed"' in lost and failed in lost and "131026" in lost
        assert sentence(language) in lost
