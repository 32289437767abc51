"""What joint texts tell the rest of the house: mails, search, cards, personal data, what waits, what leaving means."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails, registries, slots
from app.core import waiting as core_waiting
from app.core.notices import Notice
from app.core.registries import Contact
from app.drafting import cards, exporting, queries, searching, services, telling
from app.drafting.models import Comment, TextKeeper, TextState, TextVersion, Verdict
from app.extensions import db
from app.originals import services as originals
from app.workinggroups.exports import Table, Text
from tests.conftest import START
from tests.make.drafting import ARABIC, REVISED, SPANISH, answered, make_comment, make_keeper, make_text
from tests.make.people import make_person

LATER = START + timedelta(hours=1)
READER = Contact("reader@example.org", "en", "Fatou Exemple")


@pytest.fixture(autouse=True)
def _in_english(app):
    with app.test_request_context(), force_locale("en"):
        yield


def notice_of(kind: str) -> Notice:
    return db.session.scalars(sa.select(Notice).where(Notice.kind == kind)).one()


def words_of(kind: str) -> mails.Words:
    found = mails.write(kind, notice_of(kind).parameters, READER)
    assert found is not None
    return found


def said(cast, act) -> Comment:
    version = queries.get_version(cast.text, 1)
    return services.comment_on(act(cast.rosa), cast.text, version, 2, body=SPANISH, language="es", now=LATER)


def test_mails_name_the_text_and_lead_to_the_page_without_anybodys_words(cast, act):
    comment = said(cast, act)
    originals.translate(act(cast.fatou), comment, language="fr", body="Il manque la date.", now=LATER)
    services.answer_comment(
        act(cast.fatou), comment, verdict=Verdict.NOT, because="Non merci.", language="fr", seen=0, now=LATER
    )
    services.name_keeper(act(cast.fatou), cast.text, cast.huda.id, now=LATER)
    page = f"/groups/land-group/comments/{comment.id}"
    for kind, subject, leads_to in (
        (telling.COMMENTED, "Land group: new comments on a text", f"/texts/{cast.text.id}/comments?show=open"),
        (telling.ANSWERED, "Land group: an answer to your comment", page),
        (telling.NAMED, "Land group: you keep a text now", f"/texts/{cast.text.id}"),
        (telling.TRANSLATED, "A translation waits for your review", f"{page}?with=fr"),
    ):
        words = words_of(kind)
        assert words.subject == subject
        assert leads_to in words.text
        assert SPANISH not in words.text
        assert "Non merci" not in words.text
    gone = {"text": str(cast.group.id), "fact": str(cast.group.id)}
    assert all(mails.write(kind, gone, READER) is None for kind in telling.STILL_WANTED)


def test_a_mail_leaves_only_as_long_as_its_fact_holds(cast, act):
    comment = said(cast, act)
    originals.translate(act(cast.fatou), comment, language="fr", body="Il manque la date.", now=LATER)
    services.name_keeper(act(cast.fatou), cast.text, cast.huda.id, now=LATER)

    def wanted(kind: str) -> bool:
        return registries.still_wanted(kind, notice_of(kind), LATER)

    assert all(wanted(kind) for kind in (telling.COMMENTED, telling.NAMED, telling.TRANSLATED))
    originals.review_translation(act(cast.rosa), comment.translations[0], now=LATER)
    services.end_keeper(act(cast.fatou), cast.text, cast.huda.id, now=LATER)
    services.answer_comment(
        act(cast.fatou), comment, verdict=Verdict.TAKEN, because="", language="fr", seen=0, now=LATER
    )
    assert wanted(telling.ANSWERED)
    services.withdraw(act(cast.rosa), comment, now=LATER)
    assert not any(wanted(kind) for kind in telling.STILL_WANTED)


def test_texts_are_found_by_their_newest_version_and_comments_by_their_words(cast):
    text = make_text(cast.group, cast.rosa, "Ancien", REVISED, purpose="Une lettre")
    (document,) = searching.documents_of_texts([text.id])
    assert (document.title, document.language) == ("Pour un toit", "fr")
    assert "pour toutes" in document.text
    assert "Ancien" not in document.text
    comment = make_comment(text, cast.huda, ARABIC, language="ar")
    (found,) = searching.documents_of_comments([comment.id])
    assert (found.language, found.part_of) == ("ar", ("joint_text", text.id))


def test_a_search_finds_them_for_the_people_of_the_group_alone(cast, browse, act):
    services.begin_text(
        act(cast.rosa), cast.group, title="Cartografía", body="Dibujamos juntas.", language="es", now=START
    )
    inside, outside = browse(cast.huda), browse(cast.outsider)
    inside.open("/search?q=dibujamos")
    assert "Cartografía" in inside.text
    outside.open("/search?q=dibujamos")
    assert "Cartografía" not in outside.text


def test_cards_are_for_those_who_read(cast, act):
    comment = make_comment(cast.text, cast.rosa, withdrawn_at=START)
    assert cards.describe_texts([cast.text.id], act(cast.huda))[cast.text.id].title == "Pour un toit"
    assert cards.describe_texts([cast.text.id], act(cast.outsider)) == {}
    assert cards.describe_comments([comment.id], act(cast.huda)) == {}
    assert cards.describe_comments([comment.id], act(cast.rosa))[comment.id].state == "withdrawn"


def test_a_person_takes_along_what_they_said_wrote_answered_and_kept(cast):
    answered(make_comment(cast.text, cast.rosa), cast.fatou, because="Oui.", because_language="fr")
    fatou = registries.export_person(cast.fatou.id)["drafting"]
    assert (fatou["versions"][0]["number"], fatou["answers"][0]["because"]) == (1, "Oui.")
    assert fatou["kept"][0]["text"] == str(cast.text.id)
    assert registries.export_person(cast.rosa.id)["drafting"]["comments"][0]["paragraph"] == 2


def test_what_was_done_follows_a_merged_person_and_loses_an_erased_ones_name(cast):
    make_keeper(cast.text, cast.rosa)
    comment = answered(make_comment(cast.text, cast.huda), cast.fatou)
    version = queries.get_version(cast.text, 1)
    registries.merge_person(cast.rosa.id, cast.fatou.id, LATER)
    db.session.expire_all()
    assert [one.person_id for one in cast.text.keepers] == [cast.rosa.id]
    assert (version.written_by, comment.answered_by) == (cast.rosa.id, cast.rosa.id)
    kept = make_person()
    registries.merge_person(kept.id, cast.huda.id, LATER)
    registries.erase_person(cast.rosa.id, LATER)
    registries.erase_person(kept.id, LATER)
    db.session.expire_all()
    assert (version.written_by, comment.answered_by, comment.author_id, comment.because) == (None, None, None, "")
    assert db.session.scalars(sa.select(TextKeeper)).all() == []
    assert db.session.scalars(sa.select(TextVersion)).one().body


def test_comments_wait_for_keepers_and_texts_without_one_for_coordinators(cast, act):
    make_comment(cast.text, cast.rosa)
    make_comment(cast.text, cast.huda)
    for person, waits in ((cast.fatou, True), (cast.coordinator, False), (cast.rosa, False), (cast.outsider, False)):
        lines = [line for line in core_waiting.lines(act(person), START) if str(cast.text.id) in line.href]
        assert [line.sentence for line in lines] == ["2 comments wait for your answer."] * waits
    services.end_keeper(act(cast.fatou), cast.text, cast.fatou.id, now=LATER)
    lines = [line for line in core_waiting.lines(act(cast.coordinator), START) if str(cast.text.id) in line.href]
    assert [line.action for line in lines] == ["Read and answer", "Name a keeper"]
    cast.text.state, cast.text.adopted_on = TextState.ADOPTED, START.date()
    assert not [line for line in core_waiting.lines(act(cast.coordinator), START) if str(cast.text.id) in line.href]


def test_before_leaving_one_reads_that_the_text_stays(cast, act):
    assert slots.parts("workinggroups.leaving", act(cast.huda), group=cast.group) == []
    (part,) = slots.parts("workinggroups.leaving", act(cast.fatou), group=cast.group)
    assert part.startswith("The text you keep stays with the group")


def test_the_page_of_the_group_shows_what_changed_last(cast, browse):
    reader = browse(cast.observer)
    reader.open("/groups/land-group")
    room = reader.page.select_one("#texts")
    assert "Pour un toit" in room.get_text()
    assert "Begin a text" not in room.get_text()
    reader = browse(cast.outsider)
    reader.open("/groups/land-group")
    assert reader.page.select_one("#texts") is None


def test_the_sheet_of_who_takes_over_has_the_texts_under_way(cast, act):
    make_text(cast.group, cast.rosa, title="Fini", state=TextState.ADOPTED, adopted_on=START.date())
    sheet = "".join(slots.parts("workinggroups.handover", act(cast.coordinator), group=cast.group))
    assert "Pour un toit" in sheet
    assert "Fini" not in sheet


def test_the_export_of_a_group_has_every_version_comment_and_answer(cast, act):
    text = make_text(cast.group, cast.fatou, "Un", "Deux", title="Deux fois")
    comment = answered(
        make_comment(text, cast.rosa, paragraph=1), cast.fatou, Verdict.NOT, because="Non.", because_language="fr"
    )
    make_comment(text, cast.huda, "Taken back.", paragraph=1, withdrawn_at=START)
    parts = list(exporting.parts_of(act(cast.coordinator), cast.group, LATER))
    tables = {part.name: list(part.rows) for part in parts if isinstance(part, Table)}
    assert sorted(row[0] for row in tables["texts"]) == ["Deux fois", "Pour un toit"]
    assert [(row[3], row[-1]) for row in tables["comments"]] == [("Rosa Ejemplo", comment.id)]
    papers = {part.name: "".join(part.body) for part in parts if isinstance(part, Text)}
    assert (papers["Deux fois 1"], papers["Deux fois 2"]) == ("Un\n", "Deux\n")
    said = papers["Comments on Deux fois"]
    assert SPANISH in said
    assert "**Not taken up**\n\nNon." in said
    assert "Taken back." not in said
    outside = exporting.parts_of(act(cast.outsider), cast.group, LATER)
    assert not [row for part in outside if isinstance(part, Table) for row in part.rows]
