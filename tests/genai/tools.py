"""A tool for automatic function calling. Early majors of the SDK can't read annotations that are
strings."""


def get_current_weather(city: str) -> str:
    """The weather in a city.

    Args:
        city: its name
    """
    return f"23C in {city}"
