/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedCertificateTest {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    private final Instant now = Instant.parse("2026-01-01T12:34:56Z");
    private final SelfSignedCertificate made = SelfSignedCertificate.create(now);
    private final X509Certificate certificate = made.certificate();

    @Test
    void create_always_signsWithItsOwnKey() throws Exception {
        certificate.verify(certificate.getPublicKey());

        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getVersion()).isEqualTo(3);
    }

    @Test
    void create_always_namesTheLoopbackInterface() throws Exception {
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(DNS_NAME, "localhost"),
                        List.of(IP_ADDRESS, "127.0.0.1"),
                        List.of(IP_ADDRESS, "0:0:0:0:0:0:0:1"));
    }

    @Test
    void create_withNames_namesThemToo() throws Exception {
        X509Certificate named = SelfSignedCertificate.create(
                        Instant.now(), Set.of("emulator", "192.0.2.7", "[2001:db8::7]"))
                .certificate();

        assertThat(named.getSubjectAlternativeNames())
                .hasSize(6)
                .contains(
                        List.of(DNS_NAME, "emulator"),
                        List.of(IP_ADDRESS, "192.0.2.7"),
                        List.of(IP_ADDRESS, "2001:db8:0:0:0:0:0:7"));
    }

    @Test
    void create_always_mayServeAndIssue() throws Exception {
        assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(certificate.getKeyUsage()[DIGITAL_SIGNATURE]).isTrue();
        assertThat(certificate.getKeyUsage()[KEY_CERT_SIGN]).isTrue();
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(SERVER_AUTHENTICATION);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-01-01T12:34:56Z", "2049-06-15T00:00:00Z", "2050-01-01T23:59:59Z", "2055-12-31T01:02:03Z"})
    void create_atAnyTime_isValidFromADayBeforeToAYearAfter(String time) {
        Instant at = Instant.parse(time);

        X509Certificate then = SelfSignedCertificate.create(at).certificate();

        assertThat(then.getNotBefore().toInstant()).isEqualTo(at.minus(Duration.ofDays(1)));
        assertThat(then.getNotAfter().toInstant()).isEqualTo(at.plus(Duration.ofDays(365)));
    }

    @Test
    void create_twice_makesDifferentKeysAndNames() {
        X509Certificate other = SelfSignedCertificate.create(now).certificate();

        assertThat(other.getPublicKey()).isNotEqualTo(certificate.getPublicKey());
        assertThat(other.getSerialNumber()).isNotEqualTo(certificate.getSerialNumber());
        assertThat(other.getSubjectX500Principal()).isNotEqualTo(certificate.getSubjectX500Principal());
    }

    @Test
    void pem_always_readsBackAsTheCertificate() throws Exception {
        String pem = made.pem();

        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("\n-----END CERTIFICATE-----\n");
        assertThat(pem.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(64));
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII))))
                .isEqualTo(certificate);
    }

    @Test
    void writeTrustStore_always_holdsTheCertificateAndNoKey(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("trust.p12");

        made.writeTrustStore(file, "changeit");

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        String alias = Collections.list(store.aliases()).get(0);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.isCertificateEntry(alias)).isTrue();
        assertThat(store.getCertificate(alias)).isEqualTo(certificate);
    }

    @Test
    void writeTrustStore_toADirectory_namesTheFile(@TempDir Path directory) {
        assertThatThrownBy(() -> made.writeTrustStore(directory, "changeit"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(directory.toString());
    }
}
