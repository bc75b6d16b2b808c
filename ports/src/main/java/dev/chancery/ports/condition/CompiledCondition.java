package dev.chancery.ports.condition;

import dev.chancery.domain.intoto.Statement;

/// A condition that is ready to be asked.
@FunctionalInterface
public interface CompiledCondition {
    /// Whether a statement fulfils it.
    ///
    /// @throws ConditionException when it has no answer for this statement, such as when it names a field that isn't there
    boolean holds(Statement statement) throws ConditionException;
}
