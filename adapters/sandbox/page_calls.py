"""The Messenger and Instagram part of the Graph stand-in: messages, actions, uploads, profile, threads, people."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from .graph_errors import GraphError, no_object, told
from .page_shapes import FILE_KINDS, PROFILE, PROFILE_FIELDS, judge_call, judge_message, shown
from .pages import PAGE_INBOX, PagePlatform
from .payloads import Json
from .phones import Phone
from .pieces import File, Piece
from .posts import PRIVATE_REPLY, Feed
from .shapes import judge
from .whatsapp_calls import fields

MEGABYTE = 1024 * 1024
FILE_BYTES = 25 * MEGABYTE
INSTAGRAM_IMAGE_BYTES = 8 * MEGABYTE
_CONTROLS = ("pass_thread_control", "take_thread_control", "request_thread_control", "release_thread_control")
_EDGES = frozenset(
    {
        *("", "messages", "message_attachments", "subscribed_apps", "messenger_profile", "thread_owner"),
        *_CONTROLS,
    }
)


class PageCalls:
    """`feed`: where private replies to comments find them; Instagram has none here."""

    def __init__(self, platform: PagePlatform, feed: Feed | None = None) -> None:
        self.platform = platform
        self.feed = feed

    def knows(self, node: str, edge: str) -> bool:
        if node == self.platform.account:
            return edge in _EDGES
        return edge == "" and node in self.platform.phones

    async def handle(
        self, request: web.Request, node: str, edge: str, body: Json, files: dict[str, File]
    ) -> web.StreamResponse:
        platform, method = self.platform, request.method
        if node in platform.phones:
            return self._person(request, platform.phones[node])
        if edge == "messages" and method == "POST":
            return await self._messages(request, body, files)
        if edge == "message_attachments" and method == "POST":
            return self._upload(body, files)
        if edge == "subscribed_apps":
            return self._subscribed(request, body)
        if edge == "messenger_profile":
            return self._profile(request, body)
        if edge == "thread_owner" and method == "GET":
            phone = self._phone(request.query.get("recipient", ""))
            owner = {"app_id": platform.owners.get(phone.id, platform.app_id)}
            return web.json_response({"data": [{"thread_owner": owner}]})
        if edge in _CONTROLS and method == "POST":
            return self._control(edge, body)
        if edge == "" and method == "GET":
            return web.json_response(fields(platform.node(), request.query.get("fields"), "Page"))
        raise GraphError(
            400, 100, f"(#100) Unsupported {method.lower()} request.", kind="GraphMethodException"
        )

    # --- messages ---

    async def _messages(self, request: web.Request, body: Json, files: dict[str, File]) -> web.StreamResponse:
        platform = self.platform
        judge_call(body)
        if "sender_action" in body:
            return self._act(body)
        message = body["message"]
        judge_message(message, limit=platform.text_limit, in_bytes=platform.text_in_bytes)
        piece = self._with_file(shown(message), message, files)
        _fail_if_told(platform, "messages")
        recipient = body["recipient"]
        phone = self._commenter(recipient["comment_id"]) if "comment_id" in recipient else None
        if phone is None:
            phone = self._reachable(recipient.get("id", ""), body)
        reply_to = (body.get("reply_to") or {}).get("mid")
        if reply_to is not None and reply_to not in phone.said and phone.heard(reply_to) is None:
            raise GraphError(400, 100, "(#100) Invalid reply_to message id")
        piece = replace(piece, reply_to=reply_to)
        mid = platform.deliver_message(phone, piece, tag=message.get("metadata"))
        return await platform.answer_send(request, {"recipient_id": phone.id, "message_id": mid})

    def _with_file(self, piece: Piece, message: Json, files: dict[str, File]) -> Piece:
        """The file of an attachment: uploaded beside it, uploaded before, or at an address nobody fetches here."""
        attachment = message.get("attachment") or {}
        if attachment.get("type") not in FILE_KINDS:
            return piece
        payload = attachment.get("payload") or {}
        if "attachment_id" in payload:
            kept = self.platform.files.get(payload["attachment_id"])
            if kept is None:
                raise GraphError(400, 100, "(#100) Attachment does not exist", subcode=2018074)
            return replace(piece, file=kept[1])
        if "filedata" in files:
            return replace(piece, file=self._checked(attachment["type"], files["filedata"]))
        if "url" not in payload:
            raise GraphError(400, 100, "(#100) Upload attachment failure.", subcode=2018047)
        if not payload["url"].startswith("https://"):
            raise GraphError(400, 100, "(#100) Failed to fetch the file from the url", subcode=2018008)
        return piece

    def _checked(self, kind: str, file: File) -> File:
        instagram_image = self.platform.channel == "instagram" and kind == "image"
        if not file.data or len(file.data) > (INSTAGRAM_IMAGE_BYTES if instagram_image else FILE_BYTES):
            raise GraphError(400, 100, "(#100) Attachment size exceeds allowable limit", subcode=2018109)
        if kind != "file" and not file.mime.startswith(f"{kind}/"):
            raise GraphError(400, 100, "(#100) Upload attachment failure.", subcode=2018047)
        return file

    def _act(self, body: Json) -> web.StreamResponse:
        _fail_if_told(self.platform, "actions", message=False)
        phone = self._reachable(body["recipient"].get("id", ""), body)
        action = body["sender_action"]
        if action == "typing_on":
            phone.see_typing()
        elif action == "mark_seen" and phone.said:
            phone.see_read(next(reversed(phone.said)))
        elif action in ("react", "unreact"):
            mid = body["payload"]["message_id"]
            if mid not in phone.said and phone.heard(mid) is None:
                raise GraphError(400, 100, "(#100) Invalid message id")
            phone.see_reaction(mid, body["payload"]["reaction"] if action == "react" else None)
        return web.json_response({"recipient_id": phone.id})

    def _phone(self, psid: str) -> Phone:
        phone = self.platform.phones.get(psid)
        if phone is None:
            raise GraphError(400, 100, "(#100) No matching user found", subcode=2018001)
        return phone

    def _reachable(self, psid: str, body: Json) -> Phone:
        phone = self._phone(psid)
        if phone.blocked:
            raise GraphError(400, 551, "(#551) This person isn't available right now.", subcode=1545041)
        if not self.platform.ours(phone):
            said = "(#10) Message not sent: Another app is controlling this thread now."
            raise GraphError(400, 10, said, subcode=2018300)
        if phone.window_closed and body.get("tag") != "HUMAN_AGENT":
            code = 2534022 if self.platform.channel == "instagram" else 2018278
            raise GraphError(400, 10, "(#10) This message is sent outside of allowed window.", subcode=code)
        return phone

    def _commenter(self, comment_id: str) -> Phone:
        """Who gets a private reply: once, and within seven days."""
        comment = self.feed.comments.get(comment_id) if self.feed is not None else None
        if comment is None or comment.author is None:
            raise GraphError(400, 100, "(#100) Invalid comment_id parameter", subcode=2018292)
        if comment.answered_privately:
            raise GraphError(400, 10900, "(#10900) Activity already replied to")
        if self.platform.clock.now() - comment.at > PRIVATE_REPLY:
            raise GraphError(400, 10903, "(#10903) This user cant reply to this activity")
        comment.answered_privately = True
        return comment.author

    # --- uploads, profile, threads ---

    def _upload(self, body: Json, files: dict[str, File]) -> web.StreamResponse:
        _fail_if_told(self.platform, "media", message=False)
        message = body.get("message")
        attachment = message.get("attachment") if isinstance(message, dict) else None
        kind = attachment.get("type") if isinstance(attachment, dict) else None
        if kind not in FILE_KINDS:
            raise GraphError(400, 100, "(#100) param message[attachment] must be a file")
        if "filedata" not in files:
            raise GraphError(400, 100, "(#100) Upload attachment failure.", subcode=2018047)
        file = self._checked(str(kind), files["filedata"])
        return web.json_response({"attachment_id": self.platform.keep(FILE_KINDS[str(kind)], file)})

    def _subscribed(self, request: web.Request, body: Json) -> web.StreamResponse:
        platform = self.platform
        if request.method == "GET":
            app = {"name": "Sandbox", "id": platform.app_id, "subscribed_fields": platform.subscribed or []}
            return web.json_response({"data": [app] if platform.subscribed else []})
        if request.method == "DELETE":
            platform.subscribed = []
            return web.json_response({"success": True})
        wanted = body.get("subscribed_fields") or request.query.get("subscribed_fields")
        names = wanted if isinstance(wanted, list) else str(wanted or "").split(",")
        names = [name.strip() for name in names if name.strip()]
        if not names:
            raise GraphError(400, 100, "(#100) The parameter subscribed_fields is required.")
        platform.subscribed = sorted({*(platform.subscribed or []), *names})
        return web.json_response({"success": True})

    def _profile(self, request: web.Request, body: Json) -> web.StreamResponse:
        platform = self.platform
        if request.method == "GET":
            wanted = request.query.get("fields", "").split(",")
            found = {key: value for key, value in platform.profile.items() if key in wanted}
            return web.json_response({"data": [found] if found else []})
        if request.method == "DELETE":
            for name in body.get("fields") or []:
                if name not in PROFILE_FIELDS:
                    raise GraphError(
                        400, 100, f"(#100) Param fields must be one of {', '.join(PROFILE_FIELDS)}"
                    )
                platform.profile.pop(name, None)
            return web.json_response({"result": "success"})
        given = {key: value for key, value in body.items() if key not in ("access_token", "appsecret_proof")}
        judge(given, PROFILE, "")
        started = {**platform.profile, **given}
        if "persistent_menu" in given and "get_started" not in started:
            said = "(#100) You must set a Get Started button if you also wish to use persistent menu"
            raise GraphError(400, 100, said, subcode=2018145)
        platform.profile |= {key: value for key, value in given.items() if key != "platform"}
        return web.json_response({"result": "success"})

    def _control(self, edge: str, body: Json) -> web.StreamResponse:
        recipient = body.get("recipient")
        phone = self._phone(str(recipient.get("id", "")) if isinstance(recipient, dict) else "")
        if edge == "pass_thread_control":
            target = str(body.get("target_app_id", ""))
            if not target:
                raise GraphError(400, 100, "(#100) The parameter target_app_id is required.")
            if not self.platform.ours(phone):
                raise GraphError(400, 10, "(#10) You are not the owner of this thread.", subcode=2018300)
            self.platform.owners[phone.id] = target
        elif edge == "take_thread_control":
            self.platform.owners.pop(phone.id, None)
        elif edge == "release_thread_control":
            self.platform.owners[phone.id] = PAGE_INBOX
        return web.json_response({"success": True})

    def _person(self, request: web.Request, phone: Phone) -> web.StreamResponse:
        if request.method != "GET":
            raise no_object(request.method, phone.id)
        first, _, last = phone.name.partition(" ")
        found: Json = {"first_name": first, "last_name": last, "name": phone.name, "locale": phone.locale}
        found["profile_pic"] = f"{self.platform.graph_url}/cdn/profile/{phone.id}"
        if self.platform.channel == "instagram":
            found["username"] = phone.username or first.lower()
        wanted = request.query.get("fields")
        shown_fields = fields(found | {"id": phone.id}, wanted, "User")
        return web.json_response({key: value for key, value in shown_fields.items() if value})


def _fail_if_told(platform: PagePlatform, call: str, *, message: bool = True) -> None:
    failure = platform.faults.next_failure(call, message=message)
    if failure is not None:
        raise told(failure, throughput=613)
