/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of this project are. */
final class ProjectFiles {

    private static final String BOM = "acs-identity-bom";

    private ProjectFiles() {}

    /** Returns the folder of the root pom. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("Not started inside the project");
            }
        }
        return folder;
    }

    /** Returns the folders of the modules that are published as jars: those whose name starts with the project's. */
    static List<Path> publishedModules() {
        try (Stream<Path> folders = Files.list(root())) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("acs-identity-"))
                    .filter(folder -> !folder.endsWith(BOM))
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path bom() {
        return root().resolve(BOM);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
