"""Every screen that test_screens_insights.py and test_screens_acting.py leave, in every language, theme and width."""

import pytest
from playwright.sync_api import Browser

from tests.browser import probes
from tests.browser.catalogues import forgotten, left_in_english
from tests.browser.every_screen import ACTING, CHECKS, INSIGHTS, Found, assert_right, looked_at, sideways
from tests.browser.watch import Watch, turned
from tests.servers import Server


@pytest.fixture(scope="module")
def found(shop: Server, browser: Browser) -> Found:
    return looked_at(browser, shop, lambda root: root not in INSIGHTS | ACTING)


@pytest.mark.parametrize("check", CHECKS)
def test_every_screen_is_right(found: Found, check: str) -> None:
    assert_right(found, check)


def test_the_checks_can_fail(shop: Server, browser: Browser) -> None:
    """On a page with one fault of each kind every check finds it."""
    page = browser.new_page(base_url=shop.address, reduced_motion="reduce")
    Watch().over(page)
    page.goto("/people?lang=pl")
    turned(page, "/people")
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend", `<p>Opportunities</p><img src="">
          <div style="width:20px;overflow:hidden;white-space:nowrap">Opportunities</div>
          <div style="width:3000px">wide</div>`)"""
    )
    assert "Opportunities" in left_in_english(page, "pl")
    assert "Opportunities" in forgotten(page, set())
    assert any("Opportunities" in text for text in probes.cut_off(page))
    assert sideways(page, "pl")
    assert any(line.startswith("image-alt") for line in probes.axe(page))
    page.context.close()
