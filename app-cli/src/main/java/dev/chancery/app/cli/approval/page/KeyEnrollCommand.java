package dev.chancery.app.cli.approval.page;

import dev.chancery.app.cli.approval.RequestOptions;
import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key enroll`: makes a credential on a passkey or security key, and proves that it approves.
public final class KeyEnrollCommand implements Command {
    /// Type of the statement by which a new credential is proven.
    private static final String STATEMENT_TYPE = "https://chancery.dev/enrolment/v1";

    /// COSE: EdDSA, ES256, RS256.
    private static final List<Long> ALGORITHMS = List.of(-8L, -7L, -257L);
    private static final int USER_ID_LENGTH = 16;

    private final VerificationEngine engine;
    private final PublicKeyDecoder publicKeys;

    @Inject
    KeyEnrollCommand(VerificationEngine engine, PublicKeyDecoder publicKeys) {
        this.engine = engine;
        this.publicKeys = publicKeys;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("enroll", "Opens a page on which a browser makes a credential on a passkey or security key. Writes its public key, for a policy.",
                "  chancery key enroll --name cem@example.com --out cem.pub",
                "  chancery key enroll --name cem@example.com --rp-id sign.example.com --tls sign.p12 --out cem.pub");
        spec.addOption(Options.value("--name", "NAME", "What the security key calls the credential.").build());
        PageOptions.add(spec);
        spec.addOption(Options.flag("--synced-allowed", "Take a passkey too that may be copied to other devices.").build());
        RequestOptions.addOut(spec, "Where the public key goes");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String out = RequestOptions.out(line);
        String name = Options.required(line, "--name", "--name NAME");
        PageOptions options = PageOptions.read(line);
        Enrolment work = new Enrolment(name, new RelyingParty(options.rpId(), List.of(options.origin()), true, Options.has(line, "--synced-allowed")));
        try (PageServer server = options.open(work)) {
            output.besideResult().line("open " + server.url());
            server.await(options.within());
        }
        RequestOptions.write(out, Bytes.ofUtf8(work.enrolled().pem()), Options.has(line, "--force"), output);
        if (!out.equals("-")) {
            output.line("public key " + out);
            output.line("key id     " + work.enrolled().id().hex());
            output.line("policy     securityKey: {rpId: " + options.rpId() + ", origins: ['" + options.origin() + "'], key: …}");
            output.document(JsonText.object().put("out", out).put("keyId", work.enrolled().id().hex()).put("rpId", options.rpId()).put("origin", options.origin()).build());
        }
        return ExitStatus.DONE;
    }

    /// The public key is what the browser says; that the security key has the private one is proven by an approval.
    private final class Enrolment implements PageWork {
        private final String name;
        private final RelyingParty relyingParty;
        private @Nullable DssePayload asked;
        private Bytes offered = Bytes.empty();
        private @Nullable PublicKey enrolled;

        Enrolment(String name, RelyingParty relyingParty) {
            this.name = name;
            this.relyingParty = relyingParty;
        }

        PublicKey enrolled() {
            return Objects.requireNonNull(enrolled);
        }

        @Override
        public String page() {
            return PageJson.html("Enrol a security key", "A credential is made on your security key, and then asked once to prove it. It asks twice.",
                    "name           " + name + "\nrelying party  " + relyingParty.id() + "\n", "Enrol");
        }

        @Override
        public JsonValue ask(Bytes json) throws ProblemException {
            Bytes key = PageJson.answer(json).publicKey();
            if (key.isEmpty()) {
                Bytes random = random();
                return PageJson.challenges(relyingParty.id(), List.of())
                        .put("enroll", random().concat(random()).toBase64())
                        .put("userId", random.toBase64())
                        .put("userName", name)
                        .put("algorithms", JsonText.array(ALGORITHMS.stream().<JsonValue>map(JsonValue.JsonNumber::of).toList()))
                        .build();
            }
            offered = key;
            DssePayload statement = new DssePayload(DssePayload.IN_TOTO, StatementCodec.write(new Statement(Statement.V1,
                    List.of(new Subject("credential", Map.of("sha256", HashAlgorithm.SHA_256.digest(key).hex()))), STATEMENT_TYPE,
                    Bytes.ofUtf8("{\"nonce\":\"" + random().toHex() + "\"}"))));
            asked = statement;
            return PageJson.challenges(relyingParty.id(), List.of(statement)).build();
        }

        private static Bytes random() {
            byte[] random = new byte[USER_ID_LENGTH];
            new SecureRandom().nextBytes(random);
            return Bytes.copyOf(random);
        }

        @Override
        public void answer(Bytes json) throws ProblemException {
            PageJson.Answer answer = PageJson.answer(json);
            if (asked == null || answer.assertions().size() != 1 || !answer.publicKey().equals(offered)) {
                throw PageException.of(ErrorCode.CLIENT_DATA_UNSOUND, "expected one approval by the new credential, found " + answer.assertions().size());
            }
            PublicKey key = publicKeys.decodeDer(offered);
            Digest subject = HashAlgorithm.SHA_256.digest(offered);
            VerificationResult result = engine.verify(new VerificationRequest(new Evidence.WebAuthn(asked, answer.assertions().getFirst()),
                    new Target.OfDigest(subject), new Trust.Credential(key, relyingParty), new Expectations(STATEMENT_TYPE), Requirements.NONE));
            if (result.verdict() != Verdict.ACCEPTED) {
                Reason reason = result.reasons().getFirst();
                throw PageException.of(reason.code(), reason.message());
            }
            enrolled = key;
        }
    }
}
