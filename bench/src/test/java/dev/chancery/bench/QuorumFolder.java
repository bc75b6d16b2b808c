package dev.chancery.bench;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Writes quorums of a hundred signatures over attestations of 2 KB into a folder, with a policy that wants all hundred (`policy.yaml`), and the batch that
/// names them (`batch.jsonl`): `QuorumFolder FOLDER COUNT`.
public final class QuorumFolder {
    private QuorumFolder() {}

    /// Makes the folder.
    ///
    /// @param arguments folder and count
    public static void main(String[] arguments) throws IOException, FormatException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Files.createDirectories(folder);
        List<MadeBundles> makers = Stream.generate(MadeBundles::new).limit(QuorumBundle.MAX_MEMBERS).toList();
        Files.writeString(folder.resolve("policy.yaml"), policy(makers));
        try (OutputStream lines = new java.io.BufferedOutputStream(Files.newOutputStream(folder.resolve("batch.jsonl")))) {
            for (int i = 0; i < count; i++) {
                List<Member> members = new ArrayList<>();
                for (MadeBundles maker : makers) {
                    members.add(new Member.Sigstore(BundleCodec.read(maker.make(i).bundle())));
                }
                Path quorum = folder.resolve(i + ".quorum.json");
                try (OutputStream out = Files.newOutputStream(quorum)) {
                    QuorumCodec.write(new QuorumBundle(((Member.Sigstore) members.getFirst()).payload(), members)).writeTo(out);
                }
                lines.write(("{\"id\":\"" + i + "\",\"artifact\":\"sha256:" + makers.getFirst().make(i).artifact().hex() + "\",\"bundle\":\"" + quorum + "\"}\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String policy(List<MadeBundles> makers) {
        StringBuilder policy = new StringBuilder("policy: chancery.dev/v1\nsigners:\n");
        for (int i = 0; i < makers.size(); i++) {
            policy.append("  s").append(i).append(":\n    key: |\n      -----BEGIN PUBLIC KEY-----\n      ")
                    .append(Base64.getEncoder().encodeToString(makers.get(i).key().subjectPublicKeyInfo().toByteArray())).append("\n      -----END PUBLIC KEY-----\n");
        }
        return policy.append("roles:\n  all: {threshold: ").append(makers.size()).append(", signers: [")
                .append(String.join(", ", IntStream.range(0, makers.size()).mapToObj(i -> "s" + i).toList()))
                .append("]}\nrequire:\n  - attestationBy: all\n    predicateType: ").append(MadeBundles.PREDICATE_TYPE).append('\n').toString();
    }
}
