package dev.chancery.adapters.fido2.ctap;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a security key says of itself (CTAP 2.1 §6.4, `authenticatorGetInfo`). Nothing proves it.
///
/// @param versions such as `FIDO_2_0`
/// @param aaguid its model, 16 bytes
/// @param options those it names
/// @param pinProtocols PIN/UV auth protocols, the preferred first
/// @param algorithms COSE algorithms; empty where it doesn't say
public record AuthenticatorInfo(List<String> versions, Bytes aaguid, Map<String, Boolean> options, List<Long> pinProtocols, List<Long> algorithms) {
    private static final int AAGUID = 16;

    public AuthenticatorInfo {
        versions = List.copyOf(versions);
        options = Map.copyOf(options);
        pinProtocols = List.copyOf(pinProtocols);
        algorithms = List.copyOf(algorithms);
    }

    static AuthenticatorInfo read(Cbor.Map answer) throws CborException {
        Bytes aaguid = answer.bytes(0x03);
        if (aaguid.size() != AAGUID) {
            throw new CborException("expected an AAGUID of 16 bytes, found " + aaguid.size());
        }
        List<String> versions = new ArrayList<>();
        for (Cbor version : elements(answer, 0x01)) {
            if (version instanceof Cbor.Text(String text)) {
                versions.add(text);
            }
        }
        Map<String, Boolean> options = new HashMap<>();
        if (answer.get(0x04).orElse(null) instanceof Cbor.Map map) {
            map.entries().forEach((name, value) -> {
                if (name instanceof Cbor.Text(String text) && value instanceof Cbor.Bool(boolean set)) {
                    options.put(text, set);
                }
            });
        }
        List<Long> protocols = new ArrayList<>();
        for (Cbor protocol : elements(answer, 0x06)) {
            if (protocol instanceof Cbor.Int(long number)) {
                protocols.add(number);
            }
        }
        List<Long> algorithms = new ArrayList<>();
        for (Cbor algorithm : elements(answer, 0x0a)) {
            if (algorithm instanceof Cbor.Map map && map.get("alg").orElse(null) instanceof Cbor.Int(long number)) {
                algorithms.add(number);
            }
        }
        return new AuthenticatorInfo(versions, aaguid, options, protocols, algorithms);
    }

    private static List<Cbor> elements(Cbor.Map answer, long key) {
        return answer.get(key).orElse(null) instanceof Cbor.Array(List<Cbor> elements) ? elements : List.of();
    }

    /// Whether it has an option, and it is on.
    public boolean has(String option) {
        return options.getOrDefault(option, false);
    }

    /// The state of its PIN: nothing where it can have none, else whether one is set.
    public Optional<Boolean> pinSet() {
        return Optional.ofNullable(options.get("clientPin"));
    }
}
