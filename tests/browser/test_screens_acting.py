"""Every screen of voice, KPIs, opportunities, plan and proof, in every language, theme and width."""

import pytest
from playwright.sync_api import Browser

from tests.browser.every_screen import ACTING, CHECKS, Found, assert_right, looked_at
from tests.servers import Server


@pytest.fixture(scope="module")
def found(shop: Server, browser: Browser) -> Found:
    return looked_at(browser, shop, lambda root: root in ACTING)


@pytest.mark.parametrize("check", CHECKS)
def test_every_screen_is_right(found: Found, check: str) -> None:
    assert_right(found, check)
