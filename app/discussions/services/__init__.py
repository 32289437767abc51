"""The use cases that write in topics."""

from app.discussions.services.looking_after import ask_to_show, keep_out_of_sight, show_again, take_out_of_sight
from app.discussions.services.running import close_topic, open_again, pin_topic
from app.discussions.services.writing import (
    answer_post,
    bring_back,
    edit_post,
    erase_post,
    erase_what_goes_along,
    open_topic,
    reply,
    withdraw,
)

__all__ = [
    "answer_post",
    "ask_to_show",
    "bring_back",
    "close_topic",
    "edit_post",
    "erase_post",
    "erase_what_goes_along",
    "keep_out_of_sight",
    "open_again",
    "open_topic",
    "pin_topic",
    "reply",
    "show_again",
    "take_out_of_sight",
    "withdraw",
]
