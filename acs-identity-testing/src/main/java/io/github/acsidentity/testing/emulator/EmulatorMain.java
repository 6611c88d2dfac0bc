/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The emulator as a program of its own. */
final class EmulatorMain {

    private static final int CANNOT_START = 2;

    private EmulatorMain() {}

    /** Runs until the process is asked to end, or ends it with exit code 2 and one line for each reason why. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            EmulatorOptions options = EmulatorOptions.parse(List.of(arguments), System.getenv());
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
        Listening listening = new Listening(options.bindAddress(), options.hostNames());
        AcsEmulator.Builder builder = AcsEmulator.builder()
                .service(service(options))
                .listening(listening)
                .faults(options.faults())
                .httpsPort(options.httpsPort())
                .maximumDateSkew(options.maximumDateSkew());
        if (options.httpPort() != null) {
            builder.httpPort(options.httpPort());
        }
        AcsEmulator emulator = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "acs-emulator-shutdown"));
        Path caFile = writeCertificate(emulator, options);
        options.ignoredVariables().forEach(name -> warn("there is no setting " + name));
        if (!listening.address().isLoopbackAddress()) {
            warn("whoever reaches " + listening.address().getHostAddress()
                    + " can use the emulator, and administer it: it has no password");
        }
        System.out.print(banner(emulator, options, caFile));
        System.out.flush();
    }

    /** Makes the service that is asked for. */
    static FakeIdentityService service(EmulatorOptions options) {
        FakeIdentityService.Builder builder = FakeIdentityService.builder()
                .resources(options.resources())
                .quotas(options.quotas())
                .revocationDelay(options.revocationDelay());
        if (options.seed() != null) {
            builder.seed(options.seed());
        }
        MutableClock clock = MutableClock.following(TimeSource.system());
        if (options.clock() != null) {
            clock.stepWallClock(Duration.between(clock.instant(), options.clock()));
        }
        return builder.clock(clock).build();
    }

    private static String banner(AcsEmulator emulator, EmulatorOptions options, Path caFile) {
        StringBuilder text = new StringBuilder("The emulator is ready; Ctrl+C stops it.\n");
        List<FakeResource> resources = emulator.service().resources();
        for (FakeResource resource : resources) {
            if (resources.size() > 1) {
                text.append("Resource ").append(resource.id()).append('\n');
            }
            text.append("HTTPS connection string: ")
                    .append(emulator.connectionString(resource))
                    .append('\n');
            if (options.httpPort() != null) {
                text.append("HTTP connection string:  ")
                        .append(emulator.httpConnectionString(resource))
                        .append('\n');
            }
        }
        return text.append("Certificate to trust:    ")
                .append(caFile)
                .append('\n')
                .append("Page and administration: ")
                .append(options.httpPort() != null ? emulator.httpEndpoint() : emulator.endpoint())
                .append("/\n")
                .toString();
    }

    private static Path writeCertificate(AcsEmulator emulator, EmulatorOptions options) {
        Path wanted = options.caFile();
        String name = wanted == null ? "a temporary file" : Problems.shownPath(wanted.toString());
        try {
            Path file = wanted == null ? Files.createTempFile("acs-identity-emulator-", ".pem") : wanted;
            if (wanted == null) {
                file.toFile().deleteOnExit();
            }
            return Files.writeString(file, emulator.caPem()).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the certificate to " + name + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static void fail(String message) {
        message.lines().forEach(EmulatorMain::complain);
        System.exit(CANNOT_START);
    }

    private static void warn(String message) {
        complain("warning: " + message);
    }

    private static void complain(String line) {
        System.err.println("acs-identity-emulator: " + line.replaceAll("\\p{Cntrl}", "?"));
    }
}
