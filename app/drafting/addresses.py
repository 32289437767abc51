"""Where joint texts and comments live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from app.drafting.models import Comment, JointText


def text_path(text: JointText) -> str:
    return f"/groups/{text.slug}/texts/{text.id}"


def comment_path(comment: Comment) -> str:
    return f"/groups/{comment.text.slug}/comments/{comment.id}"
