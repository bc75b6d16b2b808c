package dev.chancery.adapters.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.policy.Demand;
import dev.chancery.ports.condition.CompiledCondition;
import dev.chancery.ports.condition.ConditionCompiler;
import dev.chancery.ports.condition.ConditionException;
import java.util.Map;

/// Compiles conditions in CEL. Thread-safe.
public final class CelConditions implements ConditionCompiler {
    /// The most steps that all loops of a condition may take together.
    public static final int MAX_STEPS = 100_000;

    /// The deepest nesting of an expression.
    public static final int MAX_DEPTH = 50;

    private static final int MAX_REGEXP_PROGRAM = 2_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_STEPS)
            .maxExpressionCodePointSize(Demand.Condition.MAX_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .maxRegexProgramSize(MAX_REGEXP_PROGRAM)
            .build();

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("predicate", SimpleType.DYN)
            .addVar("predicateType", SimpleType.STRING)
            .addVar("subject", ListType.create(SimpleType.DYN))
            .setResultType(SimpleType.BOOL)
            .build();
    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    @Override
    public CompiledCondition compile(String expression) throws ConditionException {
        try {
            CelRuntime.Program program = runtime.createProgram(compiler.compile(expression).getAst());
            return statement -> answer(program, StatementValues.of(statement));
        } catch (CelValidationException e) {
            throw new ConditionException(firstLine(e), e);
        } catch (CelEvaluationException e) {
            throw new ConditionException(firstLine(e), e);
        }
    }

    private static boolean answer(CelRuntime.Program program, Map<String, Object> values) throws ConditionException {
        Object answer;
        try {
            answer = program.eval(values);
        } catch (CelEvaluationException e) {
            throw new ConditionException(firstLine(e), e);
        }
        if (answer instanceof Boolean truth) {
            return truth;
        }
        throw new ConditionException("expected true or false, found a value of another type", null);
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("").replaceFirst("^(ERROR: <input>:|evaluation error at <input>:)", "at ").replaceFirst("^evaluation error: ", "");
    }
}
