"""A Page's comments: what people write under posts arrives as a feed, and the Page answers in public or once in private."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox import Phone, Sandbox

from .listener import Listener
from .test_pages import call


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    return sandbox.phone("messenger", "Ana")


def newest(listener: Listener) -> Any:
    received = listener.received[-1]
    assert received.channel == "messenger", "a Page's feed arrives where its messages do"
    (change,) = received.json["entry"][0]["changes"]
    assert change["field"] == "feed"
    return change["value"]


async def test_a_comment_is_written_changed_hidden_and_removed(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    feed = sandbox.feed
    post = feed.publish("We open at nine")
    comment = await feed.write(ana, "@Sandbox on Sundays too?", under=post)
    value = newest(listener)
    assert (value["item"], value["verb"], value["comment_id"]) == ("comment", "add", comment)
    assert (value["post_id"], value["parent_id"], value["message"]) == (
        post,
        post,
        "@Sandbox on Sundays too?",
    )
    assert value["from"] == {"id": ana.id, "name": "Ana"}
    assert listener.received[-1].json["entry"][0]["time"] < 10_000_000_000, (
        "seconds, as for every feed change"
    )
    await feed.edit(comment, "on Sundays?")
    assert (newest(listener)["verb"], newest(listener)["message"]) == ("edited", "on Sundays?")
    await feed.hide(comment)
    assert newest(listener)["verb"] == "hide"
    await feed.remove(comment)
    assert (newest(listener)["verb"], "message" in newest(listener)) == ("remove", False)
    await feed.like(ana, post)
    assert newest(listener)["item"] == "reaction"


async def test_the_page_answers_in_public_and_hears_itself(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    feed, page = sandbox.feed, sandbox.messenger
    post = feed.publish("We open at nine")
    comment = await feed.write(ana, "on Sundays too?", under=post)
    status, answer = await call(sandbox, page, f"{comment}/comments", {"message": "Yes"})
    assert status == 200
    heard = await ana.wait_reply(1)
    assert (heard.external_id, heard.text, heard.reply_to, heard.piece.public) == (
        answer["id"],
        "Yes",
        comment,
        True,
    )
    await listener.until(2)
    own = newest(listener)
    assert (own["from"]["id"], own["comment_id"], own["parent_id"]) == (page.page_id, answer["id"], comment)
    reply = await feed.write(ana, "great", under=answer["id"])
    assert newest(listener)["parent_id"] == comment, "Facebook keeps two levels"
    fields = "message,from,parent{message,from},created_time"
    _, told = await call(sandbox, page, f"{reply}?fields={fields}", method="GET")
    assert (told["message"], told["parent"]["message"]) == ("great", "on Sundays too?")
    _, told = await call(sandbox, page, f"{post}?fields=message,permalink_url,from", method="GET")
    assert told["message"] == "We open at nine"
    assert (await call(sandbox, page, f"{answer['id']}", {"message": "Yes!"}))[0] == 200
    assert feed.comments[answer["id"]].text == "Yes!"
    assert (await call(sandbox, page, answer["id"], method="DELETE"))[1] == {"success": True}
    assert (await call(sandbox, page, f"{answer['id']}/comments", {"message": "x"}))[1] == (100, 33)


async def test_what_is_refused_as_a_comment(sandbox: Sandbox, listener: Listener, ana: Phone) -> None:
    feed, page = sandbox.feed, sandbox.messenger
    comment = await feed.write(ana, "hi", under=feed.publish("We open at nine"))
    path = f"{comment}/comments"
    for body in ({}, {"message": ""}, {"message": "x" * 8001}, {"message": "x", "colour": "red"}):
        assert (await call(sandbox, page, path, body))[0] == 400
    page.faults.fail_next(429, code=32, call="comments")
    assert (await call(sandbox, page, path, {"message": "x"}))[1] == (32, None)
    assert (await call(sandbox, page, comment, {"message": "x"}))[1] == (200, None), "not ours to change"
    assert ana.inbox == []


async def test_a_private_answer_goes_once_and_within_a_week(
    sandbox: Sandbox, listener: Listener, ana: Phone
) -> None:
    feed, page = sandbox.feed, sandbox.messenger
    post = feed.publish("We open at nine")
    comment = await feed.write(ana, "hi", under=post)
    body = {"recipient": {"comment_id": comment}, "message": {"text": "in private"}}
    status, answer = await call(sandbox, page, f"{page.page_id}/messages", body)
    assert (status, answer["recipient_id"]) == (200, ana.id)
    assert (ana.inbox[0].text, ana.inbox[0].piece.public) == ("in private", False)
    assert (await call(sandbox, page, f"{page.page_id}/messages", body))[1] == (10900, None)
    body["recipient"]["comment_id"] = "1_2"
    assert (await call(sandbox, page, f"{page.page_id}/messages", body))[1] == (100, 2018292)
    late = await feed.write(ana, "late", under=post)
    feed.comments[late].at -= timedelta(days=8)
    body["recipient"]["comment_id"] = late
    assert (await call(sandbox, page, f"{page.page_id}/messages", body))[1] == (10903, None)


async def test_a_comment_under_a_picture(sandbox: Sandbox, listener: Listener) -> None:
    comment = await sandbox.instagram.comment(sandbox.phone("instagram", "Leo"), "nice")
    (change,) = listener.received[-1].json["entry"][0]["changes"]
    assert (change["field"], change["value"]["id"], change["value"]["text"]) == ("comments", comment, "nice")
