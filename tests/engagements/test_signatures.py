"""The one rule of signatures: whose is awaited under which text."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from app.advocacy.models import ModeCode, ParticipationMode
from app.drafting.models import JointText
from app.engagements.models import Engagement, EngagementText, Signatory, SignatoryState, SignOff
from app.engagements.signatures import awaited

LEAD, OTHER, ASKED = UUID(int=1), UUID(int=2), UUID(int=3)


def plan(*languages: str) -> Engagement:
    states = {LEAD: SignatoryState.AGREED, OTHER: SignatoryState.AGREED, ASKED: SignatoryState.ASKED}
    return Engagement(
        mode=ParticipationMode(code=ModeCode.WRITTEN_STATEMENT, languages=list(languages)),
        signatories=[Signatory(id=id_, state=state) for id_, state in states.items()],
    )


def text(language: str, version: int = 1) -> EngagementText:
    id_ = uuid4()
    return EngagementText(text_id=id_, text=JointText(id=id_, language=language, version=version))


def given(link: EngagementText, *signatories: UUID, version: int = 1) -> dict[UUID, list[SignOff]]:
    return {link.text_id: [SignOff(signatory_id=id_, text_id=link.text_id, version=version) for id_ in signatories]}


def test_every_text_waits_for_everybody_who_agreed() -> None:
    french, portuguese = text("fr"), text("pt-BR")
    found = awaited(plan(), [french, portuguese], given(french, LEAD))
    assert [(one.id, link) for one, link in found] == [(LEAD, portuguese), (OTHER, french), (OTHER, portuguese)]
    assert awaited(plan(), [french], given(french, LEAD, OTHER)) == []


def test_a_newer_version_waits_again() -> None:
    link = text("fr", version=2)
    assert [one.id for one, _link in awaited(plan(), [link], given(link, LEAD, OTHER))] == [LEAD, OTHER]
    assert [one.id for one, _link in awaited(plan(), [link], given(link, LEAD, version=2))] == [OTHER]


@pytest.mark.parametrize(("taken", "waits"), [(("en", "pt"), 2), (("en",), 0), ((), 2)])
def test_what_the_body_does_not_take_waits_for_nobody(taken: tuple[str, ...], waits: int) -> None:
    assert len(awaited(plan(*taken), [text("pt-BR")], {})) == waits
