package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.sigstore.EnvelopeCodec;
import dev.chancery.ports.sigstore.LogProposal;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.sigstore.TransparencyLog;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Rekor v1 (rekor, openapi.yaml): a signature over a file becomes a `hashedrekord` 0.0.1, an envelope a `dsse` 0.0.1.
final class RekorV1Log implements TransparencyLog {
    private static final int CONFLICT = 409;
    private static final int MAX_ANSWER = 32 << 20;

    private final ServiceHttp http;
    private final URI base;
    private final String name;

    RekorV1Log(ServiceHttp http, String url) throws ServiceException {
        this.http = http;
        this.name = "the log " + url;
        this.base = Urls.of(url, name);
    }

    @Override
    public TransparencyLogEntry append(LogProposal proposal, Duration budget) throws ServiceException {
        long end = System.nanoTime() + budget.toNanos();
        JsonValue entry = entry(proposal);
        Ask create = Ask.post(name, Urls.below(base, "api/v1/log/entries"), Answers.JSON, Answers.JSON, JsonText.compact(entry), MAX_ANSWER);
        Answer answer = http.ask(create, budget, left -> find(entry, left));
        if (answer.status() == CONFLICT) {
            // The log has it already, under a name that only its own Location header tells; asking for the entry itself needs no such name.
            // What it has taken a moment ago it may show a moment later.
            answer = http.untilShown(left -> find(entry, left), Duration.ofNanos(end - System.nanoTime())).orElse(answer);
        }
        if (!answer.isSuccess()) {
            throw Answers.refused(ErrorCode.LOG_REFUSED, name, answer, "see docs/errors/CHY-L020.md");
        }
        try {
            List<TransparencyLogEntry> entries = RekorV1Entries.read(answer.body(), MAX_ANSWER);
            if (entries.size() == 1) {
                return entries.getFirst();
            }
            throw Answers.unsound(name, "expected one entry, found " + entries.size());
        } catch (FormatException e) {
            throw Answers.unsound(name, e);
        }
    }

    /// Looks for an entry by what it holds.
    private Optional<Answer> find(JsonValue entry, Duration left) throws ServiceException {
        JsonValue query = JsonText.object().put("entries", JsonText.array(List.of(entry))).build();
        Answer answer = http.ask(Ask.post(name, Urls.below(base, "api/v1/log/entries/retrieve"), Answers.JSON, Answers.JSON,
                JsonText.compact(query), MAX_ANSWER), left, BeforeRepeat.NOTHING);
        if (!answer.isSuccess()) {
            return Optional.empty();
        }
        try {
            Optional<Bytes> found = RekorV1Entries.firstOf(answer.body(), MAX_ANSWER);
            return found.map(body -> new Answer(200, body, null, null, null));
        } catch (FormatException e) {
            throw Answers.unsound(name, e);
        }
    }

    private static JsonValue entry(LogProposal proposal) {
        Bytes verifier = Bytes.ofUtf8(switch (proposal.verifier()) {
            case Verifier.Certificate certificate -> pem("CERTIFICATE", certificate.der());
            case Verifier.Key key -> pem("PUBLIC KEY", key.spki());
        });
        return switch (proposal.content()) {
            case Content.MessageSignature message -> JsonText.object()
                    .put("apiVersion", "0.0.1")
                    .put("kind", "hashedrekord")
                    .put("spec", JsonText.object()
                            .put("data", JsonText.object().put("hash", JsonText.object()
                                    .put("algorithm", proposal.signed().algorithm().inTotoName())
                                    .put("value", proposal.signed().value().toHex()).build()).build())
                            .put("signature", JsonText.object()
                                    .put("content", message.signature().toBase64())
                                    .put("publicKey", JsonText.object().put("content", verifier.toBase64()).build())
                                    .build())
                            .build())
                    .build();
            case Content.Dsse dsse -> JsonText.object()
                    .put("apiVersion", "0.0.1")
                    .put("kind", "dsse")
                    .put("spec", JsonText.object()
                            .put("proposedContent", JsonText.object()
                                    .put("envelope", JsonText.compact(EnvelopeCodec.write(dsse.envelope())).utf8().orElseThrow())
                                    .put("verifiers", JsonText.array(List.of(new JsonValue.JsonString(verifier.toBase64()))))
                                    .build())
                            .build())
                    .build();
        };
    }

    private static String pem(String label, Bytes der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toByteArray())
                + "\n-----END " + label + "-----\n";
    }
}
