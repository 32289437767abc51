"""Sent twice it acts once, and nothing typed is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask, render_template_string
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.core import clock
from app.core.audit import AuditLine, record
from app.core.context import current_actor
from app.core.errors import RuleBroken
from app.core.forms import Form, carry_out, clean_line
from app.core.submissions import Submission
from app.core.web import public
from app.extensions import db


@pytest.mark.parametrize(("page_order", "listed"), [((), ["First", "Second"]), (("second",), ["Second", "First"])])
def test_mistakes_are_listed_in_the_order_of_the_page(app: Flask, page_order, listed):
    class Ordered(Form):
        first = StringField("First", validators=[InputRequired("Write it.")])
        second = StringField("Second", validators=[InputRequired("Write it.")])

    Ordered.page_order = page_order
    with app.test_request_context(method="POST"):
        form = Ordered(meta={"csrf": False})
        assert not form.validate()
        summary = render_template_string(
            "{% from 'core/forms.html' import error_summary with context %}{{ error_summary(form) }}", form=form
        )
    assert re.findall("First|Second", summary) == listed


class WishForm(Form):
    wish = StringField(
        filters=[clean_line], validators=[Length(min=1, max=30, message="Say it in 1 to 30 characters.")]
    )


def make_wish(wish: str) -> str:
    if wish == "moon":
        record(current_actor(), "wish.made", "wish", uuid4(), {"wish": wish}, now=clock.now())
        db.session.flush()
        raise RuleBroken("The moon is taken. Wish for a star.", field="wish", rule="R-99")
    record(current_actor(), "wish.made", "wish", uuid4(), {"wish": wish}, now=clock.now())
    return wish


@pytest.fixture
def wishes(own_app: Flask) -> Flask:
    """A house with one more page: a form for wishes."""
    blueprint = Blueprint("wishes", __name__)

    @blueprint.route("/wish", methods=["GET", "POST"])
    @public
    def wish():
        form = WishForm()
        done = carry_out(
            form, lambda: make_wish(form.wish.data), lambda made: f"/wished/{made}", lambda made: f"Wished {made}"
        )
        if done:
            return done
        errors = [str(error) for errors in form.errors.values() for error in errors] + [
            str(e) for e in form.general_errors
        ]
        return {
            "errors": errors,
            "wish": form.wish.data,
            "id": form.submission_id.data,
            "token": form.csrf_token.current_token,
        }, form.status

    own_app.register_blueprint(blueprint)
    return own_app


@pytest.fixture
def form(wishes):
    client = wishes.test_client()
    page = client.get("/wish").json
    return client, {"csrf_token": page["token"], "submission_id": page["id"]}


def wishes_made(app) -> list[str]:
    with app.app_context():
        found = [line.facts["wish"] for line in db.session.scalars(sa.select(AuditLine).order_by(AuditLine.at))]
        db.session.rollback()
        return found


def test_a_sent_form_acts_and_leads_on(wishes, form):
    client, values = form
    answer = client.post("/wish", data=values | {"wish": " a  star "})
    assert (answer.status_code, answer.location) == (303, "/wished/a%20star")
    assert wishes_made(wishes) == ["a star"]


def test_the_same_form_sent_twice_acts_once_and_leads_to_the_same_place(wishes, form):
    client, values = form
    answers = [client.post("/wish", data=values | {"wish": "star"}) for _ in range(3)]
    assert {(a.status_code, a.location) for a in answers} == {(303, "/wished/star")}
    assert wishes_made(wishes) == ["star"]


def test_eight_clicks_at_once_act_once(wishes, form):
    client, values = form
    cookie = client.get_cookie("maloca").value

    def click(_n: int) -> int:
        browser = wishes.test_client()
        browser.set_cookie("maloca", cookie)
        return browser.post("/wish", data=values | {"wish": "star"}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(click, range(8))) == [303] * 8
    assert wishes_made(wishes) == ["star"]


def test_other_words_under_the_same_id_are_kept_and_may_be_sent_again(wishes, form):
    client, values = form
    client.post("/wish", data=values | {"wish": "star"})
    answer = client.post("/wish", data=values | {"wish": "comet"})
    assert answer.status_code == 422
    assert answer.json["wish"] == "comet"
    assert "sent once already" in answer.json["errors"][0]
    again = client.post("/wish", data=values | {"wish": "comet", "submission_id": answer.json["id"]})
    assert again.status_code == 303
    assert wishes_made(wishes) == ["star", "comet"]


def test_somebody_else_cannot_learn_where_a_form_led(wishes, form):
    client, values = form
    client.post("/wish", data=values | {"wish": "star"})
    with wishes.app_context():
        db.session.execute(sa.update(Submission).values(person_id=uuid4()))
        db.session.commit()
    assert client.post("/wish", data=values | {"wish": "star"}).status_code == 422


def test_a_broken_rule_undoes_everything_and_stands_at_its_field(wishes, form):
    client, values = form
    answer = client.post("/wish", data=values | {"wish": "moon"})
    assert answer.status_code == 422
    assert answer.json["errors"] == ["The moon is taken. Wish for a star."]
    assert answer.json["wish"] == "moon"
    assert wishes_made(wishes) == []
    assert client.post("/wish", data=values | {"wish": "star"}).status_code == 303


@pytest.mark.parametrize(
    "broken", [{"csrf_token": ""}, {"csrf_token": "x"}, {"submission_id": "x"}, {"submission_id": ""}]
)
def test_a_form_without_its_marks_acts_not_and_keeps_the_words(wishes, form, broken):
    client, values = form
    answer = client.post("/wish", data=values | {"wish": "star"} | broken)
    assert answer.status_code == 422
    assert answer.json["wish"] == "star"
    assert answer.json["errors"]
    assert wishes_made(wishes) == []


def test_a_field_that_is_too_long_is_kept_and_explained(wishes, form):
    client, values = form
    answer = client.post("/wish", data=values | {"wish": "x" * 31})
    assert (answer.status_code, answer.json["errors"]) == (422, ["Say it in 1 to 30 characters."])


def test_a_body_that_is_too_large_is_413_in_words(wishes, form):
    client, values = form
    answer = client.post("/wish", data=values | {"wish": "x" * 3_000_000})
    assert answer.status_code == 413
