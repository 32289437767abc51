"""Pictures that people bring: measured before they are decoded, then written anew.

A picture of 30,000 × 30,000 points is a small file and three gigabytes of memory: its header says so. What is written
anew holds no place, no camera and no hour (EXIF), stands upright, and is no larger than a page can show.
"""

from __future__ import annotations

import io
import threading
from typing import Any

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps, UnidentifiedImageError

from app.core.errors import RuleBroken

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 12_000
MOST_POINTS = 40_000_000
SHOWN_SIDE = 2_400
"""Points on the longer side of what is kept."""

QUALITY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82},
}

Image.MAX_IMAGE_PIXELS = None  # `_check_size` measures, and answers in words

_one_at_a_time = threading.Lock()
"""A picture of 40 million points takes some 200 MB while it is decoded."""


class BadPicture(RuleBroken):
    """Too large, or broken."""


def renewed(body: bytes) -> tuple[str, bytes]:
    """Return a picture's format and its bytes written anew. Raises `BadPicture`."""
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
            _check_size(picture)
            with _one_at_a_time:
                return str(picture.format), _written_anew(picture)
    except BadPicture:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        # Pillow says "broken" in as many ways as there are formats
        raise BadPicture(_l("This picture is broken. Open it on your device, save it again, and send that.")) from None


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if max(width, height) > LONGEST_SIDE or width * height > MOST_POINTS:
        raise BadPicture(
            _l(
                "This picture has %(width)s × %(height)s points. There is room for %(longest)s on a side and %(most)s "
                "million in all: make it smaller, then send it again.",
                width=width,
                height=height,
                longest=LONGEST_SIDE,
                most=MOST_POINTS // 1_000_000,
            )
        )


def _written_anew(picture: Image.Image) -> bytes:
    made = str(picture.format)
    picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in ("L", "RGB", "RGBA"):
        upright = upright.convert("RGBA" if upright.has_transparency_data and made != "JPEG" else "RGB")
    elif made == "PNG" and upright.mode == "RGB" and upright.has_transparency_data:
        upright = upright.convert("RGBA")
    upright.info = {}  # comments, profiles and positions would be written along
    out = io.BytesIO()
    upright.save(out, made, **QUALITY[made])
    return out.getvalue()
