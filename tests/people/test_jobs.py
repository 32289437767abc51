"""What people forget on their own, a month after it was of use."""

from datetime import timedelta

import sqlalchemy as sa

from app.core import jobs as core_jobs
from app.extensions import db
from app.people.devices import LASTS, close_sessions, open_session
from app.people.jobs import KEPT, drop_old
from app.people.models import AuthSession, MailLink, MailPurpose
from app.people.services.mail_links import LASTS as LINK_LASTS
from app.people.services.mail_links import send_link
from tests.make.people import make_account, make_person

LATER = timedelta(seconds=1)


def left(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_devices_and_links_go_a_month_after_they_ran_out(app, now):
    account = make_account(make_person())
    open_session(account.person_id, device="", now=now)
    send_link(account, MailPurpose.RESET, now=now)
    assert drop_old(now + LINK_LASTS[MailPurpose.RESET] + KEPT) == 0
    assert drop_old(now + LINK_LASTS[MailPurpose.RESET] + KEPT + LATER) == 1
    assert drop_old(now + LASTS + KEPT) == 0
    assert drop_old(now + LASTS + KEPT + LATER) == 1
    assert (left(AuthSession), left(MailLink)) == (0, 0)


def test_what_was_signed_out_or_used_goes_sooner_than_what_is_of_use(app, now):
    account = make_account(make_person())
    open_session(account.person_id, device="ended", now=now)
    close_sessions(account.person_id, now=now)
    send_link(account, MailPurpose.INVITE, now=now)
    send_link(account, MailPurpose.INVITE, replaces_older=True, now=now)
    open_session(account.person_id, device="of use", now=now + KEPT)
    assert drop_old(now + KEPT) == 0
    assert drop_old(now + KEPT + LATER) == 2
    assert (left(AuthSession), left(MailLink)) == (1, 1)


def test_the_job_runs_every_hour(app):
    job = next(job for job in core_jobs.registered() if job.name == "people.drop_old")
    assert (job.work, job.every_seconds) == (drop_old, 3600)
