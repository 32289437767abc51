"""What is answered from the mails of a date poll: all hours that are still to come, on one page that needs no signing
in, each on the clock of whom the mail went to."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import acts
from app.core.actors import Actor
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound, RuleBroken
from app.core.forms import Form
from app.core.hours_whole import hours_whole
from app.core.names import names_of
from app.core.permissions import can
from app.core.registries import Contact
from app.datepolls import queries, services
from app.datepolls.addresses import date_poll_path
from app.datepolls.circles import circle_of
from app.datepolls.forms.answering import AnswerByMailForm, HourAsked
from app.datepolls.hours import hours_of
from app.datepolls.models import DatePoll
from app.datepolls.services.locking import check_open
from app.datepolls.showing.words import SAYS, who_reads
from app.moments.endings import end_in_words
from app.moments.mailed import until_words

ANSWER = "datepolls.answer"
SEND = "send"


def offer_to_answer(poll: DatePoll, parameters: dict[str, str], contact: Contact) -> str:
    """Return the paragraph of a mail with the link to all hours. A mail that says until when anew has a link anew."""
    return acts.offer(ANSWER, poll.id, parameters, contact, about=str(poll.moment.sequence))


def _ask(holder: Holder, link: ActLink, now: datetime) -> Asked | Over:
    poll = queries.get_visible_date_poll(holder.actor, link.subject_id)
    if not can(holder.actor, "datepolls.answer", poll):
        raise NotFound
    hours = _still_asked(poll, holder, now)
    try:
        check_open(poll, now)
    except RuleBroken as over:
        return Over(over.message, date_poll_path(poll), _title(poll))
    if not hours:
        return Over("", date_poll_path(poll), _title(poll))
    until = until_words(poll.moment, holder.zone or None)
    return Asked(
        thing=poll,
        title=_("%(group)s: which hour for “%(title)s”?", group=_owner(poll), title=_title(poll)),
        lines=(_("You are asked which of these hours suit you, until %(end)s.", end=until),),
        href=date_poll_path(poll),
        stands=_kept(poll, holder) if queries.said_by(poll, holder.actor.own_id) else "",
        note=who_reads(poll),
        more={"hours": hours},
    )


def _still_asked(poll: DatePoll, holder: Holder, now: datetime) -> list[HourAsked]:
    mine, zone = queries.said_by(poll, holder.actor.own_id), holder.zone or None
    return [
        HourAsked(option, hours_whole(hour.shown(zone, page_language()).words), mine.get(option.id))
        for option, hour in hours_of(poll).items()
        if hour.starts_at > now
    ]


def _owner(poll: DatePoll) -> str:
    circle = circle_of(poll.owner)
    return apart(names_of(circle.kind, [circle.owner.id], page_language())[circle.owner.id].text)


def _title(poll: DatePoll) -> str:
    return apart(queries.titles_of([poll])[poll.id].text)


def _fill(form: Form, _holder: Holder, asked: Asked, _now: datetime) -> None:
    if isinstance(form, AnswerByMailForm):
        form.ask(asked.more["hours"])


def _perform(actor: Actor, poll: DatePoll, _link: ActLink, form: Form, now: datetime) -> None:
    assert isinstance(form, AnswerByMailForm)  # noqa: S101 - the form of the one choice
    services.answer(actor, poll, form.said(), now=now)


def _said(holder: Holder, link: ActLink, now: datetime) -> Said | None:
    """Return that an answer stands, and until when it may be changed while the poll is open, or what became of the
    poll; and the answer as it stands now."""
    poll = queries.get_visible_date_poll(holder.actor, link.subject_id)
    lines = _answers(poll, holder)
    if not lines:
        return Said("", date_poll_path(poll), counts=False, lines=(_title(poll),))
    try:
        check_open(poll, now)
    except RuleBroken as over:
        return Said(over.message, date_poll_path(poll), lines=lines)
    return Said(_kept(poll, holder), date_poll_path(poll), lines=lines)


def _answers(poll: DatePoll, holder: Holder) -> tuple[str, ...]:
    """Return what somebody said, a line for each hour, in the order of time."""
    mine, zone = queries.said_by(poll, holder.actor.own_id), holder.zone or None
    return tuple(
        # I18N: an hour that is asked about in a date poll, and what somebody said to it: "Yes"
        str(_("%(hour)s: %(answer)s", hour=hour.shown(zone, page_language()).words, answer=SAYS[mine[option.id]]))
        for option, hour in hours_of(poll).items()
        if option.id in mine
    )


def _kept(poll: DatePoll, holder: Holder) -> str:
    end = end_in_words(poll.moment, holder.zone or None)
    return str(_("Your answer is kept. You may change it until %(end)s.", end=end))


def register() -> None:
    """Tell the house what is answered from mails of this package."""
    choices = {SEND: Choice(_l("Send my answer"), AnswerByMailForm, "datepolls/act_fields.html")}
    acts.register(acts.Act(ANSWER, choices, ask=_ask, perform=_perform, said=_said, fill=_fill))
