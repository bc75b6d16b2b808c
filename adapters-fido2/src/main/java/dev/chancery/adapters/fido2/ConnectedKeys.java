package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.AuthenticatorInfo;
import dev.chancery.adapters.fido2.ctap.Ctap;
import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.adapters.fido2.link.CtapLink;
import dev.chancery.adapters.fido2.link.LinkException;
import dev.chancery.adapters.fido2.link.SecurityKeyPort;
import dev.chancery.adapters.fido2.link.SecurityKeyPorts;
import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The security keys that are connected now.
final class ConnectedKeys {
    private final List<SecurityKeyPorts> places;

    ConnectedKeys(List<SecurityKeyPorts> places) {
        this.places = List.copyOf(places);
    }

    /// Opens each. Asks for nothing: no touch and no PIN.
    ///
    /// @param device the beginning of the name of the only one that is meant
    /// @param limit how long one command to them may take from now on
    /// @return at least one; the caller closes them
    /// @throws KeyException when there is none
    List<ConnectedKey> open(Optional<String> device, Duration limit) throws KeyException {
        List<ConnectedKey> found = new ArrayList<>();
        List<String> barred = new ArrayList<>();
        for (SecurityKeyPorts place : places) {
            SecurityKeyPorts.Seen seen = place.look();
            barred.addAll(seen.barred());
            for (SecurityKeyPort port : seen.ports()) {
                if (device.isPresent() && !port.name().startsWith(device.get())) {
                    barred.add(port.name() + " is not meant");
                    continue;
                }
                try {
                    found.add(open(port, limit));
                } catch (LinkException e) {
                    barred.add(port.name() + ": " + e.getMessage());
                } catch (CtapException e) {
                    barred.add(port.name() + ": " + e.getMessage());
                }
            }
        }
        if (found.isEmpty()) {
            throw Fido2Failures.missing(barred);
        }
        return found;
    }

    private static ConnectedKey open(SecurityKeyPort port, Duration limit) throws LinkException, CtapException {
        CtapLink link = port.opening().open();
        boolean opened = false;
        try {
            Ctap ctap = new Ctap(link, limit);
            AuthenticatorInfo info = ctap.info();
            opened = true;
            return new ConnectedKey(port.name(), ctap, info, limit);
        } finally {
            if (!opened) {
                link.close();
            }
        }
    }

    /// Opens the only one.
    ///
    /// @throws KeyException when there is none, or several
    ConnectedKey only(Optional<String> device, Duration limit) throws KeyException {
        List<ConnectedKey> found = open(device, limit);
        if (found.size() > 1) {
            found.forEach(ConnectedKey::close);
            throw Fido2Failures.several(found.stream().map(ConnectedKey::name).toList());
        }
        return found.getFirst();
    }
}
