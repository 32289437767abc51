"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC). Sender: the Decision, unless said otherwise."""

from blinker import Namespace

_events = Namespace()

decision_drafted = _events.signal("decisions.decision_drafted")
"""There is a new proposal, not opened yet."""

window_opened = _events.signal("decisions.window_opened")
"""Questions, reactions or voices are asked for. Sender: the Window; the first one opens the decision."""

voice_given = _events.signal("decisions.voice_given")
"""An organisation spoke, or spoke anew. Sender: the GivenVoice."""

proposal_amended = _events.signal("decisions.proposal_amended")
"""The proposal has another version."""

decision_counted = _events.signal("decisions.decision_counted")
"""A window of objections was closed: `decision.stage` says what came out. After `adopted` nothing changes any more."""

decision_laid_down = _events.signal("decisions.decision_laid_down")
"""The proposal was given up, with words why."""

outcome_recorded = _events.signal("decisions.outcome_recorded")
"""What follows from an adopted proposal was written down, with the day on which it is looked at again."""
