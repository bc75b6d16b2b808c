package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.Ctap;
import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.adapters.fido2.ctap.Permission;
import dev.chancery.adapters.fido2.ctap.PinToken;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.webauthn.Registration;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.TouchPrompt;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a credential on the one security key that is connected, and keeps what it returned in a file.
final class Enrolling {
    private static final int CHALLENGE = 32;
    private static final int USER_ID = 16;
    /// WebAuthn L3 §6.4.1: names may be cut off after 64 bytes.
    private static final int MAX_NAME = 64;

    private final ConnectedKeys connected;
    private final CoseKeys coseKeys;
    private final TouchPrompt prompt;
    private final SecureRandom random;

    Enrolling(ConnectedKeys connected, CoseKeys coseKeys, TouchPrompt prompt, SecureRandom random) {
        this.connected = connected;
        this.coseKeys = coseKeys;
        this.prompt = prompt;
        this.random = random;
    }

    CredentialFile make(Fido2Uri uri, KeySpec spec, KeyAccess access) throws KeyException {
        if (uri.rpId().isEmpty() || uri.file().isEmpty() || uri.credential().isPresent()) {
            throw Fido2Uri.malformed("expected a relying party and a file for the new credential, found " + (uri.rpId().isEmpty() ? "no relying party"
                    : uri.file().isEmpty() ? "no file" : "the id of another credential"));
        }
        String name = uri.name().orElse(uri.rpId());
        if (name.isEmpty() || Bytes.ofUtf8(name).size() > MAX_NAME) {
            throw Fido2Uri.malformed("expected a name of 1 to " + MAX_NAME + " bytes, found one of " + Bytes.ofUtf8(name).size());
        }
        long algorithm = algorithm(spec);
        CredentialFile.refuseExisting(uri.file().get());
        String origin = uri.origin().orElse("https://" + uri.rpId());
        Bytes clientData = ClientDataText.write("webauthn.create", random(CHALLENGE), origin);
        CredentialFile made;
        try (ConnectedKey key = connected.only(uri.device(), access.deadline())) {
            made = new CredentialFile(uri.rpId(), origin, name, make(key, uri, new Ctap.Making(uri.rpId(), name, random(USER_ID), algorithm, uri.resident()), clientData,
                    access), clientData);
        }
        made.write(uri.file().get());
        return made;
    }

    private Registration make(ConnectedKey key, Fido2Uri uri, Ctap.Making making, Bytes clientData, KeyAccess access) throws KeyException {
        // A security key with a PIN wants it for each new credential, unless it says otherwise (CTAP 2.1 §6.1.2, makeCredUvNotRqd).
        boolean unlock = uri.verification() || key.info().has("alwaysUv") || key.info().pinSet().orElse(false) && !key.info().has("makeCredUvNotRqd");
        try (Unlocking unlocking = new Unlocking(key, access, prompt, random);
                @Nullable PinToken token = unlock ? unlocking.token(Permission.MAKE_CREDENTIAL, Optional.of(making.rpId())) : null) {
            prompt.touch(key.place(), key.limit());
            Registration made = key.ctap().makeCredential(making, HashAlgorithm.SHA_256.digest(clientData).value(), token);
            check(made, making, token != null);
            return made;
        } catch (CtapException e) {
            throw key.failure(e);
        }
    }

    /// WebAuthn L3 §7.1, of what can go wrong between a program and the security key in its hand.
    private void check(Registration made, Ctap.Making making, boolean unlocked) throws CtapException {
        if (!made.rpIdHash().equals(CredentialFile.hash(making.rpId()))) {
            throw CtapException.unsound("expected a credential for " + making.rpId() + ", found one for another relying party");
        }
        if (!made.userPresent() || unlocked && !made.userVerified()) {
            throw CtapException.unsound("expected that somebody touched it" + (unlocked ? " and was verified" : "") + ", found flags that say otherwise");
        }
        try {
            coseKeys.read(made.coseKey());
        } catch (CborException e) {
            throw CtapException.of(e);
        }
        if (!made.coseKey().get(3).equals(Optional.of(new Cbor.Int(making.algorithm())))) {
            throw CtapException.unsound("expected a key for COSE algorithm " + making.algorithm() + ", found another");
        }
    }

    private static long algorithm(KeySpec spec) throws KeyException {
        return switch (spec) {
            case P_256 -> CoseKeys.ES256;
            case ED25519 -> CoseKeys.EDDSA;
            case P_384, P_521, RSA_2048, RSA_3072, RSA_4096, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw new KeyException.AlgorithmUnsupported(
                    new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, "no credential was made", "expected p256 or ed25519 for a security key, found " + spec.cliName(),
                            "use --type p256"), null);
        };
    }

    private Bytes random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }
}
