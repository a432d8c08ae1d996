"""Subscribes a WhatsApp account and checks its set-up: token, number, subscriptions, webhook from outside, clock; each with what to click."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urlsplit

from assistant.channel import Probe, Services
from assistant.errors import SendError, Throttled, Unavailable, Uncertain
from assistant.http import NoAnswer, NotSent, Purpose, Response

from . import _graph
from . import _json as js
from ._whatsapp_errors import ERRORS

SOON = timedelta(days=7)
SKEW = timedelta(seconds=60)
MESSAGES = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"
_MANY = 5  # accounts a token may know that are looked through

_NEW_TOKEN = (
    "make one that lasts in business.facebook.com > Settings > Users > System users > Generate token, with the "
    f"permissions {MESSAGES} and {MANAGEMENT}, and put it into access_token"
)

_WHERE = "developers.facebook.com > your app > WhatsApp > Configuration"
_ACCOUNT = "ASSISTANT_WHATSAPP_BUSINESS_ACCOUNT_ID to the WhatsApp Business account's id"
_SILENT = [Probe(ok=True, sentence="When the access token ends cannot be asked.")]

POLICY = (
    "Meta's terms (since 2026-01-15) allow an AI on the WhatsApp Business Platform for a business's own customers; an "
    "assistant for everything is allowed only where regulators made Meta open it (check for your country), and since "
    "2026-10-01 answers are billed one by one."
)


async def findings(
    name: str, settings: _graph.GraphSettings, services: Services, public_url: str
) -> list[Probe]:
    """Everything that can be found out, the number first. Never raises for what the platform answers."""
    check = _Check(name, settings, services)
    found, answer = await check.number()
    token, app_id, accounts = await check.token()
    accounts = [check.account, *accounts, *_accounts(answer)]
    found += token
    if answer is not None:
        found += await check.secret()
    found += await check.subscribed(app_id, accounts)
    found += await check.fields(app_id)
    found += await check.callback(public_url)
    found += await check.webhook(public_url)
    if answer is not None:
        found += check.clock(answer)
    return found + _good(POLICY)


async def register(name: str, settings: _graph.GraphSettings, services: Services, public_url: str) -> str:
    """Subscribe our app to the account of the settings, or to the one Meta names with our number. Raises SendErrors.

    Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps
    """
    check = _Check(name, settings, services)
    account = check.account or next(iter(_accounts(await check.get_number("health_status"))), "")
    url = f"{public_url.rstrip('/')}/webhooks/{name}"
    rest = f"at {_WHERE} > Webhook enter {url} with your verify token, and subscribe to the field messages"
    if not account:
        return f"Nothing was done: set {_ACCOUNT} (it stands beside the phone number id) and run this again; then {rest}."
    done = await _graph.post(
        services.http, settings, f"{_graph.segment(account)}/subscribed_apps", {}, ERRORS
    )
    if done.get("success") not in (True, "true"):
        return f"WhatsApp did not say that its account is subscribed: run `assistant check`, and {rest}."
    return f"The WhatsApp account hands its messages to our app; what is left to you: {rest}."


def _accounts(answer: Response | None) -> list[str]:
    """The accounts that Meta tells with the health of our number."""
    entities = js.items(js.obj(answer.json() if answer else None, "health_status"), "entities")
    return [js.ident(part, "id") or "" for part in entities if js.text(part, "entity_type") == "WABA"]


class _Check:
    def __init__(self, name: str, settings: _graph.GraphSettings, services: Services) -> None:
        self._name = name
        self._settings = settings
        self._services = services
        self._number_id = str(getattr(settings, "phone_number_id", ""))
        self.account = str(getattr(settings, "business_account_id", ""))

    async def _get(self, path: str, *, as_app: str | None = None) -> Response:
        """`as_app`: ask as the app itself, by its id and secret."""
        settings = self._settings
        token = settings.access_token.get_secret_value()
        if as_app is not None:
            token = f"{as_app}|{settings.app_secrets()[0].decode()}"
        url = f"{settings.api_url}/{settings.graph_version}/{path}"
        return await _graph.call(self._services.http, "GET", url, token, ERRORS)

    async def get_number(self, fields: str) -> Response:
        return await self._get(f"{_graph.segment(self._number_id)}?fields={fields}")

    # --- the number ---

    async def number(self) -> tuple[list[Probe], Response | None]:
        """Whether the id names a number the token may use, and how Meta thinks of it."""
        fields = "display_phone_number,verified_name,quality_rating,throughput,name_status,health_status"
        try:
            answer = await self.get_number(fields)
        except SendError as error:
            return _bad(self._no_number(error)), None
        said = js.whole(answer.json())
        name = js.text(said, "verified_name") or "without a verified name"
        quality = (js.text(said, "quality_rating") or "unknown").lower()
        speed = js.text(js.obj(said, "throughput"), "level")
        pace = f", its throughput {speed.lower()}" if speed else ""
        found = _good(f"WhatsApp knows our number ({name}); its quality rating is {quality}{pace}.")
        if quality == "red":
            found += _bad(
                "The number's quality is red, people block or report it: look at WhatsApp Manager > "
                "Phone numbers > Insights before Meta lowers its limits."
            )
        health = js.text(js.obj(said, "health_status"), "can_send_message")
        if health in ("BLOCKED", "LIMITED"):
            found += [Probe(ok=health == "LIMITED", sentence=_health(health, said))]
        return found, answer

    def _no_number(self, error: SendError) -> str:
        if isinstance(error, Throttled | Unavailable | Uncertain):
            return f"Meta could not be asked about our number: {error}; check the network and api_url, then try again."
        refused = f"WhatsApp does not accept our number or token: {error}"
        code = error.vendor_code or ""
        if code in ("0", "190") or code.startswith("190/"):
            return f"{refused}. The access token is wrong or has expired: {_NEW_TOKEN}."
        if code == "100/33" or code == "100":
            digits = self._number_id.lstrip("+").replace(" ", "")
            long = digits.isdigit() and 10 <= len(digits) <= 15
            looks = " What is set has the length of a phone number." if long else ""
            return (
                f"{refused}. phone_number_id wants the number's id, not the number itself: copy it from "
                "developers.facebook.com > your app > WhatsApp > API setup > Phone number ID; if it is right, give the "
                f"token's system user access to this WhatsApp account.{looks}"
            )
        if code in ("3", "10") or (code.isdigit() and 200 <= int(code) < 300):
            return f"{refused}. The token lacks permissions: {_NEW_TOKEN}."
        return f"{refused}."

    # --- the token ---

    async def token(self) -> tuple[list[Probe], str | None, list[str]]:
        """Kind and end of the token; the app it belongs to and the accounts it may use."""
        word = self._settings.access_token.get_secret_value()
        try:
            answer = await self._get(f"debug_token?{urlencode({'input_token': word})}")
        except SendError:
            return _SILENT, None, []
        data = js.obj(answer.json(), "data")
        app_id = js.ident(data, "app_id")
        accounts: dict[str, None] = {}
        for scope in js.items(data, "granular_scopes"):
            if js.text(scope, "scope") in (MESSAGES, MANAGEMENT):
                accounts |= dict.fromkeys(str(target) for target in js.items(scope, "target_ids"))
        return _token(data, self._services), app_id, list(accounts)

    async def secret(self) -> list[Probe]:
        """Whether app_secret is the secret of the token's app: Meta checks a proof made with it.

        Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests
        """
        token = self._settings.access_token.get_secret_value().encode()
        refused = False
        for secret in self._settings.app_secrets():
            proof = hmac.new(secret, token, hashlib.sha256).hexdigest()
            try:
                await self.get_number(f"id&appsecret_proof={proof}")
            except SendError as error:
                refused |= error.vendor_code == "100"
            else:
                return _good("app_secret is the secret of the token's app.")
        if not refused:
            return []
        return _bad(
            "app_secret is not the secret of the token's app, so webhooks would be refused: copy it from "
            "developers.facebook.com > your app > App settings > Basic > App secret."
        )

    # --- what Meta sends us ---

    async def subscribed(self, app_id: str | None, accounts: Iterable[str]) -> list[Probe]:
        """Whether the WhatsApp account hands its messages to our app. Nothing when it cannot be asked."""
        asked, without = 0, ""
        for account in list(dict.fromkeys(filter(None, accounts)))[:_MANY]:
            try:
                answer = await self._get(f"{_graph.segment(account)}/subscribed_apps")
            except SendError:
                continue
            asked += 1
            apps = [js.obj(app, "whatsapp_business_api_data") for app in js.items(answer.json(), "data")]
            if app_id in [js.ident(app, "id") for app in apps]:
                return _good("The WhatsApp account hands its messages to our app.")
            without = without or account
        if not asked or app_id is None:
            return _good("Whether the account is subscribed to our app cannot be asked.")
        return _bad(
            f"The WhatsApp account does not hand its messages to our app, so none arrives: set {_ACCOUNT} ({without}) "
            f"and run `assistant channels register {self._name}` (Meta has no button for it)."
        )

    async def fields(self, app_id: str | None) -> list[Probe]:
        """Whether the app listens to `messages`. Nothing when it cannot be asked.

        Source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
        """
        if app_id is None or not self._settings.app_secrets():
            return []
        try:
            answer = await self._get(f"{_graph.segment(app_id)}/subscriptions", as_app=app_id)
        except SendError:
            return []
        for item in js.items(answer.json(), "data"):
            if js.text(item, "object") != "whatsapp_business_account":
                continue
            names = [js.text(field, "name") or field for field in js.items(item, "fields")]
            if "messages" in names and item.get("active") is not False:
                return _good("The app listens to the field messages.")
            return _bad(f"The app hears no messages: {_WHERE} > Webhook fields > messages > Subscribe.")
        return _bad(
            f"The app has no webhook for WhatsApp: enter the address ending in {self._path} and the verify "
            f"token at {_WHERE} > Webhook > Edit."
        )

    async def callback(self, public_url: str) -> list[Probe]:
        """Whether Meta sends to our address: what is set for the number goes before the account's and the app's.

        Source: https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
        """
        if not public_url:
            return []
        try:
            answer = await self.get_number("webhook_configuration")
        except SendError:
            return []
        told = js.obj(answer.json(), "webhook_configuration")
        levels = ("phone_number", "whatsapp_business_account", "application")
        theirs = next(filter(None, (js.text(told, level) for level in levels)), None)
        ours = public_url.rstrip("/") + self._path
        if theirs is None or theirs.rstrip("/") == ours:
            return []
        return _bad(
            f"Meta sends webhooks to another address (at {urlsplit(theirs).netloc}): enter {ours} at {_WHERE} > "
            "Webhook > Edit, with the verify token."
        )

    # --- our own address ---

    @property
    def _path(self) -> str:
        return f"/webhooks/{self._name}"

    async def webhook(self, public_url: str) -> list[Probe]:
        """Our handshake as Meta would make it, with the right word and with a wrong one."""
        if not public_url:
            return _good("public_url is not set, so the webhook was not tried from outside.")
        url = public_url.rstrip("/") + self._path
        if not url.startswith("https://") and self._settings.api_url.startswith("https://"):
            return _bad("Meta sends only to https addresses: set public_url to one.")
        challenge = str(int(self._services.clock.now().timestamp()))
        right = await self._shake(url, self._settings.verify_token.get_secret_value(), challenge)
        if isinstance(right, str):
            return _bad(
                f"The webhook cannot be reached at {url} ({right}): start the assistant, then check the name, "
                "the tunnel and the firewall."
            )
        if right.status != 200 or right.body.strip() != challenge.encode():
            return _bad(_refused(url, right))
        wrong = await self._shake(url, "not-" + challenge, challenge)
        if isinstance(wrong, Response) and wrong.status == 200:
            return _bad(f"{url} takes any verify token, so it is not this assistant: point it here.")
        return _good("The webhook answers from outside, and only to the right word.")

    async def _shake(self, url: str, word: str, challenge: str) -> Response | str:
        query = urlencode({"hub.mode": "subscribe", "hub.verify_token": word, "hub.challenge": challenge})
        try:
            return await self._services.http.request("GET", f"{url}?{query}", purpose=Purpose.PLATFORM)
        except (NotSent, NoAnswer) as error:
            return str(error)

    # --- the clock ---

    def clock(self, answer: Response) -> list[Probe]:
        """Our clock against the platform's. Reply windows and old messages are judged by it."""
        try:
            theirs = parsedate_to_datetime(answer.headers.get("date", ""))
        except ValueError:
            return []
        if theirs.tzinfo is None:
            return []
        behind = theirs - self._services.clock.now()
        if abs(behind) <= SKEW:
            return _good("The clock agrees with Meta's.")
        direction = "behind" if behind > timedelta(0) else "ahead of"
        return _bad(
            f"The clock is {abs(behind).total_seconds():.0f} seconds {direction} Meta's: turn on time "
            "synchronisation (timedatectl set-ntp true)."
        )


def _good(sentence: str) -> list[Probe]:
    return [Probe(ok=True, sentence=sentence)]


def _bad(sentence: str) -> list[Probe]:
    return [Probe(ok=False, sentence=sentence)]


def _token(data: js.Object, services: Services) -> list[Probe]:
    kind = (js.text(data, "type") or "unknown").lower().replace("_", " ")
    if data.get("is_valid") is False:
        return _bad(f"The access token is not valid any more: {_NEW_TOKEN}.")
    scopes = js.items(data, "scopes")
    if scopes and MESSAGES not in scopes:
        return _bad(f"The access token lacks the permission {MESSAGES}: {_NEW_TOKEN}.")
    ends = js.moment(data, "expires_at")
    if ends is None:
        return _SILENT
    if not js.number(data, "expires_at"):
        return _good(f"The access token ({kind}) does not expire.")
    left = ends - services.clock.now()
    if left <= SOON:
        hours = max(0, int(left.total_seconds() // 3600))
        return _bad(f"The access token ({kind}) ends in {hours} hours: {_NEW_TOKEN}.")
    return _good(f"The access token ({kind}) is good until {ends:%Y-%m-%d}.")


def _health(health: str, said: js.Object) -> str:
    """What keeps the number from sending; Meta's own advice is in WhatsApp Manager."""
    parts = [
        (js.text(entity, "entity_type") or "unknown").lower()
        for entity in js.items(js.obj(said, "health_status"), "entities")
        if js.text(entity, "can_send_message") == health
    ]
    codes = [
        code
        for entity in js.items(js.obj(said, "health_status"), "entities")
        for error in js.items(entity, "errors")
        if (code := js.ident(error, "error_code"))
    ]
    where = f" ({', '.join(parts)})" if parts else ""
    why = f", error {', '.join(codes)}" if codes else ""
    can = "cannot send messages" if health == "BLOCKED" else "can send only with limits"
    return f"Meta says that the number {can}{where}{why}: WhatsApp Manager > Overview says what to do."


def _refused(url: str, answer: Response) -> str:
    what = f"The webhook at {url} answers HTTP {answer.status}"
    if answer.status == 403:
        return (
            f"{what} to the right verify token: another verify_token is set where it runs, or a firewall stands before it "
            "(in Cloudflare: Security > WAF > allow this path)."
        )
    if 300 <= answer.status < 400:
        return f"{what}, a redirect, which Meta does not follow: set public_url to where it leads."
    if answer.status == 200:
        return f"{what} with another page, such as a tunnel's welcome: the challenge must come back alone."
    return f"{what}: lead this address, path and all, to the assistant."
