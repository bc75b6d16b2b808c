package dev.chancery.domain.certificate;

import java.util.Optional;

/// What Fulcio writes into a certificate about the identity token it was issued for (fulcio, docs/oid-info.md): extensions under
/// 1.3.6.1.4.1.57264.1.
public enum FulcioClaim {
    /// The older form of the issuer; [#ISSUER_V2] where both are there.
    ISSUER("issuer", 1),
    GITHUB_WORKFLOW_TRIGGER("githubWorkflowTrigger", 2),
    GITHUB_WORKFLOW_SHA("githubWorkflowSha", 3),
    GITHUB_WORKFLOW_NAME("githubWorkflowName", 4),
    GITHUB_WORKFLOW_REPOSITORY("githubWorkflowRepository", 5),
    GITHUB_WORKFLOW_REF("githubWorkflowRef", 6),
    ISSUER_V2("issuerV2", 8),
    BUILD_SIGNER_URI("buildSignerUri", 9),
    BUILD_SIGNER_DIGEST("buildSignerDigest", 10),
    RUNNER_ENVIRONMENT("runnerEnvironment", 11),
    SOURCE_REPOSITORY_URI("sourceRepositoryUri", 12),
    SOURCE_REPOSITORY_DIGEST("sourceRepositoryDigest", 13),
    SOURCE_REPOSITORY_REF("sourceRepositoryRef", 14),
    SOURCE_REPOSITORY_IDENTIFIER("sourceRepositoryIdentifier", 15),
    SOURCE_REPOSITORY_OWNER_URI("sourceRepositoryOwnerUri", 16),
    SOURCE_REPOSITORY_OWNER_IDENTIFIER("sourceRepositoryOwnerIdentifier", 17),
    BUILD_CONFIG_URI("buildConfigUri", 18),
    BUILD_CONFIG_DIGEST("buildConfigDigest", 19),
    BUILD_TRIGGER("buildTrigger", 20),
    RUN_INVOCATION_URI("runInvocationUri", 21),
    SOURCE_REPOSITORY_VISIBILITY("sourceRepositoryVisibilityAtSigning", 22),
    DEPLOYMENT_ENVIRONMENT("deploymentEnvironment", 23),
    /// The token's subject as it stood there.
    TOKEN_SUBJECT("tokenSubject", 24);

    /// What all of their object identifiers begin with.
    public static final String ARC = "1.3.6.1.4.1.57264.1.";

    private static final int LAST_RAW = 6;

    private final String label;
    private final int number;

    FulcioClaim(String label, int number) {
        this.label = label;
        this.number = number;
    }

    /// The name, as in policies and JSON.
    public String label() {
        return label;
    }

    /// The extension's object identifier, dotted.
    public String oid() {
        return ARC + number;
    }

    /// Whether the extension's value is the bare text, as in the first six, and not a DER UTF8String.
    public boolean isRaw() {
        return number <= LAST_RAW;
    }

    /// The claim with an object identifier.
    public static Optional<FulcioClaim> ofOid(String oid) {
        for (FulcioClaim claim : values()) {
            if (claim.oid().equals(oid)) {
                return Optional.of(claim);
            }
        }
        return Optional.empty();
    }
}
