"""Takes the pictures of the documentation from a workspace that has a map, with a headless Chromium.

Usage: python tools/screenshots.py [--workspace DIR]    (`make screenshots`; CHROMIUM names the browser)
"""

import argparse
import json
import os
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--hide-scrollbars"]


@contextmanager
def served(workspace: str) -> Iterator[str]:
    """The address of a server over the workspace, on a free port, while the block runs."""
    command = [sys.executable, "-m", "desireline.cli.main", "--workspace", workspace, "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield _document(server)["address"]
        finally:
            server.terminate()


def _document(server: subprocess.Popen[str]) -> dict[str, str]:
    """The JSON document with which the server says where it is; it goes on running after that."""
    text = ""
    for line in server.stdout or ():
        text += line
        try:
            found: dict[str, str] = json.loads(text)
        except json.JSONDecodeError:
            continue
        return found
    raise SystemExit(f"The server ended before it said its address. It printed: {text}")


def first_map(page: Page, address: str) -> str:
    """The name of the workspace's first map."""
    maps = page.request.get(f"{address}/api/maps").json()
    listed = maps["maps"] if isinstance(maps, dict) else maps
    if not listed:
        raise SystemExit("The workspace has no map. Run `make demo DEMO_ARGS=--no-serve` first.")
    return str(listed[0]["name"])


def take(page: Page, address: str, path: str, name: str) -> None:
    """Opens a path, waits until it has settled, and saves what is in view."""
    page.goto(f"{address}{path}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / name)
    print(f"docs/images/{name}")


def main() -> None:
    """Takes all pictures."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--workspace", default="desireline-data")
    given = arguments.parse_args()
    IMAGES.mkdir(exist_ok=True)
    with served(given.workspace) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=FLAGS)
        page = browser.new_page(
            viewport={"width": 1440, "height": 900}, locale="en-GB", color_scheme="light", reduced_motion="reduce"
        )
        take(page, address, f"/map/{urllib.parse.quote(first_map(page, address), safe='')}", "map.png")
        browser.close()


if __name__ == "__main__":
    main()
