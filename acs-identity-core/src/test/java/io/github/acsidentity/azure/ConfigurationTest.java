/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.credential.TokenCredential;
import io.github.acsidentity.Samples;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Whatever is wrong is found while building, without a network call and without repeating a secret. */
@Timeout(30)
class ConfigurationTest {

    private static final String ENDPOINT = "https://contoso.communication.azure.com";
    private static final String KEY = Wire.ACCESS_KEY;
    private static final String CONNECTION_FORM = "; a connection string has the form"
            + " endpoint=https://<resource>.communication.azure.com/;accesskey=<key>";
    private static final String ENDPOINT_FORM = "; an endpoint has the form https://<resource>.communication.azure.com";
    private static final TokenCredential TOKEN_CREDENTIAL = request -> Mono.never();

    static Stream<Arguments> wrongConnectionStrings() {
        return Stream.of(
                wrong("", "it is empty"),
                wrong(" \r\n\t", "it is empty"),
                wrong(";", "part 1 is not of the form key=value"),
                wrong(KEY.replace("=", ""), "part 1 is not of the form key=value"),
                wrong(KEY + "=", "the key of part 1 is neither endpoint nor accesskey"),
                wrong(ENDPOINT, "part 1 is not of the form key=value"),
                wrong("endpoint=" + ENDPOINT, "it has no accesskey"),
                wrong("endpoint=" + ENDPOINT + ";", "it has no accesskey"),
                wrong("accesskey=" + KEY, "it has no endpoint"),
                wrong("endpoint=;accesskey=" + KEY, "the value of endpoint is empty"),
                wrong("endpoint= ;accesskey=" + KEY, "the value of endpoint is empty"),
                wrong("endpoint=" + ENDPOINT + ";accesskey=", "the value of accesskey is empty"),
                wrong("endpoint=" + ENDPOINT + ";accesskey= ; ", "the value of accesskey is empty"),
                wrong(
                        "endpoint=" + ENDPOINT + ";accesskey" + KEY.replace("=", ""),
                        "part 2 is not of the form key=value"),
                wrong("endpoint=" + ENDPOINT + ";;accesskey=" + KEY, "part 2 is not of the form key=value"),
                wrong(
                        "endpoint=" + ENDPOINT + ";" + KEY.replace("=", "") + "=;accesskey=" + KEY,
                        "the key of part 2 is neither endpoint nor accesskey"),
                wrong("endpoint=" + ENDPOINT + ";key=" + KEY, "the key of part 2 is neither endpoint nor accesskey"),
                wrong(
                        "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=" + KEY,
                        "the key of part 2 is neither endpoint nor accesskey"),
                wrong(
                        "endpoint=" + ENDPOINT + ";accesskey=" + KEY + ";extra=" + KEY,
                        "the key of part 3 is neither endpoint nor accesskey"),
                wrong(
                        "endpoint=" + ENDPOINT + ";accesskey=" + KEY + ";accesskey=" + KEY,
                        "it has the key accesskey twice"),
                wrong(
                        "endpoint=" + ENDPOINT + ";ENDPOINT=" + ENDPOINT + ";accesskey=" + KEY,
                        "it has the key endpoint twice"),
                wrong("\"endpoint=" + ENDPOINT + ";accesskey=" + KEY + "\"", "it is in quotation marks"));
    }

    private static Arguments wrong(String text, String why) {
        return Arguments.of(text, why);
    }

    @ParameterizedTest
    @MethodSource("wrongConnectionStrings")
    void aWrongConnectionString_saysWhatIsWrongWithoutEcho(String connectionString, String why) {
        Throwable thrown = catchThrowable(() -> AcsIdentityManager.fromConnectionString(connectionString));

        assertThat(thrown)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("The connection string cannot be used: " + why + CONNECTION_FORM)
                .hasNoCause();
        assertNoEcho(thrown, connectionString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it is empty",
                "' ' | it is empty",
                "contoso.communication.azure.com | it has no scheme, such as https://",
                "contoso.communication.azure.com/ | it has no scheme, such as https://",
                "contoso.communication.azure.com:443 | it has no scheme, such as https://",
                "//contoso.communication.azure.com | it has no scheme, such as https://",
                "mailto:someone@contoso.example | it has no scheme, such as https://",
                "http://contoso.communication.azure.com | its scheme is not https, and a credential is never sent over another",
                "HTTP://contoso.communication.azure.com | its scheme is not https, and a credential is never sent over another",
                "ftp://contoso.communication.azure.com | its scheme is not https, and a credential is never sent over another",
                "https:/contoso.communication.azure.com | it has no valid host",
                "https:///identities | it has no valid host",
                "https://contoso_resource.example | it has no valid host",
                "https://cöntoso.example | it has no valid host",
                "https:// contoso.communication.azure.com | it is not a URL",
                "https:// | it is not a URL",
                "https://contoso.communication.azure.com:port | it has no valid host",
                "https://contoso.communication.azure.com:0 | its port is not from 1 to 65535",
                "https://contoso.communication.azure.com:65536 | its port is not from 1 to 65535",
                "https://user:c2VjcmV0@contoso.communication.azure.com | it has more than a scheme, a host and a port",
                "https://contoso.communication.azure.com/?x=c2VjcmV0 | it has more than a scheme, a host and a port",
                "https://contoso.communication.azure.com#c2VjcmV0 | it has more than a scheme, a host and a port",
                "https://contoso.communication.azure.com/identities | it has a path",
                "https://contoso.communication.azure.com// | it has a path",
                "c2VjcmV0LWtleS1mb3ItdGVzdHM= | it has no scheme, such as https://",
                "endpoint=https://contoso.communication.azure.com/;accesskey=c2VjcmV0 | it is not a URL",
                "https://contoso.communication.azure.com/;accesskey=c2VjcmV0 | it has a path",
                "https://contoso.communication.azure.com;accesskey=c2VjcmV0 | it has no valid host"
            })
    void aWrongEndpoint_saysWhatIsWrongWithoutEcho(String endpoint, String why) {
        Throwable thrown = catchThrowable(() -> AcsIdentityManager.builder().endpoint(endpoint));

        assertThat(thrown)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("The endpoint cannot be used: " + why + ENDPOINT_FORM)
                .hasNoCause();
        assertNoEcho(thrown, endpoint);
        Throwable inConnectionString = catchThrowable(
                () -> AcsIdentityManager.fromConnectionString("endpoint=" + endpoint + ";accesskey=" + KEY));
        assertThat(inConnectionString).isExactlyInstanceOf(IllegalArgumentException.class);
        assertNoEcho(inConnectionString, endpoint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it is empty",
                "' ' | it is empty",
                "not base64! | it is not Base64, as the Azure portal shows it",
                "c2VjcmV0LWtleQ=== | it is not Base64, as the Azure portal shows it",
                "c2VjcmV0LWtleS1mb3ItdGVzdHM=;x | it is not Base64, as the Azure portal shows it",
                "c2VjcmV0_LWtleS1mb3ItdGVzdHM= | it is not Base64, as the Azure portal shows it",
                "c2VjcmV0\u00e9 | it is not Base64, as the Azure portal shows it",
                "'\"c2VjcmV0LWtleS1mb3ItdGVzdHM=\"' | it is not Base64, as the Azure portal shows it",
                "accesskey=c2VjcmV0LWtleS1mb3ItdGVzdHM= | it is not Base64, as the Azure portal shows it",
                "endpoint=https://contoso.communication.azure.com/;accesskey=c2VjcmV0 | it is not Base64, as the Azure portal shows it",
                "c | it is not Base64, as the Azure portal shows it",
            })
    void aWrongAccessKey_saysWhatIsWrongWithoutEcho(String key, String message) {
        Throwable thrown = catchThrowable(() -> AcsIdentityManager.builder().accessKey(key));

        assertThat(thrown)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("The access key cannot be used: " + message)
                .hasNoCause();
        if (!key.isBlank()) {
            Throwable asCredential =
                    catchThrowable(() -> AcsIdentityManager.builder().credential(new AzureKeyCredential(key)));
            assertThat(asCredential).hasMessage(thrown.getMessage()).hasNoCause();
            assertNoEcho(thrown, key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoint=https://contoso.communication.azure.com/;accesskey=%s",
                "endpoint=https://contoso.communication.azure.com;accesskey=%s;",
                "accesskey=%s;endpoint=https://contoso.communication.azure.com/",
                " EndPoint = https://contoso.communication.azure.com/ ; AccessKey = %s ; ",
                "ENDPOINT=HTTPS://CONTOSO.communication.azure.com:443/;ACCESSKEY=%s\n"
            })
    void aConnectionString_inAnyFormThatTheSdkTakes_isAccepted(String form) {
        try (AcsIdentityManager manager = AcsIdentityManager.fromConnectionString(String.format(form, KEY))) {
            assertThat(manager.async()).isNotNull();
        }
    }

    static Stream<Arguments> incompleteConfigurations() {
        String connectionString = "endpoint=" + ENDPOINT + ";accesskey=" + KEY;
        return Stream.of(
                incomplete(builder -> {}, "The endpoint is missing: set connectionString or endpoint"),
                incomplete(
                        builder -> builder.accessKey(KEY), "The endpoint is missing: set connectionString or endpoint"),
                incomplete(
                        builder -> builder.endpoint(ENDPOINT),
                        "The credential is missing: set connectionString, accessKey or credential"),
                incomplete(
                        builder -> builder.endpoint(ENDPOINT).accessKey(KEY).credential(TOKEN_CREDENTIAL),
                        "The credential is set more than once, by accessKey and credential(TokenCredential);"
                                + " set it once"),
                incomplete(
                        builder -> builder.endpoint(ENDPOINT)
                                .credential(TOKEN_CREDENTIAL)
                                .credential(new AzureKeyCredential(KEY)),
                        "The credential is set more than once, by credential(TokenCredential) and"
                                + " credential(AzureKeyCredential); set it once"),
                incomplete(
                        builder -> builder.connectionString(connectionString).credential(TOKEN_CREDENTIAL),
                        "The credential is set more than once, by connectionString and credential(TokenCredential);"
                                + " set it once"),
                incomplete(
                        builder -> builder.connectionString(connectionString).accessKey(Wire.OTHER_KEY),
                        "The credential is set more than once, by connectionString and accessKey; set it once"),
                incomplete(
                        builder -> builder.connectionString(connectionString).endpoint(ENDPOINT),
                        "The endpoint is set more than once, by connectionString and endpoint; set it once"));
    }

    private static Arguments incomplete(Consumer<AcsIdentityManager.Builder> settings, String message) {
        return Arguments.of(settings, message);
    }

    @ParameterizedTest
    @MethodSource("incompleteConfigurations")
    void build_withTooLittleOrTooMuch_saysWhatToDo(Consumer<AcsIdentityManager.Builder> settings, String message) {
        AcsIdentityManager.Builder builder = AcsIdentityManager.builder();
        settings.accept(builder);

        Throwable thrown = catchThrowable(builder::build);

        assertThat(thrown)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    @Test
    void build_makesNoNetworkCallAndTakesMilliseconds() {
        StubTransport transport = new StubTransport(request -> Mono.never());
        long start = System.nanoTime();

        for (int i = 0; i < 20; i++) {
            try (AcsIdentityManager manager = AcsIdentityManager.builder()
                    .endpoint("https://acs-identity.invalid")
                    .accessKey(KEY)
                    .httpClient(transport)
                    .build()) {
                assertThat(manager.async()).isNotNull();
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(transport.requests()).isEmpty();
    }

    @Test
    void build_withoutAnHttpClient_usesTheOneOfTheJdk() {
        try (AcsIdentityManager manager = AcsIdentityManager.builder()
                .endpoint("https://127.0.0.1:1")
                .accessKey(KEY)
                .maximumRetries(0)
                .build()) {
            Throwable thrown = catchThrowable(() -> manager.deleteUser(Samples.USER));

            assertThat(thrown).hasMessageContaining("could not be reached");
            assertThat(thrown.getCause()).hasMessageContaining("java.net.ConnectException");
        }
    }

    @Test
    void fromEnvironment_readsTheConnectionString() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AcsIdentityManager.fromEnvironment(name -> null))
                .withMessage("The environment variable COMMUNICATION_SERVICES_CONNECTION_STRING is not set");
        Throwable empty = catchThrowable(() -> AcsIdentityManager.fromEnvironment(name -> ""));
        assertThat(empty)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "COMMUNICATION_SERVICES_CONNECTION_STRING: The connection string cannot be used: it is empty"
                                + CONNECTION_FORM);
        assertThatNoException()
                .isThrownBy(() -> AcsIdentityManager.fromEnvironment(
                                name -> "COMMUNICATION_SERVICES_CONNECTION_STRING".equals(name)
                                        ? "endpoint=" + ENDPOINT + ";accesskey=" + KEY
                                        : null)
                        .close());
    }

    static Stream<Arguments> valuesOutOfRange() {
        return Stream.of(
                outOfRange(
                        builder -> builder.operationTimeout(Duration.ZERO),
                        "operationTimeout must be more than zero and at most one hour, but was PT0S"),
                outOfRange(builder -> builder.operationTimeout(Duration.ofNanos(-1)), "but was PT-0.000000001S"),
                outOfRange(
                        builder -> builder.operationTimeout(Duration.ofHours(1).plusNanos(1)),
                        "but was PT1H0.000000001S"),
                outOfRange(
                        builder -> builder.operationTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
                        "operationTimeout must be"),
                outOfRange(builder -> builder.maximumRetries(-1), "maximumRetries must be from 0 to 10, but was -1"),
                outOfRange(builder -> builder.maximumRetries(11), "maximumRetries must be from 0 to 10, but was 11"),
                outOfRange(
                        builder -> builder.retryDelays(Duration.ZERO, Duration.ofSeconds(1)),
                        "first must be more than zero"),
                outOfRange(
                        builder -> builder.retryDelays(Duration.ofSeconds(1), Duration.ofDays(1)),
                        "maximum must be more than zero and at most one hour, but was PT24H"),
                outOfRange(
                        builder -> builder.retryDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                        "first must not be longer than maximum, but was PT2S with a maximum of PT1S"));
    }

    private static Arguments outOfRange(Consumer<AcsIdentityManager.Builder> setting, String message) {
        return Arguments.of(setting, message);
    }

    @ParameterizedTest
    @MethodSource("valuesOutOfRange")
    void aValueOutOfRange_isRefusedAtOnce(Consumer<AcsIdentityManager.Builder> setting, String message) {
        AcsIdentityManager.Builder builder = AcsIdentityManager.builder();

        Throwable thrown = catchThrowable(() -> setting.accept(builder));

        assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void valuesAtTheirBounds_areAccepted() {
        assertThatNoException()
                .isThrownBy(() -> AcsIdentityManager.builder()
                        .operationTimeout(Duration.ofNanos(1))
                        .operationTimeout(Duration.ofHours(1))
                        .maximumRetries(0)
                        .maximumRetries(10)
                        .retryDelays(Duration.ofNanos(1), Duration.ofNanos(1))
                        .retryDelays(Duration.ofHours(1), Duration.ofHours(1)));
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_isRefusedAtOnce() {
        AcsIdentityManager.Builder builder = AcsIdentityManager.builder();

        assertThatNullPointerException().isThrownBy(() -> AcsIdentityManager.fromConnectionString(null));
        assertThatNullPointerException().isThrownBy(() -> builder.connectionString(null));
        assertThatNullPointerException().isThrownBy(() -> builder.endpoint(null));
        assertThatNullPointerException().isThrownBy(() -> builder.accessKey(null));
        assertThatNullPointerException().isThrownBy(() -> builder.credential((AzureKeyCredential) null));
        assertThatNullPointerException().isThrownBy(() -> builder.credential((TokenCredential) null));
        assertThatNullPointerException().isThrownBy(() -> builder.httpClient(null));
        assertThatNullPointerException().isThrownBy(() -> builder.addPolicy(null));
        assertThatNullPointerException().isThrownBy(() -> builder.clientOptions(null));
        assertThatNullPointerException().isThrownBy(() -> builder.httpLogOptions(null));
        assertThatNullPointerException().isThrownBy(() -> builder.operationTimeout(null));
        assertThatNullPointerException().isThrownBy(() -> builder.retryDelays(null, Duration.ofSeconds(1)));
        assertThatNullPointerException().isThrownBy(() -> builder.retryDelays(Duration.ofSeconds(1), null));
        assertThatNullPointerException().isThrownBy(() -> builder.scheduler((ScheduledExecutorService) null));
        assertThatNullPointerException().isThrownBy(() -> builder.timeSource(null));
        assertThatNullPointerException().isThrownBy(() -> builder.random((RandomGenerator) null));
        assertThatNullPointerException().isThrownBy(() -> builder.executor((Executor) null));
    }

    @Test
    void toString_ofWhatHoldsTheKey_doesNotShowIt() {
        assertThat(ConnectionString.parse("endpoint=" + ENDPOINT + ";accesskey=" + KEY))
                .asString()
                .contains("contoso")
                .doesNotContain(KEY);
    }

    /** What is wrong may be a secret in the wrong place: no part of it may come back. */
    private static void assertNoEcho(Throwable thrown, String input) {
        for (String part : input.split("[^A-Za-z0-9+_]+", -1)) {
            if (part.length() > 7 && !isPartOfTheAdvice(part)) {
                assertThat(thrown.getMessage()).doesNotContainIgnoringCase(part);
            }
        }
        assertThat(thrown.getMessage()).doesNotContain("c2Vjcm", KEY, KEY.replace("=", ""));
    }

    private static boolean isPartOfTheAdvice(String part) {
        return (CONNECTION_FORM + ENDPOINT_FORM).contains(part.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void theKeysOfTheseTests_areBase64() {
        assertThat(Base64.getDecoder().decode(KEY)).isNotEmpty();
        assertThat(KEY).endsWith("=");
    }
}
