"""Which addresses are asked at all, and which numbers count as public."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.core.outbound import AddressRefused, Reason, Rules, target_of
from app.core.outbound.ranges import is_public
from config import Settings

RULES = Rules()

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.8 192.0.0.170 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.175.48.1 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 64:ff9b:1::808:808 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1
2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 2620:4f:8000::1 3ffe::1 3fff::1 5f00::1 fc00::1 fd12::1
fe80::1 fec0::1 ff02::1 ff0e::1 2a00:1450::5efe:127.0.0.1 2a00:1450::200:5efe:10.0.0.1 fe80::1%eth0 4000::1
""".split()  # noqa: SIM905 - a table to be read

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.255.255
172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1 223.255.255.255
2606:4700::1111
2a00:1450:4001::8a 2001:4860:4860::8888 2001:200::1 64:ff9b::808:808 2a00:1450::5efe:8.8.8.8
""".split()  # noqa: SIM905 - a table to be read


@pytest.mark.parametrize("number", PRIVATE)
def test_a_number_that_is_not_public_is_never_connected_to(number: str) -> None:
    assert not is_public(ip_address(number))


@pytest.mark.parametrize("number", PUBLIC)
def test_public_numbers_are_public(number: str) -> None:
    assert is_public(ip_address(number))


@given(st.ip_addresses(v=4))
def test_no_ipv4_is_public_inside_an_ipv6_that_is_not_public_by_itself(number: object) -> None:
    for hidden in (f"::{number}", f"::ffff:{number}", f"64:ff9b:1::{number}"):
        assert not is_public(ip_address(hidden))
    assert is_public(ip_address(f"64:ff9b::{number}")) == is_public(ip_address(str(number)))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", Reason.ADDRESS),
        ("calendar.example.org/x.ics", Reason.ADDRESS),
        ("//calendar.example.org/x.ics", Reason.SCHEME),
        ("http://calendar.example.org/x.ics", Reason.SCHEME),
        ("ftp://calendar.example.org/x.ics", Reason.SCHEME),
        ("file:///etc/passwd", Reason.ADDRESS),
        ("gopher://calendar.example.org/", Reason.SCHEME),
        ("https://", Reason.ADDRESS),
        ("https:///x.ics", Reason.ADDRESS),
        ("https://user:word@calendar.example.org/", Reason.CREDENTIALS),
        ("https://user@calendar.example.org/", Reason.CREDENTIALS),
        ("https://@calendar.example.org/", Reason.CREDENTIALS),
        ("https://calendar.example.org@127.0.0.1/", Reason.CREDENTIALS),
        ("https://calendar.example.org:8443/", Reason.PORT),
        ("https://calendar.example.org:22/", Reason.PORT),
        ("https://calendar.example.org:0/", Reason.PORT),
        ("https://calendar.example.org:99999/", Reason.ADDRESS),
        ("https://calendar.example.org:x/", Reason.ADDRESS),
        ("https://127.0.0.1/", Reason.PRIVATE),
        ("https://169.254.169.254/latest/meta-data", Reason.PRIVATE),
        ("https://[::1]/", Reason.PRIVATE),
        ("https://[::ffff:169.254.169.254]/", Reason.PRIVATE),
        ("https://[fe80::1%25eth0]/", Reason.ADDRESS),
        ("https://[::1/", Reason.ADDRESS),
        ("https://2130706433/", Reason.ADDRESS),
        ("https://0x7f000001/", Reason.ADDRESS),
        ("https://0x7f.0.0.1/", Reason.ADDRESS),
        ("https://0177.0.0.1/", Reason.ADDRESS),
        ("https://127.1/", Reason.ADDRESS),
        ("https://127.0.0.1./", Reason.PRIVATE),
        ("https://127.0.0.0x1/", Reason.ADDRESS),
        ("https://①②⑦.⓪.⓪.①/", Reason.PRIVATE),
        ("https://127。0。0。1/", Reason.PRIVATE),
        ("https://localhost/", Reason.PRIVATE),
        ("https://LOCALHOST./", Reason.PRIVATE),
        ("https://a.localhost/", Reason.PRIVATE),
        ("https://printer.local/", Reason.PRIVATE),
        ("https://metadata.google.internal/", Reason.PRIVATE),
        ("https://intranet/", Reason.PRIVATE),
        ("https://a..example.org/", Reason.ADDRESS),
        ("https://example.org../", Reason.ADDRESS),
        ("https://exa mple.org/", Reason.ADDRESS),
        ("https://example.org\\@127.0.0.1/", Reason.ADDRESS),
        ("https://example.org/\r\nHost: a", Reason.ADDRESS),
        ("https://example.org/\u200b", Reason.ADDRESS),
        ("https://exa%6dple.org/", Reason.ADDRESS),
        ("https://-a.example.org/", Reason.ADDRESS),
        ("https://" + "a" * 64 + ".example.org/", Reason.ADDRESS),
        ("https://example.org/" + "a" * 2000, Reason.ADDRESS),
    ],
)
def test_a_doubtful_address_is_refused_before_anything_is_asked(address: str, reason: Reason) -> None:
    with pytest.raises(AddressRefused) as refused:
        target_of(address, RULES)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("address", "reads"),
    [
        ("https://calendar.example.org", "https://calendar.example.org/"),
        ("HTTPS://Calendar.Example.ORG:443/A?b=c#d", "https://calendar.example.org/A?b=c"),
        ("https://calendar.example.org./x.ics", "https://calendar.example.org/x.ics"),
        ("https://bücher.example/ü.ics?ä=1", "https://xn--bcher-kva.example/%C3%BC.ics?%C3%A4=1"),
        ("https://عربي.example/", "https://xn--ngbrx4e.example/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700:0::1111]/a", "https://[2606:4700::1111]/a"),
        ("https://calendar.example.org/a%20b%2Fc", "https://calendar.example.org/a%20b%2Fc"),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(address: str, reads: str) -> None:
    assert target_of(address, RULES).address == reads


def test_ports_are_opened_by_a_setting_and_test_hosts_are_exactly_those_named() -> None:
    rules = Rules(ports=frozenset({8443}), test_hosts=frozenset({"127.0.0.1:8123"}))
    assert target_of("https://calendar.example.org:8443/", rules).authority == "calendar.example.org:8443"
    assert target_of("http://127.0.0.1:8123/", rules).is_test
    for address in ("http://127.0.0.1:8124/", "http://127.0.0.2:8123/", "http://127.0.0.1/"):
        with pytest.raises(AddressRefused):
            target_of(address, rules)


@given(st.text(max_size=60))
def test_whatever_somebody_types_is_read_or_refused(text: str) -> None:
    for address in (text, f"https://{text}", f"https://{text}/", f"https://a.example.org/{text}"):
        try:
            target = target_of(address, RULES)
        except AddressRefused:
            continue
        assert target.scheme == "https"
        assert target.port == 443
        assert target.path.isascii()
        assert target.path.isprintable()


def test_a_house_on_the_internet_has_no_test_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALOCA_OUTBOUND_TEST_HOSTS", "127.0.0.1:8123,localhost:9")
    monkeypatch.setenv("MALOCA_OUTBOUND_PORTS", "8443")
    assert Settings().outbound_test_hosts == ("127.0.0.1:8123", "localhost:9")
    assert Settings().outbound_ports == (8443,)
    with pytest.raises(ValidationError, match="for trials"):
        Settings(https=True)
