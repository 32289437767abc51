"""What a chantier gives when its group is handed on or taken out of the house."""

from __future__ import annotations

from app.chantiers.rooms import carried_until
from app.core.registries import actor_at
from tests.make.chantiers import make_active_chantier, make_agreement
from tests.make.exports import exported
from tests.make.people import make_organisation, make_secretary
from tests.make.workinggroups import make_group


def test_a_chantier_leaves_with_its_carriers_its_letter_and_its_agreements(app, now):
    group = make_active_chantier(make_organisation("Union A"), make_organisation("Union B"))
    make_agreement(group, make_organisation("Partner C"))
    found = exported(actor_at(make_secretary().id, now), group, now)
    assert {row["Organisation"] for row in found.rows("carriers")} == {"Union A", "Union B"}
    assert [row["Organisation"] for row in found.rows("agreements")] == ["Partner C"]
    (path,) = found.within("letters")
    assert "Étudier et agir ensemble." in found.text(path)
    assert "Signed for Union A by Speaker Example." in found.text(path)


def test_other_groups_have_no_such_room(app, now):
    found = exported(actor_at(make_secretary().id, now), make_group(), now)
    assert "carriers.csv" not in found.names


def test_the_handover_sheet_says_who_carries_it_and_until_when(app, now):
    group = make_active_chantier(make_organisation("Union A"), make_organisation("Union B"))
    actor = actor_at(make_secretary().id, now)
    with app.test_request_context():
        assert "Union A" in carried_until(actor, group=group)
        assert carried_until(actor, group=make_group()) == ""
