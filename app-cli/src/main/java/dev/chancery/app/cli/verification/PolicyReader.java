package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.keyring.Keyring;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.formats.keyring.KeyringCodec;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicySurroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;

/// Reads policies: those that the command line names, and the site's floor. Nothing is looked for anywhere else, the working directory least
/// of all.
public final class PolicyReader {
    /// The site's floor, where there is one.
    static final String SITE_FILE = "/etc/chancery/policy.yaml";

    /// Names a further floor. It adds to the site's file and never replaces it.
    static final String SITE_VARIABLE = "CHANCERY_SITE_POLICY";

    private final PolicyBinder binder;
    private final TrustReader trusts;
    private final RevocationSources revocations;
    private final Function<String, @Nullable String> environment;

    @Inject
    PolicyReader(PolicyBinder binder, TrustReader trusts, RevocationSources revocations, @Named("environment") Function<String, @Nullable String> environment) {
        this.binder = binder;
        this.trusts = trusts;
        this.revocations = revocations;
        this.environment = environment;
    }

    /// A policy, not bound.
    ///
    /// @throws ProblemException when it can't be read
    public static VerificationPolicy read(String path) throws ProblemException {
        return PolicyCodec.read(UserFiles.read(path, VerificationPolicy.MAX_LENGTH));
    }

    /// A keyring.
    ///
    /// @throws ProblemException when it can't be read
    public static Keyring keyring(String path) throws ProblemException {
        return KeyringCodec.read(UserFiles.read(path, Keyring.MAX_LENGTH));
    }

    /// The policies of a file. About revocation they learn what is in the cache.
    ///
    /// @param roots paths of the trusted roots that go with them
    /// @throws ProblemException when one can't be read or used
    public List<BoundPolicy> read(List<String> paths, List<String> roots) throws ProblemException {
        return read(paths, roots, Optional.empty(), revocations.cache());
    }

    /// The policies of a command line, or of a line of a batch.
    ///
    /// @param roots paths of the trusted roots that go with them
    /// @param keyring path of the keyring that goes with them
    /// @param source where they learn about revocation
    /// @throws ProblemException when one can't be read or used
    public List<BoundPolicy> read(List<String> paths, List<String> roots, Optional<String> keyring, RevocationSource source) throws ProblemException {
        List<BoundPolicy> policies = new ArrayList<>();
        PolicySurroundings surroundings = new PolicySurroundings(trusts.root(roots).orElse(null), keyring.isPresent() ? keyring(keyring.get()) : null, source);
        for (String path : paths) {
            policies.add(binder.bindAmong(read(path), path, surroundings));
        }
        return policies;
    }

    /// The site's floor: policies that are met beside whatever else decides. They go with the trusted root that lies beside them
    /// (`trusted_root.json`) and the keyring there (`keyring.json`), never with the command line's, which could name authorities of its own.
    ///
    /// @throws ProblemException when one is there and can't be read or used: a floor that is broken lets nothing through
    public List<BoundPolicy> floor() throws ProblemException {
        return floor(revocations.cache());
    }

    /// The same with another source for what they learn about revocation: that isn't authority, but evidence.
    ///
    /// @throws ProblemException as above
    public List<BoundPolicy> floor(RevocationSource source) throws ProblemException {
        Set<String> files = new LinkedHashSet<>();
        if (UserFiles.exists(SITE_FILE)) {
            files.add(SITE_FILE);
        }
        String named = environment.apply(SITE_VARIABLE);
        if (named != null && !named.isEmpty()) {
            files.add(named);
        }
        List<BoundPolicy> floor = new ArrayList<>();
        for (String file : files) {
            Path root = UserFiles.path(file).resolveSibling("trusted_root.json");
            Path keyring = UserFiles.path(file).resolveSibling("keyring.json");
            floor.addAll(read(List.of(file), UserFiles.exists(root.toString()) ? List.of(root.toString()) : List.of(),
                    UserFiles.exists(keyring.toString()) ? Optional.of(keyring.toString()) : Optional.empty(), source));
        }
        return floor;
    }
}
