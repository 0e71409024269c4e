"""Holding an answer to the schema it is promised by: the few words of JSON Schema that the contract uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "null": type(None),
}
FORMATS = {
    "date": date.fromisoformat,
    "date-time": lambda text: datetime.fromisoformat(text).tzinfo or int("no zone"),
    "uri": lambda text: urlsplit(text).netloc or int("no host"),
}
KNOWN = {"$ref", "anyOf", "type", "enum", "format", "properties", "required", "additionalProperties", "items"}
KNOWN |= {"minimum", "maximum", "maxLength", "default"}


def faults(value: Any, schema: dict[str, Any], schemas: dict[str, Any], where: str = "$") -> Iterator[str]:
    """What in `value` the schema does not allow."""
    assert set(schema) <= KNOWN, f"{where}: this check does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        yield from faults(value, schemas[schema["$ref"].rpartition("/")[2]], schemas, where)
        return
    if "anyOf" in schema:
        if all(any(faults(value, choice, schemas, where)) for choice in schema["anyOf"]):
            yield f"{where}: {value!r} is none of {schema['anyOf']}"
        return
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(type(value) is TYPES[name] for name in types):
        yield f"{where}: {value!r} is no {types}"
    elif value is not None:
        yield from _inside(value, schema, schemas, where)


def _inside(value: Any, schema: dict[str, Any], schemas: dict[str, Any], where: str) -> Iterator[str]:
    if value not in schema.get("enum", [value]):
        yield f"{where}: {value!r} is not in {schema['enum']}"
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{where}: {value} is out of range"
    if "format" in schema:
        try:
            FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{where}: {value!r} is no {schema['format']}"
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from faults(item, schema["items"], schemas, f"{where}[{n}]")
    if isinstance(value, dict):
        yield from _members(value, schema, schemas, where)


def _members(
    value: dict[str, Any], schema: dict[str, Any], schemas: dict[str, Any], where: str
) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where}: {name} is missing"
    for name, item in value.items():
        member = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
        if not member:
            yield f"{where}: {name} was not promised"
        else:
            yield from faults(item, member, schemas, f"{where}.{name}")
