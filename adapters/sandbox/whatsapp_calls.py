"""The WhatsApp part of the Graph stand-in: messages, media, the number, the account, and what a token may do."""

from __future__ import annotations

import hmac
from dataclasses import replace

from aiohttp import web

from .graph_errors import GraphError, no_object, told, whatsapp_error
from .meta import WhatsApp
from .params import units
from .payloads import Json
from .phones import Phone
from .pieces import File, Piece
from .whatsapp_media import MIMES, Attachment, check_upload
from .whatsapp_shapes import OPAQUE_LIMIT, judge_message, judge_read, shown, template_text

URL_SECONDS = 300
# GET /{phone_number_id}?fields=…: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status
# Further fields of a number that may be asked for and have no value here.
_EMPTY = frozenset(
    {
        *("conversational_automation", "quality_score", "new_name_status", "is_on_biz_app", "is_pin_enabled"),
        *("is_preverified_number", "search_visibility", "eligibility_for_api_business_global_search"),
        *("certificate", "new_certificate", "last_onboarded_time", "country_code", "country_dial_code"),
        *("whatsapp_business_manager_messaging_limit", "username", "whatsapp_business_account"),
    }
)
_ACCOUNT_EDGES = frozenset({"subscribed_apps", "phone_numbers"})
_NUMBER_EDGES = frozenset({"messages", "media", "register", "conversational_automation"})


class WhatsAppCalls:
    def __init__(self, platform: WhatsApp) -> None:
        self.platform = platform

    def knows(self, node: str, edge: str) -> bool:
        platform = self.platform
        if node == platform.phone_number_id:
            return edge in ("", *_NUMBER_EDGES)
        if node == platform.business_account:
            return edge in ("", *_ACCOUNT_EDGES)
        return edge == "" and node in platform.media

    async def handle(
        self, request: web.Request, node: str, edge: str, body: Json, files: dict[str, File]
    ) -> web.StreamResponse:
        platform, method = self.platform, request.method
        if node in platform.media:
            return self._media(request, platform.media[node])
        if edge == "messages" and method == "POST":
            return await self._messages(request, body)
        if edge == "media" and method == "POST":
            return self._upload(body, files)
        if edge == "subscribed_apps":
            return self._subscribed(method, body)
        if edge == "phone_numbers":
            return web.json_response(
                {"data": [fields(platform.node(), "display_phone_number,verified_name", "")]}
            )
        if edge in ("register", "conversational_automation") and method == "POST":
            return web.json_response({"success": True})
        if edge == "" and method == "GET":
            found = platform.node() if node == platform.phone_number_id else platform.account_node()
            wanted = request.query.get("fields")
            return web.json_response(fields(found, wanted, "WhatsAppBusinessPhoneNumber", _EMPTY))
        if edge == "" and method == "POST" and node == platform.phone_number_id:
            return web.json_response({"success": True})
        raise GraphError(
            400, 100, f"(#100) Unsupported {method.lower()} request.", kind="GraphMethodException"
        )

    # --- messages ---

    async def _messages(self, request: web.Request, body: Json) -> web.StreamResponse:
        platform = self.platform
        if body.get("messaging_product") != "whatsapp":
            raise GraphError(400, 100, "(#100) The parameter messaging_product is required.")
        if "status" in body:
            return self._read(body)
        to = _recipient(body)
        opaque = body.get("biz_opaque_callback_data")
        if opaque is not None and (not isinstance(opaque, str) or units(opaque) > OPAQUE_LIMIT):
            raise GraphError(
                400, 100, f"(#100) Param biz_opaque_callback_data must be at most {OPAQUE_LIMIT} characters"
            )
        kind = judge_message(body)
        piece, trouble = self._piece(kind, body)
        _fail_if_told(platform, "messages")
        phone = self._reachable(to, kind)
        context = body.get("context") or {}
        if kind == "reaction":
            wamid = self._react(phone, body["reaction"])
        else:
            piece = replace(piece, reply_to=context.get("message_id"))
            wamid = platform.deliver_message(phone, piece, tag=opaque, trouble=trouble)
        contact = {
            "input": to,
            "user_id" if to == phone.user_id else "wa_id": to if to == phone.user_id else phone.id,
        }
        return await platform.answer_send(
            request,
            {
                "messaging_product": "whatsapp",
                "contacts": [contact],
                "messages": [{"id": wamid, "message_status": "accepted"}],
            },
        )

    def _piece(self, kind: str, body: Json) -> tuple[Piece, Json | None]:
        """What the phone would show, and the error that a status reports later instead."""
        if kind == "reaction":
            return Piece(), None
        piece = shown(kind, body)
        if kind == "template":
            return replace(piece, text=template_text(body[kind], self.platform.templates)), None
        if kind not in MIMES or "id" not in body[kind]:
            return piece, None
        attachment = self.platform.media.get(body[kind]["id"])
        if attachment is None:
            said = f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID"
            raise GraphError(400, 100, "(#100) Invalid parameter", details=said)
        file = attachment.file
        piece = replace(piece, file=replace(file, name=body[kind].get("filename") or file.name))
        if file.mime.partition(";")[0] in MIMES[kind]:
            return piece, None
        return piece, {"code": 131053, "title": "Media upload error", "details": f"{file.mime} is no {kind}"}

    def _reachable(self, to: str, kind: str) -> Phone:
        phone = self.platform.find(to)
        if phone is None:
            raise whatsapp_error(
                131030, "Recipient phone number not in allowed list", "No such phone in the sandbox."
            )
        if phone.blocked:
            raise whatsapp_error(131026, "Message undeliverable", "Message Undeliverable.")
        if phone.window_closed and kind != "template":
            raise whatsapp_error(
                131047,
                "Re-engagement message",
                "More than 24 hours have passed since the customer last replied to this number.",
            )
        return phone

    def _react(self, phone: Phone, reaction: Json) -> str:
        target = reaction["message_id"]
        if target not in phone.said and phone.heard(target) is None:
            raise whatsapp_error(131009, "Parameter value is not valid", "Message ID is invalid.")
        phone.see_reaction(target, reaction["emoji"] or None)
        return self.platform.new_id(phone)

    def _read(self, body: Json) -> web.StreamResponse:
        judge_read(body)
        wamid = body["message_id"]
        phone = next((phone for phone in self.platform.phones.values() if wamid in phone.said), None)
        if phone is None:
            raise whatsapp_error(131009, "Parameter value is not valid", "Message ID is invalid.")
        _fail_if_told(self.platform, "actions", message=False)
        phone.see_read(wamid)
        if "typing_indicator" in body:
            phone.see_typing()
        return web.json_response({"success": True})

    # --- media ---

    def _upload(self, body: Json, files: dict[str, File]) -> web.StreamResponse:
        if body.get("messaging_product") != "whatsapp":
            raise GraphError(400, 100, "(#100) The parameter messaging_product is required.")
        _fail_if_told(self.platform, "media", message=False)
        file = files.get("file")
        if file is None:
            raise GraphError(400, 100, "(#100) The parameter file is required.")
        checked = check_upload(file, str(body.get("type") or ""))
        return web.json_response({"id": self.platform.keep(checked)})

    def _media(self, request: web.Request, attachment: Attachment) -> web.StreamResponse:
        platform = self.platform
        number = request.query.get("phone_number_id")
        if number not in (None, platform.phone_number_id):
            raise no_object(request.method, attachment.id)
        if request.method == "DELETE":
            del platform.media[attachment.id]
            return web.json_response({"success": True})
        _fail_if_told(platform, "media", message=False)
        until = int(platform.clock.now().timestamp()) + URL_SECONDS
        proof = platform.url_proof(attachment.id, until)
        path = f"whatsapp_business/attachments/?mid={attachment.id}&source=getMedia&ext={until}&hash={proof}"
        return web.json_response(
            {
                "url": f"{platform.graph_url}/{path}",
                "mime_type": attachment.file.mime,
                "sha256": attachment.file.sha256.hex(),
                "file_size": len(attachment.file.data),
                "id": attachment.id,
                "messaging_product": "whatsapp",
            }
        )

    def download(self, request: web.Request, token: str) -> web.StreamResponse:
        """The file behind a media url: five minutes long, and only with the token; a plain GET gets no media."""
        platform = self.platform
        if not hmac.compare_digest(token.encode("utf-8", "replace"), platform.access_token.encode()):
            return web.Response(status=401, text="<html>Unauthorized</html>", content_type="text/html")
        attachment = platform.media.get(request.query.get("mid", ""))
        until = request.query.get("ext", "")
        if (
            attachment is None
            or not until.isdigit()
            or request.query.get("hash") != platform.url_proof(attachment.id, int(until))
            or int(until) < platform.clock.now().timestamp()
        ):
            return web.Response(
                status=404, text="<html>URL signature expired</html>", content_type="text/html"
            )
        mime = attachment.file.mime.partition(";")[0]
        return web.Response(body=attachment.file.data, content_type=mime)

    # --- the account ---

    def _subscribed(self, method: str, body: Json) -> web.StreamResponse:
        platform = self.platform
        if method == "GET":
            app = {
                "link": "https://www.facebook.com/games/?app_id=1",
                "name": "Sandbox",
                "id": platform.app_id,
            }
            data = [{"whatsapp_business_api_data": app}] if platform.subscribed else []
            return web.json_response({"data": data})
        platform.subscribed = method == "POST"
        return web.json_response({"success": True})


def fields(found: Json, wanted: str | None, node_type: str, empty: frozenset[str] = frozenset()) -> Json:
    """The fields that were asked for; what the node does not have is an error, as at Meta. `empty`: known, no value."""
    if wanted is None:
        return found
    names = [name.partition("{")[0].strip() for name in _split(wanted)]
    for name in names:
        if name not in found and name not in empty:
            said = f"(#100) Tried accessing nonexisting field ({name}) on node type ({node_type})"
            raise GraphError(400, 100, said)
    return {key: value for key, value in found.items() if key in names or key == "id"}


def _split(wanted: str) -> list[str]:
    """The names between commas, a nested {…} belonging to the one before it."""
    found, depth = [""], 0
    for character in wanted:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "," and depth == 0:
            found.append("")
        else:
            found[-1] += character
    return [name for name in found if name]


def _recipient(body: Json) -> str:
    to = body.get("to") or body.get("recipient")
    if not isinstance(to, str) or not to:
        raise GraphError(400, 100, "(#100) The parameter to is required.")
    if body.get("recipient_type", "individual") == "group":
        raise whatsapp_error(131215, "Groups not eligible", "The sandbox has no groups.")
    return to


def _fail_if_told(platform: WhatsApp, call: str, *, message: bool = True) -> None:
    failure = platform.faults.next_failure(call, message=message)
    if failure is not None:
        raise told(failure, throughput=130429)
