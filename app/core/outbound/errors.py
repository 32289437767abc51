"""Why an address outside gave nothing: a small family of errors, and a code for what people can do about it."""

from __future__ import annotations

from enum import StrEnum

from app.core.errors import MalocaError


class Reason(StrEnum):
    """Stable codes; pages say them in words. None of them holds the address, which may itself be a secret."""

    ADDRESS = "address"  # not a whole address of the web
    SCHEME = "scheme"  # not https
    PORT = "port"
    CREDENTIALS = "credentials"  # a user name or a password in it
    PRIVATE = "private"  # leads into a network that is not public
    NAME = "name"  # nobody knows this name
    CONNECTION = "connection"  # refused, or broken off
    CERTIFICATE = "certificate"  # not whom the name says
    TIME = "time"  # took too long
    SIZE = "size"  # larger than what is taken
    CUT = "cut"  # ended before its own length
    ENCODED = "encoded"  # packed in a way that was not asked for
    REDIRECTED = "redirected"  # led on too often, nowhere, or to another scheme
    ANSWER = "answer"  # no HTTP
    FORBIDDEN = "forbidden"  # 401, 403
    GONE = "gone"  # 404, 410
    BUSY = "busy"  # 429, 5xx
    STATUS = "status"  # any other answer that brings nothing


class OutboundFailed(MalocaError):
    """Base of what can go wrong outside."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class AddressRefused(OutboundFailed):
    """This house does not ask such an address; nothing was sent."""


class NotReached(OutboundFailed):
    """Nobody answered in time, or not the one whose name it is."""


class AnswerRefused(OutboundFailed):
    """Somebody answered, with nothing that can be used."""
