package dev.chancery.architecture.planted.domain;

import java.nio.file.Path;

record DomainThatReadsFiles(Path file) {
}
