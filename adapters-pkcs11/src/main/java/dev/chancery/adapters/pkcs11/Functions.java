package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

/// The functions of one loaded module, found in the list that C_GetFunctionList returns (PKCS#11 v2.40 §3.6): a version in the first
/// 8 bytes, then pointers in the order of the standard. CK_ULONG has 8 bytes, as on Linux and macOS.
final class Functions {
    private static final int COUNT = 68;
    private static final Linker LINKER = Linker.nativeLinker();

    private final MemorySegment list;
    private final ConcurrentHashMap<Function, MethodHandle> handles = new ConcurrentHashMap<>();
    private final MethodHandle signInit;
    private final MethodHandle sign;

    private Functions(MemorySegment list) {
        this.list = list;
        this.signInit = bind(Function.SIGN_INIT, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.sign = bind(Function.SIGN, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
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
            MethodHandle handle = LINKER.downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            check("C_GetFunctionList", invoke(handle, out));
            return new Functions(out.get(ADDRESS, 0).reinterpret(8 + 8L * COUNT));
        }
    }

    /// Calls a function with arguments that are `Long` (CK_ULONG), `Byte` or `MemorySegment`.
    ///
    /// @throws CkException for anything but CKR_OK
    void call(Function function, Object... arguments) throws CkException {
        MethodHandle handle = handles.computeIfAbsent(function, f -> bind(f, layouts(arguments)));
        check(function.standardName, invoke(handle, arguments));
    }

    /// C_SignInit, on the way of every signature and therefore without boxing.
    void signInit(long session, MemorySegment mechanism, long key) throws CkException {
        long value;
        try {
            value = (long) signInit.invokeExact(session, mechanism, key);
        } catch (Throwable e) {
            throw notCalled(e);
        }
        check(Function.SIGN_INIT.standardName, value);
    }

    /// C_Sign.
    void sign(long session, MemorySegment data, long dataLength, MemorySegment signature, MemorySegment signatureLength) throws CkException {
        long value;
        try {
            value = (long) sign.invokeExact(session, data, dataLength, signature, signatureLength);
        } catch (Throwable e) {
            throw notCalled(e);
        }
        check(Function.SIGN.standardName, value);
    }

    private MethodHandle bind(Function function, MemoryLayout... layouts) {
        MemorySegment pointer = list.get(ADDRESS, 8 + 8L * function.index);
        if (pointer.address() == 0) {
            throw new IllegalArgumentException("it has no function " + function.standardName);
        }
        return LINKER.downcallHandle(pointer, FunctionDescriptor.of(JAVA_LONG, layouts));
    }

    private static MemoryLayout[] layouts(Object... arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            layouts[i] = switch (arguments[i]) {
                case Long _ -> JAVA_LONG;
                case Byte _ -> JAVA_BYTE;
                case MemorySegment _ -> ADDRESS;
                default -> throw new IllegalArgumentException("no native type");
            };
        }
        return layouts;
    }

    private static long invoke(MethodHandle handle, Object... arguments) {
        try {
            return (long) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw notCalled(e);
        }
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
