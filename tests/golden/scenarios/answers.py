"""Answers of a function, for the golden tests."""

from __future__ import annotations

from typing import Any


def answer(request: Any) -> Any:
    """Answer some questions, and leave the others to mockgem."""
    if "weather" in request.text and "get_weather" in request.tools:
        return {"tool_calls": [{"name": "get_weather", "args": {"city": request.text.split()[-1]}}]}
    if request.text == "Be late":
        return {"fail": 429, "headers": {"X-Late": "yes"}}
    if request.text == "Break":
        raise ValueError("this function breaks")
    return f"I am {request.model} on {request.surface}" if "who" in request.text else None
