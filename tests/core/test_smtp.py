"""The conversation with a mail server: stops before the dot, tells what passes from what does not, never hangs."""

import email
import email.policy
import os
import re
import socket
import time
from email.message import Message
from pathlib import Path
from threading import Lock

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from app.core import smtp
from app.core.mails import message
from app.core.smtp import SMTPTransport
from app.core.transport import FileTransport, Passing, Refused, Unanswered, Withdrawn, as_sent
from tests.make.mail_server import mail_server

ARABIC = "جلسة " * 30 + "غدًا\u2028في بيروت"


@pytest.fixture
def server():
    with mail_server() as server:
        yield server


@pytest.fixture
def transport(server):
    transport = SMTPTransport(f"smtp://127.0.0.1:{server.port}", sender="house@example.org")
    yield transport
    transport.close()


def a_mail(subject="Réunion", text=ARABIC) -> bytes:
    mail = message(subject, text, sender="House <house@example.org>", recipient="a@example.org", language="fr")
    return as_sent(mail, "<1@maloca>")


def after_a_look() -> bool:
    """The last look takes a moment; what the server did meanwhile is seen."""
    time.sleep(0.1)
    return True


def send(transport, content=None, *, to="a@example.org", before_dot=lambda: True):
    transport.send(to, "<1@maloca>", content or a_mail(), before_dot)


def test_a_mail_arrives_as_it_was_written(transport, server):
    send(transport)
    [(recipient, content)] = server.received
    assert recipient == "a@example.org"
    assert content == a_mail()
    read = email.message_from_bytes(content, policy=email.policy.default)
    assert (read["Subject"], read["Message-ID"]) == ("Réunion", "<1@maloca>")


def test_one_connection_serves_many_mails(transport, server):
    for _ in range(5):
        send(transport)
    assert (len(server.received), server.connections) == (5, 1)


def test_nothing_is_taken_when_the_last_look_says_no(transport, server):
    with pytest.raises(Withdrawn):
        send(transport, before_dot=lambda: False)
    send(transport)
    assert (len(server.received), server.connections) == (1, 2)


def test_nothing_is_taken_when_the_last_look_breaks(transport, server):
    with pytest.raises(ZeroDivisionError):
        send(transport, before_dot=lambda: bool(1 / 0))
    assert server.received == []


@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize("answer", ["421 closing", "451 later", "452 full"])
def test_what_may_pass_is_told_so_at_every_verb(transport, server, verb, answer):
    server.answers = {verb: answer} | ({"HELO": answer} if verb == "EHLO" else {})
    with pytest.raises(Passing, match=r"^smtp 4\d\d$"):
        send(transport)
    server.answers = {}
    send(transport)
    assert len(server.received) == 1


@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL"])
def test_a_server_that_refuses_the_house_refuses_no_mail_for_good(transport, server, verb):
    server.answers = {verb: "550 go away"} | ({"HELO": "550"} if verb == "EHLO" else {})
    with pytest.raises(Passing) as told:
        send(transport)
    assert told.value.is_server


@pytest.mark.parametrize(
    ("verb", "answer", "is_address"),
    [
        ("RCPT", "550 no such person <a@example.org>", True),
        ("RCPT", "550 5.1.1 <a@example.org> unknown", True),
        ("RCPT", "552 5.2.2 mailbox full", False),
        ("RCPT", "550 5.7.1 not from you", False),
        ("DATA", "554 no", False),
        ("DOT", "554 5.7.1 looks like spam", False),
    ],
)
def test_a_refusal_says_whether_it_was_the_address_and_repeats_no_words(transport, server, verb, answer, is_address):
    server.answers = {verb: answer}
    with pytest.raises(Refused) as told:
        send(transport)
    assert told.value.is_address is is_address
    assert re.fullmatch(r"5\d\d( 5\.\d+\.\d+)?", str(told.value))
    server.answers = {}
    send(transport)
    assert (len(server.received), server.connections) == (1, 1)


@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY"])
def test_a_line_that_breaks_before_the_dot_took_nothing(transport, server, verb):
    server.answers = {verb: "", "HELO": ""} if verb == "EHLO" else {verb: ""}
    with pytest.raises(Passing):
        send(transport, before_dot=after_a_look)
    assert server.received == []


@pytest.mark.parametrize("keeps", [True, False])
def test_a_line_that_breaks_after_the_dot_leaves_a_doubt(transport, server, keeps):
    server.answers, server.keeps_anyway = {"DOT": ""}, keeps
    with pytest.raises(Unanswered):
        send(transport)
    assert len(server.received) == keeps


@pytest.fixture
def _in_a_hurry(monkeypatch):
    for name in ("SECONDS_FOR_WORDS", "SECONDS_FOR_KEPT", "SECONDS_FOR_ANSWER"):
        monkeypatch.setattr(smtp, name, 0.3)


@pytest.mark.usefixtures("_in_a_hurry")
@pytest.mark.parametrize("drips", [False, True])
@pytest.mark.parametrize(
    ("verb", "error"),
    [(verb, Passing) for verb in ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA")] + [("DOT", Unanswered)],
)
def test_no_server_holds_a_worker_for_longer_than_the_deadline(transport, server, verb, error, drips):
    server.answers, server.drips = {verb: None}, drips
    with pytest.raises(error):
        send(transport)


def test_every_mail_has_its_own_time_for_all_its_words(transport, server):
    left = []

    def look() -> bool:
        left.append(transport._client.deadline - time.monotonic())
        return True

    for _ in range(2):
        send(transport, before_dot=look)
    assert server.connections == 1
    assert all(smtp.SECONDS_FOR_WORDS - 5 < seconds <= smtp.SECONDS_FOR_WORDS for seconds in left)


def test_a_connection_closed_meanwhile_is_made_anew(transport, server):
    send(transport)
    server.answers = {"MAIL": "421 too long idle"}
    transport._client.docmd("NOOP")
    server.answers = {}
    transport._client.sock.shutdown(socket.SHUT_RDWR)
    send(transport)
    assert (len(server.received), server.connections) == (2, 2)


def test_what_a_server_says_before_the_dot_keeps_the_dot_back(transport, server):
    server.answers = {"BODY": "421 I must go"}
    with pytest.raises(Passing):
        send(transport, before_dot=after_a_look)
    assert server.received == []


@pytest.mark.parametrize(
    "address", ["a@x.org>\r\nRCPT TO:<b@x.org", "a b@x.org", "é@x.org", "a@x.org\x00", "<a@x.org>"]
)
def test_an_address_that_is_none_is_never_said(transport, server, address):
    with pytest.raises(Refused):
        send(transport, to=address)
    assert server.said == []


SMUGGLED = "\r\n.\r\nMAIL FROM:<b@x.org>\r\n"


@given(st.text(alphabet="a.\r\n\x00", max_size=60))
def test_no_words_end_a_mail_early(text):
    mail = Message()
    mail["From"] = "house@example.org"
    mail.set_payload(text)
    content = as_sent(mail, "<1@maloca>")
    assert content.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    with mail_server() as server:
        transport = SMTPTransport(f"smtp://127.0.0.1:{server.port}", sender="house@example.org")
        transport.send("a@example.org", "<1@maloca>", content, lambda: True)
        transport.close()
    assert [kept for _, kept in server.received] == [content]


class Mailbox:
    """What aiosmtpd, a server by others, received."""

    def __init__(self):
        self.received, self.lock = [], Lock()

    async def handle_DATA(self, _server, _session, envelope):
        with self.lock:
            self.received.append(envelope.content)
        return "250 OK"


def test_a_server_by_others_reads_the_same():
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        transport = SMTPTransport(f"smtp://127.0.0.1:{port}", sender="house@example.org")
        content = a_mail(text=".\n..\n.hidden" + SMUGGLED)
        send(transport, content)
        send(transport, b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n")
        transport.close()
    finally:
        controller.stop()
    assert box.received == [content, b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n"]


def test_a_password_is_never_sent_in_clear(server):
    transport = SMTPTransport(f"smtp://u:p@127.0.0.1:{server.port}", sender="house@example.org")
    with pytest.raises(Passing, match="no TLS"):
        send(transport)
    assert not any(b"AUTH" in line for line in server.said)


def test_words_slipped_in_before_tls_are_not_believed(server, transport):
    server.extensions = ("STARTTLS",)
    server.answers = {"STARTTLS": "220 ready\r\n250 AUTH PLAIN"}
    with pytest.raises(Passing):
        send(transport)


def test_nobody_there_may_pass():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Passing) as told:
        send(SMTPTransport(f"smtp://127.0.0.1:{port}", sender="h@example.org"))
    assert told.value.is_server


def test_a_file_is_there_only_after_the_last_look(tmp_path):
    transport = FileTransport(tmp_path / "mails")
    with pytest.raises(Withdrawn):
        send(transport, before_dot=lambda: False)
    assert list((tmp_path / "mails").iterdir()) == []
    send(transport, before_dot=lambda: not list((tmp_path / "mails").glob("*.eml")))
    assert [path.read_bytes() for path in (tmp_path / "mails").iterdir()] == [a_mail()]


def test_where_no_file_can_be_written_mails_wait(tmp_path):
    (tmp_path / "mails").write_text("a file in place of the folder")
    with pytest.raises(Passing, match="FileExistsError") as told:
        send(FileTransport(tmp_path / "mails"))
    assert told.value.is_server


def test_a_full_disk_takes_no_mail_and_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_given):
        raise OSError(28, "No space left on device")

    transport = FileTransport(tmp_path)
    for module, name in ((os, "fsync"), (Path, "replace")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, full)
            with pytest.raises(Passing):
                send(transport)
        assert list(tmp_path.iterdir()) == []
    send(transport)
    assert len(list(tmp_path.iterdir())) == 1
