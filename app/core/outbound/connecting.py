"""Finding the numbers of a name and opening a connection to one of those that were looked at.

The outer border: tests replace `look_up` and `open_socket`, nothing above them.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from io import BufferedReader, RawIOBase
from ipaddress import ip_address
from time import monotonic
from typing import Any

from app.core.outbound.errors import AddressRefused, NotReached, Reason
from app.core.outbound.ranges import is_public
from app.core.outbound.targets import HTTPS, Target


class Deadline:
    """One end for everything a fetch does, however many redirections and however slowly they drip."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raises `NotReached` when there are none."""
        seconds = self._ends_at - monotonic()
        if seconds <= 0:
            raise NotReached(Reason.TIME)
        return seconds


def look_up(host: str, port: int) -> list[str]:
    """Ask the system for all numbers of a name. Blocks as long as the system likes."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def open_socket(number: str, port: int, seconds: float) -> socket.socket:
    """Connect to a number. No name is resolved: what is given is a number already."""
    return socket.create_connection((number, port), timeout=seconds)


def trusted_roots() -> ssl.SSLContext:
    """Certificates are checked against those the system trusts, and against the name that was asked for."""
    return ssl.create_default_context()


def numbers_of(target: Target, deadline: Deadline) -> list[str]:
    """Return the numbers a target may be reached by. Where one of them is not public, none is taken: such a name
    belongs to somebody who wants in. Raises `AddressRefused` and `NotReached`."""
    found = _look_up_in_time(target, deadline)
    if not target.is_test and not all(is_public(ip_address(number)) for number in found):
        raise AddressRefused(Reason.PRIVATE)
    return found


def _look_up_in_time(target: Target, deadline: Deadline) -> list[str]:
    """Look up in a thread of its own, since nothing else can put an end to it."""
    answer: list[Any] = []

    def ask() -> None:
        try:
            answer.append(list(dict.fromkeys(look_up(target.host, target.port))))
        except (OSError, UnicodeError):
            answer.append([])

    thread = threading.Thread(target=ask, name="outbound-name", daemon=True)
    thread.start()
    thread.join(deadline.left())
    if not answer:
        raise NotReached(Reason.TIME)
    if not answer[0]:
        raise NotReached(Reason.NAME)
    return list(answer[0])


def connect(target: Target, numbers: Sequence[str], deadline: Deadline) -> socket.socket:
    """Open a connection to the first number that takes one, with TLS for the name of the target. Raises `NotReached`
    (`CONNECTION`, `CERTIFICATE`, `TIME`)."""
    plain = _first_open(target, numbers, deadline)
    if target.scheme != HTTPS:
        return plain
    try:
        plain.settimeout(deadline.left())
        return trusted_roots().wrap_socket(plain, server_hostname=target.host)
    except ssl.SSLCertVerificationError:
        plain.close()
        raise NotReached(Reason.CERTIFICATE) from None
    except TimeoutError:
        plain.close()
        raise NotReached(Reason.TIME) from None
    except OSError:
        plain.close()
        raise NotReached(Reason.CONNECTION) from None
    except BaseException:
        plain.close()
        raise


def _first_open(target: Target, numbers: Sequence[str], deadline: Deadline) -> socket.socket:
    reason = Reason.CONNECTION
    for tried, number in enumerate(numbers):
        try:
            return open_socket(number, target.port, deadline.left() / (len(numbers) - tried))
        except TimeoutError:
            reason = Reason.TIME
        except OSError:
            reason = Reason.CONNECTION
    raise NotReached(reason)


class TimedSocket:
    """A socket as `http.client` wants one, each read of which gets only what is left of the one deadline."""

    def __init__(self, inner: socket.socket, deadline: Deadline) -> None:
        self.inner, self.deadline = inner, deadline

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(_TimedReader(self))

    def sendall(self, data: Any) -> None:
        self.inner.settimeout(self.deadline.left())
        self.inner.sendall(data)

    def close(self) -> None:
        self.inner.close()


class _TimedReader(RawIOBase):
    def __init__(self, timed: TimedSocket) -> None:
        self.timed = timed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.timed.inner.settimeout(self.timed.deadline.left())
        return self.timed.inner.recv_into(buffer)
