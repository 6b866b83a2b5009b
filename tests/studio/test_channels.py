from __future__ import annotations

import threading

from ganstudio.studio.channels import Batch, Mailbox


def test_a_mailbox_keeps_only_the_newest_and_gives_it_once() -> None:
    mailbox: Mailbox[int] = Mailbox()
    for value in range(100):
        mailbox.put(value)
    assert mailbox.take() == 99
    assert mailbox.take() is None


def test_a_batch_drops_nothing_and_keeps_the_order_of_each_sender() -> None:
    batch: Batch[tuple[int, int]] = Batch()
    start = threading.Barrier(5)

    def send(name: int) -> None:
        start.wait()
        for number in range(500):
            batch.put((name, number))

    senders = [threading.Thread(target=send, args=(name,)) for name in range(4)]
    for sender in senders:
        sender.start()
    start.wait()
    received: list[tuple[int, int]] = []
    while any(sender.is_alive() for sender in senders):
        received += batch.wait(0.01)
    for sender in senders:
        sender.join()
    received += batch.drain()
    for name in range(4):
        assert [number for who, number in received if who == name] == list(range(500))


def test_waiting_ends_as_soon_as_something_arrives() -> None:
    batch: Batch[str] = Batch()
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.extend(batch.wait(30)))
    reader.start()
    batch.put("here")
    reader.join(5)
    assert received == ["here"]
