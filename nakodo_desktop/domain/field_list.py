"""The catalogue as plain data, for other tools and for the manual."""

from __future__ import annotations

from nakodo_desktop.domain.fields import Condition, Field


def field_row(field: Field) -> dict[str, object]:
    """One field: key, label, kind, choices, unit, required, asked, privacy, retention, purpose, site rule."""
    return {
        "key": field.key,
        "label": field.label,
        "kind": field.kind.value,
        "choices": dict(field.choices),
        "unit": field.unit,
        "required": _required(field),
        "asked": "always" if field.asked is None else _condition(field.asked),
        "privacy": field.privacy.value,
        "retention": field.retention.value,
        "purpose": field.purpose,
        "site": field.site.value,
        "max_chars": field.max_chars,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "help": field.help,
    }


def _required(field: Field) -> str:
    if isinstance(field.required, Condition):
        return _condition(field.required)
    return "required" if field.required else "optional"


def _condition(condition: Condition) -> str:
    return f"{condition.key} in {', '.join(sorted(condition.values))}"
