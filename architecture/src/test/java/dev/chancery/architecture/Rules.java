package dev.chancery.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaWildcardType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The rules of docs/architecture.md. Each takes the package the modules stand in, so that one rule serves the program and what is
/// planted against it. A rule that finds no class fails: that is ArchUnit's default, which none of these changes.
final class Rules {
    /// What the domain reaches of the JDK: values, text and time. No files beyond streams, no network, no threads, no reflection.
    /// `java.lang.invoke` and `java.lang.runtime` are what javac writes for lambdas, records and switches.
    private static final String[] DOMAIN_JDK = {
        "java.lang", "java.lang.annotation", "java.lang.invoke", "java.lang.runtime", "java.io", "java.math", "java.nio",
        "java.nio.charset", "java.security", "java.time", "java.util", "java.util.function", "java.util.regex", "java.util.stream",
    };
    private static final String[] JDK = {"java..", "javax.crypto..", "javax.net..", "javax.security..", "javax.smartcardio..", "com.sun.net.httpserver.."};
    private static final String NULLNESS = "org.jspecify.annotations";
    private static final List<Module> CORE =
            List.of(Module.DOMAIN, Module.PORTS, Module.FORMATS, Module.VERIFICATION, Module.APPLICATION);
    private static final Set<String> KEY_SERVICES = Set.of("aws", "gcp", "azure", "vault");

    private Rules() {
    }

    static ArchRule domainReachesOnlyItsPartOfTheJdk(String root) {
        return classes().that().resideInAPackage(Module.DOMAIN.packages(root))
                .should().onlyDependOnClassesThat(known(List.of(Module.DOMAIN.packages(root)), DOMAIN_JDK))
                .because("the domain is values and rules: it does no input or output of its own");
    }

    /// Ports see only the domain, adapters never see verification, application, the apps or each other, and so on: one row of the table.
    static ArchRule moduleReachesOnlyItsRow(Module module, String root) {
        return classes().that().resideInAPackage(module.packages(root))
                .should().onlyDependOnClassesThat(known(module.mayReach(root), JDK))
                .because("docs/architecture.md says what " + module.folder() + " may depend on");
    }

    /// The packages `aws`, `gcp`, `azure` and `vault` of one module: the way to one service knows nothing of the way to another.
    static ArchRule keyServiceSeesNoOther(String service, String root) {
        String[] others = KEY_SERVICES.stream().filter(other -> !other.equals(service))
                .map(other -> root + ".adapters.kms." + other + "..").toArray(String[]::new);
        return noClasses().that().resideInAPackage(root + ".adapters.kms." + service + "..")
                .should().dependOnClassesThat().resideInAnyPackage(others);
    }

    static ArchRule libraryIsReachedOnlyFromItsPackage(Library library, String root) {
        return noClasses().that().resideOutsideOfPackages(library.reachableFrom(root).toArray(String[]::new))
                .should().dependOnClassesThat().resideInAnyPackage(library.packages().toArray(String[]::new))
                .because("a vendor's library is changed in one place");
    }

    /// That the line above is not about nothing: a package that no longer uses the library leaves the table.
    static ArchRule libraryIsReachedFrom(Library library, String pattern) {
        return classes().that().resideInAPackage(pattern).should(containOneThat("reach " + library, type ->
                type.getDirectDependenciesFromSelf().stream().anyMatch(dependency ->
                        resideInAnyPackage(library.packages().toArray(String[]::new)).test(dependency.getTargetClass().getBaseComponentType()))));
    }

    static ArchRule publicApiIsOfOurTypesAndTheJdks(Module module, String root) {
        DescribedPredicate<JavaClass> ours = known(Stream.of(Module.values()).map(each -> each.packages(root)).toList(), "java..");
        return classes().that().resideInAPackage(module.packages(root)).should(showIn("a type of someone else", type -> !ours.test(type)));
    }

    static ArchRule publicApiHasNoByteArray(Module module, String root) {
        return classes().that().resideInAPackage(module.packages(root))
                .and().resideOutsideOfPackage(root + ".domain.bytes")
                .should(showIn("a byte array", Rules::isByteArray)).because("dev.chancery.domain.bytes.Bytes cannot be changed by who holds it");
    }

    static ArchRule onlyAppsReadTheClock(String root) {
        return classes().that().resideOutsideOfPackage(root + ".app..").should(new ArchCondition<>("take the time from an injected Clock") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (readsTheClock(access)) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        });
    }

    static ArchRule packagesOfAModuleHaveNoCycle(Module module, String root) {
        return slices().assignedFrom(new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return resideInAnyPackage(module.packages(root)).test(type)
                        ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + module.folder();
            }
        }).should().beFreeOfCycles();
    }

    static List<Module> core() {
        return CORE;
    }

    static Set<String> keyServices() {
        return KEY_SERVICES;
    }

    private static DescribedPredicate<JavaClass> known(List<String> patterns, String... more) {
        var all = new ArrayList<>(patterns);
        all.addAll(List.of(more));
        all.add(NULLNESS);
        DescribedPredicate<JavaClass> inside = resideInAnyPackage(all.toArray(String[]::new));
        return DescribedPredicate.describe("reside in any of " + all, type -> {
            JavaClass element = type.isArray() ? type.getBaseComponentType() : type;
            return element.isPrimitive() || inside.test(element);
        });
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.equals(System.class.getName()) && name.equals("currentTimeMillis")
                || owner.equals(Clock.class.getName()) && (name.startsWith("system") || name.startsWith("tick") && !name.equals("tick"))
                || owner.startsWith("java.time.") && name.equals("now") && !access.getTarget().getFullName().contains(Clock.class.getName())
                || owner.equals("java.util.Date") && access.getTarget().getFullName().endsWith("<init>()");
    }

    /// The violations of `showIn` are per member: public or protected, of a class that can be seen from outside.
    private static ArchCondition<JavaClass> showIn(String what, Predicate<JavaClass> unwanted) {
        return new ArchCondition<>("not show " + what + " in public API") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!canBeSeen(type)) {
                    return;
                }
                Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream()).filter(unwanted).forEach(found ->
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " extends " + what + ": " + found)));
                type.getMembers().stream().filter(Rules::isOpen).forEach(member -> involved(member).filter(unwanted).forEach(found ->
                        events.add(SimpleConditionEvent.violated(member, member.getFullName() + " shows " + what + ": " + found.getName()))));
            }
        };
    }

    private static boolean isByteArray(JavaClass type) {
        return type.isArray() && type.getBaseComponentType().isEquivalentTo(byte.class);
    }

    private static boolean canBeSeen(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC) && type.getEnclosingClass().map(Rules::canBeSeen).orElse(true);
    }

    private static boolean isOpen(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static Stream<JavaClass> involved(JavaMember member) {
        return switch (member) {
            case JavaField field -> raw(field.getType());
            case JavaCodeUnit unit -> Stream.concat(raw(unit.getReturnType()), Stream.concat(
                    unit.getParameterTypes().stream().flatMap(Rules::raw), unit.getExceptionTypes().stream().flatMap(Rules::raw)));
            default -> throw new AssertionError("a member of a new kind: " + member);
        };
    }

    /// Arrays stay arrays here, which they don't in ArchUnit's own list of the types that a type involves.
    private static Stream<JavaClass> raw(JavaType type) {
        return switch (type) {
            case JavaParameterizedType generic -> Stream.concat(Stream.of(generic.toErasure()),
                    generic.getActualTypeArguments().stream().flatMap(Rules::raw));
            case JavaWildcardType wildcard -> Stream.concat(wildcard.getUpperBounds().stream(), wildcard.getLowerBounds().stream())
                    .flatMap(Rules::raw);
            default -> Stream.of(type.toErasure());
        };
    }

    private static ArchCondition<JavaClass> containOneThat(String description, Predicate<JavaClass> wanted) {
        return new ArchCondition<>("hold a class that does " + description) {
            private boolean found;

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                found |= wanted.test(type);
            }

            @Override
            public void finish(ConditionEvents events) {
                if (!found) {
                    events.add(SimpleConditionEvent.violated(description, "no class does " + description));
                }
            }
        };
    }
}
