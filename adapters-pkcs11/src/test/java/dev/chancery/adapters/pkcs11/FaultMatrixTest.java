package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Makes each call of a module fail with each error there is, on two tokens, and writes down what the caller saw and what the next call did.
///
/// docs/fault-matrix.md is what it measured. With CHANCERY_REGENERATE=1 in the environment it is written anew; else it is compared.
@Tag("interop")
class FaultMatrixTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int LISTED = 16;
    private static final List<String> WHILE_OPENING = List.of("GetSlotList", "GetTokenInfo", "GetMechanismList", "GetMechanismInfo",
            "OpenSession", "Login", "FindObjectsInit", "FindObjects", "FindObjectsFinal", "GetAttributeValue");
    private static final List<String> WHILE_SIGNING = List.of("SignInit", "Sign");
    private static final List<String> WHILE_CLOSING = List.of("Logout", "CloseSession");

    private final Bytes content = Bytes.ofUtf8("what is signed");
    private int wrongPins;

    /// Where it is measured.
    private record Bench(String title, KeyRef ref, PublicKey publicKey, Pkcs11Backend backend) {}

    /// What the caller saw, and what the next call did.
    private record Outcome(String seen, String next) {}

    private interface Call {
        void run() throws Exception;
    }

    @AfterEach
    void endFaults() throws IOException {
        SoftHsm.rules();
    }

    @Test
    void eachErrorOfEachCallIsReportedAndTheNextCallWorks() throws Exception {
        Pkcs11Backend backend = new Pkcs11Backend(Pkcs11Settings.of(null).withLanes(2), SoftHsm.decoder());
        SoftHsm softHsm = SoftHsm.token("matrix");
        Kryoptic.prepare();
        softHsm.key("another", "c2", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        Kryoptic.key("another", "c2", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        List<Bench> benches = List.of(
                new Bench("SoftHSM2", softHsm.ref("matrix"), softHsm.key("matrix", "c1", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"), backend),
                new Bench("kryoptic", Kryoptic.ref("matrix"), Kryoptic.key("matrix", "c1", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"), backend));
        StringBuilder page = new StringBuilder(Files.readString(root().resolve("adapters-pkcs11/src/test/fault-matrix-head.md")));
        for (Bench bench : benches) {
            page.append("\n## ").append(bench.title()).append("\n\n### While a key is opened\n");
            table(page, WHILE_OPENING, (function, code) -> opening(bench, function, code));
            page.append("\n### While it signs\n");
            table(page, WHILE_SIGNING, (function, code) -> signing(bench, function + " at=1 rv=" + code, DEADLINE));
            page.append("\n### While it is closed\n");
            table(page, WHILE_CLOSING, (function, code) -> closing(bench, function, code));
            page.append("\n### What else can happen\n\n| event | the caller sees | the next call |\n|---|---|---|\n");
            for (Map.Entry<String, String> event : events().entrySet()) {
                Outcome outcome = signing(bench, event.getValue(), event.getValue().contains("ms=") ? SHORT : DEADLINE);
                page.append("| ").append(event.getKey()).append(" | ").append(outcome.seen()).append(" | ").append(outcome.next()).append(" |\n");
            }
        }
        compare(root().resolve("docs/fault-matrix.md"), page.toString());
    }

    private static Map<String, String> events() {
        Map<String, String> events = new LinkedHashMap<>();
        events.put("all sessions are closed and the login is lost, before C_SignInit", "SignInit at=1 closeall");
        events.put("all sessions are closed and the login is lost, before C_Sign", "Sign at=1 closeall");
        events.put("the login is lost before C_SignInit", "SignInit at=1 logout");
        events.put("the session is closed before C_SignInit", "SignInit at=1 close");
        events.put("the session is closed before C_Sign", "Sign at=1 close");
        events.put("the token signs, and then reports CKR_DEVICE_ERROR", "Sign at=1 rv=DEVICE_ERROR late");
        events.put("C_Sign takes longer than the deadline", "Sign at=1 ms=1000");
        events.put("C_Sign returns a wrong signature with CKR_OK", "Sign at=1 flip");
        events.put("another key of the token signs", "SignInit at=1 swap");
        return events;
    }

    private interface Measure {
        Outcome of(String function, String code) throws Exception;
    }

    /// One row for the calls that end alike.
    private record Row(String answers, Outcome outcome) {}

    private void table(StringBuilder page, List<String> functions, Measure measure) throws Exception {
        Map<Row, List<String>> rows = new LinkedHashMap<>();
        for (String function : functions) {
            Map<Outcome, List<String>> answers = new LinkedHashMap<>();
            for (long code : Stream.concat(Arrays.stream(Ckr.values()).map(Ckr::value), Stream.of(0x80000001L)).toList()) {
                Outcome outcome = measure.of(function, String.format(Locale.ROOT, "0x%x", code));
                answers.computeIfAbsent(outcome, _ -> new ArrayList<>()).add(Ckr.name(code).replaceFirst("^CKR_", ""));
            }
            answers.forEach((outcome, names) -> rows.computeIfAbsent(
                    new Row(names.size() > LISTED ? "any other error" : String.join(", ", names), outcome), _ -> new ArrayList<>()).add("C_" + function));
        }
        page.append("\n| calls | their answer | the caller sees | the next call |\n|---|---|---|---|\n");
        rows.forEach((row, calls) -> page.append("| ").append(String.join(", ", calls)).append(" | ").append(row.answers()).append(" | ")
                .append(row.outcome().seen()).append(" | ").append(row.outcome().next()).append(" |\n"));
    }

    /// C_GetTokenInfo fails for each slot, however often it is called: which slot a module lists first differs from run to run.
    private Outcome opening(Bench bench, String function, String code) throws Exception {
        boolean refusesPin = function.equals("Login") && List.of("0xa0", "0xa1", "0xa2").contains(code);
        String pin = refusesPin ? "made-up-" + wrongPins++ : SoftHsm.PIN; // the right one, once refused, would not be tried again
        SoftHsm.rules(function + (function.equals("GetTokenInfo") ? "" : " at=1") + " rv=" + code);
        String seen = seen("opens", () -> open(bench, pin).close());
        SoftHsm.rules();
        return new Outcome(seen, seen("signs", () -> {
            try (SigningKey key = open(bench, SoftHsm.PIN)) {
                signs(bench, key);
            }
        }));
    }

    private Outcome signing(Bench bench, String rule, Duration deadline) throws Exception {
        try (SigningKey key = open(bench, SoftHsm.PIN)) {
            signs(bench, key);
            SoftHsm.rules(rule);
            String seen = seen("a signature", () -> {
                Signature signature = key.sign(Requests.p256(content), deadline);
                if (!JdkSignatureCheck.verifies(bench.publicKey(), content, signature)) {
                    assertTrue(rule.endsWith("flip") || rule.endsWith("swap"), rule);
                    throw new WrongSignature();
                }
            });
            SoftHsm.rules();
            return new Outcome(seen, seen("signs", () -> signs(bench, key)));
        }
    }

    private static final class WrongSignature extends Exception {
        private static final long serialVersionUID = 1;
    }

    private Outcome closing(Bench bench, String function, String code) throws Exception {
        SigningKey key = open(bench, SoftHsm.PIN);
        signs(bench, key);
        SoftHsm.rules(function + " at=1 rv=" + code);
        key.close();
        SoftHsm.rules();
        return new Outcome("nothing of it", seen("signs", () -> {
            try (SigningKey again = open(bench, SoftHsm.PIN)) {
                signs(bench, again);
            }
        }));
    }

    private static String seen(String good, Call call) throws Exception {
        try {
            call.run();
            return good;
        } catch (KeyException e) {
            return e.problem().code().code();
        } catch (WrongSignature e) {
            return "CHY-S005, since each signature is verified before it is handed out";
        }
    }

    private static SigningKey open(Bench bench, String pin) throws KeyException {
        return bench.backend().open(bench.ref(), new KeyAccess(FixedPinEntry.of(pin), DEADLINE, false));
    }

    private void signs(Bench bench, SigningKey key) throws Exception {
        assertTrue(JdkSignatureCheck.verifies(bench.publicKey(), content, key.sign(Requests.p256(content), DEADLINE)));
    }

    private static Path root() {
        return Path.of(System.getProperty("chancery.root"));
    }

    /// Tells only the rows that differ: the page is long.
    private static void compare(Path file, String measured) throws IOException {
        if (System.getenv("CHANCERY_REGENERATE") != null) {
            Files.writeString(file, measured);
        }
        List<String> written = rows(Files.readString(file));
        List<String> found = rows(measured);
        List<String> gone = new ArrayList<>(written);
        gone.removeAll(found);
        List<String> fresh = new ArrayList<>(found);
        fresh.removeAll(written);
        assertEquals(String.join("\n", gone), String.join("\n", fresh),
                "rows that are only in " + file.getFileName() + ", and rows that were measured; CHANCERY_REGENERATE=1 writes it anew");
        assertEquals(written, found, "the rows are the same; their order is not");
    }

    /// The lines of the page, each row with the heading of its token, since both tokens have rows that read alike.
    private static List<String> rows(String page) {
        String heading = "";
        List<String> rows = new ArrayList<>();
        for (String line : page.lines().toList()) {
            heading = line.startsWith("## ") ? line.substring(3) + ": " : heading;
            rows.add(line.startsWith("| ") ? heading + line : line);
        }
        return rows;
    }
}
