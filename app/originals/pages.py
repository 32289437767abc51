"""What kinds of originals take for their own addresses: the pages of translating, and words that are never lost."""

from app.originals.routes.keeping import keeps_words
from app.originals.routes.translating import mount

__all__ = ["keeps_words", "mount"]
