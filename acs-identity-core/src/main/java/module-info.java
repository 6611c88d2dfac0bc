import org.jspecify.annotations.NullMarked;

/** Users and access tokens of Azure Communication Services: the API, and its implementation on the official SDK. */
@NullMarked
module io.github.acsidentity {
    requires static transitive org.jspecify;
    requires transitive com.azure.core;
    requires transitive com.azure.communication.common;
    requires com.azure.communication.identity;
    requires com.azure.core.http.jdk.httpclient;
    requires java.net.http;

    exports io.github.acsidentity;
    exports io.github.acsidentity.azure;
    exports io.github.acsidentity.directory;
}
