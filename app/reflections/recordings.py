"""Recordings that people bring: decoded apart from the house and written anew, one voice, small, without metadata."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import structlog
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.files.kinds import Made
from app.reflections import recording_child as child

LONGEST = 120
"""Seconds of one voice."""

PATIENCE = 60
"""Seconds of waiting for the decoder, however busy the machine is."""

NAME = "voice.mp3"
"""The name it came with may say who spoke, and where."""

ACCEPTED = "audio/*,.m4a,.mp3,.ogg,.opus,.oga,.webm,.wav,.amr,.3gp,.aac,.flac"

_one_at_a_time = threading.Lock()

_SENTENCES: dict[int, Any] = {
    child.NO_SOUND: _l("There is no sound in this file. Choose a recording of your voice, or record it here."),
    child.IS_VIDEO: _l("This is a film. We take the voice alone: record it here, or save it as sound."),
    child.TOO_LONG: _l("This recording is longer than two minutes. Cut it, or tell it in two parts."),
    child.TOO_SHORT: _l("This recording has hardly begun: it is shorter than a second. Record it again."),
}
_BROKEN = _l("We could not listen to this file. Choose a recording as your telephone makes it, or record it here.")


class BadRecording(RuleBroken):
    """No voice that we can keep; the message says why, and what to do."""


def make_voice(body: bytes, _name: str) -> Made:
    """Return a recording written anew. Raises `BadRecording`. A `core.files.kinds.Maker`."""
    command = [sys.executable, "-I", str(Path(child.__file__)), str(LONGEST)]
    try:
        with _one_at_a_time:
            done = subprocess.run(command, input=body, capture_output=True, timeout=PATIENCE, check=False, env={})  # noqa: S603 - our own file, and a number
    except subprocess.TimeoutExpired:
        raise BadRecording(_BROKEN) from None
    if done.returncode != 0:
        if done.returncode not in (*_SENTENCES, child.BROKEN):
            structlog.get_logger().warning("recordings.decoder_ended", code=done.returncode)
        raise BadRecording(_SENTENCES.get(done.returncode, _BROKEN))
    head, _line, anew = done.stdout.partition(b"\n")
    return Made(anew, "audio/mpeg", ("mp3",), seconds=int(json.loads(head)["seconds"]), name=NAME)
