"""The usual webhook: FastAPI and an SQLAlchemy ORM session with its commit per request.

`python -m bench.references.fastapi_orm PORT DATABASE_URL SECRET`. It does what ours does of a text message: it checks the
signature, stores the message once, and knows person, conversation, sequence number and when an answer is due. uvicorn runs
it with uvloop and httptools; SQLite is set as ours is (WAL, FULL, BEGIN IMMEDIATE).
"""

from __future__ import annotations

import hmac
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from sqlalchemy import JSON, DateTime, ForeignKey, String, UniqueConstraint, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str | None] = mapped_column(String(128))


class Conversation(Base):
    __tablename__ = "conversations"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(256), unique=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id"))
    last_seq: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("account", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    seq: Mapped[int]
    account: Mapped[str] = mapped_column(String(64))
    external_id: Mapped[str] = mapped_column(String(256))
    parts: Mapped[Any] = mapped_column(JSON)
    sent_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


async def store(session: AsyncSession, account: str, name: str | None, message: dict[str, Any]) -> None:
    key = f"whatsapp:{account}:{message['from']}"
    found = select(Conversation).where(Conversation.key == key).with_for_update()
    conversation = (await session.execute(found)).scalar_one_or_none()
    now = datetime.now(UTC)
    if conversation is None:
        person = Person(phone=message["from"], name=name)
        session.add(person)
        await session.flush()
        conversation = Conversation(key=key, person=person.id, last_seq=0)
        session.add(conversation)
        await session.flush()
    conversation.last_seq += 1
    conversation.due_at = now + timedelta(seconds=1.5)
    conversation.last_at = now
    session.add(
        Message(
            conversation=conversation.id,
            seq=conversation.last_seq,
            account=account,
            external_id=message["id"],
            parts=[{"text": message["text"]["body"]}],
            sent_at=datetime.fromtimestamp(int(message["timestamp"]), UTC),
            received_at=now,
        )
    )


def make_app(database_url: str, secret: bytes) -> FastAPI:
    engine = create_async_engine(database_url, pool_size=8, max_overflow=0, pool_timeout=60)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def _connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    sessions = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)

    @app.post("/")
    async def webhook(request: Request) -> Response:
        body = await request.body()
        expected = "sha256=" + hmac.new(secret, body, "sha256").hexdigest()
        if not hmac.compare_digest(
            expected.encode(), request.headers.get("x-hub-signature-256", "").encode()
        ):
            return Response(status_code=403)
        async with sessions() as session:
            for entry in json.loads(body)["entry"]:
                for change in entry["changes"]:
                    value = change["value"]
                    name = value["contacts"][0]["profile"]["name"]
                    for message in value["messages"]:
                        await store(session, value["metadata"]["phone_number_id"], name, message)
            try:
                await session.commit()
            except IntegrityError:  # it came before
                await session.rollback()
        return Response(status_code=200)

    return app


def main() -> None:
    port, database_url, secret = sys.argv[1:]
    app = make_app(database_url, secret.encode())
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(port),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        backlog=1024,
    )


if __name__ == "__main__":
    main()
