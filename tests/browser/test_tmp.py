import re
import pytest
from tests.browser.sitting import *
@pytest.mark.parametrize("n", range(8))
def test_x(page, n):
    start_quiz(page)
    log=[]
    import time
    t0=time.time()
    page.on("request", lambda r: log.append((round(time.time()-t0,3), r.method, r.url[-40:], r.post_data)) if "static" not in r.url else None)
    page.on("response", lambda r: log.append((round(time.time()-t0,3), r.status, r.url[-40:], (r.text()[:200] if r.request.method=="POST" else len(re.findall("is-answered", r.text())))) ) if "static" not in r.url else None)
    option(page, 1).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/2$"))
    try:
        expect(page.locator('[data-step="1"]')).to_have_class(re.compile("is-answered"), timeout=500)
    except AssertionError:
        print(*log, sep="\n"); raise
