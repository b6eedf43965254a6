"""Builds a wheel from the committed files alone and checks that it holds all that a user needs.

The build sees neither this checkout's `node_modules` nor its built front end: what a fresh clone gives is tested.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from rules import ROOT, tracked

NEEDED = {
    "the front end": "desireline/web/index.html",
    "its scripts": "desireline/web/assets/",
    "the licences of its libraries": "desireline/web/licenses.md",
    "English texts": "desireline/locales/en.json",
    "Polish texts": "desireline/locales/pl.json",
    "Croatian texts": "desireline/locales/hr.json",
    "the mark of a typed package": "desireline/py.typed",
    "presets": "desireline/collect/presets/generic.yaml",
    "the page of a map": "desireline/maps/typst/",
    "its fonts": "desireline/maps/fonts/",
    "the licence": ".dist-info/licenses/LICENSE",
    "credits": ".dist-info/licenses/NOTICE",
}


def main() -> int:
    """Prints what the wheel lacks and returns 1 if it lacks anything."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "out")
        for file in tracked():
            if (ROOT / file).is_file():
                (source / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / file, source / file)
        build = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
        subprocess.run([*build, "--wheel-dir", out, source], check=True)
        (wheel,) = out.glob("*.whl")
        names = zipfile.ZipFile(wheel).namelist()
        size = wheel.stat().st_size
    missing = [what for what, part in NEEDED.items() if not any(part in name for name in names)]
    for what in missing:
        print(f"the wheel lacks {what} ({NEEDED[what]})")
    if not missing:
        print(f"{wheel.name}: {len(names)} files, {size / 1e6:.1f} MB")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
