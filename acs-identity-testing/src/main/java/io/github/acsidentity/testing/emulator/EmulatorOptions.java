/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.internal.wire.WireSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param help whether only the usage text is wanted
 * @param version whether only the version is wanted
 * @param httpsPort the port of the HTTPS door, 0 for a free one
 * @param httpPort the port of the HTTP door, 0 for a free one, {@code null} for no such door
 * @param caFile where the certificate goes, {@code null} for a temporary file
 * @param maximumDateSkew how far the date of a signed request may be from the time here
 */
record EmulatorOptions(
        boolean help,
        boolean version,
        int httpsPort,
        @Nullable Integer httpPort,
        @Nullable Path caFile,
        Duration maximumDateSkew) {

    static final String USAGE = """
            Usage: java -jar acs-identity-emulator.jar [options]

            Emulates the identity service of Azure Communication Services on the loopback interface.
            Users and tokens live in memory and are gone when the program ends.

            Options:
              --https-port PORT     port of the HTTPS door; 0, the default, takes a free one
              --http-port PORT      opens an HTTP door as well, for clients that accept one; 0 takes a free port
              --ca-file FILE        where the certificate to trust is written (PEM); the default is a temporary
                                    file, which is removed at the end
              --date-skew SECONDS   how far the date of a signed request may be off; the default is 900
              --help                prints this text
              --version             prints the version

            Give one of the printed connection strings to an SDK. For HTTPS it must trust the certificate:
              Node.js   NODE_EXTRA_CA_CERTS=FILE
              Java      keytool -importcert -noprompt -file FILE -keystore trust.p12 -storepass changeit
                        java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit ...
            Whether the emulator is up: GET /__emulator/health
            """;

    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_SKEW_SECONDS = 366 * 24 * 60 * 60;

    /**
     * Reads the command line; an option's value follows it, or an equals sign.
     *
     * @throws UsageException if the arguments make no sense
     */
    static EmulatorOptions parse(List<String> arguments) {
        boolean help = false;
        boolean version = false;
        int httpsPort = 0;
        Integer httpPort = null;
        Path caFile = null;
        Duration maximumDateSkew = WireSettings.DEFAULTS.dateSkew();
        Set<String> seen = new HashSet<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (equals >= 0) {
                rest.addFirst(argument.substring(equals + 1));
            }
            switch (option) {
                case "--https-port" -> httpsPort = number(option, rest, HIGHEST_PORT);
                case "--http-port" -> httpPort = number(option, rest, HIGHEST_PORT);
                case "--ca-file" -> caFile = path(option, rest);
                case "--date-skew" -> maximumDateSkew = Duration.ofSeconds(number(option, rest, LONGEST_SKEW_SECONDS));
                case "--help", "-h" -> help = true;
                case "--version" -> version = true;
                default -> throw new UsageException("unknown option " + option);
            }
            if (!seen.add(option)) {
                throw new UsageException(option + " is given twice");
            }
        }
        return new EmulatorOptions(help, version, httpsPort, httpPort, caFile, maximumDateSkew);
    }

    private static int number(String option, Deque<String> rest, int maximum) {
        String value = value(option, rest);
        int number = -1;
        if (value.matches("[0-9]{1,9}")) {
            number = Integer.parseInt(value);
        }
        if (number < 0 || number > maximum) {
            throw new UsageException(option + " must be a number from 0 to " + maximum + ", but was " + value);
        }
        return number;
    }

    private static Path path(String option, Deque<String> rest) {
        String value = value(option, rest);
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new UsageException(option + " is not a path: " + e.getReason());
        }
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null || value.isBlank() || value.startsWith("--")) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    /** Says in one line what is wrong with the command line. */
    static final class UsageException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
