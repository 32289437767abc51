"""Asking for a calendar where it stands: the way through the one door, and its answer as this package needs it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.addresses import absolute
from app.core.errors import MalocaError
from app.core.outbound import OutboundFailed, fetch, house_rules, target_of

OWN = "own"
ACCEPT = "text/calendar, text/plain;q=0.5, */*;q=0.1"


class NotFetched(MalocaError):
    """Nothing came; `code` is that of `core.outbound.Reason`, or `OWN` for an address of this house."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came; `body` is None where nothing has changed. The rest is what makes the next request a small one."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


def as_https(address: str) -> str:
    """Return the address to ask for: programs hand out `webcal:` for what is fetched by https."""
    scheme, colon, rest = address.partition(":")
    return f"https:{rest}" if colon and scheme.lower() in ("webcal", "webcals") else address


def fetch_calendar(address: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """Fetch a calendar, outside of any transaction. Raises `NotFetched`."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    try:
        rules = house_rules()
        if target_of(address, rules).host == urlsplit(absolute("/")).hostname and not rules.test_hosts:
            raise NotFetched(OWN)
        answer = fetch(
            address, rules=rules, accept=ACCEPT, headers={name: value for name, value in headers.items() if value}
        )
    except OutboundFailed as failed:
        raise NotFetched(failed.reason.value) from None
    return Fetched(
        body=answer.body if answer.status == 200 else None,
        etag=_header(answer.headers.get("etag", ""), 300),
        last_modified=_header(answer.headers.get("last-modified", ""), 100),
    )


def _header(value: str, longest: int) -> str:
    """Return what is sent back next time; what is too long or no plain text is not."""
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""
