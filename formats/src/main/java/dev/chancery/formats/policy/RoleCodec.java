package dev.chancery.formats.policy;

import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.Role;
import dev.chancery.domain.policy.Role.Distinct;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Roles of a policy.
final class RoleCodec {
    private static final String ALGORITHMS =
            Arrays.stream(SignatureAlgorithm.values()).map(SignatureAlgorithm::cliName).collect(Collectors.joining(", "));
    private static final String DISTINCTIONS = Arrays.stream(Distinct.values()).map(Distinct::label).collect(Collectors.joining(", "));

    private RoleCodec() {}

    static Role read(JsonFields fields, Map<String, PolicySigner> signers) throws FormatException {
        List<String> members = PolicyCodec.texts(fields, "signers", VerificationPolicy.MAX_SIGNERS);
        for (int i = 0; i < members.size(); i++) {
            if (!signers.containsKey(members.get(i))) {
                throw FormatException.fieldInvalid(fields.at("signers", i), "the name of a signer of this policy", FormatException.quoted(members.get(i)));
            }
            if (members.indexOf(members.get(i)) != i) {
                throw FormatException.fieldInvalid(fields.at("signers", i), "each signer once", FormatException.quoted(members.get(i)) + " again");
            }
        }
        Set<Distinct> distinct = distinct(fields);
        int most = most(fields, members, signers, distinct);
        JsonValue given = fields.required("threshold");
        long threshold = given instanceof JsonValue.JsonNumber ? fields.int64("threshold") : -1;
        if (threshold < 1 || threshold > most) {
            throw FormatException.fieldInvalid(fields.at("threshold"), "a number from 1 to " + most + ", as many as there are to be told apart",
                    given instanceof JsonValue.JsonNumber(String number) ? number : given.kind());
        }
        Set<SignatureAlgorithm> algorithms = algorithms(fields);
        fields.end();
        return new Role((int) threshold, members, distinct, algorithms);
    }

    /// One word, or several in an array.
    private static Set<Distinct> distinct(JsonFields fields) throws FormatException {
        JsonValue given = fields.take("distinct").orElse(null);
        if (given == null) {
            return EnumSet.of(Distinct.PERSON);
        }
        List<String> words = given instanceof JsonValue.JsonString(String word) ? List.of(word)
                : PolicyCodec.texts(fields, "distinct", Distinct.values().length);
        Set<Distinct> distinct = EnumSet.noneOf(Distinct.class);
        for (String word : words) {
            distinct.add(Arrays.stream(Distinct.values()).filter(each -> each.label().equals(word)).findFirst().orElseThrow(() ->
                    FormatException.fieldInvalid(fields.at("distinct"), "some of " + DISTINCTIONS, FormatException.quoted(word))));
        }
        return distinct;
    }

    /// How many can count at most, as far as the policy itself tells.
    private static int most(JsonFields fields, List<String> members, Map<String, PolicySigner> signers, Set<Distinct> distinct) throws FormatException {
        int most = members.size();
        List<PolicySigner> entries = members.stream().flatMap(member -> Stream.ofNullable(signers.get(member))).toList();
        if (distinct.contains(Distinct.PERSON)) {
            most = Math.min(most, (int) entries.stream().map(PolicySigner::person).distinct().count());
        }
        if (distinct.contains(Distinct.CUSTODIAN)) {
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).custodian().isEmpty()) {
                    throw FormatException.fieldInvalid(fields.at("signers", i), "a signer with a custodian, by whom signers are told apart here",
                            FormatException.quoted(members.get(i)) + ", who has none");
                }
            }
            most = Math.min(most, (int) entries.stream().map(PolicySigner::custodian).distinct().count());
        }
        return most;
    }

    static Set<SignatureAlgorithm> algorithms(JsonFields fields) throws FormatException {
        Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        if (fields.take("algorithms").isPresent()) {
            for (String name : new LinkedHashSet<>(PolicyCodec.texts(fields, "algorithms", SignatureAlgorithm.values().length))) {
                algorithms.add(SignatureAlgorithm.ofCliName(name).orElseThrow(() ->
                        FormatException.fieldInvalid(fields.at("algorithms"), "some of " + ALGORITHMS, FormatException.quoted(name))));
            }
        }
        return algorithms;
    }
}
