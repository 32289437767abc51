"""A13 · A chantier is carried by a pair under a mission letter that every carrier signed (R-18, R-19, R-20)."""

from datetime import timedelta

import sqlalchemy as sa

from app.core import outbox
from app.core.notices import Notice
from app.extensions import db
from app.workinggroups.models import GroupState, WorkingGroup
from tests.make.chantiers import make_speaker
from tests.make.people import make_organisation, make_secretary


def state_of(slug: str) -> GroupState:
    return db.session.query(WorkingGroup).filter_by(slug=slug).one().state


def propose(proposer) -> str:
    proposer.open("/groups/chantiers/new")
    proposer.send(has="name_en", name_en="Empty houses", objectives_en="Count them, and find out who could live there.")
    return proposer.path.split("/")[2]


def ask(asker, slug: str, organisation) -> None:
    asker.open(f"/groups/{slug}/carriers/ask")
    asker.send(has="organisation", organisation=str(organisation.id))


def link(page, words: str) -> str:
    return next(a["href"] for a in page.select("main a") if words in a.get_text())


def answer(answering, slug: str, *, yes: bool = True, **ticked) -> None:
    answering.open(f"/groups/{slug}/carriers")
    answering.open(link(answering.page, "Answer for your organisation"))
    if yes:
        answering.send(has="acknowledge", button=("accept", "1"), acknowledge="y", **ticked)
    else:
        answering.send(has="acknowledge", button=("decline", "1"))


def write_letter(writer, slug: str, who: str, **typed) -> None:
    writer.open(f"/groups/{slug}/letter/write")
    writer.send(
        has="scope",
        **{
            "language": "fr",
            "scope": "Compter les logements vides et dire à qui ils pourraient servir.",
            "from_on": "2026-11-01",
            "until_on": "2027-10-31",
            "contributors-0-who": who,
            "contributors-0-basis": "mandate",
            "contributors-0-scope": "Speaks with the municipality",
        }
        | typed,
    )


def sign(signer, slug: str, edition: int = 1) -> None:
    signer.open(f"/groups/{slug}/letter/{edition}")
    signer.send(has="read")


def mails(now) -> list[str]:
    for hour in (now, now + timedelta(days=1)):
        outbox.address_notices(hour)
    return list(db.session.scalars(sa.select(Notice.kind).where(Notice.mail_id.is_not(None))))


def test_a_chantier_with_a_pair(app, now, clock, reader):
    first, second, third, fourth = (make_organisation(f"Example Association {name}") for name in "ABCD")
    one, two = reader(make_speaker(first, "Una Example")), reader(make_speaker(second, "Dua Example"))
    three, four = reader(make_speaker(third, "Tria Example")), reader(make_speaker(fourth, "Quattuor Example"))

    # Given a chantier proposed by one association, it stays "proposed" and says what it lacks.
    slug = propose(one)
    assert "A second carrier and a mission letter are required." in one.text
    assert state_of(slug) is GroupState.PROPOSED
    visitor = reader()
    visitor.open(f"/groups/{slug}")
    assert "A second carrier and a mission letter are required." in visitor.text

    # A letter without basis, or without a contributor, is refused with the reason; nothing is kept.
    who = f"organisation:{first.id}"
    write_letter(one, slug, who, **{"contributors-0-basis": ""})
    assert one.status == 422
    assert "The letter is not kept without it." in one.text
    write_letter(one, slug, "", **{"contributors-0-basis": "", "contributors-0-scope": ""})
    assert one.status == 422
    assert "Name at least one contributor, with the basis on which they take part." in one.text
    assert one.client.get(f"/groups/{slug}/letter/1").status_code == 404

    # A second association joins, both sign a letter that names each contributor's basis: it becomes active.
    write_letter(one, slug, who)
    assert one.status == 200, one.text
    sign(one, slug)
    assert state_of(slug) is GroupState.PROPOSED
    ask(one, slug, second)
    answer(two, slug)
    assert "not signed by Example Association B yet" in two.text
    sign(two, slug)
    assert "The letter is in force, and the chantier is active." in two.page.get_text()
    assert state_of(slug) is GroupState.ACTIVE
    assert "chantiers.state" in mails(now)

    # A third carrier may be added, which signs as it accepts; a fourth may not.
    ask(two, slug, third)
    ask(one, slug, fourth)
    four.open(f"/groups/{slug}/carriers")
    four.open(link(four.page, "Answer for your organisation"))
    answer(three, slug, signs="y")
    assert state_of(slug) is GroupState.ACTIVE
    four.send(has="acknowledge", button=("accept", "1"), acknowledge="y")
    assert four.status == 422
    assert "Three organisations carry this chantier already, and a fourth may not." in four.text
    one.open(f"/groups/{slug}/carriers/ask")
    assert one.page.select_one("main [name=organisation]") is None
    assert "Three organisations carry this chantier, and a fourth may not." in one.text

    # One leaves: two remain who signed. Another leaves: suspended at once.
    for leaving, expected in ((three, GroupState.ACTIVE), (two, GroupState.SUSPENDED)):
        leaving.open(f"/groups/{slug}/carriers")
        leaving.open(link(leaving.page, "Stop carrying it"))
        leaving.send(action="/leave")
        assert state_of(slug) is expected


def test_only_carriers_let_others_in(app, now, clock, reader):
    carrier, partner = make_organisation("Example Association"), make_organisation("Example Partner Network")
    speaker, guest = make_speaker(carrier), make_speaker(partner)
    secretary = make_secretary()
    one = reader(speaker)
    slug = propose(one)

    # Under a partnership agreement its people come in as guests.
    one.open(f"/groups/{slug}/agreements/new")
    one.send(
        has="words",
        organisation=str(partner.id),
        language="en",
        words="They survey the quarter with us.",
        from_on="2026-11-01",
        until_on="2027-10-31",
    )
    assert one.status == 200, one.text
    guests = reader(guest)
    guests.open(f"/groups/{slug}/agreements")
    guests.send(action="/come-in")
    assert "as a guest" in guests.page.get_text()

    # Only the carriers invite from outside: not the secretariat, not another organisation.
    outside = make_organisation("Example Inhabitants' Group")
    page, values = f"/groups/{slug}/invitations/organisation", {"organisation": str(outside.id)}
    office = reader(secretary)
    office.open(page)
    assert "only the organisations that carry it invite them" in office.text
    assert not office.page.find(attrs={"name": "organisation"})
    one.open(page)
    one.send(has="organisation", **values)
    assert "Example Inhabitants' Group" in one.text
    member = reader(make_speaker(make_organisation()))
    member.open(page)
    assert member.status == 403
    assert guests.client.get(page).status_code == 403

    # Whoever speaks for it answers, and comes in as a guest.
    invited = reader(make_speaker(outside))
    invited.open("/overview")
    assert "Example Inhabitants' Group is invited into a chantier, and you speak for it." in invited.text
    invited.open(f"/groups/{slug}/invitation/{outside.id}")
    invited.send(has="acknowledge", acknowledge="y")
    assert invited.path == f"/groups/{slug}"
    assert "You take part in this group as a guest" in invited.text
