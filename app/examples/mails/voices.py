"""Example mails of what a group decides, asks, discusses and writes together."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from app.core.types import Facts
from app.datepolls.models import DatePoll, DatePollOption
from app.decisions.models import Decision, Intent, RollEntry, RollLine, Stage, Window, WindowKind
from app.discussions.models import Post, Topic
from app.drafting.models import Comment, JointText, TextVersion, Verdict
from app.examples.mails.ground import ORGANISATION, ZONE, Kinds
from app.examples.mails.groups import Groups
from app.examples.mails.tracks import SESSION
from app.extensions import db
from app.originals.models import Translation
from app.polls.models import Poll, PollOption, PollWording, Shows
from app.workinggroups.models import GroupMembership, Standing

QUESTION = {
    "en": "When do we meet? (example)",
    "fr": "Quand nous réunissons-nous ? (exemple)",
    "es": "¿Cuándo nos reunimos? (ejemplo)",
    "pt": "Quando nos reunimos? (exemplo)",
    "ar": "متى نجتمع؟ (مثال)",
}
TEXT = "Por un techo (ejemplo)"


class Voices(Groups):
    def drawn_up(self, stage: Stage) -> Decision:
        row = Decision(
            group_id=self.group.id,
            stage=stage,
            title="Una carta común sobre el calor (ejemplo)",
            quorum=2,
            version=2,
            created_at=self.now,
            settled_at=self.now if stage is Stage.ADOPTED else None,
        )
        return self.kept(row)

    @cached_property
    def member(self) -> GroupMembership:
        """The reader takes part for their organisation, whose voice they may give."""
        row = GroupMembership(
            group_id=self.group.id,
            person_id=self.reader.id,
            organisation_id=self.organisation.id,
            standing=Standing.MEMBER,
            joined_at=self.now,
            acknowledged_at=self.now,
        )
        return self.kept(row)

    def decision(self, stage: Stage, **more: Any) -> Facts:
        """A decision at some stage, with the window that it is asked about in."""
        row, kind = self.drawn_up(stage), WindowKind.OBJECTIONS
        moment = self.moment("decision", row.id, self.hours(7))
        window = Window(decision_id=row.id, kind=kind, version=2, moment_id=moment.id, opened_at=self.now)
        self.kept(window)
        line = {"organisation_id": self.member.organisation_id, "names": ORGANISATION, "entry": RollEntry.MEMBER}
        self.kept(RollLine(decision_id=row.id, **line))
        told = {"decision": str(row.id), "stage": kind.value, "version": "2", "window": str(window.id)}
        return told | {"at": self.now.isoformat()} | more

    def review(self) -> Facts:
        row = self.drawn_up(Stage.ADOPTED)
        moment = self.moment("decision", row.id, self.day(30))
        row.review_id = moment.id
        self.kept(row)
        return self.of_moment(moment)

    def poll(self) -> Facts:
        poll_id = uuid4()
        row = Poll(
            id=poll_id,
            group_id=self.group.id,
            moment=self.moment("poll", poll_id, self.hours(7)),
            language="es",
            shows=Shows.NAMES,
            started_at=self.now,
            options=[PollOption(place=place) for place in (0, 1)],
            wordings=[
                PollWording(language=language, question=question, options=["1", "2"], written_at=self.now)
                for language, question in QUESTION.items()
            ],
        )
        return {"poll": str(self.kept(row).id)}

    def poll_prolonged(self) -> Facts:
        facts = self.poll()
        moment = db.session.get_one(Poll, UUID(facts["poll"])).moment
        return facts | {"change": str(self.changed(moment, timing=self.hours(9)).id)}

    @cached_property
    def date_poll(self) -> DatePoll:
        return self.ask_hours()

    def ask_hours(self, **said: Any) -> DatePoll:
        poll_id = uuid4()
        row = DatePoll(
            id=poll_id,
            group_id=self.group.id,
            moment=self.moment("date_poll", poll_id, self.hours(7)),
            zone=ZONE,
            lasts=90,
            started_at=self.now,
            options=[
                DatePollOption(place=place, wall_start=self.hours(days).wall_start)
                for place, days in enumerate((12, 14))
            ],
            **said,
        )
        return self.kept(row, SESSION, "date_poll")

    def hours_laid_down(self) -> Facts:
        return {"date_poll": str(self.ask_hours(laid_down_at=self.now).id)}

    def asked_hours(self) -> Facts:
        return {"date_poll": str(self.date_poll.id)}

    def closing_moved(self) -> Facts:
        return self.asked_hours() | {"change": str(self.changed(self.date_poll.moment, timing=self.hours(9)).id)}

    @cached_property
    def post(self) -> Facts:
        topic = self.kept(Topic(group_id=self.group.id, opened_at=self.now, last_at=self.now))
        row = Post(topic_id=topic.id, is_opening=True, title="¿Quién viene el martes? (ejemplo)", **self.original())
        return {"post": str(self.kept(row).id), "fact": str(topic.id)}

    @cached_property
    def text(self) -> JointText:
        row = JointText(group_id=self.group.id, title=TEXT, language="es", begun_at=self.now, changed_at=self.now)
        text = self.kept(row)
        self.kept(TextVersion(text_id=text.id, number=1, body=TEXT, words=3, written_at=self.now))
        return text

    def comment(self) -> Facts:
        row = Comment(
            text_id=self.text.id,
            about_version=1,
            paragraph=1,
            digest="0" * 32,
            verdict=Verdict.TAKEN,
            answered_at=self.now,
            **self.original(),
        )
        return {"text": str(self.text.id), "fact": str(self.kept(row).id)}

    def translated_comment(self) -> Facts:
        row = Translation(
            original_id=UUID(self.comment()["fact"]), language="fr", body=TEXT, of_version=1, written_at=self.now
        )
        return {"fact": str(self.kept(row).id)}


def _asked(stage: Stage, **more: Any) -> Any:
    return lambda voices: voices.decision(stage, **more)


def _poll(voices: Voices) -> Facts:
    return voices.poll()


def _post(voices: Voices) -> Facts:
    return voices.post


def _text(voices: Voices) -> Facts:
    return {"text": str(voices.text.id)}


KINDS: Kinds = {
    "decisions.window_opened": _asked(Stage.OBJECTIONS),
    "decisions.window_prolonged": _asked(Stage.OBJECTIONS),
    "decisions.window_closing": _asked(Stage.OBJECTIONS),
    "decisions.objected": _asked(Stage.OBJECTIONS),
    "decisions.answered": _asked(Stage.CLARIFICATION, intent=Intent.QUESTION.value),
    "decisions.proxy_given": _asked(Stage.OBJECTIONS),
    "decisions.amended": _asked(Stage.OBJECTIONS),
    "decisions.closed": _asked(Stage.ADOPTED),
    "decisions.translated": _asked(Stage.CLARIFICATION),
    "reminders.review": Voices.review,
    "polls.opened": _poll,
    "polls.closing": _poll,
    "polls.ended": _poll,
    "polls.closing_moved": Voices.poll_prolonged,
    "datepolls.asked": Voices.asked_hours,
    "datepolls.closing": Voices.asked_hours,
    "datepolls.closing_moved": Voices.closing_moved,
    "datepolls.laid_down": Voices.hours_laid_down,
    **{
        f"discussions.{what}": _post
        for what in ("replied", "translated", "withheld", "released", "refused", "asked_to_show")
    },
    "drafting.commented": _text,
    "drafting.keeper_named": _text,
    "drafting.answered": Voices.comment,
    "drafting.translated": Voices.translated_comment,
}
