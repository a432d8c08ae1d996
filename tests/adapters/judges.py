"""The judges of what our adapters send, one for each channel: each names what is wrong with a call, or nothing.

A judge that is not here (its files, its library) is left out; test_outbound_judges.py says which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from adapters.sandbox import page_shapes, whatsapp_shapes
from adapters.sandbox.graph_errors import GraphError
from assistant.channel import Channel
from tests.adapters.meta_spec import OPENAPI, judge_by_examples, judge_by_schema
from tests.adapters.recorder import Recorded
from tests.adapters.telegram_spec import FOLDER, judge_call


def judged(channel: Channel, calls: list[Recorded]) -> None:
    """Every judge of the channel is content with every call."""
    assert calls, "nothing was sent"
    judge = {
        "telegram": telegram_complaints,
        "whatsapp": whatsapp_complaints,
        "whatsappagent": agent_complaints,
        "messenger": page_complaints,
        "instagram": page_complaints,
        "comments": comment_complaints,
    }[channel.name]
    for call in calls:
        assert list(judge(call)) == [], f"{call.method} {call.name}"


def telegram_complaints(call: Recorded) -> Iterator[str]:
    if FOLDER.is_dir():
        yield from judge_call(call.name, call.params, call.files)
    yield from aiogram_complaints(call.name, call.params, call.files)


def aiogram_complaints(name: str, params: dict[str, Any], files: dict[str, bytes]) -> Iterator[str]:
    """What aiogram's model of the method refuses or does not know."""
    try:
        from aiogram import methods
    except ImportError:
        return
    from pydantic import BaseModel, ValidationError

    model = next((item for key, item in vars(methods).items() if key.lower() == name.lower()), None)
    if model is None:
        yield f"{name}: aiogram knows no such method"
        return
    given = {key: f"attach://{key}" for key in files if key in model.model_fields} | params
    try:
        made = model.model_validate(given)
    except ValidationError as error:
        yield from (f"{name}: {item['loc']} {item['msg']}" for item in error.errors())
        return

    def unknown(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, BaseModel):
            yield from (f"{path}.{key} is unknown to aiogram" for key in value.model_extra or {})
            for key in type(value).model_fields:
                yield from unknown(getattr(value, key), f"{path}.{key}")
        elif isinstance(value, list):
            for item in value:
                yield from unknown(item, path)

    yield from unknown(made, name)


def whatsapp_complaints(call: Recorded) -> Iterator[str]:
    if call.name == "media" and call.method == "POST":
        yield from upload_complaints(call)
    if call.name != "messages":
        return
    if "status" not in call.params:
        yield from limit_complaints(call.params)
    if call.params.get("interactive", {}).get("type") == "cta_url":
        return  # Meta has neither an example nor a right schema of it
    yield from judge_by_examples(call.params)
    if "status" not in call.params and OPENAPI.is_file():
        yield from judge_by_schema(call.params)


def agent_complaints(call: Recorded) -> Iterator[str]:
    """The Agent Platform takes fewer types, and nothing that the Cloud API has beside them."""
    if call.name == "media" and call.method == "POST":
        yield from upload_complaints(call)
    if call.name == "statuses":
        yield from judge_by_examples(call.params)
    if call.name == "messages":
        yield from judge_by_examples(call.params)
        yield from limit_complaints(call.params)
        if call.params.get("type") not in ("text", "image", "audio", "video", "document", "sticker"):
            yield f"type: {call.params.get('type')}"
        if call.params.keys() & {"biz_opaque_callback_data", "recipient"}:
            yield "what only the Cloud API has"
        if not str(call.params.get("to", "")).startswith("user:"):
            yield "to: not the creator"


def limit_complaints(message: dict[str, Any]) -> Iterator[str]:
    """The stand-in's reading of the Cloud API's limits, which Meta's schemas leave out."""
    try:
        whatsapp_shapes.judge_message(message)
    except GraphError as error:
        yield json.dumps(error.body["error"])


def upload_complaints(call: Recorded) -> Iterator[str]:
    """Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media"""
    if call.params.get("messaging_product") != "whatsapp" or "type" not in call.params:
        yield "media: messaging_product and type belong to every upload"
    if list(call.files) != ["file"] or not call.files["file"]:
        yield "media: one file named file"


def page_complaints(call: Recorded) -> Iterator[str]:
    """The stand-in's reading of the Send API, which is not the adapter's."""
    body = {
        key: value for key, value in call.params.items() if key not in ("appsecret_proof", "access_token")
    }
    try:
        if call.name == "messages":
            page_shapes.judge_call(body)
            if "message" in body and not call.files:
                page_shapes.judge_message(body["message"], limit=2000, in_bytes=False)
        elif call.name == "message_attachments" and list(call.files) != ["filedata"]:
            yield "message_attachments: one file named filedata"
    except GraphError as error:
        yield str(error)


def comment_complaints(call: Recorded) -> Iterator[str]:
    if call.name != "comments":
        yield from page_complaints(call)
        return
    known = {"message", "attachment_url", "attachment_id", "appsecret_proof"}
    yield from (f"comments: unknown {name}" for name in call.params.keys() - known)
