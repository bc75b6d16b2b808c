package dev.chancery.app.cli.start;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Writes out what a class leaves to be made when it runs: the choice of a `switch` by types (`SwitchBootstraps.typeSwitch`), and `equals` and
/// `hashCode` of records (`ObjectMethods`). For each of them a starting virtual machine spins classes, which takes it longer than the rest of a short
/// command, and Java 25 keeps none of that in an AOT cache. What is written does what the documentation of those two says; anything else in a class stays.
final class PlainCode {
    private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
    private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final MethodTypeDesc EQUAL_OBJECTS = MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final MethodTypeDesc HASH_OF_OBJECT = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object);
    private static final int HASH_FACTOR = 31;

    private final ClassFile format;

    /// @param format reads and writes classes, and knows the types that their code meets
    PlainCode(ClassFile format) {
        this.format = format;
    }

    /// Whether a class leaves something that can be written out.
    boolean isNeeded(byte[] content) {
        for (PoolEntry entry : format.parse(content).constantPool()) {
            if (entry instanceof InvokeDynamicEntry call && isKnown(call.asSymbol())) {
                return true;
            }
        }
        return false;
    }

    /// The same class with that written out.
    byte[] of(byte[] content) {
        ClassModel model = format.parse(content);
        return format.withOptions(ConstantPoolSharingOption.NEW_POOL).transformClass(model, new Writing(model));
    }

    private static boolean isKnown(DynamicCallSiteDesc site) {
        ClassDesc maker = ((DirectMethodHandleDesc) site.bootstrapMethod()).owner();
        if (maker.equals(SWITCHES)) {
            return site.invocationName().equals("typeSwitch") && Arrays.stream(site.bootstrapArgs()).allMatch(label -> label instanceof ClassDesc type && !type.isPrimitive());
        }
        return maker.equals(RECORDS) && (site.invocationName().equals("equals") || site.invocationName().equals("hashCode"));
    }

    /// Calls a method of the class where it asked for code to be made, and adds those methods at its end.
    private static final class Writing implements ClassTransform {
        private final ClassDesc type;
        private final boolean isInterface;
        private final List<Consumer<ClassBuilder>> added = new ArrayList<>();

        private Writing(ClassModel model) {
            type = model.thisClass().asSymbol();
            isInterface = model.flags().has(AccessFlag.INTERFACE);
        }

        @Override
        public void accept(ClassBuilder out, ClassElement element) {
            if (element instanceof MethodModel method && method.code().isPresent() && method.code().get().elementStream().anyMatch(Writing::isToBeWritten)) {
                out.transformMethod(method, MethodTransform.transformingCode(this::instruction));
            } else {
                out.with(element);
            }
        }

        @Override
        public void atEnd(ClassBuilder out) {
            added.forEach(method -> method.accept(out));
        }

        private static boolean isToBeWritten(CodeElement element) {
            return element instanceof InvokeDynamicInstruction call && isKnown(call.invokedynamic().asSymbol());
        }

        private void instruction(CodeBuilder out, CodeElement element) {
            if (!isToBeWritten(element)) {
                out.with(element);
                return;
            }
            DynamicCallSiteDesc site = ((InvokeDynamicInstruction) element).invokedynamic().asSymbol();
            String name = "plain$" + site.invocationName() + "$" + added.size();
            Consumer<CodeBuilder> body = switch (site.invocationName()) {
                case "typeSwitch" -> code -> choose(code, site.bootstrapArgs());
                case "equals" -> code -> compare(code, type, components(site));
                default -> code -> hash(code, components(site));
            };
            added.add(to -> to.withMethodBody(name, site.invocationType(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC, body));
            out.invokestatic(type, name, site.invocationType(), isInterface);
        }
    }

    /// `(target, restart)`: -1 for null, otherwise the first label from `restart` on whose type the target has, otherwise the number of labels.
    private static void choose(CodeBuilder code, ConstantDesc[] labels) {
        code.aload(0).ifThen(Opcode.IFNULL, isNull -> isNull.loadConstant(-1).ireturn());
        for (int i = 0; i < labels.length; i++) {
            int number = i;
            var next = code.newLabel();
            code.iload(1).loadConstant(number).if_icmpgt(next).aload(0).instanceOf((ClassDesc) labels[i]).ifeq(next).loadConstant(number).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.length).ireturn();
    }

    /// `(record, other)`: component by component.
    private static void compare(CodeBuilder code, ClassDesc type, List<DirectMethodHandleDesc> components) {
        var unequal = code.newLabel();
        var sameType = code.newLabel();
        code.aload(1).instanceOf(type).ifne(sameType).iconst_0().ireturn().labelBinding(sameType);
        code.aload(1).checkcast(type).astore(2);
        for (DirectMethodHandleDesc component : components) {
            code.aload(0);
            field(code, component);
            code.aload(2);
            field(code, component);
            ClassDesc of = component.invocationType().returnType();
            switch (of.isPrimitive() ? of.descriptorString() : "L") {
                case "L" -> code.invokestatic(OBJECTS, "equals", EQUAL_OBJECTS).ifeq(unequal);
                case "J" -> code.lcmp().ifne(unequal);
                case "F", "D" -> code.invokestatic(box(of), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, of, of)).ifne(unequal);
                default -> code.if_icmpne(unequal);
            }
        }
        code.iconst_1().ireturn().labelBinding(unequal).iconst_0().ireturn();
    }

    /// `(record)`: each component's hash is added to 31 times what there was, as `ObjectMethods` does.
    private static void hash(CodeBuilder code, List<DirectMethodHandleDesc> components) {
        code.iconst_0();
        for (DirectMethodHandleDesc component : components) {
            code.loadConstant(HASH_FACTOR).imul().aload(0);
            field(code, component);
            ClassDesc of = component.invocationType().returnType();
            if (of.isPrimitive()) {
                code.invokestatic(box(of), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, of));
            } else {
                code.invokestatic(OBJECTS, "hashCode", HASH_OF_OBJECT);
            }
            code.iadd();
        }
        code.ireturn();
    }

    /// `ObjectMethods.bootstrap`: the record's type, the components' names, and a handle that reads each of them.
    private static List<DirectMethodHandleDesc> components(DynamicCallSiteDesc site) {
        return Arrays.stream(site.bootstrapArgs()).skip(2).map(DirectMethodHandleDesc.class::cast).toList();
    }

    private static void field(CodeBuilder code, DirectMethodHandleDesc component) {
        code.getfield(component.owner(), component.methodName(), component.invocationType().returnType());
    }

    private static ClassDesc box(ClassDesc primitive) {
        return ClassDesc.of("java.lang." + switch (primitive.descriptorString()) {
            case "Z" -> "Boolean";
            case "B" -> "Byte";
            case "S" -> "Short";
            case "C" -> "Character";
            case "I" -> "Integer";
            case "J" -> "Long";
            case "F" -> "Float";
            default -> "Double";
        });
    }
}
