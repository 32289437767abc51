"""Handing in: noted with its day and versions, proven in words, taken back where it was a mistake."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.engagements.blueprint import blueprint
from app.engagements.limits import needs_text
from app.engagements.models import Engagement
from app.engagements.queries.concerns import concerns_about, digest_of_concerns
from app.engagements.queries.texts import list_links
from app.engagements.routes.text_pages import address, form_page, load
from app.engagements.services import submitting
from app.engagements.showing_concerns import concern_sentences
from app.engagements.text_forms import ProofForm, SubmitForm, make_submit_form
from app.materials.queries import list_materials
from app.moments.local import in_zone
from app.moments.zones import reader_zone


@blueprint.route("/<uuid:engagement_id>/submit", methods=["GET", "POST"])
def submit(engagement_id: UUID) -> Any:
    """What speaks against it stands above the fields, for the day and the versions that are in them."""
    actor, now = current_actor(), clock.now()
    engagement = load(engagement_id, "engagements.run")
    links = list_links(engagement)
    form = make_submit_form(links)(submitted_on=in_zone(now, reader_zone()).date(), proof=engagement.proof)
    done = carry_out(
        form,
        lambda: submitting.submit(
            actor,
            engagement,
            submitted_on=form.submitted_on.data,
            versions=form.chosen(),
            proof=form.proof.data or "",
            accepted=form.accepted(),
            now=now,
        ),
        address,
        lambda _engagement: (
            _("Written down: it is handed in.")
            if engagement.proof
            else _("Written down: it is handed in. Add the proof while you have it at hand.")
        ),
    )
    if done:
        return done
    return form_page(
        "submit.html",
        engagement,
        form,
        links=links,
        warnings=_warnings(engagement, form, links),
        lacks_text=not links and needs_text(engagement.mode),
    )


def _warnings(engagement: Engagement, form: SubmitForm, links: Any) -> list[str]:
    """Return what speaks against handing in what stands in the form; ticked from now on, it has been read."""
    if form.submitted_on.data is None:
        return []
    known = {link.text_id: link.text.version for link in links}
    chosen = {text_id: number for text_id, number in form.chosen().items() if 1 <= number <= known[text_id]}
    concerns = concerns_about(engagement, links, chosen, form.submitted_on.data)
    digest = digest_of_concerns(concerns)
    if form.seen.data != digest:
        form.seen.data, form.all_the_same.data = digest, False
    return concern_sentences(engagement, concerns)


@blueprint.route("/<uuid:engagement_id>/submit/take-back", methods=["GET", "POST"])
def take_back_submission(engagement_id: UUID) -> Any:
    """Asked on its own page."""
    actor, form = current_actor(), ActionForm()
    engagement = load(engagement_id, "engagements.run")
    done = carry_out(
        form,
        lambda: submitting.take_back_submission(actor, engagement, now=clock.now()),
        address,
        lambda _engagement: _("The submission is taken back. Texts and signatures are as they were."),
    )
    return done or form_page("act.html", engagement, form, act="take_back", back=address(engagement))


@blueprint.route("/<uuid:engagement_id>/proof", methods=["GET", "POST"])
def note_proof(engagement_id: UUID) -> Any:
    """A number, an address, who confirmed; files and links lie on the shelf."""
    actor = current_actor()
    engagement = load(engagement_id, "engagements.run")
    form = ProofForm(proof=engagement.proof)
    form.offer_materials(list_materials(actor, engagement))
    done = carry_out(
        form,
        lambda: submitting.note_proof(
            actor, engagement, proof=form.proof.data or "", materials=form.chosen(), now=clock.now()
        ),
        address,
        lambda _engagement: _("Saved."),
    )
    return done or form_page("proof.html", engagement, form)
