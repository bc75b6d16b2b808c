/// Thresholds over distinct people: each role wants M of its N signers, over as many signatures as there are.
///
/// Who counts is settled by a maximum flow, so that the order of signatures decides nothing: a signature counts for one signer of one
/// role, a person counts once in a role, and two signatures by the same key or the same certified identity are one. A person may
/// stand in two roles, and then needs a signature by another key for each.
///
/// With a of the wanted k that are accepted and u that can't be judged: accepted when a ≥ k, else unknown when a + u ≥ k, else rejected,
/// over all roles together.
@NullMarked
package dev.chancery.verification.roles;

import org.jspecify.annotations.NullMarked;
