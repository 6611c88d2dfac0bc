module com.example.calls {
    requires io.github.acsidentity.cache;

    exports com.example.calls;
}
