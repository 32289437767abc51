"""`flask people invite`: one clear line, whatever happens."""

import re

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people.models import Account, Role, RoleGrant
from tests.conftest import build_app


def invite(app, *arguments: str):
    return app.test_cli_runner().invoke(args=["people", "invite", *arguments])


def test_an_invitation_is_printed_where_mails_go_to_files(app, now):
    done = invite(app, "Boss@example.org", "--role", "secretariat")
    assert done.exit_code == 0
    assert done.output.count("\n") == 1
    link = re.search(r"http://127\.0\.0\.1:8000(/welcome/\S+)", done.output)
    assert app.test_client().get(link[1]).status_code == 200
    assert db.session.scalars(sa.select(RoleGrant.role)).all() == [Role.SECRETARIAT]


def test_said_again_there_is_still_one_person_with_one_role(app, now):
    for _ in range(2):
        assert invite(app, "boss@example.org", "--role", "secretariat").exit_code == 0
    counts = [db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Account, RoleGrant)]
    assert counts == [1, 1]


def test_the_fourth_time_within_an_hour_it_says_to_wait(app, now):
    for _ in range(3):
        invite(app, "boss@example.org", "--role", "coordinator")
    assert "Wait" in invite(app, "boss@example.org", "--role", "coordinator").output


def test_who_has_a_password_gets_the_role_alone(app, known, now):
    done = invite(app, "amina@example.org", "--role", "coordinator")
    assert "Nothing was sent" in done.output
    assert db.session.scalars(sa.select(RoleGrant.person_id)).all() == [known.person_id]


@pytest.mark.parametrize("email", ["boss", "", "boss@", "boss@exa mple.org"])
def test_what_is_no_address_is_one_line_and_exit_code_2(app, now, email):
    done = invite(app, email, "--role", "secretariat")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "is not an e-mail address" in done.stderr
    assert db.session.scalars(sa.select(Account)).all() == []


def test_a_role_that_does_not_exist_is_refused(app, now):
    assert invite(app, "boss@example.org", "--role", "king").exit_code == 2


def test_with_a_mail_server_no_link_is_printed(new_address, tmp_path, now):
    app = build_app(new_address(), tmp_path, mail_url="smtp://mail.example.org:587")
    done = invite(app, "boss@example.org", "--role", "secretariat")
    assert (done.exit_code, "queued" in done.output, "http" in done.output) == (0, True, False)
    with app.app_context():
        db.engine.dispose()
