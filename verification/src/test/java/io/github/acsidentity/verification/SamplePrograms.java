/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles and runs pages of samples, with the class path of this module. */
final class SamplePrograms {

    private static final long LONGEST_RUN_SECONDS = 60;

    private final Path folder;
    private final List<String> packages = List.of(ProjectModules.exportedPackages());

    SamplePrograms(Path folder) {
        this.folder = folder;
    }

    /** Compiles a page and returns what the compiler has to say against it: nothing, if it is right. */
    String compile(SamplePage page) throws IOException {
        Path source = Files.writeString(folder.resolve(page.className() + ".java"), page.program(packages));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            List<String> options =
                    List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            compiler.getTask(null, files, diagnostics, options, null, files.getJavaFileObjects(source))
                    .call();
        }
        return diagnostics.getDiagnostics().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** Runs a compiled page in a JVM of its own and returns what went wrong: nothing, if it is right. */
    String run(SamplePage page, Map<String, String> environment, List<String> jvmOptions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", folder + File.pathSeparator + System.getProperty("java.class.path")));
        command.add(page.className());
        Path output = folder.resolve(page.className() + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "did not end within " + LONGEST_RUN_SECONDS + " s\n" + Files.readString(output);
        }
        return process.exitValue() == 0 ? "" : Files.readString(output);
    }
}
