"""Local stand-ins of the platforms' APIs: real HTTP, real payloads, real signatures, and people with phones."""

from .faults import ApiFailure, Faults
from .happenings import Happening, Kind, Stream
from .phones import Heard, Phone
from .platform import Call, Delivery, Platform
from .sandbox import Sandbox

__all__ = [
    "ApiFailure",
    "Call",
    "Delivery",
    "Faults",
    "Happening",
    "Heard",
    "Kind",
    "Phone",
    "Platform",
    "Sandbox",
    "Stream",
]
