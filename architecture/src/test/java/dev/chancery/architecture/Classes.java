package dev.chancery.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The classes that the rules are held against: the program's, read from what its modules compiled, and the planted ones.
final class Classes {
    static final String ROOT = "dev.chancery";
    static final String PLANTED_ROOT = "dev.chancery.architecture.planted";
    static final JavaClasses PROGRAM = program();
    static final JavaClasses PLANTED = new ClassFileImporter().importPath(
            Repository.ROOT.resolve("architecture/target/test-classes").resolve(PLANTED_ROOT.replace('.', '/')));

    private Classes() {
    }

    private static JavaClasses program() {
        List<Path> folders = new ArrayList<>();
        for (Module module : Module.values()) {
            Path folder = Repository.ROOT.resolve(module.folder()).resolve("target/classes");
            if (!Files.isDirectory(folder)) {
                throw new AssertionError("build " + module.folder() + " first: there is no " + folder);
            }
            folders.add(folder);
        }
        return new ClassFileImporter().importPaths(folders);
    }
}
