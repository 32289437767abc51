"""One task: noted, read, written anew, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import Form, carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.outcomes.forms import RemoveForm
from app.people.queries import own_languages
from app.tasks import queries, services, showing
from app.tasks.addresses import task_path, tasks_path
from app.tasks.forms import TaskForm
from app.tasks.models import Task
from app.tasks.routes import blueprint
from app.tasks.routes.lists import group_values
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries import get_inside_group


def load(slug: str, task_id: UUID) -> Task:
    """Return a task the actor reads; raises `NotFound`."""
    return queries.get_task(get_inside_group(current_actor(), slug), task_id)


def render_task(task: Task, refused: Form | None = None) -> Any:
    """The page of a task; with what was refused, where a click came too late."""
    actor, group = current_actor(), task.group
    page = showing.task_page(actor, group, task, clock.now())
    rendered = render_template("tasks/task.html", page=page, task=task, refused=refused, **group_values(group))
    return rendered, refused.status if refused else 200


def _offer(form: TaskForm, group: WorkingGroup, task: Task | None = None) -> None:
    people = showing.people_of(current_actor(), group, task, clock.now())
    form.offer([*([task.language] if task else []), *own_languages(current_actor()), page_language()], people)


@blueprint.route("/groups/<slug>/tasks/new", methods=["GET", "POST"])
def note_task(slug: str) -> Any:
    actor, form = current_actor(), TaskForm()
    group = get_inside_group(actor, slug)
    require(actor, "tasks.note", group)
    _offer(form, group)
    done = carry_out(
        form,
        lambda: services.note_task(actor, group, form.planned(), now=clock.now()),
        lambda task: task_path(group.slug, task.id),
        lambda _task: _("Noted. The people of this group read it."),
    )
    return done or (render_template("tasks/task_form.html", form=form, task=None, **group_values(group)), form.status)


@blueprint.get("/groups/<slug>/tasks/<uuid:task_id>")
def show_task(slug: str, task_id: UUID) -> Any:
    return render_task(load(slug, task_id))


@blueprint.route("/groups/<slug>/tasks/<uuid:task_id>/edit", methods=["GET", "POST"])
def change_task(slug: str, task_id: UUID) -> Any:
    actor, task = current_actor(), load(slug, task_id)
    require(actor, "tasks.change", task)
    group, form = task.group, TaskForm()
    if not form.is_submitted():
        form.fill_from(task)
    _offer(form, group, task)
    done = carry_out(
        form,
        lambda: services.change_task(
            actor, task, form.planned(), filled_from=str(form.filled_from.data or ""), now=clock.now()
        ),
        lambda _task: task_path(slug, task_id),
        lambda _task: _("It is changed."),
    )
    if done:
        return done
    there = None
    if form.general_errors and task.removed_at is None and form.filled_from.data != services.digest_of(task):
        form.filled_from.data = services.digest_of(task)
        there = showing.tasks_shown(actor, group, [task], clock.now())[0]
    page = render_template("tasks/task_form.html", form=form, task=task, there=there, **group_values(group))
    return page, form.status


@blueprint.route("/groups/<slug>/tasks/<uuid:task_id>/remove", methods=["GET", "POST"])
def remove_task(slug: str, task_id: UUID) -> Any:
    """Asked twice: on its own page, and by a box to tick."""
    actor, task = current_actor(), load(slug, task_id)
    require(actor, "tasks.give_up", task)
    form = RemoveForm()
    done = carry_out(
        form,
        lambda: services.remove_task(actor, task, now=clock.now()),
        lambda _task: tasks_path(slug),
        lambda _task: _("It is removed."),
    )
    if done:
        return done
    line = showing.tasks_shown(actor, task.group, [task], clock.now())[0]
    return render_template("tasks/task_remove.html", form=form, line=line, **group_values(task.group)), form.status
