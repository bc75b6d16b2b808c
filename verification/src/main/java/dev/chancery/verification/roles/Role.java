package dev.chancery.verification.roles;

import dev.chancery.verification.Trust;
import java.util.List;

/// A role: so many of these people.
///
/// @param name for messages
/// @param threshold how many distinct people, at least 1
/// @param signers who may sign for it; several of one person are several keys of theirs
public record Role(String name, int threshold, List<Signer> signers) {
    /// @throws IllegalArgumentException when the threshold is below 1 or above the number of people
    public Role {
        signers = List.copyOf(signers);
        long people = signers.stream().map(Signer::person).distinct().count();
        if (threshold < 1 || threshold > people) {
            throw new IllegalArgumentException("role " + name + " wants " + threshold + " of " + people + " people");
        }
    }

    /// A way in which a person signs.
    ///
    /// @param person whom the signature counts for
    /// @param trust the person's key or identity
    public record Signer(String person, Trust trust) {}
}
