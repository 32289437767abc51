"""Which numbers of the internet are public: an explicit table of those that are not, and of those that hide one.

`ipaddress.is_global` is not asked: it takes for public what reaches this machine or its neighbours (`::127.0.0.1`,
NAT64 and 6to4 of private numbers, multicast, site-local). Sources: the special-purpose registries of IANA for IPv4 and
IPv6 (RFC 6890 and its successors).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

DENIED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # link-local: what clouds tell their machines
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays, given up
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

PUBLIC_V6 = IPv6Network("2000::/3")
"""All that IANA has given out as unicast; whatever lies outside is refused unread."""

DENIED_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocols: Teredo (it hides an IPv4), benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: it hides an IPv4
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # 6bone, given up
        "3fff::/20",  # documentation
    )
)

NAT64 = IPv6Network("64:ff9b::/96")
"""The one prefix behind which a public IPv4 stands as it is: taken where that one is public. The prefix for local use
(64:ff9b:1::/48), mapped, compatible and translated numbers lie outside `PUBLIC_V6` and are refused with it."""

_ISATAP = (0x00005EFE, 0x02005EFE)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether a number may be connected to."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in DENIED_V4)
    if address.scope_id is not None:
        return False
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if address in NAT64:
        return is_public(low)
    if address not in PUBLIC_V6 or any(address in network for network in DENIED_V6):
        return False
    hides_v4 = (int(address) >> 32) & 0xFFFFFFFF in _ISATAP
    return is_public(low) if hides_v4 else True
