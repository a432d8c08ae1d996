"""The show gate between the model's stream and everything a person can see."""

from __future__ import annotations

from . import calls
from .calls import Trouble
from .literals import Repair
from .types import Delta, Finish, ToolCall, Usage

_WHOLE = (Finish.STOP, Finish.TOOL)


class Gate:
    """Feeds on deltas and says what may be shown.

    Prose is shown up to where a call could begin, and goes on once that is ruled out; call-shaped text is never shown
    at all. After `end`, `calls` holds what the model asked for, `repairs` what was mended in it, and `trouble` why
    something that was meant as a call is none.
    """

    def __init__(self) -> None:
        self._text = ""
        self._shown = 0  # characters of the text that were shown or passed over
        self._scan = 0  # up to here no call begins
        self._block: int | None = None  # where one does
        self._prose: list[str] = []
        self.calls: list[ToolCall] = []
        self.repairs: tuple[Repair, ...] = ()
        self.trouble: Trouble | None = None
        self.finish: Finish | None = None
        self.usage = Usage()

    @property
    def text(self) -> str:
        """Everything shown or to be shown."""
        return "".join(self._prose).strip()

    @property
    def held(self) -> str:
        """What was kept back, for the model alone."""
        return self._text[self._shown :].strip()

    def feed(self, delta: Delta) -> str:
        """The text that may be shown now, after this delta."""
        self._text += delta.text
        if delta.tool_call is not None:
            self.calls.append(delta.tool_call)
        if delta.usage is not None:
            self.usage = delta.usage
        if delta.finish is not None:
            self.finish = delta.finish
        return self._advance(delta.text)

    def end(self) -> str:
        """The last text that may be shown. A call that was cut off is dropped, and so is prose after a call."""
        held = self._text[self._shown :]
        if self._block is None:
            if not held.strip() or not self._tail_may_be_shown():
                return ""
            return self._show(len(self._text))
        found = calls.parse(held)
        self.trouble = found.trouble
        if found.calls or found.trouble is not None:
            if self.finish not in _WHOLE:
                self.trouble = Trouble.CUT
            elif not self.calls:  # a server may send the same call as text and in fields of its own
                self.calls += found.calls
                self.repairs = found.repairs
            return ""
        return self._show(len(self._text))

    def _advance(self, news: str) -> str:
        visible = ""
        while True:
            if self._block is None:
                found = calls.begins(self._text, self._scan)
                self._scan = len(self._text) if found is None else found[0]
                visible += self._show(self._scan)
                if found is None or not found[1]:
                    return visible
                self._block = found[0]
            elif "}" not in news and "]" not in news:
                return visible
            end = calls.data_end(self._text, self._block, alone=self._alone())
            if end is None:
                return visible
            self._block, self._scan = None, end

    def _show(self, end: int) -> str:
        """The text up to `end`, without white space at its end: that is shown with what follows it."""
        visible = self._text[self._shown : end].rstrip()
        if not self._prose:
            visible = visible.lstrip()
        if not visible:
            return ""
        self._shown += len(self._text[self._shown : end].rstrip())
        self._prose.append(visible)
        return visible

    def _alone(self) -> bool:
        return not self._prose

    def _tail_may_be_shown(self) -> bool:
        """What stands at the end and might have become a call, had more come."""
        if self._scan >= len(self._text.rstrip()):
            return True
        return calls.harmless(self._text[self._scan :], self.text, whole=self.finish in _WHOLE)
