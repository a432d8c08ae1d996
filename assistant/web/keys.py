"""The keyboard of the staff pages: one table for the handlers, the badges beside buttons, the help sheet and the tests."""

from __future__ import annotations

from dataclasses import dataclass

from .words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """`keys`: what is pressed, in the browser's names, `g i` one after the other. `action`: what it stands for.

    An element with `data-action` of that name is clicked, or focused when it is a field; `built_in` actions are done by
    keys.js itself. `where`: the `data-page` of the pages it works on, empty for all.
    """

    keys: str
    action: str
    words: str
    where: tuple[str, ...] = ()
    built_in: bool = False


INBOX, TRANSCRIPT, REVIEW = "inbox", "transcript", "review"
TABLE = (
    Key(keys="?", action="help", words=N_("Show these keys"), built_in=True),
    Key(keys="Escape", action="leave", words=N_("Close, or leave the field"), built_in=True),
    Key(keys="/", action="search", words=N_("Search"), where=(INBOX, TRANSCRIPT)),
    Key(keys="g h", action="go_home", words=N_("Go to the home page")),
    Key(keys="g i", action="go_inbox", words=N_("Go to the conversations")),
    Key(keys="g r", action="go_review", words=N_("Go to the review queues")),
    Key(keys="j", action="next", words=N_("Next in the list"), where=(INBOX, TRANSCRIPT), built_in=True),
    Key(keys="k", action="previous", words=N_("The one before"), where=(INBOX, TRANSCRIPT), built_in=True),
    Key(keys="Enter", action="open", words=N_("Open it"), where=(INBOX, TRANSCRIPT), built_in=True),
    Key(keys="t", action="take_over", words=N_("Take over"), where=(TRANSCRIPT,)),
    Key(keys="h", action="hand_back", words=N_("Hand back to the model"), where=(TRANSCRIPT,)),
    Key(keys="r", action="reply", words=N_("Write a reply"), where=(TRANSCRIPT,)),
    Key(keys="l", action="label", words=N_("Add a label"), where=(TRANSCRIPT,)),
    Key(keys="n", action="note", words=N_("Write a note"), where=(TRANSCRIPT, REVIEW)),
    Key(keys="f", action="flag", words=N_("Flag"), where=(TRANSCRIPT,)),
    Key(keys="1", action="verdict_good", words=N_("Good"), where=(TRANSCRIPT, REVIEW)),
    Key(keys="2", action="verdict_bad", words=N_("Bad"), where=(TRANSCRIPT, REVIEW)),
    Key(keys="3", action="verdict_unsure", words=N_("Unsure"), where=(TRANSCRIPT, REVIEW)),
    Key(keys="e", action="correct", words=N_("Correct the answer"), where=(TRANSCRIPT, REVIEW)),
    Key(keys="d", action="add_to_dataset", words=N_("Add to the data set"), where=(TRANSCRIPT, REVIEW)),
    Key(keys="s", action="skip", words=N_("Skip this one"), where=(REVIEW,)),
    Key(
        keys="Ctrl+Enter", action="submit", words=N_("Send, or decide and go on"), where=(TRANSCRIPT, REVIEW)
    ),
)


def on(page: str) -> list[Key]:
    """The keys of a page."""
    return [key for key in TABLE if not key.where or page in key.where]


def badge(action: str) -> str:
    """What to press for an action, as a badge shows it. Raises KeyError for one that no key has."""
    for key in TABLE:
        if key.action == action:
            return key.keys
    raise KeyError(f"no key for {action}")
