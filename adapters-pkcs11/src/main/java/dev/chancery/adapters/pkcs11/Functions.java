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
/// 8 bytes, then pointers in the order of the standard.
final class Functions {
    static final int INITIALIZE = 0;
    static final int GET_SLOT_LIST = 4;
    static final int GET_TOKEN_INFO = 6;
    static final int OPEN_SESSION = 12;
    static final int CLOSE_SESSION = 13;
    static final int LOGIN = 18;
    static final int GET_ATTRIBUTE_VALUE = 24;
    static final int FIND_OBJECTS_INIT = 26;
    static final int FIND_OBJECTS = 27;
    static final int FIND_OBJECTS_FINAL = 28;
    static final int SIGN_INIT = 42;
    static final int SIGN = 43;

    private static final int COUNT = 68;
    private static final Linker LINKER = Linker.nativeLinker();

    private final MemorySegment list;
    private final ConcurrentHashMap<Integer, MethodHandle> handles = new ConcurrentHashMap<>();

    private Functions(MemorySegment list) {
        this.list = list;
    }

    /// Loads a module for the life of the process; unloading one that has threads of its own isn't safe.
    ///
    /// @throws IllegalArgumentException when the file isn't a library or has no C_GetFunctionList
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
    void call(String name, int index, Object... arguments) throws CkException {
        check(name, invoke(handles.computeIfAbsent(index, i -> bind(i, arguments)), arguments));
    }

    private MethodHandle bind(int index, Object... arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            layouts[i] = switch (arguments[i]) {
                case Long _ -> JAVA_LONG;
                case Byte _ -> JAVA_BYTE;
                case MemorySegment _ -> ADDRESS;
                default -> throw new IllegalArgumentException("no native type");
            };
        }
        MemorySegment function = list.get(ADDRESS, 8 + 8L * index);
        if (function.address() == 0) {
            throw new IllegalArgumentException("the module lacks function " + index);
        }
        return LINKER.downcallHandle(function, FunctionDescriptor.of(JAVA_LONG, layouts));
    }

    private static long invoke(MethodHandle handle, Object... arguments) {
        try {
            return (long) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a native call could not be made", e);
        }
    }

    private static void check(String name, long value) throws CkException {
        if (value != 0) {
            throw new CkException(name, value);
        }
    }
}
