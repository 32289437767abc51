"""One small recording for the example voices: six notes, computed here, so that nobody's voice stands for an invented
person. What is said beside it says so."""

from __future__ import annotations

import io
import math
import wave
from array import array

from app.core import files
from app.core.files import Incoming
from app.reflections.recordings import make_voice

RATE = 8_000
"""Samples per second: enough for notes below 4000 Hz, and few to compute."""

NOTES = (392, 440, 523, 440, 392, 330)
"""Frequencies in Hz, half a second each."""

_SAMPLES = RATE // 2
_FADE = RATE // 50
"""A note comes and goes within a fiftieth of a second: without it, it would begin and end with a click."""

_LOUDEST = 9_000


def play_notes() -> bytes:
    """Return the notes as a WAV file, the same bytes each time."""
    samples = array("h", (_loudness(place, note) for note in NOTES for place in range(_SAMPLES)))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _loudness(place: int, note: int) -> int:
    fade = min(1.0, place / _FADE, (_SAMPLES - place) / _FADE)
    return int(_LOUDEST * fade * math.sin(2 * math.pi * note * place / RATE))


def lay_voices_down(number: int) -> tuple[Incoming, ...]:
    """Write the recording into the folder of files so many times, made as everybody's recordings are: before the
    transaction that names them."""
    made = make_voice(play_notes(), "")
    return tuple(
        files.lay_down(made.body, name=made.name, media_type=made.media_type, seconds=made.seconds)
        for _ in range(number)
    )
