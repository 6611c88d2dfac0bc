package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AzureCoreTest {

    @Test
    void azureCore_isNotTheOneOf2023() throws IOException {
        Properties azureCore = new Properties();
        try (InputStream file = AzureCoreTest.class.getResourceAsStream("/azure-core.properties")) {
            azureCore.load(file);
        }

        Version version = Version.parse(azureCore.getProperty("version"));

        assertTrue(version.compareTo(Version.parse("1.61.0")) >= 0, () -> "azure-core is " + version);
    }
}
