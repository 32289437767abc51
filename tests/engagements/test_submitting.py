"""Handing in, with what speaks against it said and kept; what came of it; the end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.advocacy.models import ModeCode
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.engagements.models import EngagementState, Result, SignatoryState
from app.engagements.queries import texts as queries
from app.engagements.queries.concerns import Concern, ConcernKind, concerns_about, digest_of_concerns
from app.engagements.services import results, submitting
from app.engagements.services.holding import record
from app.engagements.services.texts import OnlyWatches
from app.engagements.showing import lines_of
from app.engagements.showing_concerns import concern_sentences, kept_sentences
from app.engagements.showing_results import result_shown
from app.extensions import db
from app.moments.models import Certainty, Status
from tests.conftest import START
from tests.engagements.cast_of_texts import LONG, act, make_cast
from tests.engagements.test_texts import begin, sign, write_on
from tests.make.advocacy import make_access, make_step
from tests.make.engagements import make_engagement, make_signatory

TODAY = START.date()


@pytest.fixture
def cast(app, now):
    return make_cast()


def submit(cast, now, versions=None, on=TODAY, person=None, **said):
    return submitting.submit(
        act(person or cast.samira), cast.engagement, submitted_on=on, versions=versions or {}, now=now, **said
    )


def everything_right(cast, now):
    """A short text, signed by both, both with a status."""
    link = begin(cast, now)
    make_access(cast.red, "ecosoc_special")
    sign(cast, cast.leila, cast.lead, link, now)
    sign(cast, cast.omar, cast.other, link, now)
    return link


def test_what_is_handed_in_is_kept_with_day_version_and_proof(cast, now):
    link = everything_right(cast, now)
    submit(cast, now, {link.text_id: 1}, proof=" CSW/2026/17 ")
    assert cast.engagement.state is EngagementState.SUBMITTED
    assert (cast.engagement.submitted_on, cast.engagement.submitted_by) == (TODAY, cast.samira.id)
    assert cast.engagement.proof == "CSW/2026/17"
    assert queries.get_link(cast.engagement, link.text_id).submitted_version == 1


def test_a_submission_logged_before_its_draft_is_refused_with_the_way_out(cast, now):
    with pytest.raises(submitting.NoDraft) as refused:
        submit(cast, now)
    assert "Begin its text, or bring" in str(refused.value.message)


def test_what_is_spoken_needs_no_text(cast, now):
    cast.mode.code = ModeCode.ORAL_STATEMENT
    make_access(cast.red, "ecosoc_special")
    submit(cast, now)
    assert cast.engagement.state is EngagementState.SUBMITTED


def test_a_version_is_chosen_among_those_that_there_are(cast, now):
    link = everything_right(cast, now)
    for versions in ({}, {link.text_id: 2}, {cast.group.id: 1}):
        with pytest.raises(RuleBroken) as refused:
            submit(cast, now, versions)
        assert refused.value.field == "versions"


def test_nothing_is_handed_in_on_a_day_to_come(cast, now):
    link = everything_right(cast, now)
    with pytest.raises(RuleBroken) as refused:
        submit(cast, now, {link.text_id: 1}, on=TODAY + timedelta(days=2))
    assert refused.value.field == "submitted_on"
    submit(cast, now, {link.text_id: 1}, on=TODAY + timedelta(days=1))  # in Kiritimati it is tomorrow already


def test_only_who_runs_it_hands_in(cast, now):
    link = everything_right(cast, now)
    for person in (cast.fatou, cast.leila, cast.outsider):
        with pytest.raises(NotAllowed):
            submit(cast, now, {link.text_id: 1}, person=person)


def test_what_speaks_against_it_is_read_ticked_and_kept(cast, now):
    link = begin(cast, now)
    write_on(cast, link, now, LONG)
    sign(cast, cast.leila, cast.lead, link, now)
    cast.engagement.signatories[1].state = SignatoryState.AGREED
    with pytest.raises(submitting.SpeaksAgainst) as refused:
        submit(cast, now, {link.text_id: 2})
    concerns = refused.value.concerns
    assert [(one.kind, one.organisation_id) for one in concerns] == [
        (ConcernKind.NOT_ELIGIBLE, cast.red.id),
        (ConcernKind.UNSIGNED, cast.red.id),
        (ConcernKind.OVER, None),
    ]
    assert (concerns[-1].over, concerns[-1].usable) == (40, 1400)
    with pytest.raises(submitting.SpeaksAgainst):  # what was ticked is not what stands against it now
        submit(cast, now, {link.text_id: 2}, accepted=digest_of_concerns(concerns[:1]))
    submit(cast, now, {link.text_id: 2}, accepted=digest_of_concerns(concerns))
    line = db.session.scalar(sa.select(AuditLine).where(AuditLine.code == "engagements.engagement.submitted"))
    assert line.facts["against"] == " ".join(one.code for one in concerns)


def test_a_status_counts_on_the_day_of_handing_in(cast, now):
    link = everything_right(cast, now)
    [row] = queries.access_of([cast.red.id])[cast.red.id]
    row.from_on = TODAY
    assert concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY) == []
    [concern] = concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY - timedelta(days=1))
    assert concern.kind is ConcernKind.NOT_ELIGIBLE


def test_an_organisation_that_has_not_answered_is_named(cast, now):
    link = everything_right(cast, now)
    cast.other.state = SignatoryState.ASKED
    [concern] = concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY)
    assert (concern.kind, concern.organisation_id) == (ConcernKind.UNANSWERED, cast.red.id)
    cast.other.state = SignatoryState.DECLINED
    assert concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY) == []


def test_without_a_mode_nobody_is_in_the_way(cast, now):
    link = begin(cast, now)
    cast.engagement.mode = None
    kinds = {one.kind for one in concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY)}
    assert kinds == {ConcernKind.UNSIGNED}
    assert digest_of_concerns([]) == ""


def test_what_was_handed_in_is_not_handed_in_again(cast, now):
    link = everything_right(cast, now)
    submit(cast, now, {link.text_id: 1})
    with pytest.raises(RuleBroken, match="handed in already"):
        submit(cast, now, {link.text_id: 1})


def test_who_only_watches_hands_nothing_in(cast, now):
    cast.engagement.state, cast.engagement.is_watch_only = EngagementState.WATCHING, True
    with pytest.raises(OnlyWatches):
        submit(cast, now)


def test_a_proof_is_noted_once_it_is_handed_in(cast, now):
    with pytest.raises(RuleBroken, match="not handed in yet"):
        submitting.note_proof(act(cast.samira), cast.engagement, proof="17", now=now)
    link = everything_right(cast, now)
    submit(cast, now, {link.text_id: 1})
    submitting.note_proof(act(cast.samira), cast.engagement, proof="17", now=now)
    submitting.note_proof(act(cast.samira), cast.engagement, proof="17", now=now)
    assert cast.engagement.proof == "17"
    with pytest.raises(RuleBroken) as refused:
        submitting.note_proof(act(cast.samira), cast.engagement, proof="x" * 1001, now=now)
    assert refused.value.field == "proof"
    with pytest.raises(NotAllowed):
        submitting.note_proof(act(cast.fatou), cast.engagement, proof="18", now=now)


def test_a_submission_noted_by_mistake_is_taken_back(cast, now):
    with pytest.raises(RuleBroken, match="Only what is handed in"):
        submitting.take_back_submission(act(cast.samira), cast.engagement, now=now)
    link = everything_right(cast, now)
    submit(cast, now, {link.text_id: 1}, proof="17")
    submitting.take_back_submission(act(cast.samira), cast.engagement, now=now)
    assert cast.engagement.state is EngagementState.IN_THE_MAKING
    assert (cast.engagement.submitted_on, cast.engagement.submitted_by) == (None, None)
    assert queries.get_link(cast.engagement, link.text_id).submitted_version is None
    assert cast.engagement.proof == "17"
    submit(cast, now, {link.text_id: 1})
    note(cast, now)
    with pytest.raises(RuleBroken, match="Take that back first"):
        submitting.take_back_submission(act(cast.samira), cast.engagement, now=now)


def note(cast, now, **said):
    values = {"result": Result.PARTLY, "on": TODAY, "words": "Dos párrafos.", "language": "es"} | said
    return results.note_result(act(cast.samira), cast.engagement, now=now, **values)


def test_a_result_before_the_submission_is_refused(cast, now):
    with pytest.raises(results.NotHandedIn):
        note(cast, now)


def test_a_result_is_written_down_and_taken_back(cast, now):
    link = everything_right(cast, now)
    submit(cast, now, {link.text_id: 1})
    note(cast, now)
    assert (cast.engagement.result, cast.engagement.result_on) == (Result.PARTLY, TODAY)
    assert (cast.engagement.result_words, cast.engagement.result_language) == ("Dos párrafos.", "es")
    note(cast, now, result=Result.NO_ANSWER, on=None, words=" ", language="")
    assert (cast.engagement.result_words, cast.engagement.result_language) == ("", "")
    results.take_back_result(act(cast.samira), cast.engagement, now=now)
    results.take_back_result(act(cast.samira), cast.engagement, now=now)
    assert cast.engagement.result is None


@pytest.mark.parametrize(
    ("day", "said"), [(TODAY - timedelta(days=1), "before the one"), (TODAY + timedelta(days=2), "still to come")]
)
def test_a_result_becomes_known_after_the_submission_and_before_tomorrow(cast, now, day, said):
    link = everything_right(cast, now)
    submit(cast, now, {link.text_id: 1})
    with pytest.raises(RuleBroken, match=said) as refused:
        note(cast, now, on=day)
    assert refused.value.field == "on"


def test_words_about_it_have_room_and_an_end(cast, now):
    with pytest.raises(RuleBroken) as refused:
        results.note_follow_up(act(cast.samira), cast.engagement, words="x" * 10_001, language="en", now=now)
    assert refused.value.field == "words"


def test_how_the_groups_go_on_is_written_at_any_time(cast, now):
    results.note_follow_up(act(cast.samira), cast.engagement, words="Nous le lisons au maire.", language="fr", now=now)
    results.note_follow_up(act(cast.samira), cast.engagement, words="Nous le lisons au maire.", language="fr", now=now)
    assert cast.engagement.follow_up_language == "fr"
    results.note_follow_up(act(cast.samira), cast.engagement, words="", language="", now=now)
    assert (cast.engagement.follow_up, cast.engagement.follow_up_language) == ("", "")
    codes = db.session.scalars(sa.select(AuditLine.code)).all()
    assert codes.count("engagements.engagement.follow_up_noted") == 2


def test_it_ends_once_it_is_known_what_came_of_it_and_can_be_opened_again(cast, now):
    run = act(cast.samira)
    with pytest.raises(RuleBroken, match="give it up"):
        results.close(run, cast.engagement, now=now)
    with pytest.raises(RuleBroken, match="goes on already"):
        results.reopen(run, cast.engagement, now=now)
    link = everything_right(cast, now)
    submit(cast, now, {link.text_id: 1})
    with pytest.raises(RuleBroken, match="is an answer too"):
        results.close(run, cast.engagement, now=now)
    note(cast, now)
    for _time in range(2):
        results.close(run, cast.engagement, now=now)
    assert cast.engagement.state is EngagementState.CLOSED
    with pytest.raises(RuleBroken, match="Open it again"):
        results.take_back_result(run, cast.engagement, now=now)
    results.reopen(run, cast.engagement, now=now)
    assert cast.engagement.state is EngagementState.SUBMITTED


def test_what_is_watched_ends_and_is_watched_again(cast, now):
    cast.engagement.state, cast.engagement.is_watch_only = EngagementState.WATCHING, True
    results.close(act(cast.samira), cast.engagement, now=now)
    assert cast.engagement.state is EngagementState.CLOSED
    results.reopen(act(cast.samira), cast.engagement, now=now)
    assert cast.engagement.state is EngagementState.WATCHING


@pytest.mark.parametrize("service", [results.close, results.reopen, results.take_back_result])
def test_only_who_runs_it_says_what_came_of_it(cast, now, service):
    with pytest.raises(NotAllowed):
        service(act(cast.fatou), cast.engagement, now=now)
    with pytest.raises(NotAllowed):
        results.note_result(act(cast.leila), cast.engagement, result=Result.TAKEN_UP, language="en", now=now)


def test_a_second_text_of_one_organisation_is_warned_of(cast, now):
    """R-13, also where two were planned in two tabs: whichever goes out second says so, and the one planned second."""
    cast.mode.is_once_per_organisation = True
    cast.other.state = SignatoryState.DECLINED
    link = begin(cast, now)
    sign(cast, cast.leila, cast.lead, link, now)
    second = make_engagement(
        cast.engagement.space,
        cast.group,
        mode=cast.mode,
        occurrence=cast.occurrence,
        made_at=START + timedelta(hours=1),
    )
    make_signatory(second, cast.coalition, is_lead=True)
    [concern] = concerns_about(second, [], {}, TODAY)
    assert (concern.kind, concern.organisation_id) == (ConcernKind.SECOND, cast.coalition.id)
    assert concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY) == []
    second.submitted_on = TODAY
    [concern] = concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY)
    assert concern.kind is ConcernKind.SECOND
    [sentence] = concern_sentences(cast.engagement, [concern])
    assert sentence.startswith("Coalition X hands in another text of its own at this session")
    make_signatory(second, cast.red)
    assert concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY) == []  # joining others is free


def test_words_that_were_not_written_yet_are_warned_of(cast, now):
    link = everything_right(cast, now)
    [concern] = concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY - timedelta(days=2))
    assert concern.kind is ConcernKind.LATER
    [sentence] = concern_sentences(cast.engagement, [concern])
    assert "was written on" in sentence


@pytest.mark.parametrize(
    ("certainty", "said"), [("verified", "ended 11 days before"), ("estimated", "was expected 11")]
)
def test_a_deadline_that_is_over_speaks_against_it_and_says_how_sure_it_is(cast, now, certainty, said):
    link = everything_right(cast, now)
    cast.engagement.step = make_step(cast.occurrence, TODAY - timedelta(days=11), certainty=Certainty(certainty))
    [concern] = concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY)
    assert (concern.kind, concern.over) == (ConcernKind.DEADLINE, 11)
    assert said in concern_sentences(cast.engagement, [concern])[0]
    cast.engagement.step.moment.status = Status.CANCELLED  # what was called off closes on no day
    assert concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY) == []


def test_under_each_language_each_signature_counts(cast, now):
    """Whoever signed the text in one language has not signed another one."""
    link = everything_right(cast, now)
    cast.mode.languages = []
    second = begin(cast, now, language="pt")
    sign(cast, cast.leila, cast.lead, second, now)
    chosen = {link.text_id: 1, second.text_id: 1}
    [concern] = concerns_about(cast.engagement, [link, second], chosen, TODAY)
    assert (concern.kind, concern.organisation_id, concern.text) == (ConcernKind.UNSIGNED, cast.red.id, second.text)
    [sentence] = concern_sentences(cast.engagement, [concern])
    assert sentence.endswith("has not signed the text in this language: Portuguese.")
    assert concerns_about(cast.engagement, [link, second], {link.text_id: 1}, TODAY) == []


def test_a_language_that_the_body_does_not_take_is_said(cast, now):
    link = everything_right(cast, now)
    cast.mode.languages = ["ar", link.text.language]
    assert concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY) == []
    cast.mode.languages = ["ar"]
    [concern] = concerns_about(cast.engagement, [link], {link.text_id: 1}, TODAY)
    assert concern.kind is ConcernKind.LANGUAGE
    assert "not among those taken" in concern_sentences(cast.engagement, [concern])[0]


def test_what_was_gone_over_stands_under_what_was_handed_in(cast, now):
    """R-11, R-12: kept with the submission, so that nobody has to guess; and how late, by how sure a deadline."""
    link = begin(cast, now)
    write_on(cast, link, now, LONG)
    cast.mode.languages = ["ar"]
    cast.other.state = SignatoryState.ASKED
    cast.engagement.step = make_step(cast.occurrence, TODAY - timedelta(days=11))
    concerns = concerns_about(cast.engagement, [link], {link.text_id: 2}, TODAY)
    submit(cast, now, {link.text_id: 2}, accepted=digest_of_concerns(concerns))
    shown = result_shown(act(cast.samira), cast.engagement, [link])
    assert shown.late == "Handed in 11 days after the expected deadline"
    assert shown.against == [
        shown.late,
        "It was not sure that Red Hábitat Sur may take part: ECOSOC status needed.",
        "Red Hábitat Sur had not answered whether it joins.",
        "Coalition X had not signed.",
        "“Land for all” is in a language that is not among those taken: English.",
        "“Land for all” was 40 words too long.",
    ]
    assert result_shown(act(cast.outsider), cast.engagement, inside=False).against == ()
    [line] = lines_of(act(cast.samira), [cast.engagement], now)
    assert (line.came_late, line.is_late) == (shown.late, False)


def test_every_kept_warning_has_its_words(cast, now):
    link = begin(cast, now)
    organisation, text = cast.coalition.id, link.text
    concerns = [
        Concern(ConcernKind.SECOND, organisation),
        Concern(ConcernKind.UNSIGNED, organisation, text=text),
        Concern(ConcernKind.LATER, text=text),
    ]
    codes = " ".join([*(one.code for one in concerns), "gone:1"])
    record(act(cast.samira), "submitted", cast.engagement, now, against=codes)
    said = kept_sentences(cast.engagement, [link])
    assert len(said) == len(concerns)  # what is no longer known is left out
    assert said[1:] == [
        "Coalition X had not signed the text in this language: English.",
        "“Land for all” was written after that day.",
    ]
