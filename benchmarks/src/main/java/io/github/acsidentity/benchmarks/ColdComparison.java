/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares calls, and the time from the start of a JVM to its first token, with those of the bare SDK. */
final class ColdComparison implements Measurement {

    private static final Path TARGET = Path.of("benchmarks", "target");
    private static final double NANOS_PER_MICRO = 1_000;
    private static final double NANOS_PER_MILLI = 1_000_000;

    @Override
    public List<String> run(boolean quick) throws Exception {
        List<String> table = new ArrayList<>();
        table.addAll(calls(quick ? 3 : 10, quick ? 20 : 60));
        table.add(starts(quick ? 3 : 15));
        return table;
    }

    private static List<String> calls(int forks, int warmUp) throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> blocking = new ArrayList<>();
        List<Double> async = new ArrayList<>();
        for (int i = 0; i < forks; i++) {
            String line = child(List.of(), libraries(jar -> true), CallCosts.class, String.valueOf(warmUp))
                    .line();
            System.out.println("one getToken in ns (ours, SDK blocking, SDK asynchronous): " + line);
            String[] times = line.split(" ", -1);
            ours.add(Double.parseDouble(times[0]));
            blocking.add(Double.parseDouble(times[1]));
            async.add(Double.parseDouble(times[2]));
        }
        PairedRatio besideBlocking = PairedRatio.of(ours, blocking);
        double more = (mean(ours) - mean(blocking)) / NANOS_PER_MICRO;
        return List.of(
                row("blocking", ours, blocking)
                        + (more <= 5 ? "; goal +5 us: met" : "; " + besideBlocking.verdict(1.05) + " (or +5 us)"),
                row("asynchronous", ours, async));
    }

    private static String row(String client, List<Double> ours, List<Double> theirs) {
        return String.format(
                Locale.ROOT,
                "one blocking getToken over the in-process transport, ours / the SDK's %s client: %s, %+.1f us",
                client,
                PairedRatio.of(ours, theirs),
                (mean(ours) - mean(theirs)) / NANOS_PER_MICRO);
    }

    private static String starts(int pairs) throws IOException, InterruptedException {
        Path store = Files.createTempFile("emulator", ".p12");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        try (AcsEmulator emulator = AcsEmulator.start()) {
            emulator.trustStore(store, "changeit");
            List<String> trusting =
                    List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=changeit");
            String own = libraries(ColdComparison::belongsToTheLibrary);
            String bare =
                    TARGET.resolve("classes") + File.pathSeparator + jars(TARGET.resolve("bare-sdk"), jar -> true);
            for (int i = -1; i < pairs; i++) {
                boolean first = i % 2 == 0;
                double mine = first ? start(trusting, own, FirstToken.class, emulator) : 0;
                double other = start(trusting, bare, FirstTokenOfTheSdk.class, emulator);
                mine = first ? mine : start(trusting, own, FirstToken.class, emulator);
                if (i >= 0) { // the first pair warms up the emulator and the disk
                    ours.add(mine);
                    theirs.add(other);
                    System.out.printf(Locale.ROOT, "first token: ours %.0f ms, SDK %.0f ms%n", mine, other);
                }
            }
        } finally {
            Files.deleteIfExists(store);
        }
        PairedRatio ratio = PairedRatio.of(ours, theirs);
        return "JVM start to first token, ours / bare SDK on netty: " + ratio + "; " + ratio.verdict(0.75);
    }

    private static double start(List<String> options, String classPath, Class<?> program, AcsEmulator emulator)
            throws IOException, InterruptedException {
        return child(options, classPath, program, emulator.connectionString()).millis();
    }

    /** What a program printed first, and after what time. */
    private record Answer(String line, double millis) {}

    private static Answer child(List<String> options, String classPath, Class<?> program, String argument)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program.getName(), argument));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            @Nullable String line = output.readLine();
            double millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
            if (line == null || process.waitFor() != 0) {
                throw new IllegalStateException(program.getSimpleName() + " has failed");
            }
            return new Answer(line, millis);
        }
    }

    private static String libraries(Predicate<String> wanted) throws IOException {
        return TARGET.resolve("classes") + File.pathSeparator + jars(TARGET.resolve("lib"), wanted);
    }

    /** What an application has that depends on the cache and on nothing else. */
    private static boolean belongsToTheLibrary(String jar) {
        return Stream.of("acs-identity-c", "azure-", "caffeine", "jackson-", "reactor-core", "reactive-", "slf4j-")
                .anyMatch(jar::startsWith);
    }

    private static String jars(Path folder, Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> wanted.test(file.getFileName().toString()))
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
