"""Writes assertions by Chromium's virtual authenticator over fixed payloads, for the tests of WebAuthn verification.

    lab/install chromium; "$CHANCERY_LAB/venv/chromium/bin/python" lab/chromium/assertions.py FOLDER

Each file: the payload, the public key that Chromium told at registration (DER), and an assertion whose challenge is the SHA-256 of the payload's
DSSE pre-authentication encoding (DSSE v1.0.2, protocol.md), computed here.
"""
import base64
import hashlib
import json
import pathlib
import sys

from webauthn import Browser

TYPE = "application/vnd.in-toto+json"
ARTIFACT = b"an artifact to approve\n"


def encoding(payload):
    return b"DSSEv1 %d %s %d %s" % (len(TYPE), TYPE.encode(), len(payload), payload)


def main(folder):
    payload = json.dumps({"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "app", "digest": {"sha256": hashlib.sha256(ARTIFACT).hexdigest()}}],
                          "predicateType": "https://sigstore.dev/cosign/sign/v1", "predicate": {}}, separators=(",", ":")).encode()
    challenge = base64.b64encode(hashlib.sha256(encoding(payload)).digest()).decode()
    for name, algorithm, synced in (("es256", -7, False), ("eddsa", -8, False), ("rs256", -257, False), ("synced", -7, True)):
        with Browser() as browser:
            browser.call("WebAuthn.enable")
            browser.call("WebAuthn.addVirtualAuthenticator", options={
                "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True, "defaultBackupEligibility": synced, "defaultBackupState": synced})
            browser.run(f"globalThis.made = (async () => {{ const {{ response: r, rawId }} = await navigator.credentials.create({{ publicKey: {{ rp: {{ name: 'lab' }},"
                        f" user: {{ id: new Uint8Array([1]), name: 'u', displayName: 'u' }}, challenge: bytes('{challenge}'),"
                        f" pubKeyCredParams: [{{ type: 'public-key', alg: {algorithm} }}], authenticatorSelection: {{ userVerification: 'required' }} }} }});"
                        f" return {{ id: out(rawId), spki: out(r.getPublicKey()) }}; }})()")
            made = browser.run("made")
            answer = browser.run(f"get('{challenge}', '{made['id']}')")
            version = browser.call("Browser.getVersion")["product"]
        pathlib.Path(folder, name + ".json").write_text(json.dumps({
            "madeBy": version, "artifact": ARTIFACT.decode(), "payload": base64.b64encode(payload).decode(), "publicKey": made["spki"],
            "origin": browser.origin, "authenticatorData": answer["data"], "clientDataJSON": answer["client"], "signature": answer["signature"]}, indent=1) + "\n")
        print(name, version)


if __name__ == "__main__":
    main(sys.argv[1])
