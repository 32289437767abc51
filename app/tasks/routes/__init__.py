"""Addresses of tasks: the list of a group, noting and taking up; one task and what is done with it."""

from flask import Blueprint

blueprint = Blueprint("tasks", "app.tasks", template_folder="templates")

from app.tasks.routes import acts, lists, tasks  # noqa: E402 - they hang their views on the blueprint

__all__ = ["acts", "blueprint", "lists", "tasks"]
