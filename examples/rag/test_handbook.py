import pytest
from google import genai
from google.genai import errors
from handbook import Handbook


@pytest.fixture
def handbook(mockgem_env):
    handbook = Handbook(genai.Client())
    handbook.add("refunds.txt", "Refunds are paid within 14 days. A receipt is needed.", year=2026)
    handbook.add("hours.txt", "Shops open at nine and close at six.", year=2026)
    handbook.add("old-refunds.txt", "Refunds are paid within 90 days.", year=2019)
    return handbook


def test_the_answer_is_from_the_right_document(handbook):
    answer = handbook.ask("When do shops open?")
    assert "nine" in answer.text
    assert answer.sources == ["hours.txt"]


def test_a_filter_leaves_old_documents_out(handbook):
    answer = handbook.ask("When are refunds paid?", only="year >= 2026")
    assert "14 days" in answer.text
    assert answer.sources == ["refunds.txt"]


def test_nothing_is_invented(handbook):
    assert handbook.ask("Who discovered penicillin?") is None


def test_the_tool_is_in_every_request(handbook, mockgem_env):
    handbook.ask("When do shops open?")
    tools = mockgem_env.requests()[-1]["tools"]
    assert handbook.store in str(tools[0]["fileSearch"])


def test_a_failure_of_the_search_is_not_an_answer(handbook, mockgem_env):
    mockgem_env.fail("internal-error", times=None)
    with pytest.raises(errors.ServerError):
        handbook.ask("When do shops open?")
