package dev.chancery.verification.quorum;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyId;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.quorum.QuorumResult.MemberResult;
import dev.chancery.verification.quorum.QuorumResult.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Verifies quorums against keys and a threshold. Thread-safe; opens no socket.
public final class QuorumVerifier {
    private final VerificationEngine engine;

    /// A verifier that judges each member by an engine.
    public QuorumVerifier(VerificationEngine engine) {
        this.engine = engine;
    }

    /// How many distinct keys there are among those who are expected.
    public static long distinct(List<Expected> expected) {
        return expected.stream().map(each -> each.trust().key().id()).distinct().count();
    }

    /// Comes to a verdict. Blocks while the artifact is read, once for each member that verifies, so that its source has to open more than once.
    ///
    /// @param expected at least one; a key that is given twice is one signer
    /// @param threshold how many distinct signers are wanted, 1 to [#distinct(List)]
    /// @throws IllegalArgumentException for another threshold
    public QuorumResult verify(QuorumBundle quorum, Target target, List<Expected> expected, int threshold, Expectations expectations) {
        if (threshold < 1 || threshold > distinct(expected)) {
            throw new IllegalArgumentException("a threshold is from 1 to the number of distinct keys");
        }
        Map<KeyId, Expected> byKey = new LinkedHashMap<>();
        expected.forEach(each -> byKey.putIfAbsent(each.trust().key().id(), each));
        Map<KeyId, Integer> counted = new HashMap<>();
        Set<KeyId> possible = new HashSet<>();
        List<MemberResult> results = new ArrayList<>();
        for (Member member : quorum.members()) {
            MemberResult result = switch (member) {
                case Member.Sigstore sigstore -> judge(sigstore, target, byKey, expectations, possible);
            };
            results.add(firstOnly(result, results.size(), counted));
        }
        possible.addAll(counted.keySet());
        Verdict verdict = counted.size() >= threshold ? Verdict.ACCEPTED : possible.size() >= threshold ? Verdict.UNKNOWN : Verdict.REJECTED;
        List<String> missing = byKey.entrySet().stream().filter(each -> !counted.containsKey(each.getKey())).map(each -> each.getValue().name()).toList();
        return new QuorumResult(verdict, threshold, missing, results);
    }

    private static MemberResult firstOnly(MemberResult result, int index, Map<KeyId, Integer> counted) {
        if (result.standing() != Standing.COUNTED) {
            return result;
        }
        VerifiedSignature signature = result.signature().orElseThrow();
        Integer first = counted.putIfAbsent(signature.keyId(), index);
        return first == null ? result : new MemberResult(result.member(), Standing.DUPLICATE, result.signerOrNull(), signature,
                List.of(new Reason(ErrorCode.MEMBER_DUPLICATE, "member " + (index + 1) + ": expected a key that has not signed yet, found key "
                        + signature.keyId().hex() + " of member " + (first + 1) + " again")));
    }

    /// A member that names no expected key is a stranger's; one that names a key, or none, has to verify with it, or with one of them.
    private MemberResult judge(Member.Sigstore member, Target target, Map<KeyId, Expected> byKey, Expectations expectations, Set<KeyId> possible) {
        SigstoreBundle bundle = member.bundle();
        List<Reason> reasons = new ArrayList<>();
        Standing standing = Standing.FOREIGN;
        for (Map.Entry<KeyId, Expected> each : byKey.entrySet()) {
            Expected signer = each.getValue();
            VerificationResult result = engine.verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle)), target, signer.trust(),
                    expectations, signer.requirements()));
            if (result.verdict() == Verdict.ACCEPTED) {
                return new MemberResult(QuorumCodec.digest(member), Standing.COUNTED, signer.name(), result.verified().getFirst(), List.of());
            }
            if (isForAnother(result)) {
                continue;
            }
            if (result.verdict() == Verdict.UNKNOWN) {
                possible.add(each.getKey());
            }
            standing = result.verdict() == Verdict.UNKNOWN || standing == Standing.UNKNOWN ? Standing.UNKNOWN : Standing.FAILED;
            result.reasons().forEach(reason -> reasons.add(new Reason(reason.code(), signer.name() + ": " + reason.message())));
        }
        if (standing == Standing.FOREIGN) {
            reasons.add(new Reason(ErrorCode.MEMBER_FOREIGN, "expected one of the keys of " + byKey.values().stream().map(Expected::name).toList()
                    + ", found " + named(bundle)));
        }
        return new MemberResult(QuorumCodec.digest(member), standing, null, null, reasons);
    }

    private static boolean isForAnother(VerificationResult result) {
        return result.reasons().stream().anyMatch(reason -> reason.code() == ErrorCode.KEY_MISMATCH || reason.code() == ErrorCode.KEY_ID_MISMATCH);
    }

    private static String named(SigstoreBundle bundle) {
        return switch (bundle.keyMaterial()) {
            case SigstoreBundle.KeyMaterial.PublicKeyHint(String hint) -> "the key named " + hint;
            case SigstoreBundle.KeyMaterial.Certificates _ -> "a certificate";
        };
    }
}
