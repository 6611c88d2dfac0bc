/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.Quotas;
import io.github.acsidentity.testing.internal.wire.WireSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What command line, environment and configuration file ask for.
 *
 * @param help whether only the usage text is wanted
 * @param version whether only the version is wanted
 * @param httpsPort the port of the HTTPS door, 0 for a free one
 * @param httpPort the port of the HTTP door, 0 for a free one, {@code null} for no such door
 * @param bindAddress where the doors listen
 * @param hostNames names and addresses, in lower case, under which clients reach the doors besides those of the
 *     loopback interface
 * @param caFile where the certificate goes, {@code null} for a temporary file
 * @param maximumDateSkew how far the date of a signed request may be from the time here
 * @param resources how many resources there are
 * @param seed the seed of ids and keys, {@code null} for another one each time
 * @param clock what the clock starts at, {@code null} for the time of the system
 * @param quotas how many calls each resource takes
 * @param revocationDelay how long revoked tokens still work
 * @param faults what goes wrong from the beginning
 * @param ignoredVariables variables of the environment that look like ours and are not
 */
record EmulatorOptions(
        boolean help,
        boolean version,
        int httpsPort,
        @Nullable Integer httpPort,
        InetAddress bindAddress,
        Set<String> hostNames,
        @Nullable Path caFile,
        Duration maximumDateSkew,
        int resources,
        @Nullable Long seed,
        @Nullable Instant clock,
        Quotas quotas,
        Duration revocationDelay,
        List<FaultOrder> faults,
        List<String> ignoredVariables) {

    static final String USAGE = """
            Usage: java -jar acs-identity-emulator.jar [options]

            Emulates the identity service of Azure Communication Services, for this machine alone by default.
            Users and tokens live in memory and are gone when the program ends.

            Options:
              --config FILE         JSON file with settings, such as {"httpPort": 8080, "resources": 2}
              --https-port PORT     port of the HTTPS door; 0, the default, takes a free one
              --http-port PORT      opens an HTTP door as well, for clients that accept one; 0 takes a free port
              --bind-address IP     where to listen; the default is 127.0.0.1, which only this machine reaches
              --host-names A,B      names and addresses under which others reach it; for the certificate, too
              --ca-file FILE        where the certificate to trust is written (PEM); the default is a temporary
                                    file, which is removed at the end
              --date-skew SECONDS   how far the date of a signed request may be off; the default is 900
              --resources NUMBER    how many resources there are, each with its keys; the default is 1
              --seed NUMBER         the same ids and keys in each run; the default is other ones each time
              --clock INSTANT       when the clock of users and tokens starts, such as 2026-01-31T09:00:00Z;
                                    the default is now
              --quotas WHICH        published: calls beyond the quotas of the service are answered 429;
                                    none, the default, takes any number of calls
              --revocation-delay D  how long revoked tokens still work, such as PT15M; the default is PT0S
              --faults JSON         what goes wrong from the beginning, such as '[{"kind": "throttled"}]'
              --help                prints this text
              --version             prints the version

            Each setting can also be given in the environment (ACS_EMULATOR_HTTP_PORT) or in the file of
            --config or ACS_EMULATOR_CONFIG (httpPort); an option wins over the environment, and that over
            the file.

            Give one of the printed connection strings to an SDK. For HTTPS it must trust the certificate:
              Node.js   NODE_EXTRA_CA_CERTS=FILE
              Java      keytool -importcert -noprompt -file FILE -keystore trust.p12 -storepass changeit
                        java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit ...
            Whether the emulator is up: GET /__emulator/health
            """;

    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_SKEW_SECONDS = 366 * 24 * 60 * 60;
    private static final int MOST_RESOURCES = 1000;
    private static final Map<String, Quotas> QUOTAS = Map.of("none", Quotas.none(), "published", Quotas.published());
    private static final Duration LONGEST_REVOCATION = Duration.ofHours(24);

    /**
     * Reads what was given. Whoever asks for help or the version gets it, whatever environment and file say.
     *
     * @throws UsageException if some of it makes no sense
     */
    static EmulatorOptions parse(List<String> arguments, Map<String, String> environment) {
        Problems problems = new Problems();
        GivenSettings given = new GivenSettings(problems);
        given.readArguments(arguments);
        boolean help = given.has("--help") || given.has("-h");
        boolean version = given.has("--version");
        if (!help && !version) {
            given.readEnvironment(environment);
            given.readFile();
        }
        SettingValues values = new SettingValues(given, problems);
        EmulatorOptions options = new EmulatorOptions(
                help,
                version,
                values.integer(Setting.HTTPS_PORT, 0, HIGHEST_PORT).orElse(0),
                values.integer(Setting.HTTP_PORT, 0, HIGHEST_PORT).orElse(null),
                values.address(Setting.BIND_ADDRESS).orElse(Addresses.LOOPBACK),
                values.names(Setting.HOST_NAMES),
                values.path(Setting.CA_FILE).orElse(null),
                values.integer(Setting.DATE_SKEW, 0, LONGEST_SKEW_SECONDS)
                        .map(Duration::ofSeconds)
                        .orElse(WireSettings.DEFAULTS.dateSkew()),
                values.integer(Setting.RESOURCES, 1, MOST_RESOURCES).orElse(1),
                values.number(Setting.SEED).orElse(null),
                values.instant(Setting.CLOCK).orElse(null),
                values.choice(Setting.QUOTAS, QUOTAS).orElse(Quotas.none()),
                values.duration(Setting.REVOCATION_DELAY, LONGEST_REVOCATION).orElse(Duration.ZERO),
                values.faults(Setting.FAULTS),
                given.ignoredVariables());
        if (options.httpPort != null && options.httpPort != 0 && options.httpPort == options.httpsPort) {
            problems.add("the doors for HTTPS and HTTP cannot share port " + options.httpPort);
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems.all());
        }
        return options;
    }

    /** Says what is wrong with what was given, one line for each problem. */
    static final class UsageException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UsageException(List<String> problems) {
            super(String.join("\n", problems));
        }
    }
}
