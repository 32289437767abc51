"""Words taken down for somebody: theirs alone, until they publish them or throw them away."""

import gzip
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import mails
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.notices import Notice
from app.core.registries import Contact, still_wanted
from app.extensions import db
from app.people.models import Person
from app.reflections.jobs import drop_old_drafts
from app.reflections.models import Draft, DraftOrigin, Reflection
from app.reflections.personal_data import erase_person, export_person
from app.reflections.queries.drafts import get_own_draft, list_drafts
from app.reflections.readers import Readers
from app.reflections.services.drafts import Taken, confirm_draft, confirm_transcript, discard_draft, take_chat
from app.reflections.services.writing import write_reflection
from app.reflections.telling import DRAFT_WAITS
from app.reflections.whose import Called, PeopleByName
from tests.make.people import make_person
from tests.make.sessions import make_membership, make_session
from tests.sessions.conftest import act, browse, cast, unknown_id

__all__ = ["act", "browse", "cast", "unknown_id"]

CHAT = "[17:03] Fatou Exemple: Le loyer a doublé.\n[17:04] Somebody Else: Hello\n[17:05] Fatou Exemple: Et l’eau aussi."


@pytest.fixture
def held(cast, now):
    """A session that was held, with its address."""
    session = make_session(cast.track, "Held", wall_start=now.replace(tzinfo=None) - timedelta(days=1), number=2)
    return SimpleNamespace(session=session, address=f"/sessions/{session.id}/chat")


def take(act, cast, held, now, words="Le loyer a doublé."):
    return take_chat(act(cast.facilitator), held.session, taken=[Taken(cast.participant.id, words)], now=now)


def notices():
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == DRAFT_WAITS)))


def confirm(act, cast, draft, now, **given):
    values = {"body": draft.body, "language": "fr", "readers": Readers.TRACK} | given
    return confirm_draft(act(cast.participant), draft, **values, now=now)


def test_a_draft_is_its_authors_alone(act, cast, held, now):
    (draft,) = take(act, cast, held, now)
    assert list_drafts(act(cast.participant)).rows == [draft]
    for who in (cast.facilitator, cast.secretary, cast.member):
        with pytest.raises(NotFound):
            get_own_draft(act(who), draft.id)
        with pytest.raises(NotAllowed):
            discard_draft(act(who), draft, now=now)


def test_the_author_is_told_without_the_words(act, cast, held, now):
    take(act, cast, held, now)
    (notice,) = notices()
    assert notice.person_id == cast.participant.id
    mail = mails.write(DRAFT_WAITS, notice.parameters, Contact("x@example.org", "en", "Fatou"))
    assert "loyer" not in mail.text + mail.subject
    assert still_wanted(DRAFT_WAITS, notice, now)


def test_several_words_of_one_person_are_one_draft_and_the_same_again_is_none(act, cast, held, now):
    words = [Taken(cast.participant.id, "First."), Taken(cast.participant.id, "Second.")]
    (draft,) = take_chat(act(cast.facilitator), held.session, taken=words, now=now)
    assert draft.body == "First.\n\nSecond."
    assert take_chat(act(cast.facilitator), held.session, taken=words, now=now) == []


@pytest.mark.parametrize("who", ["participant", "member", "other_facilitator"])
def test_only_who_leads_the_session_takes_words_down(act, cast, held, now, who):
    with pytest.raises(NotAllowed):
        take_chat(act(getattr(cast, who)), held.session, taken=[Taken(cast.participant.id, "x")], now=now)


def test_words_belong_to_people_of_the_track(act, cast, held, now):
    with pytest.raises(RuleBroken):
        take_chat(act(cast.facilitator), held.session, taken=[Taken(cast.outsider.id, "x")], now=now)
    with pytest.raises(RuleBroken):
        take_chat(act(cast.facilitator), held.session, taken=[], now=now)
    assert list_drafts(act(cast.outsider)).rows == []


def test_a_confirmed_draft_is_a_reflection_of_its_author(act, cast, held, now):
    (draft,) = take(act, cast, held, now)
    reflection = confirm(act, cast, draft, now, body="Le loyer a triplé.")
    assert (reflection.author_id, reflection.session_id) == (cast.participant.id, held.session.id)
    assert reflection.versions[-1].body == "Le loyer a triplé."
    assert list_drafts(act(cast.participant)).rows == []


def test_a_draft_is_used_once(act, cast, held, now):
    (draft,) = take(act, cast, held, now)
    db.session.execute(sa.delete(Draft).where(Draft.id == draft.id).execution_options(synchronize_session=False))
    with pytest.raises(NotFound):
        confirm(act, cast, draft, now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Reflection)) == 0


def test_what_is_thrown_away_is_nowhere(act, cast, held, now):
    (draft,) = take(act, cast, held, now)
    discard_draft(act(cast.participant), draft, now=now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0
    assert not still_wanted(DRAFT_WAITS, notices()[0], now)


def test_a_transcript_becomes_the_words_of_the_voice(act, cast, now):
    reflection = write_reflection(
        act(cast.participant), cast.track, body="Jërëjëf", language="wo", readers=Readers.TRACK, now=now
    )
    draft = Draft(
        track_id=cast.track.id, author_id=cast.participant.id, origin=DraftOrigin.TRANSCRIPT,
        of_reflection_id=reflection.id, body="Jërëjëf waay", taken_by=cast.facilitator.id, taken_at=now,
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    changed = confirm_transcript(act(cast.participant), draft, body="Jërëjëf waay", language="wo", now=now)
    assert changed.version == 2
    assert changed.author_id == cast.participant.id


def test_drafts_are_forgotten_after_sixty_days(act, cast, held, now):
    take(act, cast, held, now)
    assert drop_old_drafts(now + timedelta(days=59)) == 0
    assert drop_old_drafts(now + timedelta(days=61)) == 1


def test_drafts_are_a_persons_data(act, cast, held, now):
    take(act, cast, held, now)
    assert export_person(cast.participant.id)["drafts"][0]["body"] == "Le loyer a doublé."
    erase_person(cast.participant.id, now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0


def test_a_facilitator_pastes_chooses_and_gives(cast, held, browse):
    page = browse(cast.facilitator)
    page.open(held.address)
    page.send(has="chat", chat=CHAT)
    assert page.status == 200
    assert page.page.find("input", attrs={"name": "sayings-0-author"})["value"] == "Fatou Exemple"
    assert page.page.find("input", attrs={"name": "sayings-1-author"})["value"] == ""
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0
    page.send(has="chat", **{"sayings-0-take": "y", "sayings-2-take": "y"})
    assert page.path == f"/sessions/{held.session.id}"
    (draft,) = db.session.scalars(sa.select(Draft))
    assert draft.body == "Le loyer a doublé.\n\nEt l’eau aussi."


def test_ticked_words_of_nobody_are_asked_again_and_kept(cast, held, browse):
    page = browse(cast.facilitator)
    page.open(held.address)
    page.send(has="chat", chat=CHAT)
    page.send(has="chat", **{"sayings-0-take": "y", "sayings-1-take": "y"})
    assert page.status == 422
    assert "Somebody Else" in page.text
    assert page.page.find("input", attrs={"name": "sayings-0-take"}).has_attr("checked")
    page.send(has="chat", **{"sayings-1-take": None})
    assert page.status == 200
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 1


@pytest.mark.parametrize("chat", ["", "no names here", "x" * 200_001])
def test_what_cannot_be_read_is_answered_in_words(cast, held, browse, chat):
    page = browse(cast.facilitator)
    page.open(held.address)
    page.send(has="chat", chat=chat)
    assert page.status == 422


def test_the_page_of_chats_is_for_who_leads(cast, held, browse):
    for who, status in ((cast.participant, 403), (cast.other_facilitator, 403), (cast.secretary, 200)):
        page = browse(who)
        page.open(held.address)
        assert page.status == status


def test_the_author_reads_changes_and_publishes(act, cast, held, now, browse):
    (draft,) = take(act, cast, held, now)
    address = f"/reflections/drafts/{draft.id}"
    page = browse(cast.participant)
    page.open("/reflections/drafts")
    assert "Le loyer a doublé." in page.text
    page.open(address)
    page.send(has="body", body="Le loyer a triplé.", language="fr", button=("preview", "1"))
    assert "This is how it will look" in page.text
    page.send(has="body", body="", language="fr")
    assert page.status == 422
    page.send(has="body", body="Le loyer a triplé.", language="fr")
    assert page.path.startswith("/reflections/")
    assert "Le loyer a triplé." in page.text
    page.open(address)
    assert page.status == 404


def test_throwing_away_is_asked_on_a_page_of_its_own(act, cast, held, now, browse):
    (draft,) = take(act, cast, held, now)
    address = f"/reflections/drafts/{draft.id}"
    page = browse(cast.participant)
    page.open(f"{address}/discard")
    page.send(action="/discard")
    assert page.path == "/reflections/drafts"
    assert "Nothing waits for you." in page.text
    other = browse(cast.member)
    other.open(f"{address}/discard")
    assert other.status == 404


def test_another_name_is_written_as_the_track_knows_it(cast, held, browse):
    page = browse(cast.facilitator)
    page.open(held.address)
    page.send(has="chat", chat=CHAT)
    offered = {option["value"] for option in page.page.find("datalist", id="people-of-the-track").find_all("option")}
    assert "Fatou Exemple" in offered
    page.send(has="chat", **{"sayings-1-take": "y", "sayings-1-author": " fatou  EXEMPLE "})
    assert page.status == 200
    assert db.session.scalars(sa.select(Draft.author_id)).one() == cast.participant.id


def test_who_shares_a_name_is_never_guessed():
    first, second, third = (uuid4() for _number in range(3))
    people = PeopleByName(
        [
            Called(first, "Ana Exemple", "", "Dakar"),
            Called(second, "Ana Exemple", "", ""),
            Called(third, "أمينة", "Amina", "Tunis"),
        ]
    )
    assert people.labels == ["Ana Exemple (1, Dakar)", "Ana Exemple (2)", "أمينة (Amina)"]
    assert (people.find("Ana Exemple"), people.label("Ana Exemple")) == (None, "")
    assert people.find("Ana Exemple (2)") == second
    assert people.label("amina") == "أمينة (Amina)"
    assert people.find("") is None


def test_drafts_come_in_pages_at_the_same_cost(act, cast, now, browse, count_queries):
    actor, track_id, taker_id = act(cast.participant), cast.track.id, cast.facilitator.id

    def many(count):
        db.session.add_all(
            Draft(
                track_id=track_id,
                author_id=actor.person_id,
                origin=DraftOrigin.CHAT,
                body=f"Words {number}",
                taken_by=taker_id,
                taken_at=now,
            )
            for number in range(count)
        )
        db.session.flush()
        db.session.expunge_all()
        with count_queries() as asked:
            assert list_drafts(actor).rows
        return len(asked)

    assert many(10) == many(30)
    db.session.commit()
    page = browse(db.session.get(Person, actor.person_id))
    page.open("/reflections/drafts")
    page.open(page.page.find("a", rel="next")["href"])
    assert len(page.page.find_all("article")) == 20


def test_the_page_of_a_long_chat_is_light(cast, held, browse):
    for number in range(100):
        make_membership(cast.track, make_person(f"Example Person Number {number}"))
    chat = "\n".join(
        f"[17:{number:02}] Example Person Number {number}: {f'The rent doubled, number {number}. ' * 5}"
        for number in range(60)
    )
    page = browse(cast.facilitator)
    page.open(held.address)
    page.send(has="chat", chat=chat)
    assert len(page.page.select("main fieldset > legend > bdi")) == 60
    assert len(gzip.compress(str(page.page).encode())) < 50_000
