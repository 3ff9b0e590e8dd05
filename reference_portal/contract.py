"""The OpenAPI document as stations read it: problems under their media type, no answer that never comes."""

import json
import re
from collections.abc import Iterator
from typing import Any

PROBLEM = "#/components/schemas/ProblemOut"
METHODS = ("get", "post", "put", "patch", "delete", "head")


def polished(document: dict[str, Any]) -> dict[str, Any]:
    """Move problems to application/problem+json and drop the framework's own 422, for those are 400 here."""
    paths = document["paths"].values()
    for operation in (path[method] for path in paths for method in METHODS if method in path):
        operation["responses"] = _responses(operation["responses"])
        for parameter in operation.get("parameters", []):
            _without_null(parameter)
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    document["servers"] = [{"url": "/"}]
    return document


def _without_null(parameter: dict[str, Any]) -> None:
    """A parameter may be left out; it is never null, for there is no null in a header or an address."""
    choices = parameter["schema"].pop("anyOf", [])
    for choice in choices:
        if choice != {"type": "null"}:
            parameter["schema"] = choice | parameter["schema"]


def _responses(responses: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for status, response in sorted(responses.items()):
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        reference = schema.get("$ref", "")
        if reference.endswith("HTTPValidationError"):
            continue
        if reference == PROBLEM:
            response["content"] = {"application/problem+json": {"schema": schema}}
        kept[status] = response
    return kept


def as_yaml(document: dict[str, Any]) -> str:
    """The document as it lies in docs/portal-api.yaml: block style, texts in JSON's quotes where they need any."""
    return "\n".join(_block(document, 0)) + "\n"


PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9/_.{}-]*")
WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off"})


def _scalar(value: Any) -> str:
    if isinstance(value, str) and PLAIN.fullmatch(value) and "{" not in value and value.lower() not in WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def _block(value: Any, depth: int) -> Iterator[str]:
    margin = "  " * depth
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from _member(f"{margin}{_scalar(str(name))}:", entry, depth)
        return
    for entry in value:
        if isinstance(entry, dict | list) and entry:
            first, *rest = _block(entry, depth + 1)
            yield f"{margin}- {first.strip()}"
            yield from rest
        else:
            yield f"{margin}- {_scalar(entry)}"


def _member(head: str, entry: Any, depth: int) -> Iterator[str]:
    if isinstance(entry, dict | list) and entry:
        yield head
        yield from _block(entry, depth + 1)
    else:
        yield f"{head} {_scalar(entry)}"
