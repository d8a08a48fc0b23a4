import pytest
from assistant import CONFIG, talk
from google.genai import errors

CONFIG["realtime_input_config"] = {"automatic_activity_detection": {"disabled": True}}
SPEECH = bytes(range(256)) * 125  # a second of something


async def test_the_model_speaks(mockgem_env):
    mockgem_env.say("The light is on.")
    turn = await talk(SPEECH, {})
    assert turn.text == "The light is on."
    assert len(turn.audio) > 10_000
    assert turn.heard  # what mockgem takes the audio for


async def test_a_tool_runs_and_the_model_hears_of_it(mockgem_env):
    mockgem_env.say({"tool_calls": [{"name": "set_light", "args": {"on": True}}]}, "Done.")
    lights = []
    turn = await talk(SPEECH, {"set_light": lambda on: lights.append(on) or "ok"})
    assert (lights, turn.calls, turn.text) == ([True], ["set_light"], "Done.")


async def test_a_failure_ends_the_session(mockgem_env):
    mockgem_env.fail("internal-error", endpoint="bidiGenerateContent")
    with pytest.raises(errors.APIError):
        await talk(SPEECH, {})
