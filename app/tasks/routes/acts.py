"""What is done with a task: taken, handed back, begun, closed, opened again. One click each, but for
handing back and giving up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.tasks import services, showing
from app.tasks.addresses import task_path, tasks_path
from app.tasks.forms import ButtonForm, HandBackForm, StateForm
from app.tasks.models import TaskState
from app.tasks.routes import blueprint
from app.tasks.routes.lists import group_values
from app.tasks.routes.tasks import load, render_task

SAID = {
    TaskState.OPEN: lambda: _("It is open again."),
    TaskState.UNDER_WAY: lambda: _("It is under way."),
    TaskState.DONE: lambda: _("Marked as done."),
}


def _back(form: ButtonForm, slug: str, task_id: UUID) -> str:
    return tasks_path(slug) if form.back.data == "list" else task_path(slug, task_id)


@blueprint.post("/groups/<slug>/tasks/<uuid:task_id>/take")
def take_task(slug: str, task_id: UUID) -> Any:
    """Who came too late sees the task as it is, and why."""
    actor, task, form = current_actor(), load(slug, task_id), ButtonForm()
    done = carry_out(
        form,
        lambda: services.take_task(actor, task, now=clock.now()),
        lambda _task: _back(form, slug, task_id),
        lambda _task: _("It is yours now."),
    )
    return done or render_task(load(slug, task_id), form)


@blueprint.post("/groups/<slug>/tasks/<uuid:task_id>/state")
def set_state(slug: str, task_id: UUID) -> Any:
    actor, task, form = current_actor(), load(slug, task_id), StateForm()
    require(actor, "tasks.change", task)
    done = carry_out(
        form,
        lambda: services.set_state(actor, task, state=form.chosen(), now=clock.now()),
        lambda _task: _back(form, slug, task_id),
        lambda task: SAID[task.state](),
    )
    return done or render_task(load(slug, task_id), form)


@blueprint.route("/groups/<slug>/tasks/<uuid:task_id>/give-up", methods=["GET", "POST"])
def give_up(slug: str, task_id: UUID) -> Any:
    """Asked on a page of its own: it ends the task for everybody, which handing it back does not."""
    actor, task, form = current_actor(), load(slug, task_id), ActionForm()
    require(actor, "tasks.give_up", task)
    done = carry_out(
        form,
        lambda: services.set_state(actor, task, state=TaskState.DROPPED, now=clock.now()),
        lambda _task: task_path(slug, task_id),
        lambda _task: _("Marked as dropped."),
    )
    if done:
        return done
    line = showing.tasks_shown(actor, task.group, [task], clock.now())[0]
    return render_template("tasks/give_up.html", form=form, line=line, **group_values(task.group)), form.status


@blueprint.route("/groups/<slug>/tasks/<uuid:task_id>/hand-back", methods=["GET", "POST"])
def hand_back(slug: str, task_id: UUID) -> Any:
    actor, task, form = current_actor(), load(slug, task_id), HandBackForm()
    if not form.is_submitted():
        require(actor, "tasks.hand_back", task)
    done = carry_out(
        form,
        lambda: services.hand_back(actor, task, words=str(form.words.data or ""), now=clock.now()),
        lambda _task: task_path(slug, task_id),
        lambda _task: _("It is back with the group, for somebody else to take."),
    )
    if done:
        return done
    line = showing.tasks_shown(actor, task.group, [task], clock.now())[0]
    return render_template("tasks/hand_back.html", form=form, line=line, **group_values(task.group)), form.status
