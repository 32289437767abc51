"""Where a form may lead next."""

from __future__ import annotations

import pytest

from app.core.addresses import local_path


@pytest.mark.parametrize("target", ["/", "/tracks/?page=2", "/tracks/#voices", "/recherche?q=été"])
def test_a_page_of_the_house_is_led_to(target: str) -> None:
    assert local_path(target) == target


@pytest.mark.parametrize(
    "target",
    ["", "tracks", "//evil.example", "/\\evil.example", "/\t/evil.example", "/a\r\nb", "https://evil.example/", "//["],
)
def test_anything_else_leads_nowhere(target: str) -> None:
    assert local_path(target) == ""
