"""The comments part of the Graph stand-in: reading posts and comments, answering, changing and removing."""

from __future__ import annotations

import asyncio

from aiohttp import web

from .graph_errors import GraphError, no_object, told
from .page_shapes import COMMENT
from .payloads import Json
from .pieces import File
from .posts import Feed
from .shapes import judge
from .whatsapp_calls import fields

_AROUND = ("access_token", "appsecret_proof", "fields")


class CommentCalls:
    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.platform = feed.page

    def knows(self, node: str, edge: str) -> bool:
        return edge in ("", "comments") and (node in self.feed.posts or node in self.feed.comments)

    async def handle(
        self, request: web.Request, node: str, edge: str, body: Json, files: dict[str, File]
    ) -> web.StreamResponse:
        feed, method = self.feed, request.method
        if edge == "comments" and method == "POST":
            return await self._answer(request, node, self._given(request, body))
        if edge == "comments" and method == "GET":
            return web.json_response({"data": self._below(request, node)})
        if method == "GET":
            found = feed.node(node) or {}
            wanted = request.query.get("fields", "created_time,from,message")
            known = found | ({} if node in feed.posts else {"parent": found.get("parent")})
            told_fields = fields(known, wanted, "Post" if node in feed.posts else "Comment")
            return web.json_response({key: value for key, value in told_fields.items() if value is not None})
        comment = feed.comments.get(node)
        if comment is None:
            raise no_object(method, node)
        if method == "DELETE":
            del feed.comments[node]
            return web.json_response({"success": True})
        given = self._given(request, body)
        if "is_hidden" in given:
            comment.hidden = str(given["is_hidden"]).lower() == "true"
        elif comment.author is not None:
            raise GraphError(403, 200, "(#200) Only the author can change a comment")
        else:
            comment.text = str(given.get("message") or comment.text)
        return web.json_response({"success": True})

    def _below(self, request: web.Request, node: str) -> list[Json]:
        """The comments of a post or comment, the oldest first unless asked otherwise."""
        below = [item.id for item in self.feed.comments.values() if item.parent == node]
        if request.query.get("order") == "reverse_chronological":
            below.reverse()
        wanted = request.query.get("fields", "created_time,from,message")
        return [fields(self.feed.node(item) or {}, wanted, "Comment") for item in below]

    async def _answer(self, request: web.Request, node: str, given: Json) -> web.StreamResponse:
        judge(given, COMMENT, "")
        if not given:
            raise GraphError(400, 100, "(#100) Must provide either message or attachment")
        failure = self.platform.faults.next_failure("comments")
        if failure is not None:
            raise told(failure, throughput=32)
        comment = self.feed.answer(node, str(given.get("message", "")))
        await asyncio.sleep(0)
        return await self.platform.answer_send(request, {"id": comment.id})

    def _given(self, request: web.Request, body: Json) -> Json:
        return {key: value for key, value in {**request.query, **body}.items() if key not in _AROUND}
