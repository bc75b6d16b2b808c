package dev.chancery.adapters.pkcs11;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the program was told about tokens.
///
/// @param modulePathOrNull the module for URIs that name none
/// @param lanes how many calls one token gets at the same time at most; fewer where it has fewer sessions
/// @param isolation where modules run
/// @param initializeParametersOrNull what C_Initialize is given beyond the standard, as NSS wants it
///     (`configdir='…' certPrefix='' keyPrefix='' secmod='secmod.db' flags=readOnly`); null for nothing
public record Pkcs11Settings(@Nullable String modulePathOrNull, int lanes, Isolation isolation, @Nullable String initializeParametersOrNull) {
    /// Enough for the signing cores of network HSMs.
    public static final int DEFAULT_LANES = 16;

    /// Where modules run.
    public enum Isolation {
        /// In this process. A call that hangs keeps its thread, and a module that crashes takes the program along.
        NONE,
        /// In a helper process for each module, which is ended after a call hung, and started again for the next one. Costs the
        /// start of a Java process at the first call, and a way through two pipes at each signature.
        PROCESS
    }

    /// @throws IllegalArgumentException when there is no lane
    public Pkcs11Settings {
        if (lanes < 1) {
            throw new IllegalArgumentException("a token gets at least one call at a time");
        }
    }

    /// What the environment says: `CHANCERY_PKCS11_MODULE` (a path), `CHANCERY_PKCS11_ISOLATION` (`none` or `process`), and
    /// `CHANCERY_PKCS11_PARAMETERS` (what C_Initialize is given beyond the standard). Where isolation is anything else, modules get a process
    /// of their own: more is kept apart than was asked for, never less.
    public static Pkcs11Settings fromEnvironment(Function<String, @Nullable String> environment) {
        String isolation = environment.apply("CHANCERY_PKCS11_ISOLATION");
        return of(environment.apply("CHANCERY_PKCS11_MODULE"))
                .withIsolation(isolation == null || isolation.isEmpty() || isolation.equals("none") ? Isolation.NONE : Isolation.PROCESS)
                .withInitializeParameters(environment.apply("CHANCERY_PKCS11_PARAMETERS"));
    }

    /// Settings with the default number of lanes, modules in this process, nothing out of the ordinary.
    public static Pkcs11Settings of(@Nullable String modulePathOrNull) {
        return new Pkcs11Settings(modulePathOrNull, DEFAULT_LANES, Isolation.NONE, null);
    }

    /// The same, with another number of lanes.
    public Pkcs11Settings withLanes(int number) {
        return new Pkcs11Settings(modulePathOrNull, number, isolation, initializeParametersOrNull);
    }

    /// The same, with modules elsewhere.
    public Pkcs11Settings withIsolation(Isolation place) {
        return new Pkcs11Settings(modulePathOrNull, lanes, place, initializeParametersOrNull);
    }

    /// The same, with parameters for C_Initialize.
    public Pkcs11Settings withInitializeParameters(@Nullable String parametersOrNull) {
        return new Pkcs11Settings(modulePathOrNull, lanes, isolation, parametersOrNull);
    }

    /// The module for URIs that name none.
    public Optional<String> modulePath() {
        return Optional.ofNullable(modulePathOrNull);
    }

    /// What C_Initialize is given beyond the standard.
    public Optional<String> initializeParameters() {
        return Optional.ofNullable(initializeParametersOrNull);
    }
}
