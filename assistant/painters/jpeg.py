"""A picture as JPEG that says in itself that a machine made it."""

from __future__ import annotations

import io
from enum import StrEnum

from PIL import Image

QUALITY = 80
_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"


class Made(StrEnum):
    """IPTC's names for how a picture came to be (cv.iptc.org, read 2026-11-30)."""

    BY_MODEL = "trainedAlgorithmicMedia"
    BY_PROGRAM = "algorithmicMedia"


def encode(image: Image.Image, made: Made) -> bytes:
    """The picture as it is sent, with its source in XMP; nothing else is in it."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=False, xmp=_xmp(made))
    return file.getvalue()


def _xmp(made: Made) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f'e:DigitalSourceType="{_SOURCE}{made}"/></rdf:RDF></x:xmpmeta>'
    ).encode()
