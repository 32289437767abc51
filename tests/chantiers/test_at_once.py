"""Two at the same moment: the third place is taken once, the last two signatures start once, two leave one behind."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.chantiers import services
from app.chantiers.models import Carrier, CarrierRequest, MissionLetter
from app.chantiers.queries import current_carriers
from app.chantiers.services.accepting import accept_carrying
from app.core.errors import RuleBroken
from app.extensions import db
from app.workinggroups.models import GroupState, WorkingGroup
from tests.conftest import START
from tests.make.chantiers import make_active_chantier, make_chantier, make_letter, make_request, speaker_of
from tests.make.people import make_organisation


def at_once(app, *acts: Callable[[], object]) -> list[str]:
    """Do all acts at the same moment, each in a transaction of its own; return what was refused."""
    together = Barrier(len(acts))

    def run(act) -> str:
        with app.app_context():
            together.wait()
            try:
                act()
                db.session.commit()
            except RuleBroken as refused:
                db.session.rollback()
                return type(refused).__name__
            return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_two_who_accept_the_third_place_one_is_refused(own_app):
    with own_app.app_context():
        group = make_chantier(make_organisation(), make_organisation())
        rows = [make_request(group, make_organisation()) for _number in range(2)]
        asked = [(speaker_of(row.organisation), row.id) for row in rows]
        group_id = group.id
        db.session.commit()

    def accept(actor, request_id):
        return lambda: accept_carrying(actor, db.session.get_one(CarrierRequest, request_id), now=START)

    assert at_once(own_app, *(accept(*each) for each in asked)) == ["", "TooManyCarriers"]
    with own_app.app_context():
        assert len(current_carriers(db.session.get_one(WorkingGroup, group_id))) == 3


def test_two_who_sign_at_once_bring_the_letter_into_force(own_app):
    with own_app.app_context():
        group = make_chantier(make_organisation(), make_organisation())
        letter = make_letter(group)
        signing = [(speaker_of(row.organisation), row.id) for row in current_carriers(group)]
        group_id, letter_id, digest = group.id, letter.id, letter.digest
        db.session.commit()

    def sign(actor, carrier_id):
        def work() -> None:
            letter = db.session.get_one(MissionLetter, letter_id)
            services.sign_letter(actor, db.session.get_one(Carrier, carrier_id), letter, read=digest, now=START)

        return work

    assert at_once(own_app, *(sign(*each) for each in signing)) == ["", ""]
    with own_app.app_context():
        assert db.session.get_one(WorkingGroup, group_id).state is GroupState.ACTIVE


def test_of_two_carriers_who_leave_at_once_one_stays(own_app):
    with own_app.app_context():
        group = make_active_chantier()
        leaving = [(speaker_of(row.organisation), row.id) for row in current_carriers(group)]
        group_id = group.id
        db.session.commit()

    def leave(actor, carrier_id):
        return lambda: services.stop_carrying(actor, db.session.get_one(Carrier, carrier_id), now=START)

    assert at_once(own_app, *(leave(*each) for each in leaving)) == ["", "LastCarrier"]
    with own_app.app_context():
        group = db.session.get_one(WorkingGroup, group_id)
        assert group.state is GroupState.SUSPENDED
        assert len(current_carriers(group)) == 1
