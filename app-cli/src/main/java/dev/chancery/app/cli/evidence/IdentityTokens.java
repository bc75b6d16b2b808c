package dev.chancery.app.cli.evidence;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.evidence.EvidenceOptions;
import dev.chancery.application.evidence.SignWithEvidence.TokenSource;
import dev.chancery.application.evidence.TokenCheck;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.trust.Service;
import dev.chancery.formats.identity.IdentityTokenCodec;
import dev.chancery.ports.identity.IdentitySource;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Provider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Where identity tokens come from: a file or an environment variable, the CI system, or a login. Never the command line itself, which
/// every process of the machine can read.
public final class IdentityTokens {
    private static final String TOKEN = "--identity-token";
    private static final String AUDIENCE = "--oidc-audience";
    private static final String USUAL_AUDIENCE = "sigstore";
    private static final String FLOW = "--fulcio-auth-flow";
    private static final String ISSUER = "--oidc-issuer";
    private static final String CLIENT_ID = "--oidc-client-id";
    private static final String USUAL_CLIENT_ID = "sigstore";
    private static final String ENVIRONMENT = "env://";
    private static final Set<Long> ISSUER_VERSIONS = Set.of(1L);

    private final Function<String, @Nullable String> environment;
    private final Provider<IdentitySources> sources;
    private final Clock clock;

    @Inject
    IdentityTokens(@Named("environment") Function<String, @Nullable String> environment, Provider<IdentitySources> sources, Clock clock) {
        this.environment = environment;
        this.sources = sources;
        this.clock = clock;
    }

    /// Adds the options.
    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value(TOKEN, "FILE|env://NAME",
                "Sign as whoever this OpenID Connect token is of, with a certificate for an ephemeral key, or for the one given with --key.").build());
        spec.addOption(Options.value(AUDIENCE, "NAME", "Whom the token has to be for (sigstore).").build());
        spec.addOption(Options.value(FLOW, "FLOW", "Log in for a token: normal (with the browser) or device (with a browser elsewhere).").build());
        spec.addOption(Options.value(ISSUER, "URL", "With whom to log in (the signing configuration's).").build());
        spec.addOption(Options.value(CLIENT_ID, "ID", "By what the issuer knows this program (sigstore).").build());
    }

    /// How to get the token that the command line means; nothing when it means none.
    ///
    /// @param keylessWanted whether the command line wants a certificate without saying whose: then it is the CI job's
    /// @param evidence nothing when the command line names no services
    /// @param speak gets lines for a person who logs in
    /// @throws UsageException when the token itself stands on the command line, or the options don't go together
    public Optional<TokenSource> source(ParseResult line, boolean keylessWanted, Optional<EvidenceOptions> evidence, Consumer<String> speak)
            throws UsageException {
        Optional<String> place = Options.text(line, TOKEN);
        Optional<String> flow = Options.text(line, FLOW);
        if (place.isPresent() && flow.isPresent()) {
            throw new UsageException("a token and a way to log in for one were both given", "give " + TOKEN + " or " + FLOW);
        }
        String audience = Options.text(line, AUDIENCE).orElse(USUAL_AUDIENCE);
        if (place.isPresent()) {
            refuseToken(place.get());
            return Optional.of(() -> checked(read(place.get()), audience));
        }
        if (flow.isPresent()) {
            String clientId = Options.text(line, CLIENT_ID).orElse(USUAL_CLIENT_ID);
            IdentitySource login = login(flow.get(), issuer(line, evidence), clientId, speak);
            return Optional.of(() -> checked(asked(login, clientId, evidence), clientId));
        }
        return keylessWanted ? Optional.of(() -> checked(asked(sources.get().ci(), audience, evidence), audience)) : Optional.empty();
    }

    private static void refuseToken(String place) throws UsageException {
        if (place.startsWith("eyJ") && place.indexOf('.') > 0) {
            throw new UsageException("an identity token stands on the command line, where every process of this machine can read it",
                    "write it to a file or an environment variable and name that; take this token as known to others until it expires");
        }
    }

    private IdentitySource login(String flow, String issuer, String clientId, Consumer<String> speak) throws UsageException {
        return switch (flow) {
            case "normal", "browser" -> sources.get().browser(issuer, clientId, speak);
            case "device" -> sources.get().device(issuer, clientId, speak);
            default -> throw new UsageException("there is no way to log in called " + flow, "use normal or device");
        };
    }

    private String issuer(ParseResult line, Optional<EvidenceOptions> evidence) throws UsageException {
        Optional<String> named = Options.text(line, ISSUER);
        if (named.isPresent()) {
            return named.get();
        }
        return evidence.stream()
                .flatMap(options -> Service.usable(options.config().identityProviders(), ISSUER_VERSIONS, clock.instant()).stream())
                .map(Service::url)
                .findFirst()
                .orElseThrow(() -> new UsageException("nothing says with whom to log in", "add --oidc-issuer URL"));
    }

    private IdentityToken asked(IdentitySource source, String audience, Optional<EvidenceOptions> evidence) throws ProblemException {
        Optional<String> token = source.token(audience, evidence.map(EvidenceOptions::budget).orElse(EvidenceOptions.DEFAULT_BUDGET));
        return IdentityTokenCodec.read(token.orElseThrow(() -> new NoToken(new Problem(ErrorCode.IDENTITY_TOKEN_MISSING, "nothing was signed",
                "no identity token was given, and this is no CI system that vouches for its jobs",
                "add --identity-token FILE, or log in with --fulcio-auth-flow normal"))));
    }

    private IdentityToken checked(IdentityToken token, String audience) throws ProblemException {
        TokenCheck.check(token, audience, clock.instant());
        return token;
    }

    private IdentityToken read(String place) throws ProblemException {
        if (!place.startsWith(ENVIRONMENT)) {
            Bytes content = UserFiles.read(place, IdentityTokenCodec.MAX_LENGTH);
            return IdentityTokenCodec.read(content.utf8().orElse("\ufffd"));
        }
        String value = environment.apply(place.substring(ENVIRONMENT.length()));
        if (value == null || value.isBlank()) {
            throw new NoToken(new Problem(ErrorCode.IDENTITY_TOKEN_MISSING, "nothing was signed", "the environment variable in " + place
                    + " is not set", "set it, or name a file with --identity-token FILE"));
        }
        return IdentityTokenCodec.read(value);
    }

    /// There is no token.
    private static final class NoToken extends ProblemException {
        private static final long serialVersionUID = 1;

        NoToken(Problem problem) {
            super(problem, null);
        }
    }
}
