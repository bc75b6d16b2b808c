package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.FaultyProxy.Fate;
import dev.chancery.app.cli.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// OpenBao and the emulator of AWS KMS behind a proxy that does what services and networks do, through the program with its packaged add-ons.
@Tag("interop")
class KeyServiceFaultsTest {
    private static final int ITEMS = 500;

    @TempDir
    Path folder = Path.of("unset");
    private Program program = new Program(folder);

    /// A service, its address's variable, a key in it, and how it throttles.
    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    enum Service {
        VAULT("VAULT_ADDR", "hashivault://p256", "/v1/transit/sign/", new Fate.Answered(429, "{\"errors\":[\"request path \\\"transit/sign\\\": rate limit quota exceeded\"]}")),
        AWS("AWS_ENDPOINT_URL", "awskms:///alias/p256", "TrentService.Sign",
                new Fate.Answered(400, "{\"__type\":\"ThrottlingException\",\"message\":\"You have exceeded the rate at which you may call KMS.\"}"));

        private final String variable;
        private final String key;
        private final String signing;
        private final Fate throttled;

        Service(String variable, String key, String signing, Fate throttled) {
            this.variable = variable;
            this.key = key;
            this.signing = signing;
            this.throttled = throttled;
        }
    }

    @BeforeEach
    void lab() throws Exception {
        program = KeyServiceSpineTest.withKeyServices(folder);
        Files.writeString(folder.resolve("artifact"), "some content\n");
    }

    /// The rule is for requests that ask for a signature; what else there is goes through.
    private FaultyProxy proxy(Service service, FaultyProxy.Rule signing) throws Exception {
        FaultyProxy proxy = new FaultyProxy(program.variable(service.variable),
                action -> action.startsWith(service.signing) ? signing.of(action) : Fate.through());
        program.with(service.variable, proxy.address());
        return proxy;
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aBatchOf500LosesNothingWhenTheServiceThrottlesHalfOfTheCalls(Service service) throws Exception {
        program.chancery("key", "export", service.key, "-o", "a.pub").succeeded();
        Files.writeString(folder.resolve("batch.jsonl"), IntStream.range(0, ITEMS)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"artifact\":\"artifact\",\"bundle\":\"b" + i + ".json\"}\n").collect(Collectors.joining()));
        AtomicInteger asked = new AtomicInteger();
        try (FaultyProxy _ = proxy(service, _ -> asked.incrementAndGet() % 2 == 1 ? service.throttled : Fate.through())) {
            Run run = program.chancery("sign", "--batch", "batch.jsonl", "--key", service.key);
            run.succeeded();
            assertTrue(run.err().contains(ITEMS + " lines: " + ITEMS + " signed"), run.err());
            Matcher counts = Pattern.compile("key service: (\\d+) requests, (\\d+) refused because there were too many, [0-9.]+ s of waiting").matcher(run.err());
            assertTrue(counts.find(), run.err());
            assertEquals(asked.get() - ITEMS, Integer.parseInt(counts.group(2)), "each refusal is counted");
            assertTrue(asked.get() >= 2 * ITEMS - 1, "half of the calls were refused");
        }
        Files.writeString(folder.resolve("verify.jsonl"), IntStream.range(0, ITEMS)
                .mapToObj(i -> "{\"artifact\":\"artifact\",\"bundle\":\"b" + i + ".json\"}\n").collect(Collectors.joining()));
        program.chancery("verify", "--batch", "verify.jsonl", "--key", "a.pub").succeeded();
        assertEquals(ITEMS, program.chancery("audit", "show", "--output", "json").out().lines()
                .filter(line -> line.contains("\"event\":\"signature\"")).count(), "nothing was signed twice");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void anAnswerThatWasLostIsRecordedAsSuchAndTheCommandMayBeRunAgain(Service service) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FaultyProxy _ = proxy(service, _ -> asked.incrementAndGet() == 1 ? new Fate.Lost() : Fate.through())) {
            program.chancery("sign", "artifact", "--key", service.key, "--bundle", "m.json").failed(5, "CHY-K074");
            assertEquals(1, asked.get(), "it is not repeated by anything below us");
            assertFalse(Files.exists(folder.resolve("m.json")));
            String shown = program.chancery("audit", "show").out();
            assertTrue(shown.contains("got no answer (CHY-K074): nothing was handed out"), shown);
            program.chancery("sign", "artifact", "--key", service.key, "--bundle", "m.json").succeeded();
            program.chancery("audit", "verify").succeeded();
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aSignatureThatWasChangedOnTheWayIsThrownAway(Service service) throws Exception {
        Pattern end = Pattern.compile("([A-Za-z0-9+/]{10})([A-Za-z0-9+/]{4}=*)\"");
        try (FaultyProxy _ = proxy(service, _ -> new Fate.HandedOn(body -> {
            Matcher signature = Pattern.compile("ignature\":\\s*\"[^\"]*\"").matcher(body);
            assertTrue(signature.find(), body);
            Matcher tail = end.matcher(signature.group());
            assertTrue(tail.find(), body);
            String changed = tail.group(1).startsWith("A") ? "B" : "A";
            return body.replace(tail.group(), changed + tail.group().substring(1));
        }))) {
            program.chancery("sign", "artifact", "--key", service.key, "--bundle", "m.json").failed(4, "CHY-S005");
            assertFalse(Files.exists(folder.resolve("m.json")));
        }
    }
}
