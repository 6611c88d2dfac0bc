import org.jspecify.annotations.NullMarked;

/** A fake of the identity service of Azure Communication Services, for the tests of what is built on it. */
@NullMarked
module io.github.acsidentity.testing {
    requires static transitive org.jspecify;
    requires transitive io.github.acsidentity;
    requires jdk.httpserver;
    requires static transitive com.azure.communication.identity;
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;

    exports io.github.acsidentity.testing;
    exports io.github.acsidentity.testing.assertj;
    exports io.github.acsidentity.testing.azure;
    exports io.github.acsidentity.testing.contract;
    exports io.github.acsidentity.testing.emulator;
    exports io.github.acsidentity.testing.junit;
}
