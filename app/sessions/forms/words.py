"""What the descriptive texts of phases and tracks are called."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.sessions.models import TextBlock

BLOCK_LABELS: dict[TextBlock, Any] = {
    TextBlock.AIMS: _l("Aims"),
    TextBlock.PURPOSE: _l("What it is for"),
    # I18N: first of the four traits of a co-learning space, as a heading
    TextBlock.INTERREGIONAL: _l("Across regions"),
    # I18N: second of the four traits of a co-learning space, as a heading
    TextBlock.PEDAGOGY: _l("The pedagogic approach"),
    # I18N: third of the four traits of a co-learning space, as a heading
    TextBlock.TEAM: _l("A diverse team of facilitators"),
    # I18N: fourth of the four traits of a co-learning space, as a heading
    TextBlock.LEARNING_MODELS: _l("The learning models"),
}
