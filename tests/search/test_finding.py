"""Who finds what: the corpus in five languages, the order, and nothing that one may not read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.actors import NETWORK, PUBLIC, VISITOR
from app.core.errors import NotFound
from app.core.names import add_alias, set_name
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import AffiliationState
from app.search import queries
from app.sessions.keys import track_key
from app.sessions.models import ProgrammeText, TextBlock
from tests.conftest import START
from tests.make.people import make_affiliation, make_member, make_organisation, make_person, make_secretary
from tests.make.reflections import actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_facilitator, make_phase, make_session, make_track

CORPUS = {
    "fr": ("fr", "Les Adhérent-e-s et les habitant·e·s gardent le cœur du quartier avec un·e animateur·rice."),
    "es": ("es", "Amiga-o: las organizaciones de la tierra no se venden. Facilitadora-or, ¡ven!"),
    "pt": ("pt", "A ocupação é nossa: moradoras e moradores fazem mutirão no Ceará."),
    "en": ("en", "Tenants’ unions wrote to the CESCR about evictions near the river."),
    "ar": ("ar", "في حيّنا كنا نَحرُسُ الأرضَ، والنساءُ يكتبن أسماءَ السكان في المدرسة."),
    "wo": ("wo", "Nit nit ay garabam."),
}

QUESTIONS = {
    "adhérents": {"fr"},
    "ADHERENTES": {"fr"},
    "adhérent·e": {"fr"},
    "Adhérent-e-s": {"fr"},
    "habitantes": {"fr"},
    "habitant": {"fr"},
    "coeur": {"fr"},
    "animatrice": {"fr"},
    "animateurs quartier": {"fr"},
    "animateurs tierra": set(),
    "amigo": {"es"},
    "amigas": {"es"},
    "organización": {"es"},
    "organizacion": {"es"},
    "facilitador": {"es"},
    "facilitadora": {"es"},
    "ocupacao": {"pt"},
    "ocupações": {"pt"},
    "ocupacoes": {"pt"},
    "mutirao": {"pt"},
    "ceara": {"pt"},
    "cescr": {"en"},
    "C.E.S.C.R.": {"en"},
    "eviction": {"en"},
    "tenant": {"en"},
    "the river": {"en"},
    "أرض": {"ar"},
    "الارض": {"ar"},
    "الأَرْض": {"ar"},
    "مدرسه": {"ar"},
    "سكان": {"ar"},
    "النسا": {"ar"},
    "يحرس": set(),
    "garabam": {"wo"},
    "garab": {"wo"},
    "evic": {"en"},
    "terra": set(),
    "evictions OR garabam": set(),
    "evict*": {"en"},
}


@pytest.fixture
def corpus(app, now):
    """A public reflection in each language, by its language."""
    track, author = make_track("Land"), make_member()
    return {
        language: make_reflection(track, author, body, language=tag, audience=PUBLIC).id
        for language, (tag, body) in CORPUS.items()
    }


def test_both_databases_find_the_same_in_five_languages(corpus, write_index):
    write_index()
    of_id = {reflection_id: language for language, reflection_id in corpus.items()}
    answers = {typed: {of_id[find.object_id] for find in queries.find(VISITOR, typed).page.rows} for typed in QUESTIONS}
    assert answers == QUESTIONS


def test_beginnings_are_tried_where_no_whole_word_is_found(corpus, write_index):
    write_index()
    assert not queries.find(VISITOR, "garabam").asked.is_prefix
    assert queries.find(VISITOR, "garab").asked.is_prefix


def test_names_come_first_then_the_newest(app, now, found):
    track = make_track("Rivers")
    author = make_member()
    old = make_reflection(track, author, "The river.", language="en", audience=PUBLIC)
    new = make_reflection(
        track, author, "The rivers.", language="en", audience=PUBLIC, written_at=START + timedelta(days=1)
    )
    assert found("river") == [track.id, new.id, old.id]


def test_things_are_found_by_every_name_and_text_once(app, now, found):
    phase = make_phase("Water and land")
    track = make_track("Land", phase=phase)
    set_name("track", track.id, "es", "Tierra")
    add_alias("track", track.id, "en", "Soil matters")
    db.session.add(ProgrammeText(track_id=track.id, block=TextBlock.PURPOSE, language="pt", body="Terra é *vida*."))
    session = make_session(track, "Who owns the shore?")
    organisation = make_organisation("Union of the Shore")
    organisation.acronym, organisation.city = "UOSX", "Recife"
    db.session.commit()
    for typed in ("tierra", "soil", "vida"):
        assert found(typed) == [track.id], typed
    assert set(found("shore")) == {session.id, organisation.id}
    assert found("uosx") == found("recife") == [organisation.id]
    assert found("shore", kind="session") == [session.id]
    assert found("shore", kind="no-kind") == []
    assert found("tierra", language="es") == [track.id]
    assert found("tierra", language="fr") == []
    assert found("water") == [phase.id]


def test_an_original_and_its_translation_are_one_find(app, now, write_index):
    reflection = make_reflection(None, None, "Tierra y mar.", language="es", audience=PUBLIC)
    make_translation(reflection, language="pt", body="Terra e mar.")
    write_index()
    finds = queries.find(VISITOR, "mar")
    assert [find.languages for find in finds.page.rows] == [("es", "pt")]
    assert (finds.counts, finds.languages) == ({"reflection": 1}, ("es", "pt"))


def test_what_one_may_not_read_leaves_no_trace(app, now, write_index):
    track = make_track("Land")
    author, reader = make_participant(track), make_participant(track)
    left = make_member()
    pending = make_person()
    make_affiliation(pending, state=AffiliationState.PENDING)
    make_reflection(track, author, "Hidden river.", language="en", audience=track_key(track.id))
    make_reflection(track, author, "Shared river.", language="en", audience=NETWORK)
    write_index()
    seen = {
        name: queries.find(actor, "river").counts
        for name, actor in {
            "visitor": VISITOR,
            "pending": actor_of(pending),
            "left": actor_of(left),
            "reader": actor_of(reader),
            "author": actor_of(author),
            "secretariat": actor_of(make_secretary()),
        }.items()
    }
    assert seen == {
        "visitor": {},
        "pending": {},
        "left": {"reflection": 1},
        "reader": {"reflection": 2},
        "author": {"reflection": 2},
        "secretariat": {"reflection": 2},
    }
    assert queries.find(VISITOR, "river").languages == ()


def test_own_words_are_found_after_leaving(app, now, write_index):
    track = make_track("Land")
    author = make_member()
    make_reflection(track, author, "My river.", language="en", audience=track_key(track.id))
    write_index()
    assert queries.find(actor_of(author), "river").counts == {"reflection": 1}
    assert queries.find(actor_of(make_member()), "river").counts == {}


def test_a_draft_is_found_by_those_who_prepare_it(app, now, write_index):
    track = make_track("Secret river", audience="", published_at=None)
    track.audience = track_key(track.id)
    session = make_session(track, "River walk")
    session.moment.audience = track.audience
    leader = make_member()
    make_facilitator(track, leader)
    write_index()
    assert queries.find(VISITOR, "river").counts == {}
    assert queries.find(actor_at(leader.id, START), "river").counts == {"track": 1, "session": 1}


def test_an_organisation_that_is_not_listed_is_the_secretariats(app, now, write_index):
    organisation = make_organisation("Hidden Union")
    organisation.is_listed = False
    write_index()
    assert queries.find(VISITOR, "hidden").counts == {}
    assert queries.find(actor_of(make_secretary()), "hidden").counts == {"organisation": 1}


def test_pages_follow_each_other_without_gap_or_double(app, now, write_index):
    track, author = make_track("River"), make_member()
    for number in range(45):
        made = START + timedelta(hours=number // 3)
        make_reflection(track, author, f"River {number}.", language="en", audience=PUBLIC, written_at=made)
    write_index()
    seen, cursor = [], ""
    while True:
        page = queries.find(VISITOR, "river", cursor=cursor).page
        seen += [find.object_id for find in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen[0] == track.id
    assert len(seen) == len(set(seen)) == 46


@pytest.mark.parametrize("cursor", ["x", "1", "1x", "0bm90", "é"])
def test_a_cursor_that_is_none_of_ours_is_an_address_that_does_not_exist(corpus, write_index, cursor):
    write_index()
    with pytest.raises(NotFound):
        queries.find(VISITOR, "habitantes", cursor=cursor)
