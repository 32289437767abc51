"""The pages of chantiers: who sees them, what is refused, and that nothing typed is lost."""

import pytest
import sqlalchemy as sa

from app.chantiers.keys import holders_of_admitted, holders_of_asked, holders_of_carriers
from app.chantiers.models import MissionLetter, RequestState
from app.chantiers.queries import current_carriers, list_letters
from app.core import mails, outbox, registries, waiting
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import AffiliationKind
from app.workinggroups.keys import admitted_key, asked_to_carry_key, carriers_key
from app.workinggroups.models import GroupState
from tests.make.chantiers import (
    make_active_chantier,
    make_agreement,
    make_carrier,
    make_chantier,
    make_letter,
    make_request,
    make_speaker,
    sign_all,
)
from tests.make.people import make_affiliation, make_member, make_organisation, make_person, make_secretary, sign_in
from tests.make.workinggroups import make_group, make_place


@pytest.fixture
def pair(app, now):
    """A chantier of two carriers, its speakers, and who else there is."""
    first, second, asked = (make_organisation(f"Example {name}") for name in ("Alpha", "Beta", "Gamma"))
    group = make_chantier(first, second, slug="pair")
    return {
        "group": group,
        "request": make_request(group, asked),
        "first": make_speaker(first, "Una Example"),
        "second": make_speaker(second, "Dua Example"),
        "asked": make_speaker(asked, "Tria Example"),
        "secretariat": make_secretary(),
        "outsider": make_member("Outer Example", kind=AffiliationKind.FRIEND),
    }


def opened(app, person):
    client = app.test_client()
    return sign_in(client, person) if person is not None else client


PAGES = {
    "carriers": {None: 200, "outsider": 200, "first": 200, "secretariat": 200},
    "carriers/ask": {None: 303, "outsider": 403, "first": 200, "secretariat": 403},
    "letter/write": {"outsider": 403, "first": 200, "asked": 403, "secretariat": 403},
    "letter/1": {"outsider": 404, "first": 200, "asked": 200, "secretariat": 200},
    "agreements": {"outsider": 404, "first": 200, "asked": 200, "secretariat": 200},
    "agreements/new": {"outsider": 403, "first": 200, "asked": 403, "secretariat": 200},
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_for_those_it_is_for(app, pair, page):
    make_letter(pair["group"])
    for who, status in PAGES[page].items():
        client = opened(app, pair[who] if who else None)
        assert client.get(f"/groups/pair/{page}").status_code == status, who


def test_the_answer_is_for_who_speaks_for_the_organisation_asked(app, pair):
    address = f"/groups/pair/carriers/requests/{pair['request'].id}"
    for who, status in (("asked", 200), ("first", 403), ("outsider", 404)):
        assert opened(app, pair[who]).get(address).status_code == status


def test_a_chantier_nobody_may_know_of_is_not_there_but_for_who_is_asked(app, pair):
    pair["group"].audience = f"group:{pair['group'].id}"
    db.session.commit()
    for who, status in (("outsider", 404), ("asked", 200), ("first", 200), ("secretariat", 200)):
        assert opened(app, pair[who]).get("/groups/pair/carriers").status_code == status, who


def test_another_group_has_no_carriers_and_other_chantiers_lend_none(app, pair):
    make_group(slug="plain")
    other = make_chantier(slug="other")
    [carrier] = current_carriers(other)
    agreement = make_agreement(other, make_organisation())
    client = opened(app, pair["secretariat"])
    assert client.get("/groups/plain/carriers").status_code == 404
    assert client.get(f"/groups/pair/carriers/{carrier.id}/leave").status_code == 404
    assert client.get(f"/groups/pair/agreements/{agreement.id}/end").status_code == 404
    assert client.get("/groups/pair/letter").status_code == 404


def test_who_declines_is_thanked_and_the_carriers_learn_it(app, pair, reader):
    asked = reader(pair["asked"])
    asked.open(f"/groups/pair/carriers/requests/{pair['request'].id}")
    asked.send(has="acknowledge", button=("decline", "1"))
    assert "Thank you for your answer" in asked.page.get_text()
    db.session.refresh(pair["request"])
    assert pair["request"].state is RequestState.DECLINED
    asked.open(f"/groups/pair/carriers/requests/{pair['request'].id}")
    assert "answered or taken back" in asked.text


def test_accepting_without_the_objectives_is_refused(app, pair, reader):
    asked = reader(pair["asked"])
    asked.open(f"/groups/pair/carriers/requests/{pair['request'].id}")
    asked.send(has="acknowledge", button=("accept", "1"))
    assert asked.status == 422
    assert "Tick that you carry the objectives, or say that you do not carry it." in asked.text


def test_a_request_is_taken_back_with_one_click_and_once(app, pair, reader):
    first, second = reader(pair["first"]), reader(pair["second"])
    first.open("/groups/pair/carriers")
    second.open("/groups/pair/carriers")
    first.send(action="/withdraw")
    assert "taken back" in first.page.get_text()
    second.send(action="/withdraw")
    assert second.status == 422
    assert "answered or taken back meanwhile" in second.text


def test_more_rows_keep_what_was_typed_and_save_nothing(app, pair, reader):
    first = reader(pair["first"])
    first.open("/groups/pair/letter/write")
    assert len(first.page.select("select[name$='-basis']")) == 2
    who = {"contributors-0-who": f"person:{pair['first'].id}", "contributors-0-basis": "expertise"}
    first.send(has="scope", button=("more", "1"), scope="Ce que nous ferons.", **who)
    assert first.status == 200
    assert "Ce que nous ferons." in first.page.select_one("textarea").get_text()
    assert len(first.page.select("select[name$='-basis']")) == 3
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MissionLetter)) == 0


def test_wrong_rows_are_named_at_their_field(app, pair, reader):
    first = reader(pair["first"])
    first.open("/groups/pair/letter/write")
    days = {"from_on": "2027-02-01", "until_on": "2027-01-01"}
    rows = {
        "contributors-0-scope": "Maps",
        "contributors-0-basis": "expertise",
        "contributors-1-who": f"person:{pair['first'].id}",
        "contributors-1-basis": "expertise",
        "contributors-1-scope": "Maps",
        "contributors-1-from_on": "2027-02-01",
        "contributors-1-until_on": "2027-01-01",
    }
    first.send(has="scope", language="fr", scope="Texte", **days, **rows)
    assert first.status == 422
    assert first.page.select_one("#contributors-0-who-error")
    assert first.page.select_one("#contributors-1-until_on-error")
    first.send(
        has="scope", **{"contributors-0-who": f"person:{pair['second'].id}", "contributors-1-until_on": "2027-03-01"}
    )
    assert first.status == 422
    assert first.page.select_one("#until_on-error")


def test_two_who_write_at_once_see_what_the_other_kept(app, pair, reader):
    first, second = reader(pair["first"]), reader(pair["second"])
    typed = {"language": "fr", "from_on": "2026-11-01", "until_on": "2027-10-31", "contributors-0-basis": "expertise"}
    typed |= {"contributors-0-who": f"person:{pair['first'].id}", "contributors-0-scope": "Maps"}
    for writer in (first, second):
        writer.open("/groups/pair/letter/write")
    first.send(has="scope", scope="Le mien.", **typed)
    second.send(has="scope", scope="Le sien.", **typed)
    assert second.status == 422
    assert "Le mien." in second.text
    second.send(has="scope")
    assert [letter.scope for letter in list_letters(pair["group"])] == ["Le sien."]


def test_what_changed_since_it_was_read_is_not_signed(app, pair, reader):
    letter = make_letter(pair["group"])
    first = reader(pair["first"])
    first.open("/groups/pair/letter/1")
    letter.digest = "0" * 64
    db.session.commit()
    first.send(has="read")
    assert first.status == 422
    assert "Read what stands there now" in first.text


def test_the_button_that_signs_holds_one_sentence(app, pair, reader):
    """The name of the organisation is isolated inside it: loose, it would stand as a column of its own on a phone."""
    make_letter(pair["group"])
    first = reader(pair["first"])
    first.open("/groups/pair/letter/1")
    [label] = first.page.select("form[action*='/sign/'] button > *")
    assert label.get_text() == "Sign for Example Alpha"


def test_the_state_of_a_chantier_stands_above_its_name(app, pair, reader):
    visitor = reader(pair["outsider"])
    visitor.open("/groups/pair")
    assert "Chantier\u00a0· Proposed" in visitor.page.select_one("main").get_text()


def test_a_letter_can_be_printed_and_says_who_signed_with_which_mandate(app, pair, reader):
    letter = make_letter(pair["group"])
    sign_all(pair["group"], letter)
    assert pair["group"].state is GroupState.ACTIVE
    inside = make_person("Inside Example")
    make_place(pair["group"], inside)
    reading = reader(inside)
    reading.open("/groups/pair/letter")
    assert reading.path == "/groups/pair/letter/1"
    assert "with a mandate without dates" in reading.text
    assert reading.page.select_one("div.text[lang='fr']")
    assert not reading.page.select("form[action$='/sign']")


def test_somebody_comes_in_by_an_agreement_and_its_end_is_marked(app, pair, reader):
    partner = make_organisation("Example Partner")
    agreement = make_agreement(pair["group"], partner)
    guest = reader(make_speaker(partner, "Guest Example"))
    guest.open("/groups/pair/agreements")
    guest.send(action="/come-in")
    assert guest.status == 200
    first = reader(pair["first"])
    first.open(f"/groups/pair/agreements/{agreement.id}/end")
    assert "1 guest is inside." in first.text
    first.send(action="/end")
    assert "Agreement ended" in first.text


def test_what_waits_stands_on_the_overview_of_who_can_answer(app, pair, now):
    def sentences(who):
        with app.test_request_context():
            return [line.sentence for line in waiting.lines(actor_at(pair[who].id, now), now)]

    letter = make_letter(pair["group"], until_on=now.date())
    assert sentences("asked") == ["Example Gamma is asked to carry this chantier."]
    assert sentences("first") == ["The mission letter waits for the signature of Example Alpha."]
    sign_all(pair["group"], letter)
    assert sentences("second") == ["The mission letter ends on 21 November 2026."]
    assert sentences("outsider") == []


def test_who_is_asked_to_carry_answers_first_and_stands_among_the_carriers_afterwards(app, pair):
    reader = opened(app, pair["asked"])
    page = reader.get("/groups/pair").text
    assert "Answer for your organisation" in page
    assert "Ask to observe" not in page
    assert 'id="requests"' in reader.get("/groups/pair/carriers").text
    make_carrier(pair["group"], pair["request"].organisation)
    pair["request"].state = RequestState.ACCEPTED
    db.session.commit()
    assert 'id="requests"' not in reader.get("/groups/pair/carriers").text


def test_keys_and_their_holders_are_each_others_inverse(app, pair, now):
    partner, friend = make_organisation(), make_person()
    make_affiliation(friend, partner)
    group, speaker = pair["group"], make_speaker(partner)
    make_agreement(group, partner)
    for key, holders, expected in (
        (carriers_key(group.id), holders_of_carriers, {pair["first"].id, pair["second"].id}),
        (asked_to_carry_key(group.id), holders_of_asked, {pair["asked"].id}),
        (admitted_key(group.id), holders_of_admitted, {speaker.id, friend.id}),
    ):
        assert holders(key, now) == expected
        everybody = [person.id for person in (friend, speaker, *(row for row in pair.values() if hasattr(row, "name")))]
        held = registries.audience_keys(everybody, now)
        assert {person_id for person_id in everybody if key in held.get(person_id, ())} == expected


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_notice_becomes_a_mail_that_names_the_chantier(app, pair, now, language):
    group = pair["group"]
    carrier = current_carriers(group)[0]
    agreement = make_agreement(group, make_organisation())
    letter = make_letter(group)
    contact = registries.Contact("x@example.org", language, "Una")
    facts = {"request": pair["request"].id, "letter": letter.id, "carrier": carrier.id, "agreement": agreement.id}
    facts |= {"group": group.id}
    parameters = {name: str(value) for name, value in facts.items()} | {
        "state": "suspended",
        "person": str(pair["first"].id),
    }
    for kind in [kind for kind in mails.kinds() if kind.startswith("chantiers.")]:
        written = mails.write(kind, parameters, contact)
        assert "Example chantier" in written.subject
        assert written.paragraphs
        gone = dict.fromkeys(facts, "00000000-0000-0000-0000-000000000000")
        assert mails.write(kind, parameters | gone, contact) is None
    assert mails.write("chantiers.state", parameters | {"state": "active"}, contact).subject
    pair["request"].state = RequestState.ACCEPTED
    assert mails.write("chantiers.answered", parameters, contact).subject


def test_a_mail_is_sent_only_while_what_it_says_is_so(app, now):
    group = make_active_chantier()
    kinds = {"chantiers.state", "chantiers.letter_to_sign"}
    speaker = make_speaker(current_carriers(group)[0].organisation)

    class Notice:
        def __init__(self, kind, parameters):
            self.kind, self.parameters, self.person_id = kind, parameters, speaker.id

    [letter] = list_letters(group)
    wanted = {
        kind: registries.still_wanted(
            kind, Notice(kind, {"group": str(group.id), "state": "active", "letter": str(letter.id)}), now
        )
        for kind in kinds
    }
    assert wanted == {"chantiers.state": True, "chantiers.letter_to_sign": False}
    request, agreement = make_request(group, make_organisation()), make_agreement(group, make_organisation())
    facts = {"request": str(request.id), "agreement": str(agreement.id)}
    for kind, expected in (
        ("chantiers.asked", True),
        ("chantiers.answered", False),
        ("chantiers.agreed", True),
        ("chantiers.agreement_ended", True),
    ):
        assert registries.still_wanted(kind, Notice(kind, facts), now) is expected
    assert outbox.address_notices(now) > 0


def test_a_persons_part_is_exported_merged_and_erased(app, pair, now):
    group = pair["group"]
    letter = make_letter(group)
    sign_all(group, letter)
    signature, contributor = letter.signatures[0], letter.contributors[0]
    signer = signature.person
    contributor.person_id, contributor.organisation_id = signer.id, None
    db.session.commit()
    held = registries.export_person(signer.id)["chantiers"]
    assert (len(held["contributions"]), len(held["signatures"])) == (1, 1)
    kept = make_person()
    registries.merge_person(kept.id, signer.id, now)
    db.session.expire_all()
    assert signature.person_id == kept.id
    registries.erase_person(kept.id, now)
    db.session.expire_all()
    assert contributor.scope == ""
    assert signature.digest == letter.digest


def test_a_carrier_who_does_not_run_the_group_finds_the_ways_to_invite(app, pair, reader):
    on_group, other = reader(pair["first"]), reader(pair["secretariat"])
    inviting = ("/groups/pair/invitations", "/groups/pair/invitations/organisation")
    on_group.open("/groups/pair")
    assert on_group.page.select_one(f"#carriers a[href='{inviting[0]}']")
    on_group.open("/groups/pair/carriers")
    assert all(on_group.page.select_one(f"main a[href='{href}']") for href in inviting)
    for address in ("/groups/pair/carriers", inviting[0]):
        other.open(address)
        assert other.page.select_one(f"main a[href='{inviting[1]}']") is None
    assert "only the organisations that carry it invite them. Ask one of them." in other.text


def test_only_organisations_somebody_speaks_for_are_offered(app, pair, reader):
    silent = make_organisation("Example Silent")
    asking = reader(pair["first"])
    asking.open("/groups/pair/carriers/ask")
    offered = {option["value"] for option in asking.page.select("[name=organisation] option")}
    assert str(pair["request"].organisation_id) in offered
    assert str(silent.id) not in offered


def test_who_signs_learns_in_which_language_the_letter_is(app, pair, reader):
    letter = make_letter(pair["group"], language="ar")
    addresses = (f"requests/{pair['request'].id}", "letter/1")
    for who, address in zip(("asked", "second"), addresses, strict=True):
        base = "/groups/pair/carriers/" if address.startswith("requests") else "/groups/pair/"
        signing = reader(pair[who])
        signing.open(base + address)
        words = signing.page.select_one("main .text.serif[lang=ar]")
        assert words["dir"] == "rtl"
        assert words.find_previous_sibling("p").select_one(".tag--original")
        assert "a language that is not among yours" in signing.text
        assert "Example Alpha" in signing.text
        signing.open(f"{base}{address}?lang=ar")
        assert "not among yours" not in signing.text
    assert letter.language == "ar"
