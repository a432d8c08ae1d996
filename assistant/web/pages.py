"""Templates and static files: rendered with everything escaped, served from memory under an address that never changes."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .. import __version__
from . import feed, keys, numbers, words

HERE = Path(__file__).parent
YEAR_SECONDS = 365 * 24 * 3600
# Stated, not guessed: the machine's own table may lack or misname them.
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# What one page needs of several files comes as one: a request costs more than its bytes.
TOGETHER = {
    "desk.css": ("base.css", "inbox.css", "review.css", "takeover.css"),
    "staff.js": ("staff.js", "keys.js"),
    "inbox.js": ("inbox.js", "takeover.js"),
    "chat.css": ("base.css", "chat.css"),
    "chat.js": ("chat.js", "chat_acts.js", "chat_side.js"),
}
_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)


class Assets:
    """Every file of static/, read once. The address holds a digest of them all, so that modules find one another.

    Several folders stand under one address, so that what is mounted beside the pages has their files too.
    """

    def __init__(self, *folders: Path, at: str = "") -> None:
        self.files: dict[str, tuple[str, bytes, bytes]] = {}
        self._at = at
        bodies = {path.name: path.read_bytes() for folder in folders for path in sorted(folder.iterdir())}
        bodies |= {name: _joined([bodies[one] for one in parts], name) for name, parts in TOGETHER.items()}
        digest = hashlib.sha256()
        for name, body in bodies.items():
            if name.endswith(".css"):
                body = _COMMENT.sub(b"", body)
            digest.update(name.encode() + b"\0" + body)
            kind = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
            self.files[name] = (kind, body, gzip.compress(body, 9, mtime=0))
        self.version = digest.hexdigest()[:10]

    def url(self, name: str) -> str:
        if name not in self.files:
            raise KeyError(f"no static file {name}")
        return f"{self._at}/s/{self.version}/{name}"

    def answer(self, request: web.Request) -> web.Response:
        """The file that a request to `…/s/{version}/{name}` asks for."""
        found = self.files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        kind, body, zipped = found
        current = request.match_info["version"] == self.version
        headers = {
            "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            "Cache-Control": f"public, max-age={YEAR_SECONDS}, immutable" if current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if "gzip" in request.headers.get("Accept-Encoding", "") and len(zipped) < len(body):
            return web.Response(body=zipped, headers={**headers, "Content-Encoding": "gzip"})
        return web.Response(body=body, headers=headers)


def _joined(bodies: list[bytes], name: str) -> bytes:
    """Files as one. Of modules only the first may import and export; the others keep their names in a block of their own."""
    if name.endswith(".css"):
        return b"\n".join(bodies)
    first, *others = bodies
    return b"".join([first, *(b"\n{\n" + body + b"\n}\n" for body in others)])


@cache
def assets() -> Assets:
    return Assets(HERE / "static")


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {"iso": _iso, "utc": _utc, "written": numbers.written}
    environment.globals |= {
        "asset": assets().url,
        "version": __version__,
        "look": words.look.get,
        "mark": feed.mark.get,
        "languages": words.LANGUAGES,
        "keys_on": keys.on,
        "badge": keys.badge,
    }
    return environment


def page(template: str, *, status: int = 200, **values: Any) -> web.Response:
    """A whole HTML page. Pages are personal: nobody may keep a copy."""
    text = templates().get_template(template).render(**values)
    return web.Response(
        text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"}
    )


def fragment(template: str, block: str | None = None, *, status: int = 200, **values: Any) -> web.Response:
    """One `{% block %}` of a page alone, or a template that is no page, for a place in a page that is there already."""
    found = templates().get_template(template)
    text = found.render(values) if block is None else "".join(found.blocks[block](found.new_context(values)))
    headers = {"Cache-Control": "no-store", "Vary": "HX-Request"}
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def part(template: str, **values: Any) -> Markup:
    """A piece of HTML, for other templates."""
    return Markup(templates().get_template(template).render(**values))  # noqa: S704 - escaped while it was rendered


def in_place(request: web.Request) -> bool:
    """Whether htmx asks, for a part of the page it shows; then a fragment is the answer."""
    headers = request.headers
    whole = headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true"
    return headers.get("HX-Request") == "true" and not whole


def routes() -> list[web.RouteDef]:
    return [web.get("/s/{version}/{name}", static), web.get("/favicon.ico", icon), web.get("/", home)]


async def home(request: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/chat")


async def icon(request: web.Request) -> web.Response:
    raise web.HTTPSeeOther(assets().url("icon.svg"))


async def static(request: web.Request) -> web.Response:
    return assets().answer(request)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _utc(moment: datetime) -> str:
    """What is shown until the browser writes its own local time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
