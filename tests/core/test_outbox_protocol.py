"""The crash protocol of the outbox: whatever happens between two steps, a mail is neither lost nor sent twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import mails, outbox, personal_data, registries
from app.core.clock import running_from
from app.core.mails import letter
from app.core.notices import tell
from app.core.outbox import MailState, OutboxMail, SuppressedAddress, addressing, delivering, recovering
from app.core.outbox.claiming import LEASE, claim
from app.core.outbox.delivering import Run
from app.core.outbox.handing import hand_over
from app.core.outbox.journal import Claimed, Journal, Verdict
from app.core.outbox.recording import MOST_ATTEMPTS, Outcome, put_off, record, retry_at
from app.core.outbox.recovering import MOST_ABANDONED, recover, settle_presumed
from app.core.outbox.suppressing import suppress
from app.core.outbox.wanting import STANDS
from app.core.registries import Contact
from app.core.transport import Passing, Refused, Unanswered, Withdrawn
from app.extensions import db

PERSON = uuid4()
ADDRESS = "amina@example.org"
LATER = LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _house(app, monkeypatch, tmp_path):
    """A person with an address, a kind of mail, one that is repeated, and a journal of this test's own."""
    monkeypatch.setattr(registries, "contacts", lambda ids: {id: Contact(ADDRESS, "en", "Amina") for id in ids})
    monkeypatch.setitem(mails._writers, "test.hello", lambda _parameters, _contact: letter("Hello", "Words"))
    monkeypatch.setitem(mails._writers, "test.way_in", lambda _parameters, _contact: letter("Link", "Words"))
    monkeypatch.setattr(mails, "_repeated", {"test.way_in"})
    monkeypatch.setattr(delivering, "journal_here", lambda: Journal(tmp_path / "outbox"))


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "outbox")


class Way:
    """A way out that takes mails, or does what it is told instead, and looks at the rows while it does."""

    def __init__(self, *answers):
        self.answers, self.taken, self.closed, self.seen = list(answers), [], 0, []

    def send(self, recipient, message_id, content, before_dot):
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, (Refused, Passing)):
            raise answer
        if callable(answer):
            answer()
        if not before_dot():
            raise Withdrawn
        self.seen.append(state_of(message_id))
        if isinstance(answer, Unanswered):
            raise answer
        self.taken.append((recipient, message_id))

    def close(self):
        self.closed += 1


def state_of(message_id):
    return db.session.scalar(sa.select(OutboxMail.state).where(OutboxMail.message_id == message_id))


def write_mail(now, n=1, kind="test.hello", **more):
    for one in range(n):
        tell(PERSON, kind, f"{kind}{one}", {}, now=now, **more)
    outbox.address_notices(now)


def run(way, now, journal, **more):
    return Run(way, journal, running_from(now), **more).deliver_all()


def the_mail() -> OutboxMail:
    db.session.expire_all()
    return db.session.scalars(sa.select(OutboxMail)).one()


def states():
    db.session.expire_all()
    return [mail.state for mail in db.session.scalars(sa.select(OutboxMail).order_by(OutboxMail.dedupe_key))]


def test_a_mail_stands_before_its_dot_when_the_dot_leaves_and_is_sent_after_it(now, journal):
    way = Way()
    write_mail(now)
    assert run(way, now, journal) == 1
    assert way.seen == [MailState.HANDOFF]
    mail = the_mail()
    assert (mail.state, mail.lease_token, mail.attempts, mail.last_error) == (MailState.SENT, None, 0, "")
    assert b"Subject: Hello" in mail.rendered
    assert b"Date: " in mail.rendered


def test_many_mails_leave_in_one_run_and_each_row_says_so(now, journal):
    write_mail(now, 50)
    write_mail(now, 10, kind="test.way_in")
    way = Way()
    assert run(way, now + timedelta(seconds=1), journal) == 60
    assert set(states()) == {MailState.SENT}
    assert len(set(way.taken)) == 60


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        (Refused("550 5.1.1", is_address=True), MailState.FAILED, "550 5.1.1"),
        (Refused("554"), MailState.FAILED, "554"),
        (Passing("smtp 451"), MailState.PENDING, "smtp 451"),
        (Unanswered("TimeoutError"), MailState.PRESUMED_SENT, "TimeoutError"),
    ],
)
def test_every_answer_has_its_state(now, journal, answer, state, error):
    write_mail(now)
    run(Way(answer), now, journal)
    assert (the_mail().state, the_mail().last_error) == (state, error)


def test_a_repeated_kind_comes_rather_twice_than_not_at_all(now, journal):
    write_mail(now, kind="test.way_in")
    run(Way(Unanswered("closed")), now, journal)
    assert the_mail().state is MailState.PENDING
    way = Way()
    run(way, now + timedelta(minutes=2), journal)
    assert (the_mail().state, len(way.taken)) == (MailState.SENT, 1)


def test_kinds_that_are_repeated_are_ways_in_and_no_others(app, monkeypatch):
    monkeypatch.undo()
    assert {kind for kind in mails.kinds() if mails.is_repeated(kind)} == {
        "people.verify", "people.reset", "people.sign_in", "people.invite", "proposals.link",
    }  # fmt: skip


def test_an_address_nobody_knows_is_not_written_to_again_until_it_is_lifted(now, journal):
    write_mail(now)
    run(Way(Refused("550 5.1.1", is_address=True)), now, journal)
    assert db.session.scalars(sa.select(SuppressedAddress.reason)).one() == "550 5.1.1"
    way = Way()
    tell(PERSON, "test.hello", "again", {}, now=now)
    outbox.address_notices(now)
    run(way, now, journal)
    assert way.taken == []
    assert states() == [MailState.FAILED, MailState.FAILED]
    assert "suppressed" in db.session.scalars(sa.select(OutboxMail.last_error)).all()
    assert outbox.lift("Amina@Example.org ")
    assert not outbox.lift(ADDRESS)
    tell(PERSON, "test.hello", "lifted", {}, now=now)
    outbox.address_notices(now)
    run(way, now, journal)
    assert len(way.taken) == 1


def test_a_refused_address_is_forgotten_with_its_person_or_after_a_year(now, journal):
    for address in (ADDRESS, "other@example.org"):
        suppress(address, "550", now=now)
    write_mail(now)
    personal_data.erase_person(PERSON, now)
    assert db.session.scalars(sa.select(SuppressedAddress.address)).all() == ["other@example.org"]
    outbox.drop_old_bytes(now + timedelta(days=366))
    assert db.session.scalars(sa.select(SuppressedAddress.address)).all() == []


def test_a_refused_mail_that_is_not_about_its_address_suppresses_nothing(now, journal):
    write_mail(now)
    run(Way(Refused("552 5.2.2")), now, journal)
    assert db.session.scalars(sa.select(SuppressedAddress)).all() == []


def test_a_way_in_is_tried_at_a_suppressed_address_and_lifts_it_when_it_arrives(now, journal):
    write_mail(now)
    run(Way(Refused("550", is_address=True)), now, journal)
    write_mail(now, kind="test.way_in")
    way = Way()
    run(way, now, journal)
    assert len(way.taken) == 1
    assert db.session.scalars(sa.select(SuppressedAddress)).all() == []


def test_a_mail_that_no_longer_makes_sense_at_the_last_moment_is_cancelled(now, journal, monkeypatch):
    wanted, late = [True], [now]
    monkeypatch.setitem(registries._still_wanted, "test.hello", lambda _notice, _now: wanted[0])
    write_mail(now)

    def happens():
        wanted[0], late[0] = False, now + STANDS + timedelta(seconds=1)

    way = Way(happens)
    Run(way, journal, lambda: late[0]).deliver_all()
    assert (the_mail().state, way.taken) == (MailState.CANCELLED, [])


def test_a_mail_whose_time_is_over_at_the_last_moment_expires(now, journal):
    write_mail(now, expires_at=now + timedelta(minutes=1))
    [claimed] = claim(now)
    assert not hand_over(claimed, now + timedelta(minutes=1))
    assert the_mail().state is MailState.EXPIRED


def test_a_mail_whose_person_is_erased_while_it_is_on_its_way_is_not_sent(now, journal):
    write_mail(now)
    way = Way(lambda: personal_data.erase_person(PERSON, now))
    run(way, now, journal)
    assert (the_mail().state, way.taken) == (MailState.CANCELLED, [])


def test_a_worker_paused_past_its_lease_sends_nothing(now, journal):
    write_mail(now)
    [claimed] = claim(now)
    assert not hand_over(claimed, now + LATER)
    assert the_mail().state is MailState.LEASED
    recover(now + LATER, journal)
    [other] = claim(now + LATER)
    assert not hand_over(claimed, now + LATER)
    assert hand_over(other, now + LATER)


def test_an_answer_that_comes_late_still_counts(now, journal):
    write_mail(now)
    [claimed] = claim(now)
    assert hand_over(claimed, now)
    recover(now + LATER, journal)
    assert the_mail().state is MailState.PRESUMED_SENT
    assert record(Outcome(claimed, MailState.SENT, now + LATER))
    assert the_mail().state is MailState.SENT


def test_what_was_presumed_is_called_sent_by_the_journal_of_the_machine_that_sent_it(now, journal, tmp_path):
    write_mail(now)
    [claimed] = claim(now)
    hand_over(claimed, now)
    journal.note(claimed, Verdict.TAKEN, now)
    recover(now + LATER, Journal(tmp_path / "of another machine"))
    assert the_mail().state is MailState.PRESUMED_SENT
    assert settle_presumed(journal) == 1
    assert (the_mail().state, the_mail().sent_at) == (MailState.SENT, now)


def test_what_was_presumed_is_settled_however_much_it_is(now, journal, tmp_path, monkeypatch):
    monkeypatch.setattr(recovering, "AT_ONCE", 2)
    write_mail(now, n=5)
    for number, claimed in enumerate(claim(now)):
        hand_over(claimed, now)
        if number != 2:
            journal.note(claimed, Verdict.TAKEN, now)
    while recover(now + LATER, Journal(tmp_path / "of another machine")):
        pass
    assert settle_presumed(journal) == 4
    assert settle_presumed(journal) == 0
    assert sorted(states()) == [MailState.PRESUMED_SENT, *([MailState.SENT] * 4)]


def test_a_mail_goes_where_its_person_is_written_to_when_it_leaves(now, journal, monkeypatch):
    write_mail(now)
    run(Way(Passing("450 4.2.2 full", is_server=False)), now, journal)
    moved = Contact("amina@new.example.org", "en", "Amina")
    monkeypatch.setattr(registries, "contacts", lambda ids: dict.fromkeys(ids, moved))
    way = Way()
    run(way, now + timedelta(minutes=2), journal)
    assert [recipient for recipient, _id in way.taken] == ["amina@new.example.org"]
    assert the_mail().recipient == "amina@new.example.org"


def test_a_mail_whose_person_has_no_address_any_more_is_cancelled(now, journal, monkeypatch):
    write_mail(now)
    monkeypatch.setattr(registries, "contacts", lambda _ids: {})
    way = Way()
    run(way, now, journal)
    assert (the_mail().state, the_mail().last_error, way.taken) == (MailState.CANCELLED, "no_address", [])


def test_thousands_are_addressed_at_one_tick(now, journal, monkeypatch):
    monkeypatch.setattr(addressing, "BATCH", 3)
    for one in range(10):
        tell(PERSON, "test.hello", f"k{one}", {}, now=now)
    outbox.address_notices(now)
    assert states() == [MailState.PENDING] * 10


@pytest.mark.parametrize("entry", [None, *Verdict])
@pytest.mark.parametrize("kind", ["test.hello", "test.way_in"])
@pytest.mark.parametrize("state", list(MailState))
def test_a_lease_that_is_over_is_settled_from_every_state(now, journal, state, kind, entry):
    write_mail(now, kind=kind)
    [claimed] = claim(now)
    db.session.execute(sa.update(OutboxMail).values(state=state, handed_at=now))
    if entry is not None:
        journal.note(claimed, entry, now)
    recover(now + LEASE - timedelta(seconds=1), journal)
    assert the_mail().state is state
    recover(now + LATER, journal)
    repeated = MailState.PENDING if kind == "test.way_in" else MailState.PRESUMED_SENT
    handed = {None: repeated, Verdict.TAKEN: MailState.SENT, Verdict.NOT_TAKEN: MailState.PENDING}
    after = {MailState.LEASED: MailState.PENDING, MailState.HANDOFF: handed[entry]}
    assert the_mail().state is after.get(state, state)


class Workers:
    """Workers on one machine that take their steps in any order, each its own in their order."""

    def __init__(self, journal, now):
        self.journal, self.at, self.taken = journal, now, 0
        self.held: dict[int, tuple[Claimed, str]] = {}

    def claim(self, who, stage, _claimed):
        if not stage and (claims := claim(self.at)):
            self.held[who] = (claims[0], "leased")

    def hand(self, who, stage, claimed):
        if stage == "leased":
            self._go_on(who, claimed, "handed" if hand_over(claimed, self.at) else "")

    def dot(self, who, stage, claimed):
        if stage == "handed":
            self.taken += 1
            self._go_on(who, claimed, "taken")

    def note(self, who, stage, claimed):
        if stage == "taken":
            self.journal.note(claimed, Verdict.TAKEN, self.at)
            self._go_on(who, claimed, "noted")

    def record(self, who, stage, claimed):
        if stage == "noted":
            record(Outcome(claimed, MailState.SENT, self.at))
            self._go_on(who, claimed, "")

    def die(self, who, _stage, _claimed):
        self.held.pop(who, None)

    def wait(self, *_given):
        self.at += LATER

    def recover(self, *_given):
        recover(self.at, self.journal)

    def settle(self, *_given):
        settle_presumed(self.journal)

    def _go_on(self, who, claimed, stage):
        self.held[who] = (claimed, stage)
        if not stage:
            del self.held[who]

    def step(self, name, who):
        claimed, stage = self.held.get(who, (None, ""))
        getattr(self, name)(who, stage, claimed)


STEPS = ("claim", "hand", "dot", "note", "record", "die", "wait", "recover", "settle")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1)), max_size=30))
def test_whatever_workers_do_no_mail_is_taken_twice_and_none_is_forgotten(now, tmp_path, steps):
    workers = Workers(Journal(tmp_path / uuid4().hex), now)
    write_mail(now)
    for name, who in steps:
        workers.step(name, who)
    assert workers.taken <= 1
    for _ in range(MOST_ABANDONED):
        workers.wait()
        workers.recover()
    state = the_mail().state
    if workers.taken:
        assert state in (MailState.SENT, MailState.PRESUMED_SENT)
    else:
        assert state in (MailState.PENDING, MailState.PRESUMED_SENT, MailState.FAILED)
    db.session.execute(sa.text("DELETE FROM notice"))
    db.session.execute(sa.text("DELETE FROM outbox_mail"))
    db.session.commit()


def test_a_mail_that_kills_its_workers_takes_no_others_along(now, journal):
    write_mail(now, 10)
    first = claim(now)[0]
    at = now
    for _ in range(MOST_ABANDONED - 1):
        at += LATER
        recover(at, journal)
        claims = claim(at)
        assert claims[0].mail_id == first.mail_id
        assert len(claims) == 1
    at += LATER
    recover(at, journal)
    run(Way(), at, journal)
    assert sorted(states()) == [MailState.FAILED] + [MailState.SENT] * 9
    assert db.session.get(OutboxMail, first.mail_id).last_error == "abandoned"


def test_words_that_no_mail_can_carry_fail_alone(now, journal, monkeypatch):
    monkeypatch.setitem(mails._writers, "test.bad", lambda _parameters, _contact: letter("Bad", "\ud800"))
    write_mail(now, kind="test.bad")
    write_mail(now)
    run(Way(), now, journal)
    assert sorted(states()) == [MailState.FAILED, MailState.SENT]


def test_when_the_server_is_away_the_others_do_not_even_try(now, journal):
    write_mail(now, 5)
    assert run(Way(Passing("smtp 421", is_server=True)), now, journal) == 1
    mails_left = db.session.scalars(sa.select(OutboxMail).order_by(OutboxMail.attempts)).all()
    assert [(mail.state, mail.attempts) for mail in mails_left] == [(MailState.PENDING, n) for n in (0, 0, 0, 0, 1)]


def test_a_worker_that_is_to_stop_finishes_the_mail_under_way_and_gives_the_others_back(now, journal):
    write_mail(now, 5)
    way = Way()
    assert run(way, now, journal, is_stopping=lambda: bool(way.taken)) == 1
    assert sorted(states()) == [MailState.PENDING] * 4 + [MailState.SENT]


def test_a_full_disk_below_the_journal_doubts_no_mail(now, tmp_path):
    (tmp_path / "file").write_text("in the way")
    write_mail(now, 2)
    way = Way()
    run(way, now, Journal(tmp_path / "file" / "outbox"))
    assert (len(way.taken), set(states())) == (2, {MailState.SENT})


def test_tries_come_further_apart_and_not_all_at_once(now):
    claims = [Claimed(uuid4(), uuid4()) for _ in range(200)]
    for attempts, minutes in enumerate((1, 5, 15, 60, 60), start=1):
        waits = {retry_at(attempts, claimed, now) - now for claimed in claims}
        assert timedelta(minutes=minutes) <= min(waits) <= max(waits) < timedelta(minutes=minutes * 1.2)
        assert len(waits) > 100


def test_after_days_of_trying_a_mail_has_failed(now, journal):
    write_mail(now)
    db.session.execute(sa.update(OutboxMail).values(attempts=MOST_ATTEMPTS - 1))
    [claimed] = claim(now)
    put_off(claimed, error="smtp 451", now=now)
    assert (the_mail().state, the_mail().last_error) == (MailState.FAILED, "smtp 451")


def test_the_journal_survives_torn_lines_and_foreign_words(journal, now):
    claims = [Claimed(uuid4(), uuid4()) for _ in range(3)]
    journal.note(claims[0], Verdict.TAKEN, now)
    [path] = journal.folder.iterdir()
    with path.open("ab") as file:
        file.write(f"\n{claims[1].mail_id} {claims[1].token} tak".encode())
    journal.note(claims[2], Verdict.NOT_TAKEN, now)
    found = journal.find(claims)
    assert {claimed: entry.verdict for claimed, entry in found.items()} == {
        claims[0]: Verdict.TAKEN,
        claims[2]: Verdict.NOT_TAKEN,
    }
    assert path.stat().st_mode & 0o077 == 0


def test_the_journal_forgets_after_a_week(journal, now):
    for days in (0, 6, 9):
        journal.note(Claimed(uuid4(), uuid4()), Verdict.TAKEN, now - timedelta(days=days))
    assert journal.prune(now) == 1
    assert len(list(journal.folder.iterdir())) == 2


def test_the_job_settles_what_is_left_and_closes_its_way(now, journal, monkeypatch):
    way = Way()
    monkeypatch.setattr(delivering, "transport_for", lambda _settings: way)
    write_mail(now)
    claim(now)
    assert outbox.deliver_due(now + LATER) == 1
    assert (the_mail().state, way.closed) == (MailState.SENT, 1)
    assert outbox.tend_journal(now + timedelta(days=30)) == 1
