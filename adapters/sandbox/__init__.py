"""Local stand-ins of the platforms' APIs: real HTTP, real payloads, real signatures, and people with phones."""

from .faults import ApiFailure, Faults
from .groups import Group
from .happenings import Happening, Kind, Stream
from .phones import Heard, Inbox, Phone
from .pieces import Button, Card, File, NotHere, Piece, Spot, sample
from .platform import Call, Delivery, Platform
from .playing import Played, StepResult, play
from .sandbox import Sandbox
from .scenarios import Caller, Scenario, ScenarioError, load, shipped
from .steps import Step
from .wire import Direction, Exchange, Signature, Wire

__all__ = [
    "ApiFailure",
    "Button",
    "Call",
    "Caller",
    "Card",
    "Delivery",
    "Direction",
    "Exchange",
    "Faults",
    "File",
    "Group",
    "Happening",
    "Heard",
    "Inbox",
    "Kind",
    "NotHere",
    "Phone",
    "Piece",
    "Platform",
    "Played",
    "Sandbox",
    "Scenario",
    "ScenarioError",
    "Signature",
    "Spot",
    "Step",
    "StepResult",
    "Stream",
    "Wire",
    "load",
    "play",
    "sample",
    "shipped",
]
