"""Where a form may lead next, and which links people may write."""

from __future__ import annotations

import pytest

from app.core.addresses import is_web_address, local_path


@pytest.mark.parametrize("target", ["/", "/tracks/?page=2", "/tracks/#voices", "/recherche?q=été"])
def test_a_page_of_the_house_is_led_to(target: str) -> None:
    assert local_path(target) == target


@pytest.mark.parametrize(
    "target",
    ["", "tracks", "//evil.example", "/\\evil.example", "/\t/evil.example", "/a\r\nb", "https://evil.example/", "//["],
)
def test_anything_else_leads_nowhere(target: str) -> None:
    assert local_path(target) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://www.example.org:8080/a?b=c#d",
        "https://exämple.org/été",
        "https://192.0.2.1/room",
        "HTTPS://example.org",
        "https://example.org./",
    ],
)
def test_a_whole_address_of_the_web_is_one(address: str) -> None:
    assert is_web_address(address, longest=100)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "https://./",
        "https:///room",
        "https://localhost/",
        "https://[::1]/",
        "https://[",
        "https://:443/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://rosa:secret@example.org/",
        "https://:secret@example.org/",
        "https://@example.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org/\u202e",
        "https://example.org\\.elsewhere.example/",
        "https://example.org/" + "a" * 100,
    ],
)
def test_what_is_no_whole_address_of_the_web_is_refused(address: str) -> None:
    assert not is_web_address(address, longest=100)


def test_where_only_https_is_wanted_http_is_refused() -> None:
    assert not is_web_address("http://example.org", longest=100, schemes=("https",))
