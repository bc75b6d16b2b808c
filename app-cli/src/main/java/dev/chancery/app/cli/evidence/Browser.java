package dev.chancery.app.cli.evidence;

import dev.chancery.domain.secret.SecretVariables;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Opens pages in the person's browser: `BROWSER`, else what the system has for it. It gets no secrets of
/// the environment. What fails is not said: the address is on the screen.
public final class Browser implements Consumer<URI> {
    private final Function<String, @Nullable String> environment;

    public Browser(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public void accept(URI page) {
        String named = environment.apply("BROWSER");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command;
        if (named != null && !named.isEmpty()) {
            command = List.of(named, page.toString());
        } else if (system.startsWith("mac")) {
            command = List.of("open", page.toString());
        } else if (system.startsWith("windows")) {
            command = List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
        } else {
            command = List.of("xdg-open", page.toString());
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            SecretVariables.withholdAll(builder.environment());
            builder.start().getOutputStream().close();
        } catch (IOException e) {
            // The person opens it by hand.
        }
    }
}
