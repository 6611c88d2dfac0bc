/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator as a program, started with {@code java -jar} and nothing else on the class path. */
class EmulatorJarIT {

    private static final Path JAR = Path.of(System.getProperty("emulator.jar"));
    private static final int TERMINATED = 143;
    private static final int WRONG_USAGE = 2;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopWhatIsLeft() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void jar_always_holdsTheClassesOfTwoModulesOnly() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> classes = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();

            assertThat(classes)
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io/github/acsidentity/"))
                    .noneMatch(name -> name.matches(".*/(azure|directory|junit|assertj|contract)/.*"))
                    .noneMatch(name -> name.endsWith("module-info.class"));
        }
    }

    @Test
    void run_withBothDoors_printsWhatClientsNeedAndEndsCleanly() throws Exception {
        Process process = start("--https-port", "0", "--http-port", "0");
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);

        assertThat(out.readLine()).contains("ready");
        String connectionString = match(
                        "HTTPS connection string: (endpoint=https://127\\.0\\.0\\.1:\\d+;accesskey=\\S+)", out)
                .group(1);
        String http = match("HTTP connection string: {2}endpoint=(http://127\\.0\\.0\\.1:\\d+);accesskey=\\S+", out)
                .group(1);
        Path certificate =
                Path.of(match("Certificate to trust: {4}(/\\S+\\.pem)", out).group(1));

        match("Page and administration: " + Pattern.quote(http + "/"), out);
        assertThat(certificate).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertHealthy(http);
        assertThat(get(http + "/")).startsWith("<!DOCTYPE html>");
        assertThat(userCreatedWith(connectionString, Files.readString(certificate)))
                .startsWith("8:acs:");

        terminate(process);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(certificate).doesNotExist();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    void run_withOptions_takesThem(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ca.pem");
        int port = freePort();
        Process process = start("--http-port=" + port, "--ca-file", file.toString(), "--date-skew", "60");
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);

        assertThat(out.readLine()).contains("ready");
        match("HTTPS connection string: .*", out);
        match("HTTP connection string: {2}endpoint=http://127\\.0\\.0\\.1:" + port + ";accesskey=\\S+", out);
        match("Certificate to trust: {4}" + Pattern.quote(file.toString()), out);
        assertHealthy("http://127.0.0.1:" + port);

        terminate(process);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(file).exists();
    }

    @Test
    void run_withoutAnHttpPort_printsHttpsOnly() throws Exception {
        Process process = start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);

        assertThat(out.readLine()).contains("ready");
        match("HTTPS connection string: .*", out);
        match("Certificate to trust: .*", out);
    }

    @Test
    void run_withSettingsFromEverywhere_takesThem(@TempDir Path directory) throws Exception {
        Path config = Files.writeString(directory.resolve("emulator.json"), """
                {"resources": 2, "seed": 7, "faults": [{"kind": "hang", "operations": ["DELETE_USER"]}]}
                """);
        Map<String, String> environment = Map.of(
                "ACS_EMULATOR_CONFIG", config.toString(),
                "ACS_EMULATOR_CLOCK", "2031-05-01T00:00:00Z",
                "ACS_EMULATOR_BIND_ADDRESS", "0.0.0.0",
                "ACS_EMULATOR_SERVICE_HOST", "10.0.0.1");

        List<String> banner = bannerOf(start(environment, "--http-port=0"));
        List<String> again = bannerOf(start(environment, "--http-port=0"));

        assertThat(banner).filteredOn(line -> line.startsWith("Resource ")).hasSize(2);
        assertThat(banner)
                .filteredOn(line -> line.contains("connection string"))
                .hasSize(4)
                .doesNotHaveDuplicates();
        assertThat(keys(again)).isEqualTo(keys(banner)).hasSize(4);
        String page = banner.get(banner.size() - 1).replaceFirst(".*: ", "");
        assertThat(get(page + "__emulator/time")).startsWith("{\"now\":\"2031-05-01T00:");
        assertThat(get(page + "__emulator/faults")).contains("\"kind\":\"hang\"");
        String warnings = firstLines(started.get(0), 2);
        assertThat(warnings)
                .contains("warning: there is no setting ACS_EMULATOR_SERVICE_HOST")
                .contains("warning: whoever reaches 0.0.0.0 can use the emulator");
    }

    @Test
    void run_withSeveralProblems_saysAllOfThem() throws Exception {
        Process process = start(Map.of("ACS_EMULATOR_SEED", "x"), "--resources", "0");

        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(errors.lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("acs-identity-emulator: "))
                .last()
                .asString()
                .endsWith("(--help lists the options)");
        assertThat(process.waitFor()).isEqualTo(WRONG_USAGE);
    }

    @Test
    void help_always_printsTheOptions() throws Exception {
        Process process = start(Map.of("ACS_EMULATOR_SEED", "x"), "--help");

        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(text)
                .startsWith("Usage: java -jar acs-identity-emulator.jar")
                .contains("--https-port", "--ca-file");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void version_always_isPrinted() throws Exception {
        Process process = start("--version");

        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(text).matches("acs-identity-emulator \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port 1                              | unknown option --port
            --https-port x                        | --https-port must be a number from 0 to 65535, but was x
            --ca-file /does/not/exist/ca.pem      | cannot write the certificate to /does/not/exist/ca.pem: NoSuchFileException
            """)
    void run_withNonsense_saysSoInOneLine(String arguments, String message) throws Exception {
        assertFails(start(arguments.split(" ")), "acs-identity-emulator: " + message);
    }

    @Test
    void run_onATakenPort_saysSoInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = taken.getLocalPort();

            assertFails(
                    start("--https-port", String.valueOf(port)),
                    "acs-identity-emulator: cannot listen on 127.0.0.1:" + port + ": Address already in use");
            assertFails(
                    start("--http-port", String.valueOf(port)),
                    "acs-identity-emulator: cannot listen on 127.0.0.1:" + port + ": Address already in use");
        }
    }

    private static List<String> bannerOf(Process process) throws Exception {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        do {
            lines.add(out.readLine());
        } while (!lines.get(lines.size() - 1).startsWith("Page and administration: "));
        return lines;
    }

    private static List<String> keys(List<String> banner) {
        return banner.stream()
                .filter(line -> line.contains(";accesskey="))
                .map(line -> line.replaceFirst(".*;accesskey=", ""))
                .toList();
    }

    private static String firstLines(Process process, int count) throws Exception {
        BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(errors.readLine()).append('\n');
        }
        return text.toString();
    }

    private Process start(String... arguments) throws Exception {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Asks for the end with SIGTERM; {@link Process#destroy()} would close the streams that are still to be read. */
    private static void terminate(Process process) {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    private static Matcher match(String pattern, BufferedReader out) throws Exception {
        String line = out.readLine();
        Matcher matcher = Pattern.compile(pattern).matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher;
    }

    private static String userCreatedWith(String connectionString, String certificate) throws Exception {
        return new CommunicationIdentityClientBuilder()
                .connectionString(connectionString)
                .httpClient(new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(Trust.context(certificate)))
                        .build())
                .buildClient()
                .createUser()
                .getId();
    }

    private static void assertHealthy(String endpoint) throws Exception {
        assertThat(get(endpoint + "/__emulator/health")).isEqualTo("{\"status\":\"UP\"}");
    }

    private static String get(String address) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static void assertFails(Process process, String message) throws Exception {
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(WRONG_USAGE);
        assertThat(errors.lines()).singleElement().asString().startsWith(message);
        assertThat(output).isEmpty();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
