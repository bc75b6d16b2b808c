/// Policies as YAML or JSON (docs/policy.md).
@NullMarked
package dev.chancery.formats.policy;

import org.jspecify.annotations.NullMarked;
