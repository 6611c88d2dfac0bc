/** Tests that are a module of their own. */
open module com.example.checks {
    requires io.github.acsidentity.cache;
    requires io.github.acsidentity.testing;
    requires org.assertj.core;
    requires org.junit.jupiter.api;
    requires com.azure.communication.identity;
}
