package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.AuthenticatorInfo;
import dev.chancery.adapters.fido2.ctap.CredentialManagement.Remembered;
import dev.chancery.adapters.fido2.ctap.CredentialManagement;
import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.adapters.fido2.ctap.Permission;
import dev.chancery.adapters.fido2.ctap.PinToken;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence.Attestation;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.webauthn.Registration;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.TouchPrompt;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes credentials on security keys, and tells what is there: by a credential's file without the security key, else from it.
final class Fido2Custodian implements KeyCustodian {
    private final ConnectedKeys connected;
    private final CoseKeys coseKeys;
    private final Enrolling enrolling;
    private final TouchPrompt prompt;
    private final SecureRandom random;

    Fido2Custodian(ConnectedKeys connected, CoseKeys coseKeys, TouchPrompt prompt, SecureRandom random) {
        this.connected = connected;
        this.coseKeys = coseKeys;
        this.enrolling = new Enrolling(connected, coseKeys, prompt, random);
        this.prompt = prompt;
        this.random = random;
    }

    @Override
    public Set<KeySpec> generatable(KeyRef ref) {
        return Set.of(KeySpec.P_256, KeySpec.ED25519);
    }

    @Override
    public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
        Fido2Uri uri = Fido2Uri.parse(ref);
        CredentialFile made = enrolling.make(uri, generation.spec(), access);
        return describe(made, uri.file().orElseThrow());
    }

    @Override
    public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
        Fido2Uri uri = Fido2Uri.parse(ref);
        if (uri.file().isPresent()) {
            return List.of(describe(ref, access));
        }
        List<ConnectedKey> keys = connected.open(uri.device(), access.deadline());
        try {
            List<KeyDescription> found = new ArrayList<>();
            for (ConnectedKey key : keys) {
                found.add(describe(key));
            }
            if (keys.size() == 1) {
                found.addAll(remembered(keys.getFirst(), uri, access));
            }
            return found;
        } finally {
            keys.forEach(ConnectedKey::close);
        }
    }

    private List<KeyDescription> remembered(ConnectedKey key, Fido2Uri uri, KeyAccess access) throws KeyException {
        if (!CredentialManagement.isKnownTo(key.info()) || !key.info().pinSet().orElse(false)) {
            return List.of();
        }
        List<KeyDescription> found = new ArrayList<>();
        try (Unlocking unlocking = new Unlocking(key, access, prompt, random);
                PinToken token = unlocking.token(Permission.CREDENTIAL_MANAGEMENT, Optional.empty())) {
            for (Remembered each : new CredentialManagement(key.ctap(), key.info(), token).all()) {
                if ((uri.rpId().isEmpty() || uri.rpId().equals(each.rpId())) && uri.credential().orElse(each.credentialId()).equals(each.credentialId())) {
                    found.add(new KeyDescription(Fido2Uri.of(each.rpId(), each.credentialId()), each.name(), expected(each.coseKey()),
                            List.of(new Fact("relyingParty", each.rpId()), new Fact("device", key.name()), new Fact("resident", "yes"))));
                }
            }
        } catch (CtapException e) {
            throw key.failure(e);
        }
        return found;
    }

    private ExpectedKey expected(Cbor.Map coseKey) throws CtapException {
        try {
            return new ExpectedKey(coseKeys.read(coseKey), ExpectedKey.Source.SECURITY_KEY);
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    /// The security key itself, which is no key that approves.
    private static KeyDescription describe(ConnectedKey key) {
        AuthenticatorInfo info = key.info();
        return new KeyDescription(Fido2Uri.ofDevice(key.name()), key.name(), null, List.of(
                new Fact("aaguid", Registration.uuid(info.aaguid())),
                new Fact("versions", String.join(", ", info.versions())),
                new Fact("pin", info.pinSet().map(set -> set ? "set" : "not set").orElse("it can have none")),
                new Fact("remembersCredentials", info.has("rk") ? "yes" : "no")));
    }

    @Override
    public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
        Fido2Uri uri = Fido2Uri.parse(ref);
        if (uri.file().isPresent()) {
            return describe(CredentialFile.read(uri.file().get()), uri.file().get());
        }
        List<KeyDescription> found;
        try (ConnectedKey key = connected.only(uri.device(), access.deadline())) {
            found = remembered(key, uri, access);
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new KeyException.NotOne(new Problem(found.isEmpty() ? ErrorCode.KEY_NOT_FOUND : ErrorCode.KEY_AMBIGUOUS, "no credential is described",
                "expected one that the security key remembers, found " + found.size(), found.isEmpty() ? "name the credential's file with file=PATH: what a security key does not "
                + "remember it can't show" : "name one with credential=ID"), found.stream().map(KeyDescription::uri).toList());
    }

    private KeyDescription describe(CredentialFile file, String path) throws KeyException {
        Registration registration = file.registration();
        return new KeyDescription(Fido2Uri.ofFile(file.rpId(), path), file.name(), new ExpectedKey(publicKey(registration, path), ExpectedKey.Source.SECURITY_KEY), List.of(
                new Fact("relyingParty", file.rpId()),
                new Fact("origin", file.origin()),
                new Fact("aaguid", registration.model()),
                new Fact("attestation", registration.format()),
                new Fact("userVerified", registration.userVerified() ? "yes" : "no"),
                new Fact("mayBeCopied", registration.backupEligible() ? "yes" : "no")));
    }

    private PublicKey publicKey(Registration registration, String path) throws KeyException {
        try {
            return coseKeys.read(registration.coseKey());
        } catch (CborException e) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_FILE_INVALID, "the credential's file " + path + " cannot be used", String.valueOf(e.getMessage()),
                    "give the file that chancery key generate fido2:… wrote"), e);
        }
    }

    /// What the security key returned when it made the credential. Its attestation is not verified; that it can't be copied is its word.
    @Override
    public KeyEvidence evidence(KeyRef ref, KeyAccess access) throws KeyException {
        Fido2Uri uri = Fido2Uri.parse(ref);
        if (uri.file().isEmpty()) {
            throw new KeyException.Unsupported("there is no evidence for " + ref.text(),
                    "name the credential's file with file=PATH: a security key attests only when it makes one");
        }
        CredentialFile file = CredentialFile.read(uri.file().get());
        Registration registration = file.registration();
        return new KeyEvidence(describe(file, uri.file().get()), Claim.NOT_SAID, Claim.NOT_SAID, registration.backupEligible() ? Claim.NO : Claim.YES,
                List.of(new Fact("aaguid", registration.model())), registration.certificates(),
                List.of(new Attestation("webauthn " + registration.format(), registration.attestationObject()), new Attestation("clientDataJSON", file.clientDataJson())));
    }
}
