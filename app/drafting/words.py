"""Words for where a text stands, and for the answers to comments."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.drafting.models import TextState, Verdict

STATES = {
    # I18N: state of a text that a group writes together
    TextState.OPEN: _l("Open for comments"),
    # I18N: state of a text that a group writes together: its keepers finish it
    TextState.CLOSED: _l("Closed for comments"),
    # I18N: state of a text that a group writes together: the group decided for it
    TextState.ADOPTED: _l("Adopted"),
}

VERDICTS = {
    # I18N: answer to a comment on a text: what it asked for is done
    Verdict.TAKEN: _l("Taken up"),
    # I18N: answer to a comment on a text: a part of what it asked for is done
    Verdict.PARTLY: _l("Taken up in part"),
    # I18N: answer to a comment on a text: what it asked for is not done
    Verdict.NOT: _l("Not taken up"),
}
