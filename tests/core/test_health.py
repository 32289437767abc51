"""Alive and ready."""


def test_a_migrated_house_is_alive_and_ready(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").data == b"ready\n"


def test_metrics_count_mails_by_state(client):
    assert b'maloca_outbox_mails{state="pending"} 0.0' in client.get("/metrics").data
