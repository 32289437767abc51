"""Which participants of the roster: a region, a language, a need, a name. What does not exist finds everybody."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from app.core.forms import Form, clean_line
from app.people.models import Need
from app.sessions.queries.roster import Wanted

NOT_KNOWN = "none"
NEEDS, KNOWS = "needs-", "knows-"


class RosterForm(Form):
    """The filters above the roster; a form of reading."""

    class Meta:
        csrf = False

    region = SelectField(_l("Region"), validate_choice=False)
    language = SelectField(_l("Language"), validate_choice=False)
    need = SelectField(_l("Need"), validate_choice=False)
    name = StringField(_l("Name"), filters=[clean_line], validators=[Length(max=160)])

    def __init__(self) -> None:
        super().__init__(formdata=request.args)

    def offer(
        self,
        regions: Iterable[tuple[str, str]],
        needed: Iterable[tuple[str, str]],
        known: Iterable[tuple[str, str]],
        needs: Iterable[tuple[str, str]],
    ) -> None:
        """Fill the lists with what there is among the participants, as (value, words)."""
        # I18N: group of choices: languages in which people need a session to be held or interpreted
        prefer = str(_("They need"))
        # I18N: group of choices: languages that people know
        knowing = str(_("They speak or understand"))
        self.region.choices = [SelectChoice("", _("All regions")), *(SelectChoice(*pair) for pair in regions)]
        self.language.choices = [
            SelectChoice("", _("All languages")),
            *(SelectChoice(f"{NEEDS}{tag}", words, optgroup=prefer) for tag, words in needed),
            *(SelectChoice(f"{KNOWS}{tag}", words, optgroup=knowing) for tag, words in known),
        ]
        self.need.choices = [SelectChoice("", _("With any need or none")), *(SelectChoice(*pair) for pair in needs)]

    def wanted(self) -> Wanted:
        """Return what was chosen; what is no choice of ours narrows nothing."""
        language = str(self.language.data or "")
        need = str(self.need.data or "")
        return Wanted(
            region_id=self._region_id(),
            prefers=language.removeprefix(NEEDS) if language.startswith(NEEDS) else "",
            knows=language.removeprefix(KNOWS) if language.startswith(KNOWS) else "",
            need=Need(need) if need in list(Need) else None,
            name=str(self.name.data or "")[:160],
        )

    def _region_id(self) -> UUID | bool | None:
        written = str(self.region.data or "")
        if written == NOT_KNOWN:
            return False
        try:
            return UUID(written) if written else None
        except ValueError:
            return None

    @property
    def kept(self) -> dict[str, str]:
        """The query that leads here again, without what is empty."""
        fields = (self.region, self.language, self.need, self.name)
        return {field.name: str(field.data) for field in fields if field.data}
