package dev.chancery.ports.condition;

/// Compiles conditions.
@FunctionalInterface
public interface ConditionCompiler {
    /// Compiles an expression over `predicate`, `predicateType` and `subject`.
    ///
    /// @param expression in CEL, of at most [dev.chancery.domain.policy.Demand.Condition#MAX_LENGTH] characters
    /// @throws ConditionException when it isn't one, or its value can't be a truth value
    CompiledCondition compile(String expression) throws ConditionException;
}
