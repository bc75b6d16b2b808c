/// Policies as the engine applies them: who has signed, how many of them, and what they say.
///
/// A policy is first bound ([dev.chancery.verification.policy.PolicyBinder]): its keys are read, its expressions compiled, and what the
/// command line trusts is put beside them. Then [dev.chancery.verification.policy.PolicyVerifier] holds evidence against one or several
/// bound policies, of which each must be met: a site's floor and a project's policy are simply two.
///
/// Authority comes from the bound policies alone. What evidence says about its keys, names or files only ever chooses which of the
/// policy's signers it is held against.
@NullMarked
package dev.chancery.verification.policy;

import org.jspecify.annotations.NullMarked;
