/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static io.github.acsidentity.testing.emulator.Der.bitString;
import static io.github.acsidentity.testing.emulator.Der.integer;
import static io.github.acsidentity.testing.emulator.Der.octetString;
import static io.github.acsidentity.testing.emulator.Der.oid;
import static io.github.acsidentity.testing.emulator.Der.sequence;
import static io.github.acsidentity.testing.emulator.Der.set;
import static io.github.acsidentity.testing.emulator.Der.tagged;
import static io.github.acsidentity.testing.emulator.Der.time;
import static io.github.acsidentity.testing.emulator.Der.utf8String;
import static io.github.acsidentity.testing.emulator.Der.yes;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the loopback names and perhaps others, made on the spot, with its private key.
 *
 * <p>It is its own certificate authority, so a client trusts it by taking it up as such. The key never leaves the
 * memory of this process.
 */
final class SelfSignedCertificate {

    private static final String ALIAS = "acs-identity-emulator";
    private static final char[] NO_PASSWORD = new char[0];
    private static final Duration VALID_BEFORE_NOW = Duration.ofDays(1);
    private static final Duration VALID_AFTER_NOW = Duration.ofDays(365);

    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final KeyPair keys;
    private final X509Certificate certificate;

    private SelfSignedCertificate(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** Makes a certificate that is valid from a day before {@code now} to a year after. */
    static SelfSignedCertificate create(Instant now) {
        return create(now, Set.of());
    }

    /**
     * Makes one for more names.
     *
     * @param ownNames host names and addresses besides those of the loopback interface
     */
    static SelfSignedCertificate create(Instant now, Set<String> ownNames) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] content = content(keys.getPublic(), now, ownNames);
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(keys.getPrivate());
            signer.update(content);
            byte[] encoded = sequence(content, ECDSA_WITH_SHA256, bitString(0, signer.sign()));
            return new SelfSignedCertificate(keys, (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make an EC certificate", e);
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate cannot be encoded", e);
        }
    }

    /**
     * Writes a PKCS #12 store with the certificate as its only trusted entry.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    void writeTrustStore(Path file, String password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            trustStore().store(out, password.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the trust store " + file + ": " + e, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make a trust store", e);
        }
    }

    SSLContext serverContext() {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(ALIAS, keys.getPrivate(), NO_PASSWORD, new X509Certificate[] {certificate});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK cannot serve TLS", e);
        }
    }

    SSLContext clientContext() {
        try {
            TrustManagerFactory trustManagers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK has no TLS client", e);
        }
    }

    private KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setCertificateEntry(ALIAS, certificate);
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static byte[] content(PublicKey publicKey, Instant now, Set<String> ownNames)
            throws GeneralSecurityException {
        BigInteger serial = new BigInteger(126, new SecureRandom()).setBit(126);
        // A subject of its own keeps the certificates of several emulators apart in one trust store.
        byte[] name = name("ACS identity emulator " + serial.toString(16).substring(0, 8));
        return sequence(
                tagged(0xa0, integer(BigInteger.TWO)),
                integer(serial),
                ECDSA_WITH_SHA256,
                name,
                sequence(time(now.minus(VALID_BEFORE_NOW)), time(now.plus(VALID_AFTER_NOW))),
                name,
                publicKey.getEncoded(),
                tagged(0xa3, extensions(publicKey, ownNames)));
    }

    private static byte[] name(String commonName) {
        return sequence(set(sequence(oid(2, 5, 4, 3), utf8String(commonName))));
    }

    private static byte[] alternativeName(String name) {
        return Addresses.literal(name)
                .map(address -> tagged(0x87, address.getAddress()))
                .orElseGet(() -> tagged(0x82, name.getBytes(US_ASCII)));
    }

    private static byte[] extensions(PublicKey publicKey, Set<String> ownNames) throws GeneralSecurityException {
        byte[] subjectKeyId = MessageDigest.getInstance("SHA-1").digest(publicKey.getEncoded());
        List<byte[]> names = new ArrayList<>(List.of(
                tagged(0x82, "localhost".getBytes(US_ASCII)),
                tagged(0x87, IPV4_LOOPBACK),
                tagged(0x87, IPV6_LOOPBACK)));
        ownNames.stream().sorted().map(SelfSignedCertificate::alternativeName).forEach(names::add);
        byte[] signsAndIssues = {(byte) 0x84};
        return sequence(
                sequence(oid(2, 5, 29, 14), octetString(octetString(subjectKeyId))),
                sequence(oid(2, 5, 29, 15), yes(), octetString(bitString(2, signsAndIssues))),
                sequence(oid(2, 5, 29, 17), octetString(sequence(names.toArray(byte[][]::new)))),
                sequence(oid(2, 5, 29, 19), yes(), octetString(sequence(yes()))),
                sequence(oid(2, 5, 29, 37), octetString(sequence(oid(1, 3, 6, 1, 5, 5, 7, 3, 1)))));
    }
}
