package dev.chancery.adapters.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.domain.policy.Demand;
import dev.chancery.ports.condition.ConditionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelConditionsTest {
    private static final Statement STATEMENT = new Statement(Statement.V1, List.of(new Subject("app", Map.of("sha256", "ab"))), "https://example.com/t/v1",
            Bytes.ofUtf8("""
                    {"passed": true, "count": 5, "score": 7.5, "huge": 123456789012345678901, "ref": "refs/tags/v1.2.3", "none": null,
                     "scans": [{"tool": "a", "high": 0}, {"tool": "b", "high": 1}], "nested": {"deep": {"x": "y"}}}"""));

    private final CelConditions conditions = new CelConditions();

    private boolean holds(String expression) throws ConditionException {
        return conditions.compile(expression).holds(STATEMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"predicate.passed", "predicate.count == 5", "predicate.count > 4.5", "predicate.score >= 7", "predicate.huge > 1e20", "predicate.none == null",
        "predicate.ref.matches('^refs/tags/v[0-9]+[.][0-9]+[.][0-9]+$')", "predicate.scans.exists(s, s.tool == 'b' && s.high == 1)",
        "predicate.nested.deep.x == 'y'", "has(predicate.nested.deep) && !has(predicate.other)", "predicateType == 'https://example.com/t/v1'",
        "subject.all(s, s.name == 'app' && s.digest.sha256 == 'ab')", "predicate.ref.startsWith('refs/tags/') || predicate.missing"})
    void whatIsTrueHolds(String expression) throws Exception {
        assertTrue(holds(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"predicate.count == 6", "predicate.scans.all(s, s.high == 0)", "predicate.passed == 'true'", "predicate.none == false"})
    void whatIsFalseDoesNot(String expression) throws Exception {
        assertEquals(false, holds(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"predicate.missing", "predicate.missing == 1", "predicate.count", "predicate.ref + 1 == 'x'", "predicate.scans[7].high == 0",
        "1 / (predicate.count - 5) == 0"})
    void whatHasNoTruthValueForAStatementHasNoAnswer(String expression) {
        assertThrows(ConditionException.class, () -> holds(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"predicate[", "1", "predicateType", "unknown.x", "predicate.ref.foo()", "'a' == 1", "timestamp.now()"})
    void whatIsNoConditionIsRefused(String expression) {
        assertThrows(ConditionException.class, () -> conditions.compile(expression));
    }

    @Test
    void theMessageSaysWhereAndWhat() {
        assertEquals("at 1:1: undeclared reference to 'unknown' (in container '')",
                assertThrows(ConditionException.class, () -> conditions.compile("unknown.x")).why());
        assertEquals("at 10: key 'missing' is not present in map.".replace("10", "9"), assertThrows(ConditionException.class, () -> holds("predicate.missing")).why());
    }

    @Test
    void loopsAreBounded() {
        String list = "[" + "1,".repeat(99) + "1]";
        String loops = list + ".all(a, " + list + ".all(b, " + list + ".all(c, a + b + c > 0)))";
        assertThrows(ConditionException.class, () -> holds(loops));
        assertThrows(ConditionException.class, () -> conditions.compile("(".repeat(1_000) + "true" + ")".repeat(1_000)));
    }

    @Test
    void theConditionsOfTheReadyPoliciesCompile() throws Exception {
        var policy = PolicyCodec.read(Bytes.copyOf(Files.readAllBytes(Path.of("../docs/policies/slsa-level-3-builder.yaml"))));
        for (Demand demand : policy.demands()) {
            for (Demand.Condition condition : ((Demand.Attestation) demand).conditions()) {
                conditions.compile(condition.expression());
            }
        }
    }
}
