package com.example.demo;

import io.github.acsidentity.testing.emulator.AcsEmulator;

/** A program that brings its own service. */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (AcsEmulator emulator = AcsEmulator.start()) {
            System.out.println(emulator.endpoint());
            Thread.currentThread().join();
        }
    }
}
