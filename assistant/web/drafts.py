"""What the model is asked when staff want a draft of an answer: the conversation as it would see it itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .. import prompt, published
from ..store import messages, personas, takeover
from ..store.parts import spoken
from ..store.personas import FROM_FILE, Content
from ..types import Author, Prompt, Role, Sampling
from .context import WebContext

NEWEST: Final = 40  # messages
LONGEST: Final = 8000  # characters of them together; no engine is at hand here to count tokens


class NothingToAnswer(Exception):
    """The last word is ours."""


async def material_of(context: WebContext, number: int) -> tuple[Prompt, Sampling]:
    """The prompt and how to answer it. Raises NothingToAnswer, NotFound."""
    place = await context.database.read(takeover.talk, number)
    said = await context.database.read(
        messages.history,
        number,
        from_seq=place.window_from_seq,
        before_seq=place.last_seq + 1,
        limit=NEWEST,
    )
    contents = await context.database.read(personas.contents)
    version, content = (
        contents.get(place.channel)
        or contents.get(None)
        or (FROM_FILE, Content(persona=context.settings.persona))
    )
    persona = published.resolved(version, content, context.settings)
    material = prompt.Material(
        persona=persona.text,
        safety=persona.safety,
        hint=getattr(context.inbound.channels.get(place.channel), "hint", ""),
        summary=place.summary,
        history=(),
        newest=(),
        tools=(),
        max_tokens=persona.max_tokens,
    )
    made = prompt.assemble(material, _fitting(said))
    if made.turns[-1].role is not Role.USER or not made.turns[-1].text:
        raise NothingToAnswer
    sampling = Sampling(max_tokens=persona.max_tokens, top_p=context.settings.top_p)
    chosen = sampling.temperature if persona.temperature is None else persona.temperature
    return made, replace(sampling, temperature=chosen)


def _fitting(said: list[messages.Said]) -> list[messages.Said]:
    """As many of the newest as fit, beginning with one of the person's."""
    size, first = 0, len(said)
    while first > 0:
        size += sum(len(str(part)) for part in said[first - 1].parts)
        if size > LONGEST and first < len(said):
            break
        first -= 1
    while first < len(said) and (said[first].author is not Author.PERSON or not spoken(said[first].parts)):
        first += 1
    return said[first:]
