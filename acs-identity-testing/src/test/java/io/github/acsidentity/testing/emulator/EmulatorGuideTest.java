/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.internal.json.JsonReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's page about the emulator: its requests are sent in their order, and answered as it says. */
class EmulatorGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guide", "emulator.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```json (\\w+) ?([^\\n]*)\\n(.*?)^```$");
    private static final String GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @Test
    void requests_ofThePage_areAnsweredAsItSays() throws Exception {
        FakeIdentityService service = FakeIdentityService.builder()
                .clock(MutableClock.startingAt(Instant.parse("2026-01-31T09:00:00Z")))
                .build();
        prepare(service);
        List<Sample> samples = samples();
        assertThat(samples).hasSizeGreaterThan(15);

        try (AcsEmulator emulator =
                AcsEmulator.builder().service(service).httpPort(0).start()) {
            AdminClient admin = new AdminClient(emulator, emulator.httpEndpoint());
            for (Sample sample : samples) {
                HttpResponse<String> response = sample.body().isEmpty()
                        ? admin.send(sample.method(), sample.path(), "")
                        : admin.post(sample.path(), sample.body());

                assertThat(response.statusCode()).as(sample.toString()).isEqualTo(sample.status());
                assertSameJson(sample, response.body());
            }
        }
    }

    @Test
    void configuration_ofThePage_isAccepted(@TempDir Path directory) throws Exception {
        String config = blocks("config").get(0).group(3);
        Path file = Files.writeString(directory.resolve("emulator.json"), config);

        EmulatorOptions options = EmulatorOptions.parse(List.of("--config", file.toString()), Map.of());

        assertThat(options.httpPort()).isEqualTo(8080);
        assertThat(options.faults()).hasSize(2);
        assertThat(config)
                .doesNotContain("\"clock\"") // it would be in the past one day, and tokens spent for some clients
                .contains(List.of(Setting.values()).stream()
                        .filter(setting -> setting != Setting.CLOCK)
                        .map(setting -> "\"" + setting.key() + "\":")
                        .toList());
    }

    @Test
    void page_always_namesEverySettingRouteAndKind() throws Exception {
        String page = Files.readString(GUIDE);

        for (Setting setting : Setting.values()) {
            assertThat(page)
                    .contains(
                            "| `" + setting.option() + "` | `" + setting.variable() + "` | `" + setting.key() + "` |");
        }
        for (String route : AdminDoor.routes()) {
            assertThat(page).contains("| `" + route + "` |");
        }
        for (FaultKind kind : FaultKind.values()) {
            assertThat(page).contains("| `" + kind.json() + "` |");
        }
    }

    /** One user with a token, and a call for a user that does not exist. */
    private static void prepare(FakeIdentityService service) {
        FakeIdentityManager manager = FakeIdentityManager.on(service);
        UserId user = manager.createUser();
        TokenRequest request = TokenRequest.of(TokenScope.CHAT, TokenScope.VOIP);
        manager.getToken(user, request);
        UserId unknown = new UserId(user.rawId().substring(0, user.rawId().length() - 12) + "000000000000");
        assertThatThrownBy(() -> manager.getToken(unknown, request)).isInstanceOf(IdentityException.class);
    }

    private record Sample(String method, String path, String body, int status, String answer) {}

    private static List<Sample> samples() throws Exception {
        List<Sample> samples = new ArrayList<>();
        List<MatchResult> requests = blocks("request");
        List<MatchResult> answers = blocks("answer");
        assertThat(requests).hasSameSizeAs(answers);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(requests.get(i).start()).isLessThan(answers.get(i).start());
            String[] line = requests.get(i).group(2).split(" ", 2);
            samples.add(new Sample(
                    line[0],
                    line[1],
                    requests.get(i).group(3),
                    Integer.parseInt(answers.get(i).group(2)),
                    answers.get(i).group(3)));
        }
        return samples;
    }

    private static List<MatchResult> blocks(String mark) throws Exception {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .peek(block -> assertThat(block.group(1)).isIn("config", "request", "answer"))
                .filter(block -> block.group(1).equals(mark))
                .toList();
    }

    /** Compares but for ids, which are in capitals on the page, and other ones each time. */
    private static void assertSameJson(Sample sample, String actual) throws Exception {
        if (sample.answer().isEmpty()) {
            assertThat(actual).as(sample.toString()).isEmpty();
            return;
        }
        String withoutIds = actual.replaceAll("8:acs:" + GUID + "_" + GUID, "8:acs:USER")
                .replaceAll("(\"requestId\":\")[^\"]+", "$1REQUEST")
                .replaceAll(GUID, "RESOURCE");

        assertThat(JsonReader.read(withoutIds.getBytes(UTF_8)))
                .as(sample.toString())
                .isEqualTo(JsonReader.read(sample.answer().getBytes(UTF_8)));
    }
}
