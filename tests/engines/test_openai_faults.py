"""Faults of model servers, each by name: what the person's turn hears of it, and where the next request goes."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from assistant.engines.openai import OpenAIEngine
from assistant.errors import ContextTooLong, EngineDead, EngineError, ModelUnusable, Overloaded
from assistant.http import Http
from assistant.types import Delta, Finish, Sampling
from tests.clocks import FakeClock
from tests.engines.server import DONE, FakeServer, ignoring, line, piece, refuse, replay
from tests.engines.test_contract import collect
from tests.engines.tiny import prompt

ROLE = line({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]})
USAGE = {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 3}}
ANSWER = [ROLE, line(piece("Olá ")), line(piece("😀 ")), line(piece("señor")), line(piece("", finish="stop"))]
ANSWER += [line(USAGE), DONE]
TEXTS = ["", "", "Olá ", "Olá 😀 ", "Olá 😀 señor"]  # after so many events


def engine_of(http: Http, *servers: FakeServer, quiet: float = 1.0, slots: int = 0) -> OpenAIEngine:
    return OpenAIEngine(
        http,
        [server.url for server in servers],
        "model",
        silence_seconds=quiet,
        slots=slots,
        clock=FakeClock(),
        chance=random.Random(1),
    )


def clock_of(engine: OpenAIEngine) -> FakeClock:
    clock = engine._clock
    assert isinstance(clock, FakeClock)
    return clock


def text_of(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


async def partly(engine: OpenAIEngine, **more: Any) -> tuple[str, EngineError | None]:
    """What came, and the error that ended it."""
    text = ""
    try:
        async for delta in engine.generate(prompt("Hello"), Sampling(), request_id="r", **more):
            text += delta.text
    except EngineError as error:
        return text, error
    return text, None


# --- streams that break ----------------------------------------------------------------------------------


@pytest.mark.parametrize("after", range(len(ANSWER) + 1))
async def test_a_stream_broken_at_any_event_is_a_dead_engine_unless_the_answer_had_ended(
    http: Http, server: FakeServer, after: int
) -> None:
    server.behaviour = replay(ANSWER[:after], "abort", pause=0.02)
    text, error = await partly(engine_of(http, server))
    if after < 5:
        assert isinstance(error, EngineDead)
        assert TEXTS[after] == text
    else:
        assert (text, error) == (TEXTS[-1], None)


@pytest.mark.parametrize("after", range(len(ANSWER) + 1))
async def test_a_stream_that_ends_properly_without_a_reason_is_an_answer_if_it_said_anything(
    http: Http, server: FakeServer, after: int
) -> None:
    server.behaviour = replay(ANSWER[:after])
    text, error = await partly(engine_of(http, server))
    assert isinstance(error, EngineDead) == (after < 2)
    assert text == TEXTS[min(after, 4)]


@pytest.mark.parametrize("ending", ["done", "finish", "usage", "eof", "open"])
async def test_a_stream_ends_with_done_a_reason_or_by_closing(
    http: Http, server: FakeServer, ending: str
) -> None:
    pieces = [b": a comment\n\ndata: nonsense\n\nevent: x\ndata: 7\n\n", line(piece("whole"))]
    if ending in ("finish", "usage", "open"):
        pieces.append(line(piece("", finish="length")))
    if ending == "usage":
        pieces.append(line(USAGE))
    if ending == "done":
        pieces.append(DONE)
    server.behaviour = replay(pieces, "hang" if ending in ("open", "usage") else "close")
    started = asyncio.get_running_loop().time()
    deltas = await collect(engine_of(http, server, quiet=20.0), prompt("Hello"))
    assert text_of(deltas) == "whole"
    assert deltas[-1].finish is (Finish.LENGTH if ending in ("finish", "usage", "open") else Finish.STOP)
    if ending == "usage":
        assert asyncio.get_running_loop().time() - started < 0.9, "nothing more can come: nobody waits"


async def test_the_last_event_counts_without_its_line_end(http: Http, server: FakeServer) -> None:
    server.behaviour = replay([line(piece("a")), line(piece("b", finish="length")).strip()])
    deltas = await collect(engine_of(http, server), prompt("Hello"))
    assert (text_of(deltas), deltas[-1].finish) == ("ab", Finish.LENGTH)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
async def test_chunks_may_cut_a_stream_anywhere_even_inside_a_letter(
    http: Http, server: FakeServer, size: int, ending: bytes
) -> None:
    whole = b"".join(ANSWER).replace(b"\n", ending)
    server.behaviour = replay([whole[at : at + size] for at in range(0, len(whole), size)])
    deltas = await collect(engine_of(http, server), prompt("Hello"))
    assert text_of(deltas) == "Olá 😀 señor"
    assert deltas[-1].usage is not None
    assert deltas[-1].usage.completion == 3


@pytest.fixture
async def unframed() -> AsyncIterator[Callable[[bytes], str]]:
    """A server that says neither how long its answer is nor when it ends: it just closes."""
    said = b""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)

    def saying(words: bytes) -> str:
        nonlocal said
        said = words
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"

    yield saying
    server.close()
    await server.wait_closed()


async def test_where_the_end_looks_like_death_only_a_reason_or_done_is_an_end(
    http: Http, unframed: Callable[[bytes], str]
) -> None:
    for words, dies in ((ANSWER[:3], True), (ANSWER[:5], False), ([*ANSWER[:3], DONE], False)):
        engine = OpenAIEngine(http, [unframed(b"".join(words))], "model")
        _, error = await partly(engine)
        assert isinstance(error, EngineDead) == dies


async def test_an_error_in_mid_stream_is_an_error_and_not_its_words(http: Http, server: FakeServer) -> None:
    events: list[tuple[bytes, type[EngineError]]] = [
        (line({"error": {"message": "secret words", "code": 500}}), EngineDead),
        (line({"error": "secret words"}), EngineDead),
        (b'error: {"message": "secret words"}\n\n', EngineDead),
        (line({"error": {"message": "secret words", "code": 429}}), Overloaded),
        (line({"error": {"message": "prompt too long; exceeded max context length by 9"}}), ContextTooLong),
        (line(piece("", finish="abort")), EngineDead),
        (line(piece("", finish="error")), EngineDead),
    ]
    for event, kind in events:
        server.behaviour = replay([line(piece("half")), event], "hang", pause=0.02)
        engine = engine_of(http, server, quiet=10.0)
        text, error = await partly(engine)
        assert text == "half"
        assert type(error) is kind
        assert "secret" not in str(error)
        assert engine.stats().running == 0


# --- servers that say nothing, or something else ---------------------------------------------------------


async def test_a_silent_server_is_a_dead_engine(http: Http, server: FakeServer) -> None:
    async def mute(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    for behaviour in (mute, replay([], "hang"), replay([ROLE], "hang"), replay(ANSWER[:2], "hang")):
        server.behaviour = behaviour
        _, error = await partly(engine_of(http, server, quiet=0.3))
        assert isinstance(error, EngineDead)


async def test_whoever_reads_slowly_does_not_find_the_server_silent(http: Http, server: FakeServer) -> None:
    stream = engine_of(http, server, quiet=0.2).generate(prompt("Hello"), Sampling(), request_id="r")
    text = ""
    async for delta in stream:
        text += delta.text
        await asyncio.sleep(0.3)
    assert text == "word " * 4


async def test_a_request_that_waits_until_its_deadline_was_never_started(
    http: Http, server: FakeServer
) -> None:
    async def mute(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    for behaviour in (mute, replay([ROLE], "hang")):
        server.behaviour = behaviour
        engine = engine_of(http, server, quiet=20.0)
        _, error = await partly(engine, deadline=0.3)
        assert isinstance(error, Overloaded)
        assert (await engine.health()).ready, "a queue is no failure"


async def test_a_line_without_an_end_is_a_dead_engine(http: Http, server: FakeServer) -> None:
    server.behaviour = replay([b"data: " + b"x" * 300_000 for _ in range(6)], "hang")
    _, error = await partly(engine_of(http, server, quiet=10.0))
    assert isinstance(error, EngineDead)
    assert "line" in str(error)


async def test_a_long_line_with_an_end_is_read(http: Http, server: FakeServer) -> None:
    server.behaviour = replay([line(piece("x" * 700_000)), DONE])
    text, error = await partly(engine_of(http, server))
    assert (len(text), error) == (700_000, None)


async def test_a_web_page_in_place_of_an_answer_says_which_setting_to_look_at(
    http: Http, server: FakeServer
) -> None:
    async def page(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        return web.Response(text="<html>log in</html>", content_type="text/html")

    server.behaviour = page
    _, error = await partly(engine_of(http, server))
    assert isinstance(error, EngineDead)
    assert "engine_url" in str(error)


async def test_a_server_that_does_not_stream_is_read_all_the_same(http: Http, server: FakeServer) -> None:
    call = {"id": "a", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}
    whole = {
        "choices": [{"message": {"content": "Hi", "tool_calls": [call]}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 3, "completion_tokens": 1},
    }

    async def answer(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        return web.json_response(whole)

    server.behaviour = answer
    text, called, last = await collect(engine_of(http, server), prompt("Hello"))
    assert text.text == "Hi"
    assert called.tool_call is not None and called.tool_call.name == "get_time"
    assert last.finish is Finish.TOOL
    for bad in ({"error": {"message": "boom"}}, {}, {"choices": []}):
        whole = bad
        _, error = await partly(engine_of(http, server))
        assert isinstance(error, EngineDead)


# --- refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status, error",
    [(429, Overloaded), (503, Overloaded), (500, EngineDead), (401, ModelUnusable), (418, EngineError)],
)
async def test_refusals_say_what_happens_next(
    http: Http, server: FakeServer, status: int, error: type[EngineError]
) -> None:
    server.behaviour = refuse(status, "{}", {"Retry-After": "7"})
    with pytest.raises(error) as caught:
        await collect(engine_of(http, server), prompt("Hello"))
    if isinstance(caught.value, Overloaded):
        assert caught.value.retry_after == 7.0


async def test_a_refusal_that_comes_in_pieces_is_read_whole(http: Http, server: FakeServer) -> None:
    async def slowly(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        stream = web.StreamResponse(status=400)
        await stream.prepare(request)
        for part in (b'{"error": {"message": "the prompt ', b"is too ", b'long"}}'):
            await stream.write(part)
            await asyncio.sleep(0.02)
        return stream

    server.behaviour = slowly
    assert isinstance((await partly(engine_of(http, server)))[1], ContextTooLong)


async def test_retry_after_is_obeyed_and_told_to_the_queue(http: Http, server: FakeServer) -> None:
    engine = engine_of(http, server)
    clock = clock_of(engine)
    date = format_datetime(clock.now() + timedelta(seconds=20), usegmt=True)
    server.behaviour = refuse(429, "", {"Retry-After": date})
    for wait in (20.0, 15.0):
        _, error = await partly(engine)
        assert isinstance(error, Overloaded)
        assert error.retry_after == pytest.approx(wait)
        clock.advance(5)
    assert len(server.bodies) == 1, "it is not asked again before its time"
    server.behaviour = None
    clock.advance(10)
    assert (await partly(engine))[1] is None


async def test_a_busy_server_without_a_time_is_asked_again_at_once(http: Http, server: FakeServer) -> None:
    server.behaviour = refuse(503, "loading the model")
    engine = engine_of(http, server)
    for _ in range(5):
        assert isinstance((await partly(engine))[1], Overloaded)
    assert len(server.bodies) == 5
    assert (await engine.health()).ready


async def test_a_worker_that_is_dead_for_good_is_not_taken_for_a_busy_one(
    http: Http, server: FakeServer
) -> None:
    server.behaviour = refuse(503, '{"error": "CB worker is dead and cannot accept request r: boom"}')
    server.health = 503
    engine = engine_of(http, server)
    for _ in range(3):
        assert isinstance((await partly(engine))[1], EngineDead)
    assert isinstance((await partly(engine))[1], Overloaded), "left in peace"
    assert len(server.bodies) == 3
    assert not (await engine.health()).ready


async def test_nobody_there_is_a_dead_engine_and_then_a_wait(http: Http) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    engine = OpenAIEngine(http, [url], "model", clock=FakeClock())
    await engine.start()
    assert not (await engine.health()).ready
    assert isinstance((await partly(engine))[1], EngineDead)
    _, error = await partly(engine)
    assert isinstance(error, Overloaded)
    assert error.retry_after is not None
    assert 0.1 <= error.retry_after <= 0.5


# --- the breaker, seen from outside ----------------------------------------------------------------------


async def test_one_request_tries_a_server_that_failed_and_health_says_so(
    http: Http, server: FakeServer
) -> None:
    engine = engine_of(http, server)
    clock = clock_of(engine)
    server.behaviour = refuse(500)
    for _ in range(3):
        assert isinstance((await partly(engine))[1], EngineDead)
    health = await engine.health()
    assert not health.ready
    assert "tried again in" in health.sentence
    clock.advance(1)
    assert (await engine.health()).ready, "its pause is over: a request would be tried"
    server.behaviour = replay(ANSWER[:2], "hang")
    stream = engine.generate(prompt("Hello"), Sampling(), request_id="r")
    trial = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    _, error = await partly(engine)
    assert isinstance(error, Overloaded), "while one tries, the others wait"
    assert (await trial).text == "Olá "
    server.behaviour = None
    assert (await partly(engine)) == ("word " * 4, None), "it answered: everybody may ask again"
    await stream.aclose()


async def test_a_trial_that_its_person_left_makes_room_for_the_next(http: Http, server: FakeServer) -> None:
    engine = engine_of(http, server, quiet=30.0)
    server.behaviour = refuse(500)
    for _ in range(3):
        await partly(engine)
    clock_of(engine).advance(1)
    server.behaviour = replay([], "hang")
    trial = asyncio.ensure_future(partly(engine))
    await asyncio.sleep(0.1)
    trial.cancel()
    await asyncio.gather(trial, return_exceptions=True)
    server.behaviour = None
    assert (await partly(engine))[1] is None


async def test_answers_that_break_off_open_the_breaker_although_they_began(
    http: Http, server: FakeServer
) -> None:
    engine = engine_of(http, server)
    server.behaviour = replay(ANSWER[:3], "abort", pause=0.02)
    for _ in range(3):
        text, error = await partly(engine)
        assert text and isinstance(error, EngineDead)
    assert isinstance((await partly(engine))[1], Overloaded)


async def test_what_people_do_opens_no_breaker(http: Http, server: FakeServer) -> None:
    engine = engine_of(http, server)
    for behaviour in (refuse(400, "prompt is too long"), refuse(418), ignoring(["word "])):
        server.behaviour = behaviour
        for _ in range(5):
            stream = engine.generate(prompt("Hello"), Sampling(max_tokens=500), request_id="r")
            try:
                await anext(stream)
            except EngineError:
                pass
            await stream.aclose()
    server.behaviour = None
    assert (await partly(engine))[1] is None


async def test_a_server_that_comes_back_may_have_learnt_what_it_refused(
    http: Http, server: FakeServer
) -> None:
    engine = engine_of(http, server)

    async def strict(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        if "stream_options" in body:
            return web.Response(status=422, text="Unexpected: 'stream_options'")
        return await replay(ANSWER)(request, body)

    server.behaviour = strict
    await partly(engine)
    server.behaviour = refuse(500)
    for _ in range(3):
        await partly(engine)
    clock_of(engine).advance(1)
    server.behaviour = None
    assert (await partly(engine))[1] is None
    assert "stream_options" in server.bodies[-1]


# --- several servers -------------------------------------------------------------------------------------


@pytest.fixture
async def pair(http: Http, server: FakeServer) -> AsyncIterator[tuple[OpenAIEngine, FakeServer, FakeServer]]:
    """An engine with two servers: the home of conversation "c", and the other."""
    second = FakeServer()
    await second.start()
    engine = engine_of(http, server, second, slots=2)
    await partly(engine, conversation="c")
    home, other = (server, second) if server.bodies else (second, server)
    home.bodies.clear()
    yield engine, home, other
    await second.close()


async def test_before_the_first_word_another_server_takes_over(
    pair: tuple[OpenAIEngine, FakeServer, FakeServer],
) -> None:
    engine, home, other = pair
    for behaviour in (refuse(500), refuse(503), replay([ROLE], "abort", pause=0.02), replay([])):
        home.behaviour = behaviour
        assert await partly(engine, conversation="c") == ("word " * 4, None)
    assert len(other.bodies) == 4


async def test_after_the_first_word_the_answer_dies_with_its_server_and_the_next_goes_to_another(
    pair: tuple[OpenAIEngine, FakeServer, FakeServer],
) -> None:
    engine, home, other = pair
    home.behaviour = replay(ANSWER[:2], "abort", pause=0.05)
    text, error = await partly(engine, conversation="c")
    assert text and isinstance(error, EngineDead)
    assert not other.bodies
    await home.close()
    assert await partly(engine, conversation="c") == ("word " * 4, None)
    assert len(other.bodies) == 1
    home.behaviour = None
    await home.start()
    clock_of(engine).advance(1)
    assert (await partly(engine, conversation="c"))[1] is None
    assert len(other.bodies) == 1, "home again"


async def test_a_server_with_too_much_in_flight_spills_over(
    pair: tuple[OpenAIEngine, FakeServer, FakeServer],
) -> None:
    engine, home, other = pair
    home.behaviour = ignoring(["word "])
    streams = [
        engine.generate(prompt("Hello"), Sampling(max_tokens=9999), request_id=str(at), conversation="c")
        for at in range(2)
    ]
    for stream in streams:
        await anext(stream)
    assert engine.stats().running == 2
    assert (await partly(engine, conversation="c"))[1] is None
    assert (len(home.bodies), len(other.bodies)) == (2, 1)
    for stream in streams:
        await stream.aclose()
    home.behaviour = None
    await partly(engine, conversation="c")
    assert (len(home.bodies), len(other.bodies)) == (3, 1)


async def test_a_busy_server_spills_over_until_its_time_has_come(
    pair: tuple[OpenAIEngine, FakeServer, FakeServer],
) -> None:
    engine, home, other = pair
    home.behaviour = refuse(429, "", {"Retry-After": "10"})
    for _ in range(3):
        assert (await partly(engine, conversation="c"))[1] is None
    assert (len(home.bodies), len(other.bodies)) == (1, 3)
    clock_of(engine).advance(11)
    home.behaviour = None
    await partly(engine, conversation="c")
    assert len(home.bodies) == 2


async def test_when_one_is_dead_and_one_is_busy_the_turn_waits(
    pair: tuple[OpenAIEngine, FakeServer, FakeServer],
) -> None:
    engine, home, other = pair
    home.behaviour, other.behaviour = refuse(503), refuse(500)
    assert isinstance((await partly(engine, conversation="c"))[1], Overloaded)
    home.behaviour, other.behaviour = refuse(500), refuse(503)
    assert isinstance((await partly(engine, conversation="c"))[1], Overloaded)


async def test_a_prompt_that_is_too_long_is_not_tried_elsewhere(
    pair: tuple[OpenAIEngine, FakeServer, FakeServer],
) -> None:
    engine, home, other = pair
    home.behaviour = refuse(400, "prompt is too long")
    assert isinstance((await partly(engine, conversation="c"))[1], ContextTooLong)
    assert not other.bodies


async def test_health_counts_the_servers_that_are_well(
    pair: tuple[OpenAIEngine, FakeServer, FakeServer],
) -> None:
    engine, home, other = pair
    home.health, other.health = 200, 503
    assert (await engine.health()).sentence == "1 of 2 model servers answer"
    await home.close()
    health = await engine.health()
    assert not health.ready
    assert health.sentence == "0 of 2 model servers answer"


async def test_a_server_that_refuses_our_key_later_is_not_well(http: Http) -> None:
    async def no(request: web.Request) -> web.Response:
        return web.Response(status=403)

    app = web.Application()
    app.router.add_get("/v1/models", no)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        engine = OpenAIEngine(http, [f"http://127.0.0.1:{runner.addresses[0][1]}/v1"], "model")
        assert not (await engine.health()).ready
    finally:
        await runner.cleanup()


async def test_a_kept_connection_that_the_server_closed_is_made_anew(http: Http) -> None:
    answers = 0

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal answers
        body = b"".join(ANSWER)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {len(body)}\r\n\r\n"
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head.encode() + body)
        answers += 1
        await reader.readuntil(b"\r\n\r\n")  # the second request on this connection: gone without an answer
        writer.close()

    server = await asyncio.start_server(once, "127.0.0.1", 0)
    engine = OpenAIEngine(http, [f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"], "model")
    for _ in range(3):
        assert await partly(engine) == (TEXTS[-1], None)
    assert answers == 3
    server.close()
