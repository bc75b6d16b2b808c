package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.ports.key.KeyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Finds the module and the token that a reference names.
///
/// @param settings the module for references that name none
record Tokens(Pkcs11Settings settings) {
    /// Calls that belong to no token yet, such as listing the slots.
    private static final Lanes MODULE_CALLS = new Lanes(4);

    /// A token in its module.
    record Place(TokenModule module, TokenInfo token) {}

    /// The module of a reference, loaded.
    ///
    /// @throws KeyException when none is named, or it can't be loaded in time
    TokenModule module(Pkcs11KeyRef ref, Duration deadline) throws KeyException {
        String text = ref.modulePath().or(settings::modulePath).orElseThrow(() -> new KeyException.BackendUnusable(
                new Problem(ErrorCode.MODULE_MISSING, "no token was opened",
                        "neither the URI nor CHANCERY_PKCS11_MODULE names a PKCS#11 module",
                        "add ?module-path=/path/of/module.so to the URI"), null));
        return run("module " + text, deadline, () -> TokenModule.at(Path.of(text), settings));
    }

    /// The one token that a reference names. Slots with tokens that were never initialised count only where the reference names them by
    /// number.
    ///
    /// @throws KeyException.NotOne when none or several match; with what is there
    Place find(Pkcs11KeyRef ref, Duration deadline) throws KeyException {
        TokenModule module = module(ref, deadline);
        List<TokenInfo> usable = usable(module, ref, deadline);
        List<TokenInfo> matching = usable.stream().filter(token -> matches(ref, token)).toList();
        if (matching.size() == 1) {
            return new Place(module, matching.getFirst());
        }
        throw notOne(usable, matching);
    }

    /// All tokens that a reference matches.
    ///
    /// @throws KeyException.NotOne when none does; with what is there
    List<Place> findAll(Pkcs11KeyRef ref, Duration deadline) throws KeyException {
        TokenModule module = module(ref, deadline);
        List<TokenInfo> usable = usable(module, ref, deadline);
        List<TokenInfo> matching = usable.stream().filter(token -> matches(ref, token)).toList();
        if (matching.isEmpty()) {
            throw notOne(usable, matching);
        }
        return matching.stream().map(token -> new Place(module, token)).toList();
    }

    /// Every token of a module, never initialised ones included.
    List<TokenInfo> all(TokenModule module, Duration deadline) throws KeyException {
        return run("module " + module.path(), deadline, () -> listed(module));
    }

    private static List<TokenInfo> usable(TokenModule module, Pkcs11KeyRef ref, Duration deadline) throws KeyException {
        List<TokenInfo> all = run("module " + module.path(), deadline, () -> listed(module));
        return all.stream().filter(token -> token.has(Ck.CKF_TOKEN_INITIALIZED) || ref.slotId().isPresent()).toList();
    }

    private static KeyException.NotOne notOne(List<TokenInfo> usable, List<TokenInfo> matching) {
        List<String> lines = (matching.isEmpty() ? usable : matching).stream().map(TokenInfo::display).toList();
        String listed = lines.isEmpty() ? "no token at all" : String.join(", ", lines);
        return new KeyException.NotOne(matching.isEmpty()
                ? new Problem(ErrorCode.TOKEN_NOT_FOUND, "no token was opened", "no token matches the URI; the module has " + listed,
                        "name one with token= or serial=, or plug it in")
                : new Problem(ErrorCode.TOKEN_AMBIGUOUS, "no token was opened", matching.size() + " tokens match the URI: " + listed,
                        "name one with token=, serial= or slot-id="), lines);
    }

    /// A module that can't even list its slots has lost what it talks to, as p11-kit's client has after a cut: it begins anew as a whole,
    /// once.
    private static List<TokenInfo> listed(TokenModule module) throws CkException, KeyException {
        TokenModule.Running running = module.running();
        try {
            return module.use(() -> running.cryptoki().tokens());
        } catch (CkException e) {
            if (!e.isLoss() || !module.reinitialize(running.generation())) {
                throw e;
            }
            return module.use(() -> module.cryptoki().tokens());
        }
    }

    static boolean matches(Pkcs11KeyRef ref, TokenInfo token) {
        return ref.token().map(token.label()::equals).orElse(true)
                && ref.serial().map(token.serial()::equals).orElse(true)
                && ref.manufacturer().map(token.manufacturer()::equals).orElse(true)
                && ref.model().map(token.model()::equals).orElse(true)
                && ref.slotId().map(slot -> slot == token.slot()).orElse(true);
    }

    /// The mechanisms of a token that have a flag.
    ///
    /// @throws KeyException when it doesn't say
    static java.util.Set<Long> mechanisms(Place place, long flag, Duration deadline) throws KeyException {
        return run("token " + place.token().label(), deadline,
                () -> place.module().use(() -> place.module().cryptoki().mechanisms(place.token().slot(), flag)));
    }

    /// What the module of a token says of itself.
    ///
    /// @throws KeyException when it doesn't say
    static String describe(Place place, Duration deadline) throws KeyException {
        return run("module of token " + place.token().label(), deadline, () -> place.module().use(() -> place.module().cryptoki().describe()));
    }

    static <T> T run(String what, Duration deadline, Lanes.Work<T> work) throws KeyException {
        try {
            return MODULE_CALLS.run(what, Deadline.in(deadline), work);
        } catch (CkException e) {
            throw TokenErrors.of("the " + what, e);
        }
    }
}
