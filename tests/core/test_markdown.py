"""People's Markdown is safe whatever it contains."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from app.core.markdown import to_blocks, to_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](https://example.org/track.gif)",
    '<a href="https://example.org" onclick="x()">x</a>',
    "<svg/onload=alert(1)>",
    '<div style="position:fixed">x</div>',
    "<iframe src=//example.org></iframe>",
    "`<script>`</script><script>",
    '[x](https://example.org "onmouseover=alert(1) ")',
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "مرحبا <script>alert('سيئ')</script>",
    "\u202e<script>\u202c",
    "[d](//example.org)",
    "[d](\\\\example.org)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_active_survives(text):
    page = BeautifulSoup(str(to_html(text)), "html.parser")
    assert not page.find_all(["script", "img", "svg", "iframe", "style", "div", "math"])
    for tag in page.find_all():
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"]
        assert not str(tag.get("href", "")).lower().startswith(("javascript:", "data:", "vbscript:", "//", "\\"))


@given(st.text(max_size=300))
def test_any_text_becomes_markup_of_allowed_tags_only(text):
    page = BeautifulSoup(str(to_html(text)), "html.parser")
    allowed = {"p", "ul", "ol", "li", "blockquote", "h3", "h4", "strong", "em", "a", "br", "code", "pre", "hr"}
    assert {tag.name for tag in page.find_all()} <= allowed


def test_every_block_of_words_finds_its_own_direction_and_a_list_takes_that_of_the_page():
    page = BeautifulSoup(str(to_html("Hello\n\nمرحبا\n\n- one\n- اثنان\n\n> quoted")), "html.parser")
    assert [tag.name for tag in page.find_all(dir="auto")] == ["p", "p", "li", "li", "p"]


def test_headings_leave_the_first_two_levels_to_the_page():
    assert "<h3" in to_html("# Big")
    assert "<h4" in to_html("###### Small")


def test_links_pass_nothing_on():
    assert 'rel="nofollow noopener ugc"' in to_html("[x](https://example.org)")


def test_a_line_break_stays_a_line_break():
    assert "<br" in to_html("one\ntwo")


def test_blocks_come_one_by_one():
    blocks = to_blocks("One\n\n> Two\n\n- a\n- b\n\nThree")
    assert len(blocks) == 4
    assert "Three" in blocks[3]
    assert "".join(to_blocks("")) == ""


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_no_word_is_lost_between_blocks(odd):
    text = f"first{odd}second line\n\nparagraph three\n\nparagraph four LASTWORDS"
    together = "".join(to_blocks(text))
    for words in ("first", "second line", "paragraph three", "LASTWORDS"):
        assert words in together


def test_a_link_named_elsewhere_in_the_text_is_a_link_in_its_block():
    assert 'href="https://example.org"' in to_blocks("[x]\n\n[x]: https://example.org")[0]


@given(st.text(max_size=300))
def test_the_blocks_are_the_whole_text(text):
    def words(markup: str) -> str:
        return "".join(BeautifulSoup(markup, "html.parser").get_text().split())

    assert words("".join(to_blocks(text))) == words(str(to_html(text)))
