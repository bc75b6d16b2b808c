package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.link.HidrawPorts;
import dev.chancery.adapters.fido2.link.PcscPorts;
import dev.chancery.adapters.fido2.link.SecurityKeyPorts;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.key.AssertionKeys;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.ports.key.TouchPrompt;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Credentials on security keys. As a back end of keys it makes and describes them; what they approve with is [#assertionKeys()], since they sign no
/// bytes of ours.
public final class Fido2Backend implements KeyBackend {
    private final Fido2Keys keys;
    private final Fido2Custodian custodian;
    private final Examination examination;

    /// @param places where to look for security keys, in order
    public Fido2Backend(List<SecurityKeyPorts> places, PublicKeyDecoder decoder, TouchPrompt prompt, SecureRandom random) {
        ConnectedKeys connected = new ConnectedKeys(places);
        this.keys = new Fido2Keys(connected, prompt, random);
        this.examination = new Examination(places, random);
        this.custodian = new Fido2Custodian(connected, new CoseKeys(decoder), prompt, random);
    }

    /// Where security keys are on this machine: card readers, and USB as Linux shows it.
    public static List<SecurityKeyPorts> here(SecureRandom random) {
        return List.of(new PcscPorts(), new HidrawPorts(Path.of("/sys/class/hidraw"), Path.of("/dev"), random));
    }

    /// Credentials to approve with.
    public AssertionKeys assertionKeys() {
        return keys;
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return keys.accepts(ref);
    }

    /// Never opens one: a security key approves requests, and its approvals are no signatures over files.
    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        throw new KeyException.MayNotSign(new Problem(ErrorCode.KEY_MAY_NOT_SIGN, "the security key " + ref.text() + " was not asked",
                "it signs what WebAuthn has it sign, never a file or a statement itself",
                "make a request with chancery request create, and approve that with chancery request approve --key fido2:…"), null);
    }

    @Override
    public List<Finding> examine(KeyRef ref, Duration deadline, Instant now) throws KeyException {
        Fido2Uri.parse(ref);
        return examination.findings(deadline);
    }

    @Override
    public KeyCustodian custodian() {
        return custodian;
    }
}
