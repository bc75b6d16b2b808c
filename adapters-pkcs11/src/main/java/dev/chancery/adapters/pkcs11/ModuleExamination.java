package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at a module, its slots and its tokens, without a login.
///
/// @param tokens finds the module
record ModuleExamination(Tokens tokens) {
    List<Finding> of(Pkcs11KeyRef ref, Duration deadline, Instant now) throws KeyException {
        TokenModule module = tokens.module(ref, deadline);
        List<Finding> findings = new ArrayList<>();
        String what = "module " + module.path();
        findings.add(Finding.good(what, Tokens.run(what, deadline, () -> module.use(() -> module.cryptoki().describe()))));
        permissions(module.path(), what).forEach(findings::add);
        List<SlotInfo> slots = Tokens.run(what, deadline, () -> module.use(() -> module.cryptoki().slots()));
        findings.add(Finding.good("slots of " + what, slots.size() + ", of which " + slots.stream().filter(SlotInfo::occupied).count() + " with a token"));
        for (SlotInfo slot : slots) {
            if (!slot.occupied()) {
                findings.add(Finding.note("slot " + slot.number() + " (" + slot.description() + ")", "it is empty", ""));
            }
        }
        List<TokenInfo> all = tokens.all(module, deadline);
        List<TokenInfo> matching = all.stream().filter(token -> Tokens.matches(ref, token)).toList();
        if (matching.stream().noneMatch(token -> token.has(Ck.CKF_TOKEN_INITIALIZED))) {
            findings.add(Finding.fault(ErrorCode.NO_USABLE_TOKEN, what, "none of its " + all.size() + " tokens is initialised and matches the URI",
                    "plug the token in, initialise it, or name another with token=; a SoftHSM2 token is found only with its SOFTHSM2_CONF"));
        }
        for (TokenInfo token : matching) {
            Tokens.Place place = new Tokens.Place(module, token);
            findings.addAll(TokenExamination.of(token, Tokens.mechanisms(place, Ck.CKF_SIGN, deadline),
                    Tokens.mechanisms(place, Ck.CKF_GENERATE_KEY_PAIR, deadline), now));
        }
        return findings;
    }

    /// Whoever can replace the module has the PIN and the keys' use.
    private static List<Finding> permissions(Path module, String what) {
        List<Finding> findings = new ArrayList<>();
        try {
            Path real = module.toRealPath();
            for (Path each = real; each != null; each = each.getParent()) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS);
                boolean sticky = Files.getAttribute(each, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode && (mode & 01000) != 0;
                if (!sticky && (permissions.contains(PosixFilePermission.OTHERS_WRITE) || permissions.contains(PosixFilePermission.GROUP_WRITE))) {
                    findings.add(Finding.warning(ErrorCode.OTHERS_MAY_WRITE, what, "others can write to " + each + ", and so replace the module, which is told the PIN",
                            "run chmod go-w on it, or move the module"));
                }
            }
        } catch (IOException | UnsupportedOperationException e) {
            findings.add(Finding.note(what, "its permissions cannot be looked at: " + e.getMessage(), ""));
        }
        return findings;
    }
}
