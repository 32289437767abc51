"""People's Markdown to safe HTML: CommonMark without raw HTML, then an allow-list of tags. Two independent layers.

Pictures are off; links open nothing by themselves and say `rel="nofollow noopener ugc"`; each block of
words finds its own direction (`dir="auto"`), because people mix scripts. Lists and quotations, which hold such blocks,
have none: `auto` looks at no words that bear a direction already, and would always answer left to right.
"""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_BLOCKS = ("p", "li", "h3", "h4")
_TAGS = {*_BLOCKS, "ul", "ol", "blockquote", "strong", "em", "a", "br", "code", "pre", "hr"}
_ATTRIBUTES = {"a": {"href", "title"}, **{tag: {"dir"} for tag in _BLOCKS}, "ol": {"start"}}

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_block", "html_inline"])


def _heading_level(level: str) -> str:
    return "h3" if level in ("h1", "h2", "h3") else "h4"


def _only_far_or_own(tag: str, attribute: str, value: str) -> str | None:
    """Drop links without a scheme that lead away all the same ("//elsewhere")."""
    if (tag, attribute) == ("a", "href") and value.lstrip().replace("\\", "/").startswith("//"):
        return None
    return value


def _render(tokens: list[Token]) -> Markup:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _heading_level(token.tag)
        if token.nesting == 1 and token.tag in _BLOCKS:
            token.attrSet("dir", "auto")
    clean = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_far_or_own,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it


def to_html(text: str) -> Markup:
    """Return safe markup for a text people wrote. Headings become h3 and h4: the page owns h1 and h2."""
    return _render(_parser.parse(text))


def to_blocks(text: str) -> list[Markup]:
    """Return the top-level blocks of a text one by one, to lay an original and a translation side by side."""
    blocks: list[list[Token]] = [[]]
    for token in _parser.parse(text):
        blocks[-1].append(token)
        if token.level == 0 and token.nesting <= 0:
            blocks.append([])
    return [_render(tokens) for tokens in blocks if tokens]
