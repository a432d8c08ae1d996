"""Every table, for SQLite and PostgreSQL alike."""

from .chat import *  # noqa: F403
from .columns import Id as Id
from .columns import Instant as Instant
from .columns import Json as Json
from .columns import instant_text as instant_text
from .columns import metadata as metadata
from .core import *  # noqa: F403
from .desk import *  # noqa: F403
from .visit import *  # noqa: F403
