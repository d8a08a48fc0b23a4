"""What holds for the workers of one server holds for the servers of a fleet."""

# ruff: noqa: F401 - pytest collects what is imported here

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fleet.fleets import FleetServer, connect_without_worlds
from tests.workers.servers import Connection
from tests.workers.test_ids import (
    test_no_id_comes_twice_from_all_workers,
    test_repeatable_ids_are_those_of_one_process,
    test_repeatable_ids_do_not_repeat_when_many_clients_ask_at_once,
    test_resources_of_all_workers_have_different_names,
)
from tests.workers.test_journal import (
    test_a_cleared_journal_is_empty_everywhere_and_numbers_go_on,
    test_a_reader_who_waits_sees_the_request_to_another_worker,
    test_a_stream_is_open_in_the_journal_until_it_ends,
    test_a_stream_of_a_killed_worker_was_cut,
    test_a_thousand_entries_are_kept_and_all_are_counted,
    test_an_answer_that_a_scenario_decided_is_in_the_journal_of_a_killed_worker,
    test_entries_are_in_the_order_of_the_requests_and_keep_their_numbers,
    test_events_come_from_all_workers,
)
from tests.workers.test_scenarios import (
    test_a_budget_is_overspent_by_no_more_than_the_requests_in_flight,
    test_a_budget_is_spent_by_all_workers_and_begins_again_for_all,
    test_a_quota_counts_the_requests_of_all_workers,
    test_a_rule_is_in_force_everywhere_before_its_answer,
    test_a_run_that_all_worlds_share_counts_them_together,
    test_a_scenario_in_a_world_acts_before_a_worker_knows_the_world,
    test_a_scenario_is_chosen_stopped_and_begun_again_for_all,
    test_a_scenario_of_the_request_counts_in_all_workers,
    test_a_time_scale_holds_in_all_workers,
    test_equal_requests_are_repeats_in_any_worker,
    test_expectations_and_the_verdict_are_those_of_all_workers,
    test_replies_for_a_number_of_calls_are_each_given_once,
    test_rules_that_two_workers_add_at_once_are_all_there,
    test_the_third_call_fails_exactly_once_among_parallel_clients,
)
from tests.workers.test_state import (
    test_a_batch_is_created_polled_and_read_in_different_workers,
    test_a_cached_content_is_known_to_all,
    test_a_moved_clock_moves_in_all_workers_before_the_answer,
    test_a_reset_empties_the_world_in_all_workers,
    test_an_upload_goes_on_in_another_worker,
    test_worlds_are_listed_and_deleted_in_all_workers,
)

pytestmark = [pytest.mark.valkey, pytest.mark.usefixtures("serve_fleets")]


@pytest.fixture
def pair(fleet: FleetServer) -> Iterator[list[Connection]]:
    """A connection to each server of a fleet without worlds."""
    yield from connect_without_worlds(fleet.connect_to_each())


@pytest.fixture
def server(fleet: FleetServer) -> FleetServer:
    return fleet


def test_entries_are_read_one_by_one_and_counted_anywhere(pair: list[Connection]) -> None:
    """As with workers, apart from the fast path, which a storage that suspends does not have."""
    for number in range(6):
        pair[number % 2].ask(f"question {number}")
    for connection in pair:
        assert connection.get("/_mockgem/journal/4")["number"] == 4
        counters = connection.get("/_mockgem/counters")
        assert (counters["total"], counters["status"]) == (6, {"200": 6})
    assert pair[0].send("GET", "/_mockgem/journal/7")[0] == 404
