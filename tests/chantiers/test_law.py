"""Active ⇔ two or three current, distinct carriers, all of which signed one edition in force, within its days (R-18).

Held over random sequences of acts: asking in, leaving, writing, signing, days passing, closing and opening."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.chantiers import services
from app.chantiers.jobs import reckon_due
from app.chantiers.models import Basis, MissionLetter
from app.chantiers.queries import chantier_of, current_carriers, list_letters
from app.chantiers.services import Named
from app.chantiers.services.accepting import accept_carrying
from app.core.actors import job
from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import actor_at
from app.extensions import db
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.services import set_state
from tests.conftest import START
from tests.make.chantiers import letter_words, make_chantier, make_request, make_speaker
from tests.make.people import make_organisation

ACTS = st.tuples(
    st.sampled_from(["join", "join", "leave", "write", "sign", "sign", "sign", "pass", "close", "open"]),
    st.integers(0, 3),
    st.integers(0, 40),
)


@dataclass
class Play:
    """A chantier, four organisations and who speaks for each; `now` moves on."""

    organisations: list = field(default_factory=lambda: [make_organisation() for _number in range(4)])
    now: datetime = START
    pair: int = 1

    def __post_init__(self) -> None:
        self.speakers = [make_speaker(row).id for row in self.organisations]
        self.group: WorkingGroup = make_chantier(*self.organisations[: self.pair])

    def actor(self, which: int):
        return actor_at(self.speakers[which], self.now)

    def carrier(self, which: int):
        rows = [row for row in current_carriers(self.group) if row.organisation_id == self.organisations[which].id]
        return rows[0] if rows else None

    def do(self, act: str, which: int, number: int) -> None:
        try:
            with db.session.begin_nested():
                getattr(self, act)(which, number)
        except (RuleBroken, NotAllowed):
            db.session.refresh(self.group)

    def join(self, which: int, _number: int) -> None:
        accept_carrying(self.actor(which), make_request(self.group, self.organisations[which]), now=self.now)

    def leave(self, which: int, _number: int) -> None:
        if (carrier := self.carrier(which)) is not None:
            services.stop_carrying(self.actor(which), carrier, now=self.now)

    def write(self, which: int, number: int) -> None:
        newest = next(iter(list_letters(self.group)), None)
        first = self.now.date() + timedelta(days=number % 3)
        named = Named(f"x{number}", Basis.EXPERTISE, organisation_id=self.organisations[which].id)
        words = letter_words(named, from_on=first, until_on=first + timedelta(days=number))
        filled_from = newest.digest if newest else ""
        services.write_letter(self.actor(which), self.group, words, filled_from=filled_from, now=self.now)

    def sign(self, which: int, number: int) -> None:
        letters, carrier = list_letters(self.group), self.carrier(which)
        if carrier is not None and letters:
            letter = letters[min(number // 20, len(letters) - 1)]
            services.sign_letter(self.actor(which), carrier, letter, read=letter.digest, now=self.now)

    def pass_(self, _which: int, number: int) -> None:
        self.now += timedelta(days=number % 9)
        reckon_due(self.now)

    def close(self, _which: int, _number: int) -> None:
        set_state(job("tests"), self.group, GroupState.CLOSED, now=self.now)

    def open(self, _which: int, _number: int) -> None:
        if self.group.state is GroupState.CLOSED:
            set_state(job("tests"), self.group, GroupState.ACTIVE, now=self.now)

    def should_be_active(self) -> bool:
        carriers = current_carriers(self.group)
        distinct = {row.organisation_id for row in carriers}
        today = self.now.date()
        counts = any(
            row.replaced_at is None
            and row.from_on <= today <= row.until_on
            and {carrier.id for carrier in carriers} <= {signature.carrier_id for signature in row.signatures}
            for row in list_letters(self.group)
        )
        return len(distinct) == len(carriers) and len(carriers) in (2, 3) and counts


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(pair=st.integers(1, 3), acts=st.lists(ACTS, min_size=4, max_size=22))
def test_a_chantier_is_active_exactly_when_the_rule_holds(app, clock, pair, acts):
    play = Play(pair=pair)
    for act, which, number in acts:
        play.do("pass_" if act == "pass" else act, which, number)
        if play.group.state is GroupState.CLOSED:
            continue
        assert (play.group.state is GroupState.ACTIVE) == play.should_be_active(), acts
        chantier = chantier_of(play.group)
        assert (chantier.letter_id is not None) == (play.group.state is GroupState.ACTIVE)
        assert 1 <= len(current_carriers(play.group)) <= 3
        if chantier.began_at is None:
            assert play.group.state is GroupState.PROPOSED
    signed = [row for row in db.session.query(MissionLetter).filter_by(group_id=play.group.id) if row.signatures]
    assert all(signature.digest == row.digest for row in signed for signature in row.signatures)
