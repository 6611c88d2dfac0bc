/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.internal.json.JsonException;
import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the command line, the environment and the file say; the first of them that says something counts. */
final class GivenSettings {

    private static final String CONFIG_OPTION = "--config";
    private static final String CONFIG_VARIABLE = Setting.VARIABLES + "CONFIG";

    private final Problems problems;
    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final Set<String> flags = new HashSet<>();
    private final List<String> ignoredVariables = new ArrayList<>();
    private @Nullable Given config;

    GivenSettings(Problems problems) {
        this.problems = problems;
    }

    /**
     * What somebody gave.
     *
     * @param source how it is called in messages, such as {@code --http-port}
     */
    record Given(String source, JsonValue value) {}

    @Nullable
    Given get(Setting setting) {
        return given.get(setting);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /** Returns the variables that look like ours and are not. */
    List<String> ignoredVariables() {
        return List.copyOf(ignoredVariables);
    }

    /** Reads the command line; an option's value follows it, or an equals sign. */
    void readArguments(List<String> arguments) {
        Set<String> seen = new HashSet<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (equals >= 0) {
                rest.addFirst(argument.substring(equals + 1));
            }
            if (option.equals("--help") || option.equals("-h") || option.equals("--version")) {
                flags.add(option);
                if (equals >= 0) {
                    rest.remove();
                    problems.add(option + " takes no value");
                }
            } else if (option.equals(CONFIG_OPTION) || Setting.ofOption(option).isPresent()) {
                readValue(option, rest);
            } else {
                problems.add("unknown option " + Problems.shown(option));
                if (option.startsWith("--") && hasValue(rest)) {
                    rest.remove();
                }
            }
            if (!seen.add(option)) {
                problems.add(option + " is given twice");
            }
        }
    }

    private void readValue(String option, Deque<String> rest) {
        if (!hasValue(rest)) {
            problems.add(option + " needs a value");
            if (!rest.isEmpty() && rest.peek().isBlank()) {
                rest.remove();
            }
            return;
        }
        Given value = new Given(option, new JsonValue.Text(rest.remove()));
        Setting.ofOption(option).ifPresentOrElse(setting -> given.putIfAbsent(setting, value), () -> config = value);
    }

    private static boolean hasValue(Deque<String> rest) {
        return !rest.isEmpty() && !rest.peek().isBlank() && !rest.peek().startsWith("--");
    }

    /** Reads the variables; one that is empty counts as absent. */
    void readEnvironment(Map<String, String> environment) {
        Set<String> known = new HashSet<>(Set.of(CONFIG_VARIABLE));
        for (Setting setting : Setting.values()) {
            known.add(setting.variable());
            String value = environment.getOrDefault(setting.variable(), "");
            if (!value.isBlank()) {
                given.putIfAbsent(setting, new Given(setting.variable(), new JsonValue.Text(value)));
            }
        }
        String file = environment.getOrDefault(CONFIG_VARIABLE, "");
        if (config == null && !file.isBlank()) {
            config = new Given(CONFIG_VARIABLE, new JsonValue.Text(file));
        }
        environment.keySet().stream()
                .filter(name -> name.startsWith(Setting.VARIABLES) && !known.contains(name))
                .sorted()
                .forEach(ignoredVariables::add);
    }

    /** Reads the file that command line or environment name, if they do. */
    void readFile() {
        if (config == null || !(config.value() instanceof JsonValue.Text name)) {
            return;
        }
        String file = Problems.shownPath(name.value());
        try {
            readMembers(JsonReader.read(Files.readAllBytes(Path.of(name.value()))), file);
        } catch (InvalidPathException e) {
            problems.add(config.source() + " is not a path: " + e.getReason());
        } catch (IOException e) {
            problems.add(config.source() + " names " + file + ", which cannot be read: "
                    + e.getClass().getSimpleName());
        } catch (JsonException e) {
            problems.add(config.source() + " names " + file + ", which is not JSON: " + e.getMessage());
        }
    }

    private void readMembers(JsonValue content, String file) {
        if (!(content instanceof JsonValue.Members members)) {
            problems.add(file + " must hold one JSON object");
            return;
        }
        members.byName().forEach((name, value) -> {
            String source = Problems.shown(name) + " in " + file;
            Setting.ofKey(name)
                    .ifPresentOrElse(
                            setting -> given.putIfAbsent(setting, new Given(source, value)),
                            () -> problems.add("unknown name " + source));
        });
    }
}
