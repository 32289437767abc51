"""The use cases that write: noting and changing tasks, taking them and giving them back, closing, taking up."""

from app.tasks.services.closing import remove_task, set_state
from app.tasks.services.noting import Planned, TaskChangedMeanwhile, change_task, digest_of, note_task
from app.tasks.services.owning import TakenMeanwhile, hand_back, release_tasks, take_task
from app.tasks.services.taking_up import NothingToTakeUp, take_up

__all__ = [
    "NothingToTakeUp",
    "Planned",
    "TakenMeanwhile",
    "TaskChangedMeanwhile",
    "change_task",
    "digest_of",
    "hand_back",
    "note_task",
    "release_tasks",
    "remove_task",
    "set_state",
    "take_task",
    "take_up",
]
