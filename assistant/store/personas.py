"""Personas: versions of the system prompt, where each is published, and how the answers of each were judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, case, func, select, union_all, update

from ..errors import Conflict, NotFound
from . import audit, versions
from .dialects import insert_new
from .models import chats, messages, persona_offers, reviews, settings_versions, turns
from .versions import Publication, Version

KIND: Final = "persona"
INPUTS: Final = "persona_inputs"
FROM_FILE: Final = 0
"""The number of the version that stands for the settings file."""
AS_ELSEWHERE: Final = -1
"""The number of the version that means, for a channel: what is in force everywhere else."""
JUDGED: Final = 2000
"""So many of the newest verdicts are counted: a page costs the same however many there are."""
MOST_INPUTS: Final = 5
MOST_OFFERS: Final = 12
LONGEST_TITLE: Final = 64
"""Characters of the title under which visitors choose one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a version says. None: as the settings file has it. `tools`: names of those that may be called."""

    persona: str
    safety: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    tools: tuple[str, ...] | None = None

    def dump(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def load(cls, stored: dict[str, Any]) -> Content | None:
        """None for a version that says nothing itself."""
        if "persona" not in stored:
            return None
        tools = stored.get("tools")
        return cls(
            persona=stored["persona"],
            safety=stored.get("safety"),
            temperature=stored.get("temperature"),
            max_tokens=stored.get("max_tokens"),
            tools=None if tools is None else tuple(tools),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel, or None for everywhere else, and what is in force there.

    `version` None: the settings file. `own`: published for this very place. `publication`: the newest of this place, 0
    when there is none. `before`: what a rollback brings back.
    """

    channel: str | None
    version: Version | None
    own: bool
    publication: int
    since: datetime | None
    before: Version | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How staff judged the answers of one version: good and bad ones; those they were unsure of do not count."""

    good: int
    bad: int


def draft(
    connection: Connection, name: str, content: Content, *, comment: str, author: str, now: datetime
) -> int:
    """Write a new version of the persona `name`; nothing answers with it before it is published. Returns its id."""
    made = versions.add(
        connection, KIND, content.dump(), author=author, now=now, name=name, comment=comment or None
    )
    audit.append(connection, now=now, actor=author, action="persona.drafted", target=f"persona:{made}")
    return made


# --- publishing ------------------------------------------------------------------------------------------


def publish(
    connection: Connection,
    version: int,
    *,
    channel: str | None,
    author: str,
    now: datetime,
    expected: int | None = None,
    everywhere: Iterable[str] = (),
) -> Publication:
    """Answers of this channel are given by this version from the next turn on; channel None: of every channel without its own.

    `everywhere`: channels that give up their own at the same time. `expected`: see versions.publish. Raises NotFound,
    Conflict.
    """
    made = versions.publish(
        connection, KIND, version, channel=channel, author=author, now=now, expected=expected
    )
    own = versions.in_force(connection, KIND)
    freed = sorted(name for name in everywhere if name in own)
    if freed:
        shared = versions.marker(connection, KIND, AS_ELSEWHERE, author=author, now=now)
        for name in freed:
            if own[name].version != shared:
                versions.publish(connection, KIND, shared, channel=name, author=author, now=now)
    _record(connection, "persona.published", made, freed)
    return made


def from_file(
    connection: Connection, *, channel: str | None, author: str, now: datetime, expected: int | None = None
) -> Publication:
    """The settings file's persona again; for a channel, what is in force everywhere else. Raises Conflict."""
    number = FROM_FILE if channel is None else AS_ELSEWHERE
    version = versions.marker(connection, KIND, number, author=author, now=now)
    made = versions.publish(
        connection, KIND, version, channel=channel, author=author, now=now, expected=expected
    )
    _record(connection, "persona.withdrawn", made)
    return made


def roll_back(
    connection: Connection, *, channel: str | None, expected: int, author: str, now: datetime
) -> Publication:
    """Publish once more what was in force in this place before. Raises Conflict when there is nothing, or no longer."""
    past = versions.history(connection, KIND, channel=channel)
    if not past:
        raise Conflict("nothing was published here")
    earlier = _earlier(past)
    if earlier is None:
        return from_file(connection, channel=channel, author=author, now=now, expected=expected)
    made = versions.publish(
        connection, KIND, earlier, channel=channel, author=author, now=now, expected=expected
    )
    _record(connection, "persona.rolled_back", made)
    return made


def _earlier(past: Sequence[Publication]) -> int | None:
    """The version before the one that is in force, of one place's publications, newest first."""
    return next((one.version for one in past if one.version != past[0].version), None)


def _record(connection: Connection, action: str, made: Publication, freed: Sequence[str] = ()) -> None:
    detail: dict[str, Any] = {"channel": made.channel or "everywhere"}
    if freed:
        detail["follow"] = list(freed)
    audit.append(
        connection,
        now=made.at,
        actor=made.author,
        action=action,
        target=f"persona:{made.version}",
        detail=detail,
    )


# --- what is in force ------------------------------------------------------------------------------------


def contents(connection: Connection) -> dict[str | None, tuple[int, Content]]:
    """By place, the version's id and words; a place is missing where the settings file or everywhere else decides."""
    latest = versions.in_force(connection, KIND)
    found = versions.some(connection, (one.version for one in latest.values()))
    made = {}
    for place, one in latest.items():
        content = Content.load(found[one.version].content)
        if content is not None:
            made[place] = (one.version, content)
    return made


def places(connection: Connection, channels: Sequence[str]) -> list[Place]:
    """Everywhere first, then each of these channels."""
    asked: list[str | None] = [None, *channels]
    past = {place: versions.history(connection, KIND, channel=place, limit=20) for place in asked}
    ids = {one.version for rows in past.values() for one in rows}
    found = versions.some(connection, ids)
    everywhere = past[None]
    shared = found[everywhere[0].version] if everywhere else None
    if shared is not None and shared.number == FROM_FILE:
        shared = None
    made = []
    for place in asked:
        rows = past[place]
        newest = found[rows[0].version] if rows else None
        own = newest is not None and newest.number > 0
        earlier = _earlier(rows) if rows else None
        back = found[earlier] if earlier is not None else None
        made.append(
            Place(
                channel=place,
                version=newest if own else shared if place is not None else None,
                own=own,
                publication=rows[0].id if rows else 0,
                since=rows[0].at if own else None,
                before=back if back is not None and back.number > 0 else None,
            )
        )
    return made


# --- what visitors may choose among ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A version that visitors of our own page may choose, under a title of its own. `retired_at`: nobody may any more."""

    id: int
    title: str
    version: int
    position: int
    created_at: datetime
    retired_at: datetime | None


def offered(connection: Connection) -> list[Offer]:
    """What a new chat may choose among, in the order that staff gave it."""
    return [one for one in offers(connection) if one.retired_at is None]


def offers(connection: Connection) -> list[Offer]:
    """All of them, retired ones last."""
    query = select(persona_offers).order_by(
        persona_offers.c.retired_at.is_not(None), persona_offers.c.position, persona_offers.c.id
    )
    return [Offer(**row) for row in connection.execute(query).mappings()]


def offer(connection: Connection, title: str, version: int, *, author: str, now: datetime) -> int:
    """Offer a published version; a retired offer of the same title is offered again, with this version. Returns its id.

    Raises NotFound for no such version, ValueError for a title of no or too many characters, and Conflict when the title is
    taken, too many are offered, or the version was never published.
    """
    title = _title(title)
    found = versions.get(connection, KIND, version)
    if found.published_at is None or Content.load(found.content) is None:
        raise Conflict("only a version that was published can be offered")
    if len(offered(connection)) >= MOST_OFFERS:
        raise Conflict(f"at most {MOST_OFFERS} are offered at once")
    last = connection.execute(select(func.max(persona_offers.c.position))).scalar() or 0
    values = {"version": version, "position": last + 1, "created_at": now, "retired_at": None}
    again = connection.execute(
        update(persona_offers)
        .where(persona_offers.c.title == title, persona_offers.c.retired_at.is_not(None))
        .values(values)
        .returning(persona_offers.c.id)
    ).scalar()
    made = again
    if made is None:
        made = connection.execute(
            insert_new(connection, persona_offers, ["title"])
            .values(title=title, **values)
            .returning(persona_offers.c.id)
        ).scalar()
    if made is None:
        raise Conflict("this title is offered already")
    _record_offer(connection, "persona.offered", int(made), author, now, version=version)
    return int(made)


def retitle(connection: Connection, number: int, title: str, *, author: str, now: datetime) -> None:
    """Raises NotFound, ValueError as `offer` does, and Conflict when the title is taken."""
    title = _title(title)
    taken = select(persona_offers.c.id).where(persona_offers.c.title == title, persona_offers.c.id != number)
    if connection.execute(taken).first() is not None:
        raise Conflict("this title is offered already")
    done = connection.execute(update(persona_offers).where(persona_offers.c.id == number).values(title=title))
    if not done.rowcount:
        raise NotFound("no such offer")
    _record_offer(connection, "persona.retitled", number, author, now)


def retire(connection: Connection, number: int, *, author: str, now: datetime) -> bool:
    """Nobody can choose it any more, and chats that did are answered as all others; False when it was retired before."""
    done = connection.execute(
        update(persona_offers)
        .where(persona_offers.c.id == number, persona_offers.c.retired_at.is_(None))
        .values(retired_at=now)
    )
    if done.rowcount:
        _record_offer(connection, "persona.retired", number, author, now)
    return bool(done.rowcount)


def of_chat(connection: Connection, conversation: int) -> tuple[int, Content] | None:
    """The version, by its id, that was chosen for a chat; None when none was, or it is offered no longer."""
    row = connection.execute(
        select(settings_versions.c.id, settings_versions.c.content)
        .join(persona_offers, persona_offers.c.version == settings_versions.c.id)
        .join(chats, chats.c.persona == persona_offers.c.id)
        .where(chats.c.conversation == conversation, persona_offers.c.retired_at.is_(None))
    ).first()
    content = Content.load(row.content) if row is not None else None
    return None if row is None or content is None else (row.id, content)


def _title(title: str) -> str:
    words = " ".join(title.replace("\x00", "").split())
    if not words or len(words) > LONGEST_TITLE:
        raise ValueError(f"between 1 and {LONGEST_TITLE} characters")
    return words


def _record_offer(
    connection: Connection, action: str, number: int, author: str, now: datetime, **detail: int
) -> None:
    audit.append(
        connection,
        now=now,
        actor=author,
        action=action,
        target=f"persona_offer:{number}",
        detail=detail or None,
    )


# --- how it was judged -----------------------------------------------------------------------------------


def judged(connection: Connection) -> dict[int, Judged]:
    """By version (0: the settings file), of the JUDGED newest verdicts that stand."""
    # Each half comes out of its index in order: nothing is sorted, however many verdicts there are.
    halves = [
        select(
            select(reviews.c.id, reviews.c.message, reviews.c.verdict)
            .where(reviews.c.replaced_at.is_(None), reviews.c.verdict == verdict)
            .order_by(reviews.c.id.desc())
            .limit(JUDGED)
            .subquery()
        )
        for verdict in ("good", "bad")
    ]
    both = union_all(*halves).subquery()
    newest = select(both).order_by(both.c.id.desc()).limit(JUDGED).subquery()
    good = func.sum(case((newest.c.verdict == "good", 1), else_=0))
    rows = connection.execute(
        select(turns.c.persona_version, good.label("good"), func.count().label("all"))
        .select_from(newest)
        .join(messages, messages.c.id == newest.c.message)
        .join(turns, turns.c.id == messages.c.turn)
        .where(turns.c.persona_version.is_not(None))
        .group_by(turns.c.persona_version)
    )
    return {row.persona_version: Judged(good=int(row.good), bad=int(row.all - row.good)) for row in rows}


# --- what a version is tried with ------------------------------------------------------------------------


def inputs(connection: Connection) -> tuple[str, ...]:
    """The saved inputs of previews, MOST_INPUTS at most."""
    newest = versions.newest(connection, INPUTS, limit=1)
    return tuple(newest[0].content["inputs"]) if newest else ()


def save_inputs(connection: Connection, texts: Sequence[str], *, author: str, now: datetime) -> None:
    made = versions.add(connection, INPUTS, {"inputs": list(texts[:MOST_INPUTS])}, author=author, now=now)
    audit.append(
        connection, now=now, actor=author, action="persona.inputs_saved", target=f"persona_inputs:{made}"
    )
