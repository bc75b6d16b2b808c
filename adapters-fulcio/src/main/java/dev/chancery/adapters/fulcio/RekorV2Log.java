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

/// Rekor v2 (rekor-tiles, api/proto/rekor/v2, CreateEntry). Everything is logged as a `hashedrekord`: of a DSSE envelope, the digest of its
/// pre-authentication encoding. The log answers when the entry is in the tree, and answers the same entry with the same index, so a lost
/// request is sent again.
final class RekorV2Log implements TransparencyLog {
    private static final int MAX_ANSWER = 4 << 20;

    private final ServiceHttp http;
    private final URI url;
    private final String name;

    RekorV2Log(ServiceHttp http, String url) throws ServiceException {
        this.http = http;
        this.name = "the log " + url;
        this.url = Urls.below(Urls.of(url, name), "api/v2/log/entries");
    }

    @Override
    public TransparencyLogEntry append(LogProposal proposal, Duration budget) throws ServiceException {
        Answer answer = http.ask(Ask.post(name, url, Answers.JSON, Answers.JSON, JsonText.compact(request(proposal)), MAX_ANSWER), budget,
                BeforeRepeat.NOTHING);
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
