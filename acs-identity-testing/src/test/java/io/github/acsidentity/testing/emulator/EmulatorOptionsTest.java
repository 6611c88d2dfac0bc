/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Quotas;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorOptionsTest {

    @TempDir
    private Path directory;

    @Test
    void parse_nothing_givesDefaults() {
        assertThat(parse())
                .isEqualTo(new EmulatorOptions(
                        false,
                        false,
                        0,
                        null,
                        Addresses.LOOPBACK,
                        Set.of(),
                        null,
                        Duration.ofMinutes(15),
                        1,
                        null,
                        null,
                        Quotas.none(),
                        Duration.ZERO,
                        List.of(),
                        List.of()));
    }

    @Test
    void parse_everyOption_takesItsValue() throws Exception {
        EmulatorOptions options = parse(
                "--https-port",
                "8443",
                "--http-port=8080",
                "--bind-address",
                "0.0.0.0",
                "--host-names",
                "Emulator, 192.0.2.7",
                "--ca-file",
                "ca.pem",
                "--date-skew",
                "60",
                "--resources",
                "3",
                "--seed",
                "-42",
                "--clock",
                "2026-01-31T09:00:00Z",
                "--quotas",
                "published",
                "--revocation-delay",
                "PT15M",
                "--help",
                "--version");

        assertThat(options)
                .isEqualTo(new EmulatorOptions(
                        true,
                        true,
                        8443,
                        8080,
                        InetAddress.getByAddress(new byte[4]),
                        Set.of("emulator", "192.0.2.7"),
                        Path.of("ca.pem"),
                        Duration.ofMinutes(1),
                        3,
                        -42L,
                        Instant.parse("2026-01-31T09:00:00Z"),
                        Quotas.published(),
                        Duration.ofMinutes(15),
                        List.of(),
                        List.of()));
        assertThat(options.hostNames()).first().isEqualTo("emulator");
    }

    @Test
    void parse_faults_givesOrders() {
        EmulatorOptions options = parse(
                "--faults", "[{\"kind\":\"drop\",\"operations\":[\"GET_TOKEN\"],\"times\":3},{\"kind\":\"hang\"}]");

        assertThat(options.faults()).extracting(FaultOrder::kind).containsExactly(FaultKind.DROP, FaultKind.HANG);
        assertThat(options.faults().get(0).operations()).containsExactly(IdentityOperation.GET_TOKEN);
        assertThat(options.faults().get(0).times()).isEqualTo(3);
    }

    @Test
    void parse_everySource_prefersOptionsThenVariablesThenTheFile() throws Exception {
        String file = config("{\"httpPort\": 1, \"httpsPort\": 2, \"resources\": \"3\", \"hostNames\": null}");

        assertThatThrownBy(() -> EmulatorOptions.parse(List.of("--config", file), Map.of()))
                .hasMessage("hostNames in " + file + " must be a text or a number");

        String good = config("{\"httpPort\": 1, \"httpsPort\": 2, \"resources\": \"3\"}");
        EmulatorOptions options = EmulatorOptions.parse(
                List.of("--http-port", "11"),
                Map.of(
                        "ACS_EMULATOR_CONFIG", good,
                        "ACS_EMULATOR_HTTP_PORT", "21",
                        "ACS_EMULATOR_HTTPS_PORT", "22",
                        "ACS_EMULATOR_SEED", ""));

        assertThat(options.httpPort()).isEqualTo(11);
        assertThat(options.httpsPort()).isEqualTo(22);
        assertThat(options.resources()).isEqualTo(3);
        assertThat(options.seed()).isNull();
    }

    @Test
    void parse_variablesThatLookLikeOurs_areReportedAndIgnored() {
        EmulatorOptions options = EmulatorOptions.parse(
                List.of(), Map.of("ACS_EMULATOR_PORT", "tcp://10.0.0.1:80", "ACS_EMULATOR_HTTP_PROT", "1"));

        assertThat(options.ignoredVariables()).containsExactly("ACS_EMULATOR_HTTP_PROT", "ACS_EMULATOR_PORT");
    }

    @Test
    void parse_severalProblems_reportsAllAtOnce() throws Exception {
        String file = config("{\"clock\": \"noon\", \"port\": 1, \"faults\": [{\"kind\": \"flood\"}, 1]}");

        assertThatThrownBy(() -> EmulatorOptions.parse(
                        List.of("--config", file, "--https-port", "x", "--bind-address", "example.com"),
                        Map.of("ACS_EMULATOR_RESOURCES", "0")))
                .isInstanceOf(EmulatorOptions.UsageException.class)
                .satisfies(problem -> assertThat(
                                String.valueOf(problem.getMessage()).lines())
                        .containsExactly(
                                "unknown name port in " + file,
                                "--https-port must be a number from 0 to 65535, but was x",
                                "--bind-address must be an IP address, but was example.com",
                                "ACS_EMULATOR_RESOURCES must be a number from 1 to 1000, but was 0",
                                "clock in " + file + " must be an instant from 1970 to 2199 such as"
                                        + " 2026-01-31T09:00:00Z, but was noon",
                                "fault 1 of faults in " + file + ": kind must be one of " + FaultKind.all()
                                        + ", but was flood",
                                "fault 2 of faults in " + file + ": a fault must be a JSON object"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1]            | FILE must hold one JSON object
            {"httpPort": 1 | --config names FILE, which is not JSON: '}' was expected at character 14
            """)
    void parse_aFileThatIsNone_saysSo(String content, String message) throws Exception {
        String file = config(content);

        assertThatThrownBy(() -> parse("--config", file)).hasMessage(message.replace("FILE", file));
        assertThatThrownBy(() -> parse("--config", file + ".absent"))
                .hasMessage("--config names " + file + ".absent, which cannot be read: NoSuchFileException");
        assertThatThrownBy(() -> EmulatorOptions.parse(List.of(), Map.of("ACS_EMULATOR_CONFIG", file)))
                .hasMessage(message.replace("FILE", file).replace("--config", "ACS_EMULATOR_CONFIG"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --http-port         | endpoint=https://contoso;accesskey=c2VjcmV0
            --clock             | accesskey=c2VjcmV0
            --bind-address      | accesskey=c2VjcmV0
            --host-names        | accesskey=c2VjcmV0
            --faults            | accesskey=c2VjcmV0
            --quotas            | endpoint=https://contoso;accesskey=c2VjcmV0
            --config            | endpoint=https://contoso;accesskey=c2VjcmV0
            --config            | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxc2VjcmV0
            --seed              | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxc2VjcmV0
            --accesskey=c2VjcmV0 | x
            accesskey=c2VjcmV0  | x
            """)
    void parse_aSecretInTheWrongPlace_keepsIt(String option, String value) {
        assertThatThrownBy(() -> parse(option, value))
                .isInstanceOf(EmulatorOptions.UsageException.class)
                .message()
                .doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port                | unknown option --port
            --port 1              | unknown option --port
            start                 | unknown option start
            --help=yes            | --help takes no value
            --https-port          | --https-port needs a value
            --https-port=         | --https-port needs a value
            --https-port --help   | --https-port needs a value
            --https-port -1       | --https-port must be a number from 0 to 65535, but was -1
            --https-port 65536    | --https-port must be a number from 0 to 65535, but was 65536
            --https-port abc      | --https-port must be a number from 0 to 65535, but was abc
            --https-port 99999999999999999999 | --https-port must be a number from 0 to 65535, but was 99999999999999999999
            --http-port 1 --http-port 2       | --http-port is given twice
            --http-port 1 --https-port 1      | the doors for HTTPS and HTTP cannot share port 1
            --date-skew 1m        | --date-skew must be a number from 0 to 31622400, but was 1m
            --bind-address 1.2.3  | --bind-address must be an IP address, but was 1.2.3
            --bind-address 1.2.3.256 | --bind-address must be an IP address, but was 1.2.3.256
            --host-names a,_b     | --host-names must be host names (letters, digits, dots, hyphens) and IP addresses, with commas between them, but one was _b
            --host-names http://a:80/ | --host-names must be host names (letters, digits, dots, hyphens) and IP addresses, with commas between them, but one was http://a:80/
            --host-names a..b     | --host-names must be host names (letters, digits, dots, hyphens) and IP addresses, with commas between them, but one was a..b
            --quotas some         | --quotas must be none or published, but was some
            --revocation-delay 15 | --revocation-delay must be a duration from PT0S to PT24H such as PT15M, but was 15
            --revocation-delay -PT1S  | --revocation-delay must be a duration from PT0S to PT24H such as PT15M, but was -PT1S
            --revocation-delay PT24H0.1S | --revocation-delay must be a duration from PT0S to PT24H such as PT15M, but was PT24H0.1S
            --faults [{"kind":"drop","rate":2}] | fault 1 of --faults: rate must be a number from 0 to 1, but was 2
            --seed 1.5            | --seed must be a whole number of at most 18 digits, but was 1.5
            --clock 1969-12-31T23:59:59Z | --clock must be an instant from 1970 to 2199 such as 2026-01-31T09:00:00Z, but was 1969-12-31T23:59:59Z
            --faults {}           | --faults must be an array of faults
            """)
    void parse_nonsense_saysWhatIsWrong(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments.split(" ")))
                .isInstanceOf(EmulatorOptions.UsageException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--version"})
    void parse_helpOrVersionWanted_asksNeitherEnvironmentNorFile(String flag) {
        Map<String, String> wrong = Map.of(
                "ACS_EMULATOR_SEED",
                "x",
                "ACS_EMULATOR_CONFIG",
                directory.resolve("absent.json").toString());

        EmulatorOptions options = EmulatorOptions.parse(List.of(flag), wrong);

        assertThat(options.help() || options.version()).isTrue();
        assertThatThrownBy(() -> EmulatorOptions.parse(List.of(), wrong))
                .isInstanceOf(EmulatorOptions.UsageException.class);
    }

    @Test
    void service_withQuotasAndARevocationDelay_hasThem() {
        FakeIdentityService service = EmulatorMain.service(
                parse("--quotas", "published", "--revocation-delay", "PT15M", "--clock", "2026-01-31T09:00:00Z"));
        FakeIdentityManager manager = FakeIdentityManager.on(service);
        UserId user = manager.createUser();
        AccessToken token = manager.getToken(user, TokenRequest.of(TokenScope.CHAT));

        manager.revokeTokens(user);
        assertThat(service.isAccepted(token)).isTrue();
        service.clock().advance(Duration.ofMinutes(15));
        assertThat(service.isAccepted(token)).isFalse();

        for (int i = 0; i < 1000; i++) {
            manager.createUser();
        }
        assertThatThrownBy(manager::createUser).isInstanceOf(ThrottledException.class);
    }

    @Test
    void parse_aFileNameThatIsNone_saysSo() {
        assertThatThrownBy(() -> parse("--ca-file", "a\0b"))
                .isInstanceOf(EmulatorOptions.UsageException.class)
                .hasMessageStartingWith("--ca-file is not a path");
    }

    @Test
    void listening_onAllAddresses_isReachedByItsNames() {
        Listening listening = new Listening(
                Addresses.literal("::").orElseThrow(),
                parse("--host-names", "2001:DB8::7,emulator").hostNames());

        assertThat(listening.host()).isEqualTo("[2001:db8:0:0:0:0:0:7]");
        assertThat(listening.allNames())
                .containsExactlyInAnyOrder("[2001:db8::7]", "[2001:db8:0:0:0:0:0:7]", "emulator");
    }

    private String config(String content) throws Exception {
        return Files.writeString(Files.createTempFile(directory, "emulator", ".json"), content)
                .toString();
    }

    private static EmulatorOptions parse(String... arguments) {
        return EmulatorOptions.parse(List.of(arguments), Map.of());
    }
}
