"""Data sets of judged and corrected answers, and the files that are made of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from aiohttp import web

from ... import __version__
from ...store import datasets, export_files, exports
from ...store.exports import Export, Filter, Kind
from ...store.staff import StaffMember, StaffRole
from ..auth import needs
from ..body import read_form
from ..context import WebContext, channel_title, context_of
from ..pages import fragment, in_place, page
from ..record import on_record
from ..words import N_, gettext
from . import verdicts

PAGE = "/admin/datasets"
EXPORTS = "/admin/exports"
LONGEST_NAME = 64
FORMAT_VERSION = 1
"""Of the lines in the files; told in every manifest."""

KINDS = {
    Kind.SFT: N_("sft: conversations with the answer as it should be"),
    Kind.DPO: N_("dpo: the better and the worse answer"),
    Kind.EVAL: N_("eval: questions with what is expected"),
    Kind.RAW: N_("raw: everything known of an answer"),
}
STATES = {
    "made": N_("ready"),
    "failed": N_("failed"),
    "erased": N_("deleted: somebody in it was erased. Make it again."),
}
SKIPPED = {
    "opted_out": N_("the person opted out"),
    "no_question": N_("no question is left"),
    "no_correction": N_("no correction"),
    "not_good": N_("not good and not corrected"),
    "not_judged": N_("not judged"),
    "disputed": N_("reviewers disagree"),
}


def routes() -> list[web.RouteDef]:
    dataset = r"/admin/datasets/{id:\d{1,18}}"
    export = r"/admin/exports/{id:\d{1,18}}"
    return [
        web.get(PAGE, datasets_page),
        web.post(PAGE, create),
        web.post(f"{PAGE}/add", add),
        web.get(dataset, one),
        web.post(f"{dataset}/freeze", freeze),
        web.post(f"{dataset}/version", version),
        web.post(f"{dataset}/split", split),
        web.post(dataset + r"/items/{item:\d{1,18}}/remove", remove),
        web.get(EXPORTS, exports_page),
        web.post(EXPORTS, export_now),
        web.get(export, download),
        web.get(f"{export}/manifest", manifest),
    ]


# --- data sets -------------------------------------------------------------------------------------------


@needs("reviewer")
async def datasets_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _list(request, member)


@needs("reviewer")
async def create(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    name = verdicts.plain((await read_form(request)).get("name", "")).strip()
    if not name or len(name) > LONGEST_NAME:
        fault = gettext("Give the data set a name of at most 64 characters.")
        return await _list(request, member, status=422, fault=fault)
    if any(name == known.name for known in await context.database.read(datasets.every)):
        fault = gettext("A data set of this name is there already.")
        return await _list(request, member, status=422, fault=fault)
    made = await context.database.write(datasets.create, name=name, by=member.id, now=context.clock.now())
    await _log(context, member, "dataset.created", f"dataset:{made}")
    raise web.HTTPSeeOther(f"{PAGE}/{made}")


@needs("reviewer")
async def add(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """One answer into a set: the one that is named, else the one used last."""
    context = context_of(request)
    form = await read_form(request, verdicts.FORM_BYTES)
    message, wanted = _id(form.get("message", "")), _id(form.get("dataset", ""))
    if message is None:
        raise web.HTTPBadRequest
    found = await context.database.write(
        datasets.add, message, dataset=wanted, by=member.id, now=context.clock.now()
    )
    await _log(context, member, "dataset.added", f"message:{message}", {"dataset": found})
    if in_place(request):
        sets = await verdicts.sets_of(context, message)
        return fragment("verdict.html", "collect", sets=sets)
    raise web.HTTPSeeOther(f"{PAGE}/{found}")


@needs("reviewer")
async def one(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = _number(request)
    dataset = await context.database.read(datasets.get, number)
    before = _id(request.query.get("before", ""))
    rows = await context.database.read(datasets.items, number, member.id, before=before)
    return page(
        "dataset.html",
        member=member,
        dataset=dataset,
        rows=rows,
        older=rows[-1].id if len(rows) == datasets.PAGE else None,
        title=lambda name: channel_title(context, name),
        is_admin=member.role is StaffRole.ADMIN,
    )


@needs("reviewer")
async def remove(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number, item = _number(request), int(request.match_info["item"])
    if await context.database.write(datasets.remove, number, item):
        await _log(context, member, "dataset.removed", f"dataset:{number}", {"item": item})
    raise web.HTTPSeeOther(f"{PAGE}/{number}")


@needs("reviewer")
async def freeze(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = _number(request)
    if await context.database.write(datasets.freeze, number, context.clock.now()):
        await _log(context, member, "dataset.frozen", f"dataset:{number}")
    raise web.HTTPSeeOther(f"{PAGE}/{number}")


@needs("reviewer")
async def version(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """A new set that goes on from this one, which is frozen."""
    context = context_of(request)
    number = _number(request)
    made = await context.database.write(datasets.next_version, number, by=member.id, now=context.clock.now())
    await _log(context, member, "dataset.created", f"dataset:{made}", {"from": number})
    raise web.HTTPSeeOther(f"{PAGE}/{made}")


@needs("reviewer")
async def split(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    number = _number(request)
    percent = _id((await read_form(request)).get("percent", ""))
    if percent is None or percent > 100:
        raise web.HTTPBadRequest
    await context.database.write(datasets.split, number, percent)
    await _log(context, member, "dataset.split", f"dataset:{number}", {"percent": percent})
    raise web.HTTPSeeOther(f"{PAGE}/{number}")


async def _list(
    request: web.Request, member: StaffMember, *, status: int = 200, fault: str | None = None
) -> web.Response:
    return page(
        "datasets.html",
        status=status,
        member=member,
        rows=await context_of(request).database.read(datasets.every),
        fault=fault,
        is_admin=member.role is StaffRole.ADMIN,
    )


# --- files -----------------------------------------------------------------------------------------------


@needs("admin", fresh=True)
async def exports_page(request: web.Request, member: StaffMember) -> web.StreamResponse:
    return await _exports(request, member, _chosen(request.query))


@needs("admin", fresh=True)
async def export_now(request: web.Request, member: StaffMember) -> web.StreamResponse:
    """Count what a file would hold, or make it."""
    context = context_of(request)
    form = await read_form(request)
    try:
        kind, wanted = _read(form)
    except ValueError as unfit:
        return await _exports(request, member, form, status=422, fault=str(unfit))
    if "count" in form:
        counts, _ = await _made(context, kind, wanted, None)
        return await _exports(request, member, form, counts=counts)
    writer = await asyncio.to_thread(export_files.Writer, context.settings.data, kind.value)
    try:
        counts, members = await _made(context, kind, wanted, writer)
        digest = await asyncio.to_thread(writer.finish)
        made = await context.database.write(
            exports.record,
            kind=kind,
            wanted=wanted,
            manifest={
                "kind": kind.value,
                "filter": wanted.stored(),
                "counts": counts,
                "versions": {"format": FORMAT_VERSION, "assistant": __version__},
                "sha256": digest,
                "bytes": writer.bytes,
            },
            members=members,
            file=writer.name,
            by=member.id,
            now=context.clock.now(),
        )
    except BaseException:
        await asyncio.to_thread(writer.abandon)
        raise
    if made is None:
        await asyncio.to_thread(writer.abandon)
        fault = gettext("Somebody in it was erased or opted out while it was made. Make it again.")
        return await _exports(request, member, form, status=409, fault=fault)
    await _log(context, member, "export.made", f"export:{made}", {"kind": kind.value, **counts["lines"]})
    raise web.HTTPSeeOther(f"{EXPORTS}?made={made}")


async def _made(
    context: WebContext, kind: Kind, wanted: Filter, writer: export_files.Writer | None
) -> tuple[dict[str, Any], list[int]]:
    """Write all lines; without a writer only count them. Returns the counts and the conversations of the lines."""
    members: set[int] = set()
    skipped: Counter[str] = Counter()
    written = after = 0
    while lines := await context.database.read(exports.lines, kind, wanted, after=after):
        after = lines[-1].after
        texts = [line.text for line in lines if line.text is not None]
        members |= {line.conversation for line in lines if line.text is not None}
        skipped.update(line.skipped for line in lines if line.skipped is not None)
        written += len(texts)
        if writer is not None:
            await asyncio.to_thread(writer.write, texts)
    counts = {
        "lines": {"written": written, "skipped": sum(skipped.values())},
        "skipped": dict(sorted(skipped.items())),
        "conversations": len(members),
    }
    return counts, sorted(members)


@needs("admin", fresh=True)
async def download(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    found = await context.database.read(exports.get, _number(request))
    if found.state != "made" or found.file is None:
        raise web.HTTPNotFound
    place = export_files.path(context.settings.data, found.file)
    if not await asyncio.to_thread(place.is_file):
        raise web.HTTPNotFound
    await _log(context, member, "export.downloaded", f"export:{found.id}")
    name = f"{found.kind}-{found.id}.jsonl"
    headers = {
        "Content-Type": "application/x-ndjson",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return web.FileResponse(place, headers=headers)


@needs("admin", fresh=True)
async def manifest(request: web.Request, member: StaffMember) -> web.StreamResponse:
    context = context_of(request)
    found = await context.database.read(exports.get, _number(request))
    body = orjson.dumps(
        found.manifest | {"state": found.state, "created_at": found.created_at},
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )
    name = f"{found.kind}-{found.id}.manifest.json"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return web.Response(body=body, content_type="application/json", headers=headers)


async def _exports(
    request: web.Request,
    member: StaffMember,
    form: Mapping[str, str],
    *,
    status: int = 200,
    fault: str | None = None,
    counts: dict[str, Any] | None = None,
) -> web.Response:
    context = context_of(request)
    before = _id(request.query.get("before", ""))
    files: list[Export] = await context.database.read(exports.newest, before=before)
    return page(
        "exports.html",
        status=status,
        member=member,
        files=files,
        older=files[-1].id if len(files) == exports.SHOWN else None,
        made=_id(request.query.get("made", "")),
        fault=fault,
        counts=counts,
        form=form,
        kinds=KINDS,
        states=STATES,
        skipped=SKIPPED,
        sets=await context.database.read(datasets.every),
        channels=[(name, channel_title(context, name)) for name in sorted(context.inbound.channels)],
    )


def _chosen(query: Mapping[str, str]) -> dict[str, str]:
    """What the form shows at first; a link may name the data set."""
    return {"kind": Kind.SFT.value, "scrub": "on", "dataset": query.get("dataset", "")}


def _read(form: Mapping[str, str]) -> tuple[Kind, Filter]:
    """Raises ValueError with the sentence for who filled the form in."""
    try:
        kind = Kind(form.get("kind", ""))
    except ValueError:
        raise ValueError(gettext("Choose a format.")) from None
    version = form.get("persona_version", "").strip()
    if version and _id(version) is None:
        raise ValueError(gettext("A persona version is a whole number."))
    until = _date(form, "until")
    return kind, Filter(
        dataset=_id(form.get("dataset", "")),
        split=form.get("split") if form.get("split") in datasets.SPLITS else None,
        channel=verdicts.plain(form.get("channel", ""))[:32] or None,
        persona_version=_id(version) if version else None,
        since=_date(form, "since"),
        until=until + timedelta(days=1) if until else None,
        scrub="scrub" in form,
    )


def _date(form: Mapping[str, str], name: str) -> datetime | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(gettext("A date reads like 2026-01-31.")) from None


# --- what they share -------------------------------------------------------------------------------------


async def _log(
    context: WebContext,
    member: StaffMember,
    action: str,
    target: str,
    detail: dict[str, Any] | None = None,
) -> None:
    await on_record(context, member, action, target, detail=detail)


def _number(request: web.Request) -> int:
    return int(request.match_info["id"])


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
