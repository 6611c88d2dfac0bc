/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JVM in which everything that can log does so at its finest level: {@code java.util.logging}, where
 * {@code System.Logger} and Reactor end as well; azure-core, as the environment asks for; the HTTP client and the HTTP
 * server of the JDK. All of it, and what programs print, is in one file.
 */
final class LoudJvm {

    /** What the HTTP client of the JDK can log, but for the headers, which hold the signature of a request. */
    static final String HTTP_CLIENT_LOG = "errors,requests,content,frames:all,ssl,trace,channel";

    private static final String LOGGING = """
            handlers=java.util.logging.ConsoleHandler
            .level=ALL
            java.util.logging.ConsoleHandler.level=ALL
            java.util.logging.SimpleFormatter.format=%4$s %3$s %5$s%6$s%n
            """;
    private static final int PIECE = 12;
    /** Secrets that nobody has noted, such as tokens in answers that were lost. */
    private static final Pattern SHAPE = Pattern.compile(
            "eyJ[\\w-]{9}|[A-Za-z0-9+/]{86}==" + "|(?i:accesskey|signature)=[A-Za-z0-9+/]{12}|(?i:bearer) [\\w.-]{12}");

    private final Path folder;
    private final String httpClientLog;

    /**
     * Creates a JVM.
     *
     * @param folder for its files
     * @param httpClientLog what the HTTP client of the JDK logs
     */
    LoudJvm(Path folder, String httpClientLog) {
        this.folder = folder;
        this.httpClientLog = httpClientLog;
    }

    /** Runs a program, whose first argument becomes the file that it shall write its secrets to. */
    void run(Class<?> program, Duration patience, String... arguments) throws IOException, InterruptedException {
        Path logging = Files.writeString(folder.resolve("logging.properties"), LOGGING);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.config.file=" + logging,
                "-Djdk.httpclient.HttpClient.log=" + httpClientLog,
                "-Djdk.internal.httpclient.debug=true",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                secrets().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment().put("AZURE_LOG_LEVEL", "VERBOSE");
        builder.environment().put("AZURE_HTTP_LOG_DETAIL_LEVEL", "BODY_AND_HEADERS");
        Process process = builder.start();
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(program + " did not end within " + patience);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(program + " failed: "
                    + ofLines(lines -> lines.filter(line -> line.startsWith("Exception in thread"))
                            .toList()));
        }
    }

    /** Returns the lines that hold a piece of a secret. */
    List<String> leaks() throws IOException {
        Pieces pieces = new Pieces(PIECE);
        Files.readAllLines(secrets()).forEach(pieces::add);
        return ofLines(lines -> lines.filter(
                        line -> pieces.areIn(line) || SHAPE.matcher(line).find())
                .toList());
    }

    /** Returns the words of a list that are nowhere in the output. */
    List<String> missing(List<String> words) throws IOException {
        List<String> missing = new ArrayList<>(words);
        return ofLines(lines -> {
            lines.forEach(line -> missing.removeIf(line::contains));
            return missing;
        });
    }

    /** Returns how many secrets the program has noted. */
    int secretCount() throws IOException {
        return Files.readAllLines(secrets()).size();
    }

    /** Returns how much there was to search. */
    String summary() throws IOException {
        return ofLines(Stream::count) + " lines of output, " + secretCount() + " secrets";
    }

    private Path secrets() {
        return folder.resolve("secrets.txt");
    }

    private Path output() {
        return folder.resolve("output.txt");
    }

    /** In an encoding that takes all bytes: a secret is ASCII. */
    private <T> T ofLines(Function<Stream<String>, T> question) throws IOException {
        try (Stream<String> lines = Files.lines(output(), StandardCharsets.ISO_8859_1)) {
            return question.apply(lines);
        }
    }
}
