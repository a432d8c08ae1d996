"""Facebook and Instagram comments: what people write under our posts in, public or private answers out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

import orjson
from pydantic import Field, SecretStr

from assistant.channel import Download, Example, Nearby, Probe, Services
from assistant.errors import (
    Misconfigured,
    RecipientGone,
    Rejected,
    SendError,
    Throttled,
    Uncertain,
    WindowClosed,
)
from assistant.events import Event
from assistant.settings import ChannelSettings
from assistant.split import split
from assistant.types import (
    Address,
    Audience,
    Capabilities,
    Dialect,
    Media,
    Outbound,
    Part,
    Proactive,
    Rate,
    Receipt,
    Text,
    Unit,
    WebhookRequest,
)

from . import _comments_instagram, _comments_webhook, _graph, _messaging
from . import _json as js
from ._messaging_setup import Setup

FIELDS = ("feed", "mention")
FILE_HOSTS = ("*.fbcdn.net", "*.fbsbx.com")
AN_HOUR = timedelta(hours=1)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=1)  # Meta's and ours, at most
# What a comment's words and its time are called. https://developers.facebook.com/docs/graph-api/reference/comment and
# https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment (2026-11-30)
ON_FACEBOOK, ON_INSTAGRAM = ("message", "created_time"), ("text", "timestamp")
INSTAGRAM_LIMIT = 300
"""Characters of a comment there. 2026-11-24, https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments"""

# What Meta's codes mean for a comment; those of private answers stand with the Send API's. 2026-11-23,
# https://developers.facebook.com/docs/graph-api/guides/error-handling
DUPLICATE = 506
ERRORS = _graph.Errors(
    codes={
        1: Uncertain,
        2: Uncertain,
        230: Misconfigured,
        DUPLICATE: Rejected,
    },
    exact={},
)


class Answers(StrEnum):
    """Which comments are answered: those that mean the Page, or all."""

    ADDRESSED = "addressed"
    ALL = "all"


class CommentsSettings(_graph.GraphSettings):
    required: ClassVar[tuple[str, ...]] = ("app_secret", "verify_token", "access_token", "page_id")

    page_id: str = Field("", description="the id of the Facebook Page")
    page_name: str = Field(
        "", description="the Page's name as people write it; comments that name it are answered"
    )
    instagram_account_id: str = Field(
        "", description="the id of the Instagram account linked to the Page; its comments are answered too"
    )
    instagram_name: str = Field(
        "", description="the Instagram account's username, where people write it unlike page_name"
    )
    app_id: str = Field("", description="the Meta app's id; lets `assistant check` look at the token")
    answer: Answers = Field(
        Answers.ADDRESSED,
        description="addressed: comments that name the Page, tag it or answer it; all: every comment",
    )
    private_reply: bool = Field(
        False, description="true answers a comment once in private on Messenger instead of in public"
    )
    per_post_hour: int = Field(
        30, ge=0, description="answers under one post within an hour, against endless talks; 0: no limit"
    )


class Comments:
    """Its events arrive at the webhooks of Messenger and Instagram, where all comes that they tell; it can have its own."""

    name: ClassVar[str] = "comments"
    title: ClassVar[str] = "Facebook comments"
    hint: ClassVar[str] = (
        "The person wrote a comment under one of our posts, and everybody can read your answer: write at most two short "
        "sentences, say nothing private about anybody, and for personal matters ask them to write the Page a message."
    )
    overhears: ClassVar[tuple[str, ...]] = ("messenger", "instagram")
    # 2026-11-23: https://developers.facebook.com/docs/graph-api/reference/object/comments (8000 characters) and
    # https://developers.facebook.com/docs/messenger-platform/discovery/private-replies (once, within 7 days; 2000).
    # An answer is one comment: politeness is the hint's affair, the limit is what a private answer can hold too.
    caps: ClassVar[Capabilities] = Capabilities(
        text_limit=2000,
        text_unit=Unit.UTF16,
        dialect=Dialect.PLAIN,
        reply_to=True,
        edit=True,
        delete=True,
        look_back=True,
        media=True,
        rate=Rate(count=6, per=AN_HOUR, burst=3),  # of one person under one post
        # 750 private replies an hour; the allowance of public ones grows with the Page's readers. As of 2026-03-23,
        # https://developers.facebook.com/docs/messenger-platform/overview/rate-limiting
        account_rate=Rate(count=700, per=AN_HOUR, burst=60),
        audience=(Audience.PUBLIC,),
        proactive=Proactive.NEVER,
    )
    Settings: ClassVar[type[ChannelSettings]] = CommentsSettings

    def __init__(self, settings: ChannelSettings, services: Services) -> None:
        if not isinstance(settings, CommentsSettings):
            raise TypeError("Comments needs CommentsSettings")
        self.settings = settings
        self.services = services
        self._page = _comments_webhook.Page(
            channel=self.name,
            id=settings.page_id,
            name=settings.page_name,
            answers_all=settings.answer is Answers.ALL,
        )
        self._instagram = _comments_instagram.Account(
            channel=self.name,
            id=settings.instagram_account_id,
            names=(settings.page_name, settings.instagram_name),
            answers_all=settings.answer is Answers.ALL,
        )

    @classmethod
    def example(cls) -> Example:
        settings = CommentsSettings(
            app_secret=SecretStr("example-app-secret"),
            verify_token=SecretStr("example-verify-token"),
            access_token=SecretStr("example-access-token"),
            page_id="889083480945134",
            page_name="OurPage",
        )
        value = {
            "from": {"id": "2561123456789012", "name": "Ana"},
            "message": "@OurPage what is this?",
            "post_id": "889083480945134_1221",
            "comment_id": "1221_1354",
            "parent_id": "889083480945134_1221",
            "created_time": 1790000009,
            "item": "comment",
            "verb": "add",
        }
        change = {"field": "feed", "value": value}
        entry = {"id": "889083480945134", "time": 1790000010, "changes": [change]}
        body = orjson.dumps({"object": "page", "entry": [entry]})
        headers = {"x-hub-signature-256": (_graph.sign("example-app-secret", body),)}
        request = WebhookRequest(method="POST", headers=headers, body=body)
        return Example(settings=settings, request=request, text="@OurPage what is this?")

    def authenticate(self, request: WebhookRequest) -> None:
        _graph.check_signature(request, self.settings.app_secrets())

    def challenge(self, request: WebhookRequest) -> str:
        return _graph.challenge(request, self.settings.verify_token.get_secret_value())

    def parse(self, request: WebhookRequest) -> list[Event]:
        found = _comments_webhook.read(self._page, request.body)
        return found + _comments_instagram.read(self._instagram, request.body)

    async def send(self, outbound: Outbound) -> Receipt:
        """One comment under the comment that is answered, or under the post when there is none.

        A private answer that Meta definitely refuses (one was given, 7 days are over, the person is a Page) is given
        in public: it was written for everybody's eyes.
        """
        if not isinstance(outbound.part, Text):
            raise Rejected("only text can be a comment")
        target = outbound.reply_to or outbound.address.thread
        if not target:
            raise Rejected("there is no comment or post to answer")
        await self._within_cap(outbound.address)
        words = js.clean(outbound.part.text)
        if self.settings.private_reply and outbound.reply_to:
            try:
                return await self._privately(outbound, words)
            except (Rejected, RecipientGone, WindowClosed):
                pass
        if self._on_instagram(outbound.address):
            return await self._under_instagram(target, words, "replies" if outbound.reply_to else "comments")
        return await self._publicly(target, words)

    def _on_instagram(self, address: Address) -> bool:
        return address.account == self.settings.instagram_account_id != ""

    async def _under_instagram(self, target: str, words: str, edge: str) -> Receipt:
        """As many comments as the words need; an answer to a reply hangs on that reply's parent.

        Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies
        """
        first: Receipt | None = None
        for piece in split(words, INSTAGRAM_LIMIT, Unit.UTF16):
            try:
                answer = await self._post(f"{_graph.segment(target)}/{edge}", {"message": piece})
            except SendError as error:
                if first is None:
                    raise
                raise Uncertain(f"only the answer's beginning was sent: {error}") from None
            first = first or self._receipt(js.ident(answer, "id"))
        if first is None:
            raise Rejected("there are no words to send")
        return first

    async def _within_cap(self, address: Address) -> None:
        """The guard against two machines that answer each other: what is over the cap waits, it is not lost."""
        most = self.settings.per_post_hour
        if not most or not address.thread:
            return
        rate = Rate(count=most, per=AN_HOUR, burst=most)
        wait = await self.services.bus.bucket(f"comments:{address.thread}", rate)
        if wait > 0:
            raise Throttled("this post has had its answers for now", retry_after=wait)

    async def _publicly(self, target: str, words: str) -> Receipt:
        """Facebook has two levels only: an answer to a reply hangs on that reply's parent.

        Source: https://developers.facebook.com/docs/pages-api/comments-mentions
        """
        try:
            answer = await self._post(f"{_graph.segment(target)}/comments", {"message": words})
        except Rejected as error:
            if error.vendor_code is None or error.vendor_code.partition("/")[0] != str(DUPLICATE):
                raise
            return await self._posted_before(target, words, error)
        return self._receipt(js.ident(answer, "id"))

    async def _posted_before(self, target: str, words: str, refusal: Rejected) -> Receipt:
        """Facebook says that the same words stand there already: then an earlier try did arrive, and this finds it."""
        try:
            found = await self._standing(ON_FACEBOOK, self.settings.page_id, f"{target}/comments", words)
        except SendError as error:
            raise Uncertain(f"a duplicate, and the first cannot be looked up: {error}") from None
        if not found:
            raise refusal
        return self._receipt(found[0])

    async def find(self, outbound: Outbound, nearby: Nearby) -> str | None:
        """Read the newest comments where the answer belongs: one of ours with these words, given since, is the one.

        What may have gone out in private is not seen here; nor is an answer that takes several comments on Instagram
        found, for its beginning may stand there alone.
        """
        target = outbound.reply_to or outbound.address.thread
        if not isinstance(outbound.part, Text) or not target or self.settings.private_reply:
            return None
        words, since = js.clean(outbound.part.text), nearby.since - CLOCKS_DIFFER
        if not self._on_instagram(outbound.address):
            found = await self._standing(
                ON_FACEBOOK, self.settings.page_id, f"{target}/comments", words, since
            )
        elif len(split(words, INSTAGRAM_LIMIT, Unit.UTF16)) == 1:
            place = f"{target}/{'replies' if outbound.reply_to else 'comments'}"
            found = await self._standing(ON_INSTAGRAM, outbound.address.account, place, words, since)
        else:
            return None
        return next((one for one in found if one not in nearby.known), None)

    async def _standing(
        self, names: tuple[str, str], author: str, place: str, words: str, since: datetime = LONG_AGO
    ) -> list[str]:
        """The ids of the author's comments with these words, given since, among the newest in a place."""
        text, time = names
        target, _, edge = place.rpartition("/")
        fields = f"fields=id,from,{text},{time}&order=reverse_chronological&limit=50"
        path = f"{_graph.segment(target)}/{edge}?{fields}"
        answer = await _graph.get(self.services.http, self.settings, path, ERRORS, proof=True)
        found = [
            js.ident(comment, "id")
            for comment in js.items(answer, "data")
            if js.ident(js.obj(comment, "from"), "id") == author
            and (js.text(comment, text) or "").strip() == words.strip()
            and _written(js.text(comment, time)) >= since
        ]
        return [one for one in found if one is not None]

    async def _privately(self, outbound: Outbound, words: str) -> Receipt:
        """Once per comment, within 7 days; a conversation begins only when the person answers there.

        Source: https://developers.facebook.com/docs/messenger-platform/discovery/private-replies (2026-04-16)
        """
        body: js.Object = {"recipient": {"comment_id": outbound.reply_to}, "message": {"text": words}}
        account = self.settings.page_id
        if self._on_instagram(outbound.address):
            account = self.settings.instagram_account_id
        else:
            body["messaging_type"] = "RESPONSE"
            body["message"]["metadata"] = outbound.idempotency_key[:1000]
        path = f"{_graph.segment(account)}/messages"
        answer = await _graph.post(
            self.services.http, self.settings, path, body, _messaging.ERRORS, proof=True
        )
        return self._receipt(js.ident(answer, "message_id"))

    def _receipt(self, external_id: str | None) -> Receipt:
        if external_id is None:
            raise Uncertain("the platform took the comment but gave no id")
        return Receipt(external_id=external_id, at=self.services.clock.now())

    async def edit(self, address: Address, external_id: str, part: Part) -> None:
        """Source: https://developers.facebook.com/docs/graph-api/reference/comment#updating"""
        if not isinstance(part, Text):
            raise Rejected("only text can be a comment")
        if self._on_instagram(address):
            raise Rejected("Instagram's comments cannot be changed")
        await self._post(_graph.segment(external_id), {"message": js.clean(part.text)})

    async def delete(self, address: Address, external_id: str) -> None:
        """Source: https://developers.facebook.com/docs/graph-api/reference/comment#deleting"""
        url = _graph.address(self.settings, _graph.segment(external_id), proof=True)
        token = self.settings.access_token.get_secret_value()
        await _graph.call(self.services.http, "DELETE", url, token, ERRORS)

    async def fetch(self, address: Address, media: Media) -> Download:
        return _messaging.download(self.settings, media, FILE_HOSTS)

    async def register(self, public_url: str) -> str:
        said = await self._setup().register(public_url)
        if not self.settings.instagram_account_id:
            return said
        fields = ", ".join(_comments_instagram.FIELDS)
        return f"{said} For Instagram, tick {fields} in the webhook form of Meta's app dashboard (product Instagram)."

    async def probe(self, public_url: str) -> list[Probe]:
        found = await self._setup().probe(public_url)
        if not self.settings.page_name and self.settings.answer is Answers.ADDRESSED:
            sentence = (
                "Comments are answered when they mean the Page, but only tags are recognised: set "
                "ASSISTANT_COMMENTS_PAGE_NAME to the Page's name."
            )
            found.append(Probe(ok=False, sentence=sentence))
        if self.settings.instagram_account_id:
            found.append(await self._knows_instagram())
        return found

    async def _knows_instagram(self) -> Probe:
        path = f"{_graph.segment(self.settings.instagram_account_id)}?fields=username"
        try:
            answer = await _graph.get(self.services.http, self.settings, path, ERRORS, proof=True)
        except SendError as error:
            sentence = (
                f"Instagram does not know the account of instagram_account_id by our token: {error}. Link the account to "
                "the Page, and give the token instagram_basic and instagram_manage_comments."
            )
            return Probe(ok=False, sentence=sentence)
        name = js.text(answer, "username") or "without a name"
        return Probe(ok=True, sentence=f"Instagram knows our account ({name}), whose comments are answered.")

    def _setup(self) -> Setup:
        """The webhook itself is the Messenger channel's; here the Page only has to tell of its feed."""
        node = _graph.segment(self.settings.page_id)
        where = "In Meta's app dashboard under Messenger, Settings, connect the Page and generate a token."
        private = "; a private answer is possible once per comment, for 7 days"
        return Setup(
            services=self.services,
            settings=self.settings,
            channel=self.name,
            platform="Facebook",
            node=node,
            app_id=self.settings.app_id,
            envelope="",
            webhook_fields=(),
            fields=FIELDS,
            permissions=(
                *("pages_manage_engagement", "pages_read_engagement", "pages_read_user_content"),
                *("pages_manage_metadata", *(("pages_messaging",) if self.settings.private_reply else ())),
                *(("instagram_manage_comments",) if self.settings.instagram_account_id else ()),
            ),
            account_path=f"{node}?fields=name",
            named=lambda page: (js.text(page, "name") or "", ""),
            where=where,
            window=f"Comments may be answered at any time{private if self.settings.private_reply else ''}.",
        )

    async def _post(self, path: str, payload: js.Object) -> js.Object:
        return await _graph.post(self.services.http, self.settings, path, payload, ERRORS, proof=True)


def _written(said: str | None) -> datetime:
    """When a comment was written, such as 2026-11-30T21:30:00+0000; LONG_AGO when that is not told."""
    try:
        at = datetime.fromisoformat(said or "")
    except ValueError:
        return LONG_AGO
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


CHANNEL = Comments
