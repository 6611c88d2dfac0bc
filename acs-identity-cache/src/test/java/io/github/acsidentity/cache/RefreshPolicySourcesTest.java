/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static io.github.acsidentity.cache.RefreshPolicyTest.nothing;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link RefreshPolicy} from a file or a resource. */
class RefreshPolicySourcesTest {

    private static final String NO_SETTING =
            " contains no setting; expected are properties such as preset=server-side or token-lifetime=6h";

    @TempDir
    private Path folder;

    @Test
    void fromFile_readsUtf8AndIgnoresComments() throws IOException {
        Path file = write("# für alle Dienste\npreset = server-side  \ntoken-lifetime = 6h\n\n");

        RefreshPolicy policy = RefreshPolicy.fromFile(file);

        assertThat(policy)
                .isEqualTo(RefreshPolicy.serverSide().toBuilder()
                        .tokenLifetime(Duration.ofHours(6))
                        .build());
    }

    @Test
    void fromResource_readsWhatATeamShips() throws IOException {
        Path inf = Files.createDirectory(folder.resolve("META-INF"));
        Files.writeString(inf.resolve("contoso-policy.properties"), "# für alle\nreplicas=3\noutage=fail-fast\n");

        RefreshPolicy policy = fromResource("META-INF/contoso-policy.properties");

        assertThat(policy)
                .isEqualTo(RefreshPolicy.builder()
                        .replicas(3)
                        .outage(RefreshPolicy.Outage.FAIL_FAST)
                        .build());
    }

    @Test
    void byteOrderMark_isSkipped() throws IOException {
        Path file = write("\ufeffreplicas=3\n");

        assertThat(RefreshPolicy.fromFile(file).replicas()).isEqualTo(3);
        assertThat(fromResource("policy.properties").replicas()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n# replicas=3\n", "\ufeff"})
    void sourceWithoutAnySetting_isRefused(String text) throws IOException {
        Path file = write(text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessage(file + NO_SETTING);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fromResource("policy.properties"))
                .withMessage("policy.properties" + NO_SETTING);
    }

    @Test
    void fromResource_thatIsAFolder_isRefused() throws IOException {
        Files.createDirectory(folder.resolve("META-INF"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fromResource("META-INF"))
                .withMessage("META-INF" + NO_SETTING);
    }

    @Test
    void fromFile_thatIsAFolder_saysWhich() {
        assertThatIOException()
                .isThrownBy(() -> RefreshPolicy.fromFile(folder))
                .withMessageContaining(folder.toString());
    }

    @Test
    void problems_areThoseOfTheSource() throws IOException {
        Path file = write("jitter=lots\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessage(file + ": The refresh policy cannot be used: "
                        + "jitter must be a number such as 0.2, but was \"lots\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fromResource("policy.properties"))
                .withMessage("policy.properties: The refresh policy cannot be used: "
                        + "jitter must be a number such as 0.2, but was \"lots\"");
    }

    @Test
    void nameOfTheSource_isShownInOneLine() throws IOException {
        String name = "poli\ncy.properties";
        Files.writeString(folder.resolve(name), "jitter=lots\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromFile(folder.resolve(name)))
                .withMessageStartingWith(folder.resolve("poli?cy.properties") + ": ");
        assertThatIOException().isThrownBy(() -> fromResource("a\nb")).withMessage("There is no resource a?b");
    }

    @Test
    void malformedEscape_isThatOfTheSource() throws IOException {
        Path file = write("jitter=\\u12\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessageStartingWith(file + ": ");
    }

    @Test
    void sourceThatIsNotUtf8_isNamed() throws IOException {
        Path file = Files.write(folder.resolve("policy.properties"), "# für alle\nreplicas=2\n".getBytes(ISO_8859_1));

        assertThatIOException()
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessage(file + " is not UTF-8")
                .withCauseInstanceOf(MalformedInputException.class);
        assertThatIOException()
                .isThrownBy(() -> fromResource("policy.properties"))
                .withMessage("policy.properties is not UTF-8")
                .withCauseInstanceOf(MalformedInputException.class);
    }

    @Test
    void fromFile_thatIsMissing_saysWhich() {
        Path file = folder.resolve("nowhere.properties");

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessageContaining("nowhere.properties");
    }

    @Test
    void fromResource_thatIsMissing_saysWhich() {
        assertThatIOException()
                .isThrownBy(() -> fromResource("META-INF/nowhere.properties"))
                .withMessage("There is no resource META-INF/nowhere.properties");
    }

    @Test
    void fromResource_withALeadingSlash_saysThatNamesHaveNone() throws IOException {
        write("replicas=3\n");

        assertThatIOException()
                .isThrownBy(() -> fromResource("/policy.properties"))
                .withMessage("There is no resource /policy.properties; names of resources have no leading slash");
    }

    @Test
    void fromResource_thatCannotBeRead_saysWhich() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        ClassLoader loader = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return closed;
            }
        };

        assertThatIOException()
                .isThrownBy(() -> RefreshPolicy.fromResource("policy.properties", loader))
                .withMessage("policy.properties cannot be read: Stream closed")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void nulls_areRefusedByName() {
        ClassLoader loader = RefreshPolicySourcesTest.class.getClassLoader();

        assertThatNullPointerException()
                .isThrownBy(() -> RefreshPolicy.fromFile(nothing()))
                .withMessage("file");
        assertThatNullPointerException()
                .isThrownBy(() -> RefreshPolicy.fromResource(nothing(), loader))
                .withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> RefreshPolicy.fromResource("policy.properties", nothing()))
                .withMessage("loader");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.properties"), text);
    }

    private RefreshPolicy fromResource(String name) throws IOException {
        URL[] classPath = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
            return RefreshPolicy.fromResource(name, loader);
        }
    }
}
