"""A small shop's assistant with some of everything: for tests that look at every page, and for screenshots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from assistant.store import cursors, models, personas, review_queues, rollups, search, trials, workers
from assistant.types import Media, MediaKind, Part, Place
from tests.web.conftest import add_conversation, add_message
from tests.web.replies import add_reply

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Wolfeschlegelsteinhausenbergerdorff" * 3,
    "مرحبا بالعالم \u202e gnirts a",
    "' autofocus onfocus=alert(1) '",
    "{{ 7 * 7 }}{% raw %}",
    "🦆" * 40,
)
KIND = ("Ana Souza", "Bento Lima", "Carla Reyes", "Diego Paz", "Elif Kaya", "Farid Haddad", "Grace Mbeki")
TALK = (
    ("Oi! Vocês abrem no sábado?", "Abrimos sim, das 9h às 14h. Posso separar algo para você?"),
    ("Is the blue kettle back in stock?", "Yes, three are left. Shall I put one aside until Friday?"),
    ("¿Hacen entregas en Chapinero?", "Sí, de lunes a viernes. El envío cuesta 8.000 pesos."),
    (
        "My order 4417 has not arrived",
        "I am sorry. It left us on Tuesday; I have asked the courier where it is.",
    ),
    ("Can I pay in two parts?", "You can: half now and half at delivery, without interest."),
    (
        "How do I descale the kettle?",
        "Fill it halfway with water and vinegar, boil, wait 20 minutes, rinse twice.",
    ),
    ("Thanks, that helped a lot", "Glad to hear it. Write any time."),
)
THANKS = ("Perfeito, obrigada!", "Great, thank you.", "Muchas gracias.", "Any news?", "Then I take it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The ids that pages need in their paths."""

    conversation: int
    taken: int
    person: int
    message: int
    trial: int
    queue: int
    item: int
    dataset: int
    export: int
    persona: int
    file: int
    member: int
    erased: int


def open_shop(connection: Connection, now: datetime, *, hostile: bool = False, staff: int = 1) -> Shop:
    """Put everything in. `staff`: the member who did what staff do."""
    names = HOSTILE if hostile else KIND
    said = tuple((words, words) for words in HOSTILE) if hostile else TALK
    modes: list[dict[str, Any]] = [
        {},
        {
            "mode": "paused",
            "mode_reason": names[0][:128] if hostile else "answers come faster than people write",
        },
        {"mode": "human", "assignee": staff, "taken_by": staff, "taken_at": now},
        {"mode": "opted_out", "resolved_at": now},
        {"flagged": True, "window_until": now - timedelta(hours=1)},
        {"due_at": now + timedelta(days=1), "first_due_at": now},
        {"mode": "blocked"},
    ]
    talks = [
        _talk(
            connection,
            now - timedelta(minutes=7 * number),
            number,
            names[number],
            said[number],
            modes[number],
        )
        for number in range(len(names))
    ]
    words = {"asked": said[0][0], "answer": said[0][1], "tool": said[1][1]} if hostile else {}
    _past(connection, now)
    message, replied, turn = add_reply(connection, now - timedelta(minutes=1), **words)
    _rename(connection, replied, names[1] if hostile else "Hana Sato")
    _put(
        connection,
        models.labels,
        _by(staff, now, conversation=talks[0], label=names[0][:64] if hostile else "delivery"),
    )
    _put(
        connection,
        models.notes,
        _by(
            staff,
            now,
            conversation=talks[0],
            text=said[2][0] if hostile else "A regular. Ask Rui about her discount.",
            seq=1,
        ),
    )
    _put(connection, models.saved_views, _by(staff, now, name="Waiting", query="status=waiting", shared=True))
    _put(
        connection,
        models.canned_replies,
        _by(staff, now, shortcut="hours", language="en", text=said[0][1], updated_at=now),
    )
    _put(
        connection,
        models.reviews,
        _by(
            staff,
            now,
            message=message,
            source="staff",
            verdict="bad",
            correction="At ten.",
            reasons=["wrong_fact"],
        ),
    )
    return Shop(
        conversation=talks[0],
        taken=talks[2],
        person=_one(
            connection, select(models.conversations.c.person).where(models.conversations.c.id == talks[0])
        ),
        message=message,
        trial=_tried(connection, replied, turn, staff, now),
        **_desk(connection, replied, message, staff, now, names),
        **_house(connection, now, names, staff),
        file=_file(connection, talks[0], now),
    )


def _talk(
    connection: Connection,
    now: datetime,
    number: int,
    name: str,
    said: tuple[str, str],
    mode: dict[str, Any],
) -> int:
    """Two messages and their fate; of some the answer failed, of one there is none."""
    channel = ("alpha", "beta", "page")[number % 3]
    here = add_conversation(
        connection, now, name=name[:128], peer=f"1555000{1000 + number}", channel=channel, **mode
    )
    place: dict[str, Any] = {"channel": channel, "account": "web"}
    dead: dict[str, Any] = (
        {"outcome": "dead", "outcome_reason": "6 tries failed"} if number == 5 else {"outcome": "answered"}
    )
    add_message(connection, here, 1, now - timedelta(minutes=3), said[0], **place, **dead)
    fate: dict[str, Any] = {
        "state": "failed",
        "error": "rejected",
        "error_code": "131026",
        "status": "failed",
    }
    sent: dict[str, Any] = (
        fate if number in (1, 4) else {"state": "sent", "status": ("read", "delivered", "sent")[number % 3]}
    )
    add_message(
        connection,
        here,
        2,
        now - timedelta(minutes=2),
        said[1],
        out=True,
        status=sent["status"],
        sent=sent,
        **place,
    )
    last: tuple[Part | str, ...] = (THANKS[number % len(THANKS)],)
    if number == 0 or said[0] == said[1]:
        where = Place(latitude=4.65, longitude=-74.06, name=name[:64])
        last = (where, Media(kind=MediaKind.IMAGE, ref="r", name=name[:64], caption=said[0]))
    add_message(
        connection,
        here,
        3,
        now - timedelta(minutes=1),
        *last,
        deleted_at=now if number == 6 else None,
        outcome="answered",
        **place,
    )
    return here


def _past(connection: Connection, now: datetime) -> None:
    """Six days of answers, for the figures."""
    for number in range(60):
        at = now - timedelta(hours=3 + number * 2.3)
        channel = ("alpha", "page", "beta", "alpha")[number % 4]
        asked, answered = TALK[number % len(TALK)]
        place: dict[str, Any] = {"channel": channel, "account": "web"}
        here = add_conversation(
            connection, at, name=KIND[number % 7], peer=f"1555999{1000 + number}", channel=channel
        )
        add_message(connection, here, 1, at, asked, outcome="answered", **place)
        first = at + timedelta(seconds=2.2 + number % 5 / 4)
        turn = _put(
            connection,
            models.turns,
            {
                "conversation": here,
                "lo_seq": 1,
                "hi_seq": 1,
                "cause": "message",
                "lane": "interactive",
                "state": "committed",
                "model": "tiny-1",
                "finish": "stop",
                "prompt_tokens": 300 + number,
                "cached_tokens": 280,
                "completion_tokens": 30 + number % 20,
                "claimed_at": at + timedelta(seconds=1.6),
                "started_at": at + timedelta(seconds=1.7),
                "asked_at": at + timedelta(seconds=1.8),
                "first_token_at": first,
                "ended_at": first + timedelta(seconds=1 + number % 7 / 5),
            },
        )
        sent = {
            "state": "sent",
            "status": "delivered",
            "created_at": first,
            "sent_at": first + timedelta(seconds=1),
        }
        add_message(connection, here, 2, first, answered, out=True, turn=turn, sent=sent, **place)


def _desk(
    connection: Connection, conversation: int, message: int, staff: int, now: datetime, names: Iterable[str]
) -> dict[str, int]:
    """Queues, data sets and exports."""
    rule = review_queues.Rule(percent=100.0)
    queue = review_queues.create(
        connection, name=next(iter(names))[:64], rule=rule, reviews_per_item=2, by=staff, now=now
    )
    review_queues.fill(connection, queue, now)
    item = _one(
        connection, select(models.review_items.c.id).where(models.review_items.c.queue == queue).limit(1)
    )
    dataset = _put(connection, models.datasets, _by(staff, now, name="Opening hours"))
    _put(
        connection,
        models.dataset_items,
        _by(staff, now, dataset=dataset, conversation=conversation, message=message),
    )
    export = _put(
        connection,
        models.exports,
        _by(
            staff,
            now,
            kind="sft",
            filter={"dataset": dataset},
            manifest={"lines": 1, "sha256": "0" * 64, "bytes": 10},
            file=None,
            state="failed",
        ),
    )
    return {"queue": queue, "item": item, "dataset": dataset, "export": export}


def _house(connection: Connection, now: datetime, names: tuple[str, ...], staff: int) -> dict[str, int]:
    """Personas, colleagues, what platforms said, what was unreadable, who was erased, figures, search."""
    first = personas.draft(
        connection,
        "Shop",
        personas.Content(
            persona="You are the shop's kind voice. You answer in the language you are written in."
        ),
        comment="the first",
        author=f"staff:{staff}",
        now=now,
    )
    personas.draft(
        connection,
        "Shop",
        personas.Content(persona="You are the shop's kind voice. You answer briefly.", temperature=0.4),
        comment=names[0][:200],
        author=f"staff:{staff}",
        now=now,
    )
    connection.execute(update(models.turns).values(persona_version=first))
    workers.say(
        connection,
        workers.WorkerRow(
            name="shop-worker",
            model=names[0] if names is HOSTILE else "tiny-1",
            ready=names is not HOSTILE,
            sentence=names[0] if names is HOSTILE else "ready",
            state={"turns": 2, "turns_at_once": 60, "running": 2, "waiting": 0, "slots": 8, "restarts": 0}
            | {"memory_bytes": 3_100_000_000, "prompt_tokens": 91_000, "cached_tokens": 74_000}
            | {"completion_tokens": 12_400, "tokens_per_second": 38.5},
            started_at=now - timedelta(days=2),
            seen_at=now,
        ),
    )
    personas.publish(connection, first, channel=None, author=f"staff:{staff}", now=now)
    personas.offer(connection, "The kind voice", first, author=f"staff:{staff}", now=now)
    member = _put(
        connection,
        models.staff,
        {
            "email": "rui@example.org",
            "name": names[3][:128],
            "role": "reviewer",
            "password_hash": "x",
            "created_at": now,
        },
    )
    said = {"channel": "alpha", "account": "web", "at": now}
    for urgent, sentence in (
        (True, "The number's quality is low."),
        (False, f"A template was approved: {names[1] if names is HOSTILE else 'order_sent'}"),
    ):
        _put(
            connection,
            models.account_notices,
            {**said, "kind": "quality", "sentence": sentence[:400], "urgent": urgent},
        )
    _put(
        connection,
        models.raw_events,
        {
            "channel": "alpha",
            "account": names[2][:128],
            "reason": names[0][:200],
            "body": b"{}",
            "digest": "1",
            "received_at": now,
        },
    )
    erased = _put(
        connection,
        models.erasures,
        {
            "person": 999,
            "aliases": [],
            "receipt": {"messages": 12, "people": 1},
            "actor": f"staff:{staff}",
            "at": now,
        },
    )
    cursors.hold(connection, rollups.CURSOR, "shop", now, timedelta(minutes=1))
    position = rollups.position(connection)
    rollups.write(
        connection, "shop", position, rollups.gather(connection, now + timedelta(hours=1), position)
    )
    while search.behind(connection) and search.index(connection):
        pass
    return {"persona": first, "member": member, "erased": erased}


def _file(connection: Connection, conversation: int, now: datetime) -> int:
    row = {
        "conversation": conversation,
        "seq": 3,
        "part": 1,
        "kind": "image",
        "source": "inbound",
        "state": "gone",
    }
    return _put(connection, models.media, {**row, "created_at": now})


def _tried(connection: Connection, conversation: int, turn: int, staff: int, now: datetime) -> int:
    made = trials.ask(
        connection,
        kind="replay",
        prompt=trials.load_prompt({}),
        sampling=trials.load_sampling({}),
        staff=staff,
        now=now,
        conversation=conversation,
        turn=turn,
    )
    trials.claim(connection, "shop", now, timedelta(minutes=1))
    usage = trials.TrialUsage(prompt=321, completion=9, finish="stop", took_ms=812)
    trials.finish(
        connection, made, "shop", answer="We open at nine every day but Sunday.", usage=usage, now=now
    )
    return made


def _by(staff: int, now: datetime, **values: Any) -> dict[str, Any]:
    return {"staff": staff, "created_at": now, **values}


def _put(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    made = connection.execute(insert(table).values(**values)).inserted_primary_key
    return int(made[0]) if made else 0


def _one(connection: Connection, query: Any) -> int:
    return int(connection.execute(query).scalar_one())


def _rename(connection: Connection, conversation: int, name: str) -> None:
    person = select(models.conversations.c.person).where(models.conversations.c.id == conversation)
    connection.execute(update(models.people).where(models.people.c.id.in_(person)).values(name=name[:128]))
