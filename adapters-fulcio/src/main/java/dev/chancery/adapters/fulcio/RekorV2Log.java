package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.sigstore.LogEntryCodec;
import dev.chancery.ports.sigstore.LogProposal;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.sigstore.TransparencyLog;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rekor v2 (rekor-tiles, api/proto/rekor/v2, CreateEntry). Everything is logged as a `hashedrekord`: of a DSSE envelope, the digest of its
/// pre-authentication encoding. The log answers when the entry is in the tree. An entry that it has already, perhaps from a request whose answer
/// was lost, it refuses and tells its index; it is then read from the tree.
final class RekorV2Log implements TransparencyLog {
    private static final int MAX_ANSWER = 4 << 20;
    private static final int CONFLICT = 409;
    private static final Pattern INDEX = Pattern.compile("with index ([0-9]{1,18})\\b");

    private final ServiceHttp http;
    private final URI url;
    private final String name;
    private final RekorV2Reader reader;

    RekorV2Log(ServiceHttp http, String url) throws ServiceException {
        this.http = http;
        this.reader = new RekorV2Reader(http, url + (url.endsWith("/") ? "api/v2" : "/api/v2"));
        this.name = "the log " + url;
        this.url = Urls.below(Urls.of(url, name), "api/v2/log/entries");
    }

    @Override
    public TransparencyLogEntry append(LogProposal proposal, Duration budget) throws ServiceException {
        long end = System.nanoTime() + budget.toNanos();
        Answer answer = http.ask(Ask.post(name, url, Answers.JSON, Answers.JSON, JsonText.compact(request(proposal)), MAX_ANSWER), budget,
                BeforeRepeat.NOTHING);
        Matcher known = INDEX.matcher(Answers.words(answer));
        if (answer.status() == CONFLICT && known.find()) {
            return reader.entry(Long.parseLong(known.group(1)), proposal.trustedLogs(), Duration.ofNanos(end - System.nanoTime()));
        }
        if (!answer.isSuccess()) {
            throw Answers.refused(ErrorCode.LOG_REFUSED, name, answer, "see docs/errors/CHY-L020.md");
        }
        try {
            return LogEntryCodec.read(JsonFields.ofProtobuf(StrictJson.parse(answer.body(), MAX_ANSWER), ""), Version.V0_3);
        } catch (FormatException e) {
            throw Answers.unsound(name, e);
        }
    }

    private JsonValue request(LogProposal proposal) throws ServiceException {
        if (proposal.algorithm() == SignatureAlgorithm.ED25519) {
            throw new ServiceException.Refused(new Problem(ErrorCode.LOG_REFUSED, name + " was not asked",
                    "logs of version 2 verify Ed25519 keys' signatures as Ed25519ph, and this one is pure, as verifiers want it of attestations",
                    "attest with a P-256 key, or with a Rekor v1 log"));
        }
        if (proposal.registryNameOrNull() == null) {
            throw new ServiceException.Refused(new Problem(ErrorCode.LOG_REFUSED, name + " was not asked", "Sigstore's registry of algorithms has no name for "
                    + proposal.algorithm().cliName() + " with such a key", "sign with a P-256 key, or without a log"));
        }
        var verifier = JsonText.object();
        switch (proposal.verifier()) {
            case Verifier.Certificate certificate ->
                verifier.put("x509Certificate", JsonText.object().put("rawBytes", certificate.der().toBase64()).build());
            case Verifier.Key key -> verifier.put("publicKey", JsonText.object().put("rawBytes", key.spki().toBase64()).build());
        }
        verifier.put("keyDetails", proposal.registryNameOrNull());
        return JsonText.object()
                .put("hashedRekordRequestV002", JsonText.object()
                        .put("digest", proposal.signed().value().toBase64())
                        .put("signature", JsonText.object()
                                .put("content", proposal.signature().toBase64())
                                .put("verifier", verifier.build())
                                .build())
                        .build())
                .build();
    }
}
