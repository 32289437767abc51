"""The mail of an invitation: one per person and group, in the reader's language, and only while it waits."""

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails
from app.core.notices import Notice
from app.core.registries import Contact, still_wanted
from app.extensions import db
from app.people.models import Role
from app.workinggroups import telling
from app.workinggroups.models import GroupState, InvitationState, Standing
from tests.make.acts import without_links
from tests.make.people import make_account, make_assistance, make_organisation, make_person, make_role
from tests.make.sessions import make_track
from tests.make.workinggroups import make_group, make_invitation


def notices() -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).order_by(Notice.key)))


def written(notice, language="en"):
    with force_locale(language):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", language, "Fatou"))


def tell(group, *rows, now):
    telling.invitations.tell_invited(group, list(rows), now=now)
    return notices()


def test_a_coordinators_words_stand_in_the_mail_with_their_language(cast, now):
    row = make_invitation(
        cast.group, cast.candidate, invited_by=cast.coordinator.id, words="Viens, on t'attend.", language="fr"
    )
    [notice] = tell(cast.group, row, now=now)
    assert tell(cast.group, row, now=now) == [notice]
    words = written(notice)
    assert words.subject == "You are invited: Land group"
    assert without_links(words.text) == (
        "Samira Example invites you into the working group Land group.\n\n"
        "Their words, in French: Viens, on t'attend.\n\n"
        "What the group wants to do:\nCoordinate and learn.\n\n"
        "Answer from here, without signing in:\n"
        "Accept: http://127.0.0.1:8000/act/…\n"
        "Decline: http://127.0.0.1:8000/act/…\n\n"
        "Read what the group wants to do, and answer here: http://127.0.0.1:8000/groups/land-group/invitation\n\n"
        "You are in the group only if you accept. If you decline, nobody asks you again."
    )
    row.language = "en"
    assert "Their words: Viens" in written(notice).text


def test_from_a_track_the_mail_names_it_and_without_an_inviter_nobody(cast, now):
    group = make_group("Heat", origins=(make_track("Climate justice"),))
    [notice] = tell(group, make_invitation(group, cast.candidate), now=now)
    assert "follows on from the track Climate justice, and you are invited into it." in written(notice).text
    db.session.delete(notice)
    [notice] = tell(cast.group, make_invitation(cast.group, cast.candidate), now=now)
    assert "You are invited into the working group Land group." in written(notice).text


def test_who_is_helped_is_told_through_their_helper(cast, now):
    helped = make_person("Assisted Example")
    make_assistance(helped, cast.member)
    told = tell(cast.group, make_invitation(cast.group, helped), now=now)
    [notice] = [row for row in told if row.person_id == cast.member.id]
    assert written(notice).subject == "For Assisted Example: You are invited: Land group"
    assert still_wanted(notice.kind, notice, now)


def test_whoever_speaks_for_an_organisation_is_told_as_long_as_they_do(cast, now):
    partner, speaker = make_organisation("Partner network"), make_person("Sam Speaker")
    make_account(speaker)
    grant = make_role(speaker, Role.MANDATED, partner.id)
    row = make_invitation(cast.group, organisation_id=partner.id, standing=Standing.GUEST)
    [notice] = tell(cast.group, row, now=now)
    text = written(notice).text
    assert "Partner network is invited into the chantier Land group, and you speak for it." in text
    assert text.count(f"/groups/land-group/invitation/{partner.id}") == 1
    assert still_wanted(notice.kind, notice, now)
    grant.ended_at = now
    db.session.flush()
    assert not still_wanted(notice.kind, notice, now)


@pytest.mark.parametrize("state", [InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.WITHDRAWN])
def test_no_mail_leaves_once_it_is_answered_or_taken_back(cast, now, state):
    row = make_invitation(cast.group, cast.candidate)
    [notice] = tell(cast.group, row, now=now)
    assert still_wanted(notice.kind, notice, now)
    row.state = state
    db.session.flush()
    assert not still_wanted(notice.kind, notice, now)


def test_no_mail_leaves_for_a_group_that_closed_or_a_thing_that_is_gone(cast, now):
    row = make_invitation(cast.group, cast.candidate)
    [notice] = tell(cast.group, row, now=now)
    cast.group.state = GroupState.CLOSED
    db.session.flush()
    assert not still_wanted(notice.kind, notice, now)
    notice.parameters = {"group": str(row.id), "person": str(cast.candidate.id)}
    assert not still_wanted(notice.kind, notice, now)
    assert written(notice) is None
