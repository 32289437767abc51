"""The use cases that write in joint texts."""

from app.drafting.services.answering import answer_comment
from app.drafting.services.commenting import (
    bring_back,
    comment_on,
    erase_comment,
    erase_what_goes_along,
    withdraw,
)
from app.drafting.services.keeping import end_keeper, leave_texts, name_keeper
from app.drafting.services.standing import adopt, close_comments, describe, open_comments
from app.drafting.services.writing import WrittenMeanwhile, begin_text, write_version

__all__ = [
    "WrittenMeanwhile",
    "adopt",
    "answer_comment",
    "begin_text",
    "bring_back",
    "close_comments",
    "comment_on",
    "describe",
    "end_keeper",
    "erase_comment",
    "erase_what_goes_along",
    "leave_texts",
    "name_keeper",
    "open_comments",
    "withdraw",
    "write_version",
]
