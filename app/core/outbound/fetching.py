"""One GET of an address outside, with redirections looked at one by one, an end to its time and to its length.

No cookies, no proxies of the environment, no packed bodies, nothing that says who reads; the house says its own name.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from flask import has_app_context

from app.core.outbound.connecting import Deadline, TimedSocket, connect, numbers_of
from app.core.outbound.errors import AddressRefused, AnswerRefused, NotReached, OutboundFailed, Reason
from app.core.outbound.targets import Rules, Target, target_of
from app.extensions import db

REDIRECTIONS = (301, 302, 303, 307, 308)
CHUNK = 16_384


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for the whole, with all redirections; bytes of the body; how often it may lead on."""

    seconds: float = 20
    size: int = 2_000_000
    redirections: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: 200 with a body, or 304 with none. `headers` by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str


def fetch(
    address: str,
    *,
    rules: Rules,
    accept: str = "*/*",
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Get what stands at an address. `headers` are those of a conditional request. Raises `AddressRefused` (nothing
    was sent there), `NotReached`, `AnswerRefused`; `RuntimeError` inside a transaction, which would hold everybody
    else up while somebody far away takes their time."""
    if has_app_context() and db.session().in_transaction():
        raise RuntimeError("no request to the outside while a transaction is open")
    limits = limits or Limits()
    deadline, asked = Deadline(limits.seconds), target_of(address, rules)
    sent = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": rules.agent, **(headers or {})}
    for _time in range(limits.redirections + 1):
        found = _ask(asked, sent, deadline, limits.size)
        if isinstance(found, Answer):
            return found
        asked = _led_to(asked, found, rules)
    raise AnswerRefused(Reason.REDIRECTED)


def _led_to(asked: Target, location: str, rules: Rules) -> Target:
    """Return where an answer leads: looked at as if somebody had typed it, and by the same scheme."""
    try:
        led = target_of(urljoin(asked.address, location), rules)
    except AddressRefused as error:
        raise error if error.reason is Reason.PRIVATE else AnswerRefused(Reason.REDIRECTED) from None
    except ValueError:
        raise AnswerRefused(Reason.REDIRECTED) from None
    if led.scheme != asked.scheme:
        raise AnswerRefused(Reason.REDIRECTED)
    return led


def _ask(target: Target, headers: Mapping[str, str], deadline: Deadline, size: int) -> Answer | str:
    """Send one request; return its answer, or where it leads on to."""
    timed = TimedSocket(connect(target, numbers_of(target, deadline), deadline), deadline)
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = timed  # all of a socket that the library uses
    try:
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": target.authority, **headers, "Connection": "close"}.items():
            connection.putheader(name, value)
        connection.endheaders()
        return _read(target, connection.getresponse(), size)
    except OutboundFailed:
        raise
    except TimeoutError:
        raise NotReached(Reason.TIME) from None
    except http.client.IncompleteRead:
        raise AnswerRefused(Reason.CUT) from None
    except (http.client.HTTPException, ValueError):
        raise AnswerRefused(Reason.ANSWER) from None
    except OSError:
        raise NotReached(Reason.CONNECTION) from None
    finally:
        timed.close()


def _read(target: Target, response: http.client.HTTPResponse, size: int) -> Answer | str:
    status, headers = response.status, {name.lower(): value for name, value in response.getheaders()}
    if status in REDIRECTIONS:
        if "location" not in headers:
            raise AnswerRefused(Reason.REDIRECTED)
        return headers["location"]
    if status == 304:
        return Answer(status, headers, b"", target.address)
    if status != 200:
        raise AnswerRefused(_reason_of(status))
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise AnswerRefused(Reason.ENCODED)
    return Answer(status, headers, _body(response, size), target.address)


def _reason_of(status: int) -> Reason:
    by_status = {401: Reason.FORBIDDEN, 403: Reason.FORBIDDEN, 404: Reason.GONE, 410: Reason.GONE, 429: Reason.BUSY}
    return by_status.get(status, Reason.BUSY if status >= 500 else Reason.STATUS)


def _body(response: http.client.HTTPResponse, size: int) -> bytes:
    """Read the body as it comes, no byte beyond `size`; a body that ends before its own length is none."""
    length = response.length
    if length is not None and length > size:
        raise AnswerRefused(Reason.SIZE)
    body = bytearray()
    while part := response.read1(CHUNK):
        body += part
        if len(body) > size:
            raise AnswerRefused(Reason.SIZE)
    if length is not None and len(body) < length:
        raise AnswerRefused(Reason.CUT)
    return bytes(body)
