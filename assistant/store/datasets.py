"""Data sets: answers that reviewers chose, in named versions that are frozen once they were used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from ..errors import Conflict, NotFound
from ..types import Direction
from . import dialects, reviews
from .models import conversations, dataset_items, datasets, messages, staff

MOST = 200
PAGE = 50
DEFAULT_NAME = "Corrections"
"""Of the set that the first answer goes to when there is none."""
SNIPPET = 160
SPLITS = ("train", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    id: int
    name: str
    by: str | None
    items: int
    created_at: datetime
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetItem:
    """One answer of a set: the beginning of what was sent, and what reviewers make of it (see reviews.final)."""

    id: int
    message: int
    conversation: int
    seq: int
    channel: str
    snippet: str
    split: str
    verdict: str | None
    corrected: bool
    created_at: datetime


def create(connection: Connection, *, name: str, by: int, now: datetime) -> int:
    """An empty set. Raises Conflict when the name is taken."""
    try:
        with connection.begin_nested():
            made = connection.execute(
                insert(datasets).values(name=name, staff=by, created_at=now).returning(datasets.c.id)
            )
            return int(made.scalar_one())
    except IntegrityError:
        raise Conflict("a data set of this name is there already") from None


def every(connection: Connection) -> list[Dataset]:
    """The sets, newest first."""
    items = (
        select(func.count())
        .select_from(dataset_items)
        .where(dataset_items.c.dataset == datasets.c.id)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(datasets, staff.c.name.label("by"), items.label("items"))
        .outerjoin(staff, staff.c.id == datasets.c.staff)
        .order_by(datasets.c.id.desc())
        .limit(MOST)
    ).mappings()
    return [_dataset(row) for row in rows]


def open_ones(connection: Connection) -> list[tuple[int, str]]:
    """(id, name) of the sets that take more answers, the one used last first."""
    latest = (
        select(func.max(dataset_items.c.id)).where(dataset_items.c.dataset == datasets.c.id).scalar_subquery()
    )
    rows = connection.execute(
        select(datasets.c.id, datasets.c.name)
        .where(datasets.c.frozen_at.is_(None))
        .order_by(func.coalesce(latest, 0).desc(), datasets.c.id.desc())
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in rows]


def get(connection: Connection, number: int, *, lock: bool = False) -> Dataset:
    """Raises NotFound."""
    if lock:
        connection.execute(select(datasets.c.id).where(datasets.c.id == number).with_for_update())
    items = select(func.count()).select_from(dataset_items).where(dataset_items.c.dataset == number)
    row = (
        connection.execute(
            select(datasets, staff.c.name.label("by"), items.scalar_subquery().label("items"))
            .outerjoin(staff, staff.c.id == datasets.c.staff)
            .where(datasets.c.id == number)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound("no such data set")
    return _dataset(row)


def add(connection: Connection, message: int, *, dataset: int | None, by: int, now: datetime) -> int:
    """Put an answer into a set, once; without a set into the one used last, made when there is none. Returns the set.

    Raises NotFound, and Conflict for a frozen set.
    """
    if dataset is None:
        found = open_ones(connection)
        dataset = found[0][0] if found else create(connection, name=_free(connection), by=by, now=now)
    _writable(connection, dataset)
    row = connection.execute(
        select(messages.c.conversation)
        .join(conversations, conversations.c.id == messages.c.conversation)
        .where(
            messages.c.id == message,
            messages.c.direction == Direction.OUT.value,
            messages.c.deleted_at.is_(None),
            conversations.c.temporary.is_(False),
        )
    ).first()
    if row is None:
        raise NotFound("no such answer")
    connection.execute(
        dialects.insert_new(connection, dataset_items, ("dataset", "message")).values(
            dataset=dataset, conversation=row[0], message=message, staff=by, created_at=now
        )
    )
    return dataset


def holding(connection: Connection, message: int) -> list[str]:
    """The names of the sets that an answer is in."""
    return list(
        connection.execute(
            select(datasets.c.name)
            .join(dataset_items, dataset_items.c.dataset == datasets.c.id)
            .where(dataset_items.c.message == message)
            .order_by(datasets.c.id)
        ).scalars()
    )


def remove(connection: Connection, dataset: int, item: int) -> bool:
    """Raises NotFound, and Conflict for a frozen set."""
    _writable(connection, dataset)
    done = connection.execute(
        delete(dataset_items).where(dataset_items.c.id == item, dataset_items.c.dataset == dataset)
    )
    return done.rowcount > 0


def freeze(connection: Connection, dataset: int, now: datetime) -> bool:
    """From now on its items stay as they are; only erasure still takes some. False when it was frozen before."""
    done = connection.execute(
        update(datasets).where(datasets.c.id == dataset, datasets.c.frozen_at.is_(None)).values(frozen_at=now)
    )
    return done.rowcount > 0


def next_version(connection: Connection, dataset: int, *, by: int, now: datetime) -> int:
    """A new set with the same items, open for changes; the old one is frozen. Raises NotFound."""
    old = get(connection, dataset, lock=True)
    freeze(connection, dataset, now)
    stem, _, number = old.name.rpartition(" v")
    stem, count = (stem, int(number)) if stem and number.isascii() and number.isdigit() else (old.name, 1)
    while True:
        count += 1
        name = f"{stem[: 64 - len(f' v{count}')]} v{count}"
        if connection.execute(select(datasets.c.id).where(datasets.c.name == name)).first() is None:
            break
    made = create(connection, name=name, by=by, now=now)
    copied = select(
        literal(made),
        dataset_items.c.conversation,
        dataset_items.c.message,
        dataset_items.c.split,
        dataset_items.c.staff,
        dataset_items.c.created_at,
    ).where(dataset_items.c.dataset == dataset)
    names = ["dataset", "conversation", "message", "split", "staff", "created_at"]
    connection.execute(insert(dataset_items).from_select(names, copied.order_by(dataset_items.c.id)))
    return made


def split(connection: Connection, dataset: int, percent: int) -> int:
    """Set `percent` of the items apart for tests, by a hash of the message: the same ones in every version.

    Returns how many. Raises NotFound, and Conflict for a frozen set.
    """
    _writable(connection, dataset)
    found = connection.execute(
        select(dataset_items.c.id, dataset_items.c.message).where(dataset_items.c.dataset == dataset)
    ).all()
    apart = [row.id for row in found if _share(row.message) < percent]
    mine = dataset_items.c.dataset == dataset
    connection.execute(update(dataset_items).where(mine).values(split="train"))
    for start in range(0, len(apart), 500):
        some = dataset_items.c.id.in_(apart[start : start + 500])
        connection.execute(update(dataset_items).where(some).values(split="test"))
    return len(apart)


def items(
    connection: Connection, dataset: int, reader: int, *, before: int | None = None, limit: int = PAGE
) -> list[DatasetItem]:
    """A page of a set, the latest additions first; `before` is the id of the last item of the page before."""
    query = (
        select(
            dataset_items.c.id,
            dataset_items.c.message,
            dataset_items.c.conversation,
            dataset_items.c.split,
            dataset_items.c.created_at,
            messages.c.seq,
            messages.c.channel,
            messages.c.parts,
        )
        .join(messages, messages.c.id == dataset_items.c.message)
        .where(dataset_items.c.dataset == dataset)
    )
    if before is not None:
        query = query.where(dataset_items.c.id < before)
    rows = connection.execute(query.order_by(dataset_items.c.id.desc()).limit(limit)).mappings().all()
    marks = reviews.marks(connection, [row["message"] for row in rows], reader)
    return [_item(row, marks.get(row["message"], [])) for row in rows]


def _item(row: Any, marks: list[reviews.Mark]) -> DatasetItem:
    words = " ".join(reviews.words_of(row["parts"]).split())
    same = ("id", "message", "conversation", "seq", "channel", "split", "created_at")
    return DatasetItem(
        **{name: row[name] for name in same},
        snippet=words if len(words) <= SNIPPET else words[: SNIPPET - 1] + "…",
        verdict=reviews.final(marks),
        corrected=any(mark.corrected for mark in marks),
    )


def _writable(connection: Connection, dataset: int) -> None:
    if get(connection, dataset, lock=True).frozen_at is not None:
        raise Conflict("the data set is frozen")


def _free(connection: Connection) -> str:
    taken = set(connection.execute(select(datasets.c.name)).scalars())
    names = [DEFAULT_NAME, *(f"{DEFAULT_NAME} {number}" for number in range(2, MOST))]
    return next(name for name in names if name not in taken)


def _share(message: int) -> float:
    """Where a message lies between 0 and 100."""
    return int.from_bytes(hashlib.sha256(f"split:{message}".encode()).digest()[:8]) / 2**64 * 100


def _dataset(row: Any) -> Dataset:
    return Dataset(**{name: row[name] for name in Dataset.__dataclass_fields__})
