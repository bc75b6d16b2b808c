package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.AuthenticatorInfo;
import dev.chancery.adapters.fido2.ctap.ClientPin;
import dev.chancery.adapters.fido2.ctap.Ctap;
import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.adapters.fido2.link.CtapLink;
import dev.chancery.adapters.fido2.link.LinkException;
import dev.chancery.adapters.fido2.link.SecurityKeyPort;
import dev.chancery.adapters.fido2.link.SecurityKeyPorts;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding;
import dev.chancery.formats.webauthn.Registration;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Looks at the ways to security keys, and at those that are connected: no touch, no PIN, nothing is changed.
final class Examination {
    private static final String SUBJECT = "security keys";
    private static final int FEW = 3;

    private final List<SecurityKeyPorts> places;
    private final SecureRandom random;

    Examination(List<SecurityKeyPorts> places, SecureRandom random) {
        this.places = List.copyOf(places);
        this.random = random;
    }

    List<Finding> findings(Duration limit) {
        List<Finding> findings = new ArrayList<>();
        boolean any = false;
        for (SecurityKeyPorts place : places) {
            SecurityKeyPorts.Seen seen = place.look();
            for (String barred : seen.barred()) {
                findings.add(barred.startsWith("/dev/")
                        ? Finding.warning(ErrorCode.SECURITY_KEY_MISSING, SUBJECT, barred, "install the rules that give it to whoever is at the machine: on Debian apt-get install libfido2-1")
                        : Finding.note(SUBJECT, barred, "for a security key in a card reader install and start pcscd; for one on USB nothing is needed"));
            }
            for (SecurityKeyPort port : seen.ports()) {
                any = true;
                findings.add(look(port, limit));
            }
        }
        if (!any) {
            findings.add(Finding.warning(ErrorCode.SECURITY_KEY_MISSING, SUBJECT, "none that can be used is connected", "connect one"));
        }
        return findings;
    }

    private Finding look(SecurityKeyPort port, Duration limit) {
        String subject = "security key at " + port.name();
        try (CtapLink link = port.opening().open(); Ctap ctap = new Ctap(link, limit)) {
            AuthenticatorInfo info = ctap.info();
            String told = "model " + Registration.uuid(info.aaguid()) + ", " + String.join(", ", info.versions());
            if (!info.pinSet().orElse(false)) {
                return info.has("uv") ? Finding.good(subject, told + ", unlocked by its user's finger")
                        : Finding.warning(ErrorCode.TOKEN_NOT_READY, subject, told + "; it has no PIN", "set one with its maker's tool: policies want approvals of a user it knows");
            }
            ClientPin.Retries retries = new ClientPin(ctap, info, random).retries();
            String tries = retries.left() + (retries.left() == 1 ? " try is" : " tries are") + " left for its PIN";
            if (retries.left() == 0 || retries.powerCycle()) {
                return Finding.fault(ErrorCode.SECURITY_KEY_PIN_BLOCKED, subject, told + "; " + tries + (retries.powerCycle() ? " once it was taken out and put back" : ""),
                        retries.left() == 0 ? "reset it, which destroys its credentials, and enrol it again" : "take it out and put it back");
            }
            return retries.left() < FEW ? Finding.warning(ErrorCode.PIN_FINAL_TRY, subject, told + "; " + tries, "be sure of the PIN before the next try")
                    : Finding.good(subject, told + ", " + tries);
        } catch (LinkException | CtapException e) {
            return Finding.note(subject, "it does not answer as a security key does: " + e.getMessage(), "another card in a reader is no fault; else take it out and put it back");
        }
    }
}
