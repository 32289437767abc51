"""What this package announces, inside the transaction of the fact. Carries `actor` and `now` (aware UTC)."""

from blinker import Namespace

_signals = Namespace()

instrument_changed = _signals.signal("instruments.instrument_changed")
"""An instrument was offered, written on, described anew, withdrawn or offered again. Sender: the Instrument."""
