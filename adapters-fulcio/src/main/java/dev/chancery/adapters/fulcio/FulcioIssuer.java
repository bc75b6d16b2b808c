package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.pem.PemBlock;
import dev.chancery.ports.sigstore.CertificateIssuer;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Fulcio's API v2 (fulcio, fulcio.proto, CreateSigningCertificate) in its JSON form. A request that was lost on the way is sent again:
/// a second certificate for the same key and name does no harm.
final class FulcioIssuer implements CertificateIssuer {
    /// How far two clocks may be apart without being named as the cause of a refusal.
    static final Duration CLOCKS_AGREE = Duration.ofSeconds(60);

    private static final int MAX_ANSWER = 1 << 20;

    private final ServiceHttp http;
    private final Clock clock;
    private final URI url;
    private final String name;

    FulcioIssuer(ServiceHttp http, Clock clock, String url) throws ServiceException {
        this.http = http;
        this.clock = clock;
        this.name = "the certificate authority " + url;
        this.url = Urls.below(Urls.forSecrets(url, name), "api/v2/signingCert");
    }

    @Override
    public Bytes issue(IdentityToken token, PublicKey key, Signature proof, Duration budget) throws ServiceException {
        JsonValue request = JsonText.object()
                .put("credentials", JsonText.object().put("oidcIdentityToken", token.compact(SecretAccess.grantedForUse())).build())
                .put("publicKeyRequest", JsonText.object()
                        .put("publicKey", JsonText.object().put("content", key.pem()).build())
                        .put("proofOfPossession", proof.value().toBase64())
                        .build())
                .build();
        Answer answer = http.ask(Ask.post(name, url, Answers.JSON, Answers.JSON, JsonText.compact(request), MAX_ANSWER), budget,
                BeforeRepeat.NOTHING);
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        try {
            return leaf(answer.body());
        } catch (FormatException e) {
            throw Answers.unsound(name, e);
        }
    }

    /// Clocks that differ make tokens and certificates look expired or not yet valid, and no server says so.
    private ServiceException refused(Answer answer) {
        Optional<Duration> skew = answer.date().map(date -> Duration.between(clock.instant(), date));
        if (skew.isPresent() && skew.get().abs().compareTo(CLOCKS_AGREE) > 0) {
            return new ServiceException.Refused(new Problem(ErrorCode.CLOCK_SKEW, name + " refused", Answers.words(answer)
                    + "; its clock is " + skew.get().abs().toSeconds() + " s " + (skew.get().isNegative() ? "behind" : "ahead of") + " this machine's",
                    "set this machine's clock and try again"));
        }
        return Answers.refused(ErrorCode.CERTIFICATE_REFUSED, name, answer, "see docs/errors/CHY-L010.md; nothing was signed");
    }

    /// The first certificate of the chain; the rest is known from the trusted root or not at all.
    private static Bytes leaf(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.ofProtobuf(StrictJson.parse(json, MAX_ANSWER), "");
        JsonFields embedded = fields.object("signedCertificateEmbeddedSct");
        List<JsonValue> chain = embedded.object("chain").array("certificates");
        if (chain.isEmpty() || chain.size() > CertificateAuthority.MAX_CHAIN || !(chain.getFirst() instanceof JsonValue.JsonString pem)) {
            throw FormatException.fieldInvalid("signedCertificateEmbeddedSct.chain.certificates", "1 to " + CertificateAuthority.MAX_CHAIN
                    + " certificates in PEM", chain.isEmpty() ? "none" : "something else");
        }
        PemBlock block = PemBlock.read(pem.value(), "signedCertificateEmbeddedSct.chain.certificates[0]");
        if (!block.label().equals("CERTIFICATE")) {
            throw FormatException.fieldInvalid("signedCertificateEmbeddedSct.chain.certificates[0]", "a certificate", block.label());
        }
        return block.content();
    }
}
