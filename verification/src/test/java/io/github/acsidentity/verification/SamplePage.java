/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Java samples of a page of documentation.
 *
 * <p>The fenced blocks of a page that are marked {@code java} are one program: they run one after the other, and later
 * ones see the variables of earlier ones. A block that is marked {@code java no-run} is compiled at its place but not
 * run. What the published packages export needs no import, unless the page imports types of ours itself. A block that
 * is marked {@code java file} is no part of the program, but a file of its own, as is a project that is marked
 * {@code xml file}.
 */
record SamplePage(String name, List<Sample> samples, List<String> files) {

    private static final Pattern FENCE = Pattern.compile("^```(\\S*)[ \\t]*(.*)$");
    private static final Set<String> MARKS = Set.of("", "no-run", "file");
    private static final Pattern OWN_IMPORT = Pattern.compile("(?m)^import (?:static )?io\\.github\\.acsidentity\\.");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import [^;]+;\\R?");

    static SamplePage parse(String name, String markdown) {
        List<Sample> samples = new ArrayList<>();
        List<String> files = new ArrayList<>();
        StringBuilder block = null;
        boolean java = false;
        String mark = "";
        for (String line : markdown.lines().toList()) {
            Matcher fence = FENCE.matcher(line.strip());
            if (!fence.matches()) {
                if (block != null) {
                    block.append(line).append('\n');
                }
            } else if (block == null) {
                block = new StringBuilder();
                java = fence.group(1).toLowerCase(Locale.ROOT).equals("java");
                mark = fence.group(2);
                if (java && !MARKS.contains(mark)) {
                    throw new IllegalArgumentException(name + ": what does \"" + line + "\" mean?");
                }
            } else {
                if (mark.equals("file")) {
                    files.add(block.toString());
                } else if (java) {
                    samples.add(new Sample(block.toString(), mark.isEmpty()));
                }
                block = null;
            }
        }
        if (block != null) {
            throw new IllegalArgumentException(name + ": a code block has no end");
        }
        return new SamplePage(name, List.copyOf(samples), List.copyOf(files));
    }

    /** Returns the name of the class that the page becomes. */
    String className() {
        return "Page_" + name.replaceAll("\\W", "_");
    }

    /** Returns the page as a Java class whose {@code main} method runs the samples. */
    String program(List<String> packages) {
        StringBuilder program = new StringBuilder();
        if (samples.stream()
                .noneMatch(sample -> OWN_IMPORT.matcher(sample.code()).find())) {
            packages.forEach(
                    packageName -> program.append("import ").append(packageName).append(".*;\n"));
        }
        samples.stream()
                .flatMap(sample -> IMPORT.matcher(sample.code()).results())
                .map(found -> found.group().strip())
                .distinct()
                .forEach(line -> program.append(line).append('\n'));
        return program.append("class " + className() + " {\n")
                .append("    static boolean never() { return false; }\n")
                .append("    public static void main(String... args) throws Exception {\n")
                .append(samples.stream().map(SamplePage::body).collect(Collectors.joining()))
                .append("    }\n}\n")
                .toString();
    }

    private static String body(Sample sample) {
        String statements = IMPORT.matcher(sample.code()).replaceAll("");
        return sample.run() ? statements : "if (never()) {\n" + statements + "}\n";
    }

    /** A block of code, and whether it is run. */
    record Sample(String code, boolean run) {}
}
