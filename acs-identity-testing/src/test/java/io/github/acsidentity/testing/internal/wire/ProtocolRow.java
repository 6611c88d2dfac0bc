/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row of the table in {@code protocol.txt}, for one client and one version. */
record ProtocolRow(String name, String client, String version, String request, String body, Expected expected) {

    private static final String FILE = "protocol.txt";
    private static final int COLUMNS = 9;
    private static final List<String> SOURCES =
            List.of("specified", "documented", "recorded", "observed", "reported", "assumed");

    /** What the service answers. */
    record Expected(int status, List<String> members, String code, String target, List<String> says, String lists) {

        private static Expected of(int status, String answer, String lists) {
            if (status < 400) {
                List<String> members = answer.equals("nothing") ? List.of() : List.of(answer.split(" ", -1));
                return new Expected(status, members, "", "", List.of(), lists);
            }
            String[] error = answer.split(": ?", 2);
            String[] codeAndTarget = error[0].split(" ", -1);
            // the interval of the validity holds a comma of its own
            List<String> says = error.length == 1 ? List.of() : List.of(error[1].split(", (?!1440)", -1));
            return new Expected(
                    status,
                    List.of(),
                    codeAndTarget[0],
                    codeAndTarget.length == 1 ? "" : codeAndTarget[1],
                    says,
                    lists);
        }
    }

    String method() {
        return request.substring(0, request.indexOf(' '));
    }

    String target() {
        String target = request.substring(request.indexOf(' ') + 1);
        return version.equals("-") ? target : target + "?api-version=" + version;
    }

    @Override
    public String toString() {
        return name + " (" + client + ", " + version + ")";
    }

    /** Reads the table. */
    static Stream<ProtocolRow> all() {
        Map<String, List<String>> versions = new HashMap<>();
        Stream.Builder<ProtocolRow> rows = Stream.builder();
        boolean headerRead = false;
        for (String line : text().lines().toList()) {
            if (line.startsWith("@")) {
                String[] definition = line.split("\\s*=\\s*", -1);
                versions.put(definition[0], List.of(definition[1].split(" ", -1)));
            } else if (line.contains("|") && !line.startsWith("#")) {
                if (headerRead) {
                    read(line, versions, rows);
                }
                headerRead = true;
            }
        }
        return rows.build();
    }

    private static void read(String line, Map<String, List<String>> versions, Stream.Builder<ProtocolRow> rows) {
        String[] columns =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        if (columns.length != COLUMNS || !SOURCES.contains(columns[1])) {
            throw new IllegalArgumentException("Not a row: " + line);
        }
        Expected expected = Expected.of(Integer.parseInt(columns[6]), columns[7], columns[8]);
        for (String client : columns[2].split(" ", -1)) {
            for (String version : versions.getOrDefault(columns[3], List.of(columns[3].split(" ", -1)))) {
                rows.add(new ProtocolRow(columns[0], client, version, columns[4], columns[5], expected));
            }
        }
    }

    private static String text() {
        try (@Nullable InputStream in = ProtocolRow.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
