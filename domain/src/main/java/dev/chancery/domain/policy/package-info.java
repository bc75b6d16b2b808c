/// What must be true of an artifact's signatures and statements before it is accepted: who may sign, how many of them, and what
/// they must say.
///
/// A policy only ever demands. Of several policies each must be met, so a site's floor can't be loosened by a project's.
@NullMarked
package dev.chancery.domain.policy;

import org.jspecify.annotations.NullMarked;
