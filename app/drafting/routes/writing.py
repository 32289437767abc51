"""Writing: a new text, its next version, what it is called and for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.core import clock, slots
from app.core.errors import NotFound
from app.core.forms import carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.drafting import queries, services, showing
from app.drafting.blueprint import blueprint
from app.drafting.comparing import Row, compare
from app.drafting.forms import DescribeForm, TextForm, VersionForm
from app.drafting.models import JointText, TextVersion
from app.drafting.paragraphs import paragraphs_of
from app.drafting.routes.loading import address, form_page, group_values, languages_first, load
from app.originals.pages import keeps_words
from app.originals.words import as_written
from app.workinggroups.queries import get_inside_group


@blueprint.route("/groups/<slug>/texts/new", methods=["GET", "POST"])
@keeps_words
def begin_text(slug: str) -> Any:
    """A new text, or, with `of`, the translation of another one of the group."""
    actor, group = current_actor(), get_inside_group(current_actor(), slug)
    require(actor, "drafting.begin", group)
    original = _original(slug)
    form = TextForm()
    form.offer_languages(first=languages_first(), left_out=[original.language] if original else [])
    done = carry_out(
        form,
        lambda: services.begin_text(
            actor,
            group,
            title=form.title.data or "",
            language=form.tag(),
            purpose=form.purpose.data or "",
            body=form.body.data or "",
            translation_of=original,
            now=clock.now(),
        ),
        address,
        lambda _text: _("Your text stands in the group. Everybody in it can comment on its paragraphs; you keep it."),
    )
    if done:
        return done
    values = {"original": original, "original_name": showing.called(original) if original else None}
    return render_template("drafting/begin.html", form=form, **values, **group_values(group)), form.status


def _original(slug: str) -> JointText | None:
    """Return the text of the group that is to be translated, where the address names one."""
    if not (named := request.args.get("of")):
        return None
    try:
        return load(slug, UUID(named))
    except ValueError:
        raise NotFound from None


@blueprint.route("/groups/<slug>/texts/<uuid:text_id>/write", methods=["GET", "POST"])
@keeps_words
def write_version(slug: str, text_id: UUID) -> Any:
    """The next version, whole. Where somebody wrote one meanwhile, both stand on the page."""
    actor, text = current_actor(), load(slug, text_id, "drafting.keep")
    newest, original = queries.get_version(text, text.version), queries.find_original(actor, text)
    form = VersionForm(body=newest.body, version=str(text.version), original=str(original.version) if original else "")
    done = carry_out(
        form,
        lambda: services.write_version(
            actor,
            text,
            body=form.body.data or "",
            changes=form.changes.data or "",
            based_on=form.based_on(),
            of_version=form.of_version(newest.of_version),
            now=clock.now(),
        ),
        lambda _version: address(text),
        lambda version: _written(text, version),
    )
    return done or form_page("write.html", text, form, original=original, newest=newest, rows=_differences(text, form))


def _written(text: JointText, version: TextVersion) -> Markup:
    """Say that a version is kept, and what packages above say of it: whether it is too long for where it goes."""
    kept = escape(_("Version %(number)s stands. The older ones stay as they were.", number=version.number))
    return Markup(" ").join([kept, *slots.parts("drafting.written", current_actor(), text=text, version=version)])


def _differences(text: JointText, form: VersionForm) -> list[Row]:
    """Return what differs between the newest version and what was typed, where somebody wrote meanwhile; sent again, it
    has been seen."""
    if not form.is_submitted() or form.based_on() == text.version or not form.general_errors:
        return []
    form.version.data = str(text.version)
    newest = queries.get_version(text, text.version)
    return compare(paragraphs_of(newest.body), paragraphs_of(as_written(form.body.data or "")))


@blueprint.route("/groups/<slug>/texts/<uuid:text_id>/edit", methods=["GET", "POST"])
@keeps_words
def describe(slug: str, text_id: UUID) -> Any:
    """Title and purpose."""
    actor, text = current_actor(), load(slug, text_id, "drafting.keep")
    form = DescribeForm(title=text.title, purpose=text.purpose)
    done = carry_out(
        form,
        lambda: services.describe(
            actor, text, title=form.title.data or "", purpose=form.purpose.data or "", now=clock.now()
        ),
        address,
        lambda _text: _("Saved."),
    )
    return done or form_page("describe.html", text, form)
