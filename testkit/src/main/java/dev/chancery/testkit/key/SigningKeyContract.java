package dev.chancery.testkit.key;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every [dev.chancery.ports.key.KeyBackend] and every [SigningKey] it opens must do. An adapter's test extends this class and
/// declares what it can; nothing can be overridden or left out.
///
/// - *Signing*: each declared algorithm signs artifacts and statements of every length up to the limit, so that the JDK verifies them;
///   every other algorithm is refused; eight threads at once; closing.
/// - *Finding*: absent, ambiguous, and each key again by its own description.
/// - *Secrets*: asked for once, tried once, closed, never shown.
/// - *Keeping*: listing, describing, generating.
public abstract class SigningKeyContract extends KeyCustodianContract {
    private static final int THREADS = 8;
    private static final int SIGNATURES_PER_THREAD = 6;

    @TestFactory
    final Stream<DynamicTest> aDeclaredAlgorithmSignsArtifacts() {
        return forEachAlgorithm((key, algorithm) -> {
            SigningKey open = open(key);
            for (Map.Entry<String, Bytes> content : contents(longest(key, algorithm)).entrySet()) {
                Signature signature = open.sign(artifact(algorithm, content.getValue()), DEADLINE);
                assertEquals(algorithm, signature.algorithm(), content.getKey());
                assertVerifies(key.publicKey(), content.getValue(), signature);
            }
        });
    }

    @TestFactory
    final Stream<DynamicTest> aDeclaredAlgorithmSignsStatements() {
        return forEachAlgorithm((key, algorithm) -> {
            SigningKey open = open(key);
            for (Map.Entry<String, Bytes> content : contents(longestPayload(key, algorithm)).entrySet()) {
                DssePayload payload = statement(content.getValue());
                Signature signature = open.sign(new SigningRequest.OfStatement(algorithm, payload), DEADLINE);
                assertEquals(algorithm, signature.algorithm(), content.getKey());
                assertVerifies(key.publicKey(), payload.preAuthEncoding().bytes(), signature);
            }
        });
    }

    @TestFactory
    final Stream<DynamicTest> aMessageLongerThanTheKeyTakesIsRefusedAndTheNextIsSigned() {
        return forEachAlgorithm((key, algorithm) -> {
            if (algorithm.prehash().isEmpty() && key.longestMessage() < SigningInput.MAX_MESSAGE) {
                SigningKey open = open(key);
                Bytes tooLong = Bytes.copyOf(new byte[key.longestMessage() + 1]);
                assertRefused(KeyException.AlgorithmUnsupported.class, ErrorCode.MESSAGE_BEYOND_KEY,
                        () -> open.sign(artifact(algorithm, tooLong), DEADLINE));
                assertSigns(open, key.publicKey());
            }
        });
    }

    @TestFactory
    final Stream<DynamicTest> everyOtherAlgorithmIsRefused() {
        return declared().keys().stream().flatMap(key -> Stream.of(SignatureAlgorithm.values())
                .filter(algorithm -> !key.algorithms().contains(algorithm))
                .map(algorithm -> dynamicTest(key + " " + algorithm.cliName(), () -> {
                    SigningKey open = open(key);
                    Bytes content = Bytes.ofUtf8("x");
                    assertRefused(KeyException.AlgorithmUnsupported.class, ErrorCode.ALGORITHM_UNSUPPORTED,
                            () -> open.sign(artifact(algorithm, content), DEADLINE));
                    assertRefused(KeyException.AlgorithmUnsupported.class, ErrorCode.ALGORITHM_UNSUPPORTED,
                            () -> open.sign(new SigningRequest.OfStatement(algorithm, statement(content)), DEADLINE));
                })));
    }

    @TestFactory
    final Stream<DynamicTest> aKeyNamesItsAlgorithmsAndTheKnownPublicKey() {
        return forEachKey(key -> {
            SigningKey open = open(key);
            assertEquals(key.algorithms(), open.algorithms());
            assertEquals(key.publicKey(), open.expectedKey().map(ExpectedKey::key).orElse(null));
            assertEquals(open.expectedKey(), open.description().expectedKey());
        });
    }

    @TestFactory
    final Stream<DynamicTest> theReferenceInADescriptionHoldsNoPinAndOpensTheSameKey() {
        return forEachKey(key -> {
            String uri = open(key).description().uri();
            assertFalse(uri.contains("pin-"), uri);
            assertHasNoSecret(uri);
            KeyRef ref = KeyRef.parse(uri);
            assertTrue(declared().backend().accepts(ref), uri);
            assertSigns(closedAfterwards(declared().backend().open(ref, access(key.pinEntry()))), key.publicKey());
        });
    }

    @Test
    final void onlyReferencesOfItsKindAreAccepted() {
        assertAll(declared().keys().stream().map(key -> () -> assertTrue(declared().backend().accepts(key.ref()), key.toString())));
        assertTrue(declared().backend().accepts(declared().absent()));
        assertFalse(declared().backend().accepts(new KeyRef.Other("no-such-scheme", "no-such-scheme:key")));
    }

    @TestFactory
    final Stream<DynamicTest> eightThreadsSignAtOnce() {
        return forEachKey(key -> {
            SigningKey open = open(key);
            SignatureAlgorithm algorithm = key.algorithms().iterator().next();
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<Map<Bytes, Signature>>> running = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
                for (int thread = 0; thread < THREADS; thread++) {
                    String name = "thread " + thread + " signature ";
                    running.add(threads.submit(() -> {
                        Map<Bytes, Signature> made = new LinkedHashMap<>();
                        start.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                        for (int i = 0; i < SIGNATURES_PER_THREAD; i++) {
                            Bytes content = Bytes.ofUtf8(name + i);
                            made.put(content, open.sign(artifact(algorithm, content), DEADLINE));
                        }
                        return made;
                    }));
                }
            }
            for (Future<Map<Bytes, Signature>> done : running) {
                done.get().forEach((content, signature) -> assertVerifies(key.publicKey(), content, signature));
            }
        });
    }

    @TestFactory
    final Stream<DynamicTest> aClosedKeyDoesNotSignAndClosingAgainIsNothing() {
        return forEachKey(key -> {
            SigningKey open = open(key);
            SigningRequest request = artifact(key.algorithms().iterator().next(), Bytes.ofUtf8("x"));
            open.close();
            assertThrows(IllegalStateException.class, () -> open.sign(request, DEADLINE));
            assertDoesNotThrow(open::close);
            assertThrows(IllegalStateException.class, () -> open.sign(request, DEADLINE));
        });
    }

    @TestFactory
    final Stream<DynamicTest> closingAKeyLeavesOthersOpen() {
        return forEachKey(key -> {
            SigningKey first = open(key);
            SigningKey second = open(key);
            first.close();
            assertSigns(second, key.publicKey());
            second.close();
            assertSigns(open(key), key.publicKey());
        });
    }

    @TestFactory
    final Stream<DynamicTest> closingWhileOthersSignLeavesEachWithASoundSignatureOrIllegalState() {
        return forEachKey(key -> {
            SigningKey open = open(key);
            SignatureAlgorithm algorithm = key.algorithms().iterator().next();
            Bytes content = Bytes.ofUtf8("in flight");
            CyclicBarrier start = new CyclicBarrier(3);
            List<Future<Void>> running = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                for (int thread = 0; thread < 2; thread++) {
                    running.add(threads.submit(() -> {
                        start.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                        try {
                            for (int i = 0; i < 100; i++) {
                                assertVerifies(key.publicKey(), content, open.sign(artifact(algorithm, content), DEADLINE));
                            }
                        } catch (IllegalStateException e) {
                            // Closed before this signature began: the other way it may end.
                        }
                        return null;
                    }));
                }
                start.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                assertVerifies(key.publicKey(), content, open.sign(artifact(algorithm, content), DEADLINE));
                open.close();
            }
            for (Future<Void> done : running) {
                done.get();
            }
        });
    }

    @Test
    final void anAbsentKeyIsNotFound() {
        assertRefused(KeyException.NotOne.class, ErrorCode.KEY_NOT_FOUND,
                () -> declared().backend().open(declared().absent(), access(declared().absentPinEntry())));
    }

    @TestFactory
    final Stream<DynamicTest> anAmbiguousReferenceIsRefusedWithTheKeysThatMatch() {
        return declared().ambiguous().stream().map(ref -> dynamicTest(ref.text(), () -> {
            KeyException.NotOne refusal = assertRefused(KeyException.NotOne.class, ErrorCode.KEY_AMBIGUOUS,
                    () -> declared().backend().open(ref, access(declared().absentPinEntry())));
            assertTrue(refusal.present().size() >= 2, () -> "names the keys that match: " + refusal.present());
        }));
    }

    @TestFactory
    final Stream<DynamicTest> theSecretIsAskedForOnceByItsKindAndClosed() {
        return forEachSecret(secret -> {
            FixedPinEntry right = secret.key().pinEntry();
            assertSigns(closedAfterwards(declared().backend().open(secret.key().ref(), access(right))), secret.key().publicKey());
            assertEquals(List.of(secret.kind()), right.prompts().stream().map(prompt -> prompt.kind()).toList());
            closeWhatWasOpened();
            assertEquals(0, right.open(), "each PIN that was asked for is closed");
        });
    }

    @TestFactory
    final Stream<DynamicTest> aWrongSecretIsTriedOnceAndNamedWrong() {
        return forEachSecret(secret -> {
            FixedPinEntry wrong = FixedPinEntry.of(secret.wrong());
            long before = secret.attemptsOrNull() == null ? 0 : secret.attemptsOrNull().getAsLong();
            ErrorCode code = switch (secret.kind()) {
                case TOKEN_PIN -> ErrorCode.PIN_WRONG;
                case PASSPHRASE, NEW_PASSPHRASE -> ErrorCode.PASSPHRASE_WRONG;
            };
            assertRefused(KeyException.PinWrong.class, code, () -> declared().backend().open(secret.key().ref(), access(wrong)));
            assertEquals(1, wrong.prompts().size(), "asked for once");
            assertEquals(0, wrong.open(), "closed");
            if (secret.attemptsOrNull() != null) {
                assertEquals(1, secret.attemptsOrNull().getAsLong() - before, "tried once");
            }
            assertSigns(open(secret.key()), secret.key().publicKey());
        });
    }

    @TestFactory
    final Stream<DynamicTest> withNobodyToAskTheSecretIsUnavailable() {
        return forEachSecret(secret -> assertRefused(KeyException.PinUnavailable.class, ErrorCode.PIN_UNAVAILABLE,
                () -> declared().backend().open(secret.key().ref(), access(FixedPinEntry.none()))));
    }

    @TestFactory
    final Stream<DynamicTest> anUnreadableSourceOfTheSecretIsReportedAsItIs() {
        return forEachSecret(secret -> {
            KeyException.PinUnavailable cause = new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_SOURCE_UNREADABLE,
                    "the PIN was not read", "there is no such file", "check the path"), null);
            assertSame(cause, assertRefused(KeyException.PinUnavailable.class, ErrorCode.PIN_SOURCE_UNREADABLE,
                    () -> declared().backend().open(secret.key().ref(), access(FixedPinEntry.failing(cause)))));
        });
    }

    @TestFactory
    final Stream<DynamicTest> aKeyThatDoesNotAnswerInTimeIsGivenUp() {
        return declared().slowing().stream().map(slowing -> dynamicTest(slowing.key().toString(), () -> {
            SigningKey open = open(slowing.key());
            SigningRequest request = artifact(slowing.key().algorithms().iterator().next(), Bytes.ofUtf8("x"));
            try (AutoCloseable _ = slowing.slowDown()) {
                assertTimeoutPreemptively(DEADLINE, () -> assertRefused(KeyException.DeadlineExceeded.class, ErrorCode.KEY_DEADLINE,
                        () -> open.sign(request, Duration.ofMillis(100))));
            }
        }));
    }

    /// Empty, one byte, more than ASCII, and the longest there may be.
    private static Map<String, Bytes> contents(int longest) {
        Map<String, Bytes> contents = new LinkedHashMap<>();
        contents.put("nothing", Bytes.empty());
        contents.put("one byte", Bytes.copyOf(new byte[] {0}));
        contents.put("more than ASCII", Bytes.ofUtf8("{\"ключ\":\"鍵 🔑\"}"));
        contents.put("the longest", Bytes.copyOf(new byte[longest]));
        return contents;
    }

    /// Where the message itself is signed, that is the encoding, which must fit.
    private static int longestPayload(DeclaredKey key, SignatureAlgorithm algorithm) {
        int header = statement(Bytes.copyOf(new byte[DssePayload.MAX_LENGTH])).preAuthEncoding().header().size();
        return algorithm.prehash().isPresent() ? DssePayload.MAX_LENGTH : longest(key, algorithm) - header;
    }

    private static int longest(DeclaredKey key, SignatureAlgorithm algorithm) {
        return algorithm.prehash().isPresent() ? SigningInput.MAX_MESSAGE : key.longestMessage();
    }

    private Stream<DynamicTest> forEachKey(Check<DeclaredKey> check) {
        return declared().keys().stream().map(key -> dynamicTest(key.toString(), () -> check.of(key)));
    }

    private Stream<DynamicTest> forEachAlgorithm(AlgorithmCheck check) {
        return declared().keys().stream().flatMap(key -> key.algorithms().stream()
                .map(algorithm -> dynamicTest(key + " " + algorithm.cliName(), () -> check.of(key, algorithm))));
    }

    private Stream<DynamicTest> forEachSecret(Check<DeclaredBackend.Secret> check) {
        return declared().secret().stream().map(secret -> dynamicTest(secret.key().toString(), () -> check.of(secret)));
    }

    /// One check of a thing that was declared.
    private interface Check<T> {
        void of(T subject) throws Exception;
    }

    /// One check of a key with one of its algorithms.
    private interface AlgorithmCheck {
        void of(DeclaredKey key, SignatureAlgorithm algorithm) throws Exception;
    }
}
