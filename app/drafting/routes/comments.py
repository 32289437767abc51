"""What people say about a text: at a paragraph, all of it, one comment with its translations; and the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import can, require
from app.core.web import current_actor
from app.drafting import queries, services, showing
from app.drafting.blueprint import blueprint
from app.drafting.forms import AnswerForm, CommentForm
from app.drafting.models import Comment, JointText, TextState
from app.drafting.paragraphs import paragraphs_of
from app.drafting.routes.loading import address_of_comment, form_page, languages_first, load, load_comment, page
from app.originals import showing as originals
from app.originals.forms import read_number
from app.originals.pages import keeps_words


@blueprint.route(
    "/groups/<slug>/texts/<uuid:text_id>/versions/<int:number>/paragraphs/<int:paragraph>", methods=["GET", "POST"]
)
@keeps_words
def show_paragraph(slug: str, text_id: UUID, number: int, paragraph: int) -> Any:
    """One paragraph, what was said about it, and the form to say something."""
    actor, now, text = current_actor(), clock.now(), load(slug, text_id)
    version = queries.get_version(text, number)
    paragraphs = paragraphs_of(version.body)
    if not 1 <= paragraph <= len(paragraphs):
        raise NotFound
    if request.method == "POST":
        require(actor, "drafting.comment", text)
    form = CommentForm()
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.comment_on(
            actor, text, version, paragraph, body=form.body.data or "", language=form.tag(), now=now
        ),
        _place_of,
        lambda _comment: _("Your comment stands beside the paragraph. Whoever keeps the text answers it."),
    )
    if done:
        return done
    marks = showing.place(queries.marks_of(actor, text), paragraphs, number).by_paragraph.get(paragraph, [])
    comments = queries.list_comments(actor, [mark.id for mark in marks])
    return form_page(
        "paragraph.html",
        text,
        form,
        version=version,
        number=paragraph,
        words=to_html(paragraphs[paragraph - 1].words),
        last=len(paragraphs),
        entries=showing.comments_shown(actor, text, comments, now),
        may_comment=can(actor, "drafting.comment", text) and text.state is TextState.OPEN,
    )


def _place_of(comment: Comment) -> str:
    return url_for(
        "drafting.show_paragraph",
        slug=comment.text.slug,
        text_id=comment.text_id,
        number=comment.about_version,
        paragraph=comment.paragraph,
        _anchor=f"comment-{comment.id}",
    )


@blueprint.get("/groups/<slug>/texts/<uuid:text_id>/comments")
def list_comments(slug: str, text_id: UUID) -> str:
    """All that was said about a text, the oldest first; with `show=open` what waits for an answer, with `answered=3`
    what version 3 answers."""
    actor, now, text = current_actor(), clock.now(), load(slug, text_id)
    show = "open" if request.args.get("show") == "open" else None
    settled_in = read_number(request.args.get("answered"))
    found = queries.page_of_comments(
        actor, text, only_open=show is not None, settled_in=settled_in, cursor=request.args.get("after", "")
    )
    return page(
        "comments.html",
        text,
        entries=showing.comments_shown(actor, text, found.rows, now),
        next_cursor=found.next_cursor,
        show=show,
        settled_in=settled_in,
        number=queries.count_comments(actor, text),
        open=queries.count_comments(actor, text, only_open=True),
    )


@blueprint.get("/groups/<slug>/comments/<uuid:comment_id>")
def show_comment(slug: str, comment_id: UUID) -> str:
    """One comment, whole, a translation beside it, and its answer."""
    actor, now = current_actor(), clock.now()
    comment = queries.get_visible_comment(actor, comment_id, slug)
    text = comment.text
    return render_template(
        "drafting/comment.html",
        **head_of(comment),
        entry=showing.comments_shown(actor, text, [comment], now)[0],
        reading=originals.reading_of(actor, comment, request.args.get("with"), now),
        is_adopted=text.state is TextState.ADOPTED,
        action=ActionForm(formdata=None),
    )


def head_of(comment: Comment) -> dict[str, Any]:
    """What stands at the head of a page about a comment. Who left the group reads their own words, and finds no way to
    what is inside."""
    text: JointText = comment.text
    return {
        "comment": comment,
        "text": text,
        "text_name": showing.called(text),
        "group_name": names_of("group", [text.group_id], page_language())[text.group_id],
        "group": text.group,
        "name": originals.shown_name(comment),
        "is_inside": can(current_actor(), "drafting.read", text),
        "is_mine": current_actor().person_id is not None and comment.author_id == current_actor().person_id,
    }


@blueprint.route("/groups/<slug>/comments/<uuid:comment_id>/answer", methods=["GET", "POST"])
@keeps_words
def answer(slug: str, comment_id: UUID) -> Any:
    """Taken up, in part, or not, because …"""
    actor, now = current_actor(), clock.now()
    comment = load_comment(slug, comment_id, "drafting.answer")
    form = AnswerForm(
        verdict=comment.verdict.value if comment.verdict else None,
        because=comment.because,
        language=comment.because_language or languages_first()[0],
        seen=str(comment.answers),
    )
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.answer_comment(
            actor,
            comment,
            verdict=form.decided(),
            because=form.because.data or "",
            language=form.tag(),
            seen=form.answers_seen(),
            now=now,
        ),
        lambda _comment: _next_open(comment),
        lambda _comment: _("Answered. Whoever wrote the comment is told."),
    )
    if done:
        return done
    form.seen.data = str(comment.answers)
    entry = showing.comments_shown(actor, comment.text, [comment], now)[0]
    return render_template("drafting/answer.html", **head_of(comment), entry=entry, form=form), form.status


def _next_open(comment: Comment) -> str:
    """Back to what still waits, or to the comment where nothing does."""
    if queries.count_comments(current_actor(), comment.text, only_open=True):
        return url_for("drafting.list_comments", slug=comment.text.slug, text_id=comment.text_id, show="open")
    return address_of_comment(comment)
