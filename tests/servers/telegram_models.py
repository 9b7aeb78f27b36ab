"""aiogram's models as a judge of updates: another reading of the same documentation."""

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from .telegram_refusals import Object


def findings(updates: list[Object]) -> list[str]:
    """What is not an update as aiogram knows it, in words; fields that it does not know included.

    It takes seconds to import; hence the import here.
    """
    from aiogram.types import Update

    found = []
    for update in updates:
        try:
            model = Update.model_validate(update)
        except ValidationError as error:
            found += [f"{one['loc']}: {one['msg']}" for one in error.errors()]
        else:
            if model.event_type not in update:
                found.append(f"not taken for {set(update) - {'update_id'}}, but {model.event_type}")
            found += [f"unknown field {where}" for where in _unknown(model, "update")]
    return found


def _unknown(value: object, where: str) -> Iterator[str]:
    """The fields that no model has."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unknown(item, f"{where}[{number}]")
    elif isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or {})
        for name in value.model_fields_set:
            yield from _unknown(getattr(value, name), f"{where}.{name}")
