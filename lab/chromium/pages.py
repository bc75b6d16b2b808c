"""A person at a browser, for tests: for each line `ACTION URL` on standard input opens the page, presses the button (`yes` or `no`), waits, and
prints a line `END TEXT` with what the page says in the end. One virtual security key, with a PIN that was entered, is there all the time.

    "$CHANCERY_LAB/venv/chromium/bin/python" lab/chromium/pages.py [--screenshots FOLDER] [--host NAME --spki HASH]

With --host that name leads to this machine, and a certificate is trusted whose public key has the hash (base64 of the SHA-256 of its DER).
"""
import argparse
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


def main(screenshots, flags):
    with Browser(*flags) as browser:
        browser.call("WebAuthn.enable")
        browser.call("WebAuthn.addVirtualAuthenticator", options={
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True})
        if screenshots:
            browser.call("Emulation.setDeviceMetricsOverride", width=900, height=860, deviceScaleFactor=1, mobile=False)
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
    parser = argparse.ArgumentParser()
    parser.add_argument("--screenshots")
    parser.add_argument("--host")
    parser.add_argument("--spki")
    given = parser.parse_args()
    main(given.screenshots, [] if given.host is None else
         [f"--host-resolver-rules=MAP {given.host} 127.0.0.1", f"--ignore-certificate-errors-spki-list={given.spki}"])
