"""What happens beside originals, told inside the transaction. Sender: the original. All carry `actor` and `now`. What
happens to the originals themselves is told by the packages of their kinds."""

from blinker import Namespace

_signals = Namespace()

translation_written = _signals.signal(
    "originals.translation-written", doc="Written or edited; `translation` is the row as it is now."
)
translation_removed = _signals.signal(
    "originals.translation-removed", doc="`language` is the one that is gone; the original is untouched."
)
