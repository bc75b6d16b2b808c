package dev.chancery.application.evidence;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.trust.Service;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.ServiceGroup.Selection;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.ports.sigstore.SigstoreServices;
import java.time.Instant;
import java.util.List;

/// Which services will be asked, settled before anything is signed.
///
/// @param issuers certificate authorities, of which the first that answers serves; none when a key stands for itself
record ServicePlan(List<Service> issuers, Group logs, Group authorities) {
    /// Services of one kind.
    ///
    /// @param services the candidates, in the order in which they are tried
    /// @param wanted how many of them
    record Group(List<Service> services, int wanted) {
        Group {
            services = List.copyOf(services);
        }
    }

    /// Chooses (protobuf-specs, sigstore_trustroot.proto, SigningConfig).
    ///
    /// @param keyless whether a certificate is wanted, which is worth nothing without a proof of time
    static ServicePlan of(SigningConfig config, SigstoreServices services, Instant now, boolean keyless) throws EvidenceException.BeforeSigning {
        List<Service> issuers = keyless ? Service.usable(config.certificateAuthorities(), services.issuerVersions(), now) : List.of();
        if (keyless && issuers.isEmpty()) {
            throw none("expected a certificate authority (caUrls) that can be used now, found " + config.certificateAuthorities().size()
                    + " that can't");
        }
        ServicePlan rest = resuming(config, services, now, keyless);
        return new ServicePlan(issuers, rest.logs(), rest.authorities());
    }

    /// Chooses without certificate authorities, for what is signed already.
    static ServicePlan resuming(SigningConfig config, SigstoreServices services, Instant now, boolean keyless) throws EvidenceException.BeforeSigning {
        Group logs = group("transparency logs", config.transparencyLogs(), Service.usable(config.transparencyLogs().services(), services.logVersions(), now));
        Group authorities = group("timestamp authorities", config.timestampAuthorities(),
                Service.usable(config.timestampAuthorities().services(), services.timestampVersions(), now));
        if (keyless && authorities.wanted() == 0 && logs.services().stream().noneMatch(log -> log.majorApiVersion() == 1)) {
            throw none("a certificate needs a proof of when it signed: expected a timestamp authority or a Rekor v1 log, found neither");
        }
        return new ServicePlan(List.of(), logs, authorities);
    }

    private static Group group(String what, ServiceGroup group, List<Service> usable) throws EvidenceException.BeforeSigning {
        int wanted = switch (group.selection()) {
            case Selection.All _ -> usable.size();
            case Selection.Any _ -> 1;
            case Selection.Exactly(int count) -> count;
            case Selection.None _ -> 0;
        };
        if (usable.size() < wanted || usable.isEmpty() && !group.services().isEmpty()) {
            throw none("expected " + Math.max(1, wanted) + " " + what + " that can be used now, found " + usable.size() + " of "
                    + group.services().size());
        }
        return new Group(usable, wanted);
    }

    private static EvidenceException.BeforeSigning none(String why) {
        return new EvidenceException.BeforeSigning(new Problem(ErrorCode.NO_USABLE_SERVICE, "nothing was signed", why,
                "get a current signing configuration, or correct it"), null);
    }
}
