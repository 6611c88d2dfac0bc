/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;

/** The Java modules that the published modules of this project were compiled to. */
final class ProjectModules {

    private ProjectModules() {}

    static List<ModuleDescriptor> descriptors() {
        return ProjectFiles.publishedModules().stream()
                .map(ProjectModules::descriptor)
                .toList();
    }

    static String[] exportedPackages() {
        return descriptors().stream()
                .flatMap(module -> module.exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .toArray(String[]::new);
    }

    private static ModuleDescriptor descriptor(Path module) {
        return ModuleFinder.of(module.resolve("target/classes")).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No compiled module in " + module));
    }
}
