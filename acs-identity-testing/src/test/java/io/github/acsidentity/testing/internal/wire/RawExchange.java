/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends requests over http byte for byte as they are given, which no HTTP client does. */
final class RawExchange {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final URI endpoint;

    RawExchange(URI endpoint) {
        this.endpoint = endpoint;
    }

    WireResponse send(WireRequest request) throws IOException {
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            StringBuilder head = new StringBuilder(request.method() + " " + request.rawTarget() + " HTTP/1.1\r\n");
            request.headers().forEach(header -> head.append(header.getKey() + ": " + header.getValue() + "\r\n"));
            out.write((head + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
            out.write(request.body());
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    private static WireResponse parse(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        int status = Integer.parseInt(line(in).split(" ", -1)[1]);
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(": ?", 2);
            headers.add(Map.entry(header[0], header[1]));
            chunked |= header[0].equalsIgnoreCase("transfer-encoding");
        }
        return new WireResponse(status, headers, chunked ? chunks(in) : in.readAllBytes());
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
