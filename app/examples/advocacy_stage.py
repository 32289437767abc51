"""Where example groups act in advocacy: the body and its sessions, who they are; writing and signing a text there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.advocacy.models import AdvocacySpace, ParticipationMode
from app.core.actors import Actor
from app.drafting.queries import get_version
from app.engagements import services as engagements
from app.engagements.models import Engagement, EngagementText, Signatory
from app.engagements.services import Plan, signing, texts
from app.examples.advocacy_space import Sessions
from app.extensions import db
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

DAKAR = "Fédération des habitantes de l’Exemple"


DOUALA = "Collectif des locataires de l’Exemple"


CAIRO = "جمعية سكان الحي (مثال)"


NAIROBI = "Example Federation of Slum Dwellers"


BUENOS_AIRES = "Comité de inquilinas de ejemplo"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it takes place and who acts: a body with its ways to take part and its sessions; two groups; people by the
    keys of the cast, with the keys they hold."""

    space: AdvocacySpace
    modes: Mapping[str, ParticipationMode]
    sessions: Sessions
    land: WorkingGroup
    tenants: WorkingGroup
    people: Mapping[str, Actor]
    unions: Mapping[str, Organisation]
    now: datetime

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def plan(
        self,
        planner: str,
        days: int,
        title: str,
        language: str,
        *groups: WorkingGroup,
        lead: str = "",
        **said: object,
    ) -> Engagement:
        """Let somebody who runs these groups plan something, so many days ago."""
        return engagements.plan_engagement(
            self.people[planner],
            groups=groups,
            plan=Plan(title=title, language=language, space=self.space, **said),  # type: ignore[arg-type]  # as it is said
            lead=self.unions[lead] if lead else None,
            is_example=True,
            now=self.ago(days),
        )

    def ask(self, asker: str, engagement: Engagement, union: str, days: int) -> Signatory:
        return engagements.ask_organisation(self.people[asker], engagement, self.unions[union], now=self.ago(days))


def begin_text(
    stage: Stage, writer: str, engagement: Engagement, days: int, *, title: str, language: str, body: str
) -> EngagementText:
    """Let somebody begin a text in the first group of an engagement, so many days ago."""
    [group] = engagement.groups
    author, now = stage.people[writer], stage.ago(days)
    link = texts.begin_draft(author, engagement, group, title=title, language=language, body=body, now=now)
    link.text.is_example = True
    db.session.flush()  # whoever signs reads it anew
    return link


def sign(stage: Stage, signer: str, signatory: Signatory, link: EngagementText, days: int) -> None:
    """Let whoever speaks for an organisation sign the newest version of a text, so many days ago."""
    newest = get_version(link.text, link.text.version)
    signing.sign(
        stage.people[signer], signatory, link, read=signing.digest_of(newest, link.text.language), now=stage.ago(days)
    )
