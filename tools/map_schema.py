"""Write the JSON Schema of a map file to docs/reference/map.schema.json."""

import json
from pathlib import Path

from desireline.model.journey_map import MapFile

TARGET = Path(__file__).parent.parent / "docs" / "reference" / "map.schema.json"


def schema() -> str:
    """The schema as the file holds it: of what may be read, so only what has no default is required."""
    body = MapFile.model_json_schema(mode="validation", by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Desireline map, version 2"}
    return json.dumps({**head, **{k: v for k, v in body.items() if k != "title"}}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(schema(), encoding="utf-8")
    print(f"wrote {TARGET.name}")
