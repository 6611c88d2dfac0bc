module com.example.calls {
    requires io.github.acsidentity;

    exports com.example.calls;
}
