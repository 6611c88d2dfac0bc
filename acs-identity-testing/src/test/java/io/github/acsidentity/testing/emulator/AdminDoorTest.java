/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.Quotas;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators see and do, over HTTP, and what becomes of it in the service. */
class AdminDoorTest {

    private static final Instant START = Instant.parse("2026-01-31T09:00:00Z");
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(MutableClock.startingAt(START)).build();
    private final FakeIdentityManager manager = FakeIdentityManager.on(service);
    private final AcsEmulator emulator =
            AcsEmulator.builder().service(service).httpPort(0).start();
    private final AdminClient admin = new AdminClient(emulator, emulator.httpEndpoint());

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void endpoints_atBothDoors_areTheSame() throws Exception {
        AdminClient overHttps = new AdminClient(emulator, emulator.endpoint());

        assertThat(overHttps.get("/__emulator/time").body()).isEqualTo("{\"now\":\"2026-01-31T09:00:00Z\"}");
        assertThat(overHttps.get("/").headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(admin.get("/__emulator/ca.pem").body()).isEqualTo(emulator.caPem());
    }

    @Test
    void requests_always_areNotRecordedAndNotStruck() throws Exception {
        service.faults().on().always(Fault.drop());

        for (String path : List.of("time", "faults", "calls", "state", "ca.pem")) {
            HttpResponse<String> response = admin.get("/__emulator/" + path);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        }
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void pagesOfOtherOrigins_cannotUseUpFaultsNorShowUpAmongTheCalls() throws Exception {
        service.faults().on().next(Fault.throttled());

        HttpResponse<String> refused =
                admin.send("POST", "/identities?api-version=2023-10-01", "{}", "Origin", "https://evil.example");
        HttpResponse<String> alsoRefused =
                admin.send("POST", "/identities?api-version=2023-10-01", "{}", "Sec-Fetch-Site", "cross-site");

        assertThat(List.of(refused.statusCode(), alsoRefused.statusCode())).containsOnly(403);
        assertThat(service.calls()).isEmpty();
        assertThatThrownBy(manager::createUser).isInstanceOf(IdentityException.class);
    }

    @Test
    void time_movedForwardAsFarAsItGoesAgainAndAgain_isRefusedInTheEnd() throws Exception {
        String latest = "{\"set\":\"2199-01-01T00:00:00Z\"}";
        assertThat(admin.post("/__emulator/time", latest).statusCode()).isEqualTo(200);
        assertThat(admin.post("/__emulator/time", "{\"set\":\"1970-01-02T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(admin.post("/__emulator/time", latest).statusCode()).isEqualTo(400);
        assertThat(admin.post("/__emulator/time", "{\"stepWallClock\":\"PT-9223372036854775808S\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void reset_whenAQuotaIsUsedUp_startsItAnew() throws Exception {
        FakeIdentityService limited = FakeIdentityService.builder()
                .clock(MutableClock.startingAt(START))
                .quotas(Quotas.none().withLimit(1, Duration.ofSeconds(30), IdentityOperation.CREATE_USER))
                .build();
        FakeIdentityManager caller = FakeIdentityManager.on(limited);
        try (AcsEmulator other =
                AcsEmulator.builder().service(limited).httpPort(0).start()) {
            caller.createUser();
            assertThatThrownBy(caller::createUser).isInstanceOf(IdentityException.class);

            new AdminClient(other, other.httpEndpoint()).post("/__emulator/reset", "");

            assertThat(caller.createUser()).isNotNull();
        }
    }

    @Test
    void advance_beyondTheLifeOfAToken_endsIt() throws Exception {
        AccessToken token = manager.getToken(manager.createUser(), CHAT);

        assertThat(admin.post("/__emulator/time", "{\"advance\":\"PT24H\"}").body())
                .isEqualTo("{\"now\":\"2026-02-01T09:00:00Z\"}");

        assertThat(service.isAccepted(token)).isFalse();
    }

    @Test
    void set_toThePast_stepsTheWallClockOnly() throws Exception {
        long ticks = service.clock().nanos();

        admin.post("/__emulator/time", "{\"set\":\"2026-01-31T08:00:00Z\"}");

        assertThat(service.clock().instant()).isEqualTo("2026-01-31T08:00:00Z");
        assertThat(service.clock().nanos()).isEqualTo(ticks);
    }

    @Test
    void fault_ordered_strikesThatOperationSoOften() throws Exception {
        UserId user = manager.createUser();
        admin.post(
                "/__emulator/faults",
                "{\"kind\":\"throttled\",\"retryAfterSeconds\":3,\"operations\":[\"GET_TOKEN\"],\"times\":1}");

        manager.createUser();
        assertThatThrownBy(() -> manager.getToken(user, CHAT)).isInstanceOf(ThrottledException.class);

        assertThat(manager.getToken(user, CHAT)).isNotNull();
        assertThat(admin.get("/__emulator/faults").body()).isEqualTo("{\"faults\":[]}");
    }

    @Test
    void outage_takenBack_isOver() throws Exception {
        admin.post("/__emulator/faults", "{\"kind\":\"status\",\"always\":true}");
        assertThatThrownBy(manager::createUser).isInstanceOf(IdentityException.class);

        assertThat(admin.send("DELETE", "/__emulator/faults/1", "").statusCode())
                .isEqualTo(204);

        assertThat(manager.createUser()).isNotNull();
        assertThat(admin.send("DELETE", "/__emulator/faults/1", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void calls_filtered_areThoseOfUserAndOperation() throws Exception {
        UserId user = manager.createUser();
        manager.getToken(user, CHAT);
        manager.getToken(manager.createUser(), CHAT);

        assertThat(admin.get("/__emulator/calls").body()).contains("\"total\":4");
        assertThat(admin.get("/__emulator/calls?operation=CREATE_USER").body())
                .contains("\"total\":2")
                .doesNotContain("GET_TOKEN");
        assertThat(admin.get("/__emulator/calls?operation=GET_TOKEN&user="
                                + user.rawId().replace(":", "%3A"))
                        .body())
                .contains("\"total\":1", user.rawId());
        assertThat(admin.send("DELETE", "/__emulator/calls", "").statusCode()).isEqualTo(204);
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void state_always_keepsTheSecrets() throws Exception {
        AccessToken token = manager.getToken(manager.createUser(), CHAT);

        String everything = admin.get("/__emulator/state").body()
                + admin.get("/__emulator/calls").body()
                + admin.get("/").body();

        assertThat(everything)
                .doesNotContain(
                        token.value(),
                        service.resource().primaryKey(),
                        service.resource().secondaryKey());
    }

    @Test
    void reset_always_leavesResourcesAndClockOnly() throws Exception {
        UserId user = manager.createUser();
        AccessToken token = manager.getToken(user, CHAT);
        String connectionString = emulator.connectionString();
        admin.post("/__emulator/faults", "{\"kind\":\"drop\",\"always\":true}");

        assertThat(admin.post("/__emulator/reset", "").statusCode()).isEqualTo(204);

        assertThat(service.users()).isEmpty();
        assertThat(service.liveTokens()).isEmpty();
        assertThat(service.calls()).isEmpty();
        assertThat(service.isAccepted(token)).isFalse();
        assertThat(emulator.connectionString()).isEqualTo(connectionString);
        assertThat(service.clock().instant()).isEqualTo(START);
        assertThatThrownBy(() -> manager.getToken(user, CHAT)).isInstanceOf(IdentityException.class);
        assertThat(manager.createUser()).isNotEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            time   | {                                       | The body is not JSON: The text ends too early at character 1.
            time   | []                                      | The body must be a JSON object.
            time   | {}                                      | give one of advance, set and stepWallClock.
            time   | {"advance":"PT1H","set":"2026-01-31T09:00:00Z"} | give one of advance, set and stepWallClock.
            time   | {"advance":"-PT1H"}                     | advance must not be negative, but was PT-1H; set or stepWallClock moves back.
            time   | {"advance":3600}                        | advance must be a text, but was 3600.
            time   | {"advance":"PT99999999H"}               | The clock goes from 1970-01-01T00:00:00Z to 2199-12-31T23:59:59Z.
            time   | {"set":"soon","to":1}                   | set must be an instant such as 2026-01-31T09:00:00Z, but was soon; there is no to here, but advance, stepWallClock, set.
            time   | {"advance":""}                          | advance must be a duration such as PT1H, but was empty.
            faults | {"kind":"status","status":200}          | status must be a number from 300 to 599, but was 200.
            faults | {"kind":"drop","times":0,"always":1}    | times must be a number from 1 to 1000000, but was 0; always must be true or false, but was 1.
            faults | {"kind":"drop","times":1,"always":true} | only one of times, always and rate can be given.
            faults | {"kind":"drop","rate":2}                | rate must be a number from 0 to 1, but was 2.
            faults | {"kind":"drop","rate":"often"}          | rate must be a number from 0 to 1, but was often.
            faults | {"kind":"drop","rate":[]}               | rate must be a number from 0 to 1, but was an array.
            faults | {"kind":"drop","always":{},"times":true} | times must be a number from 1 to 1000000, but was true; always must be true or false, but was an object.
            faults | {"kind":"drop","operations":["GET"]}    | operations must be of [CREATE_USER, CREATE_USER_WITH_TOKEN, GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER, REVOKE_TOKENS, DELETE_USER], but one was GET.
            faults | {"kind":"flood"}                        | kind must be one of throttled, status, drop, lostAnswer, hang, latency, truncatedBody, malformedBody, slowBody, but was flood.
            faults | {}                                      | kind must be one of throttled, status, drop, lostAnswer, hang, latency, truncatedBody, malformedBody, slowBody.
            reset  | {"faults":[]}                           | The body must be empty or {}: a reset can be told nothing.
            reset  | []                                      | The body must be a JSON object.
            reset  | reset                                   | The body is not JSON: A value was expected at character 0.
            faults | {"kind":"drop","seed":2}                | seed goes with rate only.
            faults | {"kind":"drop","status":500}            | there is no status here, but kind, operations, times, always, rate, seed.
            """)
    void post_nonsense_isRefusedWithTheReason(String endpoint, String body, String reason) throws Exception {
        HttpResponse<String> response = admin.post("/__emulator/" + endpoint, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).endsWith(",\"message\":\"" + reason + "\"}}");
        assertThat(service.clock().instant()).isEqualTo(START);
        assertThat(admin.get("/__emulator/faults").body()).isEqualTo("{\"faults\":[]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | calls?limit=1001     | limit must be a number from 0 to 1000, but was 1001.
            GET    | calls?limit=-1       | limit must be a number from 0 to 1000, but was -1.
            GET    | calls?limit=         | limit must be a number from 0 to 1000, but was empty.
            GET    | state?limit=many     | limit must be a number from 0 to 1000, but was many.
            GET    | calls?operation=get  | operation must be one of [CREATE_USER, CREATE_USER_WITH_TOKEN, GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER, REVOKE_TOKENS, DELETE_USER], but was get.
            GET    | calls?limit=1&operaton=GET_TOKEN | There is no parameter operaton here, but operation, user, limit.
            GET    | state?%75ser=x       | There is no parameter user here, but limit.
            GET    | time?limit=1         | There is no parameter limit here, but no parameters.
            DELETE | calls?user=x         | There is no parameter user here, but no parameters.
            DELETE | faults/1?x           | There is no parameter x here, but no parameters.
            POST   | reset?faults=keep    | There is no parameter faults here, but no parameters.
            """)
    void request_withANonsensicalParameter_isRefusedWithTheReason(String method, String target, String reason)
            throws Exception {
        manager.createUser();

        HttpResponse<String> response =
                admin.send(method, "/__emulator/" + target, "", "Content-Type", "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).endsWith(",\"message\":\"" + reason + "\"}}");
        assertThat(service.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls?LIMIT=1", "calls?", "calls?&&", "health?verbose=1"})
    void request_withKnownParametersOrNone_isServed(String target) throws Exception {
        assertThat(admin.get("/__emulator/" + target).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " { } "})
    void reset_withNothingToSay_isDone(String body) throws Exception {
        manager.createUser();

        assertThat(admin.post("/__emulator/reset", body).statusCode()).isEqualTo(204);

        assertThat(service.users()).isEmpty();
    }

    @Test
    void reset_toldSomething_changesNothing() throws Exception {
        manager.createUser();

        assertThat(admin.post("/__emulator/reset", "{\"users\":true}").statusCode())
                .isEqualTo(400);

        assertThat(service.users()).hasSize(1);
    }

    @Test
    void ids_ofFaults_areNeverUsedAgain() throws Exception {
        String drop = "{\"kind\":\"drop\"}";
        assertThat(admin.post("/__emulator/faults", drop).body()).contains("\"id\":1,");
        admin.send("DELETE", "/__emulator/faults", "");
        assertThat(admin.post("/__emulator/faults", drop).body()).contains("\"id\":2,");

        admin.post("/__emulator/reset", "");

        assertThat(admin.post("/__emulator/faults", drop).body()).contains("\"id\":3,");
    }

    @Test
    void post_tooLarge_isRefused() throws Exception {
        assertThat(admin.post("/__emulator/time", " ".repeat(64 * 1024 + 1)).statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "'', GET",
        "__emulator/health, GET",
        "__emulator/time, 'GET, POST'",
        "__emulator/faults, 'GET, POST, DELETE'",
        "__emulator/faults/1, DELETE",
        "__emulator/calls, 'GET, DELETE'",
        "__emulator/state, GET",
        "__emulator/reset, POST",
        "__emulator/ca.pem, GET",
    })
    void path_withAnotherMethod_namesThoseItHas(String path, String allowed) throws Exception {
        for (String method : List.of("PUT", "PATCH", "OPTIONS")) {
            HttpResponse<String> response = admin.send(method, "/" + path, "");

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).hasValue(allowed);
            assertThat(response.body()).contains("Only " + allowed + " can be used here.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /rest",
        "POST, /health/",
        "DELETE, /fault",
        "GET, /",
        "GET, ''",
    })
    void path_thatIsNone_namesAllThereAre(String method, String path) throws Exception {
        HttpResponse<String> response = admin.send(method, "/__emulator" + path, "");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("There is no /__emulator" + path + ", but ")
                .contains("GET /__emulator/health, ", "POST /__emulator/reset, ");
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void page_always_runsItsOwnScriptOnly() throws Exception {
        HttpResponse<String> page = admin.get("/");

        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; script-src 'sha256-")
                        .doesNotContain("unsafe", "http", "*"));
        assertThat(page.body())
                .doesNotContain(
                        "innerHTML", "insertAdjacentHTML", "eval(", "onclick=", "style=", "http://", "https://");
        assertThat(admin.send("HEAD", "/", "").statusCode()).isEqualTo(200);
    }
}
