package dev.chancery.app.cli.evidence;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.evidence.SignWithEvidence.TokenSource;
import dev.chancery.application.evidence.TokenCheck;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.formats.identity.IdentityTokenCodec;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Where identity tokens come from: a file, or an environment variable. Never the command line itself, which every process of the machine
/// can read.
public final class IdentityTokens {
    private static final String TOKEN = "--identity-token";
    private static final String AUDIENCE = "--oidc-audience";
    private static final String USUAL_AUDIENCE = "sigstore";
    private static final String ENVIRONMENT = "env://";

    private final Function<String, @Nullable String> environment;
    private final Clock clock;

    @Inject
    IdentityTokens(@Named("environment") Function<String, @Nullable String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /// Adds the options.
    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value(TOKEN, "FILE|env://NAME",
                "Sign as whoever this OpenID Connect token is of, with a certificate for an ephemeral key, or for the one given with --key.").build());
        spec.addOption(Options.value(AUDIENCE, "NAME", "Whom the token has to be for (sigstore).").build());
    }

    /// How to get the token that the command line means; nothing when it means none.
    ///
    /// @throws UsageException when the token itself stands on the command line
    public Optional<TokenSource> source(ParseResult line) throws UsageException {
        Optional<String> place = Options.text(line, TOKEN);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        if (place.get().startsWith("eyJ") && place.get().indexOf('.') > 0) {
            throw new UsageException("an identity token stands on the command line, where every process of this machine can read it",
                    "write it to a file or an environment variable and name that; take this token as known to others until it expires");
        }
        String audience = Options.text(line, AUDIENCE).orElse(USUAL_AUDIENCE);
        return Optional.of(() -> checked(read(place.get()), audience));
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
