"""Write docs/*.schema.json from the models that judge every bundle: `python tools/build_schemas.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pydantic import BaseModel  # noqa: E402

from nakodo_desktop.export.schema import Manifest, ProfilesFile  # noqa: E402

SCHEMAS: dict[str, type[BaseModel]] = {
    "docs/site-profile.schema.json": ProfilesFile,
    "docs/bundle-manifest.schema.json": Manifest,
}


def schema_text(model: type[BaseModel]) -> str:
    """JSON Schema 2020-12. Patterns use Unicode properties: read them with the `u` flag."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | model.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for name, model in SCHEMAS.items():
        (ROOT / name).write_text(schema_text(model), encoding="utf-8")
