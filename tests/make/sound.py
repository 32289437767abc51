"""Small recordings, made on the spot: a tone, as telephones and browsers would write it."""

from __future__ import annotations

import io
import math
from array import array
from typing import Any

import av

MAKES = {
    "webm": ("webm", "libopus", 48_000),
    "ogg": ("ogg", "libopus", 48_000),
    "m4a": ("mp4", "aac", 44_100),
    "wav": ("wav", "pcm_s16le", 16_000),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "flac": ("flac", "flac", 16_000),
}


def make_sound(make: str = "webm", seconds: float = 1.5, metadata: dict[str, str] | None = None) -> bytes:
    """A tone in stereo; what a recorder would say about itself goes into `metadata`."""
    container, codec, rate = MAKES[make]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        target.metadata.update(metadata or {})
        stream: Any = target.add_stream(codec, rate=rate, layout="stereo")
        resampler = av.AudioResampler(format=stream.format.name, layout="stereo", rate=rate)
        second = _tone(rate)
        left = int(seconds * rate)
        while left > 0:
            frame = av.AudioFrame(format="s16", layout="stereo", samples=min(left, rate))
            frame.sample_rate = rate
            frame.planes[0].update(second[: frame.samples * 4].ljust(frame.planes[0].buffer_size, b"\x00"))
            left -= frame.samples
            for piece in resampler.resample(frame):
                piece.pts = None
                target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    return out.getvalue()


def _tone(rate: int) -> bytes:
    wave = array("h")
    for n in range(rate):
        wave.extend([int(8000 * math.sin(2 * math.pi * 220 * n / rate))] * 2)
    return wave.tobytes()


def make_film(seconds: int = 1) -> bytes:
    """Moving pictures, without sound."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream: Any = target.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for n in range(seconds * 10):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts = n
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()
