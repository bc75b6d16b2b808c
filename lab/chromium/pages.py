"""A person at a browser, for tests: for each line `ACTION URL` on standard input opens the page, presses the button (`yes` or `no`), waits, and
prints a line `END TEXT` with what the page says in the end. One virtual security key, with a PIN that was entered, is there all the time.

    "$CHANCERY_LAB/venv/chromium/bin/python" lab/chromium/pages.py [--screenshots FOLDER]
"""
import base64
import pathlib
import sys
import time

from webauthn import Browser


def wait(browser, script, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := browser.run(script):
            return value
        time.sleep(0.1)
    raise TimeoutError(script)


def main(screenshots):
    with Browser() as browser:
        browser.call("WebAuthn.enable")
        browser.call("WebAuthn.addVirtualAuthenticator", options={
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True})
        print("ready", flush=True)
        for number, line in enumerate(sys.stdin):
            action, url = line.split()
            browser.call("Page.navigate", url=url)
            wait(browser, f"location.href === '{url}' && document.readyState === 'complete' && !!document.getElementById('yes')")
            if screenshots:
                shot = browser.call("Page.captureScreenshot", format="png")["data"]
                pathlib.Path(screenshots, f"page-{number}.png").write_bytes(base64.b64decode(shot))
            browser.run(f"document.getElementById('{action}').click()")
            end = wait(browser, "document.getElementById('status').dataset.end")
            print(end, browser.run("document.getElementById('status').textContent"), flush=True)


if __name__ == "__main__":
    main(sys.argv[2] if len(sys.argv) > 2 else None)
