package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.verification.PolicyReader;
import dev.chancery.app.cli.verification.RevocationSources;
import dev.chancery.app.cli.verification.TrustReader;
import dev.chancery.application.approval.ApprovalException;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicyScope;
import dev.chancery.verification.policy.PolicySurroundings;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.ParseResult;

/// Reads a request, once, with what is known of its requester.
public final class RequestReader {
    private final VerificationEngine engine;
    private final PublicKeyDecoder publicKeys;
    private final PolicyBinder binder;
    private final TrustReader trusts;
    private final RevocationSources revocations;

    @Inject
    RequestReader(VerificationEngine engine, PublicKeyDecoder publicKeys, PolicyBinder binder, TrustReader trusts,
            RevocationSources revocations) {
        this.engine = engine;
        this.publicKeys = publicKeys;
        this.binder = binder;
        this.trusts = trusts;
        this.revocations = revocations;
    }

    /// A request.
    ///
    /// @param standing what is known of the requester, in words
    public record Known(ApprovalRequest request, String standing, boolean proven) {}

    /// Reads a request, and verifies its requester where the command line names a key.
    ///
    /// @throws ProblemException when it can't be read, or isn't by the requester who is expected
    public Known read(String file, ParseResult line) throws ProblemException {
        ApprovalRequestCodec.Read read = ApprovalRequestCodec.read(UserFiles.read(file, ApprovalRequest.MAX_LENGTH));
        Optional<String> key = Options.text(line, "--requester-key");
        if (key.isEmpty()) {
            return new Known(read.request(), read.signature().isEmpty() ? "unsigned, requester claimed" : "signed, and not verified without --requester-key", false);
        }
        if (read.signature().isEmpty()) {
            throw ApprovalException.requesterNotProven("no signature");
        }
        Trust.Key trust = new Trust.Key(publicKeys.decodePem(UserFiles.read(key.get(), PublicKeyDecoder.MAX_LENGTH)), null);
        VerificationResult result = engine.verify(new VerificationRequest(Evidence.of(read.signature().get()), new Target.OfDigest(read.request().id()), trust,
                new Expectations(ApprovalRequest.STATEMENT_TYPE)));
        if (result.verdict() != Verdict.ACCEPTED) {
            throw ApprovalException.requesterNotProven(result.reasons().getFirst().code().code() + " " + result.reasons().getFirst().message());
        }
        return new Known(read.request(), "signed by key " + trust.key().id().hex() + ", verified", true);
    }

    /// The request's policy, with its demands for such a statement.
    ///
    /// @throws ProblemException when it is another policy, or can't be used
    public BoundPolicy policy(String file, ApprovalRequest request, ParseResult line) throws ProblemException {
        VerificationPolicy policy = PolicyReader.read(file);
        if (!policy.digest().equals(request.policy().digest())) {
            throw ApprovalException.policyDiffers(request, file, policy.digest());
        }
        String type = request.statement().predicateType();
        VerificationPolicy about = PolicyScope.of(policy, type).orElseThrow(() -> ApprovalException.demandsNothing(file, type));
        Optional<String> keyring = Options.text(line, "--keyring");
        return binder.bindAmong(about, file, new PolicySurroundings(trusts.root(Options.many(line, "--trusted-root")).orElse(null),
                keyring.isPresent() ? PolicyReader.keyring(keyring.get()) : null, revocations.cache()));
    }
}
