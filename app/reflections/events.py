"""What happens to reflections, told inside the transaction. Sender: the reflection. All carry `actor` and `now`."""

from blinker import Namespace

_signals = Namespace()

reflection_written = _signals.signal("reflections.written", doc="A reflection was published, in its first version.")
reflection_edited = _signals.signal("reflections.edited", doc="Its author wrote a new version (or changed its tag).")
reflection_readers_changed = _signals.signal(
    "reflections.readers-changed",
    doc="Its author chose other readers or another name. Everything that carries its audience must follow.",
)
reflection_withdrawn = _signals.signal("reflections.withdrawn", doc="Hidden from everybody but its author.")
reflection_brought_back = _signals.signal("reflections.brought-back", doc="Shown again to the readers it had.")
reflection_erased = _signals.signal(
    "reflections.erased", doc="Words, translations, language and name are gone for good; date and track stay."
)
reflection_withheld = _signals.signal(
    "reflections.withheld", doc="Kept from its readers: held to be looked at, or hidden for abuse."
)
reflection_released = _signals.signal("reflections.released", doc="Shown again to the readers it had.")
