"""Sets up a Graph account's webhook, and finds out what is wrong with it: token, account, subscription, webhook, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlencode

from assistant.channel import Probe, Services
from assistant.errors import Misconfigured, Rejected, SendError
from assistant.http import NoAnswer, NotSent, Response

from . import _graph
from . import _json as js
from ._messaging import ERRORS

MAX_SKEW = timedelta(seconds=60)
RENEW_BEFORE = timedelta(days=7)
_CHALLENGE = "1158201444"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is asked of Meta for one channel.

    `envelope`: the webhook's object, "" where another channel owns the webhook. `webhook_fields`: what the app is told of,
    `fields`: what the account at `node` is subscribed to.
    `permissions`: what the token needs; none: this host cannot tell of its tokens. `account_path` asks for the account and
    `named` reads its answer: (name, complaint), a complaint being a whole sentence or "". `window`: for how long we may
    answer, a sentence. `where`: what to click when the account or token is not accepted.
    """

    services: Services
    settings: _graph.GraphSettings
    channel: str
    platform: str
    node: str
    app_id: str
    envelope: str
    webhook_fields: tuple[str, ...]
    fields: tuple[str, ...]
    permissions: tuple[str, ...]
    account_path: str
    named: Callable[[js.Object], tuple[str, str]]
    where: str
    window: str
    proof: bool = True

    # --- registering -------------------------------------------------------------------------------------

    async def register(self, public_url: str) -> str:
        """Name our webhook to the app and subscribe the account; fields another channel subscribed to stay. Raises SendErrors.

        Source: https://developers.facebook.com/docs/graph-api/webhooks/subscriptions-edge and
        https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
        """
        called = await self._name_webhook(public_url) if self.envelope and public_url else ""
        try:
            before = await self._subscribed()
        except Rejected:
            before = None
        wanted = sorted({*self.fields, *(before or ())})
        path = f"{self.node}/subscribed_apps?" + urlencode({"subscribed_fields": ",".join(wanted)}, safe=",")
        answer = js.whole((await self._call("POST", path)).json())
        if answer.get("success") not in (True, "true"):
            return f"{self.platform} answered, but did not say that the account is subscribed; run `assistant check`."
        return f"{self.platform} sends us {', '.join(self.fields)}{called}."

    async def _name_webhook(self, public_url: str) -> str:
        """Tell the app where we listen; it calls us at once to see whether we know the word. Returns the end of a sentence."""
        url = _webhook(public_url, self.channel)
        by_hand = f" once {url} and your verify token are typed into the webhook form of Meta's app dashboard"
        if not self.app_id or not self.settings.app_secrets():
            return by_hand
        try:
            known = js.whole((await self._as_app("GET", f"{self.app_id}/subscriptions")).json())
            fields = {
                js.text(one, "name") or ""
                for entry in js.items(known, "data")
                if js.text(entry, "object") == self.envelope
                for one in js.items(entry, "fields")
            } - {""}
            payload = {
                "object": self.envelope,
                "callback_url": url,
                "verify_token": self.settings.verify_token.get_secret_value(),
                "fields": ",".join(sorted({*self.webhook_fields, *fields})),
            }
            await self._as_app("POST", f"{self.app_id}/subscriptions", payload)
        except SendError as error:
            return f"{by_hand} (it did not let us: {error})"
        return f" to {url}"

    # --- checking ----------------------------------------------------------------------------------------

    async def probe(self, public_url: str) -> list[Probe]:
        """The account with its subscription first, then what can be said beside it. Never raises."""
        found: list[Probe] = []
        try:
            response = await self._call("GET", self.account_path)
        except SendError as error:
            found.append(_bad(f"{self.platform} does not accept our account or token: {error}. {self.where}"))
        else:
            found.append(await self._account(js.whole(response.json())))
            found += self._clock(response)
        found += await self._token()
        if self.envelope and public_url:
            found.append(await self._webhook(public_url))
        return [*found, Probe(ok=True, sentence=self.window)]

    async def _account(self, account: js.Object) -> Probe:
        name, complaint = self.named(account)
        if complaint:
            return _bad(complaint)
        knows = f"{self.platform} knows our account ({name or 'without a name'})"
        cure = f"run `assistant channels register {self.channel}`"
        try:
            subscribed = await self._subscribed()
        except SendError as error:
            return _bad(f"{knows}, but does not tell what it sends us: {error}. Then {cure}.")
        if subscribed is None:
            return _bad(f"{knows}, but our app is not subscribed to it: {cure}.")
        if missing := [field for field in self.fields if field not in subscribed]:
            return _bad(f"{knows}, but does not send us {', '.join(missing)}: {cure}.")
        return Probe(ok=True, sentence=f"{knows} and sends us everything we read.")

    async def _subscribed(self) -> list[str] | None:
        """The fields our app is subscribed to; None when it is not subscribed at all. Raises SendErrors."""
        answer = js.whole((await self._call("GET", f"{self.node}/subscribed_apps")).json())
        apps = js.items(answer, "data")
        ours = [app for app in apps if not self.app_id or js.ident(app, "id") == self.app_id]
        if not ours:
            return None
        fields = [field for app in ours for field in js.items(app, "subscribed_fields")]
        return [name for one in fields if (name := one if isinstance(one, str) else js.text(one, "name"))]

    def _clock(self, response: Response) -> list[Probe]:
        """Our clock against the platform's: signatures need none, but ages, windows and waits do."""
        try:
            theirs = parsedate_to_datetime(response.headers.get("date", ""))
            ahead = self.services.clock.now() - theirs
        except (ValueError, TypeError):
            return []
        if abs(ahead) <= MAX_SKEW:
            return []
        side = "ahead of" if ahead > timedelta(0) else "behind"
        seconds = abs(int(ahead.total_seconds()))
        return [
            _bad(
                f"This machine's clock is {seconds} s {side} {self.platform}'s: let it follow the network's time (NTP)."
            )
        ]

    async def _token(self) -> list[Probe]:
        """What Meta says of the token. Source: https://developers.facebook.com/docs/graph-api/reference/debug_token"""
        if not self.permissions:
            return []
        if not self.app_id or not self.settings.app_secrets():
            return [Probe(ok=True, sentence="With app_id set, this check could also look at the token.")]
        token = self.settings.access_token.get_secret_value()
        try:
            answer = await self._as_app("GET", f"debug_token?input_token={quote(token, safe='')}")
        except Rejected:
            return []  # a stand-in or proxy that does not offer it
        except Misconfigured as error:
            return [
                _bad(
                    f"{self.platform} does not accept app_id and app_secret together: {error}. Both stand in Meta's "
                    "app dashboard under App settings, Basic; with a wrong secret every webhook is refused."
                )
            ]
        except SendError as error:
            return [_bad(f"{self.platform} could not be asked about the token: {error}.")]
        return [self._judged(js.obj(answer.json(), "data"))]

    def _judged(self, token: js.Object) -> Probe:
        renew = f"Make a new token: {self.where}"
        if token.get("is_valid") is not True:
            return _bad(f"The access token is no longer valid. {renew}")
        app = js.ident(token, "app_id")
        if app and app != self.app_id:
            return _bad(f"The access token belongs to another app than app_id says. {renew}")
        given = js.items(token, "scopes")
        if lacking := [name for name in self.permissions if name not in given]:
            return _bad(f"The access token lacks {', '.join(lacking)}: ask for these permissions. {renew}")
        seconds = js.number(token, "expires_at") or 0
        until = js.moment(token, "expires_at") if seconds > 0 else None
        if until is not None and until - self.services.clock.now() < RENEW_BEFORE:
            return _bad(f"The access token ends on {until:%Y-%m-%d}. {renew}")
        how_long = f"until {until:%Y-%m-%d}" if until else "without an end"
        return Probe(
            ok=True, sentence=f"The access token is valid {how_long} and has every permission we use."
        )

    async def _webhook(self, public_url: str) -> Probe:
        """Call our own webhook as Meta does: the right word is answered with the challenge, a wrong one is refused."""
        url = _webhook(public_url, self.channel)
        cure = "Check the name, the certificate, the proxy in front, and that the assistant is running."
        try:
            right = await self._handshake(url, self.settings.verify_token.get_secret_value())
            wrong = await self._handshake(url, "not the word")
        except (NotSent, NoAnswer) as error:
            return _bad(f"{url} cannot be reached from here ({error}). {cure}")
        if right.status != 200 or right.body.strip() != _CHALLENGE.encode():
            return _bad(f"{url} does not answer {self.platform}'s handshake (HTTP {right.status}). {cure}")
        if wrong.status != 403:
            return _bad(
                f"{url} answers a wrong verify token with HTTP {wrong.status} instead of 403: is it ours? {cure}"
            )
        return Probe(ok=True, sentence=f"{url} answers, and only to the right verify token.")

    async def _handshake(self, url: str, word: str) -> Response:
        query = {"hub.mode": "subscribe", "hub.challenge": _CHALLENGE, "hub.verify_token": word}
        return await self.services.http.request("GET", f"{url}?{urlencode(query)}")

    async def _call(self, method: str, path: str) -> Response:
        token = self.settings.access_token.get_secret_value()
        url = _graph.address(self.settings, path, proof=self.proof)
        return await _graph.call(self.services.http, method, url, token, ERRORS)

    async def _as_app(self, method: str, path: str, payload: js.Object | None = None) -> Response:
        """A call in the name of our app: its id and secret are its token."""
        token = f"{self.app_id}|{self.settings.app_secrets()[0].decode()}"
        url = _graph.address(self.settings, path)
        return await _graph.call(self.services.http, method, url, token, ERRORS, payload=payload)


def _webhook(public_url: str, channel: str) -> str:
    return f"{public_url.rstrip('/')}/webhooks/{channel}"


def _bad(sentence: str) -> Probe:
    return Probe(ok=False, sentence=sentence)
