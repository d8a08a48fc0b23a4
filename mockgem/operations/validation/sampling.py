"""Check sampling parameters: candidate count, penalties, output limits and ranges."""

from __future__ import annotations

from mockgem.core.errors import invalid
from mockgem.core.models import Model
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.validation.models import name_model


def check_count(request: GenerateRequest, model: Model) -> None:
    """Check the number of candidates: up to 8 of Gemini before 3, one of others and in streams.

    Evidence: openai-err-n-range, openai-err-n-one-candidate, report-several-candidates,
    report-named-models.
    """
    count = request.sampling.count
    if not 1 <= count <= 8:
        raise invalid(
            f"Invalid value of n: should be between 1 and 8, got {count}", "n_range", n=count
        )
    if count > 1 and (model.generation > 2 or model.family == "gemma"):
        message = f"Multiple candidates is not enabled for {name_model(model)}"
        raise invalid(message, "n_one", n=count)
    if count > 1 and request.is_stream:
        raise invalid("Only one candidate can be specified in the current model", "n_one", n=count)


def check_penalty(request: GenerateRequest, model: Model) -> None:
    """Refuse penalties from Gemini 2.5 on.

    Evidence: report-named-models.
    """
    if request.sampling.has_penalty and (model.generation > 2 or model.family == "2.5"):
        raise invalid(f"Penalty is not enabled for {name_model(model)}", "penalty")


def check_output_limits(request: GenerateRequest, model: Model) -> None:
    if request.sampling.max_tokens is not None and not request.sampling.max_tokens > 0:
        message = (
            "* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must "
            "be positive.\n"
        )
        raise invalid(message, "max_tokens")
    if len(request.sampling.stop) > 5:
        raise invalid("Request contains an invalid argument.", "stop")


def check_sampling(request: GenerateRequest, model: Model) -> None:
    """Check the documented ranges: temperature 0 to 2, top_p 0 to 1.

    Evidence: doc-api-reference.
    """
    for name, value, high in (
        ("temperature", request.sampling.temperature, 2.0),
        ("top_p", request.sampling.top_p, 1.0),
    ):
        if value is not None and not 0 <= value <= high:
            message = (
                f"* GenerateContentRequest.generation_config.{name}: {name} must be in the range "
                f"[0.0, {high}].\n"
            )
            raise invalid(message, "sampling", name=name)
