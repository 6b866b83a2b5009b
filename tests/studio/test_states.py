from __future__ import annotations

import pytest

from ganstudio.studio.states import ACTIONS, TRANSITIONS, State, allowed


def test_the_table_is_the_one_of_the_design() -> None:
    wanted = {
        "idle": {"preparing"},
        "preparing": {"running", "stopping", "failed"},
        "running": {"paused", "stopping", "failed"},
        "paused": {"running", "stopping", "failed"},
        "stopping": {"idle", "failed"},
        "failed": {"preparing", "idle"},
    }
    table = {before.value: {after.value for after in TRANSITIONS[before]} for before in State}
    assert table == wanted


@pytest.mark.parametrize("state", list(State))
def test_every_open_action_leads_somewhere_the_table_allows(state: State) -> None:
    leads_to = {
        "start": State.PREPARING,
        "pause": State.PAUSED,
        "resume": State.RUNNING,
        "stop": State.STOPPING,
    }
    for action in ACTIONS[state]:
        assert allowed(state, leads_to[action])
    assert ("stop" in ACTIONS[state]) == allowed(state, State.STOPPING)
    assert ("start" in ACTIONS[state]) == allowed(state, State.PREPARING)


def test_from_everywhere_there_is_a_way_back_to_idle() -> None:
    for state in State:
        reached = {state}
        while True:
            wider = reached | {after for before in reached for after in TRANSITIONS[before]}
            if wider == reached:
                break
            reached = wider
        assert State.IDLE in reached
