/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The emulator as a program of its own. */
final class EmulatorMain {

    private static final int CANNOT_START = 2;

    private EmulatorMain() {}

    /** Runs until the process is asked to end, or ends it with exit code 2 and one line that says why. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            EmulatorOptions options = EmulatorOptions.parse(List.of(arguments));
            if (options.help()) {
                System.out.print(EmulatorOptions.USAGE);
                return;
            }
            if (options.version()) {
                System.out.println("acs-identity-emulator "
                        + EmulatorMain.class.getPackage().getImplementationVersion());
                return;
            }
            run(options);
        } catch (EmulatorOptions.UsageException e) {
            fail(e.getMessage() + " (--help lists the options)");
        } catch (UncheckedIOException e) {
            fail(String.valueOf(e.getMessage()));
        }
        new CountDownLatch(1).await();
    }

    private static void run(EmulatorOptions options) {
        AcsEmulator.Builder builder =
                AcsEmulator.builder().httpsPort(options.httpsPort()).maximumDateSkew(options.maximumDateSkew());
        if (options.httpPort() != null) {
            builder.httpPort(options.httpPort());
        }
        AcsEmulator emulator = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "acs-emulator-shutdown"));
        Path caFile = writeCertificate(emulator, options);

        StringBuilder text = new StringBuilder("The emulator is ready; Ctrl+C stops it.\n");
        text.append("HTTPS connection string: ")
                .append(emulator.connectionString())
                .append('\n');
        if (options.httpPort() != null) {
            text.append("HTTP connection string:  ")
                    .append(emulator.httpConnectionString())
                    .append('\n');
        }
        text.append("Certificate to trust:    ").append(caFile).append('\n');
        System.out.print(text);
        System.out.flush();
    }

    private static Path writeCertificate(AcsEmulator emulator, EmulatorOptions options) {
        Path wanted = options.caFile();
        try {
            Path file = wanted == null ? Files.createTempFile("acs-identity-emulator-", ".pem") : wanted;
            if (wanted == null) {
                file.toFile().deleteOnExit();
            }
            return Files.writeString(file, emulator.caPem()).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the certificate: " + e, e);
        }
    }

    private static void fail(String message) {
        System.err.println("acs-identity-emulator: " + message.replaceAll("\\p{Cntrl}", "?"));
        System.exit(CANNOT_START);
    }
}
