package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Arrays;

/// The functions of one loaded module, found in the list that C_GetFunctionList returns (PKCS#11 v2.40 §3.6): a version in the first
/// 8 bytes, then pointers in the order of the standard. CK_ULONG has 8 bytes, as on Linux and macOS.
///
/// Java makes code for each shape of native call when it is first needed, which takes milliseconds and is kept nowhere. So there is one shape
/// for each number of arguments, and all of them are words: CK_ULONG and pointers are just that, and a CK_BBOOL is the low byte of the register
/// that it is passed in (System V ABI for x86-64 §3.2.3, AAPCS64 §6.8.2).
final class Functions {
    private static final int COUNT = 68;

    private final MemorySegment list;
    private final MemorySegment signInit;
    private final MemorySegment sign;

    private Functions(MemorySegment list) {
        this.list = list;
        this.signInit = pointer(Function.SIGN_INIT);
        this.sign = pointer(Function.SIGN);
    }

    /// The functions that are called, by their place in the list.
    enum Function {
        INITIALIZE("C_Initialize", 0),
        FINALIZE("C_Finalize", 1),
        GET_INFO("C_GetInfo", 2),
        GET_SLOT_LIST("C_GetSlotList", 4),
        GET_SLOT_INFO("C_GetSlotInfo", 5),
        GET_TOKEN_INFO("C_GetTokenInfo", 6),
        GET_MECHANISM_LIST("C_GetMechanismList", 7),
        GET_MECHANISM_INFO("C_GetMechanismInfo", 8),
        OPEN_SESSION("C_OpenSession", 12),
        CLOSE_SESSION("C_CloseSession", 13),
        GET_SESSION_INFO("C_GetSessionInfo", 15),
        LOGIN("C_Login", 18),
        LOGOUT("C_Logout", 19),
        DESTROY_OBJECT("C_DestroyObject", 22),
        GET_ATTRIBUTE_VALUE("C_GetAttributeValue", 24),
        SET_ATTRIBUTE_VALUE("C_SetAttributeValue", 25),
        FIND_OBJECTS_INIT("C_FindObjectsInit", 26),
        FIND_OBJECTS("C_FindObjects", 27),
        FIND_OBJECTS_FINAL("C_FindObjectsFinal", 28),
        SIGN_INIT("C_SignInit", 42),
        SIGN("C_Sign", 43),
        GENERATE_KEY_PAIR("C_GenerateKeyPair", 59);

        private final String standardName;
        private final int index;

        Function(String standardName, int index) {
            this.standardName = standardName;
            this.index = index;
        }
    }

    /// Loads a module for the life of the process; unloading one that has threads of its own isn't safe.
    ///
    /// @throws IllegalArgumentException when the file isn't a library, or is one without C_GetFunctionList
    /// @throws CkException when the module doesn't give its list
    static Functions load(Path path) throws CkException {
        SymbolLookup library = SymbolLookup.libraryLookup(path, Arena.global());
        MemorySegment entry = library.find("C_GetFunctionList")
                .orElseThrow(() -> new IllegalArgumentException("it has no function C_GetFunctionList"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check("C_GetFunctionList", invoke(entry, out.address()));
            return new Functions(out.get(ADDRESS, 0).reinterpret(8 + 8L * COUNT));
        }
    }

    /// Calls a function with arguments that are `Long` (CK_ULONG), `Byte` (CK_BBOOL) or `MemorySegment`.
    ///
    /// @throws CkException for anything but CKR_OK
    void call(Function function, Object... arguments) throws CkException {
        long[] words = new long[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            words[i] = word(arguments[i]);
        }
        try {
            check(function.standardName, invoke(pointer(function), words));
        } finally {
            Reference.reachabilityFence(arguments);
        }
    }

    /// Not a switch over types, for which Java would make code at run time, too.
    private static long word(Object argument) {
        if (argument instanceof MemorySegment memory) {
            return memory.address();
        }
        if (argument instanceof Long || argument instanceof Byte) {
            return ((Number) argument).longValue();
        }
        throw new IllegalArgumentException("no native type");
    }

    /// C_SignInit, on the way of every signature and therefore without boxing. The caller keeps the memory reachable.
    void signInit(long session, MemorySegment mechanism, long key) throws CkException {
        long value;
        try {
            value = (long) Words3.CALL.invokeExact(signInit, session, mechanism.address(), key);
        } catch (Throwable e) {
            throw notCalled(e);
        }
        check(Function.SIGN_INIT.standardName, value);
    }

    /// C_Sign. The caller keeps the memory reachable.
    void sign(long session, MemorySegment data, long dataLength, MemorySegment signature, MemorySegment signatureLength) throws CkException {
        long value;
        try {
            value = (long) Words5.CALL.invokeExact(sign, session, data.address(), dataLength, signature.address(), signatureLength.address());
        } catch (Throwable e) {
            throw notCalled(e);
        }
        check(Function.SIGN.standardName, value);
    }

    private MemorySegment pointer(Function function) {
        MemorySegment pointer = list.get(ADDRESS, 8 + 8L * function.index);
        if (pointer.address() == 0) {
            throw new IllegalArgumentException("it has no function " + function.standardName);
        }
        return pointer;
    }

    private static long invoke(MemorySegment function, long... words) {
        try {
            return switch (words.length) {
                case 1 -> (long) Words1.CALL.invokeExact(function, words[0]);
                case 2 -> (long) Words2.CALL.invokeExact(function, words[0], words[1]);
                case 3 -> (long) Words3.CALL.invokeExact(function, words[0], words[1], words[2]);
                case 4 -> (long) Words4.CALL.invokeExact(function, words[0], words[1], words[2], words[3]);
                case 5 -> (long) Words5.CALL.invokeExact(function, words[0], words[1], words[2], words[3], words[4]);
                case 8 -> (long) Words8.CALL.invokeExact(function, words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]);
                default -> throw new IllegalArgumentException("no function takes " + words.length + " arguments");
            };
        } catch (Throwable e) {
            throw notCalled(e);
        }
    }

    /// Functions of so many words, each made when the first of them is called.
    private static MethodHandle taking(int words) {
        MemoryLayout[] layouts = new MemoryLayout[words];
        Arrays.fill(layouts, JAVA_LONG);
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, layouts));
    }

    private static final class Words1 {
        static final MethodHandle CALL = taking(1);
    }

    private static final class Words2 {
        static final MethodHandle CALL = taking(2);
    }

    private static final class Words3 {
        static final MethodHandle CALL = taking(3);
    }

    private static final class Words4 {
        static final MethodHandle CALL = taking(4);
    }

    private static final class Words5 {
        static final MethodHandle CALL = taking(5);
    }

    private static final class Words8 {
        static final MethodHandle CALL = taking(8);
    }

    private static IllegalStateException notCalled(Throwable e) {
        return new IllegalStateException("a native call could not be made", e);
    }

    private static void check(String name, long value) throws CkException {
        if (value != 0) {
            throw new CkException(name, value);
        }
    }
}
