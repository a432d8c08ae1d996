"""Stand-in of Meta's Graph API: the send calls of WhatsApp and Messenger, with real answers and real error bodies."""

from __future__ import annotations

import hmac
import re

from aiohttp import web

from .graph_errors import GraphError, bad_token, refusal, told, whatsapp_error
from .meta import Messenger, MetaPlatform, WhatsApp
from .params import form_or_json, units
from .payloads import Json
from .phones import Phone
from .platform import Call

WHATSAPP_TEXT_LIMIT = 4096
OPAQUE_LIMIT = 512
MESSENGER_TEXT_LIMIT = 2000
METADATA_LIMIT = 1000
MAX_BODY_BYTES = 1024 * 1024

_VERSION = re.compile(r"v\d+\.\d+")
_WHATSAPP_TYPES = frozenset(
    {
        *("text", "image", "audio", "video", "document", "sticker", "location", "contacts"),
        *("interactive", "template", "reaction"),
    }
)
_MESSAGING_TYPES = frozenset({"RESPONSE", "UPDATE", "MESSAGE_TAG"})
_NESTED = frozenset({"context", "message", "recipient", "reply_to", "text", "typing_indicator"})
_SENDER_ACTIONS = frozenset({"typing_on", "typing_off", "mark_seen"})


class Graph:
    """The HTTP side of the two Meta platforms. `application()` can stand on a port of its own or under a prefix."""

    def __init__(self, *, whatsapp: WhatsApp, messenger: Messenger) -> None:
        self.whatsapp = whatsapp
        self.messenger = messenger

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_post("/{version}/{node}/messages", self._messages)
        app.router.add_post("/{version}/{node}/subscribed_apps", self._subscribe)
        app.router.add_get("/{version}/{node}", self._probe)
        app.router.add_route("*", "/{tail:.*}", self._unknown)
        return app

    # --- routes ---

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        try:
            platform = self._platform(request)
            body = await _body(request)
            platform.calls.append(Call(path=f"/{request.match_info['node']}/messages", params=body))
            if isinstance(platform, WhatsApp):
                return await self._whatsapp(request, platform, body)
            return await self._messenger(request, self.messenger, body)
        except GraphError as error:
            return refusal(error)

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        try:
            self._platform(request)
        except GraphError as error:
            return refusal(error)
        return web.json_response({"success": True})

    async def _probe(self, request: web.Request) -> web.StreamResponse:
        try:
            node = request.match_info["node"]
            person = self.messenger.phones.get(node)
            if person is not None:
                self._check(request, self.messenger)
                found: Json = {
                    "first_name": person.name,
                    "name": person.name,
                    "locale": person.locale,
                    "id": person.id,
                }
            else:
                found = self._platform(request).node()
        except GraphError as error:
            return refusal(error)
        wanted = request.query.get("fields")
        if wanted is not None:
            found = {key: value for key, value in found.items() if key in wanted.split(",") or key == "id"}
        return web.json_response(found)

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["tail"]
        return refusal(GraphError(400, 2500, f"Unknown path components: {path}"))

    # --- who is called, and may they? ---

    def _platform(self, request: web.Request) -> MetaPlatform:
        """The platform whose account the path names; its token is checked."""
        node = request.match_info["node"]
        if not _VERSION.fullmatch(request.match_info["version"]):
            raise GraphError(400, 2500, f"Unknown path components: /{node}")
        for platform in (self.whatsapp, self.messenger):
            if node == platform.account or (node == "me" and platform is self.messenger):
                self._check(request, platform)
                return platform
        if not any(_same(_token(request), known.access_token) for known in (self.whatsapp, self.messenger)):
            raise bad_token()
        raise GraphError(
            400,
            100,
            f"Unsupported {request.method.lower()} request. Object with ID '{node}' does not exist, cannot be loaded "
            "due to missing permissions, or does not support this operation",
            subcode=33,
            kind="GraphMethodException",
        )

    def _check(self, request: web.Request, platform: MetaPlatform) -> None:
        if not _same(_token(request), platform.access_token):
            raise bad_token()
        proof = request.query.get("appsecret_proof")
        if proof is not None and not platform.proof_fits(proof):
            raise GraphError(
                400, 100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException"
            )

    # --- WhatsApp ---

    async def _whatsapp(self, request: web.Request, platform: WhatsApp, body: Json) -> web.StreamResponse:
        if body.get("messaging_product") != "whatsapp":
            raise GraphError(400, 100, "(#100) The parameter messaging_product is required.")
        if "status" in body:
            return self._whatsapp_read(platform, body)
        to = _whatsapp_recipient(body)
        text = _whatsapp_text(body)
        opaque = body.get("biz_opaque_callback_data")
        if opaque is not None and (not isinstance(opaque, str) or units(opaque) > OPAQUE_LIMIT):
            raise GraphError(
                400, 100, f"(#100) Param biz_opaque_callback_data must be at most {OPAQUE_LIMIT} characters"
            )
        _fail_if_told(platform)
        phone = platform.find(to)
        if phone is None:
            raise whatsapp_error(
                131030, "Recipient phone number not in allowed list", "No such phone in the sandbox."
            )
        if phone.blocked:
            raise whatsapp_error(131026, "Message undeliverable", "Message Undeliverable.")
        if phone.window_closed:
            raise whatsapp_error(
                131047,
                "Re-engagement message",
                "More than 24 hours have passed since the customer last replied to this number.",
            )
        wamid = platform.deliver_message(
            phone, text, tag=opaque, reply_to=_inner(body, "context", "message_id")
        )
        contact = (
            {"input": to, "user_id": phone.user_id}
            if to == phone.user_id
            else {"input": to, "wa_id": phone.id}
        )
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": wamid, "message_status": "accepted"}],
        }
        return await platform.answer_send(request, answer)

    def _whatsapp_read(self, platform: WhatsApp, body: Json) -> web.StreamResponse:
        if body["status"] != "read":
            raise GraphError(400, 100, "(#100) Param status must be one of {READ} - got something else.")
        wamid = body.get("message_id")
        if not isinstance(wamid, str) or not wamid:
            raise GraphError(400, 100, "(#100) The parameter message_id is required.")
        phone = next((phone for phone in platform.phones.values() if wamid in phone.said), None)
        if phone is None:
            raise whatsapp_error(131009, "Parameter value is not valid", "Message ID is invalid.")
        indicator = body.get("typing_indicator")
        if indicator is not None and _inner(body, "typing_indicator", "type") != "text":
            raise GraphError(400, 100, "(#100) Param typing_indicator['type'] must be one of {TEXT}")
        phone.see_read(wamid)
        if indicator is not None:
            phone.see_typing()
        return web.json_response({"success": True})

    # --- Messenger ---

    async def _messenger(self, request: web.Request, platform: Messenger, body: Json) -> web.StreamResponse:
        psid = _inner(body, "recipient", "id")
        if psid is None:
            raise GraphError(400, 100, "(#100) The parameter recipient is required")
        kind = body.get("messaging_type", "RESPONSE")
        if kind not in _MESSAGING_TYPES:
            raise GraphError(
                400, 100, f"(#100) Param messaging_type must be one of {_braced(_MESSAGING_TYPES)}"
            )
        action, message = body.get("sender_action"), body.get("message")
        if (action is None) == (message is None):
            raise GraphError(400, 100, "(#100) Exactly one of message and sender_action is required")
        if action is not None and action not in _SENDER_ACTIONS:
            raise GraphError(
                400, 100, f"(#100) Param sender_action must be one of {_braced(_SENDER_ACTIONS)}"
            )
        text, metadata = _messenger_text(message) if action is None else ("", None)
        if action is None:
            _fail_if_told(platform)
        phone = platform.phones.get(psid)
        if phone is None:
            raise GraphError(400, 100, "(#100) No matching user found", subcode=2018001)
        if phone.blocked:
            raise GraphError(400, 551, "(#551) This person isn't available right now.", subcode=1545041)
        if phone.window_closed:
            raise GraphError(
                400, 10, "(#10) This message is sent outside of allowed window.", subcode=2018278
            )
        if action is not None:
            _act(phone, action)
            return web.json_response({"recipient_id": psid})
        mid = platform.deliver_message(phone, text, tag=metadata, reply_to=_inner(body, "reply_to", "mid"))
        return await platform.answer_send(request, {"recipient_id": psid, "message_id": mid})


# --- reading a request -----------------------------------------------------------------------------------


async def _body(request: web.Request) -> Json:
    body = await form_or_json(request, _NESTED)
    if body is None:
        raise GraphError(400, 100, "(#100) Invalid parameter")
    return body


def _token(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else request.query.get("access_token", "")


def _whatsapp_recipient(body: Json) -> str:
    to = body.get("to") or body.get("recipient")
    if not isinstance(to, str) or not to:
        raise GraphError(400, 100, "(#100) The parameter to is required.")
    if body.get("recipient_type", "individual") != "individual":
        raise whatsapp_error(131215, "Groups not eligible", "The sandbox has no groups.")
    return to


def _whatsapp_text(body: Json) -> str:
    kind = body.get("type", "text")
    if kind not in _WHATSAPP_TYPES:
        raise GraphError(400, 100, f"(#100) Param type must be one of {_braced(_WHATSAPP_TYPES)}")
    if kind != "text":
        raise whatsapp_error(131051, "Unsupported message type", "The sandbox takes text messages only.")
    text = _inner(body, "text", "body")
    if text is None or not text.strip():
        raise whatsapp_error(131008, "Required parameter is missing", "Parameter 'text.body' is mandatory.")
    if units(text) > WHATSAPP_TEXT_LIMIT:
        raise GraphError(
            400, 100, f"(#100) Param text['body'] must be at most {WHATSAPP_TEXT_LIMIT} characters long."
        )
    return text


def _messenger_text(message: object) -> tuple[str, str | None]:
    text = message.get("text") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(text, str) or not text.strip():
        raise GraphError(400, 100, "(#100) param message must be non-empty.")
    if units(text) > MESSENGER_TEXT_LIMIT:
        raise GraphError(
            400,
            100,
            f"(#100) Length of param message[text] must be less than or equal to {MESSENGER_TEXT_LIMIT}",
        )
    metadata = message.get("metadata")
    if metadata is not None and (not isinstance(metadata, str) or units(metadata) > METADATA_LIMIT):
        raise GraphError(
            400,
            100,
            f"(#100) Length of param message[metadata] must be less than or equal to {METADATA_LIMIT}",
        )
    return text, metadata


def _inner(body: Json, outer: str, inner: str) -> str | None:
    """A text inside an object of the body; None when either is missing or of another type."""
    found = body.get(outer)
    value = found.get(inner) if isinstance(found, dict) else None
    return value if isinstance(value, str) and value else None


def _act(phone: Phone, action: str) -> None:
    if action == "typing_on":
        phone.see_typing()
    elif action == "mark_seen" and phone.said:
        phone.see_read(next(reversed(phone.said)))


def _fail_if_told(platform: MetaPlatform) -> None:
    """Refuse this send when the fault knobs say so."""
    failure = platform.faults.next_failure()
    if failure is not None:
        raise told(failure, throughput=130429 if isinstance(platform, WhatsApp) else 613)


def _braced(names: frozenset[str]) -> str:
    return "{" + ", ".join(sorted(name.upper() for name in names)) + "}"


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
