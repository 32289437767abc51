"""Where a text stands: open for comments or closed, adopted, and who keeps it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.drafting import services, showing
from app.drafting.blueprint import blueprint
from app.drafting.forms import AdoptForm, KeeperForm
from app.drafting.models import JointText, TextState
from app.drafting.routes.loading import address, form_page, load


@blueprint.post("/groups/<slug>/texts/<uuid:text_id>/close")
def close_comments(slug: str, text_id: UUID) -> Any:
    """No more comments."""
    actor, text, form = current_actor(), load(slug, text_id, "drafting.keep"), ActionForm()
    done = carry_out(
        form,
        lambda: services.close_comments(actor, text, now=clock.now()),
        address,
        lambda _text: _("This text takes no more comments. Those that are there still wait for their answers."),
    )
    return done or form_page("again.html", text, form, work="close_comments")


@blueprint.post("/groups/<slug>/texts/<uuid:text_id>/open-again")
def open_comments(slug: str, text_id: UUID) -> Any:
    """Comments again; what was adopted is opened by whoever runs the group."""
    actor, text, form = current_actor(), load(slug, text_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.open_comments(actor, text, now=clock.now()),
        address,
        lambda _text: _("This text takes comments again."),
    )
    return done or form_page("again.html", text, form, work="open_comments")


@blueprint.route("/groups/<slug>/texts/<uuid:text_id>/adopt", methods=["GET", "POST"])
def adopt(slug: str, text_id: UUID) -> Any:
    """Asked on its own page, with the day."""
    actor, text = current_actor(), load(slug, text_id, "drafting.adopt")
    form = AdoptForm(on=clock.now().date(), version=str(text.version))
    done = carry_out(
        form,
        lambda: services.adopt(actor, text, version=form.looked_at(), on=form.on.data, now=clock.now()),
        address,
        lambda _text: _("Written down: the group adopted this text."),
    )
    form.version.data = str(text.version)
    return done or form_page("adopt.html", text, form)


def _keepers(text: JointText) -> str:
    return url_for("drafting.edit_keepers", slug=text.slug, text_id=text.id)


@blueprint.route("/groups/<slug>/texts/<uuid:text_id>/keepers", methods=["GET", "POST"])
def edit_keepers(slug: str, text_id: UUID) -> Any:
    """Who writes the versions and answers; somebody more, among those who take part in the group."""
    actor, now, text = current_actor(), clock.now(), load(slug, text_id, "drafting.keep")
    form = KeeperForm()
    form.offer(showing.people_to_name(actor, text, now))
    done = carry_out(
        form,
        lambda: services.name_keeper(actor, text, form.chosen(), now=now),
        _keepers,
        lambda _text: _("Kept by one more person, who is told."),
    )
    return done or form_page(
        "keepers.html", text, form, keepers=showing.keepers_of(actor, text), is_adopted=text.state is TextState.ADOPTED
    )


@blueprint.route("/groups/<slug>/texts/<uuid:text_id>/keepers/<uuid:person_id>/end", methods=["GET", "POST"])
def end_keeper(slug: str, text_id: UUID, person_id: UUID) -> Any:
    """Asked on its own page."""
    actor, text, form = current_actor(), load(slug, text_id, "drafting.keep"), ActionForm()
    name = dict(showing.keepers_of(actor, text)).get(person_id, "")
    done = carry_out(
        form,
        lambda: services.end_keeper(actor, text, person_id, now=clock.now()),
        address,
        lambda _text: _("This person does not keep the text any more."),
    )
    return done or form_page("end_keeper.html", text, form, name=name)
