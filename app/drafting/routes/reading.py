"""Reading: the texts of a group, one of them, an older version, what changed between two, and a file to take away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for

from app.core.permissions import can
from app.core.web import current_actor
from app.drafting import files, queries, showing
from app.drafting.blueprint import blueprint
from app.drafting.comparing import Change, compare
from app.drafting.forms import CompareForm
from app.drafting.models import JointText, TextVersion
from app.drafting.paragraphs import paragraphs_of
from app.drafting.routes.loading import group_values, load, page
from app.workinggroups.queries import get_inside_group


@blueprint.get("/groups/<slug>/texts")
def list_texts(slug: str) -> str:
    """The text that changed last first."""
    actor, group = current_actor(), get_inside_group(current_actor(), slug)
    found = queries.page_of_texts(actor, group, cursor=request.args.get("after", ""))
    return render_template(
        "drafting/list.html",
        lines=showing.lines_of(actor, found.rows),
        next_cursor=found.next_cursor,
        may_begin=can(actor, "drafting.begin", group),
        **group_values(group),
    )


@blueprint.get("/groups/<slug>/texts/<uuid:text_id>")
def show_text(slug: str, text_id: UUID) -> str:
    """The newest version; beside each paragraph how much was said about it."""
    text = load(slug, text_id)
    versions = queries.version_lines(text)
    original = queries.find_original(current_actor(), text)
    return page(
        "show.html",
        text,
        versions=versions,
        writers=showing.writers_of(current_actor(), versions),
        keepers=showing.keepers_of(current_actor(), text),
        original=original,
        original_name=showing.called(original) if original is not None else None,
        translations=queries.list_translations(text),
        **_whole(text, queries.get_version(text, text.version)),
    )


@blueprint.get("/groups/<slug>/texts/<uuid:text_id>/versions/<int:number>")
def show_version(slug: str, text_id: UUID, number: int) -> str:
    """One version as it was written, with the comments that were answered in it."""
    text = load(slug, text_id)
    version = queries.get_version(text, number)
    return page("version.html", text, writers=showing.writers_of(current_actor(), [version]), **_whole(text, version))


def _whole(text: JointText, version: TextVersion) -> dict[str, Any]:
    marks = queries.marks_of(current_actor(), text)
    paragraphs, adrift = showing.paragraphs_shown(version, marks)
    return {
        "version": version,
        "paragraphs": paragraphs,
        "adrift": len(adrift),
        "comments": len(marks),
        "open": sum(mark.is_open for mark in marks),
        "settled": sum(mark.settled_in == version.number for mark in marks),
    }


@blueprint.get("/groups/<slug>/texts/<uuid:text_id>/compare")
def compare_versions(slug: str, text_id: UUID) -> str:
    """What changed from one version to another, paragraph by paragraph."""
    text = load(slug, text_id)
    form = CompareForm(list(range(1, text.version + 1)))
    old, new = form.pair(text.version)
    form.old.data, form.new.data = str(old), str(new)
    before, after = queries.get_version(text, old), queries.get_version(text, new)
    rows = compare(paragraphs_of(before.body), paragraphs_of(after.body))
    return page(
        "compare.html",
        text,
        form=form,
        before=before,
        after=after,
        rows=rows,
        same=sum(row.change is Change.SAME for row in rows),
        writers=showing.writers_of(current_actor(), [before, after]),
    )


@blueprint.get("/groups/<slug>/texts/<uuid:text_id>/versions/<int:number>.<any(md,txt):ending>")
def download(slug: str, text_id: UUID, number: int, ending: str) -> Response:
    """One version as a file: as it was written (Markdown), or plain."""
    text = load(slug, text_id)
    version = queries.get_version(text, number)
    link = url_for("drafting.show_version", slug=slug, text_id=text.id, number=number, _external=True)
    words = files.markdown_of(text, version, link) if ending == "md" else files.plain_of(text, version, link)
    name = f"text-{text.slug}-{text.id.hex[:8]}-{number}.{ending}"
    kind = "text/markdown" if ending == "md" else "text/plain"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(words, content_type=f"{kind}; charset=utf-8", headers=headers)
