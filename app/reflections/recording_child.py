"""A process of its own, which decodes a recording and writes it anew: one voice, small, without names and places.

Decoders of foreign bytes are where programs are broken into, or brought to eat a machine's memory. So this runs
apart, under limits, and knows nothing of the house: recording on standard input, `{"seconds": …}` and MP3 on standard
output, the exit code saying what was wrong. It is run as a file, by `recordings`; nobody imports it.
"""

from __future__ import annotations

import io
import json
import resource
import sys

MOST_MEMORY = 1_500_000_000
MOST_CPU_SECONDS = 30

# What was wrong. 1 is Python's own: a fault.
NO_SOUND, IS_VIDEO, TOO_LONG, BROKEN, TOO_SHORT = 3, 4, 5, 6, 7

FORMATS = "matroska,webm,ogg,mov,mp4,m4a,3gp,mp3,wav,aac,flac,amr,caf,aiff"
"""Containers that telephones and computers record into. None of them fetches anything from elsewhere."""

RATE = 24_000
BITS_PER_SECOND = 32_000
"""Two minutes are 480 kB; every browser and every old telephone plays MP3."""

SLACK = 2
"""Seconds beyond the limit that are forgiven: recorders stop a little late."""


def set_limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(longest: int) -> None:
    set_limits()
    import av

    came = io.BytesIO(sys.stdin.buffer.read())
    try:
        with av.open(came, options={"format_whitelist": FORMATS, "protocol_whitelist": ""}) as source:
            if any(not is_cover(stream) for stream in source.streams.video):
                sys.exit(IS_VIDEO)
            if not source.streams.audio:
                sys.exit(NO_SOUND)
            seconds, body = write_anew(av, source, longest)
    except (av.error.FFmpegError, ValueError):
        sys.exit(BROKEN)
    sys.stdout.buffer.write(json.dumps({"seconds": seconds}).encode() + b"\n" + body)


def is_cover(stream: object) -> bool:
    """Whether a stream of pictures is one picture: the cover that music programs put into files."""
    return "attached_pic" in str(getattr(stream, "disposition", "")).lower()


def write_anew(av: object, source: object, longest: int) -> tuple[int, bytes]:
    """Return how many seconds the first voice lasts, and it as MP3 without a word about who recorded it where."""
    out, samples = io.BytesIO(), 0
    plain = {"id3v2_version": "0", "write_id3v1": "0", "fflags": "+bitexact"}
    with av.open(out, "w", format="mp3", options=plain) as target:  # type: ignore[attr-defined]  # imported late
        voice = target.add_stream("libmp3lame", rate=RATE, layout="mono")
        voice.bit_rate = BITS_PER_SECOND
        resampler = av.AudioResampler(format="s16p", layout="mono", rate=RATE)  # type: ignore[attr-defined]  # imported late
        for frame in source.decode(audio=0):  # type: ignore[attr-defined]  # imported late
            for piece in resampler.resample(frame):
                samples += piece.samples
                if samples > (longest + SLACK) * RATE:
                    sys.exit(TOO_LONG)
                piece.pts = None
                target.mux(voice.encode(piece))
        for piece in resampler.resample(None):
            samples += piece.samples
            piece.pts = None
            target.mux(voice.encode(piece))
        if samples < RATE // 2:
            sys.exit(TOO_SHORT)
        target.mux(voice.encode(None))
    return max(1, min(longest, round(samples / RATE))), out.getvalue()


if __name__ == "__main__":
    main(int(sys.argv[1]))
