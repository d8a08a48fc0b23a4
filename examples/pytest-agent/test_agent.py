import pytest
from agent import GaveUp, answer


@pytest.fixture
def cancelled():
    return []


@pytest.fixture
def tools(cancelled):
    return {
        "find_order": lambda number: {"number": number, "state": "sent"},
        "cancel_order": cancelled.append,
    }


def call(name, **args):
    return {"tool_calls": [{"name": name, "args": args}]}


def test_the_tool_s_result_reaches_the_model(mockgem_env, tools):
    mockgem_env.say(call("find_order", number=17), "It is on its way.")
    assert answer("Where is order 17?", tools) == "It is on its way."
    last = mockgem_env.requests()[-1]["messages"][-1]
    assert last["role"] == "tool"
    assert last["content"] == '{"number": 17, "state": "sent"}'


def test_wrong_arguments_are_corrected(mockgem_env, tools):
    mockgem_env.say(call("find_order", order="17"), call("find_order", number=17), "Sent.")
    assert answer("Where is order 17?", tools) == "Sent."
    assert "error: TypeError" in mockgem_env.requests()[1]["messages"][-1]["content"]


def test_the_sdk_waits_and_tries_again_when_the_model_is_overloaded(mockgem_env, tools):
    mockgem_env.fail("overloaded")
    mockgem_env.say("Sent.")
    mockgem_env.expect(attempts=2, final="success")
    assert answer("Where is order 17?", tools) == "Sent."


def test_an_agent_that_runs_in_circles_gives_up(mockgem_env, tools):
    mockgem_env.say(call("find_order", number=17), times=5)
    with pytest.raises(GaveUp):
        answer("Where is order 17?", tools)


def test_orders_in_a_tool_s_result_change_nothing(mockgem_env, tools, cancelled):
    attack = mockgem_env.injection("tool-result-new-orders")
    tools["find_order"] = lambda number: {"number": number, "note": attack}
    mockgem_env.say(call("find_order", number=17), call("cancel_order", number=17), "Sent.")
    answer("Where is order 17?", tools)
    assert cancelled == []
