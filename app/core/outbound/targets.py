"""From an address as somebody typed it to what may be asked: host, port, path; everything doubtful is refused.

Pure. Hosts are read as browsers read them (UTS 46), and what a browser would take for a number in disguise (`0x7f.1`,
`2130706433`, `0177.0.0.1`) is no name here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urlsplit

import idna
from flask import current_app

from app.core.outbound.errors import AddressRefused, Reason
from app.core.outbound.ranges import is_public

HTTPS, HTTP = "https", "http"
LONGEST = 2_000
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOCAL = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "test")
"""Ends of names that no public register gives out."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a house allows beyond the rule. `ports` besides 443; `test_hosts` as `host:port`: asked by http too and
    wherever they stand, for trials alone; `agent` is how the house names itself."""

    ports: frozenset[int] = frozenset()
    test_hosts: frozenset[str] = frozenset()
    agent: str = "Maloca"


def house_rules() -> Rules:
    """Return the rules of this house, from its settings."""
    settings = current_app.extensions["maloca"]
    return Rules(
        ports=frozenset(settings.outbound_ports),
        test_hosts=frozenset(settings.outbound_test_hosts),
        agent=f"Maloca (+{settings.address})",
    )


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked. `host` is in letters of ASCII, an IPv6 without brackets; `path` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str
    is_test: bool = False

    @property
    def authority(self) -> str:
        """The host as it stands in an address and in the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == HTTPS else 80) else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(address: str, rules: Rules) -> Target:
    """Return what an address asks for. Raises `AddressRefused` (`ADDRESS`, `SCHEME`, `PORT`, `CREDENTIALS`, `PRIVATE`);
    no name is looked up here."""
    if not 0 < len(address) <= LONGEST or "\\" in address or any(_is_unseen(sign) for sign in address):
        raise AddressRefused(Reason.ADDRESS)
    try:
        parts = urlsplit(address)
        port = parts.port
        host = _host_of(parts.hostname or "")
    except (ValueError, idna.IDNAError):
        raise AddressRefused(Reason.ADDRESS) from None
    if "@" in parts.netloc:
        raise AddressRefused(Reason.CREDENTIALS)
    scheme = parts.scheme.lower()
    port = (443 if scheme == HTTPS else 80) if port is None else port
    is_test = f"{host}:{port}" in rules.test_hosts
    if scheme != HTTPS and not (is_test and scheme == HTTP):
        raise AddressRefused(Reason.SCHEME)
    if not is_test:
        _check(host, port, rules)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts.query)}" if parts.query else "")
    return Target(scheme, host, port, path, is_test)


def _is_unseen(sign: str) -> bool:
    return sign.isspace() or not sign.isprintable()


def _query(text: str) -> str:
    return quote(text, safe="/%:@!$&'()*+,;=~-._?[]|^`{}")


def _host_of(name: str) -> str:
    """Return a host in ASCII, without the dot at its end; raises `ValueError` or `IDNAError` for what is none."""
    if ":" in name and "%" not in name:
        return str(IPv6Address(name))
    name = name if name.isascii() else idna.encode(name, uts46=True, transitional=False).decode("ascii")
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_NAME.fullmatch(label) for label in labels):
        raise ValueError("no name of a host")
    if _NUMBER.fullmatch(labels[-1]):
        return str(IPv4Address(name))  # strict: four decimals without leading noughts
    return name


def _check(host: str, port: int, rules: Rules) -> None:
    try:
        number = ip_address(host)
    except (AddressValueError, ValueError):
        number = None
    labels = host.split(".")
    is_inside = len(labels) < 2 or labels[-1] in _LOCAL
    if is_inside if number is None else not is_public(number):
        raise AddressRefused(Reason.PRIVATE)
    if port != 443 and port not in rules.ports:
        raise AddressRefused(Reason.PORT)
