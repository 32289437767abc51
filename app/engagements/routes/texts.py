"""Texts of an engagement: reading and signing one, beginning one, bringing one that a group has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.languages import own_name
from app.core.names import Name, names_of
from app.core.permissions import can
from app.core.web import current_actor
from app.drafting.models import JointText
from app.drafting.queries import get_version
from app.drafting.showing import paragraphs_shown
from app.engagements.blueprint import blueprint
from app.engagements.models import Engagement, EngagementText
from app.engagements.queries import get_signatory
from app.engagements.queries.texts import get_link, list_links, texts_to_bring
from app.engagements.routes.text_pages import address, form_page, load
from app.engagements.services import signing, texts
from app.engagements.showing import groups_known
from app.engagements.showing_lengths import limit_now, said_of_length
from app.engagements.showing_texts import day_words, is_under_way, not_taken_sentence, text_shown
from app.engagements.signatures import is_taken
from app.engagements.text_forms import BeginForm, BringForm, SignForm
from app.instruments.models import Instrument, InstrumentText
from app.instruments.queries import list_visible
from app.originals.pages import keeps_words
from app.people.mandates import require_spoken_for
from app.people.queries import own_languages
from app.workinggroups.models import WorkingGroup


@blueprint.get("/<uuid:engagement_id>/texts/<uuid:text_id>")
def show_text(engagement_id: UUID, text_id: UUID) -> Any:
    """The newest version, for everybody inside; who signed it, and the way to sign."""
    engagement = load(engagement_id, "engagements.read_inside")
    link = get_link(engagement, text_id)
    return _text_page(engagement, link, link.text.version, _sign_form(link))


@blueprint.get("/<uuid:engagement_id>/texts/<uuid:text_id>/versions/<int:number>")
def show_text_version(engagement_id: UUID, text_id: UUID, number: int) -> Any:
    """A version as it was signed or handed in."""
    engagement = load(engagement_id, "engagements.read_inside")
    link = get_link(engagement, text_id)
    return _text_page(engagement, link, number, _sign_form(link))


def _sign_form(link: EngagementText) -> SignForm:
    return SignForm(read=_digest(link))


def _digest(link: EngagementText) -> str:
    return signing.digest_of(get_version(link.text, link.text.version), link.text.language)


def _text_page(engagement: Engagement, link: EngagementText, number: int, form: SignForm) -> tuple[str, int]:
    actor = current_actor()
    shown, limit = text_shown(actor, engagement, link, clock.now())
    version = get_version(link.text, number)
    return form_page(
        "text.html",
        engagement,
        form,
        day_words=day_words,
        shown=shown,
        limit=limit,
        version=version,
        paragraphs=paragraphs_shown(version, [])[0],
        is_newest=number == link.text.version,
        group_name=_written_by(engagement, link),
        reads_it=link.text.language in own_languages(actor) or link.text.language == page_language(),
    )


def _written_by(engagement: Engagement, link: EngagementText) -> Name | None:
    """Return the name of the group that writes a text, to those who know of that group."""
    known = (group.id for group in groups_known(current_actor(), engagement) if group.id == link.text.group_id)
    return next(iter(names_of("group", known, page_language()).values()), None)


@blueprint.post("/<uuid:engagement_id>/texts/<uuid:text_id>/sign/<uuid:signatory_id>")
def sign_text(engagement_id: UUID, text_id: UUID, signatory_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    engagement = load(engagement_id, "engagements.read_inside")
    link, signatory = get_link(engagement, text_id), get_signatory(engagement, signatory_id)
    require_spoken_for(actor, "engagements.speak_for", signatory, [signatory.organisation_id], now.date())
    form = SignForm()
    done = carry_out(
        form,
        lambda: signing.sign(actor, signatory, link, read=str(form.read.data or ""), now=now),
        lambda _signature: _text_address(link),
        lambda signature: _(
            "Signed: %(organisation)s stands under version %(number)s.",
            organisation=names_of("organisation", [signatory.organisation_id], page_language())[
                signatory.organisation_id
            ],
            number=signature.version,
        ),
    )
    if done:
        return done
    form.read.data = _digest(link)
    return _text_page(engagement, link, link.text.version, form)[0], 422


@blueprint.route(
    "/<uuid:engagement_id>/texts/<uuid:text_id>/sign/<uuid:signatory_id>/take-back", methods=["GET", "POST"]
)
def take_signature_back(engagement_id: UUID, text_id: UUID, signatory_id: UUID) -> Any:
    """Asked on its own page."""
    actor, now, form = current_actor(), clock.now(), ActionForm()
    engagement = load(engagement_id, "engagements.read_inside")
    link, signatory = get_link(engagement, text_id), get_signatory(engagement, signatory_id)
    require_spoken_for(actor, "engagements.speak_for", signatory, [signatory.organisation_id], now.date())
    done = carry_out(
        form,
        lambda: signing.take_back(actor, signatory, link, now=now),
        lambda _nothing: _text_address(link),
        lambda _nothing: _("The signature is taken back. Your organisation can sign again."),
    )
    return done or form_page("act.html", engagement, form, act="take_back_signature", back=_text_address(link))


def _text_address(link: EngagementText) -> str:
    return url_for("engagements.show_text", engagement_id=link.engagement_id, text_id=link.text_id)


@blueprint.route("/<uuid:engagement_id>/texts/new", methods=["GET", "POST"])
@keeps_words
def begin_text(engagement_id: UUID) -> Any:
    """The first version of a text, in one of its groups; with `of`, the translation of one that is there."""
    actor = current_actor()
    engagement = load(engagement_id, "engagements.write")
    links = list_links(engagement)
    original = _original(links)
    groups = {group.id: group for group in engagement.groups if can(actor, "drafting.begin", group)}
    offered = list_visible(actor, engagement.language)
    instrument, template = _template(offered)
    form = _begin_form(engagement, groups, _first_group(groups, original), template)
    form.offer_languages(first=_languages_first(engagement), left_out=[link.text.language for link in links])
    done = carry_out(
        form,
        lambda: texts.begin_draft(
            actor,
            engagement,
            groups[form.group_id()],
            title=form.title.data or "",
            language=form.tag(),
            body=form.body.data or "",
            translation_of=original,
            instrument=instrument,
            now=clock.now(),
        ),
        _text_address,
        lambda link: _said(_("Your text stands. Everybody inside this engagement reads it."), link),
    )
    if done:
        return done
    values = {"original": original, "shared": template, "offered": [] if template or original else offered}
    return form_page(
        "begin_text.html",
        engagement,
        form,
        taken_in=_taken_in(engagement),
        limit=limit_now(engagement, clock.now()),
        is_under_way=is_under_way(engagement),
        **values,
        **_beside(original),
    )


def _begin_form(
    engagement: Engagement, groups: dict[UUID, WorkingGroup], first: str, template: InstrumentText | None
) -> BeginForm:
    """Return the form with the words of a shared template, if the text begins from one; `first` is the group chosen."""
    words = {"title": template.title, "body": template.body} if template else {"title": engagement.title}
    form = BeginForm(group=first, language=template.language if template else "", **words)
    form.offer_groups((group_id, name.text) for group_id, name in names_of("group", groups, page_language()).items())
    return form


def _beside(original: JointText | None) -> dict[str, Any]:
    """Return the words of the text that is translated, to stand above the new ones."""
    if original is None:
        return {}
    version = get_version(original, original.version)
    return {"version": version, "paragraphs": paragraphs_shown(version, [])[0], "day_words": day_words}


def _template(
    offered: list[tuple[Instrument, InstrumentText]],
) -> tuple[Instrument, InstrumentText] | tuple[None, None]:
    """Return the shared template a text begins from, where the address names one that the reader is offered."""
    named = request.args.get("from", "")
    return next((pair for pair in offered if str(pair[0].id) == named), (None, None))


def _original(links: Any) -> JointText | None:
    """Return the text of the engagement that is to be translated, where the address names one."""
    named = request.args.get("of", "")
    if not named:
        return None
    found = next((link.text for link in links if str(link.text_id) == named), None)
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]  # rows come without types


def _first_group(groups: dict[UUID, WorkingGroup], original: JointText | None) -> str:
    if original is not None and original.group_id in groups:
        return str(original.group_id)
    return str(next(iter(groups))) if len(groups) == 1 else ""


def _languages_first(engagement: Engagement) -> list[str]:
    """Return the languages in which the body takes texts, that of the plan first, then the writer's own."""
    taken = engagement.mode.languages if engagement.mode is not None else []
    return [engagement.language, *taken, *own_languages(current_actor()), page_language()]


def _taken_in(engagement: Engagement) -> list[str]:
    return [own_name(tag) for tag in engagement.mode.languages] if engagement.mode is not None else []


def _said(kept: str, link: EngagementText) -> Markup:
    """Say that it is kept, and at once how long it is against the limit, or that its language is not taken."""
    length = not_taken_sentence()
    if is_taken(link.engagement, link.text.language):
        length = said_of_length(link.engagement, get_version(link.text, link.text.version), clock.now().date())
    return Markup(" ").join([escape(kept), length]) if length else escape(kept)


@blueprint.route("/<uuid:engagement_id>/texts/bring", methods=["GET", "POST"])
def bring_text(engagement_id: UUID) -> Any:
    """A text that one of its groups writes already."""
    actor = current_actor()
    engagement = load(engagement_id, "engagements.write")
    found = {text.id: text for text in texts_to_bring(actor, engagement, list_links(engagement))}
    form = BringForm()
    form.offer_texts((text.id, f"{text.title} ({own_name(text.language)})") for text in found.values())
    done = carry_out(
        form,
        lambda: texts.bring_text(actor, engagement, found[form.text_id()], now=clock.now()),
        _text_address,
        lambda link: _said(_("This text is the engagement’s now. Everybody inside reads its newest version."), link),
    )
    return done or form_page("bring_text.html", engagement, form, is_any=bool(found))


@blueprint.route("/<uuid:engagement_id>/texts/<uuid:text_id>/take-away", methods=["GET", "POST"])
def take_text_away(engagement_id: UUID, text_id: UUID) -> Any:
    """Asked on its own page: the text stays with its group."""
    actor = current_actor()
    engagement = load(engagement_id, "engagements.run")
    link, form = get_link(engagement, text_id), ActionForm()
    done = carry_out(
        form,
        lambda: texts.take_away(actor, link, now=clock.now()),
        address,
        lambda _engagement: _("The text is no longer this engagement’s. Its group has it still."),
    )
    return done or form_page("act.html", engagement, form, act="take_away", back=_text_address(link))
