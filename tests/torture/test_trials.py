"""Faults are drawn by lot: what each trial must have seen is counted, and all trials together are enough."""

from tests.torture.house import FORKS
from tests.torture.mail_server import VERBS, MailServer
from tests.torture.trials import TRIALS


def server_that_misbehaved(*times: int) -> MailServer:
    return MailServer(25, FORKS.Value("d", 0.0, lock=False), FORKS.Array("i", list(times)))


def test_a_bad_mail_server_misbehaves_at_every_verb():
    [trial] = [trial for trial in TRIALS if trial.name == "a bad mail server"]
    assert trial.misbehaved >= 100
    assert not server_that_misbehaved(*[50] * (len(VERBS) - 1), 0).is_enough(trial.misbehaved)
    assert not server_that_misbehaved(*[1] * len(VERBS)).is_enough(trial.misbehaved)
    assert server_that_misbehaved(*[50] * len(VERBS)).is_enough(trial.misbehaved)


def test_on_each_database_more_than_a_hundred_workers_are_killed_and_fifty_stand_still():
    on_both = [trial for trial in TRIALS if not trial.databases]
    assert sum(trial.kills + trial.points for trial in on_both) >= 100
    assert sum(trial.stops for trial in on_both) >= 50
