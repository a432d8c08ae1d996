"""A Page's posts and their comments: people write under them, the Page answers in public or once in private."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import page_payloads as shapes
from .pages import Messenger
from .payloads import Json, seconds
from .phones import Phone
from .pieces import Piece
from .platform import new_digits

PRIVATE_REPLY = timedelta(days=7)


@dataclass(slots=True, kw_only=True)
class Comment:
    """One comment. `author` None: the Page itself. `parent` is a comment or the post."""

    id: str
    post: str
    parent: str
    author: Phone | None
    text: str
    at: datetime
    hidden: bool = False
    answered_privately: bool = False


@dataclass(slots=True, kw_only=True)
class Feed:
    """What stands on the Page. A comment that was removed is gone from `comments`."""

    page: Messenger
    posts: dict[str, str] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)

    def environment(self, base_url: str) -> dict[str, str]:
        """The settings of the channel that answers comments: every one, not only those that name the Page."""
        page = self.page
        return {
            "ASSISTANT_COMMENTS_APP_SECRET": page.app_secret,
            "ASSISTANT_COMMENTS_VERIFY_TOKEN": page.verify_token,
            "ASSISTANT_COMMENTS_ACCESS_TOKEN": page.access_token,
            "ASSISTANT_COMMENTS_PAGE_ID": page.page_id,
            "ASSISTANT_COMMENTS_PAGE_NAME": "Sandbox",
            "ASSISTANT_COMMENTS_ANSWER": "all",
            "ASSISTANT_COMMENTS_API_URL": f"{base_url}/graph",
        }

    def publish(self, text: str) -> str:
        """The Page writes a post; returns its id."""
        post_id = f"{self.page.page_id}_{new_digits(15)}"
        self.posts[post_id] = text
        return post_id

    async def write(self, phone: Phone, text: str, *, under: str) -> str:
        """A person comments on a post or answers a comment; returns the comment's id."""
        comment = self._add(phone, text, under)
        phone.spoke(comment.id, Piece(text=text, reply_to=under, public=True))
        await self.page.tell(phone, comment.id, "message", self.payload(comment, "add"))
        return comment.id

    async def edit(self, comment_id: str, text: str) -> None:
        comment = self.comments[comment_id]
        comment.text = text
        await self._tell(comment, "edited")

    async def remove(self, comment_id: str) -> None:
        await self._tell(self.comments.pop(comment_id), "remove")

    async def hide(self, comment_id: str) -> None:
        comment = self.comments[comment_id]
        comment.hidden = True
        await self._tell(comment, "hide")

    async def like(self, phone: Phone, post_id: str) -> None:
        """What no assistant should answer."""
        value = {
            "from": {"id": phone.id, "name": phone.name},
            "post_id": post_id,
            "created_time": seconds(self.page.clock.now()),
            "item": "reaction",
            "reaction_type": "like",
            "parent_id": post_id,
            "verb": "add",
        }
        await self.page.tell(phone, post_id, "like", self._change(value))

    def answer(self, target: str, text: str) -> Comment:
        """The Page comments. Facebook keeps two levels: an answer to an answer goes under its parent."""
        comment = self._add(None, text, target)
        asked = self.comments.get(target)
        if asked is not None and asked.author is not None:
            asked.author.hear(comment.id, Piece(text=text, reply_to=target, public=True))
        if self.page.webhook_url is not None:
            self.page.dispatch(comment.id, "message", self.payload(comment, "add"), lane=comment.post)
        return comment

    def _add(self, author: Phone | None, text: str, under: str) -> Comment:
        above = self.comments.get(under)
        post = above.post if above is not None else under
        if post not in self.posts:
            raise LookupError("there is no such post")
        parent = under if above is None or above.parent == above.post else above.parent
        comment = Comment(
            id=f"{post.partition('_')[2]}_{new_digits(15)}",
            post=post,
            parent=parent,
            author=author,
            text=text,
            at=self.page.clock.now(),
        )
        self.comments[comment.id] = comment
        return comment

    async def _tell(self, comment: Comment, verb: str) -> None:
        assert comment.author is not None, "only people's comments are changed here"  # noqa: S101
        await self.page.tell(comment.author, comment.id, verb, self.payload(comment, verb))

    def payload(self, comment: Comment, verb: str) -> Json:
        value: Json = {
            "from": self.author(comment),
            "post_id": comment.post,
            "comment_id": comment.id,
            "parent_id": comment.parent,
            "created_time": seconds(comment.at),
            "item": "comment",
            "verb": verb,
        }
        if verb != "remove":
            value["message"] = comment.text
            link = f"https://www.facebook.com/{comment.post}"
            value["post"] = {"id": comment.post, "permalink_url": link, "is_published": True}
        return self._change(value)

    def author(self, comment: Comment) -> Json:
        if comment.author is None:
            return {"id": self.page.page_id, "name": "Sandbox"}
        return {"id": comment.author.id, "name": comment.author.name}

    def _change(self, value: Json) -> Json:
        return shapes.change(
            root="page", account=self.page.page_id, at=self.page.clock.now(), field="feed", value=value
        )

    def node(self, node: str) -> Json | None:
        """What GET /{comment or post} answers."""
        if node in self.posts:
            link = f"https://www.facebook.com/{node}"
            me = {"id": self.page.page_id, "name": "Sandbox"}
            return {
                "message": self.posts[node],
                "permalink_url": link,
                "from": me,
                "created_time": seconds(self.page.clock.now()),
                "id": node,
            }
        comment = self.comments.get(node)
        if comment is None:
            return None
        found: Json = {
            "message": comment.text,
            "from": self.author(comment),
            "created_time": comment.at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "is_hidden": comment.hidden,
            "can_reply_privately": not comment.answered_privately and comment.author is not None,
            "permalink_url": f"https://www.facebook.com/{comment.post}?comment_id={comment.id.partition('_')[2]}",
            "id": comment.id,
        }
        above = self.comments.get(comment.parent)
        if above is not None:
            found["parent"] = {"message": above.text, "from": self.author(above), "id": above.id}
        return found
